"""What an argument or an option names, told from how it is spelled; and what was meant by what was typed there.

One mechanism for every command: a parameter called PERFORMER, or `--performer ID`, names a performer wherever it
stands, so that a new command has prefixes, did-you-mean and completion without a line of its own.
"""

from __future__ import annotations

import os.path
from enum import StrEnum
from typing import Any

from typer import core

from registry.cli.run import Run
from registry.errors import UnknownError, UsageError
from registry.storage.kinds import Kind


class Clause(StrEnum):
    """What the packs name; it is not on file."""

    RULE = "rule"
    PACK = "pack"


Named = tuple[Kind | Clause, ...]

_ARGUMENTS: dict[str, Named] = {
    "PERFORMER": (Kind.PERFORMER,),
    "PRODUCTION": (Kind.PRODUCTION,),
    "CONSENT": (Kind.CONSENT,),
    "REPLICA": (Kind.REPLICA,),
    "TOOL": (Kind.TOOL,),
    "MODEL": (Kind.MODEL,),
    "USE": (Kind.USE,),
    "RECORD": (Kind.RECORD,),
    "RULE": (Clause.RULE,),
}
_OPTIONS: dict[str, Named] = {
    "--performer": (Kind.PERFORMER,),
    "--production": (Kind.PRODUCTION,),
    "--consent": (Kind.CONSENT,),
    "--replaced-by": (Kind.CONSENT,),
    "--replica": (Kind.REPLICA,),
    "--tool": (Kind.TOOL,),
    "--model": (Kind.MODEL,),
    "--profile": (Kind.PROFILE,),
    "--use": (Kind.USE,),
    "--about": (Kind.USE, Kind.REPLICA),
    "--for": (Kind.PRODUCTION,),
    "--rule": (Clause.RULE,),
    "--pack": (Clause.PACK,),
}
_ALSO: dict[tuple[str, str], Named] = {
    ("carry-over", "FROM"): (Kind.PRODUCTION,),
    ("carry-over", "TO"): (Kind.PRODUCTION,),
    ("rules list", "PACK"): (Clause.PACK,),
    ("rules show", "ID"): (Clause.RULE, Clause.PACK),
    ("rules diff", "OLD"): (Clause.PACK,),
    ("rules diff", "NEW"): (Clause.PACK,),
}
# How the value of an option that names something is written in its help.
_WRITTEN = {"ID", "USE", "PRODUCTION", "CONSENT", "RULE"}
_WORDS = {"none", "all", "any", "-"}
# A record may be about what is filed later, so its uses and replicas are taken as they were typed.
_LATER = {Kind.USE, Kind.REPLICA}


def named_by(path: str, param: Any) -> Named:
    """What a parameter of a command names; `path` is the command as typed (`registry record notice`)."""
    metavar = str(param.metavar or "").removesuffix("...")
    if isinstance(param, core.TyperArgument):
        tail = next((found for (verb, name), found in _ALSO.items() if name == metavar and path.endswith(verb)), None)
        return tail or _ARGUMENTS.get(metavar, ())
    found = next((_OPTIONS[name] for name in param.opts if name in _OPTIONS), ())
    return found if metavar in _WRITTEN else ()


def settle(ctx: Any) -> None:
    """Put what was meant in the place of what was typed, and say so. Raises UsageError with the candidates where it
    could be several; what is not found at all is left to the command, which knows whether it has to be there."""
    run: Run = ctx.obj
    path = ctx.command_path.removeprefix("registry ")
    for param in ctx.command.params:
        value = ctx.params.get(param.name)
        named = named_by(path, param) if value else ()
        if named and not (named == (Kind.USE,) and ctx.params.get("file")):
            asked = _Asked(run, path, named, _spelled(param), writes=_writes(ctx))
            ctx.params[param.name] = asked.all_of(value)


def nearest_told(run: Run, error: UnknownError) -> UnknownError:
    """What was not found, with what was probably meant where there is a registry to look into."""
    if error.meant or not run.has_registry:
        return error
    from registry.services.meaning import alike

    return error.meaning(alike(run.store, [Kind(error.noun)], error.name))


def _spelled(param: Any) -> str:
    return f"{param.opts[0]} " if isinstance(param, core.TyperOption) else ""


def _writes(ctx: Any) -> bool:
    """Whether the command records something, as it was typed."""
    options = {param.name for param in ctx.command.params}
    return "by" in options and bool(ctx.params.get("record", True)) and "rider" not in options


class _Asked:
    """Identifiers typed after one parameter."""

    def __init__(self, run: Run, path: str, named: Named, spelled: str, *, writes: bool) -> None:
        self._run = run
        self._path = path
        self._named = named
        self._spelled = spelled
        self._writes = writes

    def all_of(self, value: Any) -> Any:
        """The same value, each identifier of it as it stands on file."""
        if isinstance(value, str):
            return ",".join(self._one(part.strip()) for part in value.split(","))
        return type(value)(self.all_of(part) for part in value)

    def _one(self, typed: str) -> str:
        if not typed or typed in _WORDS or os.path.exists(typed):
            return typed
        kinds = [kind for kind in self._named if isinstance(kind, Kind)]
        if not kinds:
            return self._clause(typed)
        if not self._run.has_registry:
            return typed
        from registry.services.meaning import identified

        found = identified(self._run.store, kinds, typed)
        if found.id == typed:
            return typed
        if self._path.startswith("record ") and set(kinds) & _LATER:
            return typed
        if found.id is not None:
            return self._taken(typed, found.id)
        if found.candidates:
            raise self._several(typed, found.candidates)
        return self._called(typed, kinds)

    def _called(self, typed: str, kinds: list[Kind]) -> str:
        """The identifier of whoever is called so. What records something takes an identifier, not a name."""
        from registry.services.meaning import NAMED, called

        if set(kinds) & set(NAMED):
            found = called(self._run.store, kinds, typed)
            if len(found) > 1:
                raise self._several(typed, [f"{one.id} ({one.name})" for one in found])
            if found and self._writes:
                problem = f"{typed} is the name of {found[0].id}; what is recorded takes the id."
                raise UsageError(problem, f"{self._spelled}{found[0].id}    is how it is typed")
            if found:
                return self._taken(typed, found[0].id)
        if self._path.endswith(" list"):  # an empty list would say that there are none
            raise UnknownError(kinds[0].value, typed)
        return typed

    def _clause(self, typed: str) -> str:
        """A rule or a pack; beyond those on file there are those of files, which the command reads itself."""
        from registry.source.meant import meant

        found = meant(typed, clause_ids(self._run, self._named))
        if found.id is None and found.candidates:
            raise self._several(typed, found.candidates)
        return self._taken(typed, found.id) if found.shortened and found.id else typed

    def _taken(self, typed: str, id_: str) -> str:
        self._run.screen.about([f"{typed} is {self._named[0].value} {id_}."])
        return id_

    def _several(self, typed: str, candidates: Any) -> UsageError:
        shown = [str(one) for one in candidates][:8]
        more = ", …" if len(candidates) > len(shown) else "."
        noun = " or ".join(one.value for one in self._named)
        first = self._named[0]
        listed = f"registry search {typed} --kind {first.value}" if isinstance(first, Kind) else "registry rules list"
        return UsageError(f"{typed} could be more than one {noun}: {', '.join(shown)}{more}", f"{listed}    lists them")


def clause_ids(run: Run, named: Named) -> set[str]:
    """The rules and packs there are, by identifier."""
    from registry.cli.checks import catalogue
    from registry.rules.catalogue import clauses

    packs = catalogue(run).packs
    found = {pack.id for pack in packs} if Clause.PACK in named else set()
    return found | ({clause.id for pack in packs for clause in clauses(pack)} if Clause.RULE in named else set())
