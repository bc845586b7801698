"""The short marks of a schedule: day codes, lists of cast numbers, eighths of a page."""

from __future__ import annotations

import datetime as dt
import re

from registry.domain.schedule import DAY_CODES
from registry.files.sheets.grid import Value, said

_MOST = 200  # numbers of one range
_SAME = {
    "WN": "W/N", "WILL NOTIFY": "W/N", "WORK": "W", "HOLD": "H", "IDLE": "I", "TRAVEL": "T", "REHEARSAL": "R",
    "REH": "R", "DROP": "D", "START": "SW", "FINISH": "WF", "START WORK": "SW",
    "WORK FINISH": "WF", "START WORK FINISH": "SWF", "S/W": "SW", "W/F": "WF", "S/W/F": "SWF", "W/D": "WD", "P/W": "PW",
}  # fmt: skip
_NONE = frozenset({"", "-", "--", "—", "–", ".", "/"})
_NAMED = re.compile(  # `1. Mara`
    r"(?<!\w)(\d{1,4}[A-Za-z]{0,2})\s*[.):]\s*[^\W\d_][^\d,;/&+]*?"
    r"(?=\s*(?:[,;/&+]|\d{1,4}[A-Za-z]{0,2}\s*[.):]|$))"
)
_BACKGROUND = re.compile(
    r"(?i)\b\d{1,4}\s*(?:x\s*)?(?:bg|b/g|sas?|atmos(?:phere)?|extras?|background|stand-?ins?)\b"  # `150 BG`
)
_RANGE = re.compile(r"(?<![\w])(\d{1,5})\s*(?:[-–—]|to|thru|through)\s*(\d{1,5})(?![\w])", re.IGNORECASE)


_MINDER = re.compile(
    r"(?i)^(?:(?:studio|set|on-?set)[\s/]*(?:teacher|tutor)|welfare worker|(?:licen[cs]ed )?chaperone|baby nurse)s?\b"
)


class MarkError(ValueError):
    """A mark that cannot be read; the message says what to write."""


def day_code(value: Value) -> str | None:
    """A day code in capitals, known or not; None for an empty cell or a stroke."""
    text = said(value).upper().strip(" .*")
    return None if text in _NONE else _SAME.get(text, text)


def is_known(code: str) -> bool:
    return code in DAY_CODES


def cast_numbers(value: Value) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cast numbers in a cell, `1, 4, 6-9`, `1. 4. 6.` or `1. Mara, 4. Tom`, each once and in their order; and what
    was left aside: what stands in brackets, and background that is only counted. Raises MarkError."""
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        raise MarkError("a spreadsheet made a day of it; format the column as text and type the numbers again")
    if isinstance(value, float) and not value.is_integer():
        raise MarkError("a number with a fraction; two cast numbers are written 1, 4")
    text = said(value)
    aside = tuple(found.strip() for found in re.findall(r"\(([^()]*)\)", text) if found.strip())
    bare = _NAMED.sub(r"\1", re.sub(r"\([^()]*\)", " ", text))
    aside += tuple(_BACKGROUND.findall(bare))
    bare = _BACKGROUND.sub(" ", bare)
    spread = _RANGE.sub(_spread, bare)
    spread = re.sub(r"\b(?:and|plus|with)\b|[&+]", " ", spread, flags=re.IGNORECASE)
    found = []
    for part in re.split(r"[,;/\s.]+", spread):
        number = part.strip("#.:")
        if not number or number in _NONE:
            continue
        if len(number) > 12 or not re.fullmatch(r"[\w\-]+", number):
            raise MarkError("not a list of cast numbers; write 1, 4, 6-9")
        found.append(number)
    return tuple(dict.fromkeys(found)), aside


def _spread(found: re.Match[str]) -> str:
    first, last = int(found[1]), int(found[2])
    if not first < last <= first + _MOST:
        raise MarkError(f"{first}-{last} is no range of cast numbers; write them apart")
    return " " + ", ".join(str(number) for number in range(first, last + 1)) + " "


def is_minder(name: str) -> bool:
    """Whether a line is of somebody who looks after a minor on the set: no performer."""
    return bool(_MINDER.match(name.strip()))


def cast_number(value: Value) -> str | None:
    """One cast number as it is written: `4`, `4A`, `007`."""
    text = said(value).strip().strip("#.:) ")
    return text or None
