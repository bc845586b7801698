"""`registry render`: the PDF of a consent that is not signed yet."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.run import Run

app = group("")


@command(app, example='registry render rider-u-60-duet.yaml --signatory "T. Albright"')
def render(
    ctx: typer.Context,
    rider: Annotated[str, typer.Argument(metavar="RIDER", help="A file with a draft consent, or its id on file.")],
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Else the rider's id with .pdf, here.")
    ] = None,
    signatory: Annotated[
        str | None, typer.Option("--signatory", metavar="NAME", help="Who signs for the company.")
    ] = None,
    company: Annotated[str | None, typer.Option("--company", metavar="NAME", help="Who issues it.")] = None,
    paper: Annotated[str, typer.Option("--paper", metavar="SIZE", help="letter or a4.")] = "letter",
) -> None:
    """Make the PDF of a rider: clauses with initials, places to sign, and its terms inside for machines.

    It is not sealed yet, and nobody signs an unsealed document: registry sign FILE --seal comes next."""
    from registry.cli.papers import draft, write_rider

    run: Run = ctx.obj
    consent = draft(run, rider)
    target = Path(out) if out else run.cwd / f"{consent.id}.pdf"
    write_rider(run, consent, target, issuer=company, signatory=signatory, paper=paper)
    run.screen.answer([str(out or target.name)])
    run.screen.about([f"registry sign {out or target.name} --seal    is the next step"])
