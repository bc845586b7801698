"""A real browser for pages: Debian's Chromium, started once for this folder, and closed with it.

It is closed before tests of other folders run: while it is open its event loop counts as running in this thread, and
whatever calls `asyncio.run` here (signing does) has to do so in a thread of its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass(frozen=True, slots=True)
class Visit:
    """A page that was opened, every address it asked for, and whatever the browser complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def violations(self) -> list[str]:
        """What axe finds against WCAG 2.2 AA and good practice: the rule, and where."""
        found = Axe().run(self.page, options={"runOnly": _RULES, "resultTypes": ["violations"]})
        return [
            f"{one['id']}: {one['help']}: {[node['target'] for node in one['nodes']][:5]}"
            for one in found.response["violations"]
        ]

    def focused(self) -> str:
        """What has the focus, in a word or two: its tag, and what it is called."""
        script = (
            "() => { const e = document.activeElement; const label = e.labels && e.labels[0];"
            " return e.tagName.toLowerCase() + ' ' + (e.getAttribute('aria-label')"
            " || (label ? label.textContent : e.textContent)).replace(/\\s+/g, ' ').trim().slice(0, 60); }"
        )
        return str(self.page.evaluate(script))


Visitor = Callable[..., Visit]


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a window, its profile empty and thrown away."""
    try:
        with sync_playwright() as playwright:
            started = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(_FLAGS))
            yield started
            started.close()
    finally:
        # Playwright closes its loop from another greenlet and leaves it named as the running one of this thread.
        asyncio.events._set_running_loop(None)


@pytest.fixture
def visit(browser: Browser) -> Iterator[Visitor]:
    """`visit(path_or_address, color_scheme="dark", viewport=…)`: a page in a browser that knows nothing of the others.

    Options are those of Playwright's `Browser.new_context`. A page that complained (an error of a script, something
    the policy of the page blocked, a failed request) fails its test when the test is over."""
    with ExitStack() as open_:
        seen: list[Visit] = []

        def visited(address: str | Path, **options: Any) -> Visit:
            context = browser.new_context(**{"reduced_motion": "reduce", **options})
            open_.callback(context.close)
            page = context.new_page()
            visit = Visit(page)
            page.on("request", lambda request: visit.requests.append(request.url))
            page.on("requestfailed", lambda request: visit.complaints.append(f"failed: {request.url}"))
            page.on("pageerror", lambda error: visit.complaints.append(str(error)))
            page.on(
                "console",
                lambda said: visit.complaints.append(said.text) if said.type in ("error", "warning") else None,
            )
            page.goto(address.as_uri() if isinstance(address, Path) else address)
            seen.append(visit)
            return visit

        yield visited
    assert [said for visit in seen for said in visit.complaints] == []
