"""`registry export`: everything on file as one registry file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import options, typed
from registry.cli.commands import command, group
from registry.cli.run import Run

app = group("")


@command(app, example="registry export > backup.yaml\nregistry export --known-at 2026-10-01 -o october.yaml")
def export(
    ctx: typer.Context,
    output: Annotated[
        str | None,
        typer.Option("-o", "--out", metavar="FILE", help="Write here, not to the screen; - is the screen."),
    ] = None,
    known_at: options.KnownAt = None,
) -> None:
    """Write everything on file as one registry file.

    Imported into an empty registry it gives the same registry, with every version and the moment it was recorded."""
    from registry.services import exporting
    from registry.services.placing import put

    run: Run = ctx.obj
    moment = typed.end_of("--known-at", known_at, run.now) if known_at else None
    text = exporting.export_registry(run.store, known_at=moment)
    if output is None or output == "-":
        run.screen.answer(text.rstrip("\n").split("\n"))
        return
    put(Path(output), text.encode())
    run.screen.answer([output])
