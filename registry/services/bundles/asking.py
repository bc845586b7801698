"""What is asked for when a pack is made, and what every pack is made from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from registry.documents.keys import Roots
from registry.domain.decision import Decision
from registry.domain.finding import Verdict
from registry.domain.values import dataclass
from registry.services.bundles.papers import Paper
from registry.services.register import Register
from registry.storage.ledger import Head
from registry.storage.proof import Proof

VerdictLine = Callable[[Verdict], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a pack is to be made: where signed papers lie, whom to trust, on which paper, and whether to leave out birth
    dates, member numbers and contacts. `line` writes a verdict as one line of JSON."""

    folders: Sequence[Path]
    roots: Roots
    line: VerdictLine
    paper: str = "A4"
    redact: bool = False
    program: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stock:
    """What a pack is made from: the register, what was decided before, the signed papers, and the ledger. `replays`:
    what is in the pack gives the verdicts in it."""

    register: Register
    decisions: tuple[Decision, ...]
    papers: tuple[Paper, ...]
    head: Head
    proof: Proof
    replays: bool
