"""The agreements and the comparable policies: every row of their tables stands in a pack, and cases try both sides."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from registry.domain.finding import Grade, State
from registry.files.case_file import Case, read_case
from registry.rules.catalogue import Catalogue, load_catalogue
from registry.rules.catalogue import clauses as clauses_of
from registry.rules.pack import FormRule, PackGate, Rule
from registry.services.casework import run_case

CASES = sorted(p for p in (Path(__file__).parents[1] / "cases").glob("*/*.yaml") if p.parent.name != "law")
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)

# The rows of the tables of agreements (without the parts of a row) and of comparable policies.
ROWS = re.findall(
    r"\S+",
    """
    TVT23-SCOPE-1 TVT23-DEF-DR TVT23-DEF-EBDR TVT23-DEF-ICDR TVT23-DEF-BADR TVT23-DEF-SYN TVT23-DEF-ALT TVT23-DEF-GAI
    TVT23-NOTICE-1 TVT23-CREATE-1 TVT23-FORM-1 TVT23-FORM-2 TVT23-DESC-1 TVT23-PERUSE-1 TVT23-EBDR-USE-1
    TVT23-EBDR-OTHER-1 TVT23-ICDR-1 TVT23-ALT-1 TVT23-BADR-USE-1 TVT23-BADR-OTHER-1 TVT23-BADR-COUNT-1 TVT23-SYN-1
    TVT23-SYN-2 TVT23-DEATH-1 TVT23-DEATH-2 TVT23-DEATH-3 TVT23-DEATH-4 TVT23-REVOKE-1 TVT23-EXPIRY-1 TVT23-MINOR-1
    TVT23-PAY-CREATE-1 TVT23-PAY-CREATE-2 TVT23-PAY-CREATE-3 TVT23-PAY-USE-1 TVT23-PAY-OTHER-1 TVT23-RESID-1
    TVT23-PAY-ICDR-1 TVT23-PAY-BADR-1 TVT23-PAY-BADR-2 TVT23-PH-1 TVT23-OWN-1 TVT23-PROMO-1 TVT23-TRAIN-1 TVT23-SEC-1
    TVT23-XFER-1 TVT23-ARB-1 TVT23-MEET-1 TVT23-STRIKE-1 TVT26-CARRY-1 TVT26-NOSCAN-1 TVT26-ALT-1 TVT26-SCOPE-2
    TVT26-ICDR-PAY-1 TVT26-ICDR-RES-1 TVT26-ICDR-PH-1 TVT26-DUB-1 TVT26-BIO-1 TVT26-MINOR-1 TVT26-STRIKE-1 TVT26-SEC-1
    TVT26-XFER-1 TVT26-SCAN-1 TVT26-SYN-1 TVT26-SYN-2 TVT26-SYN-3 TVT26-SYN-4 TVT26-SYN-5 TVT26-SYN-6 TVT26-TRAIN-1
    TVT26-EXPIRY-1 TVT26-RATE-1 TVT26-MEET-1 COM25-NOTICE-1 COM25-FORM-1 COM25-FORM-2 COM25-SCOPE-1 COM25-SCOPE-2
    COM25-FUTURE-1 COM25-MPU-1 COM25-PAY-1 COM25-PAY-2 COM25-SYN-1 COM25-TRAIN-1 COM25-LAW-1 AUD-DYN-1 IMA25-DEF-1
    IMA25-CONSENT-1 IMA25-DISC-1 IMA25-ICDR-1 IMA25-PAY-1 IMA25-PAY-2 IMA25-PAY-3 IMA25-PAY-4 IMA25-REPORT-1
    IMA25-STRIKE-1 IMA25-RTG-TERM-1 IMA25-HR-1 TVA23-1 TVA23-2 TVA23-3 TVA23-4 TVA23-5 NETC24-SYN-1 NETC24-DR-1 SRC24-1
    SRC24-2 SRC24-3 SRC24-4 SRC24-5 SRC24-6 DUB-1 DUB-2 IND-1 IND-2 INF-1 REP-1 NAR-1 ETH-1 EQ-1 ACTRA-1 UBCP-1 WGA26-1
    DGA-1 US-COVER-1 US-MGS US-FICORE US-TH US-OK30 US-MUSTJOIN US-MUSTPAY US-RTW US-ELIG US-HW US-NON ST12 GR1
    SAG-39A SAG-39B SAG-39C SAG-39D SAG-39E SAG-39F SAG-39G SAG-39H SAG-39I SAG-39J SAG-39K SAG-39L
    EQUITY-Q-1 EQ-2 EQ-3
    """,
)

PASSED = {State.MET, State.EXEMPT}
HELD = {State.UNMET, State.BARRED, State.REFER, State.DUE, State.UNKNOWN}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    read = (read_case(path.read_text("utf-8"), path.name, catalogue().dictionary) for path in CASES)
    return tuple(read)


def clauses() -> dict[str, Rule | FormRule]:
    found: dict[str, Rule | FormRule] = {}
    for pack in catalogue().packs:
        if pack.gate in (PackGate.AGREEMENT, PackGate.PLATFORM):
            found |= {each.id: each for each in clauses_of(pack) if not each.carried_from}
    return found


def speaking() -> list[str]:
    return [id_ for id_, each in clauses().items() if isinstance(each, FormRule) or each.require]


def tried() -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for case in cases():
        for expected in case.expect:
            for rule, state in expected.findings:
                found[rule].add(state.value)
            for rule in expected.absent:
                found[rule].add("absent")
    return found


def test_every_row_is_a_rule_or_a_gap_in_its_place() -> None:
    assert len(ROWS) == len(set(ROWS))
    assert [row for row in ROWS if row not in clauses()] == []


def test_a_clause_that_is_not_encoded_says_why() -> None:
    silent = [each for id_, each in clauses().items() if id_ not in speaking()]
    assert silent
    for each in silent:
        assert isinstance(each, Rule)
        assert len(each.gap or "") > 40, each.id


def test_nothing_of_the_packs_rests_on_a_grade_of_our_own() -> None:
    assert [id_ for id_, each in clauses().items() if each.grade is Grade.H] == []


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case.case))
def test_cases_come_out_as_they_say(case: Case) -> None:
    assert [str(difference) for difference in run_case(case, catalogue(), now=NOW)] == []


@pytest.mark.parametrize("rule", speaking())
def test_every_rule_is_tried_on_both_sides(rule: str) -> None:
    states, clause = tried()[rule], clauses()[rule]
    # A clause that keeps a consent alive can only be met, unless its evidence is too weak for that.
    keeps = isinstance(clause, FormRule) and clause.sustains and clause.grade is not Grade.K
    assert keeps or states & {s.value for s in HELD}, rule
    assert states & ({s.value for s in PASSED} | {"absent"}), rule
