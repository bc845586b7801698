"""Answers that several processes give are those of one, in the same order, and a failure stays where it belongs."""

from __future__ import annotations

import fcntl
import gc
import io
import os
import signal
import sys
import threading

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


def test_what_a_helper_that_dies_has_not_answered_is_answered_here() -> None:
    here = os.getpid()

    def fatal(question: int) -> int:
        if question == FIRST + BATCH + 1 and os.getpid() != here:
            os._exit(1)
        return question

    assert list(side_by_side(MANY, fatal, processes=2)) == list(MANY)


def test_a_failure_that_cannot_be_sent_is_raised_here_as_it_is() -> None:
    class ParticularError(Exception):
        def __init__(self, *, question: int) -> None:
            super().__init__(f"question {question}")

    def fussy(question: int) -> int:
        if question == FIRST + 5:
            raise ParticularError(question=question)
        return question

    with pytest.raises(ParticularError, match=f"question {FIRST + 5}"):
        list(side_by_side(MANY, fussy, processes=2))


def test_answers_that_cannot_be_sent_are_given_here() -> None:
    assert [answer() for answer in side_by_side(MANY, lambda n: lambda: n, processes=2)] == list(MANY)


@pytest.mark.parametrize("refused", ["os.fork", "os.pipe"])
def test_where_no_process_can_begin_all_is_answered_here(refused: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_left() -> int:
        raise BlockingIOError("Resource temporarily unavailable")

    monkeypatch.setattr(refused, none_left)
    assert set(side_by_side(MANY, lambda _: os.getpid(), processes=2)) == {os.getpid()}


def test_whoever_may_have_no_wide_pipes_has_helpers_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond /proc/sys/fs/pipe-user-pages-soft the system refuses to widen a pipe."""

    def refused(*_: object) -> int:
        raise PermissionError("Operation not permitted")

    monkeypatch.setattr(fcntl, "fcntl", refused)
    assert len(set(side_by_side(MANY, lambda _: os.getpid(), processes=2))) == 3


def test_output_that_is_closed_keeps_nobody_from_answering(monkeypatch: pytest.MonkeyPatch) -> None:
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    monkeypatch.setattr(sys, "stderr", None)
    assert list(side_by_side(MANY, str, processes=2)) == [str(n) for n in MANY]


def test_where_other_threads_run_all_is_answered_here() -> None:
    done = threading.Event()
    other = threading.Thread(target=done.wait)
    other.start()
    try:
        assert set(side_by_side(MANY, lambda _: os.getpid(), processes=2)) == {os.getpid()}
    finally:
        done.set()
        other.join()


def test_helpers_end_with_whoever_asked_even_where_that_is_killed() -> None:
    """Their answers are longer than any pipe is wide: they would wait for ever for somebody to read them."""
    source, target = os.pipe()
    asker = os.fork()
    if asker == 0:
        os.close(source)
        for n, helper in enumerate(side_by_side(MANY, lambda _: (os.getpid(), os.urandom(40_000)), processes=2)):
            if n == FIRST:
                os.write(target, f"{helper[0]}\n".encode())
                os.kill(os.getpid(), signal.SIGKILL)
    os.close(target)
    with os.fdopen(source) as helpers:
        os.waitpid(asker, 0)
        assert helpers.read().strip().isdigit()  # and read to the end: nobody has the pipe any more


def test_who_ignores_its_children_is_not_disturbed_by_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        assert list(side_by_side(MANY, str, processes=2)) == [str(n) for n in MANY]
    finally:
        signal.signal(signal.SIGCHLD, before)


def test_an_interrupt_ends_helpers_and_is_told_once() -> None:
    answers = side_by_side(MANY, lambda _: os.getpid(), processes=2)
    helpers = {next(answers) for _ in range(FIRST + 2 * BATCH)} - {os.getpid()}
    with pytest.raises(KeyboardInterrupt):
        answers.throw(KeyboardInterrupt())  # type: ignore[attr-defined]
    for helper in helpers:
        with pytest.raises(ProcessLookupError):
            os.kill(helper, 0)


def test_helpers_leave_alone_what_was_there_before_them() -> None:
    """A registry's connection that nobody has any more is closed where it was opened, and nowhere else."""
    told = os.memfd_create("told")

    class Open:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            os.write(told, f"{os.getpid()}\n".encode())

    def answer(question: int) -> int:
        if question == FIRST - 1:
            Open()
        if question >= FIRST:
            gc.collect()
        return question

    gc.disable()
    try:
        list(side_by_side(range(ALONE + 1), answer, processes=2))
    finally:
        gc.enable()
        gc.collect()
    assert os.pread(told, 1_000, 0).decode().split() == [str(os.getpid())]
    os.close(told)
