"""`registry document`: what is on record of the papers themselves."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.output import labelled, table
from registry.cli.phrases import day, listing
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.revision import Revision, Step
from registry.errors import UsageError

app = group("Documents on record: every revision, who signed, who is missing.", example="registry document list")
_STEPS = {
    Step.ISSUED: "issued and sealed",
    Step.CLOSED: "closed",
    Step.STAMPED: "stamped again",
    Step.WET_INK: "signed on paper, scan sealed",
    Step.STATED: "our statement of a document made elsewhere",
    Step.KEPT: "made elsewhere, kept as it came",
}


@command(app, "list", example="registry document list")
def list_(ctx: typer.Context) -> None:
    """Every document on record, and where it stands."""
    from registry.cli.papers import archive
    from registry.services.documents import list_documents

    run: Run = ctx.obj
    kept = archive(run)
    if kept is None:
        raise UsageError(f"There is no registry in {run.settings.home}.", "registry init")
    rows = [
        [d.latest.consent, d.latest.document[:12], _stands(d.latest), _when(d.latest)] for d in list_documents(kept)
    ]
    run.screen.answer(table(rows, ["consent", "terms", "stands", "since"]) if rows else ["No document is on record."])


@command(app, example="registry document show rider-u-60-duet")
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="CONSENT", help="The consent's id, or how the digest begins.")],
) -> int:
    """One document: its revisions, who signed, who has still to sign, and where its file is.

    Exit status: 0 complete, 3 somebody has still to sign, 4 a file is gone or was changed."""
    from registry.cli.papers import archive, roots
    from registry.services.documents import show_document

    run: Run = ctx.obj
    kept = archive(run)
    if kept is None:
        raise UsageError(f"There is no registry in {run.settings.home}.", "registry init")
    shown = show_document(kept, name, roots(run, []), now=run.now)
    latest = shown.document.latest
    lines = [f"{latest.consent}   terms {latest.document[:12]}…   {_stands(latest)}", ""]
    rows = [[_what(r), _when(r), f"{r.size / 1024:.0f} KB", r.id[:12]] for r in shown.document.revisions]
    lines += table(rows, ["revision", "on record", "size", "sha256"])
    lines.append("")
    if shown.report.missing:
        lines += labelled("missing", listing(m.removeprefix("sig_") for m in shown.report.missing), indent=10)
    lines += labelled("file", _relative(run, shown.file), indent=10)
    for damage in shown.damages:
        lines += labelled("fault", damage, indent=10)
    run.screen.answer(lines)
    if shown.damages or not (shown.report.unchanged or latest.step is Step.KEPT):
        return int(Status.INTEGRITY)
    return 0 if latest.step in _DONE else 3


def _relative(run: Run, file: Path) -> str:
    return str(file.relative_to(run.cwd)) if file.is_relative_to(run.cwd) else str(file)


_DONE = (Step.CLOSED, Step.STAMPED, Step.WET_INK, Step.STATED, Step.KEPT)


def _what(revision: Revision) -> str:
    if revision.step is Step.SIGNED:
        return f"{(revision.place or '').removeprefix('sig_')} signed, {revision.signer or 'not known who'}"
    return _STEPS[revision.step]


def _stands(revision: Revision) -> str:
    if revision.step in _DONE:
        return _STEPS[revision.step]
    if revision.signed == revision.required:
        return "everybody signed, not closed"
    return f"{revision.signed} of {revision.required} signed"


def _when(revision: Revision) -> str:
    return day(revision.recorded_at.date()) if revision.recorded_at else "not recorded"
