"""`registry sign`: a document is sealed, signed by each who has to, and closed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from registry.cli import options, typed
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.domain.finding import Status
from registry.domain.values import dataclass
from registry.errors import UsageError

if TYPE_CHECKING:
    from registry.cli.signer import Typed
    from registry.documents.report import Report
    from registry.services.archive import Archive
    from registry.services.signing import Captured

app = group("")
WORDS = "I have read this document and sign it; beside each clause stands whether I agree to it."


@command(
    app,
    example="registry sign rider.pdf --seal\n"
    'registry sign rider.pdf --field performer --name "Ada Okafor" --initials AO \\\n'
    "  --evidence identity_proof=passport --evidence place=Burbank\n"
    "registry sign rider.pdf --field performer --own-key okafor.p12 --initials AO \\\n  --decline 2\n"
    "registry sign rider.pdf --field performer --defer okafor.pem --initials AO\n"
    "registry sign rider.pdf --field performer --complete okafor.sig\n"
    'registry sign rider.pdf --field company --name "T. Albright"\n'
    "registry sign rider.pdf --kiosk --copy-to copies\n"
    "registry sign rider.pdf --close",
)
def sign(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="PDF", help="The document; it is changed in place.")],
    seal: Annotated[
        bool, typer.Option("--seal", help="First: the company's seal, after which nothing changes.")
    ] = False,
    close: Annotated[bool, typer.Option("--close", help="Last: the time stamp, once everybody has signed.")] = False,
    field: Annotated[
        str | None, typer.Option("--field", metavar="NAME", help="Which place: performer, company …")
    ] = None,
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="Who signs, as they type it.")] = None,
    initials: Annotated[
        str | None, typer.Option("--initials", metavar="XX", help="Beside each clause agreed to.")
    ] = None,
    decline: options.Decline = None,
    drawn: Annotated[
        str | None, typer.Option("--drawn", metavar="FILE", help="The signature as it was drawn, SVG or PNG.")
    ] = None,
    clicked: Annotated[bool, typer.Option("--clicked", help="The name was clicked on, not typed.")] = False,
    own_key: Annotated[
        str | None, typer.Option("--own-key", metavar="FILE", help="The signer's own key: PKCS#12, or PEM.")
    ] = None,
    own_cert: Annotated[
        str | None, typer.Option("--own-cert", metavar="FILE", help="Its certificate in PEM, where that lies apart.")
    ] = None,
    pkcs11: Annotated[
        str | None, typer.Option("--pkcs11", metavar="MODULE", help="The signer's own key is on a PKCS#11 token.")
    ] = None,
    token: Annotated[str | None, typer.Option("--token", metavar="LABEL", help="Which token.")] = None,
    key_label: Annotated[str | None, typer.Option("--key-label", metavar="LABEL", help="Which key on it.")] = None,
    pin_fd: Annotated[
        str | None, typer.Option("--pin-fd", metavar="N", help="Passphrase or PIN of the signer's own key.")
    ] = None,
    pin_file: Annotated[
        str | None, typer.Option("--pin-file", metavar="FILE", help="The same, from a file of mode 0600.")
    ] = None,
    defer: Annotated[
        str | None,
        typer.Option("--defer", metavar="CERT", help="The key is elsewhere: write what it has to sign."),
    ] = None,
    complete: Annotated[
        str | None, typer.Option("--complete", metavar="SIGNATURE", help="Put in the value that it made.")
    ] = None,
    accept_name: Annotated[
        bool, typer.Option("--accept-name", help="The name in the certificate is another, of the same person.")
    ] = False,
    words: Annotated[str, typer.Option("--words", metavar="TEXT", help="The words that were agreed to.")] = WORDS,
    evidence: Annotated[
        list[str] | None,
        typer.Option("--evidence", metavar="KEY=VALUE", help="What was captured: identity_proof, place, ip …"),
    ] = None,
    tsa: options.Authority = None,
    company: options.Company = None,
    despite: options.Despite = None,
    because: options.Because = None,
    kiosk: Annotated[
        bool, typer.Option("--kiosk", help="In person: pages on this machine to read, decide and sign on.")
    ] = False,
    port: Annotated[str, typer.Option("--port", metavar="N", help="With --kiosk: where, else at a free one.")] = "0",
    no_browser: Annotated[bool, typer.Option("--no-browser", help="With --kiosk: open no browser.")] = False,
    idle: Annotated[
        str, typer.Option("--idle", metavar="MINUTES", help="With --kiosk: ends when unused for so long, else 45.")
    ] = "45",
    copy_to: Annotated[
        str | None, typer.Option("--copy-to", metavar="DIR", help="With --kiosk: save every signer's copy here.")
    ] = None,
    by: options.By = None,
) -> int:
    """Seal a document, sign it, close it: one step at a time, each judged before it takes the place of the last.

    A name typed, clicked or drawn is a simple electronic signature with a one-time certificate, and the page says so;
    with --own-key, --pkcs11 or --defer it is the signer's own. Whoever grants fills and locks the initials. What was
    not captured with --evidence reads `not recorded`. With --kiosk everybody who has still to sign, or --field alone,
    does so on pages that only this machine shows (docs/kiosk.md)."""
    from registry.cli.signer import Typed, captured_of

    run: Run = ctx.obj
    if kiosk:
        _refuse_beside(ctx)
        from registry.cli.kiosk import Table, seat

        captured = captured_of(run, evidence or [], by=by, accept_name=False, words=None)
        table = Table(field=field, port=port, browser=not no_browser, idle=idle, copies=copy_to)
        return seat(run, file, table, captured, by=by)
    _refuse_mixed(seal=seal, close=close, field=field, tsa=tsa, answered=bool(despite or because))
    document = _Document(run, file, by)
    if seal:
        return document.sealed(company, despite, because)
    if close:
        return document.closed(tsa)
    assert field is not None
    own = own_key or pkcs11 or defer
    place = _Place(
        field=field if field.startswith("sig_") else f"sig_{field}",
        initials=initials,
        declined=typed.split(decline or []),
        captured=captured_of(
            run, evidence or [], by=by, accept_name=accept_name, words=None if own and words == WORDS else words
        ),
    )
    if complete:
        return document.completed(place, complete)
    if defer:
        return document.deferred(place, defer)
    who = Typed(
        name=name, drawn=drawn, clicked=clicked, own_key=own_key, own_cert=own_cert, pkcs11=pkcs11, token=token,
        key_label=key_label, pin_fd=pin_fd, pin_file=pin_file,
    )  # fmt: skip
    return document.signed(place, who, words)


def _refuse_mixed(*, seal: bool, close: bool, field: str | None, tsa: str | None, answered: bool) -> None:
    """One step at a time, and nothing beside it that belongs to another."""
    if sum((seal, close, field is not None)) != 1:
        raise UsageError(
            "A document is sealed, signed or closed, one at a time.", "add --seal, --field NAME or --close"
        )
    if tsa and not close:
        raise UsageError("An authority stamps the time when a document is closed.", "add --close, or leave --tsa out")
    if answered and not seal:
        raise UsageError("What lint finds is answered for when a document is sealed.", "leave out --despite")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """A place to sign: its field, what stands in its boxes, and what was captured of the signing."""

    field: str
    initials: str | None
    declined: tuple[str, ...]
    captured: Captured


@dataclass(frozen=True, slots=True)
class _Document:
    """The document on which one step is carried out, and who is on record for it."""

    run: Run
    file: str
    by: str | None

    @property
    def path(self) -> Path:
        return Path(self.file)

    def sealed(self, company: str | None, despite: list[str] | None, because: str | None) -> int:
        """First the company's seal, unless what lint finds stops it."""
        from registry.cli import papers
        from registry.cli.linting import despite_of, lint_lines, passed
        from registry.services import signing

        run = self.run
        answered = despite_of(run, despite, because, self.by)
        keys = papers.keys(run)
        terms = papers.terms_of(self.path)
        read = None if signing.is_sealed(self.path.read_bytes()) else passed(run, terms, answered, by=self.by)
        if read is not None and read.stopping:
            run.screen.answer(lint_lines(read.found, all_=False))
            return int(Status.REFUSED)
        record = read.record if read else None
        name = company or terms.seal.company
        return self._told(
            signing.seal(self.path, company=name, keys=keys, now=run.now, archive=self._archive, record=record)
        )

    def closed(self, tsa: str | None) -> int:
        """Last the time stamp, of an authority or of the local clock."""
        from registry.cli import papers
        from registry.services import signing

        clock = papers.authority(tsa) if tsa else None
        keys = papers.keys(self.run, opened=tsa is None)
        return self._told(signing.close(self.path, keys=keys, now=self.run.now, clock=clock, archive=self._archive))

    def signed(self, place: _Place, who: Typed, words: str) -> int:
        """By hand with a one-time certificate, or with a key of the signer's own that is at hand."""
        from registry.cli import papers
        from registry.cli.signer import signer
        from registry.services import signing

        keys = papers.keys(self.run, opened=not (who.own_key or who.pkcs11))
        return self._told(
            signing.sign(
                self.path, field=place.field, signer=signer(who, place.captured, words), keys=keys, now=self.run.now,
                initials=place.initials, declined=place.declined, archive=self._archive,
            )
        )  # fmt: skip

    def deferred(self, place: _Place, certificate: str) -> int:
        """Writes what a key that is elsewhere has to sign."""
        from registry.cli import papers
        from registry.services import signing

        todo = signing.defer(
            self.path, field=place.field, certificate=Path(certificate), captured=place.captured,
            keys=papers.keys(self.run, opened=False), now=self.run.now, initials=place.initials,
            declined=place.declined, archive=self._archive,
        )  # fmt: skip
        self.run.screen.answer([str(todo.file), f"sha256 {todo.sha256}"])
        short = place.field.removeprefix("sig_")
        again = f"registry sign {self.file} --field {short} --complete SIGNATURE    when it is signed"
        self.run.screen.about([again])
        return 0

    def completed(self, place: _Place, value: str) -> int:
        """Puts in the value that a key elsewhere has made."""
        from registry.cli import papers
        from registry.services import signing

        keys = papers.keys(self.run, opened=False)
        return self._told(
            signing.complete(
                self.path, field=place.field, value=Path(value), keys=keys, now=self.run.now, archive=self._archive
            )
        )

    @property
    def _archive(self) -> Archive | None:
        from registry.cli import papers

        return papers.archive(self.run, self.by)

    def _told(self, report: Report) -> int:
        from registry.cli.report_text import progress

        self.run.screen.answer(progress(report, self.file))
        return 0


_BESIDE_KIOSK = ("ctx", "file", "kiosk", "field", "port", "no_browser", "idle", "copy_to", "evidence", "by")


def _refuse_beside(ctx: typer.Context) -> None:
    """What is decided on the pages is not typed beside --kiosk."""
    for parameter in ctx.command.params:
        name = str(parameter.name)
        source = ctx.get_parameter_source(name)
        if name not in _BESIDE_KIOSK and source is not None and source.name == "COMMANDLINE":
            raise UsageError(
                f"{parameter.opts[0]} is not for --kiosk: whoever signs decides on the pages.",
                f"leave out {parameter.opts[0]}, or --kiosk",
            )
