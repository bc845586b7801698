"""docs/registry-files.md shows every key there is, and nothing that is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from registry.domain.record import OPTIONAL, REQUIRED, Record
from registry.domain.shape import Kind, shapes
from registry.domain.use import Use
from registry.domain.words import RecordKind
from registry.domain.world import World
from registry.files.registry_file import read_registry
from registry.files.uses_file import read_uses
from registry.rules.dictionary import load_dictionary
from registry.source import Node, read

# docs/formats.md has the first two; decisions, imports and clearances are written by commands and by export.
# Revisions of documents stand in no registry file: they go with the signed PDFs.
ELSEWHERE = {"rates", "signoffs", "decisions", "imports", "clearances", "revisions"}


@pytest.fixture(scope="module")
def page(checkout: Path) -> str:
    return (checkout / "docs" / "registry-files.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def examples(page: str) -> tuple[str, str]:
    registry, uses = re.findall(r"^```yaml\n(.*?)^```", page, re.DOTALL | re.MULTILINE)
    return registry, uses


def test_the_examples_are_read_without_a_fault(examples: tuple[str, str]) -> None:
    world = read_registry(examples[0], "registry-files.md", load_dictionary())
    assert [consent.id for consent in world.consents] == ["c-okafor-1", "c-hale-1"]
    (use,) = read_uses(examples[1], "registry-files.md", load_dictionary())
    assert use.seconds == 6


def test_every_key_is_in_an_example(examples: tuple[str, str]) -> None:
    shown = {key for text in examples for key in _keys(read(text, "page"))}
    wanted = {key for cls in (World, Use) for key in _wanted(cls)} - ELSEWHERE
    assert len(wanted) > 100
    assert sorted(wanted - shown) == []


def test_what_each_kind_of_record_takes_is_in_the_table(page: str) -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.*) \| ?(.*) ?\|$", page.partition("## Records")[2], re.MULTILINE)
    told = {kind: (set(re.findall(r"`(\w+)`", needs)), set(re.findall(r"`(\w+)`", may))) for kind, needs, may in rows}
    taken = {}
    for kind in RecordKind:
        needed = {key for choice in REQUIRED[kind] for key in choice.split("|")}
        taken[kind.value] = (needed, set(OPTIONAL[kind]) - needed)
    assert told == taken


def _keys(node: Node) -> Iterator[str]:
    if isinstance(node.value, dict):
        for key, inner in node.value.items():
            yield key
            yield from _keys(inner)
    elif isinstance(node.value, list):
        for inner in node.value:
            yield from _keys(inner)


def _wanted(cls: type[Any]) -> Iterator[str]:
    """Every key that a mapping of this class and those inside it may have; records have a table of their own."""
    for shape in shapes(cls):
        if shape.key in ELSEWHERE:
            continue
        yield shape.key
        if shape.kind is Kind.NESTED and shape.type is not Record:
            yield from _wanted(shape.type)
