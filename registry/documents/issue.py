"""Issuing: terms in, an unsealed PDF out whose words, JSON and digest agree."""

from __future__ import annotations

from io import BytesIO

from registry.documents import consent_json
from registry.documents.page import page_html, words_digest
from registry.documents.prepare import prepared
from registry.documents.render import Renderer, RenderError
from registry.documents.sheet import sheet_of
from registry.documents.terms import RiderTerms
from registry.documents.text import page_text


def unsealed_rider(terms: RiderTerms, renderer: Renderer) -> bytes:
    """The rider as a PDF that nobody has sealed or signed. The same terms give the same bytes."""
    final = consent_json.bound(terms)
    data = consent_json.written(final)
    digest = consent_json.digest_of(data)
    html = page_html(final, sheet_of(final), digest)
    made = prepared(renderer.pdf(html, identifier=digest[:32]), final, data)
    _check(made, final)
    return made


def _check(made: bytes, terms: RiderTerms) -> None:
    """What the pages say, read back from the file, is what the JSON makes them say."""
    import pikepdf

    with pikepdf.open(BytesIO(made)) as pdf:
        said = page_text(pdf).body
    if words_digest(said) != terms.text_sha256:
        raise RenderError(
            f"The pages of rider {terms.record} do not say what its terms say.",
            "Repair the template: everything it prints must come from the sheet.",
        )
