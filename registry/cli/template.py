"""`registry template`: empty sheets to fill in, and a mapping file to start from."""

from __future__ import annotations

import typer

from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.files.sheets.templates import CAST, COLUMNS, USES

app = group("Write a sheet to fill in, or a mapping file to start from.", example="registry template uses > uses.csv")


@command(app, example="registry template uses > uses.csv")
def uses(ctx: typer.Context) -> None:
    """The AI-use request list: one row for each scene, shot, person and act. Read by `registry import`."""
    _written(ctx, USES)


@command(app, example="registry template cast > cast.csv")
def cast(ctx: typer.Context) -> None:
    """A cast list: who plays whom, under which number, on which terms."""
    _written(ctx, CAST)


@command(app, example="registry template columns > columns.yaml")
def columns(ctx: typer.Context) -> None:
    """A header-mapping file: what one show calls its columns, its codes and its people."""
    _written(ctx, COLUMNS)


def _written(ctx: typer.Context, text: str) -> None:
    run: Run = ctx.obj
    run.screen.answer(text.rstrip("\n").split("\n"))
