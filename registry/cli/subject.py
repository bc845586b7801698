"""What a verdict is about, in the names a coordinator knows: the use, and the part of the world it concerns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Protocol, TypeVar

from registry.cli.phrases import ACTS, day, ranged, scope_of_grant
from registry.domain.consent import Consent, Grant
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World


class _Versioned(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def recorded_at(self) -> dt.datetime | None: ...


Item = TypeVar("Item", bound=_Versioned)


def latest(items: Iterable[Item], item_id: str | None) -> Item | None:
    """The last recorded version of one id; one without a moment has been known always."""
    found: Item | None = None
    for item in items:
        if item.id != item_id:
            continue
        if found is None or found.recorded_at is None or (item.recorded_at and item.recorded_at >= found.recorded_at):
            found = item
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A use in its world. `found_in` is what a command needs to find the use again: `--file uses.yaml`."""

    use: Use
    world: World
    found_in: str = ""

    def who(self, performer: str | None) -> str:
        """The professional name; the id of somebody not on file; a dash where nobody is in it."""
        if performer is None:
            return "–"
        on_file = latest(self.world.performers, performer)
        return on_file.known_as if on_file else performer

    @property
    def title(self) -> str:
        """The production, with the scenes where the use names any."""
        production = latest(self.world.productions, self.use.production)
        title = production.title if production else self.use.production
        return f"{title}, sc. {ranged(self.use.scenes)}" if self.use.scenes else title

    @property
    def zone(self) -> str | None:
        """The time zone of the place of work, where deadlines are shown."""
        production = latest(self.world.productions, self.use.production)
        return production.timezone if production else None

    def what(self, performer: str | None) -> str:
        """One line: who, which act, which picture."""
        act = ACTS[self.use.act]
        return f"{act} · {self.title}" if performer is None else f"{self.who(performer)} · {act} · {self.title}"

    def consent(self, consent: str) -> Consent | None:
        return next((c for c in self.world.consents if c.id == consent), None)

    def grant(self, consent: str, clause: str) -> Grant | None:
        on_file = self.consent(consent)
        return on_file.grant(clause) if on_file else None

    def paper(self, consent: str, clauses: Iterable[str]) -> str:
        """A consent as it is quoted: id, clauses, day of signing and how the clause was signed."""
        text = f"consent {consent} {', '.join(f'§{clause}' for clause in clauses)}"
        on_file = self.consent(consent)
        if on_file is None:
            return text
        if on_file.signed_at is not None:
            text += f", signed {day(on_file.signed_at.date())}"
        if on_file.separately_signed:
            text += ", separately signed"
        return text

    def granted(self, consent: str, clause: str) -> str:
        """What a clause grants, in a line."""
        grant = self.grant(consent, clause)
        return scope_of_grant(grant) if grant else f"clause {clause}"
