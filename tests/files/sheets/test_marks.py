"""Day codes, cast numbers, addresses, headings and mapping files: their small laws."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.schedule import SheetKind
from registry.errors import FileError
from registry.files.sheets import read_columns
from registry.files.sheets.days import Calendar, DayError, Order
from registry.files.sheets.grid import address
from registry.files.sheets.headings import plainly
from registry.files.sheets.marks import MarkError, cast_numbers, day_code
from registry.files.sheets.templates import COLUMNS

NUMBERS = st.lists(
    st.one_of(st.integers(1, 999).map(str), st.from_regex(r"[1-9]\d?[A-Z]", fullmatch=True)), unique=True
)


@given(NUMBERS, st.sampled_from([", ", ",", ". ", " ", "; ", " / ", " & ", "\n"]), st.sampled_from(["", ".", ","]))
def test_cast_numbers_come_back_however_they_are_set_apart(numbers: list[str], mark: str, end: str) -> None:
    text = mark.join(numbers) + (end if numbers else "")
    assert cast_numbers(text) == (tuple(numbers), ())


@pytest.mark.parametrize(
    "text", ["1. Ruth, 2. Sam Keel, 16X. Stunt", "1.Ruth 2.Sam 16X.", "1) RUTH; 2) SAM; 16X", "1, 2, 16X"]
)
def test_names_beside_cast_numbers_are_no_numbers(text: str) -> None:
    assert cast_numbers(text) == (("1", "2", "16X"), ())


def test_background_that_is_only_counted_is_left_aside() -> None:
    assert cast_numbers("3, 150 BG + 6 stand-ins, 12 (K)") == (("3", "12"), ("K", "150 BG", "6 stand-ins"))


@given(st.integers(1, 500), st.integers(1, 150), st.sampled_from(["-", " - ", "–", " to ", " thru "]))
def test_a_range_holds_every_number_in_it(first: int, more: int, mark: str) -> None:
    found, _ = cast_numbers(f"{first}{mark}{first + more}")
    assert found == tuple(str(n) for n in range(first, first + more + 1))


@given(st.text(max_size=60))
def test_any_text_is_numbers_or_a_fault(text: str) -> None:
    try:
        numbers, _ = cast_numbers(text)
    except MarkError:
        return
    assert len(set(numbers)) == len(numbers)
    assert all(number.strip() for number in numbers)


@given(st.text(max_size=20))
def test_a_code_is_kept_in_capitals_and_reads_the_same_again(text: str) -> None:
    code = day_code(text)
    assert code is None or (code == code.upper() and day_code(code) == code)


@pytest.mark.parametrize(("column", "name"), [(0, "A1"), (25, "Z1"), (26, "AA1"), (701, "ZZ1"), (702, "AAA1")])
def test_addresses(column: int, name: str) -> None:
    assert address(0, column) == name


@pytest.mark.parametrize(
    ("heading", "plain"),
    [
        ("CAST #\n", "cast no"),
        ("Int./Ext.", "int ext"),
        ("Scene No.", "scene no"),
        ("Rate (USD)", "rate"),
        ("No. #", "no"),
    ],
)
def test_headings_lose_their_dress(heading: str, plain: str) -> None:
    assert plainly(heading) == plain


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(list(Order)))
def test_a_day_reads_back_in_every_form(day: dt.date, order: Order) -> None:
    calendar = Calendar(order=order)
    figures = f"{day.month}/{day.day}" if order is Order.MONTH_FIRST else f"{day.day}/{day.month}"
    forms = (day.isoformat(), f"{day:%d %b %Y}", f"{day:%A, %B %d, %Y}", f"{figures}/{day.year}", f"{day:%d-%b-%y}")
    assert [calendar.day(form) for form in forms] == [day] * 5


@given(st.text(max_size=40))
def test_any_text_is_a_day_none_or_a_fault(text: str) -> None:
    try:
        found = Calendar(order=Order.DAY_FIRST, year=2026).day(text)
    except DayError:
        return
    assert found is None or 1900 <= found.year <= 2200


def test_the_template_of_a_mapping_file_is_one(tmp_path: Path) -> None:
    columns = read_columns(COLUMNS, "columns.yaml")
    assert (columns.order, columns.currency, columns.headings["artiste"]) == (None, None, "name")  # nothing by default
    settled = read_columns(re.sub(r"(?m)^# (\w+: )", r"\1", COLUMNS), "columns.yaml")
    assert (settled.kind, settled.order, settled.currency) == (SheetKind.CAST_LIST, Order.MONTH_FIRST, "USD")
    assert (settled.heading_row, settled.year, settled.date) == (4, 2026, dt.date(2026, 10, 6))
    assert columns.people == {"blue heron": "okafor"}
    assert columns.codes == {"TRV": "T"}


def test_everything_wrong_with_a_mapping_file_is_told_with_its_line() -> None:
    text = """format: consent-columns/1
kind: castlist
dates: us
year: soon
currency: dollars
heading_row: 0
colums: {}
columns: {Artiste: nam, Locker: ignore}
people: {Heron: "two words"}
"""
    with pytest.raises(FileError) as refused:
        read_columns(text, "columns.yaml")
    told = refused.value.lines()
    assert [line.split("  ")[0].strip() for line in told[1:]] == [f"line {n}" for n in (2, 3, 4, 5, 6, 7, 8, 9)]
    assert "did you mean columns?" in told[6]
    assert "did you mean name?" in told[7]
