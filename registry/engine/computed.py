"""Facts computed from the registry: the performer, the engagement, the production, the replica, the model.

They come in pieces: what follows from the production alone is worked out once for all uses of the production.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from registry.domain.consent import Consent
from registry.domain.dates import MAJORITY, age_on
from registry.domain.facts import FactValue, Origin
from registry.domain.performer import Performer
from registry.domain.words import Act, Agreement, Basis, RecordKind, ReplicaKind
from registry.engine.evidence import approval
from registry.engine.live import creation_consented
from registry.engine.matter import Matter
from registry.engine.pieces import Piece


def computed(matter: Matter) -> Iterable[Piece]:
    """Every computed fact the registry can answer; one it cannot is left out, and its question asks for the record."""
    performer, production, replica = id(matter.performer), id(matter.production), id(matter.replica)
    yield Piece(Origin.REGISTRY, _use)
    yield Piece(Origin.REGISTRY, _performer, ("performer", performer, replica, matter.use.act, matter.day))
    yield Piece(Origin.REGISTRY, _engagement, ("engagement", *map(id, matter.engagements)))
    yield Piece(Origin.REGISTRY, _production, ("production", production))
    yield Piece(Origin.REGISTRY, _strike, ("strike", production, matter.when))
    if matter.model is not None:
        yield Piece(Origin.REGISTRY, _model)
    if matter.replica is not None:
        yield Piece(Origin.REGISTRY, _replica, ("replica", replica, performer, production, matter.when))


def deceased(performer: Performer, day: dt.date | None) -> bool | None:
    """Whether the performer is dead on `day`; None where the date of death is not known well enough."""
    died = performer.died
    if died is None:
        return False
    if day is None or died.first <= day < died.last:
        return None
    return died.last <= day


def minor(performer: Performer, day: dt.date | None) -> bool | None:
    """Whether the performer is under 18 on `day`; None where the birth date does not tell."""
    born = performer.born
    if born is None or day is None or day < born.first:
        return None
    youngest, oldest = age_on(born.last, day), age_on(born.first, day)
    if youngest >= MAJORITY:
        return False
    return True if oldest < MAJORITY else None


def _use(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    yield "use.on", matter.day
    yield "use.last_on", matter.last_day
    yield "use.places", (matter.use.place,) if matter.use.place else matter.production.places or None
    yield "use.performer_named", bool(matter.use.performers)
    yield "use.under_explicit_consent", bool(_data_protection_consents(matter))
    yield "use.consent_withdrawn", any(_withdrawn(consent, matter) for consent in _data_protection_consents(matter))


def _data_protection_consents(matter: Matter) -> tuple[Consent, ...]:
    """The performer's signed explicit consents that name the use's act and production, withdrawn or not."""
    performer = matter.performer.id if matter.performer else None
    return tuple(
        c
        for c in matter.on_file.consents_of(performer)
        if c.basis is Basis.EXPLICIT_CONSENT
        and c.signed_at is not None
        and matter.during(c.signed_at)
        and any(matter.use.act in g.acts and matter.production.is_named_by(g.productions) for g in c.grants)
    )


def _withdrawn(consent: Consent, matter: Matter) -> bool:
    return any(
        matter.during(r.effective) and _on_or_before(r.effective, matter.last_day)
        for r in matter.on_file.of_consent(consent.id, RecordKind.REVOCATION)
    )


def _on_or_before(day: dt.date | None, last: dt.date | None) -> bool:
    return day is None or last is None or day <= last


def _performer(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    performer, day = matter.performer, matter.day
    yield "performer.synthetic", _nobody(matter)
    if performer is None:
        yield "performer.minor", False
        yield "performer.minor_when_captured", False
        yield "performer.deceased", False
        return
    if performer.born and day and performer.born.exact:
        yield "performer.age", age_on(performer.born.first, day)
    yield "performer.minor", minor(performer, day)
    yield "performer.minor_when_captured", _minor_when_captured(matter, performer)
    yield "performer.deceased", deceased(performer, day)
    if performer.died:
        yield "performer.died_on", performer.died.last
        yield "performer.died_first", performer.died.first
        yield "performer.died_last", performer.died.last
    yield "performer.domicile", performer.domicile


def _minor_when_captured(matter: Matter, performer: Performer) -> bool | None:
    """On the day the replica was made; a capture with no replica on file is the use itself. Whoever is a minor when a
    replica is used was one when it was made; an adult may have been, where that day is not known."""
    replica = matter.replica
    if replica is None or replica.made_on is not None or matter.use.act is Act.CREATE_REPLICA:
        return minor(performer, (replica and replica.made_on) or matter.day)
    return True if minor(performer, matter.day) else None


def _nobody(matter: Matter) -> bool:
    """Whether there is no identifiable performer: a synthetic, or work with nobody in it. An act on a person stays one
    while its person is not named."""
    act, replica = matter.use.act, matter.replica
    if act is Act.USE_SYNTHETIC or (replica is not None and replica.kind is ReplicaKind.SYNTHETIC):
        return True
    return matter.performer is None and act in (Act.GENERATE_MATERIAL, Act.PROMPT_LIKENESS)


def _engagement(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    yield "engagement.exists", bool(matter.engagements)
    engagement = matter.engagement
    if engagement is None:
        return
    yield "engagement.category", engagement.category
    yield "engagement.engaged_at", engagement.engaged_at
    yield "engagement.starts_on", engagement.starts_on
    yield "engagement.daily_rate", engagement.daily_rate
    yield "engagement.covered_by_agreement", engagement.covered_by_agreement
    yield "engagement.via_loan_out", engagement.loan_out not in (None, "none")


def _production(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    production = matter.production
    agreement = production.agreement
    yield "production.id", production.id
    yield "production.kind", production.kind.value if production.kind else None
    yield "production.agreement", agreement.value if agreement and agreement is not Agreement.UNKNOWN else None
    yield "production.signatory", production.signatory
    yield "production.platform", production.platform
    yield "production.photography_starts_on", production.photography_starts_on
    yield "production.places", production.places or None
    yield "production.governing_law", production.governing_law
    yield "production.released_in", production.released_in
    yield "production.released_on", production.released_on
    yield "production.original_language", production.original_language
    yield "production.advertiser", production.advertiser
    yield "production.product_line", production.product_line
    yield "production.first_use_on", production.first_use_on


def _strike(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    """Whether a strike under the production's agreement touches a day of the use, both ends included."""
    agreement, day, last = matter.production.agreement, matter.day, matter.last_day
    if agreement in (None, Agreement.UNKNOWN) or day is None or last is None:
        return
    yield (
        "production.strike",
        any(
            strike.agreement is agreement
            and matter.during(strike.from_)
            and (strike.from_ is None or strike.from_ <= last)
            and (strike.to_day is None or day <= strike.to_day)
            for strike in matter.on_file.records(RecordKind.STRIKE)
        ),
    )


def _model(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    assert matter.model is not None
    yield "model.made_for", matter.model.made_for
    yield "model.co_owners_agreed", all(approval(matter, owner) is not None for owner in matter.model.co_owners)


def _replica(matter: Matter) -> Iterable[tuple[str, FactValue | None]]:
    replica = matter.replica
    assert replica is not None
    yield "replica.kind", replica.kind.value if replica.kind else None
    yield "replica.made_from", replica.made_from.value if replica.made_from else None
    yield "replica.made_for", replica.made_for
    yield "replica.made_on", replica.made_on
    yield "replica.purpose_ended_on", replica.purpose_ended_on
    yield "replica.last_contact_on", replica.last_contact_on
    yield "replica.creation_consented", creation_consented(matter)
