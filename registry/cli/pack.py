"""`registry pack`: packs of evidence, each written by one command and checked by another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry import __version__
from registry.cli import options, typed
from registry.cli.clock import clocks
from registry.cli.commands import command, group
from registry.cli.output import WIDTH, labelled, paragraph, wrap
from registry.cli.phrases import count, listing
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.services.bundles.asking import Asked
    from registry.services.bundles.making import Made

app = group(
    "Packs of evidence: for delivery, awards, a dispute, a performer. Files anybody can check.",
    example="registry pack delivery harbor --documents signed --out harbor.zip",
)

Output = Annotated[
    str | None, typer.Option("-o", "--out", metavar="PATH", help="A folder, or a ZIP if it ends in .zip.")
]
Documents = Annotated[
    list[str] | None, typer.Option("--documents", metavar="DIR", help="Where signed PDFs lie. May be repeated.")
]
Redact = Annotated[
    bool, typer.Option("--redact", help="Without birth dates, member numbers, contacts and signed papers.")
]
ProductionId = Annotated[str, typer.Argument(metavar="PRODUCTION", help="The production's id.")]


@command(
    app,
    example="registry pack delivery harbor --documents signed\n"
    "registry pack delivery harbor --territory DE --territory FR -o harbor-eu.zip",
)
def delivery(
    ctx: typer.Context,
    production: ProductionId,
    territory: options.Territories = None,
    documents: Documents = None,
    output: Output = None,
    redact: Redact = False,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    trust: options.Trust = None,
    paper: options.PaperSize = "A4",
) -> int:
    """For a distributor or an insurer: consents with their signed PDFs, every verdict, gaps, signatures, territories.

    Exit status: 0 every use may go ahead and every signed paper is there; 3 not all of that."""
    from registry.cli.checks import catalogue
    from registry.services.bundles import delivery as packing
    from registry.services.register import register

    run: Run = ctx.obj
    target = _target(output, f"delivery-{production}{'-redacted' if redact else ''}")
    asked = _asked(run, documents, trust, redact, paper)
    read = register(run.store, catalogue(run), clocks(run, as_of, known_at), production=production)
    made = packing.delivery(run.store, read, production, asked, tuple(typed.split(territory or [])))
    _written(run, made, target)
    whole = not made.missing and all(e.verdict.status is Status.CLEARED for e in read.entries)
    return int(Status.CLEARED if whole else Status.OPEN)


@command(app, example="registry pack awards harbor --role Mara --documents signed")
def awards(
    ctx: typer.Context,
    production: ProductionId,
    role: Annotated[str, typer.Option("--role", metavar="ROLE", help="The role, as the engagement has it.")],
    documents: Documents = None,
    output: Output = None,
    redact: Redact = False,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    trust: options.Trust = None,
    paper: options.PaperSize = "A4",
) -> None:
    """The evidence sheet of a role: who performed it, with what consent, and the nature of any use of AI."""
    from registry.cli.checks import catalogue
    from registry.files.bundle import plain_name
    from registry.services.bundles import awards as packing
    from registry.services.register import register

    run: Run = ctx.obj
    name = f"awards-{production}-{plain_name(role)}{'-redacted' if redact else ''}"
    target = _target(output, name)
    asked = _asked(run, documents, trust, redact, paper)
    read = register(run.store, catalogue(run), clocks(run, as_of, known_at), production=production)
    _written(run, packing.awards(run.store, read, production, role, asked), target)


@command(
    app,
    example="registry pack dispute u-41-fall --as-of 2026-12-07 --known-at 2026-12-07\n"
    "registry pack dispute 88 --as-of 2027-03-14 --known-at 2027-03-14",
)
def dispute(
    ctx: typer.Context,
    use: Annotated[str, typer.Argument(metavar="USE", help="A use on file, or a shot that several uses share.")],
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    documents: Documents = None,
    output: Output = None,
    redact: Redact = False,
    trust: options.Trust = None,
    paper: options.PaperSize = "A4",
) -> None:
    """Was it cleared then, and what was known? The answer then and now, papers, and the ledger that nothing changed."""
    from registry.cli.checks import catalogue
    from registry.files.bundle import plain_name
    from registry.services.bundles import dispute as packing
    from registry.services.register import register

    run: Run = ctx.obj
    target = _target(output, f"dispute-{plain_name(use)}{'-redacted' if redact else ''}")
    asked = _asked(run, documents, trust, redact, paper)
    rules = catalogue(run)
    later = register(run.store, rules, clocks(run, as_of, None), uses=[use])
    then_clocks = clocks(run, as_of, known_at)
    try:
        then = register(run.store, rules, then_clocks, uses=[use])
    except UsageError:  # not on file then: that is the answer
        then = register(run.store, rules, then_clocks, uses=[use], missing_is_empty=True)
    made = packing.dispute(run.store, then, later, use, asked)
    _written(run, made, target)
    for entry in then.entries:
        word = entry.verdict.verdict.value.replace("_", " ").upper()
        run.screen.about([f"{entry.use.id}, {then.name(entry.performer)}: {word} then, on what was known then."])


@command(app, example="registry pack performer okafor --documents signed")
def performer(
    ctx: typer.Context,
    performer: Annotated[str, typer.Argument(metavar="PERFORMER", help="The performer's id.")],
    documents: Documents = None,
    output: Output = None,
    redact: Redact = False,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    trust: options.Trust = None,
    paper: options.PaperSize = "A4",
) -> None:
    """Everything done with one performer: uses, custody, models, destruction, and what a withdrawal would stop.

    Of uses that several people share it has this performer's part alone. On the screen: registry performer ledger."""
    from registry.cli.checks import catalogue
    from registry.services.bundles.performer import performer_pack
    from registry.services.register import register

    run: Run = ctx.obj
    target = _target(output, f"performer-{performer}{'-redacted' if redact else ''}")
    asked = _asked(run, documents, trust, redact, paper)
    read = register(run.store, catalogue(run), clocks(run, as_of, known_at), performer=performer)
    _written(run, performer_pack(run.store, read, performer, asked), target)


@command(app, example="registry pack verify delivery-harbor\nregistry pack verify harbor.zip --digest 9f31…")
def verify(
    ctx: typer.Context,
    pack: Annotated[str, typer.Argument(metavar="PACK", help="The folder or the ZIP.")],
    seal: Annotated[
        str | None, typer.Option("--digest", metavar="HEX", help="The digest of its list, as you were told it.")
    ] = None,
    trust: options.Trust = None,
) -> int:
    """Check a pack offline, without any registry: files, ledger, signed papers, and the verdicts worked out again.

    Exit status: 0 everything holds, 4 something is not what was packed."""
    from registry.cli.checks import catalogue
    from registry.cli.papers import roots
    from registry.cli.verdict_json import line
    from registry.services.bundles.proving import prove

    run: Run = ctx.obj
    found = prove(
        Path(pack), roots=roots(run, trust or []), catalogue=catalogue(run), line=line, now=run.now, seal=seal
    )
    head = "CHANGED" if found.faults else "UNCHANGED"
    lines = wrap(
        f"{head} · {found.title or pack}, {found.kind}, known at {found.known_at or 'nobody knows when'}", WIDTH
    )
    for fault in found.faults:
        lines += paragraph(fault, 1)
    for check in found.checks:
        lines += labelled("holds", check)
    for each in found.left:
        lines += labelled("left", each)
    if not found.broken:
        lines += labelled("digest", found.seal)
        said = (
            "Compare the digest with the one you were told by another way: a pack that was made anew has another one."
        )
        lines += paragraph(f"{said} What was revoked since it was made it cannot know.", 1)
    run.screen.answer(lines)
    return int(Status.INTEGRITY if found.faults else Status.CLEARED)


def _target(output: str | None, name: str) -> Path:
    """Where the pack goes; refused before anything is made where something is there already."""
    from registry.services.bundles.making import refuse_taken

    target = Path(output or name)
    refuse_taken(target)
    return target


def _asked(run: Run, documents: list[str] | None, trust: list[str] | None, redact: bool, paper: str) -> Asked:
    from registry.cli.papers import roots
    from registry.cli.verdict_json import line
    from registry.services.bundles.asking import Asked

    sizes = {"a4": "A4", "letter": "letter"}
    if paper.lower() not in sizes:
        raise UsageError(f"--paper: {paper} is neither A4 nor letter.", "--paper A4")
    own = run.settings.home / "documents"
    folders = [Path(name) for name in documents or []] + ([own] if own.is_dir() else [])
    return Asked(
        folders=folders,
        roots=roots(run, trust or []),
        line=line,
        paper=sizes[paper.lower()],
        redact=redact,
        program=f"registry {__version__}",
    )


def _written(run: Run, made: Made, target: Path) -> None:
    """Put it in its place, and say its digest: whoever gets the pack is told that by another way."""
    from registry.services.bundles.making import place

    place(made, target)
    run.screen.answer([str(target)])
    lines = [f"{count(len(made.files), 'file')}; digest {made.seal}"]
    if made.missing:
        few = listing(made.missing[:6]) + (f" and {len(made.missing) - 6} more" if len(made.missing) > 6 else "")
        lines += paragraph(f"No file was found for the signed papers of {few}: add --documents DIR.")
    lines += [f"registry pack verify {target}"]
    run.screen.about(lines)
