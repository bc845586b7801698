"""A clearance laid out for reading: what paper, page and workbook print, worked out once.

What is not printed one by one is said, with its number; the clearance as JSON holds it all.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from registry.domain.clearance import Change, Clearance, Concern, Light, Planned, ToDo, ToDoKind
from registry.domain.clearance_report import Changed, ClearanceReport, Doing, Label, Noticed, Person
from registry.domain.finding import Status, VerdictWord
from registry.services.reports.days import ORDER, WORST_FIRST, days_of
from registry.services.reports.words import (
    CONCERNS,
    TO_DO,
    at,
    clean,
    count,
    day,
    headline,
    listing,
    local,
    ranged,
    some,
    word,
    zone_name,
)

T = TypeVar("T")
_QUESTIONS = 5  # that are printed one by one


def report_of(
    clearance: Clearance, *, digest: str, company: str | None = None, rows: int | None = None, crowds: bool = True
) -> ClearanceReport:
    """The clearance laid out. `digest` is the SHA-256 of its JSON. With `rows`, so many rows, things to do and
    concerns at most are printed one by one, and the rest is folded; with `crowds`, people of one use with one answer
    for one reason are one row, and what is to be done alike for several is one thing."""
    days, folded = days_of(clearance, rows, crowds=crowds)
    names = {one.performer: clean(one.who) for one in clearance.planned if one.performer}
    doings = [_doing(todo, clearance.zone, names) for todo in clearance.todos]
    sooner = [d for d, todo in zip(doings, clearance.todos, strict=True) if not todo.follows]
    later = [d for d, todo in zip(doings, clearance.todos, strict=True) if todo.follows]
    before, more = _cut(
        _together(sooner) if crowds else sooner, rows, "thing to do before the work", "things to do before the work"
    )
    after, still_more = _cut(_together(later) if crowds else later, rows, "duty that follows", "duties that follow")
    noticed, unseen = _cut(
        [_noticed(concern) for concern in clearance.concerns], rows, "thing to look at", "things to look at"
    )
    notes = [note for note in (folded, more, still_more, unseen) if note]
    return ClearanceReport(
        production=clearance.production,
        title=clean(clearance.title),
        company=clean(company) if company else None,
        span=span_of(clearance),
        zone=clearance.zone,
        headline=_headline(clearance),
        light=_light(clearance),
        answer=tuple(_answer(clearance)),
        clocks=tuple(_clocks(clearance)),
        days=days,
        before=before,
        after=after,
        noticed=noticed,
        people=_people(clearance),
        since=clean(clearance.since) if clearance.since else None,
        changes=None if clearance.changes is None else tuple(_changed(c, names) for c in clearance.changes),
        folded=(*notes, _IN_FULL) if notes else (),
        digest=digest,
        made_at=clearance.made_at,
    )


_IN_FULL = "Everything that is not printed one by one stands in full in clearance.json, which is attached to this file."


def _headline(clearance: Clearance) -> str:
    """The worst verdict; somebody who is not in the registry is not cleared."""
    words = ["NOT CLEARED" if one.verdict is None else word(one.verdict) for one in clearance.planned]
    return min(words, key=ORDER.index, default="NOTHING PLANNED")


def _light(clearance: Clearance) -> Light:
    return min((one.light for one in clearance.planned), key=WORST_FIRST.index, default=Light.AMBER)


def _answer(clearance: Clearance) -> Iterable[str]:
    """What the headline means, then how the clock stands, then what else to look at."""
    if not clearance.planned:
        yield "No use is planned for these days. That says nothing about a use that is not on the list."
    else:
        yield _first_line(clearance)
    open_ = [todo for todo in clearance.todos if not todo.follows]
    late = sum(todo.late for todo in open_)
    if late:
        yield f"{count(late, 'thing')} had to be done before this was made, and {'was' if late == 1 else 'were'} not."
    ahead = next((todo for todo in open_ if not todo.late and (todo.by or todo.on)), None)
    if ahead is not None:
        yield f"Next: {when(ahead, clearance.zone)}, {clean(ahead.text).rstrip('.')}."
    if clearance.concerns:
        kinds = Counter(CONCERNS[concern.kind] for concern in clearance.concerns)
        yield f"To look at: {'; '.join(f'{n:,} {kind}' for kind, n in kinds.items())}."
    if clearance.changes is not None:
        since = f" since {clean(clearance.since)}" if clearance.since else ""
        yield f"{count(len(clearance.changes), 'line')} changed{since}."


def _first_line(clearance: Clearance) -> str:
    """`Of 5 planned uses 2 may not go ahead, 1 waits for an answer or a ruling and 2 may go ahead.`"""
    refused = sum(one.light is Light.RED for one in clearance.planned)
    waiting = sum(one.light is Light.AMBER for one in clearance.planned)
    ahead = len(clearance.planned) - refused - waiting
    if refused == len(clearance.planned):
        first = (
            f"None of {refused:,} planned uses may go ahead" if refused > 1 else "The one planned use may not go ahead"
        )
    elif not refused and not waiting:
        first = f"All {ahead:,} planned uses may go ahead" if ahead > 1 else "The one planned use may go ahead"
    else:
        parts = [
            f"{refused:,} may not go ahead" if refused else "",
            f"{waiting:,} {'waits' if waiting == 1 else 'wait'} for an answer or a ruling" if waiting else "",
            f"{ahead:,} may go ahead" if ahead else "",
        ]
        first = f"Of {count(len(clearance.planned), 'planned use')} {listing(filter(None, parts))}"
    duties = sum(bool(one.verdict and one.verdict.verdict is VerdictWord.CONDITIONAL) for one in clearance.planned)
    if not duties:
        return f"{first}."
    return f"{first}, {'' if ahead == 1 else 'all of them ' if duties == ahead else f'{duties:,} of them '}{_DUTIES}."


_DUTIES = "with duties that follow"


def span_of(clearance: Clearance) -> str:
    """The days it speaks of, as they were asked for, else from the first to the last it knows."""
    days = [one.on for one in clearance.planned if one.on] + [one.on for one in clearance.days]
    first = clearance.first or min(days, default=None)
    last = clearance.last or max(days, default=None)
    if first is None or last is None:
        return "every day" if first is last else f"from {day(first)}" if first else f"to {day(last)}" if last else ""
    return day(first) if first == last else f"{day(first)} to {day(last)}"


def _clocks(clearance: Clearance) -> Iterable[Label]:
    yield Label("Days", span_of(clearance))
    places = list(dict.fromkeys(clean(one.place) for one in clearance.days if one.place))
    if places:
        yield Label("Where", some(places, 4))
    yield Label("Times", f"in {clearance.zone}" if clearance.zone else "as given: the production names no time zone")
    planned = f"{count(len(clearance.planned), 'planned use')}, {count(clearance.people, 'person', 'people')}"
    yield Label("Covers", planned)
    yield Label("Made", at(clearance.made_at, clearance.zone))
    as_of = clearance.as_of
    if as_of is not None:
        yield Label("As of", at(as_of, clearance.zone) if isinstance(as_of, dt.datetime) else day(as_of))
    known = "everything on file by then"
    yield Label("Known at", f"{at(clearance.known_at, clearance.zone)} ({known})")


def when(todo: ToDo, zone: str | None) -> str:
    """The deadline in words: `by Sat 28 Nov 2026, 14:00 PST`, `before Fri 4 Dec 2026`, on which the work is; of what
    follows, `by Fri 4 Dec 2026`."""
    if todo.by is not None:
        return f"by {at(todo.by, zone)}"
    if todo.on is not None:
        return f"{'by' if todo.follows else 'before'} {day(todo.on)}"
    return "afterwards" if todo.follows else "before the work"


def _doing(todo: ToDo, zone: str | None, names: Mapping[str, str]) -> Doing:
    return Doing(
        kind=TO_DO[todo.kind],
        text=clean(todo.text),
        when=when(todo, zone),
        moment=local(todo.by, zone) if todo.by else None,
        on=todo.on,
        zone=zone_name(todo.by, zone) if todo.by else "",
        to=clean(todo.to or ""),
        people=(names.get(todo.performer, clean(todo.performer)),) if todo.performer else (),
        performer=todo.performer,
        amount=todo.amount.spoken() if todo.amount else "",
        uses=todo.uses,
        rules=todo.rules,
        late=todo.late,
        command=clean(todo.command or ""),
    )


def _together(doings: Sequence[Doing]) -> list[Doing]:
    """The same thing to do for several people as one, and all questions as one, where the first of them stands."""
    found: dict[tuple[object, ...], Doing] = {}
    questions = Counter(doing.kind for doing in doings)[TO_DO[ToDoKind.QUESTION]]
    for doing in doings:
        same: tuple[object, ...] = (doing.kind, doing.text, doing.when, doing.to, doing.amount, doing.rules, doing.late)
        if doing.kind == TO_DO[ToDoKind.QUESTION] and questions > _QUESTIONS:
            same = (doing.kind,)
            doing = replace(doing, text=f"answer {count(questions, 'question')}", rules=())
        first = found.get(same)
        if first is None:
            found[same] = doing
        else:
            people = tuple(dict.fromkeys((*first.people, *doing.people)))
            uses = tuple(dict.fromkeys((*first.uses, *doing.uses)))
            found[same] = replace(first, people=people, uses=uses, performer=None)
    return list(found.values())


def _noticed(concern: Concern) -> Noticed:
    return Noticed(
        kind=CONCERNS[concern.kind],
        text=clean(concern.text),
        on=concern.on,
        who=clean(concern.who or concern.performer or ""),
        uses=concern.uses,
        scenes=ranged([clean(scene) for scene in concern.scenes]),
        candidates=concern.candidates,
        command=clean(concern.command or ""),
    )


def _people(clearance: Clearance) -> tuple[Person, ...]:
    """Everybody in the plan, worst answer first, then by name."""
    by_person: dict[str, list[Planned]] = {}
    for planned in clearance.planned:
        if planned.performer is None and planned.verdict is not None:
            continue  # nobody is in it
        by_person.setdefault(planned.performer or f"? {planned.who}", []).append(planned)
    people = [_person(planned) for planned in by_person.values()]
    return tuple(sorted(people, key=lambda p: (ORDER.index(p.word), p.who, p.performer or "")))


def _person(planned: Sequence[Planned]) -> Person:
    days = sorted({one.on for one in planned if one.on is not None})
    worst = min(planned, key=lambda one: ORDER.index(word(one.verdict)))
    ahead = sum(one.verdict is not None and one.verdict.status is Status.CLEARED for one in planned)
    return Person(
        who=clean(planned[0].who),
        performer=planned[0].performer,
        numbers=", ".join(dict.fromkeys(clean(one.number) for one in planned if one.number)),
        characters=", ".join(dict.fromkeys(clean(one.character) for one in planned if one.character)),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        days=len(days),
        uses=len(planned),
        ahead=ahead,
        stopped=len(planned) - ahead,
        word=word(worst.verdict),
        light=worst.light,
    )


def _changed(change: Change, names: Mapping[str, str]) -> Changed:
    return Changed(
        use=change.use,
        who=names.get(change.performer or "", clean(change.performer or "")),
        before=headline(change.before) if change.before else "",
        after=headline(change.after) if change.after else "",
        text=clean(change.text),
    )


def _cut(items: Sequence[T], most: int | None, noun: str, plural: str = "") -> tuple[tuple[T, ...], str]:
    """The first `most`, and a sentence on the rest."""
    if most is None or len(items) <= most:
        return tuple(items), ""
    said = count(len(items), noun, plural)
    return tuple(items[:most]), f"Of {said} the first {most:,} are printed."
