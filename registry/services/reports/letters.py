"""Letters ready to send, from what a clearance has to do: notices to performers, to the union, to the platform.

One letter for each notice that is to be given; all that one platform is to be told or asked about the same uses is one
note. A letter states what is planned and on file, and says of everything else that it is not recorded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from registry.domain.clearance import Clearance, Planned, ToDo, ToDoKind
from registry.domain.clearance_report import Label
from registry.domain.finding import Finding
from registry.domain.letter import NOT_ANSWERED, NOT_RECORDED, Block, Letter, LetterKind
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.vocabulary import territory_name
from registry.domain.words import Act, Agreement, Capacity, RecordKind
from registry.domain.world import World
from registry.engine.on_file import latest
from registry.rules.dictionary import load_dictionary
from registry.services.reports.platform_note import Told, Writer, answer, platform_note
from registry.services.reports.view import when
from registry.services.reports.words import ACTS, at, clean, listing, plain_day, ranged

_THROUGH = (Capacity.GUARDIAN, Capacity.ESTATE, Capacity.ATTORNEY, Capacity.AGENT, Capacity.MANAGER)
_ASSERTED = ("use.", "training.", "transfer.", "model.", "production.", "output.")


def letters_of(clearance: Clearance, world: World, *, writer: Writer) -> tuple[Letter, ...]:
    """The letters, in the order of the things to do."""
    return tuple(_Desk(clearance, world, writer).letters())


class _Desk:
    """What every letter of a clearance is written from."""

    def __init__(self, clearance: Clearance, world: World, writer: Writer) -> None:
        self._clearance, self._world, self._writer = clearance, world, writer
        self._production = latest(world.productions, None).get(clearance.production)
        self._performers = latest(world.performers, None)
        self._replicas = latest(world.replicas, None)
        self._engagements = latest(world.engagements, None)
        self._planned: dict[str, list[Planned]] = {}
        for one in clearance.planned:
            self._planned.setdefault(one.use.id, []).append(one)
        self._for_platform = [todo for todo in clearance.todos if self._is_for_platform(todo)]

    def letters(self) -> Iterator[Letter]:
        names: dict[str, int] = {}
        for todo in self._clearance.todos:
            for letter in self._letters(todo):
                names[letter.name] = names.get(letter.name, 0) + 1
                yield _numbered(letter, names[letter.name])

    def _letters(self, todo: ToDo) -> Iterator[Letter]:
        if self._is_for_platform(todo):
            if self._leads(todo):
                yield self._to_platform(todo)
        elif todo.kind in (ToDoKind.NOTICE, ToDoKind.APPROVAL) and todo.to == "union":
            yield self._to_union(todo)
        elif todo.kind is ToDoKind.NOTICE:
            for performer in self._addressed(todo):
                yield self._to_performer(todo, performer)

    def _addressed(self, todo: ToDo) -> list[str]:
        if todo.performer:
            return [todo.performer]
        people = [one.performer for use in todo.uses for one in self._planned.get(use, ()) if one.performer]
        return list(dict.fromkeys(people))

    def _to_platform(self, todo: ToDo) -> Letter:
        told = []
        for use in todo.uses:
            planned = self._planned.get(use, [])
            if planned:
                verdicts = tuple(one.verdict for one in planned if one.verdict)
                told.append(Told(use=planned[0].use, verdicts=verdicts))
        note = platform_note(told, self._world, writer=self._writer, name=f"note-platform-{todo.uses[0]}")
        served = [t for t in self._for_platform if set(t.uses) <= set(todo.uses)]
        noticed = [self._noticed("platform", uses) for uses in _uses_of(served, ToDoKind.NOTICE)]
        asked = [_requested(_platform(self._production), uses) for uses in _uses_of(served, ToDoKind.APPROVAL)]
        due = min(served, key=lambda t: (t.follows, t.by or _LAST, t.on or dt.date.max))
        return replace(
            note,
            when=when(due, self._clearance.zone),
            late=any(t.late for t in served),
            commands=(*noticed, *asked),
        )

    def _is_for_platform(self, todo: ToDo) -> bool:
        """Whether the platform's contact is told or asked, by name or as the platform."""
        named = self._production.platform if self._production else None
        return todo.to in ("platform", named) and todo.kind in (ToDoKind.NOTICE, ToDoKind.APPROVAL)

    def _leads(self, todo: ToDo) -> bool:
        """Whether a note about this is not part of another: of those about the same uses, the first."""
        for other in self._for_platform:
            if other is todo:
                return not any(set(todo.uses) < set(one.uses) for one in self._for_platform)
            if set(todo.uses) <= set(other.uses):
                return False
        return False

    def _noticed(self, to: str, uses: Sequence[str]) -> str:
        about = " ".join(f"--about {use}" for use in uses)
        return f"registry record notice {to} {about} --production {self._clearance.production} --at …"

    def _to_performer(self, todo: ToDo, performer_id: str) -> Letter:
        performer = self._performers.get(performer_id)
        uses = [one for use in todo.uses for one in self._planned.get(use, ()) if one.performer == performer_id]
        sessions = any(one.use.act is Act.CREATE_REPLICA for one in uses)
        what = "a digital replica session" if sessions else "planned digital work"
        blocks = [Block(sentences=(self._opening(what),))]
        blocks += [self._planned_block(one, several=len(uses) > 1) for one in uses]
        blocks.append(self._basis(todo, uses))
        blocks.append(Block(sentences=(_NO_CONSENT,)))
        about = " ".join(f"--about {one.use.replica or one.use.id}" for one in uses)
        return Letter(
            name=f"notice-{performer_id}-{todo.uses[0]}",
            kind=LetterKind.NOTICE,
            to=tuple(_addressees(performer, performer_id, self._writer.on)),
            sender=clean(self._writer.name),
            company=self._writer.company,
            on=self._writer.on,
            subject=f"Notice of {what}: {clean(self._clearance.title)}",
            blocks=tuple(blocks),
            uses=todo.uses,
            when=when(todo, self._clearance.zone),
            late=todo.late,
            commands=(
                f"registry record notice performer {about} --performer {performer_id} "
                f"--production {self._clearance.production} --at …",
            ),
        )

    def _to_union(self, todo: ToDo) -> Letter:
        planned = [self._planned[use][0] for use in todo.uses if use in self._planned]
        union = _union(self._production)
        acts = listing(dict.fromkeys(ACTS[one.use.act] for one in planned))
        asks = todo.kind is ToDoKind.APPROVAL
        what = "asks the union for its approval of" if asks else "gives the union notice of"
        opening = f"{self._company()} {what} the following on {clean(self._clearance.title)}."
        blocks = [Block(sentences=(opening,)), Block(facts=tuple(self._signatory()))]
        blocks += [block for one in planned for block in self._union_blocks(one, todo)]
        blocks.append(self._basis(todo, planned))
        blocks.append(Block(sentences=(_TALK,)))
        return Letter(
            name=f"{'request' if asks else 'notice'}-union-{todo.uses[0]}",
            kind=LetterKind.UNION,
            to=(union,),
            sender=clean(self._writer.name),
            company=self._writer.company,
            on=self._writer.on,
            subject=f"{'Request' if asks else 'Notice'} to the union: {acts}, {clean(self._clearance.title)}",
            blocks=tuple(blocks),
            uses=todo.uses,
            when=when(todo, self._clearance.zone),
            late=todo.late,
            commands=(_requested("union", todo.uses) if asks else self._noticed("union", todo.uses),),
        )

    def _company(self) -> str:
        named = self._writer.company or (self._production.company if self._production else None)
        return clean(named) if named else "The production"

    def _opening(self, what: str) -> str:
        return f"{self._company()} gives you notice of {what} for {clean(self._clearance.title)}, as follows."

    def _planned_block(self, planned: Planned, *, several: bool) -> Block:
        use = planned.use
        replica = self._replicas.get(use.replica or "")
        facts = [
            Label("What is planned", f"{ACTS[use.act]}{f': {clean(use.description)}' if use.description else ''}"),
            Label("When", at(use.at, self._clearance.zone) if use.at else _day_or_not(planned.on)),
            Label("Where", self._place(planned)),
            Label("For which role", clean(planned.character or _role(self._engagement(planned)) or NOT_RECORDED)),
            Label("For which scenes", ranged(use.scenes) if use.scenes else NOT_RECORDED),
            Label(*_captured(use, replica)),
            Label("By whom", clean(replica.holder) if replica and replica.holder else NOT_RECORDED),
            Label("Why it is needed", self._reason(use)),
        ]
        return Block(heading=use.id if several else "", facts=tuple(facts))

    def _union_blocks(self, planned: Planned, todo: ToDo) -> Iterator[Block]:
        """What is planned, and what was answered of the facts that the rule turns on."""
        use = planned.use
        facts = [
            Label("What is planned", f"{ACTS[use.act]}{f': {clean(use.description)}' if use.description else ''}"),
            Label("When", at(use.at, self._clearance.zone) if use.at else _day_or_not(planned.on)),
            Label("Scenes", ranged(use.scenes) if use.scenes else NOT_RECORDED),
            Label("Performer", clean(planned.who) if planned.performer else "nobody identifiable"),
            Label("With which tool", clean(use.tool) if use.tool else NOT_RECORDED),
            Label("Why it is needed", self._reason(use)),
        ]
        yield Block(heading=use.id, facts=tuple(facts))
        answers = {fact.name: fact.value for finding in _asked(planned, todo) for fact in finding.facts}
        dictionary = load_dictionary()
        asked = [name for name in answers if name.startswith(_ASSERTED) and name not in _TOLD and name in dictionary]
        if asked:
            yield Block(facts=tuple(Label(dictionary[name].ask, answer(answers[name])) for name in asked), wide=True)

    def _signatory(self) -> Iterator[Label]:
        found = self._production
        yield Label("Production", f"{clean(self._clearance.title)} ({self._clearance.production})")
        agreement = found.agreement.value if found and found.agreement else NOT_RECORDED
        yield Label("Agreement", agreement)
        start = found.photography_starts_on if found else None
        yield Label("Photography starts", plain_day(start) if start else NOT_RECORDED)
        released = found.released_on if found else None
        yield Label("Release", plain_day(released) if released else NOT_RECORDED)

    def _basis(self, todo: ToDo, planned: Sequence[Planned]) -> Block:
        """The rules that ask for the notice, each with its source, and when it was to be given."""
        asked = {f.rule: f for one in planned for f in _asked(one, todo)}
        facts = [Label(rule, f"{clean(f.title)}{f' ({clean(f.cite)})' if f.cite else ''}") for rule, f in asked.items()]
        asks = todo.kind is ToDoKind.APPROVAL
        made, needed = (
            ("request is made", "The approval is needed") if asks else ("notice is given", "It is to be given")
        )
        given = f"This {made} on {plain_day(self._writer.on)}."
        due = f" {needed} {when(todo, self._clearance.zone)}." if todo.by or todo.on else ""
        return Block(heading="Asked for by", sentences=(f"{given}{due}",), facts=tuple(facts))

    def _engagement(self, planned: Planned) -> Engagement | None:
        wanted = (planned.performer, self._clearance.production)
        named = self._engagements.get(planned.use.engagement or "")
        return named or next((e for e in self._engagements.values() if (e.performer, e.production) == wanted), None)

    def _place(self, planned: Planned) -> str:
        """Where: the place of the day as the sheets have it, else that of the use, else those of the production."""
        on_sheet = next((d.place for d in self._clearance.days if d.on == planned.on and d.place), None)
        codes = [planned.use.place] if planned.use.place else list(self._production.places if self._production else ())
        named = listing(territory_name(code) for code in codes)
        return ", ".join(filter(None, [clean(on_sheet or ""), named])) or NOT_RECORDED

    def _reason(self, use: Use) -> str:
        found = [r for r in self._world.records if r.kind is RecordKind.REASON and use.id in r.use and r.text]
        return clean(found[-1].text or "") if found else NOT_RECORDED


_NO_CONSENT = (
    "This is a notice and asks for no signature. It is not a consent, asks for none, and changes nothing in what you "
    "have agreed to or declined."
)
_TALK = "We are ready to meet about this. Please answer in writing to the sender named above."
_LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
_TOLD = ("use.act", "use.description", "use.at", "use.on", "use.tool", "use.scenes")


def _numbered(letter: Letter, number: int) -> Letter:
    return letter if number == 1 else replace(letter, name=f"{letter.name}-{number}")


def _asked(planned: Planned, todo: ToDo) -> list[Finding]:
    """The findings on this use that the thing to do answers."""
    return [f for f in planned.verdict.findings if f.rule in todo.rules] if planned.verdict else []


def _requested(to: str, uses: Sequence[str]) -> str:
    return f"registry record request {' '.join(uses)} --to {to} --at …"


def _uses_of(todos: Sequence[ToDo], kind: ToDoKind) -> list[tuple[str, ...]]:
    """All uses that things of one kind are about, as one; nothing where there are none."""
    uses = tuple(dict.fromkeys(use for todo in todos if todo.kind is kind for use in todo.uses))
    return [uses] if uses else []


def _platform(production: Production | None) -> str:
    return clean(production.platform) if production and production.platform else "platform"


def _addressees(performer: Performer | None, performer_id: str, on: dt.date) -> Iterator[str]:
    """The performer by their legal name, then whoever acts for them that day: a guardian and an estate first."""
    if performer is None:
        yield performer_id
        return
    known_as = clean(performer.known_as)
    legal = clean(performer.legal_name)
    yield legal if legal == known_as else f"{legal} ({known_as})"
    acting = [r for r in performer.representatives if r.acts_on(on) and r.capacity in _THROUGH]
    for representative in sorted(acting, key=lambda r: (_THROUGH.index(r.capacity), r.id)):
        yield f"{clean(representative.name)}, {representative.capacity.value}"


def _union(production: Production | None) -> str:
    agreement = production.agreement if production else None
    if agreement is None or agreement in (Agreement.NONE, Agreement.UNKNOWN):
        return "the union"
    for prefix, name in (("sag-aftra", "SAG-AFTRA"), ("equity", "Equity"), ("ubcp", "UBCP/ACTRA"), ("actra", "ACTRA")):
        if agreement.value.startswith(prefix):
            return name
    return "the union"


def _captured(use: Use, replica: Replica | None) -> tuple[str, str]:
    """What of the performer is captured or used, and which biometric data that is."""
    label = "What is captured" if use.act is Act.CREATE_REPLICA else "What is used"
    elements = use.elements or (replica.elements if replica else ())
    parts = [listing(element.value for element in elements)] if elements else []
    if replica and replica.made_from:
        parts.append(f"from {replica.made_from.value.replace('_', ' ')}")
    kinds = replica.biometric_kinds if replica else None
    if kinds:
        parts.append(f"biometric data: {listing(kind.value.replace('_', ' ') for kind in kinds)}")
    return label, "; ".join(parts) or NOT_RECORDED


def _role(engagement: Engagement | None) -> str | None:
    return engagement.role if engagement else None


def _day_or_not(on: dt.date | None) -> str:
    return f"{plain_day(on)}, at a time to be told" if on else NOT_ANSWERED
