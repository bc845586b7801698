"""The fact dictionary: every name a rule may read, one fact a line in `facts.yaml` (DOMAIN.md §4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from registry.domain.facts import FactDefinition, Owner
from registry.errors import Fault, FileError

FACTS = Path(__file__).with_name("facts.yaml")

TYPES = ("bool", "int", "double", "string", "date", "timestamp", "money", "list<string>")

# Facts whose values are places; a literal compared with one is a territory code.
PLACES = frozenset(
    {
        "use.place",
        "use.places",
        "use.territories",
        "performer.domicile",
        "production.places",
        "production.governing_law",
        "production.released_in",
    }
)

# Reading these 150 lines with a YAML reader costs far more, on the way to every check.
_LINE = re.compile(
    r"(?P<name>[a-z_]+\.[a-z_]+):\s+\{"
    r"type: '?(?P<type>[a-z<>]+)'?, "
    r"owner: (?P<owner>[a-z]+), "
    r"(?:who: (?P<who>[a-z_]+), )?"
    r"(?:values: \[(?P<values>[a-z0-9_, -]+)\], )?"
    r"(?:protective: (?P<protective>yes|no), )?"
    r"ask: '(?P<ask>(?:[^']|'')+)'\}"
)


@lru_cache(maxsize=1)
def load_dictionary() -> Mapping[str, FactDefinition]:
    """The dictionary that ships with the registry, in the order of its file."""
    return read_dictionary(FACTS.read_text("utf-8"), FACTS.name)


def read_dictionary(text: str, name: str) -> Mapping[str, FactDefinition]:
    """A dictionary from its text. Raises FileError with every line that is not a fact."""
    facts: dict[str, FactDefinition] = {}
    faults: list[Fault] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            fact = _fact(line)
            if fact.name in facts:
                raise ValueError("stands here twice")
            facts[fact.name] = fact
        except ValueError as fault:
            faults.append(Fault(number, line.split(":")[0], str(fault)))
    if faults:
        raise FileError(name, faults, "not used")
    return MappingProxyType(facts)


def _fact(line: str) -> FactDefinition:
    match = _LINE.fullmatch(line.rstrip())
    if not match:
        raise ValueError("is not a fact; the form stands at the top of the file")
    owner, protective = Owner(match["owner"]), match["protective"]
    if match["type"] not in TYPES:
        raise ValueError(f"type {match['type']} is not one of {', '.join(TYPES)}")
    if (owner is Owner.RULING) != (protective is not None) or (owner is Owner.RULING) != (match["who"] is not None):
        raise ValueError("a ruling names `who` decides and its protective answer; other facts name neither")
    return FactDefinition(
        name=match["name"],
        type=match["type"],
        owner=owner,
        ask=match["ask"].replace("''", "'"),
        values=tuple(match["values"].split(", ")) if match["values"] else (),
        who=match["who"],
        protective=None if protective is None else protective == "yes",
    )
