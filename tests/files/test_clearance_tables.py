"""A clearance as workbook, flat file and calendar: everything is there, and nothing in it is live."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
import zipfile
from dataclasses import replace

import icalendar
import pytest
from python_calamine import CalamineWorkbook

from registry.domain.clearance import Clearance, ToDo, ToDoKind
from registry.domain.clearance_report import ClearanceReport
from registry.files.clearance_csv import clearance_csv
from registry.files.clearance_ics import clearance_ics
from registry.files.clearance_xlsx import clearance_xlsx
from registry.services.reports.view import report_of
from tests.services.clearances import NOW, clearance, long

HOSTILE = ('=HYPERLINK("http://x","y")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "<b>&amp;</b>",
           "a\x00b\x0bc\ud800\ufffe", "_x0041_", "http://example.org", "mailto:x@y", "فاطمة", "🎬")  # fmt: skip


def laid_out(of: Clearance) -> ClearanceReport:
    return report_of(of, digest="ab" * 32, crowds=False)


def hostile() -> Clearance:
    of = clearance()
    planned = [replace(of.planned[0], who=text, character=text, why=text) for text in HOSTILE]
    todos = tuple(replace(of.todos[0], text=text, command=text) for text in HOSTILE)
    concerns = tuple(replace(of.concerns[0], text=text, who=text) for text in HOSTILE)
    return replace(of, title="=1+1", planned=tuple(planned), todos=todos, concerns=concerns)


def sheets(data: bytes) -> dict[str, list[list[object]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name).decode() for name in book.namelist()}


def wall(text: str) -> dt.datetime:
    """A moment as a workbook holds it: on the wall, its zone in the next cell."""
    return dt.datetime.fromisoformat(text)


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_workbook_has_a_sheet_a_list() -> None:
    found = sheets(clearance_xlsx(laid_out(clearance())))
    assert list(found) == ["By day", "To do", "Concerns", "People", "Changes", "About"]
    head, first, *_ = found["By day"]
    row = dict(zip(head, first, strict=True))
    assert row["Day"] == dt.date(2026, 11, 30)
    assert (row["Who"], row["Verdict"], row["Light"]) == ("Mina Bell", "NOT CLEARED", "red")
    assert (row["At"], row["Zone"]) == (wall("2026-11-30T14:00"), "PST")
    assert len(found["By day"]) == 1 + len(clearance().planned)
    todo = dict(zip(found["To do"][0], found["To do"][1], strict=True))
    assert (todo["Due at"], todo["Zone"], todo["Kind"]) == (wall("2026-11-28T14:00"), "PST", "notice")


def test_the_workbook_is_ready_to_read_and_to_print() -> None:
    xml = parts(clearance_xlsx(laid_out(clearance()), paper="a4"))
    sheet = xml["xl/worksheets/sheet1.xml"]
    assert 'topLeftCell="A2"' in sheet
    assert 'state="frozen"' in sheet
    assert re.search('<pageSetup [^>]*paperSize="9"[^>]* orientation="landscape"', sheet)
    assert "<cols>" in sheet
    assert "<autoFilter" in sheet
    assert "Print_Titles" in xml["xl/workbook.xml"]
    assert '<dcterms:created xsi:type="dcterms:W3CDTF">2026-11-22T10:00:00Z<' in xml["docProps/core.xml"]


def test_no_cell_is_live() -> None:
    data = clearance_xlsx(laid_out(hostile()))
    for name, xml in parts(data).items():
        assert "<f>" not in xml, name
        assert "<f " not in xml, name
        assert "<hyperlink " not in xml, name
        assert "relationships/hyperlink" not in xml, name
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", xml), name
    for table in sheets(data).values():
        for cell in (cell for row in table for cell in row if isinstance(cell, str)):
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_what_looks_like_an_escape_of_the_format_stays_what_it_is() -> None:
    assert "_x0041_" in {row[3] for row in sheets(clearance_xlsx(laid_out(hostile())))["By day"]}


def test_a_cell_that_is_too_long_is_cut_and_says_so() -> None:
    of = clearance()
    endless = replace(of, planned=(replace(of.planned[0], why="a" * 40_000),))
    why = sheets(clearance_xlsx(laid_out(endless)))["By day"][1][8]
    assert isinstance(why, str)
    assert why.endswith("… (cut: 40,000 characters)")


def test_the_csv_begins_no_formula_and_loses_nothing() -> None:
    text = clearance_csv(laid_out(hostile()))
    for row in csv.reader(io.StringIO(text)):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", cell)
    who = [row["Who"] for row in rows_of(text) if row["List"] == "By day"]
    assert who[0] == '\'=HYPERLINK("http://x","y")'
    assert len(who) == len(HOSTILE)
    assert "فاطمة" in who


def test_the_csv_holds_every_list() -> None:
    rows = rows_of(clearance_csv(laid_out(clearance())))
    assert {row["List"] for row in rows} == {"By day", "To do", "Concerns", "People", "Changes"}
    assert sum(row["List"] == "To do" for row in rows) == len(clearance().todos)
    notice = next(row for row in rows if row["Kind"] == "notice")
    assert (notice["Due at"], notice["Zone"]) == ("2026-11-28T14:00-08:00", "PST")


def test_an_empty_clearance_is_a_heading() -> None:
    empty = replace(clearance(), planned=(), todos=(), concerns=(), changes=None)
    assert clearance_csv(laid_out(empty)).startswith("List,Day,Scenes,")
    assert clearance_csv(laid_out(empty)).count("\r\n") == 1
    assert [len(table) for table in sheets(clearance_xlsx(laid_out(empty))).values()][:4] == [1, 1, 1, 1]


def test_the_same_clearance_gives_the_same_bytes() -> None:
    one, other = laid_out(clearance()), laid_out(clearance())
    assert clearance_xlsx(one) == clearance_xlsx(other)
    assert clearance_csv(one) == clearance_csv(other)
    assert clearance_ics(one) == clearance_ics(other)


def test_a_whole_schedule_is_written_row_by_row() -> None:
    report = laid_out(long(5_000))
    assert len(sheets(clearance_xlsx(report))["By day"]) == 5_001
    assert clearance_csv(report).count("\r\nBy day,") == 5_000


def events(of: Clearance) -> list[icalendar.Event]:
    data = clearance_ics(laid_out(of))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    calendar = icalendar.Calendar.from_ical(data)
    assert not calendar.errors
    return [event for event in calendar.walk("VEVENT") if isinstance(event, icalendar.Event)]


def test_a_deadline_is_a_moment_with_two_alarms() -> None:
    notice = events(clearance())[0]
    assert notice.decoded("dtstart") == dt.datetime(2026, 11, 28, 22, tzinfo=dt.UTC)
    assert notice.decoded("dtstamp") == NOW
    assert "By Sat 28 Nov 2026, 14:00 PST (America/Los_Angeles)" in str(notice["description"])
    triggers = [alarm.decoded("trigger") for alarm in notice.walk("VALARM")]
    assert triggers == [dt.timedelta(days=-1), dt.timedelta(hours=-2)]


def test_a_day_is_an_event_of_the_whole_day_and_before_the_work_it_is_the_day_before() -> None:
    day = dt.date(2026, 12, 4)
    todo = ToDo(kind=ToDoKind.PAYMENT, text="pay, then; say so\\n", uses=("u-1",), on=day, late=True)
    (later,) = events(replace(clearance(), todos=(replace(todo, follows=True),)))
    assert (later.decoded("dtstart"), later.decoded("dtend")) == (day, dt.date(2026, 12, 5))
    (event,) = events(replace(clearance(), todos=(todo,)))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (dt.date(2026, 12, 3), day)
    assert "Before Fri 4 Dec 2026" in str(event["description"])
    assert str(event["summary"]) == "LATE · Harbor Light: pay, then; say so\\n"
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [dt.timedelta(hours=-15)]


@pytest.mark.parametrize(
    "moved",
    [
        {"by": dt.datetime(2026, 11, 29, 9, tzinfo=dt.UTC)},
        {"text": "tell Mina Bell"},
        {"rules": ("TVT23-NOTICE-1", "CA-1")},
        {"late": True},
    ],
)
def test_a_deadline_that_moves_keeps_its_uid_and_goes_before_the_earlier_one(moved: dict[str, object]) -> None:
    of = clearance()
    later = replace(
        of,
        made_at=NOW + dt.timedelta(hours=2),
        todos=(replace(of.todos[0], **moved), *of.todos[1:]),  # type: ignore[arg-type]
    )
    before, after = events(of)[0], events(later)[0]
    assert before["uid"] == after["uid"]
    assert before["sequence"] < after["sequence"]


def test_every_deadline_has_a_uid_of_its_own() -> None:
    todo = clearance().todos[0]
    alike = replace(clearance(), todos=(todo, replace(todo, text="another"), replace(todo, uses=("u-2",))))
    uids = [str(event["uid"]) for event in events(alike)]
    assert len(set(uids)) == 3


def test_what_has_no_deadline_is_not_in_the_calendar() -> None:
    todo = ToDo(kind=ToDoKind.RIDER, text="rider", uses=("u-1",))
    assert events(replace(clearance(), todos=(todo,))) == []
