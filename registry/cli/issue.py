"""`registry issue`: the PDF of a draft, sealed, in one step; one draft, or many at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import options
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.cli.papers import Asked
    from registry.domain.lint import Despite

app = group("")


@command(
    app,
    example='registry issue rider-u-60-duet.yaml --signatory "T. Albright"\n'
    'registry issue rider-u-60-duet.yaml \\\n  --despite LINT-LATE --because "counsel wrote on 3 Nov"\n'
    "registry issue --from drafts --out riders\n"
    "registry issue --from deal-memos.csv --production harbor --out riders",
)
def issue(
    ctx: typer.Context,
    rider: Annotated[
        str | None, typer.Argument(metavar="RIDER", help="A file with a draft consent, or its id on file.")
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="FILE", help="Else the rider's id with .pdf, here; of many: a folder."),
    ] = None,
    kind: options.DocumentKind = None,
    language: options.DocumentLanguage = "en",
    fill: options.Fill = None,
    signatory: options.Signatory = None,
    company: options.Company = None,
    paper: options.PaperSize = "letter",
    source: Annotated[
        str | None,
        typer.Option("--from", metavar="FILE|DIR", help="Many: a file or folder of drafts, or a table of deal memos."),
    ] = None,
    production: Annotated[
        str | None, typer.Option("--production", metavar="ID", help="Which picture the deal memos are for.")
    ] = None,
    despite: options.Despite = None,
    because: options.Because = None,
    by: options.By = None,
) -> int:
    """Make the PDF of a draft and seal it: render and sign --seal in one step.

    A document is issued once. What it says and where its seal goes back to can no longer change. What lint refuses is
    not issued, unless somebody answers for it with --despite and --because; that is kept with the issue.

    Of many, each that is refused is reported and the others go on; typed again, it goes on where it stopped. Exit
    status: 0 all are issued, else that of the worst."""
    from registry.cli.fills import fills
    from registry.cli.linting import despite_of
    from registry.cli.papers import Asked
    from registry.cli.typed import word
    from registry.documents.kinds import DocumentKind

    run: Run = ctx.obj
    if (rider is None) == (source is None):
        raise UsageError("One draft is issued, or many: RIDER or --from.", "registry issue RIDER.yaml")
    asked = Asked(
        issuer=company, signatory=signatory, paper=paper, kind=word("--kind", kind, DocumentKind) if kind else None,
        language=language, filled=fills(fill or []),
    )  # fmt: skip
    answered = despite_of(run, despite, because, by)
    if source is not None:
        from registry.cli.many import issue_many

        if out is None:
            raise UsageError("Many documents go into a folder of their own.", "add --out FOLDER")
        return issue_many(run, source, Path(out), asked, answered, by, production)
    assert rider is not None
    return _issue_one(run, rider, out, asked, answered, by)


def _issue_one(run: Run, rider: str, out: str | None, asked: Asked, answered: Despite | None, by: str | None) -> int:
    from registry.cli import papers
    from registry.cli.linting import lint_lines, passed
    from registry.cli.report_text import progress
    from registry.services import signing

    consent = papers.draft(run, rider)
    read = passed(run, papers.rider_terms_of(run, consent, asked), answered, by=by)
    if read.stopping:
        run.screen.answer(lint_lines(read.found, all_=False))
        run.screen.about([f"registry lint {rider}    says all that was found"])
        return int(Status.REFUSED)
    keys = papers.keys(run)
    terms, target = papers.write_rider(run, consent, Path(out) if out else None, asked)
    try:
        report = signing.seal(
            target, company=terms.seal.company, keys=keys, now=run.now, archive=papers.archive(run, by),
            record=read.record,
        )  # fmt: skip
    except BaseException:
        if target.exists() and not signing.is_sealed(target.read_bytes()):
            target.unlink()
        raise
    shown = str(out or target.name)
    run.screen.answer([shown, *progress(report, shown)])
    return 0
