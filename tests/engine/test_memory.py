"""What a check works out once: counted in conditions that are run, never in seconds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from registry.domain.facts import Fact, Origin
from registry.domain.use import Use
from registry.engine import reading
from registry.engine.memory import seen
from registry.rules.cel import evaluate
from registry.services.checking import check_world
from tests.engine.instruments import CONSENT, NOW, USE, WORLD, catalogue, pack

RULES = pack(
    """rules:
  - {id: T-1, title: One, cite: one, grade: A, says: Ask., when: use.generative && use.advertisement,
     unless: use.translation_only, require: {consent: {}}}
  - {id: T-2, title: Two, cite: two, grade: A, says: Tell., when: use.session && use.seconds > 3,
     require: {notice: {to: performer, by: 'use.at - duration("48h")'}}}
validity:
  - {id: T-3, title: Three, cite: three, grade: A, says: Sign., void_if: '!consent.separately_signed'}
"""
)


@pytest.fixture
def conditions_run(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[Use]], int]:
    """How many conditions are run to check some uses."""
    packs = catalogue(RULES)

    def counted(uses: Sequence[Use]) -> int:
        run: list[object] = []
        monkeypatch.setattr(reading, "evaluate", lambda *given: (run.append(given), evaluate(*given))[1])
        check_world(replace(WORLD, consents=(CONSENT,)), uses, packs, now=NOW)
        return len(run)

    return counted


def schedule(uses: int, **same: object) -> list[Use]:
    return [replace(USE, id=f"u-{n}", scenes=(str(n),), shot=f"{n}A", **same) for n in range(uses)]  # type: ignore[arg-type]


def test_uses_that_differ_in_nothing_a_rule_reads_run_no_more_conditions(
    conditions_run: Callable[[Sequence[Use]], int],
) -> None:
    assert conditions_run(schedule(1)) > 0
    assert conditions_run(schedule(40)) == conditions_run(schedule(1))


def test_the_day_and_the_length_of_a_use_do_not_matter_to_a_rule_that_words_silence(
    conditions_run: Callable[[Sequence[Use]], int],
) -> None:
    """T-2 reads the seconds and the moment, and is silent on all of these: no session is asked for."""
    assert USE.at
    days = [replace(use, at=USE.at + dt.timedelta(days=n), seconds=n) for n, use in enumerate(schedule(20))]
    assert conditions_run(days) == conditions_run(days[:1])


def test_what_rules_can_tell_apart_is_kept_apart() -> None:
    facts = (
        None,
        Fact("use.recognizable", True, Origin.USE),
        Fact("use.recognizable", False, Origin.USE),
        Fact("use.recognizable", None, Origin.USE, claimed=False),
        Fact("use.recognizable", None, Origin.USE, claimed=True),
        Fact("rate.session_scale", 5, Origin.PARAMETER, grade="A"),
        Fact("rate.session_scale", 5, Origin.PARAMETER, grade="K"),
    )
    assert len({seen(fact) for fact in facts}) == len(facts)


def test_who_said_it_is_not_a_difference_to_a_rule() -> None:
    assert seen(Fact("use.generative", True, Origin.USE)) == seen(Fact("use.generative", True, Origin.PROFILE, "T. A."))
