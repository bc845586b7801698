"""What a signature is made with: a key in memory, a key on a token, or a key that somebody else holds.

A `Credential` is the first kind. Nothing here ever holds the key of a token or of a signer elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from registry.documents.credentials import Credential, common_name
from registry.errors import UsageError

if TYPE_CHECKING:
    from cryptography import x509


class Pen(Protocol):
    """Whatever signs: its certificate, the issuers that are not roots, and the value of a signature."""

    @property
    def certificate(self) -> x509.Certificate: ...
    @property
    def chain(self) -> tuple[x509.Certificate, ...]: ...
    @property
    def name(self) -> str: ...
    def signature(self, data: bytes) -> bytes: ...


@dataclass(slots=True, kw_only=True)
class Elsewhere:
    """A key that nobody here holds. It leaves the value blank and remembers what has to be signed, as DER."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    to_sign: bytes = b""

    @property
    def name(self) -> str:
        return common_name(self.certificate)

    def signature(self, data: bytes) -> bytes:
        self.to_sign = data
        return b"\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A key on a PKCS#11 token, named by its label; each signature opens a session of its own."""

    certificate: x509.Certificate
    chain: tuple[x509.Certificate, ...] = ()
    module: Path
    token: str
    label: str
    pin: str = field(repr=False)

    @property
    def name(self) -> str:
        return common_name(self.certificate)

    def signature(self, data: bytes) -> bytes:
        import hashlib

        from pkcs11 import KeyType, Mechanism, ObjectClass
        from pkcs11.util.ec import encode_ecdsa_signature

        with _session(self.module, self.token, self.pin) as session:
            key = _object(session, ObjectClass.PRIVATE_KEY, self.label, self.token)
            if key.key_type == KeyType.EC:
                return bytes(encode_ecdsa_signature(key.sign(hashlib.sha256(data).digest(), mechanism=Mechanism.ECDSA)))
            return bytes(key.sign(data, mechanism=Mechanism.SHA256_RSA_PKCS))


def open_token(module: Path, *, token: str, label: str, pin: str, certificate: Path | None = None) -> Token:
    """The key `label` of `token`, with its certificate from the token or from a PEM file."""
    from cryptography import x509
    from pkcs11 import Attribute, ObjectClass

    if certificate is not None:
        first, *others = certificates_in(certificate)
        chain = tuple(c for c in others if c.issuer != c.subject)
        return Token(certificate=first, chain=chain, module=module, token=token, label=label, pin=pin)
    with _session(module, token, pin) as session:
        _object(session, ObjectClass.PRIVATE_KEY, label, token)
        found = _object(session, ObjectClass.CERTIFICATE, label, token)
        held = x509.load_der_x509_certificate(bytes(found[Attribute.VALUE]))
    return Token(certificate=held, module=module, token=token, label=label, pin=pin)


def load_pem(data: bytes, passphrase: bytes | None, *, name: str, certificates: list[x509.Certificate]) -> Credential:
    """The key in a PEM file called `name` with that of `certificates` which belongs to it; the others are its issuers.

    Raises UsageError where it does not open, or no certificate is its own."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    try:
        key = load_pem_private_key(data, passphrase or None)
    except TypeError:
        if passphrase:
            key = load_pem_private_key(data, None)
        else:
            raise UsageError(f"{name} is locked, and no passphrase was given.", "add --pin-fd N, or type it") from None
    except (ValueError, UnsupportedAlgorithm):
        problem = f"{name} does not open: the passphrase is another one, or the file holds no key in PEM form."
        raise UsageError(problem, "Try again with the passphrase it was made with.") from None
    if not isinstance(key, EllipticCurvePrivateKey | RSAPrivateKey):
        raise UsageError(f"{name} holds no RSA or elliptic-curve key.", "Sign with a key of one of these kinds.")
    own = next((c for c in certificates if c.public_key() == key.public_key()), None)
    if own is None:
        raise UsageError(f"No certificate was given that belongs to the key in {name}.", "add --own-cert FILE")
    chain = tuple(c for c in certificates if c is not own and c.issuer != c.subject)
    return Credential(certificate=own, key=key, chain=chain)


def certificates_in(file: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file. Raises UsageError for a file that holds none."""
    from cryptography import x509

    try:
        return x509.load_pem_x509_certificates(file.read_bytes())
    except (OSError, ValueError):
        raise UsageError(f"{file} holds no certificate in PEM form.", "Name a file that does.") from None


def _session(module: Path, token: str, pin: str) -> Any:
    """A session on a token. Raises UsageError for a module, token or PIN that does not open it."""
    import pkcs11

    try:
        library = pkcs11.lib(str(module))
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise UsageError(
            f"{module} is no PKCS#11 module: {str(error) or 'it does not load'}.", f"ls {module}"
        ) from None
    try:
        return library.get_token(token_label=token).open(user_pin=pin)
    except (pkcs11.NoSuchToken, pkcs11.exceptions.SlotIDInvalid):
        known = ", ".join(sorted(t.label.strip() for t in library.get_tokens() if t.label.strip())) or "none"
        raise UsageError(f"There is no token {token}; there are: {known}.", "add --token LABEL") from None
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange):
        raise UsageError(
            f"The PIN does not open token {token}.", "Try again; a token locks itself after a few wrong ones."
        ) from None
    except pkcs11.PinLocked:
        raise UsageError(f"Token {token} has locked itself.", "Unlock it with its security officer's PIN.") from None
    except pkcs11.PKCS11Error as error:
        raise UsageError(
            f"Token {token} cannot be used: {type(error).__name__}.", "Check that it is plugged in."
        ) from None


def _object(session: Any, kind: Any, label: str, token: str) -> Any:
    from pkcs11 import Attribute

    found = list(session.get_objects({Attribute.CLASS: kind, Attribute.LABEL: label}))
    if len(found) == 1:
        return found[0]
    what = "key" if "PRIVATE" in kind.name else "certificate"
    remedy = "add --key-label LABEL" if what == "key" else "add --own-cert FILE, its certificate in PEM form"
    if found:
        raise UsageError(f"Token {token} holds {len(found)} objects of kind {what} called {label}.", remedy)
    raise UsageError(f"Token {token} holds no {what} called {label}.", remedy)
