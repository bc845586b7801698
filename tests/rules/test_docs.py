"""What docs/packs.md shows is what the loader takes."""

from __future__ import annotations

import re
from pathlib import Path

from registry.rules.compiling import compile_expression
from registry.rules.demands import DEMANDS
from registry.rules.dictionary import load_dictionary
from registry.rules.language import FUNCTIONS, LITERALS
from registry.rules.linking import link
from registry.rules.loader import KEYS, read_pack

TEXT = (Path(__file__).parents[2] / "docs" / "packs.md").read_text("utf-8")
EXAMPLE = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[0]


def test_the_example_loads() -> None:
    packs, errors = link([read_pack(EXAMPLE, "example.yaml", load_dictionary(), private=True)])
    assert errors == ()
    assert [rule.id for rule in packs[0].rules] == ["NG-1", "NG-2", "NG-3"]


def test_the_example_has_every_key_of_a_pack() -> None:
    assert [key for key in KEYS if not re.search(rf"^{key}:", EXAMPLE, re.MULTILINE)] == []


def test_every_function_and_every_demand_is_described() -> None:
    assert [name for name in (*LITERALS, *FUNCTIONS) if f"{name}(" not in TEXT] == []
    assert [name for name in DEMANDS if f"| `{name}` |" not in TEXT] == []


def test_the_functions_described_are_there() -> None:
    for source in ('days_between(use.on, date("2026-01-01")) > 3', 'touches(use.territories, "US-NY")'):
        assert compile_expression(source, load_dictionary()).type == "bool"
    described = set(re.findall(r"`([a-z_]+)\(", TEXT))
    assert described <= {*LITERALS, *FUNCTIONS}
