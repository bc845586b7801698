"""A small world in which things are owed: one picture, two people, rules written in place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from registry.domain.money import Money
from registry.domain.owed import Account
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import RecordKind
from registry.domain.world import World
from registry.services.owing import account
from registry.services.register import Clocks, Register, registered
from tests.engine.instruments import AT, CONSENT, ENGAGEMENT, NOW, PERFORMER, USE, WORLD, catalogue, pack

RULES = """
rules:
  - id: PAY-1
    title: Pay for each day
    cite: 1
    grade: A
    when: use.act == "use_replica"
    require: {payment: {amount: use.days_estimated * engagement.daily_rate, label: before credits}}
    says: Pay.
  - id: LABEL-1
    title: A label
    cite: 2
    grade: A
    when: use.act == "use_replica"
    require: {duty: {label: disclose that it is a replica, due: use.released_on}}
    says: Say so.
  - id: BAR-1
    title: Not on goods
    cite: 3
    grade: A
    when: use.purpose == "merchandise"
    require: {prohibited: {}}
    says: Never.
"""
PACKS = catalogue(pack(RULES, gate="law"))
TODAY = NOW.date()
SECOND = replace(PERFORMER, id="bell", legal_name="Mina Bell", professional_name=None)
SECOND_WORK = replace(ENGAGEMENT, id="e-2", performer="bell", daily_rate=Money(20_000, "USD"))
TWO = replace(
    WORLD,
    performers=(PERFORMER, SECOND),
    engagements=(ENGAGEMENT, SECOND_WORK),
    consents=(CONSENT, replace(CONSENT, id="c-2", performer="bell")),
)


def use(name: str, *people: str, days: int | None = 1, at: dt.datetime = AT) -> Use:
    """A use of these people, of so many days; None: nobody has said how many."""
    facts = dict(USE.facts) | ({"use.days_estimated": days} if days is not None else {})
    return replace(
        USE,
        id=name,
        performers=people or ("okafor",),
        facts=tuple(sorted(facts.items())),
        at=at,
        released_on=dt.date(2027, 5, 1),
    )


def paid(name: str, amount: Money, *uses: str) -> Record:
    return Record(
        id=name,
        kind=RecordKind.PAYMENT,
        use=uses or ("u-1",),
        rule="PAY-1",
        amount=amount,
        paid_on=dt.date(2026, 10, 1),
    )


def done(name: str, *uses: str) -> Record:
    return Record(id=name, kind=RecordKind.DONE, use=uses, rule="LABEL-1", on=dt.date(2026, 10, 1))


def register_of(uses: Iterable[Use], *records: Record, world: World = TWO, now: dt.datetime = NOW) -> Register:
    return registered(replace(world, records=records), list(uses), PACKS, Clocks(now=now))


def owed(uses: Iterable[Use], *records: Record, within: int = 365, now: dt.datetime = NOW) -> Account:
    return account(register_of(uses, *records, now=now), within=dt.timedelta(days=within))
