"""Territories, media and languages: every name is a set, every set has a name, parts lie inside wholes."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.domain.atlas import atlas
from registry.domain.vocabulary import (
    ALL_MEDIA,
    ALL_TERRITORIES,
    MEDIA,
    is_language,
    is_medium,
    is_territory,
    language_covers,
    language_name,
    media_mask,
    media_names,
    nearest_language,
    nearest_territory,
    territory_codes,
    territory_mask,
    territory_name,
    territory_names,
    within,
)

CODES = territory_codes()
territories = st.lists(st.sampled_from(CODES), max_size=8)


def mask_of(codes: tuple[str, ...] | list[str], on: dt.date | None = None) -> int:
    mask = 0
    for code in codes:
        mask |= territory_mask(code, on)
    return mask


@given(territories, territories)
def test_names_say_exactly_the_set(granted: list[str], excluded: list[str]) -> None:
    mask = mask_of(granted) & ~mask_of(excluded)
    assert mask_of(territory_names(mask)) == mask


@given(territories)
def test_names_are_never_more_than_somebody_wrote(codes: list[str]) -> None:
    tree = [code for code in codes if code not in (*atlas().joint, "830")]
    assert len(territory_names(mask_of(tree))) <= len(set(tree))


def test_a_code_is_its_own_shortest_name() -> None:
    for code in ("EU", *(set(atlas().regions) - {"830"}), *atlas().countries, "US-CA", "GB-ENG"):
        assert territory_names(territory_mask(code)) == (code,)


def test_members_lie_inside() -> None:
    for code in CODES:
        if code in atlas().same:
            continue
        for member in atlas().members(code):
            assert within(member, code), f"{member} in {code}"


def test_the_parts_of_a_country_are_the_country() -> None:
    for country in atlas().countries:
        parts = atlas().members(country)
        assert not parts or mask_of(parts) == territory_mask(country), country


def test_parts_share_nothing() -> None:
    bits = [territory_mask(country) for country in atlas().countries]
    assert sum(bit.bit_count() for bit in bits) == (ALL_TERRITORIES.bit_count() - 1)


def test_the_world_holds_everything_and_more() -> None:
    assert all(not territory_mask(code) & ~ALL_TERRITORIES for code in CODES)
    listed = mask_of([code for code in CODES if code != "world"])
    assert ALL_TERRITORIES & ~listed == territory_mask("elsewhere")
    assert territory_names(ALL_TERRITORIES) == ("world",)


def test_every_country_but_antarctica_lies_in_one_continent() -> None:
    continents = ("002", "009", "019", "142", "150")
    for country in atlas().countries:
        assert sum(within(country, c) for c in continents) == (country != "AQ"), country


@pytest.mark.parametrize(
    ("day", "inside"),
    [
        (dt.date(1972, 12, 31), False),
        (dt.date(1973, 1, 1), True),
        (dt.date(2019, 6, 1), True),
        (dt.date(2020, 1, 31), True),
        (dt.date(2020, 2, 1), False),
        (dt.date(2021, 1, 1), False),
        (None, False),
    ],
)
def test_the_united_kingdom_in_the_union_of_a_day(day: dt.date | None, inside: bool) -> None:
    assert within("GB", "EU", day) is inside


def test_the_union_of_a_day_is_named_as_such() -> None:
    day = dt.date(2019, 6, 1)
    assert territory_names(territory_mask("EU", day), on=day) == ("EU",)
    assert territory_names(territory_mask("EU", day)) == ("EU", "GB", "GI")
    assert len([c for c in atlas().countries if within(c, "EU") and within(c, "150")]) == 27  # 26 and Åland
    assert within("CY", "EU")
    assert not within("CH", "EU")


def test_a_place_with_a_country_code_of_its_own_is_that_country() -> None:
    assert territory_mask("US-PR") == territory_mask("PR")
    assert not within("PR", "US")
    assert territory_mask("840") == territory_mask("US")
    assert territory_mask("NL-BQ1") == territory_mask("BQ-BO")
    assert territory_mask("GB-GBN") == mask_of(["GB-ENG", "GB-SCT", "GB-WLS"])


def test_a_country_less_a_part_is_its_other_parts() -> None:
    names = territory_names(territory_mask("US") & ~territory_mask("US-CA"))
    assert len(names) == 50
    assert all(name.startswith("US-") for name in names)
    assert "US-CA" not in names


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NOR", "NO"), ("UK", "GB"), ("USA", "US"), ("Norway", "NO"), ("us-ca", "US-CA"), ("US_CA", "US-CA"),
        ("53", "053"), ("Germny", "DE"), ("California", "US-CA"), ("DEU", "DE"), ("DEU-BY", "DE-BY"),
        ("worldwide", "world"), ("World", "world"), ("Georgia", "GE"), ("Kosovo", None), ("xx", None), ("", None),
    ],
)  # fmt: skip
def test_what_somebody_meant(written: str, meant: str | None) -> None:
    assert not is_territory(written)
    assert nearest_territory(written) == meant


@given(st.text(max_size=12))
def test_any_text_can_be_asked_about(text: str) -> None:
    meant = nearest_territory(text)
    assert meant is None or is_territory(meant)
    if not is_territory(text):
        with pytest.raises(KeyError):
            territory_mask(text)
    tag = nearest_language(text)
    assert tag is None or is_language(tag)


def test_every_code_has_an_english_name() -> None:
    assert all(territory_name(code) for code in CODES)
    assert territory_name("US-CA") == "California, United States"
    assert territory_name("US-PR") == "Puerto Rico"
    assert territory_name("053") == "Australia and New Zealand"


@pytest.mark.parametrize("mask", [-1, 1 << 9_000])
def test_a_number_that_is_no_set_has_no_names(mask: int) -> None:
    with pytest.raises(ValueError, match="no set of territories"):
        territory_names(mask)
    with pytest.raises(ValueError, match="no set of media"):
        media_names(mask)


@given(st.sets(st.sampled_from(MEDIA)), st.sets(st.sampled_from(MEDIA)))
def test_media_names_say_exactly_the_set(granted: set[str], excluded: set[str]) -> None:
    mask = 0
    for name in granted:
        mask |= media_mask(name)
    for name in excluded:
        mask &= ~media_mask(name)
    back = 0
    for name in media_names(mask):
        back |= media_mask(name)
    assert back == mask
    assert len(media_names(mask)) <= max(len(granted), len(MEDIA) if excluded else 0)


def test_media_are_a_tree_with_one_more_for_what_is_not_invented() -> None:
    assert media_mask("svod") & ~media_mask("streaming") == 0
    assert media_mask("streaming") & media_mask("online") == 0
    listed = 0
    for name in MEDIA:
        if name not in ("any", "other"):
            listed |= media_mask(name)
    assert ALL_MEDIA & ~listed == media_mask("other")
    assert is_medium("airline")
    assert not is_medium("tv")


@pytest.mark.parametrize(
    ("granted", "used", "covered"),
    [
        ("es", "es-MX", True), ("es", "es", True), ("es-MX", "es", False), ("ES", "es-mx", True),
        ("any", "yue", True), ("e", "es", False), ("en", "eng", False), ("zh-Hant", "zh-Hant-TW", True),
    ],
)  # fmt: skip
def test_a_language_covers_what_says_more(granted: str, used: str, covered: bool) -> None:
    assert language_covers(granted, used) is covered


@pytest.mark.parametrize(
    ("tag", "good", "meant"),
    [
        ("es-MX", True, "es-MX"), ("yue", True, "yue"), ("de-CH-1996", True, "de-CH-1996"), ("zxx", True, "zxx"),
        ("eng", False, "en"), ("English", False, "en"), ("es_MX", False, "es-MX"), ("spa-MX", False, "es-MX"),
        ("Greek", False, "el"), ("xx", False, None), ("", False, None), ("en-", False, "en"),
    ],
)  # fmt: skip
def test_languages_are_tags_that_begin_with_a_known_one(tag: str, good: bool, meant: str | None) -> None:
    assert is_language(tag) is good
    assert nearest_language(tag) == meant


def test_language_names() -> None:
    assert language_name("es-MX") == "Spanish (MX)"
    assert language_name("yue") == "yue"


def test_the_lists_are_opened_when_asked_for_and_not_before() -> None:
    code = (
        "import json, registry.domain.vocabulary as v, registry.domain.atlas as a;"
        "before = a.vocabulary_table.cache_info().misses; v.territory_mask('GB');"
        "print(json.dumps([before, a.vocabulary_table.cache_info().misses]))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == [0, 1]
