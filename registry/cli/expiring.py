"""`registry expiring`: what ends soon, and which planned uses it would stop."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from registry.cli import options
from registry.cli.clock import clocks, span
from registry.cli.commands import command, group
from registry.cli.output import labelled, paragraph
from registry.cli.phrases import count, day, headline, sentence
from registry.cli.run import Run
from registry.domain.ending import Ending, Stopped
from registry.domain.finding import Status

if TYPE_CHECKING:
    from registry.services.expiring import KeyEnd

app = group("")
_INDENT = 14
_COLUMNS = ("on", "kind", "what", "text", "performer", "production", "stops", "command")


@command(app, example="registry expiring\nregistry expiring --within 1y --production harbor\nregistry expiring --csv")
def expiring(
    ctx: typer.Context,
    within: options.Within = "90d",
    production: options.OfProduction = None,
    performer: options.OfPerformer = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    as_json: options.JsonLines = False,
    as_csv: options.Csv = False,
) -> int:
    """Consents, clauses, authority, approvals, answers about tools, reviews of rules and keys that end soon.

    Planned uses that rest on one and lie beyond its last day are named. Exit status: 0 no planned use is stopped, 3
    some is."""
    from registry.cli.checks import catalogue
    from registry.files.table_csv import table_csv
    from registry.services.expiring import expiring as ending
    from registry.services.register import register

    run: Run = ctx.obj
    ahead = span("--within", within)
    asked = clocks(run, as_of, known_at)
    today = asked.today(None)
    beside = () if performer else run.store.with_endings(today, today + ahead, known_at=asked.known_at)
    read = register(run.store, catalogue(run), asked, production=production, performer=performer, beside=beside)
    found = ending(read, within=ahead, keys=_keys(run), performer=performer)
    if as_json:
        run.screen.answer(json.dumps(_plain(one), ensure_ascii=False) for one in found)
    elif as_csv:
        rows = (
            [_plain(one)[name] if name != "stops" else [s.use for s in one.stops] for name in _COLUMNS] for one in found
        )
        run.screen.answer(table_csv(_COLUMNS, rows).splitlines())
    else:
        stopped = len({(s.use, s.performer) for one in found for s in one.stops})
        lines = [f"Ends by {day(today + ahead)}"]
        said = f"{count(len(found), 'thing')} ends" if len(found) == 1 else f"{count(len(found), 'thing')} end"
        lines += paragraph(f"{said}; {count(stopped, 'planned use')} would be stopped." if found else "Nothing ends.")
        run.screen.answer([*lines, *(line for one in found for line in _ending(one))])
    return int(Status.OPEN if any(one.stops for one in found) else Status.CLEARED)


def _keys(run: Run) -> Iterator[KeyEnd]:
    if not (run.settings.keys / "root.pem").is_file():
        return
    from registry.documents.keys import key_status
    from registry.services.expiring import KeyEnd

    for key in key_status(run.settings.keys, now=run.now):
        yield KeyEnd(name=key.name.value, subject=key.subject, on=key.ends_at.date())


def _ending(one: Ending) -> list[str]:
    lines = ["", *labelled(day(one.on), sentence(one.text), indent=_INDENT)]
    for stop in one.stops[:6]:
        lines += paragraph(_stop(stop), _INDENT)
    if len(one.stops) > 6:
        lines += paragraph(f"and {len(one.stops) - 6} more", _INDENT)
    return [*lines, *paragraph(one.command, _INDENT)]


def _stop(stop: Stopped) -> str:
    when = f" on {day(stop.on)}" if stop.on else ""
    other = f", {headline(stop.without_it)} if it went on" if stop.without_it else ""
    if stop.without_it is stop.with_it:
        other = ", for this and for other reasons"
    return f"stops {stop.use}{when}: {headline(stop.with_it)}{other}"


def _plain(one: Ending) -> dict[str, object]:
    return {
        "on": one.on.isoformat(),
        "kind": one.kind.value,
        "what": one.what,
        "text": one.text,
        "performer": one.performer,
        "production": one.production,
        "stops": [
            {
                "use": s.use,
                "performer": s.performer,
                "production": s.production,
                "on": s.on.isoformat() if s.on else None,
                "with_it": s.with_it.value,
                "without_it": s.without_it.value if s.without_it else None,
            }
            for s in one.stops
        ],
        "command": one.command,
    }
