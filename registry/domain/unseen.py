"""Characters nobody sees in a text, and what they can do to the line around them."""

from __future__ import annotations

import re
import unicodedata

# Controls, line separators, what turns the reading direction round, and half characters.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff\ud800-\udfff\ufffe\uffff]+"
)


def clean(text: str) -> str:
    """`text` on one line, composed, without characters that turn the line round or cannot be seen."""
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub(" ", text)).split())
