"""How acts, lists, numbers of things and scenes are said in English: on the screen, in reports, letters and pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from registry.domain.words import Act

ACTS: dict[Act, str] = {
    Act.CREATE_REPLICA: "making a replica",
    Act.USE_REPLICA: "use of replica",
    Act.ALTER_PERFORMANCE: "alteration",
    Act.DUB: "dubbing",
    Act.USE_SYNTHETIC: "synthetic performer",
    Act.PROMPT_LIKENESS: "prompting a likeness",
    Act.TRAIN_MODEL: "training a model",
    Act.REUSE_MODEL: "reuse of a model",
    Act.LICENSE_TRAINING: "licence for training",
    Act.TRANSFER_REPLICA: "transfer of replica",
    Act.GENERATE_MATERIAL: "generated material",
}


def listing(words: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    items = list(words)
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {last} {items[-1]}"


def count(n: int, noun: str, plural: str = "") -> str:
    """`1 use`, `1,200 uses`."""
    return f"{n:,} {noun if n == 1 else plural or noun + 's'}"


def ranged(numbers: Sequence[str]) -> str:
    """Scene numbers with runs joined: `41–43, 60, 61A`."""
    runs: list[list[str]] = []
    for number in numbers:
        last = runs[-1][-1] if runs else ""
        if number.isdecimal() and last.isdecimal() and int(number) == int(last) + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def scenes(numbers: Sequence[str]) -> str:
    """`scene 41`, `scenes 41–43, 60`."""
    return f"{'scene' if len(numbers) == 1 else 'scenes'} {ranged(numbers)}"


def sentence(text: str) -> str:
    """`text` with a capital first letter and a full stop."""
    said = text[:1].upper() + text[1:]
    return said if said.endswith((".", "?", ":", "…")) else f"{said}."
