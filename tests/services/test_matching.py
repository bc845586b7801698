"""Who is meant by a line of a sheet: number, episode and day, confirmed by the name; never a guess."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.naming import named, numbered
from registry.domain.performer import Performer
from registry.domain.production import CastNumber, Engagement
from registry.services.matching import Ambiguous, Cast, Line, Match, Matched, Unknown

DAY = dt.date(2026, 10, 2)
OCTOBER_ENDS, NOVEMBER = dt.date(2026, 10, 31), dt.date(2026, 11, 1)
PEOPLE = (
    Performer(id="okafor", legal_name="Adaeze Okafor", professional_name="Ada Okafor", other_names=("Blue Heron",)),
    Performer(id="marsh", legal_name="Leo Marsh"),
    Performer(id="lee-1", legal_name="Kim Lee"),
    Performer(id="lee-2", legal_name="Kim Lee"),
    Performer(id="tran", legal_name="Trần Mai", professional_name="Mai Tran"),
    Performer(id="obrien", legal_name="Seán O’Brien"),
    Performer(id="away", legal_name="Petra Away"),
)


def engaged(performer: str, *numbers: CastNumber, role: str | None = None) -> Engagement:
    return Engagement(
        id=f"{performer}-harbor", performer=performer, production="harbor", role=role, cast_numbers=numbers
    )


ENGAGEMENTS = (
    engaged("okafor", CastNumber(number="4", to=OCTOBER_ENDS), CastNumber(number="9", from_=NOVEMBER), role="Mara"),
    engaged("marsh", CastNumber(number="6"), role="Tom Quill"),
    engaged("lee-1", CastNumber(number="12", episode="101"), role="Deckhand"),
    engaged("lee-2", CastNumber(number="13"), CastNumber(number="12", episode="102"), role="Cook"),
    engaged("tran", CastNumber(number="6A")),
    engaged("obrien", CastNumber(number="15", from_=dt.date(2026, 10, 1), to=dt.date(2026, 10, 7))),
    Engagement(id="away-other", performer="away", production="orchard", cast_numbers=(CastNumber(number="4"),)),
)  # fmt: skip
CAST = Cast("harbor", PEOPLE, ENGAGEMENTS)


def who(number: str | None = None, name: str | None = None, character: str | None = None, **more: object) -> Match:
    return CAST.who(Line(**{"number": number, "name": name, "character": character, "on": DAY, **more}))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "name", "performer"),
    [
        ("4", "Ada Okafor", "okafor"),
        ("#04.", "OKAFOR, ADA", "okafor"),
        ("4", "A. Okafor", "okafor"),
        ("4", "Okafor", "okafor"),
        ("4", "Ms. Adaeze Okafor (K)", "okafor"),
        ("4", "blue  heron", "okafor"),
        ("4", "MARA", "okafor"),
        ("6a", "Mai Trần", "tran"),
        ("15", "sean obrien", "obrien"),
        ("15", "O Brien, Sean", "obrien"),
        ("13", "Kim Lee", "lee-2"),
        (None, "Leo Marsh", "marsh"),
        (None, "L Marsh", "marsh"),
        (None, "Blue Heron", "okafor"),
        (None, "marsh", "marsh"),
        (None, "Petra Away", "away"),
    ],
)
def test_messy_lines_that_mean_one_person(number: str | None, name: str, performer: str) -> None:
    found = who(number, name)
    assert isinstance(found, Matched)
    assert found.confirmed
    assert found.performer == performer
    assert found.engagement == (None if performer == "away" else f"{performer}-harbor")


def test_number_and_name_that_disagree_are_both_told() -> None:
    assert who("4", "Leo Marsh") == Ambiguous(
        candidates=("marsh", "okafor"), why="number 4 is held by Ada Okafor on 2 Oct 2026, but the line says Leo Marsh"
    )


def test_a_name_that_nobody_has_is_not_taken_for_the_holder_of_the_number() -> None:
    """Whoever it is may be an alias nobody recorded, or may have taken the part over."""
    found = who("4", "Red Robin", "Mara")
    assert isinstance(found, Ambiguous)
    assert found.candidates == ("okafor",)
    assert "nobody on file" in found.why


def test_two_actors_of_one_name_are_told_apart_by_number_or_character_alone() -> None:
    assert who(None, "Kim Lee") == Ambiguous(
        candidates=("lee-1", "lee-2"), why="Kim Lee may be Kim Lee (lee-1) or Kim Lee (lee-2)"
    )
    assert who(None, "Kim Lee", "deckhand") == Matched(performer="lee-1", engagement="lee-1-harbor")
    assert who("13", "K. Lee") == Matched(performer="lee-2", engagement="lee-2-harbor")


def test_a_number_holds_inside_its_episode_and_its_days() -> None:
    assert who("12", "Kim Lee", episode="101") == Matched(performer="lee-1", engagement="lee-1-harbor")
    assert who("12", "Kim Lee", episode="102") == Matched(performer="lee-2", engagement="lee-2-harbor")
    assert isinstance(who("12", "Kim Lee"), Ambiguous)
    november = dt.date(2026, 11, 3)
    assert who("9", "Ada Okafor", on=november) == Matched(performer="okafor", engagement="okafor-harbor")
    moved = who("4", "Ada Okafor", on=november)
    assert isinstance(moved, Ambiguous)
    assert moved.why == "Ada Okafor has number 9 on 3 Nov 2026, but the line says 4"


def test_a_number_held_by_two_people_on_a_day_names_neither() -> None:
    cast = Cast("harbor", PEOPLE, (*ENGAGEMENTS, engaged("away", CastNumber(number="4"))))
    found = cast.who(Line(number="4", on=DAY))
    assert found == Ambiguous(
        candidates=("away", "okafor"), why="number 4 is held by Petra Away and Ada Okafor on 2 Oct 2026"
    )
    named_too = cast.who(Line(number="4", name="Petra Away", on=DAY))
    assert isinstance(named_too, Matched)
    assert named_too.performer == "away"


def test_a_number_alone_is_not_confirmed() -> None:
    assert who("6") == Matched(performer="marsh", engagement="marsh-harbor", confirmed=False)
    assert who("15", on=dt.date(2026, 10, 8)) == Unknown(why="nobody on file holds number 15 on 8 Oct 2026")


def test_a_character_that_is_not_the_holders_is_told() -> None:
    assert who("4", None, "mara") == Matched(performer="okafor", engagement="okafor-harbor")
    assert isinstance(who("4", None, "Tom Quill"), Ambiguous)
    assert isinstance(who("4", None, "Young Mara"), Ambiguous)


def test_a_character_may_be_written_shorter_than_the_role_but_not_longer() -> None:
    roles = [
        engaged("okafor", CastNumber(number="4"), role="Mara Quinn"),
        engaged("marsh", CastNumber(number="6"), role="Tom"),
    ]
    cast = Cast("harbor", PEOPLE, roles)
    assert isinstance(cast.who(Line(number="4", character="MARA")), Matched)
    assert isinstance(cast.who(Line(number="4", character="YOUNG MARA")), Ambiguous)
    assert isinstance(cast.who(Line(number="4", character="TOM")), Ambiguous)


def test_a_last_name_alone_names_nobody() -> None:
    found = who(None, "Okafor")
    assert isinstance(found, Ambiguous)
    assert found.candidates == ("okafor",)
    assert isinstance(who("77", "Okafor"), Ambiguous)


def test_nobody_on_file_comes_with_the_nearest() -> None:
    found = who(None, "Leo Marhs")
    assert isinstance(found, Unknown)
    assert found.nearest == ("marsh",)


@pytest.mark.parametrize(("one", "other"), [("Али", "Але"), ("की राम", "का राम"), ("Jan Smith Jr.", "Jan Smith Sr")])
def test_names_that_differ_stay_apart(one: str, other: str) -> None:
    assert named(one).key != named(other).key
    assert not named(one).alike(named(other))


WORD = st.text("abcdeéñö", min_size=2, max_size=6)
NAMES = st.lists(WORD, min_size=2, max_size=3).map(" ".join)


@given(NAMES, st.sampled_from([str.upper, str.title, lambda n: f"  {n.replace(' ', '  ')} ", lambda n: f"Dr. {n}"]))
def test_case_blanks_and_titles_do_not_matter(name: str, written: object) -> None:
    assert named(written(name)) == named(name)  # type: ignore[operator]


@given(NAMES)
def test_last_name_first_is_the_same_name(name: str) -> None:
    first, _, last = name.rpartition(" ")
    assert named(f"{last.upper()}, {first}") == named(name)


@given(NAMES, NAMES)
def test_alike_reads_both_ways_and_the_same_is_alike(one: str, other: str) -> None:
    a, b = named(one), named(other)
    assert a.alike(b) == b.alike(a)
    assert a.alike(a)


@given(st.integers(1, 999), st.sampled_from(["{}", "#{}", "0{}", "{}.", " {} ", "No. {}"]))
def test_a_number_compares_however_it_is_written(number: int, form: str) -> None:
    assert numbered(form.format(number)) == str(number)


LINES = st.builds(
    Line,
    number=st.sampled_from([None, "4", "6", "6A", "9", "12", "13", "15", "77"]),
    name=st.sampled_from([None, "Ada Okafor", "A. Okafor", "Okafor", "Kim Lee", "K Lee", "Mara", "Leo Marsh", "Who"]),
    character=st.sampled_from([None, "Mara", "Tom Quill", "Cook", "Bosun"]),
    episode=st.sampled_from([None, "101", "102"]),
    on=st.sampled_from([None, DAY, dt.date(2026, 11, 3)]),
)  # fmt: skip


@given(LINES, st.permutations(PEOPLE), st.permutations(ENGAGEMENTS))
def test_order_and_repetition_of_what_is_on_file_do_not_matter(
    line: Line, people: list[Performer], engagements: list[Engagement]
) -> None:
    assert Cast("harbor", [*people, *people[:3]], [*engagements, *engagements[:3]]).who(line) == CAST.who(line)


@given(LINES)
def test_nobody_is_ever_matched_against_number_or_name(line: Line) -> None:
    """Whoever is matched holds the number, or has none of their own that day; and may be called what the line says."""
    found = CAST.who(line)
    if not isinstance(found, Matched):
        return
    if line.number and (holders := CAST.holders(line.number, line.episode, line.on)):
        assert found.performer in holders
    elif line.number:
        assert CAST.number_of(found.performer, line.episode, line.on) is None
    if line.name:
        by_name = CAST.exactly(line.name) | CAST.playing(line.name, line.on) | CAST.alike(line.name)
        assert found.performer in by_name | CAST.of_last_name(line.name)


@given(LINES, st.sampled_from(PEOPLE))
def test_more_people_never_turn_one_answer_into_another(line: Line, twin: Performer) -> None:
    """Somebody of the same name beside them can make a line ambiguous; it never moves to another person."""
    more = Performer(id="twin", legal_name=twin.legal_name, other_names=twin.other_names)
    found = CAST.who(line)
    again = Cast("harbor", (*PEOPLE, more), (*ENGAGEMENTS, engaged("twin"))).who(line)
    if isinstance(found, Matched) and isinstance(again, Matched):
        assert again.performer == found.performer


@pytest.mark.parametrize(("name", "near"), [("Marsh Leo", "marsh"), ("Away Petra", "away"), ("O'Brien Seán", "obrien")])
def test_a_name_turned_round_is_nobody_and_says_who_may_be_meant(name: str, near: str) -> None:
    found = who(name=name)
    assert isinstance(found, Unknown)
    assert found.nearest[0] == near


def test_a_character_marked_as_a_minor_is_the_character() -> None:
    cast = Cast("harbor", PEOPLE, ENGAGEMENTS)
    for line in (Line(number="6", character="TOM QUILL (K)", on=DAY), Line(character="Tom Quill (minor)", on=DAY)):
        found = cast.who(line)
        assert isinstance(found, Matched)
        assert found.performer == "marsh"


def test_people_whose_names_differ_in_nothing_but_capitals_are_told_apart_by_id() -> None:
    twins = (Performer(id="doyle", legal_name="Chris Doyle"), Performer(id="doyle-2", legal_name="Chris DOYLE"))
    found = Cast("harbor", twins, ()).who(Line(name="Chris Doyle"))
    assert isinstance(found, Ambiguous)
    assert "Chris Doyle (doyle) or Chris DOYLE (doyle-2)" in found.why


def test_an_id_is_its_owner_alone_though_another_is_called_so_but_for_a_hyphen() -> None:
    """What the message about two people of one name says to write."""
    twins = (Performer(id="doyle", legal_name="Chris Doyle"), Performer(id="chris-doyle", legal_name="Chris Doyle"))
    cast = Cast("harbor", twins, ())
    assert [cast.exactly(id_) for id_ in ("doyle", "chris-doyle")] == [{"doyle"}, {"chris-doyle"}]
    found = cast.who(Line(name="chris-doyle"))
    assert isinstance(found, Matched)
    assert found.performer == "chris-doyle"
    named_so = Performer(id="x", legal_name="Somebody Else", professional_name="chris-doyle")
    assert Cast("harbor", (*twins, named_so), ()).exactly("chris-doyle") == {"doyle", "chris-doyle", "x"}
