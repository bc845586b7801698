"""The docket of an act: every rule that can speak about it, with what is known of it before there is a use."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from registry.domain.facts import FactDefinition
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.rules.catalogue import Catalogue, Speakers
from registry.rules.pack import FormRule, Pack, Rule, Span

NEEDS_CONSENT = "use.needs_consent"
_WORDS = ("bool", "string", "list<string>")


@dataclass(frozen=True, slots=True)
class Item:
    """A rule of a pack. `reads` are the facts its conditions name, sorted; `depth` is how many rules stand before it in
    the chain it follows; `on_consent` says that it turns on whether a consent is needed; `steady` that words alone
    decide whether it is silent, no date, number or finding: the same for most uses of a schedule."""

    pack: Pack
    rule: Rule
    reads: tuple[str, ...]
    depth: int
    on_consent: bool
    steady: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The rules and form rules of one pack. `carried` says that a later edition goes on from it."""

    pack: Pack
    rules: tuple[Item, ...]
    forms: tuple[FormRule, ...]
    carried: bool


@dataclass(frozen=True, slots=True)
class Docket:
    """Pack by pack, in the order of their clauses. `reads` are the facts that decide whether packs apply; `turns` are,
    for each date that rules are judged by, the days from which other ones are in force."""

    packs: tuple[Listed, ...]
    reads: tuple[str, ...]
    turns: tuple[tuple[str, tuple[dt.date, ...]], ...]


def docket(act: Act, catalogue: Catalogue) -> Docket:
    """The docket of an act."""
    speakers = catalogue.rules_for_act(act)
    carried = {p.carries for p in catalogue.packs if p.carries}
    by_id = {rule.id: rule for each in speakers for rule in each.rules}

    def listed(each: Speakers) -> Listed:
        items = tuple(_item(each.pack, rule, by_id, catalogue.dictionary) for rule in each.rules)
        return Listed(each.pack, items, each.validity, each.pack.id in carried)

    packs = [each.pack for each in speakers]
    reads = sorted({name for pack in packs if pack.applies for name in pack.applies.facts})
    return Docket(tuple(map(listed, speakers)), tuple(reads), _turns(speakers))


def _item(pack: Pack, rule: Rule, by_id: Mapping[str, Rule], dictionary: Mapping[str, FactDefinition]) -> Item:
    reads = tuple(sorted({name for expression in rule.expressions for name in expression.facts}))
    figures = {NEEDS_CONSENT, *(table.name for table in pack.parameters)}
    steady = (
        rule.when is not None
        and not (rule.presume or rule.follows)
        and all(dictionary[name].type in _WORDS and name not in figures for name in rule.when.facts)
    )
    return Item(pack, rule, reads, _depth(rule, by_id), NEEDS_CONSENT in reads, steady)


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
