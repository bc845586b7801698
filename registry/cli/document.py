"""`registry document`: what is on record of the papers themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import lists, options, typed
from registry.cli.commands import command, group
from registry.cli.output import labelled, table
from registry.cli.phrases import day, listing
from registry.cli.report_text import STEPS, stands
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.revision import Revision, Step
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.services.stating import Reception

app = group("Documents on record: every revision, who signed, who is missing.", example="registry document list")


@command(app, "list", example="registry document list")
def list_(ctx: typer.Context, json: options.JsonLines = False, csv: options.Csv = False) -> None:
    """Which papers are on record, and where does each stand?"""
    from registry.cli.papers import archive
    from registry.services.documents import list_documents

    run: Run = ctx.obj
    kept = archive(run)
    if kept is None:
        raise UsageError(f"There is no registry in {run.settings.home}.", "registry init")
    whole = json or csv
    rows = [
        [d.latest.consent, d.latest.document if whole else d.latest.document[:12], stands(d.latest), _when(d.latest)]
        for d in list_documents(kept)
    ]
    header = ["consent", "terms", "stands", "since"]
    lists.answer(run, header, rows, json=json, csv=csv, empty="No document is on record.")


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
    lines = [f"{latest.consent}   terms {latest.document[:12]}…   {stands(latest)}", ""]
    rows = [[_what(r), _when(r), f"{r.size / 1024:.0f} KB", r.id[:12]] for r in shown.document.revisions]
    lines += table(rows, ["revision", "on record", "size", "sha256"])
    lines.append("")
    if shown.missing:
        lines += labelled("missing", listing(m.removeprefix("sig_") for m in shown.missing), indent=10)
    lines += labelled("file", _relative(run, shown.file), indent=10)
    for said in shown.despite:
        lines += labelled("note", said, indent=10)
    for damage in shown.damages:
        lines += labelled("fault", damage, indent=10)
    run.screen.answer(lines)
    return int(Status.INTEGRITY) if shown.damages else shown.status


@command(
    app,
    example="registry document retimestamp rider-okafor.pdf\n"
    "registry document retimestamp signed/*.pdf --tsa https://tsa.example.com",
)
def retimestamp(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="PDF...", help="Closed documents; changed in place.")],
    tsa: options.Authority = None,
    by: options.By = None,
) -> None:
    """Stamp closed documents again, before the certificate of the authority that stamped them ends.

    What a time stamp proves ends with that certificate; a further one proves that the earlier is older. Nothing else
    of a document changes. registry keys status says when the local clock's certificate ends."""
    from registry.cli import papers
    from registry.cli.report_text import stamps
    from registry.services import signing

    run: Run = ctx.obj
    clock = papers.authority(tsa) if tsa else None
    keys, kept = papers.keys(run, opened=tsa is None), papers.archive(run, by)
    for file in files:
        report = signing.stamp(Path(file), keys=keys, now=run.now, clock=clock, archive=kept)
        run.screen.answer([f"{file}   {report.headline}", *stamps(report)])


@command(
    app,
    "wet-ink",
    example="registry document wet-ink rider.pdf page-1.jpg page-2.jpg \\\n"
    '  --signed performer="Adaeze Okafor" --signed company="T. Albright" \\\n'
    "  --signed-at 2026-09-10T09:15-07:00 --compared-by casting",
)
def wet_ink(
    ctx: typer.Context,
    issued: Annotated[str, typer.Argument(metavar="PDF", help="The sealed document that was printed and signed.")],
    scans: Annotated[list[str], typer.Argument(metavar="SCAN...", help="JPEG, PNG, TIFF, or a PDF of pictures.")],
    signed: options.SignedBy,
    signed_at: Annotated[str, typer.Option("--signed-at", metavar="WHEN", help="When the last who grants signed.")],
    compared_by: Annotated[
        str | None,
        typer.Option("--compared-by", metavar="NAME", help="Who compared the digest on each page with the document."),
    ] = None,
    decline: options.Decline = None,
    received_at: Annotated[str | None, typer.Option("--received-at", metavar="WHEN", help="When it came.")] = None,
    received_from: Annotated[str | None, typer.Option("--received-from", metavar="NAME", help="Who sent it.")] = None,
    paper_at: Annotated[str | None, typer.Option("--paper-at", metavar="WHERE", help="Where the paper is.")] = None,
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Else the name with .signed.pdf.")] = None,
    by: options.By = None,
) -> None:
    """Seal the scan of a document that was signed in ink, with what is known of it.

    Every file stays in it with the bytes that came. The digest printed on each page has to be compared with the
    document by a person, who is named. registry import takes the consent in."""
    from registry.cli import papers
    from registry.services import stating

    run: Run = ctx.obj
    target = Path(out) if out else Path(issued).with_suffix(".signed.pdf")
    report = stating.state_wet_ink(
        Path(issued), [Path(name) for name in scans], target, signed_at=typed.moment("--signed-at", signed_at),
        signers=_signers(signed), declined=typed.split(decline or []),
        reception=_reception(run, by, received_at, received_from, paper_at, compared_by), keys=papers.keys(run),
        now=run.now, archive=papers.archive(run, by),
    )  # fmt: skip
    run.screen.answer([str(target), report.headline])
    run.screen.about([f"registry import {target}    takes its consent in"])


@command(
    app,
    example="registry document foreign docusigned.pdf --terms okafor.yaml \\\n"
    '  --signed performer="Adaeze Okafor" --received-from "R. Lindqvist"',
)
def foreign(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="PDF", help="The file as it came, signed with another product.")],
    terms: Annotated[
        str, typer.Option("--terms", metavar="FILE", help="A registry file with the consent, as a person read it.")
    ],
    signed: options.SignedBy,
    received_at: Annotated[str | None, typer.Option("--received-at", metavar="WHEN", help="When it came.")] = None,
    received_from: Annotated[str | None, typer.Option("--received-from", metavar="NAME", help="Who sent it.")] = None,
    company: options.Company = None,
    out: Annotated[str | None, typer.Option("--out", metavar="FILE", help="Else the name with .statement.pdf.")] = None,
    by: options.By = None,
) -> None:
    """Keep a file that was signed with another product, byte for byte, and seal our statement of what it grants.

    Its signatures are judged leniently, and the statement says what was found; whom to trust is another question.
    registry import takes the consent in."""
    from registry.cli import papers
    from registry.cli.output import paragraph
    from registry.services import stating

    run: Run = ctx.obj
    consent = papers.draft(run, terms)
    kept = papers.archive(run, by)
    if kept is None:
        raise UsageError(f"There is no registry in {run.settings.home}.", "registry init")
    named = {production for grant in consent.grants for production in grant.productions}
    world = run.store.load(performers=[consent.performer], productions=sorted(named))
    target = Path(out) if out else Path(file).with_suffix(".statement.pdf")
    report, judged = stating.state_foreign(
        Path(file), consent, world, target, company=papers.company(run, company), signers=_signers(signed),
        reception=_reception(run, by, received_at, received_from, None, None), keys=papers.keys(run), now=run.now,
        archive=kept,
    )  # fmt: skip
    run.screen.answer([str(target), report.headline])
    for finding in judged.findings:
        run.screen.answer(paragraph(finding, 1))
    run.screen.about([f"registry import {target}    takes its consent in"])


def _signers(given: list[str]) -> dict[str, str]:
    found = {}
    for item in given:
        place, equals, name = item.partition("=")
        if not equals or not place.strip() or not name.strip():
            raise UsageError(f"--signed {item} does not name a place and a person.", 'add --signed performer="NAME"')
        found[f"sig_{place.strip().removeprefix('sig_')}"] = name.strip()
    return found


def _reception(
    run: Run, by: str | None, at: str | None, sender: str | None, paper_at: str | None, compared_by: str | None
) -> Reception:
    from registry.services.stating import Reception

    return Reception(
        received_at=typed.moment("--received-at", at) if at else None,
        received_from=sender,
        operator=run.by(by),
        paper_at=paper_at,
        compared_by=compared_by,
    )


def _relative(run: Run, file: Path) -> str:
    return str(file.relative_to(run.cwd)) if file.is_relative_to(run.cwd) else str(file)


def _what(revision: Revision) -> str:
    if revision.step is Step.SIGNED:
        return f"{(revision.place or '').removeprefix('sig_')} signed, {revision.signer or 'not known who'}"
    return "issued and sealed" if revision.step is Step.ISSUED else STEPS[revision.step]


def _when(revision: Revision) -> str:
    return day(revision.recorded_at.date()) if revision.recorded_at else "not recorded"
