"""Who signs and with what: by hand, with a key of their own, or with one that is elsewhere."""

from __future__ import annotations

from dataclasses import field
from pathlib import Path
from typing import TypeAlias

from registry.documents.credentials import fingerprint
from registry.documents.drawing import Drawing
from registry.documents.evidence import Captured, Gesture
from registry.documents.keys import KeyName, certificate
from registry.domain.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """The folder of the registry's keys and the passphrase that opens them."""

    folder: Path
    passphrase: bytes = field(repr=False)

    @property
    def root_sha256(self) -> str:
        """The fingerprint that every document prints."""
        return fingerprint(certificate(self.folder, KeyName.ROOT))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand(Captured):
    """A person who signs by a click, a typed name or a drawing. A one-time certificate; nothing else is claimed."""

    name: str
    words_agreed: str
    gesture: Gesture = Gesture.TYPED
    drawing: Drawing | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnKey(Captured):
    """A person who signs with a key of their own in a file: PKCS#12, or PEM with `certificate` where that lies apart.

    `passphrase` may be empty for a PEM file that is not locked."""

    file: Path
    passphrase: bytes = field(default=b"", repr=False)
    certificate: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnToken(Captured):
    """A person who signs with a key on a PKCS#11 token; `certificate` where the token holds none."""

    module: Path
    token: str
    label: str
    pin: str = field(repr=False)
    certificate: Path | None = None


Signer: TypeAlias = Hand | OwnKey | OwnToken
