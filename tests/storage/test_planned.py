"""What a production has planned: its uses, those of replicas made for it, and the people of either."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from registry.domain.decision import Decision
from registry.domain.finding import VerdictWord
from registry.domain.performer import Performer
from registry.domain.production import Engagement, Production
from registry.domain.replica import Replica
from registry.domain.use import Use
from registry.domain.words import Act, ReplicaKind
from registry.domain.world import World
from registry.storage.store import Store, create_store

NOW = dt.datetime(2026, 10, 1, 9, tzinfo=dt.UTC)
DAY = dt.timedelta(days=1)
HARBOR, ORCHARD = Production(id="harbor", title="Harbor Light"), Production(id="orchard", title="The Orchard Year")
WORLD = World(
    performers=tuple(Performer(id=id_, legal_name=id_.title()) for id_ in ("okafor", "marsh", "vance", "engaged")),
    productions=(HARBOR, ORCHARD),
    engagements=(
        Engagement(id="e-1", performer="engaged", production="harbor"),
        Engagement(id="e-2", performer="vance", production="orchard"),
    ),
    replicas=(
        Replica(id="scan", kind=ReplicaKind.EMPLOYMENT_BASED, performer="okafor", made_for="harbor"),
        Replica(id="other", kind=ReplicaKind.EMPLOYMENT_BASED, performer="vance", made_for="orchard"),
    ),
    uses=(
        Use(id="u-named", act=Act.ALTER_PERFORMANCE, production="harbor", performers=("marsh",)),
        Use(id="u-scan", act=Act.USE_REPLICA, replica="scan"),
        Use(id="u-other", act=Act.USE_REPLICA, replica="other"),
        Use(id="u-moved", act=Act.ALTER_PERFORMANCE, production="orchard", performers=("vance",)),
    ),
)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = create_store(f"sqlite:///{tmp_path}/registry.db")
    found.record(WORLD, by="T. Albright", now=NOW)
    return found


def test_the_uses_of_a_production_and_of_replicas_made_for_it(store: Store) -> None:
    found = store.planned("harbor")
    assert [use.id for use in found.uses] == ["u-named", "u-scan"]
    assert [engagement.id for engagement in found.engagements] == ["e-1"]
    assert [replica.id for replica in found.replicas] == ["scan"]
    assert [performer.id for performer in found.performers] == ["engaged", "marsh", "okafor"]
    assert [production.id for production in found.productions] == ["harbor"]


def test_a_use_comes_with_all_its_versions_as_they_were_known(store: Store) -> None:
    moved = replace(WORLD.uses[3], production="harbor", performers=("marsh",))
    store.record(World(uses=(moved,)), by="T. Albright", now=NOW + DAY)

    def versions(known_at: dt.datetime | None) -> list[str]:
        return [use.production for use in store.planned("harbor", known_at=known_at).uses if use.id == "u-moved"]

    assert versions(None) == ["orchard", "harbor"]
    assert versions(NOW) == ["orchard"]


def test_of_a_production_nobody_knows_there_is_nothing(store: Store) -> None:
    assert store.planned("harbr") == World()


def test_the_decisions_on_some_uses(store: Store) -> None:
    decisions = tuple(
        Decision(use=use, verdict=VerdictWord.CLEARED, answer="{}", known_at=NOW, decided_at=NOW)
        for use in ("u-named", "u-other")
    )
    store.record(World(decisions=decisions), by="T. Albright", now=NOW + DAY)
    assert [decision.use for decision in store.decided(["u-named", "u-scan"])] == ["u-named"]
    assert store.decided(["u-named"], known_at=NOW) == ()
