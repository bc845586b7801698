"""`registry tool`: tools registered once, named by uses."""

from __future__ import annotations

from typing import Annotated

import typer

from registry.cli import lists, options, sheets
from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.phrases import day
from registry.cli.run import Run
from registry.services import browsing

app = group("Look up registered tools.", example="registry tool show northgate-pipeline")

_ANSWERS = {
    "stores": "stores what goes in or comes out",
    "reuses": "reuses it",
    "trains": "trains on it",
    "enterprise": "in an enterprise-secured environment",
    "platform_agreement": "under the platform's own agreement",
    "terms_reviewed": "licence and terms reviewed",
    "vendor_pipeline": "a vendor's or custom pipeline",
    "vendor_verified": "every step of it checked",
}


@command(app, "list", example="registry tool list\nregistry tool list --csv")
def list_(ctx: typer.Context, json: options.JsonLines = False, csv: options.Csv = False) -> None:
    """Which tools are on file, and do they store, reuse or train on what goes in?"""
    run: Run = ctx.obj
    found = browsing.list_tools(run.store)
    rows = [[t.id, t.vendor or "", *(sheets.yes_no(v) for v in (t.stores, t.reuses, t.trains))] for t in found]
    header = ["id", "vendor", "stores", "reuses", "trains"]
    lists.answer(run, header, rows, json=json, csv=csv, empty="No tool is registered yet.")


@command(app, example="registry tool show northgate-pipeline")
def show(ctx: typer.Context, tool: Annotated[str, typer.Argument(metavar="TOOL", help="The tool's id.")]) -> None:
    """One tool: what is known of it, and since when."""
    run: Run = ctx.obj
    sheet = browsing.show_tool(run.store, tool)
    lines = [f"{sheet.tool.id}   {sheet.tool.vendor or ''}".rstrip()]
    rows = [[text, sheets.yes_no(getattr(sheet.tool, name))] for name, text in _ANSWERS.items()]
    lines += table(rows, indent=1)
    lines += sheets.line("answered", day(sheet.tool.as_of) if sheet.tool.as_of else None)
    if sheet.earlier:
        lines += sheets.line("earlier", f"{len(sheet.earlier)} other versions on file")
    run.screen.answer(lines)
