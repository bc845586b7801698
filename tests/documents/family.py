"""One document of each kind, as a coordinator would have it rendered: the people and works of the story, and others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from registry.documents.kinds import DocumentKind
from registry.documents.terms import Particulars, Replaced, RiderTerms, Withdrawal, Work
from registry.domain.consent import Consent, Document, Grant, Grantor, Revocable
from registry.domain.dates import parse_span
from registry.domain.performer import Performer, Representative
from registry.domain.production import Engagement, Production
from registry.domain.replica import Custody, Replica
from registry.domain.words import (
    Act,
    Agreement,
    Basis,
    BiometricKind,
    Capacity,
    Content,
    Element,
    GrantorCapacity,
    MadeFrom,
    ProductionKind,
    Purpose,
    ReplicaKind,
)
from registry.services.rendering import Issuing, rider_terms
from tests.documents import story

VOICE = (Element.VOICE,)


def _issuing(**more: object) -> Issuing:
    given: dict[str, object] = {
        "company": story.COMPANY,
        "signatory": "T. Albright",
        "now": story.ISSUED,
        "salt": story.SALT,
        **more,
    }
    return Issuing(**given)  # type: ignore[arg-type]


def _grant(clause: str, act: Act, works: str, description: str, **more: object) -> Grant:
    given: dict[str, object] = {
        "clause": clause,
        "acts": (act,),
        "elements": story.BOTH,
        "productions": (works,),
        "purposes": (Purpose.FINAL,),
        "description": description,
        **more,
    }
    return Grant(**given)  # type: ignore[arg-type]


def employment(**more: object) -> RiderTerms:
    return rider_terms(
        story.DRAFT, story.OKAFOR, story.HARBOR, story.ENGAGEMENT,
        issuing=_issuing(**more), replica=story.SCAN, session=story.SESSION,
    )  # fmt: skip


def independent(**more: object) -> RiderTerms:
    replica = Replica(
        id="okafor-archive-1",
        performer="okafor",
        kind=ReplicaKind.INDEPENDENTLY_CREATED,
        elements=VOICE,
        made_from=MadeFrom.EXISTING_MATERIAL,
        made_for="harbor",
        holder=story.COMPANY,
        destroy_by=dt.date(2029, 12, 31),
    )
    use = _grant(
        "1.1",
        Act.USE_REPLICA,
        "harbor",
        "Mara’s mother reads one letter off screen, scene 12; about 40 words, made from the interviews of 2019.",
        elements=VOICE,
        scenes=("12",),
        media=("any",),
        territories=("world",),
        languages=("en",),
    )
    consent = replace(story.DRAFT, id="c-okafor-2", grants=(use,), excludes=())
    return rider_terms(consent, story.OKAFOR, story.HARBOR, issuing=_issuing(**more), replica=replica)


def other_production(**more: object) -> RiderTerms:
    sequel = replace(
        story.HARBOR,
        id="harbor-2",
        title="Harbor Light: The Crossing",
        photography_starts_on=dt.date(2027, 3, 1),
        photography_ends_on=dt.date(2027, 5, 28),
    )
    use = replace(story.USE, clause="1.1", productions=("harbor-2",), purposes=(Purpose.FINAL,), scenes=("7",))
    use = replace(use, description="Mara is seen on the quay from afar, scene 7; about 4 seconds; no dialogue.")
    consent = replace(story.DRAFT, id="c-okafor-3", grants=(use,), excludes=())
    return rider_terms(
        consent, story.OKAFOR, sequel, issuing=_issuing(**more), replica=story.SCAN,
        works=(Work(id="harbor", title="Harbor Light"),),
    )  # fmt: skip


def alteration(**more: object) -> RiderTerms:
    alter = _grant(
        "1.1",
        Act.ALTER_PERFORMANCE,
        "harbor",
        "Mara’s lips are matched to one new line in scene 18, six words, recorded by Performer in the studio.",
        elements=(Element.LIKENESS,),
        scenes=("18",),
        scripted_alterations=False,
        physical_changes=("mouth_movements",),
    )
    dub = _grant(
        "1.2",
        Act.DUB,
        "harbor",
        "Performer’s own voice, made to speak the Spanish and French versions.",
        elements=VOICE,
        languages=("es", "fr"),
    )
    consent = replace(story.DRAFT, id="c-okafor-4", grants=(alter, dub), excludes=())
    return rider_terms(consent, story.OKAFOR, story.HARBOR, story.ENGAGEMENT, issuing=_issuing(**more))


def background(**more: object) -> RiderTerms:
    person = Performer(id="reyes", legal_name="María José Reyes-Ibáñez", born=parse_span("1998-03-11"))
    engagement = Engagement(
        id="reyes-harbor", performer="reyes", production="harbor", role="passenger", category="background",
        engaged_at=dt.datetime(2026, 9, 13, 18, 0, tzinfo=story.PDT), starts_on=dt.date(2026, 9, 16),
    )  # fmt: skip
    replica = replace(
        story.SCAN, id="reyes-scan-1", performer="reyes", kind=ReplicaKind.BACKGROUND, elements=(Element.LIKENESS,)
    )
    create = replace(story.CREATE, clause="1.1", elements=(Element.LIKENESS,))
    create = replace(create, description="One standing scan, ten minutes, on the day of work.")
    use = _grant(
        "1.2",
        Act.USE_REPLICA,
        "harbor",
        "One of the passengers on the ferry deck, scenes 41 and 42, never nearer than ten metres.",
        elements=(Element.LIKENESS,),
        scenes=("41", "42"),
        role_use=("background",),
    )
    consent = replace(story.DRAFT, id="c-reyes-1", performer="reyes", grants=(create, use), excludes=(), counsel=None)
    return rider_terms(
        consent, person, story.HARBOR, engagement,
        issuing=_issuing(particulars=Particulars(voucher="V-20417"), **more), replica=replica, session=story.SESSION,
    )  # fmt: skip


def commercial(**more: object) -> RiderTerms:
    spot = Production(
        id="tidewater-1",
        title="Tidewater: Morning",
        kind=ProductionKind.COMMERCIAL,
        company="Northline Agency Inc.",
        agreement=Agreement.COMMERCIALS,
        signatory=True,
        photography_starts_on=dt.date(2026, 10, 5),
        photography_ends_on=dt.date(2026, 10, 6),
        places=("US-NY",),
        governing_law="US-NY",
        advertiser="Tidewater Coffee Co.",
        product_line="Tidewater cold brew",
        first_use_on=dt.date(2026, 11, 2),
    )
    create = _grant("1.1", Act.CREATE_REPLICA, "tidewater-1", "One voice session of two hours.", elements=VOICE)
    use = _grant(
        "2.1",
        Act.USE_REPLICA,
        "tidewater-1",
        "The closing line, up to nine words, in three lengths of the spot.",
        elements=VOICE,
        purposes=(Purpose.ADVERTISING,),
        media=("television", "online"),
        territories=("US", "CA"),
        languages=("en",),
        until=dt.date(2028, 11, 2),
    )
    future = replace(
        use,
        clause="3.1",
        productions=("tidewater-2",),
        description="The same closing line in the spots of the same campaign for the spring of 2027.",
    )
    consent = replace(story.DRAFT, id="c-okafor-5", grants=(create, use, future), excludes=())
    replica = replace(story.SCAN, id="okafor-voice-1", elements=VOICE, made_from=MadeFrom.RECORDING_SESSION)
    replica = replace(replica, made_for="tidewater-1", biometric_kinds=(BiometricKind.VOICEPRINT,))
    given = Particulars(spots="“Morning”, 30, 15 and 6 seconds")
    return rider_terms(
        consent, story.OKAFOR, spot, replace(story.ENGAGEMENT, production="tidewater-1", role="voice of the sea"),
        issuing=_issuing(particulars=given, **more), replica=replica, session=story.SESSION,
    )  # fmt: skip


def interactive(**more: object) -> RiderTerms:
    game = Production(
        id="saltmarsh",
        title="Saltmarsh",
        kind=ProductionKind.GAME,
        company="Grey Heron Games Ltd.",
        agreement=Agreement.INTERACTIVE,
        signatory=True,
        places=("US-CA",),
        governing_law="US-CA",
    )
    create = _grant("1.1", Act.CREATE_REPLICA, "saltmarsh", "A vocal replica from four sessions.", elements=VOICE)
    lines = _grant(
        "2.1", Act.USE_REPLICA, "saltmarsh", "Up to 400 barks of the ferrywoman that were not recorded.", elements=VOICE
    )
    live = replace(lines, clause="3.1", real_time=True, allows=(Content.PROFANITY,))
    live = replace(live, description="The ferrywoman answers the player’s own words, in real time.")
    consent = replace(story.DRAFT, id="c-okafor-6", grants=(create, lines, live), excludes=())
    engagement = replace(story.ENGAGEMENT, production="saltmarsh", role="the ferrywoman", category="voice")
    replica = replace(story.SCAN, id="okafor-voice-2", elements=VOICE, made_for="saltmarsh", biometric_kinds=None)
    given = Particulars(reports="every three months")
    return rider_terms(
        consent, story.OKAFOR, game, engagement, issuing=_issuing(particulars=given, **more), replica=replica
    )


def capture(**more: object) -> RiderTerms:
    production = replace(story.HARBOR, agreement=None, places=("US-IL", "US-TX", "IE"), governing_law="US-IL")
    kinds = (BiometricKind.FACE_GEOMETRY, BiometricKind.BODY_SCAN)
    replica = replace(story.SCAN, biometric_kinds=kinds)
    consent = replace(story.DRAFT, id="c-okafor-7", grants=(story.CREATE,), excludes=(), basis=Basis.EXPLICIT_CONSENT)
    given = Particulars(policy="Northgate Capture, policy of 1 June 2026, handed over", witness="Ruth Adler")
    return rider_terms(
        consent, story.OKAFOR, production, story.ENGAGEMENT,
        issuing=_issuing(particulars=given, **more), replica=replica, session=story.SESSION,
    )  # fmt: skip


def uk(**more: object) -> RiderTerms:
    production = replace(
        story.HARBOR,
        id="fen",
        title="The Fen Country",
        kind=ProductionKind.EPISODIC,
        company="Fen Pictures Ltd",
        agreement=Agreement.EQUITY_UK,
        places=("GB-ENG",),
        governing_law="GB-ENG",
        timezone="Europe/London",
    )
    create = replace(story.CREATE, clause="1.1", productions=("fen",))
    use = replace(story.USE, clause="2.1", productions=("fen",), territories=("GB", "IE"), purposes=(Purpose.FINAL,))
    consent = replace(story.DRAFT, id="c-okafor-8", grants=(create, use), excludes=(), until=dt.date(2031, 12, 31))
    custody = (Custody(holder="Northgate Capture", place="GB-ENG"),)
    replica = replace(story.SCAN, made_for="fen", custody=custody)
    engagement = replace(story.ENGAGEMENT, production="fen", role="Hester")
    return rider_terms(
        consent, story.OKAFOR, production, engagement, issuing=_issuing(**more), replica=replica, session=story.SESSION
    )


def estate(**more: object) -> RiderTerms:
    person = Performer(
        id="vance",
        legal_name="Ottilie Vance",
        died=parse_span("2011-04-02"),
        domicile="US-CA",
        representatives=(
            Representative(
                id="e-1", capacity=Capacity.ESTATE, name="Jonah Vance", share=Fraction(1, 2),
                authority="letters testamentary, Los Angeles, BP129944",
            ),
            Representative(
                id="e-2", capacity=Capacity.ESTATE, name="Céline Vance-Moreau", share=Fraction(1, 3),
                authority="decree of distribution of 12 May 2012",
            ),
        ),
    )  # fmt: skip
    use = _grant(
        "1.1",
        Act.USE_REPLICA,
        "harbor",
        "The lighthouse keeper’s portrait comes to life for one look, scene 3; about 5 seconds; silent.",
        elements=(Element.LIKENESS,),
        scenes=("3",),
        until=dt.date(2036, 12, 31),
    )
    grantors = tuple(Grantor(capacity=GrantorCapacity.ESTATE, representative=r.id) for r in person.representatives)
    consent = replace(
        story.DRAFT, id="c-vance-1", performer="vance", grantor=grantors[0], co_grantors=grantors[1:], grants=(use,),
        excludes=(), counsel=None, lifetime_only=None,
    )  # fmt: skip
    replica = Replica(
        id="vance-archive-1", performer="vance", kind=ReplicaKind.INDEPENDENTLY_CREATED, made_for="harbor",
        elements=(Element.LIKENESS,), made_from=MadeFrom.EXISTING_MATERIAL, holder=story.COMPANY,
    )  # fmt: skip
    return rider_terms(consent, person, story.HARBOR, issuing=_issuing(**more), replica=replica)


def minor(**more: object) -> RiderTerms:
    child = Performer(
        id="lindqvist",
        legal_name="Tove Lindqvist",
        born=parse_span("2014-05-20"),
        representatives=(
            Representative(id="g-1", capacity=Capacity.GUARDIAN, name="Karin Lindqvist", authority="birth certificate"),
            Representative(
                id="g-2", capacity=Capacity.GUARDIAN, name="Anders Lindqvist", authority="birth certificate"
            ),
        ),
    )
    grantors = tuple(Grantor(capacity=GrantorCapacity.GUARDIAN, representative=r.id) for r in child.representatives)
    consent = replace(
        story.DRAFT, id="c-lindqvist-1", performer="lindqvist", grantor=grantors[0], co_grantors=grantors[1:],
        grants=(story.CREATE, replace(story.USE, ages=None)), excludes=(),
    )  # fmt: skip
    engagement = replace(story.ENGAGEMENT, performer="lindqvist", role="young Mara")
    replica = replace(story.SCAN, id="lindqvist-scan-1", performer="lindqvist")
    given = Particulars(court="Los Angeles Superior Court, 26STMC00417")
    return rider_terms(
        consent, child, story.HARBOR, engagement, issuing=_issuing(particulars=given, **more), replica=replica,
        session=story.SESSION,
    )  # fmt: skip


def amendment(**more: object) -> RiderTerms:
    replaces = Replaced(consent="c-okafor-1", sha256="9f31" * 16, clauses=("2.2",))
    use = replace(story.USE, scenes=("41", "42", "60"))
    use = replace(use, description="Mara falls from the ferry roof, scenes 41 and 42, and surfaces in scene 60.")
    consent = replace(story.DRAFT, id="c-okafor-9", grants=(use,), excludes=(), from_=dt.date(2026, 10, 1))
    return rider_terms(
        consent, story.OKAFOR, story.HARBOR, story.ENGAGEMENT, replica=story.SCAN, session=story.SESSION,
        issuing=_issuing(kind=DocumentKind.AMENDMENT, replaces=replaces, **more),
    )  # fmt: skip


def signed(consent: Consent = story.DRAFT) -> Consent:
    return replace(
        consent,
        signed_at=story.SIGNED,
        revocable=Revocable(by_terms=True, notice_days=30),
        document=Document(sha256="9f31" * 16, file="c-okafor-1.pdf"),
    )


def revocation(**more: object) -> RiderTerms:
    withdrawal = Withdrawal(
        record="rev-okafor-1", effective=dt.date(2026, 12, 10), clauses=("2.2",), because="The cut has changed."
    )
    return rider_terms(
        signed(), story.OKAFOR, story.HARBOR, story.ENGAGEMENT, replica=story.SCAN,
        issuing=_issuing(kind=DocumentKind.REVOCATION, withdrawal=withdrawal, **more),
    )  # fmt: skip


def suspension(**more: object) -> RiderTerms:
    withdrawal = Withdrawal(record="sus-okafor-1", effective=dt.date(2026, 12, 1), because="Strike of 1 December 2026.")
    game = interactive()
    return rider_terms(
        replace(game.consent, signed_at=story.SIGNED), story.OKAFOR, game.production, game.engagement,
        issuing=_issuing(kind=DocumentKind.SUSPENSION, withdrawal=withdrawal, **more),
    )  # fmt: skip


FAMILY: dict[DocumentKind, Callable[..., RiderTerms]] = {
    DocumentKind.EMPLOYMENT: employment,
    DocumentKind.INDEPENDENT: independent,
    DocumentKind.OTHER_PRODUCTION: other_production,
    DocumentKind.ALTERATION: alteration,
    DocumentKind.BACKGROUND: background,
    DocumentKind.COMMERCIAL: commercial,
    DocumentKind.INTERACTIVE: interactive,
    DocumentKind.CAPTURE: capture,
    DocumentKind.UK: uk,
    DocumentKind.ESTATE: estate,
    DocumentKind.MINOR: minor,
    DocumentKind.AMENDMENT: amendment,
    DocumentKind.REVOCATION: revocation,
    DocumentKind.SUSPENSION: suspension,
}
