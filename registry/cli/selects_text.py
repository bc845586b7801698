"""Casting selects in words: a line a person, the worst told first in it."""

from __future__ import annotations

from collections.abc import Sequence

from registry.cli.output import clip, labelled, paragraph
from registry.cli.phrases import count
from registry.services.selects import Select, Stands

SELECTS = ["row", "written", "character", "performer", "name", "union", "stands", "findings"]
_WORDS = {Stands.STOP: "STOP", Stands.WHO: "WHO?", Stands.LOOK: "LOOK", Stands.NOTHING: "–"}
_INDENT = 9


def selects_lines(found: Sequence[Select], production: str) -> list[str]:
    """How many of them can be asked as they are, then everybody in the order of the list."""
    free = sum(one.stands is Stands.NOTHING for one in found)
    lines = paragraph(f"Nothing on file stands against {free} of {count(len(found), 'select')} for {production}.")
    if free:
        lines += paragraph("That is no consent: it says that nobody has written down a no.")
    for one in found:
        lines.append("")
        who = f"{one.name} ({one.performer})" if one.performer else one.written or f"row {one.row}"
        role = f" · {one.character}" if one.character else ""
        lines += labelled(_WORDS[one.stands], clip(f"{who}{role} · union {one.union}", 70), indent=_INDENT)
        for stands, text in sorted(one.findings, key=lambda finding: list(Stands).index(finding[0])):
            lines += labelled("", text if stands is one.stands else f"also: {text}", indent=_INDENT)
    return lines


def select_row(one: Select) -> list[str]:
    return [
        str(one.row), one.written, one.character or "", one.performer or "", one.name, one.union, one.stands.value,
        "; ".join(text for _, text in one.findings),
    ]  # fmt: skip
