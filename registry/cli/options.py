"""Options that several commands have: one name, one meaning, one sentence, wherever they stand."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

Maybe: TypeAlias = str | None
Many: TypeAlias = list[str] | None


def option(name: str, metavar: str, text: str) -> typer.models.OptionInfo:
    """An option that takes a value, and the sentence of its help."""
    found: typer.models.OptionInfo = typer.Option(name, metavar=metavar, help=text)
    return found


# ---- when, and what is asked about

AsOf = Annotated[Maybe, option("--as-of", "WHEN", "As things stood on that day, or at that moment.")]
KnownAt = Annotated[Maybe, option("--known-at", "WHEN", "On what was on file by then. Left out: all.")]
Within = Annotated[str, option("--within", "TIME", "How far ahead: 30d, 6w, 3m or 1y.")]
Since = Annotated[str, option("--from", "DATE", "The first day.")]
Until = Annotated[Maybe, option("--to", "DATE", "The last day, itself included.")]
Effective = Annotated[Maybe, option("--effective", "DATE", "The first day it counts. Left out: today.")]
EffectiveOn = Annotated[str, option("--effective", "DATE", "The first day it counts.")]
Received = Annotated[Maybe, option("--received", "MOMENT", "When the letter came, or comes.")]
OfPerformer = Annotated[Maybe, option("--performer", "ID", "Of one performer alone.")]
OfProduction = Annotated[Maybe, option("--production", "ID", "Of one production alone.")]

# ---- a use that is typed

Uses = Annotated[Many, typer.Argument(metavar="USE...", help="Uses on file; with --file, those of the file.")]
UsesFiles = Annotated[Many, option("--file", "FILE", "Uses in YAML, JSON or CSV; - reads the input. May be repeated.")]
Performers = Annotated[Many, option("--performer", "ID", "Who; again, or with commas, for several.")]
Production = Annotated[Maybe, option("--production", "ID", "On which picture.")]
Productions = Annotated[Many, option("--production", "ID", "On which picture.")]
Act = Annotated[Maybe, option("--act", "ACT", "What is done: use_replica, alter_performance, dub …")]
Acts = Annotated[Many, option("--act", "ACT", "What is done: use_replica, alter_performance, dub …")]
Replica = Annotated[Maybe, option("--replica", "ID", "With which replica.")]
Purpose = Annotated[Maybe, option("--purpose", "WHAT", "final, temporary, ideation, pitch, promotion …")]
At = Annotated[Maybe, option("--at", "MOMENT", "When the work is done, with its offset.")]
Scenes = Annotated[Many, option("--scene", "NO", "In which scenes.")]
Elements = Annotated[Many, option("--element", "WORD", "voice, likeness, movement; else those of the replica.")]
Content = Annotated[Many, option("--content", "WORD", "Sensitive content, or none.")]
Media = Annotated[Many, option("--medium", "WORD", "Where it is shown: theatrical, svod, social …")]
Territories = Annotated[Many, option("--territory", "CODE", "In which countries; else those of the picture.")]
Languages = Annotated[Many, option("--language", "TAG", "In which languages; else that of the picture.")]
Seconds = Annotated[Maybe, option("--seconds", "N", "How many seconds.")]
Tool = Annotated[Maybe, option("--tool", "ID", "With which registered tool.")]
Model = Annotated[Maybe, option("--model", "ID", "With which trained model.")]
Profile = Annotated[Maybe, option("--profile", "ID", "A named set of answers.")]
Facts = Annotated[Many, option("--fact", "NAME=VALUE", "Any other answer: yes, no, unsure or a value.")]

# ---- sheets of an office

SheetKind = Annotated[Maybe, option("--as", "KIND", "What a sheet is: cast-list, call-sheet …")]
Columns = Annotated[Maybe, option("--columns", "FILE", "The show's own headings: registry template columns.")]
Worksheet = Annotated[Maybe, option("--sheet", "NAME", "One sheet of a workbook.")]
Episode = Annotated[Maybe, option("--episode", "NO", "The episode a sheet is of.")]

# ---- documents

Company = Annotated[Maybe, option("--company", "NAME", "The company that issues and seals.")]
Signatory = Annotated[Maybe, option("--signatory", "NAME", "Who signs for the company.")]
DocumentKind = Annotated[Maybe, option("--kind", "KIND", "Else what fits the consent; see docs/family.md.")]
DocumentLanguage = Annotated[str, option("--language", "TAG", "The signer's: en, es or fr.")]
Fill = Annotated[Many, option("--fill", "KEY=VALUE", "What is on no record: voucher, court, witness, spots…")]
PaperSize = Annotated[str, option("--paper", "SIZE", "letter or a4.")]
Trust = Annotated[Many, option("--trust", "FILE", "A root certificate you know the source of.")]
Authority = Annotated[Maybe, option("--tsa", "URL", "An RFC 3161 service, in place of the local clock.")]
Despite = Annotated[Many, option("--despite", "ID", "A finding of lint to answer for when it is sealed.")]
Decline = Annotated[Many, option("--decline", "NO", "A clause that is not agreed to.")]
SignedBy = Annotated[list[str], option("--signed", "PLACE=NAME", "Who signed in which place; again for each.")]

# ---- what is recorded

By = Annotated[Maybe, option("--by", "NAME", "Whose act it is, and who records it.")]
_BECAUSE = option("--because", "TEXT", "The reason, in a sentence.")
Because = Annotated[Maybe, _BECAUSE]
Reason = Annotated[str, _BECAUSE]
Note = Annotated[Maybe, option("--note", "TEXT", "Anything worth keeping.")]
OnPhotography = Annotated[
    Maybe, option("--on", "DATE", "On which day. Left out: today, or when photography begins if later.")
]
On = Annotated[Maybe, option("--on", "DATE", "On which day. Left out: today.")]

# ---- how it is answered

Json = Annotated[bool, typer.Option("--json", help="One JSON object.")]
JsonLines = Annotated[bool, typer.Option("--json", "--jsonl", help="One JSON object a line.")]
Jsonl = Annotated[bool, typer.Option("--jsonl", help="One JSON object a line.")]
Csv = Annotated[bool, typer.Option("--csv", help="As a table for a spreadsheet.")]
Html = Annotated[Maybe, option("--html", "FILE", "Write a page to read; - is stdout.")]
