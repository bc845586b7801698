"""The days of a clearance, row by row: crowds with one answer for one reason as one row, and sums of what is too much.

Where there are more rows than anybody reads on paper, what may go ahead is folded first, and what may not by its
reason. Every fold says how many and which uses: nobody is silently dropped.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from registry.domain.clearance import Clearance, Light, Planned
from registry.domain.clearance_report import UNMATCHED, Day, Fold, Row
from registry.domain.finding import State, VerdictWord
from registry.domain.schedule import ShootDay
from registry.services.reports.words import (
    ACTS,
    clean,
    clock,
    count,
    day,
    headline,
    local,
    ranged,
    some,
    word,
    zone_name,
)

ORDER = (UNMATCHED, *(headline(verdict) for verdict in VerdictWord))  # worst first
WORST_FIRST = tuple(Light)
_NAMED = 12  # ids that a fold names before it counts the rest


def row_of(planned: Planned, zone: str | None) -> Row:
    """One planned use of one person."""
    use, verdict = planned.use, planned.verdict
    worst = min((f.state.severity for f in verdict.findings), default=None) if verdict else None
    deciding = [f for f in verdict.findings if f.state.severity == worst] if verdict else []
    return Row(
        on=planned.on,
        scenes=ranged([clean(scene) for scene in use.scenes or ()]),
        number=clean(planned.number or ""),
        who=clean(planned.who),
        performer=planned.performer,
        character=clean(planned.character or ""),
        act=ACTS[use.act],
        use=use.id,
        description=clean(use.description or ""),
        at=local(use.at, zone) if use.at else None,
        zone=zone_name(use.at, zone) if use.at else "",
        called=planned.called,
        word=word(verdict),
        light=planned.light,
        why=clean(planned.why),
        judged=clean(planned.judged),
        rules=tuple(dict.fromkeys(f.rule for f in deciding if f.state not in (State.MET, State.EXEMPT))),
    )


def days_of(clearance: Clearance, most: int | None, *, crowds: bool) -> tuple[tuple[Day, ...], str]:
    """The days with their rows, and a sentence on what was folded. With `crowds`, a crowd is one row."""
    shoot = {one.on: one for one in clearance.days}
    by_day: dict[dt.date | None, list[Row]] = {one.on: [] for one in clearance.days}
    for planned in clearance.planned:
        by_day.setdefault(planned.on, []).append(row_of(planned, clearance.zone))
    dated = sorted(on for on in by_day if on is not None)
    order: list[dt.date | None] = [*dated, *([None] if None in by_day else [])]
    crowded = {on: tuple(_crowds(by_day[on]) if crowds else by_day[on]) for on in order}
    shown = _shown(crowded, most)
    days = tuple(_day(on, shoot.get(on) if on else None, by_day[on], crowded[on], shown[on], clearance) for on in order)
    hidden = sum(fold.count for one in days for fold in one.folds)
    if not hidden:
        return days, ""
    total = len(clearance.planned)
    return days, f"{hidden:,} of {count(total, 'planned use')} are folded into sums under their day."


def _crowds(rows: Sequence[Row]) -> Iterable[Row]:
    """Rows of one use with one answer for one reason, as one row."""
    for _, alike in groupby(
        rows, key=lambda r: (r.use, r.scenes, r.word, r.why, r.judged, r.called, r.character, r.rules)
    ):
        same = list(alike)
        if len(same) == 1:
            yield same[0]
        else:
            names = tuple(row.who for row in same)
            yield replace(same[0], who=f"{len(same)} people", performer=None, number="", people=names)


def _shown(days: dict[dt.date | None, tuple[Row, ...]], most: int | None) -> dict[dt.date | None, set[int]]:
    """Which rows of each day are printed one by one: what may not go ahead before what may, day by day in turn."""
    everything = sum(len(rows) for rows in days.values())
    if most is None or everything <= most:
        return {on: set(range(len(rows))) for on, rows in days.items()}
    left, shown = most, {on: set[int]() for on in days}
    for light in WORST_FIRST:
        for on, rows in days.items():
            for n, row in enumerate(rows):
                if row.light is light and left > 0:
                    shown[on].add(n)
                    left -= 1
    return shown


def _day(
    on: dt.date | None,
    shoot: ShootDay | None,
    planned: Sequence[Row],
    rows: Sequence[Row],
    shown: set[int],
    clearance: Clearance,
) -> Day:
    hidden = [row for n, row in enumerate(rows) if n not in shown]
    return Day(
        on=on,
        heading=_heading(on, shoot),
        place=_place(shoot, clearance.zone),
        tally=tally(planned),
        rows=tuple(row for n, row in enumerate(rows) if n in shown),
        folds=tuple(_folds(hidden)),
    )


def _folds(hidden: Sequence[Row]) -> Iterable[Fold]:
    """Sums of what is not printed one by one: by answer and reason, worst first, naming some of the uses."""
    by_reason: dict[tuple[str, str], list[Row]] = {}
    for row in hidden:
        by_reason.setdefault((row.word, row.why if row.light is not Light.GREEN else ""), []).append(row)
    reasons = sorted(by_reason.items(), key=lambda item: (ORDER.index(item[0][0]), -len(item[1]), item[0][1]))
    seen: Counter[str] = Counter()
    rest: dict[str, list[Row]] = {}
    for (answer, why), rows in reasons:
        seen[answer] += 1
        if seen[answer] > _NAMED:
            rest.setdefault(answer, []).extend(rows)
        else:
            yield _fold(answer, why, rows)
    for answer, rows in rest.items():
        yield _fold(answer, "other reasons", rows)


def _fold(answer: str, why: str, rows: Sequence[Row]) -> Fold:
    uses = list(dict.fromkeys(row.use for row in rows))
    total = sum(row.count for row in rows)
    reason = f"{why}: " if why else ""
    return Fold(word=answer, light=rows[0].light, count=total, text=f"{total:,} more · {reason}{some(uses, _NAMED)}")


def _heading(on: dt.date | None, shoot: ShootDay | None) -> str:
    if on is None:
        return "No day"
    if shoot is None or shoot.number is None:
        return day(on)
    return f"{day(on)} · day {clean(shoot.number)}{f' of {shoot.of}' if shoot.of else ''}"


def _place(shoot: ShootDay | None, zone: str | None) -> str:
    if shoot is None:
        return ""
    calls = f"crew call {clock(shoot.crew_call, zone)}" if shoot.crew_call else ""
    return " · ".join(filter(None, [clean(shoot.place or ""), calls]))


def tally(rows: Sequence[Row]) -> str:
    """`3 planned uses: 1 NOT CLEARED, 2 CLEARED`, or that nothing is planned."""
    if not rows:
        return "Nothing is planned on this day."
    words = Counter[str]()
    for row in rows:
        words[row.word] += row.count
    said = ", ".join(f"{words[answer]:,} {answer}" for answer in ORDER if words[answer])
    return f"{count(sum(words.values()), 'planned use')}: {said}"
