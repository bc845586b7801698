"""A grid of what is covered: act × work × territory × language, every cell looked at by itself, and so exact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from registry.domain import vocabulary
from registry.domain.finding import ScopePiece, State, VerdictWord
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.engine.reach import Cover, Reach
from registry.errors import UnknownError, UsageError
from registry.rules.catalogue import Catalogue
from registry.services.checking import settled
from registry.services.supposing import Supposing

MOST_CELLS = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One use in one territory and one language. `cover` speaks of consents alone, `verdict` of everything; `by` are
    the clauses that meet the cell, `residual` is what none of them covers."""

    use: str
    performer: str | None
    act: str
    production: str
    territory: str
    language: str
    cover: Cover
    verdict: VerdictWord
    by: tuple[str, ...] = ()
    residual: tuple[ScopePiece, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Cells of one use and person that came out alike: all of these territories in all of these languages."""

    territories: tuple[str, ...]
    languages: tuple[str, ...]
    cell: Cell

    @property
    def cells(self) -> int:
        return len(self.territories) * len(self.languages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The grid of one use and person."""

    use: Use
    performer: str | None
    cells: tuple[Cell, ...]

    def count(self, *covers: Cover) -> int:
        return sum(cell.cover in covers for cell in self.cells)

    def blocks(self) -> tuple[Block, ...]:
        """The cells folded for the eye: territories whose rows are alike are one, and in it languages that are alike.
        Unfolded, it is every cell once."""
        rows: dict[str, list[Cell]] = {}
        for cell in self.cells:
            rows.setdefault(cell.territory, []).append(cell)
        alike: dict[tuple[object, ...], list[str]] = {}
        for territory, row in rows.items():
            alike.setdefault(tuple((c.language, _kind(c)) for c in row), []).append(territory)
        return tuple(block for places in alike.values() for block in _blocks(places, rows[places[0]]))


def _blocks(places: Sequence[str], row: Iterable[Cell]) -> Iterator[Block]:
    kinds: dict[tuple[object, ...], list[Cell]] = {}
    for cell in row:
        kinds.setdefault(_kind(cell), []).append(cell)
    for cells in kinds.values():
        yield Block(territories=tuple(places), languages=tuple(c.language for c in cells), cell=cells[0])


def _kind(cell: Cell) -> tuple[object, ...]:
    return cell.cover, cell.verdict, cell.by


def grid(
    world: World,
    uses: Sequence[Use],
    catalogue: Catalogue,
    *,
    now: dt.datetime,
    territories: Sequence[str] = (),
    languages: Sequence[str] = (),
    by_country: bool = False,
    as_of: dt.date | dt.datetime | None = None,
) -> tuple[Sheet, ...]:
    """A sheet for each use and person. Territories and languages left out are those of the use, else of its picture.

    Raises UsageError where nobody says where or in which languages, or the grid would be too large to be of use."""
    supposing = Supposing.of(world, catalogue, now=now)
    planned = [(use, *_axes(supposing, use, territories, languages, by_country)) for use in settled(world, uses)]
    cells = sum(len(places) * len(tongues) * max(1, len(use.performers)) for use, places, tongues in planned)
    if cells > MOST_CELLS:
        problem = f"The grid would have {cells:,} cells; one has at most {MOST_CELLS:,}."
        raise UsageError(problem, "name fewer uses, --territory or --language")
    return tuple(
        Sheet(use=use, performer=person, cells=tuple(_cells(supposing, use, person, places, tongues, as_of)))
        for use, places, tongues in planned
        for person in use.performers or (None,)
    )


def _cells(
    supposing: Supposing,
    use: Use,
    person: str | None,
    places: Sequence[str],
    tongues: Sequence[str],
    as_of: dt.date | dt.datetime | None,
) -> Iterator[Cell]:
    for place in places:
        for tongue in tongues:
            found = supposing.reach(replace(use, territories=(place,), languages=(tongue,)), person, as_of=as_of)
            yield Cell(
                use=use.id,
                performer=person,
                act=use.act.value,
                production=use.production,
                territory=place,
                language=tongue,
                cover=found.cover,
                verdict=found.verdict.verdict,
                by=_by(found),
                residual=found.verdict.coverage.residual if found.cover in (Cover.PART, Cover.NONE) else (),
            )


def _by(found: Reach) -> tuple[str, ...]:
    covering = found.verdict.coverage.consents
    if covering and found.cover is not Cover.NOT_NEEDED:
        return tuple(f"{c.consent} §{c.clause}" for c in covering)
    touching = [c for c in found.clauses if c.touches and c.state is not State.UNMET]
    return tuple(f"{c.consent.id} §{c.grant.clause}" for c in touching) if found.cover is Cover.PART else ()


def _axes(
    supposing: Supposing, use: Use, territories: Sequence[str], languages: Sequence[str], by_country: bool
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    picture = supposing.on_file.productions.get(use.production)
    if picture is None:
        raise UnknownError("production", use.production, owner=f"Use {use.id}")
    places = tuple(territories) or use.territories or picture.released_in or ()
    tongues = tuple(languages) or use.languages or ((picture.original_language,) if picture.original_language else ())
    if not places or not tongues:
        lacks = "territories" if not places else "languages"
        option = "--territory" if not places else "--language"
        raise UsageError(f"Nobody says in which {lacks} {use.id} is shown.", f"add {option}")
    if by_country:
        places = tuple(dict.fromkeys(country for place in places for country in _countries(place)))
    return tuple(dict.fromkeys(places)), tuple(dict.fromkeys(tongues))


@lru_cache(maxsize=64)
def _countries(place: str) -> tuple[str, ...]:
    """The countries in a territory; itself where it is a part of one."""
    mask = vocabulary.territory_mask(place)
    codes = (c for c in vocabulary.territory_codes() if len(c) == 2 and c.isalpha() and c != "EU")
    found = tuple(code for code in codes if not vocabulary.territory_mask(code) & ~mask)
    return found or (place,)
