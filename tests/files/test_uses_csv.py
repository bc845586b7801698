"""Uses as CSV: columns by key, by fact, and as request lists and schedules call them; faults by row and column."""

# ruff: noqa: E501 (a fault is quoted on one line, as it is printed)

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.domain.facts import UNSURE, FactDefinition, Owner
from registry.domain.money import Money
from registry.domain.use import Use
from registry.domain.words import Element, Purpose
from registry.errors import FileError
from registry.files.registry_file import known_in, read_registry
from registry.files.uses_csv import read_uses_csv
from tests.files.harbor import HARBOR
from tests.files.pieces import DICTIONARY

REQUEST_LIST = (
    "use_id,production,episode,scene,shot,shoot_date,performer,cast_no,character,act,modality,purpose,tool,vendor,"
    "model_id,territory,media,language,changes_tone,scripted,recognisable,safety,age_from,age_to,seconds,platform,"
    "notified_on,approval_ref,business_reason"
)
MORE = {
    name: FactDefinition(name=name, type="bool", owner=owner, ask="?")
    for name, owner in (
        ("use.changes_tone", Owner.ASSERTED),
        ("use.recognizable", Owner.RULING),
        ("use.safety_impossible", Owner.RULING),
    )
}
FACTS = {**DICTIONARY, **MORE}


def table(*rows: dict[str, str]) -> str:
    """Rows as a table with every column that any of them has."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def one(**cells: str) -> Use:
    row = {"id": "u", "act": "dub", "production": "harbor"} | cells
    (use,) = read_uses_csv(table({key.replace("__", "."): cell for key, cell in row.items()}), "u.csv", FACTS)
    return use


def faults(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        read_uses_csv(text, "u.csv", FACTS)
    headline, *lines = caught.value.lines()
    assert headline.endswith("nothing checked.")
    return [line.strip() for line in lines]


def test_the_request_list() -> None:
    row = (
        "u-1,harbor,,41;42,41C,2026-10-02T09:00:00-07:00,okafor,4,Mara,use_replica,face;movement,marketing,pipeline,"
        "Northgate,,US-CA;NO,theatrical;svod,en,n,y,?,,35,35,6,netflix,2026-09-01,mail,"
    )
    (use,) = read_uses_csv(f"{REQUEST_LIST}\r\n{row}\r\n", "u.csv", FACTS)
    assert (use.id, use.production, use.performers, use.shot, use.tool) == (
        "u-1",
        "harbor",
        ("okafor",),
        "41C",
        "pipeline",
    )
    assert (use.scenes, use.elements, use.purpose) == (
        ("41", "42"),
        (Element.LIKENESS, Element.MOVEMENT),
        Purpose.PROMOTION,
    )
    assert (use.territories, use.media, use.languages) == (("US-CA", "NO"), ("theatrical", "svod"), ("en",))
    assert (use.ages, use.seconds, use.model, use.episode) == ((35, 35), 6, None, None)
    assert use.at == dt.datetime(2026, 10, 2, 16, tzinfo=dt.UTC)
    assert dict(use.facts) == {"use.changes_tone": False, "use.as_scripted": True, "use.recognizable": UNSURE}


def test_keys_and_facts_by_their_own_names() -> None:
    use = one(
        performer="a;b", content="none", ages="25;40", languages="any", use__fee_offered="500.00 USD",
        use__advertiser="Brightwater; since 1899", prompt__features="eyes", use__session_hours="2.5",
        use__exception_claimed="unsure", use__on_goods="FALSE", description="Fall; from the roof",
    )  # fmt: skip
    assert (use.performers, use.content, use.ages, use.languages) == (("a", "b"), (), (25, 40), ("any",))
    assert use.description == "Fall; from the roof"
    assert dict(use.facts) == {
        "prompt.features": ("eyes",),
        "use.advertiser": "Brightwater; since 1899",
        "use.exception_claimed": UNSURE,
        "use.fee_offered": Money(50000, "USD"),
        "use.on_goods": False,
        "use.session_hours": 2.5,
    }


def test_an_empty_cell_is_unknown_and_an_empty_row_is_none() -> None:
    text = "id,act,production,content,use.on_goods\nu,dub,harbor,,\n,,,,\nv,dub,harbor,none,y\n"
    first, second = read_uses_csv(text, "u.csv", FACTS)
    assert (first.content, first.facts) == (None, ())
    assert (second.content, second.facts) == ((), (("use.on_goods", True),))


def test_one_age_is_both() -> None:
    assert one(age_from="19").ages == (19, 19)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"territory": "NO;NOR"}, "row 2, column territory: NOR  not a territory; Norway is NO"),
        ({"Modality": "face;hair"}, "row 2, column Modality: hair  unknown word; it is one of voice, likeness, movement"),
        ({"shoot_date": "2026-10-02"}, "row 2, column shoot_date: 2026-10-02  a day without a time; write it as "
                                       "2026-10-02T09:00:00-07:00"),
        ({"shoot_date": "2026-10-02T09:00:00Z", "delivery_date": "2026-10-03T09:00:00Z"},
         "row 2, column delivery_date  says something else than another column of the row"),
        ({"age_from": "40", "age_to": "25"}, "row 2, column age_from: […]  the wrong way round; write [25, 40]"),
        ({"age_from": "x"}, "row 2, column age_from: x  not a whole number"),
        ({"seconds": "six"}, "row 2, column seconds: six  not a whole number"),
        ({"use.on_goods": "maybe"}, "row 2, column use.on_goods: maybe  not yes, no or unsure"),
        ({"use.fee_offered": "500"}, 'row 2, column use.fee_offered: 500  an amount without a currency; write it as "500 USD"'),
        ({"prompt.features": "eye"}, "row 2, column prompt.features: […]  not an answer to prompt.features; did you mean eyes?"),
        ({"use.place": "NO", "place": "DE"}, "row 2, column use.place: NO  says something else than `place` on line 2; "
                                             "leave the fact out"),
        ({"act": ""}, "row 2, column act  missing; it has to be written"),
        ({"production": ""}, "row 2, column production  missing; it has to be written, or a replica named"),
        ({"id": "u 1"}, "row 2, column id: u 1  not an id; it is written with letters, digits, `-`, `_` and `.`"),
        ({"description": "a\u202eb"}, "row 2, column description: a\\u202eb  holds the character U+202E; take it out"),
    ],
)  # fmt: skip
def test_a_fault_names_the_cell(cells: dict[str, str], said: str) -> None:
    row = {"id": "u", "act": "dub", "production": "harbor"} | cells
    assert faults(table(row)) == [said]


def test_all_faults_at_once_by_row() -> None:
    rows = [{"id": f"u-{n}", "act": "dubb", "production": "harbor", "media": "tele"} for n in range(3)]
    assert [fault.split(",")[0] for fault in faults(table(*rows))] == [
        "row 2",
        "row 2",
        "row 3",
        "row 3",
        "row 4",
        "row 4",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "nothing in it; write the names of the columns first"),
        ("id;act\nu;dub\n", "line 1  columns set apart by semicolons; save the table with commas"),
        ("id\tact\nu\tdub\n", "line 1  columns set apart by tabs; save the table with commas"),
        ("id,modaltiy\nu,voice\n", "row 1, column modaltiy  unknown column; did you mean modality?"),
        ("id,use.on_good\nu,y\n", "row 1, column use.on_good  unknown column; did you mean use.on_goods?"),
        ("id,qqqq\nu,y\n", "row 1, column qqqq  unknown column; columns are named like the keys of a use, or like facts"),
        ('id,act\n"u,dub\n', "line 2  not CSV: unexpected end of data"),
        ("id,act,production\nu,dub,harbor,extra\n", "row 2: extra  a cell beyond the last column; name its column"),
        ("id,act,production\nu,dub,harbor\nu,dub,harbor\n", "row 3, column id: u  used before, in row 2"),
        (f"id,act,production,description\nu,dub,harbor,{'x' * 200_000}\n", "line 2  a cell of more than 131,072 characters"),
    ],
)  # fmt: skip
def test_tables_that_are_none(text: str, said: str) -> None:
    assert faults(text) == [said]


def test_a_day_begins_where_the_production_is() -> None:
    text = table({"id": "u", "act": "dub", "production": "harbor", "shoot_date": "2026-11-01"})
    (use,) = read_uses_csv(text, "u.csv", FACTS, zones={"harbor": "America/Los_Angeles"})
    assert use.at is not None
    assert use.at.isoformat() == "2026-11-01T00:00:00-07:00"


def test_what_a_row_names_is_looked_up_where_it_can_be() -> None:
    known = known_in(read_registry(HARBOR, "harbor.yaml", DICTIONARY))
    text = table({"id": "u", "act": "dub", "production": "harbor", "actor": "okfor"})
    with pytest.raises(FileError) as caught:
        read_uses_csv(text, "u.csv", FACTS, known=known)
    assert caught.value.lines()[1:] == [" row 2, column actor: okfor  no such performer"]


@settings(max_examples=150)
@given(st.text(st.sampled_from('id,act\n"; production u dub harbor=?\t\r\x00é'), max_size=60))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    try:
        uses = read_uses_csv(text, "u.csv", FACTS)
    except FileError as error:
        uses = ()
        assert all(fault.problem for fault in error.faults)  # noqa: PT017 (either way is right)
    assert all(isinstance(use, Use) for use in uses)
