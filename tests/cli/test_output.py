"""The screen: eighty columns, tables, colour for the verdict word only, and names that cannot move the cursor."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from registry.cli.output import WIDTH, Screen, clean, clip, columns, labelled, table, wrap


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    "text, width",
    [("Ada", 3), ("李小龍", 6), ("Zoe\u0308", 3), ("ﾊﾝ", 2), ("café", 4), ("", 0)],
)
def test_columns_counts_what_a_terminal_shows(text: str, width: int) -> None:
    assert columns(text) == width


def test_a_name_cannot_move_the_cursor_or_turn_the_line_round() -> None:
    assert clean("Ada\x1b[2J\r\nOkafor \u202eevil\u2066 \x07") == "Ada [2J Okafor evil"


def test_lines_never_exceed_the_width_even_for_one_endless_word() -> None:
    lines = wrap("x" * 500 + " and then some", 30)
    assert max(columns(line) for line in lines) == 30
    assert "".join(lines[:-1]).startswith("x" * 480)


def test_wide_characters_are_wrapped_by_what_they_take() -> None:
    assert all(columns(line) <= 10 for line in wrap("李" * 33, 10))


def test_wrapping_loses_no_word() -> None:
    text = "One consent is missing and one notice to Netflix. Neither can wait until after."
    assert " ".join(wrap(text, 23)) == text


def test_clip_marks_what_it_cuts() -> None:
    assert clip("Ada Okafor", 10) == "Ada Okafor"
    assert clip("Ada Okafor", 6) == "Ada O…"
    assert columns(clip("李小龍李小龍", 6)) <= 6


def test_a_tag_stands_flush_right_where_there_is_room() -> None:
    assert labelled("Missing", "scene 60, likeness and movement", "TVT23-EBDR-USE-1") == [
        " Missing   scene 60, likeness and movement                      TVT23-EBDR-USE-1"
    ]


def test_a_tag_without_room_gets_its_own_line() -> None:
    text = "pay 2 days × 1,500.00 USD = 3,000.00 USD before the credits are on"
    lines = labelled("After", text, "TVT23-PAY-USE-1")
    assert lines == [f" After     {text}", "TVT23-PAY-USE-1".rjust(WIDTH)]


def test_the_last_column_of_a_table_wraps_under_itself() -> None:
    rows = [["NOT CLEARED", "u-60-duet", "Ada Okafor", "consent: scene 60, likeness and movement; approval by Netflix"]]
    assert table(rows) == [
        "NOT CLEARED  u-60-duet  Ada Okafor  consent: scene 60, likeness and movement;",
        "                                    approval by Netflix",
    ]


def test_a_table_fits_however_long_its_cells_are() -> None:
    rows = [["CLEARED", "u-" + "9" * 62, "A" * 1000, "because " * 40], ["CLEARED", "u-1", "B", ""]]
    assert max(columns(line) for line in table(rows, ["verdict", "use", "who", "why"])) <= WIDTH


def test_colour_touches_the_verdict_word_at_the_left_edge_only() -> None:
    out = Terminal()
    screen = Screen.of(out, io.StringIO(), {"TERM": "xterm"})
    screen.answer(["NOT CLEARED   u-1   CLEARED by nobody", " Missing   NOT CLEARED", "CLEAREDLY not"])
    assert out.getvalue() == (
        "\x1b[1;31mNOT CLEARED\x1b[0m   u-1   CLEARED by nobody\n Missing   NOT CLEARED\nCLEAREDLY not\n"
    )


@pytest.mark.parametrize(
    "out, environ",
    [(io.StringIO(), {}), (Terminal(), {"NO_COLOR": "1"}), (Terminal(), {"TERM": "dumb"})],
)
def test_pipes_no_color_and_dumb_terminals_get_plain_text(out: io.StringIO, environ: dict[str, str]) -> None:
    screen = Screen.of(out, io.StringIO(), environ)
    screen.answer(["CLEARED   u-1"])
    assert out.getvalue() == "CLEARED   u-1\n"


def test_an_empty_no_color_asks_for_nothing() -> None:
    assert Screen.of(Terminal(), io.StringIO(), {"NO_COLOR": ""}).colour


def test_an_answer_that_no_pager_shows_is_written_line_by_line() -> None:
    """A film's worth of verdicts never stands in memory at once."""
    out = io.StringIO()
    screen = Screen.of(out, io.StringIO(), {}, [])
    seen: list[str] = []

    def lines() -> Iterator[str]:
        for n in range(3):
            yield f"line {n}"
            seen.append(out.getvalue())

    screen.answer(lines())
    assert seen == ["line 0\n", "line 0\nline 1\n", "line 0\nline 1\nline 2\n"]
