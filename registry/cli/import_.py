"""`registry import`: registry files into the registry, all of them or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.output import paragraph, table
from registry.cli.phrases import said
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.cli.sheets import says

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
) -> None:
    """Read registry files: people, productions, engagements, consents, records. Signed PDFs bring their consent.

    Every fault of a file is told at once, with its line; one fault, and nothing is imported. A file read twice
    changes nothing. Files may name what another one brings, in whatever order they are given."""
    from registry.services import importing

    run: Run = ctx.obj
    papers = [name for name in files if name.lower().endswith(".pdf")]
    for name in papers:
        _take_in(run, name, run.by(by), trust or [])
    files = [name for name in files if name not in papers]
    if not files:
        return
    sources = [importing.Source(name=_shown(name), text=read_text(name)) for name in files]
    report = importing.import_files(run.store, sources, by=run.by(by), now=run.now)
    if not report.changed:
        run.screen.answer(["Nothing new: all of it is on file."])
        return
    rows = [[t.kind.value, str(t.added), str(t.versions), str(t.unchanged)] for t in report.tallies]
    run.screen.answer(table(rows, ["", "added", "versions", "unchanged"]))
    run.screen.about([f"Ledger at entry {report.receipt.seq}, {report.receipt.hash[:16]}…"])


def _take_in(run: Run, name: str, by: str, trusted: Sequence[str]) -> None:
    """The consent of a signed PDF, with the ruling its issuer made by issuing it."""
    from registry.cli.papers import roots
    from registry.services.taking_in import take_in

    taken = take_in(run.store, Path(name), roots(run, trusted), by=by, now=run.now)
    for record in taken.records:
        run.screen.answer([f"{said(record.kind.value)} {record.id}", *paragraph(says(record), 3)])
    consent = taken.consent
    if consent is None:
        return
    state = "signed" if consent.signed_at else "not signed by everybody who grants: a draft, it grants nothing"
    refused = f"declined: {_clauses(consent.declined)}" if consent.declined else ""
    parts = [_clauses(grant.clause for grant in consent.grants), ", ".join(p for p in (state, refused) if p)]
    run.screen.answer(["   ".join([f"consent {consent.id}", *(part for part in parts if part)])])
    if taken.rulings:
        who = taken.rulings[0]
        run.screen.about([f"{who.decided_by} issued it, and so ruled each clause reasonably specific."])


def _clauses(numbers: Iterable[str]) -> str:
    return ", ".join(f"§{number}" for number in numbers)


def _shown(name: str) -> str:
    return "standing input" if name == "-" else str(Path(name))
