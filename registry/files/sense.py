"""Values that are well written and cannot be: an end before its start, a clause twice, a share for an agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from registry.domain.consent import Consent, Exclusion, Grant, Grantor
from registry.domain.performer import Performer, Representative, Standing
from registry.domain.production import CastNumber, Decider, Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Custody, Replica
from registry.domain.use import Use
from registry.domain.words import Capacity, GrantorCapacity, ReplicaKind

Problem = tuple[str, str]  # the key it is about (or "" for the whole), and what is wrong

_ORDERED: dict[Any, tuple[tuple[str, str], ...]] = {
    Standing: (("from_", "to"),),
    Representative: (("from_", "to"),),
    Decider: (("from_", "to"),),
    CastNumber: (("from_", "to"),),
    Custody: (("from_", "to"),),
    Production: (("photography_starts_on", "photography_ends_on"),),
    Engagement: (("starts_on", "ends_on"),),
    Consent: (("from_", "until"),),
    Grant: (("from_", "until"),),
    Exclusion: (("from_", "until"),),
    Record: (("from_", "to_day"), ("opened_on", "concluded_on")),
    Replica: (("made_on", "destroyed_on"),),
}
OLDEST = 130


def nonsense(value: Any) -> list[Problem]:
    """What cannot be about a value that was read without a fault."""
    found: list[Problem] = []
    for first, last in _ORDERED.get(type(value), ()):
        start, end = getattr(value, first), getattr(value, last)
        if start is not None and end is not None and end < start:
            found.append((last.removesuffix("_day").removesuffix("_"), f"before it begins on {start}"))
    if check := _CHECKS.get(type(value)):
        found.extend(check(value))
    return found


def _performer(value: Performer) -> Iterable[Problem]:
    if value.born and value.died and value.died.last < value.born.first:
        yield "died", f"before the birth, {value.born}"
    yield from _twice("representatives", "representative", (r.id for r in value.representatives))


def _representative(value: Representative) -> Iterable[Problem]:
    if value.share is not None and value.capacity is not Capacity.ESTATE:
        yield "share", f"only an estate holds a share, and this is {value.capacity}"


def _replica(value: Replica) -> Iterable[Problem]:
    if value.kind is ReplicaKind.SYNTHETIC and value.performer is not None:
        yield "performer", "a synthetic replica stands for nobody; leave the performer out, or change the kind"


def _consent(value: Consent) -> Iterable[Problem]:
    yield from _twice("grants", "clause", (g.clause for g in value.grants))
    for clause in sorted({g.clause for g in value.grants} & set(value.declined)):
        yield "declined", f"clause {clause} is granted and declined; take it out of one of them"


def _grantor(value: Grantor) -> Iterable[Problem]:
    if value.capacity is GrantorCapacity.SELF and value.representative is not None:
        yield "representative", "whoever signs for themselves names no representative; leave it out"


def _ages(value: Grant | Exclusion | Use) -> Iterable[Problem]:
    if value.ages is None:
        return
    if value.ages[1] < value.ages[0]:
        yield "ages", f"the wrong way round; write [{value.ages[1]}, {value.ages[0]}]"
    elif value.ages[1] > OLDEST:
        yield "ages", "nobody is that old"


def _exclusion(value: Exclusion) -> Iterable[Problem]:
    yield from _ages(value)
    if value == Exclusion():
        yield "", "an exclusion that names nothing excludes everything; name what it carves out"


def _use(value: Use) -> Iterable[Problem]:
    yield from _ages(value)
    if value.at and value.until and value.until < value.at.date():
        yield "until", f"before the work is done, {value.at.date()}"


def _twice(key: str, what: str, names: Iterable[str]) -> Iterable[Problem]:
    for name, times in Counter(names).items():
        if times > 1:
            yield key, f"{what} {name} is there {times} times; give each its own"


_CHECKS: dict[Any, Callable[[Any], Iterable[Problem]]] = {
    Performer: _performer,
    Representative: _representative,
    Replica: _replica,
    Consent: _consent,
    Grantor: _grantor,
    Grant: _ages,
    Exclusion: _exclusion,
    Use: _use,
}
