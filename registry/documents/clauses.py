"""Grants as numbered clauses: what each permits in plain words, and every axis of its scope said out loud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from registry.documents.layout import Clause, Line, Part
from registry.documents.terms import RiderTerms
from registry.documents.wording import (
    CONTENT,
    ELEMENTS,
    HEADINGS,
    PERMISSIONS,
    PURPOSES,
    day,
    joined,
    spoken,
)
from registry.domain.consent import Exclusion, Grant, Limits
from registry.domain.vocabulary import language_name, territory_name
from registry.domain.words import Act, Purpose

_ANY = "any; this clause names no limit"
_HERE = {Act.CREATE_REPLICA, Act.USE_REPLICA, Act.ALTER_PERFORMANCE}
_ORDINARY = {Purpose.FINAL, Purpose.TEMPORARY, Purpose.IDEATION, Purpose.PROMOTION}
_PARTS = {
    "A": "Consent to create the replica",
    "B": "Consent to each use in this picture",
    "C": "Special consents",
}


def parts(terms: RiderTerms) -> tuple[Part, ...]:
    """Parts A, B and C, those with clauses only; within a part, clauses in the consent's own order."""
    boxes = {i.clause: i.name for i in terms.initials}
    found: dict[str, list[Clause]] = {letter: [] for letter in _PARTS}
    for grant in terms.consent.grants:
        found[part_of(grant, terms)].append(clause_of(grant, terms, boxes[grant.clause]))
    return tuple(
        Part(letter=f"Part {letter}", heading=_PARTS[letter], clauses=tuple(clauses))
        for letter, clauses in found.items()
        if clauses
    )


def part_of(grant: Grant, terms: RiderTerms) -> str:
    """A: creating, and nothing else. B: use and alteration in this picture. C: everything that must be named."""
    if set(grant.productions) != {terms.production.id} or not set(grant.purposes) <= _ORDINARY:
        return "C"
    if grant.real_time or grant.allows or not set(grant.acts) <= _HERE:
        return "C"
    return "A" if set(grant.acts) == {Act.CREATE_REPLICA} else "B"


def clause_of(grant: Grant, terms: RiderTerms, box: str) -> Clause:
    elements = joined([ELEMENTS[e] for e in grant.elements]) or "person"
    permitted = joined([PERMISSIONS[a].format(elements=elements) for a in grant.acts], last="and may")
    works = joined([work_name(p, terms) for p in grant.productions])
    return Clause(
        number=grant.clause,
        heading=joined([HEADINGS[a] if n == 0 else HEADINGS[a].lower() for n, a in enumerate(grant.acts)]),
        says=f"Performer consents that Producer may {permitted}, for {works}, as described here and not otherwise:",
        description=grant.description,
        scope=tuple(_scope(grant, elements)),
        box="Initials, or DECLINED",
        field=box,
    )


def work_name(name: str, terms: RiderTerms) -> str:
    """How a work is called on paper: a title where it is known, the franchise as such, else the name as written."""
    if name == terms.production.id:
        return terms.production.title
    if name == terms.production.franchise:
        return f"works of the franchise {name}"
    return next((f"{w.title} ({w.id})" for w in terms.works if w.id == name), name)


def _scope(grant: Grant, elements: str) -> Iterator[Line]:
    creating = set(grant.acts) == {Act.CREATE_REPLICA}
    yield Line(label="Elements", value=elements)
    yield Line(label="Purpose", value=joined([PURPOSES[p] for p in grant.purposes]))
    if not creating or grant.scenes is not None:
        yield Line(label="Scenes", value=_list(grant.scenes, _ANY))
    if not creating or grant.media is not None:
        yield Line(label="Media", value=_media(grant.media))
    if not creating or grant.territories is not None:
        yield Line(label="Territory", value=_territories(grant.territories))
    if not creating or grant.languages is not None:
        yield Line(label="Languages", value=_languages(grant.languages))
    yield Line(label="Dates", value=_dates(grant))
    if not creating or grant.ages is not None:
        yield Line(label="Age shown", value=_ages(grant.ages))
    yield Line(label="Sensitive content", value=joined([CONTENT[c] for c in grant.allows]) or "none")
    if not creating or grant.limits is not None:
        yield Line(label="Limits", value=_limits(grant.limits))
    yield from _particulars(grant, creating)


def _particulars(grant: Grant, creating: bool) -> Iterator[Line]:
    if not creating or grant.real_time is not None:
        yield Line(label="Real-time generation", value="granted" if grant.real_time else "not granted")
    if grant.scripted_alterations is not None:
        covered = "covered" if grant.scripted_alterations else "not covered"
        yield Line(label="Alterations in script", value=covered)
    if grant.physical_changes is not None:
        changes = joined([spoken(c) for c in grant.physical_changes])
        yield Line(label="Physical changes", value=changes or "none agreed")
    if grant.role_use is not None:
        yield Line(label="Shown as", value=joined([spoken(r) for r in grant.role_use]))


def exclusion_words(exclusion: Exclusion, terms: RiderTerms) -> str:
    """One carve-out in a phrase; what it names is read together: `China, in social media`."""
    named = [
        ("", [HEADINGS[a].lower() for a in exclusion.acts or ()]),
        ("of Performer’s ", [ELEMENTS[e] for e in exclusion.elements or ()]),
        ("in ", [work_name(p, terms) for p in exclusion.productions or ()]),
        ("for ", [PURPOSES[p] for p in exclusion.purposes or ()]),
        ("in scenes ", list(exclusion.scenes or ())),
        ("in these media: ", [spoken(m) for m in exclusion.media or ()]),
        ("in the territory of ", [territory_words(t) for t in exclusion.territories or ()]),
        ("in the language ", [language_name(t) for t in exclusion.languages or ()]),
        ("with this content: ", [CONTENT[c] for c in exclusion.content or ()]),
        ("shown as ", [spoken(r) for r in exclusion.role_use or ()]),
    ]
    words = [f"{prefix}{joined(values, last='or')}" for prefix, values in named if values]
    if exclusion.ages is not None:
        words.append(f"at an age shown of {_years(exclusion.ages)}")
    if exclusion.from_ or exclusion.until:
        words.append(f"from {day(exclusion.from_, 'the start')} to {day(exclusion.until, 'no end')}")
    if exclusion.real_time is not None:
        words.append("generated in real time" if exclusion.real_time else "not generated in real time")
    return ", ".join(words)


def territory_words(code: str) -> str:
    return "worldwide" if code == "world" else f"{territory_name(code)} ({code})"


def _list(values: Sequence[str] | None, absent: str) -> str:
    return absent if values is None else ", ".join(values)


def _media(media: tuple[str, ...] | None) -> str:
    if media is None or "any" in media:
        return "all media" if media else _ANY
    return ", ".join(spoken(m) for m in media)


def _territories(territories: tuple[str, ...] | None) -> str:
    return _ANY if territories is None else ", ".join(territory_words(t) for t in territories)


def _languages(languages: tuple[str, ...] | None) -> str:
    if languages is None or "any" in languages:
        return "all languages" if languages else _ANY
    return ", ".join(language_name(t) for t in languages)


def _dates(grant: Grant) -> str:
    if grant.from_ is None and grant.until is None:
        return "the term of this rider"
    return f"{day(grant.from_, 'from the start of the term')} to {day(grant.until, 'the end of the term')}"


def _ages(ages: tuple[int, int] | None) -> str:
    return "Performer’s own age only" if ages is None else _years(ages)


def _years(ages: tuple[int, int]) -> str:
    return f"{ages[0]}" if ages[0] == ages[1] else f"{ages[0]} to {ages[1]}"


def _limits(limits: Limits | None) -> str:
    if limits is None:
        return "none stated"
    said = [(limits.seconds, "second"), (limits.uses, "use"), (limits.days, "day")]
    capped = [f"at most {number} {what}{'' if number == 1 else 's'}" for number, what in said if number is not None]
    return "; ".join(capped) or "none stated"
