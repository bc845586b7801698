"""Side by side: a long list of questions shared out among processes, answered in the order of the list."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from typing import BinaryIO, Generic, TypeVar

Q = TypeVar("Q")
A = TypeVar("A")

ALONE = 500  # questions that are answered sooner than another process is of use
FIRST = 100  # answered before there are others, so that all of them know what was learnt by it
BATCH = 200  # answers sent at a time: what they share is sent once
MOST = 4  # processes: each takes memory for what it learns
_ROOM = 1024 * 1024  # bytes of answers that may wait for whoever reads them


def side_by_side(questions: Sequence[Q], answer: Callable[[Q], A], *, processes: int | None = None) -> Iterator[A]:
    """`answer` of each question. Long lists are shared out among `processes`, left out as many as there are processors
    for: `answer` must then leave alone what it shares with the rest of the program, and its answers are copies. What a
    helper does not answer, because it could not begin, failed or came to an end, is answered here: what `answer` raises
    is raised here, after the answers before it."""
    count = min(_processors(), MOST) if processes is None else processes
    if count < 2 or len(questions) <= ALONE or _threads():
        yield from map(answer, questions)
        return
    yield from map(answer, questions[:FIRST])
    batches = [questions[at : at + BATCH] for at in range(FIRST, len(questions), BATCH)]
    with ExitStack() as stack:
        helpers = [stack.enter_context(_Helper(batches[n::count], answer)) for n in range(count)]
        for n, batch in enumerate(batches):
            answered = 0
            for found in helpers[n % count].batch():
                answered += 1
                yield found
            yield from map(answer, batch[answered:])


def _processors() -> int:
    """How many processes can run at the same time; one where they cannot begin as copies of this one."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


def _threads() -> bool:
    """Whether other threads run: a copy of this process has their locks without them, and might wait for ever."""
    import threading

    return threading.active_count() > 1


class _Helper(Generic[Q, A]):
    """A copy of this process that answers some batches, one after the other, and ends. `source` is where its answers
    come from; None where there are none to come."""

    process: int | None = None
    source: BinaryIO | None = None

    def __init__(self, batches: Sequence[Sequence[Q]], answer: Callable[[Q], A]) -> None:
        self.batches, self.answer = batches, answer

    def __enter__(self) -> _Helper[Q, A]:
        with suppress(OSError):  # no processes or no pipes left: there is no helper
            self._begin(*os.pipe())
        return self

    def _begin(self, source: int, target: int) -> None:
        self.source = os.fdopen(source, "rb")
        _widen(target)
        # An interrupt that came before the helper ignores it would run there what is to be cleaned up here.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process = os.fork()
            if process == 0:
                _answer(self.batches, self.answer, (source, target), before)
            self.process = process
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            os.close(target)

    def batch(self) -> list[A]:
        """The answers of the next batch: fewer where a question failed, none where the helper is no more."""
        if self.source is None:
            return []
        try:
            found: list[A] = pickle.load(self.source)
        except Exception:  # whatever is said of the half of an answer
            self._end()
            return []
        return found

    def _end(self) -> None:
        source, process, self.source, self.process = self.source, self.process, None, None
        if source is not None:
            source.close()
        if process is not None:
            with suppress(ProcessLookupError, ChildProcessError):  # whoever ignores its children never meets them again
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)

    def __exit__(self, *_: object) -> None:
        self._end()


def _answer(
    batches: Sequence[Sequence[Q]],
    answer: Callable[[Q], A],
    pipe: tuple[int, int],
    signals: set[int | signal.Signals],
) -> None:
    """The whole life of a helper. Whoever interrupts the program interrupts it where it began. What is open there, a
    database above all, is left alone: nothing that was made before is ever collected here, and nothing written out."""
    status = 1
    try:
        os.close(pipe[0])  # were it open here too, a helper whose reader is gone would wait for ever
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, signals)
        gc.freeze()
        with os.fdopen(pipe[1], "wb") as answers:
            for batch in batches:
                pickle.dump(_batch(batch, answer), answers, pickle.HIGHEST_PROTOCOL)
                answers.flush()
        status = 0
    finally:
        os._exit(status)


def _batch(questions: Sequence[Q], answer: Callable[[Q], A]) -> list[A]:
    """The answers up to the first question that fails."""
    found: list[A] = []
    with suppress(Exception):  # it fails again where the program began, and is told there
        found.extend(map(answer, questions))
    return found


def _widen(pipe: int) -> None:
    """Let a helper go on while its last batch has not been read, where whoever runs this may have pipes that wide."""
    import fcntl

    with suppress(OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _ROOM)
