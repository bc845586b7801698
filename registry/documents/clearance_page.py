"""A clearance on paper, for the line producer who signs it off: the answer first, then day by day, then by when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from registry.documents.fonts import refuse_unknown_characters
from registry.documents.page import environment
from registry.documents.sheet import strings_of
from registry.documents.terms import Paper
from registry.documents.wording import joined
from registry.domain.clearance_report import ClearanceReport

PAPERS = {Paper.A4: "A4", Paper.LETTER: "letter"}
_SOME = 6
_NAMES = 40
_LIGHTS = {"red": "red: not to go ahead", "amber": "amber: not before it is answered", "green": "green: may go ahead"}
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs off, and the field of the signature."""

    role: str
    field: str


@dataclass(frozen=True, slots=True)
class ClearanceSheet:
    """What the template prints: the report, the furniture of its pages, and the words around the signatures.

    `command` asks the registry again, on what it knew then."""

    report: ClearanceReport
    command: str

    signers = (
        Signer("Line producer", "sig_line_producer"),
        Signer("For production legal or business affairs", "sig_business_affairs"),
    )
    statement = (
        "I have read this clearance. A use marked CLEARED or CONDITIONAL may go ahead as it is planned here; what is "
        "marked otherwise does not go ahead until what stands in its way is cured and a new clearance says so. The "
        "registry states what is on file and which rules ask for what; it gives no legal advice."
    )

    @property
    def title(self) -> str:
        return f"Clearance · {self.report.title} · {self.report.span}"

    @property
    def running(self) -> str:
        return self.title

    @property
    def record(self) -> str:
        return f"Made {self._made}"

    @property
    def _made(self) -> str:
        return f"{self.report.made_at.astimezone(dt.UTC):%Y-%m-%d %H:%M} UTC"

    @property
    def light(self) -> str:
        return _LIGHTS[self.report.light.value]

    @property
    def of(self) -> str:
        """What is signed, so that the last page cannot stand for another clearance."""
        return f"{self.title}, made {self._made}: {self.report.headline}. {self.report.answer[0]}"

    @property
    def check(self) -> str:
        return (
            "To check this paper: the clearance as JSON is attached to the PDF as clearance.json, and its SHA-256 "
            f"stands on every page. The registry answers again, on what it knew then, with: {self.command}"
        )

    @staticmethod
    def day(on: dt.date | None) -> str:
        return f"{_WEEKDAYS[on.weekday()]} {on.day} {on:%b} {on.year}" if on else "–"

    @staticmethod
    def sentence(text: str) -> str:
        return text[:1].upper() + text[1:]

    @staticmethod
    def some(words: Sequence[str], last: str = "and") -> str:
        """The first few of a list, and how many more."""
        if len(words) <= _SOME:
            return joined(words, last)
        return f"{', '.join(words[:_SOME])} and {len(words) - _SOME:,} more"

    @staticmethod
    def names(words: Sequence[str]) -> str:
        """The people of a crowd; of a large one the first forty, and how many more there are."""
        if len(words) <= _NAMES:
            return ", ".join(words)
        return f"{', '.join(words[:_NAMES])} and {len(words) - _NAMES:,} more, named in clearance.json"


def clearance_html(sheet: ClearanceSheet, *, paper: Paper) -> str:
    """The page of a clearance. Refuses characters that the shipped fonts lack, naming them."""
    for text in strings_of(sheet.report):
        refuse_unknown_characters(text, f"The clearance of {sheet.report.production}")
    return (
        environment()
        .get_template("clearance/report.html")
        .render(
            sheet=sheet,
            digest=sheet.report.digest,
            paper=PAPERS[paper],
            language="en",
            created=sheet.report.made_at.isoformat(),
        )
    )
