"""Whatever is done to a document, it is judged: never a traceback, and never complete unless nothing was done."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.documents.foreign import judge_foreign
from registry.documents.keys import Roots, init_keys, own_roots
from registry.documents.render import Renderer
from registry.documents.statement_proof import statement_in, verify_statement
from registry.documents.verify import verify_pdf
from registry.services.rendering import Issuing, rider_terms
from registry.services.signing import Hand, Keys, close, issue, sign
from tests.documents import story


@pytest.fixture(scope="module")
def signed(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, Roots]:
    """A complete rider, and the roots it goes back to."""
    folder = tmp_path_factory.mktemp("signed")
    init_keys(folder / "keys", company=story.COMPANY, passphrase=story.PASSPHRASE, now=story.ISSUED)
    keys = Keys(folder=folder / "keys", passphrase=story.PASSPHRASE)
    issuing = Issuing(company=story.COMPANY, now=story.ISSUED, salt=story.SALT)
    terms = rider_terms(story.DRAFT, story.OKAFOR, story.HARBOR, story.ENGAGEMENT, issuing=issuing)
    path: Path = folder / "rider.pdf"
    with Renderer() as renderer:
        issue(terms, path, keys=keys, now=story.ISSUED, renderer=renderer)
    ada = Hand(name="Adaeze Okafor", words_agreed=story.WORDS)
    sign(path, field="sig_performer", signer=ada, keys=keys, now=story.SIGNED, initials="AO")
    sign(path, field="sig_company", signer=Hand(name="X", words_agreed="x"), keys=keys, now=story.SIGNED)
    close(path, keys=keys, now=story.SIGNED)
    return path.read_bytes(), own_roots(keys.folder)


places = st.floats(0, 1, exclude_max=True)
pieces = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"endobj", b"%%EOF\n", b"/Type /Catalog", b"<<", b">>", b"obj", b"stream\n", b"[", b"0 R", b"null"]
    ),
)
edits = st.lists(
    st.one_of(
        st.tuples(st.just("put"), places, pieces),
        st.tuples(st.just("over"), places, pieces),
        st.tuples(st.just("cut"), places, st.integers(1, 5_000)),
        st.tuples(st.just("twice"), places, st.integers(1, 5_000)),
    ),
    min_size=1,
    max_size=3,
)


def edited(data: bytes, done: list[tuple[str, float, bytes | int]]) -> bytes:
    for what, where, value in done:
        at = int(where * len(data))
        match what, value:
            case "put", bytes():
                data = data[:at] + value + data[at:]
            case "over", bytes():
                data = data[:at] + value + data[at + len(value) :]
            case "cut", int():
                data = data[:at] + data[at + value :]
            case "twice", int():
                data = data[: at + value] + data[at:]
    return data


@given(edits)
@settings(max_examples=60)
def test_a_document_that_somebody_worked_on_is_judged(
    signed: tuple[bytes, Roots], done: list[tuple[str, float, bytes | int]]
) -> None:
    whole, roots = signed
    data = edited(whole, done)
    report = verify_pdf(data, roots, now=story.TODAY)
    assert report.status in ((0,) if data == whole else (3, 4))
    assert report.status != 4 or report.faults
    assert verify_statement(data, roots, now=story.TODAY).status == 4
    assert statement_in(data) is False
    assert judge_foreign(data, roots, now=story.TODAY).findings
