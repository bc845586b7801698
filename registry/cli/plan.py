"""`registry plan`: which rules would bite on an idea, by the edition of its own days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated

import typer

from registry.cli import lists, options, typed
from registry.cli.checks import reviewed_catalogue
from registry.cli.commands import command, group
from registry.cli.cover import codes
from registry.cli.options import Many, option
from registry.cli.output import labelled, paragraph, table, wrap
from registry.cli.phrases import ACTS, count, day, headline, plainly, sentence
from registry.cli.run import Run
from registry.domain.facts import FactInput
from registry.domain.finding import Status
from registry.domain.production import Production
from registry.domain.words import Act, Agreement, ProductionKind, Purpose, ReplicaKind
from registry.domain.world import World
from registry.errors import UsageError
from registry.rules.pack import PackGate
from registry.services.instrument import spoken_span
from registry.services.planning import Bite, Plan, idea
from registry.services.planning import plan as planned

app = group("")

_HEADER = ["act", "rule", "pack", "gate", "bites", "asks", "hangs on", "title", "citation", "grade", "from", "until"]
_ORDER = ("Barred", "Asks", "May bar", "May ask", "After", "Perhaps")
_INDENT = 12


@command(
    app,
    example="registry plan --agreement sag-aftra-tv-theatrical --platform netflix \\\n"
    "  --place US-CA --photography-starts 2027-03-01 --act create_replica\n"
    "registry plan --production harbor --act dub\n"
    "registry plan --agreement sag-aftra-interactive --gate agreement --rules \\\n"
    "  --photography-starts 2026-09-14",
)
def plan(
    ctx: typer.Context,
    production: Annotated[
        str | None, option("--production", "ID", "A picture on file; else say what is known of it.")
    ] = None,
    agreement: Annotated[str | None, option("--agreement", "NAME", "The collective agreement, or none.")] = None,
    platform: Annotated[str | None, option("--platform", "NAME", "Who commissions it: netflix …, or none.")] = None,
    kind: Annotated[str | None, option("--kind", "WORD", "theatrical, episodic, commercial, game …")] = None,
    place: Annotated[Many, option("--place", "CODE", "Where it is shot.")] = None,
    territory: options.Territories = None,
    starts: Annotated[str | None, option("--photography-starts", "DAY", "The first day of photography.")] = None,
    released: Annotated[str | None, option("--released", "DAY", "The day of release.")] = None,
    performer: Annotated[str | None, option("--performer", "ID", "Whom, where somebody is meant already.")] = None,
    act: options.Acts = None,
    purpose: options.Purpose = None,
    replica: Annotated[
        str | None, option("--replica", "KIND", "employment_based, independently_created, background.")
    ] = None,
    fact: options.Facts = None,
    on: options.OnPhotography = None,
    gate: Annotated[Many, option("--gate", "GATE", "Only agreement, law, platform or house.")] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Every rule with its clause, dates and questions.")] = False,
    json: options.JsonLines = False,
    csv: options.Csv = False,
) -> int:
    """Does this idea need a replica, and which rules would bite?

    The rules in force on the idea's own days, the edition of an agreement chosen by the start of photography; what
    each would ask for, and what it hangs on. Nothing is supposed that nobody said, and nothing is written."""
    run: Run = ctx.obj
    acts = tuple(typed.word("--act", a, Act) for a in typed.split(act or [])) or tuple(Act)
    picture, world = _picture(run, production, agreement, platform, kind, place, territory, starts, released, performer)
    found = planned(
        world,
        reviewed_catalogue(run),
        picture,
        acts=acts,
        now=run.now,
        today=run.today,
        on=typed.day_or_none("--on", on) or (None if production else picture.photography_starts_on),
        performer=performer,
        purpose=typed.word("--purpose", purpose, Purpose) if purpose else Purpose.FINAL,
        replica=typed.word("--replica", replica, ReplicaKind) if replica else None,
        facts=_facts(fact or []),
    )
    gates = tuple(typed.word("--gate", g, PackGate) for g in typed.split(gate or []))
    if json or csv:
        lists.answer(run, _HEADER, list(_rows(found, gates)), json=json, csv=csv)
    else:
        run.screen.answer(_lines(found, gates, rules))
    return int(Status.CLEARED)


def _picture(
    run: Run,
    production: str | None,
    agreement: str | None,
    platform: str | None,
    kind: str | None,
    place: Many,
    territory: Many,
    starts: str | None,
    released: str | None,
    performer: str | None,
) -> tuple[Production, World]:
    """The picture on file or the one that was typed, and what is on file about whom it concerns."""
    people = [performer] if performer else []
    for person in people:
        from registry.services.browsing import show_performer

        show_performer(run.store, person)
    if production is not None:
        if any((agreement, platform, kind, place, territory, starts, released)):
            raise UsageError("A picture is on file or typed, not both.", "registry plan --production ID")
        from registry.services.browsing import one_of

        found = one_of(run.store, Production, production, "production")[-1]
        return found, run.store.load(performers=people, productions=[production])
    picture = idea(
        agreement=typed.word("--agreement", agreement, Agreement) if agreement else None,
        platform=platform,
        kind=typed.word("--kind", kind, ProductionKind) if kind else None,
        places=codes("--place", place),
        released_in=codes("--territory", territory),
        starts_on=typed.day_or_none("--photography-starts", starts),
        released_on=typed.day_or_none("--released", released),
    )
    return picture, run.store.load(performers=people) if people else World()


def _facts(given: Sequence[str]) -> tuple[tuple[str, FactInput], ...]:
    from registry.cli.proposed import from_options
    from registry.rules.dictionary import load_dictionary

    if not given:
        return ()
    return from_options({"id": "plan", "production": "plan", "act": "use_replica"}, given, load_dictionary()).facts


def _rows(found: Plan, gates: Sequence[PackGate]) -> Iterable[list[str]]:
    for act in found.acts:
        for bite in _chosen(act.bites, gates):
            yield [
                act.act.value, bite.rule, bite.pack, bite.gate.value, _section(bite).lower(), "; ".join(bite.asks),
                "; ".join(bite.questions), bite.title, bite.cite, bite.grade,
                bite.dates.from_.isoformat() if bite.dates.from_ else "",
                bite.dates.until.isoformat() if bite.dates.until else "",
            ]  # fmt: skip


def _chosen(bites: Iterable[Bite], gates: Sequence[PackGate]) -> list[Bite]:
    return [bite for bite in bites if not gates or bite.gate in gates]


def _lines(found: Plan, gates: Sequence[PackGate], rules: bool) -> list[str]:
    picture = found.production
    starts = picture.photography_starts_on
    lines = [f"{picture.title}, photography from {day(starts)}" if starts else picture.title]
    lines += paragraph(
        f"Supposed for {day(found.day)}, with nothing signed and nobody told"
        + (f" beside what is on file of {found.performer}." if found.performer else ".")
    )
    editions = [e for e in found.editions if not gates or e.gate in gates]
    if editions:
        lines += ["", *table([[e.pack, spoken_span(e.dates)] for e in editions], ["in force", ""], indent=1)]
    for act in found.acts:
        bites = _chosen(act.bites, gates)
        lines += ["", sentence(ACTS[act.act]).rstrip(".")]
        if not bites:
            lines += paragraph("No rule on these days asks anything of it." if not act.open_packs else _OPEN, 1)
            continue
        if not gates:
            lines[-1] += f"   {headline(act.verdict)} as things stand"
        lines += _every(bites) if rules else _grouped(bites)
    if found.not_said and not gates:
        lines += ["", " Not said, and further packs hang on it"]
        lines += table([[name, count(n, "pack")] for name, n in found.not_said], indent=3)
    return lines


_OPEN = "No rule that is known to apply asks anything of it; see what is not said."


def _section(bite: Bite) -> str:
    bars = any(ask.startswith("nothing can meet it") for ask in bite.asks)
    if bite.follows:
        return "After" if bite.certain else "Perhaps"
    if bars:
        return "Barred" if bite.certain else "May bar"
    return "Asks" if bite.certain else "May ask"


def _grouped(bites: Iterable[Bite]) -> list[str]:
    """What is asked, once, with every rule that asks it; what each hangs on is in --rules."""
    asked: dict[tuple[str, str], list[str]] = {}
    for bite in bites:
        section = _section(bite)
        texts = [bite.title] if section in ("Barred", "May bar") else bite.asks
        for text in texts:
            asked.setdefault((section, text), []).append(bite.rule)
    lines: list[str] = []
    for section in _ORDER:
        first = True
        for (where, text), ids in asked.items():
            if where != section:
                continue
            alone = ids[0] if len(ids) == 1 else ""
            lines += labelled(section if first else "", plainly(text), alone, indent=_INDENT)
            lines += [] if alone else [f"{'':<{_INDENT}}{line}".rstrip() for line in _ids(ids)]
            first = False
    return lines


def _ids(ids: Sequence[str]) -> list[str]:
    return [line.rjust(80 - _INDENT) for line in wrap(", ".join(ids), 80 - _INDENT)]


def _every(bites: Iterable[Bite]) -> list[str]:
    """Every rule: what it asks, its clause and days, and the questions it hangs on."""
    lines: list[str] = []
    for bite in sorted(bites, key=lambda b: _ORDER.index(_section(b))):
        lines += ["", *labelled(_section(bite), bite.title, bite.rule, indent=_INDENT)]
        lines += [line for ask in bite.asks for line in labelled("", plainly(ask), indent=_INDENT)]
        told = f"{bite.cite} · {bite.pack}, {spoken_span(bite.dates)} · grade {bite.grade}"
        lines += labelled("", told, indent=_INDENT)
        if bite.questions and not bite.certain:
            lines += labelled("", "hangs on: " + " ".join(bite.questions), indent=_INDENT)
    return lines
