"""What is different from an earlier run: each use of each person once, whether its day, its verdict or both changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from registry.domain.clearance import Change, Planned
from registry.domain.dates import spoken
from registry.domain.finding import VerdictWord
from registry.domain.values import dataclass
from registry.services.clearance.planning import Dated

_WORST = list(VerdictWord)
Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A row of an earlier run: `performer` None for somebody not on file, shown as `who`; `verdict` None then."""

    use: str
    performer: str | None
    who: str
    on: dt.date | None
    verdict: VerdictWord | None


def changes(
    before: Iterable[Earlier],
    planned: Sequence[Planned],
    plan: Iterable[Dated],
    within: Callable[[dt.date | None], bool],
) -> tuple[Change, ...]:
    """The changes, by use and person. A use that a push moved is one change. Earlier rows of days that are not asked
    for say nothing, unless their use has come into the span."""
    then: dict[Key, list[Earlier]] = defaultdict(list)
    for row in dict.fromkeys(before):
        then[row.use, row.performer or row.who].append(row)
    now: dict[Key, list[Planned]] = defaultdict(list)
    for one in planned:
        now[one.use.id, one.performer or one.who].append(one)
    days: dict[str, set[dt.date | None]] = defaultdict(set)
    for dated in plan:
        days[dated.use.id].add(dated.on)
    found = []
    for key in sorted({*then, *now}):
        if key in now or any(within(row.on) for row in then[key]):
            change = _change(key, then.get(key, []), now.get(key, []), days.get(key[0], set()), within)
            found += [change] * (change is not None)
    return tuple(change for change in found if change is not None)


def _change(
    key: Key,
    then: Sequence[Earlier],
    now: Sequence[Planned],
    days: set[dt.date | None],
    within: Callable[[dt.date | None], bool],
) -> Change | None:
    before = min((row.verdict for row in then if row.verdict), default=None, key=_WORST.index)
    after = min((row.verdict.verdict for row in now if row.verdict), default=None, key=_WORST.index)
    was, is_ = {row.on for row in then}, {row.on for row in now}
    performer = next((row.performer for row in now), next((row.performer for row in then), None))
    if not then:
        text = "new"
    elif not now and days:
        text = f"moved from {_days(was)} to {_days(days)}, outside the days asked for"
    elif not now:
        text = "no longer planned"
    else:
        parts = [f"moved from {_days(was)} to {_days(is_)}"] * ({d for d in was if within(d)} != is_)
        if before is not after or any(r.verdict is None for r in now) != any(r.verdict is None for r in then):
            parts.append(f"was {_said(before)}, is {_said(after)}")
        if not parts:
            return None
        text = "; ".join(parts)
    return Change(use=key[0], performer=performer, before=before, after=after, text=text)


def _days(days: Iterable[dt.date | None]) -> str:
    known = sorted(day for day in days if day is not None)
    said = [spoken(day) for day in known] or ["no day"]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


def _said(word: VerdictWord | None) -> str:
    return word.value.replace("_", " ").upper() if word else "NOT ON FILE"
