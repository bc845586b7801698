"""Printing what `registry clear` found: PDF/A-3a and PDF/UA-1, the same input giving the same bytes."""

from __future__ import annotations

import datetime as dt
from hashlib import sha256

from registry.documents.clearance_page import ClearanceSheet, clearance_html
from registry.documents.letter_page import letter_fonts, letter_html, written_at
from registry.documents.prepare import Attachment, Packed, report_prepared
from registry.documents.render import Renderer
from registry.documents.slip_page import SlipSheet, slips_html
from registry.documents.terms import Paper
from registry.documents.xmp import Metadata
from registry.domain.clearance_report import ClearanceReport
from registry.domain.letter import Letter
from registry.domain.slip import Slips

ROWS = 300  # that are printed one by one on paper; more would be read by nobody


def print_clearance(report: ClearanceReport, *, data: Packed, command: str, paper: Paper, renderer: Renderer) -> bytes:
    """The clearance as a PDF to sign off. `data` is the clearance as JSON, whose SHA-256 is `report.digest`; `command`
    asks the registry again."""
    sheet = ClearanceSheet(report, command)
    html = clearance_html(sheet, paper=paper)
    about = _about(sheet.title, report.made_at, report.production, report.digest)
    attached = Attachment("clearance.json", "The clearance, machine-readable", data)
    return report_prepared(renderer.pdf(html, identifier=_identifier(html)), about, attached)


def _about(title: str, made_at: dt.datetime, record: str, digest: str) -> Metadata:
    moment = made_at.astimezone(dt.UTC).replace(microsecond=0)
    return Metadata(title=title, language="en", issued_at=moment, record=record, digest=digest)


def _identifier(html: str) -> str:
    return sha256(html.encode()).hexdigest()[:32]


def print_slips(slips: Slips, *, paper: Paper, renderer: Renderer) -> bytes:
    """The slips as a PDF to be cut apart. The digest on its pages is that of the texts of all QR codes."""
    sheet = SlipSheet(slips)
    digest = sha256("\n\n".join(slip.code for slip in slips.slips).encode()).hexdigest()
    html = slips_html(sheet, digest=digest, paper=paper)
    about = _about(sheet.title, slips.made_at, slips.production, digest)
    return report_prepared(renderer.pdf(html, identifier=_identifier(html)), about)


def print_letter(letter: Letter, *, text: str, paper: Paper, renderer: Renderer) -> bytes:
    """The letter as a PDF. The digest on its pages is that of the same letter as text."""
    digest = sha256(text.encode()).hexdigest()
    html = letter_html(letter, digest=digest, paper=paper)
    about = _about(letter.subject, written_at(letter), letter.name, digest)
    return report_prepared(renderer.pdf(html, identifier=_identifier(html), fonts=letter_fonts(letter)), about)
