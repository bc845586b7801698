"""`registry import`: registry files into the registry, all of them or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.output import paragraph, table
from registry.cli.phrases import listing, said
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.cli.sheets import says

if TYPE_CHECKING:
    from registry.documents.report import Report

app = group("")


@command(app, "import", example="registry import examples/world.yaml\nregistry import rider-u-60-duet.pdf --by casting")
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="Registry files, YAML or JSON; - is the input.")
    ],
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who records it.")] = None,
    trust: Annotated[
        list[str] | None,
        typer.Option("--trust", metavar="FILE", help="A root certificate, for a PDF sealed elsewhere."),
    ] = None,
) -> int:
    """Read registry files: people, productions, engagements, consents, records. Signed PDFs bring their consent.

    Every fault of a file is told at once, with its line; one fault, and nothing is imported. A file read twice
    changes nothing. Files may name what another one brings, in whatever order they are given. A PDF brings its people
    and works too, where they are not on file; with status 3 somebody still has to sign it, and it brings no consent."""
    from registry.services import importing

    run: Run = ctx.obj
    papers = [name for name in files if name.lower().endswith(".pdf")]
    status = max((_take_in(run, name, run.by(by), trust or []) for name in papers), default=0)
    files = [name for name in files if name not in papers]
    if not files:
        return status
    sources = [importing.Source(name=_shown(name), text=read_text(name)) for name in files]
    report = importing.import_files(run.store, sources, by=run.by(by), now=run.now)
    if not report.changed:
        run.screen.answer(["Nothing new: all of it is on file."])
        return status
    rows = [[t.kind.value, str(t.added), str(t.versions), str(t.unchanged)] for t in report.tallies]
    run.screen.answer(table(rows, ["", "added", "versions", "unchanged"]))
    run.screen.about([f"Ledger at entry {report.receipt.seq}, {report.receipt.hash[:16]}…"])
    return status


def _take_in(run: Run, name: str, by: str, trusted: Sequence[str]) -> int:
    """The consent of a signed PDF, with the ruling its issuer made by issuing it; 3 where somebody has to sign yet."""
    from registry.cli.papers import archive, roots
    from registry.services.stating import take_in_statement
    from registry.services.taking_in import take_in
    from registry.services.verifying import verify_stated

    known = roots(run, trusted)
    if verify_stated(Path(name), known, now=run.now) is not None:
        kept = archive(run, by)
        stated, _ = take_in_statement(run.store, Path(name), known, by=by, now=run.now, archive=kept)
        refused = f", declined: {_clauses(stated.declined)}" if stated.declined else ""
        agreed = _clauses(g.clause for g in stated.grants)
        run.screen.answer([f"consent {stated.id}   {agreed}   signed elsewhere, by our statement{refused}"])
        return 0
    taken = take_in(run.store, Path(name), known, by=by, now=run.now, archive=archive(run, by))
    for record in taken.records:
        run.screen.answer([f"{said(record.kind.value)} {record.id}", *paragraph(says(record), 3)])
    if not taken.report.complete:
        run.screen.answer(_unfinished(name, taken.report))
        return 3
    consent = taken.consent
    if consent is None:
        return 0
    state = "signed" if consent.signed_at else "not signed by everybody who grants: a draft, it grants nothing"
    refused = f"declined: {_clauses(consent.declined)}" if consent.declined else ""
    parts = [_clauses(grant.clause for grant in consent.grants), ", ".join(p for p in (state, refused) if p)]
    run.screen.answer(["   ".join([f"consent {consent.id}", *(part for part in parts if part)])])
    if taken.rulings:
        who = taken.rulings[0]
        run.screen.about([f"{who.decided_by} issued it, and so ruled each clause reasonably specific."])
    return 0


def _unfinished(name: str, report: Report) -> list[str]:
    """A document on record that brings no consent yet, and the step that comes next."""
    from registry.cli.report_text import progress
    from registry.services.signing import plainly

    lacks = f"lacks {listing(plainly(m) for m in report.missing)}" if report.missing else "is not closed"
    done = f"{report.required - len(report.missing)} of {report.required} signed"
    what = report.terms.record if report.terms else name
    why = paragraph(f"It {lacks}, and brings no consent before it is complete.", 1)
    return [f"document {what}   {done}", *why, *progress(report, name)[1:]]


def _clauses(numbers: Iterable[str]) -> str:
    return ", ".join(f"§{number}" for number in numbers)


def _shown(name: str) -> str:
    return "standing input" if name == "-" else str(Path(name))
