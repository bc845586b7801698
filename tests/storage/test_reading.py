"""Reading: everything that can matter to some uses, known at a moment, in about a dozen statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Engine, event, text

from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Replica, Tool
from registry.domain.use import Use
from registry.domain.words import Act, RecordKind
from registry.domain.world import World
from registry.storage import searching
from registry.storage.database import Database
from registry.storage.nouns import NOUNS
from registry.storage.reading import Reader
from registry.storage.store import Store
from tests.storage.sample import NOW, sample

BY = "T. Albright"
DAY = dt.timedelta(days=1)


@pytest.fixture
def filled(store: Store) -> Store:
    store.record(sample(), by=BY, now=NOW)
    return store


def _ids(world: World) -> dict[str, set[str]]:
    return {noun.shelf: {v.id for v in noun.values(world)} for noun in NOUNS}


@contextmanager
def counted() -> Iterator[list[str]]:
    """Every statement sent meanwhile, on any engine, but for what opens a connection or a transaction."""
    sent: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("PRAGMA", "BEGIN")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


def test_what_concerns_a_use_on_file(filled: Store) -> None:
    world = filled.load(uses=["u-fall"])
    assert _ids(world) == {
        "performers": {"quillfeather"},
        "productions": {"harbor"},
        "engagements": {"quillfeather-harbor"},
        "replicas": {"quillfeather-scan", "nobody"},
        "models": {"quillfeather-voice"},
        "tools": {"pipeline"},
        "profiles": {"usual"},
        "consents": {"c-1", "c-2"},
        "records": {"n-1", "n-2", "a-1", "r-1", "r-2", "p-1", "d-1", "m-1", "s-1", "k-1", "x-1", "x-2"},
        "uses": {"u-fall"},
        "rates": {"rate.session_scale 2026-07-01", "rate.session_scale 2027-07-01 some-pack"},
        "signoffs": {"TVT23-NOTICE-1"},
        "schedules": set(),
        "imports": set(),
        "clearances": set(),
    }


def test_a_use_given_whole_finds_the_same(filled: Store) -> None:
    use = next(u for u in sample().uses if u.id == "u-fall")
    assert filled.load(uses=[use]) == filled.load(uses=["u-fall"])
    assert filled.load(performers=["quillfeather"], productions=["harbor"], uses=["u-fall"]) == filled.load(uses=[use])


def test_a_proposed_use_brings_what_it_names(filled: Store) -> None:
    proposed = Use(id="u-new", act=Act.USE_REPLICA, production="orchard", replica="quillfeather-scan")
    found = _ids(filled.load(uses=[proposed]))
    assert found["performers"] == {"quillfeather"}  # left to the replica
    assert found["productions"] == {"orchard", "harbor"}
    assert found["consents"] == {"c-1", "c-2"}
    assert "n-1" in found["records"]  # about the replica


def test_a_use_may_leave_performer_and_production_to_its_replica(filled: Store) -> None:
    short = Use(id="u-short", act=Act.USE_REPLICA, replica="quillfeather-scan", seconds=3)
    made = Record(id="k-9", kind=RecordKind.USE_MADE, use=("u-short",), made_at=NOW)
    filled.record(World(uses=(short,), records=(made,)), by=BY, now=NOW)
    assert [u.production for u in filled.values(Use, ["u-short"])] == [""]
    found = _ids(filled.load(uses=["u-short"]))
    assert found["performers"] == {"quillfeather"}
    assert found["productions"] == {"harbor"}
    assert {"n-2", "k-9"} <= found["records"]  # the production's notice, too
    theirs = _ids(filled.load(performers=["quillfeather"]))
    assert "u-short" in theirs["uses"]  # made: it counts towards limits
    assert "k-9" in theirs["records"]


def test_a_planned_use_of_the_same_performer_on_the_same_picture_is_found(filled: Store) -> None:
    """A notice may serve the first session only: a check has to see the others."""
    beside = Use(id="u-beside", act=Act.DUB, production="harbor", performers=("quillfeather",), at=NOW)
    elsewhere = replace(beside, id="u-elsewhere", production="orchard")
    filled.record(World(uses=(beside, elsewhere)), by=BY, now=NOW)
    assert _ids(filled.load(uses=["u-fall"]))["uses"] == {"u-fall", "u-beside"}


def test_an_engagement_brings_its_performer(filled: Store) -> None:
    proposed = Use(id="u-new", act=Act.DUB, production="orchard", engagement="marsh-orchard")
    found = _ids(filled.load(uses=[proposed]))
    assert found["performers"] == {"marsh"}
    assert found["consents"] == {"c-3"}
    assert found["records"] == {"n-3", "y-1", "s-1", "k-2"}
    assert found["uses"] == {"u-other"}  # made: it counts towards limits


def test_nobody_else_s_records_are_read(filled: Store) -> None:
    found = _ids(filled.load(performers=["marsh"], productions=["harbor"]))
    assert found["records"] == {"n-2", "n-3", "s-1", "y-1", "k-2", "x-1", "x-2"}


def test_all_of_a_world_is_found_by_asking_for_all_of_it(filled: Store) -> None:
    world = filled.world()
    asked = filled.load(performers=["quillfeather", "marsh"], productions=["harbor", "orchard"], uses=world.uses)
    assert asked == replace(world, schedules=(), imports=(), clearances=())  # no check looks at these
    assert filled.schedules(["harbor", "orchard"]) == world.schedules != ()


def test_what_is_not_on_file_finds_nothing_of_its_own(filled: Store) -> None:
    found = _ids(filled.load(performers=["nobody-known"], productions=["nowhere"], uses=["u-never"]))
    general = {"replicas", "tools", "profiles", "records", "rates", "signoffs"}
    assert {shelf for shelf, ids in found.items() if ids} == general
    assert found["records"] == {"s-1"}


def test_all_versions_come_where_one_names_the_performer(store: Store) -> None:
    people = (Performer(id="a", legal_name="A"), Performer(id="b", legal_name="B"))
    replica = Replica(id="r", performer="a")
    store.record(World(performers=people, replicas=(replica,)), by=BY, now=NOW)
    store.record(World(replicas=(replace(replica, performer="b"),)), by=BY, now=NOW + DAY)
    assert [r.performer for r in store.load(performers=["a"]).replicas] == ["a", "b"]


def test_only_what_was_known_then(store: Store) -> None:
    store.record(sample(), by=BY, now=NOW)
    revoked = Record(id="v-1", kind=RecordKind.REVOCATION, consent="c-1", effective=NOW.date(), grants=("all",))
    renamed = replace(sample().performers[0], legal_name="Ada", recorded_at=None)
    store.record(World(records=(revoked,), performers=(renamed,)), by=BY, now=NOW + DAY)

    before, after = store.load(uses=["u-fall"], known_at=NOW), store.load(uses=["u-fall"])
    assert "v-1" not in _ids(before)["records"]
    assert "v-1" in _ids(after)["records"]
    assert len(before.performers) == 1
    assert [p.legal_name for p in after.performers][1] == "Ada"
    assert store.world(NOW - DAY) == World()
    assert store.world(NOW) != store.world()


@pytest.mark.parametrize("many", [1, 40, 1_200])
def test_a_dozen_statements_however_many_uses(filled: Store, many: int) -> None:
    proposed = [Use(id=f"u-{n}", act=Act.DUB, production="harbor", performers=("quillfeather",)) for n in range(many)]
    with counted() as sent:
        filled.load(uses=proposed)
    assert len(sent) == 13
    with counted() as sent:
        filled.load(uses=["u-fall", *(use.id for use in proposed)])
    assert len(sent) == 16  # the use on file, what it names, and the performers of that


def test_a_crowd_costs_no_more_statements(store: Store) -> None:
    crowd = [f"p-{n:04}" for n in range(1_500)]
    people = tuple(Performer(id=p, legal_name=p) for p in crowd)
    store.record(World(performers=people, productions=(Production(id="harbor", title="H"),)), by=BY, now=NOW)
    with counted() as sent:
        world = store.load(uses=[Use(id="u", act=Act.USE_REPLICA, production="harbor", performers=tuple(crowd))])
    assert len(sent) == 13
    assert len(world.performers) == 1_500


def test_recording_many_costs_no_more_statements(store: Store) -> None:
    def engaged(first: int, last: int) -> World:
        return World(
            performers=tuple(Performer(id=f"p-{n}", legal_name="N") for n in range(first, last)),
            productions=(Production(id="harbor", title="H"),),
            engagements=tuple(
                Engagement(id=f"e-{n}", performer=f"p-{n}", production="harbor") for n in range(first, last)
            ),
        )

    with counted() as few:
        store.record(engaged(0, 3), by=BY, now=NOW)
    with counted() as many:
        store.record(engaged(100, 400), by=BY, now=NOW)
    assert len(many) <= len(few)


def test_no_search_reads_a_whole_table(store: Store, url: str) -> None:
    """SQLite tells how it looks things up: from end to end, or all of a kind, takes longer as the registry grows."""
    if not url.startswith("sqlite"):
        return
    store.record(sample(), by=BY, now=NOW)
    whole: list[str] = []
    with Database(url).reading() as connection, counted() as sent:
        parameters: list[object] = []
        event.listen(connection, "before_cursor_execute", lambda c, cur, st, p, ctx, m: parameters.append(p))
        searching.load(Reader(connection), performers=["marsh"], productions=["harbor"], uses=["u-fall"])
        for statement, given in list(zip(sent, parameters, strict=True)):
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)  # type: ignore[arg-type]
            whole += [row.detail for row in plan if row.detail.startswith("SCAN") or "(kind=?)" in row.detail]
    allowed = ("json_each", "tools", "profiles", "rates", "signoffs", "picked", "anon", "CONSTANT", "(subquery")
    allowed += ("concern",)
    assert [step for step in whole if not any(name in step for name in allowed)] == []


def test_a_reading_sees_one_moment(filled: Store, url: str) -> None:
    database = Database(url)
    with database.reading() as connection:
        before = connection.execute(text("SELECT count(*) FROM tools")).scalar()
        filled.record(World(tools=(Tool(id="later"),)), by=BY, now=NOW)
        assert connection.execute(text("SELECT count(*) FROM tools")).scalar() == before
    assert {tool.id for tool in filled.world().tools} == {"pipeline", "later"}
