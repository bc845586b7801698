"""A long answer on a terminal, in the reader's own pager. Nothing that is not read by eyes ever comes here."""

from __future__ import annotations

import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence

# Whoever reads these options reads with a program.
_MACHINES = ("--json", "--jsonl", "--csv")
_NONE = ("", "cat")


def chosen(environ: Mapping[str, str], typed: Sequence[str]) -> tuple[str, ...]:
    """The pager to use for a command line, as words to run; none where nobody wants one."""
    if any(word.partition("=")[0] in _MACHINES for word in typed) or environ.get("TERM") == "dumb":
        return ()
    words = tuple(shlex.split(environ.get("PAGER", "less")))
    if not words or words[0] in _NONE or shutil.which(words[0], path=environ.get("PATH")) is None:
        return ()
    return words


def shown(text: str, pager: Sequence[str], environ: Mapping[str, str]) -> bool:
    """Show `text` in the pager until the reader leaves it. Whether that was possible."""
    settings = {**environ, "LESS": environ.get("LESS", "FRX"), "LV": environ.get("LV", "-c")}
    try:
        running = subprocess.Popen(pager, stdin=subprocess.PIPE, text=True, encoding="utf-8", env=settings)
    except OSError:
        return False
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # the pager answers to it
    try:
        running.communicate(text)
    except BrokenPipeError:  # the reader has read enough
        running.wait()
    finally:
        signal.signal(signal.SIGINT, before)
    return True
