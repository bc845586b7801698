"""`registry issue`: the PDF of a draft, sealed, in one step."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.run import Run

app = group("")


@command(app, example='registry issue rider-u-60-duet.yaml --signatory "T. Albright"')
def issue(
    ctx: typer.Context,
    rider: Annotated[str, typer.Argument(metavar="RIDER", help="A file with a draft consent, or its id on file.")],
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Else the rider's id with .pdf, here.")
    ] = None,
    kind: Annotated[
        str | None, typer.Option("--kind", metavar="KIND", help="Else what fits the consent; see docs/family.md.")
    ] = None,
    language: Annotated[str, typer.Option("--language", metavar="TAG", help="The signer's: en, es or fr.")] = "en",
    fill: Annotated[
        list[str] | None,
        typer.Option("--fill", metavar="KEY=VALUE", help="What is on no record: voucher, court, witness, spots…"),
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
    from registry.cli.fills import fills
    from registry.cli.report_text import progress
    from registry.cli.typed import word
    from registry.documents.kinds import DocumentKind
    from registry.services import signing

    run: Run = ctx.obj
    consent = papers.draft(run, rider)
    keys = papers.keys(run)
    terms, target = papers.write_rider(
        run,
        consent,
        Path(out) if out else None,
        issuer=company,
        signatory=signatory,
        paper=paper,
        kind=word("--kind", kind, DocumentKind) if kind else None,
        language=language,
        filled=fills(fill or []),
    )
    try:
        archive = papers.archive(run, by)
        report = signing.seal(target, company=terms.seal.company, keys=keys, now=run.now, archive=archive)
    except BaseException:
        if target.exists() and not signing.is_sealed(target.read_bytes()):
            target.unlink()
        raise
    shown = str(out or target.name)
    run.screen.answer([shown, *progress(report, shown)])
    return 0
