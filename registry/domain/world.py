"""A world: everything on file that can matter to some uses, as one frozen value the engine looks at."""

from __future__ import annotations

from registry.domain.consent import Consent
from registry.domain.decision import Decision, KeptClearance
from registry.domain.imported import Import
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production, Profile
from registry.domain.rate import CardRate
from registry.domain.record import Record
from registry.domain.replica import Model, Replica, Tool
from registry.domain.revision import Revision
from registry.domain.schedule import Schedule
from registry.domain.signoff import SignOff
from registry.domain.use import Use
from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """The content of a registry file, or of the part of a registry that concerns some uses.

    Of performers, productions, engagements, replicas, models, tools, profiles, uses, rates, schedules and imports,
    several versions of one id may be present, each with its `recorded_at` (None: always known); the latest one known
    counts. Of sign-offs all that are known count, each for the words it was given for. Decisions are what was answered
    before: no check reads them, nor kept clearances, nor the schedules and the imports that brought them, nor the
    revisions of documents.
    Order means nothing.
    """

    performers: tuple[Performer, ...] = ()
    productions: tuple[Production, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    replicas: tuple[Replica, ...] = ()
    models: tuple[Model, ...] = ()
    tools: tuple[Tool, ...] = ()
    profiles: tuple[Profile, ...] = ()
    consents: tuple[Consent, ...] = ()
    records: tuple[Record, ...] = ()
    uses: tuple[Use, ...] = ()
    rates: tuple[CardRate, ...] = ()
    signoffs: tuple[SignOff, ...] = ()
    decisions: tuple[Decision, ...] = ()
    revisions: tuple[Revision, ...] = ()
    schedules: tuple[Schedule, ...] = ()
    imports: tuple[Import, ...] = ()
    clearances: tuple[KeptClearance, ...] = ()
