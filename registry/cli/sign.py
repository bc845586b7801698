"""`registry sign`: a document is sealed, signed by each who has to, and closed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import typed
from registry.cli.commands import command, group
from registry.cli.run import Run
from registry.errors import UsageError

app = group("")
WORDS = "I have read this document and sign it; beside each clause stands whether I agree to it."


@command(
    app,
    example="registry sign rider.pdf --seal\n"
    'registry sign rider.pdf --field performer --name "Adaeze Okafor" --initials AO\n'
    "registry sign rider.pdf --field performer --own-key okafor.p12 --initials AO \\\n  --decline 2\n"
    'registry sign rider.pdf --field company --name "T. Albright"\n'
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
    decline: Annotated[
        list[str] | None, typer.Option("--decline", metavar="NO", help="A clause that is not agreed to.")
    ] = None,
    own_key: Annotated[
        str | None, typer.Option("--own-key", metavar="FILE", help="The signer's own certificate, PKCS#12.")
    ] = None,
    words: Annotated[str, typer.Option("--words", metavar="TEXT", help="The words that were agreed to.")] = WORDS,
    company: Annotated[str | None, typer.Option("--company", metavar="NAME", help="Whose seal, with --seal.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who sat at the machine.")] = None,
) -> int:
    """Seal a rider, sign it, close it: one step at a time, each judged before it takes the place of the last.

    A typed name is a simple electronic signature with a one-time certificate, and the page says so; with --own-key
    it is the signer's own. The performer's signature fills and locks the initials."""
    from registry.cli import papers
    from registry.cli.report_text import progress
    from registry.services import signing

    run: Run = ctx.obj
    if sum((seal, close, field is not None)) != 1:
        raise UsageError(
            "A document is sealed, signed or closed, one at a time.", "add --seal, --field NAME or --close"
        )
    path = Path(file)
    if seal:
        issuer = company or papers.company_of(path)
        report = signing.seal(path, company=issuer, keys=papers.keys(run), now=run.now)
    elif close:
        report = signing.close(path, keys=papers.keys(run), now=run.now)
    else:
        signer = papers.signer(run, name, own_key, words, by)
        place = field if field and field.startswith("sig_") else f"sig_{field}"
        report = signing.sign(
            path, field=place, signer=signer, keys=papers.keys(run), now=run.now, initials=initials,
            declined=typed.split(decline or []),
        )  # fmt: skip
    run.screen.answer(progress(report, file))
    return 0
