"""Productions, who is engaged on them, and the profiles of facts their uses may take over, as rows."""

from __future__ import annotations

from collections.abc import Iterator

from registry.domain.money import Money
from registry.domain.production import Engagement, Production, Profile
from registry.storage.kinds import Kind
from registry.storage.projection import Mention, Place, Rows, mention
from registry.storage.tables import engagements, productions, profiles
from registry.storage.written import day, flag, listing, moment, word


def mentions(production: Production) -> Iterator[Mention]:
    """The franchise."""
    return mention(Kind.FRANCHISE, production.franchise)


def rows(production: Production, place: Place) -> Rows:
    """One row."""
    yield place.row(
        productions,
        kind=word(production.kind),
        franchise=place.number(Kind.FRANCHISE, production.franchise),
        agreement=word(production.agreement),
        signatory=flag(production.signatory),
        platform=production.platform,
        photography_starts_on=day(production.photography_starts_on),
        photography_ends_on=day(production.photography_ends_on),
        places=listing(production.places),
        governing_law=production.governing_law,
        released_in=listing(production.released_in),
        released_on=day(production.released_on),
        original_language=production.original_language,
        timezone=production.timezone,
        first_use_on=day(production.first_use_on),
    )


def engagement_mentions(engagement: Engagement) -> Iterator[Mention]:
    """The performer and the production."""
    yield from mention(Kind.PERFORMER, engagement.performer, on_file=True)
    yield from mention(Kind.PRODUCTION, engagement.production, on_file=True)


def engagement_rows(engagement: Engagement, place: Place) -> Rows:
    """One row; cast numbers stay with the text."""
    cleared = engagement.union_clearance
    yield place.row(
        engagements,
        performer=place.number(Kind.PERFORMER, engagement.performer),
        production=place.number(Kind.PRODUCTION, engagement.production),
        category=engagement.category,
        engaged_at=moment(engagement.engaged_at),
        starts_on=day(engagement.starts_on),
        ends_on=day(engagement.ends_on),
        covered_by_agreement=flag(engagement.covered_by_agreement),
        loan_out=flag(engagement.loan_out_company is not None),
        cleared_on=day(cleared.on) if cleared else None,
        **amount("daily_rate", engagement.daily_rate),
    )


def profile_mentions(_profile: Profile) -> Iterator[Mention]:
    """Nothing: a profile holds facts only."""
    return iter(())


def profile_rows(profile: Profile, place: Place) -> Rows:
    """One row; the facts stay with the text."""
    yield place.row(profiles, stated_on=day(profile.on))


def amount(name: str, money: Money | None) -> dict[str, int | str | None]:
    """An amount as its two columns."""
    return {
        f"{name}_minor": money.minor if money else None,
        f"{name}_currency": money.currency if money else None,
    }
