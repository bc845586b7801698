"""Where two plain values differ, said in one line."""

from __future__ import annotations

import json
from typing import Any

_MOST = 3
_LEFT_OUT = object()


def differences(one: bytes, other: bytes, *, where: tuple[str, str] = ("on file", "here")) -> str:
    """`grants[0].territories[1] is "US" on file, "CA" here; until is left out on file, …` of two canonical contents."""
    found = [
        f"{path} is {_said(old)} {where[0]}, {_said(new)} {where[1]}"
        for path, old, new in _compared("", json.loads(one), json.loads(other))
    ]
    more = f"; and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return "; ".join(found[:_MOST]) + more


def _compared(path: str, old: Any, new: Any) -> list[tuple[str, Any, Any]]:
    if isinstance(old, dict) and isinstance(new, dict):
        keys = sorted({*old, *new})
        pairs = [(f"{path}.{k}" if path else k, old.get(k, _LEFT_OUT), new.get(k, _LEFT_OUT)) for k in keys]
    elif isinstance(old, list) and isinstance(new, list):
        longer = range(max(len(old), len(new)))
        pairs = [(f"{path}[{n}]", _item(old, n), _item(new, n)) for n in longer]
    else:
        return [] if old is not _LEFT_OUT and old == new else [(path, old, new)]
    return [difference for pair in pairs for difference in _compared(*pair)]


def _item(values: list[Any], n: int) -> Any:
    return values[n] if n < len(values) else _LEFT_OUT


def _said(value: Any) -> str:
    if value is _LEFT_OUT:
        return "left out"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:59]}…"
