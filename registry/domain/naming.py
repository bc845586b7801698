"""Names of people as sheets write them: compared without case, accents, punctuation, order of a list and titles.

Two names are the same when their letters are, or alike when one may be a shorter way to write the other (`A. Okafor`).
Alike proves nothing alone: `registry.services.matching` says what it takes.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from registry.domain.values import dataclass

# Titles before a name and degrees after it say nothing about who is meant; Jr. and III do, and stay.
_TITLES = frozenset({"mr", "mrs", "ms", "mx", "miss", "dr", "prof", "sir", "dame", "lord", "lady", "rev", "hon"})
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Letters that have no accent to take away but are written plainly on most keyboards.
_PLAIN = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"})
_BESIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")  # `(K)`, `[minor]`: a remark beside the name
_APOSTROPHES = re.compile("['’‘ʼ`´]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name taken apart: its words in order, plainly written, and the suffix that tells father from son."""

    words: tuple[str, ...]
    suffix: str = ""

    @property
    def key(self) -> str:
        """What two ways to write one name share: `O'Brien`, `O Brien` and `OBRIEN`."""
        return f"{''.join(self.words)}|{self.suffix}"

    @property
    def last(self) -> str:
        """The last word, by which names that may be alike are found."""
        return self.words[-1] if self.words else ""

    def alike(self, other: Name) -> bool:
        """Whether one may be a shorter way to write the other: initials for first names, middle names or the suffix
        left out. A last name alone is alike to none."""
        if self.last != other.last or len(self.words) < 2 or len(other.words) < 2:
            return False
        if self.suffix and other.suffix and self.suffix != other.suffix:
            return False
        shorter, longer = sorted((self.words[:-1], other.words[:-1]), key=len)
        return _same_word(shorter[0], longer[0]) and _within(shorter[1:], longer[1:])

    def is_last_name_of(self, other: Name) -> bool:
        """Whether this is the last name of the other, alone."""
        return len(self.words) == 1 and len(other.words) > 1 and self.last == other.last


@lru_cache(maxsize=65_536)
def named(text: str) -> Name:
    """`text` as a name: `OKAFOR, Ada`, `Ms. Ada Okafor` and `ada okafor (K)` are one."""
    bare = _BESIDE.sub(" ", text)
    last, comma, first = bare.partition(",")
    words = _words(bare)
    if comma and (before := _words(last)) and (after := _words(first)):
        words = [*after, *before] if after[0] not in _SUFFIXES else [*before, *after]
    suffix = ""
    if len(words) > 2 and any(word in _SUFFIXES for word in words[1:]):
        suffix = next(word for word in words[1:] if word in _SUFFIXES)
        words.remove(suffix)
    while len(words) > 1 and words[0] in _TITLES:
        words = words[1:]
    return Name(tuple(words), suffix)


def plainly(text: str) -> str:
    """Any label, a character's say, as it compares: its words in order, plainly written."""
    return " ".join(_words(text))


def numbered(text: str) -> str:
    """A cast number as it compares: `#04.` is `4`, `4a` is `4A`."""
    bare = re.sub(r"[\s#.()]+|^no\b", "", text.strip(), flags=re.IGNORECASE).upper()
    return bare.lstrip("0") or bare[-1:]


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", text.casefold().translate(_PLAIN)))
    return "".join(_letter(c) for c in folded.translate(_PLAIN)).split()


def _letter(character: str) -> str:
    """A letter, digit or mark stays; an accent over a letter goes; whatever else stands between words parts them. Marks
    of other scripts are vowels: without them two names would be one."""
    if "\u0300" <= character <= "\u036f":
        return ""
    return character if unicodedata.category(character)[0] in "LNM" else " "


def _same_word(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return one == other or (len(shorter) == 1 and longer.startswith(shorter))


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether the middle names of the shorter stand in the longer, in their order."""
    rest = iter(many)
    return all(any(_same_word(word, other) for other in rest) for word in few)
