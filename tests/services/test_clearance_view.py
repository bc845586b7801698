"""A clearance laid out for reading: nobody is dropped, whatever is folded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.clearance import Clearance, ConcernKind, Light, Planned, ToDo, ToDoKind
from registry.domain.clearance_report import ClearanceReport
from registry.domain.words import Act
from registry.services.reports.view import report_of, when
from registry.services.reports.words import ACTS, CONCERNS, TO_DO, at, clean, ranged, some
from tests.services.clearances import ZONE, clearance, long


def laid_out(of: Clearance, *, rows: int | None = None, crowds: bool = True) -> ClearanceReport:
    return report_of(of, digest="ab" * 32, rows=rows, crowds=crowds)


def counted(report: ClearanceReport) -> int:
    rows = sum(row.count for day in report.days for row in day.rows)
    return rows + sum(fold.count for day in report.days for fold in day.folds)


def test_the_first_lines_answer() -> None:
    report = laid_out(clearance())
    assert (report.headline, report.light) == ("NOT CLEARED", Light.RED)
    assert report.answer == (
        "Of 7 planned uses 3 may not go ahead and 4 may go ahead, all of them with duties that follow.",
        "Next: by Sat 28 Nov 2026, 14:00 PST, notice for Mina Bell: "
        "Forty-eight hours' notice before a replica session.",
        "To look at: 1 not matched with anybody on file; 1 engaged without union clearance.",
        "1 line changed since the run of Fri 20 Nov 2026.",
    )


def test_where_nothing_may_go_ahead_the_first_line_says_so() -> None:
    of = clearance()
    refused = tuple(one for one in of.planned if one.light is Light.RED)
    assert laid_out(replace(of, planned=refused)).answer[0] == "None of 3 planned uses may go ahead."
    assert laid_out(replace(of, planned=refused[:1])).answer[0] == "The one planned use may not go ahead."


def test_nothing_planned_clears_nobody() -> None:
    report = laid_out(replace(clearance(), planned=(), todos=(), concerns=(), changes=None))
    assert (report.headline, report.light) == ("NOTHING PLANNED", Light.AMBER)
    assert report.answer == (
        "No use is planned for these days. That says nothing about a use that is not on the list.",
    )
    assert {day.tally for day in report.days} == {"Nothing is planned on this day."}


def test_a_day_has_its_number_its_place_and_its_rows() -> None:
    first, empty, *_ = laid_out(clearance()).days
    assert (first.heading, first.place) == (
        "Mon 30 Nov 2026 · day 54 of 72",
        "Long Beach, Pier 9 · crew call 07:30 PST",
    )
    (row,) = first.rows
    assert (row.who, row.word, row.light, row.rules) == ("Mina Bell", "NOT CLEARED", Light.RED, ("TVT23-NOTICE-1",))
    assert empty.rows == ()


def test_a_crowd_with_one_answer_is_one_row_that_names_everybody() -> None:
    report = laid_out(clearance())
    (crowd,) = [row for day in report.days for row in day.rows if row.people]
    assert (crowd.who, crowd.people, crowd.use) == ("2 people", ("Mai Tran", "Rui Sousa"), "u-7-crowd")
    unfolded = laid_out(clearance(), crowds=False)
    assert not [row for day in unfolded.days for row in day.rows if row.people]


def test_a_crowd_of_two_answers_is_not_one_row() -> None:
    of = clearance()
    planned = tuple(replace(one, why="another reason") if one.who == "Mai Tran" else one for one in of.planned)
    report = laid_out(replace(of, planned=planned))
    assert not [row for day in report.days for row in day.rows if row.people]


def test_somebody_who_is_not_on_file_is_red_and_said() -> None:
    report = laid_out(clearance())
    (row,) = [row for day in report.days for row in day.rows if row.who == "K. Ono"]
    assert (row.word, row.light) == ("UNMATCHED", Light.RED)
    assert report.people[0].who == "K. Ono"


@pytest.mark.parametrize("most", [0, 1, 50, 700])
def test_what_is_folded_is_counted_and_said(most: int) -> None:
    of = long(700)
    report = laid_out(of, rows=most)
    assert counted(report) == 700
    hidden = sum(fold.count for day in report.days for fold in day.folds)
    assert hidden == 700 - most
    assert (f"{hidden:,} of 700 planned uses are folded into sums under their day." in report.folded) == bool(hidden)
    assert all(day.tally.startswith("30 planned uses: ") for day in report.days[:-1])


def test_of_many_things_to_do_the_first_are_printed_and_the_rest_is_said() -> None:
    of = clearance()
    todo = ToDo(kind=ToDoKind.RIDER, text="rider", uses=("u-1",))
    many = tuple(replace(todo, text=f"rider {n}", follows=follows) for follows in (False, True) for n in range(40))
    report = laid_out(replace(of, todos=many, concerns=of.concerns * 20), rows=30)
    assert [len(part) for part in (report.before, report.after, report.noticed)] == [30, 30, 30]
    assert report.folded == (
        "Of 40 things to do before the work the first 30 are printed.",
        "Of 40 duties that follow the first 30 are printed.",
        "Of 40 things to look at the first 30 are printed.",
        "Everything that is not printed one by one stands in full in clearance.json, which is attached to this file.",
    )


def test_what_may_not_go_ahead_is_printed_before_what_may() -> None:
    report = laid_out(long(700), rows=140)
    assert {row.light for day in report.days for row in day.rows} == {Light.RED}
    assert {fold.light for day in report.days for fold in day.folds} == {Light.GREEN}


@given(
    picked=st.lists(st.sampled_from(clearance().planned), max_size=40),
    days=st.lists(st.none() | st.dates(dt.date(2026, 12, 1), dt.date(2026, 12, 4)), min_size=40, max_size=40),
    most=st.none() | st.integers(0, 45),
    crowds=st.booleans(),
)
def test_nobody_is_dropped(picked: list[Planned], days: list[dt.date | None], most: int | None, crowds: bool) -> None:
    """Whatever is planned, folded and laid out, each planned use stands in a row or in a sum of its day."""
    planned = [replace(one, on=on) for one, on in zip(picked, days, strict=False)]
    planned.sort(key=lambda one: (one.on or dt.date.max, one.use.id, one.who))
    report = laid_out(replace(clearance(), planned=tuple(planned)), rows=most, crowds=crowds)
    assert counted(report) == len(planned)
    for day in report.days:
        here = sum(row.count for row in day.rows) + sum(fold.count for fold in day.folds)
        assert here == sum(one.on == day.on for one in planned)
    named = {row.who for day in report.days for row in day.rows}
    named |= {name for day in report.days for row in day.rows for name in row.people}
    assert named <= {one.who for one in planned} | {row.who for day in report.days for row in day.rows if row.people}


def test_what_is_to_be_done_for_several_is_one_thing_on_paper() -> None:
    todo = ToDo(kind=ToDoKind.DUTY, text="label it", uses=("u-1",), performer="tran", rules=("IN-1",), follows=True)
    other = replace(todo, uses=("u-2",), performer="sousa")
    of = replace(clearance(), todos=(todo, other))
    (together,) = laid_out(of).after
    assert (together.people, together.uses, together.performer) == (("Mai Tran", "Rui Sousa"), ("u-1", "u-2"), None)
    assert len(laid_out(of, crowds=False).after) == 2


def test_a_deadline_is_said_in_the_zone_of_the_work_on_both_sides_of_the_change_of_the_clock() -> None:
    before = dt.datetime(2026, 11, 1, 8, 30, tzinfo=dt.UTC)  # 01:30 PDT; an hour later it is 01:30 PST
    assert at(before, ZONE) == "Sun 1 Nov 2026, 01:30 PDT"
    assert at(before + dt.timedelta(hours=1), ZONE) == "Sun 1 Nov 2026, 01:30 PST"
    assert at(before, None) == "Sun 1 Nov 2026, 08:30 UTC"
    assert at(before.astimezone(dt.timezone(dt.timedelta(hours=-3))), None) == "Sun 1 Nov 2026, 05:30 UTC−03:00"
    todo = ToDo(kind=ToDoKind.NOTICE, text="", uses=(), on=dt.date(2026, 12, 4))
    assert when(todo, ZONE) == "before Fri 4 Dec 2026"
    assert when(replace(todo, follows=True), ZONE) == "by Fri 4 Dec 2026"


def test_many_questions_are_one_thing_to_do_on_paper() -> None:
    asked = [
        ToDo(kind=ToDoKind.QUESTION, text=f"Is it {n}?", uses=(f"u-{n % 2}",), label=f"use.{n}", rules=(f"R-{n}",))
        for n in range(6)
    ]
    (one,) = laid_out(replace(clearance(), todos=tuple(asked))).before
    assert (one.text, one.uses, one.rules) == ("answer 6 questions", ("u-0", "u-1"), ())
    assert len(laid_out(replace(clearance(), todos=tuple(asked[:5]))).before) == 5
    assert len(laid_out(replace(clearance(), todos=tuple(asked)), crowds=False).before) == 6


def test_every_word_is_said() -> None:
    assert set(ACTS) == set(Act)
    assert set(TO_DO) == set(ToDoKind)
    assert set(CONCERNS) == set(ConcernKind)


def test_words() -> None:
    assert clean("Ada\t\x1b[2J‮Okafor") == "Ada [2J Okafor"
    assert ranged(["41", "42", "43", "60", "61A"]) == "41–43, 60, 61A"
    assert some(["a", "b", "c"], 2) == "a, b and 1 more"
