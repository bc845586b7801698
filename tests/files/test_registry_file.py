"""Registry files: what is written is read back the same, and every section and kind of record can be read."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from registry.domain.canonical import to_plain
from registry.domain.consent import Consent, Counsel, Exclusion
from registry.domain.dates import DateSpan, parse_span
from registry.domain.decision import Decision, KeptClearance
from registry.domain.facts import UNSURE
from registry.domain.finding import VerdictWord
from registry.domain.imported import Import
from registry.domain.money import Money
from registry.domain.performer import Performer, Representative
from registry.domain.production import Engagement, Production, Profile
from registry.domain.rate import CardRate
from registry.domain.record import Record
from registry.domain.replica import Model, Replica, Tool
from registry.domain.revision import Revision
from registry.domain.schedule import Schedule
from registry.domain.shape import Kind, Shape, shapes
from registry.domain.signoff import SignOff
from registry.domain.use import Use
from registry.domain.words import Agreement, Capacity, GrantorCapacity, RecordKind
from registry.domain.world import World
from registry.errors import FileError
from registry.files.records import taken_by
from registry.files.registry_file import known_in, read_registry, write_registry
from registry.files.writing import BESIDE
from tests.files.harbor import HARBOR
from tests.files.pieces import DICTIONARY, NASTY
from tests.files.worlds import worlds


def stamps(world: World) -> list[object]:
    """What equality of worlds does not look at."""
    return [value.recorded_at for name in World.__dataclass_fields__ for value in getattr(world, name)]


@settings(max_examples=40)
@given(worlds())
def test_export_then_import_is_the_same_world(world: World) -> None:
    text = write_registry(world)
    again = read_registry(text, "export.yaml", DICTIONARY)
    assert again == world
    assert stamps(again) == stamps(world)
    assert write_registry(again) == text


WRITTEN = set(World.__dataclass_fields__) - BESIDE


def test_every_section_and_every_kind_of_record_is_read() -> None:
    world = read_registry(HARBOR, "harbor.yaml", DICTIONARY)
    assert all(getattr(world, name) for name in WRITTEN)
    assert {record.kind for record in world.records} == set(RecordKind)
    assert read_registry(write_registry(world), "again.yaml", DICTIONARY) == world


def test_what_is_read_is_what_is_meant() -> None:
    world = read_registry(HARBOR, "harbor.yaml", DICTIONARY)
    performer, production, engagement = world.performers[0], world.productions[0], world.engagements[0]
    assert performer.born == DateSpan(dt.date(1991, 6, 2), dt.date(1991, 6, 2))
    assert performer.died is None
    assert performer.representatives[1].share == Fraction(1, 3)
    assert performer.standings[0].to is None
    assert production.places == ("US-CA", "NO")
    assert production.agreement is Agreement.TV_THEATRICAL
    assert production.declares is not None
    assert production.declares.facts == (("use.fee_offered", Money(50000, "USD")), ("use.on_goods", False))
    assert engagement.cast_numbers[0].number == "4"
    assert world.tools[0].reuses is UNSURE
    assert world.tools[0].trains is None
    scan, fall = world.consents[0].grants
    assert (scan.clause, scan.scenes, scan.media) == ("2.1", None, None)
    assert (fall.clause, fall.scenes, fall.media) == ("2.10", ("41", "42"), ("any",))
    assert fall.ages == (35, 35)
    assert fall.description == "Mara falls from the ferry roof, scenes 41 and 42; about 6 seconds; no dialogue."
    assert world.consents[0].excludes[0] == Exclusion(territories=("CN",), media=("social",))
    assert world.consents[1].counsel == Counsel(name="none")
    records = {record.kind: record for record in world.records}
    assert records[RecordKind.APPROVAL].sender == "netflix"
    assert records[RecordKind.APPROVAL].use == ("u-41-fall", "u-60")
    assert records[RecordKind.RULING].answer == "yes"
    assert records[RecordKind.REVOCATION].grants == ("all",)
    assert (records[RecordKind.SEARCH].from_, records[RecordKind.SEARCH].to_day) == (
        dt.date(2026, 1, 5),
        dt.date(2026, 3, 5),
    )
    assert records[RecordKind.SEARCH].for_ == "authorized_representative"
    assert records[RecordKind.BARGAINING].with_ == "union"
    use = world.uses[0]
    assert use.content == ()
    assert use.elements is None
    assert dict(use.facts)["use.exception_claimed"] is UNSURE
    assert dict(use.facts)["prompt.features"] == ("none",)


@pytest.mark.parametrize("share", ["0.500000000000000001", "0.499999999999999999", "123456789/987654321", "1"])
def test_a_share_is_written_so_that_it_is_read_again(share: str) -> None:
    world = read_registry(HARBOR.replace("share: 1/3", f'share: "{share}"'), "harbor.yaml", DICTIONARY)
    assert world.performers[0].representatives[1].share == Fraction(share)
    assert read_registry(write_registry(world), "again.yaml", DICTIONARY) == world


NOON = dt.datetime(2026, 9, 14, 12, 0, 0, 250, tzinfo=dt.timezone(dt.timedelta(hours=-7)))
TEXTS: dict[str, str] = {
    "performer": "okafor", "performers": "okafor", "trained_on": "okafor", "production": "harbor",
    "productions": "harbor", "made_for": "harbor", "engagement": "e", "replica": "r", "model": "m", "tool": "t",
    "profile": "p", "consent": "c", "consents": "c", "replaced_by": "c", "representative": "rep", "corrects": "other",
    "domicile": "NO", "places": "NO", "place": "053", "governing_law": "NO", "released_in": "NO", "territories": "NO",
    "languages": "no", "original_language": "no", "media": "social", "timezone": "UTC", "sha256": "0e1" * 21 + "0",
    "use": "12", "about": "1e3", "act": "dub",
    "role_use": "principal", "question": "use.as_scripted", "answer": "yes", "to": "union",
    "clause": "2.10", "grants": "2.10", "declined": "2.2",
}  # fmt: skip
VALUES: dict[Kind, object] = {
    Kind.INTEGER: 7, Kind.YES_NO: False, Kind.ANSWER: UNSURE, Kind.DATE: NOON.date(), Kind.MOMENT: NOON,
    Kind.SPAN: parse_span("1957-03"), Kind.MONEY: Money(124600, "USD"), Kind.FRACTION: Fraction(1, 3),
    Kind.FACTS: (("prompt.features", ("eyes",)), ("use.advertiser", "NO"), ("use.fixed_on", NOON.date())),
}  # fmt: skip
IDS = {Performer: "okafor", Production: "harbor", Engagement: "e", Replica: "r", Model: "m", Tool: "t", Profile: "p",
       Consent: "c", Representative: "rep"}  # fmt: skip
WORDS = {Capacity: Capacity.ESTATE, GrantorCapacity: GrantorCapacity.ESTATE}


_ANSWER = {
    "format": "consent-verdict/1", "use": "x", "performer": "okafor", "as_of": "2026-10-02",
    "known_at": NOON.isoformat(), "verdict": "prohibited",
}  # fmt: skip
DECIDED = Decision(
    use="x", performer="okafor", verdict=VerdictWord.PROHIBITED, answer=json.dumps(_ANSWER), as_of="2026-10-02",
    known_at=NOON, decided_at=NOON, recorded_at=NOON,
)  # fmt: skip


def full(cls: Any, fields: Iterable[Shape] | None = None, **given: object) -> Any:
    """A value of a domain class with every field set."""
    found: dict[str, Any] = dict(given)
    for shape in shapes(cls) if fields is None else fields:
        if shape.name in found:
            continue
        if shape.kind is Kind.NESTED:
            value: Any = full(shape.type)
        elif shape.kind is Kind.WORD:
            value = WORDS.get(shape.type, next(iter(shape.type)))
        elif shape.kind is Kind.TEXT:
            value = IDS.get(cls, "x") if shape.name == "id" else TEXTS.get(shape.name, "12:30")
        else:
            value = VALUES[shape.kind]
        found[shape.name] = ((value, value) if shape.name == "ages" else (value,)) if shape.many else value
    return cls(**found)


def _record(kind: RecordKind) -> Record:
    fields = [shape for shape in taken_by(kind) if shape.name != "kind"]
    whole = full(Record, fields, id=f"r-{kind}", kind=kind)
    return replace(whole, rule="X-1") if kind is RecordKind.RULING else whole


def test_a_world_with_every_field_set_survives() -> None:
    other = Record(id="other", kind=RecordKind.CORRECTION, corrects="r-notice", because="x", given_at=NOON)
    world = World(
        performers=(full(Performer, born=parse_span("1891")),), productions=(full(Production),),
        engagements=(full(Engagement),), replicas=(full(Replica),), models=(full(Model),), tools=(full(Tool),),
        profiles=(full(Profile, facts=(("use.advertiser", "NO"),)),), consents=(full(Consent),),
        records=(other, *(_record(kind) for kind in RecordKind)), uses=(full(Use),), signoffs=(full(SignOff),),
        rates=(full(CardRate, name="rate.period_of_use_months", value="21"),), decisions=(DECIDED,),
        schedules=(full(Schedule),), imports=(full(Import, undone_because="x"),), clearances=(full(KeptClearance),),
    )  # fmt: skip
    assert all(getattr(world, name) for name in WRITTEN)
    again = read_registry(write_registry(replace(world, revisions=(full(Revision),))), "full.yaml", DICTIONARY)
    assert again == world
    assert stamps(again) == stamps(world)
    assert all(stamp == NOON for stamp in stamps(again) if stamp)


@pytest.mark.parametrize("text", NASTY)
def test_what_other_readers_would_misread_is_quoted(text: str) -> None:
    """What is written without quotes is text to a reader of YAML 1.1 too: no number, no date, no yes."""
    world = World(performers=(Performer(id="p", legal_name=text),))
    written = write_registry(world).splitlines()[3].partition("legal_name: ")[2].removesuffix("}")
    assert written == json.dumps(text, ensure_ascii=False) or re.fullmatch(r"[A-Za-z]\w\w+", written)
    assert written.casefold() not in ("yes", "no", "on", "off", "y", "n", "true", "false", "null")
    assert read_registry(write_registry(world), "x").performers[0].legal_name == text


def test_json_is_read_wherever_yaml_is() -> None:
    world = read_registry(HARBOR, "harbor.yaml", DICTIONARY)
    plain = {"format": "consent-registry/1", **to_plain(world)}
    assert read_registry(json.dumps(plain, indent=1), "harbor.json", DICTIONARY) == world


def test_two_versions_of_one_thing_have_two_stamps() -> None:
    versions = """\
format: consent-registry/1
performers:
  - {id: p, legal_name: A, recorded_at: 2026-01-01T00:00:00Z}
  - {id: p, legal_name: B, recorded_at: 2026-02-01T00:00:00Z}
"""
    assert [p.legal_name for p in read_registry(versions, "x").performers] == ["A", "B"]


def test_a_file_may_name_what_is_on_file() -> None:
    world = read_registry(HARBOR, "harbor.yaml", DICTIONARY)
    more = """\
format: consent-registry/1
engagements:
  - {id: second, performer: okafor, production: harbor}
consents:
  - id: c-3
    performer: okafor
    grantor: {capacity: estate, representative: okafor-heir}
    grants:
      - {clause: 1, acts: [dub], elements: [voice], productions: [harbor-films], purposes: [final], description: x}
records:
  - {id: v-9, kind: revocation, consent: c-1, grants: ["2.10"], effective: 2026-01-01}
"""
    assert read_registry(more, "more.yaml", known=known_in(world)).engagements[0].id == "second"
    with pytest.raises(FileError) as caught:
        read_registry(more, "more.yaml")
    assert [fault.problem for fault in caught.value.faults] == [
        "no such performer",
        "no such production",
        "no such performer",
        "no production, franchise or title of that name",
        "no such consent; nearest: c-3",
    ]


def test_what_is_on_file_is_asked_once_a_kind() -> None:
    asked: list[tuple[str, frozenset[str]]] = []

    def known(kind: str, ids: frozenset[str]) -> Collection[str]:
        asked.append((kind, ids))
        return ids

    entries = "\n".join(f"  - {{id: e-{n}, performer: p-{n}, production: w}}" for n in range(50))
    read_registry(f"format: consent-registry/1\nengagements:\n{entries}\n", "x", known=known)
    assert sorted(kind for kind, _ in asked) == ["performers", "productions"]


def test_without_a_dictionary_facts_are_typed_by_the_way_they_are_written() -> None:
    facts = "{use.a: yes, use.b: 'yes', use.c: 2, use.d: 2.5, use.e: 2026-09-14, use.f: 5.00 USD, use.g: [x]}"
    text = f"format: consent-registry/1\nprofiles: [{{id: p, by: T, facts: {facts}}}]\n"
    found = dict(read_registry(text, "x").profiles[0].facts)
    assert list(found.values()) == [True, "yes", 2, 2.5, NOON.date(), Money(500, "USD"), ("x",)]


@pytest.mark.parametrize(
    ("written", "instead", "said"),
    [
        ('"use": "u-41-fall"', '"use": "u-42"', "says use u-42, the entry u-41-fall"),
        ('"performer": "okafor", ', "", "says performer None, the entry okafor"),
        ('"as_of": "2026-10-02"', '"as_of": null', "says as_of None, the entry 2026-10-02"),
        ('T10:00:00Z", "verdict"', 'T11:00:00Z", "verdict"', "says known_at 2026-11-22T11:00:00Z, the entry"),
        ('"verdict": "cleared"', '"verdict": "refer"', "says verdict refer, the entry cleared"),
        ("consent-verdict/1", "consent-verdict/9", "not a verdict; it is what"),
        ('"verdict": "cleared"}', '"verdict": "cleared"', "not a verdict; it is what `check --json` printed"),
    ],
)  # fmt: skip
def test_an_answer_is_the_one_that_its_entry_says(written: str, instead: str, said: str) -> None:
    assert HARBOR.count(written) == 1
    with pytest.raises(FileError) as refused:
        read_registry(HARBOR.replace(written, instead), "harbor.yaml", DICTIONARY)
    (fault,) = refused.value.faults
    assert fault.path.startswith("decisions[0].answer: {")
    assert fault.problem.startswith(said)


def test_a_decision_is_on_a_use_that_is_there() -> None:
    with pytest.raises(FileError) as refused:
        read_registry(HARBOR.replace("- id: u-41-fall", "- id: u-41-fell"), "harbor.yaml", DICTIONARY)
    assert [(fault.path, fault.problem) for fault in refused.value.faults] == [
        ("decisions[0].use: u-41-fall", "no such use; nearest: u-41-fell")
    ]
