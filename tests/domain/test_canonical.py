"""One written form for every value: keys sorted, NFC, no floating-point numbers; and back again."""

from __future__ import annotations

import datetime as dt
import json
from fractions import Fraction

import pytest
from hypothesis import given, settings

from registry.domain.canonical import canonical_bytes, from_plain, to_plain
from registry.domain.consent import Consent, Counsel, Grant, Grantor
from registry.domain.dates import parse_span
from registry.domain.facts import UNSURE
from registry.domain.money import Money
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import Act, Element, GrantorCapacity, Purpose, RecordKind
from registry.domain.world import World
from tests.files.worlds import worlds

NOON = dt.datetime(2026, 9, 14, 12, tzinfo=dt.timezone(dt.timedelta(hours=-7)))


@settings(max_examples=40)
@given(worlds())
def test_plain_and_back_by_way_of_the_bytes(world: World) -> None:
    again = from_plain(World, json.loads(canonical_bytes(world)))
    assert again == world
    assert canonical_bytes(again) == canonical_bytes(world)
    for section in ("performers", "consents", "records"):
        told = [value.recorded_at for value in getattr(world, section)]
        assert [value.recorded_at for value in getattr(again, section)] == told


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, "null"),
        (True, "true"),
        (12, "12"),
        (2.5, '"2.5"'),
        (Fraction(1, 3), '"1/3"'),
        (Money(124600, "USD"), '"1246.00 USD"'),
        (NOON, '"2026-09-14T12:00:00-07:00"'),
        (NOON.date(), '"2026-09-14"'),
        (parse_span("1957"), '"1957"'),
        (parse_span("1957-03"), '"1957-03"'),
        (UNSURE, '"unsure"'),
        (Act.DUB, '"dub"'),
        ({"b": 1, "a": [2, 3]}, '{"a":[2,3],"b":1}'),
        ("A\u030angstro\u0308m", '"Ångström"'),
    ],
)
def test_written_forms(value: object, written: str) -> None:
    assert canonical_bytes(value) == written.encode()


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (NOON.replace(tzinfo=None), "has no offset"),
        ("\ud800", "half a character"),
        ({"A\u030a": 1, "Å": 2}, "written alike"),
    ],
)
def test_what_cannot_be_written(value: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        canonical_bytes(value)


def test_the_keys_are_those_of_the_formats() -> None:
    record = Record(id="a-1", kind=RecordKind.APPROVAL, sender="netflix", use=("u-1",), given_at=NOON)
    strike = Record(id="s-1", kind=RecordKind.STRIKE, from_=NOON.date(), to_day=NOON.date())
    assert to_plain(record) == {
        "id": "a-1", "kind": "approval", "from": "netflix", "use": "u-1", "given_at": "2026-09-14T12:00:00-07:00",
    }  # fmt: skip
    assert to_plain(strike) == {"id": "s-1", "kind": "strike", "from": "2026-09-14", "to": "2026-09-14"}
    assert from_plain(Record, to_plain(strike)) == strike
    assert from_plain(Record, to_plain(record)) == record


def test_what_says_none_differs_from_what_is_left_out() -> None:
    nothing = Use(id="u", act=Act.DUB, production="harbor", content=())
    silent = Use(id="u", act=Act.DUB, production="harbor")
    assert to_plain(nothing)["content"] == []
    assert "content" not in to_plain(silent)
    assert from_plain(Use, to_plain(nothing)) == nothing != silent


def test_a_text_that_looks_like_a_date_or_an_amount_stays_a_text() -> None:
    facts = (("a", "2026-09-14"), ("b", NOON.date()), ("c", "5.00 USD"), ("d", Money(500, "USD")), ("e", "unsure"))
    use = Use(id="u", act=Act.DUB, production="harbor", facts=facts)
    again = from_plain(Use, json.loads(canonical_bytes(use)))
    assert again == use
    assert [type(value) for _, value in again.facts] == [type(value) for _, value in facts]


def test_a_consent_reads_as_in_a_file() -> None:
    grant = Grant(
        clause="2.1", acts=(Act.DUB,), elements=(Element.VOICE,), productions=("harbor",), purposes=(Purpose.FINAL,),
        description="One line.", media=("any",), ages=(35, 35), real_time=False,
    )  # fmt: skip
    consent = Consent(
        id="c-1", performer="okafor", grantor=Grantor(capacity=GrantorCapacity.SELF), grants=(grant,),
        counsel=Counsel(name="none"), recorded_at=NOON,
    )  # fmt: skip
    assert to_plain(consent) == {
        "id": "c-1",
        "performer": "okafor",
        "grantor": {"capacity": "self"},
        "grants": [
            {
                "clause": "2.1", "acts": ["dub"], "elements": ["voice"], "productions": ["harbor"],
                "purposes": ["final"], "description": "One line.", "media": "any", "ages": [35, 35],
                "real_time": False,
            }
        ],
        "counsel": "none",
        "recorded_at": "2026-09-14T12:00:00-07:00",
    }  # fmt: skip
    assert from_plain(Consent, to_plain(consent)) == consent
