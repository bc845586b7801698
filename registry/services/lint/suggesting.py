"""What to write instead: descriptions and values put together from what is on file, the rest in square brackets."""

from __future__ import annotations

from registry.domain.consent import Grant
from registry.domain.use import Use
from registry.domain.words import Act, Element, MadeFrom
from registry.services.lint.draft import Draft

_SESSIONS = {
    MadeFrom.SCAN: "scan session",
    MadeFrom.RECORDING_SESSION: "recording session",
    MadeFrom.SET_FOOTAGE: "replica made from footage shot on set",
    MadeFrom.EXISTING_MATERIAL: "replica made from existing material",
    MadeFrom.PROMPT: "replica made by prompting",
}
_DOES = {
    Act.ALTER_PERFORMANCE: "is altered: [what is changed]",
    Act.DUB: "speaks in her or his own replicated voice: [which lines]",
    Act.TRAIN_MODEL: "is what one model is trained on: [what it is for]",
    Act.PROMPT_LIKENESS: "is named to a generative system: [for which image]",
    Act.REUSE_MODEL: "is made again with the model of another work: [which]",
    Act.LICENSE_TRAINING: "is licensed for training: [to whom, for what]",
    Act.TRANSFER_REPLICA: "goes as a replica to another company: [to whom, for what]",
}


def description(draft: Draft, grant: Grant) -> str:
    """A description that names role, act, work and limit: from a planned use on file where there is one."""
    for use in draft.planned(grant):
        if use.description:
            return _planned(draft, use)
    title = draft.setting.production.title
    if grant.acts == (Act.CREATE_REPLICA,):
        replica = draft.setting.replica
        made = _SESSIONS.get(replica.made_from, "session") if replica and replica.made_from else "session"
        return f"One {made} of {draft.name} for {_scenes(grant)} of {title}; nothing else is captured."
    return f"{draft.name} {_does(grant)}, in {_scenes(grant)} of {title}; {_length(grant)}; nothing else."


def _planned(draft: Draft, use: Use) -> str:
    said = (use.description or "").rstrip(".")
    who = "" if draft.name.lower() in said.lower() else f" ({draft.name})"
    where = f", scene{'s' if len(use.scenes) > 1 else ''} {', '.join(use.scenes)}" if use.scenes else ""
    length = f", about {use.seconds} seconds" if use.seconds else ", [how long, how often]"
    return f"{said}{who}, in {draft.setting.production.title}{where}{length}."


def _does(grant: Grant) -> str:
    known = next((said for act, said in _DOES.items() if act in grant.acts), None)
    if known:
        return known
    return "is heard saying [what]" if set(grant.elements) == {Element.VOICE} else "is seen doing [what]"


def _scenes(grant: Grant) -> str:
    named = [s for s in grant.scenes or () if s != "any"]
    if not named:
        return "scene [which]"
    return f"scene{'s' if len(named) > 1 else ''} {', '.join(named)}"


def _length(grant: Grant) -> str:
    limits = grant.limits
    if limits and limits.seconds:
        return f"at most {limits.seconds} seconds"
    if limits and limits.uses:
        return f"at most {limits.uses} time{'s' if limits.uses > 1 else ''}"
    return "at most [how many] seconds"


def values(draft: Draft, grant: Grant, name: str) -> str:
    """An axis as the planned uses on file have it, else as the production has it, as a line of the draft."""
    named = {v for use in draft.planned(grant) for v in getattr(use, name) or ()}
    production = draft.setting.production
    if not named and name == "territories":
        named = set(production.released_in or ())
    if not named and name == "languages" and production.original_language:
        named = {production.original_language}
    return f"{name}: [{', '.join(sorted(named))}]" if named else f"{name}: [{_ASKED[name]}]"


_ASKED = {
    "media": "theatrical, streaming: where it is shown",
    "territories": "US, CA: where it is shown",
    "languages": "en: in which languages",
}
