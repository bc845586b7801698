"""The languages that documents are written in: one file each, every word of ours under a key, no word in the code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

from registry.domain.atlas import atlas
from registry.domain.money import Money
from registry.domain.territories import territory_name
from registry.domain.vocabulary import language_name
from registry.errors import UsageError
from registry.source import Node, read

_FOLDER = Path(__file__).with_name("languages")
_ENGLISH = "en"


@cache
def languages() -> tuple[str, ...]:
    """The tags of the languages there is a file for."""
    return tuple(sorted(p.stem for p in _FOLDER.glob("*.yaml")))


@cache
def language(tag: str) -> Language:
    """Raises UsageError for a language nobody has written the words of."""
    if tag not in languages():
        known = ", ".join(languages())
        raise UsageError(f"Documents are written in {known}; there are no words in {tag}.", "add --language en")
    return Language(tag)


class Language:
    """The words of one language, and how it writes days, sums and lists."""

    def __init__(self, tag: str) -> None:
        self.tag = tag
        self.words = dict(_flat(read((_FOLDER / f"{tag}.yaml").read_text(encoding="utf-8"), f"{tag}.yaml")))
        self.not_recorded = self.words["writing.not_recorded"]

    def say(self, key: str, **values: object) -> str:
        """The words under a key, with their places filled in. Raises KeyError for no key of ours."""
        words = self.words[key]
        return words.format(**values) if values else words

    def has(self, key: str) -> bool:
        return key in self.words

    def word(self, group: str, code: str) -> str:
        """A word of a closed list; one that somebody wrote stays as it is, without its underscores."""
        return self.words.get(f"{group}.{code}", code.replace("_", " "))

    def joined(self, words: Sequence[str], last: str = "and") -> str:
        """`a, b and c`."""
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self._joint(last, words[-1])} {words[-1]}"

    def apart(self, phrases: Iterable[str]) -> str:
        """Phrases with a semicolon between them, spaced as the language spaces it."""
        return self.words["writing.apart"].join(phrases)

    def _joint(self, last: str, before: str) -> str:
        """Where a language changes its `and` or `or` before certain sounds, its file says which."""
        if self.has(f"writing.{last}_before") and re.match(self.words[f"writing.{last}_before"], before, re.IGNORECASE):
            return self.words[f"writing.{last}_else"]
        return self.words[f"writing.{last}"]

    def day(self, value: dt.date | None, absent: str | None = None) -> str:
        if value is None:
            return self.not_recorded if absent is None else absent
        number = self.words["writing.first"] if value.day == 1 else str(value.day)
        month = self.words[f"writing.months.{value.month}"]
        return self.say("writing.date", day=number, month=month, year=value.year)

    def moment(self, value: dt.datetime | None) -> str:
        """A moment with the offset it was recorded in: `16 September 2026, 09:00 (UTC−07:00)`."""
        if value is None:
            return self.not_recorded
        offset = value.strftime("%z")
        sign = "−" if offset.startswith("-") else "+"
        written = f"{sign}{offset[1:3]}:{offset[3:5]}"
        return self.say("writing.moment", day=self.day(value.date()), time=f"{value:%H:%M}", offset=written)

    def span(self, first: str, last: str) -> str:
        return self.say("writing.span", **{"from": first, "to": last})

    def period(self, first: dt.date | None, last: dt.date | None) -> str:
        """Civil days, both included; an end that nobody set is left out, and neither is not recorded."""
        if first is not None and last is not None:
            return self.span(self.day(first), self.day(last))
        if first is not None:
            return self.say("writing.since", **{"from": self.day(first)})
        return self.not_recorded if last is None else self.say("writing.up_to", to=self.day(last))

    def hours(self, later: dt.datetime, earlier: dt.datetime) -> str:
        """Elapsed time in whole hours and minutes, as a deadline is counted."""
        whole, minutes = divmod(int((later - earlier).total_seconds() // 60), 60)
        key = "writing.hours_minutes" if minutes else "writing.hours"
        return self.say(key, n=whole, minutes=minutes)

    def yes(self, value: bool | None) -> str:
        return self.not_recorded if value is None else self.words["writing.affirmed" if value else "writing.denied"]

    def quoted(self, text: str) -> str:
        return self.say("writing.quote", text=text)

    def money(self, value: Money | None) -> str:
        if value is None:
            return self.not_recorded
        marks = {",": self.words["writing.thousands"], ".": self.words["writing.decimal"]}
        return "".join(marks.get(c, c) for c in value.spoken())

    def territory(self, code: str) -> str:
        """A place by name: `California, United States`; its code stands in `consent.json`."""
        return self.words["writing.worldwide"] if code == "world" else self._place(code)

    def _place(self, code: str) -> str:
        if self.tag == _ENGLISH:
            return territory_name(code)
        if found := self.words.get(f"place.{code}"):
            return found
        if code == "elsewhere":
            return self.words["writing.elsewhere"]
        parts = atlas()
        if other := parts.same.get(code) or parts.numeric.get(code):
            return self._place(other)
        part = parts.part(code) if "-" in code else None
        return f"{part.name}, {self._place(part.country)}" if part else territory_name(code)

    def language(self, tag: str) -> str:
        """A language by name: `Spanish (MX)`; a tag with no name stays as it is."""
        if self.tag == _ENGLISH:
            return language_name(tag)
        primary, _, rest = tag.partition("-")
        name = self.words.get(f"tongue.{primary.lower()}")
        return tag if name is None else f"{name} ({rest})" if rest else name


def _flat(node: Node, before: str = "") -> Iterable[tuple[str, str]]:
    """Every text of a file under the path to it; a list counts from 1."""
    if isinstance(node.value, dict):
        items = [(key, inner) for key, inner in node.value.items()]
    elif isinstance(node.value, list):
        items = [(str(n), inner) for n, inner in enumerate(node.value, 1)]
    else:
        yield before, node.raw or ""
        return
    for key, inner in items:
        yield from _flat(inner, f"{before}.{key}" if before else key)
