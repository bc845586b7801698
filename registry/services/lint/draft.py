"""A draft as lint reads it: the consent, what is on file around it, and how it is to be issued."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import field, replace

from registry.documents.kinds import NOTICES, DocumentKind, kind_of
from registry.documents.terms import Particulars, RiderTerms, Role
from registry.domain.consent import Consent, Grant
from registry.domain.dates import civil_date
from registry.domain.lint import LintFinding, Severity
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.domain.world import World
from registry.services.rendering import Setting, minor_at, setting_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """`company` and `signatory` are who asks and who signs for them; `issuer` is who issues, and in which capacity."""

    consent: Consent
    kind: DocumentKind
    setting: Setting
    world: World
    now: dt.datetime
    language: str = "en"
    particulars: Particulars = field(default_factory=Particulars)
    company: str | None = None
    signatory: str | None = None
    issuer: tuple[str, str] | None = None
    minor: bool | None = None

    @property
    def today(self) -> dt.date:
        """The day on which it would be issued, where the work is done."""
        return civil_date(self.now, self.setting.production.timezone)

    @property
    def notice(self) -> bool:
        """Whether it takes a consent back: there is nothing in it that could be void as a consent."""
        return self.kind in NOTICES

    @property
    def name(self) -> str:
        """Who it is about, as the call sheet has it: the role, else the performer."""
        engagement = self.setting.engagement
        return engagement.role if engagement and engagement.role else self.setting.performer.known_as

    def clauses(self, *, using: bool = False) -> Iterator[Grant]:
        """Its clauses; `using`: only those that do more than make a replica."""
        for grant in self.consent.grants:
            if not using or set(grant.acts) != {Act.CREATE_REPLICA}:
                yield grant

    def planned(self, grant: Grant) -> list[Use]:
        """The uses of this person on file that a clause is meant for: its act, on a work that it names."""
        works = [p for p in self.world.productions if p.is_named_by(grant.productions)]
        return [
            use
            for use in self.world.uses
            if self.consent.performer in use.performers
            and use.act in grant.acts
            and use.production in {p.id for p in works}
            and (use.scenes is None or grant.scenes in (None, ("any",)) or set(use.scenes) <= set(grant.scenes))
        ]


def draft_of(
    consent: Consent,
    world: World,
    *,
    now: dt.datetime,
    kind: DocumentKind | None = None,
    language: str = "en",
    particulars: Particulars | None = None,
    company: str | None = None,
    signatory: str | None = None,
    issuer: tuple[str, str] | None = None,
) -> Draft:
    """A draft with what is on file around it. Raises UsageError where its performer or its production is not."""
    setting = setting_of(consent, world)
    minor = minor_at(setting.performer, now)
    of_itself = kind_of(
        consent, setting.performer, setting.production, setting.engagement, setting.replica, minor=minor
    )
    return Draft(
        consent=consent,
        kind=kind or of_itself,
        setting=setting,
        world=world,
        now=now,
        language=language,
        particulars=particulars or Particulars(),
        company=company or setting.production.company,
        signatory=signatory,
        issuer=issuer,
        minor=minor,
    )


def draft_of_terms(
    terms: RiderTerms, world: World | None, *, now: dt.datetime, issuer: tuple[str, str] | None = None
) -> Draft:
    """A rendered document as a draft. What is on file counts before what the document prints of it."""
    known = world or World()
    merged = replace(
        known,
        performers=known.performers or (terms.performer,),
        productions=known.productions or (terms.production,),
        engagements=known.engagements or ((terms.engagement,) if terms.engagement else ()),
        replicas=known.replicas or ((terms.replica,) if terms.replica else ()),
    )
    signatory = next((s.signer for s in terms.signatures if s.role is Role.COMPANY), None)
    found = draft_of(
        terms.consent,
        merged,
        now=now,
        kind=terms.kind,
        language=terms.language,
        particulars=terms.particulars,
        company=terms.seal.company,
        signatory=signatory,
        issuer=issuer,
    )
    return replace(found, minor=terms.minor if found.minor is None else found.minor)


def refuses(id_: str, where: str, says: str, *, why: str, write: str) -> LintFinding:
    """Something that makes the document void, or that nobody should sign."""
    return LintFinding(id=id_, where=where, says=says, why=why, severity=Severity.REFUSES, write=write)


def warns(id_: str, where: str, says: str, *, why: str, write: str) -> LintFinding:
    """Something that whoever issues it should have seen."""
    return LintFinding(id=id_, where=where, says=says, why=why, severity=Severity.WARNS, write=write)


def at(grant: Grant, name: str) -> str:
    """Where in a draft: the clause and the field."""
    return f"§{grant.clause} {name}"
