"""`registry verify`: what a PDF proves by itself, offline."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.run import Run

app = group("")


@command(app, example="registry verify rider-u-60-duet.pdf\nregistry verify rider.pdf --trust harbor-root.pem")
def verify(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="PDF", help="The document.")],
    trust: Annotated[
        list[str] | None, typer.Option("--trust", metavar="FILE", help="A root certificate you know the source of.")
    ] = None,
) -> int:
    """Check a PDF offline, without any registry: is it unchanged, who sealed and signed it, what did they agree to?

    Exit status: 0 complete and valid, 3 valid but not complete or not trusted, 4 not intact."""
    from registry.cli.papers import roots
    from registry.cli.report_text import proof
    from registry.services import verifying

    run: Run = ctx.obj
    found = verifying.verify(Path(file), roots(run, trust or []), now=run.now)
    run.screen.answer(proof(found, run.now))
    return int(found.report.status)
