"""The AI-use request list: one line per scene, person and act, as a production office fills it in."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Registry

HEADERS = (
    "use_id, production, episode, scene, shot, shoot_date|delivery_date, performer, cast_no, character, act, modality, "
    "purpose(final|temp|pitch|marketing), tool, vendor, model_id, territory, media, language, changes_tone(y/n/?), "
    "scripted(y/n/?), recognisable(y/n/?), safety(y/n/?), age_from, age_to, seconds, platform, notified_on, "
    "approval_ref, business_reason"
)
FALL = (
    "u-41-list,harbor,,41,41C,{day},okafor,4,Mara,use_replica,face;movement,final,northgate-pipeline,Northgate,,world,"
    "theatrical;streaming,en,n,y,y,?,35,35,6,netflix,2026-09-13,email 12,cannot be staged"
)


def written(folder: Path, *rows: str) -> None:
    (folder / "request.csv").write_text("\n".join([HEADERS, *rows]) + "\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("day", "begins"),
    [("2026-10-31", "2026-10-31T00:00:00-07:00"), ("2026-11-02", "2026-11-02T00:00:00-08:00")],
)
def test_a_shoot_date_begins_where_the_production_is(registry: Registry, tmp_path: Path, day: str, begins: str) -> None:
    """Both sides of the night on which the clocks go back in Los Angeles."""
    written(tmp_path, FALL.format(day=day))
    assert registry("use add request.csv").status == 0
    assert f"at: {begins}" in registry("export").out


def test_the_list_is_checked_as_it_is_filled_in(registry: Registry, tmp_path: Path) -> None:
    written(tmp_path, FALL.format(day="2026-12-07"))
    ran = registry("check --file request.csv --json")
    assert ran.status in (1, 3), ran.err
    verdict = json.loads(ran.out)
    assert (verdict["use"], verdict["as_of"]) == ("u-41-list", "2026-12-07")


def test_a_day_on_a_production_without_a_zone_is_told(registry: Registry, tmp_path: Path) -> None:
    (tmp_path / "quay.yaml").write_text("format: consent-registry/1\nproductions: [{id: quay, title: Quay}]\n")
    assert registry("import quay.yaml").status == 0
    written(tmp_path, FALL.format(day="2026-12-07").replace(",harbor,", ",quay,"))
    ran = registry("check --file request.csv")
    assert ran.status == 2
    assert "row 2, column shoot_date|delivery_date: 2026-12-07" in ran.err
