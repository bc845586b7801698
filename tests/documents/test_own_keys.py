"""Ways to sign with a key of one's own, and a drawing: each holds for us and for a library; each refusal is its own."""

from __future__ import annotations

import base64
import datetime as dt
import json
import subprocess
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature

from registry.documents.credentials import Credential, make_authority, make_seal, save_pkcs12
from registry.documents.drawing import read_drawing
from registry.documents.evidence import Gesture
from registry.documents.keys import Roots, pem
from registry.documents.report import Method, Report
from registry.documents.verify import context, verify_pdf
from registry.errors import UsageError
from registry.services.signing import (
    Captured,
    Hand,
    Keys,
    OwnKey,
    OwnToken,
    Signer,
    complete,
    defer,
    evidence_file,
    sign,
)
from tests.documents import story
from tests.documents.pdfcheck import faults

MODULE = Path("/usr/lib/softhsm/libsofthsm2.so")
SIGNED = {"field": "sig_performer", "initials": "AO", "now": story.SIGNED}
SVG = b'<svg><path d="M10 60 C 40 5, 65 5, 95 60 S 150 150, 180 60 Q 200 20 220 40 L 290 42"/></svg>'


@pytest.fixture(scope="module")
def agency() -> Credential:
    return make_authority("Agency root", now=story.ISSUED, years=10)


@pytest.fixture(scope="module")
def own(agency: Credential) -> Credential:
    return make_seal("Adaeze Okafor", agency, now=story.ISSUED, years=3)


@pytest.fixture
def trusting(roots: Roots, agency: Credential) -> Roots:
    return replace(roots, signers=(*roots.signers, agency.certificate))


@pytest.fixture
def rider(states: dict[str, Path], tmp_path: Path) -> Path:
    path = tmp_path / "rider.pdf"
    path.write_bytes(states["sealed"].read_bytes())
    return path


def pkcs12(own: Credential, folder: Path) -> OwnKey:
    file = folder / "own.p12"
    file.write_bytes(save_pkcs12(own, b"hers"))
    return OwnKey(file=file, passphrase=b"hers")


def pem_in_one(own: Credential, folder: Path) -> OwnKey:
    key = own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "own.pem"
    file.write_bytes(key + pem(own.certificate))
    return OwnKey(file=file)


def pem_apart(own: Credential, folder: Path) -> OwnKey:
    key, certificate = folder / "own.key", folder / "own.crt"
    key.write_bytes(own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"hers")))
    certificate.write_bytes(pem(own.certificate))
    return OwnKey(file=key, passphrase=b"hers", certificate=certificate)


def token(own: Credential, folder: Path) -> OwnToken:
    """A token of SoftHSM's, with the key and the certificate in it."""
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n")
    key = folder / "own.key"
    key.write_bytes(own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    initialise = ["--init-token", "--free", "--label", "okafor", "--pin", "1234", "--so-pin", "5678"]
    bring = ["--import", str(key), "--token", "okafor", "--label", "sign", "--id", "01", "--pin", "1234"]
    for words in (initialise, bring):
        done = subprocess.run(["softhsm2-util", *words], capture_output=True, check=False)
        assert done.returncode == 0, done.stderr
    certificate = folder / "own.crt"
    certificate.write_bytes(pem(own.certificate))
    return OwnToken(module=MODULE, token="okafor", label="sign", pin="1234", certificate=certificate)


@pytest.fixture
def softhsm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOFTHSM2_CONF", str(tmp_path / "softhsm2.conf"))


def holds(path: Path, trusting: Roots, before: Path) -> Report:
    """What everybody can see of a rider that its performer signed with a key of her own."""
    data = path.read_bytes()
    report = verify_pdf(data, trusting, now=story.TODAY)
    assert (report.unchanged, report.trusted, report.headline) == (True, True, "UNCHANGED, 1 OF 2 SIGNED")
    (signed,) = report.signatures
    assert (signed.name, signed.method, signed.name_agrees) == ("Adaeze Okafor", Method.OWN, True)
    assert data.startswith(before.read_bytes())
    assert faults(data) == set()
    theirs = PdfFileReader(BytesIO(data)).embedded_regular_signatures[-1]
    assert validate_pdf_signature(theirs, context(trusting.signers, story.TODAY)).bottom_line
    record = json.loads(evidence_file(path, "sig_performer").read_bytes())
    assert (record["gesture"], record["words_agreed"], record["place"]) == ("own_key", "not recorded", "not recorded")
    return report


@pytest.mark.parametrize("made", [pkcs12, pem_in_one, pem_apart, token])
def test_each_class_of_key(
    made: Callable[[Credential, Path], Signer],
    own: Credential,
    rider: Path,
    states: dict[str, Path],
    keys: Keys,
    trusting: Roots,
    tmp_path: Path,
    softhsm: None,
) -> None:
    sign(rider, signer=made(own, tmp_path), keys=keys, **SIGNED)  # type: ignore[arg-type]
    holds(rider, trusting, states["sealed"])


def test_a_key_that_is_elsewhere(
    own: Credential, rider: Path, states: dict[str, Path], keys: Keys, trusting: Roots, tmp_path: Path
) -> None:
    certificate, value = tmp_path / "own.crt", tmp_path / "value"
    certificate.write_bytes(pem(own.certificate))
    shut = replace(keys, passphrase=b"")  # no key of the registry's has a part in it
    todo = defer(rider, certificate=certificate, captured=Captured(), keys=shut, **SIGNED)  # type: ignore[arg-type]
    assert rider.read_bytes() == states["sealed"].read_bytes()
    (tmp_path / "own.key").write_bytes(own.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    words = ["openssl", "dgst", "-sha256", "-sign", str(tmp_path / "own.key"), "-out", str(value), str(todo.file)]
    subprocess.run(words, check=True)
    later = story.SIGNED + dt.timedelta(minutes=5)
    value.with_suffix(".txt").write_bytes(base64.encodebytes(value.read_bytes()))
    complete(rider, field="sig_performer", value=value.with_suffix(".txt"), keys=shut, now=later)
    holds(rider, trusting, states["sealed"])
    assert not list(tmp_path.glob("*.tosign")) + list(tmp_path.glob("*.deferred"))


def test_a_value_that_does_not_fit(own: Credential, rider: Path, keys: Keys, tmp_path: Path) -> None:
    certificate, value = tmp_path / "own.crt", tmp_path / "value"
    certificate.write_bytes(pem(own.certificate))
    before = rider.read_bytes()
    with pytest.raises(UsageError, match="No signature of performer was deferred here"):
        complete(rider, field="sig_performer", value=value, keys=keys, now=story.SIGNED)
    todo = defer(rider, certificate=certificate, captured=Captured(), keys=keys, **SIGNED)  # type: ignore[arg-type]
    value.write_bytes(ec.generate_private_key(ec.SECP256R1()).sign(todo.file.read_bytes(), ec.ECDSA(hashes.SHA256())))
    with pytest.raises(UsageError, match="made with another key"):
        complete(rider, field="sig_performer", value=value, keys=keys, now=story.SIGNED)
    assert rider.read_bytes() == before
    ada = Hand(name="Adaeze Okafor", words_agreed=story.WORDS)
    sign(rider, signer=ada, keys=keys, **SIGNED)  # type: ignore[arg-type]
    with pytest.raises(UsageError, match="signed by somebody else since performer was deferred"):
        complete(rider, field="sig_performer", value=value, keys=keys, now=story.SIGNED)


def _other_pin(signer: OwnToken) -> OwnToken:
    return replace(signer, pin="0000")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_other_pin, "The PIN does not open token okafor"),
        (lambda s: replace(s, token="other"), "There is no token other; there are: okafor"),
        (lambda s: replace(s, label="other"), "Token okafor holds no key called other"),
        (lambda s: replace(s, certificate=None), "Token okafor holds no certificate called sign"),
        (lambda s: replace(s, module=Path("/nowhere.so")), "/nowhere.so is no PKCS#11 module"),
    ],
)
def test_a_token_that_does_not_sign(
    change: Callable[[OwnToken], OwnToken],
    said: str,
    own: Credential,
    rider: Path,
    keys: Keys,
    tmp_path: Path,
    softhsm: None,
) -> None:
    before = rider.read_bytes()
    signer = change(token(own, tmp_path))
    if signer.certificate is not None and signer.pin == "1234" and signer.label == "sign" and "no token" in said:
        signer = replace(signer, certificate=None)  # it is asked first
    with pytest.raises(UsageError, match=said):
        sign(rider, signer=signer, keys=keys, **SIGNED)  # type: ignore[arg-type]
    assert rider.read_bytes() == before


@pytest.mark.parametrize(
    ("passphrase", "certificate", "said"),
    [
        (b"wrong", True, r"own\.key does not open"),
        (b"", True, r"own\.key is locked, and no passphrase was given"),
        (b"hers", False, r"No certificate was given that belongs to the key in own\.key"),
    ],
)
def test_a_pem_file_that_does_not_open(
    passphrase: bytes, certificate: bool, said: str, own: Credential, rider: Path, keys: Keys, tmp_path: Path
) -> None:
    signer = pem_apart(own, tmp_path)
    signer = replace(signer, passphrase=passphrase, certificate=signer.certificate if certificate else None)
    with pytest.raises(UsageError, match=said):
        sign(rider, signer=signer, keys=keys, **SIGNED)  # type: ignore[arg-type]


def test_another_name_is_refused_or_accepted_by_somebody(
    agency: Credential, rider: Path, keys: Keys, trusting: Roots, tmp_path: Path
) -> None:
    """A name by marriage, say. Who took it for the same person is under the signature."""
    signer = pkcs12(make_seal("Ada Quist", agency, now=story.ISSUED, years=3), tmp_path)
    with pytest.raises(UsageError, match="Ada Quist is not who performer is for: the document names Adaeze Okafor"):
        sign(rider, signer=signer, keys=keys, **SIGNED)  # type: ignore[arg-type]
    report = sign(
        rider,
        signer=replace(signer, other_name_accepted_by="T. Albright"),
        keys=keys,
        **SIGNED,  # type: ignore[arg-type]
    )
    assert (report.signatures[0].accepted_by, report.signatures[0].name_agrees) == ("T. Albright", False)
    report = verify_pdf(rider.read_bytes(), trusting, now=story.TODAY)
    assert (report.headline, report.status) == ("UNCHANGED, SIGNED BY ANOTHER NAME", 3)
    record = json.loads(evidence_file(rider, "sig_performer").read_bytes())
    assert (record["signer"], record["other_name_accepted_by"]) == ("Ada Quist", "T. Albright")


def _png() -> bytes:
    from PIL import Image, ImageDraw

    picture = Image.new("RGBA", (300, 90))
    ImageDraw.Draw(picture).line([(10, 70), (60, 10), (110, 80), (290, 40)], fill=(10, 10, 90, 255), width=4)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize("data", [SVG, _png()], ids=["svg", "png"])
def test_a_drawn_signature(data: bytes, rider: Path, keys: Keys, roots: Roots) -> None:
    drawing = read_drawing(data, "drawing")
    ada = Hand(name="Adaeze Okafor", words_agreed=story.WORDS, gesture=Gesture.DRAWN, drawing=drawing)
    report = sign(rider, signer=ada, keys=keys, **SIGNED)  # type: ignore[arg-type]
    assert verify_pdf(rider.read_bytes(), roots, now=story.TODAY).headline == report.headline
    record = json.loads(evidence_file(rider, "sig_performer").read_bytes())
    assert (record["gesture"], record["drawing_sha256"]) == ("drawn", drawing.sha256)
    assert base64.b64decode(record["drawing"].partition(",")[2]) == data
    assert faults(rider.read_bytes()) == set()
    with pikepdf.open(rider) as pdf:
        shown = next(f for f in pdf.Root.AcroForm.Fields if str(f.T) == "sig_performer").AP.N
        operators = [str(i.operator) for i in pikepdf.parse_content_stream(shown)]
    assert ("Do" in operators) == (drawing.kind == "image/png")
    assert ("S" in operators) == (drawing.kind == "image/svg+xml")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<svg></svg>", "Nothing is drawn"),
        (b'<svg><path d="M 1 1"/></svg>', "Nothing is drawn"),
        (b'<svg><path d="M 1 nonsense"/></svg>', "is no drawing"),
        (b"\x89PNG\r\n\x1a\nshort", "is no drawing"),
        (b"\xff\xfe", "is no drawing"),
        (b" " * 600_000, "larger than 512 KB"),
    ],
)
def test_what_is_no_drawing(data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_drawing(data, "drawing")
