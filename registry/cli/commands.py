"""How our commands differ from Typer's own: plain help in eighty columns with an example, and text that stays text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import typer
from typer import core
from typer._coercion import RuntimeParam

from registry.errors import UnknownError, UsageError
from registry.source.spelling import nearest

FEW = 8  # commands that are named where another one was typed
Function = TypeVar("Function", bound=Callable[..., Any])


class AsTyped(RuntimeParam):
    """Every option is text here and is read by the command itself, so that a fault is told in our words.

    Typer's own reading of an option brings in pydantic, 115 modules, even for plain text."""

    def _coerce_value(self, value: Any, param: Any, ctx: Any) -> Any:
        return value


def _typed(params: list[Any]) -> None:
    for param in params:
        descriptor = param.type_descriptor
        param._runtime_param = AsTyped(parameter_info=descriptor.parameter_info, annotation=descriptor.annotation)


def _typed_help(option: Any) -> Any:
    """The help option, which Typer makes itself."""
    if option is not None:
        _typed([option])
        option.help = "Show this and stop."
    return option


class Command(core.TyperCommand):
    """A command whose epilog is its example: shown as typed, never rewrapped."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _typed(self.params)

    def invoke(self, ctx: Any) -> Any:
        """Carried out on the identifiers that were meant."""
        from registry.cli import ids  # the help needs none

        try:
            ids.settle(ctx)
            return super().invoke(ctx)
        except UnknownError as error:
            raise ids.nearest_told(ctx.obj, error) from None

    def get_help_option(self, ctx: Any) -> Any:
        return _typed_help(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """The arguments by their names, those that may be left out in brackets."""
        arguments = [param for param in self.params if isinstance(param, core.TyperArgument)]
        return ["[OPTIONS]", *(a.metavar if a.required else f"[{a.metavar}]" for a in arguments if a.metavar)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Arguments and options with their names and what they mean, and no types: everything is text."""
        arguments = [p for p in self.params if isinstance(p, core.TyperArgument)]
        options = [p for p in self.get_params(ctx) if isinstance(p, core.TyperOption) and not p.hidden]
        if arguments:
            with formatter.section("Arguments"):
                formatter.write_dl([(p.metavar or p.name, p.help or "") for p in arguments])
        with formatter.section("Options"):
            formatter.write_dl([_option(p) for p in sorted(options, key=lambda p: not p.required)])

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        _example(self.epilog, formatter)


def _option(option: core.TyperOption) -> tuple[str, str]:
    names = ", ".join(sorted(option.opts, key=len))
    taken = "" if option.is_flag else f" {option.metavar or 'TEXT'}"
    return f"{names}{taken}", f"{option.help or ''}{' Must be given.' if option.required else ''}"


class Group(core.TyperGroup):
    """A noun and its verbs. Unknown verbs get the nearest known one, without importing anything."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _typed(self.params)

    def get_help_option(self, ctx: Any) -> Any:
        return _typed_help(super().get_help_option(ctx))

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        return ["COMMAND"] if ctx.parent else ["[OPTIONS]", "COMMAND"]

    def format_own_options(self, formatter: Any) -> None:
        options = [p for p in self.params if isinstance(p, core.TyperOption)]
        if options:
            with formatter.section("Options"):
                formatter.write_dl([_option(p) for p in options])

    def format_options(self, ctx: Any, formatter: Any) -> None:
        self.format_own_options(formatter)
        with formatter.section("Commands"):
            formatter.write_dl(self.summaries(ctx))

    def summaries(self, ctx: Any) -> list[tuple[str, str]]:
        """Each verb with the first sentence of its help."""
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        return [(name, _first_sentence(found.help or "")) for name, found in commands if found and not found.hidden]

    def format_epilog(self, ctx: Any, formatter: Any) -> None:
        _example(self.epilog, formatter)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command named, or what was probably meant."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            meant = nearest(args[0], known)
            few = f"; there are {', '.join(known)}." if len(known) <= FEW else "."
            hint = f"; did you mean {meant}?" if meant else few
            problem = f"{ctx.command_path} has no command {args[0]}{hint}"
            raise UsageError(problem, f"{ctx.command_path} --help    lists them")
        return super().resolve_command(ctx, args)


def _first_sentence(text: str) -> str:
    first = " ".join(text.split()).partition(". ")[0].removesuffix(".")
    return first if first.endswith("?") else f"{first}."


def _example(example: str | None, formatter: Any) -> None:
    if not example:
        return
    lines = example.splitlines()
    several = sum(not line.startswith(" ") for line in lines) > 1
    with formatter.section("Examples" if several else "Example"):
        for line in lines:
            formatter.write(f"{'':>{formatter.current_indent}}{line}\n")


def group(help_: str, *, example: str = "") -> typer.Typer:
    """A noun: its commands are added with `command`."""
    return typer.Typer(
        cls=Group, help=help_, epilog=example, add_completion=False, rich_markup_mode=None, no_args_is_help=True
    )


def command(
    app: typer.Typer, name: str | None = None, *, example: str, hidden: bool = False
) -> Callable[[Function], Function]:
    """A verb of `app`, with the example its `--help` shows."""
    return app.command(name, cls=Command, epilog=example, hidden=hidden)
