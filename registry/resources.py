"""Where the folders that ship beside the code are found.

In an installed wheel they lie inside the package (`registry/templates`, `registry/migrations`), put there as
pyproject.toml says. In a checkout, and so in an editable install, they are the top-level folders.
"""

from __future__ import annotations

from pathlib import Path

from registry.errors import UsageError

_PACKAGE = Path(__file__).resolve().parent


def templates() -> Path:
    """The folder of document templates, style sheets and shipped fonts."""
    return _folder("templates")


def migrations() -> Path:
    """The folder Alembic is pointed at: env.py and versions/."""
    return _folder("migrations")


def packs() -> Path:
    """The folder of the rule packs that ship with the program, one instrument a file."""
    return _PACKAGE / "rules" / "packs"


def checkout() -> Path:
    """The folder the package lies in: the top of a checkout. An installed program has nothing of ours there."""
    return _PACKAGE.parent


def _folder(name: str) -> Path:
    places = (_PACKAGE / name, _PACKAGE.parent / name)
    for place in places:
        if place.is_dir():
            return place
    raise UsageError(
        f"The program's own folder {name} is missing; looked in {places[0]} and {places[1]}.",
        "pip install --force-reinstall --no-deps consent-registry",
    )
