"""What a recipient needs, and no more: of a production not what its people signed elsewhere, of a performer nobody
else's part. The verdicts are those of the whole file; where what is kept gives the same, they replay from it.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import RecordKind
from registry.domain.world import World
from registry.services.bundles.asking import Stock
from registry.services.register import Register, registered
from registry.storage.proof import Committed

_EVERYBODY = (RecordKind.STRIKE, RecordKind.SUSPENSION)


def narrowed(
    register: Register, keep: Callable[[World], World], *, people: frozenset[str] | None = None
) -> tuple[Register, bool]:
    """The register with the world that is kept and the verdicts of the whole one, of some people where they are named;
    and whether the world that is kept gives these verdicts too."""
    world = keep(register.world)
    kept = {use.id: use for use in world.uses}
    uses = [kept[use.id] for use in register.uses() if use.id in kept]
    found = registered(world, uses, register.catalogue, register.clocks)
    entries = tuple(
        replace(e, use=kept[e.use.id])
        for e in register.entries
        if e.use.id in kept and (people is None or e.performer is None or e.performer in people)
    )
    again = {e.key: e.verdict for e in found.entries}
    replays = again == {e.key: e.verdict for e in entries}
    return replace(found, entries=entries, unjudged=register.unjudged), replays


def of_production(production: str) -> Callable[[World], World]:
    """The world as far as one production needs it."""

    def keep(world: World) -> World:
        named = [p for p in world.productions if p.id == production]
        uses = tuple(u for u in world.uses if u.production == production)
        replicas = {u.replica for u in uses if u.replica}
        people = {p for u in uses for p in u.performers}
        people |= {e.performer for e in world.engagements if e.production == production}
        made_for = {r.made_for for r in world.replicas if r.id in replicas and r.made_for}
        works = [*named, *(p for p in world.productions if p.id in made_for)]
        consents = tuple(
            c
            for c in world.consents
            if c.performer in people and any(_reaches(work, g.productions) for g in c.grants for work in works)
        )
        return replace(
            world,
            performers=tuple(p for p in world.performers if p.id in people),
            productions=tuple(p for p in world.productions if p.id in {w.id for w in works}),
            engagements=tuple(e for e in world.engagements if e.production == production),
            replicas=tuple(r for r in world.replicas if r.id in replicas or r.made_for == production),
            models=tuple(m for m in world.models if m.made_for == production or m.id in {u.model for u in uses}),
            consents=consents,
            uses=uses,
            records=_records(world, {u.id for u in uses}, people, {c.id for c in consents}, {production}),
            decisions=(),
        )

    return keep


def of_role(production: str, people: frozenset[str]) -> Callable[[World], World]:
    """The world as far as the people who play a role on a production are concerned. Uses with nobody in them stay: a
    synthetic performer may play in the role."""
    whole = of_production(production)

    def keep(world: World) -> World:
        kept = whole(world)
        uses = tuple(
            replace(u, performers=tuple(p for p in u.performers if p in people))
            for u in kept.uses
            if not u.performers or people & set(u.performers)
        )
        consents = tuple(c for c in kept.consents if c.performer in people)
        named = {u.replica for u in uses}
        return replace(
            kept,
            performers=tuple(p for p in kept.performers if p.id in people),
            engagements=tuple(e for e in kept.engagements if e.performer in people),
            replicas=tuple(r for r in kept.replicas if r.performer in people or r.id in named),
            models=tuple(m for m in kept.models if people & set(m.trained_on)),
            consents=consents,
            uses=uses,
            records=_records(world, {u.id for u in uses}, set(people), {c.id for c in consents}, {production}),
        )

    return keep


def without_others(stock: Stock, people: frozenset[str]) -> Stock:
    """Without what was decided on other people in the same uses, and without the texts that name other people."""

    def own(text: Committed) -> bool:
        said = json.loads(text.content)
        named = said.get("performer", said.get("trained_on", ()))
        return set([named] if isinstance(named, str) else named or ()) <= people

    return replace(
        stock,
        decisions=tuple(d for d in stock.decisions if d.performer is None or d.performer in people),
        proof=replace(stock.proof, texts=tuple(filter(own, stock.proof.texts))),
    )


def of_performer(performer: str) -> Callable[[World], World]:
    """The world as far as one performer is concerned: of a use of several people, their part alone."""

    def keep(world: World) -> World:
        uses = tuple(_alone(u, performer) for u in world.uses if performer in u.performers)
        consents = tuple(c for c in world.consents if c.performer == performer)
        productions = {u.production for u in uses} | {
            e.production for e in world.engagements if e.performer == performer
        }
        replicas = tuple(r for r in world.replicas if r.performer == performer or r.id in {u.replica for u in uses})
        productions |= {r.made_for for r in replicas if r.made_for}
        records = _records(world, {u.id for u in uses}, {performer}, {c.id for c in consents}, productions)
        return replace(
            world,
            performers=tuple(p for p in world.performers if p.id == performer),
            productions=tuple(p for p in world.productions if p.id in productions),
            engagements=tuple(e for e in world.engagements if e.performer == performer),
            replicas=replicas,
            models=tuple(replace(m, trained_on=(performer,)) for m in world.models if performer in m.trained_on),
            consents=consents,
            uses=uses,
            records=records,
            decisions=(),
        )

    return keep


def _reaches(production: Production, names: tuple[str, ...]) -> bool:
    return production.is_named_by(names)


def _alone(use: Use, performer: str) -> Use:
    return replace(use, performers=(performer,))


def _records(
    world: World, uses: set[str], people: set[str], consents: set[str], productions: set[str]
) -> tuple[Record, ...]:
    """The records about what is kept, those that concern everybody, and the corrections of any of them."""

    def kept(record: Record) -> bool:
        if record.performer is not None and record.performer not in people:
            return False
        about = {*record.use, *record.about}
        named = (about and about & (uses | {r.id for r in world.replicas})) or record.consent in consents
        general = not about and record.consent is None and record.replica is None
        own = record.production in productions or record.performer in people or record.kind in _EVERYBODY
        return bool(named or (general and own) or (record.replica is not None))

    found = {r.id for r in world.records if r.kind is not RecordKind.CORRECTION and kept(r)}
    while more := {r.id for r in world.records if r.corrects in found} - found:
        found |= more
    return tuple(r for r in world.records if r.id in found)
