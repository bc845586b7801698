"""Broken input gets a clear error or is harmless; nothing is half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry

WORLD = """\
format: consent-registry/1
performers:
  - {{id: vance, legal_name: {name}, born: 1970-08-14}}
productions:
  - {{id: orchard, title: The Orchard Year, agreement: none, platform: none, released_in: [{country}]}}
"""


def test_every_fault_of_a_file_at_once_and_nothing_imported(empty: Registry, tmp_path: Path) -> None:
    empty("init")
    (tmp_path / "world.yaml").write_text(
        "format: consent-registry/1\n"
        "performers:\n"
        "  - {id: okafor, legal_name: Adaeze Okafor, born: 1991-02-30}\n"
        "productions:\n"
        "  - {id: harbor, title: Harbor Light, released_in: [NOR]}\n"
        "consents:\n"
        "  - id: c-1\n"
        "    performer: okfor\n"
        "    grantor: {capacity: self}\n"
        "    grants:\n"
        "      - {clause: '1', act: [use_replica], elements: [voice], productions: [harbor], purposes: [final],\n"
        "         description: One line.}\n",
        encoding="utf-8",
    )
    ran = empty("import world.yaml")
    assert (ran.status, ran.out) == (2, "")
    head, *faults = ran.err.splitlines()
    assert head.startswith("world.yaml: ")
    assert head.endswith(" faults, nothing imported.")
    assert any("line 3" in f and "no such day" in f for f in faults)
    assert any("line 5" in f and "Norway is NO" in f for f in faults)
    assert any("line 8" in f and "okfor" in f and "okafor" in f for f in faults)
    assert any("line 11" in f and "did you mean acts?" in f for f in faults)
    assert empty("performer list").out == "Nobody is on file yet.\n"


def test_norway_is_a_country_and_no_is_a_no(empty: Registry, tmp_path: Path) -> None:
    empty("init")
    (tmp_path / "world.yaml").write_text(WORLD.format(name="Ottilie Vance", country="NO"), encoding="utf-8")
    assert empty("import world.yaml").status == 0
    assert "NO" in empty("production show orchard").out


def test_html_in_a_name_is_only_a_name(empty: Registry, tmp_path: Path) -> None:
    empty("init")
    name = '"<script>alert(1)</script> & <b>Vance</b>"'
    (tmp_path / "world.yaml").write_text(WORLD.format(name=name, country="US"), encoding="utf-8")
    assert empty("import world.yaml").status == 0
    assert "<script>alert(1)</script> & <b>Vance</b>" in empty("performer show vance").out


def test_a_name_of_ten_megabytes_is_refused_in_a_line(empty: Registry, tmp_path: Path) -> None:
    empty("init")
    (tmp_path / "world.yaml").write_text(WORLD.format(name="V" * 10_000_000, country="US"), encoding="utf-8")
    ran = empty("import world.yaml")
    assert ran.status == 2
    assert len(ran.err) < 1_000


def test_control_characters_never_reach_the_screen(empty: Registry, tmp_path: Path) -> None:
    empty("init")
    (tmp_path / "world.yaml").write_text(WORLD.format(name='"Van\\e[2Jce"', country="US"), encoding="utf-8")
    ran = empty("import world.yaml")
    assert ran.status == 2
    assert "\x1b" not in ran.err


@pytest.mark.parametrize(
    "typed, said",
    [
        (
            "check u-41-fsll",
            ["There is no use u-41-fsll on file; did you mean u-41-fall?", "registry use show u-41-fall"],
        ),
        (
            "check --file examples/uses/duett.yaml",
            ["There is no file examples/uses/duett.yaml.", "the nearest name there is examples/uses/duet.yaml"],
        ),
        ("check --file examples", ["examples is a folder, not a file.", "ls examples"]),
        ("check --act use_replica", ["A use needs --production.", "registry check --help    shows an example"]),
        (
            "check u-41-fall --performer okafor --production harbor --act dub",
            ["A use is named or typed, not both.", "registry check USE    or leave USE out"],
        ),
        (
            "record done u-41-fall --rule x",
            ["registry record done has no option --rule.", "registry record done --help    lists them"],
        ),
        ("compare a b", ["registry has no command compare.", "registry --help    lists them"]),
        (
            "performer x",
            [
                "registry performer has no command x; there are list, show, history, authority, ledger.",
                "registry performer --help    lists them",
            ],
        ),
        (
            "production carry-over harbor harbor",
            [
                "harbor is named twice: what carries over goes from one picture to another.",
                "registry production list",
            ],
        ),
        (
            "check",
            ["Nothing to check.", "registry check --ask    asks; or name a USE, --file FILE, or --performer … --act …"],
        ),
        (
            "performer show okfor",
            ["There is no performer okfor on file; did you mean okafor?", "registry performer show okafor"],
        ),
        (
            "consent show c-okafr-1",
            ["There is no consent c-okafr-1 on file; did you mean c-okafor-1?", "registry consent show c-okafor-1"],
        ),
        ("rules show TVT23-NOTIC-1", ["There is no rule TVT23-NOTIC-1.", "registry rules show TVT23-NOTICE-1"]),
        (
            "check u-41-fall --as-of yesterday",
            ["--as-of: yesterday cannot be read.", "--as-of 2026-09-14    is how it is written"],
        ),
        (
            'record payment u-41-fall TVT23-PAY-USE-1 "3,000 dollars"',
            ["AMOUNT: 3,000 dollars cannot be read.", 'AMOUNT "1246.00 USD"    is how it is written'],
        ),
        (
            "record strike sag-aftra-tv-teatrical --from 2030-07-10",
            [
                "AGREEMENT: sag-aftra-tv-teatrical is not a word known here; did you mean sag-aftra-tv-theatrical?",
                "AGREEMENT sag-aftra-tv-theatrical",
            ],
        ),
        (
            "export -o nowhere/all.yaml",
            ["nowhere/all.yaml cannot be used: No such file or directory.", "ls -ld nowhere"],
        ),
        (
            "check u-41-fall --known-at 2020-01-01",
            [
                "Use u-41-fall was not on file by 2020-01-01T23:59:59+00:00.",
                "add a later --known-at, or --file FILE to read it from there",
            ],
        ),
        (
            "record revocation c-okafor-1 --effective 2027-02-30",
            ["--effective: there is no day 2027-02-30.", "--effective 2026-09-14    is how it is written"],
        ),
        (
            "record notice performer",
            ["registry record notice: 1 fault, nothing recorded.", " a notice needs production or about"],
        ),
        (
            "check --performer okafor --production harbor --act use_replica --fact use.perfomed=no",
            [
                "command line: 1 fault, nothing checked.",
                " --fact use.perfomed  unknown column; did you mean use.performed?",
            ],
        ),
        (
            "check --performer okafor --production harbor --act use_replica --territory NOR --seconds ten",
            [
                "command line: 2 faults, nothing checked.",
                " --territory: NOR  not a territory; Norway is NO",
                " --seconds: ten  not a whole number",
            ],
        ),
        ("verify nowhere.pdf", ["There is no file nowhere.pdf.", "ls ."]),
    ],
)
def test_what_cannot_be_acted_on_is_named_with_what_to_type(registry: Registry, typed: str, said: list[str]) -> None:
    registry("use add examples/uses/stunt.yaml")
    ran = registry(typed)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines()[: len(said)] == said


def test_an_option_with_an_unknown_word_gets_the_nearest(registry: Registry) -> None:
    ran = registry("check --production harbor --act use_replika --performer okafor")
    assert ran.status == 2
    assert "use_replica" in ran.err
    assert ran.err.startswith("command line: 1 fault, nothing checked.")


def test_an_unknown_fact_gets_the_nearest(registry: Registry) -> None:
    ran = registry("check --production harbor --act use_replica --performer okafor --fact use.as_script=yes")
    assert ran.status == 2
    assert "did you mean use.as_scripted?" in ran.err


def test_a_person_who_is_not_on_file_is_named(registry: Registry) -> None:
    ran = registry("check --production harbor --act use_replica --performer okafr --content none")
    assert ran.status == 2
    assert "okafr" in ran.err


def test_a_record_passes_the_gate_that_files_pass(registry: Registry) -> None:
    before = registry("export").out
    ran = registry("record notice performr --production harbor --performer okafor")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("registry record notice: 1 fault, nothing recorded.")
    assert registry("export").out == before


def test_whoever_is_logged_in_records_but_a_ruling_names_who_decided(registry: Registry) -> None:
    assert registry("use add examples/uses/duet.yaml", REGISTRY_BY="", LOGNAME="mbell").status == 0
    ruling = "record ruling u-60-duet use.as_scripted yes --capacity counsel --because because"
    ran = registry(ruling, REGISTRY_BY="", LOGNAME="mbell")
    assert (ran.status, ran.err) == (2, "A ruling names who decided.\nadd --by NAME\n")


def test_every_error_line_can_be_read_in_eighty_columns_or_is_a_path(registry: Registry) -> None:
    ran = registry("chek")
    assert all(columns(line) <= 100 for line in ran.err.splitlines())
