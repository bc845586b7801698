"""Revisions of documents, as rows. Who signed stays with the text."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.revision import Revision
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Rows, mention
from registry.storage.tables import revisions


def mentions(revision: Revision) -> Iterator[Mention]:
    """The consent, which goes on file only once everybody has signed, and the revision before."""
    yield from mention(Kind.CONSENT, revision.consent)
    yield from mention(Kind.REVISION, revision.prefix)


def rows(revision: Revision, place: Place) -> Rows:
    yield place.row(
        revisions,
        sha256=revision.id,
        document=revision.document,
        consent=place.number(Kind.CONSENT, revision.consent),
        step=revision.step.value,
        size=revision.size,
        prefix=revision.prefix,
        evidence=revision.evidence,
        signed=revision.signed,
        required=revision.required,
    )
