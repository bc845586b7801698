"""Cast lists, deal memos, selects and vouchers: everybody in them, and no more than they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from registry.domain.money import Money
from registry.domain.schedule import SheetKind
from registry.domain.words import Capacity
from registry.files.sheets import Columns
from registry.files.sheets.days import Order
from registry.files.sheets.people import amount
from tests.files.sheets.conftest import Read, comma, workbook

Faults = Callable[..., list[str]]
MESSY = [
    ["HARBOR LIGHT CAST LIST"],
    [],
    ["CAST\n#", "CAST NAME", "CHARACTER / ROLE", "CONTRACT TYPE", "UNION STATUS", "SAG #", "AGE GROUP", "AGENCY",
     "AGENT", "AGENT EMAIL", "DAY RATE", "WORK DATES"],
    ["PRINCIPALS"],
    [4, "Okafor, Ada", "Mara", "Weekly", "SAG-AFTRA", 10482213, "Adult", "Palisade Talent", "", "x@y.com", "$1,500.00",
     "Oct 5 - Oct 9, 2026"],
    ["6", "Leo Marsh Jr.", "Tom", "Run of Show", "", "", "", "", "", "", "1400", "13 Oct 2026"],
    ["7", "TBD", "Cop"],
    ["DAY PLAYERS"],
    ["9", "Kid A (aka Blue Bird)", "Kid", "Day Player", "Non-Union", "", "MINOR", "", "J. Ortiz", "", "1,300 USD", ""],
    ["10", "John Smith", "Cop 2", "Foo", "?", "", "", "", "", "", "scale", "11/13/26"],
]  # fmt: skip


@pytest.mark.parametrize("book", [False, True])
def test_a_messy_cast_list(read: Read, book: bool) -> None:
    merge = [(0, 0, 0, 5), (3, 0, 3, 5), (7, 0, 7, 5)]
    sheet = read(workbook(MESSY, merge=merge) if book else comma(MESSY, ";"), columns=Columns(currency="USD"))
    assert sheet.kind is SheetKind.CAST_LIST
    ada, leo, kid, john = sheet.people
    assert (ada.name, ada.number, ada.character, ada.category) == ("Ada Okafor", "4", "Mara", "weekly")
    assert (ada.union, ada.union_status, ada.union_id, ada.minor) == ("SAG-AFTRA", "member", "10482213", False)
    assert (ada.starts_on, ada.ends_on) == (dt.date(2026, 10, 5), dt.date(2026, 10, 9))
    assert ada.daily_rate == Money(150_000, "USD")
    assert [(r.capacity, r.name) for r in ada.representatives] == [(Capacity.AGENT, "Palisade Talent")]
    assert (leo.name, leo.union, leo.minor, leo.category) == ("Leo Marsh Jr.", None, None, "series_regular")
    assert (kid.name, kid.aliases, kid.minor, kid.born) == ("Kid A", ("Blue Bird",), True, None)
    assert (kid.union, kid.union_status) == (None, "non_member")
    assert (john.category, john.daily_rate, john.union) == (None, None, "?")
    assert "Row 7: nobody is named yet for Cop." in sheet.notes
    assert "Contract Foo is not a category that is known; left open." in sheet.notes
    assert "Rate scale is no amount; left open." in sheet.notes
    assert "Passed over: column AGENT EMAIL." in sheet.notes


def test_a_rate_needs_a_currency_and_a_day(read: Read, faults: Faults) -> None:
    rows = [["Name", "Role", "Day Rate", "Start"], ["Ada", "Mara", "$1,500", ""], ["Leo", "Tom", "1.400", "03/04/2026"]]
    assert faults(rows) == [
        "C2: $1,500  no currency; add a column `currency`, or `currency: USD` to the mapping file",
        "D3: 03/04/2026  month or day first? Write the month in letters, or `dates: mdy` or `dmy` in the mapping file",
        "C3: 1.400  no currency; add a column `currency`, or `currency: USD` to the mapping file",
    ]
    settled = Columns(currency="USD", order=Order.MONTH_FIRST)
    assert faults(rows, columns=settled) == ["C3: 1.400  could be read in two ways; write it as 1246.00 USD"]
    weekly = [["Name", "Role", "Rate (weekly)"], ["Ada", "Mara", "5000 USD"]]
    assert read(weekly).people[0].daily_rate is None
    assert (
        "Rates by the week or for the whole were left open: the registry keeps rates by the day." in read(weekly).notes
    )


@pytest.mark.parametrize(
    ("text", "minor"),
    [("1246.00", 124600), ("1,246", 124600), ("1,246.5", 124650), ("1.246,50", 124650), ("1 246", 124600),
     ("12,50", 1250), ("1,246,000", 124600000), (1500, 150000), (1500.5, 150050), ("US$ 900", 90000)],
)  # fmt: skip
def test_figures_as_people_write_them(text: str, minor: int) -> None:
    assert amount(text, "USD") == Money(minor, "USD")


def test_an_amount_in_another_currency(faults: Faults) -> None:
    with pytest.raises(ValueError, match="in GBP, while the sheet is in USD"):
        amount("£900", "USD")
    assert amount("£900", None) == Money(90000, "GBP")


def test_deal_memos_and_selects_are_told_by_their_titles(read: Read) -> None:
    rows = [
        ["Name", "Role", "Rate Daily", "Weekly", "Start", "Finish"],
        ["Ann Lee", "Cop", "1,000.50 USD", "9", "10/13/2026", ""],
    ]
    sheet = read(rows, file="Deal_Memos-wk3.csv")
    assert (sheet.kind, sheet.people[0].daily_rate) == (SheetKind.DEAL_MEMOS, Money(100_050, "USD"))
    assert "The weekly rates are not read: the registry keeps rates by the day." in sheet.notes
    rows = [
        ["Casting Selects - Session 3"],
        ["Actor", "Role", "Rep", "Phone", "Slot"],
        ["Ann Lee", "Cop", "WME", "5", "10:00"],
    ]
    assert read(rows).kind is SheetKind.SELECTS


def test_a_crowd_of_vouchers(read: Read, faults: Faults) -> None:
    head = ["Voucher #", "Name", "Date", "Time In"]
    crowd = [[str(n), f"Extra {chr(65 + n % 26)}{n}", "10/13/2026", "6:00A"] for n in range(300)]
    sheet = read([["BACKGROUND VOUCHERS"], head, *crowd, ["", "24 pedestrians", "10/13/2026"]])
    assert (sheet.kind, len(sheet.people)) == (SheetKind.VOUCHERS, 301)
    assert {person.category for person in sheet.people[:300]} == {"background"}
    assert (sheet.people[0].voucher, sheet.people[0].starts_on) == ("0", dt.date(2026, 10, 13))
    assert (sheet.people[300].count, sheet.people[300].description) == (24, "pedestrians")
    assert sheet.notes[-1] == "Row 303: 24 pedestrians, without names; no consent can be looked up for them."
    assert faults([head, ["1003", "", "10/13/2026", ""]])[0] == "row 2  voucher 1003 names nobody; write the name on it"


def test_a_list_that_could_be_several_kinds_is_asked_about(read: Read, faults: Faults) -> None:
    rows = [["Name", "Phone"], ["Ann Lee", "1"]]
    assert faults(rows) == ["could be cast-list or casting-selects or background-vouchers; say which: --as cast-list"]
    assert read(rows, kind=SheetKind.SELECTS).people[0].name == "Ann Lee"
    assert read([["Name"], ["Ann Lee"]], kind=SheetKind.CAST_LIST).people[0].name == "Ann Lee"


def test_headings_of_the_show(read: Read) -> None:
    rows = [["Künstler/in", "Figur", "Spind"], ["Ada Okafor", "Mara", "12"]]
    columns = Columns(headings={"künstler in": "name", "figur": "character", "spind": "ignore"})
    sheet = read(rows, columns=columns)
    assert (sheet.people[0].name, sheet.people[0].character, sheet.notes) == ("Ada Okafor", "Mara", ())


def test_columns_that_are_not_read_are_said(read: Read) -> None:
    sheet = read([["Name", "Role", "Locker", "Email"], ["Ada", "Mara", "12", "a@b.c"]])
    assert sheet.notes == (
        "Not read: column Locker; a mapping file can name what it is.",
        "Passed over: column Email.",
    )


def test_cast_beside_actor_is_the_number(read: Read) -> None:
    (person,) = read([["Cast", "Actor", "Role"], ["4", "Ada Okafor", "Mara"]]).people
    assert (person.number, person.name) == ("4", "Ada Okafor")


@pytest.mark.parametrize(
    ("data", "notes"),
    [
        ("No.;Name;Role\r\n1;José Núñez;Tomás\r\n".encode("cp1252"),
         ("Not UTF-8; read as Windows-1252 (Western European). B2 reads José Núñez: check that it is right.",)),
        ("No.\tName\tRole\r1\tJosé Núñez\tTomás\r".encode("utf-16"), ()),
        ("\ufeffNo.,Name,Role\n1,José Núñez,Tomás\r\n".encode(), ()),
        ("sep=;\nNo.;Name;Role\n1;José Núñez;Tomás\n".encode(), ()),
        ("No.|Name|Role\n1|José Núñez|Tomás\n".encode("utf-16-le"), ()),
    ],
)  # fmt: skip
def test_encodings_and_separators(read: Read, data: bytes, notes: tuple[str, ...]) -> None:
    sheet = read(data)
    assert [(person.number, person.name, person.character) for person in sheet.people] == [("1", "José Núñez", "Tomás")]
    assert sheet.notes == notes


def test_letters_are_never_lost_without_a_word(faults: Faults) -> None:
    head = "No.;Name;Role\r\n1;José;Tom\r\n".encode()
    assert faults(head + "2;Renée;X\r\n".encode("cp1252")) == [
        "B3: Ren?e  not a letter in UTF-8 nor in Windows-1252; save the file as UTF-8"
    ]
    twice = head.decode("cp1252").encode()
    assert faults(twice) == [
        "B2: JosÃ©  saved twice in different encodings; José is meant: save the file as UTF-8 again"
    ]
    assert faults(b"No.;Name;Role\r\n1;Ren\x81e;Tom\r\n")[0].startswith("B2: Ren?e  not a letter")
    assert faults("No.;Name;Role\r\n1;Ren\ufffde;Tom\r\n".encode())[0].startswith(
        "B2: Ren\\ufffde  a letter was lost"
    ) or (faults("No.;Name;Role\r\n1;Ren\ufffde;Tom\r\n".encode())[0].endswith("type it again"))


def test_first_and_last_names_and_an_age(read: Read) -> None:
    rows = [
        ["First Name", "Last Name", "Role", "Age"],
        ["Ada", "Okafor", "Mara", "35"],
        ["Iris", "Calloway", "Girl", "12"],
    ]
    sheet = read(rows)
    assert [(one.name, one.minor, one.born) for one in sheet.people] == [
        ("Ada Okafor", False, None),
        ("Iris Calloway", True, None),
    ]


def test_whether_the_agreement_covers_somebody_and_the_day_of_a_voucher(read: Read) -> None:
    rows = [["Name", "Role", "Covered (Y/N)"], ["Ada", "Mara", "Y"], ["Leo", "Tom", "no"], ["Kim", "Cop", "perhaps"]]
    sheet = read(rows)
    assert [person.covered for person in sheet.people] == [True, False, None]
    assert "Row 4: perhaps does not say whether the agreement covers it; left open." in sheet.notes
    voucher = read([["Voucher No", "Name", "Work Date"], ["V1", "Ada Bell", "31 Oct 2026"]]).people[0]
    assert (voucher.starts_on, voucher.ends_on) == (dt.date(2026, 10, 31), dt.date(2026, 10, 31))


def test_what_stands_beside_a_name_is_no_part_of_it(read: Read) -> None:
    """The mark of a minor, quotation marks around a code name; a studio teacher is nobody of the cast."""
    rows = [
        ["ID #", "ACTOR (last, first)", "Code Name", "ROLE", "Deal", "SAG-AFTRA ID#", "Reps"],
        ["15", "Quist, Tobias (K)", '"Blue Jay"', "Young Sam", "Day Player", "20014412", "P. Shore"],
        ["", "Studio Teacher: M. Alvarez"],
    ]
    sheet = read(rows)
    (one,) = sheet.people
    assert (one.name, one.minor, one.aliases, one.union_id) == ("Tobias Quist", True, ("Blue Jay",), "20014412")
    assert (one.contract, [r.name for r in one.representatives]) == ("Day Player", ["P. Shore"])
    assert sheet.notes == ("Row 3 is nobody of the cast and was left out: Studio Teacher: M. Alvarez.",)
