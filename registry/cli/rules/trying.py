"""`registry rules coverage` and `diff`: what tries the rules, and what changed for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

import typer

from registry.cli import lists, options
from registry.cli.checks import reviewed_catalogue
from registry.cli.commands import command
from registry.cli.output import labelled, paragraph, table
from registry.cli.phrases import ACTS, count, counted, listing, sentence
from registry.cli.rules.instrument_json import plain_text
from registry.cli.rules.noun import Cases, app, places
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.words import Act
from registry.errors import UsageError
from registry.services.comparing import Change, Comparison, Difference
from registry.services.covering import Covered

LABEL = 14


@command(
    app, example="registry rules coverage\nregistry rules coverage --pack us-ny\nregistry rules coverage --cases ours"
)
def coverage(
    ctx: typer.Context,
    pack: Annotated[str | None, typer.Option("--pack", metavar="ID", help="The rules of one pack, one by one.")] = None,
    cases: Cases = [],  # noqa: B006 - Typer reads it, nobody changes it
    json: options.Json = False,
    jsonl: options.Jsonl = False,
    csv: options.Csv = False,
) -> int:
    """Which rules have a case that meets them, one that breaks them, one on the day before and after each date.

    Silence counts as the other side of a rule that nothing can meet. A date that rules have from their pack is tried
    once for the pack. Exit status: 0 every rule and date is tried on both sides, 2 otherwise."""
    from registry.services import covering
    from registry.services.trials import read_cases, trials

    run: Run = ctx.obj
    where = places(cases)
    if not where:
        raise UsageError("There are no cases at hand.", "registry rules coverage --cases FOLDER")
    catalogue = reviewed_catalogue(run)
    found = covering.coverage(catalogue, trials(read_cases(where, catalogue), catalogue), pack=pack)
    if json:
        run.screen.answer([plain_text("consent-coverage/1", {"rules": found})])
    elif jsonl or csv:
        lists.answer(run, _LISTED, [_row(rule) for rule in found], json=jsonl, csv=csv)
    else:
        run.screen.answer(_coverage(found, alone=pack is not None))
    return int(Status.USAGE if any(rule.missing for rule in found) else Status.CLEARED)


@command(
    app,
    example="registry rules diff sag-aftra-tv-theatrical-2023 sag-aftra-tv-theatrical-2026\n"
    "registry rules diff our-studio.yaml our-studio-new.yaml",
)
def diff(
    ctx: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="A pack, or a file with one.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The one to compare with it.")],
    json: options.Json = False,
) -> None:
    """What changed for whom: clauses added, removed, replaced or changed, with the days that are affected."""
    from registry.services import comparing

    run: Run = ctx.obj
    found = comparing.compare(reviewed_catalogue(run), old, new)
    run.screen.answer([plain_text("consent-rules-diff/1", found)] if json else _comparison(found))


_LISTED = ["rule", "pack", "title", "met", "broken", "silent", "turns", "missing"]


def _row(rule: Covered) -> list[str]:
    return [rule.rule, rule.pack, rule.title, *_sides(rule), _turns(rule), "; ".join(rule.missing)]


def _coverage(found: Sequence[Covered], *, alone: bool) -> list[str]:
    lacking = [rule for rule in found if rule.missing]
    if alone:
        rows = [
            [rule.rule, str(len(rule.met)), str(len(rule.broken)), str(len(rule.silent)), _turns(rule)]
            for rule in found
        ]
        lines = table(rows, ["rule", "met", "broken", "silent", "days before and after"])
    else:
        packs = dict.fromkeys(rule.pack for rule in found)
        rows = [[pack, *_tally([rule for rule in found if rule.pack == pack])] for pack in packs]
        lines = table(rows, ["pack", "rules", "both sides", "missing"])
    for rule in lacking:
        lines += ["", *labelled("", rule.title, rule.rule, indent=1)]
        lines += [line for missing in rule.missing for line in paragraph(missing, 3)]
    tried = f"{count(len(found), 'entry', 'entries')}, {len(found) - len(lacking)} tried on every side"
    return [*lines, "", f"{tried}, {len(lacking)} not." if lacking else f"{tried}."]


def _tally(rules: Sequence[Covered]) -> list[str]:
    lacking = sum(bool(rule.missing) for rule in rules)
    return [str(len(rules)), str(len(rules) - lacking), str(lacking or "–")]


def _sides(rule: Covered) -> list[str]:
    return [str(len(cases)) for cases in (rule.met, rule.broken, rule.silent)]


def _turns(rule: Covered) -> str:
    if not rule.turns:
        return "none"
    return ", ".join(f"{turn.day} {'✓' if turn.told_apart else '✗'}" for turn in rule.turns)


def _comparison(found: Comparison) -> list[str]:
    lines = [f"{found.old} → {found.new}" if found.old != found.new else found.old]
    if found.alike:
        return [*lines, " Nothing reads otherwise."]
    kinds = [change.kind for change in found.changes]
    told = [f"{counted(kinds.count(kind), 'clause')} {kind}" for kind in _KINDS if kind in kinds]
    told += [f"{counted(kinds.count('figure'), 'figure')} changed"] if "figure" in kinds else []
    same = f"{counted(found.same, 'clause')} {'reads' if found.same == 1 else 'read'} as before"
    lines += paragraph(sentence(f"{listing(told) or 'no clause changed'}; {same}"), 1)
    if found.whole:
        lines += ["", " The instrument", *(line for each in found.whole for line in _difference(each))]
    for change in found.changes:
        lines += ["", *_change(change)]
    return lines


_KINDS = ("replaced", "added", "changed", "removed")


def _change(change: Change) -> list[str]:
    kind = f"{change.kind.upper()}{f' {change.instead_of}' if change.instead_of else ''}"
    lines = labelled("", f"{kind} · {change.title}", change.clause, indent=1)
    lines += labelled("days", f"{change.days}, by {change.judged_on}", indent=LABEL)
    if change.acts:
        lines += labelled("for", _whom(change.acts), indent=LABEL)
    lines += labelled("", change.says, indent=LABEL) if change.says else []
    return [*lines, *(line for each in change.differences for line in _difference(each))]


def _whom(acts: Sequence[Act]) -> str:
    return "every act" if len(acts) == len(Act) else listing((ACTS[act] for act in acts), "or")


def _difference(found: Difference) -> list[str]:
    lines = labelled(found.what, "", indent=LABEL)
    return [*lines, *_told("was", found.was), *_told("is", found.now)]


def _told(label: str, said: Sequence[str]) -> Iterator[str]:
    for n, line in enumerate(said or ("nothing",)):
        deep = len(line) - len(line.lstrip())
        yield from labelled(f"  {label}" if n == 0 else "", line, indent=8 + deep)
