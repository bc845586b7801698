"""Exporting: everything on file as one registry file, from which an empty registry becomes the same again."""

from __future__ import annotations

import datetime as dt

from registry.files.registry_file import write_registry
from registry.storage.store import Store


def export_registry(store: Store, *, known_at: dt.datetime | None = None) -> str:
    """A registry file with everything known at `known_at` (left out: all on file), every version with its moment."""
    return write_registry(store.world(known_at))
