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
