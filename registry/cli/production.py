"""`registry production`: the pictures on file, who is engaged on them and which uses are proposed."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import sheets
from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.phrases import ACTS, answer, day, said
from registry.cli.run import Run
from registry.services import browsing

app = group("Look up productions and who is engaged on them.", example="registry production show harbor")


@command(app, "list", example="registry production list")
def list_(ctx: typer.Context) -> None:
    """Every production on file."""
    run: Run = ctx.obj
    rows = [
        [p.id, p.title, said(p.kind or "not known"), p.platform or "not known", p.agreement or "not known"]
        for p in browsing.list_productions(run.store)
    ]
    header = ["id", "title", "kind", "platform", "agreement"]
    run.screen.answer(table(rows, header) if rows else ["No production is on file yet."])


@command(app, example="registry production show harbor")
def show(
    ctx: typer.Context, production: Annotated[str, typer.Argument(metavar="PRODUCTION", help="The production's id.")]
) -> None:
    """One production: agreement, platform, dates, what it declares, cast, uses, records."""
    run: Run = ctx.obj
    sheet = browsing.show_production(run.store, production)
    picture = sheet.production
    lines = [f"{picture.title}   {picture.id}"]
    lines += sheets.line("kind", said(picture.kind or "not known"))
    lines += sheets.line("company", picture.company)
    signatory = f", signatory: {sheets.yes_no(picture.signatory)}"
    lines += sheets.line("agreement", f"{picture.agreement or 'not known'}{signatory}")
    lines += sheets.line("platform", picture.platform or "not known")
    lines += sheets.line("photography", sheets.span(picture.photography_starts_on, picture.photography_ends_on))
    lines += sheets.line("places", sheets.names(picture.places))
    released = sheets.names(picture.released_in or ())
    lines += sheets.line("release", f"{released} on {day(picture.released_on)}" if picture.released_on else released)
    deciders = [[d.name, said(d.capacity), sheets.span(d.from_, d.to)] for d in picture.deciders]
    lines += sheets.section("Who decides", deciders)
    if picture.declares:
        when = f", {day(picture.declares.on)}" if picture.declares.on else ""
        rows = [[name, answer(value)] for name, value in picture.declares.facts]
        lines += sheets.section(f"Declared by {picture.declares.by}{when}", rows)
    names = {p.id: p.known_as for p in sheet.performers}
    cast = [
        [names.get(e.performer, e.performer), e.role or "", said(e.category or ""), e.id] for e in sheet.engagements
    ]
    lines += sheets.section("Engaged", cast)
    uses = [[u.id, sheets.names(names.get(p, p) for p in u.performers) or "–", ACTS[u.act]] for u in sheet.uses]
    lines += sheets.section("Uses", uses)
    lines += sheets.records(sheet.records)
    run.screen.answer(lines)
