"""What is owed, as people read it: overdue first, then by day, each with the command that closes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from registry.cli.output import labelled, paragraph
from registry.cli.phrases import count, counted, day, listing, sentence
from registry.domain.owed import Account, Owed, OwedKind
from registry.domain.values import dataclass
from registry.engine.on_file import OnFile

_INDENT = 14
_PROGRESS = {
    "made": "made",
    "passed": "its day has passed, and no record says it was made",
    "running": "running",
    "planned": "planned",
    "undated": "no day is on file",
}


@dataclass(frozen=True, slots=True)
class Names:
    """Ids as people know them."""

    people: dict[str, str]
    productions: dict[str, str]

    @classmethod
    def of(cls, on_file: OnFile) -> Names:
        people = {p.id: p.known_as for p in on_file.performers.values()}
        return cls(people, {p.id: p.title for p in on_file.productions.values()})

    def listing(self, ids: Iterable[str]) -> str:
        return listing(self.people.get(i, i) for i in ids)


def account_text(account: Account, names: Names, *, performer: str | None, production: str | None) -> list[str]:
    """The whole account."""
    scope = [names.people.get(performer or ""), names.productions.get(production or "", "every production")]
    lines = [" · ".join([f"Owed by {day(account.last)}", *filter(None, scope)]), *_summary(account)]
    for title, items in _sections(account):
        lines += ["", f" {title}"]
        for item in _folded(items):
            lines += _item(item, names)
    return [*lines, *_footnotes(account)]


def _summary(account: Account) -> list[str]:
    late, rest = len(account.overdue), len(account.items) - len(account.overdue)
    if not account.items:
        said = "Nothing is owed"
    else:
        said = (
            f"{counted(late, 'thing')} overdue, {counted(rest, 'other')}" if late else counted(rest, "thing") + " owed"
        )
    more = f"; {count(account.later, 'more', 'more')} later" if account.later else ""
    return paragraph(sentence(said[:1].upper() + said[1:] + more))


def _sections(account: Account) -> Iterator[tuple[str, list[Owed]]]:
    dated = [i for i in account.items if i.on and not i.overdue]
    undated = [i for i in account.items if i.on is None]
    for title, items in (("Overdue", list(account.overdue)), ("By day", dated), ("No day is set", undated)):
        if items:
            yield title, items


def _folded(items: list[Owed]) -> list[Owed]:
    """Duties that say the same of several uses on one line; what is paid stands by itself."""
    found: dict[object, Owed] = {}
    for item in items:
        alike = (item.rule, item.text, item.on, item.production, item.perhaps, item.late, item.progress)
        key: object = (item.uses, item.replica, item.rule) if item.left or item.unknown or item.grounds else alike
        if key in found and not (item.left or item.unknown):
            first = found[key]
            uses = (*first.uses, *item.uses)
            people = tuple(sorted({*first.performers, *item.performers}))
            crowd = max(first.closes_for, item.closes_for)
            said = first.command.replace(",".join(first.uses), ",".join(uses), 1)
            found[key] = replace(first, uses=uses, performers=people, closes_for=crowd, command=said)
        else:
            found[(key, item.left) if key in found else key] = item
    return list(found.values())


def _item(item: Owed, names: Names) -> list[str]:
    when = day(item.on) if item.on else ""
    tag = item.rule
    lines = labelled(when, what(item, names), tag, indent=_INDENT)
    about = [uses_of(item), names.productions.get(item.production or "", item.production or "")]
    about += [f"held by {listing(item.holders)}"] if item.holders else []
    about += [names.listing(item.performers)] if item.kind is not OwedKind.PAYMENT or not item.left else []
    lines += paragraph(" · ".join(part for part in about if part), _INDENT)
    for ground in item.grounds[1:]:
        lines += paragraph(f"also {ground.rule}: {ground.why}{f', {day(ground.on)}' if ground.on else ''}", _INDENT)
    lines += paragraph(item.command, _INDENT)
    if item.closes_for > 1:
        everybody = count(item.closes_for, "person", "people") if len(item.uses) == 1 else "everybody in these uses"
        lines += paragraph(f"one record closes it for {everybody}", _INDENT)
    return lines


def what(item: Owed, names: Names) -> str:
    """What is owed to whom, in a line."""
    perhaps = "perhaps: " if item.perhaps else ""
    late = ", due before the use" if item.late else ""
    if item.kind is not OwedKind.PAYMENT or (item.left is None and not item.unknown and item.amount is None):
        unknown = " (amount not told by the rule)" if item.command.endswith('"AMOUNT"') else ""
        return f"{perhaps}{item.text}{unknown}{late}"
    whom = names.listing(p for p in item.performers if p)
    if item.left is None:
        missing = listing(item.unknown) or "what it turns on"
        return f"{perhaps}pay {whom} an amount nobody knows yet: {missing} is not on file; {item.text}{late}"
    part = (
        f", {item.paid.spoken()} of {item.amount.spoken()} is paid"
        if item.paid and item.paid.minor and item.amount
        else ""
    )
    other = "".join(f"; {m.spoken()} paid beside it counts for nothing" for m in item.elsewhere)
    return f"{perhaps}pay {whom} {item.left.spoken()}{part}{other}: {item.text}{late}"


def uses_of(item: Owed) -> str:
    """For which uses, and how far they are."""
    if not item.uses:
        return item.replica or ""
    shown = listing(item.uses) if len(item.uses) <= 4 else f"{', '.join(item.uses[:3])} and {len(item.uses) - 3} more"
    since = f" {day(item.since)}" if item.since and len(item.uses) == 1 else ""
    said = _PROGRESS.get(item.progress or "", "")
    return f"{shown}, {said}{since if item.progress in ('made', 'planned') else ''}" if said else shown


def _footnotes(account: Account) -> list[str]:
    lines: list[str] = []
    if account.waiting:
        lines += ["", *paragraph(f"Not cleared, and so nothing is owed unless they are made: {_few(account.waiting)}")]
    if account.unjudged:
        lines += ["", *paragraph(f"Not checked, for they name no production on file: {_few(account.unjudged)}")]
    return lines


def _few(names: tuple[str, ...]) -> str:
    shown = listing(names) if len(names) <= 6 else f"{', '.join(names[:6])} and {len(names) - 6} more"
    return f"{shown}."
