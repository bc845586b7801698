"""A world as a registry file: YAML 1.2 that reads back as the same world, in the order and the words of FORMATS.md.

A text that any reader might take for something else is quoted: `NO` and `010` and `12:30` for readers of YAML 1.1,
`any` and `none` for ours.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from fractions import Fraction
from typing import Any

from registry.domain.canonical import written_items
from registry.domain.consent import Counsel
from registry.domain.dates import DateSpan
from registry.domain.money import Money
from registry.domain.world import World

FORMAT = "consent-registry/1"
BESIDE = frozenset({"revisions"})  # of documents: they go with the files they are the digests of, and come in with them
_WIDTH = 118
_PLAIN = re.compile(r"[A-Za-z_](?:[A-Za-z0-9_.@+()/§-]| (?=[A-Za-z0-9_.(§]))*")
# What some reader of YAML takes for a value: 1.1's booleans and nulls; numbers cannot begin with a letter.
_MISREAD = re.compile(r"y|yes|n|no|on|off|true|false|null|nan|inf", re.IGNORECASE)


def write_registry(world: World) -> str:
    """The world as text that `read_registry` reads back to an equal one, but for the revisions of documents."""
    lines = [f"format: {FORMAT}"]
    for field in fields(world):
        values = getattr(world, field.name)
        if values and field.name not in BESIDE:
            lines += ["", f"{field.name}:", *_list(values, "  ")]
    return "\n".join(lines) + "\n"


def _list(values: Iterable[Any], indent: str) -> list[str]:
    lines: list[str] = []
    for value in values:
        flow = _flow_mapping(value)
        if flow is not None and len(indent) + len(flow) + 2 <= _WIDTH:
            lines.append(f"{indent}- {flow}")
        else:
            block = _block(value, f"{indent}  ")
            lines += [f"{indent}- {block[0].lstrip()}", *block[1:]]
    return lines


def _block(value: Any, indent: str) -> list[str]:
    lines: list[str] = []
    for key, item in _items(value):
        inline = _inline(item)
        if inline is not None and (len(indent) + len(key) + len(inline) + 2 <= _WIDTH or not _folds(item)):
            lines.append(f"{indent}{key}: {inline}")
        elif isinstance(item, tuple):
            lines += [f"{indent}{key}:", *_members(item, f"{indent}  ")]
        else:
            lines += [f"{indent}{key}:", *_block(item, f"{indent}  ")]
    return lines


def _members(items: tuple[Any, ...], indent: str) -> list[str]:
    if _is_mapping(items[0]):
        return _list(items, indent)
    return [f"{indent}- {_scalar(item)}" for item in items]


def _items(value: Any) -> Iterable[tuple[str, Any]]:
    if isinstance(value, dict):
        return value.items()
    return ((key, dict(item) if key == "facts" else item) for key, item in written_items(value))


def _folds(item: Any) -> bool:
    return bool(item) and (isinstance(item, tuple | dict) or _is_mapping(item))


def _is_mapping(item: Any) -> bool:
    return isinstance(item, dict) or (is_dataclass(item) and not isinstance(item, Money | DateSpan))


def _inline(item: Any) -> str | None:
    """An item on one line; None for what needs several."""
    if isinstance(item, tuple):
        if any(_is_mapping(part) for part in item):
            return None
        return f"[{', '.join(_scalar(part) for part in item)}]"
    if _is_mapping(item):
        return "none" if item == Counsel(name="none") else _flow_mapping(item)
    return _scalar(item)


def _flow_mapping(value: Any) -> str | None:
    """A mapping of plain values in braces; None where something in it is a mapping or a list of them."""
    parts = []
    for key, item in _items(value):
        if _is_mapping(item) or (isinstance(item, tuple) and any(_is_mapping(part) for part in item)):
            return None
        parts.append(f"{key}: {_inline(item)}")
    return "{" + ", ".join(parts) + "}"


def _scalar(item: Any) -> str:
    match item:
        case bool():
            return "yes" if item else "no"
        case Enum():
            return _text(str(item.value)) if item.value != "unsure" else "unsure"
        case str():
            return _text(item)
        case dt.date():
            return item.isoformat()
        case Money() | DateSpan():
            text = str(item)
            return text if isinstance(item, DateSpan) and item.exact else f'"{text}"'
        case Fraction():
            return str(item)
    return repr(item)


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and not _MISREAD.fullmatch(text):
        return text
    return _quoted(text)


def _quoted(text: str) -> str:
    """Double quotes as in JSON, and what is not printed escaped (a line break as `\\n`)."""
    escaped = json.dumps(text, ensure_ascii=False)
    if escaped.isprintable():
        return escaped
    return "".join(c if c.isprintable() else _escape(c) for c in escaped)


def _escape(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
