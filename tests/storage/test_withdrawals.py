"""What an import had brought that was undone: it counts no longer, and nothing of it is lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from registry.domain.imported import Brought, Changed, Import
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.schedule import Schedule, SheetKind, ShootDay
from registry.domain.use import Use
from registry.domain.words import Act
from registry.domain.world import World
from registry.storage.store import Store

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
BY = "T. Albright"
BASICS = World(
    productions=(Production(id="harbor", title="Harbor Light"),), performers=(Performer(id="a", legal_name="A"),)
)
USE = Use(id="u-1", act=Act.DUB, production="harbor", performers=("a",))
BROUGHT = Import(
    id="i-1", production="harbor", kind=SheetKind.USES, file="uses.csv", sha256="0" * 64, by=BY,
    changes=(Changed(noun=Brought.USE, id="u-1", after="x"),),
)  # fmt: skip
UNDONE = replace(BROUGHT, undone_because="wrong week", undone_by=BY)


def brought(store: Store) -> None:
    store.record(BASICS, by=BY, now=NOW)
    store.record(World(uses=(USE,), imports=(BROUGHT,)), by=BY, now=NOW + HOUR)
    store.record(World(imports=(UNDONE,)), by=BY, now=NOW + 2 * HOUR)


def test_what_was_undone_counts_no_longer(store: Store) -> None:
    brought(store)
    assert store.values(Use) == ()
    assert store.load(performers=["a"], productions=["harbor"], uses=["u-1"]).uses == ()
    assert [one.undone_because for one in store.values(Import)] == [None, "wrong week"]
    assert store.damages() == ()


def test_before_it_was_undone_it_counted(store: Store) -> None:
    brought(store)
    then = NOW + HOUR
    assert [use.id for use in store.values(Use, known_at=then)] == ["u-1"]
    assert [use.id for use in store.load(uses=["u-1"], known_at=then).uses] == ["u-1"]
    assert [use.id for use in store.world().uses] == ["u-1"]  # a copy of everything has it still


def test_recorded_again_it_counts_again(store: Store) -> None:
    brought(store)
    receipt = store.record(World(uses=(USE,)), by=BY, now=NOW + 3 * HOUR)
    assert (receipt.added, receipt.versions, receipt.unchanged) == (0, 1, 0)
    assert [use.id for use in store.values(Use)] == ["u-1"]
    assert store.record(World(uses=(USE,)), by=BY, now=NOW + 4 * HOUR).unchanged == 1
    assert store.values(Use, known_at=NOW + 2 * HOUR) == ()


def test_schedules_and_engagements_are_read_by_production(store: Store) -> None:
    day = ShootDay(on=dt.date(2026, 12, 7))
    sheet = Schedule(id="s-1", production="harbor", kind=SheetKind.CALL_SHEET, days=(day,))
    other = replace(sheet, id="s-2", production="quay")
    engagement = Engagement(id="a-harbor", performer="a", production="harbor")
    store.record(
        replace(BASICS, productions=(*BASICS.productions, Production(id="quay", title="Quay"))), by=BY, now=NOW
    )
    store.record(World(schedules=(sheet, other), engagements=(engagement,)), by=BY, now=NOW)
    store.record(World(schedules=(replace(sheet, revision="Blue"),)), by=BY, now=NOW + HOUR)
    assert [(s.id, s.revision) for s in store.schedules(["harbor"])] == [("s-1", None), ("s-1", "Blue")]
    assert [s.id for s in store.schedules(["harbor", "quay"], known_at=NOW)] == ["s-1", "s-2"]
    assert store.schedules(["nowhere"]) == ()
    assert store.engagements(["harbor"]) == (engagement,)
    assert store.load(performers=["a"], productions=["harbor"]).schedules == ()
