"""What the pages say: every word of the document, the words that are agreed to, and nothing of the signer before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.documents.page import without_space
from registry.documents.render import Renderer
from registry.documents.sheet import printed_strings
from registry.documents.terms import RiderTerms
from registry.services.signing import Captured, Keys
from tests.documents import family
from tests.kiosk.tables import Running, Visitor, evidence, occasion, running, sealed, seen


@pytest.fixture
def table(rider: Path, keys: Keys) -> Iterator[Running]:
    with running(occasion(rider, keys)) as found:
        yield found


def test_the_words_recorded_are_the_words_shown(table: Running) -> None:
    visitor = Visitor(table.kiosk)
    visitor.opens()
    first = visitor.sends("hand_over")
    visitor.sends("agree", electronic="yes")
    last = visitor.decides(table.sitting)
    agreed = table.sitting.turn.words_agreed(table.sitting.words)
    one, _, two = agreed.partition(". ")
    assert f"<span>{one}.</span>" in first.text
    assert f'<p class="declaration">{two}</p>' in last.text


def test_the_next_signer_sees_nothing_that_the_last_one_answered(
    tmp_path_factory: pytest.TempPathFactory, keys: Keys, renderer: Renderer
) -> None:
    """Two guardians, each with boxes of their own; the minor need not sign; what is known of one is of no other."""
    file = sealed(family.minor(), tmp_path_factory.mktemp("minor") / "minor.pdf", keys, renderer)
    given = Captured(operator="casting desk", authority="birth certificate", place="Burbank")
    with running(occasion(file, keys, captured=given)) as table:
        visitor = Visitor(table.kiosk)
        places = [place.name for place in table.sitting.places]
        assert places == ["sig_guardian_1", "sig_guardian_2", "sig_minor", "sig_company"]
        assert "What gives Karin Lindqvist the authority to sign" in visitor.opens().text
        visitor.sends("hand_over", authority="birth certificate", place="Burbank")
        visitor.sends("agree", electronic="yes")
        visitor.decides(table.sitting, declined=("2.2",), initials="KL")
        visitor.sends("sign", method="typed", name="Karin Lindqvist")
        handed = visitor.sends("next")
        assert 'name="authority" maxlength="200" value=""' in handed.text
        assert 'name="place" maxlength="200" value="Burbank"' in handed.text
        visitor.sends("hand_over")
        page = visitor.sends("agree", electronic="yes")
        assert " checked" not in page.text.partition("<main>")[2]
        assert "KarinLindqvist:initials,orDECLINED:DECLINED" in seen(page)
        visitor.decides(table.sitting, initials="AL")
        visitor.sends("sign", method="typed", name="Anders Lindqvist")
        minor = visitor.sends("next")
        assert "the document is complete without it" in minor.text
        company = visitor.sends("skip")
        assert "Next to sign: Harbor Light Productions LLC, by T. Albright, Producer." in company.text
        visitor.sends("end")
    assert table.sitting.signed == ["sig_guardian_1", "sig_guardian_2"]
    assert evidence(file, "sig_guardian_1")["authority"] == "birth certificate"
    assert evidence(file, "sig_guardian_2")["authority"] == "not recorded"


@pytest.mark.parametrize(
    "terms",
    [
        family.employment(language="es"), family.employment(language="fr"), family.estate(), family.capture(),
        family.background(), family.commercial(), family.uk(), family.revocation(),
    ],
    ids=lambda terms: f"{terms.kind}-{terms.language}",
)  # fmt: skip
def test_the_page_says_every_word_of_the_document(
    terms: RiderTerms, tmp_path_factory: pytest.TempPathFactory, keys: Keys, renderer: Renderer
) -> None:
    file = sealed(terms, tmp_path_factory.mktemp("words") / "document.pdf", keys, renderer)
    with running(occasion(file, keys)) as table:
        visitor = Visitor(table.kiosk)
        page = visitor.reads()
        said = seen(page)
        assert [s for s in printed_strings(table.sitting.sheet) if without_space(s) not in said] == []
        assert str(table.sitting.shown.report.digest) in said
        assert f'<html lang="{terms.language}">' in page.text
        assert visitor.ask("GET", "/document.pdf").body == file.read_bytes()


def test_a_name_with_tags_in_it_is_a_name(keys: Keys, rider: Path) -> None:
    with running(occasion(rider, keys)) as table:
        visitor = Visitor(table.kiosk)
        visitor.reads()
        visitor.decides(table.sitting)
        answer = visitor.sends("sign", method="typed", name='<script>alert("x")</script>')
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert" in answer.text
