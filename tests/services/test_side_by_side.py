"""Answers that several processes give are those of one, in the same order, and a failure stays where it belongs."""

from __future__ import annotations

import os

import pytest

from registry.services.side_by_side import ALONE, BATCH, FIRST, side_by_side

MANY = range(ALONE + 3 * BATCH + 7)


def test_the_answers_come_in_the_order_of_the_questions() -> None:
    assert list(side_by_side(MANY, str, processes=3)) == [str(n) for n in MANY]


def test_a_long_list_is_answered_in_several_processes_and_a_short_one_here() -> None:
    """The first questions are answered here, so that all helpers know what was learnt by it."""
    asked = list(side_by_side(MANY, lambda _: os.getpid(), processes=2))
    assert set(asked[:FIRST]) == {os.getpid()}
    assert len(set(asked[FIRST:]) - {os.getpid()}) == 2
    assert set(side_by_side(range(ALONE), lambda _: os.getpid(), processes=2)) == {os.getpid()}


def test_what_was_learnt_at_the_beginning_is_known_everywhere() -> None:
    learnt: list[int] = []

    def known(question: int) -> int:
        learnt.append(question)
        return len(learnt)

    asked = list(side_by_side(MANY, known, processes=2))
    assert asked[FIRST] == FIRST + 1
    assert asked[FIRST + BATCH] == FIRST + 1


@pytest.mark.parametrize("at", [3, FIRST + 5, FIRST + BATCH, MANY[-1]])
def test_a_failure_is_raised_after_the_answers_before_it(at: int) -> None:
    def fussy(question: int) -> int:
        if question == at:
            raise ValueError(f"not {question}")
        return question

    answers = side_by_side(MANY, fussy, processes=2)
    assert [next(answers) for _ in range(at)] == list(MANY[:at])
    with pytest.raises(ValueError, match=f"not {at}"):
        next(answers)


def test_whoever_stops_listening_leaves_no_process_behind() -> None:
    answers = side_by_side(MANY, lambda _: os.getpid(), processes=2)
    helpers = {next(answers) for _ in range(FIRST + 2 * BATCH)} - {os.getpid()}
    answers.close()
    assert len(helpers) == 2
    for helper in helpers:
        with pytest.raises(ProcessLookupError):
            os.kill(helper, 0)


def test_a_helper_that_dies_is_not_taken_for_one_that_is_done() -> None:
    def fatal(question: int) -> int:
        if question == FIRST + BATCH + 1:
            os._exit(1)
        return question

    with pytest.raises(EOFError):
        list(side_by_side(MANY, fatal, processes=2))
