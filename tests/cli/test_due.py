"""What we owe, what ends, what an event stops, which files are consented to: as they are typed and read."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from registry.cli.output import columns
from tests.cli.conftest import NOW, Ran, Registry

STUNT = "examples/uses/stunt.yaml"


@pytest.fixture
def filed(registry: Registry) -> Registry:
    assert registry(f"use add {STUNT} examples/uses/duet.yaml").status == 0
    return registry


def table(ran: Ran) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ran.out)))


def fits(ran: Ran) -> bool:
    return all(columns(line) <= 80 for line in ran.out.splitlines())


def test_what_is_owed_for_one_use(filed: Registry) -> None:
    ran = filed("due --performer okafor")
    assert ran == Ran(0, """\
Owed by 22 Dec 2026 · Ada Okafor · every production
Three things owed; 5 more later.

 No day is set
              pay Ada Okafor 3,000.00 USD: before credits        TVT23-PAY-USE-1
              u-41-fall, planned 7 Dec 2026 · Harbor Light
              registry record payment u-41-fall TVT23-PAY-USE-1 "3000.00 USD"
              pension and health contributions on this pay            TVT23-PH-1
              u-41-fall, planned 7 Dec 2026 · Harbor Light · Ada Okafor
              registry record done u-41-fall TVT23-PH-1
              pay residuals as if the performer had worked in person
                                                                   TVT23-RESID-1
              u-41-fall, planned 7 Dec 2026 · Harbor Light · Ada Okafor
              registry record done u-41-fall TVT23-RESID-1

Not cleared, and so nothing is owed unless they are made: u-60-duet.
""", "")  # fmt: skip


def test_each_line_is_closed_by_the_command_under_it(filed: Registry) -> None:
    """Every command that is shown is typed; after the last nothing is owed."""
    owed = table(filed("due --within 10y --performer okafor --csv"))
    assert len(owed) > 5
    for left in range(len(owed), 0, -1):
        now = table(filed("due --within 10y --performer okafor --csv"))
        assert len(now) == left
        command = now[0]["command"].removeprefix("registry ")
        assert filed(command).status == 0, command
    assert filed("due --within 10y --performer okafor").out.splitlines()[1] == "Nothing is owed."


def test_a_part_that_was_paid_is_told_with_what_is_left(filed: Registry) -> None:
    filed('record payment u-41-fall TVT23-PAY-USE-1 "1000.00 USD"')
    filed('record payment u-41-fall TVT23-PAY-USE-1 "500.00 EUR"')
    said = " ".join(filed("due --production harbor").out.split())
    assert "pay Ada Okafor 2,000.00 USD, 1,000.00 USD of 3,000.00 USD is paid; 500.00 EUR paid beside it counts" in said
    assert 'registry record payment u-41-fall TVT23-PAY-USE-1 "2000.00 USD"' in said


def test_what_is_overdue_comes_first_and_is_the_exit_status(filed: Registry) -> None:
    ran = filed("due", now=NOW.replace(year=2029))
    assert ran.status == 3
    lines = ran.out.splitlines()
    assert lines[3] == " Overdue"
    assert "destroy okafor-scan-1: agreed for that day" in ran.out
    assert "registry record done none REC-BIO --replica okafor-scan-1" in ran.out
    assert fits(ran)
    then = filed("due --as-of 2026-11-22", now=NOW.replace(year=2029))
    assert (then.status, then.out.splitlines()[0]) == (0, "Owed by 22 Dec 2026 · every production")


def test_the_account_for_machines(filed: Registry) -> None:
    said = json.loads(filed("due --within 1y --json").out)
    assert (said["format"], said["waiting"]) == ("consent-owed/1", ["u-60-duet"])
    pay = next(i for i in said["items"] if i["rule"] == "TVT23-PAY-USE-1")
    assert (pay["left"], pay["uses"], pay["on"], pay["since"]) == ("3000.00 USD", ["u-41-fall"], None, "2026-12-07")


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("due --within soon", "--within: soon is not a span of time of up to a century."),
        ("due --production harbour", "There is no production harbour on file; did you mean harbor?"),
        ("due --performer okafr", "There is no performer okafr on file; did you mean okafor?"),
        ("expiring --within -1", "--within: -1 is not a span of time of up to a century."),
        ("impact consent c-okafor-9", "There is no consent c-okafor-9 on file; did you mean c-okafor-1?"),
        ("impact consent c-okafor-1 --grants 9.9", "Consent c-okafor-1 has no clause 9.9; it has 2.1, 2.2."),
        ("impact end c-okafor-1", "Consent c-okafor-1 has no last day."),
        ("impact record nothing", "There is no record nothing on file."),
        ("impact strike sag --from 2027-01-01", "AGREEMENT: sag is not a word known here; "),
        (
            "replica manifest okafor-scan-2 examples",
            "There is no replica okafor-scan-2 on file; did you mean okafor-scan-1?",
        ),
        ("replica manifest okafor-scan-1", "Name the files, or a list of them."),
        ("replica manifest harbor-crowd-1 examples", "Replica harbor-crowd-1 stands for nobody on file."),
        ("pack awards harbor --role Hamlet", "Nobody is engaged on harbor as Hamlet; the roles are Ensign Ferro, "),
        ("pack verify nowhere", "nowhere is neither a folder nor a ZIP that can be read: "),
    ],
)
def test_what_cannot_be_answered_is_told(filed: Registry, typed: str, problem: str) -> None:
    ran = filed(typed)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(problem)
    assert len(ran.err.splitlines()) == 2


def test_the_end_of_a_clause_names_the_use_it_stops(filed: Registry) -> None:
    text = Path(STUNT).read_text(encoding="utf-8")
    late = text.replace("u-41-fall", "u-41-again").replace("2026-12-07", "2031-02-03")
    Path("late.yaml").write_text(late, encoding="utf-8")
    filed("use add late.yaml")
    ran = filed("expiring --within 5y")
    assert ran.status == 3
    assert ran.out.splitlines()[-4:] == [
        " 31 Dec 2030  Clause 2.2 of consent c-okafor-1 of Ada Okafor ends.",
        "              stops u-41-again on 3 Feb 2031: NOT CLEARED, for this and for",
        "              other reasons",
        "              registry cure u-41-again --rider",
    ]
    assert table(filed("expiring --within 5y --csv"))[-1]["stops"] == "u-41-again"
    assert fits(ran)


def test_a_withdrawal_is_supposed_then_recorded(filed: Registry) -> None:
    supposed = filed("impact consent c-okafor-1 --effective 2026-12-01")
    assert supposed.status == 3
    assert supposed.out.splitlines()[:2] == [
        "Ada Okafor revokes consent c-okafor-1, effective 1 Dec 2026",
        "One use on hold; one other as before.",
    ]
    assert supposed.out.splitlines()[-1] == "  registry record revocation c-okafor-1 --effective 2026-12-01"
    assert filed("due").out == filed("due").out
    assert "Nothing new" not in filed("record revocation c-okafor-1 --effective 2026-12-01 --id v-1").err
    recorded = filed("impact record v-1 --csv")
    before = {r["use"]: (r["before"], r["after"], r["fate"]) for r in table(recorded)}
    assert before["u-41-fall"] == ("conditional", "refer", "on_hold")
    assert fits(supposed)


def test_drafts_are_written_once(filed: Registry, tmp_path: Path) -> None:
    typed = "impact performer okafor --notices drafts"
    assert filed(typed).err == "6 drafts in drafts: read them, change them, send them yourself.\n"
    names = sorted(p.name for p in (tmp_path / "drafts").iterdir())
    assert names[0] == "01-vendor-northgate-capture-us-ca.txt"
    assert filed(typed).status == 2


def test_a_strike_is_told_for_every_production_under_the_agreement(filed: Registry) -> None:
    ran = filed("impact strike sag-aftra-tv-theatrical --from 2026-12-01 --json")
    said = json.loads(ran.out)
    assert ran.status == 1
    assert [(u["use"], u["after"], u["fate"]) for u in said["uses"]] == [
        ("u-41-fall", "prohibited", "stops"), ("u-60-duet", "prohibited", "stops"),
    ]  # fmt: skip


def test_the_files_of_a_scan(filed: Registry, tmp_path: Path) -> None:
    (tmp_path / "drive" / "a").mkdir(parents=True)
    (tmp_path / "drive" / "a" / "one.abc").write_bytes(b"one")
    ran = filed("replica manifest okafor-scan-1 drive --json")
    (one,) = json.loads(ran.out)["files"]
    assert ran.status == 0
    assert (one["name"], one["clauses"], one["known"]) == ("a/one.abc", ["c-okafor-1 §2.1"], "new")
    Path("sums.txt").write_text(f"{one['sha256']}  a/one.abc\n", encoding="utf-8")
    assert filed("replica manifest okafor-scan-1 --list sums.txt --json").out == ran.out
    Path("bad.csv").write_text("file,hash,elements\n,xyz,voise\n", encoding="utf-8")
    bad = filed("replica manifest okafor-scan-1 --list bad.csv")
    assert (bad.status, bad.err.splitlines()[0]) == (2, "bad.csv: 3 faults, nothing bound.")
    assert "write voice" in bad.err


def test_one_record_closes_a_duty_for_a_whole_crowd_and_says_so(registry: Registry) -> None:
    assert registry("use add examples/uses/crowd.yaml").status == 0
    item = next(row for row in table(registry("due --within 10y --csv")) if int(row["closes_for"]) > 1)
    use, rule, crowd = item["uses"], item["rule"], item["closes_for"]
    text = " ".join(registry("due --within 10y").out.split())
    assert f"{item['command']} one record closes it for {crowd} people" in text
    assert f"Closes {rule} for all {crowd} people of {use}." in registry(f"record done {use} {rule}").err
    assert (rule, use) not in {(row["rule"], row["uses"]) for row in table(registry("due --within 10y --csv"))}
