"""`registry production approvals`, `carry-over` and `breakdown`."""

from __future__ import annotations

import csv
import io
import json

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Ran, Registry

SEASONS = """
format: consent-registry/1
performers:
  - {id: lind, legal_name: Sara Lind, born: 1980-01-01, domicile: US-NV}
productions:
  - {id: reef, title: Reef, kind: episodic, franchise: reefs, agreement: none, signatory: no, platform: none,
     places: [US-NV], governing_law: US-NV, released_in: [US-NV], photography_starts_on: 2026-01-10, timezone: UTC}
  - {id: reef-2, title: Reef 2, kind: episodic, franchise: reefs, agreement: none, signatory: no, platform: none,
     places: [US-NV], governing_law: US-NV, released_in: [US-NV], photography_starts_on: 2027-03-01, timezone: UTC}
engagements:
  - {id: lind-reef, performer: lind, production: reef, role: Captain, covered_by_agreement: no}
  - {id: lind-reef-2, performer: lind, production: reef-2, role: Captain, covered_by_agreement: no}
consents:
  - id: c-lind
    performer: lind
    grantor: {capacity: self}
    instrument: separate_writing
    separately_signed: yes
    conspicuous: yes
    counsel: {name: A. Ross, negotiated_replica_terms: yes}
    signed_at: 2026-01-05T10:00:00+00:00
    basis: contract
    revocable: {by_terms: yes}
    grants:
      - {clause: "1", acts: [use_replica], elements: [likeness], productions: [reefs], purposes: [final],
         description: The captain at the wheel in any season., until: 2027-12-31}
      - {clause: "2", acts: [use_replica], elements: [likeness], productions: [reefs], purposes: [final],
         description: The captain in a storm., until: 2027-02-28}
      - {clause: "3", acts: [use_replica], elements: [voice], productions: [reef], purposes: [final],
         description: The captain on the radio.}
"""


@pytest.fixture
def office(registry: Registry) -> Registry:
    assert registry("import examples/recipes/office.yaml").status == 0
    return registry


@pytest.fixture
def seasons(registry: Registry) -> Registry:
    assert registry("import -", typed=SEASONS).status == 0
    return registry


def rows(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.out)))


def test_a_use_that_netflix_approved_and_the_performer_did_not(office: Registry) -> None:
    assert office("use add examples/uses/duet.yaml").status == 0
    found = office("production approvals harbor --csv")
    (line,) = rows(found)
    assert (line["platform"], line["consent"], line["answer"]) == ("met", "unmet", "approved")
    assert (line["told"], line["answered"]) == ("2026-09-02", "2026-09-20")
    assert found.status == 3  # others are named by records and not filed


def test_nobody_told_and_nobody_asked(office: Registry) -> None:
    found = office("production approvals harbor --file examples/recipes/voucher.yaml")
    assert found.status == 1
    assert "  told     NO, by 22 Nov 2026 11:00 PST" in found.out
    assert "  agreed   NO, not asked" in found.out
    assert "registry cure u-voucher-3071 --note" in found.out
    assert all(columns(line) <= 80 for line in found.out.splitlines())


def test_a_later_refusal_is_the_answer(office: Registry) -> None:
    assert office("use add examples/uses/duet.yaml").status == 0
    refused = "record refusal --from netflix --use u-60-duet --at 2026-11-21T09:00:00-08:00 --because 'not this scene'"
    assert office(refused).status == 0
    found = office("production approvals harbor")
    assert found.status == 1
    assert "agreed   REFUSED, 21 Nov 2026" in found.out


def test_a_request_without_an_answer_is_said(registry: Registry) -> None:
    assert registry("use add examples/recipes/voucher.yaml").status == 0
    assert registry("record request u-voucher-3071 --to netflix --at 2026-11-21T09:00:00-08:00").status == 0
    assert "agreed   NO, asked 21 Nov 2026" in registry("production approvals harbor").out


def test_nothing_filed_clears_nothing_and_no_platform_asks_nothing(registry: Registry) -> None:
    assert registry("production approvals harbor").status == 3
    assert "records name them, and nobody can tell" in " ".join(registry("production approvals harbor").out.split())
    nobody = registry("production approvals orchard")
    assert (nobody.status, "there is nobody to tell and nobody to ask" in nobody.out) == (0, True)


def test_what_carries_over_what_has_ended_and_what_names_one_season(seasons: Registry) -> None:
    found = seasons("production carry-over reef reef-2 --json")
    told = {(line := json.loads(text))["clause"]: line for text in found.out.splitlines()}
    assert {clause: line["answer"] for clause, line in told.items()} == {
        "1": "carries over",
        "2": "ended by then",
        "3": "this picture only",
    }
    assert told["1"]["ends_on"] == "2027-12-31"
    assert "HOUSE-CONSENT" in told["3"]["needs"]
    assert found.status == 1


def test_on_another_day_another_clause_has_ended(seasons: Registry) -> None:
    earlier = seasons("production carry-over reef reef-2 --on 2027-02-28").out
    assert earlier.count("carries over") == 2
    later = seasons("production carry-over reef reef-2 --on 2028-01-01").out
    assert "carries over" not in later


def test_a_revocation_keeps_a_clause_behind(seasons: Registry) -> None:
    assert seasons("record revocation c-lind --effective 2026-11-01").status == 0
    found = seasons("production carry-over reef reef-2")
    assert "carries over" not in found.out
    assert "it is revoked, suspended or replaced by then" in " ".join(found.out.split())


def test_who_signed_nothing_is_named(office: Registry) -> None:
    found = office("production carry-over harbor harbor-2")
    assert "Nothing signed for harbor: Iris Hale." in found.out
    assert "Ada Okafor   okafor, not engaged on it" in found.out
    assert all(columns(line) <= 80 for line in found.out.splitlines())


def test_a_breakdown_claims_nothing_beyond_what_is_filed(registry: Registry) -> None:
    nothing = registry("production breakdown harbor")
    assert "That is not a promise that none will be" in " ".join(nothing.out.split())
    found = registry("production breakdown harbor --file examples/uses/duet.yaml --file examples/uses/scan.yaml")
    assert " Mara           use of replica, likeness and movement, scene 60, for final." in found.out
    assert " Ensign Ferro   making a replica, likeness and movement, for final." in found.out
    assert "You are told of making a replica by the work − 48 hours" in found.out
    assert "no alteration, dubbing, prompting a likeness, training a model" in " ".join(found.out.split())
    assert all(columns(line) <= 80 for line in found.out.splitlines())


def test_a_breakdown_as_a_table(registry: Registry) -> None:
    (line,) = rows(registry("production breakdown harbor --file examples/uses/adr-pitch.yaml --csv"))
    assert (line["role"], line["act"], line["content"], line["uses"]) == (
        "Tom Quill",
        "alter_performance",
        "none",
        "u-23-pitch",
    )


@pytest.mark.parametrize(
    "typed",
    [
        "approvals harbour",
        "carry-over harbor nowhere",
        "carry-over nowhere harbor",
        "carry-over harbor harbor",
        "breakdown harbour",
    ],
)
def test_a_picture_nobody_has_on_file_is_said(registry: Registry, typed: str) -> None:
    assert registry(f"production {typed}").status == 2
