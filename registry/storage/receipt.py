"""What recording answers: what was new, and where the ledger stands."""

from __future__ import annotations

from registry.domain.values import dataclass
from registry.errors import RegistryError
from registry.storage.kinds import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many values of one kind were added, became a further version, or were on file already."""

    kind: Kind
    added: int = 0
    versions: int = 0
    unchanged: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One recording. `seq` and `hash` are the head of the ledger afterwards: keep them elsewhere and nobody can take
    anything back unseen."""

    tallies: tuple[Tally, ...]
    seq: int
    hash: str

    @property
    def added(self) -> int:
        return sum(t.added for t in self.tallies)

    @property
    def versions(self) -> int:
        return sum(t.versions for t in self.tallies)

    @property
    def unchanged(self) -> int:
        return sum(t.unchanged for t in self.tallies)


class RefusedError(RegistryError):
    """Values that cannot be recorded, all of them at once; nothing was."""

    def __init__(self, problems: tuple[str, ...], remedies: tuple[str, ...]) -> None:
        many = f"{len(problems)} things" if len(problems) > 1 else "One thing"
        super().__init__(f"{many} cannot be recorded; nothing was.")
        self.problems = problems
        self.remedies = remedies

    def lines(self) -> list[str]:
        return [str(self), *(f" {problem}" for problem in self.problems), *self.remedies]
