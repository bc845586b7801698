"""A sheet of a production office into the registry: what it would record, then recording it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from registry.cli.output import paragraph, table
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.domain.schedule import Schedule, SheetKind
from registry.errors import UsageError
from registry.files.sheets import Columns, read_columns
from registry.rules.dictionary import load_dictionary
from registry.services.sheets import planning
from registry.source.spelling import nearest


class Asked(NamedTuple):
    """What was typed beside the file."""

    production: str | None
    episode: str | None
    kind: str | None
    columns: str | None
    sheet: str | None
    dry_run: bool


def take_in(run: Run, name: str, asked: Asked, by: str | None, beside: Sequence[Schedule] = ()) -> tuple[Schedule, ...]:
    """Plan one sheet, show the plan, and record it unless this is a dry run. `beside` are the schedules that sheets
    before it would record; with those of this one they are the answer."""
    columns = read_columns(read_text(asked.columns), asked.columns) if asked.columns else None
    planned = planning.plan(
        run.store,
        sheet_bytes(name),
        "standing input" if name == "-" else name,
        production=asked.production,
        dictionary=load_dictionary(),
        kind=_kind(asked.kind),
        episode=asked.episode,
        columns=columns or Columns(),
        sheet=asked.sheet,
        beside=beside,
    )
    schedules = (*beside, *planned.world.schedules)
    run.screen.answer(_told(planned, dry=asked.dry_run))
    run.screen.about(line for note in planned.notes for line in paragraph(note, 1))
    if asked.dry_run:
        run.screen.about(["Nothing was recorded: this was a dry run."])
        return schedules
    name_of = planning.record(run.store, planned, by=run.by(by), now=run.now)
    if name_of is not None:
        run.screen.about(
            [f"Recorded as import {name_of}.", f"registry import --undo {name_of} --because …    takes it back"]
        )
    return schedules


def _told(planned: planning.Plan, *, dry: bool) -> Iterable[str]:
    what = f"{planned.file}: {planned.kind.value} of {planned.production.title}"
    if not planned.new:
        return [f"{what}. Nothing new: all of it is on file."]
    states = {"added": "new", "changed": "changed", "unchanged": "on file already"}
    tally = [
        f"{len(found):,} {said}"
        for state, said in states.items()
        if (found := [step for step in planned.steps if step.state == state])
    ]
    rows = [
        [step.state if step.state == "added" else "version", step.noun, step.id, step.told]
        for step in planned.steps
        if step.state != "unchanged"
    ]
    return [f"{what}: {', '.join(tally)}.", *table(rows, indent=1)]


def _kind(typed: str | None) -> SheetKind | None:
    if typed is None:
        return None
    if typed in set(SheetKind):
        return SheetKind(typed)
    meant = nearest(typed, list(SheetKind))
    hint = f"; did you mean {meant}?" if meant else "."
    raise UsageError(f"There is no kind of sheet {typed}{hint}", f"--as one of: {', '.join(SheetKind)}")


def sheet_bytes(name: str) -> bytes:
    """The bytes of a file; a sheet is no text until its encoding is known."""
    if name == "-":
        return sys.stdin.buffer.read()
    path = Path(name)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        meant = nearest(path.name, (p.name for p in path.parent.iterdir())) if path.parent.is_dir() else None
        hint = f"ls {path.parent}" if meant is None else f"the nearest name there is {path.parent / meant}"
        raise UsageError(f"There is no file {name}.", hint) from None
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {error.strerror}.", f"ls -l {name}") from None
