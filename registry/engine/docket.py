"""The docket of an act: every rule that can speak about it, with what is known of it before there is a use."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields

from registry.domain.facts import FactDefinition, Owner
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.engine.answers import looked_in
from registry.rules.catalogue import Catalogue, Speakers
from registry.rules.pack import ConsentRequired, Expression, FormRule, Pack, Required, Rule, RulingRequired, Span

NEEDS_CONSENT = "use.needs_consent"
MINOR_WHEN_SIGNED = "performer.minor_when_signed"  # of the facts of a clause the one that is not called consent.…
_WORDS = ("bool", "string", "list<string>")


@dataclass(frozen=True, slots=True)
class Item:
    """A rule of a pack. `reads` are the facts its conditions name, sorted: `turns_on` those that decide what comes of
    it once its requirements are weighed, of them `dates` those that are no words, and `turns_on_words` the others;
    `weighs_on` those that the requirements weigh on. `tries` are the conditions in which answers are tried, and `tried`
    their facts: all but what is asked of each clause of a consent; `looked_in` are the lists among them in which a word
    is looked for.

    `words` are the facts of its condition that are no dates, numbers, judgements or findings: they are the same for
    most uses of a schedule, and often enough to say that it is silent; there are none where it follows another rule,
    as it may then be as open as that. `depth` is how many rules stand before it in the chain it follows; `on_consent`
    says that it turns on whether a consent is needed."""

    pack: Pack
    rule: Rule
    reads: tuple[str, ...]
    turns_on: tuple[str, ...]
    dates: tuple[str, ...]
    turns_on_words: tuple[str, ...]
    tries: tuple[Expression, ...]
    tried: tuple[str, ...]
    looked_in: tuple[str, ...]
    weighs_on: frozenset[str]
    words: tuple[str, ...]
    depth: int
    on_consent: bool


@dataclass(frozen=True, slots=True)
class FormItem:
    """A form rule of a pack; `reads` are the facts its conditions name, sorted. `of_use` says that whether it speaks
    turns on the use alone: its condition reads nothing of a clause, and it presumes nothing."""

    pack: Pack
    rule: FormRule
    reads: tuple[str, ...]
    of_use: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The rules and form rules of one pack. `carried` says that a later edition goes on from it."""

    pack: Pack
    rules: tuple[Item, ...]
    forms: tuple[FormItem, ...]
    carried: bool


@dataclass(frozen=True, slots=True)
class Docket:
    """Pack by pack, in the order of their clauses. `reads` are the facts that decide whether packs apply; `turns` are,
    for each date that rules are judged by, the days from which other ones are in force; `by_word` are the rules whose
    condition reads a word."""

    packs: tuple[Listed, ...]
    reads: tuple[str, ...]
    turns: tuple[tuple[str, tuple[dt.date, ...]], ...]
    by_word: tuple[tuple[str, tuple[Item, ...]], ...]


def docket(act: Act, catalogue: Catalogue) -> Docket:
    """The docket of an act."""
    speakers = catalogue.rules_for_act(act)
    carried = {p.carries for p in catalogue.packs if p.carries}
    by_id = {rule.id: rule for each in speakers for rule in each.rules}

    def listed(each: Speakers) -> Listed:
        items = tuple(_item(each.pack, rule, by_id, catalogue.dictionary) for rule in each.rules)
        forms = tuple(FormItem(each.pack, form, form.reads, _is_of_use(form)) for form in each.validity)
        return Listed(each.pack, items, forms, each.pack.id in carried)

    packs = [each.pack for each in speakers]
    reads = sorted({name for pack in packs if pack.applies for name in pack.applies.facts})
    found = tuple(map(listed, speakers))
    return Docket(found, tuple(reads), _turns(speakers), _by_word(item for each in found for item in each.rules))


def _item(pack: Pack, rule: Rule, by_id: Mapping[str, Rule], dictionary: Mapping[str, FactDefinition]) -> Item:
    reads, turns_on = _read(rule.expressions), _read(rule.deciding)
    turns_on_words = tuple(n for n in turns_on if n in dictionary and dictionary[n].type in _WORDS)
    tries = (*rule.deciding, *[e for required in rule.require for e in _weighing(required)])
    condition = (rule.when,) if rule.follows is None else ()
    set_here = {NEEDS_CONSENT, *(table.name for table in pack.parameters)}
    return Item(
        pack,
        rule,
        reads,
        turns_on=turns_on,
        dates=tuple(n for n in turns_on if n not in turns_on_words),
        turns_on_words=turns_on_words,
        tries=tries,
        tried=_read(tries),
        looked_in=looked_in(tries),
        weighs_on=frozenset({name for required in rule.require for name in _weighed_on(required)}),
        words=tuple(n for n in _read(condition) if n not in set_here and _is_word(dictionary[n])),
        depth=_depth(rule, by_id),
        on_consent=NEEDS_CONSENT in reads,
    )


def _by_word(items: Iterable[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    found: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        for name in item.words:
            found[name].append(item)
    return tuple([(name, tuple(reading)) for name, reading in sorted(found.items())])


def _read(expressions: Iterable[Expression | None]) -> tuple[str, ...]:
    return tuple(sorted({name for expression in expressions if expression for name in expression.facts}))


def _is_of_use(form: FormRule) -> bool:
    if form.when is None or form.presume:
        return False
    return not any(map(is_of_clause, form.when.facts))


def is_of_clause(name: str) -> bool:
    """Whether a fact is one of a clause and its paper, not of the use."""
    return name.startswith("consent.") or name == MINOR_WHEN_SIGNED


def _weighing(required: Required) -> Iterator[Expression]:
    """The conditions that a requirement weighs; `where` is weighed by clause, and not here."""
    for name in fields(required):
        expression = getattr(required, name.name)
        if isinstance(expression, Expression) and not isinstance(required, ConsentRequired):
            yield expression


def _weighed_on(required: Required) -> Iterator[str]:
    if isinstance(required, RulingRequired) and required.question:
        yield required.question
    for expression in _weighing(required):
        yield from expression.facts


def _is_word(definition: FactDefinition) -> bool:
    """Whether a fact is yes or no, a word or a list of words, and not for a person to rule on."""
    return definition.type in _WORDS and definition.owner is not Owner.RULING


def _turns(speakers: Iterable[Speakers]) -> tuple[tuple[str, tuple[dt.date, ...]], ...]:
    found: dict[str, set[dt.date]] = defaultdict(set)
    for pack, rules, forms in speakers:
        parts: tuple[Pack | Rule | FormRule, ...] = (pack, *rules, *forms)
        for part in parts:
            found[part.judged_on].update(_turns_of(part.in_force))
    return tuple((name, tuple(sorted(days))) for name, days in sorted(found.items()) if days)


def _turns_of(span: Span) -> Iterator[dt.date]:
    if span.from_ is not None:
        yield span.from_
    if span.until is not None and span.until < dt.date.max:
        yield span.until + dt.timedelta(days=1)


def _depth(rule: Rule, by_id: Mapping[str, Rule]) -> int:
    depth = 0
    while rule.follows and rule.follows in by_id and depth < len(by_id):
        rule, depth = by_id[rule.follows], depth + 1
    return depth
