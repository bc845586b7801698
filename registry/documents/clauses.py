"""Grants as numbered clauses: what each permits in plain words, and every axis of its scope said out loud."""

from __future__ import annotations

from collections.abc import Iterator

from registry.documents.kinds import DocumentKind
from registry.documents.language import Language
from registry.documents.layout import Box, Clause, Line, Part
from registry.documents.terms import RiderTerms
from registry.domain.consent import Exclusion, Grant, Limits
from registry.domain.words import Act, Purpose

_HERE = {Act.CREATE_REPLICA, Act.USE_REPLICA, Act.ALTER_PERFORMANCE}
_ORDINARY = {Purpose.FINAL, Purpose.TEMPORARY, Purpose.IDEATION, Purpose.PROMOTION}
_PARTS = ("A", "B", "C")


def parts(terms: RiderTerms, words: Language) -> tuple[Part, ...]:
    """Parts A, B and C, those with clauses only; within a part, clauses in the consent's own order."""
    if terms.withdrawal is not None:
        return ()
    found: dict[str, list[Clause]] = {letter: [] for letter in _PARTS}
    for grant in terms.consent.grants:
        found[part_of(grant, terms)].append(clause_of(grant, terms, words))
    return tuple(
        Part(
            letter=words.say("part.letter", letter=letter), heading=words.say(f"part.{letter}"), clauses=tuple(clauses)
        )
        for letter, clauses in found.items()
        if clauses
    )


def part_of(grant: Grant, terms: RiderTerms) -> str:
    """A: creating, and nothing else. B: use and alteration in this production. C: everything that must be named.
    Advertising is what a commercial is made for, and elsewhere has to be named."""
    ordinary = _ORDINARY | {Purpose.ADVERTISING} if terms.kind is DocumentKind.COMMERCIAL else _ORDINARY
    if set(grant.productions) != {terms.production.id} or not set(grant.purposes) <= ordinary:
        return "C"
    if grant.real_time or grant.allows or not set(grant.acts) <= _HERE:
        return "C"
    return "A" if set(grant.acts) == {Act.CREATE_REPLICA} else "B"


def clause_of(grant: Grant, terms: RiderTerms, words: Language) -> Clause:
    whose = {"whose": _whose(grant, words, "the"), "of_whose": _whose(grant, words, "of")}
    permitted = words.joined([words.say(f"act.permits.{a}", **whose) for a in grant.acts], last="and_may")
    works = words.joined([work_name(p, terms, words) for p in grant.productions])
    headings = [words.say(f"act.heading.{a}") for a in grant.acts]
    return Clause(
        number=grant.clause,
        heading=words.joined([h if n == 0 else h[:1].lower() + h[1:] for n, h in enumerate(headings)]),
        says=words.say(f"clause.says.{terms.consent.grantor.capacity}", permitted=permitted, works=works),
        description=grant.description,
        scope=tuple(Line(label=words.say(f"label.{label}"), value=value) for label, value in _scope(grant, words)),
        boxes=tuple(_boxes(grant.clause, terms, words)),
    )


def _boxes(clause: str, terms: RiderTerms, words: Language) -> Iterator[Box]:
    """One box where one person grants; else one for each, with the name over it."""
    found = terms.boxes_of(clause)
    for box in found:
        place = terms.initialed_by(box)
        name = (place.signer if place else None) or words.say("signature.for_union")
        if len(found) == 1:
            label, tooltip = words.say("clause.box"), words.say("clause.tooltip", number=clause)
        else:
            label = words.say("clause.box_of", name=name)
            tooltip = words.say("clause.tooltip_of", number=clause, name=name)
        yield Box(label=label, field=box.name, tooltip=tooltip)


def _whose(grant: Grant, words: Language, case: str) -> str:
    """Whose voice or likeness, as the sentence needs it: `Performer’s voice`, `of Performer’s voice`."""
    if not grant.elements:
        return words.say("whose.person" if case == "the" else "whose.of_person")
    elements = words.joined([words.say(f"element.{case}.{e}") for e in grant.elements])
    return words.say(f"whose.{case}", elements=elements)


def work_name(name: str, terms: RiderTerms, words: Language) -> str:
    """How a work is called on paper: a title where it is known, the franchise as such, else the name as written."""
    if name == terms.production.id:
        return terms.production.title
    if name == terms.production.franchise:
        return words.say("fact.franchise", name=name)
    return next((words.say("fact.work", title=w.title, id=w.id) for w in terms.works if w.id == name), name)


def elements_of(grant: Grant, words: Language) -> str:
    return words.joined([words.say(f"element.bare.{e}") for e in grant.elements]) or words.say("clause.person")


def _scope(grant: Grant, words: Language) -> Iterator[tuple[str, str]]:
    """Every axis. Creating alone reaches no audience: axes that it leaves out are not spoken of."""
    creating = set(grant.acts) == {Act.CREATE_REPLICA}
    yield "elements", elements_of(grant, words)
    yield "purpose", words.joined([words.say(f"purpose.says.{p}") for p in grant.purposes])
    if not creating or grant.scenes is not None:
        yield "scenes", words.say("clause.any") if grant.scenes is None else ", ".join(grant.scenes)
    if not creating or grant.media is not None:
        yield "media", _media(grant.media, words)
    if not creating or grant.territories is not None:
        yield "territory", _territories(grant.territories, words)
    if not creating or grant.languages is not None:
        yield "languages", _languages(grant.languages, words)
    yield "dates", _dates(grant, words)
    if not creating or grant.ages is not None:
        yield "age_shown", words.say("clause.own_age") if grant.ages is None else _years(grant.ages, words)
    yield "content", words.joined([words.say(f"content.{c}") for c in grant.allows]) or words.say("writing.none")
    if not creating or grant.limits is not None:
        yield "limits", _limits(grant.limits, words)
    yield from _particulars(grant, words, creating)


def _particulars(grant: Grant, words: Language, creating: bool) -> Iterator[tuple[str, str]]:
    if not creating or grant.real_time is not None:
        yield "real_time", words.say("clause.granted" if grant.real_time else "clause.not_granted")
    if grant.scripted_alterations is not None:
        yield "scripted", words.say("clause.covered" if grant.scripted_alterations else "clause.not_covered")
    if grant.physical_changes is not None:
        changes = words.joined([words.word("category", c) for c in grant.physical_changes])
        yield "changes", changes or words.say("clause.no_changes")
    if grant.role_use is not None:
        yield "shown_as", words.joined([words.word("category", r) for r in grant.role_use])


def exclusion_words(exclusion: Exclusion, terms: RiderTerms, words: Language) -> str:
    """One carve-out in a phrase; what it names is read together: `China, in social media`."""
    named = [
        ("acts", [words.say(f"act.heading.{a}").lower() for a in exclusion.acts or ()]),
        ("elements", [words.say(f"element.of.{e}") for e in exclusion.elements or ()]),
        ("productions", [work_name(p, terms, words) for p in exclusion.productions or ()]),
        ("purposes", [words.say(f"purpose.says.{p}") for p in exclusion.purposes or ()]),
        ("scenes", list(exclusion.scenes or ())),
        ("media", [words.word("medium", m) for m in exclusion.media or ()]),
        ("territories", [words.territory(t) for t in exclusion.territories or ()]),
        ("languages", [words.language(t) for t in exclusion.languages or ()]),
        ("content", [words.say(f"content.{c}") for c in exclusion.content or ()]),
        ("role_use", [words.word("category", r) for r in exclusion.role_use or ()]),
    ]
    said = [words.say(f"exclusion.{key}", values=words.joined(found, last="or")) for key, found in named if found]
    if exclusion.ages is not None:
        said.append(words.say("exclusion.ages", values=_years(exclusion.ages, words)))
    if exclusion.from_ or exclusion.until:
        said.append(words.say("exclusion.dates", values=words.period(exclusion.from_, exclusion.until)))
    if exclusion.real_time is not None:
        said.append(words.say("exclusion.real_time" if exclusion.real_time else "exclusion.no_real_time"))
    return ", ".join(said)


def _media(media: tuple[str, ...] | None, words: Language) -> str:
    if media is None or "any" in media:
        return words.say("clause.all_media" if media else "clause.any")
    return ", ".join(words.word("medium", m) for m in media)


def _territories(territories: tuple[str, ...] | None, words: Language) -> str:
    return words.say("clause.any") if territories is None else ", ".join(words.territory(t) for t in territories)


def _languages(languages: tuple[str, ...] | None, words: Language) -> str:
    if languages is None or "any" in languages:
        return words.say("clause.all_languages" if languages else "clause.any")
    return ", ".join(words.language(t) for t in languages)


def _dates(grant: Grant, words: Language) -> str:
    if grant.from_ is None and grant.until is None:
        return words.say("clause.term")
    first = words.day(grant.from_, words.say("clause.from_start"))
    return words.span(first, words.day(grant.until, words.say("clause.to_end")))


def _years(ages: tuple[int, int], words: Language) -> str:
    first, last = ages
    return str(first) if first == last else words.say("clause.ages", **{"from": first, "to": last})


def _limits(limits: Limits | None, words: Language) -> str:
    caps = [("second", limits.seconds), ("use", limits.uses), ("day", limits.days)] if limits else []
    said = [
        words.say(f"clause.{unit}") if n == 1 else words.say(f"clause.{unit}s", n=n)
        for unit, n in caps
        if n is not None
    ]
    return words.apart(said) or words.say("clause.no_limits")
