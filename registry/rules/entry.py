"""An entry of a pack file, read key by key: what is there, and every fault on the way."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from enum import StrEnum
from typing import TypeVar

from registry.domain.dates import parse_date
from registry.domain.facts import FactDefinition
from registry.domain.values import dataclass
from registry.errors import Fault
from registry.rules.compiling import ExpressionError, compile_expression
from registry.rules.pack import Expression, Span
from registry.rules.phrasing import caret
from registry.source import Node, nearest

Word = TypeVar("Word", bound=StrEnum)

LONGEST_TEXT = 4_000
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_YES_NO = {"yes": True, "true": True, "no": False, "false": False}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What reading one file needs and gathers: the dictionary, the pack's currency, and the faults found so far."""

    dictionary: Mapping[str, FactDefinition]
    faults: list[Fault] = field(default_factory=list)
    currency: str = "USD"

    def fault(self, node: Node, path: str, problem: str) -> None:
        self.faults.append(Fault(node.at, path, problem))


class Entry:
    """A mapping of a pack file. Reading a key that is missing or wrong notes a fault and gives the empty value."""

    def __init__(self, node: Node, path: str, sheet: Sheet, keys: tuple[str, ...]) -> None:
        self.node, self.path, self.sheet = node, path, sheet
        self._nodes: dict[str, Node] = {}
        if isinstance(node.value, dict):
            self._nodes = rejoined(node.value)
            for key, value in self._nodes.items():
                if key not in keys:
                    self._unknown(key, value, keys)
        elif node.value is not None:
            sheet.fault(node, path, f"is one value; it is a list of keys: {', '.join(keys)}")

    def _unknown(self, key: str, node: Node, keys: tuple[str, ...]) -> None:
        near = nearest(key, keys)
        there = f"there {'are' if len(keys) > 1 else 'is'} {', '.join(keys)}" if keys else "nothing stands here"
        self.sheet.fault(node, self.at(key), f"unknown key; {f'did you mean {near}?' if near else there}")

    def at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def __contains__(self, key: str) -> bool:
        """Whether the key stands there, null or not."""
        return key in self._nodes

    def has(self, key: str) -> bool:
        """Whether the key is there with a value; null is left out."""
        return self.get(key) is not None

    def get(self, key: str) -> Node | None:
        node = self._nodes.get(key)
        return None if node is None or node.value is None else node

    def wrong(self, key: str, problem: str) -> None:
        self.sheet.fault(self._nodes.get(key, self.node), self.at(key), problem)

    def needs(self, key: str) -> Node | None:
        node = self.get(key)
        if node is None:
            self.sheet.fault(self._nodes.get(key, self.node), self.at(key), "is missing")
        return node

    def text(self, key: str, default: str = "") -> str:
        """A text as written, on one line; numbers and words are texts too."""
        node = self.get(key)
        if node is None:
            return default
        if node.raw is None:
            self.wrong(key, "is a list; it is one text")
            return default
        if len(node.raw) > LONGEST_TEXT:
            self.wrong(key, f"has {len(node.raw):,} characters; at most {LONGEST_TEXT:,} are kept")
        return " ".join(node.raw.split())

    def required_text(self, key: str) -> str:
        return self.text(key) if self.needs(key) else ""

    def id(self, key: str) -> str:
        text = self.required_text(key)
        if text and not _ID.fullmatch(text):
            self.wrong(key, f"{text!r} is not an id; use letters, digits, - _ . (at most 64)")
        return text

    def reference(self, key: str) -> str | None:
        return self.text(key) or None

    def word(self, key: str, words: type[Word], default: Word) -> Word:
        """One of a closed list; a missing one is a fault."""
        text = self.required_text(key)
        if text in tuple(words):
            return words(text)
        if text:
            self.wrong(key, not_one_of(text, tuple(words)))
        return default

    def choice(self, key: str, words: tuple[str, ...], default: str) -> str:
        text = self.text(key, default)
        if text not in words:
            self.wrong(key, not_one_of(text, words))
            return default
        return text

    def yes_no(self, key: str, default: bool) -> bool:
        text = self.text(key)
        if not text:
            return default
        if text not in _YES_NO:
            self.wrong(key, f"{text!r} is neither yes nor no")
            return default
        return _YES_NO[text]

    def date(self, key: str) -> dt.date | None:
        text = self.text(key)
        try:
            return parse_date(text) if text else None
        except ValueError:
            self.wrong(key, f"{text!r} is not a date; write it as 2026-09-14")
            return None

    def required_date(self, key: str) -> dt.date:
        return (self.date(key) if self.needs(key) else None) or dt.date.min

    def entry(self, key: str, *keys: str) -> Entry | None:
        node = self.get(key)
        return None if node is None else Entry(node, self.at(key), self.sheet, keys)

    def span(self, key: str) -> Span | None:
        """Days `{from, until}`, both included; an open end is left out."""
        inner = self.entry(key, "from", "until")
        if inner is None:
            return None
        span = Span(from_=inner.date("from"), until=inner.date("until"))
        if span.from_ and span.until and span.until < span.from_:
            inner.wrong("until", f"{span.until} is before {span.from_}")
        return span

    def items(self, key: str) -> Iterator[tuple[int, Node]]:
        """The entries of a list, numbered from 0."""
        node = self.get(key)
        if node is None:
            return
        if not isinstance(node.value, list):
            self.wrong(key, "is not a list; start each entry with -")
            return
        yield from enumerate(node.value)

    def condition(self, key: str, *expects: str, consents: bool = False) -> Expression | None:
        """A condition, checked; `consents` where it may read `consent.…`."""
        node = self.get(key)
        return (
            None if node is None else condition(node, self.at(key), self.sheet, expects or ("bool",), consents=consents)
        )


def condition(
    node: Node, path: str, sheet: Sheet, expects: tuple[str, ...], *, consents: bool = False
) -> Expression | None:
    """The condition at a node. One that cannot be used is a fault for each of its problems, with carets."""
    if node.raw is None:
        sheet.fault(node, path, "is a list; a condition is one text, in quotes where it starts with [ or {")
        return None
    try:
        found = compile_expression(node.raw.rstrip("\n"), sheet.dictionary, currency=sheet.currency, expects=expects)
    except ExpressionError as error:
        for problem in error.problems:
            sheet.fault(node, path, f"{problem.text}\n{caret(error.source, problem)}")
        return None
    outside = [fact for fact in found.facts if fact.startswith("consent.")]
    if outside and not consents:
        sheet.fault(
            node, path, f"reads {outside[0]}; only validity rules and consent.where are judged for each consent"
        )
    return found


def never(sheet: Sheet) -> Expression:
    """What stands for a condition that could not be read; its file is refused anyway."""
    return compile_expression("false", sheet.dictionary)


def rejoined(nodes: dict[str, Node]) -> dict[str, Node]:
    """A mapping in which `{amount: max(a, b), label: …}` is one amount. To YAML the comma ends the value and `b)` is a
    key with nothing after it; a condition is not expected to be quoted for that (FORMATS.md §3)."""
    whole: dict[str, Node] = {}
    last = ""
    for key, node in nodes.items():
        before = whole.get(last)
        if before and before.raw and not before.quoted and _open(before.raw) and node.value is None and not node.raw:
            whole[last] = replace(before, value=f"{before.raw}, {key}", raw=f"{before.raw}, {key}")
        else:
            whole[key], last = node, key
    return whole


def _open(text: str) -> bool:
    """Whether a parenthesis is opened and not closed."""
    bare = re.sub(r"""\"[^"]*"|'[^']*'""", "", text)
    return bare.count("(") > bare.count(")")


def not_one_of(text: str, words: tuple[str, ...]) -> str:
    near = nearest(text, words) if len(text) > 1 else None
    return f"{text!r} is not one of {', '.join(words)}" + (f"; did you mean {near}?" if near else "")
