"""The cover of a pack of evidence, on paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from registry.documents.fonts import known_characters
from registry.documents.page import environment
from registry.domain.cover import Cover, Sheet

LACKING = "?"
_KEPT = "\n\t\r"


@dataclass(frozen=True, slots=True)
class CoverSheet:
    """What the template prints: the cover, and the furniture of its pages."""

    cover: Cover

    @property
    def running(self) -> str:
        return self.cover.title

    @property
    def record(self) -> str:
        return self.cover.record


def bundle_html(cover: Cover) -> str:
    """The page of a cover. Characters that the shipped fonts lack are printed as a mark, and that is said: the files
    beside the cover have them as they are."""
    printed, lacking = _printable(cover)
    return (
        environment()
        .get_template("bundle/cover.html")
        .render(
            sheet=CoverSheet(printed),
            lacking=LACKING if lacking else None,
            digest=cover.digest,
            paper=cover.paper,
            language="en",
            created=dt.datetime.combine(cover.made_on, dt.time(), dt.UTC).isoformat(),
        )
    )


def _printable(cover: Cover) -> tuple[Cover, bool]:
    known = known_characters()
    lacking = False

    def text(said: str) -> str:
        nonlocal lacking
        printed = "".join(c if ord(c) in known or c in _KEPT else LACKING for c in said)
        lacking = lacking or printed != said
        return printed

    def sheet(one: Sheet) -> Sheet:
        return Sheet(
            title=text(one.title),
            columns=tuple(map(text, one.columns)),
            rows=tuple(tuple(map(text, row)) for row in one.rows),
            note=text(one.note) if one.note else None,
        )

    printed = Cover(
        kind=text(cover.kind),
        title=text(cover.title),
        subtitle=text(cover.subtitle),
        record=text(cover.record),
        facts=tuple((text(label), text(value)) for label, value in cover.facts),
        says=tuple(map(text, cover.says)),
        sheets=tuple(map(sheet, cover.sheets)),
        marks=tuple(map(text, cover.marks)),
        made_on=cover.made_on,
        digest=cover.digest,
        paper=cover.paper,
    )
    return printed, lacking
