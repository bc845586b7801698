"""Binding: an approval or a ruling speaks for the use as it then was; what has changed since is for a person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter

from registry.domain.record import Record
from registry.domain.use import Use
from registry.engine.matter import Matter

# Where a use stands in the schedule is no part of what was approved or ruled on.
_NO_PART = {"id", "shot", "episode", "profile", "recorded_at"}


def changed_since(record: Record, matter: Matter) -> tuple[str, ...]:
    """What differs between the use and the one `record` was made for, key by key; nothing where none was on file."""
    then = matter.on_file.use_at(matter.use.id, record.recorded_at) if matter.use.id in record.use else None
    return differences(then, matter.use) if then is not None else ()


def differences(then: Use, now: Use) -> tuple[str, ...]:
    """The keys of two versions of a use that differ, with both values in words."""
    keys, values = _part()
    if values(then) == values(now):
        return ()
    pairs = zip(keys, values(then), values(now), strict=True)
    return tuple([f"{key}: {_words(old)} → {_words(new)}" for key, old, new in pairs if old != new])


@lru_cache(maxsize=1)
def _part() -> tuple[tuple[str, ...], Callable[[Use], tuple[object, ...]]]:
    """The keys of a use that an approval or a ruling is about, and their values in a use."""
    keys = tuple([key.name for key in fields(Use) if key.name not in _NO_PART])
    return keys, attrgetter(*keys)


def _words(value: object) -> str:
    if value is None:
        return "left out"
    if isinstance(value, tuple):
        return ", ".join(_words(v) for v in value) or "none"
    return str(value)
