"""`registry check`: may we do this, with this person, on this picture, on this date?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Annotated

import typer

from registry.cli import options
from registry.cli.checks import Bench, Checked, Clocks, ending_reviews
from registry.cli.commands import command, group
from registry.cli.options import option
from registry.cli.phrases import count
from registry.cli.proposed import chosen, from_file, from_options, named_in, on_file
from registry.cli.remedies import UNNAMED
from registry.cli.run import Run
from registry.cli.verdict_text import rows
from registry.domain.facts import FactDefinition
from registry.domain.finding import Status, Verdict
from registry.domain.use import Use
from registry.domain.values import dataclass
from registry.domain.words import Act
from registry.errors import UsageError
from registry.rules.dictionary import load_dictionary
from registry.services import checking

app = group("")


@command(
    app,
    example="registry check u-41-fall\nregistry check --ask\n"
    "registry check --file uses.yaml --explain\n"
    "registry check --performer okafor --production harbor --act use_replica \\\n"
    "  --replica okafor-scan-1 --purpose final --scene 60 --content none \\\n"
    "  --at 2027-04-12T09:00:00-07:00 --tool northgate-pipeline --profile vfx-shot\n"
    "registry check u-41-fall --brief\n"
    "registry check --file uses.csv --json | jq .verdict\n"
    "registry check --file uses.csv --html check.html",
)
def check(
    ctx: typer.Context,
    uses: options.Uses = None,
    file: options.UsesFiles = None,
    ids_from: Annotated[
        str | None, option("--ids-from", "FILE", "Uses named in a file, an id a line; - reads the input.")
    ] = None,
    performer: options.Performers = None,
    production: options.Production = None,
    act: options.Act = None,
    replica: options.Replica = None,
    purpose: options.Purpose = None,
    at: options.At = None,
    scene: options.Scenes = None,
    element: options.Elements = None,
    content: options.Content = None,
    medium: options.Media = None,
    territory: options.Territories = None,
    language: options.Languages = None,
    seconds: options.Seconds = None,
    tool: options.Tool = None,
    model: options.Model = None,
    profile: options.Profile = None,
    fact: options.Facts = None,
    use_id: Annotated[str, option("--id", "ID", "What to call a use that is typed here.")] = UNNAMED,
    json: options.JsonLines = False,
    explain: Annotated[bool, typer.Option("--explain", help="Every finding, fact, clause and source.")] = False,
    brief: Annotated[bool, typer.Option("--brief", help="For the set: yes or no, why not, and what to print.")] = False,
    ask: Annotated[bool, typer.Option("--ask", help="Be asked what is missing, and see what answers bring.")] = False,
    record: Annotated[bool, typer.Option("--record", help="Keep the uses and these verdicts in the registry.")] = False,
    as_of: options.AsOf = None,
    known_at: options.KnownAt = None,
    by: options.By = None,
    html: options.Html = None,
) -> int:
    """May we do this, with this person, on this picture, on this date?

    The first line answers, the second says what to do, the rest can be quoted. Nothing is written unless --record
    says so. Exit status: 0 it may go ahead, 1 it may not, 3 a question or a judgement is open."""
    run: Run = ctx.obj
    keys: dict[str, str | list[str] | None] = {
        "performer": performer, "production": production, "act": act, "replica": replica, "purpose": purpose, "at": at,
        "scenes": scene, "elements": element, "content": content, "media": medium, "territories": territory,
        "languages": language, "seconds": seconds, "tool": tool, "model": model, "profile": profile,
    }  # fmt: skip
    clocks = _clocks(run, as_of, known_at)
    uses = [*(uses or []), *(named_in(ids_from) if ids_from else [])]
    opened = ask and not uses and not file
    if opened:
        from registry.cli.opening import completed

        keys = completed(run, keys, fact or [])
    asked = Asked(uses, file or [], {"id": use_id, **keys}, fact or [])
    found = asked.uses(run, clocks)
    if html:
        from registry.cli.pages import writable

        writable(html)
        if html == "-" and json:
            raise UsageError("--html - and --json both write to stdout.", "--html FILE")
    checked = Bench.open(run, found, clocks, asked.found_in).check(found)
    if ask:
        from registry.cli.ask import interview
        from registry.cli.opening import command as command_of

        typed_as = command_of(keys, fact or []) if opened else ""
        checked = [interview(run, one, typed_as) for one in checked]
    if html:
        from registry.cli.pages import check_page, write

        write(run, html, check_page(run, checked, again=asked.again(clocks, run.now)))
    if html != "-":
        _print(run, checked, json=json, explain=explain, brief=brief)
    run.screen.about(_unnamed(checked))
    run.screen.about(ending_reviews(checked, on=run.today))
    if record:
        from registry.cli.decisions import keep

        keep(run, checked, by=run.by(by))
    return _status([one.verdict for one in checked])


def _clocks(run: Run, as_of: str | None, known_at: str | None) -> Clocks:
    if not (as_of or known_at):
        return Clocks()
    from registry.cli import typed  # only where a moment is

    return Clocks(
        as_of=typed.day_or_moment("--as-of", as_of) if as_of else None,
        known_at=typed.end_of("--known-at", known_at, run.now) if known_at else None,
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: names of uses, files, the keys of one use, its facts."""

    names: list[str]
    files: list[str]
    keys: dict[str, str | list[str] | None]
    facts: list[str]

    def uses(self, run: Run, clocks: Clocks) -> tuple[Use, ...]:
        """The uses to check: those of the files, the one that was typed, or those on file."""
        dictionary = load_dictionary()
        typed_here = self.facts or any(value for key, value in self.keys.items() if key != "id")
        if self.files and typed_here:
            raise UsageError("Uses come from --file or from options, not from both.", "registry check --help")
        if self.files:
            found = [use for name in self.files for use in from_file(run, name, dictionary)]
            return chosen(found, self.names, f"in {', '.join(self.files)}")
        if typed_here and self.names:
            raise UsageError("A use is named or typed, not both.", "registry check USE    or leave USE out")
        if typed_here:
            return (self._typed(dictionary),)
        if not self.names:
            raise UsageError(
                "Nothing to check.",
                "registry check --ask    asks; or name a USE, --file FILE, or --performer … --act …",
            )
        return on_file(run, self.names, clocks.known_at)

    @property
    def found_in(self) -> str:
        """What to add to a command so that it finds the same use."""
        return f"--file {self.files[0]}" if len(self.files) == 1 and self.files[0] != "-" else ""

    def again(self, clocks: Clocks, now: dt.datetime) -> str:
        """The command that asks the same again, on what was known; empty where it cannot be typed anew."""
        import shlex

        if not (self.files or self.names) or "-" in self.files:
            return ""
        parts = ["registry", "check", *self.names, *(part for name in self.files for part in ("--file", name))]
        parts += ["--as-of", clocks.as_of.isoformat()] if clocks.as_of else []
        known = (clocks.known_at or now).astimezone(dt.UTC)
        return shlex.join([*parts, "--known-at", known.isoformat().replace("+00:00", "Z")])

    def _typed(self, dictionary: Mapping[str, FactDefinition]) -> Use:
        needed = ("act",) if self.keys["replica"] else ("production", "act")
        missing = [f"--{key}" for key in needed if not self.keys[key]]
        if missing:
            raise UsageError(f"A use needs {' and '.join(missing)}.", "registry check --help    shows an example")
        return from_options(self.keys, self.facts, dictionary)


def _print(run: Run, checked: list[Checked], *, json: bool, explain: bool, brief: bool) -> None:
    """A whole note for one verdict, a line each for several; JSON Lines for machines."""
    if brief and not json:
        from registry.cli.brief import brief_lines

        run.screen.answer(line for one in checked for line in brief_lines(one, now=run.now))
        return
    if json:
        from registry.cli.verdict_json import line

        run.screen.answer(line(one.verdict) for one in checked)
        return
    if explain:
        from registry.cli.explain import explained

        for n, one in enumerate(checked):
            run.screen.answer([*([""] * bool(n)), *one.note(), *explained(one.verdict, one.subject)])
        return
    if len(checked) == 1:
        run.screen.answer(checked[0].note())
        return
    run.screen.answer(rows([(one.verdict, one.subject) for one in checked]))
    worst = checking.worst([one.verdict for one in checked])
    if worst is not None and worst.status is not Status.CLEARED:
        refused = sum(one.verdict.status is not Status.CLEARED for one in checked)
        run.screen.about(
            [f"{count(refused, 'line')} of {len(checked)} may not go ahead; name a use for its whole note."]
        )


def _unnamed(checked: list[Checked]) -> list[str]:
    """What to type where nobody is named in an act that is done with somebody."""
    if any(not one.use.performers and one.use.act in _WITH_SOMEBODY for one in checked):
        return ["Nobody is named: --performer ID, or --replica ID, says with whom."]
    return []


# The others can be done with nobody in them.
_WITH_SOMEBODY = {Act.CREATE_REPLICA, Act.USE_REPLICA, Act.ALTER_PERFORMANCE, Act.DUB, Act.PROMPT_LIKENESS}


def _status(verdicts: list[Verdict]) -> int:
    worst = checking.worst(verdicts)
    return int(worst.status) if worst else int(Status.USAGE)
