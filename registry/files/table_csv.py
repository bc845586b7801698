"""Tables as CSV: RFC 4180, UTF-8, lists separated by semicolons, and no cell that a spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from enum import Enum

from registry.files.cells import safe


def table_csv(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A header and its rows, each ended by a line feed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue()


def cell(value: object) -> str:
    """A value as text; lists joined by semicolons."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Enum():
            return cell(str(value.value))
        case dt.datetime() | dt.date():
            return value.isoformat()
        case list() | tuple():
            return cell(";".join(cell(part) for part in value))
    return safe(str(value))
