"""The evidence sheet of a role, for an award: who performed it, what was made by digital means, on whose consent.

The Academy's rules for the 99th awards want a role credited in the legal billing and demonstrably performed by humans
with their consent, and reserve the right to ask about the nature of the use of AI. Eligibility is theirs to judge: the
sheet says what is on file, and leaves to a person what no file can say.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.domain.cover import Cover, Sheet
from registry.domain.production import Engagement
from registry.domain.words import Act
from registry.errors import UsageError
from registry.files.bundle import plain_name
from registry.services.bundles.asking import Asked, Stock
from registry.services.bundles.contents import pieces, table
from registry.services.bundles.delivery import papers_sheet, summary
from registry.services.bundles.making import Made, made, stock_of
from registry.services.bundles.narrowing import narrowed, of_role, without_others
from registry.services.register import Register, Registered
from registry.source import nearest
from registry.storage.store import Store

# What an act is, to somebody who asks how a role came about.
NATURE = {
    Act.CREATE_REPLICA: "a digital replica of the performer was made; nothing of it is in the picture by that alone",
    Act.USE_REPLICA: "the performer is shown or heard in material they did not perform",
    Act.ALTER_PERFORMANCE: "a performance that was given was changed digitally",
    Act.DUB: "a replica speaks in another language over a performance that was given",
    Act.USE_SYNTHETIC: "a synthetic performer, nobody identifiable, plays",
    Act.PROMPT_LIKENESS: "the performer's name or features were given to a generative system",
    Act.TRAIN_MODEL: "a model was trained on the performer's material",
    Act.REUSE_MODEL: "a model trained for something else was used",
    Act.LICENSE_TRAINING: "performances were licensed for training",
    Act.TRANSFER_REPLICA: "the replica was handed to another company",
    Act.GENERATE_MATERIAL: "material was generated in which there is no performer",
}
_SHEET = ("use", "act", "nature", "scenes", "seconds", "progress", "verdict", "consent", "tool")


def awards(store: Store, register: Register, production: str, role: str, asked: Asked) -> Made:
    """The evidence sheet of one role of a production. Raises UsageError for a role nobody is engaged for."""
    playing = _playing(register, production, role)
    people = frozenset(e.performer for e in playing)
    narrow, replays = narrowed(register, of_role(production, people), people=people)
    entries = tuple(e for e in narrow.entries if e.performer in people and _of_role(e, playing))
    mine = without_others(stock_of(store, narrow, asked, replays=replays), people)
    parts = [
        *pieces(mine, asked, entries),
        table("role.csv", _SHEET, map(_row, entries), "each use for the role, and its nature"),
    ]
    cover = _cover(mine, production, role, playing, entries)
    return made(mine, asked, parts, cover, kind="awards", subject=f"{production}-{plain_name(role)}")


def _playing(register: Register, production: str, role: str) -> tuple[Engagement, ...]:
    """The engagements for a role, by id; the role is compared as people write it."""
    every = {e.id: e for e in register.world.engagements if e.production == production}
    found = tuple(every[i] for i in sorted(every) if (every[i].role or "").casefold() == role.casefold())
    if not found:
        roles = sorted({e.role for e in every.values() if e.role})
        meant = nearest(role, roles)
        raise UsageError(
            f"Nobody is engaged on {production} as {role}; the roles are {', '.join(roles) or 'not on file'}.",
            f'registry pack awards {production} --role "{meant or (roles[0] if roles else "ROLE")}"',
        )
    return found


def _of_role(entry: Registered, playing: Sequence[Engagement]) -> bool:
    """A use belongs to a role unless it names another engagement of the same person."""
    return entry.use.engagement is None or entry.use.engagement in {e.id for e in playing}


def _row(entry: Registered) -> list[object]:
    use = entry.use
    rests = [f"{c.consent} §{c.clause}" for c in entry.verdict.coverage.consents]
    nature = NATURE[use.act]
    return [use.id, use.act, nature, use.scenes, use.seconds, entry.progress, entry.verdict.verdict, rests, use.tool]


def _cover(
    stock: Stock, production: str, role: str, playing: Sequence[Engagement], entries: Sequence[Registered]
) -> Cover:
    register = stock.register
    found = register.on_file.productions[production]
    people = [register.on_file.performers[e.performer] for e in playing if e.performer in register.on_file.performers]
    synthetic = [e for e in register.entries if e.use.act is Act.USE_SYNTHETIC]
    clocks = register.clocks
    named = ", ".join(f"{p.known_as} ({p.legal_name})" if p.known_as != p.legal_name else p.known_as for p in people)
    return Cover(
        kind="Awards evidence sheet",
        title=f"{playing[0].role} in {found.title}",
        subtitle="performed by human beings with their consent, and the nature of any use of AI",
        record=production,
        facts=(
            ("Performed by", named or "not on file"),
            ("Engaged as", ", ".join(sorted({(e.category or "not on file").replace("_", " ") for e in playing}))),
            ("Company", found.company or "not on file"),
            ("Legal billing", "not on file: the production confirms it below"),
            ("As of", clocks.as_of.isoformat() if clocks.as_of else "the day of each use"),
            ("Known at", (clocks.known_at or clocks.now).isoformat(timespec="seconds")),
            ("Ledger", f"entry {stock.head.seq}, {stock.head.hash.hex()}"),
        ),
        says=(summary(entries), _performed(entries), _synthetic(synthetic)),
        sheets=(_natures(entries), papers_sheet(stock)),
        marks=("The role is credited in the legal billing", "Confirmed for the production by", "On"),
        made_on=clocks.today(found.timezone),
        digest="",
    )


def _performed(entries: Iterable[Registered]) -> str:
    """What of the role the performer did not perform, in a sentence."""
    shown = [e for e in entries if e.use.act in (Act.USE_REPLICA, Act.DUB)]
    altered = [e for e in entries if e.use.act is Act.ALTER_PERFORMANCE]
    if not shown and not altered:
        return (
            "On file, nothing of the role is shown that the performer did not perform, and no performance was altered."
        )
    made = sum(bool(e.made) for e in (*shown, *altered))
    seconds = sum(e.use.seconds or 0 for e in shown)
    unknown = sum(e.use.seconds is None for e in shown)
    said = f"{len(shown)} uses show the performer in what they did not perform, {seconds} seconds by the file"
    said += f" ({unknown} say no length)" if unknown else ""
    return f"{said}. {len(altered)} alter a performance that was given. Of these, {made} were made by the records."


def _synthetic(entries: Sequence[Registered]) -> str:
    if not entries:
        return "No synthetic performer is on file for this production."
    uses = ", ".join(dict.fromkeys(e.use.id for e in entries))
    return f"Synthetic performers are on file for this production, in {uses}: say whether one plays in this role."


def _natures(entries: Iterable[Registered]) -> Sheet:
    rows = tuple(
        (
            e.use.id,
            NATURE[e.use.act],
            ", ".join(e.use.scenes or ()) or "whole picture",
            str(e.use.seconds) if e.use.seconds is not None else "not said",
            ", ".join(f"{c.consent} §{c.clause}" for c in e.verdict.coverage.consents) or "none",
            e.progress.value,
            e.verdict.verdict.value.replace("_", " "),
        )
        for e in entries
    )
    return Sheet(
        title="The nature of the use of AI",
        columns=("use", "what it is", "scenes", "seconds", "consent", "progress", "verdict"),
        rows=rows,
    )
