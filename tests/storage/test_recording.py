"""Recording: what is new is added, what is known changes nothing, what contradicts is refused, whole or not at all."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from registry.domain.consent import Consent, Grant, Grantor, Limits
from registry.domain.content import content, digest
from registry.domain.decision import Decision
from registry.domain.finding import VerdictWord
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import Act, Element, GrantorCapacity, Purpose, RecordKind
from registry.domain.world import World
from registry.storage import writing
from registry.storage.kinds import Kind
from registry.storage.nouns import NOUNS
from registry.storage.receipt import RefusedError, Tally
from registry.storage.store import Store
from registry.storage.written import in_utc
from tests.storage.raw import bindings
from tests.storage.sample import NOW, sample

BY = "T. Albright"
DAY = dt.timedelta(days=1)
PERFORMER = Performer(id="okafor", legal_name="Adaeze Okafor")
PRODUCTION = Production(id="harbor", title="Harbor Light")
USE = Use(id="u-1", act=Act.USE_REPLICA, production="harbor", performers=("okafor",))
CONSENT = Consent(
    id="c-1",
    performer="okafor",
    grantor=Grantor(capacity=GrantorCapacity.SELF),
    grants=(
        Grant(
            clause="1",
            acts=(Act.DUB,),
            elements=(Element.VOICE,),
            productions=("harbor",),
            purposes=(Purpose.FINAL,),
            description="A dub.",
            territories=("US", "CA"),
        ),
    ),
)
APPROVAL = Record(id="a-1", kind=RecordKind.APPROVAL, sender="netflix", use=("u-1",), given_at=NOW)
BASICS = World(performers=(PERFORMER,), productions=(PRODUCTION,))


def _named(name: str, at: dt.datetime | None = None) -> World:
    return World(performers=(replace(PERFORMER, legal_name=name, recorded_at=at),))


def _versions(store: Store) -> list[tuple[str, dt.datetime | None]]:
    return [(p.legal_name, p.recorded_at) for p in store.values(Performer)]


def test_everything_comes_back_as_it_was_recorded(store: Store) -> None:
    given = sample()
    store.record(given, by=BY, now=NOW)
    for noun in NOUNS:
        there = {v.id: v for v in noun.values(store.world())}
        assert {i: content(v) for i, v in there.items()} == {v.id: content(v) for v in noun.values(given)}
        assert {v.recorded_at for v in there.values()} == {NOW}
    performer = next(p for p in store.world().performers if p.id == "quillfeather")
    assert performer.representatives[1].share == Fraction(1, 3)


def test_recording_twice_changes_nothing(store: Store) -> None:
    first = store.record(sample(), by=BY, now=NOW)
    again = store.record(sample(), by="somebody else", now=NOW + DAY)
    assert (again.seq, again.hash) == (first.seq, first.hash)
    assert (again.added, again.versions, again.unchanged) == (0, 0, 37)
    assert store.head().seq == 37


def test_a_receipt_counts_by_kind(store: Store) -> None:
    store.record(BASICS, by=BY, now=NOW)
    renamed = World(performers=(replace(PERFORMER, legal_name="A. Okafor"),), productions=(PRODUCTION,), uses=(USE,))
    assert store.record(renamed, by=BY, now=NOW + DAY).tallies == (
        Tally(kind=Kind.PERFORMER, versions=1),
        Tally(kind=Kind.PRODUCTION, unchanged=1),
        Tally(kind=Kind.USE, added=1),
    )


def test_other_values_are_a_new_version_from_then_on(store: Store) -> None:
    store.record(_named("one"), by=BY, now=NOW)
    store.record(_named("two"), by=BY, now=NOW + DAY)
    assert _versions(store) == [("one", NOW), ("two", NOW + DAY)]
    assert [p.legal_name for p in store.values(Performer, known_at=NOW)] == ["one"]
    store.record(_named("one"), by=BY, now=NOW + 2 * DAY)
    assert _versions(store)[-1] == ("one", NOW + 2 * DAY)


def test_of_versions_recorded_at_one_moment_the_last_counts(store: Store) -> None:
    store.record(_named("one"), by=BY, now=NOW)
    store.record(_named("two"), by=BY, now=NOW)
    assert _versions(store) == [("two", NOW)]
    assert store.record(_named("two"), by=BY, now=NOW).unchanged == 1
    assert store.damages() == ()


def test_a_typed_moment_is_kept_as_it_was_written(store: Store) -> None:
    written = dt.datetime.fromisoformat("2026-09-10T09:15:00-07:00")
    store.record(_named("one", written), by=BY, now=NOW)
    (found,) = store.values(Performer)
    assert found.recorded_at is not None
    assert found.recorded_at.isoformat() == "2026-09-10T09:15:00-07:00"
    assert store.values(Performer, known_at=written - DAY) == ()
    assert store.values(Performer, known_at=written) == (found,)


def test_a_typed_moment_speaks_of_what_was_known_then(store: Store) -> None:
    store.record(_named("one"), by=BY, now=NOW)
    store.record(_named("two"), by=BY, now=NOW + 2 * DAY)
    assert store.record(_named("one", NOW + DAY), by=BY, now=NOW + 9 * DAY).unchanged == 1
    assert store.record(_named("two", NOW + DAY), by=BY, now=NOW + 9 * DAY).versions == 1
    assert store.record(_named("none", NOW - DAY), by=BY, now=NOW + 9 * DAY).versions == 1
    assert _versions(store) == [("none", NOW - DAY), ("one", NOW), ("two", NOW + DAY), ("two", NOW + 2 * DAY)]


def test_what_was_recorded_at_a_moment_cannot_be_typed_over(store: Store) -> None:
    store.record(_named("one", NOW), by=BY, now=NOW)
    with pytest.raises(RefusedError) as refused:
        store.record(_named("two", NOW), by=BY, now=NOW + DAY)
    assert refused.value.lines() == [
        "One thing cannot be recorded; nothing was.",
        " performer okafor as recorded at 2026-11-22T10:00:00+00:00 is on file with other values: "
        'legal_name is "one" on file, "two" here.',
        "Give it another identifier, or record a correction.",
    ]


def test_a_consent_with_other_values_is_refused_and_told_apart(store: Store) -> None:
    store.record(replace(BASICS, consents=(CONSENT,)), by=BY, now=NOW)
    grant = replace(CONSENT.grants[0], territories=("US", "MX"), real_time=True)
    with pytest.raises(RefusedError) as refused:
        store.record(World(consents=(replace(CONSENT, grants=(grant,)),)), by=BY, now=NOW + DAY)
    assert refused.value.problems == (
        "consent c-1 is on file with other values: grants[0].real_time is left out on file, yes here; "
        'grants[0].territories[1] is "CA" on file, "MX" here.',
    )
    assert store.values(Consent)[0].grants == CONSENT.grants


def test_a_record_with_other_values_is_refused(store: Store) -> None:
    store.record(World(records=(APPROVAL,)), by=BY, now=NOW)
    assert store.record(World(records=(replace(APPROVAL, recorded_at=NOW + DAY),)), by=BY, now=NOW).unchanged == 1
    with pytest.raises(RefusedError, match="One thing"):
        store.record(World(records=(replace(APPROVAL, sender="paramount"),)), by=BY, now=NOW)


def test_all_that_is_wrong_is_told_at_once_and_nothing_is_recorded(store: Store) -> None:
    store.record(replace(BASICS, consents=(CONSENT,), records=(APPROVAL,)), by=BY, now=NOW)
    before = store.head()
    worse = World(
        performers=(Performer(id="new", legal_name="New"),),
        consents=(replace(CONSENT, conspicuous=True),),
        records=(replace(APPROVAL, by="x"),),
    )
    with pytest.raises(RefusedError) as refused:
        store.record(worse, by=BY, now=NOW + DAY)
    assert len(refused.value.problems) == 2
    assert store.head() == before
    assert [p.id for p in store.values(Performer)] == ["okafor"]


def test_one_thing_twice_in_one_world_has_to_say_the_same(store: Store) -> None:
    twins = (PERFORMER, replace(PERFORMER, legal_name="Ada Okafor"))
    with pytest.raises(RefusedError) as refused:
        store.record(World(performers=twins), by=BY, now=NOW)
    assert refused.value.problems == (
        'performer okafor is given twice: legal_name is "Adaeze Okafor" first, "Ada Okafor" then.',
    )
    assert store.record(World(performers=(PERFORMER, PERFORMER)), by=BY, now=NOW).added == 1


def test_what_is_named_has_to_be_on_file(store: Store) -> None:
    engagement = Engagement(id="e-1", performer="okfor", production="harbor")
    with pytest.raises(RefusedError) as refused:
        store.record(replace(BASICS, engagements=(engagement,)), by=BY, now=NOW)
    assert refused.value.lines()[1:] == [
        " engagement e-1 names performer okfor, which is not on file.",
        "Import what is named first, or correct its name.",
    ]


def test_a_name_that_was_only_mentioned_is_not_on_file(store: Store) -> None:
    store.record(World(records=(APPROVAL,)), by=BY, now=NOW)  # names use u-1
    with pytest.raises(RefusedError) as refused:
        store.record(World(decisions=(_decision(),)), by=BY, now=NOW)
    assert refused.value.problems == (
        "decision names use u-1, which is not on file.",
        "decision names performer okafor, which is not on file.",
    )


def test_a_number_no_column_holds_is_refused(store: Store) -> None:
    grant = replace(CONSENT.grants[0], limits=Limits(seconds=10**30))
    with pytest.raises(RefusedError) as refused:
        store.record(replace(BASICS, consents=(replace(CONSENT, grants=(grant,)),)), by=BY, now=NOW)
    assert refused.value.problems == (f"consent c-1: limit_seconds {10**30} is too large.",)
    assert store.head().seq == 0


def test_a_fault_half_way_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the disk went")

    store.record(BASICS, by=BY, now=NOW)
    before = store.world()
    with monkeypatch.context() as patch:
        patch.setattr(writing, "project", fail)
        with pytest.raises(RuntimeError, match="the disk went"):
            store.record(sample(), by=BY, now=NOW)
    assert store.world() == before
    assert store.head().seq == 2
    assert store.damages() == ()
    assert store.record(sample(), by=BY, now=NOW).added == 36


def test_a_clock_without_a_zone_records_nothing(store: Store) -> None:
    with pytest.raises(ValueError, match="has no zone"):
        store.record(BASICS, by=BY, now=NOW.replace(tzinfo=None))
    assert store.head().seq == 0


# ---- bindings


def test_a_record_is_bound_to_the_use_as_it_then_was(store: Store, url: str) -> None:
    store.record(replace(BASICS, uses=(USE,)), by=BY, now=NOW)
    store.record(World(records=(APPROVAL,)), by=BY, now=NOW + DAY)
    longer = replace(USE, seconds=9)
    store.record(World(uses=(longer,), records=(replace(APPROVAL, id="a-2"),)), by=BY, now=NOW + 2 * DAY)
    assert bindings(url) == [("a-1", "u-1", digest(USE)), ("a-2", "u-1", digest(longer))]


def test_a_use_filed_later_binds_nothing(store: Store, url: str) -> None:
    store.record(World(records=(APPROVAL,)), by=BY, now=NOW)
    store.record(replace(BASICS, uses=(replace(USE, recorded_at=NOW - DAY),)), by=BY, now=NOW + DAY)
    assert bindings(url) == []


def test_the_digest_of_a_use_is_what_it_says_and_not_when(store: Store) -> None:
    assert digest(replace(USE, recorded_at=NOW)) == digest(USE) != digest(replace(USE, seconds=1))


# ---- decisions


def _decision() -> Decision:
    return Decision(
        use="u-1",
        performer="okafor",
        verdict=VerdictWord.NOT_CLEARED,
        answer='{"use":"u-1","verdict":"not_cleared"}',
        as_of="2026-10-02",
        known_at=NOW,
        decided_at=NOW,
    )


def test_a_decision_is_kept_to_the_byte_with_its_use(store: Store) -> None:
    store.record(BASICS, by=BY, now=NOW)
    again = replace(_decision(), decided_at=NOW + DAY)
    store.record(World(uses=(USE,), decisions=(_decision(),)), by=BY, now=NOW)
    receipt = store.record(World(uses=(USE,), decisions=(again, _decision())), by=BY, now=NOW + DAY)
    assert (receipt.added, receipt.unchanged) == (1, 2)
    first, second = store.values(Decision)
    assert (first, second) == (_decision(), again)
    assert (first.recorded_at, second.recorded_at) == (NOW, NOW + DAY)
    assert [use.id for use in store.values(Use)] == ["u-1"]
    assert store.damages() == ()


def test_no_decision_without_its_entry(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.record(replace(BASICS, uses=(USE,)), by=BY, now=NOW)

    def fail(*_: object) -> None:
        raise RuntimeError("the disk went")

    monkeypatch.setattr(writing.ledger, "append", fail)
    with pytest.raises(RuntimeError, match="the disk went"):
        store.record(World(decisions=(_decision(),)), by=BY, now=NOW)
    assert store.values(Decision) == ()


def test_a_decision_keeps_its_own_moment_and_needs_a_use_that_was_on_file_then(store: Store) -> None:
    earlier = replace(_decision(), recorded_at=NOW - DAY)
    store.record(BASICS, by=BY, now=NOW)
    with pytest.raises(RefusedError) as refused:
        store.record(World(uses=(USE,), decisions=(earlier,)), by=BY, now=NOW)
    assert refused.value.problems == (f"decision on use u-1: that use was not on file at {in_utc(NOW - DAY)}.",)
    filed = replace(USE, recorded_at=NOW - 2 * DAY)
    store.record(World(uses=(filed,), decisions=(earlier,)), by=BY, now=NOW)
    (kept,) = store.values(Decision)
    assert kept.recorded_at == NOW - DAY
    assert store.world(NOW - 2 * DAY).decisions == ()
    assert store.world().decisions == (earlier,)
    assert store.damages() == ()


# ---- many at once

WRITER = """
import datetime as dt, sys
from registry.domain.replica import Tool
from registry.domain.world import World
from registry.storage.store import open_store

store = open_store(sys.argv[1])
for n in range(25):
    store.record(World(tools=(Tool(id=f"{sys.argv[2]}-{n}"),)), by="w", now=dt.datetime.now(dt.UTC))
"""


def test_what_four_writers_record_at_once_all_lands(store: Store, url: str, checkout: Path) -> None:
    command = [sys.executable, "-c", WRITER, url]
    writers = [subprocess.Popen([*command, str(n)], cwd=checkout) for n in range(4)]
    assert [writer.wait(timeout=120) for writer in writers] == [0, 0, 0, 0]
    assert {tool.id for tool in store.world().tools} == {f"{w}-{n}" for w in range(4) for n in range(25)}
    assert store.head().seq == 100
    assert store.damages() == ()
