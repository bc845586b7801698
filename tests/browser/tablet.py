"""A tablet in somebody's hands: what they tap and draw on the pages of the kiosk."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

TABLET: dict[str, Any] = {"viewport": {"width": 768, "height": 1024}, "has_touch": True, "is_mobile": True}
LANDSCAPE: dict[str, Any] = {**TABLET, "viewport": {"width": 1024, "height": 768}}


def send(page: Page, action: str) -> None:
    """Tap a button that sends the page, and wait for the next."""
    with page.expect_navigation():
        page.locator(f"button[value={action}]").tap()


def reads(page: Page) -> None:
    send(page, "hand_over")
    page.locator("#electronic").tap()
    send(page, "agree")


def decides(page: Page) -> None:
    for choice in page.locator("input[value=agree]").all():
        choice.tap()
    page.fill("#initials", "AO")
    send(page, "decide")


def draw(page: Page, *strokes: list[tuple[float, float]]) -> None:
    """Fingers on the field, in parts of its width and height."""
    box = page.locator("#board").bounding_box()
    assert box is not None
    session = page.context.new_cdp_session(page)
    for stroke in strokes:
        points = [{"x": box["x"] + x * box["width"], "y": box["y"] + y * box["height"]} for x, y in stroke]
        session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": points[:1]})
        for point in points[1:]:
            session.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
