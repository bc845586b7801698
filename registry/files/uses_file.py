"""Uses files: `format: consent-uses/1` (FORMATS.md §2), and the same as CSV."""

from __future__ import annotations

from collections.abc import Mapping

from registry.domain.facts import FactDefinition
from registry.domain.use import Use
from registry.files.heading import check_format, refuse_other_keys
from registry.files.reading import Reading
from registry.files.references import KnownIds
from registry.files.sections import look_up, read_section
from registry.files.uses_csv import read_uses_csv
from registry.source import read

__all__ = ["FORMAT", "read_uses", "read_uses_csv"]

FORMAT = "consent-uses/1"
OUTCOME = "nothing checked"


def read_uses(
    text: str, name: str, dictionary: Mapping[str, FactDefinition] | None, *, known: KnownIds | None = None
) -> tuple[Use, ...]:
    """The uses in a file, in its order. Raises FileError, named `name`, with every fault.

    `known` says which ids are on file; left out, what the uses name is not looked up.
    """
    node = read(text, name, outcome=OUTCOME)
    reading = Reading(name, dictionary)
    items = check_format(reading, node, FORMAT)
    refuse_other_keys(reading, items, ("format", "uses"), "")
    uses: tuple[Use, ...] = ()
    if "uses" in items:
        uses = read_section(reading, items["uses"], "uses", "uses")
    else:
        reading.fault(node.line, "uses", "missing; list the uses under `uses:`")
    if known is not None:
        look_up(reading, items, known)
    reading.done(OUTCOME)
    return uses
