"""`registry shell`: a session in which every line is a command, and starting is paid once."""

from __future__ import annotations

import datetime as dt
import os
import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.errors import UsageError

app = group("")
_PROMPT = "registry> "
_LEAVES = {"exit", "quit"}
HISTORY = ".shell_history"
_REMEMBERED = 2_000  # lines


@command(app, example="registry shell\nregistry shell < commands.txt")
def shell(
    ctx: typer.Context,
    stop: Annotated[
        bool, typer.Option("--stop", help="Stop at the first command that may not, cannot or asks back.")
    ] = False,
) -> int:
    """Keep the registry open: each line is a command, without the word registry.

    The rules are read once; what is on file is read anew for each command, so that what others record is seen. A line
    that begins with # is passed over. A fault ends a command and not the session. exit, or the end of the input, leaves
    it. Exit status: that of the last command."""
    run: Run = ctx.obj
    if run.session is not run:
        raise UsageError("The shell is open already.", "exit    leaves it")
    began = time.monotonic()
    status = 0
    for typed in _lines(run):
        if typed and typed[0] in _LEAVES:
            break
        if typed:
            moment = run.now + dt.timedelta(seconds=time.monotonic() - began)
            status = _carry_out(run, typed, moment)
            if stop and status:
                break
    return status


def _carry_out(run: Run, typed: list[str], now: dt.datetime) -> int:
    from registry.cli import carried_out
    from registry.cli.pager import chosen

    home = ["--registry", run.home] if run.home and "--registry" not in " ".join(typed) else []
    screen = replace(run.screen, pager=chosen(run.environ, typed) if run.screen.pager else ())
    return carried_out([*home, *typed], now=now, environ=run.environ, screen=screen, session=run)


def _lines(run: Run) -> Iterator[list[str]]:
    """The words of each line, without `registry` before them, until there are no more."""
    read = _at_a_terminal(run) if sys.stdin.isatty() else iter(sys.stdin.readline, "")
    for line in read:
        if line.lstrip().startswith("#"):
            continue
        try:
            words = shlex.split(line)
        except ValueError:
            run.screen.about([f"A quotation mark is open in: {line.strip()}"])
            continue
        yield words[1:] if words[:1] == ["registry"] else words


def _at_a_terminal(run: Run) -> Iterator[str]:
    """Lines that somebody types, with what was typed before at hand, and completed by the tabulator."""
    with suppress(ImportError):
        _prepare(run)
    run.screen.about(["Each line is a command: check, search, due … exit leaves."])
    while True:
        try:
            yield input(_PROMPT)
        except EOFError:
            run.screen.about([""])
            return
        except KeyboardInterrupt:  # what was being typed is dropped
            run.screen.about([""])


def _prepare(run: Run) -> None:
    import atexit
    import readline

    readline.set_completer_delims(" \t\n")
    readline.set_completer(_Completer(run))
    readline.parse_and_bind("tab: complete")
    file = run.settings.home / HISTORY
    if not run.settings.home.is_dir() or not os.access(run.settings.home, os.W_OK):
        return
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))
        file.chmod(0o600)
        readline.read_history_file(file)
        readline.set_history_length(_REMEMBERED)
        atexit.register(_remember, file)


def _remember(file: Path) -> None:
    import readline

    with suppress(OSError):
        readline.write_history_file(file)


class _Completer:
    """What readline asks, once for each candidate."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._found: list[str] = []

    def __call__(self, text: str, state: int) -> str | None:
        if state == 0:
            self._found = self._candidates(text)
        return self._found[state] if state < len(self._found) else None

    def _candidates(self, text: str) -> list[str]:
        import glob
        import readline

        from registry.cli.completing import FILES, candidates

        before = readline.get_line_buffer()[: readline.get_begidx()].split()
        found = [word for word, _ in candidates(self._run, [*before, text])]
        files = [f"{name}/" if os.path.isdir(name) else name for name in sorted(glob.glob(f"{glob.escape(text)}*"))]
        return [word + " " for word in found if word != FILES] + (files if FILES in found else [])
