"""How long documents take: verifying one against pyHanko alone, printing one against WeasyPrint alone, issuing many.

Both of a pair run in the same process and in turns; what is printed is processor time (medians) and the ratio. The peer
of verifying is pyHanko's own validation of the same file, every signature against every later revision. The peer of
printing is WeasyPrint with one FontConfiguration and one CSS for all pages, on the same HTML, with the same options.

    .venv/bin/python bench/documents.py [ROUNDS] [RIDERS]
"""

from __future__ import annotations

import datetime as dt
import gc
import json
import logging
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

TOP = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TOP))

from registry.documents import consent_json  # noqa: E402
from registry.documents.apart import document_apart  # noqa: E402
from registry.documents.issue import unsealed_rider  # noqa: E402
from registry.documents.keys import init_keys, own_roots  # noqa: E402
from registry.documents.page import page_html  # noqa: E402
from registry.documents.printing import _Printer, _Warnings  # noqa: E402
from registry.documents.render import Renderer  # noqa: E402
from registry.documents.sheet import sheet_of  # noqa: E402
from registry.documents.terms import RiderTerms  # noqa: E402
from registry.documents.verify import context, quiet, verify_pdf  # noqa: E402
from registry.domain.consent import Grantor  # noqa: E402
from registry.domain.performer import Representative  # noqa: E402
from registry.domain.words import Capacity, GrantorCapacity  # noqa: E402
from registry.services.rendering import Issuing, rider_terms  # noqa: E402
from registry.services.signing import Hand, Keys, close, issue, sign  # noqa: E402
from tests.documents import story  # noqa: E402
from tests.documents.family import employment, estate  # noqa: E402

HEIRS = ("Jonah", "Celine", "Mara", "Otto", "Ruth")


def six() -> RiderTerms:
    """A consent that five right-holders and the company sign: with the seal and the closing eight signatures."""
    terms = estate()
    grantors = tuple(Grantor(capacity=GrantorCapacity.ESTATE, representative=f"e-{n}") for n in range(5))
    heirs = tuple(
        Representative(id=f"e-{n}", capacity=Capacity.ESTATE, name=f"{name} Vance", authority="letters testamentary")
        for n, name in enumerate(HEIRS)
    )
    consent = replace(terms.consent, grantor=grantors[0], co_grantors=grantors[1:])
    issuing = Issuing(company=story.COMPANY, now=story.ISSUED, salt=story.SALT)
    performer = replace(terms.performer, representatives=heirs)
    return rider_terms(consent, performer, story.HARBOR, issuing=issuing, replica=terms.replica)


def signed(folder: Path, keys: Keys, terms: RiderTerms) -> bytes:
    path = folder / "document.pdf"
    with Renderer() as renderer:
        issue(terms, path, keys=keys, now=story.ISSUED, renderer=renderer)
    for n, place in enumerate(terms.signatures):
        hand = Hand(name=place.signer or "T. Albright", words_agreed=story.WORDS)
        now = story.SIGNED + dt.timedelta(minutes=n)
        sign(path, field=place.name, signer=hand, keys=keys, now=now, initials="JV" if place.locks else None)
    close(path, keys=keys, now=story.COUNTERSIGNED)
    return path.read_bytes()


def seconds(work: Callable[[], Any]) -> float:
    """Processor time of this process and of its children."""

    def used() -> float:
        kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        return sum(r.ru_utime + r.ru_stime for r in map(resource.getrusage, kinds))

    gc.collect()  # or one pays for what the other left behind
    before = used()
    work()
    return used() - before


def pairs(rounds: int, ours: Callable[[], Any], peer: Callable[[], Any]) -> tuple[float, float]:
    ours(), peer()  # what is loaded once is not counted
    taken = []
    for n in range(rounds):
        one, other = (ours, peer) if n % 2 else (peer, ours)
        times = (seconds(one), seconds(other))
        taken.append(times if n % 2 else times[::-1])
    first, second = (statistics.median(column) for column in zip(*taken, strict=True))
    return first, second


def said(what: str, ours: float, peer: float) -> None:
    print(f"{what:<34} {ours * 1000:5.0f} ms, peer {peer * 1000:5.0f} ms, ratio {ours / peer:.2f}")


def verifying(rounds: int, name: str, data: bytes, keys: Keys) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature, validate_pdf_timestamp

    roots = own_roots(keys.folder)

    def peer() -> None:
        with quiet():
            for one in PdfFileReader(BytesIO(data)).embedded_signatures:
                if str(one.sig_object_type) == "/Sig":
                    validate_pdf_signature(one, context(roots.signers, story.TODAY))
                else:
                    validate_pdf_timestamp(one, context(roots.time, story.TODAY))

    assert verify_pdf(data, roots, now=story.TODAY).status == 0
    said(f"verify, {name}", *pairs(rounds, lambda: verify_pdf(data, roots, now=story.TODAY), peer))
    said(f"verify apart, {name}", *pairs(rounds, lambda: document_apart(data, roots, now=story.TODAY), peer))


def printing(rounds: int) -> None:
    import weasyprint

    terms = consent_json.bound(employment())
    digest = consent_json.digest_of(consent_json.written(terms))
    html = page_html(terms, sheet_of(terms), digest)
    printer = _Printer((), _Warnings())

    def peer() -> None:
        page = weasyprint.HTML(string=html, url_fetcher=printer._fetcher)
        page.write_pdf(
            stylesheets=[printer._style],
            font_config=printer._fonts,
            pdf_variant="pdf/a-3a",
            pdf_forms=True,
            pdf_tags=True,
            pdf_identifier=bytes.fromhex(digest[:32]),
        )

    said("print one page tree", *pairs(rounds, lambda: printer.pdf(html, digest[:32], {}), peer))


def issuing(riders: int) -> None:
    terms = employment()
    with Renderer() as renderer:
        unsealed_rider(terms, renderer)
        begun = time.perf_counter()
        for n in range(riders):
            unsealed_rider(replace(terms, salt=f"{n:032x}"), renderer)
        taken = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        json.dumps({"riders": riders, "seconds_each": round(taken / riders, 2), "peak_mb": [round(own), round(peak)]})
    )


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 9
    riders = int(sys.argv[2]) if len(sys.argv) > 2 else 25
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    issuing(riders)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        init_keys(folder / "keys", company=story.COMPANY, passphrase=story.PASSPHRASE, now=story.ISSUED)
        keys = Keys(folder=folder / "keys", passphrase=story.PASSPHRASE)
        data = signed(folder, keys, six())
        verifying(rounds, "six signatures", data, keys)
    printing(rounds)


if __name__ == "__main__":
    main()
