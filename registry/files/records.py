"""Records: which keys a kind takes, and what they have to be (FORMATS.md §1, "What each kind needs")."""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache
from typing import Any

from registry.domain.facts import Owner
from registry.domain.record import OPTIONAL, REQUIRED, Record
from registry.domain.shape import Shape, record_shapes
from registry.domain.words import RecordKind
from registry.files import scalars
from registry.files.mappings import BAD, read_mapping, refuse_key
from registry.files.reading import Reading, shown_text
from registry.source import Node

_ALWAYS = ("id", "kind", "recorded_at")
_ON_A_RULE = ("applies", "does_not_apply", "met")
_SERVED = ("performer", "union", "platform")


@lru_cache(maxsize=64)
def taken_by(kind: RecordKind) -> tuple[Shape, ...]:
    """The fields a record of one kind may have."""
    taken = {*_ALWAYS, *OPTIONAL[kind], *(key for choice in REQUIRED[kind] for key in choice.split("|"))}
    return tuple(shape for shape in record_shapes(kind) if shape.key in taken)


def read_record(reading: Reading, node: Node, path: str) -> Any:
    """One record, or BAD with its faults written down."""
    if not isinstance(node.value, dict):
        reading.value_fault(node, path, "not a mapping of `key: value`")
        return BAD
    kind = _kind(reading, node, node.value, path)
    if kind is None:
        return BAD
    before = len(reading.faults)
    known = {shape.key: shape for shape in taken_by(kind)}
    items = {}
    meant: set[str | None] = set()
    for key, item in node.value.items():
        if key in known:
            items[key] = _with_word(item) if key == "answer" else item
        elif any(shape.key == key for shape in record_shapes(kind)):
            reading.fault(item.at, f"{path}.{shown_text(key)}", _foreign(key, kind, known))
        else:
            meant.add(refuse_key(reading, item, key, list(known), path))
    for problem in _missing(kind, {*items, *meant}, items):
        reading.fault(node.line, path, problem)
    cut = Node(items, node.line, key_line=node.key_line, column=node.column)
    record = read_mapping(reading, cut, Record, path, known.values())
    if record is not BAD:
        _check(reading, record, items, path)
    return record if len(reading.faults) == before else BAD


def _kind(reading: Reading, node: Node, items: dict[str, Node], path: str) -> RecordKind | None:
    if "kind" not in items:
        reading.fault(node.line, f"{path}.kind", "missing; it has to be written")
        return None
    try:
        return RecordKind(scalars.word(items["kind"], RecordKind, reading))
    except ValueError as error:
        reading.value_fault(items["kind"], f"{path}.kind", str(error))
        return None


def _foreign(key: str, kind: RecordKind, known: Collection[str]) -> str:
    return f"{_a(kind)} takes no `{key}`; it takes {', '.join(k for k in known if k not in _ALWAYS)}"


def _a(kind: RecordKind) -> str:
    return f"{'an' if kind[0] in 'aeio' else 'a'} {kind}"


def _missing(kind: RecordKind, named: Collection[str | None], items: dict[str, Node]) -> list[str]:
    empty = {key for key, item in items.items() if item.value is None and not item.quoted}
    there = set(named) - empty
    found = [
        f"{_a(kind)} needs {' or '.join(choice.split('|'))}"
        for choice in REQUIRED[kind]
        if not there & set(choice.split("|"))
    ]
    if kind is RecordKind.REFUSAL and "use" not in there and "performer" in there and "act" not in there:
        found.append("a refusal of a performer needs the act that was refused")
    return found


def _with_word(item: Node) -> Node:
    """An answer is a word: `yes` and `true` are "yes"."""
    word = {"true": "yes", "false": "no"}.get(str(item.raw).lower(), item.raw)
    return Node(word, item.line, word, True, item.key_line, item.column) if item.raw is not None and item.raw else item


def _check(reading: Reading, record: Record, items: dict[str, Node], path: str) -> None:
    if record.kind is RecordKind.NOTICE:
        _check_notice(reading, record, items, path)
    if record.kind is RecordKind.RULING:
        _check_ruling(reading, record, items, path)
    if record.corrects is not None and record.corrects == record.id:
        reading.value_fault(
            items["corrects"], f"{path}.corrects", "a correction of itself; name the record it corrects"
        )
    if record.consent is not None and record.grants != ("all",):
        clauses = items["grants"].value if "grants" in items else None
        for clause in clauses if isinstance(clauses, list) else ():
            reading.refer("clauses", str(clause.raw), clause, f"{path}.grants", record.consent)
        if record.clause is not None:
            reading.refer("clauses", record.clause, items["clause"], f"{path}.clause", record.consent)


def _check_notice(reading: Reading, record: Record, items: dict[str, Node], path: str) -> None:
    if record.to not in _SERVED:
        near = reading.near(str(record.to), _SERVED, "served")
        hint = f"did you mean {near}?" if near else "it goes to performer, union or platform"
        reading.value_fault(items["to"], f"{path}.to", f"nobody a notice goes to; {hint}")
    if not record.about and record.production and record.to == "performer" and record.performer is None:
        reading.fault(items["to"].at, path, "a notice to a performer needs performer, or what it is about")


def _check_ruling(reading: Reading, record: Record, items: dict[str, Node], path: str) -> None:
    question = record.question or ""
    if question == "rule":
        if record.rule is None:
            reading.value_fault(items["question"], f"{path}.question", "a ruling on a rule names it; add `rule: ID`")
        if record.answer not in _ON_A_RULE:
            reading.value_fault(items["answer"], f"{path}.answer", f"the answer is one of {', '.join(_ON_A_RULE)}")
        return
    if reading.dictionary is None:
        return
    definition = reading.dictionary.get(question)
    if definition is None or definition.owner is not Owner.RULING:
        judgements = [name for name, fact in reading.dictionary.items() if fact.owner is Owner.RULING]
        meant = reading.near(question, judgements, "judgement")
        what = "no such judgement" if definition is None else "a fact, not a judgement; state it in the use"
        hint = f"; did you mean {meant}?" if meant and definition is None else ""
        reading.value_fault(items["question"], f"{path}.question", f"{what}{hint}")
    elif definition.type == "bool" and record.answer not in ("yes", "no", "unsure"):
        reading.value_fault(items["answer"], f"{path}.answer", "the answer is yes or no")
