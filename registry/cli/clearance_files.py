"""The files given to `registry clear`: uses in YAML, JSON or CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from registry.cli.proposed import from_file
from registry.cli.run import Run
from registry.rules.dictionary import load_dictionary
from registry.services.clearance import Asked


def read_all(run: Run, asked: Asked, files: Sequence[str]) -> Asked:
    """What is asked, with the uses of the files."""
    dictionary = load_dictionary()
    uses = [use for name in files for use in from_file(run, name, dictionary)]
    return replace(asked, uses=tuple(uses))
