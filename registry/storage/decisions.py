"""Decisions as rows: which use, in which version, for whom, and the headline. The answer itself stays with the text."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.decision import Decision, KeptClearance
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Rows, mention
from registry.storage.receipt import RefusedError
from registry.storage.tables import clearances, decisions
from registry.storage.written import in_utc


def mentions(decision: Decision) -> Iterator[Mention]:
    """The use and the performer."""
    yield from mention(Kind.USE, decision.use, on_file=True)
    yield from mention(Kind.PERFORMER, decision.performer, on_file=True)


def rows(decision: Decision, place: Place) -> Rows:
    """One row, tied to the version of the use that was decided on. Raises RefusedError where there was none then."""
    filed = place.use_on_file(decision.use)
    if filed is None:
        problem = f"decision on use {decision.use}: that use was not on file at {place.recorded_at}."
        raise RefusedError((problem,), ("Give the use an earlier recorded_at, or the decision a later one.",))
    yield place.row(
        decisions,
        use=place.number(Kind.USE, decision.use),
        use_entry=filed.entry,
        performer=place.number(Kind.PERFORMER, decision.performer),
        verdict=decision.verdict.value,
        as_of=decision.as_of,
        known_at=in_utc(decision.known_at),
    )


def clearance_mentions(kept: KeptClearance) -> Iterator[Mention]:
    """The production; its rows name uses that could not be filed, and people who are nobody on file."""
    return mention(Kind.PRODUCTION, kept.production, on_file=True)


def clearance_rows(kept: KeptClearance, place: Place) -> Rows:
    """One row; what it answered stays with the text."""
    yield place.row(clearances, production=place.number(Kind.PRODUCTION, kept.production))
