"""The docket of an act: every rule that can speak about it, with what is known of it before there is a use."""

from __future__ import annotations

from collections.abc import Mapping

from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.rules.catalogue import Catalogue, Speakers
from registry.rules.pack import FormRule, Pack, Rule

NEEDS_CONSENT = "use.needs_consent"


@dataclass(frozen=True, slots=True)
class Item:
    """A rule of a pack. `reads` are the facts its conditions name, sorted; `depth` is how many rules stand before it in
    the chain it follows; `on_consent` says that it turns on whether a consent is needed."""

    pack: Pack
    rule: Rule
    reads: tuple[str, ...]
    depth: int
    on_consent: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """The rules and form rules of one pack. `carried` says that a later edition goes on from it."""

    pack: Pack
    rules: tuple[Item, ...]
    forms: tuple[FormRule, ...]
    carried: bool


def docket(act: Act, catalogue: Catalogue) -> tuple[Listed, ...]:
    """Pack by pack, in the order of their clauses."""
    speakers = catalogue.rules_for_act(act)
    carried = {p.carries for p in catalogue.packs if p.carries}
    by_id = {rule.id: rule for each in speakers for rule in each.rules}
    return tuple(_listed(each, by_id, each.pack.id in carried) for each in speakers)


def _listed(speakers: Speakers, by_id: Mapping[str, Rule], carried: bool) -> Listed:
    pack = speakers.pack
    return Listed(pack, tuple(_item(pack, rule, by_id) for rule in speakers.rules), speakers.validity, carried)


def _item(pack: Pack, rule: Rule, by_id: Mapping[str, Rule]) -> Item:
    reads = tuple(sorted({name for expression in rule.expressions for name in expression.facts}))
    return Item(pack, rule, reads, _depth(rule, by_id), NEEDS_CONSENT in reads)


def _depth(rule: Rule, by_id: Mapping[str, Rule]) -> int:
    depth = 0
    while rule.follows and rule.follows in by_id and depth < len(by_id):
        rule, depth = by_id[rule.follows], depth + 1
    return depth
