"""CSV as spreadsheets save it: whichever separator, encoding and line end. Letters are never lost without a word."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence

from registry.errors import Fault, FileError
from registry.files.reading import shown_text
from registry.files.sheets.grid import MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Grid, address, refuse, trimmed
from registry.source import MOST_CHARACTERS

_SEPARATORS = (",", ";", "\t", "|")
_LOST = "surrogateescape"
_MARKS = frozenset("ÃÂâÅÄÐÑ")  # how letters of UTF-8 begin where they are read as Windows-1252


def read_csv(data: bytes, file: str) -> Grid:
    """The one sheet of a CSV file. Raises FileError with every cell that cannot be read."""
    text, notes = _decoded(data)
    if len(text) > MOST_CHARACTERS:
        raise FileError(file, [Fault(None, "", f"{len(text):,} characters; split the file")], "nothing read")
    rows = _rows(text, file)
    faults = [fault for r, row in enumerate(rows) for c, cell in enumerate(row) if (fault := _fault(r, c, cell))]
    if not faults and notes:
        foreign = ((r, c, cell) for r, row in enumerate(rows) for c, cell in enumerate(row) if not cell.isascii())
        r, c, cell = next(foreign)
        notes = [f"{notes[0]} {address(r, c)} reads {shown_text(cell)}: check that it is right."]
    if faults:
        raise FileError(file, faults[:200], "nothing read")
    formulas = frozenset(
        (r, c) for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.lstrip().startswith("=")
    )
    return Grid(sheet="", rows=trimmed(rows), formulas=formulas, notes=tuple(notes))


def _decoded(data: bytes) -> tuple[str, list[str]]:
    """The text; a byte that is no letter becomes a lone surrogate, which `_fault` finds in its cell."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace").removeprefix("\ufeff"), []
    head = data[:2000]
    if head[1::2].count(0) > len(head) // 3:
        return data.decode("utf-16-le", "replace"), []
    if head[::2].count(0) > len(head) // 3:
        return data.decode("utf-16-be", "replace"), []
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        mixed = data.decode("utf-8", _LOST)
    if any(ord(c) > 0x7F and not "\udc80" <= c <= "\udcff" for c in mixed):
        return mixed, []  # two encodings in one file: nobody can tell which letters are meant
    try:
        return data.decode("cp1252"), ["Not UTF-8; read as Windows-1252 (Western European)."]
    except UnicodeDecodeError:
        return "".join(_one(byte) for byte in data), []


def _one(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(0xDC00 + byte)


def _fault(r: int, c: int, cell: str) -> Fault | None:
    if cell.isascii() and cell.isprintable() and len(cell) < 1000:
        return None
    where = address(r, c)
    if any("\udc80" <= letter <= "\udcff" for letter in cell):
        shown = shown_text("".join("?" if "\udc80" <= letter <= "\udcff" else letter for letter in cell))
        return Fault(None, f"{where}: {shown}", "not a letter in UTF-8 nor in Windows-1252; save the file as UTF-8")
    if meant := _meant(cell):
        problem = f"saved twice in different encodings; {shown_text(meant)} is meant: save the file as UTF-8 again"
        return Fault(None, f"{where}: {shown_text(cell)}", problem)
    return refuse(where, cell)


def _meant(cell: str) -> str | None:
    """`José` for `JosÃ©`: UTF-8 that was taken for Windows-1252 and saved so."""
    if not _MARKS.intersection(cell):
        return None
    try:
        found = cell.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return None
    return found if found != cell else None


def _rows(text: str, file: str) -> list[list[str]]:
    separator, body = _separator(text)
    rows: list[list[str]] = []
    cells = 0
    lines = list(io.StringIO(body, newline=""))
    table = csv.reader(lines, delimiter=separator, strict=False)
    read = 0
    try:
        for row in table:
            if table.line_num > read + 1 or table.line_num == len(lines):
                _closed(lines[read : table.line_num], row, len(rows), separator, file)
            read = table.line_num
            rows.append(row)
            cells += len(row)
            if len(rows) > MOST_ROWS or len(row) > MOST_COLUMNS or cells > MOST_CELLS:
                problem = f"more than {MOST_ROWS:,} rows or {MOST_COLUMNS:,} columns; split the table"
                raise FileError(file, [Fault(None, address(len(rows) - 1, 0), problem)], "nothing read")
    except csv.Error as error:
        problem = "a cell of more than 131,072 characters" if "limit" in str(error) else f"not CSV: {error}"
        raise FileError(file, [Fault(None, address(len(rows), 0), problem)], "nothing read") from None
    return rows


def _closed(lines: Sequence[str], row: Sequence[str], number: int, separator: str, file: str) -> None:
    """Raises FileError where a quotation mark that nothing closes has swallowed what follows it."""
    try:
        list(csv.reader(lines, delimiter=separator, strict=True))
    except csv.Error:
        swallowed = [c for c, cell in enumerate(row) if "\n" in cell or "\r" in cell]
        if not swallowed and len(lines) == 1 and lines[0].count('"') % 2 == 0:
            return
        column = swallowed[0] if swallowed else len(row) - 1
        shown = shown_text((row[column].splitlines() or [""])[0])
        problem = "a quotation mark opens a cell here and nothing closes it; take it out, or close it"
        raise FileError(file, [Fault(None, f"{address(number, column)}: {shown}", problem)], "nothing read") from None


def _separator(text: str) -> tuple[str, str]:
    """What sets the columns apart, and the text without a line that only says so (`sep=;`)."""
    first, _, rest = text.partition("\n")
    declared = first.strip().strip('"').casefold()
    if declared.startswith("sep=") and len(declared) == 5:
        return first.strip().strip('"')[4], f"\n{rest}"
    return max(_SEPARATORS, key=lambda one: (_fit(text, one), -_SEPARATORS.index(one))), text


def _fit(text: str, separator: str) -> tuple[int, int]:
    """How well a separator suits: the words of a heading it sets free in one row, then the rows of one width."""
    from registry.files.sheets.headings import known_headings

    sample = io.StringIO(text[:60_000], newline="")
    rows: list[list[str]] = []
    try:
        for row in csv.reader(sample, delimiter=separator):
            rows.append(row)
            if len(rows) == 80:
                break
    except csv.Error:
        return 0, 0
    headings = max((known_headings(row) for row in rows), default=0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    return headings if headings > 1 else 0, max(widths.values(), default=0)
