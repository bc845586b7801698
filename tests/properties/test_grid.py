"""A grid is exact: its cells are the checks of their uses, together they are the whole use, and folding loses none."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from registry.domain.finding import Gate, State
from registry.engine.reach import Cover
from registry.services.checking import check_world
from registry.services.grid import Sheet, grid
from tests.properties.worlds import CATALOGUE, NOW, Story, stories, world_of


def sheet_of(story: Story) -> Sheet:
    (sheet,) = grid(world_of(story), (story.use,), CATALOGUE, now=NOW)
    return sheet


@given(stories())
def test_every_cell_is_what_the_check_of_it_says(story: Story) -> None:
    for cell in sheet_of(story).cells:
        use = replace(story.use, territories=(cell.territory,), languages=(cell.language,))
        (verdict,) = check_world(world_of(story), (use,), CATALOGUE, now=NOW)
        assert cell.verdict is verdict.verdict
        gate = dict(verdict.gates)[Gate.CONSENT]
        assert (cell.cover is Cover.COVERED) is (gate in (State.MET, State.DUE))
        assert (cell.cover in (Cover.PART, Cover.NONE)) is (gate in (State.UNMET, State.BARRED))


@given(stories())
def test_all_cells_are_covered_exactly_where_the_whole_use_is(story: Story) -> None:
    (verdict,) = check_world(world_of(story), (story.use,), CATALOGUE, now=NOW)
    sheet = sheet_of(story)
    assert (sheet.count(Cover.COVERED) == len(sheet.cells)) is (dict(verdict.gates)[Gate.CONSENT] is State.MET)


@given(stories())
def test_what_is_covered_in_part_is_met_by_a_clause_and_leaves_less_than_the_cell(story: Story) -> None:
    for cell in sheet_of(story).cells:
        if cell.cover is Cover.PART:
            assert cell.by
        if cell.cover in (Cover.PART, Cover.NONE):
            assert cell.residual


@given(stories())
def test_folding_keeps_every_cell_once(story: Story) -> None:
    sheet = sheet_of(story)
    unfolded = [
        ((place, tongue), (block.cell.cover, block.cell.verdict, block.cell.by))
        for block in sheet.blocks()
        for place in block.territories
        for tongue in block.languages
    ]
    told = [((c.territory, c.language), (c.cover, c.verdict, c.by)) for c in sheet.cells]
    assert sorted(unfolded, key=repr) == sorted(told, key=repr)
    assert sum(block.cells for block in sheet.blocks()) == len(sheet.cells)
