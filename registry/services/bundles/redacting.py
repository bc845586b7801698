"""Leaving out birth dates, member numbers and contacts. What is left out is said to be left out, never made up."""

from __future__ import annotations

import json
from dataclasses import replace

from registry.domain.consent import Consent, Counsel
from registry.domain.performer import Performer
from registry.domain.world import World

WITHHELD = "withheld"


def redacted(world: World) -> World:
    """The world without when people were born, their member numbers, and the names of those who act for them."""
    return replace(
        world,
        performers=tuple(map(_performer, world.performers)),
        consents=tuple(map(redacted_consent, world.consents)),
        decisions=(),  # their answers are in the pack, each as it was kept
    )


def _performer(one: Performer) -> Performer:
    return replace(
        one,
        born=None,
        standings=tuple(replace(s, member_id=None) for s in one.standings),
        representatives=tuple(replace(r, name=WITHHELD, authority=None) for r in one.representatives),
    )


def redacted_consent(consent: Consent) -> Consent:
    counsel = consent.counsel
    if counsel is None or counsel == Counsel(name="none"):
        return consent
    return replace(consent, counsel=replace(counsel, name=WITHHELD))


def redacted_line(line: str) -> str:
    """A verdict's JSON without the performer's age, from which a birth date could be narrowed down."""
    said = json.loads(line)
    for finding in said["findings"]:
        for name in finding["facts"]:
            if name == "performer.age":
                finding["facts"][name] = WITHHELD
    return json.dumps(said, ensure_ascii=False, separators=(", ", ": "))
