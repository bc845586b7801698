"""What is on file about a performer, a production and a use, as labels and tables: for the terminal and for a page."""

from __future__ import annotations

from collections.abc import Iterable

from registry.cli import sheets
from registry.cli.phrases import ACTS, answer, day, listing, moment, said, scenes
from registry.domain.canonical import to_plain
from registry.domain.clearance_report import Label
from registry.domain.consent import Consent
from registry.domain.reading import Section
from registry.domain.record import Record
from registry.domain.use import Use
from registry.services.browsing import PerformerSheet, ProductionSheet


def performer_labels(sheet: PerformerSheet) -> tuple[Label, ...]:
    """Who they are; what is not on file is left out, but for the unions."""
    person = sheet.performer
    return _said(
        ("legal name", person.legal_name if person.legal_name != person.known_as else None),
        ("also", sheets.names(person.other_names)),
        ("born", sheets.born(person.born)),
        ("died", sheets.born(person.died)),
        ("lives in", person.domicile),
    )


def performer_tables(sheet: PerformerSheet) -> tuple[Section, ...]:
    """Unions, who acts for them, work, replicas, consents and what was withheld; only the tables that have a row."""
    person = sheet.performer
    work = [(e.id, e.production, e.role or "", said(e.category or "")) for e in sheet.engagements]
    replicas = [
        (r.id, said(r.kind or "not known"), listing(e.value for e in r.elements), r.made_for or "")
        for r in sheet.replicas
    ]
    consents = [(c.id, signed(c), sheets.names(f"§{g.clause}" for g in c.grants)) for c in sheet.consents]
    withheld = [(c.id, f"§{n}", "offered and refused") for c in sheet.consents for n in c.declined]
    acting = [(r.id, said(r.capacity.value), r.name, sheets.span(r.from_, r.to)) for r in person.representatives]
    return _filled(
        _table("Unions", ("Union", "Standing", "When", "Member"), map(sheets.standing, person.standings)),
        _table("Acting for them", ("Id", "As", "Name", "When"), acting),
        _table("Engagements", ("Id", "Production", "Role", "Category"), work),
        _table("Replicas", ("Id", "Kind", "Of", "Made for"), replicas),
        _table("Consents", ("Id", "Signed", "Clauses"), consents),
        _table("Withheld", ("Consent", "Clause", "What"), withheld),
    )


def production_labels(sheet: ProductionSheet) -> tuple[Label, ...]:
    picture = sheet.production
    released = sheets.names(picture.released_in or ())
    signatory = f", signatory: {sheets.yes_no(picture.signatory)}"
    return _said(
        ("kind", said(picture.kind or "not known")),
        ("company", picture.company),
        ("agreement", f"{picture.agreement or 'not known'}{signatory}"),
        ("platform", picture.platform or "not known"),
        ("photography", sheets.span(picture.photography_starts_on, picture.photography_ends_on)),
        ("places", sheets.names(picture.places)),
        ("release", f"{released} on {day(picture.released_on)}" if picture.released_on else released),
    )


def production_tables(sheet: ProductionSheet) -> tuple[Section, ...]:
    """Who decides, what is declared, who is engaged and which uses are proposed; only the tables that have a row."""
    picture = sheet.production
    deciders = [(d.name, said(d.capacity), sheets.span(d.from_, d.to)) for d in picture.deciders]
    declared = _table("Declared", ("Fact", "Answer"), ())
    if picture.declares:
        when = f", {day(picture.declares.on)}" if picture.declares.on else ""
        facts = [(name, answer(value)) for name, value in picture.declares.facts]
        declared = _table(f"Declared by {picture.declares.by}{when}", ("Fact", "Answer"), facts)
    names = {p.id: p.known_as for p in sheet.performers}
    cast = [
        (names.get(e.performer, e.performer), e.role or "", said(e.category or ""), e.id) for e in sheet.engagements
    ]
    uses = [(u.id, sheets.names(names.get(p, p) for p in u.performers) or "–", ACTS[u.act]) for u in sheet.uses]
    return _filled(
        _table("Who decides", ("Name", "As", "When"), deciders),
        declared,
        _table("Engaged", ("Who", "Role", "Category", "Engagement"), cast),
        _table("Uses", ("Use", "Who", "What"), uses),
    )


def use_labels(use: Use) -> tuple[Label, ...]:
    """A use as filed, without its facts; the act and the production stand above it."""
    shown = ("id", "act", "production", "performer", "scenes", "facts", "recorded_at")
    labels = [("who", listing(use.performers) or "nobody"), ("scenes", scenes(use.scenes) if use.scenes else None)]
    for key, value in to_plain(use).items():
        if key not in shown:
            told = (", ".join(map(str, value)) or "none") if isinstance(value, list) else str(value)
            labels.append((key.replace("_", " "), moment(use.at) if key == "at" and use.at else told))
    return _said(*labels)


def use_tables(use: Use) -> tuple[Section, ...]:
    """The facts that were stated."""
    facts = [(name, answer(value)) for name, value in use.facts]
    return _filled(_table("Facts", ("Fact", "Answer"), facts))


def records_table(records: Iterable[Record]) -> tuple[Section, ...]:
    """Records by day, the latest last."""
    rows = [
        (record.id, said(record.kind.value), day(when) if when else "", sheets.says(record))
        for when, record in sheets.by_day(records)
    ]
    return _filled(_table("Records", ("Id", "What", "When", "What it says"), rows))


def signed(consent: Consent) -> str:
    return f"signed {day(consent.signed_at.date())}" if consent.signed_at else "draft"


def _said(*labels: tuple[str, str | None]) -> tuple[Label, ...]:
    return tuple(Label(label, text) for label, text in labels if text)


def _table(heading: str, header: tuple[str, ...], rows: Iterable[Iterable[str]]) -> Section:
    return Section(heading=heading, header=header, rows=tuple(tuple(row) for row in rows))


def _filled(*tables: Section) -> tuple[Section, ...]:
    return tuple(table for table in tables if table.rows)
