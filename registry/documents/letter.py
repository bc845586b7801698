"""A letter on the page system of documents: who writes to whom, about what, the facts in a table, and who sends it.

A notice, a note to a platform, a notice to a union: each is such a letter. It is not sealed and has no places to sign.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from registry.documents.fonts import fonts_for
from registry.documents.language import language
from registry.documents.layout import Section
from registry.documents.page import PAPERS, environment, furniture_of
from registry.documents.prepare import report_prepared
from registry.documents.render import Renderer
from registry.documents.terms import Paper
from registry.documents.xmp import Metadata
from registry.domain.canonical import canonical_bytes, to_plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything a letter prints, in its own words and language. `sender` and `addressee` are lines, a name first;
    `record` is the id under which what it tells is on file."""

    record: str
    sender: tuple[str, ...]
    addressee: tuple[str, ...]
    subject: str
    written_at: dt.datetime
    opening: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    closing: tuple[str, ...] = ()
    signed: tuple[str, ...] = ()
    enclosures: tuple[str, ...] = ()
    place: str | None = None
    reference: str | None = None
    language: str = "en"
    paper: Paper = Paper.LETTER


def letter_digest(letter: Letter) -> str:
    """SHA-256 of what the letter says, as its pages name it."""
    return hashlib.sha256(canonical_bytes(to_plain(letter))).hexdigest()


def letter_html(letter: Letter) -> str:
    """The page of a letter."""
    words = language(letter.language)
    running = f"{letter.subject} · {letter.sender[0]}"
    return (
        environment()
        .get_template("letter.html")
        .render(
            letter=letter,
            day=words.day(letter.written_at.date()),
            furniture=furniture_of(
                letter.language, running=running, record=letter.record, digest=letter_digest(letter), of="letter.digest"
            ),
            label={name: words.say(f"letter.{name}") for name in ("reference", "enclosed")},
            paper=PAPERS[letter.paper],
            language=letter.language,
            created=letter.written_at.isoformat(),
        )
    )


def letter_pdf(letter: Letter, renderer: Renderer) -> bytes:
    """The letter as PDF/A-3a and PDF/UA-1; the same letter gives the same bytes. Refuses what no font can print."""
    digest = letter_digest(letter)
    fonts = fonts_for(_texts(letter), f"Letter {letter.record}")
    made = renderer.pdf(letter_html(letter), identifier=digest[:32], fonts=fonts)
    about = Metadata(
        title=letter.subject,
        language=letter.language,
        issued_at=letter.written_at,
        record=letter.record,
        digest=digest,
    )
    return report_prepared(made, about)


def _texts(letter: Letter) -> Iterator[str]:
    yield from (letter.record, letter.subject, letter.place or "", letter.reference or "")
    for lines in (letter.sender, letter.addressee, letter.opening, letter.closing, letter.signed, letter.enclosures):
        yield from lines
    for section in letter.sections:
        yield from (section.heading, section.cites, *section.paragraphs)
        for line in section.lines:
            yield from (line.label, line.value)
