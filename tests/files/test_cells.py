"""What we write into tables never calculates."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.files.cells import safe


@pytest.mark.parametrize(
    "live", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", '=HYPERLINK("http://x")']
)
def test_a_formula_becomes_text(live: str) -> None:
    assert safe(live) == f"'{live}"


@pytest.mark.parametrize("plain", ["", "Ada Okafor", "41A", "2 3/8", "a=b", "'=1", "O'Hara"])
def test_what_is_no_formula_stays(plain: str) -> None:
    assert safe(plain) == plain


@given(st.text())
def test_nothing_safe_begins_as_a_formula_does(text: str) -> None:
    said = safe(text)
    assert not said.lstrip().startswith(("=", "+", "-", "@"))
    assert not said.startswith(("\t", "\r"))
    assert said.endswith(text)
    assert safe(said) == said
