"""Which regimes govern a document: its agreement and edition, the places it has to do with, and the performer's age."""

from __future__ import annotations

import datetime as dt

from registry.documents.kinds import DocumentKind
from registry.documents.terms import RiderTerms
from registry.domain.territories import is_territory, territory_mask
from registry.domain.words import Agreement

_NAMES = {
    Agreement.TV_THEATRICAL: ("tv-theatrical",),
    Agreement.COMMERCIALS: ("commercials", "commercials-contract"),
    Agreement.AUDIO_COMMERCIALS: ("commercials", "commercials-contract"),
    Agreement.INTERACTIVE: ("interactive", "interactive-agreement"),
    Agreement.TV_ANIMATION: ("tv-animation",),
    Agreement.SOUND_RECORDINGS: ("sound-recordings",),
    Agreement.EQUITY_UK: ("equity-uk",),
    Agreement.ACTRA_IPA: ("actra",),
    Agreement.UBCP_ACTRA: ("ubcp",),
}
_BY_KIND = {DocumentKind.COMMERCIAL: "commercials", DocumentKind.INTERACTIVE: "interactive"}
_EDITION_2026 = dt.date(2026, 7, 1)
_EU = "EU"


def regimes(terms: RiderTerms) -> frozenset[str]:
    """Names of regimes as overlays.yaml has them: `tv-theatrical-2026`, `US-CA`, `GB`, `EU`, `minor-US-CA`."""
    found = set(_NAMES.get(terms.production.agreement or Agreement.UNKNOWN, ()))
    started = terms.production.photography_starts_on
    if "tv-theatrical" in found and started is not None and started >= _EDITION_2026:
        found.add("tv-theatrical-2026")
    revocable = terms.consent.revocable
    if "tv-theatrical" in found and (revocable is None or not revocable.by_terms):
        found.add("tv-theatrical-no-right")
    if terms.kind in _BY_KIND:
        found.add(_BY_KIND[terms.kind])
    found |= _places(terms)
    if _shown_in_europe(terms):
        found.add("EU-use")
    if terms.minor or terms.kind is DocumentKind.MINOR:
        found |= {f"minor-{name}" for name in found} | {"minor"}
    return frozenset(found)


def _places(terms: RiderTerms) -> set[str]:
    """The places of work, of the governing law and of custody: each with the country it lies in, and the EU."""
    production, replica = terms.production, terms.replica
    named = {*production.places, *(c.place for c in (replica.custody if replica else ()) if c.place)}
    named |= {production.governing_law} if production.governing_law else set()
    found = {place for code in named for place in (code, code.partition("-")[0])}
    return found | ({_EU} if any(_in_europe(code, terms) for code in named) else set())


def _in_europe(code: str, terms: RiderTerms) -> bool:
    return is_territory(code) and not territory_mask(code) & ~territory_mask(_EU, terms.issued_at.date())


def _shown_in_europe(terms: RiderTerms) -> bool:
    """Whether some clause reaches the European Union: one that names no territory does."""
    union = territory_mask(_EU, terms.issued_at.date())
    for grant in terms.consent.grants:
        if grant.territories is None or any(territory_mask(t) & union for t in grant.territories if is_territory(t)):
            return True
    return False
