"""The law's changelog names every pack that ships, and nothing that does not."""

from __future__ import annotations

import re
from pathlib import Path

from registry.rules.catalogue import load_catalogue

TEXT = (Path(__file__).parents[2] / "CHANGELOG-rules.md").read_text("utf-8")


def test_every_pack_that_ships_has_its_first_entry() -> None:
    named = set(re.findall(r"^- `([a-z0-9-]+)` \(", TEXT, re.MULTILINE))
    assert named == {pack.id for pack in load_catalogue().packs}


def test_every_clause_it_names_is_or_was_one() -> None:
    catalogue = load_catalogue()
    first_edition = TEXT.partition("first edition")[2]
    named = set(re.findall(r"\b[A-Z]{2,}[0-9]+(?:-[A-Z0-9]+)+\b", first_edition))
    assert named
    assert [rule for rule in sorted(named) if catalogue.rule(rule) is None] == []
