"""Reviewing from the command line, as a lawyer would: the instrument, its cases, what changed, who checked what."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.cli.conftest import Ran

Registry = Callable[..., Ran]

OLD = """\
format: consent-rules/1
pack: studio
title: Studio policy
gate: platform
in_force: {from: 2026-01-01}
judged_on: use.on
applies: production.platform == "studio"
source: Policy of January 2026
reviewed: {on: 2026-11-22, expires: 2027-01-10}
parameters:
  rate.session_scale:
    - {from: 2026-01-01, value: "100.00 USD", grade: A, source: card}
rules:
  - id: ST-1
    title: The head of post approves
    cite: section 1
    grade: H
    when: use.act in ["use_replica", "dub"] && !use.as_scripted
    unless: [{id: ST-1-EX, if: use.seconds < 2}]
    require: {approval: {from: platform}}
    says: A replica is approved first.
  - id: ST-2
    title: Notice
    grade: H
    when: use.act == "create_replica" && use.session
    require: {notice: {to: performer, by: use.at - duration("48h")}}
    says: Two days before.
  - id: ST-3
    title: Storage
    grade: K
    when: use.act == "transfer_replica"
    gap: The annex on storage has not been seen.
validity:
  - id: ST-4
    title: Not by word of mouth
    grade: H
    void_if: consent.instrument == "oral"
"""
NEW = (
    OLD.replace('"dub"]', '"dub", "alter_performance"]')
    .replace("grade: K\n    when", "grade: C\n    when")
    .replace('value: "100.00 USD"', 'value: "110.00 USD"')
    .replace("id: ST-2\n    title: Notice", "id: ST-5\n    title: Notice, earlier")
    .replace('duration("48h")', 'duration("72h")')
)
CASE = """\
format: consent-case/1
case: st-1-approved
about: With approval and without.
registry:
  productions:
    - {id: film, title: Film, agreement: none, platform: studio, places: [US-NV], timezone: America/Los_Angeles}
  performers: [{id: vale, legal_name: Thora Vale}]
uses:
  - {id: u-1, performer: vale, production: film, act: use_replica, at: 2026-01-01T12:00:00-08:00}
  - {id: u-2, performer: vale, production: film, act: use_replica, at: 2025-12-31T12:00:00-08:00}
expect:
  - {use: u-1, findings: {ST-1: unmet}}
  - {use: u-2, absent: [ST-1]}
"""


@pytest.fixture
def studio(registry: Registry, tmp_path: Path) -> Registry:
    """A registry with a private pack and one case for it."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "studio.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "st-1.yaml").write_text(CASE, encoding="utf-8")
    (tmp_path / "old.yaml").write_text(OLD, encoding="utf-8")
    (tmp_path / "new.yaml").write_text(NEW, encoding="utf-8")
    (tmp_path / "registry.toml").write_text('packs = ["packs"]\n', encoding="utf-8")
    return registry


@pytest.mark.parametrize(
    "typed",
    [
        "rules show studio --cases cases",
        "rules show ST-1 --cases cases --json",
        "rules coverage --pack studio --cases cases",
        "rules diff old.yaml new.yaml",
        "rules diff old.yaml old.yaml",
        "rules diff old.yaml new.yaml --json",
    ],
)
def test_what_a_lawyer_reads(studio: Registry, snapshot: SnapshotAssertion, typed: str) -> None:
    assert str(studio(typed)) == snapshot


def test_a_rule_of_the_law_names_its_cases_in_a_checkout(registry: Registry) -> None:
    shown = json.loads(registry("rules show TVT26-ALT-1 --json").out)
    (clause,) = shown["clauses"]
    assert clause["cases"]["broken"] == ["tvt26-alterations-the-script-calls-for"]
    assert clause["when"]["words"][0] == {"depth": 0, "text": "all of these:"}


def test_on_paper_the_same_instrument_gives_the_same_bytes(studio: Registry, tmp_path: Path) -> None:
    ran = studio("rules show studio --pdf one.pdf")
    assert (ran.status, ran.out, ran.err) == (0, "one.pdf\n", "")
    studio("rules show studio --pdf two.pdf")
    one = (tmp_path / "one.pdf").read_bytes()
    assert one.startswith(b"%PDF-")
    assert one == (tmp_path / "two.pdf").read_bytes()


def test_a_review_is_spoken_of_from_sixty_days_before_its_end(studio: Registry) -> None:
    ran = studio("rules list")
    assert ran.err == "studio: its review ends on 2027-01-10, in 49 days.\n"
    assert "studio: its review ends on 2027-01-10, in 49 days" in " ".join(studio("doctor").out.split())


def test_a_check_says_that_a_review_has_ended(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    ended = OLD.replace("expires: 2027-01-10", "expires: 2026-11-22").replace(
        'applies: production.platform == "studio"\n', ""
    )
    (tmp_path / "packs" / "studio.yaml").write_text(ended, encoding="utf-8")
    (tmp_path / "registry.toml").write_text('packs = ["packs"]\n', encoding="utf-8")
    lines = registry("check --file examples/uses/stunt.yaml").err.splitlines()
    assert lines == [
        "studio: its review ends on 2026-11-22, today.",
        "registry rules show studio    is what to read again",
    ]


def test_a_figure_of_a_rate_card_counts_and_says_where_it_was_read(registry: Registry, tmp_path: Path) -> None:
    card = """format: consent-rates/1
rates:
  - {name: rate.day_performer_minimum, from: 2026-07-01, value: "1600.00 USD", grade: A,
     source: "sheet, p. 3", by: P. Osei}
"""
    (tmp_path / "card.yaml").write_text(card, encoding="utf-8")
    assert registry("rates list").out == "No rate card is on file; the figures are those of the packs.\n"
    assert "pay 2 days × 1,500.00 USD = 3,000.00 USD" in registry("check --file examples/uses/stunt.yaml").out

    ran = registry("rates import card.yaml")
    assert (ran.status, ran.err) == (0, "1 figure new.\n")
    assert ran.out == registry("rates list").out
    assert ran.out.splitlines() == [
        " 1600.00 USD from 1 Jul 2026, grade A                 rate.day_performer_minimum",
        "   sheet, p. 3 · read by P. Osei",
        "   counts in sag-aftra-tv-theatrical-2023 and sag-aftra-tv-theatrical-2026",
    ]
    told = " ".join(registry("check --file examples/uses/stunt.yaml --explain").out.split())
    assert "3,200.00 USD" in told
    assert "1,600.00 USD (parameter, sheet, p. 3, entered by P. Osei, grade A)" in told

    assert registry("rates import card.yaml").out == "Nothing new: all of it is on file.\n"
    (tmp_path / "card.yaml").write_text(card.replace("1600", "1700"), encoding="utf-8")
    assert registry("rates import card.yaml").err == "1 corrected.\n"
    assert "rates:" in registry("export").out


@pytest.mark.parametrize(
    "entry, fault",
    [
        (
            "name: rate.day_performer_minimun, value: '1.00 USD'",
            "no figure of that name; did you mean rate.day_performer_minimum?",
        ),
        ("name: rate.day_performer_minimum, value: 1284", 'an amount without a currency; write it as "1284 USD"'),
        ("name: rate.day_performer_minimum, value: '1.00 CAD'", "1.00 CAD is in another currency than "),
        ("name: rate.day_performer_minimum, value: '1.00 USD', pack: us-ny", "pack us-ny does not read it; these do: "),
        (
            "name: rate.years_after_death, value: 70",
            "several instruments have one of their own; add `pack:` with one of ",
        ),
    ],
)
def test_a_figure_that_would_count_nowhere_is_not_imported(
    registry: Registry, tmp_path: Path, entry: str, fault: str
) -> None:
    (tmp_path / "card.yaml").write_text(
        f"format: consent-rates/1\nrates:\n  - {{{entry}, from: 2026-07-01, grade: A, source: s, by: P}}\n", "utf-8"
    )
    ran = registry("rates import card.yaml")
    assert ran.status == 2
    first, second = ran.err.splitlines()
    assert first == "card.yaml: 1 fault, nothing imported."
    assert fault in second
    assert "No rate card" in registry("rates list").out


def test_a_rule_that_is_checked_refuses_by_itself(registry: Registry, checkout: Path, tmp_path: Path) -> None:
    """Unchecked, a rule of grade K refers; checked, it refuses."""
    case = checkout / "tests/cases/sag-aftra-tv-theatrical-2026/tvt26-alterations-the-script-calls-for.yaml"
    text = case.read_text("utf-8")
    world, _, uses = text.partition("registry:\n")[2].partition("\nexpect:")[0].partition("\nuses:")
    lines = [line.removeprefix("  ") for line in world.splitlines()]
    (tmp_path / "world2.yaml").write_text("format: consent-registry/1\n" + "\n".join(lines) + "\n", "utf-8")
    (tmp_path / "uses.yaml").write_text(f"format: consent-uses/1\nuses:{uses}\n", "utf-8")
    assert registry("import world2.yaml").status == 0

    assert registry("check u-10 --file uses.yaml").status == 3
    assert registry("rules verify TVT26-ALT-1 --by 'S. Renner' --note 'p. 12'").err == ""
    refused = registry("check u-10 --file uses.yaml")
    assert refused.status == 1
    assert refused.out.startswith("NOT CLEARED")
    assert registry("rules verify TVT26-ALT-1 --by 'S. Renner' --note 'p. 12'").err == "It was on file already.\n"


def test_without_cases_coverage_says_where_to_name_them(registry: Registry) -> None:
    ran = registry("rules coverage --cases nowhere")
    assert (ran.status, ran.err) == (
        2,
        "There are no cases in nowhere.\nName a case file, or a folder of them.\n",
    )
