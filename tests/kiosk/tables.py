"""Documents to sign in person, a kiosk that serves them in a thread of its own, and a browser of a few lines."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from threading import Thread
from typing import TypeVar
from urllib.parse import urlencode

from registry.documents.keys import init_keys
from registry.documents.page import without_space
from registry.documents.render import Renderer
from registry.documents.terms import RiderTerms
from registry.kiosk import Kiosk, Occasion, Sitting, open_kiosk
from registry.services.signing import Captured, Keys, issue
from tests.documents import story

T = TypeVar("T")


def make_keys(folder: Path) -> Keys:
    init_keys(folder, company=story.COMPANY, passphrase=story.PASSPHRASE, now=story.ISSUED)
    return Keys(folder=folder, passphrase=story.PASSPHRASE)


def elsewhere(work: Callable[[], T]) -> T:
    """Work done in a thread of its own: a browser that is open keeps the event loop of this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


def sealed(terms: RiderTerms, file: Path, keys: Keys, renderer: Renderer | None = None) -> Path:
    """A sealed document."""
    elsewhere(lambda: issue(terms, file, keys=keys, now=story.ISSUED, renderer=renderer))
    return file


def occasion(path: Path, keys: Keys, **more: object) -> Occasion:
    captured = Captured(operator="casting desk")
    given = Occasion(path=path, keys=keys, clock=lambda: story.SIGNED, captured=captured)
    return replace(given, **more)  # type: ignore[arg-type]


@dataclass
class Running:
    """A kiosk that answers; `ended` is what `serve` gave back."""

    kiosk: Kiosk
    sitting: Sitting
    thread: Thread
    ended: list[bool] = field(default_factory=list)

    def wait(self) -> bool:
        """Whether the kiosk ended by itself."""
        self.thread.join(30)
        assert not self.thread.is_alive()
        return self.ended[0]


@contextmanager
def running(given: Occasion, *, seconds: float = 20.0) -> Iterator[Running]:
    sitting = elsewhere(lambda: Sitting(given))
    kiosk = open_kiosk(sitting, seconds=seconds)
    found = Running(kiosk, sitting, Thread())
    found.thread = Thread(target=lambda: found.ended.append(kiosk.serve()))
    found.thread.start()
    try:
        yield found
    finally:
        kiosk.over = True
        found.thread.join(30)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass
class Visitor:
    """Somebody with a browser that knows cookies, forms and nothing else."""

    kiosk: Kiosk
    cookie: str | None = None
    page: str = ""

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.kiosk.server_port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.kiosk.server_port, timeout=20)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookie and "Cookie" not in sent:
            sent["Cookie"] = self.cookie
        connection.request(method, path, body=body, headers=sent)
        answer = _read(connection.getresponse())
        connection.close()
        if method == "GET" and (found := re.search(r'name="page" value="([^"]+)"', answer.body.decode("latin-1"))):
            self.page = found[1]
        return answer

    def opens(self) -> Answer:
        """The link, and the cookie that it gives."""
        answer = self.ask("GET", self.kiosk.gate.link.partition(self.host)[2])
        self.cookie = answer.headers.get("Set-Cookie", "").partition(";")[0] or self.cookie
        return answer

    def sends(self, action: str, *, page: str | None = None, **fields: str) -> Answer:
        """A form of the page that is open; then the page that follows."""
        answer = self.posts({"page": self.page if page is None else page, "action": action, **fields})
        return self.ask("GET", "/") if answer.status == 303 else answer

    def posts(self, fields: dict[str, str], **headers: str) -> Answer:
        body = urlencode(fields).encode()
        kind = {"Content_Type": "application/x-www-form-urlencoded", "User_Agent": "a browser of few lines", **headers}
        return self.ask("POST", "/", body, **kind)

    def reads(self) -> Answer:
        """As far as the document itself."""
        self.opens()
        self.sends("hand_over", identity_proof="passport seen", identity_checked_by="casting desk")
        return self.sends("agree", electronic="yes")

    def decides(self, sitting: Sitting, *, declined: tuple[str, ...] = (), initials: str = "AO") -> Answer:
        answers = {q.box: "decline" if q.clause.number in declined else "agree" for q in sitting.turn.asked}
        return self.sends("decide", initials=initials, **answers)


def _read(response: HTTPResponse) -> Answer:
    return Answer(response.status, dict(response.getheaders()), response.read())


def heading(answer: Answer) -> str:
    found = re.search(r"<h1[^>]*>(.*?)</h1>", answer.text)
    assert found is not None
    return html.unescape(found[1])


def faults(answer: Answer) -> list[str]:
    found = answer.text.partition('<section class="faults"')[2].partition("</section>")[0]
    return [html.unescape(said) for said in re.findall(r"<a [^>]*>(.*?)</a>", found)]


def seen(answer: Answer) -> str:
    """The words of a page, without tags and white space."""
    body = answer.text.partition("<main>")[2].partition("</main>")[0]
    return without_space(html.unescape(re.sub(r"<[^>]*>", "", body)))


def evidence(rider: Path, field: str) -> dict[str, object]:
    return dict(json.loads(rider.with_name(f"{rider.stem}.{field}.evidence.json").read_text(encoding="utf-8")))
