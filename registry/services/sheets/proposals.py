"""Rows that plan a use, with the person each means found among the cast; who cannot be told is a fault."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.replica import Replica
from registry.domain.schedule import Request
from registry.domain.use import Use
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.errors import Fault, FileError
from registry.files.sheets import Columns
from registry.files.sheets.columns_file import as_called
from registry.services.clearance.planning import crowd
from registry.services.matching import Ambiguous, Cast, Line, Match, Matched, Unknown
from registry.storage.store import Store

OUTCOME = "nothing recorded"


def uses(
    store: Store, requests: Sequence[Request], production: Production, columns: Columns, file: str, episode: str | None
) -> tuple[World, Sequence[str]]:
    """The uses of the rows. Raises FileError with every row whose person cannot be told."""
    finder = Finder(store, production, columns, episode)
    found: list[Use] = []
    faults: list[Fault] = []
    notes: list[str] = []
    for request in requests:
        use = _settled(finder, request, faults, notes)
        if use is not None:
            found.append(use)
    if faults:
        raise FileError(file, faults, OUTCOME)
    replicas = {r.id: r for r in store.values(Replica, sorted({use.replica for use in found if use.replica}))}
    return World(uses=tuple(use.settled(replicas) for use in found)), notes


class Finder:
    """Finds who a row means: among the people engaged on the production, then among everybody on file."""

    def __init__(self, store: Store, production: Production, columns: Columns, episode: str | None) -> None:
        self._store = store
        self._columns = columns
        self._episode = episode
        self.production = production
        engagements = latest(store.engagements([production.id]), None)
        self._engagements = tuple(engagements.values())
        engaged = {engagement.performer for engagement in self._engagements}
        self.cast = Cast(production.id, store.values(Performer, sorted(engaged)), self._engagements)
        self._everybody: Cast | None = None

    @property
    def everybody(self) -> Cast:
        """The same, with everybody else on file; read when first needed."""
        if self._everybody is None:
            self._everybody = Cast(self.production.id, self._store.values(Performer), self._engagements)
        return self._everybody

    def who(self, line: Line) -> Match:
        """Who is meant by a line; the mapping file of the show goes first."""
        for text in (line.name, line.character):
            if text and (settled := self._columns.people.get(as_called(text))):
                return Matched(performer=settled)
        found = self.cast.who(replace(line, episode=line.episode or self._episode))
        if isinstance(found, Unknown):
            return self.everybody.who(replace(line, episode=line.episode or self._episode))
        return found

    def called(self, performers: Sequence[str]) -> list[str]:
        """Those of the ids that are on file."""
        known = self.cast.performers
        rest = [name for name in performers if name not in known]
        on_file = {performer.id for performer in self._store.values(Performer, rest)} if rest else set()
        return [name for name in performers if name in known or name in on_file]


def _settled(finder: Finder, request: Request, faults: list[Fault], notes: list[str]) -> Use | None:
    use, name = request.use, request.name
    strangers = [one for one in use.performers if one not in finder.called([one])]
    if use.performers and not strangers:
        return use
    if len(use.performers) == 1 and name is None:
        name = use.performers[0]  # no id on file: a name in one word
    elif strangers:
        faults.append(Fault(None, request.place, f"no such performer: {', '.join(strangers)}; correct the ids"))
        return None
    if not (request.number or name or request.character):
        return use
    on = _day(use, finder.production)
    if name and ";" in name:
        return _several(finder, request, [part.strip() for part in name.split(";") if part.strip()], faults)
    line = Line(number=request.number, name=name, character=request.character, episode=use.episode, on=on)
    found = finder.who(line)
    if not isinstance(found, Matched):
        faults.append(_unsettled(request.place, found, name))
        return None
    if not found.confirmed:
        notes.append(f"Row {request.row}: number {request.number} alone says {finder.cast.name_of(found.performer)}.")
    several = len(finder.cast.engagements.get(found.performer, ())) > 1
    return replace(
        use, performers=(found.performer,), engagement=use.engagement or (found.engagement if several else None)
    )


def _several(finder: Finder, request: Request, names: Sequence[str], faults: list[Fault]) -> Use | None:
    """A row that names several people: each of them by the name alone."""
    on = _day(request.use, finder.production)
    found = [finder.who(Line(name=name, episode=request.use.episode, on=on)) for name in names]
    unsettled = [match for match in found if not isinstance(match, Matched)]
    faults.extend(_unsettled(request.place, match) for match in unsettled)
    performers = tuple(dict.fromkeys(match.performer for match in found if isinstance(match, Matched)))
    return None if unsettled else replace(request.use, performers=performers)


def _unsettled(place: str, found: Match, written: str | None = None) -> Fault:
    if written and isinstance(found, Unknown) and (many := crowd(written)):
        problem = f"{written}: nobody can say who of {many} has consented; write their names or ids, parted by `;`"
        return Fault(None, place, problem)
    return Fault(None, place, why(found))


def why(found: Match) -> str:
    """Why nobody was chosen, who may be meant, and how to settle it."""
    match found:
        case Ambiguous():
            ids = " or ".join(found.candidates)
            return f"{found.why}; write the id, {ids}, or settle it under `people:` in a mapping file"
        case Unknown(nearest=near) if near:
            return (
                f"{found.why}; nearest: {', '.join(near)}: write the id, or settle it under `people:` in a mapping file"
            )
        case Unknown():
            return f"{found.why}; import a cast list that has them first"
    return ""


def _day(use: Use, production: Production) -> dt.date | None:
    if use.at is None:
        return None
    return use.at.astimezone(ZoneInfo(production.timezone)).date() if production.timezone else use.at.date()
