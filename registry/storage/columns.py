"""The kinds of column a table has, with the CHECK that keeps each one to what it says."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Integer, LargeBinary, Text
from sqlalchemy.schema import SchemaItem

# A 63-bit number. SQLite keeps every INTEGER in up to 64 bits, and a STRICT table takes no other word for it.
NUMBER = BigInteger().with_variant(Integer(), "sqlite")
# Text in the order of its bytes, the same on both databases: BINARY is what SQLite does anyway.
TEXT = Text().with_variant(Text(collation="C"), "postgresql")
BYTES = LargeBinary()

Items = tuple[SchemaItem, ...]


def number(name: str, refers: str | None = None, *, key: bool = False, null: bool = True) -> Items:
    """A number of the registry's own; `refers` is the column it points to. Nothing ever cascades."""
    keys = [ForeignKey(refers)] if refers else []
    return (Column(name, NUMBER, *keys, primary_key=key, autoincrement=False, nullable=null and not key),)


def identifier(name: str, *, null: bool = True) -> Items:
    """The number that stands for an identifier of the users' own choosing."""
    return number(name, "vault_identifiers.thing", null=null)


def text(name: str, *, null: bool = True) -> Items:
    """Text as it stands."""
    return (Column(name, TEXT, nullable=null),)


def word(name: str, words: Iterable[str] | type[StrEnum], *, null: bool = True) -> Items:
    """One word of a closed list."""
    listed = ", ".join(f"'{w}'" for w in words)
    return (Column(name, TEXT, nullable=null), CheckConstraint(f"{name} IN ({listed})", name=f"{name}_word"))


def day(name: str) -> Items:
    """A civil date, `2026-09-14`."""
    return (Column(name, TEXT), CheckConstraint(f"{name} LIKE '____-__-__'", name=f"{name}_day"))


def moment(name: str, *, null: bool = True) -> Items:
    """A moment in UTC to the microsecond, `2026-09-14T16:00:00.000000Z`: text that sorts as time passes."""
    shape = "____-__-__T__:__:__.______Z"
    return (Column(name, TEXT, nullable=null), CheckConstraint(f"{name} LIKE '{shape}'", name=f"{name}_moment"))


def flag(name: str, *, null: bool = True) -> Items:
    """Yes (1), no (0) or unknown."""
    return (Column(name, Integer, nullable=null), CheckConstraint(f"{name} IN (0, 1)", name=f"{name}_flag"))


def count(name: str, *, null: bool = True) -> Items:
    """A whole number, never below nought."""
    return (Column(name, NUMBER, nullable=null), CheckConstraint(f"{name} >= 0", name=f"{name}_count"))


def money(name: str) -> Items:
    """An amount in minor units and its currency; both or neither."""
    both = f"({name}_minor IS NULL) = ({name}_currency IS NULL)"
    return (
        Column(f"{name}_minor", NUMBER),
        Column(f"{name}_currency", TEXT),
        CheckConstraint(both, name=f"{name}_whole"),
        CheckConstraint(f"length({name}_currency) = 3", name=f"{name}_currency_code"),
    )


def digest(name: str, *, null: bool = True) -> Items:
    """A SHA-256 in hexadecimal."""
    return (Column(name, TEXT, nullable=null), CheckConstraint(f"length({name}) = 64", name=f"{name}_digest"))


def binary(name: str, length: int | None = None, *, null: bool = False) -> Items:
    """Bytes, of exactly `length` where that is given."""
    column = Column(name, BYTES, nullable=null)
    return (column, CheckConstraint(f"length({name}) = {length}", name=f"{name}_length")) if length else (column,)
