"""A clearance for machines: `consent-clearance/1`, whole and exact, keys always the same and in the same order."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator

from registry.cli.verdict_json import Plain
from registry.cli.verdict_json import plain as plain_verdict
from registry.domain.canonical import to_plain
from registry.domain.clearance import Called, Change, Clearance, Concern, Planned, ToDo
from registry.domain.finding import VerdictWord
from registry.domain.schedule import ShootDay
from registry.errors import UsageError
from registry.services.clearance.changes import Earlier, Standing

FORMAT = "consent-clearance/1"


def text(clearance: Clearance) -> Iterator[str]:
    """The clearance as one JSON object, line by line: a line for each planned use, so that a film's worth of verdicts
    never stands in memory twice."""
    head, tail = _around(clearance)
    yield f"{_json(head)[:-1]}, "
    yield '"planned": ['
    last = len(clearance.planned) - 1
    for n, row in enumerate(clearance.planned):
        yield _json(_planned(row)) + ("," if n < last else "")
    yield f"], {_json(tail)[1:]}"


def lines(clearance: Clearance) -> Iterator[str]:
    """The planned uses alone, one JSON object a line."""
    return (_json(_planned(row)) for row in clearance.planned)


def _json(value: Plain) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _around(clearance: Clearance) -> tuple[dict[str, Plain], dict[str, Plain]]:
    """What stands before the planned uses, and what after them."""
    worst = clearance.worst
    head: dict[str, Plain] = {
        "format": FORMAT,
        "production": clearance.production,
        "title": clearance.title,
        "zone": clearance.zone,
        "first": _text(clearance.first),
        "last": _text(clearance.last),
        "made_at": _text(clearance.made_at),
        "as_of": _text(clearance.as_of),
        "known_at": _text(clearance.known_at),
        "status": int(clearance.status),
        "worst": worst.value if worst else None,
        "people": clearance.people,
        "days": [_day(day) for day in clearance.days],
    }
    tail: dict[str, Plain] = {
        "called": [_called(one) for one in clearance.called],
        "todos": [_todo(todo) for todo in clearance.todos],
        "concerns": [_concern(concern) for concern in clearance.concerns],
        "since": clearance.since,
        "changes": None if clearance.changes is None else [_change(change) for change in clearance.changes],
    }
    return head, tail


def read_earlier(text: str, name: str) -> tuple[dt.datetime, list[Earlier]]:
    """When an earlier run was made, and its rows. Raises UsageError where the file is none."""
    again = "registry clear PRODUCTION --json > earlier.json    writes one"
    try:
        found = json.loads(text)
        if found.get("format") != FORMAT:
            raise UsageError(f"{name} is not an earlier run: its format is {found.get('format')}, not {FORMAT}.", again)
        made_at = dt.datetime.fromisoformat(found["made_at"])
        rows = [
            Earlier(
                use=row["use"],
                performer=row["performer"],
                who=row["who"],
                on=dt.date.fromisoformat(row["on"]) if row["on"] else None,
                verdict=VerdictWord(row["verdict"]["verdict"]) if row["verdict"] else None,
                stands=Standing.read(row["verdict"]) if row["verdict"] else None,
                made_at=made_at,
            )
            for row in found["planned"]
        ]
        return made_at, rows
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(f"{name} cannot be read as an earlier run.", again) from error


def _text(when: dt.date | dt.datetime | None) -> str | None:
    return when.isoformat().replace("+00:00", "Z") if when else None


def _day(day: ShootDay) -> dict[str, Plain]:
    return {
        "on": day.on.isoformat(),
        "number": day.number,
        "of": day.of,
        "place": day.place,
        "crew_call": _text(day.crew_call),
        "wrap": _text(day.wrap),
    }


def _planned(row: Planned) -> dict[str, Plain]:
    """A planned use. `filed` is the use as it was judged, in the words of a uses file."""
    return {
        "use": row.use.id,
        "performer": row.performer,
        "who": row.who,
        "number": row.number,
        "character": row.character,
        "on": _text(row.on),
        "scheduled": row.scheduled,
        "at": _text(row.use.at),
        "judged": row.judged,
        "scenes": list(row.use.scenes) if row.use.scenes is not None else None,
        "act": row.use.act.value,
        "called": row.called,
        "light": row.light.value,
        "why": row.why,
        "candidates": list(row.candidates),
        "filed": to_plain(row.use),
        "verdict": plain_verdict(row.verdict) if row.verdict else None,
    }


def _called(one: Called) -> dict[str, Plain]:
    return {
        "on": one.on.isoformat(),
        "number": one.number,
        "who": one.who,
        "performer": one.performer,
        "character": one.character,
        "code": one.code,
        "called_at": _text(one.called_at),
        "released_at": _text(one.released_at),
        "scenes": list(one.scenes),
        "uses": list(one.uses),
    }


def _todo(todo: ToDo) -> dict[str, Plain]:
    return {
        "kind": todo.kind.value,
        "text": todo.text,
        "uses": list(todo.uses),
        "performer": todo.performer,
        "to": todo.to,
        "rules": list(todo.rules),
        "by": _text(todo.by),
        "on": _text(todo.on),
        "amount": str(todo.amount) if todo.amount else None,
        "label": todo.label,
        "late": todo.late,
        "follows": todo.follows,
        "state": todo.state.value,
        "command": todo.command,
    }


def _concern(concern: Concern) -> dict[str, Plain]:
    return {
        "kind": concern.kind.value,
        "text": concern.text,
        "on": _text(concern.on),
        "who": concern.who,
        "performer": concern.performer,
        "uses": list(concern.uses),
        "scenes": list(concern.scenes),
        "candidates": list(concern.candidates),
        "command": concern.command,
    }


def _change(change: Change) -> dict[str, Plain]:
    return {
        "use": change.use,
        "performer": change.performer,
        "before": change.before.value if change.before else None,
        "after": change.after.value if change.after else None,
        "text": change.text,
        "came": list(change.came),
        "went": list(change.went),
        "gone_by": [{"rule": rule, "by": _text(by)} for rule, by in change.gone_by],
    }
