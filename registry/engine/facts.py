"""The facts of one matter: asserted, derived, inherited, registered, looked up or ruled (DOMAIN.md §4)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from registry.domain.facts import UNSURE, Fact, FactDefinition, FactInput, Origin, Owner
from registry.engine.computed import computed
from registry.engine.derived import derived
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.pieces import Piece
from registry.engine.rulings import Rulings

# Content, ages and facts of this person are never supplied by a default (DOMAIN.md §4).
_NEVER_BY_DEFAULT = ("use.content", "use.intimate", "performer.")


def facts_of(matter: Matter, memory: Memory, rulings: Rulings) -> dict[str, Fact]:
    """Every fact of the matter that somebody or something answers, by name; a name left out is absent.

    What the filer typed comes first, then what follows from it, then the tool's own answers, then defaults: the
    profile before the production's declaration. Judgements come from rulings; an assertion of one counts only against
    the production's interest and is a claim otherwise.
    """
    typed = _typed(matter, memory)
    found: dict[str, Fact] = {}
    for piece in reversed((*computed(matter), *derived(matter, typed), *_defaults(matter, memory))):
        found.update(piece.facts(matter, memory))
    found.update(typed)
    for definition in memory.judged_of_uses:
        name = definition.name
        fact = judgement(definition, found.get(name) or _claim_by_key(name, found, memory), rulings, memory)
        if fact is not None:
            found[name] = fact
        else:
            found.pop(name, None)
    return found


def _claim_by_key(name: str, found: Mapping[str, Fact], memory: Memory) -> Fact | None:
    """Whoever names an expressive exception claims that it applies (DOMAIN.md §10)."""
    if name != "use.exception_applies":
        return None
    claimed = found.get("use.exception_claimed")
    if claimed is not None and claimed.known and claimed.value != "none":
        return memory.fact(name, True, Origin.USE, claimed.author)
    return None


def judgement(
    definition: FactDefinition,
    asserted: Fact | None,
    rulings: Rulings,
    memory: Memory,
    *,
    rule: str | None = None,
    consent: str | None = None,
    clause: str | None = None,
) -> Fact | None:
    """A judgement fact: settled by a ruling that counts, admitted against interest, claimed, or None (nobody spoke)."""
    name = definition.name
    if asserted is None and not rulings.concern(name):
        return None
    ruling = rulings.settling(name, rule=rule, consent=consent, clause=clause)
    if ruling is not None:
        decided = f"{ruling.decided_by}, {ruling.capacity}, {ruling.decided_on}"
        return memory.fact(name, value_of(ruling.answer or "", definition), Origin.RULING, decided)
    claim = rulings.not_counting(name, rule=rule, consent=consent, clause=clause)
    said = asserted.value if asserted else (value_of(claim.answer or "", definition) if claim else None)
    if said is None:
        return None
    author = asserted.author if asserted else (claim.decided_by if claim else None)
    if said is UNSURE or said == definition.protective:
        return memory.fact(name, said, Origin.USE, author)
    return memory.fact(name, None, Origin.USE, author, claimed=said)


def value_of(answer: str, definition: FactDefinition) -> FactInput:
    """The typed answer behind the word written in a ruling."""
    if answer == "unsure":
        return UNSURE
    if definition.type == "bool":
        return answer in ("yes", "true")
    return answer


def _typed(matter: Matter, memory: Memory) -> dict[str, Fact]:
    """What the use itself says: its own facts, before its keys under the names rules read."""
    use, dictionary = matter.use, memory.catalogue.dictionary
    keys: tuple[tuple[str, FactInput | None], ...] = (
        ("use.act", use.act.value),
        ("use.purpose", use.purpose.value if use.purpose else None),
        ("use.elements", _words(use.elements)),
        ("use.content", _words(use.content)),
        ("use.media", use.media),
        ("use.territories", use.territories),
        ("use.languages", use.languages),
        ("use.at", use.at),
        ("use.released_on", use.released_on),
        ("use.seconds", use.seconds),
        ("use.place", use.place),
    )
    found: dict[str, Fact] = {}
    for name, value in (*use.facts, *keys):
        if value is not None and name not in found and name in dictionary:
            found[name] = memory.fact(name, value, Origin.USE)
    return found


def _words(values: Iterable[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple([str(v) for v in values])


def _defaults(matter: Matter, memory: Memory) -> Iterable[Piece]:
    """The tool's own answers, then the profile before the production's declaration."""
    tool, profile, declared = matter.tool, matter.profile, matter.production.declares
    if tool is not None:
        yield Piece(Origin.TOOL, _of_tool, ("tool", id(tool)), tool.id)
    for origin, given in ((Origin.PROFILE, profile), (Origin.DECLARED, declared)):
        if given is not None:
            author = f"{given.by}, {given.on}" if given.on else given.by
            yield Piece(origin, _allowed(given.facts, memory.catalogue.dictionary), (origin, id(given)), author)


def _of_tool(matter: Matter) -> Iterable[tuple[str, FactInput | None]]:
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
        value: bool | str | None = getattr(matter.tool, key)
        yield f"tool.{key}", UNSURE if value == "unsure" else value


def _allowed(
    facts: Iterable[tuple[str, FactInput]], dictionary: Mapping[str, FactDefinition]
) -> Callable[[Matter], Iterable[tuple[str, FactInput | None]]]:
    """A default supplies asserted facts only, never a judgement, content, an age or a fact of this person."""

    def allowed(_: Matter) -> Iterable[tuple[str, FactInput | None]]:
        for name, value in facts:
            definition = dictionary.get(name)
            if definition and definition.owner is Owner.ASSERTED and not name.startswith(_NEVER_BY_DEFAULT):
                yield name, value

    return allowed
