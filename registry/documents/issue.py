"""Issuing: terms in, an unsealed PDF out whose words, JSON and digest agree."""

from __future__ import annotations

import unicodedata
from io import BytesIO

from registry.documents import consent_json
from registry.documents.fonts import known_characters
from registry.documents.page import page_fonts, page_html, words_digest
from registry.documents.prepare import prepared
from registry.documents.render import Renderer, RenderError
from registry.documents.sheet import printed_strings, sheet_of
from registry.documents.terms import RiderTerms
from registry.documents.text import page_text
from registry.errors import UsageError


def unsealed_rider(terms: RiderTerms, renderer: Renderer) -> bytes:
    """The rider as a PDF that nobody has sealed or signed. The same terms give the same bytes."""
    final = consent_json.bound(terms)
    data = consent_json.written(final)
    digest = consent_json.digest_of(data)
    sheet = sheet_of(final)
    fonts = page_fonts(final, sheet)
    html = page_html(final, sheet, digest)
    made = prepared(renderer.pdf(html, identifier=digest[:32], fonts=fonts), final, data)
    _check(made, final, bool(fonts))
    return made


def _check(made: bytes, terms: RiderTerms, other_scripts: bool) -> None:
    """What the pages say, read back from the file, is what the JSON makes them say."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(made)) as pdf:
            said = page_text(pdf).body
    except ValueError:
        said = ""
    if words_digest(said) == terms.text_sha256:
        return
    if other_scripts:
        texts = printed_strings(sheet_of(terms))
        first = next(c for text in texts for c in text if ord(c) not in known_characters() and c not in "\n\t\r")
        name = unicodedata.name(first, "no name")
        raise UsageError(
            f"Document {terms.record} has {first} (U+{ord(first):04X}, {name}), and letters of that script cannot be "
            "read back from a page as they were written.",
            "Write it in Latin letters, and keep the original among other_names.",
        )
    raise RenderError(
        f"The pages of rider {terms.record} do not say what its terms say.",
        "Repair the template: everything it prints must come from the sheet.",
    )
