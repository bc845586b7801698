"""Keys, and the rider of the story sealed, made once; every test signs a copy."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.documents.render import Renderer
from registry.services.signing import Keys
from tests.documents import family
from tests.kiosk.tables import make_keys, sealed


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Keys:
    return make_keys(tmp_path_factory.mktemp("kiosk") / "keys")


@pytest.fixture(scope="session")
def sealed_rider(tmp_path_factory: pytest.TempPathFactory, keys: Keys) -> bytes:
    file = tmp_path_factory.mktemp("sealed") / "rider.pdf"
    return sealed(family.employment(), file, keys).read_bytes()


@pytest.fixture(scope="session")
def renderer() -> Iterator[Renderer]:
    with Renderer() as started:
        yield started


@pytest.fixture
def rider(tmp_path: Path, sealed_rider: bytes) -> Path:
    file = tmp_path / "rider.pdf"
    file.write_bytes(sealed_rider)
    return file
