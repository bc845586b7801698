"""A letter ready to send: whom it goes to, in whose name, and what it says, as plain words."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from registry.domain.clearance_report import Label
from registry.domain.values import dataclass


class LetterKind(StrEnum):
    NOTICE = "notice"  # to a performer, and whoever represents them
    UNION = "union"
    PLATFORM = "platform"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """Part of a letter: a heading, sentences, then labelled facts; each may be missing. `wide`: labels are long."""

    heading: str = ""
    sentences: tuple[str, ...] = ()
    facts: tuple[Label, ...] = ()
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter. `name` is that of its file. `to` is the addressee, then those it goes through. `when` is the deadline
    in words, `late` that it has passed. `commands` record that the letter was sent, with the moment
    left to fill in."""

    name: str
    kind: LetterKind
    to: tuple[str, ...]
    sender: str
    company: str | None
    on: dt.date
    subject: str
    blocks: tuple[Block, ...]
    uses: tuple[str, ...]
    when: str
    late: bool
    commands: tuple[str, ...]

    @property
    def unsaid(self) -> tuple[str, ...]:
        """The labels of what nobody has answered or recorded."""
        open_ = [f.label for block in self.blocks for f in block.facts if f.text in (NOT_RECORDED, NOT_ANSWERED)]
        return tuple(dict.fromkeys(open_))


NOT_RECORDED = "not recorded"
NOT_ANSWERED = "not answered"
