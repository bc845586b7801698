"""`registry issue`: the PDF of a draft, sealed, in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.errors import UsageError

app = group("")


@command(app, example='registry issue rider-u-60-duet.yaml --signatory "T. Albright"')
def issue(
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
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who records it.")] = None,
) -> int:
    """Make the PDF of a draft and seal it: render and sign --seal in one step.

    A document is issued once. What it says and where its seal goes back to can no longer change."""
    from registry.cli import papers
    from registry.cli.report_text import progress
    from registry.services import signing

    run: Run = ctx.obj
    consent = papers.draft(run, rider)
    target = Path(out) if out else run.cwd / f"{consent.id}.pdf"
    if target.exists():
        raise UsageError(f"{out or target.name} exists already; a document is issued once.", "add --out FILE")
    keys = papers.keys(run)
    papers.write_rider(run, consent, target, issuer=company, signatory=signatory, paper=paper)
    try:
        issuer = papers.company_of(target)
        report = signing.seal(target, company=issuer, keys=keys, now=run.now, archive=papers.archive(run, by))
    except BaseException:
        if target.exists() and not signing.is_sealed(target.read_bytes()):
            target.unlink()
        raise
    run.screen.answer([str(out or target.name), *progress(report, str(out or target.name))])
    return 0
