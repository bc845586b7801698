"""What is typed for an identifier: a beginning, a name, a slip; the same for every command."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Registry


@pytest.mark.parametrize(
    "typed, said",
    [
        ("performer show oka", "oka is performer okafor.\n"),
        ('performer show "Ada Okafor"', "Ada Okafor is performer okafor.\n"),
        ('performer show "okafor, ADAEZE"', ""),
        ('performer history "Adaeze Okafor"', "Adaeze Okafor is performer okafor.\n"),
        ('production show "harbor light"', "harbor light is production harbor.\n"),
        ("consent show c-okafor", "c-okafor is consent c-okafor-1.\n"),
        ("consent list --performer oka", "oka is performer okafor.\n"),
        ("tool show north", "north is tool northgate-pipeline.\n"),
        ("replica show okafor", "okafor is replica okafor-scan-1.\n"),
        ("use show u-60", "u-60 is use u-60-duet.\n"),
        ("rules show TVT23-NOTI", "TVT23-NOTI is rule TVT23-NOTICE-1.\n"),
    ],
)
def test_a_beginning_or_a_name_is_taken_and_said(registry: Registry, typed: str, said: str) -> None:
    registry("use add examples/uses/duet.yaml examples/uses/stunt.yaml")
    ran = registry(typed)
    if said:
        assert (ran.status, ran.err) == (0, said)
        assert ran.out
    else:  # a comma parts two identifiers
        assert ran.status == 2


@pytest.mark.parametrize(
    "typed, said",
    [
        (
            "consent show c-",
            "c- could be more than one consent: c-bell-1, c-okafor-1, c-sousa-1, c-tran-1.\n"
            "registry search c- --kind consent    lists them\n",
        ),
        (
            "performer show okfor",
            "There is no performer okfor on file; did you mean okafor?\n"
            "registry performer show okafor\n",
        ),
        (
            'performer show "Ada Okafr"',
            "There is no performer Ada Okafr on file; did you mean okafor?\n"
            "registry performer show okafor\n",
        ),
        (
            'production show "Harbour Light"',
            "There is no production Harbour Light on file; did you mean harbor?\nregistry production show harbor\n",
        ),
        (
            "consent list --performer okfor",
            "There is no performer okfor on file; did you mean okafor?\nregistry performer show okafor\n",
        ),
        (
            "due --performer okfor",
            "There is no performer okfor on file; did you mean okafor?\n"
            "registry performer show okafor\n",
        ),
        (
            "check okfor",
            "There is no use okfor on file.\n"
            "registry use add FILE    files it; --file FILE reads it from there\n",
        ),
        (
            "check --performer okfor --production harbor --act use_replica",
            "Use this-use: no performer okfor on file; did you mean okafor?\nregistry performer show okafor\n",
        ),
        (
            "check --replica okafor-scn-1 --act use_replica",
            "Use this-use: no replica okafor-scn-1 on file; did you mean okafor-scan-1?\n"
            "registry replica show okafor-scan-1\n",
        ),
        (
            "check --performer okafor --production harbor --act use_replica --profile vfx-shto",
            "Use this-use: no profile vfx-shto on file; did you mean vfx-shot?\n"
            "registry search vfx-shot --kind profile\n",
        ),
        (
            "render c-okafr-1",
            "There is no consent c-okafr-1 on file, and no file of that name; did you mean c-okafor-1?\n"
            "registry consent show c-okafor-1\n",
        ),
        (
            "draft estate --performer okfor --production harbor",
            "There is no performer okfor on file; did you mean okafor?\nregistry performer show okafor\n",
        ),
        (
            "record revocation c-okafr-1 --effective 2027-01-01",
            "registry record revocation: 1 fault, nothing recorded.\n"
            " consent: c-okafr-1  no such consent; nearest: c-okafor-1\n",
        ),
        (
            "record notice performer --performer 'Ada Okafor'",
            "Ada Okafor is the name of okafor; what is recorded takes the id.\n"
            "--performer okafor    is how it is typed\n",
        ),
    ],
)  # fmt: skip
def test_what_could_be_several_or_is_nobody_is_told(registry: Registry, typed: str, said: str) -> None:
    ran = registry(typed)
    assert (ran.status, ran.out, ran.err) == (2, "", said)


def test_what_is_recorded_for_a_use_keeps_the_use_as_typed(registry: Registry) -> None:
    """A use may be filed later: `u-4` need not be a short way to write the one that is on file."""
    registry("use add examples/uses/stunt.yaml")
    ran = registry("record approval u-41 --from netflix --id a-1")
    assert (ran.status, ran.out) == (0, "a-1\n")
    assert "Nothing called u-41 is on file yet; did you mean u-41-fall?" in ran.err
    shown = registry("record show a-1").out
    assert "u-41\n" in shown
    assert "u-41-fall" not in shown


def test_ids_may_come_from_a_file_or_the_standing_input(registry: Registry) -> None:
    registry("use add examples/uses/duet.yaml examples/uses/stunt.yaml")
    ran = registry("check --ids-from - --json", typed="u-41-fall\n\nu-60-duet\n")
    assert [line.partition('"use":')[2][1:12] for line in ran.out.splitlines()] == ['"u-41-fall"', '"u-60-duet"']
    assert registry("check --ids-from - --json", typed="u-41-fall\0u-60-duet\0").out == ran.out
    ran = registry("check --ids-from -", typed="\n")
    assert (ran.status, ran.out, ran.err) == (2, "", "There is no id in -.\nwrite one id a line\n")


def test_a_use_of_a_file_may_be_named_by_its_beginning(registry: Registry) -> None:
    ran = registry("check --file examples/uses/duet.yaml u-6 --json")
    assert (ran.status, ran.err) == (1, "")
    ran = registry("check --file examples/uses/duet.yaml --file examples/uses/stunt.yaml u-")
    assert ran.err == (
        "There is no use u- in examples/uses/duet.yaml, examples/uses/stunt.yaml; 2 begin so.\n"
        "name one of: u-41-fall, u-60-duet\n"
    )


def test_a_dash_is_the_standing_output(registry: Registry) -> None:
    assert registry("export -o -").out == registry("export").out != ""
