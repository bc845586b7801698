"""Moments in English, for what is written beside a document: stamps, evidence, the tables of reviewers."""

from __future__ import annotations

import datetime as dt

NOT_RECORDED = "not recorded"
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day(value: dt.date | None, absent: str = NOT_RECORDED) -> str:
    return absent if value is None else f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def moment(value: dt.datetime | None, absent: str = NOT_RECORDED) -> str:
    """A moment with the offset it was recorded in: `16 September 2026, 09:00 (UTC−07:00)`."""
    if value is None:
        return absent
    offset = value.strftime("%z")
    sign = "−" if offset.startswith("-") else "+"
    return f"{day(value.date())}, {value:%H:%M} (UTC{sign}{offset[1:3]}:{offset[3:5]})"
