"""Trials of rules: what each case at hand expects of a rule, and the day the rule is judged by there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from registry.domain.finding import State
from registry.domain.use import Use
from registry.engine.facts import facts_of
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.on_file import OnFile
from registry.engine.rulings import Rulings
from registry.errors import UsageError
from registry.files.case_file import Case, Expectation, read_case
from registry.rules.catalogue import Catalogue
from registry.services.checking import settled

ABSENT = "absent"
KEPT = frozenset({State.MET.value, State.EXEMPT.value})
_SUFFIXES = (".yaml", ".yml", ".json")
_END = dt.datetime.max.replace(tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One expectation of one rule. `state` is that of its finding, or `absent`; `day` is the rule's own day there,
    None where it hangs on a consent or is not known."""

    rule: str
    case: str
    state: str
    day: dt.date | None

    @property
    def speaks(self) -> bool:
        return self.state != ABSENT

    @property
    def broken(self) -> bool:
        return self.speaks and self.state not in KEPT


def at_hand(checkout: Path) -> tuple[Path, ...]:
    """The cases of a checkout; none in an installed program, which does not carry them."""
    folder = checkout / "tests" / "cases"
    return (folder,) if folder.is_dir() else ()


def read_cases(places: Sequence[Path], catalogue: Catalogue) -> tuple[Case, ...]:
    """The cases in files and folders, by name. Raises FileError for a faulty one, UsageError where there are none."""
    files = [path for place in places for path in _files(place)]
    return tuple(read_case(path.read_text(encoding="utf-8"), path.name, catalogue.dictionary) for path in files)


def trials(cases: Iterable[Case], catalogue: Catalogue, rules: Collection[str] | None = None) -> tuple[Trial, ...]:
    """What the cases expect of rules (left out: of all), in their order."""
    return tuple(trial for case in cases for trial in _of_case(case, catalogue, rules))


def _files(place: Path) -> list[Path]:
    if place.is_dir():
        return sorted(path for path in place.rglob("*") if path.suffix in _SUFFIXES)
    if place.is_file():
        return [place]
    raise UsageError(f"There are no cases in {place}.", "Name a case file, or a folder of them.")


def _of_case(case: Case, catalogue: Catalogue, rules: Collection[str] | None) -> Iterator[Trial]:
    uses = {use.id: use for use in case.uses}
    for expected in case.expect:
        states = [*((rule, state.value) for rule, state in expected.findings), *((r, ABSENT) for r in expected.absent)]
        asked = [(rule, state) for rule, state in states if rules is None or rule in rules]
        days = _days(case, expected, uses[expected.use], catalogue) if asked else {}
        for rule, state in asked:
            found = catalogue.rule(rule)
            yield Trial(rule=rule, case=case.case, state=state, day=days.get(found.judged_on) if found else None)


def _days(case: Case, expected: Expectation, use: Use, catalogue: Catalogue) -> dict[str, dt.date]:
    """Every date fact of a use as a case has it."""
    world = replace(case.world, uses=(*case.world.uses, *(u for u in case.uses if u.id != use.id)))
    (alone,) = settled(world, (use,))
    on_file = OnFile.of(world, known_at=_END, proposed=(alone,))
    performer = next(iter(alone.performers), None)
    matter = Matter.of(alone, performer, on_file, expected.as_of or case.as_of)
    facts = facts_of(matter, Memory.of(catalogue), Rulings.of(matter, catalogue.dictionary))
    return {name: fact.value for name, fact in facts.items() if type(fact.value) is dt.date}
