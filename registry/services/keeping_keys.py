"""Looking after the registry's keys: new ones for old, certificates revoked, lists issued, further roots trusted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

from registry.documents.credentials import Credential, common_name, fingerprint, make_authority
from registry.documents.keys import (
    AUTHORITIES,
    KeyName,
    KeyStatus,
    certificate,
    credential,
    der,
    key_status,
    make_under,
    pem,
    written,
)
from registry.documents.pens import certificates_in
from registry.documents.revocation import Because, Revoked, entries, make_list, read_list
from registry.errors import UsageError
from registry.services.placing import put

if TYPE_CHECKING:
    from cryptography import x509

TRUSTED, RETIRED = "trusted", "retired"


def rotate(folder: Path, *, names: Collection[KeyName], passphrase: bytes, now: dt.datetime) -> tuple[KeyStatus, ...]:
    """New keys in place of `names`; with the root, in place of all under it too. What the old ones vouched for stays
    trusted: a root that goes is kept in trusted/, every key that goes in retired/. Run again, it makes them anew."""
    old_root = credential(folder, KeyName.ROOT, passphrase)
    company = common_name(certificate(folder, KeyName.SEAL))
    root, changed = old_root, set(names)
    if KeyName.ROOT in changed:
        root = make_authority(old_root.name, now=now, years=25)
        changed |= {KeyName.SEAL, KeyName.ISSUER}
    made = {KeyName.ROOT: root, **make_under(root, company, now=now)}
    for name in sorted(changed):
        _retire(folder, name)
    for name in [n for n in KeyName if n in changed]:
        for file, data in written(name, made[name], passphrase).items():
            put(folder / file, data, private=True)
        if name in AUTHORITIES:
            put(folder / f"{name}.crl", der(make_list(made[name], (), now=now)), private=True)
    return key_status(folder, now=now)


def revoke(folder: Path, what: str, *, because: Because, passphrase: bytes, now: dt.datetime) -> Revoked:
    """Put a certificate on the list of the authority that issued it, where it stays: that of the seal or the issuer, or
    one for a single signature by its serial number in hexadecimal."""
    name, serial = _named(folder, what)
    authority = credential(folder, name, passphrase)
    file = folder / f"{name}.crl"
    listed = _entries(file)
    if found := next((one for one in listed if one.serial == serial), None):
        raise UsageError(f"{what} was revoked on {found.at:%Y-%m-%d} already.", "registry keys status")
    one = Revoked(serial=serial, at=now.replace(microsecond=0), because=because)
    put(file, der(make_list(authority, (*listed, one), now=now)), private=True)
    return one


def issue_lists(folder: Path, *, passphrase: bytes, now: dt.datetime) -> tuple[tuple[str, dt.datetime], ...]:
    """Every list of revoked certificates anew: whose it is, and until when it is good."""
    issued = []
    for file in _authorities(folder):
        key = _credential(file, passphrase)
        made = make_list(key, _entries(file.with_suffix(".crl")), now=now)
        put(file.with_suffix(".crl"), der(made), private=True)
        issued.append((key.name, _until(made)))
    return tuple(issued)


def list_status(folder: Path) -> tuple[tuple[str, int, dt.datetime], ...]:
    """The lists that are there: whose, how many revoked certificates, good until when."""
    found = []
    for file in _authorities(folder):
        made = read_list(file.with_suffix(".crl").read_bytes()) if file.with_suffix(".crl").is_file() else None
        if made is not None:
            found.append((made.issuer.rfc4514_string().removeprefix("CN="), len(entries(made)), _until(made)))
    return tuple(found)


def trust(folder: Path, file: Path, *, time: bool) -> tuple[str, ...]:
    """Trust further roots, for signatures or for time. Returns the fingerprint of each."""
    certificate(folder, KeyName.ROOT)  # there are keys here at all
    found = certificates_in(file)
    (folder / TRUSTED).mkdir(mode=0o700, exist_ok=True)
    for one in found:
        put(folder / TRUSTED / _kept("time" if time else "signers", one), pem(one), private=True)
    return tuple(fingerprint(one) for one in found)


def _retire(folder: Path, name: KeyName) -> None:
    """The files of a key kept aside, and its certificate trusted on where it is a root."""
    old = certificate(folder, name)
    (folder / RETIRED).mkdir(mode=0o700, exist_ok=True)
    for suffix in ("pem", "p12", "crl"):
        file = folder / f"{name}.{suffix}"
        if file.is_file():
            kept = folder / RETIRED / f"{name}-{fingerprint(old)[:16]}.{suffix}"
            put(kept, file.read_bytes(), private=True)
    if name in (KeyName.ROOT, KeyName.TIME):
        (folder / TRUSTED).mkdir(mode=0o700, exist_ok=True)
        kind = "time" if name is KeyName.TIME else "signers"
        put(folder / TRUSTED / _kept(kind, old), pem(old), private=True)


def _kept(kind: str, found: x509.Certificate) -> str:
    return f"{kind}-{fingerprint(found)[:16]}.pem"


def _named(folder: Path, what: str) -> tuple[KeyName, int]:
    """The authority that revokes, and the serial number."""
    if what in (KeyName.SEAL, KeyName.ISSUER):
        return KeyName.ROOT, certificate(folder, KeyName(what)).serial_number
    try:
        return KeyName.ISSUER, int(what.replace(":", ""), 16)
    except ValueError:
        problem = f"{what} is neither seal, issuer nor a serial number in hexadecimal."
        raise UsageError(problem, "registry verify PDF --json    shows serial numbers") from None


def _authorities(folder: Path) -> list[Path]:
    """The key files of every authority, the retired ones' too."""
    current = [folder / f"{name}.p12" for name in AUTHORITIES]
    return current + [f for name in AUTHORITIES for f in sorted((folder / RETIRED).glob(f"{name}-*.p12"))]


def _credential(file: Path, passphrase: bytes) -> Credential:
    from registry.documents.credentials import load_pkcs12

    return load_pkcs12(file.read_bytes(), passphrase, name=file.name)


def _entries(file: Path) -> tuple[Revoked, ...]:
    found = read_list(file.read_bytes()) if file.is_file() else None
    return entries(found) if found is not None else ()


def _until(made: x509.CertificateRevocationList) -> dt.datetime:
    assert made.next_update_utc is not None
    return made.next_update_utc
