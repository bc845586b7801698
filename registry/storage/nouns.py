"""The nouns of the registry: for each its class, its place in a world, its table, and how its values become rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from sqlalchemy import TableClause

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
from registry.domain.world import World
from registry.storage import (
    consents,
    decisions,
    performers,
    productions,
    records,
    replicas,
    review,
    revisions,
    schedules,
    tables,
    uses,
)
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Rows


class Recorded(Protocol):
    """A value that can be recorded: it knows when it was, or None."""

    @property
    def recorded_at(self) -> dt.datetime | None: ...


class Identified(Recorded, Protocol):
    """A recorded value with an identifier of the users' own."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Noun:
    """One noun. `shelf` is its attribute of a World. Of what has `versions`, another value under the same id is a new
    version; of the rest it is an error, unless it `completes` the draft on file. `mentions` and `rows` take
    values of `type` only."""

    kind: Kind
    type: type[Any]
    shelf: str
    table: TableClause
    versions: bool
    mentions: Callable[[Any], Iterator[Mention]]
    rows: Callable[[Any, Place], Rows]
    completes: Callable[[Any, Any], bool] | None = None

    def values(self, world: World) -> tuple[Any, ...]:
        """The values of this noun in a world."""
        found: tuple[Any, ...] = getattr(world, self.shelf)
        return found

    def called(self, value: Recorded) -> str:
        """The value in a message: its noun, and its identifier where it has one."""
        return " ".join(filter(None, (self.kind.value, getattr(value, "id", None))))


PERFORMERS = Noun(
    Kind.PERFORMER, Performer, "performers", tables.performers, True, performers.mentions, performers.rows
)
PRODUCTIONS = Noun(
    Kind.PRODUCTION, Production, "productions", tables.productions, True, productions.mentions, productions.rows
)
ENGAGEMENTS = Noun(
    Kind.ENGAGEMENT,
    Engagement,
    "engagements",
    tables.engagements,
    True,
    productions.engagement_mentions,
    productions.engagement_rows,
)
PROFILES = Noun(
    Kind.PROFILE, Profile, "profiles", tables.profiles, True, productions.profile_mentions, productions.profile_rows
)
REPLICAS = Noun(Kind.REPLICA, Replica, "replicas", tables.replicas, True, replicas.mentions, replicas.rows)
TOOLS = Noun(Kind.TOOL, Tool, "tools", tables.tools, True, replicas.tool_mentions, replicas.tool_rows)
CONSENTS = Noun(
    Kind.CONSENT,
    Consent,
    "consents",
    tables.consents,
    False,
    consents.mentions,
    consents.rows,
    completes=Consent.completes,
)
MODELS = Noun(Kind.MODEL, Model, "models", tables.models, True, replicas.model_mentions, replicas.model_rows)
USES = Noun(Kind.USE, Use, "uses", tables.uses, True, uses.mentions, uses.rows)
RECORDS = Noun(Kind.RECORD, Record, "records", tables.records, False, records.mentions, records.rows)
RATES = Noun(Kind.RATE, CardRate, "rates", tables.rates, True, review.mentions, review.rate_rows)
SIGNOFFS = Noun(Kind.SIGNOFF, SignOff, "signoffs", tables.signoffs, True, review.mentions, review.signoff_rows)
REVISIONS = Noun(Kind.REVISION, Revision, "revisions", tables.revisions, False, revisions.mentions, revisions.rows)
SCHEDULES = Noun(Kind.SCHEDULE, Schedule, "schedules", tables.schedules, True, schedules.mentions, schedules.rows)
IMPORTS = Noun(Kind.IMPORT, Import, "imports", tables.imports, True, schedules.import_mentions, schedules.import_rows)
CLEARANCES = Noun(
    Kind.CLEARANCE,
    KeptClearance,
    "clearances",
    tables.clearances,
    True,
    decisions.clearance_mentions,
    decisions.clearance_rows,
)
DECISIONS = Noun(Kind.DECISION, Decision, "decisions", tables.decisions, False, decisions.mentions, decisions.rows)

# In the order of writing: a thing after those it names, a record after the uses it is bound to.
NOUNS = (
    *(PERFORMERS, PRODUCTIONS, ENGAGEMENTS, PROFILES, REPLICAS, TOOLS, CONSENTS, MODELS, USES, RECORDS),
    *(RATES, SIGNOFFS, SCHEDULES, IMPORTS, CLEARANCES),
)
RECORDED = (*NOUNS, REVISIONS)  # the files of documents stand in no registry file
ALL = (*RECORDED, DECISIONS)
BY_KIND = {noun.kind: noun for noun in ALL}
