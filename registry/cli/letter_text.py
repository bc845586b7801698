"""A letter as plain text of eighty columns, ready to be pasted into a mail."""

from __future__ import annotations

from registry.cli.output import columns, labelled, paragraph
from registry.cli.phrases import day
from registry.domain.clearance_report import Label
from registry.domain.letter import Block, Letter

INDENT = 23
_WIDE = 48


def letter_lines(letter: Letter) -> list[str]:
    """Addressee, sender and day, subject, then the blocks, a blank line between them."""
    first, *through = letter.to
    lines = paragraph(f"To {first}")
    lines += [line for name in through for line in paragraph(f"through {name}", 3)]
    company = f" for {letter.company}" if letter.company else ""
    lines += paragraph(f"From {letter.sender}{company}, {day(letter.on)}")
    lines += ["", *paragraph(letter.subject)]
    for block in letter.blocks:
        lines += ["", *_block(block)]
    return lines


def _fact(fact: Label, indent: int) -> list[str]:
    """The label and beside it what it is; under it, where the label is a whole question."""
    if columns(fact.label) + 2 > indent:
        return [*paragraph(fact.label, 1), *paragraph(fact.text, 3)]
    return labelled(fact.label, fact.text, indent=indent)


def _block(block: Block) -> list[str]:
    lines = paragraph(block.heading) if block.heading else []
    for sentence in block.sentences:
        lines += paragraph(sentence)
    for fact in block.facts:
        lines += _fact(fact, _WIDE if block.wide else INDENT)
    return lines
