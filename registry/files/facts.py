"""Facts that somebody asserts, typed by the dictionary."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from registry.domain.facts import UNSURE, FactDefinition, FactInput, Owner
from registry.domain.money import Money
from registry.files import scalars
from registry.files.reading import Reading, shown_text
from registry.files.texts import LONGEST_NAME, instead, text
from registry.source import Node

Facts = tuple[tuple[str, FactInput], ...]

_TYPES: dict[str, Callable[[Node], FactInput]] = {
    "bool": scalars.answer,
    "int": scalars.count,
    "double": scalars.double,
    "date": scalars.date,
    "timestamp": scalars.moment,
    "money": scalars.money,
}
_PRIVATE = ("performer.", "engagement.", "consent.", "replica.")


def read_facts(reading: Reading, node: Node, path: str, *, shared: bool) -> Facts | None:
    """The facts under a `facts:` key, by name. `shared` ones hold for many uses: none of them may be a judgement,
    sensitive content, or a fact of one person (DOMAIN.md §4). None where any of them was wrong."""
    if not isinstance(node.value, dict):
        reading.value_fault(node, path, "not a mapping; write one `name: answer` a line")
        return None
    found: dict[str, FactInput] = {}
    clean = True
    for name, answer in node.value.items():
        if answer.value is None and not answer.quoted:
            continue
        try:
            problem = _name_problem(reading, name, shared=shared)
            if problem:
                reading.fault(answer.at, f"{path}.{shown_text(name)}", problem)
                clean = False
            else:
                found[name] = fact(reading, name, answer)
        except ValueError as error:
            reading.value_fault(answer, f"{path}.{name}", str(error))
            clean = False
    return tuple(sorted(found.items(), key=lambda pair: pair[0])) if clean else None


def _name_problem(reading: Reading, name: str, *, shared: bool) -> str | None:
    if reading.dictionary is None:
        return None if re.fullmatch(r"[a-z_]{1,40}\.[a-z_0-9]{1,60}", name) else "not the name of a fact"
    definition = reading.dictionary.get(name)
    if definition is None:
        meant = reading.near(name, reading.dictionary, "fact")
        return (
            f"unknown fact; did you mean {meant}?"
            if meant
            else "unknown fact; DOMAIN facts are named as in the dictionary"
        )
    if definition.owner is Owner.COMPUTED:
        return "computed from the registry; record what it rests on there"
    if shared and definition.owner is Owner.RULING:
        return "a judgement, which nobody can settle once for many uses; record a ruling"
    if shared and (name.startswith(_PRIVATE) or name == "use.content"):
        return "a fact of one person or one use; state it in the use"
    return None


def fact(reading: Reading, name: str, node: Node) -> FactInput:
    """One answer. Raises ValueError with what to write instead."""
    definition = (reading.dictionary or {}).get(name)
    if not isinstance(node.value, list) and node.raw == "unsure":
        return UNSURE
    if definition is None:
        return _as_written(node)
    if definition.type == "list<string>":
        return _list(reading, definition, node)
    if definition.type == "string":
        return _text(reading, definition, node)
    return _TYPES[definition.type](node)


def _text(reading: Reading, definition: FactDefinition, node: Node) -> str:
    raw = scalars.written(node)
    if definition.values and raw not in definition.values:
        raise ValueError(
            f"not an answer to {definition.name}; {instead(raw, definition.values, definition.name, reading)}"
        )
    return text(raw, LONGEST_NAME)


def _list(reading: Reading, definition: FactDefinition, node: Node) -> tuple[str, ...]:
    if not isinstance(node.value, list):
        if node.raw == "none":
            return ("none",)
        raise ValueError(f"not a list; write [{shown_text(scalars.written(node))}]")
    if not node.value:
        raise ValueError("an empty list says nothing; write [none], or leave it out")
    found = tuple(dict.fromkeys(_text(reading, definition, item) for item in node.value))
    if "none" in found and len(found) > 1:
        raise ValueError("none and something; leave one of them out")
    return found


def _as_written(node: Node) -> FactInput:
    """An answer with no dictionary at hand: an unquoted yes is a yes, what looks like a date or an amount is one."""
    if isinstance(node.value, list):
        return tuple(text(scalars.written(item), LONGEST_NAME) for item in node.value)
    raw = scalars.written(node)
    if not node.quoted:
        if raw in ("yes", "no", "true", "false"):
            return raw in ("yes", "true")
        if isinstance(node.value, int | float):
            return scalars.double(node) if isinstance(node.value, float) else scalars.count(node)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw):
            return scalars.date(node)
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}T.+", raw):
            return scalars.moment(node)
    return _amount(node) or text(raw, LONGEST_NAME)


def _amount(node: Node) -> Money | None:
    try:
        return scalars.money(node)
    except ValueError:
        return None


def same_answer(one: Any, other: Any) -> bool:
    """Whether a fact and a key of a use say the same: lists in any order, moments as moments."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return set(one) == set(other)
    return bool(one == other and isinstance(one, dt.datetime) == isinstance(other, dt.datetime))
