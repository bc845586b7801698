"""`consent.json`: the canonical content of a document, attached to its PDF; its SHA-256 is the digest on every page."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

from registry.documents.page import page_html, words_digest, words_of
from registry.documents.sheet import sheet_of
from registry.documents.terms import SCHEMA, RiderTerms
from registry.domain.canonical import canonical_bytes, from_plain, to_plain

NAME = "consent.json"


def written(terms: RiderTerms) -> bytes:
    """The canonical bytes of the terms."""
    return canonical_bytes(to_plain(terms))


def read(data: bytes) -> RiderTerms:
    """The terms written in `data`. Raises ValueError where the bytes are not the one way to write them."""
    plain = json.loads(data)
    if not isinstance(plain, dict) or plain.get("schema") != SCHEMA:
        raise ValueError(f"{NAME} does not follow {SCHEMA}")
    try:
        terms = from_plain(RiderTerms, plain)
    except (KeyError, TypeError) as error:
        raise ValueError(f"{NAME} does not follow {SCHEMA}: {error}") from error
    if written(terms) != data:
        raise ValueError(f"{NAME} is not written canonically")
    return terms


def digest_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def bound(terms: RiderTerms) -> RiderTerms:
    """The terms with the digest of the words their page prints, read back from their own bytes.

    The page is made from what is read back, so that nothing stands on it that is not in the JSON.
    """
    read_back = read(written(terms))
    words = words_of(page_html(read_back, sheet_of(read_back), digest=""))
    return replace(read_back, text_sha256=words_digest(words))
