"""The files given to `registry clear`: uses in YAML or JSON, and the sheets of a production office as CSV or XLSX."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.domain.production import Production
from registry.domain.schedule import Schedule, Sheet, SheetKind
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.errors import FileError, UnknownError, UsageError
from registry.rules.dictionary import load_dictionary
from registry.services.clearance import Asked


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How the sheets are to be read, where they leave it open."""

    kind: SheetKind | None = None
    sheet: str | None = None
    episode: str | None = None
    columns: str | None = None


def read_all(run: Run, asked: Asked, files: Sequence[str], how: How) -> Asked:
    """What is asked, with what the files say. Raises FileError or UsageError. What a reader did not understand, left
    out or chose is told on stderr."""
    production = _production(run, asked)
    uses: list[Use] = []
    sheets: list[Sheet] = []
    undated: list[tuple[str, bytes]] = []
    for name in files:
        data = _bytes(name)
        if _is_uses(name, data):
            from registry.files.uses_file import read_uses

            uses += read_uses(data.decode("utf-8-sig"), name, load_dictionary())
            continue
        try:
            sheets.append(_told(run, name, _sheet(data, name, production, how)))
        except FileError:
            undated.append((name, data))  # it may have nothing but numbers of days that another file dates
    days = _shoot_days(run, asked, sheets, how) if undated else {}
    sheets += [_told(run, name, _sheet(data, name, production, how, days)) for name, data in undated]
    others = sorted({use.production for use in uses if use.production not in ("", asked.production)})
    if others:
        run.screen.about([f"Uses of {', '.join(others)} in the files are not of {asked.production} and were left out."])
    return replace(
        asked,
        uses=tuple(uses),
        requests=tuple(request for sheet in sheets for request in sheet.requests),
        schedules=_schedules(_completed(run, asked, [sheet.schedule for sheet in sheets if sheet.schedule])),
        people=tuple(person for sheet in sheets for person in sheet.people),
        episode=how.episode,
    )


def _told(run: Run, name: str, sheet: Sheet) -> Sheet:
    run.screen.about(f"{name}: {note}" for note in sheet.notes)
    return sheet


def _completed(run: Run, asked: Asked, schedules: Sequence[Schedule]) -> list[Schedule]:
    """The schedules, those that say they are a part with the days they leave out, as they are on file."""
    from registry.services.sheets.completing import completed

    on_file = run.store.schedules([asked.production], known_at=asked.known_at) if schedules else ()
    found = [(schedule, *completed(schedule, on_file)) for schedule in schedules]
    run.screen.about(f"{s.source.file if s.source else s.id}: {told}" for s, _, told in found if told)
    return [whole for _, whole, _ in found]


def _shoot_days(run: Run, asked: Asked, sheets: Sequence[Sheet], how: How) -> Mapping[str, Sequence[dt.date]]:
    """The dates of the shoot days, as the files say, else as is on file."""
    from registry.services.sheets.shoot_days import shoot_days

    given = {sheet.schedule.id: sheet.schedule for sheet in sheets if sheet.schedule}
    on_file = run.store.schedules([asked.production], known_at=asked.known_at)
    return shoot_days((*(s for s in on_file if s.id not in given), *given.values()), how.episode)


def _schedules(schedules: Sequence[Schedule]) -> tuple[Schedule, ...]:
    """Raises UsageError where two of them are versions of one sheet and nothing says which holds."""
    last: dict[str, Schedule] = {}
    for schedule in schedules:
        rival = last.setdefault(schedule.id, schedule)
        untold = rival.issued_on is None or schedule.issued_on is None or rival.issued_on == schedule.issued_on
        if untold and replace(rival, source=None) != replace(schedule, source=None):
            named = " and ".join(s.source.file for s in (rival, schedule) if s.source)
            problem = f"{named} are two versions of {schedule.id}, and nothing says which was issued last."
            raise UsageError(problem, "give the one that holds, or write `issued 2026-10-01` above its headings")
        if schedule.issued_on and rival.issued_on and schedule.issued_on > rival.issued_on:
            last[schedule.id] = schedule
    return tuple(schedules)


def _production(run: Run, asked: Asked) -> Production:
    found = run.store.values(Production, [asked.production], known_at=asked.known_at)
    if not found:
        raise UnknownError("production", asked.production)
    return found[-1]


def _bytes(name: str) -> bytes:
    if name == "-":
        return read_text(name).encode()
    path = Path(name)
    if not path.is_file():
        read_text(name)  # says what is wrong with it
    return path.read_bytes()


def _is_uses(name: str, data: bytes) -> bool:
    """Whether a file is YAML or JSON by its name; the standing input by its first word."""
    if name != "-":
        return name.lower().endswith((".yaml", ".yml", ".json"))
    head = data.lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith((b"{", b"format:", b"#", b"---", b"uses:"))


def _sheet(
    data: bytes,
    name: str,
    production: Production,
    how: How,
    shoot_days: Mapping[str, Sequence[dt.date]] | None = None,
) -> Sheet:
    from registry.files.sheets import read_columns, read_sheet

    columns = read_columns(read_text(how.columns), how.columns) if how.columns else None
    return read_sheet(
        data,
        name,
        production=production,
        dictionary=load_dictionary(),
        kind=how.kind,
        episode=how.episode,
        columns=columns,
        sheet=how.sheet,
        shoot_days=shoot_days,
    )
