"""Case files: `format: consent-case/1` (FORMATS.md §5): a world, some uses, and what must come out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from zoneinfo import ZoneInfo

from registry.domain.consent import Consent
from registry.domain.facts import FactDefinition
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.files import scalars
from registry.files.expectations import Expectation, When, read_expectations, read_when
from registry.files.heading import check_format, refuse_other_keys
from registry.files.reading import Reading
from registry.files.references import nothing_known
from registry.files.sections import SECTIONS, look_up, read_section, read_sections
from registry.files.texts import identifier, prose
from registry.source import Node, read

__all__ = ["FORMAT", "Case", "Expectation", "read_case"]

FORMAT = "consent-case/1"
OUTCOME = "not run"
_KEYS = ("format", "case", "about", "registry", "uses", "as_of", "known_at", "expect")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A world with a known answer. In it, what was recorded was recorded when it happened, or always."""

    case: str
    about: str
    world: World
    uses: tuple[Use, ...]
    expect: tuple[Expectation, ...]
    as_of: When | None = None
    known_at: dt.datetime | None = None


def read_case(text: str, name: str, dictionary: Mapping[str, FactDefinition] | None) -> Case:
    """The case in a file. Raises FileError, named `name`, with every fault."""
    node = read(text, name, outcome=OUTCOME)
    reading = Reading(name, dictionary)
    items = check_format(reading, node, FORMAT)
    refuse_other_keys(reading, items, _KEYS, "")
    for key in ("case", "about", "registry", "uses", "expect"):
        if key not in items:
            reading.fault(node.line, key, "missing; it has to be written")
    title = _text(reading, items.get("case"), "case")
    about = _text(reading, items.get("about"), "about")
    world, uses = _world(reading, items)
    named = _named(items, (*world.uses, *uses))
    expected = read_expectations(reading, items["expect"], named) if "expect" in items else ()
    as_of, known_at = _when(reading, items.get("as_of"), "as_of"), _when(reading, items.get("known_at"), "known_at")
    reading.done(OUTCOME)
    zone = _zone(world, None)
    return Case(
        case=title,
        about=about,
        world=_recorded_when_it_happened(world, uses),
        uses=uses or world.uses,
        expect=tuple(replace(e, known_at=_end(e.known_at, zone)) for e in expected),
        as_of=as_of,
        known_at=_end(known_at, zone),
    )


def _text(reading: Reading, node: Node | None, path: str) -> str:
    if node is None:
        return ""
    try:
        raw = scalars.written(node)
        return identifier(raw, reading) if path == "case" else prose(raw.rstrip("\n"), reading)
    except ValueError as error:
        reading.value_fault(node, path, str(error))
        return ""


def _world(reading: Reading, items: dict[str, Node]) -> tuple[World, tuple[Use, ...]]:
    section = items.get("registry")
    inside = section.value if section is not None and isinstance(section.value, dict) else {}
    if section is not None and not isinstance(section.value, dict):
        reading.value_fault(section, "registry", "not a mapping of sections")
    meant = refuse_other_keys(reading, inside, tuple(SECTIONS), "registry")
    world = read_sections(reading, inside, "registry.", take=SECTIONS)
    uses = read_section(reading, items["uses"], "uses", "uses") if "uses" in items else ()
    look_up(reading, inside, nothing_known, unread=meant)
    return world, uses


def _when(reading: Reading, node: Node | None, path: str) -> When | None:
    if node is None or (node.value is None and not node.quoted):
        return None
    try:
        return read_when(node)
    except ValueError as error:
        reading.value_fault(node, path, str(error))
        return None


def _named(items: dict[str, Node], uses: tuple[Use, ...]) -> list[str]:
    """The uses of the case, faulty ones too: of those nothing need be said twice."""
    written = items["uses"].value if "uses" in items else None
    names = {use.id for use in uses}
    if isinstance(written, list):
        names |= {str(u.value["id"].raw) for u in written if isinstance(u.value, dict) and "id" in u.value}
    return sorted(names)


def _recorded_when_it_happened(world: World, uses: tuple[Use, ...]) -> World:
    works = {use.id: use.production for use in (*world.uses, *uses)}
    return replace(
        world,
        consents=tuple(_signed(consent) for consent in world.consents),
        records=tuple(_happened(record, world, works) for record in world.records),
    )


def _signed(consent: Consent) -> Consent:
    return consent if consent.recorded_at else replace(consent, recorded_at=consent.signed_at)


def _happened(record: Record, world: World, works: Mapping[str, str]) -> Record:
    """A record with a day alone was there from the beginning of that day, where the work is done."""
    own = record.own_moment
    if record.recorded_at or own is None:
        return record
    if not isinstance(own, dt.datetime):
        production = record.production or next((works[use] for use in record.use if use in works), None)
        own = dt.datetime.combine(own, dt.time(), _zone(world, production))
    return replace(record, recorded_at=own)


def _zone(world: World, production: str | None) -> dt.tzinfo:
    """The zone of a production; left open, the one zone of all of them; else UTC."""
    zones = {p.timezone for p in world.productions if p.timezone and production in (None, p.id)}
    return ZoneInfo(zones.pop()) if len(zones) == 1 else dt.UTC


def _end(when: When | None, zone: dt.tzinfo) -> dt.datetime | None:
    """The moment until which something was known: a bare day counts to its end."""
    if when is None or isinstance(when, dt.datetime):
        return when
    return dt.datetime.combine(when, dt.time.max, zone)
