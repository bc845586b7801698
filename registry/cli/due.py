"""`registry due`: everything that is owed, until a record closes it."""

from __future__ import annotations

import json

import typer

from registry.cli import options
from registry.cli.clock import clocks, span
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.domain.finding import Status

app = group("")


@command(
    app,
    example="registry due\nregistry due --within 90d --production harbor\n"
    "registry due --performer okafor --csv > owed.csv",
)
def due(
    ctx: typer.Context,
    within: options.Within = "30d",
    production: options.OfProduction = None,
    performer: options.OfPerformer = None,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    as_json: options.Json = False,
    as_jsonl: options.Jsonl = False,
    as_csv: options.Csv = False,
) -> int:
    """What we owe: pay, labels, reports, duties, destructions, overdue first, each with the command that closes it.

    Counted are uses that were made, that run, or whose day has passed, planned ones that may go ahead, and replicas
    that have to be destroyed. Exit status: 0 nothing is overdue, 3 something is."""
    from registry.cli.checks import catalogue
    from registry.cli.owed_text import Names, account_text
    from registry.files.table_csv import table_csv
    from registry.services.owing import COLUMNS, account, plain, plain_item, row
    from registry.services.register import register

    run: Run = ctx.obj
    ahead = span("--within", within)
    asked = clocks(run, as_of, known_at)
    beside = () if performer else run.store.with_custody(known_at=asked.known_at)
    read = register(run.store, catalogue(run), asked, production=production, performer=performer, beside=beside)
    found = account(read, within=ahead, production=production, performer=performer)
    if as_json:
        run.screen.answer([json.dumps(plain(found), ensure_ascii=False)])
    elif as_jsonl:
        run.screen.answer(json.dumps(item, ensure_ascii=False) for item in map(plain_item, found.items))
    elif as_csv:
        run.screen.answer(table_csv(COLUMNS, map(row, found.items)).splitlines())
    else:
        run.screen.answer(account_text(found, Names.of(read.on_file), performer=performer, production=production))
    return int(Status.OPEN if found.overdue else Status.CLEARED)
