"""What the document commands share: the keys and their passphrase, trusted roots, and drafts in files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field
from pathlib import Path

from registry.cli.fills import particulars, replaced, withdrawal
from registry.cli.proposed import read_text
from registry.cli.run import Run
from registry.cli.secrets import secret
from registry.cli.subject import latest
from registry.cli.typed import word
from registry.documents.closing import Authority
from registry.documents.keys import Roots
from registry.documents.kinds import DocumentKind
from registry.documents.terms import Paper, RiderTerms
from registry.domain.consent import Consent
from registry.domain.values import dataclass
from registry.domain.world import World
from registry.errors import UnknownError, UsageError
from registry.services.archive import Archive
from registry.services.placing import put
from registry.services.rendering import Issuing, render_rider, rider_of_world
from registry.services.signing import Keys, is_sealed, unread
from registry.services.verifying import trusted_roots
from registry.storage.store import Store


def passphrase(run: Run, *, new: bool = False) -> bytes:
    """The passphrase of the registry's keys: from where --passphrase-fd or --passphrase-file say, else typed."""
    return secret(
        "the registry's keys",
        fd=run.passphrase_fd,
        file=run.passphrase_file,
        options="--passphrase-fd N or --passphrase-file FILE",
        again=new,
    )


def keys(run: Run, *, opened: bool = True) -> Keys:
    """The registry's keys; not `opened` they judge a document and sign nothing, and nobody is asked for anything."""
    return Keys(folder=run.settings.keys, passphrase=passphrase(run) if opened else b"")


def company(run: Run, given: str | None, otherwise: str | None = None) -> str:
    """Who issues and seals: as typed, as set, or the company of the production."""
    name = given or run.settings.company or otherwise
    if not name:
        raise UsageError("No company is named that issues this.", 'add --company "NAME"')
    return name


def roots(run: Run, trusted: Sequence[str], time: Sequence[str] = ()) -> Roots:
    """The roots that were named, for signatures and for time, and the registry's own."""
    named = tuple(Path(name) for name in trusted)
    return trusted_roots(named, run.settings.keys, time=tuple(Path(name) for name in time))


def draft(run: Run, name: str) -> Consent:
    """A consent that is not signed yet: from a registry file, else by its id on file."""
    if name.endswith((".yaml", ".yml", ".json")):
        return _in_file(run, name)
    found = latest(run.store.values(Consent, {name}), name)
    if found is None:
        raise UnknownError("consent", name, nor="file of that name")
    return found


def paper(run: Run, name: str, trusted: Sequence[str] = ()) -> Consent:
    """A consent wherever it is: in a PDF, in a registry file, or on file by its id."""
    if not name.lower().endswith(".pdf"):
        return draft(run, name)
    from registry.services.redline import consent_of_pdf

    return consent_of_pdf(Path(name), roots(run, trusted), now=run.now)


def drafts(run: Run, name: str) -> tuple[Consent, ...]:
    """The consents of a registry file. Raises FileError for a faulty one."""
    from registry.rules.dictionary import load_dictionary
    from registry.services.importing import Source, near_on_file, on_file, read_together

    source = Source(name=name, text=read_text(name))
    known, near = on_file(run.store), near_on_file(run.store)
    return read_together([source], load_dictionary(), known=known, near=near).consents


def _in_file(run: Run, name: str) -> Consent:
    found = drafts(run, name)
    if len(found) != 1:
        problem = f"{name} holds {len(found)} consents; a rider is one."
        raise UsageError(problem, f"write one consent a file, or registry issue --from {name} --out FOLDER")
    return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """How a document is to be made, as it was typed: by whom, for whom, on what paper, as which kind, with what."""

    issuer: str | None = None
    signatory: str | None = None
    paper: str = Paper.LETTER
    kind: DocumentKind | None = None
    language: str = "en"
    filled: Mapping[str, str] = field(default_factory=dict)

    @property
    def amends(self) -> bool:
        return self.kind is None and "replaces" in self.filled


def rider_terms_of(run: Run, consent: Consent, asked: Asked) -> RiderTerms:
    """The terms of a draft with what is on file around it; it names the registry's own root where there are keys."""
    named = {production for grant in consent.grants for production in grant.productions}
    world = around(run, consent)
    on_file = next((p for p in world.productions if p.id in named), None)
    issuing = Issuing(
        company=company(run, asked.issuer, on_file.company if on_file else None),
        now=run.now,
        signatory=asked.signatory,
        root_sha256=_root(run),
        paper=word("--paper", asked.paper, Paper),
        kind=DocumentKind.AMENDMENT if asked.amends else asked.kind,
        language=asked.language,
        particulars=particulars(asked.filled),
        replaces=replaced(run, consent, asked.filled),
        withdrawal=withdrawal(asked.kind, consent, asked.filled),
    )
    return rider_of_world(consent, world, issuing=issuing)


def write_rider(run: Run, consent: Consent, target: Path | None, asked: Asked) -> tuple[RiderTerms, Path]:
    """The PDF of a draft, not sealed yet. Without a target it is called as its record is, here.

    It takes the place of a draft, never of a document that somebody sealed or signed."""
    terms = rider_terms_of(run, consent, asked)
    target = target or run.cwd / f"{terms.record}.pdf"
    if target.is_file() and is_sealed(target.read_bytes()):
        problem = f"{target} is sealed already; a draft is not written over it."
        raise UsageError(problem, f"registry verify {target}    or take it out of the way")
    put(target, render_rider(terms))
    return terms, target


def around(run: Run, consent: Consent) -> World:
    """What is on file around a consent, with the production that a replica of the performer was made for."""
    productions = {production for grant in consent.grants for production in grant.productions}
    world = run.store.load(performers=[consent.performer], productions=sorted(productions))
    made_for = {r.made_for for r in world.replicas if r.performer == consent.performer and r.made_for}
    if made_for <= productions:
        return world
    return run.store.load(performers=[consent.performer], productions=sorted(productions | made_for))


def _root(run: Run) -> str | None:
    folder = run.settings.keys
    return Keys(folder=folder, passphrase=b"").root_sha256 if (folder / "root.pem").is_file() else None


def terms_of(path: Path) -> RiderTerms:
    """The terms of a rider of ours, rendered or issued."""
    from pikepdf import PdfError

    from registry.documents.fault import Broken
    from registry.documents.sealed import content_of

    remedy = "registry render RIDER    makes one"
    try:
        return content_of(path.read_bytes()).terms
    except OSError as error:
        raise unread(path, error) from None
    except PdfError:
        raise UsageError(f"{path} is no rider of ours: it is not a PDF.", remedy) from None
    except (Broken, ValueError, AttributeError, KeyError) as error:
        raise UsageError(f"{path} is no rider of ours: {error}", remedy) from None


def archive(run: Run, by: str | None = None) -> Archive | None:
    """Where the documents of this registry are kept and recorded; None where there is no registry: a document can be
    signed without one."""
    store = at_hand(run)
    return None if store is None else Archive(folder=run.settings.home / "documents", store=store, by=run.by(by))


def at_hand(run: Run) -> Store | None:
    """The registry's store; None where there is no registry here."""
    file = run.settings.database_file
    return None if file is not None and not file.is_file() else run.store


def authority(url: str) -> Authority:
    """An RFC 3161 service on the network; this is the only way out to it."""

    def post(request: bytes) -> bytes:
        from urllib.request import Request, urlopen

        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        with urlopen(Request(url, data=request, headers=headers, method="POST"), timeout=30) as answer:
            return bytes(answer.read(1 << 20))

    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url} is not the address of an RFC 3161 service.", "add --tsa https://…")
    return Authority(url, post)
