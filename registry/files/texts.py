"""What a text may be, field by field: an id, a name, prose, a territory, a language, a medium, a word of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Any

from registry.domain.decision import Decision
from registry.domain.record import Record
from registry.domain.schedule import Call, ShootDay
from registry.domain.vocabulary import (
    MEDIA,
    is_language,
    is_medium,
    is_territory,
    nearest_language,
    nearest_territory,
    territory_name,
)
from registry.domain.words import Act
from registry.files.reading import Reading, refused_character
from registry.source import nearest

LONGEST_ID = 64
LONGEST_NAME = 1_000
LONGEST_PROSE = 20_000
LONGEST_ANSWER = 2_000_000
_ID = re.compile(r"[\w.\-]+")

TextRule = Callable[[str, Reading], str]


def text(raw: str, most: int, *, lines: bool = False) -> str:
    """A text in NFC. Raises ValueError for one that is empty, too long, or holds what no text may hold."""
    if len(raw) > most:
        raise ValueError(f"{len(raw):,} characters; at most {most:,} go here")
    if (bad := refused_character(raw, lines=lines)) is not None:
        what = "a line break" if bad in "\n\r" else f"the character U+{ord(bad):04X}"
        raise ValueError(f"holds {what}; take it out")
    if not raw.strip():
        raise ValueError("empty; write something, or leave the key out")
    return raw if raw.isascii() else unicodedata.normalize("NFC", raw)


def name(raw: str, reading: Reading) -> str:
    return text(raw, LONGEST_NAME)


def prose(raw: str, reading: Reading) -> str:
    return text(raw, LONGEST_PROSE, lines=True)


def answer(raw: str, reading: Reading) -> str:
    return text(raw, LONGEST_ANSWER)


def identifier(raw: str, reading: Reading) -> str:
    if len(raw) > LONGEST_ID:
        raise ValueError(f"{len(raw):,} characters; an id has at most {LONGEST_ID}")
    if not _ID.fullmatch(raw):
        raise ValueError("not an id; it is written with letters, digits, `-`, `_` and `.`")
    return raw if raw.isascii() else unicodedata.normalize("NFC", raw)


def territory(raw: str, reading: Reading) -> str:
    if is_territory(raw):
        return raw
    meant = nearest_territory(raw) if len(raw) <= LONGEST_ID else None
    if meant is None:
        raise ValueError("not a territory; write an ISO 3166 code, a UN M49 number, EU or world")
    raise ValueError(f"not a territory; {territory_name(meant)} is {meant}")


def language(raw: str, reading: Reading) -> str:
    if is_language(raw):
        return raw
    meant = nearest_language(raw) if len(raw) <= LONGEST_ID else None
    hint = f"did you mean {meant}?" if meant else "write a BCP 47 tag such as en or es-MX"
    raise ValueError(f"not a language; {hint}")


def medium(raw: str, reading: Reading) -> str:
    return raw if is_medium(raw) else _word(raw, MEDIA, "medium", reading)


def act(raw: str, reading: Reading) -> str:
    return _word(raw, _ACTS, "act", reading)


def role_use(raw: str, reading: Reading) -> str:
    definition = (reading.dictionary or {}).get("use.role_use")
    return _word(raw, definition.values if definition and definition.values else _ROLES, "use of a role", reading)


def sha256(raw: str, reading: Reading) -> str:
    if re.fullmatch(r"[0-9a-f]{64}", raw) or raw == "…":  # FORMATS.md leaves a hash open so
        return raw
    raise ValueError("not a SHA-256; it has 64 digits 0-9 and a-f")


def zone(raw: str, reading: Reading) -> str:
    if _is_zone(raw):
        return raw
    from zoneinfo import available_timezones  # reads a folder: only for a fault

    names = available_timezones()
    cities = {known.rpartition("/")[2]: known for known in sorted(names)}
    meant = nearest(raw, names) or cities.get(nearest(raw, cities) or "")
    raise ValueError(f"not a time zone; {f'did you mean {meant}?' if meant else 'write one such as Europe/London'}")


@lru_cache(maxsize=256)
def _is_zone(key: str) -> bool:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(key)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _word(raw: str, words: Collection[str], what: str, reading: Reading) -> str:
    if raw in words:
        return raw
    raise ValueError(f"no such {what}; {instead(raw, words, what, reading)}")


def instead(raw: str, words: Collection[str], about: str, reading: Reading) -> str:
    """What to write instead: the nearest word, or the whole list where it is short."""
    if meant := reading.near(raw, words, about):
        return f"did you mean {meant}?"
    listed = list(words)
    return f"it is {' or '.join(listed)}" if len(listed) <= 2 else f"it is one of {', '.join(listed[:30])}"


_ACTS = tuple(word.value for word in Act)
_ROLES = ("principal", "background", "neither")

_IDS = (
    "id", "performer", "performers", "production", "made_for", "trained_on", "consents", "consent", "replaced_by",
    "corrects", "representative", "use", "about", "engagement", "tool", "model", "replica", "profile",
)  # fmt: skip
_BY_NAME: dict[str, TextRule] = {
    **dict.fromkeys(_IDS, identifier),
    **dict.fromkeys(("description", "text", "because", "note", "conditions"), prose),
    **dict.fromkeys(("domicile", "places", "governing_law", "released_in", "territories", "place"), territory),
    **dict.fromkeys(("languages", "original_language"), language),
    "media": medium,
    "timezone": zone,
    "sha256": sha256,
    "role_use": role_use,
}
_SPECIAL: dict[tuple[type[Any], str], TextRule] = {
    (Record, "act"): act,
    (Decision, "answer"): answer,
    (ShootDay, "place"): name,
    (Call, "remarks"): prose,
}


@lru_cache(maxsize=1024)
def text_rule(cls: Any, field: str) -> TextRule:
    """What the text in a field of a domain class has to be."""
    return _SPECIAL.get((cls, field)) or _BY_NAME.get(field, name)
