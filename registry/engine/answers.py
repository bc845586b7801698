"""Answers: for a fact that nobody has given, those that some conditions can tell apart, each standing for many."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import lru_cache

from registry.domain.dates import parse_date, parse_moment
from registry.domain.facts import UNSURE, FactDefinition, FactInput
from registry.domain.money import Money, parse_money
from registry.rules.pack import Expression

_ANOTHER = "\N{REPLACEMENT CHARACTER}"  # a word that no condition names
_LONGEST = 20  # words in a list whose length is asked for


def answers(
    definition: FactDefinition, expressions: Sequence[Expression], words: Iterable[str] = (), currency: str = "USD"
) -> tuple[FactInput, ...]:
    """The answers to a fact that the conditions can tell apart: exact for yes/no and closed lists. `words` are values
    of other facts it may be compared with."""
    source = " ".join([e.source for e in expressions])
    found = _answers(definition, source, frozenset(words), currency)
    return (*found, UNSURE) if any(definition.name in e.unsure for e in expressions) else found


@lru_cache(maxsize=16_384)
def _answers(definition: FactDefinition, source: str, words: frozenset[str], currency: str) -> tuple[FactInput, ...]:
    return tuple(_typed_answers(definition, source, words, currency))


def _typed_answers(definition: FactDefinition, source: str, words: Iterable[str], currency: str) -> Iterable[FactInput]:
    literals = sorted({*re.findall(r'"([^"]*)"', source), *words})
    match definition.type:
        case "bool":
            return (True, False)
        case "string":
            return _words(definition, source, literals)
        case "list<string>":
            return _lists(definition, source, literals)
        case "int":
            return _around(_whole_numbers(source))
        case "double":
            return tuple(float(n) for n in _around(_whole_numbers(source)))
        case "money":
            return tuple(Money(n, currency) for n in _around(_amounts(literals, currency), most=10**12) if n >= 0)
        case "date":
            return _dates(literals)
        case _:
            return _moments(literals)


def _words(definition: FactDefinition, source: str, literals: Sequence[str]) -> tuple[str, ...]:
    written = _written_out(definition.name, source)
    if written is not None:
        return _told_apart(definition, written)
    compared = _compared(definition.name, source)
    if not definition.values:
        return (*literals, _ANOTHER, *([f"{_ANOTHER} {definition.name}"] if compared else ()))
    if compared or f"{definition.name}.startsWith" in source:
        return definition.values
    return _told_apart(definition, literals)


def _lists(definition: FactDefinition, source: str, literals: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    members = [v for v in definition.values if not literals or v in literals or v == "none"] or literals
    found: list[tuple[str, ...]] = [(member,) for member in members]
    if source.count(definition.name) > 1:  # it may have to hold several at once
        found.append(tuple([member for member in members if member != "none"]))
    if re.search(rf"\bsize\(\s*{re.escape(definition.name)}\s*\)", source):
        found += [_others(n) for n in _around(_whole_numbers(source)) if 1 < n <= _LONGEST]
    return (*dict.fromkeys(found), (), (_ANOTHER,))


def _told_apart(definition: FactDefinition, words: Sequence[str]) -> tuple[str, ...]:
    """The words, and one for all others, of those that the fact may be answered with."""
    if not definition.values:
        return (*words, _ANOTHER)
    other = [value for value in definition.values if value not in words]
    return (*[value for value in definition.values if value in words], *other[:1])


def _written_out(name: str, source: str) -> list[str] | None:
    """The words a fact is compared with; None where it is compared with anything but words that are written out."""
    found: set[str] = set()
    source = re.sub(r'unsure\("[^"]*"\)', "", source)
    for at in re.finditer(rf"(?<![\w.]){re.escape(name)}(?!\w)", source):
        compared = re.match(r'\s*(?:[=!]=\s*"[^"]*"|in\s*\[[^\]]*\])', source[at.end() :])
        if compared is None:
            return None
        found.update(re.findall(r'"([^"]*)"', compared[0]))
    return sorted(found)


def _compared(name: str, source: str) -> bool:
    """Whether a word is compared with that of another fact, which may be open too: they can be the same, or not."""
    other, fact = r"[a-z_]+\.[a-z_]+", re.escape(name)
    return re.search(rf"\b{fact}\s*[!=]=\s*{other}|\b{other}\s*[!=]=\s*{fact}\b", source) is not None


def looked_in(expressions: Iterable[Expression]) -> tuple[str, ...]:
    """The lists that conditions look for the word of another fact in, sorted."""
    return tuple(sorted({name for e in expressions for name in _looked_in(e.source)}))


@lru_cache(maxsize=4096)
def _looked_in(source: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\b[a-z_]+\.[a-z_]+\s+in\s+([a-z_]+\.[a-z_]+)\b", source))


def _whole_numbers(source: str) -> list[int]:
    return [int(n) for n in re.findall(r"\b\d+\b", source)]


def _around(numbers: Iterable[int], most: int = 10**6) -> tuple[int, ...]:
    return tuple(sorted({0, most, *(m for n in numbers for m in (n - 1, n, n + 1))}))


def _others(count: int) -> tuple[str, ...]:
    """So many words that no condition names."""
    return tuple([f"{_ANOTHER} {n}" for n in range(count)])


def _amounts(literals: Iterable[str], currency: str) -> list[int]:
    """The amounts that are written in the conditions, in minor units."""
    found = []
    for text in literals:
        with suppress(ValueError):
            amount = parse_money(text)
            if amount.currency == currency:
                found.append(amount.minor)
    return found


def _moments(literals: Iterable[str]) -> tuple[dt.datetime, ...]:
    found = {dt.datetime(1900, 1, 1, tzinfo=dt.UTC), dt.datetime(2200, 1, 1, tzinfo=dt.UTC)}
    for text in literals:
        with suppress(ValueError):
            moment = parse_moment(text)
            found |= {moment - dt.timedelta(seconds=1), moment, moment + dt.timedelta(seconds=1)}
    return tuple(sorted(found))


def _dates(literals: Iterable[str]) -> tuple[dt.date, ...]:
    found = {dt.date(1900, 1, 1), dt.date(2200, 1, 1)}
    for text in literals:
        with suppress(ValueError):
            day = parse_date(text)
            found |= {day - dt.timedelta(days=1), day, day + dt.timedelta(days=1)}
    return tuple(sorted(found))
