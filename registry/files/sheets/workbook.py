"""XLSX: looked through as bytes before anything is believed, then read. A workbook can be made to do harm; a sheet of
a production office never needs what makes that possible."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from xml.parsers import expat

from registry.errors import Fault, FileError
from registry.files.reading import shown_text
from registry.files.sheets.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Grid,
    Value,
    address,
    refuse,
    trimmed,
)

MOST_ENTRIES = 2_000
MOST_BYTES = 128 * 1024 * 1024  # of one workbook, unpacked
MOST_RATIO = 100  # of what is larger than a megabyte; a dense schedule is packed to a twentieth
_CHUNK = 256 * 1024
_OUTCOME = "nothing read"
_ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})


class _Danger(Exception):  # noqa: N818 - not an error of ours: what a file does
    """Something in a workbook that no sheet needs; the message is what to tell."""


class _Scan(NamedTuple):
    """What a look at the XML of a sheet tells: which cells calculate, which rows and columns are hidden, how far it
    reaches."""

    formulas: frozenset[tuple[int, int]]
    empty: frozenset[tuple[int, int]]  # of the formulas, those without a value
    hidden: frozenset[int]
    last: tuple[int, int]
    hidden_columns: frozenset[int] = frozenset()


def read_workbook(data: bytes, file: str) -> tuple[Grid, ...]:
    """Every sheet with something on it, in the order of the workbook. Raises FileError."""
    try:
        scans = _scanned(data)
        return _grids(data, file, scans)
    except _Danger as danger:
        raise FileError(file, [Fault(None, "", str(danger))], _OUTCOME) from None


def _scanned(data: bytes) -> dict[str, _Scan]:
    """The worksheets by their part of the archive. Raises _Danger."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError):
        raise _Danger("damaged, or no workbook; open it and save it again as .xlsx") from None
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    _refuse_other_programs(names, archive)
    _refuse_bombs(entries, data)
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise _Danger("takes values from other workbooks; copy the sheet and paste it as values")
    scans: dict[str, _Scan] = {}
    room = MOST_BYTES
    for entry in entries:
        sheet = entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml")
        look = _Look() if sheet else None
        if entry.filename.endswith((".xml", ".rels", ".vml")):
            room -= _parse(_unpacked(data, entry, room), entry.filename, look)
        else:
            room -= sum(len(chunk) for chunk in _unpacked(data, entry, room))
        if look is not None:
            scans[entry.filename] = look.found()
    return scans


def _refuse_other_programs(names: list[str], archive: zipfile.ZipFile) -> None:
    held = set(names)
    if len(held) < len(names):
        raise _Danger("holds one part twice; open it and save it again as .xlsx")
    if any(name.startswith("xl/") and name.endswith("vbaProject.bin") for name in names):
        raise _Danger("holds macros (.xlsm); save it as .xlsx, which has none")
    if "xl/workbook.bin" in held:
        raise _Danger("a binary workbook (.xlsb); save it as .xlsx")
    if "content.xml" in held and "mimetype" in held:
        raise _Danger("an OpenDocument file (.ods); save it as .xlsx or .csv")
    if any(name.startswith("Index/") and name.endswith((".iwa", ".zip")) for name in names):
        raise _Danger("a Numbers document; export it as .xlsx or .csv")
    if "word/document.xml" in held:
        raise _Danger("a text document (.docx); copy its table into a sheet and save that as .xlsx")
    if "xl/workbook.xml" not in held:
        raise _Danger("an archive, not a workbook; save the sheet as .xlsx or .csv")


def _refuse_bombs(entries: list[zipfile.ZipInfo], data: bytes) -> None:
    if len(entries) > MOST_ENTRIES:
        raise _Danger(f"{len(entries):,} parts; a workbook has at most {MOST_ENTRIES:,} here")
    if sum(entry.compress_size for entry in entries) > len(data):
        raise _Danger("its parts overlap; open it and save it again as .xlsx")
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise _Danger("protected with a password; save it without one")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise _Danger("packed in a way workbooks are not; open it and save it again as .xlsx")
        if entry.file_size > 1024 * 1024 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            times = entry.file_size // max(entry.compress_size, 1)
            raise _Danger(f"{shown_text(entry.filename)} unpacks to {times:,} times its size; that is no schedule")
    if sum(entry.file_size for entry in entries) > MOST_BYTES:
        raise _Danger(f"unpacks to more than {MOST_BYTES // 1024 // 1024} MB; split the workbook")


def _unpacked(data: bytes, entry: zipfile.ZipInfo, room: int) -> Iterator[bytes]:
    """A part, piece by piece. What its heading says of its size is not believed. Raises _Danger."""
    start = entry.header_offset
    head = data[start : start + 30]
    if len(head) < 30 or head[:4] != b"PK\x03\x04":
        raise _Danger("damaged; open it and save it again as .xlsx")
    start += 30 + int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little")
    packed = memoryview(data)[start : start + entry.compress_size]
    size = 0
    for chunk in _inflated(packed) if entry.compress_type == zipfile.ZIP_DEFLATED else (bytes(packed),):
        size += len(chunk)
        if size > min(room, entry.file_size):
            raise _Danger("unpacks to more than it says; that is no schedule")
        yield chunk
    if size != entry.file_size:
        raise _Danger("damaged; open it and save it again as .xlsx")


def _inflated(packed: memoryview) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-15)
    try:
        for at in range(0, len(packed), _CHUNK):
            rest = bytes(packed[at : at + _CHUNK])
            while rest:
                yield inflate.decompress(rest, _CHUNK)
                rest = inflate.unconsumed_tail
        while more := inflate.flush():
            yield more
    except zlib.error:
        raise _Danger("damaged; open it and save it again as .xlsx") from None


def _parse(chunks: Iterable[bytes], name: str, look: _Look | None) -> int:
    """Read one XML part through to the end, without believing any declaration; how many bytes it had."""
    parser = expat.ParserCreate(namespace_separator=None)
    parser.StartDoctypeDeclHandler = _no_declarations
    parser.EntityDeclHandler = _no_declarations
    if look is not None:
        parser.StartElementHandler = look.start
        parser.EndElementHandler = look.end
        parser.CharacterDataHandler = look.text
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError:
        raise _Danger(f"{shown_text(name)} in it is damaged; open it and save it again as .xlsx") from None
    return size


def _no_declarations(*_: object) -> None:
    raise _Danger("declares entities of its own, which no spreadsheet does; open it and save it again as .xlsx")


class _Look:
    """The elements of one worksheet as they pass by."""

    def __init__(self) -> None:
        self._formulas: set[tuple[int, int]] = set()
        self._empty: set[tuple[int, int]] = set()
        self._hidden: set[int] = set()
        self._columns: set[int] = set()  # those that are hidden
        self._row = self._column = -1
        self._last = [-1, -1]
        self._cells = 0
        self._formula = self._value = self._in_value = False

    def start(self, tag: str, given: dict[str, str]) -> None:
        match tag.rpartition(":")[2]:
            case "row":
                self._row = _whole(given.get("r")) - 1 if "r" in given else self._row + 1
                self._column = -1
                if given.get("hidden") in ("1", "true"):
                    self._hidden.add(self._row)
            case "col" if given.get("hidden") in ("1", "true"):
                first, last = _whole(given.get("min")) - 1, _whole(given.get("max"))
                self._columns.update(range(first, min(last, MOST_COLUMNS)))
            case "c":
                self._column += 1
                if "r" in given:
                    self._row, self._column = _place(given["r"])
                self._formula = self._value = False
            case "f":
                self._formula = True
            case "v" | "t":
                self._in_value = True

    def text(self, text: str) -> None:
        if self._in_value and text.strip():
            self._value = True

    def end(self, tag: str) -> None:
        match tag.rpartition(":")[2]:
            case "v" | "t":
                self._in_value = False
            case "c" if self._formula or self._value:
                self._count()

    def _count(self) -> None:
        place = (self._row, self._column)
        if self._formula:
            self._formulas.add(place)
            if not self._value:
                self._empty.add(place)
        self._cells += 1
        self._last = [max(self._last[0], self._row), max(self._last[1], self._column)]
        if self._row >= MOST_ROWS or self._column >= MOST_COLUMNS:
            problem = f"something stands in {address(*place)}; a sheet has at most {MOST_ROWS:,} rows and "
            raise _Danger(f"{problem}{MOST_COLUMNS:,} columns here")
        if self._cells > MOST_CELLS or (self._last[0] + 1) * (self._last[1] + 1) > 4 * MOST_CELLS:
            raise _Danger(f"more than {MOST_CELLS:,} cells; split the workbook")

    def found(self) -> _Scan:
        hidden = frozenset(row for row in self._hidden if row <= self._last[0])
        columns = frozenset(column for column in self._columns if column <= self._last[1])
        last = (self._last[0], self._last[1])
        return _Scan(frozenset(self._formulas), frozenset(self._empty), hidden, last, columns)


def _place(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    if not letters.isalpha() or not letters.isascii() or len(letters) > 3:
        raise _Danger(f"a cell is called {shown_text(reference)}; open it and save it again as .xlsx")
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return _whole(reference[len(letters) :]) - 1, column - 1


def _whole(written: str | None) -> int:
    if not written or not written.isascii() or not written.isdigit() or not 1 <= int(written[:9]) <= 1_048_576:
        raise _Danger(f"a row is called {shown_text(str(written))}; open it and save it again as .xlsx")
    return int(written[:9])


def _grids(data: bytes, file: str, scans: dict[str, _Scan]) -> tuple[Grid, ...]:
    book = _opened(data)
    parts = _asked(lambda: _parts(data))
    found: list[Grid] = []
    faults: list[Fault] = []
    several = len(book.sheets_metadata) > 1
    for sheet in book.sheets_metadata:
        if not str(sheet.typ).endswith("WorkSheet"):
            continue
        scan = scans.get(parts.get(sheet.name, ""), _Scan(frozenset(), frozenset(), frozenset(), (-1, -1)))
        grid = _grid(book, sheet, scan, several=several)
        if grid.rows:
            found.append(grid)
            faults += [fault for r, c, v in grid.cells() if (fault := _fault(grid, r, c, v))]
    if faults:
        raise FileError(file, faults[:200], _OUTCOME)
    if not found:
        raise _Danger("nothing in it; write the names of the columns first")
    return tuple(found)


def _opened(data: bytes) -> Any:
    from python_calamine import CalamineWorkbook

    return _asked(lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))


def _asked(question: Any) -> Any:
    """What the reader of workbooks answers; whatever stops it, a damaged file did."""
    try:
        return question()
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # its own panic is no Exception
        raise _Danger("damaged, or protected; open it and save it again as .xlsx") from error


def _grid(book: Any, sheet: Any, scan: _Scan, *, several: bool) -> Grid:
    read = _asked(lambda: book.get_sheet_by_name(sheet.name))
    rows: list[list[Value]] = [list(row) for row in _asked(lambda: read.to_python(skip_empty_area=False))]
    filled = set()
    for (top, left), (bottom, right) in read.merged_cell_ranges or ():
        value = _held(rows, top, left)
        if value == "":
            continue
        for r in range(top, min(bottom, len(rows) + 200) + 1):
            while len(rows) <= r:
                rows.append([])
            for c in range(left, min(right, left + MOST_COLUMNS) + 1):
                while len(rows[r]) <= c:
                    rows[r].append("")
                if (r, c) != (top, left) and rows[r][c] == "":
                    rows[r][c] = value
                    filled.add((r, c))
    for r, c in scan.empty:
        while len(rows) <= r:
            rows.append([])
        while len(rows[r]) <= c:
            rows[r].append("")
        rows[r][c] = "(formula)"  # something stands there, whatever it comes to
    return Grid(
        sheet=sheet.name if several else "",
        rows=trimmed(rows),
        formulas=scan.formulas,
        filled=frozenset(filled),
        hidden_rows=scan.hidden,
        hidden_columns=scan.hidden_columns,
        hidden=not str(sheet.visible).endswith(".Visible"),
    )


def _held(rows: list[list[Value]], row: int, column: int) -> Value:
    return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def _fault(grid: Grid, row: int, column: int, value: Value) -> Fault | None:
    if isinstance(value, dt.date) and not 1900 <= value.year <= 2200:
        return Fault(
            None, f"{grid.at(row, column)}: {value.isoformat()}", "not a day from 1900 to 2200; type it as text"
        )
    if isinstance(value, str) and value in _ERRORS and (row, column) not in grid.formulas:
        return Fault(None, f"{grid.at(row, column)}: {value}", "a formula that failed was pasted here; type the value")
    return refuse(grid.at(row, column), value)


def _parts(data: bytes) -> dict[str, str]:
    """The part of the archive that holds each sheet, by the name of the sheet."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    sheets: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "sheet" and "name" in given:
            link = next((value for key, value in given.items() if key.rpartition(":")[2] == "id"), "")
            sheets[given["name"]] = link

    def relation(tag: str, given: dict[str, str]) -> None:
        if tag.rpartition(":")[2] == "Relationship" and "Id" in given:
            target = given.get("Target", "")
            targets[given["Id"]] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"

    for name, handler in (("xl/workbook.xml", sheet), ("xl/_rels/workbook.xml.rels", relation)):
        if name in archive.namelist():
            parser = expat.ParserCreate()
            parser.StartElementHandler = handler
            parser.Parse(archive.read(name), True)
    return {name: targets.get(link, "") for name, link in sheets.items()}
