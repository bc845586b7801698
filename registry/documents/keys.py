"""The keys of a registry: its root, the company's seal, the issuer of one-time certificates, and the time stamper.

Each lies in a folder of mode 0700 as PKCS#12 under one passphrase, with its certificate beside it in the open, so that
`status` needs no passphrase. The root and the time stamper are two roots: what they vouch for ends at different times.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from registry.documents.credentials import (
    EXPIRY_MARGIN,
    Credential,
    common_name,
    fingerprint,
    load_pkcs12,
    make_authority,
    make_issuer,
    make_seal,
    make_time_stamper,
    save_pkcs12,
)
from registry.errors import UsageError

if TYPE_CHECKING:
    from cryptography import x509


class KeyName(StrEnum):
    ROOT = "root"
    SEAL = "seal"
    ISSUER = "issuer"
    TIME = "time"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyStatus:
    """One key as its certificate describes it."""

    name: KeyName
    subject: str
    fingerprint: str
    ends_at: dt.datetime
    ending: bool


@dataclass(frozen=True, slots=True)
class Roots:
    """Whom we trust: roots of signers, and authorities of time."""

    signers: tuple[x509.Certificate, ...]
    time: tuple[x509.Certificate, ...]


def init_keys(folder: Path, *, company: str, passphrase: bytes, now: dt.datetime) -> tuple[KeyStatus, ...]:
    """Makes the four keys. Raises UsageError where there are some already, or the passphrase is short."""
    if any((folder / f"{name}.p12").exists() for name in KeyName):
        raise UsageError(f"There are keys in {folder} already; nothing was made.", "registry keys status")
    if len(passphrase) < 12:
        raise UsageError("The passphrase is shorter than twelve characters.", "Choose a longer one.")
    root = make_authority(f"{company} · consent root", now=now, years=25)
    made = {
        KeyName.ROOT: root,
        KeyName.SEAL: make_seal(company, root, now=now, years=10),
        KeyName.ISSUER: make_issuer(f"{company} · one-time certificates", root, now=now, years=15),
        KeyName.TIME: make_time_stamper(f"{company} · local clock", now=now),
    }
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, credential in made.items():
        _write(folder / f"{name}.p12", save_pkcs12(credential, passphrase))
        _write(folder / f"{name}.pem", _pem(credential.certificate))
    return key_status(folder, now=now)


def key_status(folder: Path, *, now: dt.datetime) -> tuple[KeyStatus, ...]:
    """What keys there are and when they end; needs no passphrase."""
    return tuple(_status(name, certificate(folder, name), now) for name in KeyName)


def certificate(folder: Path, name: KeyName) -> x509.Certificate:
    return read_certificates(_needed(folder / f"{name}.pem"))[0]


def credential(folder: Path, name: KeyName, passphrase: bytes) -> Credential:
    """A key to work with. Deriving it from the passphrase takes about a tenth of a second: load once per batch."""
    path = _needed(folder / f"{name}.p12")
    return load_pkcs12(path.read_bytes(), passphrase, name=path.name)


def own_roots(folder: Path) -> Roots:
    return Roots((certificate(folder, KeyName.ROOT),), (certificate(folder, KeyName.TIME),))


def roots_from(files: tuple[Path, ...]) -> Roots:
    """Roots in PEM files. One made for time stamping vouches for time and for nobody's signature."""
    found = [c for file in files for c in read_certificates(file)]
    return Roots(
        tuple(c for c in found if not _stamps_time(c)),
        tuple(c for c in found if _stamps_time(c)),
    )


def read_certificates(file: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file. Raises UsageError for a file that holds none."""
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError):
        raise UsageError(f"{file} holds no certificate in PEM form.", "Name a file that does.") from None


def _needed(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"There is no key {path.name} in {path.parent}.", "registry keys init")
    return path


def _status(name: KeyName, found: x509.Certificate, now: dt.datetime) -> KeyStatus:
    return KeyStatus(
        name=name,
        subject=common_name(found),
        fingerprint=fingerprint(found),
        ends_at=found.not_valid_after_utc,
        ending=found.not_valid_after_utc - now < EXPIRY_MARGIN,
    )


def _stamps_time(found: x509.Certificate) -> bool:
    from cryptography import x509
    from cryptography.x509.oid import ExtendedKeyUsageOID

    try:
        usage = found.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return False
    return ExtendedKeyUsageOID.TIME_STAMPING in usage


def _pem(found: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return found.public_bytes(Encoding.PEM)


def _write(path: Path, data: bytes) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(data)
