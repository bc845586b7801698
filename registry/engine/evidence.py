"""Evidence: the records that meet a requirement of a use, and those that speak against it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from registry.domain.money import Money
from registry.domain.record import Record
from registry.domain.words import RecordKind
from registry.engine.matter import Matter
from registry.engine.tally import at_work_between


def _party(word: str, matter: Matter) -> set[str]:
    """The names a party goes by: `platform` is whoever commissioned the production."""
    platform = matter.production.platform
    return {word, platform} if word == "platform" and platform else {word, "platform"} if word == platform else {word}


def notices(matter: Matter, to: str) -> tuple[Record, ...]:
    """Notices given to `to` about this use, its replica or the performer's first session, earliest first."""
    found = {
        r.id: r
        for name in (matter.use.id, matter.use.replica)
        if name
        for r in matter.on_file.about(name, RecordKind.NOTICE)
    }
    if matter.performer is not None:
        found |= {
            r.id: r
            for r in matter.on_file.of_performer(matter.performer.id, RecordKind.NOTICE)
            if not r.about and not r.use and r.production == matter.production.id and _first_session_after(r, matter)
        }
    parties = _party(to, matter)
    return _in_order(
        r for r in found.values() if r.to in parties and _concerns(r, matter) and matter.by_as_of(r.given_at)
    )


def _first_session_after(notice: Record, matter: Matter) -> bool:
    """A notice that names no session serves the performer's first one after it on the production."""
    if notice.given_at is None or matter.use.at is None or matter.performer is None:
        return False
    return not at_work_between(matter, notice.given_at, matter.use.at)


def _concerns(record: Record, matter: Matter) -> bool:
    performer = matter.performer.id if matter.performer else None
    return record.performer in (None, performer) and record.production in (None, matter.production.id)


def approval(matter: Matter, sender: str) -> Record | None:
    """The approval by `sender` that stands on the day of the use; a later refusal takes it away."""
    parties = _party(sender, matter)
    said = [
        r
        for kind in (RecordKind.APPROVAL, RecordKind.REFUSAL)
        for r in matter.on_file.about(matter.use.id, kind)
        if r.sender in parties and _before(r.given_at, matter) and matter.by_as_of(r.given_at)
    ]
    said += [r for r in refusals(matter) if r.sender in parties and _before(r.given_at, matter)]
    latest = max(
        said,
        key=lambda r: (r.given_at or dt.datetime.min.replace(tzinfo=dt.UTC), r.kind == "refusal", r.id),
        default=None,
    )
    if latest is None or latest.kind is RecordKind.REFUSAL:
        return None
    expired = latest.until is not None and matter.last_day is not None and latest.until < matter.last_day
    return None if expired else latest


def refusals(matter: Matter) -> tuple[Record, ...]:
    """Earlier refusals of this use or of this performer's act, shown before anyone asks again."""
    of_use = [r for r in matter.on_file.about(matter.use.id, RecordKind.REFUSAL) if matter.use.id in r.use]
    performer = matter.performer.id if matter.performer else None
    of_act = [r for r in matter.on_file.of_performer(performer, RecordKind.REFUSAL) if r.act == matter.use.act]
    found = {r.id: r for r in (*of_use, *of_act)}
    return tuple(
        r
        for _, r in sorted(found.items())
        if matter.by_as_of(r.given_at) and (r.until is None or matter.day is None or matter.day <= r.until)
    )


def reasons(matter: Matter) -> tuple[Record, ...]:
    """Reasons recorded for this use, earliest first."""
    found = matter.on_file.about(matter.use.id, RecordKind.REASON)
    return _in_order(r for r in found if matter.by_as_of(r.given_at))


def bargainings(matter: Matter, with_: str) -> tuple[Record, ...]:
    """Bargaining over this use with `with_` that began before it."""
    return tuple(
        r
        for r in matter.on_file.about(matter.use.id, RecordKind.BARGAINING)
        if r.with_ == with_
        and matter.by_as_of(r.opened_on)
        and (r.opened_on is None or matter.day is None or r.opened_on <= matter.day)
    )


def payments(matter: Matter, rule: str) -> tuple[Record, ...]:
    """What has been paid under a rule for this use."""
    found = matter.on_file.about(matter.use.id, RecordKind.PAYMENT)
    return tuple(r for r in found if r.rule == rule and matter.closed_by(r.paid_on))


def paid(records: Iterable[Record], currency: str) -> int:
    """The sum paid, in minor units of `currency`."""
    amounts: list[Money] = [r.amount for r in records if r.amount is not None and r.amount.currency == currency]
    return sum(a.minor for a in amounts)


def done(matter: Matter, rule: str) -> tuple[Record, ...]:
    """Duties recorded as done under a rule, for this use or its replica."""
    of_use = [r for r in matter.on_file.about(matter.use.id, RecordKind.DONE) if matter.use.id in r.use]
    found = {r.id: r for r in (*of_use, *matter.on_file.of_replica(matter.use.replica, RecordKind.DONE))}
    return tuple(r for _, r in sorted(found.items()) if r.rule == rule and matter.closed_by(r.on))


def _before(moment: dt.datetime | None, matter: Matter) -> bool:
    return moment is None or matter.use.at is None or moment <= matter.use.at


def _in_order(records: Iterable[Record]) -> tuple[Record, ...]:
    return tuple(sorted(records, key=lambda r: (r.given_at or dt.datetime.min.replace(tzinfo=dt.UTC), r.id)))
