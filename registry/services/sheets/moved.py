"""What is new: the days, scenes and calls that a revision of a schedule moves, and what a list says of people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from registry.domain.performer import Representative, Standing
from registry.domain.production import CastNumber
from registry.domain.schedule import Call, Schedule

_MOST = 4


def moves(before: Schedule | None, after: Schedule) -> str:
    """In one line; of a schedule that is new, how much it holds."""
    if before is None:
        told = [
            _counted(len(after.days), "day"),
            _counted(len(after.scenes), "scene"),
            _counted(len(after.calls), "call"),
        ]
        return ", ".join(part for part in told if part)
    parts = [
        *_scenes(before, after),
        *_calls(before, after),
        *_listed("day", {d.on for d in before.days}, {d.on for d in after.days}),
    ]
    if before.revision != after.revision:
        parts.append(f"revision {before.revision or 'none'} → {after.revision or 'none'}")
    return "; ".join(parts) or "other times, places or remarks"


def _scenes(before: Schedule, after: Schedule) -> list[str]:
    old, new = ({(s.scene, s.on): s for s in one.scenes} for one in (before, after))
    days: dict[str, tuple[set[Any], set[Any]]] = {}
    for side, held in enumerate((old, new)):
        for scene, on in held:
            days.setdefault(scene, (set(), set()))[side].add(on)
    moved = [f"scene {scene} from {_days(a)} to {_days(b)}" for scene, (a, b) in days.items() if a and b and a != b]
    came = [scene for scene, (a, b) in days.items() if not a]
    went = [scene for scene, (a, b) in days.items() if not b]
    other = [key[0] for key in old.keys() & new.keys() if old[key] != new[key]]
    return [*_some(moved), *_with("new: scene", came), *_with("no longer: scene", went), *_with("other: scene", other)]


def _calls(before: Schedule, after: Schedule) -> list[str]:
    old, new = (_by_person(one.calls) for one in (before, after))
    changed = [
        f"{who or 'somebody'} on {on.isoformat()}: {old[who, on] or 'no code'} → {new[who, on] or 'no code'}"
        for who, on in sorted(old.keys() & new.keys(), key=str)
        if old[who, on] != new[who, on]
    ]
    came = sorted({f"{who} on {on.isoformat()}" for who, on in new.keys() - old.keys()})
    went = sorted({f"{who} on {on.isoformat()}" for who, on in old.keys() - new.keys()})
    return [*_some(changed), *_with("called:", came), *_with("no longer called:", went)]


def _by_person(calls: Iterable[Call]) -> Mapping[tuple[str, Any], str | None]:
    return {(call.number or call.name or call.character or "", call.on): call.code for call in calls}


def _listed(noun: str, old: set[Any], new: set[Any]) -> list[str]:
    return [
        *_with(f"new: {noun}", [on.isoformat() for on in sorted(new - old)]),
        *_with(f"no longer: {noun}", [on.isoformat() for on in sorted(old - new)]),
    ]


def _with(label: str, names: Iterable[str]) -> list[str]:
    listed = sorted(names)
    return [f"{label} {', '.join(_some(listed))}"] if listed else []


def _some(parts: list[str]) -> list[str]:
    rest = len(parts) - _MOST
    return [*parts[:_MOST], f"and {rest} more"] if rest > 0 else parts


def _days(days: Iterable[Any]) -> str:
    return ", ".join(day.isoformat() for day in sorted(days))


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}" if count else ""


def news(before: Any, after: Any) -> str:
    """Where two versions of a performer, an engagement or a use differ, in one line."""
    parts = []
    for field in fields(after):
        old, new = getattr(before, field.name), getattr(after, field.name)
        if field.name == "recorded_at" or old == new:
            continue
        name = field.name.removesuffix("_").replace("_", " ")
        if isinstance(new, tuple) and isinstance(old, tuple):
            came = [_said(one) for one in new if one not in old]
            went = [_said(one) for one in old if one not in new]
            parts.append(f"{name}: {', '.join([*came, *(f'no longer {one}' for one in went)])}")
        else:
            parts.append(f"{name}: {_said(old) if old is not None else 'unknown'} → {_said(new)}")
    return "; ".join(_some(parts))


def _said(value: Any) -> str:
    match value:
        case Representative():
            return f"{value.name} ({value.capacity.value})"
        case Standing():
            return " ".join(part for part in (value.union, value.status, value.member_id) if part)
        case CastNumber():
            span = f"{value.from_ or ''}–{value.to or ''}" if value.from_ or value.to else ""
            return " ".join(part for part in (value.number, span) if part)
        case tuple():
            return ", ".join(_said(one) for one in value)
        case _:
            return str(value)
