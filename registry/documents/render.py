"""HTML to PDF in a child process: no network, no files but our own templates, and limits on time and memory."""

from __future__ import annotations

import base64
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from registry.errors import RegistryError
from registry.resources import templates

_SECONDS = 90


class RenderError(RegistryError):
    """A page that could not be printed as it is meant to be."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.remedy = remedy

    def lines(self) -> list[str]:
        return [str(self), *([self.remedy] if self.remedy else [])]


class Renderer:
    """A child process that prints one page after another. WeasyPrint is started once, at the first page.

    The child has its own font configuration with the shipped fonts only, so that a page looks the same everywhere.
    """

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def pdf(
        self, html: str, *, identifier: str, fonts: tuple[Path, ...] = (), scans: Mapping[str, bytes] | None = None
    ) -> bytes:
        """The PDF of a page, PDF/A-3a as WeasyPrint makes it. `fonts` are those of the system that it needs besides the
        shipped ones; `scans` are the pictures it shows under `scan:NAME`. Raises RenderError on any warning."""
        child = self._started()
        assert child.stdin is not None
        assert child.stdout is not None
        alarm = threading.Timer(_SECONDS, child.kill)
        alarm.start()
        try:
            request = json.dumps(
                {
                    "html": html,
                    "identifier": identifier,
                    "fonts": [str(f) for f in fonts],
                    "scans": {name: base64.b64encode(data).decode() for name, data in (scans or {}).items()},
                }
            ).encode()
            _send(child, request)
            head = child.stdout.readline().split()
            body = child.stdout.read(int(head[1])) if len(head) == 2 else b""
        finally:
            alarm.cancel()
        if len(head) != 2 or len(body) != int(head[1]):
            raise self._died(child)
        if head[0] != b"pdf":
            problem = json.loads(body)
            raise RenderError(problem["problem"], problem["remedy"])
        return body

    def close(self) -> None:
        if self._child is not None:
            assert self._child.stdin is not None
            assert self._child.stdout is not None
            with contextlib.suppress(BrokenPipeError):
                self._child.stdin.close()
            self._child.wait(timeout=10)
            self._child.stdout.close()
            self._child = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is None:
            self._folder = tempfile.TemporaryDirectory(prefix="registry-render-")
            folder = Path(self._folder.name)
            self._child = subprocess.Popen(
                [sys.executable, "-s", "-m", "registry.documents.printing"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env=_environment(folder),
            )
        return self._child

    def _died(self, child: subprocess.Popen[bytes]) -> RenderError:
        status = child.wait(timeout=10)
        self.close()
        return RenderError(
            f"The renderer stopped before the page was done (status {status}); its limits are {_SECONDS} seconds and "
            "2 GB of memory.",
            "Shorten the texts of the rider, or render fewer clauses at a time.",
        )


def _send(child: subprocess.Popen[bytes], request: bytes) -> None:
    assert child.stdin is not None
    with contextlib.suppress(BrokenPipeError):  # a child that died is reported by what it did not answer
        child.stdin.write(b"%d\n" % len(request) + request)
        child.stdin.flush()


def _environment(folder: Path) -> dict[str, str]:
    """Of our own environment the child keeps what finding libraries needs, and nothing that could leak into a page."""
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{templates() / 'fonts'}</dir><cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME") or k.startswith(("LD_", "DYLD_"))}
    package = Path(__file__).resolve().parents[2]
    return {
        **kept,
        "PYTHONPATH": str(package),
        "PYTHONDONTWRITEBYTECODE": "1",
        "LC_ALL": "C.UTF-8",
        "TMPDIR": str(folder),
        "FONTCONFIG_FILE": str(fonts),
        "SOURCE_DATE_EPOCH": "0",  # without libharfbuzz-subset a font's time stamp would differ from run to run
    }
