"""The printed page: names of all kinds, nothing fetched, the same bytes again, signatures that never stand alone."""

from __future__ import annotations

import re
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from registry.documents import consent_json, fonts
from registry.documents.keys import Roots
from registry.documents.page import without_space
from registry.documents.render import Renderer, RenderError
from registry.documents.terms import Paper, RiderTerms
from registry.documents.text import page_text
from registry.errors import UsageError
from registry.resources import templates
from registry.services.rendering import render_rider
from registry.services.signing import Hand, Keys, issue, sign
from tests.documents import family, story
from tests.documents.pdfcheck import faults


def named(terms: RiderTerms, name: str) -> RiderTerms:
    performer = replace(terms.performer, legal_name=name, professional_name=None)
    fields = tuple(replace(s, signer=name) if s.name == "sig_performer" else s for s in terms.signatures)
    return replace(terms, performer=performer, signatures=fields)


def body(data: bytes) -> str:
    with pikepdf.open(BytesIO(data)) as pdf:
        return page_text(pdf).body


@pytest.mark.parametrize(
    "name",
    ["Zoë Ñandú-O'Brien", "Nguyễn Thị Bé", "Αλέξανδρος", "Иван Дёмин", "<img src=http://127.0.0.1:9/>", "Ada " * 50],
)
def test_a_name_is_printed_as_it_is(terms: RiderTerms, renderer: Renderer, name: str) -> None:
    data = render_rider(named(terms, name.strip()), renderer)
    assert without_space(name) in body(data)
    assert faults(data) == set()


@pytest.mark.parametrize("name", ["محمد علي", "יעל כהן", "თამარ მეფე", "Հայկ", "สมชาย ใจดี"])
def test_a_name_in_another_script_is_printed_and_read_back(terms: RiderTerms, renderer: Renderer, name: str) -> None:
    """In a Noto font of the system, embedded; a comma and a number after it stay after it."""
    work = replace(terms.production, company=f"{name}, 12")
    data = render_rider(replace(named(terms, name), production=work), renderer)
    assert faults(data) == set()
    assert without_space(f"{name}, 12, signatory") in body(data)
    ran = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, capture_output=True, check=True)
    said = re.sub("[\u202a-\u202e]", "", ran.stdout.decode())
    assert f"{name}, 12, signatory" in said
    assert len(re.findall(re.escape(name), said)) > 3


def test_a_name_in_another_script_is_signed(keys: Keys, roots: Roots, renderer: Renderer, tmp_path: Path) -> None:
    """The stamp has no such letters: the name stands beside the box, and in the certificate."""
    path = tmp_path / "ali.pdf"
    arabic = named(family.employment(), "محمد علي")
    issue(arabic, path, keys=keys, now=story.ISSUED, renderer=renderer)
    ali = Hand(name="محمد علي", words_agreed=story.WORDS)
    report = sign(path, field="sig_performer", signer=ali, keys=keys, now=story.SIGNED, initials="MA")
    assert [s.name for s in report.signatures] == ["محمد علي"]
    assert faults(path.read_bytes()) == set()


def test_a_page_lends_no_other_page_its_fonts(terms: RiderTerms, renderer: Renderer) -> None:
    before = render_rider(terms, renderer)
    render_rider(named(terms, "محمد علي"), renderer)
    assert render_rider(terms, renderer) == before


@pytest.mark.parametrize(
    ("name", "character", "remedy"),
    [
        ("अमिताभ", "(U+0905, DEVANAGARI LETTER A)", "Write it in Latin letters"),
        ("Ada 🎬", "(U+1F3AC", "Leave it out"),
        ("Ada\u202eroko", "(U+202E", "Leave it out"),
        ("Ada \U000f0000", "(U+F0000", "Leave it out"),
    ],
)
def test_a_character_that_cannot_be_printed_is_refused_by_name(
    terms: RiderTerms, renderer: Renderer, name: str, character: str, remedy: str
) -> None:
    with pytest.raises(UsageError) as refused:
        render_rider(named(terms, name), renderer)
    assert character in str(refused.value)
    assert refused.value.remedy.startswith(remedy)


@pytest.mark.parametrize(
    ("name", "package"), [("李小龍", "fonts-noto-cjk"), ("김민준", "fonts-noto-cjk"), ("محمد", "fonts-noto-core")]
)
def test_without_a_font_it_is_said_what_to_install(
    terms: RiderTerms, monkeypatch: pytest.MonkeyPatch, name: str, package: str
) -> None:
    monkeypatch.setattr(fonts, "_installed", lambda: ())
    fonts.system_font.cache_clear()
    with pytest.raises(UsageError) as refused:
        render_rider(named(terms, name))
    fonts.system_font.cache_clear()
    assert f"{name[0]} (U+{ord(name[0]):04X}" in str(refused.value)
    assert refused.value.remedy.startswith(f"apt-get install {package}")


def test_the_same_terms_give_the_same_bytes(terms: RiderTerms, renderer: Renderer) -> None:
    assert render_rider(terms, renderer) == render_rider(terms) == render_rider(terms, renderer)


def test_a_salt_keeps_the_digest_from_being_guessed(terms: RiderTerms) -> None:
    first, second = (consent_json.written(consent_json.bound(replace(terms, salt=s * 16))) for s in ("a1", "b2"))
    assert consent_json.digest_of(first) != consent_json.digest_of(second)


@pytest.mark.parametrize(("paper", "size"), [(Paper.LETTER, (612, 792)), (Paper.A4, (595, 842))])
def test_paper(terms: RiderTerms, renderer: Renderer, paper: Paper, size: tuple[int, int]) -> None:
    with pikepdf.open(BytesIO(render_rider(replace(terms, paper=paper), renderer))) as pdf:
        assert {tuple(round(float(n)) for n in page.mediabox[2:]) for page in pdf.pages} == {size}


@pytest.mark.parametrize("clauses", [1, 2, 3, 5, 9])
def test_signatures_never_stand_alone(terms: RiderTerms, renderer: Renderer, clauses: int) -> None:
    """The page with the signatures carries terms too; a clause begins on the page of its box, with its first lines."""
    grants = tuple(replace(story.USE, clause=f"2.{n}", description=f"Fall number {n}.") for n in range(1, clauses + 1))
    boxes = tuple(replace(terms.initials[0], name=f"initial_{n}", clause=g.clause) for n, g in enumerate(grants, 1))
    locks = tuple(b.name for b in boxes)
    signatures = (replace(terms.signatures[0], locks=locks), *terms.signatures[1:])
    consent = replace(terms.consent, grants=grants)
    data = render_rider(replace(terms, consent=consent, initials=boxes, signatures=signatures), renderer)
    with pikepdf.open(BytesIO(data)) as pdf:
        pages = {page.objgen: n for n, page in enumerate(pdf.pages)}
        at = {str(f.T): pages[f.P.objgen] for f in pdf.Root.AcroForm.Fields}
        texts = [page_of(pdf, n) for n in range(len(pdf.pages))]
    signing = {at["sig_performer"], at["sig_company"], at["seal"], at["closing"]}
    assert len(signing) == 1
    before_signatures = texts[signing.pop()].split("SignaturesEachperson")[0]
    assert len(before_signatures) > 200
    for box, grant in zip(boxes, grants, strict=True):
        page = texts[at[box.name]]
        assert without_space(grant.description) in page
        assert page.count("Elementslikenessandmovement") == sum(at[b.name] == at[box.name] for b in boxes)


def page_of(pdf: pikepdf.Pdf, number: int) -> str:
    """The words of one page, in the order they are drawn."""
    from registry.documents.text import _drawn

    by_mark, _ = _drawn(pdf.pages[number])
    return "".join(by_mark.values())


def test_long_texts_are_printed_whole(terms: RiderTerms, renderer: Renderer) -> None:
    """A description of pages, lines of its own, and a word that no line can hold."""
    long = "The fall, take by take.\n\tFrom the roof. " * 250 + "x" * 400
    grants = (story.CREATE, replace(story.USE, description=long), story.TRAIN)
    data = render_rider(replace(terms, consent=replace(terms.consent, grants=grants)), renderer)
    assert without_space(long) in body(data)
    assert faults(data) == set()


VECTORS = [
    '<img src="{0}" alt="x">',
    '<link rel="stylesheet" href="{0}">',
    "<style>@import url({0});</style>",
    '<p style="background: url({0})">x</p>',
    "<style>@font-face {{ font-family: X; src: url({0}) }} p {{ font-family: X }}</style><p>x</p>",
    '<object data="{0}">x</object>',
    '<svg xmlns="http://www.w3.org/2000/svg"><image href="{0}"/></svg>',
    '<a rel="attachment" href="{0}">x</a>',
]


@pytest.fixture
def listener() -> Iterator[tuple[int, list[bytes]]]:
    """A port of this machine, and what was asked of it."""
    asked: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(100))

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1], asked
        server.shutdown(socket.SHUT_RDWR)
        thread.join(timeout=5)


@pytest.mark.parametrize("vector", VECTORS)
@pytest.mark.parametrize("address", ["http://127.0.0.1:{port}/x", "file:///etc/hostname"])
def test_a_template_can_fetch_nothing(
    renderer: Renderer, listener: tuple[int, list[bytes]], vector: str, address: str
) -> None:
    """Even markup in the template itself reaches no network and no file: the page is refused instead."""
    port, asked = listener
    html = '<html lang="en"><head><title>x</title></head><body>{}</body></html>'
    with pytest.raises(RenderError, match=r"is not part of the templates|cannot be loaded"):
        renderer.pdf(html.format(vector.format(address.format(port=port))), identifier="00" * 16)
    assert asked == []


def test_a_warning_is_a_failure(renderer: Renderer) -> None:
    html = '<html lang="en"><head><title>x</title><style>p { colour: red }</style></head><body><p>x</p></body></html>'
    with pytest.raises(RenderError, match="colour: red"):
        renderer.pdf(html, identifier="00" * 16)


def test_a_page_that_takes_too_much_is_stopped() -> None:
    """The child's memory is limited; the limit is reported, and the next page is printed by a new child."""
    with Renderer() as renderer:
        huge = '<html lang="en"><head><title>x</title></head><body>' + "<p>word</p>" * 3
        renderer.pdf(huge + "</body></html>", identifier="00" * 16)
        child = renderer._child
        assert child is not None
        child.kill()
        with pytest.raises(RenderError, match="stopped before the page was done"):
            renderer.pdf(huge + "</body></html>", identifier="00" * 16)
        assert renderer.pdf(huge + "</body></html>", identifier="00" * 16).startswith(b"%PDF")


def test_the_style_sheet_asks_for_no_alternate_glyphs() -> None:
    """Alternate glyphs have no Unicode mapping, and break PDF/A and PDF/UA."""
    style = (templates() / "print.css").read_text(encoding="utf-8").split("*/", 1)[1]
    for word in ("font-feature-settings", "font-variant", "small-caps", "onum", "tnum"):
        assert word not in style
