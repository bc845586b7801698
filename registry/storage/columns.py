"""What a table is declared from: the kinds of column, each with the CHECK that keeps it to what it says, keys, indexes.

A declaration is data. Reading and writing need names and types only; what keeps a table right stands in the database,
and is made from here where a migration is held to it: made for every table it took a tenth of a cold `check`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    PrimaryKeyConstraint,
    Text,
    UniqueConstraint,
)
from sqlalchemy.schema import SchemaItem
from sqlalchemy.types import TypeEngine

# A 63-bit number. SQLite keeps every INTEGER in up to 64 bits, and a STRICT table takes no other word for it.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
# Text in the order of its bytes, the same on both databases: BINARY is what SQLite does anyway.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
BYTES = LargeBinary()
FLAG = Integer()


class Part(NamedTuple):
    """One part of a table, and how it is made in full. A column has a name and a type as well."""

    make: Callable[[], SchemaItem]
    name: str = ""
    type: TypeEngine[Any] | None = None


Items = tuple[Part, ...]


def _column(
    name: str, kind: TypeEngine[Any], refers: str | None = None, *, key: bool = False, null: bool = True
) -> Items:
    def make() -> SchemaItem:
        keys = [ForeignKey(refers)] if refers else []
        return Column(name, kind, *keys, primary_key=key, autoincrement=False, nullable=null and not key)

    return (Part(make, name, kind),)


def check(condition: str, name: str) -> Items:
    """What holds of every row."""
    return (Part(lambda: CheckConstraint(condition, name=name)),)


def unique(*columns: str) -> Items:
    return (Part(lambda: UniqueConstraint(*columns)),)


def primary_key(*columns: str) -> Items:
    return (Part(lambda: PrimaryKeyConstraint(*columns)),)


def index(*columns: str) -> Items:
    return (Part(lambda: Index(None, *columns)),)


def number(name: str, refers: str | None = None, *, key: bool = False, null: bool = True) -> Items:
    """A number of the registry's own; `refers` is the column it points to. Nothing ever cascades."""
    return _column(name, NUMBER, refers, key=key, null=null)


def identifier(name: str, *, null: bool = True) -> Items:
    """The number that stands for an identifier of the users' own choosing."""
    return number(name, "vault_identifiers.thing", null=null)


def text(name: str, *, null: bool = True) -> Items:
    """Text as it stands."""
    return _column(name, TEXT, null=null)


def word(name: str, words: Iterable[str] | type[StrEnum], *, null: bool = True) -> Items:
    """One word of a closed list."""
    listed = ", ".join(f"'{w}'" for w in words)
    return _column(name, TEXT, null=null) + check(f"{name} IN ({listed})", f"{name}_word")


def day(name: str) -> Items:
    """A civil date, `2026-09-14`."""
    return _column(name, TEXT) + check(f"{name} LIKE '____-__-__'", f"{name}_day")


def moment(name: str, *, null: bool = True) -> Items:
    """A moment in UTC to the microsecond, `2026-09-14T16:00:00.000000Z`: text that sorts as time passes."""
    shape = "____-__-__T__:__:__.______Z"
    return _column(name, TEXT, null=null) + check(f"{name} LIKE '{shape}'", f"{name}_moment")


def flag(name: str, *, null: bool = True) -> Items:
    """Yes (1), no (0) or unknown."""
    return _column(name, FLAG, null=null) + check(f"{name} IN (0, 1)", f"{name}_flag")


def count(name: str, *, null: bool = True) -> Items:
    """A whole number, never below nought."""
    return _column(name, NUMBER, null=null) + check(f"{name} >= 0", f"{name}_count")


def money(name: str) -> Items:
    """An amount in minor units and its currency; both or neither."""
    both = f"({name}_minor IS NULL) = ({name}_currency IS NULL)"
    return (
        *_column(f"{name}_minor", NUMBER),
        *_column(f"{name}_currency", TEXT),
        *check(both, f"{name}_whole"),
        *check(f"length({name}_currency) = 3", f"{name}_currency_code"),
    )


def digest(name: str, *, null: bool = True) -> Items:
    """A SHA-256 in hexadecimal."""
    return _column(name, TEXT, null=null) + check(f"length({name}) = 64", f"{name}_digest")


def binary(name: str, length: int | None = None, *, null: bool = False) -> Items:
    """Bytes, of exactly `length` where that is given."""
    column = _column(name, BYTES, null=null)
    return column + check(f"length({name}) = {length}", f"{name}_length") if length else column
