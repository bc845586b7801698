"""The child process of render.py: reads pages on standard input, answers with PDFs on standard output.

A request is its length, a line end, and JSON; an answer is `pdf` or `problem`, a length, a line end, and the bytes.
"""

from __future__ import annotations

import base64
import contextlib
import json
import logging
import sys
from pathlib import Path
from typing import Any, BinaryIO, cast

from registry.documents.fonts import BODY_FONTS, FIELD_FONT, field_font
from registry.resources import templates

_MEMORY = 2 * 1024**3
_CPU_SECONDS = 60
_PACKAGES = {
    "gobject": "libglib2.0-0",
    "pangoft2": "libpangoft2-1.0-0",
    "pango": "libpango-1.0-0",
    "harfbuzz": "libharfbuzz-subset0",
}


def serve(source: BinaryIO, target: BinaryIO) -> None:
    """Prints pages until standard input ends."""
    _limit_memory()
    printers: dict[tuple[str, ...], _Printer] = {}
    warnings = _Warnings()
    while head := source.readline():
        request = json.loads(source.read(int(head)))
        try:
            fonts = tuple(request["fonts"])
            printer = printers.get(fonts) or printers.setdefault(fonts, _Printer(fonts, warnings))
            _limit_time()
            kind, answer = "pdf", printer.pdf(request["html"], request["identifier"], request.get("scans", {}))
        except OSError as error:
            kind, answer = "problem", _missing_library(str(error))
        except _PageError as error:
            kind, answer = "problem", _problem(str(error), "Repair the template or the style sheet it names.")
        target.write(f"{kind} {len(answer)}\n".encode() + answer)
        target.flush()


class _PageError(Exception):
    """A page WeasyPrint printed with a warning, or would not print."""


class _Printer:
    """WeasyPrint with its fonts and style sheet loaded once: the shipped fonts, and those of the system that pages in
    other scripts asked for. Each set of fonts has a printer of its own, so that no page lends another its fonts."""

    def __init__(self, system: tuple[str, ...], warnings: _Warnings) -> None:
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration

        self._warnings = warnings
        logger = logging.getLogger("weasyprint")
        logger.handlers = [self._warnings]
        logger.propagate = False
        self._weasyprint = weasyprint
        self._fonts = FontConfiguration()
        self._system = system
        self._fetcher = _fetcher(system)
        faces = [
            f'@font-face {{ font-family: "System {n}"; src: url("template:system/{n}"); }}' for n in range(len(system))
        ]
        style = "\n".join([(templates() / "print.css").read_text(encoding="utf-8"), *faces])
        self._style = weasyprint.CSS(string=style, font_config=self._fonts, url_fetcher=self._fetcher)

    def pdf(self, html: str, identifier: str, scans: dict[str, str]) -> bytes:
        """`scans` are the pictures that the page shows under `scan:`, in base64."""
        held = {name: base64.b64decode(data) for name, data in scans.items()}
        fetcher = _fetcher(self._system, held) if held else self._fetcher
        page = self._weasyprint.HTML(string=html, url_fetcher=fetcher)
        made = page.write_pdf(
            stylesheets=[self._style],
            font_config=self._fonts,
            pdf_variant="pdf/a-3a",
            pdf_forms=True,
            pdf_tags=True,
            pdf_identifier=bytes.fromhex(identifier),
        )
        if said := self._warnings.taken():
            raise _PageError(f"The page was not printed as it is written: {'; '.join(said)}.")
        return cast(bytes, made)


class _Warnings(logging.Handler):
    """What WeasyPrint only logs: a missing image, an unknown property. Here each of them stops the page."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())

    def taken(self) -> list[str]:
        said, self.said = self.said, []
        return said


def _fetcher(system: tuple[str, ...], scans: dict[str, bytes] | None = None) -> Any:
    """Serves fonts under `template:`, shipped ones and those named to us, and the pictures handed over under `scan:`;
    refuses every other address."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    served = {f"template:fonts/{name}": templates() / "fonts" / name for name in BODY_FONTS}
    served |= {f"template:system/{n}": Path(name) for n, name in enumerate(system)}

    class Fetcher(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url == f"template:fonts/{FIELD_FONT}":
                return URLFetcherResponse(url, body=field_font(), headers={"Content-Type": "font/ttf"})
            if url in served:
                body = served[url].read_bytes()
                return URLFetcherResponse(url, body=body, headers={"Content-Type": "font/ttf"})
            if scans and (picture := scans.get(url.removeprefix("scan:"))) is not None and url.startswith("scan:"):
                kind = "image/png" if picture.startswith(b"\x89PNG") else "image/jpeg"
                return URLFetcherResponse(url, body=picture, headers={"Content-Type": kind})
            raise ValueError(f"{url} is not part of the templates")

    return Fetcher(allowed_protocols=())


def _missing_library(said: str) -> bytes:
    package = next((package for name, package in _PACKAGES.items() if name in said), "libpango-1.0-0")
    return _problem(
        f"A library that printing needs is missing: {said.splitlines()[0]}.",
        f"apt-get install --no-install-recommends {package}",
    )


def _problem(problem: str, remedy: str) -> bytes:
    return json.dumps({"problem": problem, "remedy": remedy}).encode()


def _limit_memory() -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):  # macOS has no limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _limit_time() -> None:
    """So many seconds of processor time from now; the process is stopped when they are used up."""
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + _CPU_SECONDS, hard))


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
