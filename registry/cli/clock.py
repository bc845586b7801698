"""The clock of a run as reports read it: as of when, as known when, and how far ahead."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from registry.cli import typed
from registry.cli.run import Run
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.services.register import Clocks

_DAYS = {"": 1, "d": 1, "w": 7, "m": 30, "y": 365}


def clocks(run: Run, as_of: str | None, known_at: str | None) -> Clocks:
    """The clock of the run, and the moments that were asked for."""
    from registry.services.register import Clocks

    return Clocks(
        now=run.now.astimezone(),
        as_of=typed.day_or_moment("--as-of", as_of) if as_of else None,
        known_at=typed.end_of("--known-at", known_at, run.now) if known_at else None,
    )


def span(option: str, text: str) -> dt.timedelta:
    """`30d`, `6w`, `3m` (of 30 days), `1y` (of 365), or a bare number of days; at most a century."""
    match = re.fullmatch(r"(\d{1,5})([dwmy]?)", text.strip().lower())
    days = int(match[1]) * _DAYS[match[2]] if match else 36_501
    if days > 36_500:
        raise UsageError(f"{option}: {text} is not a span of time of up to a century.", f"{option} 30d")
    return dt.timedelta(days=days)
