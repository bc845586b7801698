"""An authority of time for tests: `openssl ts` behind a loopback address, with a root of its own."""

from __future__ import annotations

import http.server
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from registry.documents.credentials import Credential, make_authority, make_time_stamper
from registry.documents.keys import pem
from tests.documents import story

_CONFIG = """
[tsa]
default_tsa = tsa_one
[tsa_one]
serial = {folder}/serial
signer_cert = {folder}/tsa.pem
signer_key = {folder}/tsa.key
signer_digest = {digest}
certs = {folder}/chain.pem
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ordering = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""


@dataclass(frozen=True, slots=True)
class TimeService:
    """Where it listens, and the root its stamps go back to."""

    url: str
    root: Path


def make(folder: Path, digest: str = "sha256") -> Path:
    """The authority's files. Its certificate lies under a root that is not made for time stamping itself."""
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    root: Credential = make_authority("Neutral time root", now=story.ISSUED, years=20)
    stamper = _under(make_time_stamper("Neutral time", now=story.ISSUED), root)
    (folder / "tsa.pem").write_bytes(pem(stamper.certificate))
    (folder / "tsa.key").write_bytes(stamper.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    (folder / "root.pem").write_bytes(pem(root.certificate))
    (folder / "chain.pem").write_bytes(pem(root.certificate))
    (folder / "serial").write_text("01")
    (folder / "ts.cnf").write_text(_CONFIG.format(folder=folder, digest=digest))
    return folder


def _under(stamper: Credential, root: Credential) -> Credential:
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    old = stamper.certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(root.certificate.subject)
        .public_key(old.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc)
    )
    for extension in old.extensions:
        builder = builder.add_extension(extension.value, critical=extension.critical)
    identifier = root.certificate.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    named = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)
    signed = builder.add_extension(named, critical=False).sign(root.key, hashes.SHA256())
    return Credential(certificate=signed, key=stamper.key)


@contextmanager
def listening(folder: Path, answer: bytes | None = None) -> Iterator[TimeService]:
    """The service on a free port; with `answer` it says that to everybody."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            said = answer if answer is not None else _stamped(folder, body)
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            return

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield TimeService(f"http://127.0.0.1:{server.server_port}/", folder / "root.pem")
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _stamped(folder: Path, request: bytes) -> bytes:
    (folder / "query").write_bytes(request)
    words = ["openssl", "ts", "-reply", "-queryfile", str(folder / "query"), "-config", str(folder / "ts.cnf")]
    return subprocess.run(words, capture_output=True, check=True, cwd=folder).stdout
