"""Sign-offs kept beside the database, one JSON object a line, only ever added to: who checked which rule, and when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from registry.cli.run import Run
from registry.errors import Fault, FileError

if TYPE_CHECKING:
    from registry.domain.signoff import SignOff

FILE = "signoffs.jsonl"


def kept(run: Run) -> tuple[SignOff, ...]:
    """Every sign-off of this registry, oldest first."""
    path = _path(run)
    if not path.is_file():
        return ()
    from registry.domain.canonical import from_plain
    from registry.domain.signoff import SignOff

    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(from_plain(SignOff, json.loads(line)))
        except (ValueError, KeyError, TypeError):
            fault = Fault(number, "", "is no sign-off; take the line out, or write it as `rules verify` does")
            raise FileError(str(path), [fault], "nothing checked") from None
    return tuple(found)


def keep(run: Run, signoff: SignOff) -> Path:
    """Add one, and say where."""
    from registry.domain.canonical import to_plain

    path = _path(run)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(to_plain(signoff), ensure_ascii=False, sort_keys=True) + "\n")
    return path


def _path(run: Run) -> Path:
    return run.settings.home / FILE
