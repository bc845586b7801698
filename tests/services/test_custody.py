"""By when a replica has to be destroyed: what was agreed, and the statutes of the place where it was captured."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from registry.domain.record import Record
from registry.domain.replica import Custody, Replica
from registry.domain.words import Basis, BiometricKind, Element, RecordKind
from registry.services.custody import destructions_owed, held
from registry.services.register import Clocks, Register, registered
from tests.services.owing import NOW, PACKS, TWO, use

SCAN = Replica(
    id="scan",
    performer="okafor",
    elements=(Element.LIKENESS,),
    made_for="harbor",
    custody=(Custody(holder="Northgate", place="US-IL"),),
    biometric_kinds=(BiometricKind.FACE_GEOMETRY,),
)


def read(replica: Replica, *records: Record, **changes: object) -> Register:
    world = replace(TWO, replicas=(replica,), records=records, **changes)  # type: ignore[arg-type]
    return registered(world, [use("u-1")], PACKS, Clocks(now=NOW))


@pytest.mark.parametrize(
    ("place", "ended", "contact", "expected"),
    [
        ("US-IL", dt.date(2026, 6, 1), dt.date(2026, 1, 1), ("US-IL-BIPA-15A", dt.date(2026, 6, 1))),
        ("US-IL", None, dt.date(2024, 2, 29), ("US-IL-BIPA-15A", dt.date(2027, 3, 1))),
        ("US-TX", dt.date(2024, 2, 29), None, ("US-TX-CUBI-DESTROY", dt.date(2025, 3, 1))),
        ("US-CO", None, dt.date(2026, 1, 31), ("US-CO-BIO-1130", dt.date(2028, 1, 31))),
        ("US-CA", dt.date(2026, 6, 1), None, ("REC-BIO", None)),
    ],
)
def test_the_statute_of_the_place_decides(
    place: str, ended: dt.date | None, contact: dt.date | None, expected: tuple[str, dt.date | None]
) -> None:
    replica = replace(
        SCAN, custody=(Custody(holder="N", place=place),), purpose_ended_on=ended, last_contact_on=contact
    )
    (one,) = held(read(replica))
    assert [(g.rule, g.on) for g in one.grounds] == [expected]
    assert one.grounds[0].sure


def test_what_may_apply_is_said_to_be_open() -> None:
    somewhere = replace(SCAN, custody=(), biometric_kinds=None, purpose_ended_on=dt.date(2026, 6, 1))
    grounds = held(read(somewhere, productions=(replace(TWO.productions[0], places=()),)))[0].grounds
    assert {g.rule for g in grounds} == {"US-IL-BIPA-15A", "US-TX-CUBI-DESTROY", "US-CO-BIO-1130"}
    assert not any(g.sure for g in grounds)
    (item,) = destructions_owed(read(somewhere))
    assert item.perhaps


def test_a_scan_of_the_body_alone_is_no_identifier() -> None:
    body = replace(SCAN, biometric_kinds=(BiometricKind.BODY_SCAN,), last_contact_on=dt.date(2026, 1, 1))
    assert held(read(body))[0].grounds == ()


def test_the_earliest_day_counts_and_overdue_is_said() -> None:
    both = replace(SCAN, purpose_ended_on=dt.date(2026, 6, 1), destroy_by=dt.date(2028, 1, 1))
    (item,) = destructions_owed(read(both))
    assert (item.on, item.overdue, item.holders) == (dt.date(2026, 6, 1), True, ("Northgate (US-IL)",))
    assert [g.rule for g in item.grounds] == ["US-IL-BIPA-15A", "destroy_by"]


@pytest.mark.parametrize("how", ["record", "version"])
def test_a_certificate_or_a_day_of_destruction_closes_it(how: str) -> None:
    due = replace(SCAN, purpose_ended_on=dt.date(2026, 6, 1))
    record = Record(id="d", kind=RecordKind.DONE, replica="scan", rule="REC-BIO", on=dt.date(2026, 6, 2))
    other = replace(record, id="other", rule="US-IL-BIPA-15A")  # the policy, not the scan
    assert list(destructions_owed(read(due, other)))
    gone = read(due, record) if how == "record" else read(replace(due, destroyed_on=dt.date(2026, 6, 2)))
    assert list(destructions_owed(gone)) == []


def test_a_withdrawn_explicit_consent_asks_for_erasure() -> None:
    from registry.domain.consent import Grant
    from registry.domain.words import Act, Purpose
    from tests.engine.instruments import CONSENT

    grant = Grant(
        clause="1", acts=(Act.CREATE_REPLICA,), elements=(Element.LIKENESS,), productions=("harbor",),
        purposes=(Purpose.FINAL,), description="One scan.",
    )  # fmt: skip
    consent = replace(CONSENT, basis=Basis.EXPLICIT_CONSENT, grants=(grant,))
    letter = Record(
        id="v", kind=RecordKind.REVOCATION, consent=consent.id, grants=("all",), effective=dt.date(2026, 10, 1)
    )
    (one,) = held(read(SCAN, letter, consents=(consent,)))
    assert [(g.rule, g.on) for g in one.grounds] == [("EU-GDPR-17", dt.date(2026, 10, 1))]
