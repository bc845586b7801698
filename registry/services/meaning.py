"""What somebody meant who typed an identifier, its beginning, or a name: one answer, or the candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from registry.domain.naming import named, plainly
from registry.domain.values import dataclass
from registry.errors import UsageError
from registry.source.meant import Meant, meant
from registry.source.spelling import nearest
from registry.storage.kinds import Kind
from registry.storage.store import Store

MOST = 9  # candidates that are shown
NAMED = (Kind.PERFORMER, Kind.PRODUCTION)  # what people call by a name or a title


@dataclass(frozen=True, slots=True)
class Called:
    """Something on file that people call by a name: the name that matched, and its identifier."""

    id: str
    name: str


def identified(store: Store, kinds: Sequence[Kind], typed: str) -> Meant:
    """By identifier: one that is there always wins, else the only one that begins so. Two look-ups in an index."""
    if store.is_on_file(kinds, typed):
        return Meant(typed, typed)
    return meant(typed, store.beginning(kinds, typed, most=MOST))


def called(store: Store, kinds: Sequence[Kind], typed: str) -> tuple[Called, ...]:
    """Those that have exactly this name: legal, professional, another, a title; accents and case do not count."""
    key = named(typed).key
    return tuple(one for one in _with_words(store, kinds, typed) if named(one.name).key == key)


def alike(store: Store, kinds: Sequence[Kind], typed: str) -> str | None:
    """The identifier most likely meant: one that is nearly so, or that of somebody whose name has these words or is
    nearly so."""
    near = store.near(kinds, typed)
    if near is not None or not set(kinds) & set(NAMED):
        return near
    return _nearly_called(store, [kind for kind in kinds if kind in NAMED], typed)


def _nearly_called(store: Store, kinds: Sequence[Kind], typed: str) -> str | None:
    """Among those who share the beginning of one of the words: the only one with all words, else the nearest name."""
    sought = set(plainly(typed).split())
    people: dict[str, str] = {}
    try:
        for start in sorted({word[:3] for word in sought if len(word) > 2}):
            for kind, value in store.containing(kinds, [start]):
                people |= {plainly(name): value.id for name in names_of(kind, value)}
    except UsageError:  # too many begin so to be compared
        return None
    whole = {id_ for name, id_ in people.items() if sought <= set(name.split())}
    if len(whole) == 1:
        return whole.pop()
    name = nearest(plainly(typed), sorted(people))
    return people[name] if name else None


def names_of(kind: Kind, value: Any) -> Iterable[str]:
    """What something is called beside its identifier."""
    if kind is Kind.PERFORMER:
        return dict.fromkeys(filter(None, (value.known_as, value.legal_name, *value.other_names)))
    return (value.title,) if kind is Kind.PRODUCTION else ()


def _with_words(store: Store, kinds: Sequence[Kind], typed: str) -> Iterable[Called]:
    """Everybody one of whose names has all the words that were typed."""
    sought = set(plainly(typed).split())
    among = [kind for kind in kinds if kind in NAMED]
    for kind, value in store.containing(among, sorted(sought)):
        for name in names_of(kind, value):
            if sought <= set(plainly(name).split()) or named(name).key == named(typed).key:
                yield Called(value.id, name)
                break
