"""How values of the domain are said to people: dates, lists, acts, scope, money, answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from registry.domain.consent import Grant
from registry.domain.english import ACTS as ACTS
from registry.domain.english import count as count
from registry.domain.english import listing as listing
from registry.domain.english import ranged as ranged
from registry.domain.english import scenes as scenes
from registry.domain.english import sentence as sentence
from registry.domain.facts import FactInput
from registry.domain.finding import ScopePiece, State, VerdictWord
from registry.domain.money import Money
from registry.domain.vocabulary import (
    ALL_TERRITORIES,
    language_name,
    territory_mask,
    territory_name,
    territory_names,
)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

MARKS = {
    State.BARRED: "✗ barred",
    State.UNMET: "✗",
    State.REFER: "? refer",
    State.UNKNOWN: "? open",
    State.DUE: "✓ due",
    State.MET: "✓",
    State.EXEMPT: "✓",
    State.NONE: "–",
}

_SAID = {
    "world": "worldwide",
    "any": "any media",
    "avod": "AVOD",
    "svod": "SVOD",
    "tvod": "TVOD",
    "fast": "FAST",
}

# Facts that stand in what a rule asks for, as people say them.
_FACTS = {
    "use.at": "the work",
    "use.on": "the day of the work",
    "engagement.engaged_at": "the engagement",
    "engagement.daily_rate": "the daily rate",
    "use.released_on": "the release",
    "use.days_estimated": "the days",
}


def headline(word: VerdictWord) -> str:
    """The verdict in capitals."""
    return word.value.replace("_", " ").upper()


def day(date: dt.date) -> str:
    return f"{date.day} {_MONTHS[date.month - 1]} {date.year}"


def moment(when: dt.datetime, zone: str | None = None) -> str:
    """Day and time on the wall of `zone`, else in the moment's own offset; the zone is always said."""
    local = when.astimezone(ZoneInfo(zone)) if zone else when
    name = local.tzname() or ""
    if name.startswith("UTC") and name != "UTC":
        name = name.removeprefix("UTC").replace("-", "−")
    return f"{day(local.date())} {local:%H:%M} {name}"


def counted(n: int, noun: str, plural: str = "") -> str:
    """As `count`, with small numbers in words: `one consent`, `eleven` is 11."""
    number = _NUMBERS[n] if n < len(_NUMBERS) else f"{n:,}"
    return f"{number} {noun if n == 1 else plural or noun + 's'}"


def said(word: str) -> str:
    """A word of a closed list as people say it."""
    return _SAID.get(word) or word.replace("_", " ")


def piece(scope: ScopePiece) -> str:
    """One box of scope in a line: scenes and elements first, then whatever else it names."""
    axes = dict(scope.axes)
    parts: list[str] = []
    if "scenes" in axes:
        parts.append(scenes(axes.pop("scenes")))
    if "elements" in axes:
        parts.append(listing(axes.pop("elements")))
    parts += [_axis(name, values) for name, values in axes.items()]
    return ", ".join(parts)


def scope_of_grant(grant: Grant) -> str:
    """What a clause grants: elements, scenes, media, places and the last day, as far as it names them."""
    parts = [listing(element.value for element in grant.elements)]
    if grant.scenes is not None:
        parts.append(scenes(grant.scenes))
    for name, values in (("media", grant.media), ("territories", grant.territories), ("languages", grant.languages)):
        if values is not None:
            parts.append(_axis(name, values))
    if grant.until is not None:
        parts.append(f"to {day(grant.until)}")
    return ", ".join(parts)


def places(codes: Sequence[str]) -> str:
    """Territories by their names; of nearly the whole world, what it leaves out."""
    if list(codes) == ["world"]:
        return "worldwide"
    rest = ALL_TERRITORIES
    for code in codes:
        rest &= ~territory_mask(code)
    left_out = territory_names(rest)
    if len(left_out) < len(codes):
        return f"worldwide except {listing(territory_name(code) for code in left_out)}"
    return f"in {listing(territory_name(code) for code in codes)}"


def _axis(name: str, values: Sequence[str]) -> str:
    words = listing(said(value) for value in values)
    match name:
        case "territories":
            return places(values)
        case "media":
            return words if list(values) == ["any"] else f"{words} media"
        case "purposes":
            return f"for {words}"
        case "languages":
            return "in any language" if list(values) == ["any"] else f"in {listing(language_name(v) for v in values)}"
        case "ages":
            return f"age {words.replace('..', ' to ')}"
        case "content":
            return "nothing sensitive" if list(values) == ["none"] else f"sensitive content: {words}"
        case "real_time":
            return "in real time" if "yes" in values else "not in real time"
        case "role_use":
            return f"as {words}"
        case _:
            return words


def answer(value: FactInput | None) -> str:
    """The value of a fact as somebody would type it."""
    if value is None:
        return "not answered"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Money):
        return value.spoken()
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(value) or "none"
    return str(value)


def plainly(text: str) -> str:
    """What a rule asks for, its facts in words: `notice by the work − 48 hours`."""
    for name, words in _FACTS.items():
        text = text.replace(name, words)
    return text
