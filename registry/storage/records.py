"""Records as rows: what they are about, by number, and the days they speak of. Who, why and what stay with the text.

A record about a use is bound to that use as it was then on file: `record_subjects.digest` keeps the digest of the
version known when the record was made. A use that was not on file yet binds nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from registry.domain.record import Record
from registry.storage.kinds import Kind
from registry.storage.productions import amount
from registry.storage.projection import Mention, Place, Rows, mention
from registry.storage.tables import record_subjects, records
from registry.storage.written import day, moment, word


def mentions(record: Record) -> Iterator[Mention]:
    """Everything it names. Uses need not be on file, and a notice may be about a replica that is only planned."""
    yield from mention(Kind.PERFORMER, record.performer, on_file=True)
    yield from mention(Kind.PRODUCTION, record.production, on_file=True)
    yield from mention(Kind.CONSENT, record.consent, record.replaced_by, on_file=True)
    yield from mention(Kind.RECORD, record.corrects, on_file=True)
    yield from mention(Kind.REPLICA, record.replica, on_file=True)
    yield from mention(Kind.USE, *record.use, *record.about)
    yield from mention(Kind.REPLICA, *record.about)


def rows(record: Record, place: Place) -> Rows:
    """One row for the record, one for each use it names; `about` may mean a use or a replica: a row each."""
    yield place.row(
        records,
        kind=record.kind.value,
        performer=place.number(Kind.PERFORMER, record.performer),
        production=place.number(Kind.PRODUCTION, record.production),
        consent=place.number(Kind.CONSENT, record.consent),
        replica=place.number(Kind.REPLICA, record.replica),
        corrects=place.number(Kind.RECORD, record.corrects),
        replaced_by=place.number(Kind.CONSENT, record.replaced_by),
        agreement=word(record.agreement),
        from_day=day(record.from_),
        to_day=day(record.to_day),
        effective=day(record.effective),
        **_happened(record.own_moment),
        **amount("amount", record.amount),
    )
    named = [("use", Kind.USE, use) for use in record.use]
    named += [("about", kind, about) for about in record.about for kind in (Kind.USE, Kind.REPLICA)]
    for position, (role, kind, identifier) in enumerate(named):
        bound = place.use_on_file(identifier) if kind is Kind.USE else None
        subject = {"role": role, "thing": place.number(kind, identifier), "digest": bound.digest if bound else None}
        yield place.part(record_subjects, position, **subject)


def _happened(when: dt.datetime | dt.date | None) -> dict[str, Any]:
    if isinstance(when, dt.datetime):
        return {"happened_at": moment(when), "happened_on": None}
    return {"happened_at": None, "happened_on": day(when)}
