"""What the commands of `registry rules` share: the noun itself, and how cases are named."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli.commands import group
from registry.resources import checkout

app = group(
    "Read the rules, see what tries them and what changed, test a private pack, verify a clause.",
    example="registry rules show TVT23-NOTICE-1",
)

Cases = Annotated[
    list[str],
    typer.Option("--cases", metavar="FOLDER", help="Case files; again for more. Left out: those of the checkout."),
]


def places(named: list[str]) -> tuple[Path, ...]:
    """The folders of cases: those named, else those of the checkout; an installed program carries none."""
    from registry.services.trials import at_hand

    return tuple(Path(name) for name in named) or at_hand(checkout())
