"""A clearance as one CSV: planned uses, things to do, concerns, people and changes, each line named by its list."""

from __future__ import annotations

import csv
import datetime as dt
import io

from registry.domain.clearance_report import ClearanceReport
from registry.files.cells import safe
from registry.files.clearance_table import Cell, flat


def clearance_csv(report: ClearanceReport) -> str:
    """The text of the file: RFC 4180, lines end with CR LF, no cell begins a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for cells in flat(report):
        writer.writerow([_written(cell) for cell in cells])
    return out.getvalue()


def _written(cell: Cell) -> str:
    """Days as 2026-11-30, moments with their offset from UTC."""
    if cell is None:
        return ""
    if isinstance(cell, dt.datetime):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return safe(cell) if isinstance(cell, str) else str(cell)
