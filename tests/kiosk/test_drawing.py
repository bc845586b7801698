"""Strokes from a page: what is drawn is kept as numbers, and nothing else that a page sends becomes a drawing."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.kiosk.answers import BOARD, drawing_in

POINTS = st.tuples(st.floats(0, BOARD[0]), st.floats(0, BOARD[1]))
STROKES = st.lists(st.lists(POINTS, min_size=1, max_size=8), min_size=1, max_size=5)


@given(STROKES)
def test_every_point_that_was_drawn_is_kept(strokes: list[list[tuple[float, float]]]) -> None:
    wide = [*strokes, [(0.0, 0.0), (float(BOARD[0]), float(BOARD[1]))]]
    drawing = drawing_in(json.dumps(wide))
    assert drawing is not None
    kept = [point for _, points in drawing.strokes() for point in points]
    for stroke in wide:
        for x, y in stroke:
            assert any(abs(x - kx) < 0.06 and abs(y - ky) < 0.06 for kx, ky in kept)


@given(st.text() | st.recursive(st.none() | st.floats() | st.text(), st.lists).map(json.dumps))
def test_whatever_else_is_sent_is_no_drawing_and_no_failure(sent: str) -> None:
    drawing = drawing_in(sent)
    assert drawing is None or drawing.strokes()


@pytest.mark.parametrize(
    "sent",
    [
        "", "[]", "[[]]", "[[[1, 2]]]", "[[[1, 2], [3, 4]]]", "[[[1, 2], [601, 4]]]", "[[[1, 2], [NaN, 4]]]",
        "[[[1, 2], [90, -1]]]", "[[[1, 2, 3], [90, 90, 90]]]", '[[["1", "<script>"], [90, 90]]]', "{}", "1", "[" * 9999,
    ],
)  # fmt: skip
def test_what_is_not_drawn_in_the_field_is_no_drawing(sent: str) -> None:
    assert drawing_in(sent) is None
