"""`registry man`: the manual page, made of the same texts as the help."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import typer

from registry import __version__
from registry.cli import tree
from registry.cli.commands import command, group
from registry.cli.run import Run

app = group("")

_STATUS = (
    ("0", "It may go ahead; the question was answered."),
    ("1", "It may not."),
    ("2", "What was typed, or a file, cannot be acted on."),
    ("3", "A question or a judgement is open."),
    ("4", "Something recorded is not what it was."),
    ("70", "The program itself failed."),
    ("130", "It was stopped."),
)
_SET = (
    ("REGISTRY_HOME", "The folder of the registry, where --registry does not say."),
    ("REGISTRY_BY", "Who records, where --by does not say."),
    ("REGISTRY_PASSPHRASE", "The passphrase of the keys."),
    ("NO_COLOR", "No colour, whatever its value."),
    ("PAGER", "What long answers are read with on a terminal; less if left out, cat for none."),
)


@command(app, example="registry man > registry.1\nman -l registry.1")
def man(ctx: typer.Context) -> None:
    """Print the manual page: every command and option."""
    run: Run = ctx.obj
    run.screen.answer(page())


def page() -> list[str]:
    """The lines of the page. It carries no day, so that the same program always prints the same."""
    front = tree.front()
    lines = [
        f'.TH REGISTRY 1 "" "registry {__version__}" "Consent registry"',
        ".SH NAME",
        r"registry \- consents of performers to digital replicas",
        ".SH SYNOPSIS",
        r".B registry",
        r"[OPTIONS] COMMAND",
        ".SH DESCRIPTION",
        *_paragraphs(front.help),
        ".SH OPTIONS",
    ]
    for path, found, ctx in tree.every(front):
        lines += [] if ctx.parent is None else [f".SS {_text(path)}"]
        lines += [*_of(found, ctx), *([".SH COMMANDS"] if ctx.parent is None else [])]
    lines += [".SH EXIT STATUS", *_terms(_STATUS), ".SH ENVIRONMENT", *_terms(_SET)]
    return lines


def _of(found: Any, ctx: Any) -> Iterator[str]:
    if ctx.parent is not None:
        yield from [".B " + _text(ctx.command_path), _text(" ".join(found.collect_usage_pieces(ctx))), ".PP"]
        yield from _paragraphs(found.help)
    terms = [(argument.metavar or argument.name, argument.help or "") for argument in tree.arguments(found)]
    for option in tree.options(found, ctx):
        value = "" if option.is_flag else f" {option.metavar or 'TEXT'}"
        terms.append((", ".join(sorted(option.opts, key=len)) + value, option.help or ""))
    yield from _terms(terms)
    if found.epilog:
        yield from [".PP", "Example:", ".PP", ".nf", *(_text(line) for line in found.epilog.splitlines()), ".fi"]


def _terms(terms: Any) -> Iterator[str]:
    for term, said in terms:
        yield from [".TP", ".B " + _text(term), _text(said) or r"\&"]


def _paragraphs(text: str | None) -> Iterator[str]:
    for n, part in enumerate((text or "").split("\n\n")):
        yield from [*([".PP"] * bool(n)), _text(" ".join(part.split()))]


def _text(text: str) -> str:
    r"""`text` as roff prints it: no escape, no request at the start of a line, a dash that can be copied, and whatever
    is not ASCII by its number, since not every roff reads UTF-8."""
    plain = text.replace("\\", r"\e").replace("-", r"\-")
    plain = "".join(c if c.isascii() else rf"\[u{ord(c):04X}]" for c in plain)
    return rf"\&{plain}" if plain[:1] in (".", "'") else plain
