"""Which rules can speak about which acts, found by asking each rule's own conditions with nothing known but the act."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from registry.domain.words import Act
from registry.rules.cel import Bindings, bindings, evaluate
from registry.rules.pack import Expression, FormRule, Pack, Rule

ACTS = tuple(Act)
Mask: TypeAlias = int


def bit(act: Act) -> Mask:
    return 1 << ACTS.index(act)


def masks_of(pack: Pack) -> tuple[tuple[Mask, ...], tuple[Mask, ...]]:
    """For every rule and every form rule of a pack, in order: the acts its `when` can be other than false for. A rule
    that follows another speaks of no act that the other does not."""
    bound = tuple((bit(act), bindings({"use.act": act.value})) for act in ACTS)
    applies = _possible(pack.applies, bound)
    by_id: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        by_id.setdefault(rule.id, []).append(rule)

    def rule_mask(rule: Rule) -> Mask:
        mask = applies & _possible(rule.when, bound)
        return mask & _any(rule_mask, by_id[rule.follows]) if rule.follows in by_id else mask

    def form_mask(rule: FormRule) -> Mask:
        return applies & _possible(rule.when, bound)

    return tuple(map(rule_mask, pack.rules)), tuple(map(form_mask, pack.validity))


def _possible(condition: Expression | None, bound: tuple[tuple[Mask, Bindings], ...]) -> Mask:
    return sum(mask for mask, facts in bound if condition is None or evaluate(condition, facts) is not False)


def _any(mask_of: Callable[[Rule], Mask], rules: list[Rule]) -> Mask:
    found = 0
    for rule in rules:
        found |= mask_of(rule)
    return found
