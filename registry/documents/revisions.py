"""What each revision of a document changed, held against what its step was meant to change.

A revision may give its own signature field a value and an appearance, fill the initials which that signature locks, and
bring the objects these need. A further time stamp of a closed document brings a field of its own, which no page shows.
Nothing else: no page, no attachment, no metadata, no further field, no object that the
cross-reference does not list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from registry.documents.changes import named
from registry.documents.fault import Broken
from registry.documents.terms import PRINT_AND_LOCKED

_OBJECT = re.compile(rb"\s*(\d+) 0 obj\b")
_END = re.compile(rb"\s*startxref\s+\d+\s+%%EOF\s*")
_VALUE_KEYS = {
    "/Sig": {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange", "/Name", "/Reason", "/M", "/Reference"},
    "/DocTimeStamp": {"/Type", "/Filter", "/SubFilter", "/Contents", "/ByteRange"},
}

_UNSEEN = {"/Type", "/Subtype", "/FT", "/T", "/Rect", "/F", "/V"}


@dataclass(frozen=True, slots=True)
class Step:
    """One signature in the file: its field, the revision it made, where that revision ends, and its container."""

    field: str
    revision: int
    start: int
    end: int
    hexadecimal: bytes
    signature: Any


def steps(reader: Any, data: bytes) -> tuple[Step, ...]:
    """The signatures in the order they were made, one a revision, each covering everything up to its own end."""
    found: list[Step] = []
    start = 0
    for number, signature in enumerate(reader.embedded_signatures, 1):
        name = str(signature.field_name)
        if signature.signed_revision != number:
            if signature.signed_revision < number:
                raise Broken(f"Signature {name} has no revision of its own: the file was written anew.")
            what = named(reader, number, signature.signed_revision - 1)
            raise Broken(f"The file was changed before signature {name} was made: {what}.")
        zero, before, after, length = (int(n) for n in signature.byte_range)
        end = after + length
        if zero != 0 or data[before : before + 1] != b"<" or data[after - 1 : after] != b">" or end > len(data):
            raise Broken(f"Signature {name} does not cover everything before it.")
        if not (start < before < after < end) or not data[:end].rstrip().endswith(b"%%EOF"):
            raise Broken(f"Signature {name} does not cover its revision.")
        found.append(Step(name, number, start, end, data[before + 1 : after - 1], signature))
        start = end
    if found and reader.xrefs.total_revisions != len(found) + 1:
        what = named(reader, len(found) + 1, reader.xrefs.total_revisions - 1)
        raise Broken(f"The file was changed after it was last signed: {what}.")
    return tuple(found)


def check_step(reader: Any, data: bytes, step: Step, planned: frozenset[str], *, proofs: bool = False) -> None:
    """Raises Broken where a revision after the seal changed more than the fields planned for it; with `proofs` it may
    give the document its lists of revoked certificates."""
    old, new, written, fresh = _built(reader, data, step)
    reached: set[Any] = set()
    root = old.trailer_view.raw_get("/Root").reference
    for reference in written - fresh:
        if proofs and reference == root:
            reached |= set(_reached(_given_proofs(old(reference), new(reference)), fresh, new))
            continue
        name = _planned_field(old, reference, planned)
        if name is None:
            what = named(reader, step.revision, step.revision)
            raise Broken(f"The revision of {step.field} changes something other than its own fields: {what}.")
        before, after = old(reference), new(reference)
        _only_filled(before, after, name)
        _is_ours(after, new, name)
        for key in ("/V", "/AP"):
            if key in after:
                reached |= set(_reached(after.raw_get(key), fresh, new))
    _nothing_hidden(fresh - reached, new, step.field)


def check_stamp(reader: Any, data: bytes, step: Step) -> None:
    """Raises Broken where a further time stamp brought more than itself, in a field of its own that no page shows."""
    old, new, written, fresh = _built(reader, data, step)
    root = old.trailer_view.raw_get("/Root").reference
    if written - fresh != {root}:
        what = named(reader, step.revision, step.revision)
        raise Broken(f"The time stamp {step.field} changes something other than its own field: {what}.")
    field = _given_field(old(root), new(root), step.field)
    reached = set(_reached(field, fresh, new))
    if field.reference not in fresh or not _is_unseen(new(field.reference), new, step.field):
        raise Broken(f"The field of time stamp {step.field} is not one that we make.")
    _nothing_hidden(fresh - reached, new, step.field)


def _built(reader: Any, data: bytes, step: Step) -> tuple[Any, Any, set[Any], set[Any]]:
    """A revision and the one before it, what it writes, and what of that is new. It lists what it holds, takes nothing
    away, and belongs to the same document."""
    old, new = (reader.get_historical_resolver(n) for n in (step.revision - 1, step.revision))
    written = set(reader.xrefs.explicit_refs_in_revision(step.revision))
    if new.refs_freed_in_revision():
        raise Broken(f"The revision of {step.field} removes something.")
    if {r.idnum for r in written} != set(_listed(data[step.start : step.end], step.field)):
        raise Broken(f"The revision of {step.field} holds objects that it does not list.")
    _same_trailer(old, new, step.field)
    return old, new, written, {r for r in written if old.is_ref_unassignable(r)}


def _nothing_hidden(left: set[Any], new: Any, field: str) -> None:
    if hidden := {r for r in left if not _is_cross_reference(new(r))}:
        raise Broken(f"The revision of {field} brings objects that none of its fields needs: {len(hidden)}.")


def _given_field(before: Any, after: Any, name: str) -> Any:
    """The one field that a form was given; form and catalog are the same otherwise."""
    forms = before.raw_get("/AcroForm"), after.raw_get("/AcroForm")
    same = _same_but(before, after, "/AcroForm") and _same_but(*forms, "/Fields")
    fields = [[form["/Fields"].raw_get(n) for n in range(len(form["/Fields"]))] for form in forms] if same else [[], []]
    if not same or [r.reference for r in fields[1][:-1]] != [r.reference for r in fields[0]]:
        raise Broken(f"The time stamp {name} changes the form or the catalog of the document.")
    return fields[1][-1]


def _same_but(before: Any, after: Any, key: str) -> bool:
    """Whether two dictionaries are written alike but for one entry."""
    if not isinstance(before, dict) or not isinstance(after, dict) or set(before.keys()) != set(after.keys()):
        return False
    kept = [(before.raw_get(k), after.raw_get(k)) for k in before if k != key]  # type: ignore[attr-defined]
    return all(_bytes(one) == _bytes(other) for one, other in kept)


def _is_unseen(field: Any, new: Any, name: str) -> bool:
    """Whether a field is the one that we make for a further time stamp, and holds one."""
    if not isinstance(field, dict) or set(field.keys()) != _UNSEEN:
        return False
    kinds: Any = field
    seen = [kinds[key] for key in ("/Type", "/Subtype", "/FT", "/T", "/F")]
    value = kinds.raw_get("/V")
    stamp = new(value.reference) if hasattr(value, "reference") else {}
    return (
        seen == ["/Annot", "/Widget", "/Sig", name, PRINT_AND_LOCKED]
        and list(kinds["/Rect"]) == [0, 0, 0, 0]
        and set(stamp.keys()) <= _VALUE_KEYS["/DocTimeStamp"]
    )


def _given_proofs(before: Any, after: Any) -> Any:
    """The DSS that a document was given, once; its catalog is the same otherwise."""
    if "/DSS" in before or set(after.keys()) - {"/DSS"} != set(before.keys()) or "/DSS" not in after:
        raise Broken("The catalog of the document is not the one that was sealed.")
    if any(_bytes(before.raw_get(key)) != _bytes(after.raw_get(key)) for key in before):
        raise Broken("The catalog of the document is not the one that was sealed.")
    if set(after["/DSS"].keys()) != {"/Type", "/Certs", "/CRLs"}:
        raise Broken("The document keeps something beside its lists of revoked certificates that we do not write.")
    return after.raw_get("/DSS")


def _listed(region: bytes, field: str) -> Iterator[int]:
    """The objects that stand in a revision, one after the other, with nothing between them."""
    at = 0
    seen: set[int] = set()
    while found := _OBJECT.match(region, at):
        end = region.find(b"endobj", found.end())
        if end < 0 or int(found[1]) in seen:
            raise Broken(f"The revision of {field} is not built as we build it.")
        seen.add(int(found[1]))
        yield int(found[1])
        at = end + len(b"endobj")
    if not _END.fullmatch(region, at):
        raise Broken(f"The revision of {field} holds something that is no object.")


def _same_trailer(old: Any, new: Any, field: str) -> None:
    before, after = old.trailer_view, new.trailer_view
    for key in ("/Root", "/Info"):
        if before.raw_get(key) != after.raw_get(key):
            raise Broken(f"The revision of {field} puts another document in the place of this one.")
    if bytes(before["/ID"][0].original_bytes) != bytes(after["/ID"][0].original_bytes) or "/Encrypt" in after:
        raise Broken(f"The revision of {field} says that it belongs to another document.")


def _planned_field(old: Any, reference: Any, planned: frozenset[str]) -> str | None:
    found = old(reference)
    name = found.get("/T") if hasattr(found, "raw_get") else None
    fields = {r.reference for r in old.root["/AcroForm"]["/Fields"]}
    return str(name) if reference in fields and name in planned else None


def _only_filled(before: Any, after: Any, name: str) -> None:
    """A field was given a value and an appearance, once, and is the same otherwise."""
    if "/V" in before:
        raise Broken(f"Field {name} was filled a second time.")
    if set(after.keys()) - {"/V"} != set(before.keys()):
        raise Broken(f"Field {name} is not the field that was sealed.")
    for key in set(before.keys()) - {"/AP"}:
        if _bytes(before.raw_get(key)) != _bytes(after.raw_get(key)):
            raise Broken(f"Field {name} is not the field that was sealed.")
    if set(after["/AP"].keys()) != {"/N"}:
        raise Broken(f"Field {name} has an appearance that we do not make.")


def _is_ours(field: Any, new: Any, name: str) -> None:
    """The value of a signature field is a signature with the entries that we write, of initials a text."""
    value: Any = field.raw_get("/V") if "/V" in field else None
    if field.raw_get("/FT") != "/Sig":
        if value is None or hasattr(value, "reference"):
            raise Broken(f"Field {name} holds no text.")
        return
    found = new(value.reference) if hasattr(value, "reference") else {}
    if not found or not set(found.keys()) <= _VALUE_KEYS.get(str(found.get("/Type")), set()):
        raise Broken(f"Signature field {name} holds something that is no signature of ours.")


def _reached(value: Any, fresh: set[Any], new: Any) -> Iterator[Any]:
    """The new objects that a value needs, however deep."""
    todo, seen = [value], set()
    while todo:
        item = todo.pop()
        if hasattr(item, "reference"):
            reference = item.reference
            if reference not in fresh or reference in seen:
                continue
            seen.add(reference)
            yield reference
            item = new(reference)
        if isinstance(item, dict):
            todo += [item.raw_get(key) for key in item]  # type: ignore[attr-defined]
        elif isinstance(item, list):
            todo += [item.raw_get(n) for n in range(len(item))]  # type: ignore[attr-defined]


def _is_cross_reference(found: Any) -> bool:
    return isinstance(found, dict) and found.get("/Type") == "/XRef"


def _bytes(value: Any) -> bytes:
    out = BytesIO()
    value.write_to_stream(out, None)
    return out.getvalue()
