"""What a performer agreed to and withheld, in words; and who may sign for them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.cli.output import labelled, paragraph, table
from registry.cli.phrases import counted, day, listing, said, sentence
from registry.domain.territories import territory_name
from registry.services.after_death import Term
from registry.services.history import Entry, History, refused_acts
from registry.services.signatories import Readiness, Signatories, Signer

HEADER = ["on", "said", "what", "productions", "until", "by", "where", "words"]
SIGNERS = ["role", "name", "id", "share", "must sign", "proof", "missing"]
_HEADLINES = {Readiness.READY: "CAN BE SIGNED", Readiness.INCOMPLETE: "NOT COMPLETE", Readiness.BLOCKED: "BLOCKED"}


def withheld_lines(found: History) -> list[str]:
    """What they said no to; nothing on file is no yes."""
    person = found.performer
    lines = [f"{person.known_as}   {person.id}"]
    if not found.withheld:
        told = f"Nothing on file says that {person.known_as} refused anything. That is not a yes: ask."
        return lines + paragraph(told)
    acts = refused_acts(found.withheld)
    about = f", among it to {listing(said(act) for act in acts)}" if acts else ""
    lines += paragraph(f"On file {person.known_as} said no {_times(len(found.withheld))}{about}.")
    return [*lines, *_entries(found.withheld)]


def history_lines(found: History) -> list[str]:
    """Everything, oldest first."""
    person = found.performer
    lines = [f"{person.known_as}   {person.id}"]
    if not found.entries:
        return lines + paragraph(f"Nothing is on file about {person.known_as} but the name. That is not a yes: ask.")
    yes = sum(entry.said.value == "agreed" for entry in found.entries)
    told = f"{counted(yes, 'clause')} agreed to; a no {_times(len(found.withheld))}"
    return [*lines, *paragraph(sentence(told)), *_entries(found.entries)]


def entry_row(entry: Entry) -> list[str]:
    """One entry as a row of a table for machines."""
    return [
        entry.on.isoformat() if entry.on else "",
        entry.said.value,
        ";".join(entry.acts),
        ";".join(entry.productions),
        entry.until.isoformat() if entry.until else "",
        entry.by or "",
        entry.source,
        entry.text,
    ]


def _times(n: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(n, f"{n} times")


def _entries(entries: Iterable[Entry]) -> list[str]:
    lines: list[str] = []
    for entry in entries:
        when = day(entry.on) if entry.on else "no date"
        acts = listing(said(act) for act in entry.acts)
        works = f"on {listing(entry.productions)}" if entry.productions else "no production named"
        by = f"by {entry.by}" if entry.by else ""
        until = f"until {day(entry.until)}" if entry.until else ""
        what = ", ".join(part for part in (acts, works, by, until) if part)
        lines += ["", *labelled(when, f"{entry.said.value}: {what}", entry.source, indent=14)]
        lines += paragraph(entry.text, 14) if entry.text else []
    return lines


def signers_lines(found: Signatories, terms: Sequence[Term] = (), title: str = "") -> list[str]:
    """Whether a paper can be signed, by whom, and what has to be obtained first."""
    person = found.performer
    lines = [f"{_HEADLINES[found.readiness]}   {title or person.id}   {person.legal_name}, on {day(found.day)}"]
    lines += paragraph(_told(found))
    if found.signers:
        lines += ["", *table([_signer(signer) for signer in found.signers], indent=1)]
    if found.majorities:
        names = {signer.id: signer.name for signer in found.signers}
        groups = [listing(names.get(id_) or id_ for id_ in group) for group in found.majorities]
        lines += ["", *labelled("Enough", sentence(f"more than half: {listing(groups, 'or')}"))]
    for n, lack in enumerate(found.missing):
        lines += [*([""] if n == 0 else []), *labelled("" if n else "Missing", lack)]
    for n, note in enumerate(found.notes):
        lines += [*([""] if n == 0 else []), *labelled("" if n else "Note", note)]
    return lines + (_terms(terms) if terms else [])


def signer_row(signer: Signer) -> list[str]:
    return [
        signer.role,
        signer.name,
        signer.id or "",
        str(signer.share) if signer.share is not None else "",
        "yes" if signer.needed else "no",
        signer.proof or "",
        ";".join(signer.missing),
    ]


def _told(found: Signatories) -> str:
    must = [signer for signer in found.signers if signer.needed]
    match found.readiness:
        case Readiness.BLOCKED:
            return "Nobody on file can sign for the performer. Nothing is cleared until somebody can."
        case Readiness.INCOMPLETE:
            return f"{sentence(counted(len(found.missing), 'thing') + ' to obtain first').rstrip('.')}."
        case _:
            several = counted(len(must), "signature")
            return sentence(f"{several} {'is' if len(must) == 1 else 'are'} needed")


def _signer(signer: Signer) -> list[str]:
    share = f", {signer.share} of the rights" if signer.share is not None else ""
    proof = f"; {signer.proof}" if signer.proof else ""
    must = "signs" if signer.needed else "may sign"
    return [must, signer.role, signer.name, f"{signer.why}{share}{proof}"]


def _terms(terms: Sequence[Term]) -> list[str]:
    """The terms after death, those that still run first; further conditions stand in the rule."""
    running = [term for term in terms if term.over is not True]
    rows = [
        [
            territory_name(t.place) if t.place else "",
            f"{t.years} years",
            f"to {day(t.last_day)}" if t.over is False else "depends on the day of death",
            t.rule,
        ]
        for t in running
    ]
    ended = len(terms) - len(running)
    lines = ["", " After death, as far as the packs count a term; the rule has its conditions"]
    lines += table(rows, indent=3) if rows else ["   none of them still runs"]
    return lines + ([f"   {ended} more {'has' if ended == 1 else 'have'} ended"] if ended else [])
