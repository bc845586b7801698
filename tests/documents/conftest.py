"""Keys, a renderer and the rider of the story in each of its states, made once per session."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.documents.keys import Roots, init_keys, own_roots
from registry.documents.render import Renderer
from registry.documents.terms import RiderTerms
from registry.services.rendering import Issuing, rider_terms
from registry.services.signing import Hand, Keys, close, issue, sign
from tests.documents import story


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    folder = tmp_path_factory.mktemp("registry") / "keys"
    init_keys(folder, company=story.COMPANY, passphrase=story.PASSPHRASE, now=story.ISSUED)
    return Keys(folder=folder, passphrase=story.PASSPHRASE)


@pytest.fixture(scope="session")
def other_keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    """Somebody else's keys, with the same names in every certificate."""
    folder = tmp_path_factory.mktemp("elsewhere") / "keys"
    init_keys(folder, company=story.COMPANY, passphrase=story.PASSPHRASE, now=story.ISSUED)
    return Keys(folder=folder, passphrase=story.PASSPHRASE)


@pytest.fixture(scope="session")
def roots(keys: Keys) -> Roots:
    return own_roots(keys.folder)


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        yield started


@pytest.fixture(scope="session")
def terms(keys: Keys) -> RiderTerms:
    issuing = Issuing(
        company=story.COMPANY,
        signatory="T. Albright",
        now=story.ISSUED,
        salt=story.SALT,
        root_sha256=keys.root_sha256,
    )
    return rider_terms(
        story.DRAFT,
        story.OKAFOR,
        story.HARBOR,
        story.ENGAGEMENT,
        issuing=issuing,
        replica=story.SCAN,
        session=story.SESSION,
    )


@pytest.fixture(scope="session")
def states(
    tmp_path_factory: pytest.TempPathFactory, terms: RiderTerms, keys: Keys, renderer: Renderer
) -> dict[str, Path]:
    """The rider sealed, signed by the performer (2.3 declined), countersigned, and complete: one file each."""
    folder = tmp_path_factory.mktemp("states")
    files = {name: folder / f"{name}.pdf" for name in ("sealed", "performer", "signed", "complete")}
    issue(terms, files["sealed"], keys=keys, now=story.ISSUED, renderer=renderer)
    files["performer"].write_bytes(files["sealed"].read_bytes())
    ada = Hand(name="Adaeze Okafor", words_agreed=story.WORDS, operator="casting desk")
    sign(
        files["performer"],
        field="sig_performer",
        signer=ada,
        keys=keys,
        now=story.SIGNED,
        initials="AO",
        declined=["2.3"],
    )
    files["signed"].write_bytes(files["performer"].read_bytes())
    albright = Hand(name="T. Albright", words_agreed=story.WORDS)
    sign(files["signed"], field="sig_company", signer=albright, keys=keys, now=story.COUNTERSIGNED)
    files["complete"].write_bytes(files["signed"].read_bytes())
    close(files["complete"], keys=keys, now=story.COUNTERSIGNED)
    return files


@pytest.fixture(scope="session")
def complete(states: dict[str, Path]) -> bytes:
    return states["complete"].read_bytes()
