"""Who signs: whether those whom a draft names may grant it, with the proofs that somebody will ask for."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from registry.domain.consent import Grantor
from registry.domain.lint import LintFinding
from registry.domain.performer import Representative
from registry.domain.words import Capacity, GrantorCapacity
from registry.services.lint.draft import Draft, refuses, warns

_HALF = Fraction(1, 2)
_CAPACITY = {GrantorCapacity.GUARDIAN: Capacity.GUARDIAN, GrantorCapacity.ESTATE: Capacity.ESTATE}


def findings(draft: Draft) -> Iterator[LintFinding]:
    yield from _wrong(draft)
    yield from _named(draft)
    yield from _estate(draft)
    yield from _loan_out(draft)
    yield from _separately(draft)
    yield from _company(draft)
    yield from _issuer(draft)


def _grantors(draft: Draft) -> tuple[Grantor, ...]:
    return (draft.consent.grantor, *draft.consent.co_grantors)


def _wrong(draft: Draft) -> Iterator[LintFinding]:
    """Death first, then age: neither the dead nor a child grants, and nobody grants for an adult who lives."""
    person = draft.setting.performer
    capacities = {g.capacity for g in _grantors(draft)}
    dead = person.died is not None and person.died.first <= draft.today
    if dead and capacities & {GrantorCapacity.SELF, GrantorCapacity.GUARDIAN}:
        yield refuses(
            "LINT-SIGNER",
            "grantor",
            f"{person.legal_name} died on {person.died}; the right-holders grant.",
            why="rights after death lie with their holders",
            write=_line(draft, Capacity.ESTATE),
        )
    elif not dead and GrantorCapacity.ESTATE in capacities:
        yield refuses(
            "LINT-SIGNER",
            "grantor",
            f"No death of {person.legal_name} is on file; no estate grants.",
            why="nobody grants for the living but themselves",
            write="grantor: {capacity: self}",
        )
    elif not dead and draft.minor and GrantorCapacity.SELF in capacities:
        yield refuses(
            "LINT-SIGNER",
            "grantor",
            f"{person.legal_name} is under 18 on the day of issue; a guardian signs.",
            why="a minor does not sign alone",
            write=_line(draft, Capacity.GUARDIAN),
        )
    elif not dead and draft.minor is False and GrantorCapacity.GUARDIAN in capacities:
        yield refuses(
            "LINT-SIGNER",
            "grantor",
            f"{person.legal_name} is of age and grants in person.",
            why="nobody grants for an adult but themselves",
            write="grantor: {capacity: self}",
        )
    elif not dead and draft.minor is None and GrantorCapacity.SELF in capacities:
        yield warns(
            "LINT-AGE",
            "grantor",
            f"Nobody can tell whether {person.legal_name} is of age.",
            why="a minor does not sign alone",
            write=f"born: 1990-01-31    under performers, {person.id}",
        )


def _line(draft: Draft, capacity: Capacity) -> str:
    """Grantor and co-grantors as the people on file make them."""
    person = draft.setting.performer
    found = [r for r in person.representatives if r.capacity is capacity and r.acts_on(draft.today)]
    if not found:
        return f"grantor: {{capacity: {capacity}, representative: [ID]}}, once one is on file of {person.id}"
    lines = [f"{{capacity: {capacity}, representative: {r.id}}}" for r in found]
    others = f"; co_grantors: [{', '.join(lines[1:])}]" if lines[1:] else ""
    return f"grantor: {lines[0]}{others}"


def _named(draft: Draft) -> Iterator[LintFinding]:
    """Each representative who signs: on file, in that capacity, on this day, with a proof of authority."""
    person = draft.setting.performer
    for grantor in _grantors(draft):
        wanted = _CAPACITY.get(grantor.capacity)
        if wanted is None:
            continue
        found = person.representative(grantor.representative)
        name = grantor.representative or f"no {wanted}"
        if found is None or found.capacity is not wanted:
            yield refuses(
                "LINT-SIGNER",
                "grantor",
                f"{name} is not on file as {wanted} of {person.legal_name}.",
                why="nobody is known to sign",
                write=_line(draft, wanted),
            )
        elif not found.acts_on(draft.today):
            yield refuses(
                "LINT-SIGNER",
                "grantor",
                f"{found.name} does not act for {person.legal_name} on that day.",
                why="authority has a beginning and an end",
                write=_line(draft, wanted),
            )
        elif found.authority is None:
            yield _without_proof(draft, found)


def _without_proof(draft: Draft, found: Representative) -> LintFinding:
    made = refuses if found.capacity is Capacity.ESTATE else warns
    example = "letters testamentary, court and number" if found.capacity is Capacity.ESTATE else "birth certificate"
    return made(
        "LINT-AUTHORITY",
        "grantor",
        f"No proof is on file that {found.name} acts as {found.capacity}.",
        why="whoever grants for another shows an authority",
        write=f'authority: "{example}"    of {found.id}',
    )


def _estate(draft: Draft) -> Iterator[LintFinding]:
    """Right-holders of more than half sign together."""
    if draft.consent.grantor.capacity is not GrantorCapacity.ESTATE:
        return
    person = draft.setting.performer
    named = {g.representative for g in _grantors(draft)}
    held = sum((r.share for r in person.representatives if r.id in named and r.share is not None), Fraction(0))
    if held <= _HALF:
        yield refuses(
            "LINT-ESTATE",
            "co_grantors",
            f"Those who sign hold {held} of the rights, not more than half.",
            why="right-holders of more than half grant together",
            write=_line(draft, Capacity.ESTATE),
        )


def _loan_out(draft: Draft) -> Iterator[LintFinding]:
    if draft.consent.personally_signed is not False:
        return
    engagement = draft.setting.engagement
    company = engagement.loan_out_company if engagement else None
    who = company or "a representative"
    yield refuses(
        "LINT-LOAN-OUT",
        "personally_signed",
        f"{who} alone signs; a consent of a person is personal.",
        why="a loan-out signs beside the performer, never instead",
        write="personally_signed: yes    the document has a place for each of them",
    )


def _separately(draft: Draft) -> Iterator[LintFinding]:
    if draft.consent.separately_signed is False:
        yield refuses(
            "LINT-SEPARATE",
            "separately_signed",
            "A signature under the whole contract is none for a replica.",
            why="separate signature or initials for each act: GOL 5-302",
            write="separately_signed: yes    each clause of the document has its box",
        )


def _company(draft: Draft) -> Iterator[LintFinding]:
    production = draft.setting.production
    if draft.company is None:
        yield refuses(
            "LINT-COMPANY",
            f"productions {production.id}",
            "No company is named that asks for the consent.",
            why="a consent is signed for the company too",
            write=f'company: "[NAME]"    of {production.id}',
        )
    elif draft.signatory is None:
        decider = next((d.name for d in production.deciders), None)
        yield warns(
            "LINT-COMPANY",
            "signatures",
            f"Nobody is named who signs for {draft.company}.",
            why="a consent is signed for the company too",
            write=f'--signatory "{decider or "NAME"}"',
        )


def _issuer(draft: Draft) -> Iterator[LintFinding]:
    """Whoever issues rules that the clauses are specific; where deciders are listed only theirs counts."""
    deciders = draft.setting.production.deciders
    if draft.issuer is None or not deciders or any((d.name, d.capacity) == draft.issuer for d in deciders):
        return
    name, capacity = draft.issuer
    listed = ", ".join(f"{d.name} ({d.capacity})" for d in deciders)
    yield warns(
        "LINT-ISSUER",
        "description",
        f"{name} ({capacity}) issues it; that its clauses are specific is ruled by {listed}.",
        why="deciders of the production",
        write=f"registry record ruling {draft.consent.id} consent.specific yes --by "
        f'"{deciders[0].name}" --because TEXT',
    )
