"""The whole job, typed: refused, a rider drafted, sealed, signed, closed, verified offline, taken in, cleared."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Ran, Registry

PDF = "rider-u-60-duet.pdf"


@pytest.fixture
def refused(registry: Registry) -> Registry:
    assert registry("keys init").status == 0
    assert registry("use add examples/uses/duet.yaml").status == 0
    assert registry("check u-60-duet").status == 1
    return registry


def signed(registry: Registry) -> list[Ran]:
    """Every step from the rider to the closed document."""
    return [
        registry(f"sign {PDF} --seal"),
        registry(f"sign {PDF} --field performer --name 'Adaeze Okafor' --initials AO"),
        registry(f"sign {PDF} --field company --name 'T. Albright'"),
        registry(f"sign {PDF} --close"),
    ]


def _sign_on_paper(data: Path, but: tuple[str, str] = ("", "")) -> None:
    """The rider's registry file with the day of signing written into it, and perhaps another value."""
    text = data.read_text(encoding="utf-8").replace(*but)
    signed_at = "    signed_at: 2026-11-24T09:00:00-08:00\n"
    data.write_text(text.replace("    grants:\n", f"{signed_at}    grants:\n"), encoding="utf-8")


def test_an_earlier_revision_is_told_with_the_latest(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    seal, sign, *rest = (
        f"sign {PDF} --seal",
        f"sign {PDF} --field performer --name 'Adaeze Okafor' --initials AO",
        f"sign {PDF} --field company --name 'T. Albright'",
        f"sign {PDF} --close",
    )
    refused(seal)
    refused(sign)
    early, changed = tmp_path / "early.pdf", tmp_path / "changed.pdf"
    early.write_bytes((tmp_path / PDF).read_bytes())
    assert "revision" not in refused("verify early.pdf").out
    for step in rest:
        assert refused(step).status == 0
    latest = sha256((tmp_path / PDF).read_bytes()).hexdigest()
    told = f" revision     an earlier one; the latest on record is {latest[:12]}…, closed\n"
    assert told in refused("verify early.pdf").out  # before its consent is on file, and after
    assert refused(f"import {PDF}").status == 0
    proof = refused("verify early.pdf")
    assert proof.status == 3
    assert proof.out.endswith(f"{told}              registry document show rider-u-60-duet\n")
    assert "§1 yes (22 Nov 2026, this registry)" in proof.out
    assert "another document" not in proof.out
    known = json.loads(refused("verify early.pdf --json").out)["still_in_force"]
    assert (known["revision"], known["latest"], known["from_this_document"]) == ("earlier", latest, False)
    assert json.loads(refused(f"verify {PDF} --json").out)["still_in_force"]["revision"] == "latest"
    changed.write_bytes((tmp_path / PDF).read_bytes() + b"\n")
    assert " revision     none that is on record; the latest on record is" in refused("verify changed.pdf").out


def test_a_closed_rider_is_stamped_again_by_a_new_clock(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    signed(refused)
    refused(f"import {PDF}")
    same = refused(f"document retimestamp {PDF}")
    assert (same.status, same.out) == (2, "")
    assert "has a time stamp with this certificate" in same.err
    assert "registry keys rotate time    makes a new one" in same.err
    (tmp_path / "closed.pdf").write_bytes((tmp_path / PDF).read_bytes())
    assert refused("keys rotate time").status == 0
    ran = refused(f"document retimestamp {PDF}")
    assert ran.status == 0
    assert ran.out.startswith(f"{PDF}   COMPLETE AND UNCHANGED\n time         closed ")
    assert "              stamped again 22 Nov 2026 02:00 PST, Harbor Light" in ran.out
    assert [line.split("  ")[0] for line in refused("document show rider-u-60-duet").out.splitlines()[3:8]] == [
        "issued and sealed", "performer signed, Adaeze Okafor", "company signed, T. Albright", "closed",
        "stamped again",
    ]  # fmt: skip
    proof = refused(f"verify {PDF}")
    assert proof.status == 0
    assert "§1 yes (22 Nov 2026, this registry)" in proof.out
    assert len(json.loads(refused(f"verify {PDF} --json").out)["stamped_again"]) == 1
    assert "the latest on record is" in refused("verify closed.pdf").out
    assert refused(f"import {PDF}").status == 0  # the same consent, which another stamp does not change
    refused("document retimestamp closed.pdf")
    assert (tmp_path / "closed.pdf").read_bytes() == (tmp_path / PDF).read_bytes()  # the same step again is the same


def test_a_revision_that_was_never_recorded_is_earlier_where_the_latest_begins_with_it(
    refused: Registry, tmp_path: Path
) -> None:
    refused("cure u-60-duet --rider")
    refused(f"sign {PDF} --seal")
    (tmp_path / "early.pdf").write_bytes((tmp_path / PDF).read_bytes())
    signed(refused)
    elsewhere = {"REGISTRY_HOME": str(tmp_path / "elsewhere")}
    refused("init --by X", **elsewhere)
    assert refused(f"import {PDF} --trust keys/root.pem --trust keys/time.pem", **elsewhere).status == 0
    assert " revision     an earlier one; the latest on record is" in refused("verify early.pdf", **elsewhere).out


def test_a_refusal_is_cured_by_a_rider_that_is_signed_verified_and_taken_in(refused: Registry, tmp_path: Path) -> None:
    plan = refused("cure u-60-duet")
    assert plan.status == 0
    assert " Rider     rider-u-60-duet, 1 clause, not signed yet" in plan.out
    assert " Signed    CONDITIONAL, tried: " in plan.out
    written = refused("cure u-60-duet --rider")
    assert written.out.split() == ["rider-u-60-duet.yaml", PDF]
    steps = signed(refused)
    assert [step.status for step in steps] == [0, 0, 0, 0]
    assert [step.out.split("   ")[0] for step in steps] == [
        "UNCHANGED, 0 OF 2 SIGNED", "UNCHANGED, 1 OF 2 SIGNED", "UNCHANGED, NOT CLOSED", "COMPLETE AND UNCHANGED",
    ]  # fmt: skip
    proof = refused(f"verify {PDF}")
    assert proof.status == 0
    assert all(columns(line) <= 80 for line in proof.out.splitlines())
    assert "sealed by    Harbor Light Productions LLC" in proof.out
    assert "signed by    Adaeze Okafor, 22 Nov 2026 02:00 PST" in proof.out
    assert "initials     1 yes" in proof.out
    assert "trusted: yes" in proof.out
    assert "cannot know  revocations after 22 Nov 2026: consent rider-u-60-duet is not on" in proof.out
    taken = refused(f"import {PDF}")
    assert taken.out == "consent rider-u-60-duet   §1   signed\n"
    assert taken.err == "T. Albright issued it, and so ruled each clause reasonably specific.\n"
    assert " in force     §1 yes (22 Nov 2026, this registry)" in refused(f"verify {PDF}").out
    after = refused("check u-60-duet")
    assert after.status == 0
    assert after.out.startswith("CONDITIONAL   u-60-duet")
    assert "consent rider-u-60-duet §1, signed 22 Nov 2026" in after.out
    assert refused("export -o whole.yaml").status == 0
    elsewhere = {"REGISTRY_HOME": str(tmp_path / "elsewhere")}
    assert refused("init --by X", **elsewhere).status == 0
    assert refused("import whole.yaml", **elsewhere).status == 0
    assert refused("check u-60-duet", **elsewhere).out == after.out


def test_a_rider_signed_on_paper_clears_through_its_registry_file(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    _sign_on_paper(tmp_path / "rider-u-60-duet.yaml")
    assert refused("import rider-u-60-duet.yaml").status == 0
    assert refused("check u-60-duet").status == 0


def test_a_scene_left_out_of_the_rider_is_still_missing(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    _sign_on_paper(tmp_path / "rider-u-60-duet.yaml", but=('scenes: ["60"]', 'scenes: ["61"]'))
    assert refused("import rider-u-60-duet.yaml").status == 0
    assert refused("check u-60-duet").status == 1


def test_a_document_is_taken_in_only_when_it_is_complete(refused: Registry) -> None:
    refused("cure u-60-duet --rider")
    refused(f"sign {PDF} --seal")
    refused(f"sign {PDF} --field performer --name 'Adaeze Okafor' --initials AO")
    ran = refused(f"import {PDF}")
    assert ran == Ran(
        3,
        "document rider-u-60-duet   1 of 2 signed\n"
        " It lacks company, and brings no consent before it is complete.\n"
        f' registry sign {PDF} --field company --name "T. Albright"\n',
        "",
    )
    assert "rider-u-60-duet" not in refused("consent list").out


def test_a_declined_clause_grants_nothing_and_is_remembered(refused: Registry) -> None:
    refused("cure u-60-duet --rider")
    refused(f"sign {PDF} --seal")
    refused(f"sign {PDF} --field performer --name 'Adaeze Okafor' --decline 1")
    refused(f"sign {PDF} --field company --name 'T. Albright'")
    refused(f"sign {PDF} --close")
    assert "initials     1 DECLINED" in refused(f"verify {PDF}").out
    refused(f"import {PDF}")
    assert refused("check u-60-duet").status == 1
    assert "offered and refused" in refused("performer show okafor").out


def test_after_a_refusal_the_next_rider_has_a_name_of_its_own(refused: Registry) -> None:
    """A consent on file is never replaced; a rider of the same name could neither be tried nor taken in."""
    refused("cure u-60-duet --rider")
    refused(f"sign {PDF} --seal")
    refused(f"sign {PDF} --field performer --name 'Adaeze Okafor' --decline 1")
    refused(f"sign {PDF} --field company --name 'T. Albright'")
    refused(f"sign {PDF} --close")
    taken = refused(f"import {PDF}")
    assert taken.out == "consent rider-u-60-duet   signed, declined: §1\n"
    again = refused("cure u-60-duet --rider")
    assert (again.status, again.out.split()) == (0, ["rider-u-60-duet-2.yaml", "rider-u-60-duet-2.pdf"])
    assert "rider-u-60-duet.pdf" not in refused("check u-60-duet").out


def test_no_rider_before_it_is_known_whether_a_consent_is_missing(refused: Registry, tmp_path: Path) -> None:
    text = (tmp_path / "examples" / "uses" / "duet.yaml").read_text(encoding="utf-8")
    dub = text.replace("replica: okafor-scan-1\n", "elements: [voice]\n    languages: [de]\n")
    dub = dub.replace("use_replica", "dub").replace("use.days_estimated: 2", "use.alteration: foreign_language")
    (tmp_path / "open.yaml").write_text(dub, encoding="utf-8")
    ran = refused("cure u-60-duet --file open.yaml")
    assert "Whether a consent is missing is not known before what is open is" in ran.out
    assert "registry check u-60-duet --file open.yaml --ask" in ran.out
    assert "?." not in ran.out


def test_a_rider_to_a_use_with_a_long_name_can_be_taken_in(refused: Registry, tmp_path: Path) -> None:
    use = "harbor-light-scene-060-quay-dance-with-her-younger-self-okafor-1"
    assert len(use) == 64
    text = (tmp_path / "examples" / "uses" / "duet.yaml").read_text(encoding="utf-8")
    (tmp_path / "long.yaml").write_text(text.replace("u-60-duet", use), encoding="utf-8")
    data, _ = refused(f"cure {use} --file long.yaml --rider").out.split()
    assert refused(f"import {data}").status == 0


@pytest.mark.parametrize("typed", ["cure u-60-duet --rider", "render rider-u-60-duet.yaml"])
def test_a_draft_never_takes_the_place_of_a_signed_document(refused: Registry, tmp_path: Path, typed: str) -> None:
    refused("cure u-60-duet --rider")
    signed(refused)
    before = {path.name: path.read_bytes() for path in tmp_path.glob("rider-*")}
    ran = refused(typed)
    assert (ran.status, ran.out) == (2, "")
    assert "is sealed already; a draft is not written over it." in ran.err
    assert {path.name: path.read_bytes() for path in tmp_path.glob("rider-*")} == before


@pytest.mark.parametrize(
    ("typed", "problem", "remedy"),
    [
        (f"sign {PDF} --seal", f"{PDF} is sealed already.", f"registry verify {PDF}"),
        (f"sign {PDF} --field performr --name X", "The document has no place performr to sign.",
         "add --field performer"),
        (f"sign {PDF} --field company --name 'T. Albright'",
         "performer signs first: that signature fills the boxes beside the clauses.",
         "add --field performer"),
        (f"sign {PDF} --field performer --name 'Adaeze Okafor'",
         "No initials were given for the clauses that are agreed to.",
         "add --initials XX, or --decline NO"),
        (f"sign {PDF} --close", f"{PDF} still lacks performer, company.",
         f"registry sign {PDF} --field performer --name NAME"),
        ("sign examples/world.yaml --seal", "examples/world.yaml is no rider of ours: it is not a PDF.",
         "registry render RIDER    makes one"),
        ("sign nowhere.pdf --seal", "There is no file nowhere.pdf.", "ls ."),
        ("verify nowhere.pdf", "There is no file nowhere.pdf.", "ls ."),
    ],
)  # fmt: skip
def test_a_step_that_cannot_be_taken_says_which_can(refused: Registry, typed: str, problem: str, remedy: str) -> None:
    refused("cure u-60-duet --rider")
    refused(f"sign {PDF} --seal")
    ran = refused(typed)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.splitlines() == [problem, remedy]


def test_each_step_names_the_next_as_it_is_typed(refused: Registry) -> None:
    refused("cure u-60-duet --rider")
    sealed, performer, company, closed = signed(refused)
    assert sealed.out.splitlines()[1:] == [
        f' registry sign {PDF} --field performer --name "Adaeze Okafor" --initials XX'
    ]
    assert performer.out.splitlines()[1:] == [f' registry sign {PDF} --field company --name "T. Albright"']
    assert company.out.splitlines()[1:] == [f" registry sign {PDF} --close"]
    assert closed.out.splitlines()[1:] == [f" registry import {PDF}    takes its consent in"]


def test_a_document_from_elsewhere_is_taken_in_once_its_root_is_named(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    signed(refused)
    (tmp_path / "keys").rename(tmp_path / "elsewhere")
    ran = refused(f"import {PDF}")
    assert (ran.status, ran.out) == (2, "")
    assert "--trust" in ran.err
    assert refused(f"import {PDF} --trust elsewhere/root.pem --trust elsewhere/time.pem").status == 0
    assert refused("check u-60-duet").status == 0


def test_a_changed_byte_is_noticed(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    signed(refused)
    data = bytearray((tmp_path / PDF).read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / PDF).write_bytes(data)
    ran = refused(f"verify {PDF}")
    assert ran.status == 4
    assert not ran.out.startswith(("COMPLETE", "UNCHANGED"))


def test_an_unknown_root_is_not_trusted(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    signed(refused)
    (tmp_path / "keys").rename(tmp_path / "elsewhere")
    ran = refused(f"verify {PDF}")
    assert ran.status == 3
    assert ran.out.startswith("UNCHANGED, NOT TRUSTED")
    assert refused(f"verify {PDF} --trust elsewhere/root.pem --trust elsewhere/time.pem").status == 0


def test_the_note_to_the_platform_holds_what_its_page_asks_for(refused: Registry, tmp_path: Path) -> None:
    ran = refused("cure u-60-duet --note")
    assert ran.out == "note-u-60-duet.txt\n"
    note = (tmp_path / "note-u-60-duet.txt").read_text(encoding="utf-8")
    for said in ("To the Netflix contact", "From T. Albright, 22 Nov 2026", "Mara dances", "northgate-pipeline",
                 "talent_likeness, unreleased_footage", "the tool trains on them"):  # fmt: skip
        assert said in note
    assert all(columns(line) <= 80 for line in note.splitlines())


def test_a_use_for_no_platform_has_nobody_to_write_to(refused: Registry, tmp_path: Path) -> None:
    use = "{id: u-61, performer: okafor, production: orchard, act: use_replica, purpose: final, content: []}"
    (tmp_path / "u.yaml").write_text(f"format: consent-uses/1\nuses: [{use}]\n", encoding="utf-8")
    ran = refused("cure u-61 --note --file u.yaml")
    assert ran.status == 2
    assert "Use u-61 is for no platform: there is nobody to write to." in ran.err


def test_render_makes_the_pdf_of_a_draft(refused: Registry, tmp_path: Path) -> None:
    refused("cure u-60-duet --rider")
    (tmp_path / PDF).unlink()
    ran = refused("render rider-u-60-duet.yaml --signatory 'T. Albright'")
    assert (ran.status, ran.out) == (0, f"{PDF}\n")
    assert (tmp_path / PDF).read_bytes().startswith(b"%PDF-")


def test_signing_without_the_passphrase_says_what_to_set(refused: Registry) -> None:
    refused("cure u-60-duet --rider")
    ran = refused(f"sign {PDF} --seal", locked=True)
    assert ran.status == 2
    assert ran.err.splitlines()[-1] == "add --passphrase-fd N or --passphrase-file FILE"


def test_what_is_exported_comes_back_the_same(refused: Registry, tmp_path: Path, empty: Registry) -> None:
    before = refused("check u-60-duet --json").out
    (tmp_path / "everything.yaml").write_text(refused("export").out, encoding="utf-8")
    (tmp_path / "again").mkdir()
    assert empty("--registry again init").status == 0
    assert empty("--registry again import everything.yaml").status == 0
    again = json.loads(empty("--registry again check u-60-duet --json").out)
    assert again == json.loads(before)
    assert empty("--registry again export").out == refused("export").out


def test_importing_a_file_twice_changes_nothing(refused: Registry) -> None:
    before = refused("export").out
    ran = refused("import examples/world.yaml")
    assert (ran.status, ran.out) == (0, "Nothing new: all of it is on file.\n")
    assert refused("export").out == before
