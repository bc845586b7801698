"""A matter: one use of one performer with everything on file that it names, on the days it happens."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from registry.domain.dates import civil_date
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production, Profile
from registry.domain.replica import Model, Replica, Tool
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.engine.on_file import OnFile


@dataclass(frozen=True, slots=True)
class Matter:
    """What a check looks at. `day` is the civil date of the use where the work is done, `last_day` the last day of a
    continuing use; both are None while nobody has said when. `as_of` is the moment whose records apply, `as_of_day`
    its date where the work is done."""

    use: Use
    on_file: OnFile
    production: Production
    performer: Performer | None
    engagements: tuple[Engagement, ...]
    replica: Replica | None
    model: Model | None
    tool: Tool | None
    profile: Profile | None
    day: dt.date | None
    last_day: dt.date | None
    as_of: dt.datetime
    as_of_day: dt.date
    as_of_given: bool

    @staticmethod
    def of(use: Use, performer: str | None, on_file: OnFile, as_of: dt.date | dt.datetime | None) -> Matter:
        """Look up what `use` names. `as_of` left out is the use's own moment; a bare date is the end of that day."""
        production = on_file.productions[use.production]
        engagements = on_file.engagements(performer or "", use.production)
        if use.engagement:
            engagements = tuple(e for e in engagements if e.id == use.engagement)
        day = civil_date(use.at, production.timezone) if use.at else None
        moment = _moment(as_of if as_of is not None else use.at, production.timezone, on_file.known_at)
        return Matter(
            use=use,
            on_file=on_file,
            production=production,
            performer=on_file.performers.get(performer or ""),
            engagements=engagements,
            replica=on_file.replicas.get(use.replica or ""),
            model=on_file.models.get(use.model or ""),
            tool=on_file.tools.get(use.tool or ""),
            profile=on_file.profiles.get(use.profile or ""),
            day=day,
            last_day=max(use.until, day) if use.until and day else day,
            as_of=moment,
            as_of_day=civil_date(moment, production.timezone),
            as_of_given=as_of is not None,
        )

    @property
    def engagement(self) -> Engagement | None:
        """The engagement the use belongs to; None where there is none, or several and the use names none."""
        return self.engagements[0] if len(self.engagements) == 1 else None

    @property
    def when(self) -> tuple[dt.date | None, dt.date | None, dt.datetime | None]:
        """All that decides what happened before or during the use, but for its own hour."""
        own = self.last_day is not None and not self.as_of_given
        return self.day, self.last_day, None if own else self.as_of

    def by_as_of(self, happened: dt.datetime | dt.date | None) -> bool:
        """Whether something had happened by the as-of moment; a date alone counts for that whole day."""
        if happened is None:
            return True
        if isinstance(happened, dt.datetime):
            return happened <= self.as_of
        return happened <= self.as_of_day

    def during(self, happened: dt.datetime | dt.date | None) -> bool:
        """Whether something had happened by the last day of the use, so that it bears on some day of it; by the as-of
        moment where one was asked for."""
        if self.as_of_given or happened is None or self.last_day is None:
            return self.by_as_of(happened)
        if isinstance(happened, dt.datetime):
            happened = civil_date(happened, self.production.timezone)
        return happened <= self.last_day

    def closed_by(self, day: dt.date | None) -> bool:
        """Whether something done on `day` may close a duty. What follows a use is done after it, so only an as-of
        moment that was asked for, not the use's own, hides it."""
        return not self.as_of_given or self.by_as_of(day)


def _moment(as_of: dt.date | dt.datetime | None, zone: str | None, known_at: dt.datetime) -> dt.datetime:
    if isinstance(as_of, dt.datetime):
        return as_of
    if as_of is None:
        return known_at
    midnight = dt.datetime.combine(as_of + dt.timedelta(days=1), dt.time(), ZoneInfo(zone) if zone else dt.UTC)
    return midnight - dt.timedelta(microseconds=1)
