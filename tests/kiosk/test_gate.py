"""Who may come in, and what is done with whatever else knocks: each request is refused with a sentence, and signs
nothing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.errors import UsageError
from registry.kiosk import open_kiosk
from registry.services.signing import Keys
from tests.kiosk.tables import Running, Visitor, occasion, running


@pytest.fixture
def table(rider: Path, keys: Keys) -> Iterator[Running]:
    with running(occasion(rider, keys)) as found:
        yield found


def test_the_link_opens_once(table: Running) -> None:
    first, second = Visitor(table.kiosk), Visitor(table.kiosk)
    link = table.kiosk.gate.link.partition(first.host)[2]
    assert first.opens().status == 200
    refused = second.ask("GET", link)
    assert refused.status == 403
    assert "The link was used already, or is another one." in refused.text
    assert "Set-Cookie" not in refused.headers
    again = first.ask("GET", link)
    assert (again.status, again.headers["Location"]) == (303, "/")


@pytest.mark.parametrize("path", ["/", "/document.pdf", "/copy.pdf", "/open/", "/open/guessed", "/etc/passwd", "/../x"])
def test_nobody_comes_in_without_the_link(table: Running, path: str) -> None:
    stranger = Visitor(table.kiosk)
    assert stranger.ask("GET", path).status == 403
    Visitor(table.kiosk).opens()
    assert stranger.ask("GET", path, Cookie=f"kiosk_{table.kiosk.server_port}=guessed").status == 403


def test_a_cookie_is_no_key_before_the_link_was_opened(table: Running) -> None:
    cookie = table.kiosk.gate.cookie.partition(";")[0]
    assert Visitor(table.kiosk).ask("GET", "/", Cookie=cookie).status == 403


def test_the_cookie_goes_to_nobody_else(table: Running) -> None:
    cookie = Visitor(table.kiosk).opens().headers["Set-Cookie"]
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


@pytest.mark.parametrize("host", ["evil.example", "localhost", "127.0.0.1", "127.0.0.1:1", "[::1]:80", ""])
def test_another_name_that_leads_here_is_refused(table: Running, host: str) -> None:
    """A page elsewhere may give its own name the address of this machine; the browser then names it."""
    visitor = Visitor(table.kiosk)
    link = table.kiosk.gate.link.partition(visitor.host)[2]
    refused = visitor.ask("GET", link, Host=host)
    assert refused.status == 421
    assert "This page answers only at the address that the program opened." in refused.text
    assert visitor.opens().status == 200, "the link was not spent by it"


def test_every_answer_is_closed_to_other_pages_and_stored_nowhere(table: Running) -> None:
    visitor = Visitor(table.kiosk)
    answers = [visitor.ask("GET", "/"), visitor.opens()]
    answers += [visitor.ask("GET", path) for path in ("/", "/document.pdf", "/nothing")]
    answers.append(visitor.ask("OPTIONS", "/", Origin="http://evil.example"))
    for answer in answers:
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert not [name for name in answer.headers if name.startswith("Access-Control")]
        assert "Python" not in answer.headers["Server"]


def test_the_policy_lets_nothing_in_but_our_own_style_and_script(table: Running) -> None:
    policy = Visitor(table.kiosk).opens().headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
    ],
)
def test_a_form_of_another_page_changes_nothing(table: Running, headers: dict[str, str]) -> None:
    visitor = Visitor(table.kiosk)
    visitor.opens()
    refused = visitor.posts({"page": visitor.page, "action": "hand_over"}, **headers)
    assert refused.status == 403
    assert "Another page tried to send this. Nothing was changed." in refused.text
    assert table.sitting.turn.step == "handover"


def test_a_form_needs_the_number_of_the_page_and_the_session(table: Running) -> None:
    visitor, stranger = Visitor(table.kiosk), Visitor(table.kiosk)
    visitor.opens()
    assert stranger.posts({"page": visitor.page, "action": "hand_over"}).status == 403
    for page in ("", "guessed", "é"):
        answer = visitor.sends("hand_over", page=page)
        assert "Nothing was changed by it. Here is where the signing stands." in answer.text
    assert table.sitting.turn.step == "handover"
    assert "Nothing was changed by it" not in visitor.ask("GET", "/").text, "it is said once"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "PATCH", "HEAD", "BREW"])
def test_other_methods_are_refused(table: Running, method: str) -> None:
    visitor = Visitor(table.kiosk)
    visitor.opens()
    assert visitor.ask(method, "/").status == 501


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"Content_Type": "application/json"}, b'{"action": "hand_over"}', 415),
        ({"Content_Type": "text/plain"}, b"action=hand_over", 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, b"page=%ff", 400),
        ({"Content_Type": "application/x-www-form-urlencoded"}, b"&".join([b"a=b"] * 1001), 400),
        ({"Content_Type": "application/x-www-form-urlencoded"}, b"a" * (1 << 20) + b"a", 413),
    ],
)
def test_what_is_no_form_is_refused(table: Running, headers: dict[str, str], body: bytes, status: int) -> None:
    visitor = Visitor(table.kiosk)
    visitor.opens()
    refused = visitor.ask("POST", "/", body, **headers)
    assert refused.status == status
    assert "Nothing was changed" in refused.text
    assert table.sitting.turn.step == "handover"


def _raw(table: Running, sent: bytes) -> bytes:
    """What comes back for bytes that no browser would send, until the connection closes."""
    with socket.create_connection(("127.0.0.1", table.kiosk.server_port), timeout=20) as connection:
        connection.sendall(sent)
        pieces = []
        while piece := connection.recv(65536):
            pieces.append(piece)
    return b"".join(pieces)


def _head(table: Running, visitor: Visitor, *lines: str) -> bytes:
    first = ("POST / HTTP/1.1", f"Host: {visitor.host}", f"Cookie: {visitor.cookie}")
    return "\r\n".join((*first, "Content-Type: application/x-www-form-urlencoded", *lines, "", "")).encode()


@pytest.mark.parametrize(
    "lines", [(), ("Transfer-Encoding: chunked",), ("Content-Length: -1",), ("Content-Length: x",)]
)
def test_a_form_says_how_long_it_is(table: Running, lines: tuple[str, ...]) -> None:
    visitor = Visitor(table.kiosk)
    visitor.opens()
    assert _raw(table, _head(table, visitor, *lines)).startswith(b"HTTP/1.0 411 ")


def test_a_header_that_stands_twice_is_none(table: Running) -> None:
    visitor = Visitor(table.kiosk)
    visitor.opens()
    sent = f"GET / HTTP/1.1\r\nHost: {visitor.host}\r\nHost: evil.example\r\nCookie: {visitor.cookie}\r\n\r\n"
    assert _raw(table, sent.encode()).startswith(b"HTTP/1.0 421 ")


def test_what_is_no_request_is_refused(table: Running) -> None:
    assert b"What was sent is not a form of this page." in _raw(table, b"GET / HTTP/9.9\r\n\r\n")


def test_a_slow_sender_holds_up_nobody(rider: Path, keys: Keys) -> None:
    with running(occasion(rider, keys), seconds=0.5) as table:
        visitor = Visitor(table.kiosk)
        visitor.opens()
        with socket.create_connection(("127.0.0.1", table.kiosk.server_port), timeout=20) as silent:
            silent.sendall(b"GET /")
            head = _head(table, visitor, "Content-Length: 100")
            answer = _raw(table, head + b"page=")
            assert answer.startswith(b"HTTP/1.0 408 ")
            assert b"What was sent arrived too slowly, or in part. Nothing was changed" in answer
            assert visitor.ask("GET", "/").status == 200


def test_a_port_in_use_is_named(table: Running) -> None:
    port = table.kiosk.server_port
    with pytest.raises(UsageError, match=f"Port {port} is in use on this machine.") as raised:
        open_kiosk(table.sitting, port=port)
    assert raised.value.remedy.startswith("add --port 0")


def test_only_this_machine_can_reach_it(table: Running) -> None:
    assert table.kiosk.server_address[0] == "127.0.0.1"
