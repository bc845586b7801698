"""Ada Okafor and Harbor Light, as FORMATS.md tells it: the rider of September 2026."""

from __future__ import annotations

import datetime as dt

from registry.documents.terms import Session
from registry.domain.consent import Consent, Counsel, Exclusion, Grant, Grantor, Limits, Revocable
from registry.domain.dates import parse_span
from registry.domain.money import Money
from registry.domain.performer import Performer, Representative
from registry.domain.production import CastNumber, Engagement, Production
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

PDT = dt.timezone(dt.timedelta(hours=-7))
PASSPHRASE = b"a passphrase of the story"
COMPANY = "Harbor Light Productions LLC"
ISSUED = dt.datetime(2026, 9, 8, 16, 0, tzinfo=PDT)
SIGNED = dt.datetime(2026, 9, 10, 9, 15, tzinfo=PDT)
COUNTERSIGNED = dt.datetime(2026, 9, 10, 11, 2, tzinfo=PDT)
TODAY = dt.datetime(2026, 11, 22, 12, 0, tzinfo=dt.UTC)
SALT = "5a17" * 8
WORDS = "I have read the rider, I agree to the clauses that bear my initials, and I sign it."

OKAFOR = Performer(
    id="okafor",
    legal_name="Adaeze Okafor",
    professional_name="Ada Okafor",
    born=parse_span("1991-06-02"),
    representatives=(Representative(id="okafor-counsel", capacity=Capacity.ATTORNEY, name="R. Lindqvist"),),
)
HARBOR = Production(
    id="harbor",
    title="Harbor Light",
    kind=ProductionKind.THEATRICAL,
    franchise="harbor-films",
    company=COMPANY,
    agreement=Agreement.TV_THEATRICAL,
    signatory=True,
    platform="netflix",
    photography_starts_on=dt.date(2026, 9, 14),
    photography_ends_on=dt.date(2026, 11, 20),
    places=("US-CA", "US-IL"),
    governing_law="US-CA",
    timezone="America/Los_Angeles",
)
ENGAGEMENT = Engagement(
    id="okafor-harbor",
    performer="okafor",
    production="harbor",
    role="Mara",
    category="weekly",
    engaged_at=dt.datetime(2026, 8, 3, 10, 0, tzinfo=PDT),
    starts_on=dt.date(2026, 9, 14),
    daily_rate=Money(150_000, "USD"),
    covered_by_agreement=True,
    cast_numbers=(CastNumber(number="4", from_=dt.date(2026, 9, 14)),),
)
BOTH = (Element.LIKENESS, Element.MOVEMENT)
SCAN = Replica(
    id="okafor-scan-1",
    performer="okafor",
    kind=ReplicaKind.EMPLOYMENT_BASED,
    elements=BOTH,
    made_from=MadeFrom.SCAN,
    made_for="harbor",
    made_on=dt.date(2026, 9, 16),
    custody=(Custody(holder="Northgate Capture", place="US-CA", from_=dt.date(2026, 9, 16)),),
    biometric_kinds=(BiometricKind.FACE_GEOMETRY,),
    destroy_by=dt.date(2028, 12, 31),
)
SESSION = Session(
    at=dt.datetime(2026, 9, 16, 9, 0, tzinfo=PDT),
    notice_given_at=dt.datetime(2026, 9, 13, 9, 0, tzinfo=PDT),
    notice_by="casting",
    reason="The roof fall cannot be staged.",
    reason_given_at=dt.datetime(2026, 9, 1, 9, 0, tzinfo=PDT),
    reason_by="production",
)
CREATE = Grant(
    clause="2.1",
    acts=(Act.CREATE_REPLICA,),
    elements=BOTH,
    productions=("harbor",),
    purposes=(Purpose.FINAL,),
    description="One full-body scan session for the roof fall in scenes 41 and 42.",
)
USE = Grant(
    clause="2.2",
    acts=(Act.USE_REPLICA,),
    elements=BOTH,
    productions=("harbor",),
    purposes=(Purpose.FINAL, Purpose.PROMOTION),
    description="Mara falls from the ferry roof, scenes 41 and 42; about 6 seconds; no dialogue.",
    scenes=("41", "42"),
    media=("any",),
    territories=("world",),
    languages=("any",),
    from_=dt.date(2026, 9, 14),
    until=dt.date(2030, 12, 31),
    ages=(35, 35),
    limits=Limits(seconds=10, uses=2),
    real_time=False,
    scripted_alterations=True,
    physical_changes=(),
    role_use=("principal",),
)
TRAIN = Grant(
    clause="2.3",
    acts=(Act.TRAIN_MODEL,),
    elements=BOTH,
    productions=("harbor",),
    purposes=(Purpose.FINAL,),
    description="A model of Mara’s gait, trained on the scan session, for crowd shots of this picture.",
)
DRAFT = Consent(
    id="c-okafor-1",
    performer="okafor",
    grantor=Grantor(capacity=GrantorCapacity.SELF),
    counsel=Counsel(name="R. Lindqvist", negotiated_replica_terms=True),
    cba_addresses_replicas=True,
    basis=Basis.CONTRACT,
    lifetime_only=False,
    revocable=Revocable(by_terms=False),
    from_=dt.date(2026, 9, 10),
    grants=(CREATE, USE, TRAIN),
    excludes=(Exclusion(territories=("CN",), media=("social",)), Exclusion(content=(Content.ENDORSEMENT,))),
)
