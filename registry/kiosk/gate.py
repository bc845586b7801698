"""Who may come in: one browser on this machine, that was given the link, and nobody in its name.

The link holds a token that the first browser spends; from then on a cookie is the key. The address a request names has
to be ours, so that no other name can be made to lead here, and what is sent has to come from our own pages.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie

from registry.domain.values import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Refusal:
    """A request that is not answered with a page of the signing; `why` is the key of its sentence."""

    status: HTTPStatus
    why: str


class Gate:
    """The token, the session that spent it, and the address of a server on `port`."""

    def __init__(self, port: int) -> None:
        self._token: str | None = secrets.token_urlsafe(32)
        self._session = secrets.token_urlsafe(32)
        self._name = f"kiosk_{port}"  # cookies do not tell ports apart
        self._host = f"{HOST}:{port}"

    @property
    def link(self) -> str:
        """The address to open, once."""
        return f"http://{self._host}/open/{self._token}"

    @property
    def cookie(self) -> str:
        """What the first browser is given, for the Set-Cookie header."""
        return f"{self._name}={self._session}; Path=/; HttpOnly; SameSite=Strict"

    def spends(self, token: str) -> bool:
        """Whether this is the token of the link, spent now. It can be spent once."""
        if self._token is None or not _same(token, self._token):
            return False
        self._token = None
        return True

    def admits(self, headers: Mapping[str, str]) -> bool:
        """Whether a request comes from the browser that spent the token."""
        try:
            found = SimpleCookie(headers.get("Cookie", "")).get(self._name)
        except CookieError:
            return False
        return self._token is None and found is not None and _same(found.value, self._session)

    def refuses(self, headers: Mapping[str, str], *, sends: bool) -> Refusal | None:
        """A request to another name than ours; a form that another page sends."""
        if headers.get("Host") != self._host:
            return Refusal(HTTPStatus.MISDIRECTED_REQUEST, "address")
        foreign = headers.get("Origin", f"http://{self._host}") != f"http://{self._host}"
        if sends and (foreign or headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none")):
            return Refusal(HTTPStatus.FORBIDDEN, "origin")
        return None


def _same(given: str, expected: str) -> bool:
    return secrets.compare_digest(given.encode(), expected.encode())
