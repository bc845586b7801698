"""Ranges that leave something out, forged containers and signatures of another field."""

from __future__ import annotations

from tests.documents.attacks.making import ATTACKS, attack, container_of, range_of, same_length


@attack
def a_range_that_leaves_a_gap(data: bytes) -> bytes:
    """The container ends early; what follows it lies in the gap that no signature covers."""
    _, end = container_of(data)
    planted = b"> /Ignored (All uses, in perpetuity) /Rest <"
    assert set(data[end - len(planted) : end]) == {ord("0")}
    return data[: end - len(planted)] + planted + data[end:]


@attack
def a_range_moved_behind_what_was_put_in(data: bytes) -> bytes:
    """The second part that is signed moves down, and something else stands in its old place."""
    found = range_of(data)
    zero, before, after, length = (int(n) for n in found.groups())
    planted = b"\n9999 0 obj\n<< /Type /Catalog >>\nendobj\n"
    moved = data[:after] + planted + data[after:]
    return same_length(moved, found, (zero, before, after + len(planted), length))


@attack
def a_range_that_begins_later(data: bytes) -> bytes:
    found = range_of(data)
    _, before, after, length = (int(n) for n in found.groups())
    return same_length(data, found, (16, before - 16, after, length))


@attack
def a_range_that_ends_early(data: bytes) -> bytes:
    found = range_of(data)
    zero, before, after, length = (int(n) for n in found.groups())
    return same_length(data, found, (zero, before, after, length - 6))


@attack
def a_range_of_three_parts(data: bytes) -> bytes:
    found = range_of(data)
    _, before, after, length = (int(n) for n in found.groups())
    said = b"/ByteRange [0 9 9 %d %d %d]" % (before - 9, after, length)
    return data[: found.start()] + said + data[found.end() :]


def _forgeries() -> None:
    """Range and container missing, empty, null, zero, negative, or something else."""
    ranges = {
        "missing": b"/Ignored  [0 0 0 0]",
        "null": b"/ByteRange null",
        "zeros": b"/ByteRange [0 0 0 0]",
        "negative": b"/ByteRange [0 -9 -9 9]",
        "empty": b"/ByteRange []",
        "text": b"/ByteRange (0 9 9 9)",
        "of_itself": b"/ByteRange [0 99999999 0 99999999]",
    }
    for name, words in ranges.items():
        ATTACKS[f"a_range_that_is_{name}"] = (
            lambda data, w=words: (  # type: ignore[misc]
                data[: range_of(data).start()] + w.ljust(len(range_of(data)[0])) + data[range_of(data).end() :]
            )
        )
    containers = {"empty": b"<>", "zero": b"<00>", "null": b"null", "text": b"()", "a_list": b"[]"}
    for name, words in containers.items():
        ATTACKS[f"a_container_that_is_{name}"] = lambda data, w=words: (  # type: ignore[misc]
            data[: container_of(data)[0] - 1] + w.ljust(container_of(data)[1] - container_of(data)[0] + 2)
            + data[container_of(data)[1] + 1 :]
        )  # fmt: skip


_forgeries()


@attack
def a_container_of_another_field(data: bytes) -> bytes:
    """The container of the first signature in the place of the last."""
    first = data.index(b"/Contents <") + len(b"/Contents <")
    held = data[first : data.index(b">", first)]
    start, end = container_of(data)
    return data[:start] + held[: end - start].ljust(end - start, b"0") + data[end:]


# Evil annotation, sneaky signature: what a certified document lets people add.
