"""What differs from one registry to the next: its database, folders and names, read once at the edge.

A registry lives in a folder (its *home*): `--registry DIR`, else `REGISTRY_HOME`, else the current folder. A file
`registry.toml` in it may set

    database = "registry.db"                  # a file, or a SQLAlchemy address such as postgresql+psycopg://…
    packs    = ["../house-packs"]             # folders of private rule packs
    cache    = ".cache"                       # compiled rules; may be deleted at any time
    keys     = "keys"                         # the company's seal and the registry's own roots
    company  = "Harbor Light Productions LLC" # who issues riders and seals them
    by       = "t.albright"                   # who records, when --by and REGISTRY_BY do not say

Paths are relative to the home. `REGISTRY_DATABASE`, `REGISTRY_CACHE`, `REGISTRY_KEYS`, `REGISTRY_COMPANY` and
`REGISTRY_BY` go before the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

from registry.domain.values import dataclass
from registry.errors import Fault, FileError

FILE_NAME = "registry.toml"
_TEXTS = ("database", "cache", "keys", "company", "by")
_KEYS = (*_TEXTS, "packs")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one registry; every path is absolute."""

    home: Path
    database_url: str
    packs: tuple[Path, ...] = ()
    cache: Path
    keys: Path
    company: str | None = None
    by: str | None = None

    @classmethod
    def load(cls, environ: Mapping[str, str], cwd: Path, home: Path | None = None) -> Self:
        """Settings of the registry at `home`, relative to `cwd`; `environ` is the process environment or a stand-in."""
        folder = (cwd / (home or environ.get("REGISTRY_HOME") or ".")).resolve()
        written = _read(folder / FILE_NAME)

        def text(key: str) -> str | None:
            return environ.get(f"REGISTRY_{key.upper()}") or written.get(key)

        return cls(
            home=folder,
            database_url=_database_url(text("database") or "registry.db", folder),
            packs=tuple((folder / pack).resolve() for pack in written.get("packs", ())),
            cache=(folder / (text("cache") or ".cache")).resolve(),
            keys=(folder / (text("keys") or "keys")).resolve(),
            company=text("company"),
            by=text("by"),
        )

    @property
    def database_file(self) -> Path | None:
        """The file of an embedded database; None where the database is a server."""
        _, _, path = self.database_url.partition("sqlite:///")
        return Path(path) if path else None


def _database_url(written: str, folder: Path) -> str:
    if "://" in written:
        return written
    return f"sqlite:///{(folder / written).resolve()}"


def _read(file: Path) -> Mapping[str, Any]:
    """The keys of registry.toml, checked; nothing where there is no such file."""
    if not file.is_file():
        return {}
    import tomllib  # only where there is a file: start-up is part of the product

    try:
        written = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FileError(str(file), [Fault(None, FILE_NAME, f"is not TOML: {error}")], "nothing done") from error
    faults = [fault for key, value in written.items() if (fault := _fault(key, value))]
    if faults:
        raise FileError(str(file), faults, "nothing done")
    return written


def _fault(key: str, value: object) -> Fault | None:
    if key not in _KEYS:
        from difflib import get_close_matches

        nearest = get_close_matches(key, _KEYS, n=1)
        hint = f"; did you mean {nearest[0]}?" if nearest else f"; the keys are {', '.join(_KEYS)}"
        return Fault(None, key, f"unknown key{hint}")
    if key == "packs":
        if not (isinstance(value, list) and all(isinstance(item, str) for item in value)):
            return Fault(None, key, 'is not a list of folders; write packs = ["../house-packs"]')
    elif not (isinstance(value, str) and value):
        return Fault(None, key, f'is not text; write {key} = "…"')
    return None
