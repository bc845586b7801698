"""What the structure of a printed page lacks for readers aloud: which cells a header heads, and that running lines are
no part of what is read (PDF/UA-1, 7.5 and 7.8).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    import pikepdf


def complete_tags(pdf: pikepdf.Pdf) -> None:
    """Gives every header cell its scope, and takes what the structure does not reach out of it."""
    if "/StructTreeRoot" not in pdf.Root:
        return
    tree = pdf.Root.StructTreeRoot
    elements = list(_elements(tree))
    for element in elements:
        if element.S == "/TR":
            _scope(element)
    reached = {mark for element in elements for mark in _marks(element)}
    for page in pdf.pages:
        _set_apart(pdf, page, reached)


def _kids(node: Any) -> list[Any]:
    import pikepdf

    kids = node.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _elements(node: Any) -> Iterator[Any]:
    import pikepdf

    for kid in _kids(node):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _elements(kid)


def _marks(element: Any) -> Iterator[tuple[Any, int]]:
    yield from ((element.Pg.objgen, kid) for kid in _kids(element) if isinstance(kid, int))


def _scope(row: Any) -> None:
    """A row of headers alone heads its columns; another header its row."""
    from pikepdf import Dictionary, Name

    cells = _kids(row)
    scope = Name.Column if len(cells) > 1 and all(cell.S == "/TH" for cell in cells) else Name.Row
    for cell in cells:
        if cell.S == "/TH":
            cell.A = Dictionary({**dict(cell.get("/A", {}).items()), "/O": Name.Table, "/Scope": scope})


def _set_apart(pdf: pikepdf.Pdf, page: pikepdf.Page, reached: set[tuple[Any, int]]) -> None:
    """Marks of a page that no element leads to become artifacts of its margins."""
    import pikepdf

    made: list[tuple[Any, pikepdf.Operator]] = []
    taken: set[int] = set()
    for instruction in pikepdf.parse_content_stream(page):
        operands, operator = cast(Any, instruction.operands), cast(Any, instruction.operator)
        mark = _mark(operands) if str(operator) == "BDC" else None
        if mark is not None and (page.objgen, mark) not in reached:
            taken.add(mark)
            operands = [pikepdf.Name.Artifact, pikepdf.Dictionary(Type=pikepdf.Name.Pagination)]
        made.append((operands, operator))
    if taken:
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))
        _forget(pdf.Root.StructTreeRoot.ParentTree, int(page.obj.StructParents), taken)


def _mark(operands: Any) -> int | None:
    properties = operands[1]
    return int(properties.MCID) if hasattr(properties, "keys") and "/MCID" in properties else None


def _forget(parents: Any, number: int, marks: set[int]) -> None:
    """The elements of marks that are none any more are not named as their parents."""
    from pikepdf import Array

    numbers = list(parents.Nums)
    at = [int(n) for n in numbers[::2]].index(number) * 2 + 1
    kept = [None if n in marks else element for n, element in enumerate(numbers[at])]
    while kept and kept[-1] is None:
        kept.pop()
    parents.Nums[at] = Array(kept)
