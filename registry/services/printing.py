"""Printing an instrument for review."""

from __future__ import annotations

from hashlib import sha256

from registry.documents.instrument_page import instrument_html
from registry.documents.render import Renderer
from registry.domain.instrument import Instrument


def print_instrument(instrument: Instrument) -> bytes:
    """The instrument as a PDF, A4; the same instrument on the same day gives the same bytes."""
    html = instrument_html(instrument)
    with Renderer() as renderer:
        return renderer.pdf(html, identifier=sha256(html.encode()).hexdigest()[:32])
