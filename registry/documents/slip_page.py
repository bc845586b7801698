"""Permission slips on paper: several a page, to be cut apart; each with one line that answers and one QR."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from registry.documents.clearance_page import PAPERS
from registry.documents.fonts import refuse_unknown_characters
from registry.documents.page import environment
from registry.documents.sheet import strings_of
from registry.documents.terms import Paper
from registry.domain.slip import Slip, Slips

if TYPE_CHECKING:
    from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class SlipSheet:
    """What the template prints: the slips, and the furniture of the pages."""

    slips: Slips

    @property
    def title(self) -> str:
        return f"Permission slips · {self.slips.title} · {self.slips.span}"

    @property
    def running(self) -> str:
        return self.title

    @property
    def record(self) -> str:
        known_at = self.slips.known_at
        return f"Known at {known_at:%Y-%m-%d %H:%M} {known_at.tzname()}"

    @staticmethod
    def qr(slip: Slip) -> Markup:
        """The code as a drawing with a text of its own, for readers who cannot see it."""
        import segno
        from markupsafe import Markup

        drawn = segno.make(slip.code, error="m", micro=False)
        said = f"QR code of the slip for {slip.use}: {slip.code}"
        return Markup(drawn.svg_inline(border=2, omitsize=True, title=said, svgclass=None, lineclass=None))


def slips_html(sheet: SlipSheet, *, digest: str, paper: Paper) -> str:
    """The pages of the slips. Refuses characters that the shipped fonts lack, naming them."""
    for slip in sheet.slips.slips:
        for text in strings_of(slip):
            refuse_unknown_characters(text, f"The slip for {slip.use}")
    return (
        environment()
        .get_template("clearance/slips.html")
        .render(
            sheet=sheet,
            digest=digest,
            paper=PAPERS[paper],
            language="en",
            created=sheet.slips.made_at.isoformat(),
        )
    )
