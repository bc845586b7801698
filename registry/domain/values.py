"""Dataclasses as the standard library makes them, at a tenth of the price: start-up is part of the product.

`dataclasses.dataclass` writes and compiles six methods for each class, half a millisecond a class; a cold `registry
check` meets a hundred of them, a fifth of its time, and makes values of fewer than half. Here equality, hash,
representation and the refusal to change are functions, and `__init__` is compiled when the first value is made. It
fills the slots directly, so that a value takes half the time as well. Fields, `replace` and patterns are the standard
library's, and type checkers see nothing else (tests/domain/test_values.py holds the two together).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

V = TypeVar("V")

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(*, slots: bool, frozen: bool = False, kw_only: bool = False) -> Callable[[type], type]:
        """The decorator, for classes with slots, frozen or not, that compare by all their fields."""

        def made(plain: type) -> type:
            cls = dataclasses.dataclass(plain, init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)
            methods = {"__init__": _first_init(cls), "__repr__": _shown, **_compared(cls, frozen)}
            for name, method in (methods | _FROZEN if frozen else methods).items():
                if name not in plain.__dict__:
                    setattr(cls, name, method)
            return cls

        return made


def replace(value: V, **changes: Any) -> V:
    """A copy with some fields changed, as `dataclasses.replace` makes it, at half the price."""
    cls: Any = type(value)
    names, values_of = _fields(cls)
    given = dict(zip(names, values_of(value), strict=True))
    given.update(changes)
    changed: V = cls(**given)
    return changed


@lru_cache(maxsize=256)
def _fields(cls: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = tuple(field.name for field in dataclasses.fields(cls))
    return names, attrgetter(*names) if len(names) > 1 else lambda value: (getattr(value, names[0]),)


def _first_init(cls: Any) -> Callable[..., None]:
    """An `__init__` that makes the true one, puts it in its own place and calls it."""

    def __init__(self: object, *values: object, **named: object) -> None:  # noqa: N807
        cls.__init__ = _init(cls)
        cls.__init__(self, *values, **named)

    return __init__


def _init(cls: Any) -> Callable[..., None]:
    """`def __init__(self, id, *, to=_default_to): _set_id(self, id); …` for the fields of the class."""
    space: dict[str, Any] = {"_MADE": _MADE}
    given: list[str] = []
    named: list[str] = []
    body: list[str] = []
    for field in dataclasses.fields(cls):
        name, taken, value = field.name, field.name, field.name
        if field.default is not dataclasses.MISSING:
            taken, space[f"_default_{name}"] = f"{name}=_default_{name}", field.default
        elif field.default_factory is not dataclasses.MISSING:
            taken, space[f"_make_{name}"] = f"{name}=_MADE", field.default_factory
            value = f"_make_{name}() if {name} is _MADE else {name}"
        (named if field.kw_only else given).append(taken)
        space[f"_set_{name}"] = getattr(cls, name).__set__
        body.append(f" _set_{name}(self, {value})")
    if hasattr(cls, "__post_init__"):
        body.append(" self.__post_init__()")
    parameters = ", ".join(["self", *given, *(["*"] if named else []), *named])
    exec("\n".join([f"def __init__({parameters}):", *(body or [" pass"])]), space)
    init: Callable[..., None] = space["__init__"]
    init.__qualname__ = f"{cls.__qualname__}.__init__"
    return init


_MADE = object()  # stands for a value that its field makes anew


def _compared(cls: Any, frozen: bool) -> dict[str, Any]:
    """Equality by the fields that count, and hash where values cannot change."""
    names = [field.name for field in dataclasses.fields(cls) if field.compare]
    values: Callable[[object], object] = attrgetter(*names) if names else lambda _: ()

    def __eq__(self: object, other: object) -> bool:  # noqa: N807
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: object) -> int:  # noqa: N807
        return hash(values(self))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _shown(self: Any) -> str:
    shown = (f"{field.name}={getattr(self, field.name)!r}" for field in dataclasses.fields(self) if field.repr)
    return f"{self.__class__.__qualname__}({', '.join(shown)})"


def _refused(self: object, name: str, *_value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__}.{name} does not change")


def _reduced(self: Any) -> tuple[Callable[..., Any], tuple[Any, ...]]:
    """For copies and pickles: the class and the values of its fields. Thousands of findings come from helpers."""
    cls = self.__class__
    return _restored, (cls, *_fields(cls)[1](self))


def _restored(cls: Any, *values: Any) -> Any:
    made = object.__new__(cls)
    for put, value in zip(_setters(cls), values, strict=True):
        put(made, value)
    return made


@lru_cache(maxsize=256)
def _setters(cls: Any) -> tuple[Callable[[Any, Any], None], ...]:
    return tuple([getattr(cls, name).__set__ for name in _fields(cls)[0]])


_FROZEN = {"__setattr__": _refused, "__delattr__": _refused, "__reduce__": _reduced}
