"""Descriptions: what a clause says in words, and whether they name a role, a limit and one use."""

from __future__ import annotations

import re
from collections.abc import Iterator

from registry.domain.consent import Grant
from registry.domain.lint import LintFinding
from registry.engine.forms import blanket_found
from registry.services.lint import suggesting
from registry.services.lint.draft import Draft, at, refuses, warns

_SPECIFIC = "reasonably specific description: GOL 5-302, Lab. Code 927, TVT23-DESC-1"
_FEWEST = 4  # words; fewer describe nothing
_PLACEHOLDER = re.compile(r"\bt\.?b\.?[adc]\.?\b|\blorem\b|\bxx+\b|_{3,}|\[[^\]]*\]|\.{4,}|<[^>]*>", re.IGNORECASE)
_GENERIC = re.compile(
    r"as (needed|required|necessary)|including but not limited to|et cetera|\betc\b|and (similar|other) uses"
    r"|or otherwise|at (the )?(producer|company|production)['’]s (sole )?discretion"
    r"|as (the )?(producer|company) (may )?sees? fit"
    r"|según (sea necesario|se requiera)|incluyendo,? (pero|sin)|y otros usos|a discreción"
    r"|si (besoin|nécessaire)|y compris,? (mais )?(sans|notamment)|et autres (usages|utilisations)|à (la )?discrétion",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\d|\b(a single|one|once|two|twice|three|four|five|six|seven|eight|nine|ten|twelve|single|only"
    r"|una?|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|sólo|solo|única?"
    r"|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|seule?)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+", re.UNICODE)
# Words that only one of the languages has and that hardly a sentence lacks.
_COMMON = {
    "en": {"the", "of", "and", "in", "is", "for", "with", "from", "to", "no", "one"},
    "es": {"el", "los", "las", "del", "una", "con", "para", "en", "su", "que", "y", "escena"},
    "fr": {"le", "les", "des", "du", "une", "avec", "pour", "dans", "sa", "et", "scène", "aux"},
}
_NAMES = {"en": "English", "es": "Spanish", "fr": "French"}


def findings(draft: Draft) -> Iterator[LintFinding]:
    for grant in draft.clauses():
        yield from _said(draft, grant)
    yield from _alike(draft)
    yield from _language(draft)


def _said(draft: Draft, grant: Grant) -> Iterator[LintFinding]:
    text, where = grant.description, at(grant, "description")
    write = f"description: {suggesting.description(draft, grant)}"
    if len(_WORD.findall(text)) < _FEWEST:
        said = f"“{text}” names neither role, act nor limit." if text.strip() else "The clause has no description."
        yield refuses("LINT-DESC", where, said, why=_SPECIFIC, write=write)
        return
    if (blanket := blanket_found(text)) is not None:
        yield refuses(
            "LINT-BLANKET",
            where,
            f"“{blanket}” describes no intended use.",
            why="blanket words are no description; " + _SPECIFIC,
            write=write,
        )
    if (left := _PLACEHOLDER.search(text)) is not None:
        yield refuses("LINT-BLANK", where, f"“{left[0]}” is still to be filled in.", why=_SPECIFIC, write=write)
    if (generic := _GENERIC.search(text)) is not None:
        yield warns(
            "LINT-GENERIC",
            where,
            f"“{generic[0]}” leaves open what is done.",
            why="what agents refuse: generic clauses",
            write=write,
        )
    yield from _names(draft, grant, write)


def _names(draft: Draft, grant: Grant, write: str) -> Iterator[LintFinding]:
    """The role and the limit; act and work stand in the clause beside the description."""
    where = at(grant, "description")
    role = draft.setting.engagement.role if draft.setting.engagement else None
    if role and not _mentions(grant.description, role, draft):
        yield warns("LINT-ROLE", where, f"It does not say that it is about {role}.", why=_SPECIFIC, write=write)
    limited = grant.limits or (grant.scenes and grant.scenes != ("any",)) or _NUMBER.search(grant.description)
    if not limited:
        yield warns(
            "LINT-LIMIT",
            where,
            "Nothing says how much: no scene, length or number.",
            why=_SPECIFIC,
            write=f"{write}    or limits: {{seconds: 10}}",
        )


def _mentions(text: str, role: str, draft: Draft) -> bool:
    said = {w.lower() for w in _WORD.findall(text)}
    person = draft.setting.performer
    names = " ".join((role, person.legal_name, person.professional_name or ""))
    return bool(said & {w.lower() for w in _WORD.findall(names) if len(w) > 2 and w.lower() != "the"})


def _alike(draft: Draft) -> Iterator[LintFinding]:
    """One description for making a replica and for using it describes neither."""
    first: dict[str, Grant] = {}
    for grant in draft.clauses():
        earlier = first.setdefault(" ".join(grant.description.lower().split()), grant)
        if earlier is not grant and grant.description and earlier.acts != grant.acts:
            yield warns(
                "LINT-GENERIC",
                at(grant, "description"),
                f"It is word for word that of §{earlier.clause}, another act.",
                why="what agents refuse: generic clauses",
                write=f"description: {suggesting.description(draft, grant)}",
            )


def _language(draft: Draft) -> Iterator[LintFinding]:
    """Descriptions are printed as they were written: in another language than the document they need a translation."""
    if draft.particulars.translation:
        return
    for grant in draft.clauses():
        written = _written_in(grant.description)
        if written is not None and written != draft.language.partition("-")[0]:
            document = _NAMES.get(draft.language.partition("-")[0], draft.language)
            yield warns(
                "LINT-LANGUAGE",
                at(grant, "description"),
                f"It is written in {_NAMES[written]}, the document in {document}; no translation is recorded.",
                why="a document is in the language of its signer, or its translation is recorded",
                write=f"--language {written}, or --fill translation=“who read it to the signer, in which language”",
            )


def _written_in(text: str) -> str | None:
    """The language that most of its small words belong to; None where that is not plain."""
    said = [w.lower() for w in _WORD.findall(text)]
    counted = sorted(((sum(w in words for w in said), tag) for tag, words in _COMMON.items()), reverse=True)
    (most, tag), (second, _) = counted[0], counted[1]
    return tag if most >= 3 and most >= 2 * second else None
