"""Uses files: keys, facts that say the same as a key, and what is refused."""

# ruff: noqa: E501 (a fault is quoted on one line, as it is printed)

from __future__ import annotations

import datetime as dt

import pytest

from registry.domain.facts import UNSURE
from registry.domain.use import Use
from registry.domain.words import Act, Element, Purpose
from registry.errors import FileError
from registry.files.registry_file import known_in, read_registry
from registry.files.uses_file import read_uses
from tests.files.harbor import HARBOR
from tests.files.pieces import DICTIONARY

FALL = """\
format: consent-uses/1
uses:
  - id: u-41-fall
    performer: okafor
    production: harbor
    replica: okafor-scan-1
    act: use_replica
    elements: [likeness, movement]
    purpose: final
    scenes: ["41"]
    description: Fall from the ferry roof
    media: [theatrical, streaming]
    territories: [NO, 053]
    languages: any
    at: 2026-10-02T09:00:00-07:00
    released_on: 2027-05-01
    ages: [35, 35]
    content: []
    seconds: 6
    until: null
    place: US-CA
    facts:
      use.on_goods: no
      use.as_scripted: yes
      use.days_estimated: 2
      use.session_hours: 3
      use.fee_offered: "500.00 USD"
      use.advertiser: yes
      use.exception_claimed: unsure
"""


def one(text: str) -> Use:
    (use,) = read_uses(text, "uses.yaml", DICTIONARY)
    return use


def faults(text: str) -> list[str]:
    with pytest.raises(FileError) as caught:
        read_uses(text, "uses.yaml", DICTIONARY)
    headline, *lines = caught.value.lines()
    assert headline.endswith("nothing checked.")
    return [line.strip() for line in lines]


def changed(old: str, new: str) -> str:
    assert old in FALL
    return FALL.replace(old, new, 1)


def test_a_use_as_it_is_written() -> None:
    use = one(FALL)
    assert (use.act, use.purpose, use.elements) == (
        Act.USE_REPLICA,
        Purpose.FINAL,
        (Element.LIKENESS, Element.MOVEMENT),
    )
    assert (use.performers, use.scenes, use.ages, use.content) == (("okafor",), ("41",), (35, 35), ())
    assert (use.territories, use.languages) == (("NO", "053"), ("any",))
    assert use.at == dt.datetime(2026, 10, 2, 16, tzinfo=dt.UTC)
    assert use.until is None
    facts = dict(use.facts)
    assert facts["use.on_goods"] is False
    assert facts["use.advertiser"] == "yes"
    assert facts["use.session_hours"] == 3.0
    assert isinstance(facts["use.session_hours"], float)
    assert facts["use.exception_claimed"] is UNSURE
    assert list(facts) == sorted(facts)


@pytest.mark.parametrize(
    ("written", "performers"),
    [("okafor", ("okafor",)), ("[a, b]", ("a", "b")), ("null", ()), ("none", ())],
)
def test_one_performer_a_crowd_or_nobody(written: str, performers: tuple[str, ...]) -> None:
    assert one(changed("performer: okafor", f"performer: {written}")).performers == performers


def test_what_is_left_out_is_not_none() -> None:
    silent = one("format: consent-uses/1\nuses: [{id: u, act: dub, production: harbor}]\n")
    assert (silent.content, silent.elements, silent.media, silent.performers) == (None, None, None, ())
    nothing = one("format: consent-uses/1\nuses: [{id: u, act: dub, production: h, content: none, elements: []}]\n")
    assert (nothing.content, nothing.elements) == ((), ())


def test_production_and_performer_may_be_left_to_a_replica() -> None:
    text = changed("    production: harbor\n", "").replace("    performer: okafor\n", "")
    assert one(text).production == ""
    assert faults(text.replace("    replica: okafor-scan-1\n", "")) == [
        "line 3  uses[0].production  missing; it has to be written, or a replica named"
    ]


@pytest.mark.parametrize(
    "fact",
    [
        "use.media: [streaming, theatrical]",
        "use.at: 2026-10-02T16:00:00Z",
        "use.seconds: 6",
        "use.place: US-CA",
        "use.media: null",
    ],
)
def test_a_fact_may_say_the_same_as_a_key(fact: str) -> None:
    assert one(changed("      use.on_goods: no", f"      use.on_goods: no\n      {fact}")) == one(FALL)


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("use.place: USCA", "uses[0].facts.use.place: USCA  not a territory; California, United States is US-CA"),
        ("use.seconds: -6", "uses[0].facts.use.seconds: -6  less than nothing"),
        ("use.media: [theatrical]", "uses[0].facts.use.media: […]  says something else than `media` on line 12; "
                                    "leave the fact out"),
        ("use.place: US-NY", "uses[0].facts.use.place: US-NY  says something else than `place` on line 21; "
                             "leave the fact out"),
        ("use.place: unsure", "uses[0].facts.use.place: unsure  says something else than `place` on line 21; "
                              "leave the fact out"),
    ],
)  # fmt: skip
def test_a_fact_that_says_something_else_is_refused(fact: str, said: str) -> None:
    assert faults(changed("      use.on_goods: no", f"      {fact}")) == [f"line 23  {said}"]


def test_a_fact_becomes_its_key() -> None:
    text = changed("    place: US-CA\n", "").replace("use.on_goods: no", "use.place: US-CA")
    assert one(text).place == "US-CA"
    assert "use.place" not in dict(one(text).facts)
    unsure = one(text.replace("use.place: US-CA", "use.place: unsure"))
    assert unsure.place is None
    assert dict(unsure.facts)["use.place"] is UNSURE
    assert faults(text.replace("use.place: US-CA", "use.place: USCA")) == [
        "line 22  uses[0].place: USCA  not a territory; California, United States is US-CA"
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("media: [theatrical, streaming]", "media: []", "line 12  uses[0].media: []  an empty list says nothing; "
         "name something, or leave the key out"),
        ("performer: okafor", "performer: []", "line 4  uses[0].performer: []  an empty list says nothing; "
         "name something, or leave the key out"),
        ("until: null", "until: 2026-10-01", "line 20  uses[0].until: 2026-10-01  before the work is done, 2026-10-02"),
        ("act: use_replica", "act: use_replika", "line 7  uses[0].act: use_replika  unknown word; did you mean use_replica?"),
        ("    act: use_replica\n", "", "line 3  uses[0].act  missing; it has to be written"),
        ("facts:\n      use.on_goods: no", "facts:\n      use.on_goods: 3", "line 23  uses[0].facts.use.on_goods: 3  "
         "not yes, no or unsure"),
        ("use.session_hours: 3", "use.session_hours: -0.5", "line 26  uses[0].facts.use.session_hours: -0.5  less than nothing"),
        ("use.days_estimated: 2", "use.days_estimated: -2", "line 25  uses[0].facts.use.days_estimated: -2  less than nothing"),
        ("use.session_hours: 3", "use.session_hours: .inf", "line 26  uses[0].facts.use.session_hours: .inf  too large a number"),
        ("use.fee_offered: \"500.00 USD\"", "use.fee_offered: 500.00", "line 27  uses[0].facts.use.fee_offered: 500.00  "
         'an amount without a currency; write it as "500.00 USD"'),
        ("scenes: [\"41\"]", "scenes: any", "line 10  uses[0].scenes: any  not a list; write [any]"),
    ],
)  # fmt: skip
def test_faults(old: str, new: str, said: str) -> None:
    assert faults(changed(old, new)) == [said]


def test_the_same_use_twice() -> None:
    twice = (
        "format: consent-uses/1\nuses:\n  - {id: u, act: dub, production: h}\n  - {id: u, act: dub, production: h}\n"
    )
    assert faults(twice) == ["line 4  uses[1].id: u  used before, on line 3; another version needs another recorded_at"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("format: consent-uses/1\n", "line 1  uses  missing; list the uses under `uses:`"),
        ("format: consent-uses/1\nuses: []\nuse: []\n", "line 3  use  unknown key; did you mean uses?"),
        ("format: consent-registry/1\nuses: []\n", "line 1  format: consent-registry/1  this is a registry file; "
         "import it with `registry import`"),
    ],
)  # fmt: skip
def test_other_files(text: str, said: str) -> None:
    with pytest.raises(FileError) as caught:
        read_uses(text, "uses.yaml", DICTIONARY)
    assert [line.strip() for line in caught.value.lines()[1:]] == [said]


def test_what_a_use_names_is_looked_up_where_it_can_be() -> None:
    known = known_in(read_registry(HARBOR, "harbor.yaml", DICTIONARY))
    assert read_uses(FALL, "uses.yaml", DICTIONARY, known=known)
    with pytest.raises(FileError) as caught:
        read_uses(FALL.replace("performer: okafor", "performer: okfor"), "uses.yaml", DICTIONARY, known=known)
    assert caught.value.lines()[1:] == [" line 4  uses[0].performer: okfor  no such performer"]
