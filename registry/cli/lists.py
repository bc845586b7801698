"""A list as it is asked for: a table for eyes, CSV for a spreadsheet, or one JSON object a line."""

from __future__ import annotations

import csv as tables
import io
import json as lines
from collections.abc import Sequence

from registry.cli.output import table
from registry.cli.run import Run


def answer(
    run: Run,
    header: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    json: bool = False,
    csv: bool = False,
    empty: str = "None.",
) -> None:
    """Print rows under their header. A machine gets the same cells, none cut off; no cell of a CSV is a formula."""
    if json:
        keys = [name.replace(" ", "_") for name in header]
        run.screen.answer(lines.dumps(dict(zip(keys, row, strict=True)), ensure_ascii=False) for row in rows)
    elif csv:
        run.screen.answer(_csv([header, *rows]))
    elif rows:
        run.screen.answer(table(rows, header))
    else:
        from registry.cli.first_run import begin

        run.screen.answer([empty])
        run.screen.about(begin(run) if run.has_registry else [])


def _csv(rows: Sequence[Sequence[str]]) -> list[str]:
    from registry.files.cells import safe

    text = io.StringIO()
    writer = tables.writer(text, lineterminator="\n")
    writer.writerows([[safe(cell) for cell in row] for row in rows])
    return text.getvalue().splitlines()
