"""Side by side: a long list of questions shared out among processes, answered in the order of the list."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, BinaryIO, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

ALONE = 500  # questions that are answered sooner than another process is of use
FIRST = 200  # answered before there are others, so that all of them know what was learnt by it
BATCH = 200  # answers sent at a time: what they share is sent once
MOST = 4  # processes: each takes memory for what it learns
_ROOM = 1024 * 1024  # bytes of answers that may wait for whoever reads them


def side_by_side(questions: Sequence[Q], answer: Callable[[Q], A], *, processes: int | None = None) -> Iterator[A]:
    """`answer` of each question. Long lists are shared out among `processes`, left out as many as there are processors
    for: `answer` must then leave alone what it shares with the rest of the program, and its answers are copies. What it
    raises is raised here, after the answers before it."""
    count = min(_processors(), MOST) if processes is None else processes
    if count < 2 or len(questions) <= ALONE:
        yield from map(answer, questions)
        return
    yield from map(answer, questions[:FIRST])
    batches = [questions[at : at + BATCH] for at in range(FIRST, len(questions), BATCH)]
    with ExitStack() as stack:
        helpers = [stack.enter_context(_Helper(batches[n::count], answer)) for n in range(count)]
        for n in range(len(batches)):
            yield from helpers[n % count].batch()


def _processors() -> int:
    """How many processes can run at the same time; one where they cannot begin as copies of this one."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class _Helper:
    """A copy of this process that answers some batches, one after the other, and ends."""

    def __init__(self, batches: Sequence[Sequence[Q]], answer: Callable[[Q], A]) -> None:
        source, target = os.pipe()
        _widen(target)
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if self.process == 0:
            os.close(source)
            _answer(batches, answer, target)
        os.close(target)
        self.source: BinaryIO = os.fdopen(source, "rb")

    def __enter__(self) -> _Helper:
        return self

    def batch(self) -> Iterator[Any]:
        """The answers of the next batch."""
        found, failed = pickle.load(self.source)
        yield from found
        if failed is not None:
            raise failed

    def __exit__(self, *_: object) -> None:
        self.source.close()
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)


def _answer(batches: Sequence[Sequence[Q]], answer: Callable[[Q], A], target: int) -> None:
    """The whole life of a helper. Whoever interrupts the program interrupts it where it began."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        with os.fdopen(target, "wb") as answers:
            for batch in batches:
                pickle.dump(_batch(batch, answer), answers, pickle.HIGHEST_PROTOCOL)
                answers.flush()
        status = 0
    finally:
        os._exit(status)


def _batch(questions: Sequence[Q], answer: Callable[[Q], A]) -> tuple[list[A], Exception | None]:
    """The answers up to the first question that fails, and how that failed."""
    found: list[A] = []
    for question in questions:
        try:
            found.append(answer(question))
        except Exception as failed:
            return found, failed
    return found, None


def _widen(pipe: int) -> None:
    """Let a helper go on while its last batch has not been read."""
    import fcntl

    fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)
