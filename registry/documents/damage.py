"""What can be said of a file that no reader can make sense of: from its bytes alone, without following any of them."""

from __future__ import annotations

import re

_RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}0 (\d{1,10}) (\d{1,10}) (\d{1,10})\s{0,9}\]")
_HEX = re.compile(rb"[0-9A-F]+")
_FIRST = 1024


def damage(data: bytes) -> str:
    """One sentence. A file that is of ours begins as a PDF, says what each signature covers, and ends with the last."""
    if not data.startswith(b"%PDF-"):
        before = data[:_FIRST].find(b"%PDF-")
        if before < 0:
            return "The file is not a PDF."
        return f"The file does not begin as a PDF: {before} bytes stand before its header."
    ends = [int(found[2]) + int(found[3]) for found in _RANGE.finditer(data)]
    if not ends:
        return "The file cannot be read, and no signature in it says what it covers."
    if (behind := len(data) - max(ends)) > 0:
        return f"The file cannot be read; {behind} bytes stand behind the last signature that nobody signed."
    if behind < 0:
        return f"The file cannot be read; its last signature covers {-behind} bytes that are not there."
    for found in _RANGE.finditer(data):
        if not _HEX.fullmatch(data, int(found[1]) + 1, int(found[2]) - 1):
            return f"The file cannot be read: the container of the signature up to byte {int(found[1])} was altered."
    return "The file cannot be read: it was altered after it was signed, or made so that nobody can read it."
