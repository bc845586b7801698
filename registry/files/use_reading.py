"""A use as a file writes it: its keys, and facts that may say the same as a key but never anything else."""

from __future__ import annotations

from typing import Any

from registry.domain.facts import UNSURE
from registry.domain.shape import shapes
from registry.domain.use import Use
from registry.files.facts import same_answer
from registry.files.mappings import BAD, read_mapping, read_value
from registry.files.reading import Reading
from registry.source import Node

# Facts that mirror a key of a use (the fact dictionary): they are taken from the key.
MIRRORS = frozenset(
    {
        "act", "elements", "purpose", "at", "released_on", "media", "territories", "languages", "content", "seconds",
        "place",
    }
)  # fmt: skip


def read_use(reading: Reading, node: Node, path: str) -> Any:
    """One use, or BAD with its faults written down."""
    if not isinstance(node.value, dict):
        return read_mapping(reading, node, Use, path)
    items = dict(node.value)
    facts = items.get("facts")
    before = len(reading.faults)
    if facts is not None and isinstance(facts.value, dict):
        kept = {name: item for name, item in facts.value.items() if not _mirrored(reading, items, name, item, path)}
        items["facts"] = Node(kept, facts.line, key_line=facts.key_line, column=facts.column)
    use = read_mapping(reading, Node(items, node.line, key_line=node.key_line, column=node.column), Use, path)
    if use is not BAD and not use.production and not use.replica:
        reading.fault(node.line, f"{path}.production", "missing; it has to be written, or a replica named")
    return use if len(reading.faults) == before else BAD


def _mirrored(reading: Reading, items: dict[str, Node], name: str, fact: Node, path: str) -> bool:
    """Whether a fact is taken from a key; where only the fact is stated, it becomes the key."""
    head, _, key = name.partition(".")
    if head != "use" or key not in MIRRORS or fact.value is None:
        return False
    stated = items.get(key)
    if fact.raw == UNSURE:
        if stated is not None and stated.value is not None:
            _differ(reading, fact, name, key, stated, path)
        return False
    if stated is None or stated.value is None:
        items[key] = fact
        return True
    shape = next(shape for shape in shapes(Use) if shape.name == key)
    one = read_value(reading, fact, Use, shape, f"{path}.facts.{name}")
    other = read_value(Reading(reading.name, reading.dictionary), stated, Use, shape, "")  # its faults are told later
    if BAD not in (one, other) and not same_answer(one, other):
        _differ(reading, fact, name, key, stated, path)
    return True


def _differ(reading: Reading, fact: Node, name: str, key: str, stated: Node, path: str) -> None:
    problem = f"says something else than `{key}` on line {stated.at}; leave the fact out"
    reading.value_fault(fact, f"{path}.facts.{name}", problem)
