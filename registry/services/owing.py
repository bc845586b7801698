"""What is owed: payments, labels, reports, duties and destructions, each open until a record closes it.

Owed is what follows from uses that were made, are running, or whose day has passed; and from planned uses that may go
ahead. For a planned use that is refused nothing is owed unless it is made all the same: such uses are named.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator

from registry.domain.finding import Finding, Part, RequirementKind, State, Status
from registry.domain.owed import Account, Owed, OwedKind
from registry.services.custody import destructions_owed
from registry.services.payments import payments_owed
from registry.services.register import Progress, Register, Registered

COLUMNS = (
    *(
        "kind",
        "on",
        "overdue",
        "text",
        "rule",
        "cite",
        "grade",
        "production",
        "performers",
        "uses",
        "replica",
        "holders",
    ),
    *(
        "progress",
        "since",
        "late",
        "perhaps",
        "amount",
        "paid",
        "left",
        "elsewhere",
        "unknown",
        "closes_for",
        "command",
    ),
)
_OPEN = (State.DUE, State.UNMET)
_SETTLED = (State.MET, State.EXEMPT, State.NONE)
_AHEAD = (Progress.PLANNED, Progress.UNDATED)
# What a duty is called is told by the words of its rule, in this order.
_WORDS = (
    (OwedKind.DESTRUCTION, ("destroy", "delete", "erase")),
    (OwedKind.REPORT, ("report",)),
    (OwedKind.LABEL, ("label", "disclose", "conspicuous", "mark on", "show in the advertisement")),
    (OwedKind.SECURITY, ("access", "unauthorized", "policy")),
    (OwedKind.PAYMENT, ("pay ", "contributions", "royalty", "set aside")),
)


def account(
    register: Register, *, within: dt.timedelta, production: str | None = None, performer: str | None = None
) -> Account:
    """Everything owed up to `within` from today, overdue first. A performer's account leaves other people out."""
    today = register.clocks.today(None)
    last = today + within
    entries = [e for e in register.entries if performer is None or e.performer == performer]
    counting = [e for e in entries if _counts(e)]
    items = [*payments_owed(register, counting), *_duties(register, counting), *_destructions(register, performer)]
    chosen = [item for item in items if production is None or item.production == production]
    near = [item for item in chosen if (item.on or item.since or today) <= last]
    return Account(
        first=today,
        last=last,
        known_at=register.clocks.known_at or register.clocks.now,
        items=tuple(sorted(near, key=lambda item: item.order)),
        later=len(chosen) - len(near),
        waiting=tuple(dict.fromkeys(e.use.id for e in entries if e.progress in _AHEAD and not _counts(e))),
        unjudged=tuple(sorted(u.id for u in register.unjudged)),
    )


def _counts(entry: Registered) -> bool:
    return entry.progress not in _AHEAD or entry.verdict.status is Status.CLEARED


def _destructions(register: Register, performer: str | None) -> Iterator[Owed]:
    for item in destructions_owed(register):
        if performer is None or performer in item.performers:
            yield item


def _duties(register: Register, entries: Iterable[Registered]) -> Iterator[Owed]:
    """Every duty that is open, once for all the people of a use: one record closes it for them all."""
    found: dict[tuple[str, str, str, dt.date | None], list[tuple[Registered, Finding, Part]]] = defaultdict(list)
    for entry in entries:
        for finding in entry.verdict.findings:
            if finding.state in _SETTLED:
                continue
            for part in finding.parts:
                if part.requirement.kind is RequirementKind.DUTY and part.state in _OPEN:
                    wanted = part.requirement
                    key = (finding.rule, entry.use.id, wanted.label or "", wanted.due_on)
                    found[key].append((entry, finding, part))
    for each in found.values():
        yield _duty(register, each)


def _duty(register: Register, found: list[tuple[Registered, Finding, Part]]) -> Owed:
    entry, finding, part = found[0]
    on = part.requirement.due_on
    text = part.requirement.label or finding.title
    return Owed(
        kind=kind_of(text),
        text=text,
        rule=finding.rule,
        cite=finding.cite,
        grade=finding.grade,
        production=entry.production.id,
        performers=tuple(sorted({e.performer for e, _, _ in found if e.performer})),
        uses=(entry.use.id,),
        replica=entry.use.replica,
        progress=entry.progress.value,
        since=entry.day,
        on=on,
        overdue=on is not None and on < register.clocks.today(entry.production.timezone),
        late=any(p.state is State.UNMET for _, _, p in found),
        perhaps=all(_open(f) for _, f, _ in found),
        closes_for=max(1, len(entry.use.performers)),
        command=f"registry record done {entry.use.id} {finding.rule}",
    )


def _open(finding: Finding) -> bool:
    """Whether it is still open that the rule asks for this at all."""
    return finding.conditional_on is not None or finding.demands is None or finding.state is State.UNKNOWN


def kind_of(text: str) -> OwedKind:
    """What kind of duty it is, by the words of its rule."""
    said = text.lower()
    return next((kind for kind, words in _WORDS if any(word in said for word in words)), OwedKind.DUTY)


def row(item: Owed) -> list[object]:
    """An item under COLUMNS."""
    return [getattr(item, name) for name in COLUMNS]


def plain(account: Account) -> dict[str, object]:
    """The account as texts, numbers, lists and objects, with keys that are always the same."""
    return {
        "format": "consent-owed/1",
        "from": account.first.isoformat(),
        "to": account.last.isoformat(),
        "known_at": account.known_at.isoformat(),
        "items": [plain_item(item) for item in account.items],
        "later": account.later,
        "waiting": list(account.waiting),
        "unjudged": list(account.unjudged),
    }


def plain_item(item: Owed) -> dict[str, object]:
    grounds = [{"rule": g.rule, "cite": g.cite, "on": _said(g.on), "why": g.why, "sure": g.sure} for g in item.grounds]
    return {**{name: _said(getattr(item, name)) for name in COLUMNS}, "grounds": grounds}


def _said(value: object) -> object:
    if isinstance(value, tuple):
        return [_said(part) for part in value]
    return value if value is None or isinstance(value, bool | int) else str(value)
