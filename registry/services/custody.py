"""Custody: who holds a replica, and by when it has to be destroyed.

The clauses are gaps of the packs (REC-BIO and those it names): they speak of keeping a thing, not of a use. Of the days
that apply the earliest counts. Where it was captured, or which kind of biometric data it holds, may be unknown: then a
clause may apply, and that is said.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from registry.domain.dates import months_after
from registry.domain.finding import Grade
from registry.domain.owed import Ground, Owed, OwedKind
from registry.domain.replica import Custody, Replica
from registry.domain.values import dataclass
from registry.domain.vocabulary import within
from registry.domain.words import Act, Basis, BiometricKind, RecordKind
from registry.services.register import Register

DESTROY = "REC-BIO"  # the rule a record of destruction names
_CITE = "740 ILCS 14/15(a); Tex. Bus. & Com. Code 503.001(c); C.R.S. 6-1-1314; GDPR Art. 17"
# What the statutes call a biometric identifier; a scan of the body alone is none.
_IDENTIFIERS = frozenset(BiometricKind) - {BiometricKind.NONE, BiometricKind.BODY_SCAN}


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A replica on file, who holds it now, and the grounds on which it has to go, earliest first. `certificates` are
    the records that say it was destroyed."""

    replica: Replica
    holders: tuple[str, ...]
    grounds: tuple[Ground, ...]
    certificates: tuple[str, ...]

    @property
    def destroyed(self) -> bool:
        return self.replica.destroyed_on is not None or bool(self.certificates)

    @property
    def destroy_by(self) -> dt.date | None:
        return min((g.on for g in self.grounds if g.on), default=None)


def held(register: Register, *, ended_on: dt.date | None = None, revoked: frozenset[str] = frozenset()) -> list[Held]:
    """The custody of every replica in the register, by id. `ended_on` supposes that the purpose of those whose
    performers are in `revoked` ended that day."""
    found = []
    for name in sorted(register.on_file.replicas):
        replica = register.on_file.replicas[name]
        ended = ended_on if ended_on and replica.performer in revoked else None
        grounds = _grounds(replica, register, ended)
        records = register.on_file.of_replica(name, RecordKind.DONE)
        certificates = tuple(r.id for r in records if r.rule == DESTROY and _by_then(r.on, register))
        found.append(Held(replica=replica, holders=_holders(replica), grounds=grounds, certificates=certificates))
    return found


def destructions_owed(register: Register, replicas: frozenset[str] | None = None) -> Iterator[Owed]:
    """Every replica that has to be destroyed and is not, as far as the file tells; of `replicas` alone where given."""
    for one in held(register):
        if one.destroyed or not one.grounds or (replicas is not None and one.replica.id not in replicas):
            continue
        production = register.on_file.productions.get(one.replica.made_for or "")
        today = register.clocks.today(production.timezone if production else None)
        first = one.grounds[0]
        on = one.destroy_by
        yield Owed(
            kind=OwedKind.DESTRUCTION,
            text=f"destroy {one.replica.id}: {first.why}",
            rule=DESTROY,
            cite=first.cite,
            grade=first.grade or Grade.H,
            production=one.replica.made_for,
            performers=(one.replica.performer,) if one.replica.performer else (),
            replica=one.replica.id,
            holders=one.holders,
            on=on,
            overdue=on is not None and on < today,
            perhaps=not any(g.sure for g in one.grounds),
            grounds=one.grounds,
            command=f"registry record done none {DESTROY} --replica {one.replica.id}",
        )


def _by_then(day: dt.date | None, register: Register) -> bool:
    return register.clocks.as_of is None or day is None or day <= register.clocks.today(None)


def _holders(replica: Replica) -> tuple[str, ...]:
    """Who holds it, as far as the file tells; all who ever did count until a day says that they gave it up."""
    open_ = [_held_by(c) for c in replica.custody if c.to is None]
    return tuple(dict.fromkeys(open_ or ([replica.holder] if replica.holder else [])))


def _held_by(custody: Custody) -> str:
    return f"{custody.holder} ({custody.place})" if custody.place else custody.holder


def _grounds(replica: Replica, register: Register, ended_on: dt.date | None) -> tuple[Ground, ...]:
    """Every ground on which a replica has to be destroyed, earliest first, those without a day last."""
    ended = min((d for d in (replica.purpose_ended_on, ended_on) if d), default=None)
    found = [*_by_statute(replica, register, ended), *_erasures(replica, register)]
    if replica.destroy_by is not None:
        found.append(Ground(rule="destroy_by", cite="as agreed", on=replica.destroy_by, why="agreed for that day"))
    if ended is not None and not any(g.on for g in found):
        found.append(Ground(rule=DESTROY, cite=_CITE, on=None, why="its purpose has ended", grade=Grade.K))
    return tuple(sorted(found, key=lambda g: (g.on or dt.date.max, g.rule)))


def _by_statute(replica: Replica, register: Register, ended: dt.date | None) -> Iterator[Ground]:
    """The statutes of the places where it was captured or is held. Where no place is on file all of them may apply."""
    biometric = _biometric(replica)
    if biometric is False:
        return
    places = _places(replica, register)
    for statute in _STATUTES:
        sure = any(within(place, statute.place) for place in places)
        if not sure and places and not any(within(statute.place, place) for place in places):
            continue
        days = statute.days(ended, replica.last_contact_on)
        if days:
            day, why = min(days)
            said = why if sure and biometric else f"{why}, if it is biometric data from {statute.place}"
            yield Ground(
                rule=statute.rule,
                cite=statute.cite,
                on=day,
                why=said,
                grade=statute.grade,
                sure=bool(sure and biometric),
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Statute:
    """How long a place lets a biometric identifier be kept: so many months after the purpose, or the last contact."""

    rule: str
    cite: str
    place: str
    grade: Grade
    after_purpose: int
    after_contact: int | None

    def days(self, ended: dt.date | None, contact: dt.date | None) -> list[tuple[dt.date, str]]:
        found = []
        if ended is not None:
            why = (
                f"{self.after_purpose} months after its purpose ended"
                if self.after_purpose
                else "its purpose has ended"
            )
            found.append((months_after(ended, self.after_purpose), why))
        if contact is not None and self.after_contact is not None:
            found.append(
                (months_after(contact, self.after_contact), f"{self.after_contact} months after the last contact")
            )
        return found


_STATUTES = (
    _Statute(
        rule="US-IL-BIPA-15A", cite="740 ILCS 14/15(a)", place="US-IL", grade=Grade.A, after_purpose=0, after_contact=36
    ),
    _Statute(
        rule="US-TX-CUBI-DESTROY",
        cite="Tex. Bus. & Com. Code 503.001(c)",
        place="US-TX",
        grade=Grade.K,
        after_purpose=12,
        after_contact=None,
    ),
    _Statute(
        rule="US-CO-BIO-1130", cite="C.R.S. 6-1-1314", place="US-CO", grade=Grade.K, after_purpose=0, after_contact=24
    ),
)


def _biometric(replica: Replica) -> bool | None:
    """Whether it holds what the statutes call a biometric identifier; None where nobody has said."""
    if replica.biometric_kinds is None:
        return None
    return bool(_IDENTIFIERS & set(replica.biometric_kinds))


def _places(replica: Replica, register: Register) -> frozenset[str]:
    """Where it was captured and is held, as far as the file tells."""
    found = {c.place for c in replica.custody if c.place}
    for entry in register.entries:
        if entry.use.act is Act.CREATE_REPLICA and entry.use.replica == replica.id:
            found |= {entry.use.place} if entry.use.place else set(entry.production.places)
    return frozenset(found)


def _erasures(replica: Replica, register: Register) -> Iterator[Ground]:
    """A withdrawal of an explicit consent asks for erasure of what rests on it, without undue delay."""
    for consent in register.on_file.consents_of(replica.performer):
        if consent.basis is not Basis.EXPLICIT_CONSENT:
            continue
        if not any(Act.CREATE_REPLICA in grant.acts for grant in consent.grants):
            continue
        for record in register.on_file.of_consent(consent.id, RecordKind.REVOCATION):
            if record.effective and record.effective <= register.clocks.today(None):
                why = f"consent {consent.id} was withdrawn"
                cite = "GDPR Art. 17(1)(b)"
                yield Ground(rule="EU-GDPR-17", cite=cite, on=record.effective, why=why, grade=Grade.B)
