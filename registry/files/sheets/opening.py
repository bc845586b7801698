"""A file as grids, by what it is and not by what it is called."""

from __future__ import annotations

from registry.errors import Fault, FileError
from registry.files.sheets.comma import read_csv
from registry.files.sheets.grid import Grid

MOST_BYTES = 64 * 1024 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED = "EncryptedPackage".encode("utf-16-le")


def open_sheets(data: bytes, file: str) -> tuple[Grid, ...]:
    """The sheets of a CSV or XLSX file, as bytes. Raises FileError, saying what to save instead."""
    if problem := _refused(data):
        raise FileError(file, [Fault(None, "", problem)], "nothing read")
    if data.startswith(b"PK"):
        from registry.files.sheets.workbook import read_workbook

        return read_workbook(data, file)
    grid = read_csv(data, file)
    if not grid.rows:
        problem = "nothing in it; write the names of the columns first"
        raise FileError(file, [Fault(None, "", problem)], "nothing read")
    return (grid,)


def _refused(data: bytes) -> str | None:
    if len(data) > MOST_BYTES:
        return f"{len(data) // 1024 // 1024} MB; a sheet has at most {MOST_BYTES // 1024 // 1024} MB: split it"
    if not data.strip(b" \t\r\n\0"):
        return "nothing in it; write the names of the columns first"
    if data.startswith(_OLE):
        locked = _LOCKED in data
        return (
            "protected with a password; save it without one"
            if locked
            else "an old workbook (.xls) or another file of that age; save it as .xlsx or .csv"
        )
    if data.startswith(b"%PDF"):
        return "a PDF; ask for the sheet itself, as .xlsx or .csv"
    if data.startswith(b"{\\rtf"):
        return "a text document (.rtf); copy its table into a sheet and save that as .xlsx"
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<workbook")):
        return "a web page or XML under another name; open it in a spreadsheet and save it as .xlsx or .csv"
    return None
