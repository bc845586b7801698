"""Where the uses to be checked come from: files, the standing input, options, or the registry itself."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from registry.cli.run import Run
from registry.cli.subject import latest
from registry.domain.facts import FactDefinition
from registry.domain.use import Use
from registry.errors import Fault, FileError, UnknownError, UsageError
from registry.services import browsing
from registry.source.meant import meant
from registry.source.spelling import nearest
from registry.storage.kinds import Kind

# Columns of a uses file that are options in the singular.
_OPTIONS = {
    "scenes": "scene",
    "elements": "element",
    "media": "medium",
    "territories": "territory",
    "languages": "language",
}

Dictionary = Mapping[str, FactDefinition]


def read_text(name: str) -> str:
    """The text of a file, or of the standing input for `-`."""
    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        meant = nearest(path.name, (p.name for p in path.parent.iterdir())) if path.parent.is_dir() else None
        hint = f"ls {path.parent}" if meant is None else f"the nearest name there is {path.parent / meant}"
        raise UsageError(f"There is no file {name}.", hint) from None
    except IsADirectoryError:
        raise UsageError(f"{name} is a folder, not a file.", f"ls {name}") from None
    except PermissionError:
        raise UsageError(f"{name} may not be read by you.", f"ls -l {name}") from None
    except UnicodeDecodeError as error:
        problem = f"{name} is not text in UTF-8: byte {error.start} cannot be read."
        raise UsageError(problem, "save it as UTF-8 and try again") from None


def named_in(name: str) -> list[str]:
    """The ids in a file, one a line or parted by NUL as `find -print0` does. Raises UsageError where there is none."""
    found = [part.strip() for part in read_text(name).replace("\0", "\n").splitlines() if part.strip()]
    if not found:
        raise UsageError(f"There is no id in {name}.", "write one id a line")
    return found


def from_file(run: Run, name: str, dictionary: Dictionary) -> tuple[Use, ...]:
    """The uses of one file: YAML, JSON, or CSV by its ending. A day in a table begins where its production is."""
    from registry.files.uses_file import read_uses, read_uses_csv

    text = read_text(name)
    if not name.lower().endswith(".csv") and not (name == "-" and _is_table(text)):
        return read_uses(text, name, dictionary)
    productions = browsing.list_productions(run.store)
    zones = {production.id: production.timezone for production in productions if production.timezone}
    return read_uses_csv(text, name, dictionary, zones=zones)


def from_options(
    options: Mapping[str, str | Sequence[str] | None],
    facts: Iterable[str],
    dictionary: Dictionary,
    zones: Mapping[str, str] | None = None,
) -> Use:
    """One use from what was typed: read as a row of a uses file would be, with the same faults."""
    from registry.files.uses_file import read_uses_csv

    row = {key: _cell(value) for key, value in options.items() if value}
    for fact in facts:
        name, given, value = fact.partition("=")
        if not given:
            raise UsageError(f"--fact {fact} has no value.", f"--fact {fact}=yes    or no, unsure, a value")
        row[name.strip()] = value.strip()
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerows([row.keys(), row.values()])
    try:
        return read_uses_csv(text.getvalue(), "command line", dictionary, zones=zones or {})[0]
    except FileError as error:
        faults = [Fault(None, _option(fault.path), fault.problem) for fault in error.faults]
        raise FileError(error.file, faults, "nothing checked") from None


def _option(cell: str) -> str:
    """A cell of the row that was put together, as it was typed: `--fact use.performed`, `--scene`."""
    column, colon, value = cell.partition(", column ")[2].partition(": ")
    option = f"--fact {column}" if "." in column else f"--{_OPTIONS.get(column, column)}"
    return option + colon + value if column else cell


def _is_table(text: str) -> bool:
    """Whether the standing input is CSV: its first line names columns, with no colon as YAML and JSON have one."""
    first = text.lstrip("\ufeff").lstrip().partition("\n")[0]
    return "," in first and ":" not in first and first[:1] not in "{["


def _cell(value: str | Sequence[str]) -> str:
    """Lists as a row writes them; `none` says there is none."""
    if isinstance(value, str):
        return value
    return ";".join(part.strip() for text in value for part in text.split(","))


def chosen(uses: Sequence[Use], names: Sequence[str], where: str) -> tuple[Use, ...]:
    """Those of the uses that were named; all of them where none was."""
    if not names:
        return tuple(uses)
    known = {use.id: use for use in uses}
    return tuple(known[_named(name, known, where)] for name in names)


def _named(name: str, known: Iterable[str], where: str) -> str:
    """The use of a file that was meant: named whole, or by a beginning that no other has."""
    found = meant(name, known)
    if found.id is not None:
        return found.id
    if found.candidates:
        problem = f"There is no use {name} {where}; {len(found.candidates)} begin so."
        raise UsageError(problem, f"name one of: {', '.join(found.candidates[:5])}")
    ids = sorted(known)
    near = nearest(name, ids)
    hint = f"; did you mean {near}?" if near else "."
    raise UsageError(f"There is no use {name} {where}{hint}", f"name one of: {', '.join(ids[:5])}")


def on_file(run: Run, names: Sequence[str], known_at: dt.datetime | None = None) -> tuple[Use, ...]:
    """Uses as they were last filed, or as they were known at a moment."""
    versions = run.store.values(Use, set(names), known_at=known_at)
    for name in names:
        if latest(versions, name) is None:
            if known_at is not None and run.store.is_on_file([Kind.USE], name):
                problem = f"Use {name} was not on file by {known_at.isoformat()}."
                raise UsageError(problem, "add a later --known-at, or --file FILE to read it from there")
            raise UnknownError("use", name, remedy="registry use add FILE    files it; --file FILE reads it from there")
    return tuple(use for name in names if (use := latest(versions, name)) is not None)
