"""`registry record list` and `show`: what was written down."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists, options, sheets
from registry.cli.commands import command
from registry.cli.phrases import day, said
from registry.cli.record.saving import app
from registry.cli.run import Run
from registry.cli.typed import word
from registry.domain.canonical import to_plain
from registry.domain.record import Record
from registry.domain.words import RecordKind

_HEADER = ["id", "kind", "on", "performer", "production", "about", "by", "says"]


@command(app, "list", example="registry record list --performer okafor\nregistry record list --of payment --csv")
def list_(
    ctx: typer.Context,
    kind: Annotated[
        str | None, typer.Option("--of", metavar="KIND", help="One kind alone: notice, approval, payment …")
    ] = None,
    performer: options.OfPerformer = None,
    production: options.OfProduction = None,
    use: Annotated[str | None, typer.Option("--use", metavar="USE", help="About one use.")] = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> None:
    """What has been written down? Every record on file, corrections too, by id."""
    from registry.services.browsing import listed

    run: Run = ctx.obj
    wanted = word("--of", kind, RecordKind) if kind else None
    found = [
        record
        for record in listed(run.store, Record)
        if wanted in (None, record.kind)
        and performer in (None, record.performer)
        and production in (None, record.production)
        and (use is None or use in (*record.use, *record.about))
    ]
    if json or csv:
        lists.answer(run, _HEADER, [_row(record) for record in found], json=json, csv=csv)
        return
    rows = [[r.id, said(r.kind.value), day(when) if (when := sheets.day_of(r)) else "", sheets.says(r)] for r in found]
    lists.answer(run, ["id", "kind", "on", "says"], rows, empty="Nothing of that kind has been written down.")


@command(app, example="registry record show a-harbor")
def show(ctx: typer.Context, record: Annotated[str, typer.Argument(metavar="RECORD", help="The record's id.")]) -> None:
    """One record as it was written down."""
    from registry.services.browsing import one_of

    run: Run = ctx.obj
    found = one_of(run.store, Record, record, "record")[-1]
    lines = [f"{found.id}   {said(found.kind.value)}"]
    for key, value in to_plain(found).items():
        told = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        lines += sheets.line(key.replace("_", " "), told) if key not in ("id", "kind") else []
    run.screen.answer(lines)


def _row(record: Record) -> list[str]:
    when = record.own_moment or sheets.day_of(record)
    about = filter(None, (*record.use, *record.about, record.consent, record.replica, record.corrects))
    return [
        record.id, record.kind.value, when.isoformat() if when else "", record.performer or "", record.production or "",
        ";".join(dict.fromkeys(about)), record.by or record.decided_by or "", sheets.says(record),
    ]  # fmt: skip
