"""A letter on paper: addressee, sender, what it is about, and room for a hand above the sender's name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from registry.documents.clearance_page import PAPERS
from registry.documents.fonts import refuse_unknown_characters
from registry.documents.page import environment
from registry.documents.sheet import strings_of
from registry.documents.terms import Paper
from registry.documents.wording import day
from registry.domain.letter import Letter


@dataclass(frozen=True, slots=True)
class LetterSheet:
    """What the template prints: the letter, and the furniture of its pages."""

    letter: Letter

    @property
    def title(self) -> str:
        return self.letter.subject

    @property
    def running(self) -> str:
        return self.letter.subject

    @property
    def record(self) -> str:
        return self.letter.name

    @property
    def sender(self) -> str:
        company = f", {self.letter.company}" if self.letter.company else ""
        return f"{self.letter.sender}{company}"

    @property
    def day(self) -> str:
        return day(self.letter.on)

    @property
    def made_at(self) -> dt.datetime:
        """The day of the letter, at midnight: a letter bears no hour."""
        return dt.datetime.combine(self.letter.on, dt.time(), dt.UTC)


def letter_html(sheet: LetterSheet, *, digest: str, paper: Paper) -> str:
    """The page of a letter. Refuses characters that the shipped fonts lack, naming them."""
    for text in strings_of(sheet.letter):
        refuse_unknown_characters(text, f"Letter {sheet.letter.name}")
    return (
        environment()
        .get_template("clearance/letter.html")
        .render(sheet=sheet, digest=digest, paper=PAPERS[paper], language="en", created=sheet.made_at.isoformat())
    )
