"""What a value becomes in the typed tables: rows, and the identifiers it mentions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import TableClause

from registry.domain.values import dataclass
from registry.storage.kinds import Kind, Name


class Row(NamedTuple):
    """One row and the table it goes to."""

    table: TableClause
    columns: dict[str, Any]


Rows: TypeAlias = Iterator[Row]


class Mention(NamedTuple):
    """An identifier that a value names. `on_file` says that the thing itself has to be on file as well."""

    name: Name
    on_file: bool


def mention(kind: Kind, *ids: str | None, on_file: bool = False) -> Iterator[Mention]:
    """Mentions of the ids that are given at all."""
    return (Mention(Name(kind, i), on_file) for i in ids if i is not None)


class Filed(NamedTuple):
    """A use as it was on file at some moment: its ledger entry and the digest of what it said."""

    entry: int
    digest: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where the rows of one ledger entry go, with the number of every identifier that its value mentions and, by
    number, the uses it names as they were on file when it was recorded."""

    entry: int
    thing: int
    recorded_at: str
    numbers: Mapping[Name, int]
    filed: Mapping[int, Filed]

    def row(self, table: TableClause, **columns: Any) -> Row:
        """The row of the thing itself."""
        return Row(table, {"entry": self.entry, "thing": self.thing, "recorded_at": self.recorded_at, **columns})

    def part(self, table: TableClause, position: int, **columns: Any) -> Row:
        """The row of one of its parts."""
        return Row(table, {"entry": self.entry, "position": position, **columns})

    def number(self, kind: Kind, identifier: str | None) -> int | None:
        """The number that stands for an identifier; None where nothing is named."""
        return self.numbers[Name(kind, identifier)] if identifier is not None else None

    def use_on_file(self, use: str) -> Filed | None:
        """The use as it was on file; None where it was not yet."""
        return self.filed.get(self.numbers[Name(Kind.USE, use)])
