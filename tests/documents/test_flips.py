"""A changed bit anywhere is noticed; and the unchanged file is accepted, or the test would prove nothing."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from registry.documents.keys import Roots
from registry.documents.report import Report
from registry.documents.verify import verify_pdf
from tests.documents import story


def judged(data: bytes, roots: Roots) -> Report:
    return verify_pdf(data, roots, now=story.TODAY)


def flipped(data: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(data)
    changed[at] ^= 1 << bit
    return bytes(changed)


def last_container(data: bytes) -> tuple[int, int]:
    """Where the hex digits of the last signature begin and end."""
    start = data.rfind(b"/Contents <") + len(b"/Contents <")
    return start, data.index(b">", start)


def test_the_unchanged_file_is_complete(complete: bytes, roots: Roots) -> None:
    for _ in range(3):
        report = judged(complete, roots)
        assert (report.headline, report.status, report.faults) == ("COMPLETE AND UNCHANGED", 0, ())


def test_any_bit_of_the_file(complete: bytes, roots: Roots) -> None:
    chosen = random.Random(2026)
    for _ in range(100):
        at, bit = chosen.randrange(len(complete)), chosen.randrange(8)
        assert judged(flipped(complete, at, bit), roots).status == 4, (at, bit)


@pytest.mark.parametrize("state", ["sealed", "performer", "complete"])
def test_any_bit_of_the_last_container(states: dict[str, Path], roots: Roots, state: str) -> None:
    """Nothing signs a signature's own envelope: here only our rules for it stand between a flip and a pass."""
    data = states[state].read_bytes()
    assert judged(data, roots).unchanged
    start, end = last_container(data)
    digits = len(data[start:end].rstrip(b"0"))
    chosen = random.Random(11)
    for _ in range(80):
        at = start + chosen.randrange(digits)
        nibble = int(chr(data[at]), 16) ^ (1 << chosen.randrange(4))
        report = judged(data[:at] + b"%X" % nibble + data[at + 1 :], roots)
        assert not report.unchanged, at


def test_padding_and_letter_case_of_the_last_container(complete: bytes, roots: Roots) -> None:
    start, end = last_container(complete)
    assert complete[end - 1 : end] == b"0"
    padded = complete[: end - 1] + b"1" + complete[end:]
    assert judged(padded, roots).status == 4
    letter = next(n for n in range(start, end) if complete[n : n + 1] in b"ABCDEF")
    lowered = complete[:letter] + complete[letter : letter + 1].lower() + complete[letter + 1 :]
    assert judged(lowered, roots).status == 4


@pytest.mark.parametrize("tail", [b"\n", b"% a comment\n", b"\0"])
def test_anything_after_the_end(complete: bytes, roots: Roots, tail: bytes) -> None:
    assert judged(complete + tail, roots).status == 4


def test_a_file_cut_back_is_never_complete(complete: bytes, roots: Roots) -> None:
    """Cut back to an earlier revision a file is sound, and says how many have signed."""
    ends = [m.end() for m in re.finditer(rb"%%EOF\n", complete)]
    said = [judged(complete[:end], roots) for end in ends]
    assert [r.headline for r in said] == [
        "NOT INTACT",
        "UNCHANGED, 0 OF 2 SIGNED",
        "UNCHANGED, 1 OF 2 SIGNED",
        "UNCHANGED, NOT CLOSED",
        "COMPLETE AND UNCHANGED",
    ]
    assert [r.status for r in said] == [4, 3, 3, 3, 0]
    assert judged(complete[: len(complete) // 2], roots).status == 4


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7\n", b"\0" * 4096, b"PK\x03\x04", b"%PDF-1.7\n" + b"1 0 obj\n<<" * 5000]
)
def test_what_is_no_document_cannot_be_judged(roots: Roots, data: bytes) -> None:
    report = judged(data, roots)
    assert report.status == 4
    assert report.faults
