"""What can go wrong, said twice: `str(error)` for us, `error.lines()` for the people who read it."""

from __future__ import annotations

from collections.abc import Sequence

from registry.domain.values import dataclass


class RegistryError(Exception):
    """Anything we refuse on purpose. `status` is the exit status of the command that meets it."""

    status = 2

    def lines(self) -> list[str]:
        """What is wrong, then what to type; one sentence a line."""
        return [str(self)]


class UsageError(RegistryError):
    """The command was given something it cannot act on; `remedy` begins with a verb and can be typed."""

    def __init__(self, problem: str, remedy: str = "") -> None:
        super().__init__(problem)
        self.problem = problem
        self.remedy = remedy

    def lines(self) -> list[str]:
        return [self.problem, *([self.remedy] if self.remedy else [])]


# What can be listed and shown by a command of its own; the rest is told where it is read.
_BROWSED = ("performer", "production", "consent", "use", "replica", "model", "tool", "record")


class UnknownError(UsageError):
    """An identifier names nothing on file. `meant` is the nearest that does, where somebody has looked; `owner` is
    whatever named it: `Use u-41-fall`; `nor` is what else was looked for, `remedy` what to type if
    nothing is near."""

    def __init__(
        self, noun: str, name: str, *, meant: str | None = None, owner: str = "", nor: str = "", remedy: str = ""
    ) -> None:
        hint = f"; did you mean {meant}?" if meant else "."
        begins = f"{owner}: no {noun} {name}" if owner else f"There is no {noun} {name}"
        beside = f", and no {nor}" if nor else ""
        super().__init__(f"{begins} on file{beside}{hint}", (not meant and remedy) or _listing(noun, meant))
        self.noun, self.name, self.meant = noun, name, meant
        self._told = {"owner": owner, "remedy": remedy, "nor": nor}

    def meaning(self, meant: str | None) -> UnknownError:
        """The same, with what was probably meant."""
        return UnknownError(self.noun, self.name, meant=meant, **self._told)


def _listing(noun: str, meant: str | None) -> str:
    if noun in _BROWSED:
        return f"registry {noun} show {meant}" if meant else f"registry {noun} list"
    return f"registry search {meant} --kind {noun}" if meant else f"registry import FILE    brings a {noun}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a file: where it stands and what to write instead."""

    line: int | None
    path: str
    problem: str


class FileError(RegistryError):
    """All the faults of one file at once; nothing of it was recorded."""

    def __init__(self, file: str, faults: Sequence[Fault], outcome: str = "nothing imported") -> None:
        super().__init__(f"{file}: {len(faults)} fault{'s' if len(faults) != 1 else ''}, {outcome}.")
        self.file = file
        self.faults = tuple(faults)

    def lines(self) -> list[str]:
        out = [str(self)]
        for fault in self.faults:
            where = f"line {fault.line}" if fault.line is not None else ""
            out.append(" " + "  ".join(part for part in (where, fault.path, fault.problem) if part))
        return out


class IntegrityError(RegistryError):
    """Something recorded is not what it was."""

    status = 4
