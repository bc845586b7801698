"""The sections of a registry file, each a list of one kind of thing; what they name is looked up when all are read."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from typing import Any

from registry.domain.consent import Consent
from registry.domain.decision import KeptClearance
from registry.domain.imported import Import
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production, Profile
from registry.domain.replica import Model, Replica, Tool
from registry.domain.schedule import Schedule
from registry.domain.signoff import SignOff
from registry.domain.world import World
from registry.files.answers import read_decision
from registry.files.figures import read_rate
from registry.files.mappings import BAD, read_mapping
from registry.files.reading import Reading, shown_text
from registry.files.records import read_record
from registry.files.references import KnownIds, NearId, Reference, dangling, nothing_near
from registry.files.use_reading import read_use
from registry.source import Node

Reader = Callable[[Reading, Node, str], Any]


def _of(cls: Any) -> Reader:
    return lambda reading, node, path: read_mapping(reading, node, cls, path)


def _consent(reading: Reading, node: Node, path: str) -> Any:
    consent = read_mapping(reading, node, Consent, path)
    if consent is not BAD and isinstance(node.value, dict):
        grantors = [(node.value["grantor"], f"{path}.grantor")]
        if "co_grantors" in node.value and isinstance(further := node.value["co_grantors"].value, list):
            grantors += [(item, f"{path}.co_grantors[{n}]") for n, item in enumerate(further)]
        for grantor, where in grantors:
            named = grantor.value.get("representative") if isinstance(grantor.value, dict) else None
            if named is not None and named.raw:
                reading.refer("representatives", str(named.raw), named, f"{where}.representative", consent.performer)
    return consent


SECTIONS: dict[str, Reader] = {
    "performers": _of(Performer),
    "productions": _of(Production),
    "engagements": _of(Engagement),
    "replicas": _of(Replica),
    "models": _of(Model),
    "tools": _of(Tool),
    "profiles": _of(Profile),
    "consents": _consent,
    "records": read_record,
    "uses": read_use,
    "rates": read_rate,
    "signoffs": _of(SignOff),
    "decisions": read_decision,
    "schedules": _of(Schedule),
    "imports": _of(Import),
    "clearances": _of(KeptClearance),
}
_ONCE = ("consents", "records")  # these have no versions


def read_sections(reading: Reading, items: Mapping[str, Node], path: str, *, take: Collection[str]) -> World:
    """The sections in `items` as a world. Faults are written down; what is faulty is left out."""
    found: dict[str, tuple[Any, ...]] = {}
    for section, node in items.items():
        if section in take:
            found[section] = read_section(reading, node, section, f"{path}{section}")
    return World(**found)


def read_section(reading: Reading, node: Node, section: str, path: str) -> tuple[Any, ...]:
    """One section: a list, nothing in it twice."""
    if node.value is None and not node.quoted:
        return ()
    if not isinstance(node.value, list):
        reading.value_fault(node, path, "not a list; begin each entry with `- `")
        return ()
    read = SECTIONS[section]
    values = [read(reading, item, f"{path}[{n}]") for n, item in enumerate(node.value)]
    _refuse_twins(reading, node.value, values, section, path)
    return tuple(value for value in values if value is not BAD)


def _refuse_twins(reading: Reading, nodes: list[Node], values: list[Any], section: str, path: str) -> None:
    first: dict[tuple[str, dt.datetime | None], int] = {}
    for n, (node, value) in enumerate(zip(nodes, values, strict=True)):
        item = node.value.get("id") if isinstance(node.value, dict) else None
        if item is None or item.raw is None:
            continue
        stamp = None if value is BAD or section in _ONCE else value.recorded_at
        key = (item.raw, stamp)
        if key in first:
            again = "" if section in _ONCE else "; another version needs another recorded_at"
            reading.value_fault(item, f"{path}[{n}].id", f"used before, on line {first[key]}{again}")
        else:
            first[key] = item.at


def look_up(
    reading: Reading,
    items: Mapping[str, Node],
    known: KnownIds,
    near: NearId = nothing_near,
    *,
    unread: Collection[str] = (),
) -> None:
    """Writes down every reference that leads nowhere, with the nearest that does; nothing about `unread` sections."""
    here = _written_ids(items)
    blind = {*unread, *(section for section, node in items.items() if not isinstance(node.value, list))}
    if "productions" in blind:
        blind.add("works")
    found = dangling((reference for reference in reading.references if reference.kind not in blind), here, known)
    if not found:
        return
    shelves = _shelved(here)
    strangers = {lost.id for lost in found if lost.kind in ("performers", "consents")}
    for lost in found:
        if lost.owner in strangers:
            continue  # said once, of the performer or the consent itself
        candidates = shelves.get((lost.kind, lost.owner), ())
        reading.fault(lost.line, f"{lost.path}: {shown_text(lost.id)}", _lost(reading, lost, candidates, near))


def _shelved(here: Mapping[str, Collection[str]]) -> dict[tuple[str, str], list[str]]:
    """What is there to be named, by kind and owner, in order."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for kind, names in here.items():
        for name in sorted(names):
            owner, _, own = name.rpartition("/") if kind in ("representatives", "clauses") else ("", "", name)
            found[kind, owner].append(own)
    return found


def _lost(reading: Reading, lost: Reference, candidates: Collection[str], near: NearId) -> str:
    meant = reading.near(lost.id, candidates, f"{lost.kind} {lost.owner}") or near(lost.kind, lost.id)
    hint = f"; nearest: {meant}" if meant else ""
    match lost.kind:
        case "works":
            return f"no production, franchise or title of that name{hint}"
        case "representatives":
            return f"{lost.owner} has no such representative{hint}"
        case "clauses":
            return f"{lost.owner} has no such clause{hint}"
    return f"no such {lost.kind.removesuffix('s')}{hint}"


def _written_ids(items: Mapping[str, Node]) -> dict[str, set[str]]:
    """Every id the file writes down, in faulty entries too: one fault need not cause another."""
    found: dict[str, set[str]] = defaultdict(set)
    for section in SECTIONS:
        for entry in _entries(items.get(section)):
            own = _raw(entry, "id")
            found[section].add(own)
            if section == "productions":
                found["works"] |= {own, _raw(entry, "title"), _raw(entry, "franchise")} - {""}
            elif section == "performers":
                found["representatives"] |= {f"{own}/{_raw(r, 'id')}" for r in _entries(entry.get("representatives"))}
            elif section == "consents":
                found["clauses"] |= {f"{own}/{_raw(g, 'clause')}" for g in _entries(entry.get("grants"))}
    return found


def _entries(node: Node | None) -> list[dict[str, Node]]:
    items = node.value if node is not None and isinstance(node.value, list) else []
    return [item.value for item in items if isinstance(item.value, dict)]


def _raw(entry: dict[str, Node], key: str) -> str:
    node = entry.get(key)
    return str(node.raw) if node is not None and node.raw is not None else ""
