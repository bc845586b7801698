"""The clauses of a pack file: rules, form rules for consents, and the limbs of exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from registry.domain.facts import FactValue, Owner
from registry.domain.finding import Grade
from registry.domain.values import dataclass
from registry.rules.cel import bindings, evaluate
from registry.rules.demands import read_demands
from registry.rules.entry import Entry, Sheet, never
from registry.rules.pack import Expression, FormRule, Limb, Required, Rule, RulingRequired, Span, Verified
from registry.source import Node, nearest

_SHARED = ("id", "title", "cite", "grade", "when", "says", "presume", "replaces", "judged_on", "in_force", "verified")
RULE_KEYS = (*_SHARED, "unless", "require", "follows", "gap")
FORM_KEYS = (*_SHARED, "void_if", "sustains")

Presumed: TypeAlias = tuple[tuple[str, FactValue], ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a clause takes from its pack where it names nothing of its own. `ours` may use grade H."""

    judged_on: str
    in_force: Span
    ours: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """Where a clause stands in its file, and whether it names its own days."""

    line: int
    own_days: bool


def read_rule(node: Node, path: str, sheet: Sheet, standing: Standing) -> tuple[Rule, Lines]:
    entry = Entry(node, path, sheet, RULE_KEYS)
    id_ = _named(entry)
    grade, gap = _grade(entry, standing), entry.reference("gap")
    if entry.has("require") and gap:
        entry.wrong("gap", "stands in place of a clause; leave out require")
    required = entry.get("require")
    if required is None and gap is None:
        entry.wrong("require", "is missing; a clause that is not encoded has gap: and the reason")
    title, when = entry.text("title"), entry.condition("when")
    limbs = _limbs(entry, id_, grade, standing)
    rule = Rule(
        id=id_,
        title=title,
        cite=entry.text("cite"),
        grade=grade,
        says=entry.text("says") or gap or title,
        judged_on=read_day_fact(entry, standing.judged_on),
        in_force=entry.span("in_force") or standing.in_force,
        when=when,
        unless=limbs,
        require=_required(entry, required, gap),
        presume=_presumed(entry, (when,), tuple(limb.condition for limb in limbs)),
        follows=entry.reference("follows"),
        replaces=entry.reference("replaces"),
        gap=gap,
        verified=_verified(entry),
    )
    return rule, Lines(node.at, entry.has("in_force"))


def _required(entry: Entry, required: Node | None, gap: str | None) -> tuple[Required, ...]:
    """What the clause demands. A gap with a `when` is for counsel where it could matter; one without asks nothing."""
    if gap:
        return (RulingRequired(),) if entry.has("when") else ()
    return read_demands(required, entry.at("require"), entry.sheet) if required else ()


def read_form_rule(node: Node, path: str, sheet: Sheet, standing: Standing) -> tuple[FormRule, Lines]:
    entry = Entry(node, path, sheet, FORM_KEYS)
    id_ = _named(entry)
    entry.needs("void_if")
    title, when = entry.text("title"), entry.condition("when", consents=True)
    void_if = entry.condition("void_if", consents=True) or never(entry.sheet)
    rule = FormRule(
        id=id_,
        title=title,
        cite=entry.text("cite"),
        grade=_grade(entry, standing),
        says=entry.text("says") or title,
        judged_on=read_day_fact(entry, standing.judged_on),
        in_force=entry.span("in_force") or standing.in_force,
        void_if=void_if,
        when=when,
        presume=_presumed(entry, (when, void_if), ()),
        replaces=entry.reference("replaces"),
        sustains=entry.yes_no("sustains", False),
        verified=_verified(entry),
    )
    return rule, Lines(node.at, entry.has("in_force"))


def read_day_fact(entry: Entry, default: str) -> str:
    """The date fact a clause is judged by."""
    name = entry.text("judged_on")
    if not name:
        return default
    fact = entry.sheet.dictionary.get(name)
    if fact is None or fact.type != "date":
        days = [known for known, each in entry.sheet.dictionary.items() if each.type == "date"]
        near = nearest(name, days)
        entry.wrong("judged_on", f"{name} is not a date fact{f'; did you mean {near}?' if near else ''}")
    return name


def _named(entry: Entry) -> str:
    """The id of a clause; from here on its faults are named by it."""
    id_ = entry.id("id")
    entry.path = id_ or entry.path
    return id_


def _grade(entry: Entry, standing: Standing) -> Grade:
    grade = entry.word("grade", Grade, Grade.K)
    if grade is Grade.H and not standing.ours:
        entry.wrong("grade", "H is for rules of our own; an instrument has A, B, C or K")
    return grade


def _limbs(entry: Entry, id_: str, grade: Grade, standing: Standing) -> tuple[Limb, ...]:
    """The exception: one condition, or a list of limbs."""
    node = entry.get("unless")
    if node is None:
        return ()
    if not isinstance(node.value, list):
        only = entry.condition("unless")
        return (Limb(id=id_, condition=only, grade=grade, cite=entry.text("cite")),) if only else ()
    limbs: list[Limb] = []
    for number, item in entry.items("unless"):
        limb = Entry(item, f"{entry.path}.unless[{number}]", entry.sheet, ("id", "grade", "cite", "if"))
        name = limb.id("id")
        if name in {each.id for each in limbs}:
            limb.wrong("id", f"{name} names two limbs")
        limb.needs("if")
        found = limb.condition("if") or never(entry.sheet)
        weight = _grade(limb, standing) if limb.has("grade") else grade
        limbs.append(Limb(id=name, condition=found, grade=weight, cite=limb.text("cite")))
    return tuple(limbs)


def _presumed(entry: Entry, silent: Sequence[Expression | None], freeing: Sequence[Expression | None]) -> Presumed:
    """Judgements presumed until somebody rules otherwise: the protective answer of each. `silent` are conditions that
    silence the clause when they are false, `freeing` those that free the use when they are true."""
    node = entry.get("presume")
    if node is None:
        return ()
    dictionary = entry.sheet.dictionary
    inner = Entry(node, entry.at("presume"), entry.sheet, tuple(dictionary))
    found: list[tuple[str, FactValue]] = []
    for name in node.value if isinstance(node.value, dict) else ():
        fact = dictionary.get(name)
        if fact is None:
            continue
        if fact.owner is not Owner.RULING:
            inner.wrong(name, "is not a judgement; only judgements are presumed")
            continue
        answer = inner.yes_no(name, bool(fact.protective))
        leaning = _leaning(name, answer, silent, freeing)
        if leaning < 0 or (leaning == 0 and answer != fact.protective):
            inner.wrong(
                name, f"presumes what favours the production; the protective answer is {'no' if answer else 'yes'}"
            )
        found.append((name, answer))
    return tuple(found)


def _leaning(name: str, answer: bool, silent: Sequence[Expression | None], freeing: Sequence[Expression | None]) -> int:
    """Whether an answer to a judgement, against the other one, protects the performer (1), frees the use (-1), or
    neither by itself (0)."""
    this, other = bindings({name: answer}), bindings({name: not answer})
    for conditions, frees in ((silent, True), (freeing, False)):
        for condition in conditions:
            if condition is None or name not in condition.facts:
                continue
            here, there = evaluate(condition, this) is False, evaluate(condition, other) is False
            if here != there:
                return -1 if here is frees else 1
    return 0


def _verified(entry: Entry) -> Verified | None:
    inner = entry.entry("verified", "by", "on")
    return Verified(by=inner.required_text("by"), on=inner.required_date("on")) if inner else None
