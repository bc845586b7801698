"""The scope algebra against an oracle that lists every cell and knows no box arithmetic (DOMAIN.md §9, "Pointwise")."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.scope import Box, intersect, is_empty, remaining, subtract

# Three axes of four bits: 64 cells. Most boxes have most axes full, so that they meet.
WIDTH = 4
FULL = (1 << WIDTH) - 1
masks = st.one_of(st.just(FULL), st.integers(min_value=0, max_value=FULL), st.sampled_from([0b0011, 0b1100, 0b0110]))
boxes = st.tuples(masks, masks, masks)
CELLS = list(product(range(WIDTH), repeat=3))


def holds(box: Box, cell: tuple[int, ...]) -> bool:
    return all(mask >> bit & 1 for mask, bit in zip(box, cell, strict=True))


@given(boxes, boxes)
def test_what_is_left_of_a_box_is_every_cell_the_other_does_not_hold(box: Box, taken: Box) -> None:
    pieces = subtract(box, taken)
    for cell in CELLS:
        inside = [p for p in pieces if holds(p, cell)]
        assert len(inside) == (1 if holds(box, cell) and not holds(taken, cell) else 0)


@given(boxes, st.lists(st.tuples(boxes, st.lists(boxes, max_size=3)), max_size=5))
def test_the_residual_of_a_use_is_every_cell_that_no_grant_less_its_exclusions_holds(
    use: Box, consents: list[tuple[Box, list[Box]]]
) -> None:
    left = [] if is_empty(use) else [use]
    for grant, exclusions in consents:
        left = remaining(left, grant, exclusions)
    for cell in CELLS:
        covered = any(holds(g, cell) and not any(holds(e, cell) for e in excluded) for g, excluded in consents)
        assert sum(holds(p, cell) for p in left) == (1 if holds(use, cell) and not covered else 0)


@given(boxes, boxes)
def test_what_two_boxes_share_is_every_cell_that_both_hold(one: Box, other: Box) -> None:
    shared = intersect(one, other)
    assert all(holds(shared, c) == (holds(one, c) and holds(other, c)) for c in CELLS)
    assert is_empty(shared) == (not any(holds(shared, c) for c in CELLS))
