"""What somebody may try on a file that others have signed: each is rejected, and the message names what changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from registry.documents import consent_json, sign
from registry.documents.issue import unsealed_rider
from registry.documents.keys import KeyName, Roots, credential
from registry.documents.render import Renderer
from registry.documents.terms import RiderTerms
from registry.documents.verify import verify_pdf
from registry.services.signing import Keys
from tests.documents import story

kinds: Any = generic
Writer: Any = IncrementalPdfFileWriter


def field(writer: Any, name: str) -> Any:
    return next(r for r in writer.root["/AcroForm"]["/Fields"] if r.get_object()["/T"] == name)


def a_note_over_a_clause(writer: Any) -> None:
    page = next(k.get_object() for k in writer.root["/Pages"]["/Kids"] if "/Annots" in k.get_object())
    note = kinds.DictionaryObject(
        {
            pdf_name("/Type"): pdf_name("/Annot"),
            pdf_name("/Subtype"): pdf_name("/FreeText"),
            pdf_name("/Rect"): kinds.ArrayObject([kinds.NumberObject(n) for n in (60, 200, 400, 400)]),
            pdf_name("/Contents"): pdf_string("All uses, in perpetuity."),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])


def a_clause_drawn_anew(writer: Any) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Contents"] = writer.add_object(kinds.StreamObject(stream_data=b"0 0 600 800 re f"))
    writer.update_container(page)


def a_page_more(writer: Any) -> None:
    pages = writer.root["/Pages"]
    blank = kinds.DictionaryObject({pdf_name("/Type"): pdf_name("/Page"), pdf_name("/Parent"): writer.root["/Pages"]})
    blank["/Parent"] = writer.root.raw_get("/Pages")
    pages["/Kids"].append(writer.add_object(blank))
    pages["/Count"] = kinds.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def other_terms_attached(writer: Any) -> None:
    file = writer.root["/AF"][0]
    stream = file["/EF"].raw_get("/F").get_object()
    stream._data = stream.data.replace(b"likeness", b"voice")
    stream._encoded_data = None
    writer.update_container(stream)


def an_initial_changed(writer: Any) -> None:
    reference = field(writer, "initial_3")
    reference.get_object()["/V"] = pdf_string("AO")
    writer.mark_update(reference)


def an_initial_blanked(writer: Any) -> None:
    reference = field(writer, "initial_1")
    reference.get_object()["/AP"] = field(writer, "closing").get_object()["/AP"]
    writer.mark_update(reference)


def other_metadata(writer: Any) -> None:
    writer.root["/Metadata"] = writer.add_object(kinds.StreamObject(stream_data=b"<x:xmpmeta/>"))
    writer.update_root()


def a_signature_only_drawn(writer: Any) -> None:
    reference = field(writer, "sig_company")
    drawn = kinds.StreamObject(
        {
            pdf_name("/Subtype"): pdf_name("/Form"),
            pdf_name("/BBox"): kinds.ArrayObject([kinds.NumberObject(n) for n in (0, 0, 200, 40)]),
        },
        stream_data=b"0 0 200 40 re f",
    )
    reference.get_object()["/AP"] = kinds.DictionaryObject({pdf_name("/N"): writer.add_object(drawn)})
    writer.mark_update(reference)


# Each manipulation, and what the message names.
MANIPULATIONS: dict[Callable[[Any], None], str] = {
    a_note_over_a_clause: "page 2",
    a_clause_drawn_anew: "page 1",
    a_page_more: "the list of pages, page 6",
    other_terms_attached: "the attached file consent.json",
    an_initial_changed: "field initial_3",
    an_initial_blanked: "field initial_1",
    other_metadata: "/Metadata of the catalog, the metadata",
    a_signature_only_drawn: "field sig_company",
}


def changed(data: bytes, manipulation: Callable[[Any], None]) -> bytes:
    writer = Writer(BytesIO(data))
    writer._update_meta = lambda: None
    manipulation(writer)
    out = BytesIO()
    writer.write(out)
    assert out.getvalue().startswith(data)
    assert len(out.getvalue()) > len(data)
    return out.getvalue()


@pytest.mark.parametrize("state", ["sealed", "performer", "complete"])
@pytest.mark.parametrize("manipulation", MANIPULATIONS)
def test_a_change_after_signing(
    states: dict[str, Path], roots: Roots, state: str, manipulation: Callable[[Any], None]
) -> None:
    report = verify_pdf(changed(states[state].read_bytes(), manipulation), roots, now=story.TODAY)
    assert report.status == 4
    assert report.faults == (f"The file was changed after it was last signed: {MANIPULATIONS[manipulation]}.",)


@pytest.mark.parametrize("manipulation", MANIPULATIONS)
def test_a_change_that_somebody_then_signs(
    states: dict[str, Path], roots: Roots, terms: RiderTerms, keys: Keys, manipulation: Callable[[Any], None]
) -> None:
    """The change is covered by a good signature of the company: it is still no change that signing may make."""
    place = terms.signature("sig_company")
    assert place is not None
    hand = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    base = changed(states["performer"].read_bytes(), manipulation)
    made = sign.sign(base, place, hand, now=story.COUNTERSIGNED, initials={}, method="own certificate")
    report = verify_pdf(made, roots, now=story.TODAY)
    assert report.status == 4
    what = MANIPULATIONS[manipulation]
    assert report.faults == (f"The file was changed before signature sig_company was made: {what}.",)


@pytest.mark.parametrize("manipulation", MANIPULATIONS)
def test_a_change_inside_the_revision_that_is_signed(
    states: dict[str, Path],
    roots: Roots,
    terms: RiderTerms,
    keys: Keys,
    monkeypatch: pytest.MonkeyPatch,
    manipulation: Callable[[Any], None],
) -> None:
    """The signer's own program makes the change while signing: one revision, soundly signed, and not what it may be."""
    place = terms.signature("sig_company")
    assert place is not None
    hand = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    honest = sign.writer_on

    def dishonest(base: bytes) -> Any:
        writer = honest(base)
        manipulation(writer)
        return writer

    monkeypatch.setattr(sign, "writer_on", dishonest)
    base = states["performer"].read_bytes()
    made = sign.sign(base, place, hand, now=story.COUNTERSIGNED, initials={}, method="own certificate")
    report = verify_pdf(made, roots, now=story.TODAY)
    if manipulation is a_signature_only_drawn:  # what it drew is drawn over by the signature itself
        assert report.faults == ("The revision of sig_company brings objects that none of its fields needs: 1.",)
    else:
        (fault,) = report.faults
        assert fault.startswith("The revision of sig_company changes something other than its own fields: ")
        assert all(part in fault for part in MANIPULATIONS[manipulation].split(", "))
    assert report.status == 4


def test_an_object_that_no_list_names(states: dict[str, Path], roots: Roots, terms: RiderTerms, keys: Keys) -> None:
    """An object without a cross-reference is invisible to libraries, and a reader that repairs files may find it."""
    place = terms.signature("sig_company")
    assert place is not None
    hand = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    base = states["performer"].read_bytes()
    hidden = base.removesuffix(b"startxref\n%s\n%%%%EOF\n" % base.split(b"startxref\n")[-1].split(b"\n")[0])
    assert len(hidden) < len(base)
    tail = base[len(hidden) :]
    made = sign.sign(
        base + b"9999 0 obj\n<< >>\nendobj\n" + tail,
        place,
        hand,
        now=story.COUNTERSIGNED,
        initials={},
        method="own certificate",
    )
    report = verify_pdf(made, roots, now=story.TODAY)
    assert report.status == 4
    assert report.faults


def test_a_forged_seal(terms: RiderTerms, roots: Roots, keys: Keys, other_keys: Keys, renderer: Renderer) -> None:
    """The same terms and names, sealed by somebody else's root of the same name: sound, and not trusted."""
    base = unsealed_rider(terms, renderer)
    for used, status in ((keys, 3), (other_keys, 3)):
        hand = credential(used.folder, KeyName.SEAL, used.passphrase)
        report = verify_pdf(sign.seal(base, hand, company=story.COMPANY, now=story.ISSUED), roots, now=story.TODAY)
        assert report.status == status
        assert report.trusted is (used is keys)
        assert report.seal is not None
        assert report.seal.company == story.COMPANY
    assert report.headline == "UNCHANGED, NOT TRUSTED"


def test_an_unknown_certificate_in_the_company_field(
    states: dict[str, Path], roots: Roots, terms: RiderTerms, other_keys: Keys
) -> None:
    place = terms.signature("sig_company")
    assert place is not None
    hand = credential(other_keys.folder, KeyName.SEAL, other_keys.passphrase)
    made = sign.sign(
        states["performer"].read_bytes(), place, hand, now=story.COUNTERSIGNED, initials={}, method="own certificate"
    )
    report = verify_pdf(made, roots, now=story.TODAY)
    assert (report.status, report.trusted) == (3, False)
    assert [s.trusted for s in report.signatures] == [True, False]


def test_pages_and_terms_that_disagree(terms: RiderTerms, roots: Roots, keys: Keys, renderer: Renderer) -> None:
    """One word of the page is not the word of the terms: sealed by the right key, and not what it says it is."""
    from registry.documents.page import page_html
    from registry.documents.prepare import prepared
    from registry.documents.sheet import sheet_of

    final = consent_json.bound(terms)
    data = consent_json.written(final)
    digest = consent_json.digest_of(data)
    html = page_html(final, sheet_of(final), digest)
    other = html.replace("no dialogue", "with dialogue")
    assert other != html
    base = prepared(renderer.pdf(other, identifier=digest[:32]), final, data)
    hand = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    report = verify_pdf(sign.seal(base, hand, company=story.COMPANY, now=story.ISSUED), roots, now=story.TODAY)
    assert (report.status, report.words_agree, report.digest_agrees) == (4, False, True)
    assert report.faults[0] == "The words on the pages are not the words that were issued with these terms."
    assert "no dialogue" in report.faults[1]


def test_terms_that_the_pages_do_not_print(terms: RiderTerms, roots: Roots, keys: Keys, renderer: Renderer) -> None:
    """Other terms are attached than those whose digest stands on the pages."""
    from registry.documents.page import page_html
    from registry.documents.prepare import prepared
    from registry.documents.sheet import sheet_of

    final = consent_json.bound(terms)
    digest = consent_json.digest_of(consent_json.written(final))
    wider = replace(final, consent=replace(final.consent, excludes=()))
    made = renderer.pdf(page_html(final, sheet_of(final), digest), identifier=digest[:32])
    base = prepared(made, wider, consent_json.written(wider))
    hand = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    report = verify_pdf(sign.seal(base, hand, company=story.COMPANY, now=story.ISSUED), roots, now=story.TODAY)
    assert (report.status, report.digest_agrees) == (4, False)
