"""Scope: term, media, territories and languages; one initial for each act; other works; what was made before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from registry.documents.kinds import DocumentKind
from registry.domain.consent import Grant
from registry.domain.dates import civil_date, spoken
from registry.domain.lint import LintFinding
from registry.domain.words import Act, RecordKind
from registry.services.lint import suggesting
from registry.services.lint.draft import Draft, at, refuses, warns

_AGENTS = "what agents refuse: no stated use, media or term"
# Other productions are for a paper of their own; a commercial may name later spots, an amendment keeps its own.
_THIS_WORK_ONLY = (
    DocumentKind.EMPLOYMENT,
    DocumentKind.BACKGROUND,
    DocumentKind.CAPTURE,
    DocumentKind.ALTERATION,
    DocumentKind.MINOR,
)


def findings(draft: Draft) -> Iterator[LintFinding]:
    for grant in draft.clauses():
        yield from _initials(grant)
        yield from _ended(draft, grant)
    for grant in draft.clauses(using=True):
        yield from _term(draft, grant)
        yield from _axes(draft, grant)
        yield from _other_work(draft, grant)
    yield from _made_before(draft)


def _initials(grant: Grant) -> Iterator[LintFinding]:
    """One box for two acts: whoever wants to decline one declines both."""
    if len(grant.acts) < 2:
        return
    acts = " and ".join(a.value for a in grant.acts)
    made = refuses if Act.CREATE_REPLICA in grant.acts else warns
    yield made(
        "LINT-ACTS",
        at(grant, "acts"),
        f"One initial stands for {acts}; each act is agreed to or declined by itself.",
        why="separate initials for each act: GOL 5-302; creating is not using",
        write="; ".join(f"clause {grant.clause}.{n}: acts: [{a}]" for n, a in enumerate(grant.acts, 1)),
    )


def _ended(draft: Draft, grant: Grant) -> Iterator[LintFinding]:
    first, last = grant.from_ or draft.consent.from_, grant.until or draft.consent.until
    if last is None:
        return
    if last < draft.today:
        yield refuses(
            "LINT-TERM",
            at(grant, "until"),
            f"It ended on {spoken(last)}, before anybody signs it.",
            why="a clause that has ended grants nothing",
            write=f"until: {_last_day(draft)}",
        )
    elif first is not None and last < first:
        yield refuses(
            "LINT-TERM",
            at(grant, "until"),
            f"It ends on {spoken(last)} and begins on {spoken(first)}.",
            why="a clause without a day grants nothing",
            write=f"until: {_last_day(draft)}",
        )


def _term(draft: Draft, grant: Grant) -> Iterator[LintFinding]:
    if grant.until or draft.consent.until:
        return
    uk = draft.kind is DocumentKind.UK
    why = "EQ-3: a licence is limited in time; a perpetual one is no consent to AI" if uk else _AGENTS
    yield warns("LINT-TERM", at(grant, "until"), "It never ends.", why=why, write=f"until: {_last_day(draft)}")


def _last_day(draft: Draft) -> str:
    """The last day that anything on file asks for: of the replica, of planned uses, of the release and two years."""
    replica, production = draft.setting.replica, draft.setting.production
    asked = [u.until for u in draft.world.uses if u.until and draft.consent.performer in u.performers]
    if replica and replica.destroy_by:
        asked.append(replica.destroy_by)
    if not asked and production.released_on:
        asked.append(production.released_on.replace(year=production.released_on.year + 2, day=1))
    later = [day for day in asked if day > draft.today]
    return max(later).isoformat() if later else f"[a day, such as {draft.today.year + 2}-12-31]"


def _axes(draft: Draft, grant: Grant) -> Iterator[LintFinding]:
    for id_, name, said in (
        ("LINT-MEDIA", "media", "No media are named: every medium there is or will be."),
        ("LINT-TERRITORY", "territories", "No territory is named: the whole world."),
        ("LINT-TONGUE", "languages", "No language is named: every language."),
    ):
        if getattr(grant, name) is None:
            write = suggesting.values(draft, grant, name)
            yield warns(id_, at(grant, name), said, why=_AGENTS, write=write)


def _other_work(draft: Draft, grant: Grant) -> Iterator[LintFinding]:
    """A franchise reaches pictures that nobody has bargained for yet."""
    production = draft.setting.production
    others = [p for p in grant.productions if p not in (production.id, production.title)]
    if not others or draft.kind not in _THIS_WORK_ONLY:
        return
    named = ", ".join(others)
    yield refuses(
        "LINT-OTHER-WORK",
        at(grant, "productions"),
        f"{named} is another work than {production.title}; a rider to this engagement never grants it.",
        why="TVT23-EBDR-OTHER-1: a separate signed writing, before that use",
        write=f"productions: [{production.id}], and for the other: registry draft other-production --performer"
        f" {draft.consent.performer} --production {others[0]}",
    )


def _made_before(draft: Draft) -> Iterator[LintFinding]:
    """A consent comes before the processing it is for. What an earlier consent covers is not asked for again."""
    for grant in draft.clauses():
        for said, on in _already(draft, grant):
            if _consented_before(draft, grant, on):
                continue
            yield refuses(
                "LINT-LATE",
                at(grant, "acts"),
                f"{said} on {spoken(on)}, before anybody signs this.",
                why="a consent comes before any processing",
                write=f"ask counsel about what was made on {on.isoformat()}; let this clause say from: "
                f"{draft.today.isoformat()}",
            )


def _already(draft: Draft, grant: Grant) -> Iterator[tuple[str, dt.date]]:
    person, zone = draft.consent.performer, draft.setting.production.timezone
    works = {p.id for p in draft.world.productions if p.is_named_by(grant.productions)}
    if Act.CREATE_REPLICA in grant.acts:
        for replica in {r.id: r for r in draft.world.replicas}.values():
            made = replica.made_on
            shared = set(replica.elements) & set(grant.elements)
            if replica.performer == person and replica.made_for in works and shared and made and made < draft.today:
                yield f"Replica {replica.id} was made", made
    uses = {u.id: u for u in draft.world.uses if person in u.performers and u.act in grant.acts}
    for record in draft.world.records:
        if record.kind is not RecordKind.USE_MADE or record.made_at is None or record.made_at > draft.now:
            continue
        of_it = [u for name in record.use if (u := uses.get(name)) and u.production in works]
        for use in of_it:
            inside = use.scenes is None or grant.scenes in (None, ("any",)) or set(use.scenes) <= set(grant.scenes)
            if inside:
                yield f"Use {use.id} was made", civil_date(record.made_at, zone)


def _consented_before(draft: Draft, grant: Grant, on: dt.date) -> bool:
    zone = draft.setting.production.timezone
    for earlier in draft.world.consents:
        if earlier.performer != draft.consent.performer or earlier.signed_at is None or earlier.id == draft.consent.id:
            continue
        if civil_date(earlier.signed_at, zone) > on:
            continue
        for given in earlier.grants:
            acts, works = set(grant.acts) & set(given.acts), set(grant.productions) & set(given.productions)
            if acts and works and set(grant.elements) & set(given.elements):
                return True
    return False
