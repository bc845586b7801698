"""What must happen by when: each thing to do once, for all the uses it serves, with what to type."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias
from zoneinfo import ZoneInfo

from registry.domain.clearance import Planned, ToDo, ToDoKind
from registry.domain.finding import Finding, Part, Requirement, RequirementKind, State, Verdict
from registry.domain.values import dataclass
from registry.rules.dictionary import load_dictionary

_KINDS = list(ToDoKind)
_PERHAPS = "perhaps"
_NEVER = dt.datetime.max.replace(tzinfo=dt.UTC)
Before: TypeAlias = tuple[dt.datetime | None, dt.date | None]
_BY_RIDER = (RequirementKind.CONSENT, RequirementKind.FORM)
_FOLLOWING = {
    RequirementKind.PAYMENT: ToDoKind.PAYMENT,
    RequirementKind.NOTICE: ToDoKind.NOTICE,
    RequirementKind.DUTY: ToDoKind.DUTY,
    RequirementKind.REASON: ToDoKind.REASON,
    RequirementKind.BARGAINING: ToDoKind.BARGAINING,
    RequirementKind.APPROVAL: ToDoKind.APPROVAL,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """How a verdict is put: why, in a few words; what no grant covers, a line each; what is owed, in a line."""

    why: Callable[[Verdict, str | None], str]
    missing: Callable[[Verdict], Sequence[str]]
    owed: Callable[[Finding, str | None], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """One to-do of one row, and what another has to share with it to be the same: one thing done serves both."""

    same: tuple[object, ...]
    todo: ToDo


def todos(planned: Iterable[Planned], words: Words, *, zone: str | None, now: dt.datetime) -> tuple[ToDo, ...]:
    """Everything to do for these uses: before them first, the earliest deadline first."""
    together: dict[tuple[object, ...], list[ToDo]] = {}
    for row in planned:
        for asked in _of_row(row, words, zone):
            together.setdefault(asked.same, []).append(asked.todo)
    _one_letter(together, zone)
    found = (_shared(same, zone, now) for same in together.values())
    return tuple(sorted(found, key=lambda todo: _order(todo, zone)))


def _one_letter(together: dict[tuple[object, ...], list[ToDo]], zone: str | None) -> None:
    """A notice that is owed anyway, and not later, serves a rule that only perhaps asks for it: it names that too."""
    for key in [key for key in together if key[0] == _PERHAPS and key[1:] in together]:
        owed = together[key[1:]]
        if min(_start(todo, zone) for todo in owed) <= min(_start(todo, zone) for todo in together[key]):
            owed += [replace(todo, by=None, on=None) for todo in together.pop(key)]


def _start(todo: ToDo, zone: str | None) -> dt.datetime:
    """The moment by which something is due, a day standing for its beginning."""
    return todo.by or (dt.datetime.combine(todo.on, dt.time(), _where(zone)) if todo.on else _NEVER)


def _order(todo: ToDo, zone: str | None) -> tuple[object, ...]:
    kind = _KINDS.index(todo.kind)
    return todo.follows, _start(todo, zone), kind, todo.performer or "", todo.text, todo.uses, todo.rules


def _shared(same: Sequence[ToDo], zone: str | None, now: dt.datetime) -> ToDo:
    """One to-do for all: due when the first of them is."""
    first = same[0]
    if len(same) == 1 and first.follows:
        return replace(first, command=_many(first.command, first.uses))
    by = min((t.by for t in same if t.by), default=None)
    on = min((t.on for t in same if t.on), default=None)
    if by is not None and on is not None:  # a day begins at midnight where the work is
        begins = dt.datetime.combine(on, dt.time(), _where(zone))
        by, on = (None, on) if begins < by else (by, None)
    today = now.astimezone(_where(zone)).date()
    late = not first.follows and ((by is not None and by < now) or (on is not None and on <= today))
    return replace(
        first,
        by=by,
        on=on,
        late=late,
        uses=tuple(dict.fromkeys(use for todo in same for use in todo.uses)),
        rules=tuple(dict.fromkeys(rule for todo in same for rule in todo.rules)),
        state=State.worst([todo.state for todo in same]),
        command=_many(first.command, [use for todo in same for use in todo.uses]),
    )


def _many(command: str | None, uses: Sequence[str]) -> str | None:
    """The command for all the uses, where one record of it serves several; `{uses}` stands for them."""
    if command is None:
        return None
    named = list(dict.fromkeys(uses))
    about = " ".join(f"--about {use}" for use in named)
    return command.replace("{uses}", " ".join(named)).replace("{about}", about).replace("{use}", named[0])


def _where(zone: str | None) -> dt.tzinfo:
    return ZoneInfo(zone) if zone else dt.UTC


def _of_row(row: Planned, words: Words, zone: str | None) -> Iterator[_Asked]:
    if row.verdict is None:
        return
    before = _before(row, zone)
    for finding in row.verdict.findings:
        yield from _of_finding(row, finding, words, zone, before)
    yield from _riders(row, row.verdict, words, before)
    for question in row.verdict.questions:
        person = row.performer if question.fact.startswith(("performer.", "engagement.")) else None
        todo = _todo(
            row,
            ToDoKind.QUESTION,
            question.ask,
            question.rules,
            before,
            state=State.UNKNOWN,
            performer=person,
            label=question.fact,
            command="registry check {use} --ask",
        )
        yield _Asked(same=(ToDoKind.QUESTION, question.fact, person, row.on), todo=todo)


def _of_finding(row: Planned, finding: Finding, words: Words, zone: str | None, before: Before) -> Iterator[_Asked]:
    """What one finding asks for: each part that is in the finding's own state."""
    parts = [part for part in finding.parts if part.state is finding.state]
    match finding.state:
        case State.BARRED:
            yield _barred(row, finding, before)
        case State.UNMET:
            asked = (part.requirement for part in parts if part.requirement.kind not in _BY_RIDER)
            yield from (_to_cure(row, finding, each, zone, before) for each in asked)
        case State.REFER:
            yield from _to_rule(row, finding, before)
            yield from _perhaps(row, finding, parts, zone)
        case State.UNKNOWN:
            yield from _perhaps(row, finding, parts, zone)
        case State.DUE:
            yield from (_follows(row, finding, part, words, zone) for part in parts)


def _todo(
    row: Planned,
    kind: ToDoKind,
    text: str,
    rules: Iterable[str],
    before: Before,
    *,
    state: State,
    performer: str | None = None,
    to: str | None = None,
    asked: Requirement | None = None,
    label: str | None = None,
    command: str | None = None,
) -> ToDo:
    """A to-do of one row, before its use; amount and label are those of what is asked for."""
    by, on = before
    return ToDo(
        kind=kind,
        text=text,
        uses=(row.use.id,),
        performer=performer,
        to=to,
        rules=tuple(rules),
        by=by,
        on=on,
        amount=asked.amount if asked else None,
        label=label or (asked.label or asked.question if asked else None),
        state=state,
        command=command,
    )


def _before(row: Planned, zone: str | None) -> Before:
    """Before what it has to be done: the moment of the work; the day, where no time of it is known."""
    return _due(row.use.at, zone) if row.use.at is not None else (None, None)


def _due(moment: dt.datetime, zone: str | None) -> Before:
    """A moment where the work is; midnight is the beginning of a day of which no time is known."""
    local = moment.astimezone(_where(zone)) if zone else moment
    return (None, local.date()) if local.time() == dt.time() else (local, None)


def _riders(row: Planned, verdict: Verdict, words: Words, before: Before) -> Iterator[_Asked]:
    """A rider of the same lines is signed once for all uses it covers. While a rule bars the use none is offered."""
    unmet = [f for f in verdict.findings if f.state is State.UNMET]
    asking = [f.rule for f in unmet if any(p.state is State.UNMET and p.requirement.kind in _BY_RIDER for p in f.parts)]
    if not asking or any(f.state is State.BARRED for f in verdict.findings):
        return
    missing = tuple(words.missing(verdict))
    said = "; ".join(missing) if len(missing) <= 3 else f"{'; '.join(missing[:2])} and {len(missing) - 2} more"
    of_one = f" --performer {row.performer}" if len(row.use.performers) > 1 else ""
    todo = _todo(
        row,
        ToDoKind.RIDER,
        f"rider of {row.who}: {said}",
        asking,
        before,
        state=State.UNMET,
        performer=row.performer,
        to="performer",
        command=f"registry cure {{use}} --rider{of_one}",
    )
    yield _Asked(same=(ToDoKind.RIDER, row.performer, missing, row.use.act, row.on), todo=todo)


def _barred(row: Planned, finding: Finding, before: Before) -> _Asked:
    text = f"{_lower(finding.title)}: nothing can cure this; drop the use, or change what is planned"
    todo = _todo(
        row,
        ToDoKind.OTHER,
        text,
        (finding.rule,),
        before,
        state=State.BARRED,
        performer=row.performer,
        command="registry check {use}",
    )
    return _Asked(same=(finding.rule, row.performer, *before), todo=todo)


def _to_cure(row: Planned, finding: Finding, asked: Requirement, zone: str | None, before: Before) -> _Asked:
    """What turns a finding that refuses, and is no rider."""
    kind, text, command, shared = _cured(row, finding, asked)
    due = before
    if asked.deadline is not None and kind is not ToDoKind.APPROVAL:
        due = _due(asked.deadline, zone)
    todo = _todo(
        row,
        kind,
        text,
        (finding.rule,),
        due,
        state=State.UNMET,
        performer=row.performer if row.performer in shared else None,
        to=asked.to or asked.sender or asked.who,
        asked=asked,
        command=command,
    )
    # One letter serves every rule that asks for it by then: the earliest deadline of a day counts.
    when: tuple[object, ...] = (row.on,) if kind is ToDoKind.NOTICE else due
    return _Asked(same=(kind, *shared, *when), todo=todo)


def _perhaps(row: Planned, finding: Finding, parts: Iterable[Part], zone: str | None) -> Iterator[_Asked]:
    """A notice whose clock runs, although it is not known yet whether it is owed."""
    for part in parts:
        asked = part.requirement
        if asked.kind is RequirementKind.NOTICE and asked.deadline is not None:
            one = _to_cure(row, finding, asked, zone, (None, None))
            todo = replace(one.todo, text=f"perhaps: {one.todo.text}", state=part.state)
            yield _Asked(same=(_PERHAPS, *one.same), todo=todo)


def _cured(row: Planned, finding: Finding, asked: Requirement) -> tuple[ToDoKind, str, str | None, tuple[object, ...]]:
    """Kind, text and command, and what uses share that one such record serves."""
    to = asked.to or asked.sender or "platform"
    party = _party(to)
    match asked.kind:
        case RequirementKind.NOTICE:
            whom = row.who if to == "performer" else party
            command = f"registry record notice {to} {{about}} --at …"
            return ToDoKind.NOTICE, f"notice to {whom}", command, (to, row.performer if to == "performer" else None)
        case RequirementKind.APPROVAL:
            command = f"registry record request {{uses}} --to {to} --at …"
            return ToDoKind.APPROVAL, f"ask {party} for written approval", command, (to,)
        case RequirementKind.REASON:
            command = 'registry record reason {uses} --text "…" --at …'
            return ToDoKind.REASON, f"write down the reason for {row.who}", command, (row.use.act, row.performer)
        case RequirementKind.BARGAINING:
            command = f"registry record bargaining {{uses}} --with {to} --opened …"
            return ToDoKind.BARGAINING, f"open bargaining with {party}", command, (to,)
        case RequirementKind.PAYMENT:
            text = f"pay {row.who}: {_lower(asked.label or finding.title)}"
            return ToDoKind.PAYMENT, text, _payment(row, finding, asked), (row.use.id, row.performer, finding.rule)
        case RequirementKind.RULING:
            return _ruling(asked.question or "rule", finding, asked.who)
        case RequirementKind.FACT:
            text = _lower(asked.label or finding.title)
            return ToDoKind.OTHER, text, "registry check {use}", (finding.rule, text)
        case _:
            text = _lower(asked.label or finding.title)
            return ToDoKind.DUTY, text, f"registry record done {{uses}} {finding.rule} --on …", (finding.rule, text)


def _payment(row: Planned, finding: Finding, asked: Requirement) -> str:
    amount = f'"{asked.amount}"' if asked.amount else "AMOUNT"
    return f"registry record payment {row.use.id} {finding.rule} {amount} --on …"


def _ruling(question: str, finding: Finding, who: str | None) -> tuple[ToDoKind, str, str | None, tuple[object, ...]]:
    """A judgement is settled in the capacity its fact names; a ruling on a rule itself is counsel's."""
    definition = load_dictionary().get(question)
    capacity = (definition.who if definition else None) or "counsel"
    asked = (definition.ask if definition else finding.title).rstrip("?")
    answers = "yes|no" if question != "rule" else f"applies|does_not_apply|met --rule {finding.rule}"
    command = f"registry record ruling {{uses}} {question} {answers} --by NAME --capacity {capacity} --because …"
    text = f"ruling by {(who or capacity).replace('_', ' ')}: {asked}"
    return ToDoKind.RULING, text, command, (f"rule {finding.rule}" if question == "rule" else question,)


def _to_rule(row: Planned, finding: Finding, before: Before) -> Iterator[_Asked]:
    """What a named person has to decide. One ruling may be given for many uses, and serves all rules that ask."""
    who = finding.cure.who if finding.cure else None
    for question in finding.rulings or ("rule",):
        kind, text, command, shared = _ruling(question, finding, who)
        todo = _todo(
            row, kind, text, (finding.rule,), before, state=State.REFER, to=who, label=question, command=command
        )
        yield _Asked(same=(kind, *shared, row.use.act, *before), todo=todo)


def _follows(row: Planned, finding: Finding, part: Part, words: Words, zone: str | None) -> _Asked:
    """A duty or a payment. Each use is paid for by itself; a duty done once is done for all uses that call for it."""
    asked = part.requirement
    kind = _FOLLOWING.get(asked.kind, ToDoKind.OTHER)
    text = words.owed(_of_part(finding, part), zone)
    if finding.conditional_on:
        text = f"perhaps: {text}"
    performer: str | None = None
    of: tuple[str | None, ...] = ()
    command = f"registry record done {{uses}} {finding.rule} --on …"
    if kind is ToDoKind.PAYMENT:
        performer, of, command = row.performer, (row.performer, row.use.id), _payment(row, finding, asked)
        text += f" for {row.who}" if performer else ""
    elif kind is ToDoKind.NOTICE:
        performer, of = row.performer, (row.performer,)
        command = f"registry record notice {asked.to or 'performer'} {{about}} --at …"
    by = _local(asked.deadline, zone)
    todo = ToDo(
        kind=kind,
        text=text,
        uses=(row.use.id,),
        performer=performer,
        to=asked.to or asked.sender,
        rules=(finding.rule,),
        by=by,
        on=asked.due_on,
        amount=asked.amount,
        label=asked.label,
        follows=True,
        state=State.DUE,
        command=command,
    )
    return _Asked(same=(kind, True, finding.rule, text, *of, by, asked.due_on), todo=todo)


def _of_part(finding: Finding, part: Part) -> Finding:
    """The finding with this part alone, and without its day: the to-do has that itself."""
    asked = part.requirement
    if len(finding.parts) == 1 and asked.due_on is None and asked.deadline is None:
        return finding
    undated = replace(part, requirement=replace(asked, due_on=None, deadline=None))
    return replace(finding, parts=(undated,))


def _local(moment: dt.datetime | None, zone: str | None) -> dt.datetime | None:
    return moment.astimezone(ZoneInfo(zone)) if moment and zone else moment


def _party(name: str) -> str:
    if name in ("performer", "union", "platform"):
        return f"the {name}"
    return name.capitalize() if name.islower() else name


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:].rstrip(".")
