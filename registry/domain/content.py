"""What a value says, apart from when it was recorded: its canonical bytes and their digest."""

from __future__ import annotations

from hashlib import sha256

from registry.domain.canonical import canonical_bytes, to_plain


def content(value: object) -> bytes:
    """The canonical bytes of a performer, production, consent, record, use… without its `recorded_at`."""
    plain = to_plain(value)
    plain.pop("recorded_at", None)
    return canonical_bytes(plain)


def digest(value: object) -> str:
    """The SHA-256 of the content, in hexadecimal: two values with one digest say the same."""
    return sha256(content(value)).hexdigest()
