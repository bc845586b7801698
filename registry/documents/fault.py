"""What makes a file not intact, in a sentence for people."""

from __future__ import annotations


class Broken(Exception):  # noqa: N818 - it names the state of the file
    """Something in the file is not as it must be; `str` is one sentence."""
