"""The axes of scope for one matter: every set, tree and interval that meets in it, as bits (DESIGN.md §7).

Closed vocabularies have fixed bits. Open ones (scenes, languages, dates, ages) get a bit for each part that the use,
the grants or the exclusions can tell apart, and one for everything else; `any` and an axis left out reach them all.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from registry.domain import vocabulary
from registry.domain.consent import Consent, Exclusion, Grant
from registry.domain.dates import FIRST_DAY, LAST_DAY, age_on
from registry.domain.facts import Fact, Unsure
from registry.domain.scope import Box
from registry.domain.values import dataclass
from registry.domain.words import Act, Content, Element, Purpose
from registry.engine.matter import Matter

NAMES = (
    "elements",
    "purposes",
    "scenes",
    "media",
    "territories",
    "languages",
    "dates",
    "ages",
    "content",
    "real_time",
    "role_use",
)
# The fact to ask for where a use leaves an axis out; scenes left out are the whole picture, and dates are computed.
FACT = {
    "elements": "use.elements",
    "purposes": "use.purpose",
    "media": "use.media",
    "territories": "use.territories",
    "languages": "use.languages",
    "ages": "performer.age_depicted",
    "content": "use.content",
    "real_time": "use.real_time",
    "role_use": "use.role_use",
}
_ELEMENTS, _PURPOSES, _CONTENT = tuple(Element), tuple(Purpose), tuple(Content)
_ANY = ("any",)
_PLAIN = 1  # the content bit of a use with nothing sensitive in it
_UNSTATED = -1  # the age of somebody shown as they are, nobody having said a number
_MAX_AGE = 200
_LANGUAGES, _AGES, _CONTENTS, _REAL_TIME, _ROLES = map(
    NAMES.index, ("languages", "ages", "content", "real_time", "role_use")
)


def _bits(words: Sequence[str], chosen: Iterable[str]) -> int:
    wanted = set(chosen)
    return sum(1 << n for n, word in enumerate(words) if word in wanted)


def _segments(points: Iterable[int], low: int, high: int) -> list[tuple[int, int]]:
    """The range from low to high cut at each point that begins a segment."""
    starts = sorted({low, *(p for p in points if low < p <= high)})
    return [(a, b - 1) for a, b in zip(starts, [*starts[1:], high + 1], strict=True)]


def _spanned(segments: Sequence[tuple[int, int]], first: int, last: int) -> int:
    return sum(1 << n for n, (a, b) in enumerate(segments) if first <= a and b <= last)


@dataclass(frozen=True, slots=True)
class Axes:
    """The vocabulary of one matter, and how to compile grants, exclusions and the use into boxes over it."""

    matter: Matter
    facts: Mapping[str, Fact]
    scenes: tuple[str, ...]
    languages: tuple[str, ...]
    roles: tuple[str, ...]
    days: tuple[tuple[int, int], ...]
    ages: tuple[tuple[int, int], ...]
    own_ages: tuple[int, int] | None
    full: Box  # every point there is

    @staticmethod
    def of(
        matter: Matter, facts: Mapping[str, Fact], consents: Sequence[Consent], turning_days: Iterable[dt.date]
    ) -> Axes:
        """Intern what the use and `consents` mention; `turning_days` are days on which some consent begins or stops."""
        said = _said(matter, consents)
        scenes = _with(said.scenes, matter.use.scenes or ())
        languages = _with(said.languages, [str(tag) for tag in _list(facts, "use.languages")])
        role = facts.get("use.role_use")
        roles = _with(said.roles, [role.value] if role is not None and isinstance(role.value, str) else [])
        # Nobody has said when: one segment, and what lives on it asks for the moment.
        low, high = (matter.day or FIRST_DAY).toordinal(), (matter.last_day or matter.day or FIRST_DAY).toordinal()
        days = tuple(_segments((*said.days, *[day.toordinal() for day in turning_days]), low, high))
        own, shown = _own_ages(matter), _ages_shown(matter, facts)
        edges = [edge for pair in (own, shown) if pair for edge in (pair[0], pair[1] + 1)]
        ages = tuple(_segments((0, *edges, *said.ages), _UNSTATED, _MAX_AGE))
        full = (
            (1 << len(_ELEMENTS)) - 1,
            (1 << len(_PURPOSES)) - 1,
            (2 << len(scenes)) - 1,
            vocabulary.ALL_MEDIA,
            vocabulary.ALL_TERRITORIES,
            (2 << len(languages)) - 1,
            (1 << len(days)) - 1,
            (1 << len(ages)) - 1,
            (2 << len(_CONTENT)) - 1,
            0b11,
            (2 << len(roles)) - 1,
        )
        return Axes(matter, facts, scenes, languages, roles, days, ages, own, full)

    def use(self) -> tuple[Box, Mapping[str, int]]:
        """The use as a box, an axis nobody has answered being whole; and for each of those the values it may have."""
        full = dict(zip(NAMES, self.full, strict=True))
        known: dict[str, int | None] = {
            "elements": self._asked("use.elements", _elements),
            "purposes": self._asked("use.purpose", lambda v: _bits(_PURPOSES, v)),
            "scenes": self._scenes(self.matter.use.scenes),
            "media": self._asked("use.media", _media),
            "territories": self._asked("use.territories", _territories),
            "languages": self._asked("use.languages", self._languages),
            "dates": full["dates"],
            "ages": self._use_ages(),
            "content": self._asked("use.content", _content, empty=_PLAIN),
            "real_time": self._asked("use.real_time", lambda v: 2 if v == (True,) else 1),
            "role_use": self._asked("use.role_use", self._roles),
        }
        box = tuple(value if (value := known[name]) is not None else full[name] for name in NAMES)
        unknown = {name: full[name] for name in NAMES if known[name] is None}
        if known["ages"] == _spanned(self.ages, _UNSTATED, _UNSTATED):
            unknown["ages"] = full["ages"] & ~known["ages"]
        return box, unknown

    def grant(self, grant: Grant, days: tuple[dt.date, dt.date], signed: dt.date | None = None) -> Box:
        """The box of a grant that lives from the first to the last of `days`; groups of countries are those of the day
        it was signed."""
        first = max(grant.from_ or FIRST_DAY, days[0]).toordinal() if self.matter.day else FIRST_DAY.toordinal()
        last = min(grant.until or LAST_DAY, days[1]).toordinal()
        dubbing = self.matter.use.act is Act.DUB
        languages = grant.languages if not (dubbing and grant.languages in (None, _ANY)) else ()
        return (
            _elements(grant.elements),
            _granted_purposes(grant.purposes),
            self._scenes(grant.scenes),
            _media(grant.media),
            _territories(grant.territories, signed),
            self.full[_LANGUAGES] if languages is None else self._languages(languages),
            _spanned(self.days, first, last),
            self._own_age_mask() if grant.ages is None else _spanned(self.ages, *grant.ages),
            _PLAIN | _content(grant.allows),
            0b11 if grant.real_time else 0b01,
            self.full[_ROLES] if grant.role_use is None else self._roles(grant.role_use),
        )

    def exclusion(self, carved: Exclusion, signed: dt.date | None = None) -> Box | None:
        """The box of an exclusion; None where it names another act or production than the use's."""
        use = self.matter.use
        if carved.acts is not None and use.act not in carved.acts:
            return None
        if carved.productions is not None and not self.matter.production.is_named_by(carved.productions):
            return None
        full = self.full
        first, last = (carved.from_ or FIRST_DAY).toordinal(), (carved.until or LAST_DAY).toordinal()
        return (
            full[0] if carved.elements is None else _elements(carved.elements),
            full[1] if carved.purposes is None else _bits(_PURPOSES, carved.purposes),
            self._scenes(carved.scenes),
            _media(carved.media),
            _territories(carved.territories, signed),
            full[_LANGUAGES] if carved.languages is None else self._languages(carved.languages),
            _spanned(self.days, first, last),
            full[_AGES] if carved.ages is None else _spanned(self.ages, *carved.ages),
            full[_CONTENTS] if carved.content is None else _content(carved.content),
            full[_REAL_TIME] if carved.real_time is None else (0b10 if carved.real_time else 0b01),
            full[_ROLES] if carved.role_use is None else self._roles(carved.role_use),
        )

    def unsure(self, name: str) -> bool:
        """Whether the fact behind an axis was answered, and nobody can tell."""
        fact = self.facts.get(name)
        return fact is not None and isinstance(fact.value, Unsure)

    def words(self, axis: str, mask: int) -> tuple[str, ...]:
        """The values of one axis that a mask holds, the shortest exact way of saying them."""
        match axis:
            case "elements" | "purposes":
                words: Sequence[str] = _ELEMENTS if axis == "elements" else _PURPOSES
                return tuple(str(w) for n, w in enumerate(words) if mask >> n & 1)
            case "scenes" | "languages" | "role_use":
                return self._open_words(axis, mask)
            case "media":
                return vocabulary.media_names(mask)
            case "territories":
                return vocabulary.territory_names(mask)
            case "dates":
                return tuple(_day_words(a, b) for a, b in _joined(self.days, mask))
            case "ages":
                return tuple(_age_words(a, b) for a, b in _joined(self.ages, mask))
            case "content":
                return tuple(str(w) for n, w in enumerate(_CONTENT) if mask >> (n + 1) & 1) or ("none",)
            case _:
                return tuple(word for n, word in enumerate(("no", "yes")) if mask >> n & 1)

    def _open_words(self, axis: str, mask: int) -> tuple[str, ...]:
        known = {"scenes": self.scenes, "languages": self.languages, "role_use": self.roles}[axis]
        named = tuple(word for n, word in enumerate(known) if mask >> (n + 1) & 1)
        if axis == "languages":
            named = tuple(t for t in named if not any(t != o and vocabulary.language_covers(o, t) for o in named))
        return (*named, "any other") if named and mask & 1 else named or ("any",)

    def _asked(self, name: str, compile_: Callable[[tuple[Any, ...]], int], empty: int | None = None) -> int | None:
        fact = self.facts.get(name)
        if fact is None or not fact.known:
            return None
        values = _list(self.facts, name)
        return empty if not values and empty is not None else compile_(values)

    def _use_ages(self) -> int:
        shown = _ages_shown(self.matter, self.facts)
        return _spanned(self.ages, *(shown or (_UNSTATED, _UNSTATED)))

    def _own_age_mask(self) -> int:
        own = _spanned(self.ages, *self.own_ages) if self.own_ages else 0
        return own | _spanned(self.ages, _UNSTATED, _UNSTATED)

    def _scenes(self, scenes: Iterable[str] | None) -> int:
        return self._open(self.scenes, scenes)

    def _roles(self, roles: Iterable[object]) -> int:
        return self._open(self.roles, [str(r) for r in roles])

    def _open(self, known: Sequence[str], chosen: Iterable[str] | None) -> int:
        if chosen is None or tuple(chosen) == _ANY:
            return (2 << len(known)) - 1
        return _bits(known, chosen) << 1

    def _languages(self, tags: Iterable[object]) -> int:
        named = [str(t) for t in tags]
        if tuple(named) == _ANY:
            return (2 << len(self.languages)) - 1
        return sum(
            2 << n for n, tag in enumerate(self.languages) if any(vocabulary.language_covers(t, tag) for t in named)
        )


@dataclass(frozen=True, slots=True)
class _Said:
    """What some consents say on the open axes, sorted: scenes, languages and roles that they name, days on which
    something in them begins or has ended, ages likewise."""

    scenes: tuple[str, ...]
    languages: tuple[str, ...]
    roles: tuple[str, ...]
    days: tuple[int, ...]
    ages: tuple[int, ...]


def _said(matter: Matter, consents: Sequence[Consent]) -> _Said:
    """Gathered once for all uses for which the same consents are looked at."""
    kept, key = matter.on_file.papers, ("said", *map(id, consents))
    if key not in kept:
        boxes: list[Grant | Exclusion] = [g for c in consents for g in c.grants]
        boxes += [e for c in consents for e in c.excludes]
        begin = {b.from_.toordinal() for b in boxes if b.from_}
        ended = {b.until.toordinal() + 1 for b in boxes if b.until}
        kept[key] = _Said(
            scenes=tuple(sorted({s for b in boxes for s in b.scenes or ()} - {"any"})),
            languages=tuple(sorted({t for b in boxes for t in b.languages or ()} - {"any"})),
            roles=tuple(sorted({r for b in boxes for r in b.role_use or ()} | {"principal", "background", "neither"})),
            days=tuple(sorted(begin | ended)),
            ages=tuple(sorted({edge for b in boxes if b.ages for edge in (b.ages[0], b.ages[1] + 1)})),
        )
    found: _Said = kept[key]
    return found


def _with(said: tuple[str, ...], more: Iterable[str]) -> tuple[str, ...]:
    """The words of both, sorted."""
    fresh = [word for word in more if word not in said and word != "any"]
    return tuple(sorted({*said, *fresh})) if fresh else said


@lru_cache(maxsize=1024)
def _elements(elements: tuple[str, ...]) -> int:
    return _bits(_ELEMENTS, elements)


@lru_cache(maxsize=1024)
def _granted_purposes(purposes: tuple[Purpose, ...]) -> int:
    """Whoever may make the final picture may make what stands in for it meanwhile."""
    return _bits(_PURPOSES, (*purposes, Purpose.TEMPORARY) if Purpose.FINAL in purposes else purposes)


@lru_cache(maxsize=1024)
def _media(media: tuple[str, ...] | None) -> int:
    """All of them where nothing is said."""
    return vocabulary.ALL_MEDIA if media is None else reduce(or_, map(vocabulary.media_mask, media), 0)


@lru_cache(maxsize=8192)
def _territories(codes: tuple[str, ...] | None, on: dt.date | None = None) -> int:
    """All of them where nothing is said; groups of countries are those of the day `on`."""
    if codes is None:
        return vocabulary.ALL_TERRITORIES
    return reduce(or_, [vocabulary.territory_mask(code, on) for code in codes], 0)


@lru_cache(maxsize=1024)
def _content(content: tuple[str, ...]) -> int:
    return _bits(_CONTENT, content) << 1


def _list(facts: Mapping[str, Fact], name: str) -> tuple[object, ...]:
    fact = facts.get(name)
    if fact is None or not fact.known:
        return ()
    return fact.value if isinstance(fact.value, tuple) else (fact.value,)


def _own_ages(matter: Matter) -> tuple[int, int] | None:
    """The ages the performer may have on the days of the use."""
    born = matter.performer.born if matter.performer else None
    if born is None or matter.day is None or matter.last_day is None or matter.day < born.first:
        return None
    return max(0, age_on(born.last, matter.day)), min(_MAX_AGE, age_on(born.first, matter.last_day))


def _ages_shown(matter: Matter, facts: Mapping[str, Fact]) -> tuple[int, int] | None:
    if matter.use.ages is not None:
        return matter.use.ages
    depicted = facts.get("performer.age_depicted")
    if depicted is not None and isinstance(depicted.value, int):
        return depicted.value, depicted.value
    return None


def _joined(segments: Sequence[tuple[int, int]], mask: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for n, (a, b) in enumerate(segments):
        if not mask >> n & 1:
            continue
        if found and found[-1][1] == a - 1:
            found[-1] = (found[-1][0], b)
        else:
            found.append((a, b))
    return found


def _day_words(first: int, last: int) -> str:
    days = (dt.date.fromordinal(first).isoformat(), dt.date.fromordinal(last).isoformat())
    return days[0] if first == last else f"{days[0]}..{days[1]}"


def _age_words(first: int, last: int) -> str:
    if last == _UNSTATED:
        return "as the performer is"
    return str(first) if first == last else f"{max(first, 0)}..{last}"
