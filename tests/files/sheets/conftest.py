"""Sheets made for a test: CSV as spreadsheets save it, XLSX with merged cells, formulas, hidden rows."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from registry.domain.production import Production
from registry.domain.schedule import Sheet
from registry.errors import FileError
from registry.files.registry_file import read_registry
from registry.files.sheets import read_sheet
from registry.rules.dictionary import load_dictionary

Rows = Sequence[Sequence[Any]]
Read = Callable[..., Sheet]


@pytest.fixture(scope="session")
def harbor(checkout: Path) -> Production:
    """The production of the example world: Los Angeles, photography 14 Sep 2026 to 29 Jan 2027."""
    text = (checkout / "examples" / "world.yaml").read_text(encoding="utf-8")
    return next(p for p in read_registry(text, "world.yaml", load_dictionary()).productions if p.id == "harbor")


@pytest.fixture(scope="session")
def read(harbor: Production) -> Read:
    """`read(rows)` or `read(data, file=…)`: a sheet of the production, as the program reads it."""

    def reading(what: Rows | bytes, **options: Any) -> Sheet:
        data = what if isinstance(what, bytes) else comma(what)
        options.setdefault("production", harbor)
        return read_sheet(data, options.pop("file", "sheet.csv"), dictionary=load_dictionary(), **options)

    return reading


@pytest.fixture(scope="session")
def faults(read: Read) -> Callable[..., list[str]]:
    """What a sheet is refused for, a line a fault; the sheet must not be read."""

    def refusing(what: Rows | bytes, **options: Any) -> list[str]:
        with pytest.raises(FileError) as refused:
            read(what, **options)
        return [line.strip() for line in refused.value.lines()[1:]]

    return refusing


def comma(rows: Rows, separator: str = ",", end: str = "\r\n") -> bytes:
    """Rows as CSV in UTF-8."""
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator=end).writerows(rows)
    return text.getvalue().encode()


def workbook(
    rows: Rows | dict[str, Rows],
    *,
    merge: Sequence[tuple[int, int, int, int]] = (),
    hide: Sequence[int] = (),
    hide_columns: Sequence[int] = (),
    formats: dict[tuple[int, int], str] | None = None,
    formulas: dict[tuple[int, int], tuple[str, Any]] | None = None,
    hidden: Sequence[str] = (),
    **options: Any,
) -> bytes:
    """Rows as XLSX: a list for one sheet, a mapping for several. `merge` are (top, left, bottom, right), `formulas` the
    text and the cached value of a cell (None: none is cached)."""
    data = io.BytesIO()
    book = xlsxwriter.Workbook(data, {"in_memory": True, "default_date_format": "d mmm yyyy", **options})
    for name, cells in (rows if isinstance(rows, dict) else {"Sheet1": rows}).items():
        sheet = book.add_worksheet(name)
        for r, row in enumerate(cells):
            for c, value in enumerate(row):
                style = (formats or {}).get((r, c))
                if value not in (None, ""):
                    sheet.write(r, c, value, *([book.add_format({"num_format": style})] if style else []))
        for top, left, bottom, right in merge:
            sheet.merge_range(top, left, bottom, right, cells[top][left])
        for row in hide:
            sheet.set_row(row, None, None, {"hidden": True})
        for column in hide_columns:
            sheet.set_column(column, column, None, None, {"hidden": True})
        for (r, c), (text, value) in (formulas or {}).items():
            sheet.write_formula(r, c, text, None, "" if value is None else value)
        if name in hidden:
            sheet.hide()
    book.close()
    made = data.getvalue()
    bare = [cell for cell, (_, value) in (formulas or {}).items() if value is None]
    return repacked(made, {"xl/worksheets/sheet1.xml": _without_values}) if bare else made


def _without_values(xml: bytes) -> bytes:
    """A worksheet as some programs save it: formulas, and what they came to left out."""
    return xml.replace(b"<v>0</v>", b"").replace(b"<v></v>", b"")


def repacked(data: bytes, change: dict[str, Callable[[bytes], bytes]], add: dict[str, bytes] | None = None) -> bytes:
    """A workbook with some of its parts changed or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, bytes)(old.read(name)))
        for name, part in (add or {}).items():
            new.writestr(name, part)
    return out.getvalue()
