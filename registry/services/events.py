"""Events that take something away, as two worlds: without them and with them. One on file is taken out, one that is
supposed is put in; nothing is recorded."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from registry.domain.consent import Consent
from registry.domain.record import Record
from registry.domain.values import dataclass
from registry.domain.words import Agreement, RecordKind
from registry.domain.world import World
from registry.errors import UsageError

_SUPPOSED = "supposed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """An event: its worlds, when it takes effect, what to call it, and the consents and people it is about."""

    text: str
    effective: dt.date
    before: World
    after: World
    recorded: bool
    consents: frozenset[str]
    performers: frozenset[str]
    command: str | None


def withdrawal(
    world: World,
    consent: Consent,
    *,
    effective: dt.date,
    clauses: tuple[str, ...],
    received: dt.datetime,
    who: str,
) -> Event:
    """A revocation of a consent, or of some of its clauses, that is not on file. Terms may let it count only so many
    days after it is `received`."""
    known = {g.clause for g in consent.grants}
    unknown = sorted(set(clauses) - known)
    if unknown:
        raise UsageError(
            f"Consent {consent.id} has no clause {', '.join(unknown)}; it has {', '.join(sorted(known))}.",
            f"registry consent show {consent.id}",
        )
    record = _revocation(consent, effective, clauses or ("all",), received)
    some = f" --grants {','.join(clauses)}" if clauses else ""
    which = f" §{', §'.join(clauses)}" if clauses else ""
    return Event(
        text=f"{who} revokes consent {consent.id}{which}",
        effective=effective,
        before=world,
        after=_with(world, record),
        recorded=False,
        consents=frozenset({consent.id}),
        performers=frozenset({consent.performer}),
        command=f"registry record revocation {consent.id} --effective {effective}{some}",
    )


def withdrawals(world: World, performer: str, *, effective: dt.date, received: dt.datetime, who: str) -> Event:
    """A revocation of everything a performer signed."""
    theirs = sorted((c for c in world.consents if c.performer == performer), key=lambda c: c.id)
    records = [_revocation(c, effective, ("all",), received) for c in theirs if c.signed_at is not None]
    return Event(
        text=f"{who} withdraws every consent",
        effective=effective,
        before=world,
        after=_with(world, *records),
        recorded=False,
        consents=frozenset(r.consent for r in records if r.consent),
        performers=frozenset({performer}),
        command="\n".join(f"registry record revocation {r.consent} --effective {effective}" for r in records) or None,
    )


def called(
    world: World,
    kind: RecordKind,
    agreement: Agreement,
    *,
    first: dt.date,
    last: dt.date | None = None,
    performer: str | None = None,
) -> Event:
    """A strike or a suspension under an agreement, that is not on file."""
    record = Record(id=f"({_SUPPOSED})", kind=kind, agreement=agreement, from_=first, to_day=last, performer=performer)
    until = f" --to {last}" if last else ""
    whom = f" --performer {performer}" if performer else ""
    return Event(
        text=f"a {kind.value} under {agreement.value}",
        effective=first,
        before=world,
        after=_with(world, record),
        recorded=False,
        consents=frozenset(),
        performers=frozenset({performer} if performer else ()),
        command=f"registry record {kind.value} {agreement.value} --from {first}{until}{whom}",
    )


def end(world: World, consent: Consent, *, on: dt.date | None, who: str) -> Event:
    """A consent that ends on its last day; `on` supposes another."""
    last = on or consent.until
    if last is None:
        raise UsageError(f"Consent {consent.id} has no last day.", f"registry impact end {consent.id} --on 2027-06-30")
    ended = replace(consent, until=last)
    endless = replace(consent, until=None)
    return Event(
        text=f"consent {consent.id} of {who} ends",
        effective=last + dt.timedelta(days=1),
        before=_changed(world, endless if on is None else consent),
        after=_changed(world, ended),
        recorded=on is None,
        consents=frozenset({consent.id}),
        performers=frozenset({consent.performer}),
        command=None,
    )


def on_file(world: World, record: Record) -> Event:
    """An event that is on file: a revocation, an amendment, a strike, a suspension, or another record."""
    consent = next((c for c in world.consents if c.id == record.consent), None)
    about = record.performer or (consent.performer if consent else None)
    moment = record.effective or record.from_ or record.own_moment
    day = moment.date() if isinstance(moment, dt.datetime) else moment
    return Event(
        text=f"{record.kind.value.replace('_', ' ')} {record.id}",
        effective=day or dt.date.min,
        before=replace(world, records=tuple(r for r in world.records if r.id != record.id)),
        after=world,
        recorded=True,
        consents=frozenset({record.consent} if record.consent else ()),
        performers=frozenset({about} if about else ()),
        command=None,
    )


def _revocation(consent: Consent, effective: dt.date, clauses: tuple[str, ...], received: dt.datetime) -> Record:
    return Record(
        id=f"({_SUPPOSED}, {consent.id})",
        kind=RecordKind.REVOCATION,
        consent=consent.id,
        grants=clauses,
        effective=effective,
        received_at=received,
    )


def _with(world: World, *records: Record) -> World:
    return replace(world, records=(*world.records, *records))


def _changed(world: World, consent: Consent) -> World:
    return replace(world, consents=tuple(consent if c.id == consent.id else c for c in world.consents))
