"""Whom a table of deal memos is about: the people on file, and the names of those who are not."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.performer import Performer
from registry.domain.schedule import SheetKind
from registry.rules.dictionary import load_dictionary
from registry.services.sheets import planning
from registry.storage.store import Store


def people_of(store: Store, data: bytes, file: str, *, production: str) -> Iterator[tuple[str, str | None]]:
    """Each person of the table with the id on file, None for somebody who is not. Raises FileError, UsageError."""
    planned = planning.plan(
        store, data, file, production=production, dictionary=load_dictionary(), kind=SheetKind.DEAL_MEMOS
    )
    for engagement in planned.world.engagements:
        on_file = store.values(Performer, [engagement.performer])
        named = next((p for p in planned.world.performers if p.id == engagement.performer), None)
        yield (named.legal_name if named else engagement.performer), engagement.performer if on_file else None
