"""Casting selects against what is on file: who of them has something that stands in the way of replica work."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path

from registry.domain.consent import Consent
from registry.domain.dates import MAJORITY, years_after
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.record import Record
from registry.domain.schedule import Listed, SheetKind
from registry.domain.values import dataclass
from registry.domain.words import Agreement, RecordKind
from registry.engine.on_file import OnFile
from registry.errors import UsageError
from registry.services.browsing import listed, one_of
from registry.services.matching import Ambiguous, Cast, Line, Matched, Unknown
from registry.storage.store import Store

_END = dt.datetime.max.replace(tzinfo=dt.UTC)


class Stands(StrEnum):
    """How somebody stands, worst first."""

    STOP = "stop"  # a no that is on file reaches this picture
    WHO = "who?"  # not on file, or several may be meant
    LOOK = "look"  # something is open
    NOTHING = "nothing"  # nothing on file stands against it, which is no consent


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """One row of the list: who it is, as far as that can be told, and everything that was found."""

    row: int
    written: str
    character: str | None
    performer: str | None
    name: str
    union: str
    stands: Stands
    findings: tuple[tuple[Stands, str], ...]


def selects(
    store: Store, path: Path, production: str, *, today: dt.date, kind: SheetKind = SheetKind.SELECTS
) -> tuple[Select, ...]:
    """The rows of a list of people, in its order. Raises UsageError or FileError, naming the cell."""
    from registry.files.sheets import read_sheet

    picture = one_of(store, Production, production, "production")[-1]
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.", "Check the name of the file.") from error
    sheet = read_sheet(data, str(path), production=picture, dictionary=None, kind=kind)
    people = listed(store, Performer)
    engagements = listed(store, Engagement)
    cast = Cast(production, people, engagements)
    day = max(picture.photography_starts_on or today, today)
    found = [(row, _who(row, cast, people)) for row in sheet.people]
    matched = sorted({who for _, (who, _) in found if who})
    on_file = OnFile.of(store.load(performers=matched, productions=[production]), known_at=_END)
    return tuple(_select(row, who, why, on_file, picture, day) for row, (who, why) in found)


def _who(row: Listed, cast: Cast, people: Iterable[Performer]) -> tuple[str | None, str]:
    """The performer a row means, or why nobody can tell; a union number on file tells before the name does."""
    if row.count is not None:
        return None, f"{row.count} people without names"
    if row.id and row.id in cast.performers:
        return row.id, ""
    members = {
        person.id
        for person in people
        for standing in person.standings
        if row.union_id and standing.member_id and _plain(standing.member_id) == _plain(row.union_id)
    }
    if len(members) == 1:
        return members.pop(), ""
    texts = [text for text in (row.name, row.stage_name, row.legal_name, *row.aliases) if text]
    said = [cast.who(Line(name=text, character=row.character)) for text in texts]
    for match in said:
        if isinstance(match, Matched):
            return match.performer, ""
    for match in said:
        if isinstance(match, Ambiguous):
            return None, f"{match.why}: {' or '.join(match.candidates)}"
    near = list(dict.fromkeys(name for match in said if isinstance(match, Unknown) for name in match.nearest))
    return None, "nobody on file" + (f"; nearest: {', '.join(near)}" if near else "")


def _plain(number: str) -> str:
    return "".join(filter(str.isalnum, number)).lstrip("0").casefold()


def _select(row: Listed, who: str | None, why: str, on_file: OnFile, picture: Production, day: dt.date) -> Select:
    written = row.name or row.stage_name or row.legal_name or row.description or row.id or ""
    person = on_file.performers.get(who or "")
    if person is None:
        return Select(
            row=row.row, written=written, character=row.character, performer=None, name=written,
            union=_as_written(row), stands=Stands.WHO, findings=((Stands.WHO, why),),
        )  # fmt: skip
    findings = tuple(_findings(row, person, on_file, picture, day))
    order = list(Stands)
    return Select(
        row=row.row,
        written=written,
        character=row.character,
        performer=person.id,
        name=person.known_as,
        union=_union(person, day),
        stands=min((stands for stands, _ in findings), key=order.index, default=Stands.NOTHING),
        findings=findings,
    )


def _as_written(row: Listed) -> str:
    return " ".join(part for part in (row.union, row.union_status) if part) or "not known"


def _union(person: Performer, day: dt.date) -> str:
    standings = [s for s in person.standings if (s.from_ is None or s.from_ <= day) and (s.to is None or day <= s.to)]
    return ", ".join(f"{s.union} {s.status.replace('_', ' ')}" for s in standings) or "not known"


def _findings(
    row: Listed, person: Performer, on_file: OnFile, picture: Production, day: dt.date
) -> Iterator[tuple[Stands, str]]:
    if person.died is not None:
        yield Stands.STOP, f"died: registry performer authority {person.id}"
    for record in on_file.of_performer(person.id, RecordKind.REFUSAL):
        yield from _refusal(record, picture, day)
    consents = on_file.consents_of(person.id)
    for consent in consents:
        yield from _paper(consent, on_file, picture, day)
    yield from _age(row, person, day)
    yield from _membership(row, person, picture, day)
    for engagement in on_file.engagements(person.id, picture.id):
        if engagement.covered_by_agreement and engagement.union_clearance is None:
            yield Stands.LOOK, f"engaged ({engagement.id}) without a union clearance on file"
    for record in on_file.records(RecordKind.SUSPENSION):
        if record.performer == person.id and record.agreement in (None, picture.agreement) and _runs(record, day):
            yield Stands.STOP, f"suspended under the agreement ({record.id})"


def _refusal(record: Record, picture: Production, day: dt.date) -> Iterator[tuple[Stands, str]]:
    if record.until is not None and record.until < day:
        return
    act = f" to {record.act.replace('_', ' ')}" if record.act else ""
    since = f" on {record.given_at.date().isoformat()}" if record.given_at else ""
    text = f"refused{act}{since} ({record.id})"
    if record.production in (None, picture.id) and not record.use:
        yield Stands.STOP, text
    else:
        yield Stands.LOOK, f"{text}, for {record.production or ', '.join(record.use)}"


def _paper(consent: Consent, on_file: OnFile, picture: Production, day: dt.date) -> Iterator[tuple[Stands, str]]:
    here = any(picture.is_named_by(grant.productions) for grant in consent.grants)
    if consent.signed_at is None:
        if here:
            yield Stands.LOOK, f"rider {consent.id} is not signed"
        return
    clauses = ", ".join(f"§{number}" for number in consent.declined)
    if clauses:
        where = "" if here else " on another picture"
        yield Stands.LOOK, f"declined {consent.id} {clauses}{where}"
    for record in on_file.of_consent(consent.id, RecordKind.REVOCATION):
        if record.effective is None or record.effective <= day:
            yield (Stands.STOP if here else Stands.LOOK), f"revoked {consent.id} ({record.id})"


def _age(row: Listed, person: Performer, day: dt.date) -> Iterator[tuple[Stands, str]]:
    if person.born is None:
        told = "a minor, by the list; " if row.minor else ""
        yield Stands.LOOK, f"{told}no birth date on file: a minor does not sign alone"
    elif day < years_after(person.born.last, MAJORITY):
        yield Stands.LOOK, f"a minor on {day.isoformat()}: a guardian signs"
    elif row.minor:
        yield Stands.LOOK, "a minor, by the list; of age, by the birth date on file"


def _membership(row: Listed, person: Performer, picture: Production, day: dt.date) -> Iterator[tuple[Stands, str]]:
    if not person.standings and picture.agreement not in (None, Agreement.NONE):
        yield Stands.LOOK, "no union standing on file"
    numbers = {_plain(s.member_id) for s in person.standings if s.member_id and s.union == row.union}
    if row.union_id and numbers and _plain(row.union_id) not in numbers:
        yield Stands.LOOK, f"the list has {row.union} number {row.union_id}, another one is on file"
    theirs = {s.union for s in person.standings}
    if row.union and theirs and row.union not in theirs:
        yield Stands.LOOK, f"{row.union} by the list, {', '.join(sorted(theirs))} on file"


def _runs(record: Record, day: dt.date) -> bool:
    return (record.from_ is None or record.from_ <= day) and (record.to_day is None or day <= record.to_day)


def status_of(found: Sequence[Select]) -> Stands:
    """The worst of a list."""
    return min((one.stands for one in found), key=list(Stands).index, default=Stands.NOTHING)
