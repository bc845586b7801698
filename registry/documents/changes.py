"""What a revision changed, in words for people: which page, which field, which attached file.

For the message alone. Whether a change may be is decided in revisions.py, which asks nobody what a thing is called.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

# Keys that lead back up or across, and would make everything part of everything.
_AWAY = {"/Parent", "/P", "/Pg", "/Popup", "/Lock", "/Reference"}
_MOST_NAMED = 4


def named(reader: Any, first: int, last: int) -> str:
    """What the revisions from `first` to `last` changed, as part of a sentence: `page 1, field initial_3`."""
    try:
        return _sentence(list(dict.fromkeys(_changed(reader, first, last))))
    except Exception:  # the file may be anything here; that it was changed is known without its help
        return "something that cannot be read"


def _sentence(found: list[str]) -> str:
    if not found:
        return "nothing that the document leads to"
    rest = len(found) - _MOST_NAMED
    return ", ".join(found[:_MOST_NAMED]) + (f", and {rest} more" if rest > 0 else "")


def _changed(reader: Any, first: int, last: int) -> Iterator[str]:
    old, new = reader.get_historical_resolver(first - 1), reader.get_historical_resolver(last)
    before, after = _labels(old), _labels(new)
    root = old.trailer_view.raw_get("/Root").reference
    if new.trailer_view.raw_get("/Root").reference != root:
        yield "the whole document, which another one stands in for"
    for key in ("/Encrypt", "/Info"):
        if _raw(old.trailer_view, key) != _raw(new.trailer_view, key):
            yield f"{key} of the trailer"
    loose = 0
    for number in range(first, last + 1):
        for reference in sorted(reader.xrefs.explicit_refs_in_revision(number), key=lambda r: r.idnum):
            if reference == root:
                yield from _entries(old(reference), new(reference), "of the catalog")
            elif label := before.get(reference) or after.get(reference):
                yield label
            elif not _is_cross_reference(new, reference):
                loose += 1
        freed = reader.get_historical_resolver(number).refs_freed_in_revision()
        yield from (before.get(r, "an object taken away") for r in sorted(freed, key=lambda r: r.idnum))
    if loose:
        yield f"{loose} object{'s' * (loose != 1)} that nothing leads to"


def _entries(old: Any, new: Any, where: str) -> Iterator[str]:
    """The entries of a dictionary that are not as they were."""
    keys = sorted({*old.keys(), *new.keys()})
    changed = [key for key in keys if _raw(old, key) != _raw(new, key)]
    yield from (f"{key} {where}" for key in changed)


def _raw(found: Any, key: str) -> Any:
    return found.raw_get(key) if key in found else None


def _labels(resolver: Any) -> dict[Any, str]:
    """Every object of a revision with what it belongs to; the first that leads to it has it."""
    found: dict[Any, str] = {}
    if hasattr(about := _raw(resolver.trailer_view, "/Info"), "reference"):
        found[about.reference] = "the title and dates of the file"
    for label, value in _parts(resolver.root):
        for reference in _within(value, resolver, found):
            found[reference] = label
    return found


def _parts(root: Any) -> Iterator[tuple[str, Any]]:
    form = root.get("/AcroForm", {})
    for reference in _raw_items(form.get("/Fields", [])):
        yield f"field {reference.get_object().get('/T', 'without a name')}", reference
    names = root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    items = list(_raw_items(names))
    for name, reference in zip(items[::2], items[1::2], strict=False):
        yield f"the attached file {name}", reference
    for key, label in (("/Metadata", "the metadata"), ("/DSS", "the lists of revoked certificates")):
        if key in root:
            yield label, root.raw_get(key)
    for number, reference in enumerate(_pages(root), 1):
        yield f"page {number}", reference
    for key, label in (
        ("/Pages", "the list of pages"),
        ("/StructTreeRoot", "the structure that readers aloud follow"),
        ("/AcroForm", "the form"),
    ):
        if key in root:
            yield label, root.raw_get(key)
    for key in sorted(root.keys()):
        yield f"{key} of the catalog", root.raw_get(key)


def _raw_items(array: Any) -> Iterator[Any]:
    return (array.raw_get(n) for n in range(len(array)))


def _pages(root: Any) -> Iterator[Any]:
    todo, seen = list(_raw_items(root["/Pages"]["/Kids"])), set()
    while todo:
        item = todo.pop(0)
        if getattr(item, "reference", None) in seen:
            continue
        seen.add(getattr(item, "reference", None))
        page = item.get_object()
        if "/Kids" in page:
            todo[:0] = list(_raw_items(page["/Kids"]))
        else:
            yield item


def _within(value: Any, resolver: Any, taken: Iterable[Any]) -> Iterator[Any]:
    """The objects that a value leads to, other than those that something else has already."""
    todo, seen = [value], set()
    while todo:
        item = todo.pop()
        reference = getattr(item, "reference", None)
        if reference is not None:
            if reference in taken or reference in seen:
                continue
            seen.add(reference)
            yield reference
            item = _found(resolver, reference)
        if isinstance(item, dict):
            kinds: Any = item
            todo += [kinds.raw_get(key) for key in item if key not in _AWAY]
        elif isinstance(item, list):
            todo += list(_raw_items(item))


def _is_cross_reference(resolver: Any, reference: Any) -> bool:
    found = _found(resolver, reference)
    return isinstance(found, dict) and found.get("/Type") in ("/XRef", "/ObjStm")


def _found(resolver: Any, reference: Any) -> Any:
    """An object; None for one that was taken away, or lies where nothing can be read."""
    try:
        return resolver(reference)
    except Exception:
        return None
