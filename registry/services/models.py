"""The ledger of models: what each was trained on, under which consents, for which picture, and where it may run."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from registry.domain.consent import Consent
from registry.domain.finding import State
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.replica import Model, Replica
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act, RecordKind
from registry.engine.on_file import OnFile
from registry.engine.reach import Clause
from registry.rules.catalogue import Catalogue
from registry.services.browsing import listed, one_of
from registry.services.supposing import Supposing, day_for, noon
from registry.storage.store import Store

# What running a model of somebody is, on the picture it was made for; anywhere else it is reuse, and nothing less.
RUNNING = (Act.USE_REPLICA, Act.ALTER_PERFORMANCE, Act.DUB, Act.REUSE_MODEL)


class MayRun(StrEnum):
    YES = "may run"
    OPEN = "open"
    NO = "may not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leave:
    """What one person whose material is in a model lets it do on a picture. `clauses` are those that live that day."""

    performer: str
    name: str
    trained: bool | None  # whether a consent to the training is named: None where none of those named is on file
    clauses: tuple[Clause, ...]
    lacks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A model on a picture. `delete_by` is the first day on which a consent it was trained under has ended (None: none
    of them ends, or none is on file)."""

    model: Model
    production: str | None
    may_run: MayRun
    leaves: tuple[Leave, ...]
    lacks: tuple[str, ...]
    delete_by: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSheet:
    """A model as last recorded, who is in it, the consents it names, and the uses that run it."""

    model: Model
    earlier: tuple[Model, ...]
    performers: tuple[Performer, ...]
    consents: tuple[Consent, ...]
    uses: tuple[Use, ...]
    delete_by: dt.date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplicaSheet:
    """A replica as last recorded, and the records about it."""

    replica: Replica
    earlier: tuple[Replica, ...]
    records: tuple[Record, ...]
    uses: tuple[Use, ...]


def list_models(store: Store) -> tuple[Model, ...]:
    """Every model as last recorded, by id."""
    return listed(store, Model)


def list_replicas(store: Store) -> tuple[Replica, ...]:
    """Every replica as last recorded, by id."""
    return listed(store, Replica)


def show_model(store: Store, model: str) -> ModelSheet:
    """One model. Raises UsageError where none of that id is on file."""
    *earlier, last = one_of(store, Model, model, "model")
    consents = store.values(Consent, last.consents)
    return ModelSheet(
        model=last,
        earlier=tuple(earlier),
        performers=tuple({p.id: p for p in store.values(Performer, last.trained_on)}.values()),
        consents=consents,
        uses=tuple(use for use in listed(store, Use) if use.model == model),
        delete_by=_delete_by(last, consents, _standing_revocations(store, consents)),
    )


def show_replica(store: Store, replica: str) -> ReplicaSheet:
    """One replica. Raises UsageError where none of that id is on file."""
    *earlier, last = one_of(store, Replica, replica, "replica")
    uses = tuple(use for use in listed(store, Use) if use.replica == replica)
    world = store.load(performers=[last.performer] if last.performer else [], uses=uses)
    about = [r for r in world.records if r.replica == replica or replica in r.about]
    return ReplicaSheet(replica=last, earlier=tuple(earlier), records=tuple(about), uses=uses)


def check_models(
    store: Store,
    catalogue: Catalogue,
    *,
    production: str,
    now: dt.datetime,
    today: dt.date,
    on: dt.date | None = None,
    models: Iterable[str] = (),
) -> tuple[LedgerLine, ...]:
    """Which models may run on a production on a day, and what each lacks. Raises UsageError for ids not on file."""
    picture = one_of(store, Production, production, "production")[-1]
    wanted = [one_of(store, Model, model, "model")[-1] for model in models] or list(list_models(store))
    people = sorted({p for model in wanted for p in model.trained_on})
    made_for = {m.made_for for m in wanted if m.made_for}
    world = store.load(performers=people, productions=[production, *sorted(made_for)])
    supposing = Supposing.of(world, catalogue, now=now)
    day = on or day_for(picture, today)
    return tuple(_line(supposing, model, picture, day) for model in wanted)


def _line(supposing: Supposing, model: Model, picture: Production, day: dt.date) -> LedgerLine:
    leaves = tuple(_leave(supposing, model, person, picture, day) for person in model.trained_on)
    lacks = [*(lack for leave in leaves for lack in leave.lacks)]
    if not model.trained_on:
        lacks.append("nobody says whose material it was trained on")
    if not model.made_for:
        lacks.append("nobody says for which production it was trained")
    elif model.made_for != picture.id and model.co_owners:
        lacks.append(f"the agreement of its co-owners: {', '.join(model.co_owners)}")
    consents = [c for name in model.consents if (c := supposing.on_file.consents.get(name))]
    delete_by = _delete_by(model, consents, _revocations(supposing, consents))
    if delete_by is not None and delete_by <= day:
        lacks.append(f"a consent it was trained under ended on {delete_by.isoformat()}")
    open_ = [c for leave in leaves for c in leave.clauses if c.state is not State.MET]
    may = MayRun.NO if lacks else MayRun.OPEN if _all_open(leaves) and open_ else MayRun.YES
    return LedgerLine(
        model=model, production=picture.id, may_run=may, leaves=leaves, lacks=tuple(lacks), delete_by=delete_by
    )


def _all_open(leaves: Iterable[Leave]) -> bool:
    """Whether somebody has no clause that is without doubt."""
    return any(not any(c.state is State.MET for c in leave.clauses) for leave in leaves)


def _leave(supposing: Supposing, model: Model, person: str, picture: Production, day: dt.date) -> Leave:
    acts = RUNNING if model.made_for == picture.id else (Act.REUSE_MODEL,)
    clauses: dict[tuple[str, str], Clause] = {}
    for act in acts:
        use = Use(
            id="supposed", act=act, production=picture.id, performers=(person,), model=model.id, at=noon(day, picture)
        )
        for clause in supposing.reach(use, person).clauses:
            if clause.state is not State.UNMET:
                clauses[clause.consent.id, clause.grant.clause] = clause
    on_file = supposing.on_file.performers.get(person)
    name = on_file.known_as if on_file else person
    trained = _trained(supposing, model, person)
    return Leave(
        performer=person,
        name=name,
        trained=trained,
        clauses=tuple(clauses.values()),
        lacks=tuple(_lacks(supposing, model, person, name, picture, day, clauses.values(), trained)),
    )


def _lacks(
    supposing: Supposing,
    model: Model,
    person: str,
    name: str,
    picture: Production,
    day: dt.date,
    clauses: Iterable[Clause],
    trained: bool | None,
) -> Iterator[str]:
    if not trained:
        yield f"a consent of {name} to the training" + ("" if trained is False else ": none that is named is on file")
    if not list(clauses):
        what = "to run it" if model.made_for == picture.id else "to reuse a model"
        yield f"a live consent of {name} {what} on {picture.id}"
    for record in supposing.on_file.of_performer(person, RecordKind.REFUSAL):
        ended = record.until is not None and record.until < day
        acts = RUNNING[:-1] if model.made_for == picture.id else (Act.REUSE_MODEL,)
        concerns = record.act in acts and record.production in (None, picture.id)
        if concerns and not ended:
            yield f"{name} refused to {str(record.act).replace('_', ' ')} ({record.id})"


def _trained(supposing: Supposing, model: Model, person: str) -> bool | None:
    """Whether a consent the model names lets it be trained on this person."""
    theirs = [c for n in model.consents if (c := supposing.on_file.consents.get(n)) and c.performer == person]
    if not theirs:
        return None
    made_for = supposing.on_file.productions.get(model.made_for or "")
    return any(
        consent.signed_at is not None
        and any(
            Act.TRAIN_MODEL in grant.acts and (made_for is None or made_for.is_named_by(grant.productions))
            for grant in consent.grants
        )
        for consent in theirs
    )


def _standing_revocations(store: Store, consents: Iterable[Consent]) -> tuple[Record, ...]:
    theirs = tuple(consents)
    world = store.load(performers=sorted({c.performer for c in theirs}))
    on_file = OnFile.of(world, known_at=dt.datetime.max.replace(tzinfo=dt.UTC))
    return tuple(r for c in theirs for r in on_file.of_consent(c.id, RecordKind.REVOCATION))


def _revocations(supposing: Supposing, consents: Iterable[Consent]) -> tuple[Record, ...]:
    return tuple(r for c in consents for r in supposing.on_file.of_consent(c.id, RecordKind.REVOCATION))


def _delete_by(model: Model, consents: Iterable[Consent], revocations: Iterable[Record]) -> dt.date | None:
    """The first day after a consent to the training ends, or on which it is revoked."""
    ends = [
        last + dt.timedelta(days=1)
        for consent in consents
        for grant in consent.grants
        if Act.TRAIN_MODEL in grant.acts
        for last in [min((d for d in (grant.until, consent.until) if d), default=None)]
        if last is not None
    ]
    ends += [r.effective for r in revocations if r.effective]
    return min(ends, default=None)
