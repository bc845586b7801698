"""A redline is exact: what it says came or went is what an oracle finds point by point, with no box arithmetic."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.consent import Consent, Exclusion, Grant, Grantor
from registry.domain.languages import language_covers
from registry.domain.territories import within
from registry.domain.words import Act, Element, GrantorCapacity, Purpose
from registry.engine.extent import Extent, joined, less
from registry.services.redline import Way, redline
from tests.properties.worlds import DAYS, consents

PLACES = ("FR", "DE", "US-CA", "JP")
MEDIA = ("theatrical", "social")
TONGUES = ("en", "es-MX")
SCENES = ("1", "2")


def points() -> Iterator[Grant]:
    """Every cell of a small universe, written as a grant of one value an axis."""
    for element, scene, medium, place, tongue, day, real in product(
        (Element.LIKENESS, Element.VOICE), SCENES, MEDIA, PLACES, TONGUES, (DAYS[0], DAYS[-1]), (False, True)
    ):
        yield Grant(
            clause="p", acts=(Act.USE_REPLICA,), elements=(element,), productions=("reef",),
            purposes=(Purpose.TEMPORARY,), description="", scenes=(scene,), media=(medium,), territories=(place,),
            languages=(tongue,), from_=day, until=day, real_time=real,
        )  # fmt: skip


def inside(point: Grant, box: Grant | Exclusion, consent: Consent) -> bool:
    """Whether a cell lies in a clause or a carve-out, axis by axis, in words."""
    (element,), (scene,), (medium,), (place,), (tongue,) = (
        point.elements, point.scenes or (), point.media or (), point.territories or (), point.languages or (),
    )  # fmt: skip
    day = point.from_ or dt.date.min
    term = (consent.from_, consent.until) if isinstance(box, Grant) else (None, None)
    return (
        (box.elements is None or element in box.elements)
        and (box.scenes in (None, ("any",)) or scene in (box.scenes or ()))
        and (box.media in (None, ("any",)) or medium in (box.media or ()))
        and (box.territories is None or any(within(place, code) for code in box.territories))
        and (box.languages in (None, ("any",)) or any(language_covers(t, tongue) for t in box.languages or ()))
        and all(first is None or first <= day for first in (box.from_, term[0]))
        and all(last is None or day <= last for last in (box.until, term[1]))
    )


def granted(point: Grant, consent: Consent) -> bool:
    allowed = any(inside(point, g, consent) and (g.real_time is True or not point.real_time) for g in consent.grants)
    return allowed and not any(inside(point, carved, consent) for carved in consent.excludes)


UNIVERSE = tuple(points())
EVERYTHING = Consent(id="u", performer="soane", grantor=Grantor(capacity=GrantorCapacity.SELF), grants=UNIVERSE)
pairs = st.tuples(consents(1), consents(2))


@given(pairs)
def test_what_came_and_what_went_is_what_an_enumeration_finds(pair: tuple[Consent, Consent]) -> None:
    old, new = pair
    extent = Extent.of((old, new, EVERYTHING))
    before, after = extent.region(old), extent.region(new)
    gained, lost = joined(less(after, before)), joined(less(before, after))
    for point in UNIVERSE:
        (box,) = extent.grant(replace(point, real_time=None), EVERYTHING)
        box = (*box[:-2], 0b10 if point.real_time else 0b01, box[-1])
        was, now = granted(point, old), granted(point, new)
        assert (less([box], gained) == []) is (now and not was)
        assert (less([box], lost) == []) is (was and not now)
        assert (less([box], after) == []) is now


@given(pairs)
def test_the_way_is_that_of_the_scope_and_turns_round_with_it(pair: tuple[Consent, Consent]) -> None:
    old, new = pair
    there, back = redline(old, new), redline(new, old)
    assert (there.gained, there.lost) == (back.lost, back.gained)
    assert there.way is Way.of(gained=bool(there.gained), lost=bool(there.lost))


@given(consents(1))
def test_a_paper_beside_itself_is_the_same_scope(consent: Consent) -> None:
    found = redline(consent, replace(consent, id="again"))
    assert (found.way, found.gained, found.lost, found.terms) == (Way.SAME, (), (), ())
    assert all(clause.alike for clause in found.clauses)


@given(consents(1), st.data())
def test_fewer_clauses_are_narrower_and_a_carve_out_is_no_wider(consent: Consent, data: st.DataObject) -> None:
    fewer = replace(consent, grants=consent.grants[:-1])
    assert redline(consent, fewer).gained == ()
    carved = Exclusion(territories=(data.draw(st.sampled_from(PLACES)),))
    assert redline(consent, replace(consent, excludes=(*consent.excludes, carved))).gained == ()
