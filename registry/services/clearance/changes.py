"""What is different from an earlier run: each use of each person once, whether its day, its verdict, what stands in its
way or what it is too late for has changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from zoneinfo import ZoneInfo

from registry.domain.clearance import Change, Planned
from registry.domain.dates import spoken
from registry.domain.finding import State, Verdict, VerdictWord
from registry.domain.values import dataclass
from registry.services.clearance.planning import Dated

_WORST = list(VerdictWord)
_SHOWN = 4
_NOBODY = "–"  # a use with nobody in it
_IN_THE_WAY = (State.BARRED, State.UNMET, State.REFER, State.UNKNOWN)
Key = tuple[str, str]
Due = tuple[str, dt.datetime]  # a rule, and the moment by which it asks for something
Gone = tuple[str | None, dt.datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What stands in the way of a use: the rules, and by which moment what they ask for has to be done."""

    rules: frozenset[str] = frozenset()
    due: tuple[Due, ...] = ()

    @classmethod
    def of(cls, verdict: Verdict | None) -> Standing:
        """Of a verdict in hand; nothing, where there is none."""
        found = [f for f in verdict.findings if f.state in _IN_THE_WAY] if verdict else []
        asked = ((f.rule, f.requirement.deadline) for f in found if f.requirement)
        return cls(
            rules=frozenset(f.rule for f in found), due=tuple((rule, by) for rule, by in asked if by is not None)
        )

    @classmethod
    def read(cls, verdict: Mapping[str, object]) -> Standing:
        """Of a verdict as `consent-verdict/1` writes it. Raises ValueError, KeyError or TypeError where it is none."""
        listed = verdict["findings"]
        if not isinstance(listed, list):
            raise TypeError("findings are a list")
        found = [f for f in listed if State(f["state"]) in _IN_THE_WAY]
        asked = ((str(f["rule"]), (f["requirement"] or {}).get("deadline")) for f in found)
        due = tuple((rule, dt.datetime.fromisoformat(by)) for rule, by in asked if by)
        return cls(rules=frozenset(str(f["rule"]) for f in found), due=due)


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A row of an earlier run: `performer` None for somebody not on file, shown as `who`; `verdict` None then.
    `made_at` is when the run was made; where it or `stands` is not known, neither is compared."""

    use: str
    performer: str | None
    who: str
    on: dt.date | None
    verdict: VerdictWord | None
    stands: Standing | None = None
    made_at: dt.datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Now:
    """The run that is compared: its moment, the days asked for, and the zone that moments are said in."""

    at: dt.datetime
    within: Callable[[dt.date | None], bool]
    zone: str | None = None


def changes(
    before: Iterable[Earlier], planned: Sequence[Planned], plan: Iterable[Dated], now: Now
) -> tuple[Change, ...]:
    """The changes, by use and person. A use that a push moved is one change. Earlier rows of days that are not asked
    for say nothing, unless their use has come into the span."""
    then: dict[Key, list[Earlier]] = defaultdict(list)
    for row in dict.fromkeys(before):
        then[row.use, row.performer or row.who].append(row)
    here: dict[Key, list[Planned]] = defaultdict(list)
    for one in planned:
        here[one.use.id, one.performer or one.who].append(one)
    days: dict[str, set[dt.date | None]] = defaultdict(set)
    people: dict[str, set[str]] = defaultdict(set)
    for dated in plan:
        days[dated.use.id].add(dated.on)
        people[dated.use.id] |= {*dated.use.performers, *(one.who for one in dated.filed.unmatched)} or {_NOBODY}
    found = []
    for key in sorted({*then, *here}):
        if key in here or any(now.within(row.on) for row in then[key]):
            elsewhere = days[key[0]] if key[1] in people[key[0]] else set()
            found.append(_change(key, then.get(key, []), here.get(key, []), elsewhere, now, still=key[0] in days))
    return tuple(change for change in found if change is not None)


def _change(
    key: Key, then: Sequence[Earlier], here: Sequence[Planned], days: set[dt.date | None], now: Now, *, still: bool
) -> Change | None:
    """`days` are those on which this person's use is planned now, `still` that the use is planned of anybody."""
    before = min((row.verdict for row in then if row.verdict), default=None, key=_WORST.index)
    after = min((row.verdict.verdict for row in here if row.verdict), default=None, key=_WORST.index)
    performer = next((row.performer for row in here), next((row.performer for row in then), None))
    came, went, gone = _reasons(then, here, now)
    if not then:
        parts = ["new"]
    elif not here and days:
        parts = [f"moved from {_days(row.on for row in then)} to {_days(days)}, outside the days asked for"]
    elif not here:
        parts = ["no longer unmatched" if still and performer is None else "no longer planned"]
    else:
        is_ = {row.on for row in here}
        moved = {row.on for row in then if now.within(row.on)} != is_
        parts = [f"moved from {_days({row.on for row in then})} to {_days(is_)}"] * moved
        if before is not after or any(r.verdict is None for r in here) != any(r.verdict is None for r in then):
            parts.append(f"was {_said(before)}, is {_said(after)}")
        parts += [f"now in the way: {_few(came)}"] * bool(came)
        parts += [f"no longer in the way: {_few(went)}"] * bool(went)
        parts += [f"{_moment(by, now.zone)} has gone by: {rule or 'the work itself'}" for rule, by in gone]
        if not parts:
            return None
    return Change(
        use=key[0],
        performer=performer,
        before=before,
        after=after,
        text="; ".join(parts),
        came=came,
        went=went,
        gone_by=gone,
    )


def _reasons(
    then: Sequence[Earlier], here: Sequence[Planned], now: Now
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[Gone, ...]]:
    """The rules that stand in the way and did not, those that did and do not, and the moments that have gone by since
    with nothing done: those of the rules, and (None) that of the work itself."""
    known = [(row.stands, row.made_at) for row in then if row.stands is not None and row.made_at is not None]
    if not known or not here:
        return (), (), ()
    were = frozenset[str]().union(*(stands.rules for stands, _ in known))
    stand = [Standing.of(row.verdict) for row in here]
    are = frozenset[str]().union(*(stands.rules for stands in stand))
    late: dict[str | None, dt.datetime] = {}
    for rule, by in sorted({due for stands in stand for due in stands.due}, key=lambda due: (due[1], due[0])):
        in_time = any(by > made or any(r == rule and d > made for r, d in stands.due) for stands, made in known)
        if by <= now.at and rule in were and in_time:
            late.setdefault(rule, by)
    for row, stands in zip(here, stand, strict=True):
        if stands.rules and row.use.at and all(made < row.use.at <= now.at for _, made in known):
            late.setdefault(None, row.use.at)
    return tuple(sorted(are - were)), tuple(sorted(were - are)), tuple(late.items())


def _few(rules: Sequence[str]) -> str:
    """The first of them; all stand in `came` and `went`."""
    more = len(rules) - _SHOWN
    return ", ".join(rules[:_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _moment(when: dt.datetime, zone: str | None) -> str:
    local = when.astimezone(ZoneInfo(zone)) if zone else when
    return f"{spoken(local.date())} {local:%H:%M} {local.tzname() or ''}".rstrip()


def _days(days: Iterable[dt.date | None]) -> str:
    known = sorted({day for day in days if day is not None})
    said = [spoken(day) for day in known] or ["no day"]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _said(word: VerdictWord | None) -> str:
    return word.value.replace("_", " ").upper() if word else "NOT ON FILE"
