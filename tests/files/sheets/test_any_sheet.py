"""Whatever stands in the cells of a sheet: it is read, or refused with its faults. Nothing else ever happens."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.production import Production
from registry.domain.schedule import SheetKind
from registry.errors import FileError
from registry.files.sheets import Columns
from registry.files.sheets.grid import Grid, trimmed
from registry.files.sheets.reading import kinds_of, read_grids
from registry.rules.dictionary import load_dictionary

HARBOR = Production(
    id="harbor", title="Harbor Light", timezone="America/Los_Angeles", photography_starts_on=dt.date(2026, 9, 14),
    photography_ends_on=dt.date(2027, 1, 29),
)  # fmt: skip
HEADINGS = (
    "No.", "Cast", "Name", "First Name", "Last Name", "Character", "Status", "Make-Up", "On Set", "Wrap", "Remarks",
    "Scene", "Set", "D/N", "Pages", "Date", "Day", "Cast #", "Contract", "Union", "SAG Number", "Age Group",
    "Agent", "Day Rate", "Currency", "Start", "End", "Dates", "Voucher", "Count", "Cue", "Shot", "Act", "use_id",
    "performer", "shoot_date", "seconds", "Episode", "Location", "Work", "Total", "DOB", "Legal Name",
    "performer id", "Alias",
)  # fmt: skip
SAID = (
    "4", "4A", "007", "1, 4, 6-9", "6-2", "Ada Okafor", "Okafor, Ada", "24 SA pedestrians", "TBD", "SW", "W", "h",
    "ZZ", "-", "Oct 5", "Tue Oct 6", "10/31/2026", "03/04/2026", "31/31", "Oct 99", "6:42A", "18:00", "25:30",
    "6:75", "O/C", "END OF DAY 3 - Tue Oct 6 - 4 2/8 pgs", "Shoot Day # 1 -- Monday, October 5, 2026", "DAY OFF",
    "12 of 30", "BACKGROUND", "STUNTS", "ADVANCE SCHEDULE", "Crew call: 6:00P", "TOTAL", "1 2/8", "$1,500.00",
    "1500 USD", "Weekly", "Minor", "12", "use_replica", "dub", "face;movement", "none", "any", "41pt", "41, 42",
    "u-1", "(", "October 2026", "30", "31", "1", "=1+1", "Oct 5 - Oct 9", "TOTALS (x", "a;b", "Mara (Ada Okafor)",
    "1. MARA",
)  # fmt: skip
CELLS: st.SearchStrategy[Any] = st.one_of(
    st.just(""), st.sampled_from(HEADINGS), st.sampled_from(SAID), st.dates(dt.date(2026, 9, 1), dt.date(2027, 3, 1)),
    st.times(), st.integers(-5, 3000), st.floats(-10, 3000, allow_nan=False), st.booleans(), st.text(max_size=12),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=2)),
)  # fmt: skip
HEADED = st.lists(st.sampled_from(HEADINGS), min_size=2, max_size=9)
ROWS = st.tuples(
    st.lists(st.lists(CELLS, max_size=4), max_size=4), HEADED, st.lists(st.lists(CELLS, max_size=9), max_size=9)
).map(lambda parts: [*parts[0], parts[1], *parts[2]])


@given(ROWS, st.none() | st.sampled_from(SheetKind), st.booleans(), st.none() | st.just("102"))
@settings(max_examples=300)
def test_any_cells_are_a_sheet_or_faults(
    rows: list[list[Any]], kind: SheetKind | None, filled: bool, episode: str | None
) -> None:
    merged = frozenset((r, c) for r in range(1, len(rows), 3) for c in range(1, 9, 2)) if filled else frozenset()
    grid = Grid(sheet="", rows=trimmed(rows), filled=merged, formulas=frozenset({(3, 1)}))
    try:
        sheet = read_grids(
            (grid,), "any.xlsx", production=HARBOR, dictionary=load_dictionary(), kind=kind, episode=episode
        )
    except FileError as error:
        told = [fault.problem for fault in error.faults]
        assert told
        assert all(told)
        return
    assert sheet.schedule is not None or sheet.requests or sheet.people
    assert kind in (None, sheet.kind)


@given(ROWS)
def test_a_kind_that_is_told_is_a_kind_that_reads(rows: list[list[Any]]) -> None:
    grid = Grid(sheet="", rows=trimmed(rows))
    for found in kinds_of(grid, "any.csv", HARBOR, load_dictionary(), Columns()):
        again = kinds_of(grid, "any.csv", HARBOR, load_dictionary(), Columns(), found.kind)
        assert [one.kind for one in again] == [found.kind]
