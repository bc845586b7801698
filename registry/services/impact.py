"""What an event does: every use on file before and after it, what to do about each, what may have to go, whom to tell.

A use is judged twice, in a world without the event and in one with it: what differs is the impact, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.finding import Finding, Status, Verdict, VerdictWord
from registry.domain.impact import Deletion, Fate, Hit, Impact, Phase, Turned
from registry.domain.replica import Model
from registry.services.custody import held
from registry.services.drafts import drafts
from registry.services.events import Event
from registry.services.register import Progress, Register, Registered
from registry.services.turning import newly_owed, turned

_CLEAR = (VerdictWord.CLEARED, VerdictWord.CONDITIONAL)
_WAITING = (VerdictWord.REFER, VerdictWord.INCOMPLETE)
_PHASES = {
    Progress.MADE: Phase.DONE,
    Progress.PASSED: Phase.DONE,
    Progress.RUNNING: Phase.IN_FLIGHT,
    Progress.PLANNED: Phase.PLANNED,
    Progress.UNDATED: Phase.PLANNED,
}


def impact(register: Register, event: Event) -> Impact:
    """The impact of an event on the uses of a register."""
    uses = register.uses()
    before = register.again(event.before, uses)
    after = register.again(event.after, uses)
    hits = tuple(_hit(entry, before[entry.key], after[entry.key], event) for entry in register.entries)
    deletions = (*_replicas(register, event, hits), *_models(register, event))
    return Impact(
        event=event.text,
        effective=event.effective,
        recorded=event.recorded,
        known_at=register.clocks.known_at or register.clocks.now,
        uses=hits,
        deletions=deletions,
        told=drafts(register, event, hits, deletions),
        command=event.command,
    )


def _hit(entry: Registered, before: Verdict, after: Verdict, event: Event) -> Hit:
    worse = turned(before, after)
    phase = _PHASES[entry.progress]
    fate = _fate(phase, worse, after)
    return Hit(
        use=entry.use.id,
        performer=entry.performer,
        production=entry.production.id,
        act=entry.use.act.value,
        phase=phase,
        on=entry.day,
        until=entry.last_day,
        before=before.verdict,
        after=after.verdict,
        fate=fate,
        turned=tuple(_turned(f) for f in worse),
        obligation=_obligation(fate, phase, worse, event),
        owed=tuple(_owed(f) for f in newly_owed(before, after)),
        replica=entry.use.replica,
        model=entry.use.model,
        tool=entry.use.tool,
    )


def _fate(phase: Phase, worse: tuple[Finding, ...], after: Verdict) -> Fate:
    if not worse:
        return Fate.STANDS if phase is Phase.DONE else Fate.AS_BEFORE
    if phase is Phase.DONE:
        return Fate.FOR_COUNSEL
    return Fate.ON_HOLD if after.status is Status.OPEN else Fate.STOPS


def _turned(finding: Finding) -> Turned:
    whys = [part.why for part in finding.parts if part.why]
    why = "; ".join(dict.fromkeys(whys)) or finding.title
    return Turned(rule=finding.rule, state=finding.state.value, cite=finding.cite, why=why)


def _owed(finding: Finding) -> str:
    labels = [p.requirement.label for p in finding.parts if p.requirement.label]
    return f"{'; '.join(labels) or finding.title} ({finding.rule})"


def _obligation(fate: Fate, phase: Phase, worse: tuple[Finding, ...], event: Event) -> str:
    """What to do about a use, in a sentence."""
    cure = next((f.cure.text for f in worse if f.cure and f.cure.text), "")
    from_ = event.effective.isoformat()
    match fate:
        case Fate.STANDS:
            return "It was made before, and stands."
        case Fate.AS_BEFORE:
            return "It is judged as before."
        case Fate.STOPS:
            first = "Do not make it" if phase is Phase.PLANNED else f"Stop it from {from_} on"
            return f"{first}. {cure}".strip()
        case Fate.ON_HOLD:
            first = "Hold it back" if phase is Phase.PLANNED else f"Hold it from {from_} on"
            return f"{first} until that is settled. {cure}".strip()
        case Fate.FOR_COUNSEL:
            return "It was made, and would be judged otherwise now: show it to counsel before it is used again."


def _replicas(register: Register, event: Event, hits: tuple[Hit, ...]) -> Iterator[Deletion]:
    """The replicas of the people concerned. Where no use of one may go on, its purpose ends with the event."""
    live = {h.replica for h in hits if h.replica and h.fate is Fate.AS_BEFORE and h.after in _CLEAR}
    waiting = {h.replica for h in hits if h.replica and h.phase is not Phase.DONE and h.after in _WAITING}
    today = held(register)
    ended = {h.replica.id: h for h in held(register, ended_on=event.effective, revoked=event.performers)}
    for one in today:
        if one.replica.performer not in event.performers or one.destroyed:
            continue
        open_ = one.replica.id in live or one.replica.id in waiting
        grounds = one.grounds if open_ else ended[one.replica.id].grounds
        yield Deletion(
            what=one.replica.id,
            kind="replica",
            holders=one.holders,
            grounds=grounds,
            text=_replica_text(one.replica.id, live, waiting, event),
        )


def _replica_text(replica: str, live: set[str], waiting: set[str], event: Event) -> str:
    if replica in live:
        return "A use of it may still go on: keep it for that alone."
    if replica in waiting:
        return "Uses of it are on hold: keep it, and use it for nothing, until a named person has ruled."
    return f"No use of it on file may go on: its purpose ends on {event.effective.isoformat()}. Ask counsel to confirm."


def _models(register: Register, event: Event) -> Iterator[Deletion]:
    """Models trained on the people concerned, or under the consents concerned."""
    for name in sorted(register.on_file.models):
        model = register.on_file.models[name]
        if set(model.trained_on) & event.performers or set(model.consents) & event.consents:
            yield Deletion(what=name, kind="model", holders=model.co_owners, grounds=(), text=_model_text(model, event))


def _model_text(model: Model, event: Event) -> str:
    under = sorted(set(model.consents) & event.consents)
    if under:
        return (
            f"Trained under {', '.join(under)}: whether it may be kept, run or has to be trained anew is for counsel."
        )
    return "Trained on them under another consent or none on file: find out which, and ask counsel."


def status(found: Impact) -> Status:
    """0 nothing is touched; 1 some use may not be made or go on; 3 some are on hold, or for counsel."""
    fates = {hit.fate for hit in found.uses}
    if Fate.STOPS in fates:
        return Status.REFUSED
    return Status.OPEN if fates & {Fate.ON_HOLD, Fate.FOR_COUNSEL} else Status.CLEARED


def plain(found: Impact) -> dict[str, object]:
    """The impact as texts, numbers, lists and objects, with keys that are always the same."""
    return {
        "format": "consent-impact/1",
        "event": found.event,
        "effective": found.effective.isoformat(),
        "recorded": found.recorded,
        "known_at": found.known_at.isoformat(),
        "uses": [_plain_hit(hit) for hit in found.uses],
        "held": [
            {
                "what": one.what,
                "kind": one.kind,
                "holders": list(one.holders),
                "text": one.text,
                "grounds": [
                    {"rule": g.rule, "on": g.on.isoformat() if g.on else None, "why": g.why, "sure": g.sure}
                    for g in one.grounds
                ],
            }
            for one in found.deletions
        ],
        "told": [{"role": t.role, "name": t.name, "about": list(t.about), "draft": t.draft} for t in found.told],
    }


def _plain_hit(hit: Hit) -> dict[str, object]:
    return {
        "use": hit.use,
        "performer": hit.performer,
        "production": hit.production,
        "act": hit.act,
        "phase": hit.phase.value,
        "on": hit.on.isoformat() if hit.on else None,
        "until": hit.until.isoformat() if hit.until else None,
        "before": hit.before.value,
        "after": hit.after.value,
        "fate": hit.fate.value,
        "obligation": hit.obligation,
        "turned": [{"rule": t.rule, "state": t.state, "cite": t.cite, "why": t.why} for t in hit.turned],
        "owed": list(hit.owed),
    }
