"""The first thing a file says: which format it is."""

from __future__ import annotations

from collections.abc import Collection

from registry.files.mappings import refuse_key
from registry.files.reading import Reading, shown
from registry.source import Node

_FORMATS = {
    "consent-registry": "a registry file; import it with `registry import`",
    "consent-uses": "a uses file; check it with `registry check --file`",
    "consent-case": "a case file; run it with `registry cases`",
    "consent-rules": "a rule pack; check it with `registry rules check`",
    "consent-rates": "a rate card; import it with `registry rates import`",
}


def check_format(reading: Reading, node: Node, wanted: str) -> dict[str, Node]:
    """The keys of the file. A file that is something else stops here: its other faults would be noise."""
    if not isinstance(node.value, dict):
        reading.fault(node.line, "", f"not a mapping; begin with `format: {wanted}`")
        reading.done("nothing read")
    items = node.value if isinstance(node.value, dict) else {}
    said = items.get("format")
    if said is None:
        reading.fault(node.line, "format", f"missing; write `format: {wanted}` as the first line")
    elif said.raw != wanted:
        reading.fault(said.at, f"format: {shown(said)}", _other(str(said.raw), wanted))
        if str(said.raw).partition("/")[0] != wanted.partition("/")[0]:
            reading.done("nothing read")
    return items


def _other(said: str, wanted: str) -> str:
    kind = said.partition("/")[0]
    if kind == wanted.partition("/")[0]:
        return f"a format this program does not read; it reads {wanted}"
    if kind in _FORMATS:
        return f"this is {_FORMATS[kind]}"
    return f"unknown format; write {wanted}"


def refuse_other_keys(reading: Reading, items: dict[str, Node], known: Collection[str], path: str) -> set[str]:
    """Every key has to be one of `known`; the keys that were meant instead."""
    others = [(key, node) for key, node in items.items() if key not in known]
    meant = {refuse_key(reading, node, key, known, path) for key, node in others}
    return {key for key in meant if key is not None}
