"""Packs of evidence, made and checked as somebody would: whole, offline, over nothing, the same bytes again."""

from __future__ import annotations

import csv
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from registry.cli.output import columns
from tests.cli.conftest import NOW, Registry
from tests.cli.test_story import signed
from tests.documents.pdfcheck import faults
from tests.storage.test_reading import counted

USES = "examples/uses/stunt.yaml examples/uses/duet.yaml examples/uses/crowd.yaml examples/uses/mood-board.yaml"


@pytest.fixture
def filed(registry: Registry) -> Registry:
    assert registry(f"use add {USES}").status == 0
    return registry


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_delivery_has_every_use_its_gaps_and_its_territories(filed: Registry, tmp_path: Path) -> None:
    made = filed("pack delivery harbor --territory DE --territory US-CA")
    assert (made.status, made.out) == (3, "delivery-harbor\n")
    pack = tmp_path / "delivery-harbor"
    assert {r["use"] for r in rows(pack / "uses.csv")} == {"u-41-fall", "u-60-duet", "u-7-crowd", "u-quay-board"}
    assert {r["use"] for r in rows(pack / "gaps.csv")} == {"u-60-duet"}
    grid = rows(pack / "coverage.csv")
    assert {(r["territory"], r["use"], r["consent"]) for r in grid if r["use"] != "u-quay-board"} == {
        ("DE", "u-41-fall", "met"), ("DE", "u-60-duet", "unmet"), ("DE", "u-7-crowd", "met"),
        ("US-CA", "u-41-fall", "met"), ("US-CA", "u-60-duet", "unmet"), ("US-CA", "u-7-crowd", "met"),
    }  # fmt: skip
    assert all("scenes=60" in r["short_of"] for r in grid if r["use"] == "u-60-duet")
    assert {r["tool"]: r["terms_reviewed"] for r in rows(pack / "tools.csv")}["northgate-pipeline"] == "yes"
    assert all(r["digest"].startswith("sha256:") for r in rows(pack / "rules.csv"))
    checked = filed("pack verify delivery-harbor")
    assert (checked.status, checked.out.splitlines()[0][:25]) == (0, "UNCHANGED · Harbor Light,")
    assert "5 verdicts worked out again" in checked.out
    assert all(columns(line) <= 80 for line in checked.out.splitlines())


def test_the_cover_is_an_accessible_pdf_on_either_paper(filed: Registry, tmp_path: Path) -> None:
    for paper in ("A4", "letter"):
        assert filed(f"pack awards harbor --role mara --paper {paper} -o {paper}").status == 0
        assert faults((tmp_path / paper / "index.pdf").read_bytes(), attached=None) == set()
    assert filed("pack awards harbor --role mara --paper A3 -o A3").status == 2


def test_a_role_of_which_nothing_is_on_file_has_a_sheet_that_says_so(filed: Registry, tmp_path: Path) -> None:
    assert filed("pack awards harbor --role 'Ensign Ferro'").status == 0
    pack = tmp_path / "awards-harbor-Ensign-Ferro"
    assert rows(pack / "role.csv") == []
    assert [r["consent"] for r in rows(pack / "consents.csv")] == ["c-bell-1"]
    everything = b"".join(p.read_bytes() for p in pack.rglob("*") if p.is_file() and p.suffix != ".pdf")
    for other in (rb"\bokafor\b", rb"\bsousa\b", rb"c-tran-1"):
        assert not re.search(other, everything)
    assert filed("pack verify awards-harbor-Ensign-Ferro").status == 0


def test_the_same_moment_gives_the_same_bytes(filed: Registry, tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        filed(f"pack delivery harbor --known-at 2026-11-22T12:00:00Z -o {name}", now=NOW.replace(day=23))
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


def test_a_pack_is_written_over_nothing_and_leaves_nothing_half_made(filed: Registry, tmp_path: Path) -> None:
    (tmp_path / "delivery-harbor").mkdir()
    before = sorted(p.name for p in tmp_path.iterdir())
    ran = filed("pack delivery harbor")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("delivery-harbor is there already; a pack is not written over it.\n")
    assert filed("pack delivery harbor -o nowhere/pack").status == 2
    assert filed("pack delivery harbor --documents nowhere -o x").status == 2
    assert filed("pack delivery harbor --territory Narnia -o x").status == 2
    assert filed("pack delivery nobody -o x").status == 2
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_signed_papers_are_found_by_what_they_are_and_judged(registry: Registry, tmp_path: Path) -> None:
    registry("keys init")
    registry("use add examples/uses/duet.yaml")
    registry("cure u-60-duet --rider")
    signed(registry)
    assert registry("import rider-u-60-duet.pdf").status == 0
    assert registry("pack delivery harbor -o kept").status == 0
    (tmp_path / "documents").rename(tmp_path / "lost")
    missing = registry("pack delivery harbor -o without")
    assert missing.status == 3
    assert "No file was found for the signed papers of rider-u-60-duet: add --documents DIR." in missing.err
    (tmp_path / "signed").mkdir()
    (tmp_path / "rider-u-60-duet.pdf").rename(tmp_path / "signed" / "scan 0001.pdf")
    assert registry("pack delivery harbor --documents signed -o with").status == 0
    found = {r["consent"]: r for r in rows(tmp_path / "with" / "consents.csv")}["rider-u-60-duet"]
    assert (found["state"], found["complete"], found["trusted"], found["signed_by"]) == (
        "complete and unchanged", "yes", "yes", "Adaeze Okafor;T. Albright",
    )  # fmt: skip
    assert "1 signed paper as named by the consents; 1 by a root you trust." in registry("pack verify with").out
    redacted = registry("pack delivery harbor --documents signed --redact -o redacted.zip")
    assert redacted.status in (0, 3)
    with zipfile.ZipFile(tmp_path / "redacted.zip") as archive:
        names = archive.namelist()
        everything = b"".join(archive.read(n) for n in names if not n.endswith(".pdf"))
    assert not [n for n in names if n.startswith("documents/") or n == "ledger/texts.jsonl"]
    assert {"registry-redacted.yaml", "consents/rider-u-60-duet-redacted.json"} <= set(names)
    for private in (b"1991-06-02", b"10482213", b"R. Lindqvist", b"Palisade Talent"):
        assert private not in everything
    assert registry("pack verify redacted.zip").status == 0


CHANGES = [
    ("uses.csv", b"u-41-fall", b"u-41-fell"),
    ("verdicts/now.jsonl", b"not_cleared", b"cleared    "),
    ("registry.yaml", b"Harbor Light", b"Harbour Lite"),
    ("manifest.txt", b"uses.csv", b"used.csv"),
    ("manifest.json", b'"redacted": false', b'"redacted": true '),
    ("index.pdf", b"PDF", b"PDX"),
]


def test_a_pack_that_was_changed_is_said_to_be(filed: Registry, tmp_path: Path) -> None:
    filed("pack delivery harbor --territory DE -o pack")
    for n, (path, old, new) in enumerate(CHANGES):
        shutil.copytree(tmp_path / "pack", tmp_path / f"changed-{n}")
        file = tmp_path / f"changed-{n}" / path
        assert old in file.read_bytes()
        file.write_bytes(file.read_bytes().replace(old, new, 1))
        ran = filed(f"pack verify changed-{n}")
        assert (ran.status, ran.out.split()[0]) == (4, "CHANGED"), path


def test_a_pack_made_anew_around_another_answer_is_found_out(filed: Registry, tmp_path: Path) -> None:
    """Somebody who changes a verdict and writes the lists again is caught by the check, and by the digest."""
    from registry.files.bundle import About, Piece, sealed, unpacked

    made = filed("pack delivery harbor --territory DE -o pack")
    digest = made.err.split("digest ")[1].split()[0]
    assert filed(f"pack verify pack --digest {digest}").status == 0
    files, _ = unpacked(tmp_path / "pack")
    said = json.loads(files["manifest.json"])
    files["verdicts/now.jsonl"] = files["verdicts/now.jsonl"].replace(
        b'"verdict": "not_cleared"', b'"verdict": "cleared"'
    )
    about = About(
        **{k: said[k] for k in ("kind", "subject", "title", "as_of", "known_at", "redacted", "replays", "program")},
        asked=tuple(said["asked"].items()), ledger=(said["ledger"]["entry"], said["ledger"]["hash"]),
    )  # fmt: skip
    forged = sealed([Piece(f["path"], files[f["path"]], f["what"]) for f in said["files"]], about)
    for path, data in forged.items():
        (tmp_path / "pack" / path).write_bytes(data)
    ran = filed("pack verify pack")
    assert ran.status == 4
    assert "The verdict on u-60-duet does not come out of what is in the pack." in " ".join(ran.out.split())
    assert "another than the one you were told of" in " ".join(filed(f"pack verify pack --digest {digest}").out.split())


def test_a_changed_ledger_or_text_is_found_out(filed: Registry, tmp_path: Path) -> None:
    from registry.services.bundles.proving import _ledger

    filed("pack dispute u-41-fall -o pack")
    texts = (tmp_path / "pack/ledger/texts.jsonl").read_bytes()
    links = (tmp_path / "pack/ledger/entries.jsonl").read_bytes()
    said = json.loads((tmp_path / "pack/manifest.json").read_text())
    whole = {"ledger/entries.jsonl": links, "ledger/texts.jsonl": texts}
    assert list(_ledger(whole, [], [], said)) == []
    told = list(_ledger({**whole, "ledger/texts.jsonl": texts.replace(b"ferry", b"fairy", 1)}, [], [], said))
    assert len(told) == 1
    assert "is not the one the ledger is committed to" in told[0]
    shorter = b"".join(links.splitlines(keepends=True)[:-1])
    assert "does not end where" in next(_ledger({**whole, "ledger/entries.jsonl": shorter}, [], [], said))
    gap = links.splitlines(keepends=True)
    told = list(_ledger({**whole, "ledger/entries.jsonl": b"".join(gap[:3] + gap[4:])}, [], [], said))
    assert any("does not follow" in each for each in told)


def test_a_dispute_tells_then_from_now(filed: Registry, tmp_path: Path) -> None:
    filed("check u-41-fall --record")
    letter = "record revocation c-okafor-1 --effective 2026-11-01 --received 2026-11-01T08:00:00-07:00"
    assert filed(letter, now=NOW.replace(day=25)).status == 0
    later = NOW.replace(day=28)
    ran = filed("pack dispute u-41-fall --as-of 2026-12-07 --known-at 2026-11-24", now=later)
    assert ran.err.splitlines()[-1] == "u-41-fall, Ada Okafor: CONDITIONAL then, on what was known then."
    pack = tmp_path / "dispute-u-41-fall"
    assert [(r["then"], r["known_now"]) for r in rows(pack / "changes.csv")] == [("conditional", "refer")]
    assert [r["kind"] for r in rows(pack / "later.csv")] == ["revocation"]
    assert [json.loads(x)["verdict"] for x in (pack / "verdicts/recorded.jsonl").read_text().splitlines()] == [
        "conditional"
    ]
    assert filed("pack verify dispute-u-41-fall", now=later).status == 0
    before = filed("pack dispute u-41-fall --known-at 2026-11-01T00:00:00Z -o before", now=later)
    assert before.status == 0
    assert (tmp_path / "before/verdicts/then.jsonl").read_text() == ""
    assert filed("pack dispute u-99 -o x", now=later).status == 2


def test_a_performer_gets_their_own_part_and_nobody_else_s(filed: Registry, tmp_path: Path) -> None:
    assert filed("pack performer sousa").status == 0
    pack = tmp_path / "performer-sousa"
    everything = b"".join(p.read_bytes() for p in pack.rglob("*") if p.is_file() and p.suffix != ".pdf")
    assert b"c-sousa-1" in everything
    for other in (rb"\btran\b", rb"\bMai\b", rb"\bokafor\b", rb"\bc-tran-1\b"):
        assert not re.search(other, everything)
    assert [r["use"] for r in rows(pack / "ledger.csv")] == ["u-7-crowd"]
    assert filed("pack verify performer-sousa").status == 0


def test_the_ledger_on_the_screen_is_that_of_the_pack(filed: Registry, tmp_path: Path) -> None:
    shown = filed("performer ledger okafor")
    assert shown.out.splitlines()[0] == "Ada Okafor · 2 uses on file, 0 made"
    assert all(columns(line) <= 80 for line in shown.out.splitlines())
    filed("pack performer okafor")
    assert filed("performer ledger okafor --csv").out == (tmp_path / "performer-okafor/ledger.csv").read_text()


def test_the_number_of_statements_does_not_grow_with_the_uses(filed: Registry) -> None:
    with counted() as few:
        filed("pack delivery harbor --territory DE -o few")
    more = "\n".join(
        f"  - {{id: u-x{n}, performer: okafor, production: harbor, replica: okafor-scan-1, act: use_replica, "
        f"purpose: final, scenes: ['41'], at: 2026-12-0{n % 9 + 1}T09:00:00-08:00, content: []}}"
        for n in range(30)
    )
    Path("more.yaml").write_text(f"format: consent-uses/1\nuses:\n{more}\n", encoding="utf-8")
    assert filed("use add more.yaml").status == 0
    with counted() as many:
        filed("pack delivery harbor --territory DE -o many")
    assert len(many) == len(few) <= 40
    with counted() as due:
        filed("due --within 400d")
    assert len(due) <= 25
