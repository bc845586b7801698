"""The front door: which commands there are, each imported only when it is called."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer import core
from typer._click import exceptions as mistakes
from typer.main import get_command

from registry import __version__
from registry.cli.commands import Group
from registry.cli.output import Screen
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.errors import UsageError
from registry.source.spelling import nearest

# The order is the order of the work. Each name is a module of registry.cli (`import` is a word of Python's own).
COMMANDS = {
    "init": "Start a registry in a folder.",
    "import": "Read registry files, and the sheets of a production office.",
    "template": "Write a sheet to fill in, or a mapping file to start from.",
    "export": "Write everything on file as one registry file.",
    "performer": "Look up performers, their standings and consents.",
    "production": "Look up productions and who is engaged on them.",
    "consent": "Look up consents, clause by clause.",
    "replica": "Look up replicas: of whom, for which picture, who holds them.",
    "model": "The ledger of models: trained on whom, and which may run on a picture.",
    "tool": "Look up registered tools.",
    "search": "Where is this name, this word, this reference?",
    "plan": "Which rules would bite on an idea, before anybody is cast.",
    "use": "File proposed uses and look them up.",
    "clear": "Is tomorrow clean? Every planned use of a schedule, and what to do by when.",
    "check": "May we do this, with this person, on this picture, on this date?",
    "cure": "What would turn a refusal: a rider, a note, a request.",
    "cover": "What is covered where and in which language, cell by cell.",
    "record": "Write down what happened: notice, approval, ruling, payment.",
    "draft": "Start a consent of a kind: what is on file is filled in.",
    "due": "What we owe: pay, labels, reports, duties, destructions, by day.",
    "expiring": "What ends soon, and which planned uses it would stop.",
    "impact": "What a revocation, a strike or an end stops, and whom to tell.",
    "pack": "Packs of evidence: for delivery, awards, a dispute, a performer.",
    "lint": "Read a draft before it is issued: what would be void, and what to write.",
    "render": "Make the PDF of a consent.",
    "issue": "Make the PDF of a consent and seal it, in one step.",
    "sign": "Seal, sign and close a PDF.",
    "verify": "Check a PDF offline: unchanged, signed, complete.",
    "document": "Documents on record: every revision, who signed, who is missing.",
    "keys": "The company's seal and the registry's own roots.",
    "rules": "Read the rules, what tries them, what changed; verify a clause.",
    "rates": "Bring a rate card, and see the figures on file.",
    "cases": "Run case files: a world, a use, what must come out.",
    "completion": "Let the shell complete commands, options and ids: bash, zsh or fish.",
    "man": "Print the manual page: every command and option.",
    "shell": "Keep the registry open: each line is a command.",
    "doctor": "Look after the installation and the database.",
}
# Where a command stands in `registry --help`; one that stands nowhere comes last.
WORK = {
    "Casting": "performer production search plan",
    "Deal": "consent draft issue cure render sign verify document",
    "Shoot": "use clear check record",
    "Post and delivery": "replica model tool cover due expiring impact pack",
    "Law": "rules rates cases lint",
    "Office": "init import template export keys shell completion man doctor",
}
_GLOBAL_WITH_VALUE = ("--registry", "--passphrase-fd", "--passphrase-file")
_GLOBAL = ("--debug", "--version")


def run(
    typed: Sequence[str],
    *,
    now: dt.datetime,
    environ: Mapping[str, str],
    screen: Screen,
    session: Run | None = None,
) -> int:
    """Carry out one command line, on its own or in a session. Typer's own complaints come out as ours."""
    front = get_command(app)
    context = Run(now=now, environ=environ, cwd=Path.cwd(), screen=screen, session=session)
    try:
        with front.make_context("registry", hoisted(typed), obj=context) as ctx:
            status = front.invoke(ctx)
    except typer.Exit as leaving:
        return leaving.exit_code
    except (typer.Abort, EOFError):
        screen.about(["Stopped: there is nobody to answer."])
        return Status.INTERRUPT
    except mistakes.NoArgsIsHelpError as asked:
        screen.answer([asked.format_message()])
        return Status.USAGE
    except mistakes.UsageError as mistake:
        raise _plainly(mistake) from None
    return int(status or 0)


def hoisted(typed: Sequence[str]) -> list[str]:
    """Options of the registry itself may stand anywhere: they are moved to the front."""
    front: list[str] = []
    rest: list[str] = []
    words = iter(typed)
    for word in words:
        if word == "--":
            return [*front, *rest, word, *words]
        if word in _GLOBAL_WITH_VALUE:
            front += [word, *(value for value in [next(words, None)] if value is not None)]
        elif word in _GLOBAL or word.partition("=")[0] in _GLOBAL_WITH_VALUE:
            front.append(word)
        else:
            rest.append(word)
    return [*front, *rest]


def _plainly(mistake: mistakes.UsageError) -> UsageError:
    """What was typed that cannot be acted on, and what to type."""
    command = mistake.ctx.command_path if mistake.ctx else "registry"
    if isinstance(mistake, mistakes.NoSuchOption):
        options = mistake.ctx.command.params if mistake.ctx else []
        known = [name for param in options for name in param.opts if name.startswith("-")]
        meant = nearest(mistake.option_name, known)
        hint = f"; did you mean {meant}?" if meant else "."
        return UsageError(f"{command} has no option {mistake.option_name}{hint}", f"{command} --help    lists them")
    if isinstance(mistake, mistakes.MissingParameter) and mistake.param is not None:
        return UsageError(f"{command} needs {_named(mistake.param)}.", f"{command} --help    shows an example")
    said = mistake.format_message()
    extra = re.fullmatch(r"Got unexpected extra arguments? \((.*)\)|Got unexpected extra argument\(s\) \((.*)\)", said)
    if extra:
        said = f"{command} takes no {extra[1] or extra[2]} here."
    said = said if said.endswith((".", "?")) else f"{said}."
    return UsageError(said, f"{command} --help    shows an example")


def _named(param: Any) -> str:
    """The way a parameter is typed: `--because`, or the name of an argument."""
    if isinstance(param, core.TyperOption):
        return str(param.opts[0])
    return str(param.metavar or param.name.upper()).removesuffix("...")


class Front(Group):
    """The commands of COMMANDS, imported when called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"registry.cli.{'import_' if cmd_name == 'import' else cmd_name}")
        command = get_command(module.app)
        command.name = cmd_name
        return command

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Options, then the commands by the work they belong to."""
        self.format_own_options(formatter)
        placed = {name for names in WORK.values() for name in names.split()}
        work = {**WORK, "Also": " ".join(name for name in COMMANDS if name not in placed)}
        width = max(map(len, COMMANDS))
        for heading, names in work.items():
            listed = [(name.ljust(width), COMMANDS[name]) for name in names.split() if name in COMMANDS]
            if listed:
                with formatter.section(heading):
                    formatter.write_dl(listed)

    def summaries(self, ctx: Any) -> list[tuple[str, str]]:
        """From the table: `registry --help` imports no command."""
        return list(COMMANDS.items())


app = typer.Typer(
    cls=Front,
    add_completion=False,
    rich_markup_mode=None,
    invoke_without_command=True,
    epilog="registry init\nregistry import examples/world.yaml\nregistry check --file examples/uses/stunt.yaml",
)


@app.callback()
def front(
    ctx: typer.Context,
    registry: Annotated[
        str | None,
        typer.Option("--registry", metavar="DIR", help="Folder of the registry (else REGISTRY_HOME, else here)."),
    ] = None,
    passphrase_fd: Annotated[
        str | None,
        typer.Option("--passphrase-fd", metavar="N", help="Read the passphrase of the keys from this file descriptor."),
    ] = None,
    passphrase_file: Annotated[
        str | None,
        typer.Option("--passphrase-file", metavar="FILE", help="Or from a file that its owner alone can read."),
    ] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show where the program failed.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version.")] = False,
) -> None:
    """May we do this, with this person, on this picture, on this date? If not, what exactly is missing?

    A registry of performers' consents to the digital use of voice, likeness and movement, checked against the
    agreements, laws and platform policies in force."""
    run: Run = ctx.obj
    run.home = registry
    run.passphrase_fd, run.passphrase_file = passphrase_fd, passphrase_file
    if version:
        run.screen.answer([f"registry {__version__}"])
        raise typer.Exit(Status.CLEARED)
    if ctx.invoked_subcommand is None:
        from registry.cli.first_run import five_things

        run.screen.answer(five_things(run))
        raise typer.Exit(Status.USAGE)
