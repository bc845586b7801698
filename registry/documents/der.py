"""DER, as far as a signature's envelope needs it: elements written, and read strictly."""

from __future__ import annotations

from registry.documents.fault import Broken

SEQUENCE, SET, OCTETS, INTEGER, OID = 0x30, 0x31, 0x04, 0x02, 0x06
_CONSTRUCTED = 0x20


def element(tag: int, *parts: bytes) -> bytes:
    """One element around its parts, with the shortest length there is."""
    body = b"".join(parts)
    size = len(body)
    if size < 0x80:
        return bytes((tag, size)) + body
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes((tag, 0x80 | len(length))) + length + body


def set_of(*parts: bytes, tag: int = SET) -> bytes:
    """A set, in the one order that DER knows."""
    return element(tag, *sorted(parts))


def check(data: bytes) -> None:
    """Raises Broken where `data` is not exactly one element, or anything in it is not written in the one DER way."""
    if _end(data, 0, len(data)) != len(data):
        raise Broken("A signature is not written in DER.")


def _end(data: bytes, start: int, limit: int) -> int:
    """Where the element at `start` ends; everything inside it is checked."""
    body, end = head(data, start)
    tag = data[start]
    if end > limit:
        raise Broken("A signature is cut short.")
    if tag & _CONSTRUCTED:
        at = body
        while at < end:
            at = _end(data, at, end)
    elif not _is_primitive(tag, data[body:end]):
        raise Broken("A signature holds a value that is not written in DER.")
    return end


def head(data: bytes, start: int) -> tuple[int, int]:
    """Where the body of the element at `start` begins and ends. Raises Broken for a length written too long."""
    if start + 2 > len(data) or data[start] & 0x1F == 0x1F:
        raise Broken("A signature is cut short.")
    first = data[start + 1]
    if first < 0x80:
        return start + 2, start + 2 + first
    digits = data[start + 2 : start + 2 + (first & 0x7F)]
    size = int.from_bytes(digits, "big")
    if not digits or digits[0] == 0 or size < 0x80 or len(digits) != first & 0x7F:
        raise Broken("A signature holds a length that is not written in DER.")
    body = start + 2 + len(digits)
    return body, body + size


def _is_primitive(tag: int, body: bytes) -> bool:
    match tag:
        case 0x02:  # an integer has no needless first byte
            return bool(body) and not (len(body) > 1 and body[0] in (0, 0xFF) and (body[0] ^ body[1]) < 0x80)
        case 0x01:
            return body in (b"\x00", b"\xff")
        case 0x03:  # bits that are not used are zero
            return bool(body) and body[0] < 8 and (len(body) == 1 or body[-1] & ((1 << body[0]) - 1) == 0)
        case 0x05:
            return body == b""
        case _:
            return True
