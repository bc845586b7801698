"""`registry check --brief`: three lines for somebody on a set."""

from __future__ import annotations

import datetime as dt

from registry.cli.output import columns
from tests.cli.conftest import Registry

VOUCHER = "check --file examples/recipes/voucher.yaml --brief"


def test_a_no_says_what_to_print_and_not_to_have_it_signed_here(registry: Registry) -> None:
    found = registry(VOUCHER)
    assert found.status == 1
    assert found.out == (
        "NOT CLEARED   u-voucher-3071\n"
        "   Mai Tran · making a replica · Harbor Light, sc. 12\n"
        "Do not go ahead: notice to the platform; approval by Netflix; consent: scene 12,\n"
        "likeness and movement.\n"
        "Do not have it signed between call and wrap: a form signed on the set is the\n"
        "first thing a union looks at.\n"
        "registry cure u-voucher-3071 --file examples/recipes/voucher.yaml --rider    prints the form\n"
    )


def test_days_before_nobody_is_on_the_set_yet(registry: Registry) -> None:
    before = registry(VOUCHER, now=dt.datetime(2026, 11, 20, 10, tzinfo=dt.UTC))
    assert "between call and wrap" not in before.out


def test_a_yes_says_what_follows(registry: Registry) -> None:
    found = registry("check --file examples/uses/scan.yaml --brief")
    assert found.status == 0
    lines = found.out.splitlines()
    assert lines[0].startswith("CONDITIONAL   u-70-scan   Mina Bell · making a replica · Harbor Light")
    assert lines[1].startswith("Go ahead: ")
    assert all(columns(line) <= 80 for line in lines)


def test_a_consent_signed_on_the_day_of_the_work_is_pointed_out(registry: Registry) -> None:
    moved = "check --performer bell --production harbor --act create_replica --replica bell-scan-1 --purpose final"
    found = registry(f"{moved} --content none --at 2026-11-16T20:00:00-08:00 --brief")
    assert "c-bell-1 was signed on 16 Nov 2026, the day of the work" in " ".join(found.out.split())


def test_machines_get_the_whole_verdict(registry: Registry) -> None:
    assert registry(f"{VOUCHER} --json").out.startswith('{"format": "consent-verdict/1"')
