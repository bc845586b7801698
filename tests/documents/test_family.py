"""Each kind of document: what must be on it, whether it holds together, and what becomes of it when it is signed."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from registry.documents import consent_json
from registry.documents.keys import Roots
from registry.documents.kinds import NOTICES, DocumentKind
from registry.documents.language import language, languages
from registry.documents.overlays import all_overlays, overlays
from registry.documents.page import page_html, without_space, words_digest, words_of
from registry.documents.provisions import to_compare
from registry.documents.regimes import regimes
from registry.documents.render import Renderer
from registry.documents.report import Report
from registry.documents.sheet import printed_strings, sheet_of
from registry.documents.terms import Paper, RiderTerms, Role, offered
from registry.domain.consent import Grantor
from registry.domain.words import Agreement, GrantorCapacity, RecordKind
from registry.errors import UsageError
from registry.resources import packs
from registry.services.signing import Hand, Keys, close, issue, sign
from registry.services.verifying import ingest
from tests.documents import story
from tests.documents.family import FAMILY, employment, estate, minor, revocation
from tests.documents.pdfcheck import faults

KINDS = list(DocumentKind)


def said(terms: RiderTerms) -> str:
    return "\n".join(printed_strings(sheet_of(terms)))


@pytest.mark.parametrize("kind", KINDS)
def test_the_kind_follows_from_what_is_on_record(kind: DocumentKind) -> None:
    assert FAMILY[kind]().kind is kind


# What the rule tables want on the paper of each regime, in words that stand on it.
MUST_SAY: dict[DocumentKind, list[str]] = {
    DocumentKind.EMPLOYMENT: ["48-hour notice", "72 hours before", "signed separately", "TVT23-PAY-USE-1", "Mara"],
    DocumentKind.INDEPENDENT: ["without Performer’s participation", "not less than the day performer rate", "1.1"],
    DocumentKind.OTHER_PRODUCTION: ["Harbor Light (harbor)", "before that use", "the day performer rate is the floor"],
    DocumentKind.ALTERATION: ["TVT23-ALT-1", "mouth movements", "Spanish, French", "not covered"],
    DocumentKind.BACKGROUND: ["V-20417", "nothing in a voucher", "paid as a full day", "TVT23-BADR-COUNT-1"],
    DocumentKind.COMMERCIAL: ["Tidewater Coffee Co.", "Tidewater cold brew", "2 November 2028", "All three", "Morning"],
    DocumentKind.INTERACTIVE: ["every three months", "7.5 times scale", "Another project needs another consent"],
    DocumentKind.CAPTURE: [
        "What is taken", "face geometry and body scan", "31 December 2028", "Northgate Capture", "740 ILCS 14/15",
        "section 503.001", "2016/679", "initials beside clause 2.1", "Ruth Adler",
    ],
    DocumentKind.UK: [
        "Is my face or body scanned?", "yes, as clause 1.1 describes", "no; no clause", "31 December 2028",
        "not an assignment", "waives no moral right", "UK GDPR",
    ],
    DocumentKind.ESTATE: ["letters testamentary", "1/3 of the rights", "5/6", "3344.1", "2 April 2011", "who has died"],
    DocumentKind.MINOR: ["26STMC00417", "Karin Lindqvist", "need not sign", "whatever age", "turns 18", "6751"],
    DocumentKind.AMENDMENT: ["c-okafor-1", "9f31" * 16, "the clause of the same number", "stays in force unchanged"],
    DocumentKind.REVOCATION: ["10 December 2026", "Given by", "Adaeze Okafor", "receipt only", "on 30 days’ notice"],
    DocumentKind.SUSPENSION: ["1 December 2026", "until it is withdrawn", "all of them", "generation of new material"],
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_what_its_regime_wants_is_on_it(kind: DocumentKind) -> None:
    text = said(FAMILY[kind]())
    for words in MUST_SAY[kind]:
        assert words in text, words


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize("kind", KINDS)
def test_in_every_language_its_page_says_what_its_json_says(kind: DocumentKind, tag: str) -> None:
    """Everything on the sheet is on the page, and the page is made from what is read back from the JSON."""
    final = consent_json.bound(FAMILY[kind](language=tag))
    words = words_of(page_html(final, sheet_of(final), digest=""))
    assert words_digest(words) == final.text_sha256
    for text in printed_strings(sheet_of(final)):
        assert without_space(text) in words or text == sheet_of(final).running or text == final.record


def sign_everybody(terms: RiderTerms, path: Path, keys: Keys, renderer: Renderer) -> Report:
    """Issued, signed by all who have to, in their order, and closed."""
    issue(terms, path, keys=keys, now=story.ISSUED, renderer=renderer)
    assert faults(path.read_bytes()) == set()
    now = story.SIGNED
    for place in sorted(terms.signatures, key=lambda s: s.group):
        if place.required:
            hand = Hand(name=place.signer or "N. Gate", words_agreed=story.WORDS)
            initials = "XY" if place.locks else None
            sign(path, field=place.name, signer=hand, keys=keys, now=now, initials=initials)
            assert faults(path.read_bytes()) == set()
            now += dt.timedelta(minutes=5)
    report = close(path, keys=keys, now=now)
    assert faults(path.read_bytes()) == set()
    return report


@pytest.mark.parametrize("kind", KINDS)
def test_signed_it_comes_back_as_the_same(
    kind: DocumentKind, keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path
) -> None:
    """PDF/A-3a and PDF/UA-1 before and after every signature; one language after the other, on both papers."""
    number = KINDS.index(kind)
    tag, paper = languages()[number % 3], list(Paper)[number % 2]
    terms = FAMILY[kind](language=tag, paper=paper)
    path = tmp_path / f"{kind}.pdf"
    report = sign_everybody(terms, path, keys, renderer)
    assert (report.headline, report.status) == ("COMPLETE AND UNCHANGED", 0)
    assert report.terms is not None
    assert report.digest == consent_json.digest_of(consent_json.written(report.terms))
    assert_others_find_nothing_wrong(path, tag)
    taken = ingest(path, roots, now=story.TODAY)
    assert taken.performer.legal_name == terms.performer.legal_name
    if kind in NOTICES:
        (record,) = taken.records
        assert (record.id, taken.consent) == (terms.record, terms.consent)
        return
    assert replace(offered(taken.consent), declined=()) == terms.consent
    assert taken.consent.document is not None
    assert taken.consent.document.sha256 == report.sha256
    assert taken.consent.signed_at is not None
    amended = [(r.kind, r.consent, r.grants, r.replaced_by) for r in taken.records]
    wanted = [(RecordKind.AMENDMENT, "c-okafor-1", ("2.2",), "c-okafor-9")]
    assert amended == (wanted if kind is DocumentKind.AMENDMENT else [])


def assert_others_find_nothing_wrong(path: Path, tag: str) -> None:
    ran = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert "No syntax or stream encoding errors" in ran.stdout
    fonts = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all(line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)
    with pikepdf.open(path) as pdf:
        assert str(pdf.Root.Lang) == tag


def test_a_revocation_becomes_the_record_it_announces(
    keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path
) -> None:
    path = tmp_path / "rev.pdf"
    issue(revocation(), path, keys=keys, now=story.ISSUED, renderer=renderer)
    assert ingest(path, roots, now=story.TODAY).records == ()
    ada = Hand(name="Adaeze Okafor", words_agreed=story.WORDS)
    report = sign(path, field="sig_performer", signer=ada, keys=keys, now=story.SIGNED)
    assert (report.headline, report.open) == ("UNCHANGED, NOT CLOSED", ("sig_company",))
    (record,) = ingest(path, roots, now=story.TODAY).records
    assert (record.kind, record.consent, record.grants) == (RecordKind.REVOCATION, "c-okafor-1", ("2.2",))
    assert (record.effective, record.received_at) == (dt.date(2026, 12, 10), story.SIGNED)


def test_a_clause_that_one_guardian_declines_grants_nothing(
    keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path
) -> None:
    path = tmp_path / "minor.pdf"
    issue(minor(), path, keys=keys, now=story.ISSUED, renderer=renderer)
    karin, anders = (Hand(name=f"{n} Lindqvist", words_agreed=story.WORDS) for n in ("Karin", "Anders"))
    albright = Hand(name="T. Albright", words_agreed=story.WORDS)
    sign(path, field="sig_guardian_1", signer=karin, keys=keys, now=story.SIGNED, initials="KL")
    with pytest.raises(UsageError, match="guardian_2 signs first"):
        sign(path, field="sig_company", signer=albright, keys=keys, now=story.SIGNED)
    with pytest.raises(UsageError, match="guardian_2 signs first"):
        sign(
            path,
            field="sig_minor",
            signer=Hand(name="Tove Lindqvist", words_agreed=story.WORDS),
            keys=keys,
            now=story.SIGNED,
        )
    sign(path, field="sig_guardian_2", signer=anders, keys=keys, now=story.SIGNED, initials="AL", declined=["2.2"])
    report = sign(path, field="sig_company", signer=albright, keys=keys, now=story.COUNTERSIGNED)
    assert (report.agreed, report.declined, report.open) == (("2.1",), ("2.2",), ("sig_minor",))
    close(path, keys=keys, now=story.COUNTERSIGNED)
    consent = ingest(path, roots, now=story.TODAY).consent
    assert ([g.clause for g in consent.grants], consent.declined) == (["2.1"], ("2.2",))


def test_the_minor_signs_too_where_able(keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path) -> None:
    path = tmp_path / "minor.pdf"
    issue(minor(), path, keys=keys, now=story.ISSUED, renderer=renderer)
    for field, name in (("sig_guardian_1", "Karin Lindqvist"), ("sig_guardian_2", "Anders Lindqvist")):
        hand = Hand(name=name, words_agreed=story.WORDS)
        sign(path, field=field, signer=hand, keys=keys, now=story.SIGNED, initials="XL")
    tove = Hand(name="Tove Lindqvist", words_agreed=story.WORDS)
    report = sign(path, field="sig_minor", signer=tove, keys=keys, now=story.COUNTERSIGNED)
    assert [s.role for s in report.signatures] == [Role.GUARDIAN, Role.GUARDIAN, Role.MINOR]
    assert report.missing == ("sig_company",)
    assert ingest(path, roots, now=story.TODAY).consent.personally_signed is None


def test_a_share_each_and_a_box_each() -> None:
    terms = estate()
    assert [(s.name, s.role, s.locks) for s in terms.signatures if s.locks] == [
        ("sig_estate_1", Role.ESTATE, ("initial_1",)),
        ("sig_estate_2", Role.ESTATE, ("initial_1_2",)),
    ]
    blocks = sheet_of(terms).signatures
    assert [b.capacity for b in blocks[:2]] == [
        "holder of the post-mortem rights, 1/2",
        "holder of the post-mortem rights, 1/3",
    ]
    (clause,) = sheet_of(terms).parts[0].clauses
    assert [b.label for b in clause.boxes] == [
        "Jonah Vance: initials, or DECLINED",
        "Céline Vance-Moreau: initials, or DECLINED",
    ]


def test_where_nobody_can_be_found_the_union_signs() -> None:
    terms = employment()
    asked = replace(terms.consent, grantor=Grantor(capacity=GrantorCapacity.UNION))
    assert "The union consents in Performer’s stead" in said(replace(terms, consent=asked))


def test_every_overlay_names_rules_that_there_are() -> None:
    """Rules of a pack, or the gaps that a pack states in place."""
    known = {row for file in packs().glob("**/*.yaml") for row in re.findall(r"\bid: ([A-Z0-9-]+)", file.read_text())}
    for overlay in all_overlays():
        assert overlay.cites, overlay.id
        assert set(overlay.cites) <= known, overlay.id


def test_every_overlay_has_words_or_belongs_to_words_of_the_document() -> None:
    """One that has no words of its own gives the rules for a part that every document has."""
    english = language("en")
    for overlay in all_overlays():
        own = "overlay." + overlay.id
        spoken = english.has(own) or english.has(f"{own}.text")
        assert spoken or overlay.place in ("replica", "withheld", "custody", "form", "questions"), overlay.id
        assert overlay.without | overlay.kinds <= {k.value for k in DocumentKind}
    named = {key.split(".")[1] for key in english.words if key.startswith("overlay.")}
    assert named <= {o.id for o in all_overlays()}


ELSEWHERE: dict[str, dict[str, object]] = {
    "tennessee": {"places": ("US-TN",)},
    "washington-biometric": {"places": ("US-WA",)},
    "new-york": {"places": ("US-NY",)},
    "texas-biometric": {"governing_law": "US-TX"},
    "europe-biometric": {"places": ("DE-BY",)},
    "sound-project": {"agreement": Agreement.SOUND_RECORDINGS},
    "animation-name": {"agreement": Agreement.TV_ANIMATION},
    "actra-refusal": {"agreement": Agreement.ACTRA_IPA},
    "ubcp-death": {"agreement": Agreement.UBCP_ACTRA},
    "uk-performance": {"governing_law": "GB-SCT"},
}


@pytest.mark.parametrize("name", ELSEWHERE)
def test_another_place_or_agreement_brings_its_own_words(name: str) -> None:
    terms = employment()
    there = replace(terms, production=replace(terms.production, **ELSEWHERE[name]))  # type: ignore[arg-type]
    assert name in {o.id for o in overlays(there)} - {o.id for o in overlays(terms)}
    words = language("en").say(f"overlay.{name}", capture="2.1")
    assert words in said(there)
    assert words not in said(terms)


def test_only_the_words_of_its_own_regime_are_on_it() -> None:
    """No agreement, no words of an agreement; no place, no statute."""
    terms = employment()
    bare = replace(terms, production=replace(terms.production, agreement=None, places=(), governing_law=None))
    bare = replace(bare, replica=None)
    assert regimes(bare) == {"EU-use"}
    text = said(bare)
    for words in ("TVT", "strike", "California", "Illinois", "day performer minimum"):
        assert words not in text
    assert "TVT26-STRIKE-1" in said(terms)
    older = replace(terms, production=replace(terms.production, photography_starts_on=dt.date(2026, 6, 30)))
    assert "TVT26" not in said(older)
    other = replace(terms, production=replace(terms.production, agreement=Agreement.ACTRA_IPA))
    assert "Refusing consent does not cost Performer the role." in said(other)


def test_what_a_person_compares_with_the_official_rider() -> None:
    commercial = FAMILY[DocumentKind.COMMERCIAL]()
    places = to_compare(commercial, language("en"))
    assert [p.split(" ", 1)[1] for p in places] == ["Pay", "Future spots", "Further alteration", "Training", "Form"]
    assert to_compare(revocation(), language("en")) == ()
