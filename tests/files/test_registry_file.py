"""Registry files: what is written is read back the same, and every fault of a file is told at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings

from registry.domain.world import World
from registry.errors import FileError
from registry.files.registry_file import known_in, read_registry, write_registry
from tests.files.worlds import DICTIONARY, worlds


def stamps(world: World) -> list[object]:
    """What equality of worlds does not look at."""
    return [value.recorded_at for name in World.__dataclass_fields__ for value in getattr(world, name)]


@settings(max_examples=60)
@given(worlds())
def test_export_then_import_is_the_same_world(world: World) -> None:
    text = write_registry(world)
    again = read_registry(text, "export.yaml", DICTIONARY)
    assert again == world
    assert stamps(again) == stamps(world)
    assert write_registry(again) == text
