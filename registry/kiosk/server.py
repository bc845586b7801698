"""The server of a sitting: on the loopback address alone, one browser, one step at a time, until it is over.

Requests are read in threads of their own, so that a slow one holds up nobody; what they do to the sitting is done one
after another. Every answer closes its connection and is stored nowhere.
"""

from __future__ import annotations

import contextlib
import errno
import threading
import time
from collections.abc import Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, HTTPServer
from socketserver import ThreadingMixIn
from typing import Any
from urllib.parse import parse_qsl

from registry.errors import UsageError
from registry.kiosk.gate import HOST, Gate, Refusal
from registry.kiosk.pages import page, policy, refusal_page
from registry.kiosk.sitting import Sitting
from registry.kiosk.turn import Step

_FORM = "application/x-www-form-urlencoded"
_LARGEST = 1 << 20
_FIELDS = 1000
_CONNECTIONS = 32
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


def open_kiosk(sitting: Sitting, *, port: int = 0, seconds: float = 20.0) -> Kiosk:
    """A server for a sitting, at a free port unless one is named. A request that takes longer than `seconds` to arrive
    is given up. Raises UsageError for a port that is in use."""
    try:
        return Kiosk(sitting, port, seconds)
    except PermissionError:
        raise UsageError(f"Port {port} is for the administrator of this machine.", "add --port 0") from None
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise UsageError(f"Port {port} cannot be opened: {error.strerror}.", "add --port 0") from None
        raise UsageError(f"Port {port} is in use on this machine.", "add --port 0    takes a free one") from None


class Kiosk(ThreadingMixIn, HTTPServer):
    """Listens from the moment it is made; `serve` answers until the sitting is over."""

    daemon_threads = True
    timeout = 0.2

    def __init__(self, sitting: Sitting, port: int, seconds: float) -> None:
        super().__init__((HOST, port), Handler)
        self.sitting = sitting
        self.seconds = seconds
        self.gate = Gate(self.server_port)
        self.lock = threading.Lock()
        self.over = False
        self._places = threading.BoundedSemaphore(_CONNECTIONS)
        self._heard = time.monotonic()

    def serve(self) -> bool:
        """Answer until the last page was sent, or nobody came for it. False where nothing was done for as long as the
        sitting waits.

        Whatever ends it, a signature that is being made is finished first."""
        try:
            while not self.over:
                self.handle_request()
                silent = time.monotonic() - self._heard
                if self.sitting.end is not None and silent > self.seconds:
                    return True
                if silent > self.sitting.occasion.idle_minutes * 60:
                    return False
            return True
        finally:
            with self.lock:
                self.server_close()

    def heard(self) -> None:
        """The browser that is signing asked for something."""
        self._heard = time.monotonic()

    def server_bind(self) -> None:
        """Without looking up a name for the address, as the class above does."""
        super(HTTPServer, self).server_bind()
        self.server_name, self.server_port = HOST, int(self.server_address[1])

    def process_request(self, request: Any, client_address: Any) -> None:
        if not self._places.acquire(blocking=False):
            self.shutdown_request(request)
            return
        super().process_request(request, client_address)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._places.release()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that went away in the middle is no fault."""


class Handler(BaseHTTPRequestHandler):
    """One request. `server` is the kiosk it came to."""

    server: Kiosk
    server_version = "registry"
    sys_version = ""

    def setup(self) -> None:
        self.request.settimeout(self.server.seconds)
        super().setup()
        self._alarm = threading.Timer(self.server.seconds, self._give_up)
        self._alarm.daemon = True
        self._alarm.start()

    def finish(self) -> None:
        self._alarm.cancel()
        super().finish()

    def do_GET(self) -> None:
        kiosk = self.server
        refusal = kiosk.gate.refuses(self._named(), sends=False)
        if refusal is not None:
            self._refuse(refusal)
        elif self.path.startswith("/open/"):
            self._open(self.path.removeprefix("/open/"))
        elif not kiosk.gate.admits(self._named()):
            self._refuse(Refusal(HTTPStatus.FORBIDDEN, "session"))
        elif self.path == "/":
            self._show()
        elif self.path == "/document.pdf":
            with kiosk.lock:
                data = kiosk.sitting.shown.data
            kiosk.heard()
            self._pdf(data, "inline")
        elif self.path == "/copy.pdf":
            self._copy()
        else:
            self._refuse(Refusal(HTTPStatus.NOT_FOUND, "nothing"))

    def do_POST(self) -> None:
        kiosk = self.server
        refusal = kiosk.gate.refuses(self._named(), sends=True)
        if refusal is None and not kiosk.gate.admits(self._named()):
            refusal = Refusal(HTTPStatus.FORBIDDEN, "session")
        if refusal is None and self.path != "/":
            refusal = Refusal(HTTPStatus.NOT_FOUND, "nothing")
        form = self._form() if refusal is None else refusal
        if isinstance(form, Refusal):
            self._refuse(form)
            return
        kiosk.heard()
        with kiosk.lock:
            if not kiosk.over:
                kiosk.sitting.act(form, agent=_printable(self.headers.get("User-Agent")))
        self._answer(HTTPStatus.SEE_OTHER, b"", {"Location": "/"})

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """What the server itself refuses, in our words too."""
        self.close_connection = True
        self._refuse(Refusal(HTTPStatus(code), "method" if code == HTTPStatus.NOT_IMPLEMENTED else "form"))

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is that of the class above)
        """Nothing is logged: an address of a page says who signs."""

    def _open(self, token: str) -> None:
        """The link. Whoever is in already goes on where the signing stands."""
        kiosk = self.server
        with kiosk.lock:
            spent = kiosk.gate.spends(token)
            text = page(kiosk.sitting) if spent else ""
        if spent:
            kiosk.heard()
            self._html(HTTPStatus.OK, text, {"Set-Cookie": kiosk.gate.cookie})
        elif kiosk.gate.admits(self._named()):
            self._answer(HTTPStatus.SEE_OTHER, b"", {"Location": "/"})
        else:
            self._refuse(Refusal(HTTPStatus.FORBIDDEN, "link"))

    def _show(self) -> None:
        kiosk = self.server
        kiosk.heard()
        with kiosk.lock:
            text = page(kiosk.sitting)
            ended = kiosk.sitting.turn.step is Step.ENDED
        self._html(HTTPStatus.OK, text)
        kiosk.over = kiosk.over or ended

    def _copy(self) -> None:
        """A signer's copy, as long as the page is theirs."""
        kiosk = self.server
        with kiosk.lock:
            sitting = kiosk.sitting
            theirs = sitting.turn.step is Step.SIGNED
            data, name = sitting.shown.data, sitting.occasion.path.name
        if not theirs:
            self._refuse(Refusal(HTTPStatus.NOT_FOUND, "nothing"))
            return
        kiosk.heard()
        self._pdf(data, "attachment", name)
        with kiosk.lock:
            if sitting.turn.step is Step.SIGNED and sitting.shown.data == data:
                sitting.copied("downloaded in the browser at the machine")

    def _form(self) -> Mapping[str, str] | Refusal:
        """The fields of a form; the first value of each."""
        length = self.headers.get("Content-Length", "")
        if "Transfer-Encoding" in self.headers or not length.isascii() or not length.isdigit():
            return Refusal(HTTPStatus.LENGTH_REQUIRED, "form")
        if int(length) > _LARGEST:
            self._read(min(int(length), 8 * _LARGEST))
            return Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "large")
        if self.headers.get_content_type() != _FORM:
            self._read(int(length))
            return Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "form")
        body = self._read(int(length))
        if len(body) < int(length):
            return Refusal(HTTPStatus.REQUEST_TIMEOUT, "slow")
        try:
            pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=_FIELDS, errors="strict")
        except ValueError:
            return Refusal(HTTPStatus.BAD_REQUEST, "form")
        return dict(reversed(pairs))

    def _read(self, length: int) -> bytes:
        """As much of a body as arrives in time."""
        pieces: list[bytes] = []
        while length > 0:
            try:
                piece = self.rfile.read1(min(length, 65536))
            except OSError:
                break
            if not piece:
                break
            pieces.append(piece)
            length -= len(piece)
        return b"".join(pieces)

    def _give_up(self) -> None:
        """The time for a request is over: what has not arrived will not be read."""
        with contextlib.suppress(OSError):
            self.connection.shutdown(0)

    def _named(self) -> Mapping[str, str]:
        """The headers by their usual names; one that stands there twice has no value that anybody sent."""
        return {name: ", ".join(self.headers.get_all(name, [])) for name in map(str.title, self.headers)}

    def _refuse(self, refusal: Refusal) -> None:
        named = self._named() if hasattr(self, "headers") else {}
        back = refusal.why != "address" and self.server.gate.admits(named)
        self._html(refusal.status, refusal_page(refusal, self.server.sitting.words, back=back))

    def _html(self, status: HTTPStatus, text: str, more: Mapping[str, str] | None = None) -> None:
        headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy(), **(more or {})}
        self._answer(status, text.encode(), headers)

    def _pdf(self, data: bytes, disposition: str, name: str = "document.pdf") -> None:
        plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
        headers = {
            "Content-Type": "application/pdf",
            "Content-Disposition": f'{disposition}; filename="{plain}"',
            "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        }
        self._answer(HTTPStatus.OK, data, headers)

    def _answer(self, status: HTTPStatus, body: bytes, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**_HEADERS, **headers, "Content-Length": str(len(body)), "Connection": "close"}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
            self.wfile.flush()


def _printable(text: str | None) -> str | None:
    """What a browser calls itself, cut to what a record keeps."""
    said = "".join(c for c in (text or "") if c.isprintable())[:300]
    return said or None
