"""Records from the command line: written down as a file would write them, once, with an id that can be said again."""

from __future__ import annotations

import re

import pytest

from registry.domain.canonical import to_plain
from registry.domain.words import RecordKind
from registry.files.registry_file import read_registry
from tests.cli.conftest import Registry

# What is typed, and what the exported file then says of it, beside its id, kind and moment of recording.
TYPED = [
    (
        "notice performer --about okafor-scan-1,bell-scan-1 --at 2026-11-20T09:00:00-08:00 --by casting",
        {"to": "performer", "about": ["okafor-scan-1", "bell-scan-1"], "given_at": "2026-11-20T09:00:00-08:00",
         "by": "casting"},
    ),
    (
        "notice performer --performer okafor --production harbor",
        {"to": "performer", "performer": "okafor", "production": "harbor", "given_at": "2026-11-22T10:00:00+00:00"},
    ),
    (
        "request u-41-fall u-60-duet --to netflix --reference 'email 1'",
        {"to": "netflix", "use": ["u-41-fall", "u-60-duet"], "reference": "email 1",
         "given_at": "2026-11-22T10:00:00+00:00"},
    ),
    (
        "approval u-41-fall --from netflix --until 2027-01-31 --conditions 'no close-up'",
        {"from": "netflix", "use": "u-41-fall", "until": "2027-01-31", "conditions": "no close-up",
         "given_at": "2026-11-22T10:00:00+00:00"},
    ),
    (
        "refusal --from okafor --performer okafor --act train_model --because never",
        {"from": "okafor", "performer": "okafor", "act": "train_model", "because": "never",
         "given_at": "2026-11-22T10:00:00+00:00"},
    ),
    ("reason u-70-scan --text 'it cannot be staged'",
     {"use": "u-70-scan", "text": "it cannot be staged", "given_at": "2026-11-22T10:00:00+00:00"}),
    (
        "ruling u-41-fall use.as_scripted yes --capacity business_affairs --because 'blue draft, p. 63'",
        {"use": "u-41-fall", "question": "use.as_scripted", "answer": "yes", "decided_by": "T. Albright",
         "capacity": "business_affairs", "decided_on": "2026-11-22", "because": "blue draft, p. 63"},
    ),
    (
        "ruling none consent.specific no --consent c-okafor-1 --clause 2.2 --capacity counsel --because vague --by S.R",
        {"consent": "c-okafor-1", "clause": "2.2", "question": "consent.specific", "answer": "no",
         "decided_by": "S.R", "capacity": "counsel", "decided_on": "2026-11-22", "because": "vague"},
    ),
    ("payment u-41-fall TVT23-PAY-USE-1 '3000.00 USD' --on 2026-11-01",
     {"use": "u-41-fall", "rule": "TVT23-PAY-USE-1", "amount": "3000.00 USD", "paid_on": "2026-11-01"}),
    ("done u-41-fall TVT26-SEC-1 --note 'list v3'",
     {"use": "u-41-fall", "rule": "TVT26-SEC-1", "on": "2026-11-22", "note": "list v3"}),
    ("bargaining u-teller --opened 2026-08-01 --concluded 2026-09-01",
     {"with": "union", "use": "u-teller", "opened_on": "2026-08-01", "concluded_on": "2026-09-01"}),
    ("search okafor --from 2026-01-05 --to 2026-03-05",
     {"for": "authorized_representative", "performer": "okafor", "from": "2026-01-05", "to": "2026-03-05"}),
    ("made u-41-fall --seconds 6",
     {"use": "u-41-fall", "made_at": "2026-11-22T10:00:00+00:00", "seconds": 6}),
    ("revocation c-okafor-1 --effective 2027-02-01 --grants 2.2",
     {"consent": "c-okafor-1", "grants": ["2.2"], "effective": "2027-02-01"}),
    ("amendment c-okafor-1 2.2 --replaced-by c-bell-1 --effective 2026-10-01",
     {"consent": "c-okafor-1", "grants": ["2.2"], "replaced_by": "c-bell-1", "effective": "2026-10-01"}),
    ("suspension sag-aftra-interactive --performer okafor --from 2026-05-01",
     {"agreement": "sag-aftra-interactive", "performer": "okafor", "from": "2026-05-01"}),
    ("strike sag-aftra-tv-theatrical --from 2030-07-10",
     {"agreement": "sag-aftra-tv-theatrical", "from": "2030-07-10"}),
    ("correction n-bell --because 'wrong day'",
     {"corrects": "n-bell", "because": "wrong day", "given_at": "2026-11-22T10:00:00+00:00"}),
]  # fmt: skip


@pytest.mark.parametrize("typed, written", TYPED, ids=[t.split()[0] + str(n) for n, (t, _) in enumerate(TYPED)])
def test_a_record_is_written_as_a_file_writes_it(registry: Registry, typed: str, written: dict[str, object]) -> None:
    ran = registry(f"record {typed}")
    assert (ran.status, ran.err) == (0, "")
    record_id = ran.out.strip()
    assert re.fullmatch(r"[a-z-]+-[0-9a-f]{10}", record_id)
    world = read_registry(registry("export").out, "export")
    plain = to_plain(next(r for r in world.records if r.id == record_id))
    assert {k: v for k, v in plain.items() if k not in ("id", "kind", "recorded_at")} == written


def test_every_kind_of_record_can_be_typed() -> None:
    typed = {t.split()[0] for t, _ in TYPED}
    assert typed == {"made" if kind is RecordKind.USE_MADE else kind.value for kind in RecordKind}


def test_the_same_thing_typed_twice_is_one_record(registry: Registry) -> None:
    first = registry("record done u-41-fall TVT26-SEC-1")
    again = registry("record done u-41-fall TVT26-SEC-1")
    assert again.out == first.out
    assert again.err == "It was on file already.\n"


def test_a_slip_in_a_name_that_may_be_filed_later_is_told(registry: Registry) -> None:
    """A record may name what is only planned; one that names a slip of the fingers would never count."""
    registry("use add examples/uses/stunt.yaml")
    ran = registry('record payment u-41-fal TVT23-PAY-USE-11 "3000.00 USD" --id p-1')
    assert (ran.status, ran.out) == (0, "p-1\n")
    assert ran.err.splitlines() == [
        "Nothing called u-41-fal is on file yet; did you mean u-41-fall?",
        "No rule is called TVT23-PAY-USE-11; did you mean TVT23-PAY-USE-1?",
        "registry record correction p-1 --because …    voids it",
    ]


def test_an_id_of_ones_own_is_kept(registry: Registry) -> None:
    assert registry("record done u-41-fall TVT26-SEC-1 --id d-7").out == "d-7\n"
    taken = registry("record done u-41-fall TVT26-SEC-1 --on 2026-11-01 --id d-7")
    assert taken.status == 2
    assert "d-7" in taken.err


def test_a_ruling_turns_what_waited_for_it(registry: Registry) -> None:
    registry("use add examples/uses/duet.yaml")
    before = registry("check u-60-duet --json").out
    ran = registry(
        "record ruling u-60-duet use.as_scripted yes --by 'T. Albright' --capacity business_affairs --because 'p. 63'"
    )
    assert ran.status == 0
    assert registry("check u-60-duet --json").out != before
