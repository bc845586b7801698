"""The catalogue: what ships loads, its compiled form is the same, and what is signed off or set stays apart."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from registry.domain.facts import FactValue
from registry.domain.finding import Grade
from registry.domain.money import Money
from registry.domain.words import Act
from registry.errors import FileError, UsageError
from registry.rules import catalogue as module
from registry.rules.catalogue import PACKS, Catalogue, PacksError, clauses, load_catalogue
from registry.rules.cel import Program, bindings, evaluate
from registry.rules.pack import Expression, Pack, PackGate, Parameter, Rate, Rule, Verified

PRIVATE = """\
format: consent-rules/1
pack: studio-policy
title: A studio's own policy
gate: platform
in_force: {}
judged_on: use.on
source: our own memo
reviewed: {on: 2026-01-01, expires: 2027-01-01}
rules:
  - {id: STUDIO-1, grade: H, when: use.act == "dub" && use.generative, require: {approval: {from: head of post}}}
  - {id: STUDIO-2, grade: H, follows: STUDIO-1, require: {payment: {amount: rate.session_scale}}}
"""


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "packs"
    place.mkdir()
    (place / "studio.yaml").write_text(PRIVATE, "utf-8")
    return place


def expressions(pack: Pack) -> list[Expression]:
    found = [pack.applies] if pack.applies else []
    found += [each for rule in pack.rules for each in rule.expressions]
    return found + [each for form in pack.validity for each in (form.when, form.void_if) if each]


def test_every_pack_that_ships_loads(shipped: Catalogue) -> None:
    assert {"sag-aftra-tv-theatrical-2023", "sag-aftra-tv-theatrical-2026", "netflix-genai-2025", "house"} <= {
        pack.id for pack in shipped.packs
    }
    assert len(shipped.packs) == sum(1 for path in PACKS.rglob("*.yaml"))
    assert not any(pack.private for pack in shipped.packs)


def test_the_compiled_form_is_the_same_catalogue(shipped: Catalogue, tmp_path: Path) -> None:
    first, second = load_catalogue(cache=tmp_path), load_catalogue(cache=tmp_path)
    assert first == shipped
    assert second == shipped
    assert second.masks == shipped.masks
    assert second.packs is not first.packs


def test_conditions_of_the_compiled_form_run_the_same(shipped: Catalogue, tmp_path: Path) -> None:
    load_catalogue(cache=tmp_path)
    kept = load_catalogue(cache=tmp_path)
    facts: dict[str, FactValue] = {
        "use.act": "use_replica",
        "use.on": dt.date(2026, 10, 2),
        "use.at": dt.datetime(2026, 10, 2, 9, tzinfo=dt.UTC),
        "use.days_estimated": 2,
        "engagement.daily_rate": Money(150_000, "USD"),
        "use.territories": ("world",),
        "use.session": False,
    }
    for one, other in zip(shipped.packs, kept.packs, strict=True):
        bound = bindings(facts, frozenset({"tool.stores"}), one.currency)
        for a, b in zip(expressions(one), expressions(other), strict=True):
            assert evaluate(a, bound) == evaluate(b, bound)
            assert isinstance(a.program, Program)
            assert a.program.names == b.program.names


def test_the_compiled_form_is_read_without_a_yaml_reader_or_a_compiler(tmp_path: Path) -> None:
    load_catalogue(cache=tmp_path)
    code = (
        "import sys; from pathlib import Path; from registry.rules.catalogue import load_catalogue\n"
        "load_catalogue(cache=Path(sys.argv[1]))\n"
        "heavy = ('ruamel.yaml', 'registry.rules.loader', 'registry.rules.compiling', 'registry.source.composing')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_damaged_compiled_form_is_as_good_as_none(shipped: Catalogue, tmp_path: Path) -> None:
    load_catalogue(cache=tmp_path)
    (path,) = tmp_path.glob("rules-*.json")
    body = path.read_bytes()
    for damaged in (b"", body[: len(body) // 2], body[:-9] + b"x" + body[-8:], b"0" * 64 + b"\n[]"):
        path.write_bytes(damaged)
        assert load_catalogue(cache=tmp_path) == shipped
    assert path.read_bytes() == body


def test_the_compiled_form_is_made_again_when_a_pack_changes(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    assert load_catalogue([folder], cache).rule("STUDIO-1") is not None
    path = folder / "studio.yaml"
    path.write_text(PRIVATE.replace("head of post", "head of legal"), "utf-8")
    rule = load_catalogue([folder], cache).rule("STUDIO-1")
    assert isinstance(rule, Rule)
    assert "head of legal" in str(rule.require)
    assert len(list(cache.glob("rules-*.json"))) == 2


def test_only_a_few_compiled_forms_are_kept(folder: Path, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    for number in range(9):
        old = cache / f"rules-{number:032}.json"
        old.write_text("x")
        os.utime(old, (number, number))
    load_catalogue(cache=cache)
    assert len(list(cache.iterdir())) == 4


def test_a_cache_that_cannot_be_written_costs_nothing_else(shipped: Catalogue, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert load_catalogue(cache=blocked) == shipped


def test_a_private_pack_joins_by_naming_its_folder(folder: Path, shipped: Catalogue) -> None:
    found = load_catalogue([folder])
    pack = found.pack("studio-policy")
    assert pack is not None
    assert (pack.private, pack.file, pack.gate) == (True, "studio.yaml", PackGate.PLATFORM)
    assert found.packs[-1] is pack
    assert len(found.packs) == len(shipped.packs) + 1
    assert load_catalogue([folder / "studio.yaml"]) == found


def test_a_private_pack_takes_no_name_that_is_taken(folder: Path) -> None:
    (folder / "studio.yaml").write_text(PRIVATE.replace("STUDIO-1", "HOUSE-CONSENT"), "utf-8")
    with pytest.raises(FileError) as caught:
        load_catalogue([folder])
    assert caught.value.lines() == [
        "studio.yaml: 1 fault, not loaded.",
        " line 10  HOUSE-CONSENT  is a rule of house.yaml too; name one of them anew",
    ]


def test_faults_of_several_files_are_told_together(folder: Path) -> None:
    (folder / "a.yaml").write_text("format: other\n", "utf-8")
    (folder / "b.yaml").write_bytes(b"\xff\xfe")
    (folder / "c.yaml").write_text(PRIVATE.replace("use.generative", "use.generativ"), "utf-8")
    with pytest.raises(FileError, match=r"b\.yaml"):
        load_catalogue([folder])
    (folder / "b.yaml").unlink()
    with pytest.raises(PacksError) as caught:
        load_catalogue([folder])
    assert caught.value.lines()[0] == "2 pack files have faults, nothing loaded."
    assert [error.file for error in caught.value.errors] == ["a.yaml", "c.yaml"]


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load_catalogue([tmp_path / "none"])
    assert caught.value.lines()[1] == "Create it, or take it out of registry.toml."


def test_rules_are_found_by_the_act_they_can_speak_of(folder: Path) -> None:
    found = load_catalogue([folder])
    speaking = {
        act: [rule.id for speakers in found.rules_for_act(act) for rule in speakers.rules if "STUDIO" in rule.id]
        for act in Act
    }
    assert speaking[Act.DUB] == ["STUDIO-1", "STUDIO-2"]
    assert [act for act in Act if speaking[act]] == [Act.DUB]


def test_a_rule_that_is_left_out_for_an_act_has_a_when_that_is_false(shipped: Catalogue) -> None:
    for act in Act:
        bound = bindings({"use.act": act.value})
        indexed = {
            s.pack.id: ([id(r) for r in s.rules], [id(f) for f in s.validity]) for s in shipped.rules_for_act(act)
        }
        for pack in shipped.packs:
            rules, forms = indexed.get(pack.id, ([], []))
            leaders = {rule.id: rule for rule in pack.rules}
            for rule in pack.rules:
                chain, at = [pack.applies], rule
                while True:
                    chain.append(at.when)
                    if at.follows not in leaders:
                        break
                    at = leaders[at.follows]
                silent = any(each is not None and evaluate(each, bound) is False for each in chain)
                assert (id(rule) in rules) is not silent, (act, rule.id)
            for form in pack.validity:
                silent = any(e is not None and evaluate(e, bound) is False for e in (pack.applies, form.when))
                assert (id(form) in forms) is not silent, (act, form.id)


def test_a_sign_off_counts_for_every_edition_that_speaks_the_rule(shipped: Catalogue) -> None:
    rule = next(rule for pack in shipped.packs for rule in clauses(pack) if rule.carried_from and not rule.verified)
    verified = Verified(by="R. Lindqvist", on=dt.date(2026, 11, 22))
    signed = shipped.with_signoffs({rule.id: verified})
    copies = [each for pack in signed.packs for each in clauses(pack) if each.id == rule.id]
    assert len(copies) >= 2
    assert all(each.verified == verified for each in copies)
    assert {each.id for pack in signed.packs for each in clauses(pack) if each.verified == verified} == {rule.id}
    assert signed.masks == shipped.masks
    assert shipped.with_signoffs({}) is shipped


def test_a_stored_figure_joins_the_table_of_its_pack(folder: Path) -> None:
    found = load_catalogue([folder])
    rate = Rate(from_=dt.date(2026, 7, 1), value=Money(123_400, "USD"), grade=Grade.A, source="rate card")
    changed = found.with_rates({"studio-policy": [Parameter(name="rate.session_scale", rates=(rate,))]})
    pack, old = changed.pack("studio-policy"), changed.pack("house")
    assert pack is not None
    assert [table.on(dt.date(2026, 8, 1)) for table in pack.parameters] == [rate]
    assert old == found.pack("house")
    assert found.with_rates({}) is found


def test_carried_rules_are_found_under_the_pack_they_were_written_in(shipped: Catalogue) -> None:
    pack = shipped.pack_of("TVT23-NOTICE-1")
    assert pack is not None
    assert pack.id == "sag-aftra-tv-theatrical-2023"
    rule = shipped.rule("TVT23-NOTICE-1")
    assert rule is not None
    assert rule.carried_from is None
    assert shipped.rule("NO-SUCH") is None


def test_the_compiled_form_is_data_and_nothing_else(tmp_path: Path) -> None:
    load_catalogue(cache=tmp_path)
    (path,) = tmp_path.glob("rules-*.json")
    packs, masks, table = json.loads(path.read_bytes().partition(b"\n")[2])
    assert packs[0] == "t"
    assert len(masks) == len(packs) - 1
    assert all(len(row) == 6 for row in table)


def test_no_rule_is_lost_between_the_files_and_the_catalogue(shipped: Catalogue, tmp_path: Path) -> None:
    """Every id written in a pack file is a rule of that pack."""
    for path in PACKS.rglob("*.yaml"):
        written = re.findall(r"^ *- (?:\{)?id: ([A-Za-z0-9._-]+)", path.read_text("utf-8"), re.MULTILINE)
        pack = next(pack for pack in shipped.packs if pack.file == path.relative_to(PACKS).as_posix())
        limbs = {limb.id for rule in pack.rules for limb in rule.unless}
        own = {clause.id for clause in clauses(pack) if not clause.carried_from}
        assert own <= set(written) <= own | limbs


def test_the_key_covers_the_code_that_reads_packs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    load_catalogue(cache=tmp_path)
    monkeypatch.setattr(module, "__version__", "0.0.0")
    load_catalogue(cache=tmp_path)
    assert len(list(tmp_path.glob("rules-*.json"))) == 2
