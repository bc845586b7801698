"""Attacks on signed PDFs that were published, and files made to exhaust their reader: each is rejected in words."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from registry.documents import apart, sign
from registry.documents.apart import document_apart, judged_apart
from registry.documents.issue import unsealed_rider
from registry.documents.keys import KeyName, Roots, credential
from registry.documents.render import Renderer
from registry.documents.terms import RiderTerms
from registry.documents.verify import TOO_MUCH, verify_pdf
from registry.services.signing import Keys
from tests.documents import story
from tests.documents.attacks import ATTACKS

CHANGED = "The file was changed after it was last signed: "
BEHIND = "bytes stand behind the last signature"
# What the message names. Where it can only say that something is there which nobody signed, that.
NAMED = {
    "shadow_hide_by_freeing_the_content_of_a_page": CHANGED + "page 1",
    "shadow_replace_the_font_that_a_page_is_set_in": CHANGED + "page 1",
    "shadow_replace_the_value_of_a_field": CHANGED + "field initial_3",
    "shadow_hide_and_replace_by_another_catalog": "bears no seal",
    "saved_body_alone": "bytes that nobody signed",
    "saved_body_and_end_mark": BEHIND,
    "saved_body_and_trailer_without_a_list": BEHIND,
    "saved_body_list_and_no_trailer": BEHIND,
    "saved_body_list_and_trailer": CHANGED + "page 1",
    "saved_with_the_old_list_named_last": "bytes that nobody signed",
    "saved_in_an_object_stream": CHANGED + "page 1",
    "saved_with_another_generation": BEHIND,
    "twice_the_last_list": "bytes that nobody signed",
    "an_end_mark_more": BEHIND,
    "the_end_mark_taken_away": "that are not there",
    "led_back_to_an_earlier_list": "bytes that nobody signed",
    "words_before_the_header": "28 bytes stand before its header",
    "hidden_object_between_two_revisions": BEHIND,
    "a_range_that_leaves_a_gap": "The container of signature",
    "a_range_moved_behind_what_was_put_in": "altered",
    "a_range_that_begins_later": "does not cover everything before it",
    "a_range_that_ends_early": "does not cover its revision",
    "a_range_of_three_parts": BEHIND,
    "a_range_that_is_zeros": "does not cover everything before it",
    "a_range_that_is_negative": "does not cover everything before it",
    "a_range_that_is_of_itself": "does not cover everything before it",
    "a_container_of_another_field": "ignature ",
    "evil_annotation_free_text": CHANGED + "page 1",
    "evil_annotation_stamp": CHANGED + "page 1",
    "evil_annotation_redaction": CHANGED + "page 1",
    "evil_annotation_link": CHANGED + "page 1",
    "sneaky_signature_field_over_a_clause": "field approval",
    "a_signature_field_grown_over_the_page": CHANGED + "field sig_company",
    "the_box_that_says_declined_hidden": CHANGED + "field initial_3",
    "a_lock_opened": CHANGED + "field sig_performer",
    "the_certification_taken_away": "/Perms of the catalog",
    "other_metadata": "the metadata",
    "other_terms_attached": "the attached file consent.json",
    "a_second_attachment": "the attached file side-letter.txt",
    "a_script_run_on_opening": "/OpenAction of the catalog",
    "an_action_on_a_page": CHANGED + "page 1",
    "layers_that_come_and_go": "/OCProperties of the catalog",
    "a_form_of_another_kind": "the form",
    "readers_asked_to_draw_the_fields": "/AcroForm of the catalog",
    "a_page_taken_away": "the list of pages",
    "pages_in_another_order": "the list of pages",
    "a_page_cut_to_its_margin": CHANGED + "page 1",
    "other_words_for_readers_aloud": "the structure that readers aloud follow",
    "another_appearance_of_a_signature": CHANGED + "field sig_performer",
    "a_list_of_revoked_certificates_exchanged": "/DSS of the catalog",
    "another_version_named": "/Version of the catalog",
    "another_title": "the title and dates of the file",
    "said_to_be_encrypted": BEHIND,
    "written_anew_by_another_program": "the file was written anew",
    "written_anew_with_other_terms": "the file was written anew",
}
DAMAGED = {name for name in ATTACKS if name.startswith(("a_range_that_is_", "a_container_that_is_"))} - set(NAMED)


def test_every_attack_is_expected_to_say_something() -> None:
    assert set(ATTACKS) == set(NAMED) | DAMAGED


@pytest.mark.parametrize("state", ["performer", "complete"])
def test_the_files_that_are_attacked_are_sound(states: dict[str, Path], roots: Roots, state: str) -> None:
    report = verify_pdf(states[state].read_bytes(), roots, now=story.TODAY)
    assert report.unchanged
    assert report.complete is (state == "complete")


@pytest.mark.parametrize("state", ["performer", "complete"])
@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_rejected(states: dict[str, Path], roots: Roots, state: str, name: str) -> None:
    data = states[state].read_bytes()
    made = ATTACKS[name](data)
    assert made != data
    report = verify_pdf(made, roots, now=story.TODAY)
    assert report.status == 4
    assert report.headline in ("NOT INTACT", "CANNOT BE JUDGED")
    assert NAMED.get(name, "The file cannot be read") in " ".join(report.faults)


# Files that exhaust their reader. The judgement is made apart, and comes.


def sealed_with(base: bytes, keys: Keys, change: Callable[[pikepdf.Pdf], None]) -> bytes:
    """A document that its forger sealed soundly, with a key of their own, after making it what they want."""
    out = BytesIO()
    with pikepdf.open(BytesIO(base)) as pdf:
        change(pdf)
        pdf.save(out, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    hand = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    return sign.seal(out.getvalue(), hand, company=story.COMPANY, now=story.ISSUED)


BOMB = zlib.compress(bytes(400 * 1024**2), 1)  # zeros that unfold from a hundredth of their size


def _swollen(stream: Any) -> None:
    stream.write(BOMB, filter=pikepdf.Name.FlateDecode)


def _terms_that_swell(pdf: pikepdf.Pdf) -> None:
    _swollen(pdf.Root.AF[0].EF.F)


def _metadata_that_swell(pdf: pikepdf.Pdf) -> None:
    _swollen(pdf.Root.Metadata)


def _page_that_swell(pdf: pikepdf.Pdf) -> None:
    _swollen(pdf.pages[0].Contents)


def _structure_in_a_circle(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot.K = pdf.Root.StructTreeRoot


def _pages_in_a_circle(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names.Loop = pdf.Root
    pdf.Root.AcroForm.Fields[0].Kids = pdf.Root.AcroForm.Fields


def _terms_nested_deep(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AF[0].EF.F.write(b"[" * 500_000)


SEALED = [
    _terms_that_swell, _metadata_that_swell, _page_that_swell, _structure_in_a_circle, _pages_in_a_circle,
    _terms_nested_deep,
]  # fmt: skip


@pytest.mark.parametrize("change", SEALED)
def test_a_sealed_file_that_exhausts_its_reader(
    terms: RiderTerms,
    renderer: Renderer,
    other_keys: Keys,
    roots: Roots,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[pikepdf.Pdf], None],
) -> None:
    monkeypatch.setattr(apart, "MEMORY", 900 * 1024**2)
    made = sealed_with(unsealed_rider(terms, renderer), other_keys, change)
    report = judged_apart(made, roots, now=story.TODAY)
    assert report.status == 4
    assert report.faults


def _table(size: int, prev: int) -> bytes:
    head = (
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [2 0 R] /Count 9 >>\nendobj\n"
    )
    end = b"trailer\n<< /Size %d /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (size, prev, len(head))
    return head + b"xref\n0 %d\n0000000000 65535 f \n" % size + end


def _stream_of_lists(index: bytes) -> bytes:
    head = b"%PDF-1.7\n"
    body = b"1 0 obj\n<< /Type /XRef /Size 9 /W [1 8 8] %s /Root 1 0 R /Filter /FlateDecode /Length %d >>\nstream\n"
    return head + body % (index, len(BOMB)) + BOMB + b"\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % len(head)


HOSTILE = {
    "lists that lead in a circle": _table(3, prev=len(_table(3, 0)) - 200),
    "a list of itself": _table(3, prev=105),
    "four thousand million objects": _table(4_000_000_000, 0),
    "a list that unfolds": _stream_of_lists(b""),
    "a list of a thousand million": _stream_of_lists(b"/Index [0 1000000000]"),
    "nested deep": b"%PDF-1.7\n1 0 obj\n" + b"[" * 1_000_000,
    "nested in dictionaries": b"%PDF-1.7\n1 0 obj\n" + b"<< /A " * 300_000 + b"startxref\n9\n%%EOF\n",
    "a million ends": b"%PDF-1.7\n" + b"startxref\n9\n%%EOF\n" * 200_000,
    "a million ranges": b"%PDF-1.7\n" + b"/ByteRange [0 1 2 3]" * 200_000,
    "larger than ours": b"%PDF-1.7\n" + bytes(65 * 1024**2),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_exhausts_its_reader(roots: Roots, name: str) -> None:
    report = document_apart(HOSTILE[name], roots, now=story.TODAY)
    assert report.status == 4
    assert report.faults


def test_what_takes_too_long_says_so(complete: bytes, roots: Roots, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "CPU_SECONDS", 0)
    report = document_apart(complete * 20, roots, now=story.TODAY)
    assert (report.status, report.judged, report.faults) == (4, False, (TOO_MUCH,))


def test_apart_is_the_same_judgement(complete: bytes, roots: Roots) -> None:
    assert document_apart(complete, roots, now=story.TODAY) == verify_pdf(complete, roots, now=story.TODAY)
