"""One signer's turn: the pages they go through, and what they answered so far. It is forgotten when it is over."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from registry.documents.language import Language
from registry.documents.terms import Role, SignatureField
from registry.kiosk.answers import Missing, Question
from registry.services.signing import Captured, Copy

NOTED = ("identity_proof", "identity_checked_by", "place", "witness", "read_aloud_by", "translated_by")
IN_AUTHORITY = ("authority", "court_reference")
_FOR_ANOTHER = (Role.GUARDIAN, Role.ESTATE, Role.UNION, Role.LOAN_OUT)


class Step(StrEnum):
    """The pages of one signer, then the end of the sitting."""

    HANDOVER = "handover"
    ELECTRONIC = "electronic"
    READ = "read"
    SIGN = "sign"
    SIGNED = "signed"
    LEAVING = "leaving"
    ENDED = "ended"


def new_page() -> str:
    """A number for a page that nobody can guess."""
    return secrets.token_urlsafe(16)


@dataclass(slots=True, kw_only=True)
class Turn:
    """Where one signer stands. `page` is the number of the page that is shown; `name` and `at` are of the signature."""

    place: SignatureField
    captured: Captured
    asked: tuple[Question, ...]
    step: Step = Step.HANDOVER
    before: Step = Step.HANDOVER
    page: str = field(default_factory=new_page)
    missing: tuple[Missing, ...] = ()
    initials: str = ""
    typed: str = ""
    drawn: bool = False
    name: str = ""
    at: dt.datetime | None = None
    copies: tuple[Copy, ...] = ()
    saved: Path | None = None

    @property
    def notes(self) -> tuple[str, ...]:
        """What the person who runs the signing is asked about this signer: of authority, where one signs for another or
        something was given."""
        speaks = self.place.role in _FOR_ANOTHER
        return (*NOTED, *(key for key in IN_AUTHORITY if speaks or getattr(self.captured, key)))

    @property
    def declined(self) -> tuple[str, ...]:
        """The clauses that are not agreed to."""
        return tuple(q.clause.number for q in self.asked if not q.agreed)

    def declaration(self, words: Language) -> str:
        """The words above the button with which somebody signs."""
        return words.say("kiosk.sign.words" if self.place.locks else "kiosk.sign.words_plain")

    def words_agreed(self, words: Language) -> str:
        """Every word that a signer agrees to, as it stands on the pages."""
        return f"{words.say('kiosk.electronic.agree')} {self.declaration(words)}"
