"""The pieces of a sheet: lines, clauses, parts, provisions and signature blocks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One grant as it is offered: its number, its words, its scope line by line, and the box for initials."""

    number: str
    heading: str
    says: str
    description: str
    scope: tuple[Line, ...]
    box: str
    field: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Part A, B or C."""

    letter: str
    heading: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A term that holds for every clause."""

    number: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A place to sign: for whom, by whom, in which capacity. The tooltip is for readers who cannot see the page."""

    party: str
    name: str
    capacity: str
    tooltip: str
    field: str
