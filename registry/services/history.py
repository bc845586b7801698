"""What one performer agreed to and what they said no to, across productions, with the days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from enum import StrEnum

from registry.domain.canonical import to_plain
from registry.domain.consent import Consent
from registry.domain.performer import Performer
from registry.domain.record import Record
from registry.domain.values import dataclass
from registry.domain.words import Act, RecordKind
from registry.engine.on_file import OnFile
from registry.services.browsing import PerformerSheet, show_performer
from registry.storage.store import Store

_END = dt.datetime.max.replace(tzinfo=dt.UTC)


class Said(StrEnum):
    """What an entry is. The first four are a no."""

    REFUSED = "refused"
    DECLINED = "declined"
    EXCLUDED = "excluded"
    REVOKED = "revoked"
    AGREED = "agreed"
    DRAFT = "draft"
    AMENDED = "amended"
    REPLICA = "replica made"
    MODEL = "model trained"
    USED = "used"

    @property
    def no(self) -> bool:
        return self in (Said.REFUSED, Said.DECLINED, Said.EXCLUDED, Said.REVOKED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that was agreed, refused or done. `on` None: nobody wrote down when. `acts` and `productions` empty:
    it is not said which. `until` ends it; `by` is who said it, where that is not the performer."""

    on: dt.date | None
    said: Said
    acts: tuple[str, ...] = ()
    productions: tuple[str, ...] = ()
    text: str = ""
    source: str = ""
    until: dt.date | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A performer and everything on file that tells what they were willing to do, oldest first, undated last."""

    performer: Performer
    entries: tuple[Entry, ...]

    @property
    def withheld(self) -> tuple[Entry, ...]:
        """What they said no to."""
        return tuple(entry for entry in self.entries if entry.said.no)


def history(store: Store, performer: str, *, known_at: dt.datetime | None = None) -> History:
    """Raises UsageError where nobody of that id is on file."""
    sheet = show_performer(store, performer, known_at=known_at)
    world = store.load(performers=[performer], uses=sheet.uses, known_at=known_at)
    on_file = OnFile.of(world, known_at=known_at or _END)
    entries = [*_papers(sheet, on_file), *_refusals(sheet, on_file), *_things(sheet), *_uses(sheet, on_file)]
    return History(performer=sheet.performer, entries=tuple(sorted(entries, key=_order)))


def _order(entry: Entry) -> tuple[dt.date, str, str]:
    return entry.on or dt.date.max, entry.source, entry.said.value


def _papers(sheet: PerformerSheet, on_file: OnFile) -> Iterator[Entry]:
    for consent in sheet.consents:
        signed = consent.signed_at.date() if consent.signed_at else None
        by = None if consent.grantor.capacity.value == "self" else consent.grantor.capacity.value
        for grant in consent.grants:
            yield Entry(
                on=signed,
                said=Said.AGREED if signed else Said.DRAFT,
                acts=tuple(act.value for act in grant.acts),
                productions=grant.productions,
                text=grant.description,
                source=f"{consent.id} §{grant.clause}",
                until=grant.until or consent.until,
                by=by,
            )
        yield from _withheld_in(consent, signed, by)
        yield from _ended(consent, on_file)


def _withheld_in(consent: Consent, signed: dt.date | None, by: str | None) -> Iterator[Entry]:
    """The clauses of a paper that were not agreed to, and what it carves out."""
    works = tuple(dict.fromkeys(name for grant in consent.grants for name in grant.productions))
    for clause in consent.declined:
        paper = f"the words are on {consent.document.file}" if consent.document and consent.document.file else ""
        yield Entry(
            on=signed, said=Said.DECLINED, productions=works, text=paper or "the words are not on file",
            source=f"{consent.id} §{clause}", by=by,
        )  # fmt: skip
    for carved in consent.excludes:
        plain = {key: value for key, value in to_plain(carved).items() if key not in ("acts", "productions", "until")}
        yield Entry(
            on=signed,
            said=Said.EXCLUDED,
            acts=tuple(act.value for act in carved.acts or ()),
            productions=carved.productions or works,
            text=" and ".join(f"{key.replace('_', ' ')} {_listed(value)}" for key, value in plain.items()),
            source=consent.id,
            until=carved.until,
            by=by,
        )


def _ended(consent: Consent, on_file: OnFile) -> Iterator[Entry]:
    for kind, said in ((RecordKind.REVOCATION, Said.REVOKED), (RecordKind.AMENDMENT, Said.AMENDED)):
        for record in on_file.of_consent(consent.id, kind):
            named = (
                consent.grants if "all" in record.grants else [g for g in consent.grants if g.clause in record.grants]
            )
            clauses = ", ".join(f"§{grant.clause}" for grant in named) or "no clause it has"
            instead = f", replaced by {record.replaced_by}" if record.replaced_by else ""
            yield Entry(
                on=record.effective,
                said=said,
                acts=tuple(dict.fromkeys(act.value for grant in named for act in grant.acts)),
                productions=tuple(dict.fromkeys(name for grant in named for name in grant.productions)),
                text=f"{consent.id} {clauses}{instead}{f': {record.because}' if record.because else ''}",
                source=record.id,
                by=record.by,
            )


def _refusals(sheet: PerformerSheet, on_file: OnFile) -> Iterator[Entry]:
    """Refusals that name the performer, or a use of theirs; whoever refused is said."""
    uses = {use.id: use for use in sheet.uses}
    records = {r.id: r for r in on_file.of_performer(sheet.performer.id, RecordKind.REFUSAL)}
    records |= {r.id: r for use in uses for r in on_file.about(use, RecordKind.REFUSAL)}
    for record in records.values():
        named = [uses[use] for use in record.use if use in uses]
        acts = (record.act,) if record.act else tuple(dict.fromkeys(use.act.value for use in named))
        works = (record.production,) if record.production else tuple(dict.fromkeys(use.production for use in named))
        yield Entry(
            on=record.given_at.date() if record.given_at else None,
            said=Said.REFUSED,
            acts=acts,
            productions=works,
            text=record.because or record.reference or "",
            source=record.id,
            until=record.until,
            by=_refused_by(record),
        )


def _refused_by(record: Record) -> str | None:
    """Whoever said no, where it was not the performer in person."""
    return record.by if record.sender in (None, "performer") else record.sender


def _things(sheet: PerformerSheet) -> Iterator[Entry]:
    for replica in sheet.replicas:
        elements = ", ".join(element.value for element in replica.elements)
        yield Entry(
            on=replica.made_on, said=Said.REPLICA, acts=(Act.CREATE_REPLICA.value,),
            productions=(replica.made_for,) if replica.made_for else (), text=elements, source=replica.id,
            until=replica.destroyed_on or replica.destroy_by,
        )  # fmt: skip
    for model in sheet.models:
        yield Entry(
            on=None, said=Said.MODEL, acts=(Act.TRAIN_MODEL.value,),
            productions=(model.made_for,) if model.made_for else (),
            text=f"under {', '.join(model.consents)}" if model.consents else "no consent is named", source=model.id,
        )  # fmt: skip


def _uses(sheet: PerformerSheet, on_file: OnFile) -> Iterator[Entry]:
    for use in sheet.uses:
        for record in on_file.about(use.id, RecordKind.USE_MADE):
            yield Entry(
                on=record.made_at.date() if record.made_at else None, said=Said.USED, acts=(use.act.value,),
                productions=(use.production,), text=use.description or "", source=use.id,
            )  # fmt: skip


def refused_acts(entries: Iterable[Entry]) -> tuple[str, ...]:
    """The acts that some no names, in the order of the entries."""
    return tuple(dict.fromkeys(act for entry in entries if entry.said.no for act in entry.acts))


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
