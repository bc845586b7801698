"""The sheet: everything a rider prints, as a frozen value of plain words. A template prints it and looks nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from registry.documents.clauses import parts
from registry.documents.layout import Block, Line, Part, Provision
from registry.documents.provisions import evidence, facts, provisions, replica_lines, signature_blocks
from registry.documents.terms import CLOSING_FIELD, SEAL_FIELD, RiderTerms
from registry.documents.wording import AGREEMENTS, NOT_RECORDED, REPLICAS, day
from registry.domain.words import Agreement, ReplicaKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One rider, ready to print. `machine` strings (field names, tooltips) stand in attributes, not on the page."""

    title: str
    kind: str
    agreement: str
    edition: str
    record: str
    running: str
    facts: tuple[Line, ...]
    preamble: tuple[str, ...]
    replica: tuple[Line, ...]
    parts: tuple[Part, ...]
    provisions: tuple[Provision, ...]
    attestation: str
    signatures: tuple[Block, ...]
    seal_note: str
    root: str
    evidence: tuple[Line, ...]
    issued: str
    seal_field: str = SEAL_FIELD
    closing_field: str = CLOSING_FIELD


def sheet_of(terms: RiderTerms) -> Sheet:
    """The sheet of a rider."""
    return Sheet(
        title="Digital Replica Rider",
        kind=_kind(terms),
        agreement=f"to the engagement under the {_agreement(terms)}" if _has_agreement(terms) else _agreement(terms),
        edition=_edition(terms),
        record=terms.consent.id,
        running=f"Digital Replica Rider · {terms.production.title} · {terms.performer.known_as}",
        facts=facts(terms),
        preamble=_preamble(terms),
        replica=replica_lines(terms),
        parts=parts(terms),
        provisions=provisions(terms),
        attestation=_ATTESTATION,
        signatures=signature_blocks(terms),
        seal_note=f"Sealed at issue by {terms.seal.company}. The seal fixes every word above before anybody signs.",
        root=terms.seal.root_sha256 or NOT_RECORDED,
        evidence=evidence(terms),
        issued=day(terms.issued_at.date()),
    )


def printed_strings(sheet: Sheet) -> Iterator[str]:
    """Every string of a sheet that must be readable on the page."""
    yield from strings_of(sheet)


_ATTESTATION = (
    "Each person signing has read this rider and signs it as a writing separate from the standard terms of the "
    "engagement. The first signer’s signature also closes the initials beside the clauses: they cannot be changed "
    "or added to afterwards."
)
_MACHINE = {"field", "tooltip", "seal_field", "closing_field"}


def strings_of(value: object) -> Iterator[str]:
    """Every string of a value that a page prints, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from strings_of(item)
    elif is_dataclass(value):
        for part in fields(value):
            if part.name not in _MACHINE:
                yield from strings_of(getattr(value, part.name))


def _kind(terms: RiderTerms) -> str:
    kind = terms.replica.kind if terms.replica and terms.replica.kind else ReplicaKind.EMPLOYMENT_BASED
    return f"Principal performer · {REPLICAS[kind]}"


def _has_agreement(terms: RiderTerms) -> bool:
    return terms.production.agreement not in (None, Agreement.NONE, Agreement.UNKNOWN)


def _agreement(terms: RiderTerms) -> str:
    return AGREEMENTS[terms.production.agreement or Agreement.UNKNOWN]


def _edition(terms: RiderTerms) -> str:
    if not _has_agreement(terms):
        return "No edition applies."
    start = terms.production.photography_starts_on
    if start is None:
        return f"Edition: the one in force when principal photography starts ({NOT_RECORDED})"
    return f"Edition: the one in force when principal photography starts, {day(start)}"


def _preamble(terms: RiderTerms) -> tuple[str, ...]:
    adds = f" It adds to consent {terms.adds_to} and takes nothing from it." if terms.adds_to else ""
    return (
        "This rider is an agreement between Performer and Producer about digital replicas of Performer. It is a "
        f"writing separate from the standard terms of the engagement, and it is signed separately.{adds}",
        "Each numbered clause of Parts A to C stands alone. It is agreed to only if the box beside it carries "
        "the signer’s initials. A clause whose box reads DECLINED grants nothing.",
    )
