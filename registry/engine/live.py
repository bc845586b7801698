"""When a consent is live: executed, by someone with authority then, not expired, revoked, superseded or suspended
(DOMAIN.md §6). A consent's life is spans of days, each as good as the worst thing said against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from fractions import Fraction

from registry.domain.consent import Consent
from registry.domain.dates import FIRST_DAY, LAST_DAY, MAJORITY, civil_date, years_after
from registry.domain.finding import State
from registry.domain.performer import Performer
from registry.domain.record import Record
from registry.domain.values import dataclass, replace
from registry.domain.words import Act, Basis, Capacity, GrantorCapacity, RecordKind
from registry.engine.matter import Matter

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LiveSpan:
    """Days on which a clause lives, both ends included. `quality` is MET, UNKNOWN (`asks` names the facts that would
    tell) or REFER; `why` says what stands against it."""

    first: dt.date
    last: dt.date
    quality: State = State.MET
    why: str | None = None
    asks: tuple[str, ...] = ()


def life_of(consent: Consent, clause: str, matter: Matter) -> tuple[LiveSpan, ...]:
    """The days on which `clause` of `consent` lives, as far as they can concern the use. Empty: it is dead."""
    if consent.signed_at is None or not matter.during(consent.signed_at):
        return ()
    authority = _authority(consent, matter)
    if authority is None:
        return ()
    if matter.day is None:
        return (_quality(State.UNKNOWN, "nobody has said when the use is made", ("use.at",)),)
    span = _executed(consent, matter)
    if span is None:
        return ()
    span = replace(span, quality=authority.quality, why=authority.why, asks=authority.asks)
    spans = [span]
    for narrow in (_after_death, _of_age, _suspended, _amended, _revoked):
        spans = [piece for s in spans for piece in narrow(s, consent, clause, matter)]
    return tuple(s for s in spans if s.first <= s.last)


def _executed(consent: Consent, matter: Matter) -> LiveSpan | None:
    """From signature (on the day of the use: only if signed before it) and within the consent's own term."""
    assert consent.signed_at is not None
    assert matter.day is not None
    first = civil_date(consent.signed_at, matter.production.timezone)
    if first <= matter.day and matter.use.at is not None and consent.signed_at > matter.use.at:
        first = matter.day + ONE_DAY
    first = max(first, consent.from_ or FIRST_DAY)
    last = consent.until or LAST_DAY
    return LiveSpan(first, last) if first <= last else None


def _authority(consent: Consent, matter: Matter) -> LiveSpan | None:
    """Whether the signers had authority when they signed; None where they had not."""
    performer = matter.performer
    assert consent.signed_at is not None
    signed = civil_date(consent.signed_at, matter.production.timezone)
    if performer is None:
        return None
    match consent.grantor.capacity:
        case GrantorCapacity.SELF:
            return _by_self(performer, signed)
        case GrantorCapacity.GUARDIAN:
            return _by_guardian(consent, performer, signed)
        case GrantorCapacity.ESTATE:
            return _by_estate(consent, performer, signed)
        case GrantorCapacity.UNION:
            return _quality(State.REFER, "granted by the union, which is always for counsel to accept")


def _quality(quality: State, why: str | None = None, asks: tuple[str, ...] = ()) -> LiveSpan:
    return LiveSpan(FIRST_DAY, LAST_DAY, quality, why, asks)


def _of_age_from(performer: Performer) -> tuple[dt.date, dt.date] | None:
    """The earliest and the latest day on which the performer may have come of age."""
    if performer.born is None:
        return None
    return years_after(performer.born.first, MAJORITY), years_after(performer.born.last, MAJORITY)


def _by_self(performer: Performer, signed: dt.date) -> LiveSpan | None:
    if performer.died is not None and signed > performer.died.last:
        return None
    of_age = _of_age_from(performer)
    if of_age is None:
        return _quality(State.UNKNOWN, "the performer's date of birth is not on file", ("performer.age",))
    if signed < of_age[0]:
        return None
    if signed < of_age[1]:
        return _quality(State.REFER, "the birth date on file does not tell whether the performer signed as a minor")
    if performer.died is not None and signed >= performer.died.first:
        return _quality(State.REFER, "the date of death on file does not tell whether the performer signed in life")
    return _quality(State.MET)


def _by_guardian(consent: Consent, performer: Performer, signed: dt.date) -> LiveSpan | None:
    guardian = performer.representative(consent.grantor.representative)
    if guardian is None or guardian.capacity is not Capacity.GUARDIAN or not guardian.acts_on(signed):
        return None
    of_age = _of_age_from(performer)
    if performer.died is not None and signed > performer.died.last:
        return None
    if of_age is None:
        return _quality(State.UNKNOWN, "the performer's date of birth is not on file", ("performer.age",))
    return None if signed >= of_age[1] else _quality(State.MET)


def _by_estate(consent: Consent, performer: Performer, signed: dt.date) -> LiveSpan | None:
    """Holders of more than half of the rights, exactly; a share that is not on file is for counsel."""
    if performer.died is None or signed < performer.died.first:
        return None
    signers = [
        performer.representative(g.representative)
        for g in (consent.grantor, *consent.co_grantors)
        if g.capacity is GrantorCapacity.ESTATE
    ]
    holders = {s.id: s for s in signers if s and s.capacity is Capacity.ESTATE and s.acts_on(signed)}
    if sum((h.share for h in holders.values() if h.share is not None), Fraction(0)) > Fraction(1, 2):
        return _quality(State.MET)
    if any(h.share is None for h in holders.values()):
        return _quality(State.REFER, "the share of a holder who signed is not on file")
    return None


def _after_death(span: LiveSpan, consent: Consent, clause: str, matter: Matter) -> Iterable[LiveSpan]:
    """A lifetime-only consent ends with the life; another one given in life survives."""
    died = matter.performer.died if matter.performer else None
    if died is None or not consent.lifetime_only or consent.grantor.capacity is GrantorCapacity.ESTATE:
        return [span]
    return [replace(span, last=min(span.last, died.first - ONE_DAY))]


def _of_age(span: LiveSpan, consent: Consent, clause: str, matter: Matter) -> Iterable[LiveSpan]:
    """A guardian's consent does not reach uses first made on or after the day the performer is of age."""
    if consent.grantor.capacity is not GrantorCapacity.GUARDIAN or matter.performer is None or matter.day is None:
        return [span]
    of_age = _of_age_from(matter.performer)
    if of_age is None or matter.day < of_age[0]:
        return [span]
    return [_worse(span, "a guardian signed, and the performer is of age by then")]


def _suspended(span: LiveSpan, consent: Consent, clause: str, matter: Matter) -> Iterable[LiveSpan]:
    """A suspension under the production's agreement, both ends included."""
    spans = [span]
    for record in matter.on_file.records(RecordKind.SUSPENSION):
        concerns = record.performer in (None, consent.performer)
        if record.agreement is matter.production.agreement and concerns and matter.during(record.from_):
            spans = [p for s in spans for p in _without(s, record.from_ or FIRST_DAY, record.to_day or LAST_DAY)]
    return spans


def _amended(span: LiveSpan, consent: Consent, clause: str, matter: Matter) -> Iterable[LiveSpan]:
    """From the day an amendment takes effect the clauses it names are replaced by another signed consent."""
    spans = [span]
    for record in _against(consent, clause, RecordKind.AMENDMENT, matter):
        replacement = matter.on_file.consents.get(record.replaced_by or "")
        if replacement is None or (replacement.signed_at is not None and matter.during(replacement.signed_at)):
            spans = [p for s in spans for p in _without(s, record.effective or FIRST_DAY, LAST_DAY)]
    return spans


def _revoked(span: LiveSpan, consent: Consent, clause: str, matter: Matter) -> Iterable[LiveSpan]:
    """A revocation that terms or a statute allow stops uses from its effective day; another puts them on hold."""
    spans = [span]
    for record in _against(consent, clause, RecordKind.REVOCATION, matter):
        effective = record.effective or FIRST_DAY
        revocable = consent.revocable
        by_right = consent.basis is Basis.EXPLICIT_CONSENT or (revocable is not None and revocable.by_terms is True)
        earliest = effective
        if revocable and revocable.notice_days and record.received_at and consent.basis is not Basis.EXPLICIT_CONSENT:
            received = civil_date(record.received_at, matter.production.timezone)
            earliest = max(effective, received + dt.timedelta(days=revocable.notice_days))
        held = [p for s in spans for p in _held(s, effective, f"revocation {record.id} has no stated right behind it")]
        spans = [p for s in held for p in _without(s, earliest, LAST_DAY)] if by_right else held
    return spans


def _against(consent: Consent, clause: str, kind: RecordKind, matter: Matter) -> Sequence[Record]:
    return [
        r
        for r in matter.on_file.of_consent(consent.id, kind)
        if ("all" in r.grants or clause in r.grants) and matter.during(r.effective)
    ]


def _without(span: LiveSpan, first: dt.date, last: dt.date) -> Iterable[LiveSpan]:
    """The span outside the days from `first` to `last`."""
    if last < span.first or span.last < first:
        return [span]
    pieces = []
    if span.first < first:
        pieces.append(replace(span, last=first - ONE_DAY))
    if last < span.last:
        pieces.append(replace(span, first=last + ONE_DAY))
    return pieces


def _held(span: LiveSpan, first: dt.date, why: str) -> Iterable[LiveSpan]:
    """The span as it was before `first`, and on hold from that day on."""
    if span.last < first:
        return [span]
    held = _worse(replace(span, first=max(span.first, first)), why)
    return [held] if first <= span.first else [replace(span, last=first - ONE_DAY), held]


def _worse(span: LiveSpan, why: str) -> LiveSpan:
    return replace(span, quality=State.REFER, why=f"{span.why}; {why}" if span.why else why)


def creation_consented(matter: Matter) -> bool | None:
    """Whether some consent live when the replica was made let it be made, for its elements and production."""
    replica = matter.replica
    if replica is None or matter.performer is None:
        return None
    wanted = set(replica.elements)
    day = replica.made_on
    made_for = matter.on_file.productions.get(replica.made_for or "")
    for consent in matter.on_file.consents_of(matter.performer.id):
        if consent.signed_at is None or not matter.during(consent.signed_at):
            continue
        signed = civil_date(consent.signed_at, matter.production.timezone)
        authority = _authority(consent, matter)
        if authority is None or authority.quality is not State.MET or (day is not None and signed > day):
            continue
        for grant in consent.grants:
            if Act.CREATE_REPLICA in grant.acts and (made_for is None or made_for.is_named_by(grant.productions)):
                wanted -= set(grant.elements)
    return not wanted
