"""Pieces: facts that come together, from one source, and the same for all uses that share what they follow from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from registry.domain.facts import Fact, FactInput, Origin
from registry.domain.values import dataclass
from registry.engine.matter import Matter
from registry.engine.memory import Memory


@dataclass(frozen=True, slots=True)
class Piece:
    """Names and what is answered (None: nothing), each name once. `key` is all that the answers follow from, things on
    file by their identity; None where that is the use itself."""

    origin: Origin
    answers: Callable[[Matter], Iterable[tuple[str, FactInput | None]]]
    key: Hashable = None
    author: str | None = None

    def facts(self, matter: Matter, memory: Memory) -> Mapping[str, Fact]:
        """The facts of the dictionary that are answered; worked out once for all uses with this key."""
        kept = matter.on_file.pieces
        found = kept.get(self.key) if self.key is not None else None
        if found is None:
            dictionary, told, origin, author = memory.catalogue.dictionary, memory.fact, self.origin, self.author
            found = {
                name: told(name, value, origin, author)
                for name, value in self.answers(matter)
                if value is not None and name in dictionary
            }
            if self.key is not None:
                kept[self.key] = found
        return found
