"""A letter on paper: in whose name, to whom, what it says, and room for a hand above the sender's name."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from registry.documents.fonts import fonts_for
from registry.documents.language import language
from registry.documents.page import PAPERS, environment, furniture_of
from registry.documents.sheet import strings_of
from registry.documents.terms import Paper
from registry.domain.letter import Letter

_TAG = "en"


def letter_html(letter: Letter, *, digest: str, paper: Paper) -> str:
    """The page of a letter; `digest` is that of the same letter as text."""
    running = f"{letter.subject} · {letter.company or letter.sender}"
    return (
        environment()
        .get_template("letter.html")
        .render(
            letter=letter,
            day=language(_TAG).day(letter.on),
            furniture=furniture_of(_TAG, running=running, record=letter.name, digest=digest, of="letter.digest"),
            paper=PAPERS[paper],
            language=_TAG,
            created=written_at(letter).isoformat(),
        )
    )


def letter_fonts(letter: Letter) -> tuple[Path, ...]:
    """The fonts of the system that a letter needs. Refuses characters that no font has, naming them."""
    return fonts_for(strings_of(letter), f"Letter {letter.name}")


def written_at(letter: Letter) -> dt.datetime:
    """The day of the letter, at midnight: a letter bears no hour."""
    return dt.datetime.combine(letter.on, dt.time(), dt.UTC)
