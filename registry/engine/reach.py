"""What reaches a use that nobody has filed: the verdict on it, and every clause that names its act and its picture."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from registry.domain.consent import Consent, Grant
from registry.domain.finding import Gate, State, Verdict
from registry.domain.scope import intersect, is_empty, remaining
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.engine.axes import NAMES
from registry.engine.candidates import Candidate
from registry.engine.check import Hearing
from registry.engine.matter import Matter
from registry.engine.memory import Memory
from registry.engine.on_file import OnFile
from registry.engine.verdict import fold

_DATES = NAMES.index("dates")


class Cover(StrEnum):
    """How far consents reach a use. `open` hangs on a question or on a named person; `part` leaves something out."""

    COVERED = "covered"
    NOT_NEEDED = "not_needed"
    OPEN = "open"
    PART = "part"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause that names the act and the picture and lives on some day of the use. `state` is MET where nothing stands
    against it, UNMET where a form rule voids it or its limit is used up; `touches` says whether it meets the use;
    `hangs_on` are the facts and judgements that would tell."""

    consent: Consent
    grant: Grant
    state: State
    touches: bool
    why: str | None = None
    hangs_on: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reach:
    """A use in the light of everything on file: its verdict, how far consents reach, and by which clauses."""

    verdict: Verdict
    cover: Cover
    clauses: tuple[Clause, ...]


def reach(
    use: Use,
    performer: str | None,
    on_file: OnFile,
    memory: Memory,
    *,
    as_of: dt.date | dt.datetime | None = None,
) -> Reach:
    """How far the consents of `performer` reach `use`, by the packs that `memory` is of."""
    matter = Matter.of(use, performer, on_file, as_of)
    hearing = Hearing.of(matter, memory)
    verdict = fold(matter, hearing.findings(), memory.catalogue.dictionary, as_of)
    living = [c for c in hearing.field.candidates if c.box[_DATES] & hearing.field.use_box[_DATES]]
    clauses = tuple(_clause(candidate, hearing) for candidate in living)
    return Reach(verdict, _cover(verdict, clauses), clauses)


def _clause(candidate: Candidate, hearing: Hearing) -> Clause:
    use = hearing.field.use_box
    met = intersect(use, candidate.box)
    touches = not is_empty(met) and remaining([met], candidate.box, candidate.exclusions) != [met]
    state = State.UNMET if candidate.void else candidate.quality
    voids = [f"{form.rule} voids it" for form in candidate.forms if form.state is State.UNMET]
    used_up = ["its limit is used up"] if candidate.limit and candidate.limit.state is State.UNMET else []
    why = "; ".join([*voids, *used_up, *([candidate.life.why] if candidate.life.why else [])])
    rulings = [f"counsel's ruling on {f.rule}" for f in candidate.forms if "rule" in f.rulings]
    rulings += [name for name in candidate.rulings if name != "rule"]
    hangs_on = () if state in (State.MET, State.UNMET) else (*candidate.asks, *rulings)
    return Clause(candidate.consent, candidate.grant, state, touches, why or None, tuple(dict.fromkeys(hangs_on)))


def _cover(verdict: Verdict, clauses: tuple[Clause, ...]) -> Cover:
    """From the consent gate; of a refusal, whether something that is not void reaches into the use."""
    match dict(verdict.gates)[Gate.CONSENT]:
        case State.MET | State.DUE:
            return Cover.COVERED
        case State.EXEMPT | State.NONE:
            return Cover.NOT_NEEDED
        case State.UNKNOWN | State.REFER:
            return Cover.OPEN
        case _:
            return Cover.PART if any(c.touches and c.state is not State.UNMET for c in clauses) else Cover.NONE
