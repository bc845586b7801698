"""What has been used up of a grant, and who was at work before whom, is put in order once for all uses of a performer:
it comes to what going through all the uses comes to, whichever use asks and as of whichever moment."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from registry.domain.consent import Consent, Grant, Grantor
from registry.domain.performer import Performer
from registry.domain.production import Production
from registry.domain.record import Record
from registry.domain.use import Use
from registry.domain.words import Act, Element, GrantorCapacity, Purpose, RecordKind
from registry.domain.world import World
from registry.engine.matter import Matter
from registry.engine.on_file import OnFile
from registry.engine.tally import at_work_between, used_up

START = dt.datetime(2026, 9, 14, 9, tzinfo=dt.UTC)
KNOWN = START + dt.timedelta(days=90)
ACTS = (Act.USE_REPLICA, Act.CREATE_REPLICA)
PICTURES = ("harbor", "harbor-2")
moments = st.integers(0, 4).map(lambda days: START + dt.timedelta(days=days))
scenes = st.sampled_from((None, (), ("1",), ("2",), ("1", "2")))


@st.composite
def uses(draw: st.DrawFn, number: int) -> Use:
    return Use(
        id=f"u-{number}",
        act=draw(st.sampled_from(ACTS)),
        production=draw(st.sampled_from(PICTURES)),
        performers=draw(st.sampled_from((("ada",), ("ada", "ben"), ("ben",), ("ada", "ada")))),
        elements=draw(st.sampled_from((None, (Element.LIKENESS,), (Element.VOICE,)))),
        scenes=draw(scenes),
        at=draw(st.none() | moments),
        seconds=draw(st.none() | st.integers(0, 9)),
    )


@st.composite
def made(draw: st.DrawFn, number: int) -> Record:
    named = draw(st.lists(st.integers(0, 5), min_size=1, max_size=2, unique=True))
    return Record(
        id=f"m-{number}",
        kind=RecordKind.USE_MADE,
        use=tuple(f"u-{n}" for n in named),
        made_at=draw(st.none() | moments),
        seconds=draw(st.none() | st.integers(0, 9)),
        days=draw(st.none() | st.integers(0, 3)),
    )


@st.composite
def grants(draw: st.DrawFn) -> Grant:
    return Grant(
        clause="1",
        acts=draw(st.sampled_from((ACTS[:1], ACTS))),
        elements=(Element.LIKENESS,),
        productions=draw(st.sampled_from((PICTURES[:1], PICTURES))),
        purposes=(Purpose.FINAL,),
        description="Work on the quay.",
        scenes=draw(st.sampled_from((None, ("any",), ("1",), ("1", "3")))),
    )


def on_file(planned: list[Use], records: list[Record]) -> OnFile:
    world = World(
        performers=tuple(Performer(id=id_, legal_name=id_) for id_ in ("ada", "ben")),
        productions=tuple(Production(id=id_, title=id_) for id_ in PICTURES),
        uses=tuple(planned),
        records=tuple(records),
    )
    return OnFile.of(world, known_at=KNOWN)


def signed(grant: Grant, at: dt.datetime | None) -> Consent:
    return Consent(
        id="c", performer="ada", grantor=Grantor(capacity=GrantorCapacity.SELF), grants=(grant,), signed_at=at
    )


def summed(matter: Matter, grant: Grant, since: dt.datetime | None) -> tuple[int, int, int, int]:
    """The same, use by use."""
    found: list[tuple[Record, int | None]] = []
    for use in matter.on_file.uses_of("ada"):
        named = matter.on_file.productions[use.production].is_named_by(grant.productions)
        anywhere = grant.scenes in (None, ("any",))
        there = anywhere or bool(set(use.scenes or grant.scenes or ()) & set(grant.scenes or ()))
        of_it = use.elements is None or Element.LIKENESS in use.elements
        if use.id != matter.use.id and use.act in grant.acts and named and there and of_it:
            records = matter.on_file.about(use.id, RecordKind.USE_MADE)
            found += [
                (r, r.seconds if r.seconds is not None else use.seconds)
                for r in records
                if matter.by_as_of(r.made_at) and (r.made_at is None or since is None or r.made_at >= since)
            ]
    lengths = [seconds for _, seconds in found]
    return len(found), sum(r.days or 1 for r, _ in found), sum(s or 0 for s in lengths), lengths.count(None)


@given(
    st.tuples(*map(uses, range(6))),
    st.tuples(*map(made, range(6))),
    grants(),
    st.none() | moments,
    st.none() | moments,
    st.permutations(range(6)),
)
def test_what_is_used_up_is_the_sum_of_the_others_since_the_signature(
    planned: tuple[Use, ...],
    records: tuple[Record, ...],
    grant: Grant,
    as_of: dt.datetime | None,
    since: dt.datetime | None,
    order: list[int],
) -> None:
    here = on_file(list(planned), list(records))
    for at in order:
        matter = Matter.of(planned[at], "ada", here, as_of)
        assert used_up(matter, grant, signed(grant, since)) == summed(matter, grant, since)


@given(st.tuples(*map(uses, range(6))), moments, moments, st.permutations(range(6)))
def test_another_use_lies_between_where_one_of_them_does(
    planned: tuple[Use, ...], first: dt.datetime, before: dt.datetime, order: list[int]
) -> None:
    here = on_file(list(planned), [])
    for at in order:
        use = planned[at]
        others = [
            u for u in here.uses_of("ada") if u.id != use.id and (u.act, u.production) == (use.act, use.production)
        ]
        expected = any(u.at is not None and first <= u.at < before for u in others)
        assert at_work_between(Matter.of(use, "ada", here, None), first, before) is expected
