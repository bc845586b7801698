"""A clearance laid out as a page: the rows of the report, each with its answer ready to be unfolded.

The answers of a long schedule are told in full as far as a page can carry them, what may not go ahead first, and in
short beyond that; the page says so. Nobody is dropped: every planned use has its row.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from registry.domain.clearance import Clearance, Light, Planned
from registry.domain.clearance_report import ClearanceReport, Day, Row
from registry.domain.finding import Verdict
from registry.domain.reading import Answer, Line, Page, PageDay, Rule, Section
from registry.domain.values import dataclass
from registry.services.reports.days import ORDER, WORST_FIRST
from registry.services.reports.view import report_of
from registry.services.reports.words import count

IN_FULL = 4_000  # findings, about four megabytes
_LONG = 300  # rows, above which days on which everything may go ahead are folded


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a page is told: `answer` words the verdict of a row, in short where the last value says so; `rules` are
    those of a verdict. `kind` is what the page is, `heading` and `under` stand at its top; `pictures` are titles by
    production, where the rows are of several. `again` asks for the same once more. `joined` with sheets, a clearance
    has concerns to tell."""

    answer: Callable[[Planned, Verdict, bool], Answer]
    rules: Callable[[Verdict], Iterable[Rule]]
    kind: str
    heading: str = ""
    under: str = ""
    company: str | None = None
    pictures: Mapping[str, str] | None = None
    digest: str = ""
    again: str = ""
    joined: bool = True


def page_of(clearance: Clearance, telling: Telling, sections: Sequence[Section] = ()) -> Page:
    """The whole page."""
    report = report_of(clearance, digest=telling.digest, company=telling.company)
    cells = list(_cells(clearance, report))
    full = _in_full([planned for _, rows in cells for _, planned in rows])
    long = sum(len(rows) for _, rows in cells) > _LONG
    days = tuple(_day(n, day, rows, telling, full, long=long) for n, (day, rows) in enumerate(cells, 1))
    short = [line.answer for day in days for line in day.lines if line.answer and line.answer.short]
    in_short = [p.verdict for _, rows in cells for _, p in rows if p.verdict and id(p) not in full]
    return Page(
        title=f"{telling.kind} · {telling.heading or report.title} · {telling.under or report.span}",
        kind=telling.kind,
        heading=telling.heading or report.title,
        under=telling.under or " · ".join(filter(None, [report.span, report.company])),
        headline=report.headline,
        light=report.light,
        answer=report.answer if clearance.planned or telling.joined else (_NOTHING,),
        labels=report.clocks,
        days=days if clearance.planned or telling.joined else (),
        words=tuple(word for word in ORDER if any(word == found for day in days for found, _ in day.counts)),
        before=report.before,
        after=report.after,
        noticed=report.noticed if telling.joined else None,
        people=report.people if len(report.people) > 1 else (),
        since=report.since,
        changes=report.changes,
        sections=tuple(sections),
        rules=_rules(telling, in_short),
        notes=(_short(len(short)),) if short else (),
        again=telling.again,
        digest=telling.digest,
    )


_NOTHING = "No use is on file. That says nothing about a use that is not on file."


def _short(n: int) -> str:
    return (
        f"{count(n, 'answer')} of this page {'is' if n == 1 else 'are'} told in short: every finding that stands in "
        "the way or follows, and every rule that is met, without the facts. What each rule says stands once at the "
        "end; the command under an answer tells everything."
    )


def _cells(clearance: Clearance, report: ClearanceReport) -> Iterator[tuple[Day, list[tuple[Row, Planned]]]]:
    """Each row with what it stands for: of a crowd, the first of its people. Rows are in the order of the clearance."""
    by_day: dict[dt.date | None, Iterator[Planned]] = {}
    for day in report.days:
        by_day[day.on] = iter([one for one in clearance.planned if one.on == day.on])
    for day in report.days:
        rows: list[tuple[Row, Planned]] = []
        for row in day.rows:
            first, *_ = (next(by_day[day.on]) for _ in range(row.count))
            rows.append((row, first))
        yield day, rows


def _in_full(planned: Sequence[Planned]) -> set[int]:
    """Which planned uses are answered in full, by identity: what may not go ahead first, then what waits."""
    left, full = IN_FULL, set[int]()
    for light in WORST_FIRST:
        for one in planned:
            if one.light is light and one.verdict is not None:
                left -= len(one.verdict.findings)
                if left < 0:
                    return full
                full.add(id(one))
    return full


def _day(
    n: int, day: Day, rows: Sequence[tuple[Row, Planned]], telling: Telling, full: set[int], *, long: bool
) -> PageDay:
    counts = Counter[str]()
    for row, _ in rows:
        counts[row.word] += row.count
    lines = (_line(f"r{n}-{m}", row, planned, telling, full) for m, (row, planned) in enumerate(rows, 1))
    return PageDay(
        id=f"day-{n}",
        on=day.on,
        heading=day.heading,
        place=day.place,
        tally=day.tally,
        counts=tuple((word, counts[word]) for word in ORDER if counts[word]),
        lines=tuple(lines),
        folded=long and all(row.light is Light.GREEN for row, _ in rows),
    )


def _line(id_: str, row: Row, planned: Planned, telling: Telling, full: set[int]) -> Line:
    answer = telling.answer(planned, planned.verdict, id(planned) not in full) if planned.verdict else None
    if answer is not None and row.people:
        answer = replace(answer, who=row.people[0])
    picture = (telling.pictures or {}).get(planned.use.production, "")
    return Line(id=id_, row=row, picture=picture, answer=answer)


def _rules(telling: Telling, verdicts: Iterable[Verdict]) -> tuple[Rule, ...]:
    """Every rule of these verdicts once, by its id."""
    found = {rule.id: rule for verdict in verdicts for rule in telling.rules(verdict)}
    return tuple(found[id_] for id_ in sorted(found))
