"""An instrument on the screen, in eighty columns, to be read aloud from top to bottom."""

from __future__ import annotations

from registry.cli.output import labelled, paragraph, table
from registry.cli.phrases import day
from registry.domain.instrument import CasesOf, Clause, Instrument, Wording

LABEL = 14


def lines(sheet: Instrument) -> list[str]:
    """The head, then each clause in its place, figures, and the facts with their questions."""
    found = _head(sheet)
    for clause in sheet.clauses:
        found += ["", *_clause(clause)]
    if sheet.figures:
        rows = [[f.name, day(f.from_), f.value, f.grade, f.source] for f in sheet.figures]
        found += ["", " Figures", *table(rows, ["figure", "from", "value", "grade", "source"], indent=3)]
    if sheet.facts:
        rows = [[fact.name, fact.owner, fact.ask] for fact in sheet.facts]
        found += ["", " Facts it reads", *table(rows, indent=3)]
    return found


def _head(sheet: Instrument) -> list[str]:
    found = [f"{sheet.id}   {sheet.gate} gate", *paragraph(sheet.title, 1), ""]
    found += _line("in force", sheet.dates)
    found += _line("judged on", sheet.judged_on)
    found += _worded("applies if", sheet.applies) if sheet.applies else _line("applies", "always")
    found += _line("carries", sheet.carries)
    found += _line("afterwards", sheet.then)
    found += _line("source", sheet.source)
    found += _line("reviewed", f"{day(sheet.reviewed_on)}, to be read again by {day(sheet.review_ends_on)}")
    found += _line("", f"The {sheet.review}." if sheet.review else "")
    found += _line("clauses", sheet.counts)
    found += _line("digest", sheet.digest)
    return found


def _clause(clause: Clause) -> list[str]:
    found = labelled("", clause.title, clause.id, indent=1)
    found += paragraph(_standing(clause), 3)
    found += paragraph(clause.says, 3) if clause.says else []
    found += _line("not encoded", clause.gap)
    if clause.kind == "gap" and clause.when is None:
        return found
    found += _line("in force", f"{clause.dates}, by {clause.judged_on.partition(':')[0]}")
    found += _line("follows", clause.follows)
    found += _line("replaces", clause.replaces)
    found += _worded("when", clause.when) if clause.when else []
    found += _worded("void if", clause.void_if) if clause.void_if else []
    for presumed in clause.presumed:
        found += _line("presumed", presumed)
    for limb in clause.unless:
        cite = f" · {limb.cite}" if limb.cite else ""
        found += [*_line("unless", f"{limb.id}{cite} · grade {limb.grade}"), *_worded("", limb.condition)]
    for demand in clause.demands:
        found += [*_line("asks for", demand.text), *(_worded("  such that", demand.where) if demand.where else [])]
    return found + _cases(clause.cases)


def _standing(clause: Clause) -> str:
    """Where the clause stands in the instrument, and how well its text is known."""
    unchecked = "not checked by a person" if clause.grade == "K" else ""
    parts = [
        {"form": "form of consent", "gap": "gap"}.get(clause.kind, ""),
        clause.cite,
        f"grade {clause.grade}",
        clause.checked or unchecked,
        f"from {clause.carried_from}" if clause.carried_from else "",
    ]
    return " · ".join(filter(None, parts))


def _cases(cases: CasesOf | None) -> list[str]:
    if cases is None:
        return []
    found = _line("met in", ", ".join(cases.met))
    found += _line("broken in", ", ".join(cases.broken))
    found += _line("silent in", ", ".join(cases.silent))
    return found or _line("cases", "none: nothing at hand tries this clause")


def _worded(label: str, wording: Wording) -> list[str]:
    """The condition in words, each line under what it belongs to, then as it is written where the words are several."""
    found = []
    for n, (depth, text) in enumerate(wording.words):
        found += labelled(label if n == 0 else "", text, indent=LABEL + 2 * depth)
    return [*found, *labelled("", f"CEL  {wording.source}", indent=LABEL)]


def _line(label: str, text: str) -> list[str]:
    return labelled(label, text, indent=LABEL) if text else []
