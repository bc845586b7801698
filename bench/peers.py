"""What others take for a part of the work, on what the schedule itself needs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import cedarpy

from bench.feature import Feature
from registry.domain.use import Use
from registry.engine.docket import docket
from registry.rules import cel
from registry.rules.catalogue import Catalogue
from registry.storage.store import Store

_CEDAR = """
permit (principal, action, resource) when {
  resource.acts.contains(context.act) && resource.productions.contains(context.production)
  && resource.elements.containsAll(context.elements) && resource.from <= context.day && context.day <= resource.until
};
forbid (principal, action, resource) when { context.minor && context.content.contains("nudity") };
forbid (principal, action, resource) when { context.strike };
forbid (principal, action, resource) unless { context.noticed && context.approved };
"""
_ROWS = (
    "SELECT v.content, c.* FROM vault_identifiers i JOIN consents c ON c.performer = i.thing "
    "JOIN vault_texts v ON v.entry = c.entry WHERE i.kind = 'performer' AND i.id IN (SELECT value FROM json_each(?))"
)


class Peer(NamedTuple):
    """What was done instead, in how many processor seconds, and the part of the schedule to hold it against."""

    what: str
    seconds: float
    of: str


def all_of(store: Store, film: Feature, catalogue: Catalogue, whole: dict[str, Any]) -> Iterator[Peer]:
    """Every peer, one after the other."""
    uses, verdicts = film.uses, whole["verdicts"]
    yield Peer(
        "the raw driver fetching the consents of everybody planned", _seconds(lambda: _fetch(store, uses)), "load"
    )
    yield Peer(f"Cedar deciding {verdicts:,} requests on four policies", _seconds(lambda: _cedar(verdicts)), "check")
    runs, conditions = _conditions(film, catalogue, verdicts)
    yield Peer(f"the CEL library alone on {conditions:,} conditions", _seconds(runs), "check")


def _seconds(do: Callable[[], object]) -> float:
    before = time.process_time()
    do()
    return time.process_time() - before


def _fetch(store: Store, uses: tuple[Use, ...]) -> int:
    import json

    people = sorted({person for use in uses for person in use.performers})
    with sqlite3.connect(f"file:{store.place}?mode=ro", uri=True) as connection:
        return len(connection.execute(_ROWS, [json.dumps(people)]).fetchall())


def _cedar(requests: int) -> None:
    """Each request with one consent as its resource, and a context of a dozen facts."""
    asked = [
        {
            "principal": 'Company::"lantern"',
            "action": 'Action::"use_replica"',
            "resource": f'Consent::"c-{n % 300}"',
            "context": {
                "act": "use_replica",
                "production": "lantern",
                "elements": ["likeness"],
                "content": [],
                "day": 20_700 + n % 60,
                "scene": str(n % 180),
                "minor": False,
                "strike": False,
                "noticed": n % 3 > 0,
                "approved": n % 7 > 0,
            },
        }
        for n in range(requests)
    ]
    consents = [
        {
            "uid": {"type": "Consent", "id": f"c-{n}"},
            "attrs": {
                "acts": ["use_replica", "create_replica"],
                "productions": ["lantern"],
                "elements": ["likeness", "movement"],
                "from": 20_000,
                "until": 21_000,
            },
            "parents": [],
        }
        for n in range(300)
    ]
    cedarpy.is_authorized_batch(asked, _CEDAR, consents)


def _conditions(film: Feature, catalogue: Catalogue, verdicts: int) -> tuple[Callable[[], object], int]:
    """The conditions of every rule on the docket of each use's act, on facts as many as a use has; what they come to is
    thrown away."""
    acts = {use.act for use in film.uses}
    rules = {act: [i.rule.when for d in docket(act, catalogue).packs for i in d.rules if i.rule.when] for act in acts}
    known = {"use.generative": True, "performer.synthetic": False, "performer.deceased": False, "use.session": False}
    asked = [(use.act, {"use.act": use.act.value, **known}) for use in film.uses for _ in use.performers or ("",)][
        :verdicts
    ]

    def run() -> None:
        for act, facts in asked:
            bound = cel.bindings(facts)
            for condition in rules[act]:
                cel.evaluate(condition, bound)

    return run, sum(len(rules[act]) for act, _ in asked)
