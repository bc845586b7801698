"""Lint: what each reading finds, on a draft that trips it and one that differs in a single thing and does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction

import pytest

from registry.documents.kinds import DocumentKind
from registry.documents.terms import Particulars
from registry.domain.consent import Consent, Counsel, Grantor
from registry.domain.lint import Despite, Severity
from registry.domain.production import Decider
from registry.domain.record import Record
from registry.domain.words import (
    Act,
    Basis,
    Content,
    GrantorCapacity,
    Instrument,
    RecordKind,
)
from registry.services.lint import draft_of, issue_record, lint, lint_json, read_issue_record
from tests.services.lints import (
    CONSENT,
    CREATE,
    NOTICE,
    NOW,
    SESSION,
    SPOTS,
    USE,
    Case,
    Change,
    both,
    catalogue,
    child,
    clause,
    consent,
    estate,
    fen,
    ids,
    issued,
    on_file,
    read,
    spot,
    use_clause,
    world,
)

REFUSES, WARNS = Severity.REFUSES, Severity.WARNS
SELF = Grantor(capacity=GrantorCapacity.SELF)


def holder(number: int) -> Grantor:
    return Grantor(capacity=GrantorCapacity.ESTATE, representative=f"e-{number}")


def guardian(name: str = "karin") -> Grantor:
    return Grantor(capacity=GrantorCapacity.GUARDIAN, representative=name)


def said(text: str) -> Change:
    return clause(description=text)


UK = on_file("productions", **{n: getattr(fen(), n) for n in ("agreement", "places", "governing_law", "timezone")})
SPOT = on_file("productions", **{n: getattr(spot(), n) for n in ("agreement", "advertiser", "product_line")})
DEAD = both(world(performers=(estate(Fraction(1, 2), Fraction(1, 3)),)), consent(grants=(USE,), grantor=holder(1),
            co_grantors=(holder(2),)), world(uses=(), engagements=()))  # fmt: skip
CHILD = both(world(performers=(child("karin"),)), consent(grantor=guardian()), clause(ages=None))
MADE = Record(id="m-1", kind=RecordKind.USE_MADE, use=("u-41",), made_at=dt.datetime(2026, 9, 7, tzinfo=dt.UTC))
PLANNED = replace(SESSION, id="u-41", act=Act.USE_REPLICA, scenes=("41",), at=None)
EARLIER = replace(CONSENT, id="c-0", signed_at=dt.datetime(2026, 8, 1, tzinfo=dt.UTC))
INTIMATE = clause(allows=(Content.NUDITY,))

# id, severity, what is the same in both drafts, what trips it, what does not.
RULES: list[tuple[str, Severity, Change | None, Change, Change | None]] = [
    ("LINT-DESC", REFUSES, None, said(""), None),
    ("LINT-DESC", REFUSES, None, said("Use of replica."), said("Mara falls once here.")),
    ("LINT-BLANKET", REFUSES, None, said("Mara falls once, in perpetuity."), said("Mara falls once, for ten years.")),
    ("LINT-BLANKET", REFUSES, issued(language="es"), said("Mara cae una vez, a perpetuidad."),
     said("Mara cae una vez, hasta 2030.")),
    ("LINT-BLANKET", REFUSES, issued(language="fr"), said("Mara tombe une fois, tous les usages."),
     said("Mara tombe une fois, en scène 41.")),
    ("TVT23-DESC-1", REFUSES, None, said("Mara falls once; any and all uses."), said("Mara falls once; no other use.")),
    ("LINT-BLANK", REFUSES, None, said("Mara falls from the [which] roof."), said("Mara falls from the ferry roof.")),
    ("LINT-GENERIC", WARNS, None, said("Mara falls once, and as needed."), said("Mara falls once, and gets up.")),
    ("LINT-GENERIC", WARNS, None, said(CREATE.description), None),
    ("LINT-ROLE", WARNS, None, said("A woman falls once in scene 41."), said("Mara falls once in scene 41.")),
    ("LINT-LIMIT", WARNS, clause(limits=None, scenes=None), said("Mara falls from the ferry roof."),
     said("Mara falls once from the ferry roof.")),
    ("LINT-LANGUAGE", WARNS, None, issued(language="es"), issued(language="es",
     particulars=Particulars(translation="read to her in English by R. Lindqvist"))),
    ("LINT-ACTS", REFUSES, None, clause(0, acts=(Act.CREATE_REPLICA, Act.USE_REPLICA)), None),
    ("LINT-ACTS", WARNS, None, clause(acts=(Act.USE_REPLICA, Act.TRANSFER_REPLICA)), None),
    ("LINT-TERM", WARNS, clause(until=None), consent(until=None), consent(until=dt.date(2030, 12, 31))),
    ("LINT-TERM", REFUSES, None, clause(until=dt.date(2026, 9, 1), from_=None), None),
    ("LINT-TERM", REFUSES, None, clause(from_=dt.date(2031, 9, 1)), None),
    ("LINT-MEDIA", WARNS, None, clause(media=None), None),
    ("LINT-TERRITORY", WARNS, None, clause(territories=None), None),
    ("LINT-TONGUE", WARNS, None, clause(languages=None), None),
    ("LINT-OTHER-WORK", REFUSES, None, clause(productions=("harbor", "harbor-films")), None),
    ("LINT-OTHER-WORK", REFUSES, clause(productions=("harbor", "harbor-2")), issued(),
     issued(kind=DocumentKind.OTHER_PRODUCTION)),
    ("LINT-LATE", REFUSES, None, on_file("replicas", made_on=dt.date(2026, 9, 1)), None),
    ("LINT-LATE", REFUSES, on_file("replicas", made_on=dt.date(2026, 9, 1)), issued(), world(consents=(EARLIER,))),
    ("LINT-LATE", REFUSES, world(uses=(SESSION, PLANNED)), world(records=(NOTICE, MADE)), None),
    ("LINT-SIGNER", REFUSES, DEAD, consent(grantor=SELF, co_grantors=()), None),
    ("LINT-SIGNER", REFUSES, CHILD, consent(grantor=SELF), None),
    ("LINT-SIGNER", REFUSES, CHILD, consent(grantor=guardian("anders")), None),
    ("LINT-SIGNER", REFUSES, None, consent(grantor=guardian()), None),
    ("LINT-SIGNER", REFUSES, None, consent(grantor=holder(1)), None),
    ("LINT-AGE", WARNS, None, on_file("performers", born=None), None),
    ("LINT-AUTHORITY", REFUSES, DEAD, world(performers=(estate(Fraction(1, 2), Fraction(1, 3), authority=None),)),
     None),
    ("LINT-AUTHORITY", WARNS, CHILD, world(performers=(child("karin", authority=None),)), None),
    ("LINT-ESTATE", REFUSES, DEAD, consent(co_grantors=()), None),
    ("LINT-ESTATE", REFUSES, DEAD, world(performers=(estate(Fraction(1, 2), None),)), None),
    ("LINT-LOAN-OUT", REFUSES, on_file("engagements", loan_out="Okafor Pictures Inc."),
     consent(personally_signed=False), consent(personally_signed=True)),
    ("LINT-SEPARATE", REFUSES, None, consent(separately_signed=False), consent(separately_signed=True)),
    ("LINT-COMPANY", REFUSES, None, on_file("productions", company=None), None),
    ("LINT-COMPANY", WARNS, None, issued(signatory=None), None),
    ("LINT-ISSUER", WARNS, on_file("productions", deciders=(Decider(name="S. Renner", capacity="counsel"),)),
     issued(issuer=("T. Albright", "business_affairs")), issued(issuer=("S. Renner", "counsel"))),
    ("LINT-UK-RETENTION", REFUSES, UK, on_file("replicas", destroy_by=None), None),
    ("LINT-UK-QUESTIONS", REFUSES, UK, world(replicas=()), None),
    ("LINT-UK-QUESTIONS", REFUSES, UK, on_file("replicas", made_from=None), None),
    ("LINT-UK-QUESTIONS", WARNS, UK, on_file("replicas", biometric_kinds=None), None),
    ("LINT-UK-ASSIGN", WARNS, UK, said("Mara falls once; the licence may be assigned."), None),
    ("EQ-3", REFUSES, UK, said("Mara falls once; a perpetual licence."), said("Mara falls once; a licence to 2030.")),
    ("EQ-2", WARNS, UK, on_file("engagements", starts_on=dt.date(2026, 9, 7)), None),
    ("LINT-PROJECT", WARNS, None, on_file("productions", title="Untitled Ferry Project"), None),
    ("LINT-CLIENT", WARNS, both(SPOT, issued(particulars=SPOTS)), on_file("productions", advertiser=None), None),
    ("LINT-CLIENT", WARNS, SPOT, issued(particulars=Particulars()), issued(particulars=SPOTS)),
    ("LINT-RATE", WARNS, None, on_file("engagements", daily_rate=None), None),
    ("LINT-RATE", WARNS, None, world(engagements=()), None),
    ("LINT-ON-SET", WARNS, None, on_file("engagements", starts_on=dt.date(2026, 9, 7)), None),
    ("LINT-SESSION", WARNS, None, world(uses=()), None),
    ("LINT-PLATFORM", WARNS, on_file("uses", facts=(("use.generative", True),)),
     on_file("productions", platform="netflix"), None),
    ("TVT23-NOTICE-1", WARNS, on_file("engagements", engaged_at=None), world(records=()), None),
    ("TVT23-NOTICE-1", REFUSES, on_file("engagements", engaged_at=None), both(world(records=()),
     on_file("uses", at=NOW + dt.timedelta(hours=47))), both(world(records=(NOTICE,)),
     on_file("uses", at=NOW + dt.timedelta(hours=47)))),
    ("TVT23-FORM-2", REFUSES, None, consent(instrument=Instrument.VOUCHER), None),
    ("TVT23-FORM-1", REFUSES, None, consent(instrument=Instrument.ORAL), None),
    ("US-CA-LAB-927", WARNS, consent(cba_addresses_replicas=False), consent(counsel=None), None),
    ("US-CA-LAB-927", WARNS, consent(counsel=Counsel(name="none")), consent(cba_addresses_replicas=None),
     consent(cba_addresses_replicas=True)),
    ("US-NY-GOB-5302", WARNS, both(on_file("productions", places=("US-NY",), governing_law="US-NY"),
     consent(cba_addresses_replicas=False)), consent(counsel=None), None),
    ("US-IL-815-550-10", WARNS, both(on_file("productions", places=("US-IL",), governing_law="US-IL"),
     consent(cba_addresses_replicas=False)), consent(counsel=None), None),
    ("HOUSE-MINOR", REFUSES, CHILD, INTIMATE, None),
    ("US-CA-FAM-6710", WARNS, both(CHILD, on_file("performers", domicile="US-CA")), issued(),
     issued(particulars=Particulars(court="Los Angeles Superior Court, 26STMC00417"))),
    ("UK-GDPR", REFUSES, UK, consent(basis=Basis.UNKNOWN), consent(basis=Basis.CONTRACT)),
]  # fmt: skip


def changed(*changes: Change | None) -> Case:
    return both(*(c for c in changes if c is not None))(Case())


def test_nothing_is_found_in_a_draft_that_lacks_nothing() -> None:
    assert read(Case()).findings == ()


@pytest.mark.parametrize(("id_", "severity", "same", "trips", "passes"), RULES, ids=[f"{r[0]}-{n}" for n, r in
                         enumerate(RULES)])  # fmt: skip
def test_each_reading_finds_what_it_is_for_and_nothing_else(
    id_: str, severity: Severity, same: Change | None, trips: Change, passes: Change | None
) -> None:
    found = {f.id: f for f in read(changed(same, trips)).findings}
    assert id_ in found, sorted(found)
    assert found[id_].severity is severity
    assert found[id_].where
    assert found[id_].write
    assert id_ not in ids(changed(same, passes))


def test_what_to_write_is_put_together_from_what_is_on_file() -> None:
    case = changed(clause(0, description="Scan."), clause(1, description="Any and all uses of her."))
    written = {(f.id, f.where): f.write for f in read(case).findings}
    assert written[("LINT-DESC", "§2.1 description")] == (
        "description: Mara is scanned for the roof fall, in Harbor Light, scenes 41, 42, [how long, how often]."
    )
    assert written[("LINT-BLANKET", "§2.2 description")] == (
        "description: Mara is seen doing [what], in scenes 41, 42 of Harbor Light; at most 10 seconds; nothing else."
    )


def test_representation_names_the_attorney_on_file() -> None:
    case = changed(on_file("productions", agreement=None), consent(counsel=None, cba_addresses_replicas=False))
    (found,) = [f for f in read(case).findings if f.id == "US-CA-LAB-927"]
    assert found.write == "counsel: {name: R. Lindqvist, negotiated_replica_terms: yes}    once it is so"
    assert found.says.startswith("The clause may be void under Cal. Lab. Code 927")


def test_several_clauses_that_lack_the_same_are_named_together() -> None:
    case = changed(consent(grants=(CREATE, USE, use_clause(clause="2.3", scenes=("60",)))), clause(1, media=None),
                   clause(2, media=None))  # fmt: skip
    assert [f.where for f in read(case).findings if f.id == "LINT-MEDIA"] == ["§2.2, §2.3 media"]


def test_a_notice_takes_back_and_is_not_read() -> None:
    signed: Consent = replace(CONSENT, signed_at=NOW)
    draft = draft_of(signed, Case().world, now=NOW, kind=DocumentKind.REVOCATION)
    assert lint(draft, catalogue()).findings == ()


def test_what_refuses_stops_the_issue_until_somebody_answers_for_it() -> None:
    found = read(changed(consent(separately_signed=False), clause(description="Any and all uses of her.")))
    assert {f.id for f in found.refusing} == {"LINT-BLANKET", "LINT-SEPARATE", "TVT23-DESC-1"}
    half = Despite(ids=("LINT-BLANKET",), because="counsel wrote", by="T. Albright")
    assert "LINT-BLANKET" not in {f.id for f in found.stopping(half)}
    assert found.stopping(half)
    whole = Despite(ids=tuple(f.id for f in found.refusing), because="counsel wrote", by="T. Albright")
    assert found.stopping(whole) == ()
    lines = read_issue_record(issue_record(found, whole, now=NOW))
    assert len(lines) == len(found.refusing)
    assert lines[0].startswith("issued by T. Albright despite ")
    assert lines[0].endswith(": counsel wrote")
    assert read_issue_record(b'{"format": "other/1"}') == []


def test_the_json_says_the_same() -> None:
    import json

    found = read(changed(clause(media=None)))
    told = json.loads(lint_json(found))
    assert told["refused"] is False
    assert [f["id"] for f in told["findings"]] == ["LINT-MEDIA"]
    assert told["findings"][0]["severity"] == "warns"
