"""Which of some identifiers somebody meant who typed one, or its beginning. It holds on the command line alone: in a
file every identifier is written out."""

from __future__ import annotations

from collections.abc import Iterable

from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True)
class Meant:
    """What was meant: `id`, or nothing where nothing or too much begins as it was typed. `candidates` begin so."""

    typed: str
    id: str | None
    candidates: tuple[str, ...] = ()

    @property
    def shortened(self) -> bool:
        """Whether the beginning of an identifier was typed, and no other begins so."""
        return self.id is not None and self.id != self.typed


def meant(typed: str, known: Iterable[str]) -> Meant:
    """An identifier that is there always wins; else the only one that begins as it was typed. Case counts."""
    begins = sorted({id_ for id_ in known if id_.startswith(typed)}) if typed else []
    if typed in begins:
        return Meant(typed, typed)
    return Meant(typed, begins[0] if len(begins) == 1 else None, tuple(begins))
