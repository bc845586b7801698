"""How far consents reach as such, with no use in hand: their clauses as boxes over one vocabulary, so that one paper
can be laid over another (DOMAIN.md §6).

The rules of scope are those of `axes`: what must be named to be granted is not granted when left out, `final` covers
temporary work towards it, and the performer's own age is a point of its own beside the ages that are numbers. What the
papers cannot tell apart is one point.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from registry.domain import vocabulary
from registry.domain.consent import Consent, Exclusion, Grant
from registry.domain.dates import FIRST_DAY, LAST_DAY
from registry.domain.finding import ScopePiece
from registry.domain.production import Production
from registry.domain.scope import Box, is_empty, subtract
from registry.domain.values import dataclass
from registry.domain.words import Act, Content, Element, Purpose

NAMES = (
    "acts",
    "elements",
    "productions",
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
_ANY = ("any",)
_PLAIN = 1  # the content bit of what has nothing sensitive in it
_OWN = -1  # the performer shown as old as they are
_MAX_AGE = 200
_ACTS, _CONTENT, _AGES = NAMES.index("acts"), NAMES.index("content"), NAMES.index("ages")
_LANGUAGES, _DATES = NAMES.index("languages"), NAMES.index("dates")
_WORDS: dict[str, Sequence[str]] = {"acts": list(Act), "elements": list(Element), "purposes": list(Purpose)}
_SENSITIVE = ((1 << len(Content)) - 1) << 1

Segments = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Extent:
    """The vocabulary of some consents, and how to say what lies in a box over it.

    `works` are the points of the axis of productions: those on file that a clause names, and for every name that may
    reach others (a franchise, a title nobody has on file) whatever else bears it. `names` says which points a name
    reaches."""

    works: tuple[str, ...]
    names: tuple[tuple[str, int], ...]
    scenes: tuple[str, ...]
    languages: tuple[str, ...]
    roles: tuple[str, ...]
    days: Segments
    ages: Segments

    @staticmethod
    def of(consents: Sequence[Consent], on_file: Iterable[Production] = ()) -> Extent:
        """Intern whatever `consents` mention; a franchise reaches those of its productions that are `on_file`."""
        boxes: list[Grant | Exclusion] = [g for c in consents for g in c.grants]
        boxes += [e for c in consents for e in c.excludes]
        works, names = _works({name for box in boxes for name in box.productions or ()}, tuple(on_file))
        ages = [edge for b in boxes if b.ages for edge in (b.ages[0], b.ages[1] + 1)]
        turns = [d.toordinal() for limit in (*boxes, *consents) for d in [limit.from_] if d]
        turns += [d.toordinal() + 1 for limit in (*boxes, *consents) for d in [limit.until] if d and d < LAST_DAY]
        return Extent(
            works=works,
            names=names,
            scenes=tuple(sorted({s for b in boxes for s in b.scenes or ()} - {"any"})),
            languages=tuple(sorted({t for b in boxes for t in b.languages or ()} - {"any"})),
            roles=tuple(sorted({r for b in boxes for r in b.role_use or ()} | {"principal", "background", "neither"})),
            days=_segments(turns, FIRST_DAY.toordinal(), LAST_DAY.toordinal()),
            ages=_segments([0, *ages], _OWN, _MAX_AGE),
        )

    @property
    def full(self) -> Box:
        """Every point there is."""
        return (
            (1 << len(Act)) - 1,
            (1 << len(Element)) - 1,
            (2 << len(self.works)) - 1,
            (1 << len(Purpose)) - 1,
            (2 << len(self.scenes)) - 1,
            vocabulary.ALL_MEDIA,
            vocabulary.ALL_TERRITORIES,
            (2 << len(self.languages)) - 1,
            (1 << len(self.days)) - 1,
            (1 << len(self.ages)) - 1,
            _SENSITIVE | _PLAIN,
            0b11,
            (2 << len(self.roles)) - 1,
        )

    def grant(self, grant: Grant, consent: Consent) -> tuple[Box, ...]:
        """The boxes of a clause within its consent's own term; exclusions are not taken away yet. Two where the clause
        grants dubbing, which reaches the languages that are named and no others."""
        purposes = {p.value for p in grant.purposes} | ({"temporary"} if Purpose.FINAL in grant.purposes else set())
        box = list(self._open_axes(grant, consent))
        box[_ACTS] = _bits(list(Act), grant.acts)
        box[NAMES.index("purposes")] = _bits(list(Purpose), purposes)
        box[_AGES] = _spanned(self.ages, *(grant.ages or (_OWN, _OWN)))
        box[_CONTENT] = _PLAIN | _bits(list(Content), grant.allows) << 1
        box[NAMES.index("real_time")] = 0b11 if grant.real_time else 0b01
        term = _span(self.days, consent.from_, consent.until)
        box[_DATES] &= term
        dub = _bits(list(Act), [Act.DUB])
        rest = (box[_ACTS] & ~dub, *box[1:])
        named = 0 if grant.languages in (None, _ANY) else box[_LANGUAGES]
        dubbed = (box[_ACTS] & dub, *box[1:_LANGUAGES], named, *box[_LANGUAGES + 1 :])
        if named == box[_LANGUAGES] or not box[_ACTS] & dub:
            return (tuple(box),)
        return tuple(found for found in (rest, dubbed) if not is_empty(found))

    def exclusion(self, carved: Exclusion, consent: Consent) -> Box:
        """The box of a carve-out; an axis it does not name is whole."""
        full = dict(zip(NAMES, self.full, strict=True))
        box = list(self._open_axes(carved, consent))
        chosen = {
            "acts": None if carved.acts is None else _bits(list(Act), carved.acts),
            "purposes": None if carved.purposes is None else _bits(list(Purpose), carved.purposes),
            "ages": None if carved.ages is None else _spanned(self.ages, *carved.ages),
            "content": None if carved.content is None else _bits(list(Content), carved.content) << 1,
            "real_time": None if carved.real_time is None else (0b10 if carved.real_time else 0b01),
        }
        for name, mask in chosen.items():
            box[NAMES.index(name)] = full[name] if mask is None else mask
        return tuple(box)

    def region(self, consent: Consent) -> list[Box]:
        """All that a consent grants, its exclusions taken away, as disjoint boxes."""
        carved = [self.exclusion(e, consent) for e in consent.excludes]
        return disjoint((box for grant in consent.grants for box in self.grant(grant, consent)), carved)

    def piece(self, box: Box) -> ScopePiece:
        """A box in words: every axis that is not whole."""
        named = [(n, self.words(n, box[at])) for at, n in enumerate(NAMES) if box[at] != self.full[at]]
        return ScopePiece(tuple(named))

    def words(self, axis: str, mask: int) -> tuple[str, ...]:
        """The values of one axis that a mask holds; () for none."""
        match axis:
            case "acts" | "elements" | "purposes":
                return tuple(str(word) for n, word in enumerate(_WORDS[axis]) if mask >> n & 1)
            case "productions":
                return self._work_words(mask)
            case "scenes" | "languages" | "role_use":
                known = {"scenes": self.scenes, "languages": self.languages}.get(axis, self.roles)
                return _open_words(known, mask)
            case "media":
                return vocabulary.media_names(mask)
            case "territories":
                return vocabulary.territory_names(mask)
            case "dates":
                return tuple(_day_words(a, b) for a, b in _runs(self.days, mask))
            case "ages":
                return tuple(_age_words(a, b) for a, b in _runs(self.ages, mask))
            case "content":
                plain = ("none",) if mask & _PLAIN else ()
                return (*plain, *(str(word) for n, word in enumerate(Content) if mask >> (n + 1) & 1))
            case _:
                return tuple(word for n, word in enumerate(("no", "yes")) if mask >> n & 1)

    def _open_axes(self, box: Grant | Exclusion, consent: Consent) -> Box:
        """The axes that clauses and carve-outs name alike; the others whole. Groups of countries are those of the day
        of signing."""
        full = self.full
        signed = consent.signed_at.date() if consent.signed_at else None
        media = full[5] if box.media is None else _union(vocabulary.media_mask(m) for m in box.media)
        places = box.territories
        return (
            full[0],
            full[1] if box.elements is None else _bits(list(Element), box.elements),
            full[2] if box.productions is None else self._reach(box.productions),
            full[3],
            _open(self.scenes, box.scenes),
            media,
            full[6] if places is None else _union(vocabulary.territory_mask(code, signed) for code in places),
            self._languages(box.languages),
            _span(self.days, box.from_, box.until),
            full[9],
            full[10],
            full[11],
            _open(self.roles, box.role_use),
        )

    def _reach(self, chosen: Iterable[str]) -> int:
        names = dict(self.names)
        return _union(names[name] for name in chosen)

    def _languages(self, tags: Sequence[str] | None) -> int:
        if tags is None or tuple(tags) == _ANY:
            return (2 << len(self.languages)) - 1
        covered = [n for n, tag in enumerate(self.languages) if any(vocabulary.language_covers(t, tag) for t in tags)]
        return sum(2 << n for n in covered)

    def _work_words(self, mask: int) -> tuple[str, ...]:
        """The names that say a set of works, the widest first; a work beside them by its id."""
        if mask == (2 << len(self.works)) - 1:
            return _ANY
        left, found = mask, []
        for name, reach in sorted(self.names, key=lambda item: (-item[1].bit_count(), item[0])):
            if not reach & ~mask and reach & left:
                found.append(name)
                left &= ~reach
        found += [work for n, work in enumerate(self.works) if left >> (n + 1) & 1]
        return (*found, *(("any other",) if mask & 1 else ()))


def disjoint(boxes: Iterable[Box], without: Iterable[Box] = ()) -> list[Box]:
    """The points of `boxes` outside `without`, as boxes that do not meet."""
    taken = list(without)
    found: list[Box] = []
    for box in boxes:
        fresh = less([box], [*taken, *found])
        found += fresh
    return found


def less(region: Iterable[Box], taken: Iterable[Box]) -> list[Box]:
    """The points of `region` outside `taken`; disjoint where `region` is."""
    left = [box for box in region if not is_empty(box)]
    for other in taken:
        left = [piece for box in left for piece in subtract(box, other)]
    return left


def joined(boxes: Sequence[Box]) -> list[Box]:
    """The same points in fewer boxes: two that differ on one axis only are one. For the eye; still disjoint."""
    found = list(dict.fromkeys(boxes))
    again = True
    while again:
        again = False
        for at in range(len(found[0]) if found else 0):
            beside: dict[Box, int] = {}
            for box in found:
                key = (*box[:at], 0, *box[at + 1 :])
                beside[key] = beside.get(key, 0) | box[at]
            if len(beside) < len(found):
                found = [(*key[:at], mask, *key[at + 1 :]) for key, mask in beside.items()]
                again = True
    return found


def _works(named: set[str], on_file: Sequence[Production]) -> tuple[tuple[str, ...], tuple[tuple[str, int], ...]]:
    """The points of the axis of productions, and which of them each name reaches. A name that is a production's own
    id is that production; another may reach productions that nobody has written down yet."""
    known = sorted((p for p in on_file if p.is_named_by(named)), key=lambda p: p.id)
    ids = [p.id for p in known]
    others = sorted(named - set(ids))
    works = (*ids, *(f"other works called {name}" if _reached(name, known) else name for name in others))
    bits = {work: 2 << n for n, work in enumerate((*ids, *others))}
    return works, tuple(
        (name, bits[name] | _union(bits[p.id] for p in _reached(name, known) if name not in ids))
        for name in sorted(named)
    )


def _reached(name: str, known: Iterable[Production]) -> list[Production]:
    return [p for p in known if p.is_named_by([name])]


def _bits(words: Sequence[str], chosen: Iterable[str]) -> int:
    wanted = set(chosen)
    return sum(1 << n for n, word in enumerate(words) if word in wanted)


def _union(masks: Iterable[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _open(known: Sequence[str], chosen: Sequence[str] | None) -> int:
    """The bits of an open list, the first of which is everything that nobody named."""
    if chosen is None or tuple(chosen) == _ANY:
        return (2 << len(known)) - 1
    return _bits(known, chosen) << 1


def _open_words(known: Sequence[str], mask: int) -> tuple[str, ...]:
    named = tuple(word for n, word in enumerate(known) if mask >> (n + 1) & 1)
    if not mask & 1:
        return named
    return _ANY if len(named) == len(known) else (*named, "any other")


def _segments(points: Iterable[int], low: int, high: int) -> Segments:
    starts = sorted({low, *(p for p in points if low < p <= high)})
    return tuple((a, b - 1) for a, b in zip(starts, [*starts[1:], high + 1], strict=True))


def _spanned(segments: Segments, first: int, last: int) -> int:
    return sum(1 << n for n, (a, b) in enumerate(segments) if first <= a and b <= last)


def _span(days: Segments, first: dt.date | None, last: dt.date | None) -> int:
    return _spanned(days, (first or FIRST_DAY).toordinal(), (last or LAST_DAY).toordinal())


def _runs(segments: Segments, mask: int) -> list[tuple[int, int]]:
    """The segments that a mask holds, those that follow one another as one."""
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
    """`2026-09-14..2030-12-31`; an end that is open is left out."""
    begins = "" if first == FIRST_DAY.toordinal() else dt.date.fromordinal(first).isoformat()
    ends = "" if last == LAST_DAY.toordinal() else dt.date.fromordinal(last).isoformat()
    return begins if begins == ends else f"{begins}..{ends}"


def _age_words(first: int, last: int) -> str:
    if last == _OWN:
        return "own"
    return str(first) if first == last else f"{max(first, 0)}..{last}"
