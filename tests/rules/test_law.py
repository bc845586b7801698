"""The law: every row of the table of statutes stands in its pack; cases try both sides of every rule and date."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import pytest

from registry.domain.dates import civil_date
from registry.files.case_file import Case, read_case
from registry.rules.catalogue import Catalogue, load_catalogue
from registry.rules.pack import FormRule, PackGate, Rule
from registry.services.casework import run_case

CASES = sorted((Path(__file__).parents[1] / "cases" / "law").glob("*.yaml"))
NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
ONE_DAY = dt.timedelta(days=1)

# The table of statutes, row by row.
ROWS = re.findall(
    r"\S+",
    """
    US-CA-LAB-927 US-CA-LAB-927-2B US-CA-LAB-927-REP US-CA-LAB-925 US-CA-CIV-3344 US-CA-CIV-3344-TRO
    US-CA-CIV-33441-COMM US-CA-CIV-33441-DR US-CA-CIV-33441-EX US-CA-CIV-33441-TERM US-CA-CIV-33441-WHO
    US-CA-CIV-33441-REG US-CA-CIV-170886 US-CA-FAM-6710 US-CA-FAM-6751 US-CA-FAM-6752 US-CA-CIV-1633 US-CA-REC
    US-CA-CCPA-BIO US-NY-GOB-5302 US-NY-GOB-5302-REP US-NY-CVR-50-51 US-NY-CVR-50F-COMM US-NY-CVR-50F-DR
    US-NY-CVR-50F-TERM US-NY-CVR-50F-REG US-NY-GBL-396B US-NY-GBL-396B-EX US-NY-CVR-52C US-NY-ACA-3503 US-NY-STT-304
    US-TN-ELVIS-USE US-TN-ELVIS-TOOL US-TN-ELVIS-TERM US-TN-ELVIS-EX US-IL-815-550-10 US-IL-765-1075-30A
    US-IL-765-1075-30B US-IL-765-1075-30C US-IL-765-1075-35 US-IL-BIPA-15A US-IL-BIPA-15B US-IL-BIPA-15C
    US-IL-BIPA-15D US-IL-BIPA-20 US-TX-CUBI-COLLECT US-TX-CUBI-DESTROY US-TX-CUBI-AI US-TX-PROP-26 US-WA-6360-FDL
    US-WA-6360-TERM US-WA-9A60 US-WA-19375 US-WA-MHMDA US-MT-30-14-1714 US-UT-45-3 US-AR-4-75-1104 US-LA-51-470
    US-CO-BIO-1130 US-PA-ACT35 US-NJ-DEEPFAKE US-IN-32-36 US-FED-NOFAKES US-FED-TIDA US-FED-ESIGN-SIG
    US-FED-ESIGN-CONS US-FED-ESIGN-RET US-FED-ESIGN-EXCL US-FED-FRE902 US-FED-LANHAM43A US-FED-PREEMPT EU-AIA-50-4
    EU-AIA-50-4-ART EU-AIA-50-2 EU-AIA-5-NCII EU-GDPR-6 EU-GDPR-9 EU-GDPR-7 EU-GDPR-7-3 EU-GDPR-17 EU-GDPR-5E
    EU-EIDAS-25 EU-EIDAS-26 EU-IT-612Q EU-DK-65A-73A UK-LIKENESS UK-CDPA-PERF UK-GDPR UK-ESIG CN-1 IN-1 KR-1
    REC-CONSENT REC-BIO
    """,
)

# "old" and "current" in the table: the first day of the pack stands for a day nobody has looked up.
UNDATED = {"US-CA-FAM-6710", "US-NY-ACA-3503", "US-FED-LANHAM43A"}
# The table of terms after death has one first day, tried for one state.
ONE_TABLE = {f"US-PM-{state}" for state in ("OK", "FL", "KY", "OH", "VA", "NE", "PA", "HI", "AL", "SD")}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return load_catalogue()


@lru_cache(maxsize=1)
def cases() -> tuple[Case, ...]:
    return tuple(read_case(path.read_text("utf-8"), path.name, catalogue().dictionary) for path in CASES)


def clauses() -> dict[str, Rule | FormRule]:
    found: dict[str, Rule | FormRule] = {}
    for pack in catalogue().packs:
        if pack.gate is PackGate.LAW:
            found |= {rule.id: rule for rule in pack.rules}
            found |= {form.id: form for form in pack.validity}
    return found


def speaking() -> dict[str, Rule | FormRule]:
    """The clauses that can have a finding of their own."""
    return {id_: each for id_, each in clauses().items() if isinstance(each, FormRule) or each.require}


def tried() -> dict[str, dict[dt.date, set[str]]]:
    """For each clause the days it is judged by in the cases, and what is expected of it on them."""
    found: dict[str, dict[dt.date, set[str]]] = defaultdict(lambda: defaultdict(set))
    for case in cases():
        uses = {use.id: use for use in case.uses}
        zones = {production.id: production.timezone for production in case.world.productions}
        for expected in case.expect:
            use = uses[expected.use]
            assert use.at is not None
            for rule, state in (*expected.findings, *((rule, "absent") for rule in expected.absent)):
                clause = clauses().get(rule)
                if clause is None:
                    continue
                shown = use.released_on if clause.judged_on == "use.released_on" else None
                found[rule][shown or civil_date(use.at, zones[use.production])].add(str(state))
    return found


def test_every_row_of_the_statutes_is_a_rule_or_a_gap_in_its_place() -> None:
    assert len(ROWS) == 94
    assert [row for row in ROWS if row not in clauses()] == []


def test_a_clause_that_is_not_encoded_says_why() -> None:
    silent = [each for id_, each in clauses().items() if id_ not in speaking()]
    assert silent
    for each in silent:
        assert isinstance(each, Rule)
        assert len(each.gap or "") > 40, each.id


@pytest.mark.parametrize("case", cases(), ids=lambda case: str(case.case))
def test_cases_of_the_law_come_out_as_they_say(case: Case) -> None:
    assert [str(difference) for difference in run_case(case, catalogue(), now=NOW)] == []


@pytest.mark.parametrize("rule", speaking())
def test_every_rule_of_the_law_is_tried_on_both_sides(rule: str) -> None:
    states = set().union(*tried()[rule].values())
    assert len(states) > 1, f"{rule}: only {', '.join(sorted(states)) or 'no case'}"
    assert states - {"absent"}, f"{rule}: nowhere speaks"


@pytest.mark.parametrize("rule", sorted(set(speaking()) - UNDATED - ONE_TABLE))
def test_every_rule_of_the_law_is_tried_the_day_before_and_after(rule: str) -> None:
    span, days = speaking()[rule].in_force, tried()[rule]
    for first in (span.from_, span.until + ONE_DAY if span.until else None):
        if first is not None:
            assert {first - ONE_DAY, first} <= days.keys(), f"{rule}: {first - ONE_DAY} and {first}"
            assert days[first - ONE_DAY] != days[first], f"{rule}: the same on both sides of {first}"
