"""`registry production`: the pictures on file, who is engaged on them and which uses are proposed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import lists, on_file, options, sheets, typed
from registry.cli.commands import command, group
from registry.cli.phrases import said
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.use import Use
from registry.services import browsing

Id = Annotated[str, typer.Argument(metavar="PRODUCTION", help="The production's id.")]
Files = Annotated[
    list[str] | None, typer.Option("--file", metavar="FILE", help="Uses that are not filed yet, beside those on file.")
]

app = group("Look up productions and who is engaged on them.", example="registry production show harbor")


@command(app, "list", example="registry production list\nregistry production list --csv")
def list_(ctx: typer.Context, json: options.JsonLines = False, csv: options.Csv = False) -> None:
    """Which pictures are on file?"""
    run: Run = ctx.obj
    found = browsing.list_productions(run.store)
    header = ["id", "title", "kind", "platform", "agreement"]
    if json or csv:
        exact = [[p.id, p.title, p.kind or "", p.platform or "", p.agreement or ""] for p in found]
        lists.answer(run, header, exact, json=json, csv=csv)
        return
    unknown = "not known"
    rows = [[p.id, p.title, said(p.kind or unknown), p.platform or unknown, p.agreement or unknown] for p in found]
    lists.answer(run, header, rows, empty="No production is on file yet.")


@command(app, example="registry production show harbor\nregistry production show harbor --html harbor.html")
def show(ctx: typer.Context, production: Id, html: options.Html = None) -> None:
    """One production: agreement, platform, dates, what it declares, cast, uses, records.

    With --html: the same as a page, with the answer on every planned use, by day, and what is owed."""
    run: Run = ctx.obj
    if html:
        from registry.cli.pages import production_page, write

        if write(run, html, production_page(run, production)):
            return
    sheet = browsing.show_production(run.store, production)
    lines = [f"{sheet.production.title}   {sheet.production.id}"]
    lines += sheets.labels(on_file.production_labels(sheet))
    lines += [*sheets.tables(on_file.production_tables(sheet)), *sheets.records(sheet.records)]
    run.screen.answer(lines)


@command(app, example="registry production approvals harbor\nregistry production approvals harbor --csv")
def approvals(
    ctx: typer.Context, production: Id, file: Files = None, json: options.JsonLines = False, csv: options.Csv = False
) -> int:
    """Has the platform been told, and did it agree? Use by use, beside the gate of the people's own consent.

    Neither stands in for the other. Exit status: 0 the platform stands in nobody's way, 1 it does, 3 something is
    open."""
    from registry.cli.checks import catalogue
    from registry.cli.production_text import GATES, approvals_lines, gate_row
    from registry.services.approvals import approvals as gates

    run: Run = ctx.obj
    found = gates(run.store, catalogue(run), production, now=run.now, proposed=_proposed(run, file or []))
    if json or csv:
        lists.answer(run, GATES, [gate_row(line) for line in found.lines], json=json, csv=csv)
    else:
        run.screen.answer(approvals_lines(found))
    return int(found.status)


@command(app, "carry-over", example="registry production carry-over harbor harbor-2 --csv")
def carry_over(
    ctx: typer.Context,
    source: Annotated[str, typer.Argument(metavar="FROM", help="The picture the consents were given for.")],
    target: Annotated[str, typer.Argument(metavar="TO", help="The next season, the sequel, the spin-off.")],
    on: options.OnPhotography = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> int:
    """What carries over to another picture, clause by clause: what still counts, what has ended, what needs asking.

    Exit status: 0 everything that was granted carries over, 1 some of it does not, 3 something is open."""
    from registry.cli.checks import catalogue
    from registry.cli.production_text import CARRIED, carried_row, carry_over_lines
    from registry.services.carrying_over import Carries
    from registry.services.carrying_over import carry_over as carried

    run: Run = ctx.obj
    day_ = typed.day_or_none("--on", on)
    found = carried(run.store, catalogue(run), source, target, now=run.now, today=run.today, on=day_)
    if json or csv:
        lists.answer(run, CARRIED, [carried_row(clause) for clause in found.clauses], json=json, csv=csv)
    else:
        run.screen.answer(carry_over_lines(found))
    states = {clause.state for clause in found.clauses}
    if not states or states & {Carries.ANOTHER, Carries.ENDED, Carries.VOID}:
        return int(Status.REFUSED)
    return int(Status.OPEN if Carries.OPEN in states else Status.CLEARED)


@command(app, example="registry production selects harbor selects.csv --csv")
def selects(
    ctx: typer.Context,
    production: Id,
    file: Annotated[str, typer.Argument(metavar="FILE", help="The list, CSV or XLSX: a name a row, or more.")],
    kind: Annotated[
        str, typer.Option("--as", metavar="KIND", help="casting-selects, cast-list, deal-memos, background-vouchers.")
    ] = "casting-selects",
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> int:
    """Who of these has something on file that stands in the way of replica work on this picture?

    Refusals, revocations, riders that wait, ages, unions. Nothing is recorded, and nobody is guessed. Exit status: 0
    nothing stands against any of them, 1 a no on file reaches somebody, 3 somebody or something has to be looked at."""
    from registry.cli.selects_text import SELECTS, select_row, selects_lines
    from registry.domain.schedule import SheetKind
    from registry.services.selects import selects as looked_up
    from registry.services.selects import status_of

    run: Run = ctx.obj
    what = typed.word("--as", kind, SheetKind)
    found = looked_up(run.store, Path(file), production, today=run.today, kind=what)
    if json or csv:
        lists.answer(run, SELECTS, [select_row(one) for one in found], json=json, csv=csv)
    else:
        run.screen.answer(selects_lines(found, production))
    return int({"stop": Status.REFUSED, "nothing": Status.CLEARED}.get(status_of(found).value, Status.OPEN))


@command(app, example="registry production breakdown harbor --file uses.csv")
def breakdown(
    ctx: typer.Context, production: Id, file: Files = None, json: options.JsonLines = False, csv: options.Csv = False
) -> None:
    """What the casting breakdown can say about digital work: what to tell at the audition, and what to promise.

    From the uses that are filed and the rules in force, and nothing beyond them. --json and --csv list the uses."""
    from registry.cli.checks import catalogue
    from registry.cli.production_text import PLANNED, breakdown_lines, disclosure_row
    from registry.services.breakdown import breakdown as told

    run: Run = ctx.obj
    proposed = _proposed(run, file or [])
    found = told(run.store, catalogue(run), production, now=run.now, today=run.today, proposed=proposed)
    if json or csv:
        lists.answer(run, PLANNED, [disclosure_row(d) for d in found.disclosures], json=json, csv=csv)
    else:
        run.screen.answer(breakdown_lines(found))


def _proposed(run: Run, files: list[str]) -> tuple[Use, ...]:
    from registry.cli.proposed import from_file
    from registry.rules.dictionary import load_dictionary

    return tuple(use for name in files for use in from_file(run, name, load_dictionary()))
