"""Reading back what stands on a page from left to right: the order of the tongue."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.documents.direction import logical, runs

HEBREW = st.text(alphabet="אבגדהוזחט", min_size=1, max_size=6)
LATIN = st.text(alphabet="abcdeé", min_size=1, max_size=6)


@pytest.mark.parametrize(
    ("drawn", "said"),
    [("abc", "abc"), ("גבא", "אבג"), ("abגבא12", "abאבג12"), ("ג12א", "א12ג"), ("גב·אx", "א·בגx")],
)
def test_runs_are_turned_and_numbers_are_not(drawn: str, said: str) -> None:
    assert logical(drawn) == said


@given(st.lists(st.tuples(LATIN, HEBREW), min_size=1, max_size=4))
def test_what_was_drawn_by_the_eye_is_said_by_the_tongue(words: list[tuple[str, str]]) -> None:
    drawn = "".join(latin + hebrew[::-1] for latin, hebrew in words)
    assert logical(drawn) == "".join(latin + hebrew for latin, hebrew in words)


@given(st.lists(st.one_of(LATIN, HEBREW, st.sampled_from([" ", ", ", " 12 ", "-"])), max_size=6))
def test_pieces_make_the_text_again(parts: list[str]) -> None:
    text = "".join(parts)
    pieces = runs(text)
    assert "".join(piece for piece, _ in pieces) == text
    assert all(turned == any("א" <= c <= "ט" for c in piece) for piece, turned in pieces)
