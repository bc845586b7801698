"""The columns of a uses table: the keys of a use, facts by name, and the names schedules and cast lists give them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from registry.domain.facts import FactDefinition
from registry.domain.shape import shapes
from registry.domain.use import Use

# rules/PLATFORM.md B.4, the AI-use request list; and what cast lists and schedules call the same things.
ALIASES: Mapping[str, str] = {
    "use_id": "id",
    "shoot_date": "at",
    "delivery_date": "at",
    "shoot_date|delivery_date": "at",
    "date": "at",
    "name": "performer",
    "actor": "performer",
    "cast_name": "performer",
    "performers": "performer",
    "modality": "elements",
    "element": "elements",
    "model_id": "model",
    "territory": "territories",
    "medium": "media",
    "language": "languages",
    "scene": "scenes",
    "scene_#": "scenes",
    "title": "production",
    "changes_tone": "use.changes_tone",
    "scripted": "use.as_scripted",
    "recognisable": "use.recognizable",
    "recognizable": "use.recognizable",
    "safety": "use.safety_impossible",
    "age_from": "age_from",
    "age_to": "age_to",
}
# Known columns that say nothing about a use: who plays whom, and what belongs into records (a request, an approval, a
# reason), where somebody has to stand up for it.
SILENT = frozenset(
    {
        "cast_no", "cast_number", "cast_#", "number", "no.", "no", "#", "character", "role", "character_name",
        "vendor", "platform", "notified_on", "approval_ref", "business_reason", "remarks",
    }
)  # fmt: skip
AGES = ("age_from", "age_to")
WORDS: Mapping[str, Mapping[str, str]] = {
    "purpose": {"marketing": "promotion", "temp": "temporary"},
    "elements": {"face": "likeness", "body": "likeness", "visual": "likeness", "full": "voice;likeness;movement"},
}
ANSWERS = {"y": "yes", "n": "no", "?": "unsure"}
_NOTE = re.compile(r"\s*\([^()]*\)\s*\Z")
KEYS = {shape.key: shape for shape in shapes(Use) if shape.key != "facts"}


def target(header: str, dictionary: Mapping[str, FactDefinition] | None) -> str | None:
    """What a column is about: a key of a use, a fact, an edge of the ages, "" for nothing; None where nobody knows.

    A header may end in a note of what goes into the column: `safety(y/n/?)`."""
    name = "_".join(_NOTE.sub("", header).strip().casefold().replace("-", "_").split())
    if name in KEYS or name in AGES:
        return name
    if name in ALIASES:
        return ALIASES[name]
    if name in SILENT:
        return ""
    known = name in dictionary if dictionary is not None else "." in name
    return name if known else None


def known_columns(dictionary: Mapping[str, FactDefinition] | None) -> tuple[str, ...]:
    """Every column there is, for "did you mean"."""
    return (*KEYS, *ALIASES, *SILENT, *AGES, *(dictionary or ()))
