"""`registry use`: proposed uses, filed and looked up."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists, on_file, options, sheets
from registry.cli.commands import command, group
from registry.cli.phrases import ACTS, day, listing
from registry.cli.proposed import from_file
from registry.cli.run import Run
from registry.rules.dictionary import load_dictionary
from registry.services import browsing, recording

app = group("File proposed uses and look them up.", example="registry use add examples/uses/stunt.yaml")


@command(app, example="registry use add examples/uses/stunt.yaml --by t.albright")
def add(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Uses in YAML, JSON or CSV; - is the input.")],
    by: options.By = None,
) -> None:
    """File proposed uses, so that approvals, rulings and checks can name them. Nothing is checked yet."""
    run: Run = ctx.obj
    uses = [use for name in files for use in from_file(run, name, load_dictionary())]
    receipt = recording.add_uses(run.store, uses, by=run.by(by), now=run.now)
    run.screen.answer(use.id for use in uses)
    new, again, known = receipt.added, receipt.versions, receipt.unchanged
    run.screen.about([f"{new} filed, {again} changed, {known} on file already.", f"registry check {uses[0].id}"])


@command(app, "list", example="registry use list --production harbor\nregistry use list --csv > uses-on-file.csv")
def list_(
    ctx: typer.Context,
    production: options.OfProduction = None,
    performer: options.OfPerformer = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> None:
    """What has been proposed? Every use on file, as last filed."""
    run: Run = ctx.obj
    found = [
        use
        for use in browsing.list_uses(run.store)
        if production in (None, use.production) and (performer is None or performer in use.performers)
    ]
    header = ["id", "production", "act", "on", "who"]
    if json or csv:
        exact = [
            [u.id, u.production, u.act.value, u.at.isoformat() if u.at else "", ";".join(u.performers)] for u in found
        ]
        lists.answer(run, [*header[:3], "at", "performers"], exact, json=json, csv=csv)
        return
    rows = [
        [u.id, u.production, ACTS[u.act], day(u.at.date()) if u.at else "", listing(u.performers) or "–"] for u in found
    ]
    lists.answer(run, header, rows, empty="No use is on file yet.")


@command(app, example="registry use show u-41-fall\nregistry use show u-41-fall --html u-41-fall.html")
def show(
    ctx: typer.Context,
    use: Annotated[str, typer.Argument(metavar="USE", help="The use's id.")],
    html: options.Html = None,
) -> None:
    """One use as last filed, with every fact that was stated.

    With --html: the same as a page, with the answer on it, as registry check gives it."""
    run: Run = ctx.obj
    if html:
        from registry.cli.pages import use_page, write

        if write(run, html, use_page(run, use)):
            return
    found = browsing.show_use(run.store, use)
    lines = [f"{found.id}   {ACTS[found.act]} · {found.production}"]
    lines += [*sheets.labels(on_file.use_labels(found)), *sheets.tables(on_file.use_tables(found))]
    run.screen.answer(lines)
