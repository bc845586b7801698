"""What is on file about one thing, for people: headings, labelled lines, and tables of what hangs on it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from registry.cli.output import labelled, paragraph, table
from registry.cli.phrases import answer, day, listing, moment, said, scenes
from registry.domain.clearance_report import Label
from registry.domain.consent import Consent, Grant, Limits
from registry.domain.dates import DateSpan
from registry.domain.performer import Standing
from registry.domain.reading import Section
from registry.domain.record import Record

INDENT = 14


def line(label: str, text: str | None) -> list[str]:
    """A labelled line; nothing where there is nothing to say."""
    return labelled(label, text, indent=INDENT) if text else []


def labels(found: Iterable[Label]) -> list[str]:
    """Labelled lines, one under the other."""
    return [said for label in found for said in line(label.label, label.text)]


def tables(found: Iterable[Section]) -> list[str]:
    """Titled tables, one under the other."""
    return [said for table_ in found for said in section(table_.heading, table_.rows)]


def section(title: str, rows: Sequence[Sequence[str]]) -> list[str]:
    """A titled table; nothing where it is empty."""
    return ["", f" {title}", *table(rows, indent=3)] if rows else []


def span(first: dt.date | None, last: dt.date | None) -> str:
    """`from 14 Sep 2026 to 31 Dec 2030`, as far as it is known."""
    begins = f"from {day(first)}" if first else ""
    ends = f"to {day(last)}" if last else ""
    return f"{begins} {ends}".strip()


def born(date: DateSpan | None) -> str | None:
    if date is None:
        return None
    return day(date.first) if date.exact else str(date)


def yes_no(value: bool | str | None) -> str:
    """Unknown is said out loud."""
    return "not known" if value is None else answer(value)


def standing(found: Standing) -> list[str]:
    member = f"no. {found.member_id}" if found.member_id else ""
    return [found.union, found.status.replace("_", " "), span(found.from_, found.to), member]


def records(found: Iterable[Record]) -> list[str]:
    """Records, each with its id, kind and day, and under that what it says; the latest last."""
    lines: list[str] = []
    for when, record in by_day(found):
        lines.append(f"   {record.id}   {said(record.kind.value)}{f', {day(when)}' if when else ''}")
        lines += paragraph(says(record), 6) if says(record) else []
    return ["", " Records", *lines] if lines else []


def by_day(found: Iterable[Record]) -> list[tuple[dt.date | None, Record]]:
    """Records with their days, the latest last; what has no day first."""
    return sorted(((day_of(r), r) for r in found), key=lambda pair: (pair[0] or dt.date.min, pair[1].id))


def day_of(record: Record) -> dt.date | None:
    """The day on which what it records happened, as far as it is known."""
    happened = record.own_moment or record.effective or record.from_ or record.opened_on
    return happened.date() if isinstance(happened, dt.datetime) else happened


def says(record: Record) -> str:
    """What a record says beside its kind and its day, in a line."""
    about = listing((*record.use, *record.about)) or record.replica or ""
    parts = [
        f"{record.question}: {record.answer}" if record.question else "",
        f"to {record.to}" if record.to else "",
        f"from {record.sender}" if record.sender else "",
        f"with {record.with_}" if record.with_ else "",
        f"for {said(record.for_)}" if record.for_ else "",
        said(record.act) if record.act else "",
        record.agreement or "",
        record.rule or "",
        record.amount.spoken() if record.amount else "",
        f"on {about}" if about else "",
        f"consent {record.consent}{f' §{record.clause}' if record.clause else ''}" if record.consent else "",
        f"clauses {listing(record.grants)}" if record.grants and record.grants != ("all",) else "",
        f"replaced by {record.replaced_by}" if record.replaced_by else "",
        f"effective {day(record.effective)}" if record.effective else "",
        f"concluded on {day(record.concluded_on)}" if record.concluded_on else "",
        f"to {day(record.to_day)}" if record.to_day else "",
        f"{record.seconds} seconds" if record.seconds else "",
        f"{record.days} days" if record.days else "",
        f"corrects {record.corrects}" if record.corrects else "",
        f"by {record.decided_by}, {said(record.capacity or '')}" if record.decided_by else "",
        record.because or record.text or record.reference or record.note or "",
    ]
    return ", ".join(part for part in parts if part)


def clause(grant: Grant) -> list[str]:
    """One numbered grant: what it grants, then what bounds it."""
    acts = listing(said(act.value) for act in grant.acts)
    lines = labelled(f"§{grant.clause}", f"{acts} · {listing(e.value for e in grant.elements)}", indent=INDENT)
    lines += line("", grant.description)
    purposes = listing(said(purpose.value) for purpose in grant.purposes)
    lines += line("", f"on {listing(grant.productions)}, for {purposes}")
    lines += line("", _bounds(grant))
    return lines


def _bounds(grant: Grant) -> str:
    parts = [
        scenes(grant.scenes) if grant.scenes and grant.scenes != ("any",) else "",
        _axis("media", grant.media),
        _axis("territories", grant.territories),
        _axis("languages", grant.languages),
        span(grant.from_, grant.until),
        f"age {grant.ages[0]} to {grant.ages[1]}" if grant.ages else "",
        f"allows {listing(said(c.value) for c in grant.allows)}" if grant.allows else "",
        _limits(grant.limits),
        "real time" if grant.real_time else "",
    ]
    return "; ".join(part for part in parts if part)


def _axis(name: str, values: tuple[str, ...] | None) -> str:
    return f"{name} {', '.join(values)}" if values else ""


def _limits(limits: Limits | None) -> str:
    if limits is None:
        return ""
    caps = [(limits.seconds, "seconds"), (limits.uses, "uses"), (limits.days, "days")]
    return "at most " + listing(f"{cap:,} {unit}" for cap, unit in caps if cap is not None)


def signed(consent: Consent, zone: str | None = None) -> str:
    """When and how a consent was signed; a draft says that it grants nothing."""
    if consent.signed_at is None:
        return "not signed: a draft, it grants nothing"
    parts = [f"signed {moment(consent.signed_at, zone)}"]
    parts += [said(consent.instrument.value)] if consent.instrument else []
    parts += ["clause separately signed"] if consent.separately_signed else []
    return ", ".join(parts)


def names(values: Iterable[str]) -> str:
    return ", ".join(values)
