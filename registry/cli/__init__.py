"""The command line: read arguments, call one service, print one answer, return an exit status (DOMAIN.md §5)."""

from __future__ import annotations

import atexit
import datetime as dt
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from registry.cli.output import Screen
from registry.domain.finding import Status
from registry.errors import RegistryError

if TYPE_CHECKING:
    from registry.cli.run import Run


def main(
    arguments: Sequence[str] | None = None,
    *,
    now: dt.datetime | None = None,
    environ: Mapping[str, str] | None = None,
) -> int:
    """Run one command and return its exit status. The clock and the environment are read here and nowhere below.

    The clock is not rounded: what is recorded later in the same second was not known at this moment."""
    if arguments is None:  # the process is ours
        _leave_garbage()
    typed = list(sys.argv[1:] if arguments is None else arguments)
    surroundings = os.environ if environ is None else environ
    screen = Screen.of(sys.stdout, sys.stderr, surroundings, typed)
    return carried_out(typed, now=now or dt.datetime.now(dt.UTC), environ=surroundings, screen=screen)


def carried_out(
    typed: Sequence[str],
    *,
    now: dt.datetime,
    environ: Mapping[str, str],
    screen: Screen,
    session: Run | None = None,
) -> int:
    """One command line, whatever becomes of it: every failure is told and has its exit status."""
    try:
        from registry.cli.front import run

        return run(typed, now=now, environ=environ, screen=screen, session=session)
    except RegistryError as error:
        screen.about(error.lines())
        return error.status
    except KeyboardInterrupt:
        screen.about(["Stopped. Nothing further was recorded."])
        return Status.INTERRUPT
    except BrokenPipeError:  # whoever reads the help has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return Status.CLEARED
    except OSError as error:
        if error.filename is None:
            screen.about(_crashed(error, typed))
            return Status.CRASH
        screen.about(
            [f"{error.filename} cannot be used: {error.strerror}.", f"ls -ld {os.path.dirname(error.filename) or '.'}"]
        )
        return Status.USAGE
    except Exception as error:
        screen.about(_crashed(error, typed))
        return Status.CRASH


def _leave_garbage() -> None:
    """A command is over before garbage matters: looking for it was a quarter of a cold check. Long work still collects
    its own, at times; nothing is collected at the end."""
    gc.set_threshold(500_000, 20, 100)
    atexit.register(gc.freeze)


def _crashed(error: Exception, typed: Sequence[str]) -> list[str]:
    """One plain line; the whole story for those who ask for it."""
    if "--debug" in typed:
        import traceback

        return "".join(traceback.format_exception(error)).splitlines()
    import shlex

    return [
        "The program itself failed; this is not an answer about the use.",
        f"registry --debug {shlex.join(typed)}    shows where",
    ]
