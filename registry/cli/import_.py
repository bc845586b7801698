"""`registry import`: registry files and the sheets of a production, each whole or not at all; imports undone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import options
from registry.cli.commands import command, group
from registry.cli.output import paragraph, table
from registry.cli.phrases import listing, said
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.cli.sheets import says
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.documents.report import Report
    from registry.domain.schedule import Schedule

app = group("")
_SHEETS = (".csv", ".tsv", ".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers", ".txt")


@command(
    app,
    "import",
    example="registry import examples/world.yaml\nregistry import rider-u-60-duet.pdf --by casting\n"
    "registry import cast-list.xlsx --production harbor --dry-run\n"
    "registry import --undo i-4f1c22 --because 'wrong week'",
)
def import_(
    ctx: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="FILE...", help="Registry files, signed PDFs, or sheets: CSV and XLSX. - is the input."),
    ] = None,
    by: options.By = None,
    trust: options.Trust = None,
    production: Annotated[
        str | None, typer.Option("--production", metavar="ID", help="Whose sheet it is; left out where there is one.")
    ] = None,
    episode: options.Episode = None,
    kind: options.SheetKind = None,
    columns: options.Columns = None,
    sheet: options.Worksheet = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be recorded; write nothing.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="The sheets that were imported.")] = False,
    show: Annotated[str | None, typer.Option("--show", metavar="ID", help="What an import brought.")] = None,
    undo: Annotated[
        str | None, typer.Option("--undo", metavar="ID", help="Take an import back, with --because.")
    ] = None,
    because: options.Because = None,
) -> int:
    """Read registry files: people, productions, engagements, consents, records. Signed PDFs bring their consent.

    Sheets of a production office (schedule, day-out-of-days, call sheet, cast list, deal memos, selects, vouchers,
    request list, cue sheet, shot list) are read with --production: docs/sheets.md. Every fault of a file is told at
    once, with its line or cell; one fault, and nothing is imported. A file read twice changes nothing. Files may name
    what another one brings, in whatever order they are given. A PDF brings its people and works too; with status 3
    somebody has to sign it yet, and it brings no consent."""
    run: Run = ctx.obj
    if list_ or show or undo:
        from registry.cli import imports_text

        imports_text.answer(run, show=show, undo=undo, because=because, by=by)
        return 0
    if not files:
        raise UsageError("registry import needs FILE.", "registry import --help    shows an example")
    sheets = [name for name in files if production or name.lower().endswith(_SHEETS)]
    if sheets:
        from registry.cli import sheet_import

        asked = sheet_import.Asked(production, episode, kind, columns, sheet, dry_run)
        schedules: tuple[Schedule, ...] = ()
        for name in sheets:
            schedules = sheet_import.take_in(run, name, asked, by, schedules)
    files = [name for name in files if name not in sheets]
    if dry_run and files:
        raise UsageError(
            f"--dry-run is for sheets; {files[0]} is a registry file.",
            "registry import FILE    tells every fault first",
        )
    return _registry_files(run, files, by, trust) if files else 0


def _registry_files(run: Run, files: Sequence[str], by: str | None, trust: Sequence[str] | None) -> int:
    from registry.services import importing

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
