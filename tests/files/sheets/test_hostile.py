"""Files that mean harm, and files that are broken: refused with a sentence, or harmless."""

from __future__ import annotations

import datetime as dt
import io
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.schedule import SheetKind
from registry.errors import FileError
from registry.files.sheets.opening import open_sheets
from tests.files.sheets.conftest import Read, comma, repacked, workbook

Faults = Callable[..., list[str]]
CAST = [["No.", "Name", "Character"], ["4", "Ada Okafor", "Mara"], ["6", "Leo Marsh", "Tom Quill"]]
SHEET = "xl/worksheets/sheet1.xml"


def test_a_formula_in_a_column_that_is_read_is_refused_with_its_cell(faults: Faults) -> None:
    data = workbook(CAST, formulas={(2, 1): ('="Leo "&"Marsh"', "Leo Marsh")})
    assert faults(data) == ["B3: Leo Marsh  holds a formula; copy the column and paste it as values"]


def test_a_formula_that_was_never_calculated_drops_nobody(faults: Faults) -> None:
    data = workbook(CAST, formulas={(3, 1): ("=Other", None)})
    assert faults(data) == ["B4: (formula)  holds a formula; copy the column and paste it as values"]


def test_a_formula_in_a_column_that_is_not_read_is_harmless(read: Read) -> None:
    rows = [[*CAST[0], "Sum"], *([*row, 0] for row in CAST[1:])]
    sheet = read(workbook(rows, formulas={(1, 3): ("=1+1", 2), (2, 3): ('=HYPERLINK("http://x","y")', "y")}))
    assert [person.name for person in sheet.people] == ["Ada Okafor", "Leo Marsh"]


def test_a_formula_as_text_is_refused(faults: Faults) -> None:
    assert faults([*CAST, ["9", '=HYPERLINK("http://x";"Mina")', ""]]) == [
        'B4: =HYPERLINK("http://x";"Mina")  holds a formula; copy the column and paste it as values'
    ]


@pytest.mark.parametrize("times", [150, 400, 1000])
def test_a_zip_bomb_is_refused_and_memory_stays_flat(faults: Faults, times: int) -> None:
    size = 40 * 1024 * 1024
    piece = bytes(range(256)) * 4 if times < 400 else bytes(1024)
    bomb = (b"<a>" + piece.hex().encode() * (size // len(piece) // 2))[:size] if times < 400 else bytes(size)
    data = repacked(workbook(CAST), {SHEET: lambda _: bomb})
    tracemalloc.start()
    (told,) = faults(data, file="bomb.xlsx")
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "times its size; that is no schedule" in told
    assert peak < 8 * 1024 * 1024


def test_a_size_that_lies_is_not_believed(faults: Faults) -> None:
    data = bytearray(repacked(workbook(CAST), {SHEET: lambda xml: xml + b" " * 30_000_000}))
    true = struct.pack("<I", len(zipfile.ZipFile(io.BytesIO(data)).read(SHEET)))
    data = bytearray(bytes(data).replace(true, struct.pack("<I", 2000)))
    assert faults(bytes(data)) == ["unpacks to more than it says; that is no schedule"]


def test_too_many_parts(faults: Faults) -> None:
    data = repacked(workbook(CAST), {}, {f"xl/media/{n}.png": b"" for n in range(3000)})
    assert faults(data)[0].endswith("a workbook has at most 2,000 here")


@pytest.mark.parametrize(
    "xml",
    [
        b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><worksheet/>',
    ],
)
def test_entities_are_refused(faults: Faults, xml: bytes) -> None:
    assert "declares entities of its own" in faults(repacked(workbook(CAST), {SHEET: lambda _: xml}))[0]


def test_other_workbooks_are_not_looked_into(faults: Faults) -> None:
    data = repacked(workbook(CAST), {}, {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})
    assert faults(data) == ["takes values from other workbooks; copy the sheet and paste it as values"]


def test_a_link_to_an_address_is_harmless(read: Read) -> None:
    rows = [[*CAST[0], "Email"], ["4", "Ada Okafor", "Mara", "mailto:ada@example.com"]]
    assert [person.name for person in read(workbook(rows)).people] == ["Ada Okafor"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "nothing in it; write the names of the columns first"),
        (b"\xef\xbb\xbf\r\n", "nothing in it; write the names of the columns first"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
         "an old workbook (.xls) or another file of that age; save it as .xlsx or .csv"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
         "protected with a password; save it without one"),
        (b"%PDF-1.7 ...", "a PDF; ask for the sheet itself, as .xlsx or .csv"),
        (b"<html><table><tr><td>Name",
         "a web page or XML under another name; open it in a spreadsheet and save it as .xlsx or .csv"),
        (b"PK\x03\x04 and no more", "damaged, or no workbook; open it and save it again as .xlsx"),
    ],
)  # fmt: skip
def test_what_is_no_sheet_is_told_what_to_save(faults: Faults, data: bytes, told: str) -> None:
    assert faults(data) == [told]


@pytest.mark.parametrize(
    ("part", "told"),
    [
        ("xl/vbaProject.bin", "holds macros (.xlsm); save it as .xlsx, which has none"),
        ("xl/workbook.bin", "a binary workbook (.xlsb); save it as .xlsx"),
    ],
)
def test_workbooks_with_more_than_sheets(faults: Faults, part: str, told: str) -> None:
    assert faults(repacked(workbook(CAST), {}, {part: b"x"})) == [told]


def test_an_open_document_is_told_what_to_save(faults: Faults) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", "<x/>")
    assert faults(out.getvalue()) == ["an OpenDocument file (.ods); save it as .xlsx or .csv"]


def test_a_damaged_workbook(faults: Faults) -> None:
    assert "damaged" in faults(workbook(CAST)[:-300])[0]
    assert "damaged" in faults(repacked(workbook(CAST), {SHEET: lambda xml: xml[:-20]}))[0]


def test_a_million_declared_rows_cost_nothing(read: Read) -> None:
    data = repacked(workbook(CAST), {SHEET: lambda xml: xml.replace(b'ref="A1:C3"', b'ref="A1:XFD1048576"')})
    assert len(read(data).people) == 2


def test_a_cell_at_the_end_of_the_world_is_named(faults: Faults) -> None:
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    data = repacked(workbook(CAST), {SHEET: lambda xml: xml.replace(b"</sheetData>", far)})
    assert faults(data) == ["something stands in XFD1048576; a sheet has at most 100,000 rows and 2,000 columns here"]


@pytest.mark.parametrize("name", ["Ada\u202eOkafor", "Ada\x07Okafor", "Ada\x00Okafor", "Ada\u2066Okafor"])
def test_characters_that_turn_or_ring_are_refused_with_their_cell(faults: Faults, name: str) -> None:
    (told,) = faults([*CAST, ["9", name, "x"]])
    assert told.startswith("B4: Ada\\u")
    assert told.endswith("take it out")


def test_marks_nobody_sees_are_taken_out(read: Read) -> None:
    sheet = read([*CAST, ["9", "\u200fMina\u00a0Bell\u200b", "x"]])
    assert sheet.people[2].name == "Mina Bell"


@pytest.mark.parametrize("rows", [comma([*CAST, ["9", "M" * 65536, "x"]]), comma([*CAST, ["9", "M" * 200_000, "x"]])])
def test_a_cell_of_64_kilobytes_is_refused(faults: Faults, rows: bytes) -> None:
    (told,) = faults(rows)
    assert told.startswith(("B4  65,536 characters; a cell has at most 20,000", "A4  a cell of more than 131,072"))


def test_days_count_from_1904_where_the_workbook_says_so(read: Read) -> None:
    rows = [["Name", "Character", "Start Date"], ["Ada Okafor", "Mara", dt.date(2026, 10, 2)]]
    for since in (False, True):
        assert read(workbook(rows, date_1904=since)).people[0].starts_on == dt.date(2026, 10, 2)


def test_hidden_rows_are_read_and_said(read: Read) -> None:
    sheet = read(workbook(CAST, hide=[2]))
    assert [person.name for person in sheet.people] == ["Ada Okafor", "Leo Marsh"]
    assert "Hidden rows were read too: 3." in sheet.notes


def test_hidden_columns_are_read_and_said(read: Read) -> None:
    sheet = read(workbook(CAST, hide_columns=[1, 9]))
    assert [person.name for person in sheet.people] == ["Ada Okafor", "Leo Marsh"]
    assert "Hidden columns were read too: B." in sheet.notes


def test_a_hidden_sheet_is_not_chosen_and_said(read: Read) -> None:
    other = [CAST[0], ["1", "Old Name", "Nobody"]]
    sheet = read(workbook({"Cast": CAST, "Old": other}, hidden=["Old"]))
    assert [person.name for person in sheet.people] == ["Ada Okafor", "Leo Marsh"]
    assert "Sheets not read: Old." in sheet.notes
    assert [
        person.name for person in read(workbook({"Cast": CAST, "Old": other}, hidden=["Old"]), sheet="old").people
    ] == ["Old Name"]


@given(st.binary(max_size=4000))
def test_any_bytes_are_a_grid_or_a_fault(data: bytes) -> None:
    assert _grids_or_faults(data, "x.csv")


@given(st.binary(min_size=1, max_size=40), st.integers(0, 5000))
def test_a_workbook_with_other_bytes_in_it_is_grids_or_a_fault(piece: bytes, at: int) -> None:
    data = bytearray(_BOOK)
    at %= len(data)
    data[at : at + len(piece)] = piece
    assert _grids_or_faults(bytes(data), "x.xlsx")


def _grids_or_faults(data: bytes, file: str) -> bool:
    try:
        return all(grid.rows for grid in open_sheets(data, file))
    except FileError as error:
        return bool(error.faults)


_BOOK = workbook(CAST)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ('No,Name,Role\n1,"Ada Bell,Mara\n2,Bob Ray,Tom\n', "B2: Ada Bell,Mara"),
        ('No,Name,Role\n1,"Ada Bell,Mara\n2,"Bob Ray,Tom\n', "B2: Ada Bell,Mara"),
        ('No,Name,Role\n1,Ada Bell,Mara\n2,"Bob Ray,Tom', "B3: Bob Ray,Tom"),
    ],
)
def test_a_quotation_mark_that_nothing_closes_swallows_nobody(faults: Faults, text: str, cell: str) -> None:
    problem = "a quotation mark opens a cell here and nothing closes it; take it out, or close it"
    assert faults(text.encode(), kind=SheetKind.CAST_LIST) == [f"{cell}  {problem}"]


def test_quotation_marks_that_swallow_nothing_are_read(read: Read) -> None:
    text = 'No,Name,Role\n1,Ada "Bell" X,"Mara\n(young)"\n2,"Bob" Ray,Tom\n'
    assert [(p.name, p.character) for p in read(text.encode(), kind=SheetKind.CAST_LIST).people] == [
        ('Ada "Bell" X', "Mara (young)"),
        ("Bob Ray", "Tom"),
    ]


@pytest.mark.parametrize("serial", ["46315", "46315.0", 46315])
def test_the_number_by_which_a_spreadsheet_counts_a_day_is_no_day(faults: Faults, serial: object) -> None:
    fault = f"C2: {serial}  a number; if 20 Oct 2026 is meant, write it so, or format the column as a date"
    assert faults(workbook([["Cast No", "Name", "Start Date"], [1, "Ada Bell", serial]])) == [fault]
