"""Consents with their grants and exclusions, as rows. Descriptions, scenes and names stay with the text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from registry.domain.consent import Consent, Exclusion, Grant, Limits
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Row, Rows, mention
from registry.storage.tables import consents, exclusions, grants
from registry.storage.written import day, flag, listing, moment, word


def mentions(consent: Consent) -> Iterator[Mention]:
    """The performer, and the representative who signed."""
    yield from mention(Kind.PERFORMER, consent.performer, on_file=True)
    yield from mention(Kind.REPRESENTATIVE, consent.grantor.representative)


def rows(consent: Consent, place: Place) -> Rows:
    """One row for the consent, one for each grant, one for each exclusion."""
    yield place.row(
        consents,
        performer=place.number(Kind.PERFORMER, consent.performer),
        grantor_capacity=consent.grantor.capacity.value,
        grantor_representative=place.number(Kind.REPRESENTATIVE, consent.grantor.representative),
        instrument=word(consent.instrument),
        separately_signed=flag(consent.separately_signed),
        conspicuous=flag(consent.conspicuous),
        personally_signed=flag(consent.personally_signed),
        basis=word(consent.basis),
        lifetime_only=flag(consent.lifetime_only),
        signed_at=moment(consent.signed_at),
        delivered_at=moment(consent.delivered_at),
        from_day=day(consent.from_),
        until_day=day(consent.until),
        document_sha256=consent.document.sha256 if consent.document else None,
    )
    for position, grant in enumerate(consent.grants):
        yield _grant(grant, position, place)
    for position, exclusion in enumerate(consent.excludes):
        yield _exclusion(exclusion, position, place)


def _grant(grant: Grant, position: int, place: Place) -> Row:
    limits = grant.limits or Limits()
    return place.part(
        grants,
        position,
        clause=grant.clause,
        allows=listing(grant.allows),
        limit_seconds=limits.seconds,
        limit_uses=limits.uses,
        limit_days=limits.days,
        **_scope(grant),
    )


def _exclusion(exclusion: Exclusion, position: int, place: Place) -> Row:
    return place.part(exclusions, position, content=listing(exclusion.content), **_scope(exclusion))


def _scope(box: Grant | Exclusion) -> dict[str, Any]:
    """The axes that grants and exclusions share."""
    youngest, oldest = box.ages if box.ages is not None else (None, None)
    return {
        "acts": listing(box.acts),
        "elements": listing(box.elements),
        "purposes": listing(box.purposes),
        "media": listing(box.media),
        "territories": listing(box.territories),
        "languages": listing(box.languages),
        "from_day": day(box.from_),
        "until_day": day(box.until),
        "age_first": youngest,
        "age_last": oldest,
        "real_time": flag(box.real_time),
    }
