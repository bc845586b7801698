"""A clearance for eyes: the first line answers, then the days, what must happen by when, and whom to look at."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from zoneinfo import ZoneInfo

from registry.cli.output import WIDTH, clip, columns, labelled, padded, paragraph, table, wrap
from registry.cli.phrases import ACTS, count, headline, listing, ranged
from registry.domain.clearance import Clearance, Concern, ConcernKind, Light, Planned, ToDo, ToDoKind
from registry.domain.dates import spoken
from registry.domain.finding import VerdictWord
from registry.domain.schedule import ShootDay
from registry.domain.values import dataclass

UNMATCHED = "UNMATCHED"
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WORST = list(VerdictWord)
_MANY = 60  # rows of all days together: above that the green ones of each day are folded
_OF_A_DAY = 8  # red and amber rows of a day, then, each on one line
_SHOWN = 20
_OF_A_KIND = 8
_INDENT = 22
_KINDS = {
    ConcernKind.UNMATCHED: "Unmatched",
    ConcernKind.UNPLANNED: "Called, without a use",
    ConcernKind.NOT_CALLED: "Planned, not called",
    ConcernKind.NOT_SCHEDULED: "Not scheduled",
    ConcernKind.SIGNED_ON_SET: "Signed on set",
    ConcernKind.NO_UNION_CLEARANCE: "No union clearance",
    ConcernKind.UNKNOWN_CODE: "Unknown code",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    """A line of the table: one planned use, or all people of a crowd together."""

    word: str
    light: Light
    scene: str
    who: str
    act: str
    why: str
    people: int = 1

    @property
    def cells(self) -> list[str]:
        return [self.word, self.scene, self.who, self.act, self.why]


def clearance_lines(clearance: Clearance, *, whole: bool = False) -> list[str]:
    """Everything in eighty columns; `whole` folds nothing but crowds."""
    lines = _headline(clearance)
    many = len(clearance.planned) > _MANY and not whole
    by_day: dict[dt.date | None, list[Planned]] = defaultdict(list)
    for row in clearance.planned:
        by_day[row.on].append(row)
    known = {day.on: day for day in clearance.days}
    idle = [day for day in clearance.days if day.on not in by_day]
    for on in [*sorted(day for day in by_day if day is not None), *([None] if None in by_day else [])]:
        lines += ["", *_day(known.get(on) if on else None, on, by_day[on], clearance, many=many)]
    if idle and clearance.planned:
        lines += ["", *paragraph(_idle(idle, clearance.zone))]
    before = [todo for todo in clearance.todos if not todo.follows]
    after = [todo for todo in clearance.todos if todo.follows]
    lines += _todos("By when", before, clearance, whole=whole)
    lines += _todos("After", after, clearance, whole=whole)
    lines += _concerns(clearance.concerns, clearance, whole=whole)
    return lines


def change_lines(clearance: Clearance) -> list[str]:
    """What is different from the earlier run, and nothing else; the first line still answers for everything."""
    changes = clearance.changes or ()
    lines = _headline(clearance)
    if not changes:
        return [*lines, f"Nothing has changed since {clearance.since}."]
    lines += [f"{count(len(changes), 'change')} since {clearance.since}:", ""]
    names = {row.performer: row.who for row in clearance.planned if row.performer}
    rows = [
        [
            headline(change.after) if change.after else "–",
            change.use,
            names.get(change.performer or "", change.performer or "–"),
            change.text,
        ]
        for change in changes
    ]
    return [*lines, *table(rows)]


def _headline(clearance: Clearance) -> list[str]:
    span = _span(clearance)
    if not clearance.planned:
        said = "No use is planned: nothing was cleared."
        called = f" {count(len({(c.performer, c.who) for c in clearance.called}), 'person is', 'people are')} called."
        lines = [f"NOTHING PLANNED   {clearance.title} · {span}", said + (called if clearance.called else "")]
    else:
        refused = any(row.verdict is None for row in clearance.planned)
        worst = clearance.worst
        if refused and (worst is None or _WORST.index(worst) > _WORST.index(VerdictWord.NOT_CLEARED)):
            worst = VerdictWord.NOT_CLEARED
        lines = [f"{headline(worst) if worst else ''}   {clearance.title} · {span}"]
        lines += paragraph(_counts(clearance))
    if clearance.as_of is not None or clearance.known_at != clearance.made_at:
        as_of = clearance.as_of.isoformat() if clearance.as_of else "each use"
        lines.append(f"As of {as_of}, on what was known {_moment(clearance.known_at, clearance.zone, year=True)}.")
    return lines


def _counts(clearance: Clearance) -> str:
    lights = Counter(row.light for row in clearance.planned)
    said = [f"{lights[light]:,} {light.value}" for light in Light if lights[light]]
    planned = count(len(clearance.planned), "planned use")
    people = count(clearance.people, "person", "people")
    unmatched = len({c.who for c in clearance.concerns if c.kind is ConcernKind.UNMATCHED})
    more = f", {count(unmatched, 'unmatched name')}" if unmatched else ""
    return f"{planned} of {people}: {', '.join(said)}{more}."


def _span(clearance: Clearance) -> str:
    first, last = clearance.first, clearance.last
    if first is not None and first == last:
        return weekday(first)
    if first is None and last is None:
        return "every day planned"
    if last is None:
        return f"from {weekday(first)}" if first else ""
    return f"{weekday(first)} to {weekday(last)}" if first else f"to {weekday(last)}"


def weekday(day: dt.date) -> str:
    """`Fri 2 Oct 2026`."""
    return f"{_DAYS[day.weekday()]} {spoken(day)}"


def _day(
    shoot: ShootDay | None, on: dt.date | None, planned: Sequence[Planned], clearance: Clearance, *, many: bool
) -> list[str]:
    rows = list(_rows(planned))
    lines = [*wrap(_day_head(shoot, on, clearance.zone), WIDTH)]
    folded = Counter[str]()
    shown = rows
    if many:
        shown = [row for row in rows if row.light is not Light.GREEN]
        for row in (*(r for r in rows if r.light is Light.GREEN), *shown[_OF_A_DAY:]):
            folded[row.word] += row.people
        shown = shown[:_OF_A_DAY]
    grid = table([row.cells for row in shown])
    lines += _first_lines(grid) if many else grid
    lines += [f"{padded(word, 13)}{folded[word]:,} more, folded: add --all" for word in _by_word(folded)]
    ways = dict.fromkeys(row.judged for row in planned if row.judged)
    if ways:
        lines += paragraph(f"judged {listing(ways)}", 1)
    return lines


def _first_lines(grid: Sequence[str]) -> list[str]:
    """A row a line: what would wrap is cut, and says so."""
    lines: list[str] = []
    for line in grid:
        if not line.startswith(" "):
            lines.append(line)
        elif not lines[-1].endswith("…"):
            lines[-1] = clip(f"{lines[-1]} …", WIDTH)
    return lines


def _by_word(folded: Counter[str]) -> list[str]:
    order = [UNMATCHED, *(headline(word) for word in VerdictWord)]
    return sorted(folded, key=order.index)


def _day_head(shoot: ShootDay | None, on: dt.date | None, zone: str | None) -> str:
    if on is None:
        return "Without a day"
    parts = [weekday(on)]
    if shoot is not None:
        if shoot.number:
            parts.append(f"day {shoot.number}" + (f" of {shoot.of}" if shoot.of else ""))
        if shoot.place:
            parts.append(shoot.place)
        if shoot.crew_call:
            local = shoot.crew_call.astimezone(ZoneInfo(zone)) if zone else shoot.crew_call
            parts.append(f"crew call {local:%H:%M} {_zone_name(local)}")
    return " · ".join(part for part in parts if part)


def _rows(planned: Sequence[Planned]) -> Iterator[_Row]:
    """One line a use, its crowd folded; in the order of the first of them."""
    together: dict[str, list[Planned]] = {}
    for row in planned:
        together.setdefault(row.use.id, []).append(row)
    for same in together.values():
        yield _row(same[0]) if len(same) == 1 else _crowd(same)


def _row(row: Planned) -> _Row:
    who = f"{row.who} (?)" if row.verdict is None else row.who
    why = row.why if row.called is not False else f"{row.why}; not called" if row.why else "not called"
    return _Row(word=_word(row), light=row.light, scene=_scenes(row), who=who, act=ACTS[row.use.act], why=why)


def _crowd(same: Sequence[Planned]) -> _Row:
    """`24 people: 3 NOT CLEARED (consent): A, B, C; 21 CLEARED`."""
    worst = min(same, key=lambda row: (_severity(row), row.who))
    by_word: dict[str, list[Planned]] = defaultdict(list)
    for row in same:
        by_word[_word(row)].append(row)
    parts = []
    for word, rows in sorted(by_word.items(), key=lambda pair: _severity(pair[1][0])):
        names = ", ".join(clip(row.who, 24) for row in rows[:5]) + (
            f" and {len(rows) - 5} more" if len(rows) > 5 else ""
        )
        why = Counter(row.why for row in rows).most_common(1)[0][0]
        if rows[0].light is Light.GREEN:
            parts.append(f"{len(rows)} {word.lower()}")
        else:
            parts.append(f"{len(rows)} {word.lower()}: {names}" + (f" ({why})" if why else ""))
    said = parts[0] if len(by_word) > 1 or worst.light is not Light.GREEN else worst.why
    why = "; ".join(parts) if len(by_word) > 1 else said
    return _Row(
        word=_word(worst),
        light=worst.light,
        scene=_scenes(worst),
        who=f"{len(same)} people",
        act=ACTS[worst.use.act],
        why=why,
        people=len(same),
    )


def _severity(row: Planned) -> int:
    """0 is the worst; somebody not on file stands with what is not cleared."""
    return 2 * _WORST.index(row.verdict.verdict) if row.verdict else 2 * _WORST.index(VerdictWord.NOT_CLEARED) + 1


def _word(row: Planned) -> str:
    return headline(row.verdict.verdict) if row.verdict else UNMATCHED


def _scenes(row: Planned) -> str:
    return ranged(row.use.scenes) if row.use.scenes else "–"


def _idle(days: Sequence[ShootDay], zone: str | None) -> str:
    shown = ", ".join(weekday(day.on) for day in days[:4])
    more = f" and {len(days) - 4} more days" if len(days) > 4 else ""
    return f"No use is planned on {shown}{more}."


def _todos(label: str, todos: Sequence[ToDo], clearance: Clearance, *, whole: bool) -> list[str]:
    if not todos:
        return []
    questions = [todo for todo in todos if todo.kind is ToDoKind.QUESTION and not whole]
    others = [todo for todo in todos if todo.kind is not ToDoKind.QUESTION] if questions else todos
    shown = others if whole else others[:_SHOWN]
    lines = ["", label]
    indent = max([_INDENT, *(columns(_when(todo, clearance)) + 2 for todo in shown)])
    for todo in shown:
        lines += labelled(_when(todo, clearance), _said(todo), _tag(todo), indent=indent)
        if todo.command and not todo.follows:
            lines += _command(todo.command)
    if len(others) > len(shown):
        lines.append(f" {len(others) - len(shown):,} more, folded: add --all")
    lines += _questions(questions, clearance)
    if todos[0].follows:
        lines += ["   registry record payment USE RULE AMOUNT    or: record done USE RULE"]
    return lines


def _questions(questions: Sequence[ToDo], clearance: Clearance) -> list[str]:
    """All that is asked, in a line: it is answered use by use."""
    if not questions:
        return []
    uses = tuple(dict.fromkeys(use for todo in questions for use in todo.uses))
    text = f"answer {count(len(questions), 'question')} [{_few(uses)}]"
    lines = labelled(_when(questions[0], clearance), text, indent=_INDENT)
    return [*lines, f"   registry check {uses[0]} --ask"]


def _command(command: str) -> list[str]:
    """A command as it is typed, on several lines where it is long."""
    lines: list[str] = []
    line = "  "
    for word in command.split(" "):
        if columns(f"{line} {word}") > WIDTH - 2 and line.strip():
            lines.append(f"{line} \\")
            line = "    "
        line = f"{line} {word}"
    return [*lines, line]


def _said(todo: ToDo) -> str:
    return f"{'LATE: ' if todo.late else ''}{todo.text} [{_few(todo.uses)}]"


def _few(uses: Sequence[str]) -> str:
    return ", ".join(uses[:3]) + (f" and {len(uses) - 3} more" if len(uses) > 3 else "")


def _tag(todo: ToDo) -> str:
    """The clause, and how many more ask for the same."""
    more = len(todo.rules) - 1
    return todo.rules[0] + (f" +{more}" if more > 0 else "") if todo.rules else ""


def _when(todo: ToDo, clearance: Clearance) -> str:
    today = _today(clearance)
    if todo.by is not None:
        local = todo.by.astimezone(ZoneInfo(clearance.zone)) if clearance.zone else todo.by
        day = "today" if local.date() == today else _short(local.date(), today)
        return f"{day} {local:%H:%M} {_zone_name(local)}"
    if todo.on is not None:
        return f"{'by' if todo.follows else 'before'} {_short(todo.on, today)}"
    return "after the use" if todo.follows else "before the use"


def _short(day: dt.date, today: dt.date) -> str:
    year = f" {day.year}" if abs((day - today).days) > 180 else ""
    return f"{_DAYS[day.weekday()]} {spoken(day).rpartition(' ')[0]}{year}"


def _today(clearance: Clearance) -> dt.date:
    return clearance.made_at.astimezone(ZoneInfo(clearance.zone) if clearance.zone else dt.UTC).date()


def _moment(when: dt.datetime, zone: str | None, *, year: bool = False) -> str:
    local = when.astimezone(ZoneInfo(zone)) if zone else when
    return f"{spoken(local.date())} {local:%H:%M} {_zone_name(local)}"


def _zone_name(local: dt.datetime) -> str:
    name = local.tzname() or ""
    return name.removeprefix("UTC").replace("-", "−") if name.startswith("UTC") and name != "UTC" else name


def _concerns(concerns: Iterable[Concern], clearance: Clearance, *, whole: bool) -> list[str]:
    """By kind; the same thing of one person on many days is one line."""
    by_kind: dict[ConcernKind, dict[tuple[str | None, str], list[Concern]]] = defaultdict(dict)
    for concern in concerns:
        key = (concern.performer or concern.who, _undated(concern))
        by_kind[concern.kind].setdefault(key, []).append(concern)
    lines: list[str] = []
    for kind, found in by_kind.items():
        lines += ["", _KINDS[kind]]
        groups = list(found.values())
        shown = groups if whole else groups[:_OF_A_KIND]
        for same in shown:
            lines += _concern(same)
        if len(groups) > len(shown):
            lines.append(f" {len(groups) - len(shown):,} more, folded: add --all")
    return lines


def _undated(concern: Concern) -> str:
    """What makes concerns one line: somebody unmatched or with an odd code, whatever the day; else the text."""
    if concern.kind in (ConcernKind.UNMATCHED, ConcernKind.UNKNOWN_CODE):
        return concern.text if concern.uses else str(concern.who)
    return concern.text


def _concern(same: Sequence[Concern]) -> list[str]:
    first = same[0]
    days = [concern.on for concern in same if concern.on]
    text = first.text
    if len(days) > 1:
        text = f"{text} ({len(days)} days, first {weekday(days[0])})"
    lines = paragraph(text, 1)
    if first.candidates and first.kind is ConcernKind.UNMATCHED:
        lines += paragraph(f"may be: {', '.join(first.candidates)}", 3)
    return lines + ([f"   {first.command}"] if first.command else [])
