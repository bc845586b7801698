"""What to say where there is nothing yet: no command typed, no registry, nothing on file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from registry.cli.output import table
from registry.errors import UsageError
from registry.settings import Settings

if TYPE_CHECKING:
    from registry.cli.run import Run

_DATABASE = "registry.db"
_THINGS = (
    ("Ask about one use", "registry check --ask"),
    ("Clear a day of shooting", "registry clear PRODUCTION --day DAY"),
    ("Look somebody or something up", "registry search NAME"),
    ("Write down what happened", "registry record --help"),
    ("See what is owed, and what ends", "registry due, registry expiring"),
)
_BEGIN = (
    ("Start a registry here", "registry init"),
    ("Read what the office has", "registry import FILE"),
    ("Begin with an empty sheet", "registry template cast > cast.csv"),
)


def five_things(run: Run) -> list[str]:
    """What people do with a registry, and where theirs is; how to begin where there is none."""
    file = run.settings.database_file
    lines = ["May we do this, with this person, on this picture, on this date?", ""]
    if file is not None and not file.is_file():
        lines += [*table(_BEGIN, indent=1), "", f"There is no registry in {file.parent} yet."]
        lines += [f"{command}    opens the one in {where}" for where, command in _others(run.settings, run.cwd)]
    else:
        lines += [*table(_THINGS, indent=1), "", f"The registry is {file or 'on a server'}."]
    return [*lines, "registry --help    shows every command"]


def none_there(settings: Settings, cwd: Path) -> UsageError:
    """There is no registry where it was looked for: what starts one, and what opens one that is near."""
    where = settings.database_file
    remedies = ["registry init    starts one there"]
    remedies += [f"{command}    opens the one in {place}" for place, command in _others(settings, cwd)]
    if len(remedies) == 1:
        remedies.append("registry --registry DIR …    opens one elsewhere; REGISTRY_HOME=DIR does too")
    return UsageError(f"There is no registry in {where}.", "\n".join(remedies))


def begin(run: Run) -> list[str]:
    """What fills a registry in which nothing has been recorded; nothing where something has."""
    if run.store.head().seq:
        return []
    return [
        "registry import FILE    reads people, productions and consents, or the sheets of an office",
        "registry template cast > cast.csv    is a sheet to fill in",
    ]


def _others(settings: Settings, cwd: Path) -> list[tuple[Path, str]]:
    """Registries in the folders above and right below, the nearest first, at most three."""
    above = [folder for folder in (cwd, *cwd.parents) if (folder / _DATABASE).is_file()]
    try:
        below = sorted(file.parent for file in cwd.glob(f"*/{_DATABASE}"))
    except OSError:
        below = []
    found = [folder for folder in dict.fromkeys((*above, *below)) if folder.resolve() != settings.home]
    return [(folder, f"registry --registry {_shown(folder, cwd)} …") for folder in found[:3]]


def _shown(folder: Path, cwd: Path) -> str:
    return str(folder.relative_to(cwd)) if folder.is_relative_to(cwd) else str(folder)
