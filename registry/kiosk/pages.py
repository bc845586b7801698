"""The pages of a sitting as HTML, complete in themselves: style and script stand inside, and nothing else is fetched.

What may run and what may be drawn is fixed by their digests in the policy that goes with every page.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from registry.documents.language import Language
from registry.documents.parties import company_of
from registry.documents.terms import SignatureField
from registry.kiosk.answers import BOARD
from registry.kiosk.gate import Refusal
from registry.kiosk.sitting import Sitting, names_of
from registry.kiosk.turn import Step
from registry.resources import templates

if TYPE_CHECKING:
    from jinja2 import Environment

_NUMBERED = (Step.ELECTRONIC, Step.READ, Step.SIGN)


def page(sitting: Sitting) -> str:
    """Where a sitting stands."""
    title, turn = _title(sitting), sitting.turn
    missing = turn.missing
    return _printed(
        f"{turn.step}.html",
        sitting.words,
        title=sitting.words.say("kiosk.fault_title", title=title) if missing else title,
        heading=title,
        sitting=sitting,
        turn=turn,
        declaration=turn.declaration(sitting.words),
        sheet=sitting.sheet,
        place=turn.place,
        missing=missing,
        faults={fault.at: fault.said for fault in missing},
        number=_NUMBERED.index(turn.step) + 1 if turn.step in _NUMBERED else 0,
        steps=len(_NUMBERED),
        gone_by=sitting.gone_by(),
        company=company_of(sitting.shown.terms),
        block=_block(sitting, turn.place),
        who=_who(sitting, turn.place),
        following=_who(sitting, sitting.following) if sitting.following else None,
        lacking=sitting.words.joined(names_of(sitting.sheet, sitting.lacking)),
        texts={i.field: i.text for i in sitting.shown.report.initials},
        moment=_moment(sitting),
        board=BOARD,
    )


def refusal_page(refusal: Refusal, words: Language, *, back: bool) -> str:
    """A request that was not answered, in a sentence; with a way back for the browser that is signing."""
    heading = words.say("kiosk.refused.heading")
    said = words.say(f"kiosk.refused.{refusal.why}")
    return _printed("refused.html", words, title=heading, heading=heading, said=said, back=back)


@cache
def policy() -> str:
    """The Content-Security-Policy of every page: our own style and script, forms to us, and nothing else at all."""
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src '{_digest('kiosk.css')}'",
            f"script-src '{_digest('kiosk.js')}'",
            "img-src data:",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )


def _title(sitting: Sitting) -> str:
    """The heading of the page that a sitting stands at."""
    if sitting.turn.step is Step.READ and not sitting.turn.asked:
        return sitting.words.say("kiosk.read.heading_plain")
    if sitting.turn.step is Step.ENDED:
        return sitting.words.say(f"kiosk.ended.{sitting.end}")
    return sitting.words.say(f"kiosk.{sitting.turn.step}.heading")


def _block(sitting: Sitting, place: SignatureField) -> Any:
    return next(b for b in sitting.sheet.signatures if b.field == place.name)


def _who(sitting: Sitting, place: SignatureField) -> str:
    """The person who signs a place, or, where the document leaves that open, for whom."""
    return place.signer or str(_block(sitting, place).name)


def _moment(sitting: Sitting) -> str:
    """When somebody signed, as the clocks of the production show it."""
    at, zone = sitting.turn.at, sitting.shown.terms.production.timezone
    if at is None:
        return ""
    return sitting.words.moment(at.astimezone(ZoneInfo(zone)) if zone else at)


def _printed(template: str, words: Language, **values: object) -> str:
    return (
        _environment()
        .get_template(template)
        .render(
            say=lambda key, **given: words.say(f"kiosk.{key}", **given),
            language=words.tag,
            style=_text("kiosk.css"),
            script=_text("kiosk.js"),
            **values,
        )
    )


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(templates() / "kiosk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _text(name: str) -> str:
    return (templates() / "kiosk" / name).read_text(encoding="utf-8")


def _digest(name: str) -> str:
    digest = hashlib.sha256(_text(name).encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"
