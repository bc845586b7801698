"""A letter: on the page system of documents, PDF/A and PDF/UA, the same bytes again."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest

from registry.documents.layout import Line, Section
from registry.documents.letter import Letter, letter_digest, letter_pdf
from registry.documents.page import without_space
from registry.documents.render import Renderer
from registry.documents.terms import Paper
from registry.documents.text import page_text
from registry.errors import UsageError
from tests.documents import story
from tests.documents.pdfcheck import faults

LETTER = Letter(
    record="n-okafor-1",
    sender=(story.COMPANY, "Pier 9, Long Beach", "clearance@harbor.example"),
    addressee=("Adaeze Okafor", "c/o R. Lindqvist"),
    subject="Notice of a scan session",
    written_at=story.ISSUED,
    place="Long Beach",
    reference="okafor-scan-1",
    opening=("You are to be scanned for Harbor Light. This letter is the notice of it.",),
    sections=(
        Section(
            heading="The session",
            lines=(Line(label="When", value="16 September 2026, 09:00"), Line(label="Where", value="Long Beach")),
            paragraphs=("You may refuse.",),
            cites="Stands here for: TVT23-NOTICE-1",
        ),
    ),
    closing=("Yours sincerely",),
    signed=("T. Albright", "Business affairs"),
    enclosures=("the rider c-okafor-1",),
)


@pytest.mark.parametrize(
    ("tag", "day", "enclosed"),
    [("en", "8 September 2026", "Enclosed:"), ("es", "8 de septiembre de 2026", "Se adjunta:"),
     ("fr", "8 septembre 2026", "Pièces jointes :")],
)  # fmt: skip
def test_a_letter(renderer: Renderer, tag: str, day: str, enclosed: str) -> None:
    data = letter_pdf(replace(LETTER, language=tag, paper=Paper.A4), renderer)
    assert faults(data, attached=None) == set()
    with pikepdf.open(BytesIO(data)) as pdf:
        assert str(pdf.Root.Lang) == tag
        text = page_text(pdf)
    for said in (story.COMPANY, "Adaeze Okafor", day, "Where", "You may refuse.", enclosed, "T. Albright"):
        assert without_space(said) in text.body
    assert letter_digest(replace(LETTER, language=tag, paper=Paper.A4)) in text.furniture[0]


def test_the_same_letter_gives_the_same_bytes(renderer: Renderer) -> None:
    assert letter_pdf(LETTER, renderer) == letter_pdf(LETTER, renderer)
    assert letter_digest(LETTER) != letter_digest(replace(LETTER, subject="Another"))


def test_the_sender_never_stands_alone_on_a_page(renderer: Renderer) -> None:
    for length in (24, 27, 30):
        long = replace(LETTER, opening=("A line of the letter that is long enough to fill the page.",) * length)
        with pikepdf.open(BytesIO(letter_pdf(long, renderer))) as pdf:
            last = page_text(pdf).body
            assert without_space("T. Albright") in last
            assert len(pdf.pages) == 2


def test_a_letter_refuses_what_it_cannot_print(renderer: Renderer) -> None:
    with pytest.raises(UsageError, match="Letter n-okafor-1 has 🎬"):
        letter_pdf(replace(LETTER, signed=("T. Albright 🎬",)), renderer)
