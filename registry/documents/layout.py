"""The pieces of a sheet: lines, sections, clauses, parts, provisions and signature blocks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading with lines and paragraphs under it. `cites` says which rules it stands there for, or nothing."""

    heading: str
    lines: tuple[Line, ...] = ()
    paragraphs: tuple[str, ...] = ()
    cites: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A place for one person's initials. The tooltip is for readers who cannot see the page."""

    label: str
    field: str
    tooltip: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One grant as it is offered: its number, its words, its scope line by line, and a box for each who grants."""

    number: str
    heading: str
    says: str
    description: str
    scope: tuple[Line, ...]
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Part A, B or C."""

    letter: str
    heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A term that holds for every clause, and the rules it stands there for."""

    number: str
    heading: str
    paragraphs: tuple[str, ...]
    cites: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A place to sign: for whom, by whom, in which capacity. The tooltip is for readers who cannot see the page."""

    party: str
    name: str
    capacity: str
    tooltip: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place that no person signs: the seal, the closing time."""

    party: str
    note: str
    tooltip: str
    field: str
