"""Uses that nobody has filed, looked at in the light of what is on file: for plans, grids and ledgers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

from registry.domain.production import Production
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.memory import Memory
from registry.engine.on_file import OnFile
from registry.engine.reach import Reach, reach
from registry.rules.catalogue import Catalogue
from registry.services.checking import laid_over, resolved, settled

_END = dt.datetime.max.replace(tzinfo=dt.UTC)
_NOON = dt.time(12)


@dataclass(frozen=True, slots=True)
class Supposing:
    """What is on file and the packs, for as many suppositions as are asked: each is cheap once the first was made."""

    world: World
    on_file: OnFile
    memory: Memory

    @staticmethod
    def of(world: World, catalogue: Catalogue, *, now: dt.datetime, known_at: dt.datetime | None = None) -> Supposing:
        """Everything of `world` that was known at `known_at` (left out: all of it)."""
        known = known_at or _END
        on_file = replace(OnFile.of(world, known_at=known), known_at=known_at or now)
        return Supposing(world, on_file, Memory.of(laid_over(catalogue, world, known_at=known)))

    def reach(self, use: Use, performer: str | None, *, as_of: dt.date | dt.datetime | None = None) -> Reach:
        """How far consents reach one use. Raises UsageError where it names something that is not on file."""
        (use,) = settled(self.world, (use,))
        return reach(resolved(use, self.on_file), performer, self.on_file, self.memory, as_of=as_of)


def noon(day: dt.date, production: Production) -> dt.datetime:
    """The middle of a day where a production works."""
    return dt.datetime.combine(day, _NOON, ZoneInfo(production.timezone) if production.timezone else dt.UTC)


def day_for(production: Production, today: dt.date) -> dt.date:
    """The day a use on a production is supposed for where nobody says one: its first day of photography where that lies
    ahead, else today."""
    starts = production.photography_starts_on
    return max(starts, today) if starts else today
