"""Languages: BCP 47 tags. `es` covers `es-MX`; `any` covers every language."""

from __future__ import annotations

import re
from functools import lru_cache

from registry.domain.atlas import vocabulary_table
from registry.source.spelling import nearest

ANY = "any"
# RFC 5646, langtag, without grandfathered tags and purely private ones.
_TAG = (
    r"([a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})(-[a-z]{4})?(-(?:[a-z]{2}|[0-9]{3}))?"
    r"(-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*(-[0-9a-wyz](?:-[a-z0-9]{2,8})+)*(-x(?:-[a-z0-9]{1,8})+)?"
)


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    table = vocabulary_table()
    return frozenset(table["languages"]) | frozenset(table["other_languages"].split())


@lru_cache(maxsize=1)
def _tag() -> re.Pattern[str]:
    return re.compile(_TAG, re.ASCII)  # 5 ms: only when a language is read


def is_language(tag: str) -> bool:
    """Whether `tag` is well formed and begins with a language of ISO 639 (its two-letter code where it has one)."""
    if len(tag) > 64 or not tag.isascii():
        return False
    return _tag().fullmatch(tag.lower()) is not None and tag.partition("-")[0].lower() in _known()


def language_covers(granted: str, used: str) -> bool:
    """Whether leave for `granted` is leave for `used`: the same tag, or one that says more. Case does not count."""
    wide, narrow = granted.casefold(), used.casefold()
    return wide in (ANY, narrow) or narrow.startswith(f"{wide}-")


def language_name(tag: str) -> str:
    """In English, as far as the list goes: `Spanish (MX)`; a tag with no name stays as it is."""
    primary, _, rest = tag.partition("-")
    row = vocabulary_table()["languages"].get(primary.lower())
    if row is None:
        return tag
    return f"{row[1]} ({rest})" if rest else str(row[1])


def nearest_language(tag: str) -> str | None:
    """The tag somebody who wrote `tag` most likely meant: `eng` and `English` are `en`, `es_MX` is `es-MX`."""
    word = tag.strip().replace("_", "-")
    if is_language(word):
        return word
    primary, dash, rest = word.partition("-")
    if is_language(primary):
        return primary
    for code, (long, name) in vocabulary_table()["languages"].items():
        if primary.casefold() in (long, name.casefold()):
            return f"{code}{dash}{rest}" if is_language(f"{code}{dash}{rest}") else code
    names = {row[1]: code for code, row in vocabulary_table()["languages"].items()}
    near = nearest(primary, names) if len(primary) > 3 else None
    return names[near] if near else None
