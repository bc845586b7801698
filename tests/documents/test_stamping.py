"""Stamping again: a closed document gets a further time stamp, and nothing else can come in with it."""

from __future__ import annotations

import datetime as dt
import random
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.generic import pdf_name, pdf_string
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp

from registry.cli.papers import authority
from registry.documents.closing import stamp_again, stamped
from registry.documents.credentials import Credential
from registry.documents.embedding import writer_on
from registry.documents.keys import KeyName, Roots, credential, own_roots
from registry.documents.verify import context, verify_pdf
from registry.errors import UsageError
from registry.services import keeping_keys
from registry.services.signing import Keys, stamp
from registry.services.verifying import trusted_roots
from tests.documents import authority as time_service
from tests.documents import pdfcheck, story
from tests.documents.attacks.making import page_of
from tests.documents.test_flips import flipped, last_container

kinds: Any = generic
LATER = story.COUNTERSIGNED + dt.timedelta(days=4 * 365)


@pytest.fixture
def closed(complete: bytes, tmp_path: Path) -> Path:
    path = tmp_path / "rider.pdf"
    path.write_bytes(complete)
    return path


@pytest.fixture(scope="module")
def renewed(keys: Keys, tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """The story's keys with a new local clock, the old one kept among the roots."""
    folder = tmp_path_factory.mktemp("renewed") / "keys"
    shutil.copytree(keys.folder, folder)
    keeping_keys.rotate(folder, names={KeyName.TIME}, passphrase=keys.passphrase, now=LATER)
    return Keys(folder=folder, passphrase=keys.passphrase)


@pytest.fixture(scope="module")
def again(complete: bytes, renewed: Keys) -> bytes:
    return stamp_again(complete, clock_of(renewed), now=LATER, field="closing_2")


def clock_of(keys: Keys) -> Credential:
    return credential(keys.folder, KeyName.TIME, keys.passphrase)


def test_an_authority_of_time_stamps_again(closed: Path, keys: Keys, tmp_path: Path) -> None:
    before = closed.read_bytes()
    (tmp_path / "tsa").mkdir()
    service = time_service.make(tmp_path / "tsa", "sha256")
    with time_service.listening(service) as there:
        stamp(closed, keys=keys, now=LATER, clock=authority(there.url))
    data = closed.read_bytes()
    assert data.startswith(before)
    unknown = verify_pdf(data, own_roots(keys.folder), now=LATER)
    assert (unknown.complete, unknown.headline) == (True, "UNCHANGED, NOT TRUSTED")
    report = verify_pdf(data, trusted_roots((), keys.folder, time=(there.root,)), now=LATER)
    assert report.status == 0
    assert [one.authority for one in report.stamps] == [f"{story.COMPANY} · local clock", "Neutral time"]


def test_a_new_local_clock_stamps_again_and_again(closed: Path, renewed: Keys, tmp_path: Path) -> None:
    stamp(closed, keys=renewed, now=LATER)
    folder = tmp_path / "keys"
    shutil.copytree(renewed.folder, folder)
    much_later = LATER + dt.timedelta(days=365)
    keeping_keys.rotate(folder, names={KeyName.TIME}, passphrase=renewed.passphrase, now=much_later)
    report = stamp(closed, keys=Keys(folder=folder, passphrase=renewed.passphrase), now=much_later)
    assert report.status == 0
    assert [one.at for one in report.stamped] == [LATER, much_later]


def test_what_was_stamped_again_is_as_accessible_as_before_and_any_reader_takes_it(again: bytes, renewed: Keys) -> None:
    assert pdfcheck.faults(again) == set()
    roots = own_roots(renewed.folder)
    for signature in PdfFileReader(BytesIO(again)).embedded_signatures:  # with pyHanko's own rules for what may change
        if str(signature.sig_object_type) == "/Sig":
            assert validate_pdf_signature(signature, context(roots.signers, story.TODAY)).bottom_line
        else:
            assert validate_pdf_timestamp(signature, context(roots.time, LATER)).valid


def test_the_moment_that_counts_is_that_of_the_first_stamp_we_trust(again: bytes, renewed: Keys) -> None:
    """Without the old clock among the roots the later stamp says when the document was there at the latest."""
    roots = own_roots(renewed.folder)
    new = Roots(roots.signers, roots.time[:1], roots.lists)
    report = verify_pdf(again, new, now=LATER + dt.timedelta(days=9_000))
    assert [one.trusted for one in report.stamps] == [False, True]
    assert all(one.trusted for one in report.signatures)


def test_any_bit_of_it(again: bytes, complete: bytes, renewed: Keys) -> None:
    roots = own_roots(renewed.folder)
    assert verify_pdf(again, roots, now=LATER).status == 0
    chosen = random.Random(9)
    start, end = last_container(again)
    digits = len(again[start:end].rstrip(b"0"))
    for _ in range(40):
        at, bit = chosen.randrange(len(complete), len(again)), chosen.randrange(8)
        assert verify_pdf(flipped(again, at, bit), roots, now=LATER).status == 4, (at, bit)
        at = start + chosen.randrange(digits)
        nibble = int(chr(again[at]), 16) ^ (1 << chosen.randrange(4))
        assert verify_pdf(again[:at] + b"%X" % nibble + again[at + 1 :], roots, now=LATER).status == 4, at


@pytest.mark.parametrize("state", ["sealed", "performer", "signed"])
def test_what_is_not_closed_is_not_stamped_again(
    states: dict[str, Path], renewed: Keys, state: str, closed: Path
) -> None:
    closed.write_bytes(states[state].read_bytes())
    with pytest.raises(UsageError, match=r"rider\.pdf is not closed yet") as refused:
        stamp(closed, keys=renewed, now=LATER)
    assert refused.value.remedy == "registry sign rider.pdf --close"
    assert closed.read_bytes() == states[state].read_bytes()


def test_the_same_certificate_proves_nothing_more(closed: Path, keys: Keys) -> None:
    before = closed.read_bytes()
    with pytest.raises(UsageError, match="has a time stamp with this certificate"):
        stamp(closed, keys=keys, now=LATER)
    assert closed.read_bytes() == before


def test_a_clock_that_went_backwards_stamps_nothing(closed: Path, renewed: Keys) -> None:
    with pytest.raises(UsageError, match="was last signed after that"):
        stamp(closed, keys=renewed, now=story.COUNTERSIGNED - dt.timedelta(hours=1))


def test_an_authority_that_does_not_answer_changes_nothing(closed: Path, keys: Keys, tmp_path: Path) -> None:
    before = closed.read_bytes()
    with (
        time_service.listening(tmp_path, b"no stamp") as there,
        pytest.raises(UsageError, match=r"The document has no further time stamp\."),
    ):
        stamp(closed, keys=keys, now=LATER, clock=authority(there.url))
    assert closed.read_bytes() == before


def _field(name: str = "closing_2", **other: Any) -> Any:
    """The field of a further stamp, with other entries."""
    entries = {
        "Type": pdf_name("/Annot"),
        "Subtype": pdf_name("/Widget"),
        "FT": pdf_name("/Sig"),
        "T": pdf_string(name),
        "Rect": kinds.ArrayObject([kinds.NumberObject(0)] * 4),
        "F": kinds.NumberObject(132),
        **other,
    }
    return kinds.DictionaryObject({pdf_name(f"/{key}"): value for key, value in entries.items()})


def _bring(writer: Any, field: Any) -> Any:
    reference = writer.add_object(field)
    writer.root["/AcroForm"]["/Fields"].append(reference)
    writer.update_root()
    return reference


def _turn_a_page(writer: Any) -> None:
    _bring(writer, _field())
    page = page_of(writer)
    page[pdf_name("/Rotate")] = kinds.NumberObject(180)
    writer.update_container(page)


def _show_it_on_a_page(writer: Any) -> None:
    _bring(writer, _field(Rect=kinds.ArrayObject([kinds.NumberObject(n) for n in (0, 0, 400, 400)])))


def _run_a_script(writer: Any) -> None:
    script = {pdf_name("/S"): pdf_name("/JavaScript"), pdf_name("/JS"): pdf_string("app.alert(1)")}
    _bring(writer, _field(AA=kinds.DictionaryObject(script)))


def _bring_another_field(writer: Any) -> None:
    _bring(writer, _field("approval"))
    _bring(writer, _field())


def _put_it_first(writer: Any) -> None:
    reference = writer.add_object(_field())
    writer.root["/AcroForm"]["/Fields"].insert(0, reference)
    writer.update_root()


def _name_another_version(writer: Any) -> None:
    _bring(writer, _field())
    writer.root[pdf_name("/Version")] = pdf_name("/2.0")


def _leave_something_hidden(writer: Any) -> None:
    _bring(writer, _field())
    writer.add_object(kinds.DictionaryObject({pdf_name("/Hidden"): pdf_string("All uses, in perpetuity")}))


def _give_the_form_a_script(writer: Any) -> None:
    _bring(writer, _field())
    writer.root["/AcroForm"][pdf_name("/XFA")] = pdf_string("<xdp/>")


@pytest.mark.parametrize(
    ("bring", "said"),
    [
        (_turn_a_page, "changes something other than its own field: /AcroForm of the catalog, page 1"),
        (_show_it_on_a_page, "is not one that we make"),
        (_run_a_script, "is not one that we make"),
        (_bring_another_field, "changes the form or the catalog"),
        (_put_it_first, "changes the form or the catalog"),
        (_name_another_version, "changes the form or the catalog"),
        (_leave_something_hidden, "brings objects that none of its fields needs: 1"),
        (_give_the_form_a_script, "changes the form or the catalog"),
    ],
)
def test_nothing_else_comes_in_with_a_stamp(
    complete: bytes, renewed: Keys, bring: Callable[[Any], None], said: str
) -> None:
    writer = writer_on(complete)
    bring(writer)
    data = stamped(writer, "closing_2", clock_of(renewed), LATER, left="")
    report = verify_pdf(data, own_roots(renewed.folder), now=LATER)
    assert report.status == 4
    assert said in report.faults[0]


def test_a_stamp_out_of_turn(states: dict[str, Path], complete: bytes, again: bytes, renewed: Keys) -> None:
    """Under another name, before the document is closed, or earlier than the stamp that it covers."""
    clock, roots = clock_of(renewed), own_roots(renewed.folder)
    for base, field, now, said in (
        (complete, "closing_3", LATER, "signed after it was closed"),
        (states["signed"].read_bytes(), "closing_2", LATER, "holds no signature of a person"),
        (again, "closing_3", LATER - dt.timedelta(seconds=1), "says an earlier moment"),
    ):
        report = verify_pdf(stamp_again(base, clock, now=now, field=field), roots, now=LATER)
        assert report.status == 4
        assert said in report.faults[0]
