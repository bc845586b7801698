"""Text into nodes: YAML 1.2 (core schema) or JSON, with the line of every value. Knows no format of ours."""

from __future__ import annotations

from registry.errors import Fault, FileError
from registry.source.node import MOST_CHARACTERS, Node, SourceError, Value, plain_value
from registry.source.spelling import nearest

__all__ = ["MOST_CHARACTERS", "Node", "Value", "nearest", "plain_value", "read"]


def read(text: str, name: str, *, outcome: str = "nothing imported") -> Node:
    """The one document in `text`. Raises FileError, named `name`, with every fault that could be found."""
    if len(text) > MOST_CHARACTERS:
        problem = f"{len(text):,} characters; a file has at most {MOST_CHARACTERS:,}: split it"
        raise FileError(name, [Fault(None, "", problem)], outcome)
    try:
        node, faults = _nodes(text.removeprefix("\ufeff"))
    except SourceError as stop:
        raise FileError(name, [stop.fault], outcome) from None
    if node is None:
        raise FileError(name, [Fault(None, "", "nothing in it; write a `format:` line first")], outcome)
    if faults:
        raise FileError(name, faults, outcome)
    return node


def _nodes(text: str) -> tuple[Node | None, list[Fault]]:
    from registry.source.plain import read_plain  # a dozen patterns to compile: not before there is a text

    if (node := read_plain(text)) is not None:
        return node, []
    from registry.source.composing import compose  # 25 ms to import, and slow: only for what is not plain

    return compose(text)
