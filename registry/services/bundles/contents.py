"""The files packs are made of: uses and verdicts, gaps, consents and their papers, tools, rules, records, ledger."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from registry.domain.canonical import to_plain
from registry.domain.finding import Finding, State, Status
from registry.domain.record import Record
from registry.files.bundle import Piece, plain_name
from registry.files.registry_file import write_registry
from registry.files.table_csv import table_csv
from registry.services.bundles.asking import Asked, Stock
from registry.services.bundles.papers import Paper
from registry.services.bundles.redacting import redacted, redacted_consent, redacted_line
from registry.services.custody import held
from registry.services.register import Register, Registered

GAPS = (State.BARRED, State.UNMET, State.REFER, State.UNKNOWN)
_USES = (
    *("use", "shot", "performer", "production", "act", "purpose", "scenes", "elements", "on", "until", "progress"),
    *(
        "made_on",
        "seconds",
        "tool",
        "replica",
        "model",
        "verdict",
        "consent",
        "agreement",
        "law",
        "platform",
        "rests_on",
    ),
)


def pieces(stock: Stock, asked: Asked, entries: Sequence[Registered] | None = None) -> Iterator[Piece]:
    """Everything that every pack has, about some entries of the register (left out: all)."""
    register = stock.register
    chosen = register.entries if entries is None else entries
    yield table("uses.csv", _USES, map(_use, chosen), "every use, how far it has come, and its verdict now")
    yield text(
        "verdicts/now.jsonl",
        lines_of(chosen, asked),
        "the verdict on each use now, with every finding: one JSON object a line",
    )
    yield from _recorded(stock, asked)
    yield table("gaps.csv", GAP_COLUMNS, gaps(chosen), "what stands in the way of each use, and what would cure it")
    yield from _consents(stock, asked)
    yield from _papers(stock.papers, asked)
    yield table(
        "tools.csv", TOOL_COLUMNS, tools(register, chosen), "the tools that were used, and what is known of them"
    )
    yield table(
        "rules.csv", RULE_COLUMNS, rules(register, chosen), "the packs of rules the verdicts rest on, by digest"
    )
    yield table(
        "records.csv", RECORD_COLUMNS, map(record_row, register.world.records), "what happened and was written down"
    )
    yield table("custody.csv", CUSTODY_COLUMNS, custody(register), "who holds which replica, and by when it has to go")
    yield table(
        "models.csv", MODEL_COLUMNS, models(register), "models, whom they were trained on, under which consents"
    )
    yield _registry(stock, asked)
    yield from _ledger(stock, asked)


def lines_of(entries: Iterable[Registered], asked: Asked) -> list[str]:
    """The verdicts, one JSON object a line."""
    lines = [asked.line(e.verdict) for e in entries]
    return [redacted_line(one) for one in lines] if asked.redact else lines


def _use(entry: Registered) -> list[object]:
    use, gates = entry.use, dict(entry.verdict.gates)
    rests = [f"{c.consent} §{c.clause}" for c in entry.verdict.coverage.consents]
    return [
        *(use.id, use.shot, entry.performer, entry.production.id, use.act, use.purpose, use.scenes, use.elements),
        *(entry.day, entry.last_day, entry.progress, [r.made_at for r in entry.made], use.seconds, use.tool),
        *(use.replica, use.model, entry.verdict.verdict, *(gates[g] for g in gates), rests),
    ]


def _recorded(stock: Stock, asked: Asked) -> Iterator[Piece]:
    """What was answered before, to the byte, and whether the same question is answered so now."""
    now = {e.key: e.verdict.verdict for e in stock.register.entries}
    lines = [redacted_line(d.answer) if asked.redact else d.answer for d in stock.decisions]
    yield text("verdicts/recorded.jsonl", lines, "the verdicts as they were recorded, to the byte, earliest first")
    columns = ("line", "use", "performer", "verdict", "decided_at", "as_of", "known_at", "verdict_now")
    rows = (
        [n, d.use, d.performer, d.verdict, d.decided_at, d.as_of, d.known_at, now.get((d.use, d.performer or ""))]
        for n, d in enumerate(stock.decisions, 1)
    )
    yield table("verdicts/recorded.csv", columns, rows, "when each of them was given, and the verdict now beside it")


GAP_COLUMNS = ("use", "performer", "progress", "gate", "rule", "state", "cite", "what", "cure", "questions")


def gaps(entries: Iterable[Registered]) -> Iterator[list[object]]:
    """A row for each finding that stands in the way of a use."""
    for entry in entries:
        for finding in entry.verdict.findings:
            if finding.state in GAPS:
                yield [
                    *(entry.use.id, entry.performer, entry.progress, finding.gate, finding.rule, finding.state),
                    *(finding.cite, why(finding), finding.cure.text if finding.cure else "", finding.questions),
                ]


def why(finding: Finding) -> str:
    """What a finding turns on, in a line."""
    whys = dict.fromkeys(part.why for part in finding.parts if part.why)
    return "; ".join(whys) or finding.title


def _consents(stock: Stock, asked: Asked) -> Iterator[Piece]:
    mark = "-redacted" if asked.redact else ""
    for paper in stock.papers:
        consent = redacted_consent(paper.consent) if asked.redact else paper.consent
        text = json.dumps(to_plain(consent), ensure_ascii=False, indent=1) + "\n"
        said = f"consent {consent.id} clause by clause{', counsel withheld' if asked.redact else ''}"
        yield Piece(f"consents/{plain_name(consent.id)}{mark}.json", text.encode(), said)
    columns = (
        *("consent", "performer", "grantor", "signed_at", "from", "until", "clauses", "declined", "instrument"),
        *("document_sha256", "document", "state", "sealed_by", "signed_by", "initials", "closed_at", "complete"),
        *("trusted", "faults"),
    )
    rows = (_consent(paper, asked) for paper in stock.papers)
    yield table("consents.csv", columns, rows, "the consents, their signed papers, and what these prove offline")


def _consent(paper: Paper, asked: Asked) -> list[object]:
    consent, report = paper.consent, paper.report
    seal = report.seal.company if report and report.seal else ""
    signed = [s.name for s in report.signatures] if report else []
    initials = [f"{i.clause} {i.text or 'empty'}" for i in report.initials] if report else []
    return [
        *(consent.id, consent.performer, consent.grantor.capacity, consent.signed_at, consent.from_, consent.until),
        *([g.clause for g in consent.grants], consent.declined, consent.instrument, paper.expected),
        *(
            paper_path(paper) if paper.data is not None and not asked.redact else "",
            paper.state,
            seal,
            signed,
            initials,
        ),
        *(report.closed.at if report and report.closed else None, report.complete if report else None),
        *(report.trusted if report else None, report.faults if report else ()),
    ]


def paper_path(paper: Paper) -> str:
    """Where the signed paper of a consent lies in a pack."""
    return f"documents/{plain_name(paper.consent.id)}.pdf"


def _papers(papers: Iterable[Paper], asked: Asked) -> Iterator[Piece]:
    """The signed papers as they are. A signed paper cannot be redacted: where that is asked for it is left out."""
    for paper in papers:
        if paper.data is not None and not asked.redact:
            yield Piece(paper_path(paper), paper.data, f"the signed paper of consent {paper.consent.id}")


TOOL_COLUMNS = (
    *("tool", "vendor", "uses", "answered_on", "terms_reviewed", "stores", "reuses", "trains", "enterprise"),
    *("platform_agreement", "vendor_pipeline", "vendor_verified"),
)


def tools(register: Register, entries: Iterable[Registered]) -> Iterator[list[object]]:
    """A row for each tool that some use names; what nobody answered stays empty."""
    named: dict[str, set[str]] = {}
    for entry in entries:
        if entry.use.tool:
            named.setdefault(entry.use.tool, set()).add(entry.use.id)
    for name in sorted(named):
        tool = register.on_file.tools.get(name)
        answers = [getattr(tool, column, None) for column in TOOL_COLUMNS[4:]]
        yield [name, tool.vendor if tool else None, sorted(named[name]), tool.as_of if tool else None, *answers]


RULE_COLUMNS = ("pack", "digest", "uses", "title", "reviewed_on", "review_ends_on", "source")


def rules(register: Register, entries: Iterable[Registered]) -> Iterator[list[object]]:
    """A row for each pack of rules that governs some use."""
    named = Counter(pack for entry in entries for pack in entry.verdict.packs)
    for (pack_id, pack_digest), uses in sorted(named.items()):
        pack = register.catalogue.pack(pack_id)
        said = (pack.title, pack.reviewed.on, pack.reviewed.expires, pack.source) if pack else ()
        yield [pack_id, pack_digest, uses, *said]


RECORD_COLUMNS = ("record", "kind", "happened", "recorded_at", "says")


def record_row(record: Record) -> list[object]:
    plain = {k: v for k, v in to_plain(record).items() if k not in ("id", "kind", "recorded_at")}
    said = json.dumps(plain, ensure_ascii=False, sort_keys=True)
    return [record.id, record.kind, record.own_moment or record.effective or record.from_, record.recorded_at, said]


CUSTODY_COLUMNS = (
    "replica",
    "performer",
    "made_for",
    "made_on",
    "holders",
    "destroy_by",
    "grounds",
    "destroyed",
    "files",
)


def custody(register: Register) -> Iterator[list[object]]:
    """A row for each replica."""
    for one in held(register):
        grounds = [f"{g.rule} {g.on or 'no day'}{'' if g.sure else ' perhaps'}" for g in one.grounds]
        files = [f"{f.sha256} {f.name}" for c in one.replica.custody for f in c.files]
        gone = one.replica.destroyed_on or ", ".join(one.certificates) or None
        replica = one.replica
        yield [
            *(replica.id, replica.performer, replica.made_for, replica.made_on, one.holders, one.destroy_by),
            *(grounds, gone, files),
        ]


MODEL_COLUMNS = ("model", "trained_on", "made_for", "consents", "co_owners")


def models(register: Register) -> Iterator[list[object]]:
    for name in sorted(register.on_file.models):
        model = register.on_file.models[name]
        yield [name, model.trained_on, model.made_for, model.consents, model.co_owners]


def _registry(stock: Stock, asked: Asked) -> Piece:
    world = stock.register.world
    if asked.redact:
        text = write_registry(redacted(world))
        return Piece(
            "registry-redacted.yaml", text.encode(), "what is on file, birth dates, members and contacts withheld"
        )
    return Piece("registry.yaml", write_registry(world).encode(), "what is on file of it, as a registry file")


def _ledger(stock: Stock, asked: Asked) -> Iterator[Piece]:
    """The stretch of the ledger, and the texts it is committed to. A text cannot be redacted: it is left out then."""
    links = [
        json.dumps({"entry": x.seq, "previous": x.previous.hex(), "hash": x.hash.hex(), "bytes": x.entry.decode()})
        for x in stock.proof.links
    ]
    yield text("ledger/entries.jsonl", links, "the ledger from the first entry that concerns it to the last there was")
    if not asked.redact:
        texts = [
            json.dumps(
                {
                    "entry": t.seq,
                    "salt": t.salt.hex(),
                    "recorded_by": t.recorded_by,
                    "recorded_at": t.recorded_at,
                    "asserted": t.asserted,
                    "content": t.content.decode(),
                },
                ensure_ascii=False,
            )
            for t in stock.proof.texts
        ]
        yield text("ledger/texts.jsonl", texts, "what these entries are committed to, with the salt of each")


def cleared(entries: Iterable[Registered]) -> int:
    """How many may go ahead."""
    return sum(e.verdict.status is Status.CLEARED for e in entries)


def table(path: str, columns: Sequence[str], rows: Iterable[Sequence[object]], what: str) -> Piece:
    return Piece(path, table_csv(columns, rows).encode(), what)


def text(path: str, lines: Iterable[str], what: str) -> Piece:
    return Piece(path, "".join(f"{line}\n" for line in lines).encode(), what)
