"""`registry rates`: rate cards that users bring. Their figures count before those of the packs, from their day on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import lists, options, typed
from registry.cli.checks import catalogue
from registry.cli.commands import command, group
from registry.cli.output import labelled, paragraph
from registry.cli.phrases import count, day, listing
from registry.cli.proposed import read_text
from registry.cli.run import Run

if TYPE_CHECKING:
    from registry.services.rates import RateLine

app = group("Bring a rate card, and see the figures on file.", example="registry rates import card-2026.yaml")


@command(app, "import", example="registry rates import card-2026.yaml --by 'P. Osei'")
def import_(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A rate card (docs/formats.md); - is the input.")],
    by: options.By = None,
) -> None:
    """Read a rate card: from the day it names each figure counts before the pack's own, with its grade and source.

    Every fault is told at once; one fault, and nothing is imported. The packs themselves stay as they are."""
    from registry.services import rates

    run: Run = ctx.obj
    shown = "standing input" if file == "-" else file
    lines, receipt = rates.import_rates(run.store, read_text(file), shown, catalogue(run), by=run.by(by), now=run.now)
    if not receipt.added and not receipt.versions:
        run.screen.answer(["Nothing new: all of it is on file."])
        return
    run.screen.answer(_told(lines))
    told = [count(receipt.added, "figure") + " new"] if receipt.added else []
    told += [f"{receipt.versions} corrected"] if receipt.versions else []
    told += [f"{receipt.unchanged} on file already"] if receipt.unchanged else []
    run.screen.about([f"{listing(told)}."])


@command(app, "list", example="registry rates list\nregistry rates list --known-at 2026-10-01")
def list_(
    ctx: typer.Context,
    known_at: options.KnownAt = None,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> None:
    """What do the rate cards on file say? Every figure, from when it counts, in which packs, and who brought it."""
    from registry.services import rates

    run: Run = ctx.obj
    moment = typed.end_of("--known-at", known_at, run.now) if known_at else None
    lines = rates.list_rates(run.store, catalogue(run), known_at=moment)
    if json or csv:
        lists.answer(run, _LISTED, [_row(line) for line in lines], json=json, csv=csv)
        return
    run.screen.answer(_told(lines) if lines else ["No rate card is on file; the figures are those of the packs."])


_LISTED = ["name", "value", "from", "grade", "source", "by", "packs"]


def _row(line: RateLine) -> list[str]:
    rate = line.rate
    value = "" if rate.value is None else str(rate.value)
    return [rate.name, value, rate.from_.isoformat(), rate.grade.value, rate.source, rate.by, ";".join(line.packs)]


def _told(lines: Sequence[RateLine]) -> list[str]:
    """A figure in three lines: what and from when, where it was read, where it counts."""
    told: list[str] = []
    for n, line in enumerate(lines):
        rate = line.rate
        value = f"{rate.value or 'not known'} from {day(rate.from_)}, grade {rate.grade.value}"
        told += [*([""] * bool(n)), *labelled("", value, rate.name, indent=1)]
        told += paragraph(f"{rate.source} · read by {rate.by}", 3)
        told += paragraph(f"counts in {listing(line.packs) or 'no pack'}", 3)
    return told
