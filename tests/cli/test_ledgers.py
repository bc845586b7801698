"""`registry model` and `registry replica`: what is on file, and which models may run on a picture."""

from __future__ import annotations

import csv
import io
import json

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry


@pytest.fixture
def office(registry: Registry) -> Registry:
    assert registry("import examples/recipes/office.yaml").status == 0
    return registry


def answers(office: Registry, command: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in office(f"{command} --json").out.splitlines()]


def test_a_model_runs_on_its_own_picture_as_far_as_the_consent_goes(office: Registry) -> None:
    found = office("model check --for harbor")
    assert found.status == 3
    assert "use replica, voice, for temporary: c-marsh-1 §1.2" in found.out
    (line,) = answers(office, "model check --for harbor")
    assert (line["answer"], line["allowed"], line["delete_by"]) == ("open", "c-marsh-1 §1.2", "2029-01-01")


def test_elsewhere_it_needs_a_consent_to_reuse(office: Registry) -> None:
    found = office("model check marsh-voice-1 --for harbor-2")
    assert found.status == 1
    assert found.out.startswith("0 of 1 model may run on harbor-2.\n\nMAY NOT RUN   marsh-voice-1\n")
    assert "a live consent of Leo Marsh to reuse a model on harbor-2" in found.out


def test_a_refusal_to_reuse_concerns_the_picture_it_names(office: Registry) -> None:
    assert "refused" not in office("model check --for harbor-2").out
    refused = "record refusal --from performer --performer marsh --act reuse_model --production harbor-2"
    assert office(refused).status == 0
    assert "Leo Marsh refused to reuse model" in office("model check --for harbor-2").out


def test_a_model_goes_when_the_consent_to_its_training_ends_or_is_revoked(office: Registry) -> None:
    assert answers(office, "model check --for harbor --on 2028-12-31")[0]["lacks"] == ""
    assert "ended on 2029-01-01" in answers(office, "model check --for harbor --on 2029-01-01")[0]["lacks"]
    assert office("record revocation c-marsh-1 --effective 2027-02-01").status == 0
    (line,) = answers(office, "model check --for harbor --on 2027-02-01")
    assert (line["answer"], line["allowed"]) == ("may not run", "")
    assert "delete by    1 Feb 2027" in office("model show marsh-voice-1").out


def test_what_nobody_wrote_down_is_missing(office: Registry) -> None:
    models = "  - {id: crowd-voices}\n  - {id: bell-face, trained_on: [bell], made_for: harbor}\n"
    assert office("import -", typed=f"format: consent-registry/1\nmodels:\n{models}").status == 0
    crowd, bell, _ = sorted(answers(office, "model check --for harbor"), key=lambda line: line["id"] != "crowd-voices")
    assert crowd["answer"] == bell["answer"] == "may not run"
    assert "nobody says whose material it was trained on" in crowd["lacks"]
    assert "a consent of Mina Bell to the training: none that is named is on file" in bell["lacks"]


def test_no_model_on_file_is_not_a_yes(registry: Registry) -> None:
    found = registry("model check --for harbor")
    assert found.status == 3
    assert found.out == "No model is on file. That says nothing about models that nobody wrote down.\n"
    assert registry("model list").out == "No model is on file.\n"


def test_a_picture_has_to_be_named_and_known(office: Registry) -> None:
    assert office("model check").status == 2
    assert office("model check --for harbour").status == 2
    assert office("model check no-such --for harbor").status == 2


def test_the_replicas_and_who_holds_them(registry: Registry) -> None:
    rows = list(csv.DictReader(io.StringIO(registry("replica list --production harbor --csv").out)))
    assert [(row["id"], row["holder"], row["destroy by"]) for row in rows] == [
        ("bell-scan-1", "", ""),
        ("harbor-crowd-1", "Northgate Capture", ""),
        ("okafor-scan-1", "Northgate Capture", "2028-12-31"),
    ]
    assert "planned for 30 Nov 2026" in registry("replica list").out
    shown = registry("replica show okafor-scan-1").out
    assert " destroy by   31 Dec 2028" in shown
    assert "   n-okafor   notice, 11 Sep 2026" in shown
    assert all(columns(line) <= 80 for line in shown.splitlines())
    assert registry("replica show okafor-scan-2").status == 2
