"""Looking up words: what on file has them, where it says so, and whose it is.

Everything is read through; nothing said about a person is kept in an index, so that what is erased is found no more.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from registry.domain.canonical import to_plain
from registry.domain.naming import plainly
from registry.domain.values import dataclass
from registry.errors import UsageError
from registry.services.meaning import names_of
from registry.storage.kinds import Kind
from registry.storage.store import Store

# In the order in which they are told.
KINDS = (
    Kind.PERFORMER, Kind.PRODUCTION, Kind.ENGAGEMENT, Kind.REPLICA, Kind.MODEL, Kind.CONSENT, Kind.USE, Kind.RECORD,
    Kind.TOOL, Kind.PROFILE, Kind.RATE,
)  # fmt: skip
_WHOSE = ("performer", "trained_on", "production", "made_for", "use", "about", "consent")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something on file that has the words. `place` is the key that has most of them, `said` what stands there."""

    kind: Kind
    id: str
    name: str
    place: str
    said: str
    whose: str
    rank: int


def look_up(store: Store, words: str, kinds: Sequence[Kind] = KINDS) -> tuple[Hit, ...]:
    """Everything of these kinds, as last recorded, that has a word beginning with each of the words: first what is
    called so, then the rest by kind and id. Accents, case and punctuation do not count."""
    sought = tuple(dict.fromkeys(plainly(words).split()))
    if not sought:
        raise UsageError("There is no word to look for.", "registry search okafor")
    found = store.containing(kinds, sought)
    hits = [hit for kind, value in found if (hit := _hit(kind, value, sought))]
    return tuple(sorted(hits, key=lambda hit: (hit.rank, KINDS.index(hit.kind), hit.id)))


def _hit(kind: Kind, value: Any, sought: Sequence[str]) -> Hit | None:
    plain = to_plain(value)
    places = [(place, text, _found(text, sought)) for place, text in _texts(plain)]
    if set().union(*(words for _, _, words in places)) < set(sought):
        return None
    place, said, _ = max(places, key=lambda one: len(one[2]))  # the first of those with most
    return Hit(
        kind=kind,
        id=str(plain.get("id", "")),
        name=next(iter(names_of(kind, value)), ""),
        place=place,
        said=said,
        whose=", ".join(dict.fromkeys(_whose(plain))),
        rank=_rank(place, said, sought),
    )


def _rank(place: str, said: str, sought: Sequence[str]) -> int:
    """0 for exactly that identifier or name, 1 for one with the words, 2 for words that stand elsewhere."""
    if place != "id" and "name" not in place and place != "title":
        return 2
    return 0 if plainly(said).split() == list(sought) else 1


def _found(text: str, sought: Sequence[str]) -> set[str]:
    """Those of the words that begin a word of the text."""
    words = plainly(text)
    padded = f" {words}"
    return {word for word in sought if f" {word}" in padded}


def _texts(plain: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Every text with the key it stands at: `grants[0].description`."""
    if isinstance(plain, Mapping):
        for key, value in plain.items():
            yield from _texts(value, f"{place}.{key}" if place else str(key))
    elif isinstance(plain, list) and all(isinstance(item, str) for item in plain):
        yield from ((place, item) for item in plain)
    elif isinstance(plain, list):
        for n, value in enumerate(plain):
            yield from _texts(value, f"{place}[{n}]")
    elif isinstance(plain, str) and not place.endswith("recorded_at"):
        yield place, plain


def _whose(plain: Mapping[str, Any]) -> Iterator[str]:
    for key in _WHOSE:
        value = plain.get(key)
        yield from [value] if isinstance(value, str) else value or []
