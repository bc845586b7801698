"""Imports of sheets, listed, shown and undone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from registry.cli import sheets
from registry.cli.output import table
from registry.cli.phrases import moment
from registry.cli.run import Run
from registry.domain.imported import Changed, Import
from registry.errors import UsageError
from registry.services.sheets import undoing


def answer(run: Run, *, show: str | None, undo: str | None, because: str | None, by: str | None) -> None:
    """The list of imports, one of them in full, or one of them undone."""
    if undo is not None:
        _undo(run, undo, because, by)
    elif show is not None:
        run.screen.answer(_sheet(undoing.find(run.store, show)))
    else:
        rows = [
            [one.id, _when(one), f"{one.kind.value} of {one.production}", _brought(one)]
            for one in undoing.imports(run.store)
        ]
        header = ["id", "when", "sheet", "brought"]
        run.screen.answer(table(rows, header) if rows else ["No sheet was imported yet."])


def _undo(run: Run, name: str, because: str | None, by: str | None) -> None:
    if not because:
        raise UsageError("An import is undone for a reason.", f"registry import --undo {name} --because …")
    imported = undoing.find(run.store, name)
    undone = undoing.undo(run.store, imported, because=because, by=run.by(by), now=run.now)
    rows = [["no longer counts", change.noun, change.id] for change in undone.withdrawn]
    rows += [["as before", change.noun, change.id] for change in undone.restored]
    run.screen.answer([f"Import {imported.id} of {imported.file} is undone.", *table(rows, indent=1)])
    run.screen.about(["What was recorded stays in the ledger; importing the file again brings it back."])


def _sheet(one: Import) -> Iterable[str]:
    lines = [f"{one.id}   {one.kind.value} of {one.production}"]
    lines += sheets.line("file", one.file)
    lines += sheets.line("sha256", one.sha256)
    lines += sheets.line("when", _when(one))
    lines += sheets.line("by", one.by)
    if one.undone_because:
        lines += sheets.line("undone", f"by {one.undone_by}: {one.undone_because}")
    return [*lines, *table([[_state(change), change.noun, change.id] for change in one.changes], indent=1)]


def _state(change: Changed) -> str:
    return "added" if change.before is None else "version"


def _brought(one: Import) -> str:
    """`3 performers, 2 engagements`, and whether that was undone."""
    nouns = Counter(change.noun for change in one.changes)
    told = ", ".join(f"{n} {noun}{'' if n == 1 else 's'}" for noun, n in nouns.items())
    return f"{told} (undone)" if one.undone_because else told


def _when(one: Import) -> str:
    return moment(one.recorded_at) if one.recorded_at else "unknown"
