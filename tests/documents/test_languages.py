"""Languages: every key in every file, the same places in every sentence, and words that are right when read aloud."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

import pytest

from registry.documents.kinds import DocumentKind
from registry.documents.language import Language, language, languages
from registry.documents.terms import Role
from registry.domain.media import MEDIA
from registry.domain.money import Money
from registry.domain.territories import territory_codes
from registry.domain.vocabulary import is_language
from registry.domain.words import (
    Act,
    Agreement,
    Basis,
    BiometricKind,
    Capacity,
    Content,
    Element,
    GrantorCapacity,
    MadeFrom,
    ProductionKind,
    Purpose,
    ReplicaKind,
)
from registry.errors import UsageError

# English takes these from the vocabulary; a language joins words as its own sounds want it.
OWN = ("place.", "tongue.", "writing.and_", "writing.or_")
OTHERS = [tag for tag in languages() if tag != "en"]


def shared(words: Language) -> dict[str, str]:
    return {key: text for key, text in words.words.items() if not key.startswith(OWN) or key == "writing.and_may"}


def places(text: str) -> list[str]:
    return sorted(re.findall(r"\{(\w+)\}", text))


@pytest.mark.parametrize("tag", OTHERS)
def test_every_key_is_there_with_the_same_places(tag: str) -> None:
    english, other = shared(language("en")), shared(language(tag))
    assert set(other) == set(english)
    assert {k: places(other[k]) for k in other} == {k: places(english[k]) for k in english}


@pytest.mark.parametrize("tag", OTHERS)
def test_nothing_was_left_in_english(tag: str) -> None:
    """Sentences differ; a word or two may be the same in both."""
    english, other = shared(language("en")), shared(language(tag))
    same = [key for key, text in other.items() if english[key] == text and text.count(" ") > 2]
    assert same == []


@pytest.mark.parametrize("tag", languages())
@pytest.mark.parametrize(
    ("group", "words"),
    [
        ("title", DocumentKind),
        ("subtitle", DocumentKind),
        ("opening", DocumentKind),
        ("act.heading", Act),
        ("act.permits", Act),
        ("purpose.says", Purpose),
        ("element.bare", Element),
        ("element.the", Element),
        ("element.of", Element),
        ("content", Content),
        ("production_kind", ProductionKind),
        ("label.work", ProductionKind),
        ("collective", Agreement),
        ("replica", ReplicaKind),
        ("made_from", MadeFrom),
        ("biometric", BiometricKind),
        ("representative", Capacity),
        ("clause.says", GrantorCapacity),
        ("basis", Basis),
        ("party", Role),
        ("capacity", Role),
    ],
)
def test_every_word_of_ours_has_plain_words(tag: str, group: str, words: type[StrEnum]) -> None:
    for word in words:
        assert language(tag).say(f"{group}.{word}")


@pytest.mark.parametrize("tag", languages())
def test_every_medium_has_its_name(tag: str) -> None:
    names = [language(tag).say(f"medium.{m}") for m in MEDIA]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("tag", OTHERS)
def test_every_place_and_language_has_its_name(tag: str) -> None:
    """A part of a country without a name of its own is named as its country names it, in the country by its name."""
    words = language(tag)
    for code in territory_codes():
        assert words.territory(code)
    whole = [code for code in territory_codes() if "-" not in code and code != "world"]
    names = [words.territory(code) for code in whole if len(code) == 2]
    assert len(set(names)) == len(names)
    tongues = [key.removeprefix("tongue.") for key in words.words if key.startswith("tongue.")]
    assert all(is_language(t) for t in tongues)
    assert len(tongues) > 180


DAY = dt.datetime(2026, 9, 1, 9, 5, tzinfo=dt.timezone(dt.timedelta(hours=-7)))


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("en", "1 September 2026, 09:05 (UTC−07:00)"),
        ("es", "1 de septiembre de 2026, 09:05 (UTC−07:00)"),
        ("fr", "1er septembre 2026, 09:05 (UTC−07:00)"),
    ],
)
def test_moments(tag: str, said: str) -> None:
    assert language(tag).moment(DAY) == said


@pytest.mark.parametrize(
    ("tag", "said"), [("en", "1,234.50 USD"), ("es", "1.234,50 USD"), ("fr", "1\N{NO-BREAK SPACE}234,50 USD")]
)
def test_money(tag: str, said: str) -> None:
    assert language(tag).money(Money(123_450, "USD")) == said


def test_spanish_changes_its_and_and_its_or_before_the_same_sound() -> None:
    spanish = language("es")
    assert spanish.joined(["voz", "imagen"]) == "voz e imagen"
    assert spanish.joined(["imagen", "hielo"]) == "imagen y hielo"
    assert spanish.joined(["uno", "otro"], last="or") == "uno u otro"
    assert spanish.joined(["otro", "uno"], last="or") == "otro o uno"


@pytest.mark.parametrize(
    ("tag", "place", "tongue"),
    [
        ("en", "California, United States", "Spanish (MX)"),
        ("es", "California, Estados Unidos", "español (MX)"),
        ("fr", "Californie, États-Unis", "espagnol (MX)"),
    ],
)
def test_places_and_languages_by_name(tag: str, place: str, tongue: str) -> None:
    assert language(tag).territory("US-CA") == place
    assert language(tag).language("es-MX") == tongue
    assert language(tag).language("aaa") == "aaa"


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(UsageError, match="Documents are written in en, es, fr; there are no words in de"):
        language("de")


@pytest.mark.parametrize("tag", languages())
def test_the_punctuation_of_a_language(tag: str) -> None:
    """French sets a no-break space before two-part marks; nobody else sets one. No space stands twice or at an end."""
    for key, text in shared(language(tag)).items():
        assert "  " not in text, key
        assert text == text.strip() or key in ("writing.thousands", "writing.apart"), key
        if tag == "fr":
            assert not re.search(r" [:;?!»]|« ", text), key
        else:
            assert "\N{NO-BREAK SPACE}" not in text, key
