"""Imports of sheets: what each brought, so that it can be traced and taken back. Nothing it recorded is ever lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import field
from enum import StrEnum

from registry.domain.schedule import SheetKind
from registry.domain.values import dataclass


class Brought(StrEnum):
    """What a sheet can bring."""

    PERFORMER = "performer"
    ENGAGEMENT = "engagement"
    USE = "use"
    SCHEDULE = "schedule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """One thing that an import added or changed: its noun and id, and the digests of what it said after and before.
    `before` is None for what was not on file."""

    noun: Brought
    id: str
    after: str
    before: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """One sheet that was imported. A further version of it says that it was undone: what it added counts no longer from
    then on, what it changed is again as it was before."""

    id: str
    production: str
    kind: SheetKind
    file: str
    sha256: str
    by: str
    changes: tuple[Changed, ...] = ()
    undone_because: str | None = None
    undone_by: str | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    @property
    def withdrawn(self) -> tuple[Changed, ...]:
        """What counts no longer: nothing, unless the import was undone."""
        return tuple(change for change in self.changes if self.undone_because and change.before is None)
