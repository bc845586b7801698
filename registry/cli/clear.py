"""`registry clear`: is tomorrow clean? Every planned use of every person called, and what must happen by when."""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from registry.cli import options, typed
from registry.cli.checks import catalogue
from registry.cli.commands import command, group
from registry.cli.lacks import brief, due_text, residual
from registry.cli.run import Run
from registry.domain.clearance import Clearance
from registry.domain.production import Production
from registry.domain.schedule import SheetKind
from registry.errors import UsageError
from registry.services.clearance import Asked, Cleared, Words, clear

if TYPE_CHECKING:
    from registry.cli.clear_files import Wanted

app = group("")
WORDS = Words(why=brief, missing=residual, owed=due_text)
Many = list[str] | None
Written = str | None


def _file(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    found: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text)
    return found


@command(
    app,
    "clear",
    example="registry clear harbor --day tomorrow\n"
    "registry clear harbor --from 2026-10-02 --to 2026-10-08 --file one-liner.csv\n"
    "registry clear harbor --day 2026-10-02 --file call-sheet.xlsx --file uses.csv\n"
    "registry clear harbor --json > friday.json\n"
    "registry clear harbor --since friday.json\n"
    "registry clear harbor --day tomorrow --pdf clear.pdf --slips slips.pdf\n"
    "registry clear harbor --day tomorrow --html clear.html\n"
    "registry clear harbor --day tomorrow --letters letters --ics deadlines.ics",
)
def clear_(
    ctx: typer.Context,
    production: Annotated[str, typer.Argument(metavar="PRODUCTION", help="Which picture.")],
    day: Annotated[
        str | None, typer.Option("--day", metavar="DAY", help="One day: tomorrow, today or 2026-10-02.")
    ] = None,
    from_: Annotated[str | None, typer.Option("--from", metavar="DAY", help="The first day.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="DAY", help="The last day.")] = None,
    file: Annotated[
        Many, typer.Option("--file", metavar="FILE", help="Sheets and uses beside those on file. May be repeated.")
    ] = None,
    episode: options.Episode = None,
    columns: options.Columns = None,
    kind: options.SheetKind = None,
    sheet: options.Worksheet = None,
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    since: Annotated[
        str | None,
        typer.Option(
            "--since", metavar="LAST|FILE", help="Only what changed since the last --record, or a --json file."
        ),
    ] = None,
    whole: Annotated[bool, typer.Option("--all", help="Fold nothing but crowds.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Keep the uses and these verdicts in the registry.")] = False,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    by: options.By = None,
    pdf: Annotated[Written, _file("--pdf", "FILE", "Write the report to sign off, as a PDF.")] = None,
    html: options.Html = None,
    csv: Annotated[Written, _file("--csv", "FILE", "Write every line as one CSV; - is stdout.")] = None,
    xlsx: Annotated[Written, _file("--xlsx", "FILE", "Write the report as a workbook.")] = None,
    ics: Annotated[Written, _file("--ics", "FILE", "Write the deadlines as a calendar.")] = None,
    slips: Annotated[
        Written, _file("--slips", "FILE", "Write a permission slip for each cleared use, as a PDF.")
    ] = None,
    letters: Annotated[
        Written, _file("--letters", "DIR", "Write the notices and notes to send, as text and PDF.")
    ] = None,
    paper: options.PaperSize = "letter",
) -> int:
    """Is tomorrow clean? Every planned use of every person, by shoot day.

    Joins the planned uses on file and in the files given with the sheets: who is called, in which scene, on which day.
    The first line answers; then the days, what must happen by when, what follows, and whom to look at. Nothing is
    written unless --record says so. Exit status: 0 all may go ahead, 1 something may not or somebody is not on file,
    3 a question or a judgement is open, or nothing is planned."""
    run: Run = ctx.obj
    files = {
        "--html": html,
        "--pdf": pdf,
        "--csv": csv,
        "--xlsx": xlsx,
        "--ics": ics,
        "--slips": slips,
        "--letters": letters,
    }
    wanted = _wanted(files, paper, json=json or jsonl) if any(files.values()) else None
    first, last = _span(run, production, day, from_, to)
    asked = Asked(
        production=production,
        first=first,
        last=last,
        as_of=typed.day_or_moment("--as-of", as_of) if as_of else None,
        known_at=typed.end_of("--known-at", known_at, run.now) if known_at else None,
    )
    if file:
        from registry.cli.clearance_files import How, read_all

        word = typed.word("--as", kind, SheetKind) if kind else None
        asked = read_all(run, asked, file, How(kind=word, sheet=sheet, episode=episode, columns=columns))
    cleared = clear(run.store, catalogue(run), asked, WORDS, now=run.now, told=_told(run))
    if since is not None:
        cleared = replace(cleared, clearance=_compared(run, cleared, asked, since))
    if "-" not in (csv, html):
        _print(run, cleared.clearance, json=json, jsonl=jsonl, since=since is not None, whole=whole)
    if wanted is not None:
        from registry.cli.clear_files import take_along

        how = (("--as", kind), ("--sheet", sheet), ("--episode", episode), ("--columns", columns))
        given = [*(("--file", name) for name in file or []), *how]
        take_along(run, cleared, catalogue(run), wanted, again=_again(cleared.clearance, given), by=by)
    if record:
        from registry.cli.clearance_record import keep

        keep(run, cleared, by=run.by(by))
    elif asked.uses or asked.requests:
        run.screen.about(["Uses of files are not on file: --record keeps them, and then the commands find them."])
    return int(cleared.clearance.status)


def _wanted(files: Mapping[str, str | None], paper: str, *, json: bool) -> Wanted:
    from registry.cli.clear_files import Wanted

    return Wanted.of(files, paper, json=json)


def _again(clearance: Clearance, given: Sequence[tuple[str, str | None]]) -> str:
    """What to type to be answered once more, on what was known then."""
    parts = ["registry", "clear", clearance.production]
    if clearance.first and clearance.first == clearance.last:
        parts += ["--day", clearance.first.isoformat()]
    else:
        parts += ["--from", clearance.first.isoformat()] if clearance.first else []
        parts += ["--to", clearance.last.isoformat()] if clearance.last else []
    parts += [part for option, value in given if value for part in (option, value)]
    parts += ["--as-of", clearance.as_of.isoformat()] if clearance.as_of else []
    return shlex.join([*parts, "--known-at", clearance.known_at.isoformat().replace("+00:00", "Z")])


def _span(
    run: Run, production: str, day: str | None, from_: str | None, to: str | None
) -> tuple[dt.date | None, dt.date | None]:
    """The days asked for. Today and tomorrow are those on the wall where the picture is made."""
    if day is not None and (from_ or to):
        raise UsageError("--day is one day, --from and --to are several.", "leave out one of them")
    if day is not None:
        one = _day(run, production, "--day", day)
        return one, one
    first = _day(run, production, "--from", from_) if from_ else None
    last = _day(run, production, "--to", to) if to else None
    if first and last and last < first:
        raise UsageError(f"--to {last} lies before --from {first}.", f"--from {last} --to {first}")
    return first, last


def _day(run: Run, production: str, option: str, text: str) -> dt.date:
    if text not in ("today", "tomorrow", "yesterday"):
        return typed.day(option, text)
    found = run.store.values(Production, [production])
    zone = found[-1].timezone if found else None
    today = run.now.astimezone(ZoneInfo(zone)).date() if zone else run.today
    return today + dt.timedelta(days={"yesterday": -1, "today": 0, "tomorrow": 1}[text])


def _told(run: Run) -> Callable[[str], None]:
    """Says how far the work is, on a terminal alone."""

    def told(text: str) -> None:
        if run.screen.err.isatty():
            run.screen.about([f"{text} …"])

    return told


def _compared(run: Run, cleared: Cleared, asked: Asked, since: str) -> Clearance:
    from registry.cli.clearance_since import earlier
    from registry.services.clearance.changes import Now, changes

    said, before = earlier(run, cleared, since)
    now = Now(at=run.now, within=asked.within, zone=cleared.clearance.zone)
    found = changes(before, cleared.clearance.planned, cleared.plan, now)
    return replace(cleared.clearance, since=said, changes=found)


def _print(run: Run, clearance: Clearance, *, json: bool, jsonl: bool, since: bool, whole: bool) -> None:
    if json or jsonl:
        from registry.cli import clearance_json

        run.screen.answer(clearance_json.lines(clearance) if jsonl else clearance_json.text(clearance))
        return
    from registry.cli import clearance_text

    if since:
        run.screen.answer(clearance_text.change_lines(clearance))
    else:
        run.screen.answer(clearance_text.clearance_lines(clearance, whole=whole))
