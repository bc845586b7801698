"""A mapping of a file as a value of the domain, driven by the class itself (registry.domain.shape)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from typing import Any

from registry.domain.consent import Consent, Counsel, Exclusion, Grant
from registry.domain.decision import Decision, KeptClearance
from registry.domain.imported import Import
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.replica import Model, Replica
from registry.domain.schedule import Schedule
from registry.domain.shape import Kind, Shape, shapes
from registry.domain.use import Use
from registry.domain.words import BiometricKind
from registry.files import scalars
from registry.files.facts import read_facts
from registry.files.reading import Reading, shown_text
from registry.files.sense import nonsense
from registry.files.texts import text_rule
from registry.source import Node

BAD = object()  # a fault has been written down

# What a field names, and so has to be in the file or on file.
_NAMES: dict[tuple[Any, str], str] = {
    (Engagement, "performer"): "performers",
    (Engagement, "production"): "productions",
    (Replica, "performer"): "performers",
    (Replica, "made_for"): "productions",
    (Model, "trained_on"): "performers",
    (Model, "made_for"): "productions",
    (Model, "consents"): "consents",
    (Consent, "performer"): "performers",
    (Grant, "productions"): "works",
    (Exclusion, "productions"): "works",
    (Record, "performer"): "performers",
    (Record, "production"): "productions",
    (Record, "replica"): "replicas",
    (Record, "consent"): "consents",
    (Record, "replaced_by"): "consents",
    (Record, "corrects"): "records",
    (Use, "performers"): "performers",
    (Use, "production"): "productions",
    (Use, "engagement"): "engagements",
    (Use, "replica"): "replicas",
    (Use, "profile"): "profiles",
    (Use, "tool"): "tools",
    (Use, "model"): "models",
    (Decision, "use"): "uses",
    (Decision, "performer"): "performers",
    (Schedule, "production"): "productions",
    (Import, "production"): "productions",
    (KeptClearance, "production"): "productions",
}
# Names and references where `none` is the same as leaving them open.
_NONE = {(Production, "franchise"), (Replica, "performer"), (Replica, "made_for"), (Model, "made_for")} | {
    (Use, name) for name in ("engagement", "replica", "profile", "tool", "model", "episode", "shot", "until")
}
_ANY = {(cls, axis) for cls in (Grant, Exclusion, Use) for axis in ("media", "languages", "scenes")} - {(Use, "scenes")}
_ALONE = {(Record, "use"), (Record, "about"), (Use, "performers")}
_FULL = (
    {(Grant, name) for name in ("acts", "elements", "productions", "purposes", "role_use")}
    | {
        (cls, name)
        for cls in (Grant, Exclusion, Use)
        for name in ("scenes", "media", "territories", "languages", "ages")
    }
    | {(Use, "performers"), (Record, "use"), (Record, "about"), (Record, "grants")}
    | {(Exclusion, name) for name in ("acts", "elements", "productions", "purposes", "content")}
)

_PARSE: dict[Kind, Callable[[Node], Any]] = {
    Kind.INTEGER: scalars.count,
    Kind.YES_NO: scalars.yes_no,
    Kind.ANSWER: scalars.answer,
    Kind.DATE: scalars.date,
    Kind.MOMENT: scalars.moment,
    Kind.SPAN: scalars.span,
    Kind.MONEY: scalars.money,
    Kind.FRACTION: scalars.share,
}


def read_mapping(reading: Reading, node: Node, cls: Any, path: str, fields: Iterable[Shape] | None = None) -> Any:
    """A value of `cls`, or BAD with every fault of it written down. `fields` narrows what the mapping may say."""
    if not isinstance(node.value, dict):
        reading.value_fault(node, path, "not a mapping of `key: value`")
        return BAD
    named = {shape.key: shape for shape in (shapes(cls) if fields is None else fields)}
    found: dict[str, Any] = {}
    meant: set[str | None] = set()
    clean = True
    for key, item in node.value.items():
        shape = named.get(key)
        if shape is None:
            meant.add(refuse_key(reading, item, key, list(named), path))
            clean = False
            continue
        value = read_value(reading, item, cls, shape, f"{path}.{key}")
        if value is BAD:
            clean = False
        elif value is not None:
            found[shape.name] = value
    for shape in named.values():
        if shape.required and shape.name not in found and shape.key not in meant and _left_out(node, shape.key):
            reading.fault(node.line, f"{path}.{shape.key}", "missing; it has to be written")
            clean = False
    return _sensible(reading, node, cls(**found), path) if clean else BAD


def _left_out(node: Node, key: str) -> bool:
    item = node.value.get(key) if isinstance(node.value, dict) else None
    return item is None or (item.value is None and not item.quoted)


def _sensible(reading: Reading, node: Node, value: Any, path: str) -> Any:
    problems = nonsense(value)
    for key, problem in problems:
        item = node.value.get(key) if isinstance(node.value, dict) else None
        if item is None:
            reading.fault(node.line, path, problem)
        else:
            reading.value_fault(item, f"{path}.{key}", problem)
    return BAD if problems else value


def refuse_key(reading: Reading, item: Node, key: str, known: Collection[str], path: str) -> str | None:
    """Writes down an unknown key; the key that was meant, where one is near."""
    meant = reading.near(key, known, f"keys {' '.join(known)}")
    hint = f"did you mean {meant}?" if meant else f"the keys here are {', '.join(known)}"
    reading.fault(item.at, f"{path}.{shown_text(key)}".removeprefix("."), f"unknown key; {hint}")
    return meant


def read_value(reading: Reading, node: Node, cls: Any, shape: Shape, path: str) -> Any:
    """What one key says; None where it says nothing, BAD where a fault was written down."""
    if node.value is None and not node.quoted:
        return None
    if shape.kind is Kind.FACTS:
        facts = read_facts(reading, node, path, shared=cls is not Use)
        return BAD if facts is None else facts
    if shape.many:
        return _read_many(reading, node, cls, shape, path)
    if node.raw == "none" and (cls, shape.name) in _NONE:
        return None
    return _read_one(reading, node, cls, shape, path)


def _read_many(reading: Reading, node: Node, cls: Any, shape: Shape, path: str) -> Any:
    where = (cls, shape.name)
    if not isinstance(node.value, list):
        if node.raw == "any" and where in _ANY:
            return ("any",)
        if node.raw == "all" and where == (Record, "grants"):
            return ("all",)
        if node.raw == "none" and where == (Use, "performers"):
            return ()
        if where in _ALONE and not isinstance(node.value, dict):
            one = _read_one(reading, node, cls, shape, path)
            return one if one is BAD else (one,)
        if node.raw == "none" and where not in _FULL:
            return (BiometricKind.NONE,) if shape.type is BiometricKind else ()
        alone = "world" if node.raw == "any" and shape.name == "territories" else shown_text(str(node.raw))
        reading.value_fault(node, path, f"not a list; write [{alone}]" if node.raw else "not a list")
        return BAD
    if not node.value and where in _FULL:
        reading.value_fault(node, path, "an empty list says nothing; name something, or leave the key out")
        return BAD
    if shape.kind is Kind.INTEGER and len(node.value) != 2:
        reading.value_fault(node, path, "a first and a last age belong here; write [25, 40]")
        return BAD
    return _read_list(reading, node.value, cls, shape, path)


def _read_list(reading: Reading, items: list[Node], cls: Any, shape: Shape, path: str) -> Any:
    nested = shape.kind is Kind.NESTED
    found = [_read_one(reading, item, cls, shape, f"{path}[{n}]" if nested else path) for n, item in enumerate(items)]
    if BAD in found:
        return BAD
    return tuple(found) if nested or shape.kind is Kind.INTEGER else tuple(dict.fromkeys(found))


def _read_one(reading: Reading, node: Node, cls: Any, shape: Shape, path: str) -> Any:
    if shape.kind is Kind.NESTED:
        if node.raw == "none" and shape.type is Counsel:
            return Counsel(name="none")
        return read_mapping(reading, node, shape.type, path)
    try:
        if shape.kind is Kind.TEXT:
            value: Any = text_rule(cls, shape.name)(scalars.written(node), reading)
        elif shape.kind is Kind.WORD:
            value = scalars.word(node, shape.type, reading)
        else:
            value = _PARSE[shape.kind](node)
    except ValueError as error:
        reading.value_fault(node, path, str(error))
        return BAD
    if named := _NAMES.get((cls, shape.name)):
        reading.refer(named, value, node, path)
    return value
