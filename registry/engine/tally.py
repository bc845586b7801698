"""Tallies: what has been used up of a grant by the uses recorded as made under it, and who was at work before whom.

Both are asked of each use of a performer and concern all their other uses: they are put in order once, so that a lead
who is in everything costs no more a use than anybody else.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import TypeAlias

from registry.domain.consent import Grant
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import RecordKind
from registry.engine.matter import Matter
from registry.engine.on_file import OnFile

Used: TypeAlias = tuple[int, int, int]  # uses, days, seconds
_ALWAYS = dt.datetime.min.replace(tzinfo=dt.UTC)  # a record without a moment counts at every one


@dataclass(frozen=True, slots=True)
class _Running:
    """What records come to, the earliest made first: `sums[n]` is that of the first n."""

    moments: Sequence[dt.datetime]
    sums: Sequence[Used]

    @staticmethod
    def of(records: Iterable[Record]) -> _Running:
        ordered = sorted(((r.made_at or _ALWAYS, r.days or 1, r.seconds or 0) for r in records), key=lambda r: r[0])
        sums = accumulate(((1, days, seconds) for _, days, seconds in ordered), _plus, initial=(0, 0, 0))
        return _Running([moment for moment, _, _ in ordered], list(sums))

    def by(self, moment: dt.datetime) -> Used:
        return self.sums[bisect_right(self.moments, moment)]


@dataclass(frozen=True, slots=True)
class Tally:
    """The uses recorded as made that fall under a grant's acts, productions and scenes."""

    all: _Running
    of_use: Mapping[str, _Running]

    def others(self, use: str, moment: dt.datetime) -> Used:
        """What had been used up by `moment`, the use's own records apart."""
        uses, days, seconds = self.all.by(moment)
        if use not in self.of_use:
            return uses, days, seconds
        own = self.of_use[use].by(moment)
        return uses - own[0], days - own[1], seconds - own[2]


def used_up(matter: Matter, grant: Grant, performer: str) -> Used:
    """How many uses of the performer have been made under the grant, on how many days, of how many seconds: this use's
    own apart."""
    kept = matter.on_file.tallies
    key = (id(grant), performer)  # on file, for as long as the tally is
    if key not in kept:
        kept[key] = _tally(matter.on_file, grant, performer)
    return kept[key].others(matter.use.id, matter.as_of)


def _tally(on_file: OnFile, grant: Grant, performer: str) -> Tally:
    made: dict[str, list[Record]] = defaultdict(list)
    for use in on_file.uses_of(performer):
        records = on_file.about(use.id, RecordKind.USE_MADE)
        if records and _falls_under(use, grant, on_file):
            made[use.id] += [r for r in records if use.id in r.use]
    return Tally(
        _Running.of(r for records in made.values() for r in records),
        {use: _Running.of(records) for use, records in made.items()},
    )


def _falls_under(use: Use, grant: Grant, on_file: OnFile) -> bool:
    production = on_file.productions.get(use.production)
    if use.act not in grant.acts or production is None or not production.is_named_by(grant.productions):
        return False
    scenes = set(grant.scenes or ())
    return grant.scenes in (None, ("any",)) or not scenes.isdisjoint(use.scenes or scenes)


def _plus(one: Used, other: Used) -> Used:
    return one[0] + other[0], one[1] + other[1], one[2] + other[2]


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
