"""Registry files: `format: consent-registry/1` (FORMATS.md §1)."""

from __future__ import annotations

from collections.abc import Mapping

from registry.domain.facts import FactDefinition
from registry.domain.world import World
from registry.files.heading import check_format, refuse_other_keys
from registry.files.reading import Reading
from registry.files.references import KnownIds, NearId, known_in, nothing_known, nothing_near
from registry.files.sections import SECTIONS, look_up, read_sections
from registry.files.writing import write_registry
from registry.source import read

__all__ = [
    "FORMAT",
    "KnownIds",
    "NearId",
    "known_in",
    "nothing_known",
    "nothing_near",
    "read_registry",
    "write_registry",
]

FORMAT = "consent-registry/1"


def read_registry(
    text: str,
    name: str,
    dictionary: Mapping[str, FactDefinition] | None = None,
    *,
    known: KnownIds = nothing_known,
    near: NearId = nothing_near,
) -> World:
    """The world in a registry file. Raises FileError, named `name`, with every fault; nothing is returned in part.

    `dictionary` types the facts that productions, profiles and uses state (left out: by the way they are written);
    `known` says which ids are on file, so that a file may name what an earlier one brought, and `near` which of them is
    nearly so, where the file itself has none that is.
    """
    node = read(text, name)
    reading = Reading(name, dictionary)
    items = check_format(reading, node, FORMAT)
    meant = refuse_other_keys(reading, items, ("format", *SECTIONS), "")
    world = read_sections(reading, items, "", take=SECTIONS)
    look_up(reading, items, known, near, unread=meant)
    reading.done("nothing imported")
    return world
