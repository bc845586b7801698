"""A draft that nothing is wrong with, and what is on file around it: tests change one thing at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from functools import cache
from typing import Any

from registry.documents.terms import Particulars
from registry.domain.consent import Consent, Counsel, Grant
from registry.domain.dates import parse_span
from registry.domain.lint import Lint
from registry.domain.performer import Performer, Representative
from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act, Agreement, Capacity, Element, Purpose, RecordKind
from registry.domain.world import World
from registry.rules.catalogue import Catalogue, load_catalogue
from registry.services.lint import draft_of, lint
from tests.documents import story

NOW = dt.datetime(2026, 9, 8, 16, tzinfo=dt.UTC)
SCAN = replace(story.SCAN, made_on=dt.date(2026, 9, 16))
CREATE = replace(
    story.CREATE,
    description="One full-body scan session of Mara for the roof fall in scenes 41 and 42.",
)
USE = replace(story.USE, purposes=(Purpose.FINAL,))
SESSION = Use(
    id="u-scan",
    act=Act.CREATE_REPLICA,
    production="harbor",
    performers=("okafor",),
    replica=SCAN.id,
    elements=story.BOTH,
    purpose=Purpose.FINAL,
    scenes=("41", "42"),
    description="Mara is scanned for the roof fall",
    at=dt.datetime(2026, 9, 16, 16, tzinfo=dt.UTC),
)
NOTICE = Record(
    id="n-scan",
    kind=RecordKind.NOTICE,
    to="performer",
    about=("u-scan",),
    given_at=dt.datetime(2026, 9, 7, 16, tzinfo=dt.UTC),
)
WORLD = World(
    performers=(replace(story.OKAFOR, domicile="US-CA"),),
    productions=(replace(story.HARBOR, platform="none", places=("US-CA",)),),
    engagements=(story.ENGAGEMENT,),
    replicas=(SCAN,),
    records=(NOTICE,),
    uses=(SESSION,),
)
CONSENT = replace(
    story.DRAFT,
    grants=(CREATE, USE),
    until=dt.date(2030, 12, 31),
    counsel=Counsel(name="R. Lindqvist", negotiated_replica_terms=True),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A draft in its world, and how it is to be issued."""

    consent: Consent = CONSENT
    world: World = WORLD
    issuing: tuple[tuple[str, Any], ...] = (("signatory", "T. Albright"),)
    now: dt.datetime = NOW


@cache
def catalogue() -> Catalogue:
    return load_catalogue()


def read(case: Case) -> Lint:
    return lint(draft_of(case.consent, case.world, now=case.now, **dict(case.issuing)), catalogue())


def ids(case: Case) -> set[str]:
    return {f.id for f in read(case).findings}


Change = Callable[[Case], Case]


def consent(**more: Any) -> Change:
    return lambda case: replace(case, consent=replace(case.consent, **more))


def clause(at: int = 1, **more: Any) -> Change:
    def changed(case: Case) -> Case:
        grants = list(case.consent.grants)
        grants[at] = replace(grants[at], **more)
        return replace(case, consent=replace(case.consent, grants=tuple(grants)))

    return changed


def on_file(shelf: str, **more: Any) -> Change:
    """The first of a shelf of the world, changed."""

    def changed(case: Case) -> Case:
        first, *rest = getattr(case.world, shelf)
        return replace(case, world=replace(case.world, **{shelf: (replace(first, **more), *rest)}))

    return changed


def world(**more: Any) -> Change:
    return lambda case: replace(case, world=replace(case.world, **more))


def issued(**more: Any) -> Change:
    return lambda case: replace(case, issuing=tuple({**dict(case.issuing), **more}.items()))


def both(*changes: Change) -> Change:
    def changed(case: Case) -> Case:
        for change in changes:
            case = change(case)
        return case

    return changed


def estate(
    *shares: Fraction | None, authority: str | None = "letters testamentary, Los Angeles, BP129944"
) -> Performer:
    """Ada Okafor, dead, with holders of these shares."""
    holders = tuple(
        Representative(id=f"e-{n}", capacity=Capacity.ESTATE, name=f"Holder {n}", share=share, authority=authority)
        for n, share in enumerate(shares, 1)
    )
    return replace(WORLD.performers[0], died=parse_span("2020-04-02"), representatives=holders)


def child(*guardians: str, authority: str | None = "birth certificate") -> Performer:
    found = tuple(
        Representative(id=g, capacity=Capacity.GUARDIAN, name=g.title(), authority=authority) for g in guardians
    )
    return replace(WORLD.performers[0], born=parse_span("2014-05-20"), representatives=found, domicile="US-WA")


def spot() -> Production:
    return replace(
        WORLD.productions[0], agreement=Agreement.COMMERCIALS, advertiser="Tidewater Coffee Co.",
        product_line="Tidewater cold brew",
    )  # fmt: skip


def fen() -> Production:
    return replace(
        WORLD.productions[0], agreement=Agreement.EQUITY_UK, places=("GB-ENG",), governing_law="GB-ENG",
        timezone="Europe/London",
    )  # fmt: skip


def use_clause(**more: Any) -> Grant:
    return replace(USE, **more)


VOICE = (Element.VOICE,)
SPOTS = Particulars(spots="“Morning”, 30 and 15 seconds")
