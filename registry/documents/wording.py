"""Moments and lists in English, for what is written beside a document: stamps, evidence, reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

NOT_RECORDED = "not recorded"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def joined(words: Sequence[str], last: str = "and") -> str:
    """`a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def day(value: dt.date | None, absent: str = NOT_RECORDED) -> str:
    return absent if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime | None, absent: str = NOT_RECORDED) -> str:
    """A moment with the offset it was recorded in: `16 September 2026, 09:00 (UTC−07:00)`."""
    if value is None:
        return absent
    offset = value.strftime("%z")
    sign = "−" if offset.startswith("-") else "+"
    return f"{day(value.date())}, {value:%H:%M} (UTC{sign}{offset[1:3]}:{offset[3:5]})"
