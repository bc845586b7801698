"""A clearance as a workbook: a sheet a list, ready to filter and to print; words beside every colour.

Rows are written as they come, so that the size of a schedule does not matter. No cell is ever a formula or a link: text
is stored as text, whatever it begins with.
"""

from __future__ import annotations

import datetime as dt
import re
from io import BytesIO
from typing import TYPE_CHECKING, Any

from registry.domain.clearance import Light
from registry.domain.clearance_report import ClearanceReport
from registry.files.cells import safe
from registry.files.clearance_table import Cell, Line, Table, tables

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_COLOURS = {Light.RED: ("#F6D5D1", "#7A150B"), Light.AMBER: ("#FBE7B5", "#5E4300"), Light.GREEN: ("#D8EBD3", "#1D4A16")}
_PAPERS = {"letter": 1, "a4": 9}
_LONGEST = 32_000  # characters; a cell holds 32,767
# What XML cannot hold, half a character among it.
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def clearance_xlsx(report: ClearanceReport, *, paper: str = "letter") -> bytes:
    """The bytes of the workbook; the same report gives the same bytes. `paper` is letter or a4."""
    from xlsxwriter import Workbook

    out = BytesIO()
    options = {
        "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = Workbook(out, options)
    made_at = report.made_at.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": _text(f"Clearance · {report.title} · {report.span}"), "created": made_at})
    formats = _Formats(book)
    for table in tables(report):
        _sheet(book.add_worksheet(table.name), table, report, formats, paper)
    book.close()
    return out.getvalue()


class _Formats:
    """The looks of cells: head, text, day, moment, and the answer in its light."""

    def __init__(self, book: Workbook) -> None:
        plain = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
        self.head = book.add_format(plain | {"bold": True, "bottom": 1, "bg_color": "#E8E8E4"})
        self.text = book.add_format(plain)
        self.day = book.add_format(plain | {"num_format": "ddd d mmm yyyy", "align": "left"})
        self.moment = book.add_format(plain | {"num_format": "ddd d mmm yyyy hh:mm", "align": "left"})
        self.answer = {
            light: book.add_format(plain | {"bold": True, "bg_color": ground, "font_color": ink})
            for light, (ground, ink) in _COLOURS.items()
        }


def _sheet(sheet: Worksheet, table: Table, report: ClearanceReport, formats: _Formats, paper: str) -> None:
    sheet.set_landscape()
    sheet.set_paper(_PAPERS[paper])
    sheet.set_margins(left=0.4, right=0.4, top=0.8, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    running = f"{report.title} · clearance · {report.span}".replace("&", "&&")
    sheet.set_header(f"&L&9{_text(running)[:180]}&R&9{table.name}", {"scale_with_doc": False})
    sheet.set_footer(f"&L&7SHA-256 {report.digest}&R&9Page &P of &N", {"scale_with_doc": False})
    for n, column in enumerate(table.columns):
        sheet.set_column(n, n, column.width)
    sheet.freeze_panes(1, 0)
    if table.lines and table.name != "About":
        sheet.autofilter(0, 0, len(table.lines), len(table.columns) - 1)
    for n, column in enumerate(table.columns):
        sheet.write_string(0, n, column.heading, formats.head)
    for row, line in enumerate(table.lines, start=1):
        _write(sheet, row, line, table, formats)


def _write(sheet: Worksheet, row: int, line: Line, table: Table, formats: _Formats) -> None:
    for n, cell in enumerate(line.cells):
        look = formats.answer[line.light] if line.light is not None and n == table.answer else None
        _cell(sheet, row, n, cell, look, formats)


def _cell(sheet: Worksheet, row: int, column: int, cell: Cell, look: Any, formats: _Formats) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, dt.datetime):
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), formats.moment)
    elif isinstance(cell, dt.date):
        sheet.write_datetime(row, column, cell, formats.day)
    elif isinstance(cell, int):
        sheet.write_number(row, column, cell, formats.text)
    else:
        sheet.write_string(row, column, _text(safe(cell)), look or formats.text)


def _text(text: str) -> str:
    """What a cell can hold of a text; what is cut off is said."""
    kept = _UNWRITABLE.sub("", text)
    return kept if len(kept) <= _LONGEST else f"{kept[:_LONGEST]} … (cut: {len(kept):,} characters)"
