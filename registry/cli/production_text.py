"""A production in the reports it is asked for: its two gates, what carries over from it, what its breakdown can say."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from registry.cli.output import headed, labelled, paragraph, table
from registry.cli.phrases import ACTS, MARKS, count, day, listing, moment, plainly, said, scenes, sentence
from registry.domain.finding import State
from registry.services.approvals import Approvals, GateLine, Said
from registry.services.breakdown import Breakdown, Disclosure, Promise
from registry.services.carrying_over import Carried, Carries, CarryOver, people_of

_GATE = 12
GATES = ["use", "act", "performers", "platform", "consent", "told", "asked", "answered", "answer", "until", "missing"]
CARRIED = ["performer", "consent", "clause", "act", "answer", "why", "ends on", "replica", "needs"]
PLANNED = ["role", "act", "elements", "purposes", "scenes", "content", "uses", "descriptions"]


def approvals_lines(found: Approvals) -> list[str]:
    """Use by use: was the platform told, was it asked, what did it answer, and do the people agree."""
    picture = found.production
    lines = [f"{picture.title}   {picture.id}"]
    if picture.platform == "none":
        return lines + paragraph("It is for no platform: there is nobody to tell and nobody to ask.")
    who = picture.platform.capitalize() if picture.platform else "A platform nobody has named"
    if not found.lines and not found.unfiled:
        return lines + paragraph(f"No use is filed, so nothing was told to {who}. registry use add FILE files some.")
    open_ = sum(line.platform in (State.BARRED, State.UNMET) for line in found.lines)
    if found.lines:
        lines += paragraph(f"{who} stands in the way of {open_} of {count(len(found.lines), 'use')}.")
    else:
        lines += paragraph("No use is filed; what records say of others nobody can hold against what is done.")
    for line in found.lines:
        lines += ["", *_gate(line, picture.timezone)]
    if found.unfiled:
        told = f"{', '.join(found.unfiled)}: records name them, and nobody can tell what was agreed to."
        lines += ["", *labelled("Not filed", told, indent=_GATE), f"{'':<{_GATE}}registry use add FILE"]
    return lines


def _gate(line: GateLine, zone: str | None) -> list[str]:
    lines = headed(line.use.id, f"{ACTS[line.use.act]}: {line.use.description or 'not described'}", indent=1)
    lines += labelled("  gates", f"platform {MARKS[line.platform]}, consent {MARKS[line.consent]}", indent=_GATE)
    lines += labelled("  told", _told(line, zone), indent=_GATE)
    lines += labelled("  agreed", _answered(line), ", ".join(line.rules), indent=_GATE)
    if line.platform in (State.UNMET, State.BARRED):
        lines.append(f"{'':<{_GATE}}registry cure {line.use.id} --note    writes what to tell them")
    return lines


def _told(line: GateLine, zone: str | None) -> str:
    if line.told is not None:
        return _on(line.told)
    by = f", by {moment(line.deadline, zone)}" if line.deadline else ""
    return {State.NONE: "no rule asks for it", State.UNMET: f"NO{by}"}.get(line.notice, "whether it has to be is open")


def _answered(line: GateLine) -> str:
    if line.answered is not None:
        until = f", until {day(line.answered.until)}" if line.answered.until else ""
        terms = f", if: {line.answered.conditions}" if line.answered.conditions else ""
        stands = "" if line.refused or line.approval is not State.UNMET else "; it does not reach this use"
        return f"{'REFUSED, ' if line.refused else ''}{_on(line.answered)}{until}{terms}{stands}"
    asked = f"asked {_on(line.asked)}, no answer yet" if line.asked else "not asked"
    if line.approval in (State.NONE, State.EXEMPT):
        return f"no rule asks for it{f' ({asked})' if line.asked else ''}"
    return f"NO, {asked}" if line.approval is State.UNMET else f"whether it has to is open, {asked}"


def _on(found: Said) -> str:
    when = day(found.on) if found.on else "no date"
    return f"{when}, {found.record}{f', {found.reference}' if found.reference else ''}"


def gate_row(line: GateLine) -> list[str]:
    use = line.use
    return [
        use.id, use.act.value, ";".join(use.performers), line.platform.value, line.consent.value,
        _iso(line.told), _iso(line.asked), _iso(line.answered),
        "" if line.answered is None else "refused" if line.refused else "approved",
        line.answered.until.isoformat() if line.answered and line.answered.until else "", ";".join(line.rules),
    ]  # fmt: skip


def _iso(found: Said | None) -> str:
    return "" if found is None else found.on.isoformat() if found.on else "no date"


def carry_over_lines(found: CarryOver) -> list[str]:
    """Person by person: which clause still counts on the other picture, which does not, and what would have to be."""
    lines = paragraph(f"{found.source.title} → {found.target.title}, judged on {day(found.day)}")
    carried = sum(c.state is Carries.CARRIES for c in found.clauses)
    lines += paragraph(f"{carried} of {count(len(found.clauses), 'clause and act', 'clauses and acts')} carry over.")
    for person, clauses in people_of(found.clauses).items():
        engaged = "" if person in found.engaged else ", not engaged on it"
        lines += ["", f" {clauses[0].name}   {person}{engaged}"]
        lines += table([_carried(c) for c in clauses], indent=3)
    if found.without:
        names = listing(name for _, name in found.without)
        lines += ["", *paragraph(f"Nothing signed for {found.source.id}: {names}. There is nothing to carry over.", 1)]
    return lines


def _carried(clause: Carried) -> list[str]:
    ends = f"to {day(clause.ends_on)}" if clause.ends_on and clause.state is Carries.CARRIES else ""
    more = f" +{len(clause.needs) - 1}" if len(clause.needs) > 1 else ""
    needs = f"ask anew: {clause.needs[0]}{more}" if clause.needs else ""
    why = "; ".join(part for part in (ends, clause.why, needs) if part)
    return [ACTS[clause.act], f"{clause.consent} §{clause.clause}", clause.state.value, why or "–"]


def carried_row(clause: Carried) -> list[str]:
    return [
        clause.performer, clause.consent, clause.clause, clause.act.value, clause.state.value, clause.why,
        clause.ends_on.isoformat() if clause.ends_on else "", clause.replica or "", ";".join(clause.needs),
    ]  # fmt: skip


def breakdown_lines(found: Breakdown) -> list[str]:
    """Wording for the breakdown, no claim beyond what is filed and what the rules in force ask."""
    lines = [f"{found.production.title}: digital work with performers, as filed on {day(found.on)}", ""]
    if not found.disclosures:
        told = "No use of a performer's voice, likeness or movement by digital means is filed. That is not a promise"
        return lines + paragraph(f"{told} that none will be: it says that nobody has planned one in writing.")
    lines += [" To be told at the audition"]
    for disclosure in found.disclosures:
        lines += labelled(disclosure.role or "not cast", _disclosed(disclosure), indent=16)
    for title, certain in (("What may be promised", True), ("What hangs on the part or the person", False)):
        chosen = [p for p in found.promises if p.certain is certain]
        lines += ["", f" {title}"] if chosen else []
        for promise in chosen:
            lines += _promised(promise)
    lines += ["", " What may not be promised"]
    rest = listing((ACTS[act] for act in found.not_filed), "or")
    lines += paragraph(
        f"That nothing further comes: on {day(found.on)} no {rest} is filed, and what is not filed is", 3
    )
    lines += paragraph("asked for separately. A breakdown is no consent, and no part depends on an answer to it.", 3)
    return lines


def _disclosed(found: Disclosure) -> str:
    elements = listing(found.elements) if found.elements else "voice, likeness or movement not said"
    scenes_ = f", {scenes(sorted(found.scenes, key=_scene))}" if found.scenes else ""
    purposes = f", for {listing(map(said, found.purposes))}" if found.purposes else ""
    if found.content is None:
        content = "; whether anything sensitive is in it is not said"
    else:
        content = f"; sensitive content: {listing(map(said, found.content))}" if found.content else ""
    words = f". {' '.join(sentence(text) for text in found.descriptions)}" if found.descriptions else ""
    return f"{ACTS[found.act]}, {elements}{scenes_}{purposes}{content}{words}"


def _scene(number: str) -> tuple[int, str]:
    digits = "".join(itertools.takewhile(str.isdigit, number))
    return int(digits or 0), number


def _promised(promise: Promise) -> list[str]:
    tag = promise.rules[0] + (f" +{len(promise.rules) - 1}" if len(promise.rules) > 1 else "")
    return labelled("  –", _plain_promise(promise), tag, indent=5)


def _plain_promise(promise: Promise) -> str:
    acts = listing(ACTS[act] for act in promise.acts)
    match promise.asks:
        case "a consent that covers the use":
            return f"Before {acts}: your consent to exactly what is described is asked for, and may be refused"
        case asks if asks.startswith("notice to the performer"):
            return f"You are told of {acts}{plainly(asks.removeprefix('notice to the performer'))}"
        case asks if asks.startswith("a duty: "):
            return f"For {acts}: {plainly(asks.removeprefix('a duty: '))}"
        case asks:
            return f"For {acts}: {plainly(asks)}"


def disclosure_row(found: Disclosure) -> list[str]:
    return [
        found.role or "", found.act.value, _joined(found.elements), ";".join(found.purposes), ";".join(found.scenes),
        _joined(found.content), ";".join(found.uses), " | ".join(found.descriptions),
    ]  # fmt: skip


def _joined(values: Sequence[str] | None) -> str:
    """`none` says there is none; empty that nobody said."""
    return "" if values is None else ";".join(values) or "none"
