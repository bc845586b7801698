"""Riders as what a rule asks of a consent wants them, and what is said where a rider alone turns nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from registry.domain.consent import Consent
from registry.domain.words import Basis
from registry.engine.cure import Issuer
from registry.files.case_file import read_case
from registry.rules.catalogue import Catalogue, load_catalogue
from registry.services.checking import check_world
from registry.services.curing import CurePlan, consent_gate_passes, cure, signed_before, without_one_value

CASES = Path(__file__).parents[1] / "cases"
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
ISSUER = Issuer(name="J. Ferrand", capacity="counsel", on=NOW.date())


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


def cured(case: str, use: str) -> CurePlan:
    """The cures of one use of a case: where a rider is offered, it turns the check, and no value of it is spare."""
    path = CASES / case
    world, uses = (read := read_case(path.read_text("utf-8"), path.name, catalogue().dictionary)).world, read.uses
    proposed = next(u for u in uses if u.id == use)
    plan = cure(world, proposed, catalogue(), now=NOW, issuer=ISSUER)

    def passes(rider: Consent) -> bool:
        signed = signed_before(rider, proposed, NOW)
        more = replace(world, consents=(*world.consents, signed), records=(*world.records, *plan.rulings))
        return consent_gate_passes(check_world(more, (proposed,), catalogue(), now=NOW)[0])

    assert plan.rider is None or passes(plan.rider)
    assert plan.rider is None or not any(passes(smaller) for _, smaller in without_one_value(plan.rider))
    return plan


def test_more_heirs_sign_where_a_statute_asks_for_more_than_half() -> None:
    plan = cured("law/us-ny-cvr-50f-dr.yaml", "u-no-heirs")
    assert plan.rider is not None
    assert len(plan.rider.co_grantors) == 1


def test_a_rider_names_the_physical_change_that_the_use_makes() -> None:
    plan = cured("sag-aftra-commercials-2025/com25-red-hair-and-bare-shoulders.yaml", "u-unnamed")
    assert plan.rider is not None
    assert [g.physical_changes for g in plan.rider.grants] == [("The runner with red hair",)]


def test_where_a_contract_is_no_ground_a_rider_is_an_explicit_consent() -> None:
    plan = cured("law/eu-gdpr-contract-for-a-scan.yaml", "u-contract")
    assert plan.rider is not None
    assert plan.rider.basis is Basis.EXPLICIT_CONSENT


def test_what_a_rider_would_wait_for_is_named() -> None:
    plan = cured("law/us-federal.yaml", "u-only-made")
    assert plan.rider is None
    assert plan.why_not == (
        "A rider alone would not turn it: HOUSE-MINOR would still stand, waiting for an answer to "
        "performer.age_depicted."
    )
