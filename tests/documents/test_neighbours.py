"""Comparing neighbouring revisions rejects whatever comparing every signature with every later revision does.

pyHanko does the latter, which takes time that grows with the square of the signatures. What one revision may change is
held against the state before it; a change that no step may make is a fault there, whoever signs how often afterwards.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from registry.documents import sign
from registry.documents.closing import Proofs, close
from registry.documents.embedding import writer_on
from registry.documents.keys import KeyName, Roots, credential
from registry.documents.terms import RiderTerms
from registry.documents.verify import context, quiet, verify_pdf
from registry.services.signing import Keys
from tests.documents import story
from tests.documents.attacks import ATTACKS
from tests.documents.test_manipulations import MANIPULATIONS, a_clause_drawn_anew, changed


def pairwise(data: bytes, roots: Roots) -> bool:
    """Whether pyHanko holds every signature to be sound, and what came after each to be allowed."""
    held: Any = context(roots.signers, story.TODAY)
    with quiet():
        try:
            found = [s for s in PdfFileReader(BytesIO(data)).embedded_signatures if str(s.sig_object_type) == "/Sig"]
            return bool(found) and all(validate_pdf_signature(one, held).bottom_line for one in found)
        except Exception:
            return False


def ours(data: bytes, roots: Roots) -> bool:
    return verify_pdf(data, roots, now=story.TODAY).unchanged


@pytest.mark.parametrize("state", ["sealed", "performer", "signed", "complete"])
def test_both_accept_what_nobody_changed(states: dict[str, Path], roots: Roots, state: str) -> None:
    data = states[state].read_bytes()
    assert ours(data, roots)
    assert pairwise(data, roots)


def signed_over(
    data: bytes, terms: RiderTerms, keys: Keys, monkeypatch: pytest.MonkeyPatch, change: Callable[[Any], None]
) -> bytes:
    """The company countersigns with a program that makes the change in the same revision, and closes the document."""
    place = terms.signature("sig_company")
    assert place is not None
    hand = credential(keys.folder, KeyName.SEAL, keys.passphrase)
    honest = writer_on

    def dishonest(base: bytes) -> Any:
        writer = honest(base)
        change(writer)
        return writer

    with monkeypatch.context() as during:
        during.setattr(sign, "writer_on", dishonest)
        made = sign.sign(data, place, hand, now=story.COUNTERSIGNED, initials={}, method="own certificate")
    clock = credential(keys.folder, KeyName.TIME, keys.passphrase)
    return close(made, clock, now=story.COUNTERSIGNED, proofs=Proofs())


@pytest.mark.parametrize("change", MANIPULATIONS)
def test_a_change_under_a_later_signature(
    states: dict[str, Path],
    roots: Roots,
    terms: RiderTerms,
    keys: Keys,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Any], None],
) -> None:
    """The last neighbours are honest; the fault lies further back, and stays one."""
    made = signed_over(states["performer"].read_bytes(), terms, keys, monkeypatch, change)
    assert not ours(made, roots)


def test_an_honest_countersignature_the_same_way(
    states: dict[str, Path], roots: Roots, terms: RiderTerms, keys: Keys, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same way without a change is accepted, by both."""
    made = signed_over(states["performer"].read_bytes(), terms, keys, monkeypatch, lambda _: None)
    assert ours(made, roots)
    assert pairwise(made, roots)


@pytest.mark.parametrize("name", ["saved_body_alone", "saved_with_the_old_list_named_last"])
def test_neighbours_reject_what_all_pairs_let_pass(complete: bytes, roots: Roots, name: str) -> None:
    """Stricter, and not only as strict: what no list names is not seen by comparing objects."""
    made = ATTACKS[name](complete)
    assert pairwise(made, roots)
    assert not ours(made, roots)


@pytest.mark.parametrize(
    "name",
    [
        "shadow_replace_the_value_of_a_field",
        "saved_body_list_and_trailer",
        "evil_annotation_stamp",
        "a_page_taken_away",
    ],
)
def test_both_reject(complete: bytes, roots: Roots, name: str) -> None:
    made = ATTACKS[name](complete)
    assert not pairwise(made, roots)
    assert not ours(made, roots)


def test_a_change_between_two_signatures_is_rejected_by_both(states: dict[str, Path], roots: Roots) -> None:
    made = changed(states["performer"].read_bytes(), a_clause_drawn_anew)
    assert not pairwise(made, roots)
    assert not ours(made, roots)
