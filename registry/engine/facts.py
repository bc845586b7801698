"""The facts of one matter: asserted, derived, inherited, registered, looked up or ruled (DOMAIN.md §4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from registry.domain.facts import UNSURE, Fact, FactDefinition, FactInput, Origin, Owner
from registry.engine.computed import Answered, computed
from registry.engine.derived import derived
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.rulings import Rulings

# Content, ages and facts of this person are never supplied by a default (DOMAIN.md §4).
_NEVER_BY_DEFAULT = ("use.content", "use.intimate", "performer.")


def facts_of(matter: Matter, memory: Memory, rulings: Rulings) -> dict[str, Fact]:
    """Every fact of the matter that somebody or something answers, by name; a name left out is absent.

    What the filer typed comes first, then what follows from it, then the tool's own answers, then defaults: the
    profile before the production's declaration. Judgements come from rulings; an assertion of one counts only against
    the production's interest and is a claim otherwise.
    """
    dictionary = memory.catalogue.dictionary
    found: dict[str, Fact] = {}
    for answered in (_typed(matter), computed(matter)):
        _add(found, dictionary, answered)
    for answered in (derived(matter, found), _of_tool(matter), _defaults(matter, dictionary)):
        _add(found, dictionary, answered)
    for definition in memory.judged_of_uses:
        name = definition.name
        fact = judgement(name, definition, found.get(name) or _claim_by_key(name, found), rulings)
        if fact is not None:
            found[name] = fact
        else:
            found.pop(name, None)
    return found


def _claim_by_key(name: str, found: Mapping[str, Fact]) -> Fact | None:
    """Whoever names an expressive exception claims that it applies (DOMAIN.md §10)."""
    claimed = found.get("use.exception_claimed")
    if name == "use.exception_applies" and claimed is not None and claimed.known and claimed.value != "none":
        return Fact(name, True, Origin.USE, claimed.author)
    return None


def judgement(
    name: str,
    definition: FactDefinition,
    asserted: Fact | None,
    rulings: Rulings,
    rule: str | None = None,
    consent: str | None = None,
    clause: str | None = None,
) -> Fact | None:
    """A judgement fact: settled by a ruling that counts, admitted against interest, claimed, or None (nobody spoke)."""
    ruling = rulings.settling(name, rule=rule, consent=consent, clause=clause)
    if ruling is not None:
        decided = f"{ruling.decided_by}, {ruling.capacity}, {ruling.decided_on}"
        return Fact(name, value_of(ruling.answer or "", definition), Origin.RULING, decided)
    claim = rulings.not_counting(name, rule=rule, consent=consent, clause=clause)
    said = asserted.value if asserted else (value_of(claim.answer or "", definition) if claim else None)
    if said is None:
        return None
    author = asserted.author if asserted else (claim.decided_by if claim else None)
    if said is UNSURE:
        return Fact(name, UNSURE, Origin.USE, author)
    if said == definition.protective:
        return Fact(name, said, Origin.USE, author)
    return Fact(name, None, Origin.USE, author, claimed=said)


def value_of(answer: str, definition: FactDefinition) -> FactInput:
    """The typed answer behind the word written in a ruling."""
    if answer == "unsure":
        return UNSURE
    if definition.type == "bool":
        return answer in ("yes", "true")
    return answer


def _add(found: dict[str, Fact], dictionary: Mapping[str, FactDefinition], answered: Iterable[Answered]) -> None:
    """Take up what nobody has answered before."""
    for name, value, origin, author in answered:
        if value is not None and name not in found and name in dictionary:
            found[name] = Fact(name, value, origin, author)


def _typed(matter: Matter) -> Iterable[Answered]:
    """What the use itself says: its own facts, and its keys under the names rules read."""
    use = matter.use
    for name, value in use.facts:
        yield name, value, Origin.USE, None
    keys: dict[str, FactInput | None] = {
        "use.act": use.act.value,
        "use.purpose": use.purpose.value if use.purpose else None,
        "use.elements": _words(use.elements),
        "use.content": _words(use.content),
        "use.media": use.media,
        "use.territories": use.territories,
        "use.languages": use.languages,
        "use.at": use.at,
        "use.released_on": use.released_on,
        "use.seconds": use.seconds,
        "use.place": use.place,
    }
    for name, key in keys.items():
        yield name, key, Origin.USE, None


def _words(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(str(v) for v in values)


def _of_tool(matter: Matter) -> Iterable[Answered]:
    tool = matter.tool
    if tool is None:
        return
    for key in (
        "stores",
        "reuses",
        "trains",
        "enterprise",
        "platform_agreement",
        "terms_reviewed",
        "vendor_pipeline",
        "vendor_verified",
    ):
        value: bool | str | None = getattr(tool, key)
        yield f"tool.{key}", UNSURE if value == "unsure" else value, Origin.TOOL, tool.id


def _defaults(matter: Matter, dictionary: Mapping[str, FactDefinition]) -> Iterable[Answered]:
    profile, declared = matter.profile, matter.production.declares
    if profile:
        yield from _allowed(profile.facts, dictionary, Origin.PROFILE, _author(profile.by, profile.on))
    if declared:
        yield from _allowed(declared.facts, dictionary, Origin.DECLARED, _author(declared.by, declared.on))


def _author(by: str, on: dt.date | None) -> str:
    return f"{by}, {on}" if on else by


def _allowed(
    facts: Iterable[tuple[str, FactInput]], dictionary: Mapping[str, FactDefinition], origin: Origin, author: str
) -> Iterable[Answered]:
    """A default supplies asserted facts only, never a judgement, content, an age or a fact of this person."""
    for name, value in facts:
        definition = dictionary.get(name)
        if definition and definition.owner is Owner.ASSERTED and not name.startswith(_NEVER_BY_DEFAULT):
            yield name, value, origin, author
