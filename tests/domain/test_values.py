"""Our dataclasses against the standard library's own: the same in everything that anybody can see."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from collections.abc import Callable
from typing import Any

import pytest

from registry.domain import values


@values.dataclass(frozen=True, slots=True)
class Ours:
    """Positional, with every kind of default."""

    id: str
    parts: tuple[str, ...] = ()
    more: list[int] = dataclasses.field(default_factory=list)
    said: str | None = dataclasses.field(default=None, compare=False)
    secret: str = dataclasses.field(default="", repr=False)

    @property
    def first(self) -> str:
        return self.parts[0]


@dataclasses.dataclass(frozen=True, slots=True)
class Theirs:
    """Positional, with every kind of default."""

    id: str
    parts: tuple[str, ...] = ()
    more: list[int] = dataclasses.field(default_factory=list)
    said: str | None = dataclasses.field(default=None, compare=False)
    secret: str = dataclasses.field(default="", repr=False)

    @property
    def first(self) -> str:
        return self.parts[0]


@values.dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    to: str
    id: int = 1

    def __post_init__(self) -> None:
        if self.id < 0:
            raise ValueError(f"{self.id} is below nought")


@values.dataclass(slots=True)
class Growing:
    found: list[str] = dataclasses.field(default_factory=list)
    base: int = 0


@values.dataclass(frozen=True, slots=True)
class Nothing:
    """No fields at all."""


Made = Callable[..., Any]
both = pytest.mark.parametrize("made", [Ours, Theirs])


@both
def test_values_are_filled_by_place_by_name_and_by_default(made: Made) -> None:
    value = made("a", ("b",), said="c")
    assert (value.id, value.parts, value.more, value.said, value.secret) == ("a", ("b",), [], "c", "")
    assert value.first == "b"
    assert made("a").more is not made("a").more


@both
def test_what_is_missing_is_named(made: Made) -> None:
    with pytest.raises(TypeError, match=rf"{made.__name__}.__init__\(\) missing 1 required positional argument: 'id'"):
        made()
    with pytest.raises(TypeError, match="unexpected keyword argument 'no_field'"):
        made("a", no_field=1)


@both
def test_equality_looks_at_the_class_and_the_fields_that_count(made: Made) -> None:
    assert made("a", said="b") == made("a", said="c")
    assert made("a") != made("b")
    assert made("a", secret="x") != made("a")
    assert made("a") != ("a", (), [], "")
    assert (made("a") == made("a").__class__) is False


@both
def test_equal_values_have_one_hash_where_they_have_any(made: Made) -> None:
    assert hash(Named(to="a")) == hash(Named(to="a"))
    with pytest.raises(TypeError, match="unhashable type: 'list'"):
        hash(made("a"))


@both
def test_values_do_not_change(made: Made) -> None:
    value = made("a")
    with pytest.raises(dataclasses.FrozenInstanceError):
        value.id = "b"
    with pytest.raises(dataclasses.FrozenInstanceError):
        del value.id
    with pytest.raises((dataclasses.FrozenInstanceError, TypeError)):
        value.other = "b"
    assert not hasattr(value, "__dict__")
    assert value == made("a")


@both
def test_the_tools_of_the_standard_library_work(made: Made) -> None:
    value = made("a", ("b",), [1], "c", "d")
    assert dataclasses.is_dataclass(value)
    assert [field.name for field in dataclasses.fields(value)] == ["id", "parts", "more", "said", "secret"]
    assert dataclasses.replace(value, id="z") == made("z", ("b",), [1], "c", "d")
    assert dataclasses.asdict(value) == {"id": "a", "parts": ("b",), "more": [1], "said": "c", "secret": "d"}
    assert made.__match_args__ == ("id", "parts", "more", "said", "secret")  # type: ignore[attr-defined]
    match value:
        case Ours(id, parts) | Theirs(id, parts):
            assert (id, parts) == ("a", ("b",))


@both
def test_values_are_copied_and_pickled(made: Made) -> None:
    value = made("a", ("b",), [1], "c", "d")
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert (other, other.said) == (value, "c")
    assert copy.deepcopy(value).more is not value.more


def test_both_look_the_same_in_a_message() -> None:
    assert repr(Ours("a", secret="b")) == repr(Theirs("a", secret="b")).replace("Theirs", "Ours")
    assert (Ours.__doc__, Ours.__name__, Ours.__module__) == (Theirs.__doc__, "Ours", __name__)


def test_fields_may_be_taken_by_name_only_and_looked_at_afterwards() -> None:
    assert Named(to="a") == Named(id=1, to="a")
    with pytest.raises(TypeError, match="positional argument"):
        Named("a")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="missing 1 required keyword-only argument: 'to'"):
        Named()  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="-1 is below nought"):
        Named(to="a", id=-1)


def test_what_is_not_frozen_changes_and_has_no_hash() -> None:
    value = Growing()
    value.base = 2
    value.found.append("a")
    assert value == Growing(["a"], 2)
    with pytest.raises(TypeError, match="unhashable type: 'Growing'"):
        hash(value)


def test_a_class_without_fields_is_one_value() -> None:
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert repr(Nothing()) == "Nothing()"
