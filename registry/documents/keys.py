"""The keys of a registry: its root, the company's seal, the issuer of one-time certificates, and the time stamper.

Each lies in a folder of mode 0700 as PKCS#12 under one passphrase, with its certificate beside it in the open, so that
`status` needs no passphrase. The root and the time stamper are two roots: what they vouch for ends at different times.
`trusted/` holds further roots, of earlier keys and of others; `retired/` the keys that made way for new ones. Beside
root and issuer lie their lists of revoked certificates (`.crl`).
"""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
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
from registry.documents.pens import certificates_in
from registry.documents.revocation import make_list, read_list
from registry.errors import UsageError

if TYPE_CHECKING:
    from cryptography import x509


class KeyName(StrEnum):
    ROOT = "root"
    SEAL = "seal"
    ISSUER = "issuer"
    TIME = "time"


AUTHORITIES = (KeyName.ROOT, KeyName.ISSUER)  # those that issue certificates, and lists of revoked ones
SHORTEST = 12  # characters of a passphrase


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
    """Whom we trust: roots of signers, and authorities of time. `lists` are of certificates that were revoked."""

    signers: tuple[x509.Certificate, ...]
    time: tuple[x509.Certificate, ...]
    lists: tuple[x509.CertificateRevocationList, ...] = ()


def init_keys(folder: Path, *, company: str, passphrase: bytes, now: dt.datetime) -> tuple[KeyStatus, ...]:
    """Makes the four keys. Raises UsageError where there are some already, or the passphrase is short."""
    if any((folder / f"{name}.p12").exists() for name in KeyName):
        raise UsageError(f"There are keys in {folder} already; nothing was made.", "registry keys status")
    if len(passphrase) < SHORTEST:
        raise UsageError("The passphrase is shorter than twelve characters.", "Choose a longer one.")
    root = make_authority(f"{company} · consent root", now=now, years=25)
    made = {KeyName.ROOT: root, **make_under(root, company, now=now)}
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    try:
        for name, credential in made.items():
            for file, data in written(name, credential, passphrase).items():
                _write(aside / file, data)
        for name in AUTHORITIES:
            _write(aside / f"{name}.crl", der(make_list(made[name], (), now=now)))
        _into_place(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return key_status(folder, now=now)


def _into_place(made: Path, folder: Path) -> None:
    """All of the keys or none of them: the folder is renamed as a whole."""
    try:
        made.rename(folder)
    except OSError:
        problem = f"{folder} is there and not empty; no keys were made."
        raise UsageError(problem, f"ls -l {folder}") from None


def make_under(root: Credential, company: str, *, now: dt.datetime) -> dict[KeyName, Credential]:
    """Every key but the root, new."""
    return {
        KeyName.SEAL: make_seal(company, root, now=now, years=10),
        KeyName.ISSUER: make_issuer(f"{company} · one-time certificates", root, now=now, years=15),
        KeyName.TIME: make_time_stamper(f"{company} · local clock", now=now),
    }


def key_status(folder: Path, *, now: dt.datetime) -> tuple[KeyStatus, ...]:
    """What keys there are and when they end; needs no passphrase."""
    return tuple(_status(name, certificate(folder, name), now) for name in KeyName)


def certificate(folder: Path, name: KeyName) -> x509.Certificate:
    return certificates_in(_needed(folder / f"{name}.pem"))[0]


def credential(folder: Path, name: KeyName, passphrase: bytes) -> Credential:
    """A key to work with. Deriving it from the passphrase takes about a tenth of a second: load once per batch."""
    path = _needed(folder / f"{name}.p12")
    return load_pkcs12(path.read_bytes(), passphrase, name=path.name)


def own_roots(folder: Path) -> Roots:
    """The registry's own roots, with those of its earlier keys and of others it was told to trust."""
    signers, time = [certificate(folder, KeyName.ROOT)], [certificate(folder, KeyName.TIME)]
    for file in sorted((folder / "trusted").glob("*.pem")):
        (time if file.name.startswith("time-") else signers).extend(certificates_in(file))
    return Roots(tuple(signers), tuple(time), own_lists(folder))


def own_lists(folder: Path) -> tuple[x509.CertificateRevocationList, ...]:
    """The lists of revoked certificates of this registry's authorities, the retired ones' too."""
    files = sorted(folder.glob("*.crl")) + sorted((folder / "retired").glob("*.crl"))
    return tuple(found for file in files if (found := read_list(file.read_bytes())) is not None)


def roots_from(files: tuple[Path, ...]) -> Roots:
    """Roots in PEM files. One made for time stamping vouches for time and for nobody's signature."""
    found = [c for file in files for c in certificates_in(file)]
    return Roots(
        tuple(c for c in found if not _stamps_time(c)),
        tuple(c for c in found if _stamps_time(c)),
    )


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


def written(name: KeyName, made: Credential, passphrase: bytes) -> dict[str, bytes]:
    """The files of a key: its certificate in the open, and the key behind the passphrase."""
    return {f"{name}.pem": pem(made.certificate), f"{name}.p12": save_pkcs12(made, passphrase)}


def pem(found: x509.Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return found.public_bytes(Encoding.PEM)


def der(found: x509.Certificate | x509.CertificateRevocationList) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return found.public_bytes(Encoding.DER)


def _write(path: Path, data: bytes) -> None:
    path.touch(mode=0o600, exist_ok=False)
    path.write_bytes(data)
