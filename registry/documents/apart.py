"""Judging a stranger's file in a child process with limits on time and memory: whatever it holds, the answer comes.

A file may be made to exhaust whoever reads it: streams that unfold to gigabytes, trees a million deep, lists that lead
in circles. That ends the child, and nothing else. The libraries that read PDFs are loaded there and not here.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import pickle
import signal
from collections.abc import Callable
from typing import TypeVar

from registry.documents.foreign import Judged, judge_foreign
from registry.documents.keys import Roots
from registry.documents.report import Report
from registry.documents.statement_proof import StatementReport, statement_in, verify_statement
from registry.documents.verify import TOO_MUCH, verify_pdf

MEMORY = 2 * 1024**3  # bytes
CPU_SECONDS = 20
SECONDS = 120
T = TypeVar("T")


def document_apart(data: bytes, roots: Roots, *, now: dt.datetime) -> Report:
    """What verify_pdf says of the file."""
    return _apart(lambda: verify_pdf(data, roots, now=now)) or _too_much(data)


def statement_apart(data: bytes, roots: Roots, *, now: dt.datetime) -> StatementReport:
    """What verify_statement says of the file."""
    sha256 = hashlib.sha256(data).hexdigest()
    too_much = StatementReport(sha256=sha256, judged=False, faults=(TOO_MUCH,))
    return _apart(lambda: verify_statement(data, roots, now=now)) or too_much


def judged_apart(data: bytes, roots: Roots, *, now: dt.datetime) -> Report | StatementReport:
    """What the file proves, as the one or the other."""

    def judged() -> Report | StatementReport:
        return verify_statement(data, roots, now=now) if statement_in(data) else verify_pdf(data, roots, now=now)

    return _apart(judged) or _too_much(data)


def foreign_apart(data: bytes, roots: Roots, *, now: dt.datetime) -> Judged:
    """What judge_foreign says of the file."""
    return _apart(lambda: judge_foreign(data, roots, now=now)) or Judged(sound=False, findings=(TOO_MUCH,))


def _too_much(data: bytes) -> Report:
    return Report(sha256=hashlib.sha256(data).hexdigest(), judged=False, faults=(TOO_MUCH,))


def _apart(asked: Callable[[], T]) -> T | None:
    """The answer of a child process; None where it died of the question, or did not come to an end.

    The answer is pickled by our own code: what a file holds never chooses what is unpickled."""
    source, target = os.pipe()
    child = os.fork()
    if child == 0:
        _answer(asked, target)
    os.close(target)
    try:
        with os.fdopen(source, "rb") as answers:
            said = answers.read()
    finally:
        status = os.waitpid(child, 0)[1]
    found: T | None = pickle.loads(said) if status == 0 else None
    return found


def _answer(asked: Callable[[], T], target: int) -> None:
    """The child's whole life."""
    status = 1
    try:
        _limit()
        with os.fdopen(target, "wb") as answers:
            pickle.dump(asked(), answers)
        status = 0
    finally:
        os._exit(status)


def _limit() -> None:
    import resource

    for name in (signal.SIGALRM, signal.SIGXCPU, signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_DFL)
    signal.alarm(SECONDS)
    with contextlib.suppress(ValueError, OSError):  # macOS has no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + CPU_SECONDS, spent + CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
