"""Records: something happened and was written down. Added, never edited; a correction is another record."""

from __future__ import annotations

import datetime as dt
from dataclasses import field

from registry.domain.money import Money
from registry.domain.values import dataclass
from registry.domain.words import Agreement, RecordKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record of FORMATS.md §1. Which fields a kind needs stands in `REQUIRED` and `OPTIONAL`."""

    id: str
    kind: RecordKind
    to: str | None = None
    sender: str | None = None
    use: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    performer: str | None = None
    production: str | None = None
    act: str | None = None
    given_at: dt.datetime | None = None
    by: str | None = None
    reference: str | None = None
    conditions: str | None = None
    until: dt.date | None = None
    document: str | None = None
    because: str | None = None
    text: str | None = None
    question: str | None = None
    rule: str | None = None
    answer: str | None = None
    decided_by: str | None = None
    capacity: str | None = None
    decided_on: dt.date | None = None
    consent: str | None = None
    clause: str | None = None
    amount: Money | None = None
    paid_on: dt.date | None = None
    replica: str | None = None
    on: dt.date | None = None
    note: str | None = None
    with_: str | None = None
    opened_on: dt.date | None = None
    concluded_on: dt.date | None = None
    for_: str | None = None
    grants: tuple[str, ...] = ()
    received_at: dt.datetime | None = None
    effective: dt.date | None = None
    replaced_by: str | None = None
    agreement: Agreement | None = None
    from_: dt.date | None = None
    to_day: dt.date | None = None
    made_at: dt.datetime | None = None
    seconds: int | None = None
    days: int | None = None
    corrects: str | None = None
    recorded_at: dt.datetime | None = field(default=None, compare=False)

    @property
    def own_moment(self) -> dt.datetime | dt.date | None:
        """When the thing recorded happened, as far as the record says."""
        return self.received_at or self.given_at or self.made_at or self.decided_on or self.paid_on or self.on


# FORMATS.md §1, the table "What each kind needs". Names are those of the file; `a|b` asks for one of the two.
REQUIRED: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.NOTICE: ("to", "given_at", "production|about"),
    RecordKind.REQUEST: ("to", "use", "given_at"),
    RecordKind.APPROVAL: ("from", "use", "given_at"),
    RecordKind.REFUSAL: ("from", "use|performer", "given_at"),
    RecordKind.REASON: ("use", "given_at", "text"),
    RecordKind.RULING: ("question", "answer", "decided_by", "capacity", "decided_on", "because", "use|consent"),
    RecordKind.PAYMENT: ("use", "rule", "amount", "paid_on"),
    RecordKind.DONE: ("use|replica", "rule", "on"),
    RecordKind.BARGAINING: ("with", "use", "opened_on"),
    RecordKind.SEARCH: ("for", "performer", "from"),
    RecordKind.REVOCATION: ("consent", "grants", "effective"),
    RecordKind.AMENDMENT: ("consent", "grants", "replaced_by", "effective"),
    RecordKind.SUSPENSION: ("agreement", "from"),
    RecordKind.STRIKE: ("agreement", "from"),
    RecordKind.USE_MADE: ("use", "made_at"),
    RecordKind.CORRECTION: ("corrects", "because", "given_at"),
}
OPTIONAL: dict[RecordKind, tuple[str, ...]] = {
    RecordKind.NOTICE: ("about", "performer", "production", "by", "reference", "note"),
    RecordKind.REQUEST: ("by", "reference", "conditions", "until", "document", "note"),
    RecordKind.APPROVAL: ("by", "reference", "conditions", "until", "document", "note"),
    RecordKind.REFUSAL: ("use", "performer", "act", "production", "by", "because", "until", "reference"),
    RecordKind.REASON: ("by",),
    RecordKind.RULING: ("use", "consent", "clause", "rule"),
    RecordKind.PAYMENT: ("by", "reference", "note"),
    RecordKind.DONE: ("use", "replica", "by", "note"),
    RecordKind.BARGAINING: ("concluded_on", "by", "note"),
    RecordKind.SEARCH: ("to", "note", "by"),
    RecordKind.REVOCATION: ("received_at", "by", "because"),
    RecordKind.AMENDMENT: ("by", "because"),
    RecordKind.SUSPENSION: ("performer", "to", "by"),
    RecordKind.STRIKE: ("to", "by"),
    RecordKind.USE_MADE: ("seconds", "days", "by"),
    RecordKind.CORRECTION: ("by",),
}
