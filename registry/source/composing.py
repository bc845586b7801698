"""The whole of YAML 1.2, by way of ruamel.yaml's events. Imported only for text that `plain.py` does not read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import field
from typing import Any

from ruamel.yaml import YAML, events
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.reader import ReaderError

from registry.domain.values import dataclass
from registry.errors import Fault
from registry.source.node import DEEPEST, MOST_ALIASED, Node, SourceError, Value, plain_value

_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")

# What ruamel.yaml says, and what to do about it.
_ADVICE = {
    "'\\t'": "a tab; indent with spaces",
    "mapping values are not allowed": "`: ` inside a value; put the value in quotes",
    "could not find expected ':'": "a line that is neither `key: value` nor `- item`; put long values in quotes",
    "expected ',' or": "brackets that are not closed; look for a missing `]`, `}` or `,`",
    "unexpected end of stream": "the end of the file inside quotes; close them",
    "expected <block end>": "indentation that fits no line above; line it up with its neighbours",
    "character '@'": "a value that starts with @; put it in quotes",
    "character '%'": "a value that starts with %; put it in quotes",
    "character '`'": "a value that starts with a backtick; put it in quotes",
    "sequence entries are not allowed": "`- ` on the line of its key; begin the list on the next line",
    "undefined alias": "an alias of nothing; write the value out",
}


@dataclass(slots=True)
class _Open:
    """A mapping or a list whose end has not come yet."""

    line: int
    column: int
    value: dict[str, Node] | list[Node]
    anchor: str | None
    key_line: int | None
    path: str
    nodes: int = 1
    key: str | None = None
    this_key_line: int | None = None


@dataclass(slots=True)
class _Composer:
    faults: list[Fault] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)
    anchors: dict[str, tuple[Node, int]] = field(default_factory=dict)
    aliased: int = 0
    root: Node | None = None

    def compose(self, text: str) -> Node | None:
        documents = 0
        for event in _events(text):
            match event:
                case events.DocumentStartEvent():
                    documents += 1
                    if documents > 1:
                        raise SourceError(_line(event), "a second document; write one document a file, without `---`")
                case events.ScalarEvent():
                    self._scalar(event)
                case events.AliasEvent():
                    self._alias(event)
                case events.MappingStartEvent():
                    self._open(event, {})
                case events.SequenceStartEvent():
                    self._open(event, [])
                case events.MappingEndEvent() | events.SequenceEndEvent():
                    self._close()
        return self.root

    def _expects_key(self) -> bool:
        top = self.stack[-1] if self.stack else None
        return top is not None and isinstance(top.value, dict) and top.key is None

    def _scalar(self, event: Any) -> None:
        quoted = event.style is not None
        self._refuse_tag(event)
        if self._expects_key():
            self._key(_whole(event.value), _line(event))
            return
        text = _whole(event.value) if quoted else event.value
        value: Value = text if quoted else plain_value(text)
        key_line = self._key_line()
        if not text and not quoted:  # nothing was written: it stands where its key does
            node = Node(None, key_line or _line(event), "", False, key_line)
        else:
            node = Node(value, _line(event), text, quoted, key_line, _column(event))
        self._put(node, 1, event.anchor)

    def _key(self, key: str, line: int) -> None:
        top = self.stack[-1]
        assert isinstance(top.value, dict)
        if key in top.value:
            first = top.value[key].at
            path = f"{top.path}.{key}" if top.path else key
            self.faults.append(Fault(line, path[:200], f"written twice; first on line {first}: keep one"))
        top.key, top.this_key_line = key, line

    def _alias(self, event: Any) -> None:
        if self._expects_key():
            raise SourceError(_line(event), "an alias as a key; write the key out")
        if event.anchor not in self.anchors:
            raise SourceError(_line(event), f"alias *{event.anchor[:40]} of nothing above it; write the value out")
        node, nodes = self.anchors[event.anchor]
        self.aliased += nodes
        if self.aliased > MOST_ALIASED:
            raise SourceError(_line(event), f"aliases that stand for more than {MOST_ALIASED:,} values; write them out")
        self._put(Node(node.value, _line(event), node.raw, node.quoted, self._key_line(), _column(event)), nodes, None)

    def _open(self, event: Any, value: dict[str, Node] | list[Node]) -> None:
        self._refuse_tag(event)
        if self._expects_key():
            raise SourceError(_line(event), "a list or mapping as a key; a key is a word")
        if len(self.stack) >= DEEPEST:
            raise SourceError(_line(event), f"nested more than {DEEPEST} deep; no format here needs that")
        opened = _Open(_line(event), _column(event), value, event.anchor, self._key_line(), self._path())
        self.stack.append(opened)

    def _close(self) -> None:
        done = self.stack.pop()
        node = Node(done.value, done.line, None, False, done.key_line, done.column)
        self._put(node, done.nodes, done.anchor)

    def _put(self, node: Node, nodes: int, anchor: str | None) -> None:
        if anchor:
            self.anchors[anchor] = (node, nodes)
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        top.nodes += nodes
        if isinstance(top.value, list):
            top.value.append(node)
        elif top.key is not None:
            top.value.setdefault(top.key, node)
            top.key = top.this_key_line = None

    def _key_line(self) -> int | None:
        return self.stack[-1].this_key_line if self.stack else None

    def _path(self) -> str:
        if not self.stack:
            return ""
        top = self.stack[-1]
        if isinstance(top.value, list):
            return f"{top.path}[{len(top.value)}]"
        return f"{top.path}.{top.key}" if top.path else str(top.key)

    def _refuse_tag(self, event: Any) -> None:
        if event.tag is not None:
            raise SourceError(_line(event), f"a tag ({str(event.tag)[:40]}); write the value without it")


def _whole(text: str) -> str:
    """A text whose characters JSON wrote as two halves each, put together."""
    if text.isascii() or not _HALVES.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def _line(event: Any) -> int:
    return int(event.start_mark.line) + 1


def _column(event: Any) -> int:
    return int(event.start_mark.column) + 1


def _events(text: str) -> Iterator[Any]:
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1 if isinstance(error.position, int) else None
        raise SourceError(line, "a control character, which no text may hold; take it out") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise SourceError(mark.line + 1 if mark else None, _advice(error)) from None
    except (YAMLError, ValueError, OverflowError, RecursionError) as error:
        raise SourceError(None, f"not YAML: {str(error)[:100]}") from None


def _advice(error: MarkedYAMLError) -> str:
    said = f"{error.problem or ''} {error.context or ''}"
    found = next((advice for problem, advice in _ADVICE.items() if problem in said), None)
    return found or f"not YAML: {' '.join(said.split())[:100]}"


def compose(text: str) -> tuple[Node | None, list[Fault]]:
    """The text as nodes, with duplicate keys as faults. Raises SourceError where it cannot be read on."""
    composer = _Composer()
    return composer.compose(text), composer.faults
