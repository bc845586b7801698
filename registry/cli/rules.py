"""`registry rules`: which packs and clauses there are, what is wrong with a pack file, and who checked what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated

import typer

from registry.cli import typed
from registry.cli.checks import catalogue as packs_of
from registry.cli.commands import command, group
from registry.cli.output import labelled, paragraph, table
from registry.cli.phrases import count, day
from registry.cli.run import Run
from registry.cli.sheets import span
from registry.domain.finding import Status
from registry.domain.rate import CardRate
from registry.domain.signoff import SignOff
from registry.domain.world import World
from registry.rules.catalogue import Catalogue
from registry.rules.pack import FormRule, Pack, Rule
from registry.services import reviewing
from registry.services.checking import laid_over

app = group("Read the rules, test a private pack, verify a clause.", example="registry rules show TVT23-NOTICE-1")


@command(app, "list", example="registry rules list\nregistry rules list --pack netflix-genai-2025")
def list_(
    ctx: typer.Context,
    pack: Annotated[str | None, typer.Option("--pack", metavar="ID", help="The clauses of one pack.")] = None,
) -> None:
    """Every pack with its dates, clauses and evidence; or every clause of one pack."""
    run: Run = ctx.obj
    found = catalogue(run)
    if pack is not None:
        rows = [[rule.id, rule.grade.value, rule.title] for _, rule in reviewing.list_rules(found, pack=pack)]
        run.screen.answer(table(rows, ["rule", "grade", "title"]))
        return
    rows = [
        [x.pack.id, str(x.rules + x.forms), str(x.gaps), str(x.unverified), _dates(x.pack, x.expired)]
        for x in reviewing.list_packs(found, on=run.now.date())
    ]
    run.screen.answer(table(rows, ["pack", "rules", "gaps", "unchecked", "in force"]))


@command(app, example="registry rules show TVT23-NOTICE-1\nregistry rules show netflix-genai-2025")
def show(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="ID", help="A rule, or a pack to be read top to bottom.")],
) -> None:
    """One rule with its clause, conditions and facts; or one pack, clause by clause, with its gaps."""
    run: Run = ctx.obj
    found = catalogue(run)
    if found.pack(name) is not None:
        run.screen.answer(_pack(reviewing.show_pack(found, name, on=run.now.date())))
    else:
        run.screen.answer(_rule(reviewing.show_rule(found, name)))


@command(app, example="registry rules check house-packs/our-studio.yaml")
def check(
    ctx: typer.Context, files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Pack files.")]
) -> int:
    """What is wrong with a pack file: line, key, caret and nearest spelling. Nothing is installed, nothing runs.

    A private pack is used once its folder is named in registry.toml: packs = ["house-packs"]."""
    run: Run = ctx.obj
    faulty = False
    for name in files:
        checked = reviewing.check_pack(Path(name))
        if checked.error is not None:
            faulty = True
            run.screen.answer(checked.error.lines())
        elif checked.pack is not None:
            rules = count(len(checked.pack.rules), "rule")
            forms = count(len(checked.pack.validity), "form of consent", "forms of consent")
            run.screen.answer([f"{name}: {checked.pack.id}, {rules}, {forms}; nothing is wrong with it."])
    return int(Status.USAGE if faulty else Status.CLEARED)


@command(app, example="registry rules verify TVT26-ALT-1 --by 'S. Renner' --note 'MOA 2026, 39.B'")
def verify(
    ctx: typer.Context,
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The rule, as a verdict shows it.")],
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who read the instrument.")] = None,
    on: Annotated[str | None, typer.Option("--on", metavar="DATE", help="On which day. Left out: today.")] = None,
    note: Annotated[str | None, typer.Option("--note", metavar="TEXT", help="What was read.")] = None,
) -> None:
    """A person has checked this rule against the instrument: from now on it may refuse, exempt or bar by itself.

    It counts until the rule reads otherwise; the pack itself is not edited."""
    run: Run = ctx.obj
    when = typed.day("--on", on) if on else run.now.date()
    signed = reviewing.verify_rule(catalogue(run), rule, by=run.by(by), on=when, note=note)
    run.store.record(World(signoffs=(signed,)), by=run.by(by), now=run.now)
    run.screen.answer([f"{signed.rule}   checked by {signed.by}, {day(signed.on)}"])


def catalogue(run: Run) -> Catalogue:
    """The packs with the figures and sign-offs of this registry; the rules can be read where there is none."""
    found = packs_of(run)
    file = run.settings.database_file
    if file is not None and not file.is_file():
        return found
    added = World(rates=run.store.values(CardRate), signoffs=run.store.values(SignOff))
    return laid_over(found, added, known_at=dt.datetime.max.replace(tzinfo=dt.UTC))


def _dates(pack: Pack, expired: bool) -> str:
    dates = span(pack.in_force.from_, pack.in_force.until) or "always"
    return f"{dates}; review expired" if expired else dates


def _pack(sheet: reviewing.PackSheet) -> list[str]:
    pack = sheet.line.pack
    lines = [f"{pack.id}   {pack.gate.value} gate", *paragraph(pack.title, 1)]
    lines += ["", *labelled("in force", _dates(pack, sheet.line.expired))]
    lines += labelled("judged on", pack.judged_on)
    lines += labelled("applies", pack.applies.source if pack.applies else "always")
    lines += labelled("carries", pack.carries) if pack.carries else []
    lines += labelled("source", pack.source)
    lines += labelled("reviewed", f"{day(pack.reviewed.on)}, until {day(pack.reviewed.expires)}")
    lines += labelled("unset", ", ".join(sheet.unset)) if sheet.unset else []
    for clause in sheet.clauses:
        carried = f" · from {clause.carried_from}" if clause.carried_from else ""
        lines += ["", *labelled("", clause.title, clause.id, indent=1)]
        lines += paragraph(f"{clause.cite} · grade {clause.grade.value}{carried}", 3)
        lines += paragraph(clause.says, 3)
    if sheet.gaps:
        lines += ["", " Gaps: clauses that ask nothing of a single use, or are not encoded"]
    for gap in sheet.gaps:
        lines += ["", *labelled("", gap.title, gap.id, indent=1), *paragraph(gap.gap or "", 3)]
    return lines


def _rule(sheet: reviewing.RuleSheet) -> list[str]:
    rule = sheet.rule
    lines = [f"{rule.id}   {sheet.pack.id}", *paragraph(rule.title, 1)]
    lines += ["", *labelled("cite", f"{rule.cite} · {sheet.pack.title}")]
    checked = f"checked by {rule.verified.by}, {day(rule.verified.on)}" if rule.verified else "not checked by a person"
    lines += labelled("grade", f"{rule.grade.value}, {checked}")
    lines += labelled("judged on", f"{rule.judged_on}, {span(rule.in_force.from_, rule.in_force.until) or 'always'}")
    lines += labelled("says", rule.says or (rule.gap if isinstance(rule, Rule) else None) or "")
    lines += _conditions(rule)
    if len(sheet.spoken_by) > 1:
        lines += labelled("spoken by", ", ".join(sheet.spoken_by))
    rows = [[fact.name, fact.owner.value, fact.ask] for fact in sheet.facts]
    lines += ["", " Facts it reads", *table(rows, indent=3)] if rows else []
    return lines


def _conditions(rule: Rule | FormRule) -> list[str]:
    """The conditions as they are written in the pack."""
    lines = labelled("when", rule.when.source) if rule.when else []
    if isinstance(rule, FormRule):
        return [*lines, *labelled("void if", rule.void_if.source)]
    for limb in rule.unless:
        lines += labelled("unless", limb.condition.source, f"{limb.id} {limb.grade.value}")
    lines += labelled("follows", rule.follows) if rule.follows else []
    lines += labelled("replaces", rule.replaces) if rule.replaces else []
    return lines
