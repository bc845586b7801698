"""What a document carries is compressed as it comes, so that a film's worth of verdicts is never in memory whole."""

from __future__ import annotations

import hashlib
import tracemalloc
import zlib
from collections.abc import Iterator

from registry.documents.prepare import Packed

LINE = b'{"use": "u-41-fall", "verdict": "cleared", "performer": "okafor"}\n' * 1_000
LINES = 400  # 26 MB


def _parts() -> Iterator[bytes]:
    for n in range(LINES):
        yield b"%d" % n + LINE


def test_the_parts_are_one_file_with_its_size_and_digests() -> None:
    packed = Packed.of([b"one, ", b"", b"two"])
    assert zlib.decompress(packed.flate) == b"one, two"
    assert packed.size == 8
    assert packed.sha256 == hashlib.sha256(b"one, two").hexdigest()
    assert packed.md5 == hashlib.md5(b"one, two", usedforsecurity=False).digest()


def test_a_long_file_is_packed_in_a_tenth_of_its_length() -> None:
    tracemalloc.start()
    packed = Packed.of(_parts())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < packed.size / 10
