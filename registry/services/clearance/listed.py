"""Lists of people given beside the sheets: whose cast number is which, before the list has been imported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from registry.domain.production import CastNumber, Engagement
from registry.domain.schedule import Listed
from registry.domain.values import dataclass
from registry.services.matching import Ambiguous, Cast, Line, Matched


@dataclass(frozen=True, slots=True, kw_only=True)
class Stranger:
    """A row of a list that means nobody on file (`unknown` where it names somebody), or may mean several."""

    row: int
    who: str
    why: str
    candidates: tuple[str, ...] = ()
    unknown: bool = False


def with_listed(cast: Cast, people: Iterable[Listed], episode: str | None) -> tuple[Cast, tuple[Stranger, ...]]:
    """The cast with the numbers and characters that lists of people give to those they name, and whoever they name
    that cannot be told. A list settles nothing that is on file otherwise."""
    strangers: list[Stranger] = []
    engagements = {e.id: e for found in cast.engagements.values() for e in found}
    changed = False
    for person in sorted(dict.fromkeys(people), key=lambda p: (p.row, repr(p))):
        name = person.name or person.stage_name or person.legal_name or person.id
        if name is None and person.number is None and person.character is None:
            strangers.append(_crowd(person))
            continue
        found = cast.who(Line(number=person.number, name=name, character=person.character, episode=episode))
        if isinstance(found, Matched):
            theirs = engagements.get(found.engagement or "")
            known = cast.number_of(found.performer, episode)
            if person.number and known is None:
                engagement = theirs or Engagement(
                    id=f"listed-{found.performer}", performer=found.performer, production=cast.production
                )
                number = CastNumber(number=person.number, episode=episode)
                role = engagement.role or person.character
                engagements[engagement.id] = replace(
                    engagement, role=role, cast_numbers=(*engagement.cast_numbers, number)
                )
                changed = True
        else:
            candidates = found.candidates if isinstance(found, Ambiguous) else found.nearest
            who = name or person.character or f"number {person.number}"
            unknown = name is not None and not isinstance(found, Ambiguous)
            strangers.append(Stranger(row=person.row, who=who, why=found.why, candidates=candidates, unknown=unknown))
    if changed:
        cast = Cast(cast.production, cast.performers.values(), engagements.values())
    return cast, tuple(strangers)


def _crowd(person: Listed) -> Stranger:
    who = person.description or "a row without a name"
    return Stranger(row=person.row, who=who, why=f"{who}: nobody of them is named")
