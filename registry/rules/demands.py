"""What a rule demands, read from `require` (FORMATS.md §3)."""

from __future__ import annotations

from collections.abc import Callable

from registry.domain.facts import Owner
from registry.domain.words import GrantorCapacity
from registry.rules.entry import Entry, Sheet, condition, never, not_one_of
from registry.rules.pack import (
    ApprovalRequired,
    BargainingRequired,
    ConsentRequired,
    DutyRequired,
    Expression,
    FactRequired,
    NoticeRequired,
    PaymentRequired,
    Prohibited,
    ReasonRequired,
    Required,
    RulingRequired,
)
from registry.source import Node, nearest

DECIDERS = ("counsel", "business_affairs")
NOTIFIED = ("performer", "union", "platform")
BARGAINED = ("performer", "union")
AFTER = "after"
_MOMENT = ("timestamp", "date")


def read_demands(node: Node, path: str, sheet: Sheet) -> tuple[Required, ...]:
    """The demands of one `require`: one, or those under `all`."""
    entry = Entry(node, path, sheet, (*DEMANDS, "all"))
    if not isinstance(node.value, dict):
        return ()
    kinds = [kind for kind in node.value if kind in DEMANDS or kind == "all"]
    if len(kinds) != 1:
        sheet.fault(node, path, f"asks for {len(kinds)} things; it is one of {', '.join(DEMANDS)}, or all: [ … ]")
        return ()
    if kinds != ["all"]:
        return _demand(kinds[0], node.value[kinds[0]], path, sheet)
    found: list[Required] = []
    for number, item in entry.items("all"):
        inner = f"{path}.all[{number}]"
        Entry(item, inner, sheet, tuple(DEMANDS))
        if isinstance(item.value, dict) and len(item.value) == 1:
            ((kind, body),) = item.value.items()
            found += _demand(kind, body, inner, sheet) if kind in DEMANDS else ()
        else:
            sheet.fault(item, inner, "asks for one thing in each entry of the list")
    if not found:
        sheet.fault(node, path, "all: asks for nothing")
    return tuple(found)


def _demand(kind: str, body: Node, path: str, sheet: Sheet) -> tuple[Required, ...]:
    keys, reader = DEMANDS[kind]
    return (reader(Entry(body, f"{path}.{kind}", sheet, keys)),)


def _consent(entry: Entry) -> ConsentRequired:
    return ConsentRequired(where=entry.condition("where", consents=True), from_=_grantors(entry))


def _grantors(entry: Entry) -> tuple[GrantorCapacity, ...]:
    node = entry.get("from")
    if node is None:
        return ()
    words = [item.raw or "" for item in node.value] if isinstance(node.value, list) else [node.raw or ""]
    for word in words:
        if word not in tuple(GrantorCapacity):
            entry.wrong("from", not_one_of(word, tuple(GrantorCapacity)))
    return tuple(GrantorCapacity(word) for word in words if word in tuple(GrantorCapacity))


def _notice(entry: Entry) -> NoticeRequired:
    entry.needs("to")
    if entry.has("or_by") and not entry.has("by"):
        entry.wrong("or_by", "is the later of two; write by as well")
    return NoticeRequired(
        to=entry.choice("to", NOTIFIED, NOTIFIED[0]),
        by=entry.condition("by", *_MOMENT),
        or_by=entry.condition("or_by", *_MOMENT),
    )


def _approval(entry: Entry) -> ApprovalRequired:
    return ApprovalRequired(from_=entry.required_text("from"))


def _reason(entry: Entry) -> ReasonRequired:
    return ReasonRequired(before=entry.condition("before", *_MOMENT))


def _bargaining(entry: Entry) -> BargainingRequired:
    entry.needs("with")
    return BargainingRequired(with_=entry.choice("with", BARGAINED, BARGAINED[0]))


def _payment(entry: Entry) -> PaymentRequired:
    return PaymentRequired(amount=entry.condition("amount", "money"), label=entry.text("label"), due=_due(entry))


def _duty(entry: Entry) -> DutyRequired:
    return DutyRequired(label=entry.required_text("label"), due=_due(entry))


def _due(entry: Entry) -> Expression | None:
    """When it is due: `after` (the use), or a date or a moment."""
    node = entry.get("due")
    if node is None or node.raw == AFTER:
        return None
    return condition(node, entry.at("due"), entry.sheet, _MOMENT)


def _ruling(entry: Entry) -> RulingRequired:
    question = entry.required_text("question")
    if question == "rule":
        return RulingRequired(who=entry.choice("who", DECIDERS, DECIDERS[0]), wants=entry.yes_no("wants", True))
    fact = entry.sheet.dictionary.get(question)
    if question and (fact is None or fact.owner is not Owner.RULING):
        judgements = [name for name, known in entry.sheet.dictionary.items() if known.owner is Owner.RULING]
        near = nearest(question, judgements)
        entry.wrong("question", f"{question} is not a judgement{f'; did you mean {near}?' if near else ''}")
    who = entry.choice("who", DECIDERS, fact.who if fact and fact.who else DECIDERS[0])
    return RulingRequired(question=question or None, who=who, wants=entry.yes_no("wants", True))


def _fact(entry: Entry) -> FactRequired:
    entry.needs("holds")
    holds = entry.condition("holds") or never(entry.sheet)
    return FactRequired(holds=holds, cure=entry.required_text("cure"))


def _prohibited(entry: Entry) -> Prohibited:
    return Prohibited()


DEMANDS: dict[str, tuple[tuple[str, ...], Callable[[Entry], Required]]] = {
    "consent": (("where", "from"), _consent),
    "notice": (("to", "by", "or_by"), _notice),
    "approval": (("from",), _approval),
    "reason": (("before",), _reason),
    "bargaining": (("with",), _bargaining),
    "payment": (("amount", "label", "due"), _payment),
    "duty": (("label", "due"), _duty),
    "ruling": (("question", "who", "wants"), _ruling),
    "fact": (("holds", "cure"), _fact),
    "prohibited": ((), _prohibited),
}
