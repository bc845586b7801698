"""Checking for the command line: the uses, the part of the registry that concerns them, and a verdict each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from registry.cli.run import Run
from registry.cli.subject import Subject, latest
from registry.cli.verdict_text import DECIDED, NONE_TRIED, Outcomes, note
from registry.cli.what_if import WhatIf
from registry.domain.finding import Verdict
from registry.domain.use import Use
from registry.domain.world import World
from registry.rules.catalogue import Catalogue
from registry.services import checking


@dataclass(frozen=True, slots=True)
class Clocks:
    """The two moments of a check, as far as they were given."""

    as_of: dt.date | dt.datetime | None = None
    known_at: dt.datetime | None = None

    @property
    def given(self) -> bool:
        return self.as_of is not None or self.known_at is not None


@dataclass(frozen=True, slots=True)
class Checked:
    """One verdict and everything needed to explain it, or to ask what an answer would bring."""

    verdict: Verdict
    use: Use
    bench: Bench

    @property
    def subject(self) -> Subject:
        return self.bench.subject(self.use)

    @property
    def what_if(self) -> WhatIf:
        use = alone(self.use, self.verdict.performer)
        return WhatIf(verdict=self.verdict, use=use, world=self.bench.world, again=self.bench.verdicts)

    def outcomes(self) -> Outcomes:
        """What answers and rulings would bring; a refusal stands whatever is answered, so nothing is tried."""
        if self.verdict.verdict in DECIDED:
            return NONE_TRIED
        return self.what_if.outcomes(self.bench.catalogue.dictionary.get)

    def note(self) -> list[str]:
        return note(self.verdict, self.subject, outcomes=self.outcomes(), clocks=self.bench.clocks.given)


@dataclass(frozen=True, slots=True)
class Bench:
    """What uses are checked against: a world, the packs, and the clocks."""

    world: World
    catalogue: Catalogue
    now: dt.datetime
    clocks: Clocks = Clocks()
    found_in: str = ""

    @classmethod
    def open(cls, run: Run, uses: Sequence[Use], clocks: Clocks = Clocks(), found_in: str = "") -> Bench:
        """The bench for some uses: what the registry holds of everything they name."""
        world = checking.load(run.store, uses, known_at=clocks.known_at)
        return cls(world, catalogue(run), run.now, clocks, found_in)

    def subject(self, use: Use) -> Subject:
        return Subject(use=use, world=self.world, found_in=self.found_in)

    def platform(self, use: Use) -> str:
        """The platform of the use's production; `platform` where nobody said which."""
        production = latest(self.world.productions, use.production)
        return production.platform if production and production.platform else "platform"

    def check(self, uses: Iterable[Use]) -> list[Checked]:
        """A verdict for each use and performer. Uses that are proposed together know of each other."""
        proposed = checking.settled(self.world, uses)
        verdicts = iter(self._judged(self.world, proposed))
        return [Checked(next(verdicts), use, self) for use in proposed for _ in use.performers or (None,)]

    def check_one(self, use: Use, performer: str | None) -> Checked:
        """The verdict on one performer of a use."""
        return Checked(self.verdicts(self.world, alone(use, performer))[0], use, self)

    def verdicts(self, world: World, use: Use) -> tuple[Verdict, ...]:
        return self._judged(world, (use,))

    def _judged(self, world: World, uses: Sequence[Use]) -> tuple[Verdict, ...]:
        return checking.check_world(
            world, uses, self.catalogue, now=self.now, as_of=self.clocks.as_of, known_at=self.clocks.known_at
        )


def alone(use: Use, performer: str | None) -> Use:
    """A use of a crowd as the use of one of them."""
    return replace(use, performers=(performer,) if performer else ())


def ending_reviews(checked: Sequence[Checked], *, on: dt.date) -> list[str]:
    """A warning for each pack that the verdicts rest on and whose review ends soon or has ended, and what to type."""
    named = {pack for one in checked for pack, _ in one.verdict.packs}
    lines: list[str] = []
    for pack in checked[0].bench.catalogue.packs if checked else ():
        if pack.id in named and (note := pack.reviewed.note(on)):
            lines += [f"{pack.id}: its {note}.", f"registry rules show {pack.id}    is what to read again"]
    return lines


def catalogue(run: Run) -> Catalogue:
    """The packs that ship and the private ones of this registry. A check lays its figures and sign-offs over them."""
    return run.catalogue


def reviewed_catalogue(run: Run) -> Catalogue:
    """The packs as this registry reads them, its figures and sign-offs included; without a registry, as they ship."""
    found = catalogue(run)
    file = run.settings.database_file
    if file is not None and not file.is_file():
        return found
    from registry.services.reviewing import as_reviewed

    return as_reviewed(found, run.store)
