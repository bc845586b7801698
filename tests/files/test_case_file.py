"""Case files: a world in which things were recorded when they happened, uses, and what must come out."""

# ruff: noqa: E501 (a fault is quoted on one line, as it is printed)

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from registry.domain.finding import Gate, State, VerdictWord
from registry.domain.money import Money
from registry.errors import FileError
from registry.files.case_file import Case, read_case
from registry.rules.dictionary import load_dictionary

PDT = dt.timezone(dt.timedelta(hours=-7))
CASE = """\
format: consent-case/1
case: a-fall
about: >-
  Notice came late;
  the rest is in order.
registry:
  performers: [{id: okafor, legal_name: Ada}]
  productions: [{id: harbor, title: Harbor Light, timezone: America/Los_Angeles}]
  consents:
    - id: c-1
      performer: okafor
      grantor: {capacity: self}
      signed_at: 2026-09-10T09:15:00-07:00
      grants: []
    - {id: c-2, performer: okafor, grantor: {capacity: self}, grants: [], recorded_at: 2026-01-01T00:00:00Z}
  records:
    - {id: n-1, kind: notice, to: performer, about: u-1, given_at: 2026-09-13T09:00:00-07:00}
    - {id: r-1, kind: ruling, use: u-1, question: use.as_scripted, answer: yes, decided_by: T, capacity: counsel,
       decided_on: 2026-09-21, because: x}
    - {id: s-1, kind: strike, agreement: none, from: 2026-01-01}
uses:
  - {id: u-1, performer: okafor, production: harbor, act: dub}
as_of: 2026-10-02
known_at: 2026-10-02T12:00:00-07:00
expect:
  - use: u-1
    verdict: not_cleared
    findings: {TVT23-NOTICE-1: unmet, HOUSE-CONSENT: met}
    absent: [TVT26-NOSCAN-1]
    gates: {agreement: unmet, law: none}
    values: {A-1: 2026-02-08T09:00:00-08:00, B-1: "6000.00 USD", C-1: 2026-01-01, D-1: 4, E-1: words}
    questions: []
    residual: [{territories: [FR], media: any}, {}]
    as_of: 2026-10-01T00:00:00-07:00
    known_at: 2026-10-01
  - use: u-1
"""


def faults(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        read_case(text, "case.yaml", load_dictionary())
    headline, *lines = caught.value.lines()
    assert headline.endswith("not run.")
    return [line.strip() for line in lines]


def read(text: str = CASE) -> Case:
    return read_case(text, "case.yaml", load_dictionary())


def test_what_is_expected() -> None:
    case = read()
    assert (case.case, case.about) == ("a-fall", "Notice came late; the rest is in order.")
    assert case.as_of == dt.date(2026, 10, 2)
    assert case.known_at == dt.datetime(2026, 10, 2, 12, tzinfo=PDT)
    full, bare = case.expect
    assert full.verdict is VerdictWord.NOT_CLEARED
    assert full.findings == (("TVT23-NOTICE-1", State.UNMET), ("HOUSE-CONSENT", State.MET))
    assert full.absent == ("TVT26-NOSCAN-1",)
    assert full.gates == ((Gate.AGREEMENT, State.UNMET), (Gate.LAW, State.NONE))
    values = dict(full.values)
    assert values["A-1"] == dt.datetime(2026, 2, 8, 17, tzinfo=dt.UTC)
    assert values["B-1"] == Money(600000, "USD")
    assert (values["C-1"], values["D-1"], values["E-1"]) == (dt.date(2026, 1, 1), 4, "words")
    assert full.questions == ()
    assert full.residual == ((("territories", ("FR",)), ("media", ("any",))), ())
    assert full.as_of == dt.datetime(2026, 10, 1, tzinfo=PDT)
    assert full.known_at is not None
    assert full.known_at.isoformat() == "2026-10-01T23:59:59.999999-07:00"
    assert (bare.verdict, bare.findings, bare.questions, bare.residual) == (None, (), None, None)


@pytest.mark.parametrize(
    ("written", "piece"),
    [
        ("{ages: [24, 26]}", (("ages", ("24..26",)),)),
        ("{ages: [24, 24], real_time: yes}", (("ages", ("24",)), ("real_time", ("yes",)))),
        ('{ages: ["24..26", "40"], real_time: [no]}', (("ages", ("24..26", "40")), ("real_time", ("no",)))),
        ("{from: 2027-01-01, until: 2027-06-30}", (("dates", ("2027-01-01..2027-06-30",)),)),
    ],
)
def test_what_no_grant_covers_is_written_as_a_clause_writes_it(written: str, piece: object) -> None:
    full = read(CASE.replace("{territories: [FR], media: any}, {}", written)).expect[0]
    assert full.residual == (piece,)


def test_things_were_recorded_when_they_happened() -> None:
    world = read().world
    recorded = {value.id: value.recorded_at for value in (*world.consents, *world.records, *world.performers)}
    assert recorded["c-1"] == dt.datetime(2026, 9, 10, 9, 15, tzinfo=PDT)
    assert recorded["c-2"] == dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    assert recorded["n-1"] == dt.datetime(2026, 9, 13, 9, tzinfo=PDT)
    assert recorded["r-1"] == dt.datetime(2026, 9, 21, tzinfo=PDT)  # the whole of that day, where the work is done
    assert recorded["s-1"] is None
    assert recorded["okafor"] is None


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("  - use: u-1\n    verdict", "  - use: u-2\n    verdict", "line 26  expect[0].use: u-2  no such use; nearest: u-1"),
        ("verdict: not_cleared", "verdict: refused", "line 27  expect[0].verdict: refused  unknown word; it is one of prohibited, "
         "not_cleared, refer, incomplete, conditional, cleared"),
        ("TVT23-NOTICE-1: unmet", "TVT23-NOTICE-1: unmeet", "line 28  expect[0].findings.TVT23-NOTICE-1: unmeet  unknown word; "
         "did you mean unmet?"),
        ("agreement: unmet", "agrement: unmet", "line 30  expect[0].gates.agrement  no such gate; did you mean agreement?"),
        ("    absent:", "    abscent:", "line 29  expect[0].abscent  unknown key; did you mean absent?"),
        ("[{territories: [FR]", "[{territory: [FR]", "line 33  expect[0].residual.territory  unknown key; did you mean territories?"),
        ("{territories: [FR], media: any}", "{from: 2027-01-01}", "line 33  expect[0].residual  one end of its days; "
         "write both from and until"),
        ("as_of: 2026-10-02\n", "as_of: soon\n", "line 23  as_of: soon  not a date; write it as 2026-09-14"),
        ("id: okafor, legal_name: Ada", "id: okafor, legal_nam: Ada", "line 7  registry.performers[0].legal_nam  unknown key; "
         "did you mean legal_name?"),
        ("use.as_scripted, answer", "use.as_scriptd, answer", "line 18  registry.records[1].question: use.as_scriptd  "
         "no such judgement; did you mean use.as_scripted?"),
        ("{id: u-1, performer: okafor", "{id: u-1, performer: okfor", "line 22  uses[0].performer: okfor  no such performer; nearest: okafor"),
        ("  consents:", "  consent:", "line 9  registry.consent  unknown key; did you mean consents?"),
        ("case: a-fall\n", "", "line 1  case  missing; it has to be written"),
    ],
)  # fmt: skip
def test_a_fault(old: str, new: str, said: str) -> None:
    assert old in CASE
    assert faults(CASE.replace(old, new, 1)) == [said]


def test_the_cases_of_the_domain_are_read() -> None:
    shared = Path(__file__).parents[3] / "shared" / "cases"
    own = Path(__file__).parents[1] / "cases"
    files = [*shared.rglob("*.yaml"), *own.rglob("*.yaml")]
    for file in files:
        case = read_case(file.read_text(encoding="utf-8"), str(file), load_dictionary())
        assert case.expect, file
        assert {expected.use for expected in case.expect} <= {use.id for use in case.uses}, file
