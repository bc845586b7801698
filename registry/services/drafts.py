"""Drafts of what to tell whom about an event: whoever holds a replica, whose tool makes a use, the platform, the
company, and those who act for the performer. Text to be read, changed and sent by a person; nothing is recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from registry.domain.impact import Deletion, Fate, Hit, Told
from registry.services.events import Event
from registry.services.register import Register

_OUT = (Fate.STOPS, Fate.ON_HOLD)
_SAYS = {
    Fate.STOPS: "may not be made or go on",
    Fate.ON_HOLD: "is on hold until a named person rules",
    Fate.FOR_COUNSEL: "was made; it is being looked at",
}


def drafts(
    register: Register, event: Event, hits: tuple[Hit, ...], deletions: tuple[Deletion, ...]
) -> tuple[Told, ...]:
    """Everybody who has to be told, with a draft for each, in a stable order."""
    if not any(hit.touched for hit in hits) and not event.performers:
        return ()
    found = [
        *_holders(register, event, hits, deletions),
        *_tools(register, event, hits),
        *_commissioners(register, event, hits),
        *_representatives(register, event),
    ]
    return tuple(found)


def _holders(register: Register, event: Event, hits: tuple[Hit, ...], deletions: Iterable[Deletion]) -> Iterator[Told]:
    held: dict[str, list[Deletion]] = defaultdict(list)
    for one in deletions:
        for holder in one.holders:
            held[holder].append(one)
    for holder in sorted(held):
        mine = held[holder]
        names = {one.what for one in mine}
        stopped = [h for h in hits if h.fate in _OUT and (h.replica in names or h.model in names)]
        body = ["You hold " + ", ".join(sorted(names)) + " for us."]
        body += ["From that day, do not use it for:", *_listed(register, stopped)] if stopped else []
        for one in mine:
            days = [g for g in one.grounds if g.on]
            first = f" It has to be destroyed by {days[0].on} ({days[0].rule}: {days[0].why})." if days else ""
            body.append(f"{one.what}: {one.text}{first}")
        body.append("Please confirm in writing what you hold, where, and that you have stopped. Destroy nothing yet")
        body[-1] += " unless we ask for it; we shall then need a certificate with the day and the files."
        yield _told("vendor", holder, tuple(sorted(names)), event, body)


def _tools(register: Register, event: Event, hits: Iterable[Hit]) -> Iterator[Told]:
    by_vendor: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        tool = register.on_file.tools.get(hit.tool or "")
        if hit.fate in _OUT and tool is not None:
            by_vendor[tool.vendor or tool.id].append(hit)
    for vendor in sorted(by_vendor):
        mine = by_vendor[vendor]
        body = ["These uses were planned with your tool and do not go on:", *_listed(register, mine)]
        body.append("Please delete what was put in for them, and tell us what has been stored.")
        yield _told("tool", vendor, tuple(dict.fromkeys(h.use for h in mine)), event, body)


def _commissioners(register: Register, event: Event, hits: Iterable[Hit]) -> Iterator[Told]:
    touched: dict[str, list[Hit]] = defaultdict(list)
    for hit in hits:
        if hit.touched:
            touched[hit.production].append(hit)
    for name in sorted(touched):
        production = register.on_file.productions[name]
        uses = tuple(dict.fromkeys(h.use for h in touched[name]))
        listed = _listed(register, touched[name])
        if production.company:
            body = [f"On {production.title} this changes:", *listed]
            yield _told("production", production.company, uses, event, body)
        if production.platform and production.platform != "none":
            body = [f"On {production.title} these uses were told to you or approved by you, and have changed:", *listed]
            yield _told("platform", production.platform, uses, event, body)


def _representatives(register: Register, event: Event) -> Iterator[Told]:
    """Those who act for the performers now; where nobody does, the performer."""
    for name in sorted(event.performers):
        performer = register.on_file.performers.get(name)
        if performer is None:
            continue
        acting = [r for r in performer.representatives if r.acts_on(register.clocks.today(None))]
        body = ["We have taken note. What was made before that day stands; what is planned is stopped or on hold."]
        body.append("We shall tell you in writing what is destroyed, when and by whom.")
        names = [f"{one.name} ({one.capacity.value})" for one in acting] or [performer.known_as]
        for to in names:
            yield _told("representative", to, (name,), event, body)


def _listed(register: Register, hits: Iterable[Hit]) -> list[str]:
    return [
        f"  {hit.use}, {register.name(hit.performer)}, {hit.on or 'no day'}: {_SAYS.get(hit.fate, 'as before')}"
        for hit in hits
    ]


def _told(role: str, name: str, about: tuple[str, ...], event: Event, body: list[str]) -> Told:
    head = [f"To: {name}", f"Re: {event.text}, effective {event.effective}", ""]
    if not event.recorded:
        head.insert(0, "DRAFT: this is supposed, and not on file. Send nothing before it has happened.")
    return Told(role=role, name=name, about=about, draft="\n".join([*head, *body, ""]))
