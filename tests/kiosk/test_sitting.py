"""People sign on the pages, with a browser of a few lines and no script: what is recorded, and what never is."""

from __future__ import annotations

import base64
import hashlib
import html
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.documents.keys import own_roots
from registry.documents.verify import verify_pdf
from registry.errors import UsageError
from registry.kiosk import End, Sitting
from registry.services.signing import Captured, Hand, Keys, sign
from tests.documents import story
from tests.kiosk.tables import Running, Visitor, evidence, faults, heading, occasion, running

PERFORMER, COMPANY = "sig_performer", "sig_company"
BOARD = json.dumps([[[40, 120], [90, 40], [150, 130]], [[200, 100]]])


@pytest.fixture
def table(rider: Path, keys: Keys) -> Iterator[Running]:
    with running(occasion(rider, keys)) as found:
        yield found


def beside(rider: Path) -> list[str]:
    return sorted(file.name for file in rider.parent.iterdir())


def test_two_people_sign_one_after_another(table: Running, rider: Path, keys: Keys) -> None:
    visitor = Visitor(table.kiosk)
    assert heading(visitor.opens()) == "Before you hand over the device"
    asked = visitor.sends("hand_over", identity_proof="passport seen", identity_checked_by="casting desk")
    assert heading(asked) == "Signing electronically"
    assert heading(visitor.sends("agree", electronic="yes")) == "Read, and decide about each clause"
    assert heading(visitor.decides(table.sitting, declined=("2.3",))) == "Check and sign"
    done = visitor.sends("sign", method="typed", name="Adaeze Okafor")
    assert heading(done) == "You have signed"
    assert "Signed by Adaeze Okafor on 10 September 2026, 09:15 (UTC−07:00)." in html.unescape(done.text)
    assert heading(visitor.sends("next")) == "Before you hand over the device"
    visitor.sends("hand_over")
    assert heading(visitor.sends("agree", electronic="yes")) == "Read the document"
    visitor.sends("decide")
    visitor.sends("sign", method="typed", name="T. Albright")
    assert heading(visitor.sends("finish")) == "The signing is finished"
    assert table.wait()
    report = verify_pdf(rider.read_bytes(), own_roots(keys.folder), now=story.TODAY)
    assert report.headline == "UNCHANGED, NOT CLOSED"
    assert [(s.field, s.name) for s in report.signatures] == [
        (PERFORMER, "Adaeze Okafor"), (COMPANY, "T. Albright"),
    ]  # fmt: skip
    assert (report.agreed, report.declined) == (("2.1", "2.2"), ("2.3",))


def test_the_evidence_says_what_happened_and_nothing_else(rider: Path, keys: Keys) -> None:
    shown = hashlib.sha256(rider.read_bytes()).hexdigest()
    given = Captured(operator="casting desk", identity_proof="known from the casting", place="Burbank")
    with running(occasion(rider, keys, captured=given, field=PERFORMER)) as table:
        visitor = Visitor(table.kiosk)
        assert 'value="known from the casting"' in visitor.opens().text
        visitor.sends("hand_over", identity_proof="passport seen", place="Stage 4", identity_checked_by=" ")
        visitor.sends("agree", electronic="yes")
        visitor.decides(table.sitting, declined=("2.3",))
        visitor.sends("sign", method="typed", name="adaeze  okafor")
        visitor.ask("GET", "/copy.pdf")
        visitor.sends("finish")
    kept = evidence(rider, PERFORMER)
    lacking = {key for key, value in kept.items() if value == "not recorded"}
    assert lacking == {
        "authority", "certificate_sha256", "copy_delivered_at", "copy_delivered_to", "court_reference", "drawing",
        "drawing_sha256", "identity_checked_by", "other_name_accepted_by", "read_aloud_by", "translated_by", "witness",
    }  # fmt: skip
    digest = table.sitting.shown.report.digest
    assert {key: value for key, value in kept.items() if key not in lacking} == {
        "schema": "consent-evidence/2",
        "signer": "adaeze okafor",
        "field": PERFORMER,
        "words_agreed": "I agree to read this document and to sign it in electronic form. I have read this document "
        "and I sign it. Beside each clause stands whether I agree to it or decline it.",
        "gesture": "typed",
        "at": "2026-09-10T09:15:00-07:00",
        "clock": "clock of this machine",
        "document_sha256": shown,
        "terms_sha256": digest,
        "template": "document 2",
        "language": "en",
        "initials": ["2.1: AO", "2.2: AO", "2.3: DECLINED"],
        "identity_proof": "passport seen",
        "electronic_form_agreed": True,
        "reviewed": True,
        "operator": "casting desk",
        "place": "Stage 4",
        "ip": "127.0.0.1 (loopback: at the machine itself)",
        "agent": "a browser of few lines",
    }


def test_nothing_is_chosen_beforehand_and_nothing_is_signed_undecided(table: Running, rider: Path) -> None:
    before, there = rider.read_bytes(), beside(rider)
    visitor = Visitor(table.kiosk)
    visitor.opens()
    first = visitor.sends("hand_over")
    assert " checked" not in first.text.partition("<main>")[2]
    assert faults(visitor.sends("agree")) == ["Tick that you agree to the electronic form, or leave without signing."]
    page = visitor.sends("agree", electronic="yes")
    assert " checked" not in page.text.partition("<main>")[2]
    two_of_three = {q.box: "agree" for q in table.sitting.turn.asked[:2]}
    answer = visitor.sends("decide", **two_of_three)
    assert faults(answer) == [
        "Clause 2.3, Training of a model: choose one of the two answers.",
        "Type your initials; they go beside the clauses that you agree to.",
    ]
    assert answer.text.count(" checked") == 2, "what was chosen is kept"
    assert "<title>Not done yet: Read, and decide about each clause</title>" in answer.text
    visitor.sends("sign", method="typed", name="Adaeze Okafor")
    assert (rider.read_bytes(), beside(rider)) == (before, there)


@pytest.mark.parametrize("initials", ["declined", "DECLINED", "ABCDEFGHI", "A\N{SNOWMAN}", "漢"])
def test_what_cannot_stand_as_initials_is_said(table: Running, initials: str) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    assert faults(visitor.decides(table.sitting, initials=initials)) == [
        f"“{initials}” cannot stand as initials: give up to eight letters that the document can print."
    ]


def test_who_declines_every_clause_needs_no_initials(table: Running, rider: Path) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting, declined=("2.1", "2.2", "2.3"), initials="")
    assert heading(visitor.sends("sign", method="typed", name="Adaeze Okafor")) == "You have signed"
    assert table.sitting.shown.report.declined == ("2.1", "2.2", "2.3")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, ["Type your full name."]),
        ({"name": "Leo Marsh"}, ["The document names Adaeze Okafor; “Leo Marsh” is somebody else."]),
        ({"method": "drawn"}, ["Draw your signature, or choose to type your name."]),
        ({"method": "drawn", "strokes": "[[[1, 1]]]"}, ["Draw your signature, or choose to type your name."]),
        ({"method": "drawn", "strokes": "<svg/>"}, ["Draw your signature, or choose to type your name."]),
    ],
)
def test_what_is_no_signature_signs_nothing(table: Running, rider: Path, sent: dict[str, str], said: list[str]) -> None:
    before = rider.read_bytes()
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting)
    assert faults(visitor.sends("sign", **{"method": "typed", **sent})) == said
    assert rider.read_bytes() == before


def test_a_drawn_signature_is_kept_as_strokes(table: Running, rider: Path) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting)
    visitor.sends("sign", method="drawn", name="", strokes=BOARD)
    kept = evidence(rider, PERFORMER)
    assert (kept["gesture"], kept["signer"]) == ("drawn", "Adaeze Okafor")
    drawing = base64.b64decode(str(kept["drawing"]).removeprefix("data:image/svg+xml;base64,"))
    assert hashlib.sha256(drawing).hexdigest() == kept["drawing_sha256"]
    assert b'<path d="M40.0 120.0L90.0 40.0L150.0 130.0"/><path d="M200.0 100.0L200.0 100.0"/>' in drawing
    assert table.sitting.shown.report.unchanged


def test_going_back_keeps_what_was_decided_and_lets_it_be_changed(table: Running) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting, declined=("2.1",))
    back = visitor.sends("change")
    assert (back.text.count(" checked"), 'value="AO"' in back.text) == (3, True)
    visitor.decides(table.sitting)
    visitor.sends("sign", method="typed", name="Adaeze Okafor")
    assert table.sitting.shown.report.agreed == ("2.1", "2.2", "2.3")


def test_a_form_sent_twice_signs_once(table: Running, rider: Path) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting)
    page = visitor.page
    visitor.sends("sign", method="typed", name="Adaeze Okafor")
    once = rider.read_bytes()
    again = visitor.sends("sign", page=page, method="typed", name="Adaeze Okafor")
    assert heading(again) == "You have signed"
    assert "That page was sent twice" in again.text
    assert rider.read_bytes() == once


def test_a_second_tab_and_a_page_gone_back_to_change_nothing(table: Running) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    old = visitor.page
    visitor.decides(table.sitting)
    answer = visitor.sends("leave", page=old)
    assert heading(answer) == "Check and sign"
    assert "Here is where the signing stands." in answer.text


def test_who_does_not_want_to_sign_leaves_nothing_behind(table: Running, rider: Path) -> None:
    before, there = rider.read_bytes(), beside(rider)
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting)
    asked = visitor.sends("leave")
    assert "You have not signed. If you leave now, nothing that you chose here is recorded" in asked.text
    assert heading(visitor.sends("stay")) == "Check and sign"
    visitor.sends("leave")
    left = visitor.sends("leave_now")
    assert heading(left) == "You have not signed"
    assert "Nothing was recorded." in left.text
    assert table.wait()
    assert (table.sitting.end, table.sitting.signed) == (End.LEFT, [])
    assert (rider.read_bytes(), beside(rider)) == (before, there)


def test_a_file_that_somebody_else_signed_meanwhile_is_not_signed(table: Running, rider: Path, keys: Keys) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting)
    ada = Hand(name="Adaeze Okafor", words_agreed=story.WORDS)
    sign(rider, field=PERFORMER, signer=ada, keys=keys, now=story.SIGNED, initials="AO")
    theirs = rider.read_bytes()
    stopped = visitor.sends("sign", method="typed", name="Adaeze Okafor")
    assert heading(stopped) == "Nothing was signed"
    assert "The file was changed by somebody else while it was read here" in stopped.text
    assert table.wait()
    assert str(table.sitting.failure) == "rider.pdf is not the latest revision on record."
    assert rider.read_bytes() == theirs


def test_a_file_that_was_damaged_or_taken_away_meanwhile_is_not_signed(table: Running, rider: Path) -> None:
    visitor = Visitor(table.kiosk)
    visitor.reads()
    visitor.decides(table.sitting)
    rider.unlink()
    assert heading(visitor.sends("sign", method="typed", name="Adaeze Okafor")) == "Nothing was signed"
    assert beside(rider) == []


def test_a_copy_is_recorded_after_the_signature_and_not_in_its_evidence(
    rider: Path, keys: Keys, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("copies")
    (folder / "rider.performer.pdf").write_bytes(b"somebody else's")
    with running(occasion(rider, keys, copies=folder)) as table:
        visitor = Visitor(table.kiosk)
        visitor.reads()
        visitor.decides(table.sitting)
        assert visitor.ask("GET", "/copy.pdf").status == 404
        saved = visitor.sends("sign", method="typed", name="Adaeze Okafor")
        copy = visitor.ask("GET", "/copy.pdf")
        assert copy.headers["Content-Disposition"] == 'attachment; filename="rider.pdf"'
        visitor.sends("next")
        assert visitor.ask("GET", "/copy.pdf").status == 404, "the copy is for the one who signed"
    digest = hashlib.sha256(copy.body).hexdigest()
    file = folder / f"rider.performer-{digest[:8]}.pdf"
    assert copy.body == rider.read_bytes() == file.read_bytes()
    assert f"A copy was saved for you as {file.name}." in saved.text
    proof = rider.with_name("rider.sig_performer.evidence.json").read_bytes()
    assert json.loads(rider.with_name("rider.sig_performer.copy.json").read_text(encoding="utf-8")) == {
        "schema": "consent-copy/1",
        "signer": "Adaeze Okafor",
        "field": PERFORMER,
        "copy_sha256": digest,
        "evidence_sha256": hashlib.sha256(proof).hexdigest(),
        "copies": [
            {"how": f"saved as {file.name}", "at": "2026-09-10T09:15:00-07:00"},
            {"how": "downloaded in the browser at the machine", "at": "2026-09-10T09:15:00-07:00"},
        ],
    }
    assert json.loads(proof)["copy_delivered_to"] == "not recorded"


def test_a_signature_stands_where_its_copy_cannot_be_saved(rider: Path, keys: Keys, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    with running(occasion(rider, keys, copies=folder)) as table:
        visitor = Visitor(table.kiosk)
        visitor.reads()
        visitor.decides(table.sitting)
        answer = visitor.sends("sign", method="typed", name="Adaeze Okafor")
    assert heading(answer) == "You have signed"
    assert "No copy could be saved in the folder gone. Take it here." in answer.text
    assert table.sitting.unwritten == [
        f"{folder / 'rider.performer.pdf'} cannot be written: No such file or directory."
    ]


def test_a_browser_that_is_closed_at_the_end_is_not_waited_for(rider: Path, keys: Keys) -> None:
    with running(occasion(rider, keys), seconds=0.5) as table:
        visitor = Visitor(table.kiosk)
        visitor.opens()
        assert visitor.posts({"page": visitor.page, "action": "end"}).status == 303
        assert table.wait() is True


def test_what_nobody_uses_ends(rider: Path, keys: Keys) -> None:
    with running(occasion(rider, keys, idle_minutes=0)) as table:
        assert table.wait() is False
    assert table.sitting.signed == []


def test_what_cannot_be_signed_is_refused_before_anybody_reads(rider: Path, keys: Keys) -> None:
    with pytest.raises(UsageError, match=r"^performer signs first: "):
        Sitting(occasion(rider, keys, field=COMPANY))
    with pytest.raises(UsageError, match=r"The document has no place preformer to sign\."):
        Sitting(occasion(rider, keys, field="sig_preformer"))
    with pytest.raises(UsageError, match="assphrase"):
        Sitting(occasion(rider, Keys(folder=keys.folder, passphrase=b"another one")))
