"""The sheet: all that a document prints, as a frozen value of plain words. Templates print it and look nothing up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass

from registry.documents.clauses import parts
from registry.documents.language import Language, language
from registry.documents.layout import Block, Line, Mark, Part, Provision, Section
from registry.documents.parties import facts
from registry.documents.provisions import provisions
from registry.documents.sections import sections
from registry.documents.signature_page import evidence, marks, signature_blocks
from registry.documents.terms import RiderTerms
from registry.domain.words import Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document, ready to print. `machine` strings (field names, tooltips) stand in attributes, not on the page."""

    title: str
    kind: str
    agreement: str
    edition: str
    record: str
    running: str
    facts: tuple[Line, ...]
    preamble: tuple[str, ...]
    sections: tuple[Section, ...]
    parts: tuple[Part, ...]
    provisions_heading: str
    provisions: tuple[Provision, ...]
    evidence_heading: str
    evidence: tuple[Line, ...]
    signatures_heading: str
    attestation: str
    signatures: tuple[Block, ...]
    marks: tuple[Mark, ...]
    root: str


def sheet_of(terms: RiderTerms) -> Sheet:
    """The sheet of a document, in its own language."""
    words = language(terms.language)
    notice = terms.withdrawal is not None
    title = words.say(f"title.{terms.kind}")
    return Sheet(
        title=title,
        kind=_kind(terms, words),
        agreement=_agreement(terms, words),
        edition=_edition(terms, words),
        record=terms.record,
        running=f"{title} · {terms.production.title} · {terms.performer.known_as}",
        facts=facts(terms, words),
        preamble=_preamble(terms, words),
        sections=sections(terms, words),
        parts=parts(terms, words),
        provisions_heading=words.say("section.notice_terms" if notice else "section.provisions"),
        provisions=provisions(terms, words),
        evidence_heading=words.say(
            "section.notice_evidence" if notice else "section.evidence", day=words.day(terms.issued_at.date())
        ),
        evidence=evidence(terms, words),
        signatures_heading=words.say("section.signatures"),
        attestation=words.say("signature.notice" if notice else "signature.attestation"),
        signatures=signature_blocks(terms, words),
        marks=marks(terms, words),
        root=words.say("signature.root", root=terms.seal.root_sha256 or words.not_recorded),
    )


def printed_strings(sheet: Sheet) -> Iterator[str]:
    """Every string of a sheet that must be readable on the page."""
    yield from strings_of(sheet)


_MACHINE = {"field", "tooltip"}


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


def _kind(terms: RiderTerms, words: Language) -> str:
    said = [words.say(f"subtitle.{terms.kind}")]
    if terms.replica and terms.replica.kind and terms.withdrawal is None:
        said.append(words.say(f"replica.{terms.replica.kind}"))
    return " · ".join(said)


def _has_agreement(terms: RiderTerms) -> bool:
    return terms.production.agreement not in (None, Agreement.NONE, Agreement.UNKNOWN)


def _agreement(terms: RiderTerms, words: Language) -> str:
    name = words.say(f"collective.{terms.production.agreement or Agreement.UNKNOWN}")
    if not _has_agreement(terms):
        return name[:1].upper() + name[1:]
    return words.say("agreement.to" if terms.engagement else "agreement.under", agreement=name)


def _edition(terms: RiderTerms, words: Language) -> str:
    if not _has_agreement(terms):
        return words.say("agreement.no_edition")
    return words.say("agreement.edition", start=words.day(terms.production.photography_starts_on))


def _preamble(terms: RiderTerms, words: Language) -> tuple[str, ...]:
    opening = words.say(f"opening.{terms.kind}")
    if terms.withdrawal is not None:
        return (opening,)
    if terms.adds_to:
        opening = f"{opening} {words.say('opening.adds', consent=terms.adds_to)}"
    several = len({s.name for s in terms.signatures if s.locks}) > 1
    return opening, words.say("opening.every_box" if several else "opening.boxes")
