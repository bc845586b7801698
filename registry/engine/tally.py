"""Tallies: what has been used up of a grant by the uses recorded as made under it, and who was at work before whom.

Both are asked of each use of a performer and concern all their other uses: they are put in order once, so that a lead
who is in everything costs no more a use than anybody else.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import TypeAlias

from registry.domain import vocabulary
from registry.domain.consent import Consent, Grant
from registry.domain.dates import civil_date
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.engine.matter import Matter
from registry.engine.on_file import OnFile

Used: TypeAlias = tuple[int, int, int, int]  # uses, days, seconds; and how many of the uses nobody timed
_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)  # a record without a moment counts at every one


@dataclass(frozen=True, slots=True)
class _Running:
    """What records come to, the earliest made first: `sums[n]` is that of the first n."""

    moments: Sequence[dt.datetime]
    sums: Sequence[Used]

    @staticmethod
    def of(made: Iterable[tuple[Record, Use]]) -> _Running:
        ordered = sorted(((r.made_at or _ALWAYS, _one(r, use)) for r, use in made), key=lambda each: each[0])
        sums = accumulate([used for _, used in ordered], _plus, initial=(0, 0, 0, 0))
        return _Running([moment for moment, _ in ordered], list(sums))

    def between(self, since: dt.datetime, moment: dt.datetime) -> Used:
        """What was made from `since` on, and by `moment`; and what was made nobody knows when."""
        untold, last = bisect_right(self.moments, _ALWAYS), bisect_right(self.moments, moment)
        first = min(max(untold, bisect_left(self.moments, since)), last)
        return _plus(self.sums[untold], _minus(self.sums[last], self.sums[first]))


@dataclass(frozen=True, slots=True)
class Tally:
    """The uses recorded as made that fall under a grant's acts, elements, productions, territories and
    scenes."""

    all: _Running
    of_use: Mapping[str, _Running]

    def others(self, use: str, since: dt.datetime, moment: dt.datetime) -> Used:
        """What had been used up by `moment`, the use's own records apart."""
        every = self.all.between(since, moment)
        return _minus(every, self.of_use[use].between(since, moment)) if use in self.of_use else every


def used_up(matter: Matter, grant: Grant, consent: Consent) -> Used:
    """How many uses of the performer have been made under the grant since it was signed, on how many days, of how many
    seconds, and how many of them nobody timed: this use's own apart."""
    kept = matter.on_file.tallies
    key = (id(consent), id(grant))  # on file, for as long as the tally is
    if key not in kept:
        kept[key] = _tally(matter.on_file, grant, consent)
    return kept[key].others(matter.use.id, consent.signed_at or _ALWAYS, matter.as_of)


def _tally(on_file: OnFile, grant: Grant, consent: Consent) -> Tally:
    made: dict[str, list[tuple[Record, Use]]] = defaultdict(list)
    for use in on_file.uses_of(consent.performer):
        records = on_file.about(use.id, RecordKind.USE_MADE)
        if records and _falls_under(use, grant, consent, on_file):
            made[use.id] += [(r, use) for r in records if use.id in r.use]
    return Tally(
        _Running.of([each for theirs in made.values() for each in theirs]),
        {use: _Running.of(theirs) for use, theirs in made.items()},
    )


def _falls_under(use: Use, grant: Grant, consent: Consent, on_file: OnFile) -> bool:
    production = on_file.productions.get(use.production)
    if use.act not in grant.acts or production is None or not production.is_named_by(grant.productions):
        return False
    if use.elements and set(use.elements).isdisjoint(grant.elements):
        return False
    where = use.territories or production.released_in
    # Groups of countries are those of the day the grant was signed, as they are where it covers a use.
    signed = civil_date(consent.signed_at, production.timezone) if consent.signed_at else None
    if where and grant.territories and not _mask(where) & _mask(grant.territories, signed):
        return False
    scenes = set(grant.scenes or ())
    return grant.scenes in (None, ("any",)) or not scenes.isdisjoint(use.scenes or scenes)


def _mask(territories: Iterable[str], on: dt.date | None = None) -> int:
    return reduce(or_, [vocabulary.territory_mask(code, on) for code in territories], 0)


def _one(record: Record, use: Use) -> Used:
    """One use that was made: as long as the record says it was, else as long as it was planned."""
    seconds = record.seconds if record.seconds is not None else use.seconds
    return 1, record.days or 1, seconds or 0, int(seconds is None)


def _plus(one: Used, other: Used) -> Used:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3]


def _minus(one: Used, other: Used) -> Used:
    return one[0] - other[0], one[1] - other[1], one[2] - other[2], one[3] - other[3]


def at_work_between(matter: Matter, first: dt.datetime, before: dt.datetime) -> bool:
    """Whether another use of the performer, of the same act for the same production, has its moment from `first` on
    and `before` the other."""
    assert matter.performer is not None
    use, kept = matter.use, matter.on_file.sessions
    key = (matter.performer.id, use.act, use.production)
    if key not in kept:
        kept[key] = _sessions(matter, *key[1:])
    moments, names = kept[key]
    within = range(bisect_left(moments, first), len(moments))
    return any(names[at] != use.id for at in _while_before(within, moments, before))


def _while_before(places: Iterable[int], moments: Sequence[dt.datetime], before: dt.datetime) -> Iterable[int]:
    for at in places:
        if moments[at] >= before:
            return
        yield at


def _sessions(matter: Matter, act: str, production: str) -> tuple[list[dt.datetime], list[str]]:
    """The moments of a performer's uses of one act for one production, in order, and whose they are."""
    assert matter.performer is not None
    theirs = matter.on_file.uses_of(matter.performer.id)
    ordered = sorted((u.at, u.id) for u in theirs if u.act == act and u.production == production and u.at is not None)
    return [moment for moment, _ in ordered], [name for _, name in ordered]
