"""`registry keys`: the company's seal and the registry's own roots."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from registry.cli import lists, options
from registry.cli.commands import command, group
from registry.cli.output import table
from registry.cli.papers import company, passphrase
from registry.cli.phrases import count, day, listing
from registry.cli.run import Run
from registry.cli.typed import word

app = group("The company's seal and the registry's own roots.", example="registry keys init")


@command(app, example='registry keys init --company "Harbor Light Productions LLC"')
def init(
    ctx: typer.Context,
    name: options.Company = None,
) -> None:
    """Make the keys that seal, certify and stamp: once, behind a passphrase of twelve characters or more.

    The passphrase is typed, or read with --passphrase-fd or --passphrase-file. Keep root.pem and time.pem where others
    can find them: whoever has both can verify every document of this registry offline."""
    from registry.documents.keys import init_keys

    run: Run = ctx.obj
    issuer = company(run, name)
    made = init_keys(run.settings.keys, company=issuer, passphrase=passphrase(run, new=True), now=run.now)
    run.screen.answer(table([[k.name.value, k.subject, k.fingerprint[:20], day(k.ends_at.date())] for k in made]))
    run.screen.about([f"The keys are in {run.settings.keys}. Back up the folder; nobody can make them again."])


@command(app, example="registry keys status")
def status(ctx: typer.Context, json: options.JsonLines = False, csv: options.Csv = False) -> None:
    """Which keys are there, and when do they end? And the lists of revoked certificates."""
    from registry.documents.keys import key_status
    from registry.services.keeping_keys import list_status

    run: Run = ctx.obj
    found = key_status(run.settings.keys, now=run.now)
    if json or csv:
        exact = [
            [k.name.value, k.subject, k.fingerprint, k.ends_at.isoformat(), "yes" if k.ending else "no"] for k in found
        ]
        lists.answer(run, ["key", "of", "fingerprint", "until", "ends soon"], exact, json=json, csv=csv)
        return
    rows = [
        [k.name.value, k.subject, k.fingerprint[:20], day(k.ends_at.date()), "ends soon" if k.ending else ""]
        for k in found
    ]
    run.screen.answer(table(rows, ["key", "of", "fingerprint", "until", ""]))
    revoked_lists = list_status(run.settings.keys)
    if not revoked_lists:
        run.screen.about(["There is no list of revoked certificates.", "registry keys crl    issues one"])
        return
    rows = [
        [whose, count(revoked, "certificate") if revoked else "none", day(until.date()), _ended(until <= run.now)]
        for whose, revoked, until in revoked_lists
    ]
    run.screen.answer(["", *table(rows, ["list of", "revoked", "until", ""])])


@command(app, example="registry keys rotate seal issuer\nregistry keys rotate root")
def rotate(
    ctx: typer.Context,
    names: Annotated[list[str], typer.Argument(metavar="KEY...", help="root, seal, issuer or time.")],
) -> None:
    """Make new keys in place of these, behind the same passphrase.

    With the root go the seal and the issuer under it. The old root stays trusted here, and whoever verifies a document
    that it sealed still needs it; the old keys are kept in keys/retired."""
    from registry.documents.keys import KeyName
    from registry.services import keeping_keys

    run: Run = ctx.obj
    wanted = {word("KEY", name, KeyName) for name in names}
    made = keeping_keys.rotate(run.settings.keys, names=wanted, passphrase=passphrase(run), now=run.now)
    run.screen.answer(table([[k.name.value, k.subject, k.fingerprint[:20], day(k.ends_at.date())] for k in made]))
    if wanted & {KeyName.ROOT, KeyName.TIME}:
        run.screen.about(["There is a new root. Send it to whoever verifies documents, and let them keep the old one."])


@command(
    app,
    example="registry keys revoke seal --because key_compromise\nregistry keys revoke 4f3a09c2 --because superseded",
)
def revoke(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help="seal, issuer, or a serial number that verify shows.")],
    because: Annotated[
        str,
        typer.Option("--because", metavar="WORD", help="key_compromise, superseded or cessation_of_operation."),
    ],
) -> None:
    """Put a certificate on the list of revoked ones. It goes into every document that is closed from now on.

    After key_compromise a signature counts only where a time stamp proves that it was made before."""
    from registry.documents.revocation import Because
    from registry.services import keeping_keys

    run: Run = ctx.obj
    reason = word("--because", because, Because)
    one = keeping_keys.revoke(run.settings.keys, what, because=reason, passphrase=passphrase(run), now=run.now)
    run.screen.answer([f"{what} is revoked from {day(one.at.date())}, serial {one.serial:x}"])
    if what in ("seal", "issuer"):
        run.screen.about([f"registry keys rotate {what}    makes another, before anything is sealed or signed again"])


@command(app, example="registry keys crl")
def crl(ctx: typer.Context) -> None:
    """Issue the lists of revoked certificates anew, good for half a year. Closing a document needs lists in date."""
    from registry.services import keeping_keys

    run: Run = ctx.obj
    issued = keeping_keys.issue_lists(run.settings.keys, passphrase=passphrase(run), now=run.now)
    run.screen.answer(table([[whose, day(until.date())] for whose, until in issued], ["list of", "until"]))


@command(app, example="registry keys trust agency-root.pem\nregistry keys trust tsa-root.pem --time")
def trust(
    ctx: typer.Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="Root certificates in PEM.")],
    time: Annotated[bool, typer.Option("--time", help="For time stamps; else for signatures.")] = False,
) -> None:
    """Trust further roots in this registry: of signers' own certificates, or of an authority of time."""
    from registry.services import keeping_keys

    run: Run = ctx.obj
    found = keeping_keys.trust(run.settings.keys, Path(file), time=time)
    run.screen.answer([f"trusted for {'time stamps' if time else 'signatures'}: {listing(f[:20] for f in found)}"])


def _ended(ended: bool) -> str:
    return "ended: registry keys crl" if ended else ""
