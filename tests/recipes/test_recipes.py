"""Every command of every recipe, run in a registry made of the example world, prints what its page shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Registry
from tests.recipes.pages import agrees, pages, steps

CHECKOUT = Path(__file__).resolve().parents[2]
PAGES = pages(CHECKOUT)
SECTIONS = ["What you hold", "What to type", "What to do with the answer"]


def carried_out(registry: Registry, command: str) -> tuple[int, str]:
    """What a command prints and how it ends. `registry … > FILE` and `cat FILE` are as in a shell."""
    program, _, rest = command.partition(" ")
    if program == "cat":
        return 0, Path(rest).read_text(encoding="utf-8")
    assert program == "registry", f"recipes run the program and cat: {command}"
    typed, _, target = rest.partition(" > ")
    ran = registry(typed)
    if target:
        Path(target).write_text(ran.out, encoding="utf-8")
        return ran.status, ran.err
    return ran.status, ran.out + ran.err


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_recipe_does_what_it_shows(page: Path, registry: Registry) -> None:
    found = steps(page.read_text(encoding="utf-8"))
    assert found, "a recipe has at least one command"
    assert any(step.shown for step in found), "a recipe shows an answer"
    for step in found:
        status, printed = carried_out(registry, step.command)
        told = f"$ {step.command}\n{printed}[exit status {status}]"
        assert status == step.status, told
        if step.shown:
            assert agrees(step.shown, printed.splitlines()), told


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_recipe_has_its_question_and_its_three_parts(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.match(rf"# {int(page.stem[:2])}\. .+[?.]\n", text)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS
    prose = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    assert max(len(line) for line in prose.splitlines()) <= 120


def test_the_index_has_a_row_for_every_task_and_a_link_to_every_page() -> None:
    index = (CHECKOUT / "docs" / "recipes" / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\d+) \|", index, re.MULTILINE)
    assert [int(row) for row in rows] == list(range(1, 26))
    linked = re.findall(r"^\| \d+ \|.*\]\((\d\d-[\w-]+\.md)\) \|$", index, re.MULTILINE)
    assert linked == [page.name for page in PAGES]


@pytest.mark.parametrize(
    ("shown", "printed", "same"),
    [
        (("a", "b"), ["a", "b"], True),
        (("a",), ["a", "b"], False),
        (("a", "…"), ["a", "b", "c"], True),
        (("…", "c"), ["a", "b", "c"], True),
        (("…", "b"), ["a", "b", "c"], False),
        (("a…", "c"), ["ab", "c"], True),
        (("a…",), ["b"], False),
        (("a", "…", "c", "…"), ["a", "c"], True),
    ],
)
def test_what_is_left_out_is_marked(shown: tuple[str, ...], printed: list[str], same: bool) -> None:
    assert agrees(shown, printed) is same
