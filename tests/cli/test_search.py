"""Looking words up: what is found, where it stands, and what is not found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Registry


def test_a_name_is_found_first_where_it_is_the_name(registry: Registry) -> None:
    ran = registry("search okafor")
    assert (ran.status, ran.err) == (0, "")
    first, second, *_ = [line.split() for line in ran.out.splitlines()[1:]]
    assert first == ["performer", "okafor", "Ada", "Okafor"]
    assert second[:2] == ["engagement", "okafor-harbor"]


@pytest.mark.parametrize(
    "words, found",
    [
        ("adaeze", "performer,okafor,Ada Okafor,legal_name,Adaeze Okafor,"),
        ("'OKAFOR, Ad'", "performer,okafor,Ada Okafor,legal_name,Adaeze Okafor,"),
        ("tran mai", "performer,tran,Mai Tran,legal_name,Trần Mai,"),
        ("TRẦN", "performer,tran,Mai Tran,id,tran,"),
        ("roof fall scenes --kind consents", "consent,c-okafor-1,,grants[0].description,"),
        ("mara --kind engagement", "engagement,okafor-harbor,,role,Mara,"),
        ("'email of 20 september'", "record,a-harbor,,reference,email of 20 September,"),
    ],
)
def test_words_are_found_in_names_titles_roles_descriptions_and_references(
    registry: Registry, words: str, found: str
) -> None:
    ran = registry(f"search {words} --csv")
    assert ran.status == 0
    assert any(line.startswith(found) for line in ran.out.splitlines()[1:]), ran.out


def test_a_word_is_found_by_its_beginning_and_not_by_its_middle(registry: Registry) -> None:
    assert registry("search okaf --kind performer").status == 0
    ran = registry("search kafor")
    assert (ran.status, ran.out) == (1, "Nothing on file has kafor in it.\n")


def test_a_corrected_text_is_found_as_it_was_last_recorded(registry: Registry, tmp_path: Path) -> None:
    world = (tmp_path / "examples" / "world.yaml").read_text(encoding="utf-8")
    again = tmp_path / "again.yaml"
    again.write_text(world.replace("A. Okafor", "Zora Okafor"), encoding="utf-8")
    assert "Zora" in again.read_text(encoding="utf-8")
    registry(f"import {again}")
    assert "Zora Okafor" in registry("search zora").out
    assert registry("search 'a okafor' --kind performer --csv").out.count("A. Okafor") == 0


@pytest.mark.parametrize(
    "typed, said",
    [
        ("search x --kind consant", "--kind: consant is nothing that is on file; did you mean consent?"),
        ("search x --kind 7", "--kind: 7 is nothing that is on file; there are performer, production"),
        ("search '...'", "There is no word to look for."),
        ("search", "registry search needs WORD."),
    ],
)
def test_what_cannot_be_looked_for_is_told(registry: Registry, typed: str, said: str) -> None:
    ran = registry(typed)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)
