"""How a rule reads: its text as a digest, so that a sign-off holds for the words that were checked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

from registry.domain.signoff import SignOff
from registry.rules.catalogue import Catalogue
from registry.rules.pack import Expression, FormRule, Required, Rule, Verified


def rule_digest(rule: Rule | FormRule) -> str:
    """A digest of what a rule says and demands. Its days are left out: a new edition of the instrument moves them."""
    words: list[object] = [rule.id, rule.title, rule.cite, rule.grade.value, rule.says, rule.judged_on]
    words += [_source(rule.when), [list(map(str, pair)) for pair in rule.presume]]
    if isinstance(rule, FormRule):
        words += [_source(rule.void_if), rule.sustains]
    else:
        words += [[limb.id, limb.grade.value, _source(limb.condition)] for limb in rule.unless]
        words += [_demand(required) for required in rule.require]
        words += [rule.follows, rule.gap]
    return "sha256:" + hashlib.sha256(json.dumps(words, ensure_ascii=False).encode()).hexdigest()


def signed_off(catalogue: Catalogue, signoffs: Iterable[SignOff]) -> Mapping[str, Verified]:
    """The sign-offs that hold: of rules that still read as they did. Of several on one rule, the latest."""
    held: dict[str, Verified] = {}
    for signoff in sorted(signoffs, key=lambda each: (each.on, each.by)):
        rule = catalogue.rule(signoff.rule)
        if rule is not None and rule_digest(rule) == signoff.digest:
            held[signoff.rule] = Verified(by=signoff.by, on=signoff.on)
    return held


def _source(expression: Expression | None) -> str | None:
    return expression.source if expression else None


def _demand(required: Required) -> list[object]:
    """A demand by name and parts; parts that are left out do not count, so that new kinds of parts change nothing."""
    parts: list[object] = [type(required).__name__]
    for name in sorted(required.__dataclass_fields__):
        value = getattr(required, name)
        if value is not None and value != ():
            parts.append([name, _source(value) if isinstance(value, Expression) else str(value)])
    return parts
