"""The impact of an event as people read it, as JSON and as a table; and its drafts as files."""

from __future__ import annotations

import json
import re
from pathlib import Path

from registry.cli.output import labelled, paragraph, table
from registry.cli.phrases import count, counted, day, headline, listing, said, sentence
from registry.domain.impact import Deletion, Fate, Hit, Impact, Phase
from registry.errors import UsageError
from registry.files.table_csv import table_csv
from registry.services.register import Register

_INDENT = 14
_FATES = {
    Fate.STANDS: "stands",
    Fate.AS_BEFORE: "as before",
    Fate.STOPS: "stops",
    Fate.ON_HOLD: "on hold",
    Fate.FOR_COUNSEL: "for counsel",
}
_PHASES = {Phase.DONE: "Done", Phase.IN_FLIGHT: "In flight", Phase.PLANNED: "Planned"}
_COLUMNS = (
    *(
        "use",
        "performer",
        "production",
        "act",
        "phase",
        "on",
        "until",
        "before",
        "after",
        "fate",
        "obligation",
        "turned",
    ),
    "owed",
)


def impact_text(found: Impact, register: Register) -> list[str]:
    """The answer first, then each use that is touched, what may have to go, and whom to tell."""
    lines = paragraph(f"{sentence(found.event).rstrip('.')}, effective {day(found.effective)}")
    lines += paragraph(_summary(found))
    for phase in Phase:
        hits = [hit for hit in found.uses if hit.phase is phase]
        if hits:
            lines += ["", f" {_PHASES[phase]}", *(line for hit in hits for line in _hit(hit, register))]
    if found.deletions:
        lines += ["", " Held"]
        lines += [line for one in found.deletions for line in _deletion(one)]
    if found.told:
        rows = [[said(t.role), t.name, listing(t.about)] for t in found.told]
        lines += ["", " To be told", *table(rows, indent=3)]
    if found.command:
        lines += [
            "",
            *paragraph("Nothing of this is recorded. If it happens:"),
            *(f"  {one}" for one in found.command.splitlines()),
        ]
    return lines


def _summary(found: Impact) -> str:
    stopped, held, counsel = (
        {h.use for h in found.uses if h.fate is fate} for fate in (Fate.STOPS, Fate.ON_HOLD, Fate.FOR_COUNSEL)
    )
    rest = len({h.use for h in found.uses} - stopped - held - counsel)
    parts = [f"{counted(len(stopped), 'use')} may not go ahead"] if stopped else []
    parts += [f"{counted(len(held), 'use')} on hold"] if held else []
    parts += [f"{counted(len(counsel), 'use')} made that counsel has to see"] if counsel else []
    if not parts:
        return sentence(f"no use is touched; {count(rest, 'use')} looked at")
    return sentence(f"{listing(parts)}; {counted(rest, 'other')} as before")


def _hit(hit: Hit, register: Register) -> list[str]:
    when = day(hit.on) if hit.on else "no day"
    change = headline(hit.before)
    if hit.before is not hit.after:
        change += f" → {headline(hit.after)}"
    head = f"{hit.use} · {register.name(hit.performer)} · {change}"
    lines = labelled(when, head, _FATES[hit.fate], indent=_INDENT)
    if hit.touched:
        lines += paragraph(hit.obligation, _INDENT)
        for why in dict.fromkeys(one.why for one in hit.turned):
            rules = [one.rule for one in hit.turned if one.why == why]
            more = f" (and {count(len(rules) - 1, 'other clause')})" if len(rules) > 1 else ""
            lines += labelled("", f"{why}{more}", rules[0], indent=_INDENT)
        for owed in hit.owed:
            lines += paragraph(f"newly owed: {owed}", _INDENT)
    return lines


def _deletion(one: Deletion) -> list[str]:
    holders = f", with {listing(one.holders)}" if one.holders else ""
    lines = labelled(one.kind, f"{one.what}{holders}", indent=_INDENT)
    lines += paragraph(one.text, _INDENT)
    for ground in one.grounds:
        when = f"destroy by {day(ground.on)}: " if ground.on else ""
        lines += labelled("", f"{when}{ground.why}", ground.rule, indent=_INDENT)
    return lines


def impact_csv(found: Impact) -> list[str]:
    """A line for each use."""
    rows = ([*(getattr(h, name) for name in _COLUMNS[:-2]), [t.rule for t in h.turned], h.owed] for h in found.uses)
    return table_csv(_COLUMNS, rows).splitlines()


def impact_json(found: Impact) -> str:
    """One object with keys that are always the same."""
    return json.dumps(impact_plain(found), ensure_ascii=False)


def impact_plain(found: Impact) -> dict[str, object]:
    from registry.services.impact import plain

    return plain(found)


def write_drafts(found: Impact, folder: str) -> list[str]:
    """Each draft as a text file of its own. Nothing is written over. Raises UsageError."""
    place = Path(folder)
    names = [f"{n:02d}-{told.role}-{_plain_name(told.name)}.txt" for n, told in enumerate(found.told, 1)]
    taken = [name for name in names if (place / name).exists()]
    if taken:
        raise UsageError(f"{place / taken[0]} is there already; no draft is written over it.", "give another folder")
    place.mkdir(parents=True, exist_ok=True)
    from registry.services.placing import put

    for name, told in zip(names, found.told, strict=True):
        put(place / name, told.draft.encode())
    return [f"{count(len(names), 'draft')} in {place}: read them, change them, send them yourself."]


def _plain_name(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:40] or "somebody"
