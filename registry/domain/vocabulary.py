"""The words of scope that come from outside: territories, media and languages, in one versioned vocabulary."""

from __future__ import annotations

from registry.domain.languages import is_language, language_covers, language_name, nearest_language
from registry.domain.media import ALL_MEDIA, MEDIA, is_medium, media_mask, media_names
from registry.domain.territories import (
    is_territory,
    nearest_territory,
    territory_codes,
    territory_mask,
    territory_name,
    territory_names,
    within,
)

__all__ = [
    "ALL_MEDIA",
    "ALL_TERRITORIES",
    "MEDIA",
    "is_language",
    "is_medium",
    "is_territory",
    "language_covers",
    "language_name",
    "media_mask",
    "media_names",
    "nearest_language",
    "nearest_territory",
    "territory_codes",
    "territory_mask",
    "territory_name",
    "territory_names",
    "within",
]

ALL_TERRITORIES: int


def __getattr__(name: str) -> int:
    if name == "ALL_TERRITORIES":  # the lists are opened on first use, so that importing this costs nothing
        return territory_mask("world")
    raise AttributeError(name)
