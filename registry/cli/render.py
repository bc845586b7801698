"""`registry render`: the PDF of a consent that is not signed yet, or of a notice about one that is."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import options
from registry.cli.commands import command, group
from registry.cli.output import paragraph
from registry.cli.run import Run

app = group("")


@command(
    app,
    example='registry render rider-u-60-duet.yaml --signatory "T. Albright"\n'
    "registry render rider-u-60-duet.yaml --language es --paper a4\n"
    "registry render c-reyes-1.yaml --kind background --fill voucher=V-20417\n"
    "registry render c-okafor-1 --kind revocation --fill effective=2026-12-10",
)
def render(
    ctx: typer.Context,
    rider: Annotated[str, typer.Argument(metavar="RIDER", help="A file with a draft consent, or its id on file.")],
    out: Annotated[
        str | None, typer.Option("--out", metavar="FILE", help="Else the rider's id with .pdf, here.")
    ] = None,
    kind: options.DocumentKind = None,
    language: options.DocumentLanguage = "en",
    fill: options.Fill = None,
    signatory: options.Signatory = None,
    company: options.Company = None,
    paper: options.PaperSize = "letter",
) -> None:
    """Make the PDF of a rider: clauses with initials, places to sign, and its terms inside for machines.

    Which kind of document it is follows from who grants, the agreement, the replica and the acts; --kind overrides.
    It is not sealed yet, and nobody signs an unsealed document: registry sign FILE --seal comes next."""
    from registry.cli.fills import fills
    from registry.cli.linting import told
    from registry.cli.papers import Asked, draft, write_rider
    from registry.cli.typed import word
    from registry.documents.kinds import DocumentKind
    from registry.services.rendering import compared

    run: Run = ctx.obj
    consent = draft(run, rider)
    asked = Asked(
        issuer=company, signatory=signatory, paper=paper, kind=word("--kind", kind, DocumentKind) if kind else None,
        language=language, filled=fills(fill or []),
    )  # fmt: skip
    terms, target = write_rider(run, consent, Path(out) if out else None, asked)
    shown = str(out or target.name)
    run.screen.answer([shown])
    if places := compared(terms):
        said = f"Compare with the union's official rider before it is issued: {', '.join(places)}."
        run.screen.about(paragraph(said, 0))
    run.screen.about(told(run, terms, rider))
    run.screen.about([f"registry sign {shown} --seal    is the next step"])
