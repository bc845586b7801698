"""What a kind of document asks for besides: the five questions, the client and the project, pay, the day of signing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.documents.kinds import DocumentKind
from registry.domain.dates import spoken
from registry.domain.lint import LintFinding
from registry.domain.words import Act
from registry.services.lint.draft import Draft, at, refuses, warns

_AGENTS = "what agents refuse"
_ASSIGNABLE = re.compile(
    r"\bassign|transferab|sub-?licen[cs]|successors|\bcesible|\bceder\b|sublicencia|\bcessible|sous-licen",
    re.IGNORECASE,
)
_UNTITLED = re.compile(r"untitled|\bt\.?b\.?[adc]\.?\b|working title|project|sin título|sans titre", re.IGNORECASE)


def findings(draft: Draft) -> Iterator[LintFinding]:
    yield from _five_questions(draft)
    yield from _assignable(draft)
    yield from _client(draft)
    yield from _pay(draft)
    yield from _on_set(draft)
    yield from _session(draft)


def _five_questions(draft: Draft) -> Iterator[LintFinding]:
    """The document answers four of them from its clauses; what is made, of what, and until when it is kept has to be
    on file for that."""
    if draft.kind is not DocumentKind.UK:
        return
    replica, why = draft.setting.replica, "EQUITY-Q-1: five questions answered in writing"
    person = draft.consent.performer
    if replica is None:
        yield refuses(
            "LINT-UK-QUESTIONS",
            "replicas",
            "Whether face, body or voice is captured is not on file.",
            why=why,
            write=f"replicas: [{{id: {person}-scan-1, performer: {person}, made_from: scan, elements: [likeness]}}]",
        )
        return
    if replica.made_from is None:
        yield refuses(
            "LINT-UK-QUESTIONS",
            f"replicas {replica.id}",
            "Whether it comes from a scan is not on file.",
            why=why,
            write="made_from: scan    or recording_session, set_footage, existing_material",
        )
    if replica.destroy_by is None:
        day = draft.setting.production.released_on
        example = day.isoformat() if day else f"{draft.today.year + 2}-12-31"
        yield refuses(
            "LINT-UK-RETENTION",
            f"replicas {replica.id} destroy_by",
            "No day is named until when it is kept.",
            why=why,
            write=f"destroy_by: {example}",
        )
    if replica.biometric_kinds is None and _captures(draft):
        yield warns(
            "LINT-UK-QUESTIONS",
            f"replicas {replica.id}",
            "What is measured of the body is not on file.",
            why=why,
            write="biometric_kinds: [face_geometry]    or [none]",
        )


def _captures(draft: Draft) -> bool:
    return any(Act.CREATE_REPLICA in g.acts for g in draft.clauses())


def _assignable(draft: Draft) -> Iterator[LintFinding]:
    if draft.kind is not DocumentKind.UK:
        return
    for grant in draft.clauses():
        found = _ASSIGNABLE.search(grant.description)
        if found or Act.TRANSFER_REPLICA in grant.acts:
            said = f"“{found[0]}” lets others have it." if found else "It hands the replica to another company."
            yield warns(
                "LINT-UK-ASSIGN",
                at(grant, "description"),
                f"{said} A licence is personal and not assignable.",
                why="EQ-3",
                write=f"leave it out; name {draft.company or 'the company'} alone",
            )


def _client(draft: Draft) -> Iterator[LintFinding]:
    production = draft.setting.production
    if production.title == production.id or _UNTITLED.search(production.title):
        yield warns(
            "LINT-PROJECT",
            f"productions {production.id} title",
            f"“{production.title}” names no project.",
            why=f"{_AGENTS}: no project name",
            write="title: the name it is announced under",
        )
    if draft.kind is not DocumentKind.COMMERCIAL:
        return
    for name, value in (("advertiser", production.advertiser), ("product_line", production.product_line)):
        if value is None:
            yield warns(
                "LINT-CLIENT",
                f"productions {production.id} {name}",
                f"No {name.replace('_', ' ')} is named.",
                why=f"{_AGENTS}: no end client; COM25-FUTURE-1",
                write=f'{name}: "[NAME]"',
            )
    if draft.particulars.spots is None:
        yield warns(
            "LINT-CLIENT",
            "--fill spots",
            "No spot is named.",
            why=f"{_AGENTS}: no stated use",
            write='--fill spots="“TITLE”, 30 and 15 seconds"',
        )


def _pay(draft: Draft) -> Iterator[LintFinding]:
    engagement, person = draft.setting.engagement, draft.consent.performer
    if engagement is None:
        yield warns(
            "LINT-RATE",
            "engagements",
            f"No engagement of {person} says what is paid, now or on renewal.",
            why=f"{_AGENTS}: no rate and renewal rate",
            write=f"engagements: [{{id: {person}-{draft.setting.production.id}, performer: {person}, "
            f'production: {draft.setting.production.id}, daily_rate: "[AMOUNT] USD"}}]',
        )
    elif engagement.daily_rate is None:
        yield warns(
            "LINT-RATE",
            f"engagements {engagement.id}",
            "No rate is on file, and none for a renewal.",
            why=f"{_AGENTS}: no rate and renewal rate",
            write='daily_rate: "[AMOUNT] USD"',
        )


def _on_set(draft: Draft) -> Iterator[LintFinding]:
    engagement = draft.setting.engagement
    if engagement is None or engagement.starts_on is None or draft.today < engagement.starts_on:
        return
    if engagement.ends_on is not None and draft.today > engagement.ends_on:
        return
    yield warns(
        "LINT-ON-SET",
        "signatures",
        f"Work began on {spoken(engagement.starts_on)}: it would be signed at work.",
        why="EQ-2: don't sign on set; what agents refuse",
        write=f"send it to {_reader(draft)} to be read and signed away from the set",
    )


def _reader(draft: Draft) -> str:
    person = draft.setting.performer
    acting = [r for r in person.representatives if r.acts_on(draft.today)]
    return acting[0].name if acting else person.legal_name


def _session(draft: Draft) -> Iterator[LintFinding]:
    """Without a planned session nobody can count the hours of notice."""
    for grant in draft.clauses():
        planned = [u for u in draft.planned(grant) if u.act is Act.CREATE_REPLICA and u.at is not None]
        replica = draft.setting.replica
        made = replica is not None and replica.made_on is not None and replica.made_on < draft.today
        if Act.CREATE_REPLICA in grant.acts and not planned and not made:
            work = draft.setting.production.id
            yield warns(
                "LINT-SESSION",
                at(grant, "acts"),
                "No session is on file: its notice cannot be counted.",
                why="TVT23-NOTICE-1, COM25-NOTICE-1: 48 hours before, or at engagement",
                write=f"registry use add    with act create_replica, production {work} and at: the moment",
            )
