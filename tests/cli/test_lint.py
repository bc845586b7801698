"""`registry lint`, and what it stops: render, issue and the seal; many drafts at once."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest

from registry.cli.output import columns
from tests.cli.conftest import Registry

GOOD = """format: consent-registry/1
consents:
  - id: c-marsh-9
    performer: marsh
    grantor: {capacity: self}
    counsel: {name: R. Lindqvist, negotiated_replica_terms: yes}
    cba_addresses_replicas: yes
    basis: contract
    until: 2030-12-31
    grants:
      - clause: "1"
        acts: [use_replica]
        elements: [likeness]
        productions: [harbor]
        purposes: [final]
        description: Tom Quill is seen on the quay from afar, scene 7; about 4 seconds; no dialogue.
        scenes: ["7"]
        media: any
        territories: [world]
        languages: any
"""
BAD = GOOD.replace("Tom Quill is seen on the quay from afar, scene 7; about 4 seconds; no dialogue.",
                   "Tom Quill in any and all uses.")  # fmt: skip

REFUSED = """\
NOT TO BE ISSUED   c-marsh-9   employment document
Two findings stop it, three findings are to be looked at.

 refuses   §1 description                                           LINT-BLANKET
           “any and all” describes no intended use.
 because   blanket words are no description; reasonably specific description:
           GOL 5-302, Lab. Code 927, TVT23-DESC-1
 write     description: Tom Quill is seen doing [what], in scene 7 of Harbor
           Light; at most [how many] seconds; nothing else.
"""


@pytest.fixture
def keyed(registry: Registry) -> Registry:
    assert registry("keys init").status == 0
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    Path("bad.yaml").write_text(BAD, encoding="utf-8")
    return registry


def test_a_draft_that_can_be_issued(keyed: Registry) -> None:
    ran = keyed("lint good.yaml --signatory 'T. Albright'")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "CAN BE ISSUED   c-marsh-9   employment document\n"
        "Two findings are to be looked at.\n"
        "\n"
        " look at   §1 signed_at                                                    REV-6\n"
        "           Whether this holds turns on replica.kind, replica.made_for,\n"
        "           replica.made_on. A consent taken at the first hiring that names\n"
        "           another picture may come too early: whether it can be given before\n"
        "           that picture is bargained for is for counsel.\n"
        " because   MOA XX.A.2.b.ii: A later picture consented to before the replica was\n"
        "           made\n"
        " write     replicas: [{id: [ID], performer: marsh, kind: employment_based,\n"
        "           made_for: harbor, made_on: [DAY]}]\n"
        "\n"
        " look at   signatures                                                LINT-ON-SET\n"
        "           Work began on 21 Sep 2026: it would be signed at work.\n"
        " because   EQ-2: don't sign on set; what agents refuse\n"
        " write     send it to Leo Marsh to be read and signed away from the set\n"
    )


def test_a_draft_that_is_refused_says_what_to_write(keyed: Registry) -> None:
    ran = keyed("lint bad.yaml")
    assert ran.status == 1
    assert ran.out.startswith(REFUSED)
    assert "TVT23-DESC-1\n" in ran.out
    assert all(columns(line) <= 80 for line in ran.out.splitlines())
    assert ran.err == ('registry issue bad.yaml --despite LINT-BLANKET,TVT23-DESC-1 --because "…"    answers for it\n')


def test_the_json_has_every_finding(keyed: Registry) -> None:
    ran = keyed("lint bad.yaml --json")
    told = json.loads(ran.out)
    assert (ran.status, told["refused"], told["kind"]) == (1, True, "employment")
    assert [f["id"] for f in told["findings"]][:2] == ["LINT-BLANKET", "TVT23-DESC-1"]


def test_a_rendered_document_is_read_as_its_draft_is(keyed: Registry) -> None:
    made = keyed("render bad.yaml --signatory 'T. Albright'")
    assert made.status == 0
    assert "It would not be issued: LINT-BLANKET, TVT23-DESC-1.\n" in made.err
    assert "registry lint bad.yaml    says what to write instead\n" in made.err
    read = keyed("lint c-marsh-9.pdf")
    assert (read.status, read.out.splitlines()[0]) == (1, REFUSED.splitlines()[0])


def test_what_cannot_be_read_is_an_input_error(keyed: Registry) -> None:
    assert keyed("lint nowhere.yaml").status == 2
    assert keyed("lint examples/world.yaml").status == 2
    assert keyed("lint good.yaml --kind rider").status == 2


def test_what_is_refused_is_neither_issued_nor_sealed(keyed: Registry) -> None:
    ran = keyed("issue bad.yaml")
    assert ran.status == 1
    assert ran.out.startswith("NOT TO BE ISSUED   c-marsh-9")
    assert not Path("c-marsh-9.pdf").exists()
    keyed("render bad.yaml")
    assert keyed("sign c-marsh-9.pdf --seal").status == 1
    assert b"/ByteRange" not in Path("c-marsh-9.pdf").read_bytes()


def test_somebody_answers_for_it_and_that_is_kept_with_the_issue(keyed: Registry) -> None:
    half = keyed('issue bad.yaml --despite LINT-BLANKET --because "counsel wrote"')
    assert half.status == 1
    whole = keyed('issue bad.yaml --despite LINT-BLANKET,TVT23-DESC-1 --because "counsel wrote" --by "S. Renner"')
    assert whole.status == 0
    shown = keyed("document show c-marsh-9")
    assert "issued by S. Renner despite LINT-BLANKET (§1 description): counsel\n" in shown.out
    told = json.loads(Path("c-marsh-9.issue.evidence.json").read_text(encoding="utf-8"))
    assert [f["id"] for f in told["despite"]] == ["LINT-BLANKET", "TVT23-DESC-1"]
    assert told["issued_by"] == "S. Renner"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("issue bad.yaml --despite LINT-BLANKET", "Nothing says why it is issued despite LINT-BLANKET."),
        ("issue bad.yaml --because counsel", "--because gives the reason for a finding, and none is named."),
        ("issue bad.yaml --despite LINT-LATE --because x", "Lint finds no LINT-LATE in c-marsh-9."),
        ("issue", "One draft is issued, or many: RIDER or --from."),
        ("issue --from bad.yaml", "Many documents go into a folder of their own."),
        (
            "issue --from examples/recipes/deal-memos.csv --out r",
            "A table of deal memos does not say which picture it is for.",
        ),
    ],
)
def test_what_cannot_be_acted_on_is_said(keyed: Registry, typed: str, said: str) -> None:
    ran = keyed(typed)
    assert (ran.status, ran.err.splitlines()[0]) == (2, said)


def manifest(folder: str) -> dict[str, str]:
    with (Path(folder) / "manifest.csv").open(encoding="utf-8") as file:
        return {row["consent"] or row["file"]: row["state"] for row in csv.DictReader(file)}


def test_of_many_the_faulty_are_reported_and_the_run_goes_on_where_it_stopped(keyed: Registry) -> None:
    drafts = Path("drafts")
    drafts.mkdir()
    for name, text in (("a", GOOD), ("b", BAD), ("d", GOOD)):
        (drafts / f"{name}.yaml").write_text(text.replace("c-marsh-9", f"c-{name}"), encoding="utf-8")
    (drafts / "c.yaml").write_text(GOOD.replace("performer: marsh", "performr: marsh"), encoding="utf-8")
    first = keyed("issue --from drafts --out riders --signatory 'T. Albright'")
    assert first.status == 2
    assert first.out.startswith("4 drafts: 2 issued, 2 not issued.\n")
    assert "LINT-BLANKET" in first.out
    assert "did you mean performer?" in first.out.replace("\n", " ").replace("             ", "")
    assert manifest("riders") == {"c-a": "issued", "c-b": "refused", "drafts/c.yaml": "refused", "c-d": "issued"}
    # Killed after the archive had it and before it stood in its place; another was being written.
    kept = Path("riders/c-a.pdf").read_bytes()
    Path("riders/c-a.pdf").unlink()
    (drafts / "b.yaml").write_text(GOOD.replace("c-marsh-9", "c-b"), encoding="utf-8")
    (drafts / "c.yaml").unlink()
    again = keyed("issue --from drafts --out riders --signatory 'T. Albright'")
    assert again.status == 0
    assert again.out.startswith("3 drafts: 1 issued, 2 issued before.\n")
    assert Path("riders/c-a.pdf").read_bytes() == kept
    assert manifest("riders") == {"c-a": "issued before", "c-b": "issued", "c-d": "issued before"}


def test_another_document_is_never_taken_for_the_one_that_is_to_be_issued(keyed: Registry) -> None:
    assert keyed("issue --from good.yaml --out riders").status == 0
    Path("good.yaml").write_text(GOOD.replace("about 4 seconds", "about 9 seconds"), encoding="utf-8")
    other = keyed("issue --from good.yaml --out riders")
    assert other.status == 2
    assert "is issued already, with other terms than the draft has now" in " ".join(other.out.split())
    path = Path("riders/c-marsh-9.pdf")
    path.write_bytes(path.read_bytes()[:-7])
    Path("good.yaml").write_text(GOOD, encoding="utf-8")
    assert keyed("issue --from good.yaml --out riders").status == 4


def test_the_riders_of_deal_memos_have_the_clauses_that_planned_uses_lack(keyed: Registry) -> None:
    shutil.copy("examples/recipes/deal-memos.csv", "memos.csv")
    unknown = keyed("issue --from memos.csv --production harbor --out riders")
    assert unknown.status == 2
    assert "Noor Haddad is not on file." in unknown.out
    assert keyed("import memos.csv --production harbor --as deal-memos").status == 0
    assert keyed("use add examples/recipes/deal-uses.csv").status == 0
    assert keyed("check d-pilot-scan").out.count("one consent is missing") <= 1
    made = keyed("issue --from memos.csv --production harbor --out riders --signatory 'T. Albright'")
    assert (made.status, made.out.splitlines()[0]) == (0, "1 draft: 1 issued.")
    assert manifest("riders") == {"rider-haddad-harbor": "issued"}
    for field, name, more in (("performer", "Noor Haddad", "--initials NH"), ("company", "T. Albright", "")):
        assert keyed(f"sign riders/rider-haddad-harbor.pdf --field {field} --name '{name}' {more}").status == 0
    assert keyed("sign riders/rider-haddad-harbor.pdf --close").status == 0
    assert keyed("import riders/rider-haddad-harbor.yaml").status == 0
    assert keyed("import riders/rider-haddad-harbor.pdf").status == 0
    verdict = json.loads(keyed("check d-pilot-scan --json").out)
    assert "rider-haddad-harbor" in json.dumps(verdict)
    nothing = keyed("draft rider --production harbor --performer haddad --for-planned-uses --out more")
    assert " ".join(nothing.out.split()).endswith("no rider for haddad no planned use lacks a consent")
