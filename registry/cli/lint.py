"""`registry lint`: what would make a draft void, refused or regretted, before it is issued."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import options
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.domain.finding import Status

if TYPE_CHECKING:
    from registry.services.lint import Draft

app = group("")


@command(
    app,
    example="registry lint rider-u-60-duet.yaml\n"
    "registry lint c-okafor-3 --language es\n"
    "registry lint rider.pdf --json",
)
def lint(
    ctx: typer.Context,
    draft: Annotated[str, typer.Argument(metavar="DRAFT", help="A file with a draft consent, its id, or a rider.pdf.")],
    kind: options.DocumentKind = None,
    language: options.DocumentLanguage = "en",
    fill: options.Fill = None,
    signatory: options.Signatory = None,
    company: options.Company = None,
    by: options.By = None,
    json: options.Json = False,
) -> int:
    """Read a draft before it is issued: each finding says where, why, and what to write instead.

    Forms are judged by the rules that a check of the signed consent will use. Exit status: 0 it can be issued, 1
    something in it would be void or refused. What is found, and from which source: docs/lint.md."""
    from registry.cli.checks import catalogue
    from registry.cli.linting import lint_lines
    from registry.services import lint as reading

    run: Run = ctx.obj
    if draft.lower().endswith(".pdf"):
        subject = _of_pdf(run, draft, by)
    else:
        subject = _of_draft(run, draft, kind, language, fill or [], signatory, company, by)
    found = reading.lint(subject, catalogue(run))
    run.screen.answer([reading.lint_json(found)] if json else lint_lines(found))
    if found.refusing and not json:
        ids = ",".join(dict.fromkeys(f.id for f in found.refusing))
        run.screen.about([f'registry issue {draft} --despite {ids} --because "…"    answers for it'])
    return int(Status.REFUSED if found.refusing else Status.CLEARED)


def _of_draft(
    run: Run,
    name: str,
    kind: str | None,
    language: str,
    fill: list[str],
    signatory: str | None,
    company: str | None,
    by: str | None,
) -> Draft:
    from registry.cli import papers
    from registry.cli.fills import fills, particulars
    from registry.cli.typed import word
    from registry.documents.kinds import DocumentKind
    from registry.services import lint as reading

    consent = papers.draft(run, name)
    filled = fills(fill)
    wanted = word("--kind", kind, DocumentKind) if kind else None
    return reading.draft_of(
        consent,
        papers.around(run, consent),
        now=run.now,
        kind=DocumentKind.AMENDMENT if wanted is None and "replaces" in filled else wanted,
        language=language,
        particulars=particulars(filled),
        company=company or run.settings.company,
        signatory=signatory,
        issuer=(run.by(by), "business_affairs"),
    )


def _of_pdf(run: Run, name: str, by: str | None) -> Draft:
    from registry.cli import papers
    from registry.domain.world import World
    from registry.services import lint as reading

    terms = papers.terms_of(Path(name))
    world = papers.around(run, terms.consent) if papers.at_hand(run) is not None else World()
    return reading.draft_of_terms(terms, world, now=run.now, issuer=(run.by(by), "business_affairs"))
