"""`registry import`: registry files into the registry, all of them or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.proposed import read_text
from registry.cli.run import Run

app = group("")


@command(
    app, "import", example="registry import examples/world.yaml\nregistry import cast.yaml consents.yaml --by casting"
)
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Registry files, YAML or JSON; - is the input.")
    ],
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who records it.")] = None,
) -> None:
    """Read registry files: people, productions, engagements, consents, records.

    Every fault of a file is told at once, with its line; one fault, and nothing is imported. A file read twice
    changes nothing. Files may name what another one brings, in whatever order they are given."""
    from registry.services import importing

    run: Run = ctx.obj
    sources = [importing.Source(name=_shown(name), text=read_text(name)) for name in files]
    report = importing.import_files(run.store, sources, by=run.by(by), now=run.now)
    if not report.changed:
        run.screen.answer(["Nothing new: all of it is on file."])
        return
    rows = [[t.kind.value, str(t.added), str(t.versions), str(t.unchanged)] for t in report.tallies]
    run.screen.answer(table(rows, ["", "added", "versions", "unchanged"]))
    run.screen.about([f"Ledger at entry {report.receipt.seq}, {report.receipt.hash[:16]}…"])


def _shown(name: str) -> str:
    return "standing input" if name == "-" else str(Path(name))
