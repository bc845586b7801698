"""The program in a folder with the example world on file, as the tests of the command line have it."""

from __future__ import annotations

from tests.cli.conftest import compiled, empty, example_home, registry

__all__ = ["compiled", "empty", "example_home", "registry"]
