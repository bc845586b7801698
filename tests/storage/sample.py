"""A small world with something of everything, as a registry file would hold it."""

from __future__ import annotations

import datetime as dt

from registry.domain.world import World
from registry.files.registry_file import read_registry

NOW = dt.datetime(2026, 11, 22, 10, tzinfo=dt.UTC)
NAME = "Adaeze Quillfeather"  # written into every kind of thing; the ledger must not know it
TEXT = f"""
format: consent-registry/1
performers:
  - id: quillfeather
    legal_name: {NAME}
    professional_name: Ada {NAME}
    other_names: [A. {NAME}]
    born: 1991-06-02
    died: "2025"
    domicile: US-CA
    standings:
      - {{union: SAG-AFTRA, status: member, member_id: "10482213", from: 2014-03-01}}
      - {{union: Equity UK, status: unknown}}
    representatives:
      - {{id: quillfeather-counsel, capacity: attorney, name: {NAME} (mother), from: 2020-01-01}}
      - {{id: quillfeather-estate, capacity: estate, name: Estate of {NAME}, share: 1/3, authority: letters of {NAME}}}
  - {{id: marsh, legal_name: Leo Marsh}}
productions:
  - id: harbor
    title: The Life of {NAME}
    kind: theatrical
    franchise: quillfeather-films
    company: {NAME} Productions LLC
    agreement: sag-aftra-tv-theatrical
    signatory: true
    platform: netflix
    photography_starts_on: 2026-09-14
    photography_ends_on: 2026-11-20
    places: [US-CA, US-IL]
    governing_law: US-CA
    released_in: [world]
    released_on: 2027-05-01
    original_language: en
    timezone: America/Los_Angeles
    deciders: [{{name: {NAME}, capacity: business_affairs, from: 2026-08-01}}]
    declares: {{by: {NAME}, on: 2026-09-01, facts: {{use.on_goods: no}}}}
  - {{id: orchard, title: The Orchard Year}}
engagements:
  - id: quillfeather-harbor
    performer: quillfeather
    production: harbor
    role: {NAME} as herself
    category: weekly
    engaged_at: 2026-08-03T10:00:00-07:00
    starts_on: 2026-09-14
    daily_rate: "1500.00 USD"
    covered_by_agreement: true
    loan_out: {NAME} Inc.
    cast_numbers: [{{number: "4", from: 2026-09-14}}]
    union_clearance: {{code: OK, on: 2026-08-05}}
  - {{id: marsh-orchard, performer: marsh, production: orchard}}
replicas:
  - id: quillfeather-scan
    performer: quillfeather
    kind: employment_based
    elements: [likeness, movement]
    made_from: scan
    made_for: harbor
    made_on: 2026-09-16
    custody:
      - holder: {NAME}'s own vault
        place: US-CA
        from: 2026-09-16
        files: [{{name: {NAME}.abc, sha256: "{"0" * 64}"}}]
    biometric_kinds: [face_geometry]
    destroy_by: 2028-12-31
  - {{id: nobody, kind: synthetic, elements: [voice]}}
models:
  - {{id: quillfeather-voice, trained_on: [quillfeather], made_for: harbor, consents: [c-1], co_owners: [{NAME}]}}
tools:
  - {{id: pipeline, vendor: {NAME} Labs, stores: no, reuses: unsure, trains: yes, as_of: 2026-08-20}}
profiles:
  - {{id: usual, by: {NAME}, on: 2026-08-01, facts: {{use.generative: yes, use.days_estimated: 2}}}}
consents:
  - id: c-1
    performer: quillfeather
    grantor: {{capacity: estate, representative: quillfeather-estate}}
    instrument: separate_writing
    separately_signed: true
    counsel: {{name: {NAME}, negotiated_replica_terms: true}}
    signed_at: 2026-09-10T09:15:00-07:00
    basis: contract
    revocable: {{by_terms: true, notice_days: 30}}
    from: 2026-09-10
    grants:
      - clause: "2.2"
        acts: [use_replica]
        elements: [likeness, movement]
        productions: [harbor]
        purposes: [final, promotion]
        description: {NAME} falls from the ferry roof.
        scenes: ["41", "42"]
        media: any
        territories: [world]
        until: 2030-12-31
        ages: [35, 35]
        limits: {{seconds: 10, uses: 2}}
        real_time: no
    excludes:
      - {{territories: [CN], media: [social]}}
    declined: ["2.3"]
    document: {{sha256: "{"a" * 64}", file: {NAME}.pdf}}
  - id: c-2
    performer: quillfeather
    grantor: {{capacity: self}}
    grants:
      - {{clause: "1", acts: [dub], elements: [voice], productions: [harbor], purposes: [final], description: A dub.}}
  - id: c-3
    performer: marsh
    grantor: {{capacity: self}}
    grants:
      - {{clause: "1", acts: [dub], elements: [voice], productions: [orchard], purposes: [final], description: A dub.}}
uses:
  - id: u-fall
    performer: quillfeather
    production: harbor
    act: use_replica
    replica: quillfeather-scan
    tool: pipeline
    profile: usual
    elements: [likeness]
    purpose: final
    scenes: ["41"]
    description: {NAME} falls.
    at: 2026-10-02T09:00:00-07:00
    seconds: 6
    facts: {{use.performed: no}}
  - {{id: u-other, performer: marsh, production: orchard, act: dub, at: 2026-10-02T09:00:00-07:00}}
records:
  - {{id: n-1, kind: notice, to: performer, about: quillfeather-scan, performer: quillfeather, production: harbor,
      given_at: 2026-09-13T09:00:00-07:00, by: {NAME}}}
  - {{id: n-2, kind: notice, to: union, production: harbor, given_at: 2026-09-13T09:00:00-07:00}}
  - {{id: a-1, kind: approval, from: netflix, use: u-fall, given_at: 2026-09-20T12:00:00-07:00, reference: to {NAME}}}
  - {{id: r-1, kind: ruling, use: [u-fall, u-unfiled], question: use.as_scripted, answer: "yes", decided_by: {NAME},
      capacity: business_affairs, decided_on: 2026-09-21, because: "{NAME} said so"}}
  - {{id: r-2, kind: ruling, consent: c-1, clause: "2.2", question: consent.specific, answer: "yes", decided_by: T. A.,
      capacity: counsel, decided_on: 2026-09-21, because: precise}}
  - {{id: p-1, kind: payment, use: u-fall, rule: TVT23-PAY-USE-1, amount: "3000.00 USD", paid_on: 2026-11-01}}
  - {{id: d-1, kind: done, replica: quillfeather-scan, rule: TVT26-SEC-1, on: 2026-09-15, note: "{NAME} has the key"}}
  - {{id: m-1, kind: amendment, consent: c-1, grants: ["2.2"], replaced_by: c-2, effective: 2026-10-01}}
  - {{id: s-1, kind: strike, agreement: sag-aftra-tv-theatrical, from: 2030-07-10}}
  - {{id: y-1, kind: suspension, performer: marsh, agreement: sag-aftra-interactive, from: 2026-05-01}}
  - {{id: k-1, kind: use_made, use: u-fall, made_at: 2026-10-02T09:00:00-07:00, seconds: 6}}
  - {{id: k-2, kind: use_made, use: u-other, made_at: 2026-10-02T09:00:00-07:00, seconds: 6}}
  - {{id: x-1, kind: correction, corrects: n-2, because: "{NAME} was wrong", given_at: 2026-09-13T11:00:00-07:00}}
  - {{id: x-2, kind: correction, corrects: x-1, because: and so was I, given_at: 2026-09-13T12:00:00-07:00}}
  - {{id: n-3, kind: notice, to: performer, performer: marsh, production: orchard,
      given_at: 2026-09-13T09:00:00-07:00}}
rates:
  - {{name: rate.session_scale, from: 2026-07-01, value: "1283.00 USD", grade: A, source: card, by: {NAME}}}
  - {{name: rate.session_scale, from: 2027-07-01, grade: K, source: not out yet, by: {NAME}, pack: some-pack}}
signoffs:
  - {{rule: TVT23-NOTICE-1, digest: "sha256:0", by: {NAME}, on: 2026-11-01, note: "read by {NAME}"}}
schedules:
  - id: harbor-call-sheet-2026-10-02
    production: harbor
    kind: call-sheet
    issued_on: 2026-10-01
    source: {{file: {NAME}.csv, sha256: "{"b" * 64}"}}
    days: [{{on: 2026-10-02, number: "12", of: 30, place: {NAME} Stage, crew_call: 2026-10-02T06:00:00-07:00}}]
    scenes: [{{on: 2026-10-02, scene: "41A", set: House of {NAME}, cast: ["4"]}}]
    calls:
      - {{on: 2026-10-02, number: "4", name: {NAME}, character: {NAME}, code: W, remarks: "{NAME} is called early",
          called_at: 2026-10-02T05:00:00-07:00}}
imports:
  - {{id: i-1, production: harbor, kind: call-sheet, file: {NAME}.csv, sha256: "{"b" * 64}", by: {NAME},
      changes: [{{noun: schedule, id: harbor-call-sheet-2026-10-02, after: "{"c" * 64}"}}]}}
clearances:
  - id: clearance-1
    production: harbor
    made_at: 2026-10-01T18:00:00-07:00
    rows:
      - {{use: u-crowd, who: "{NAME} (?)", on: 2026-10-02}}
      - {{use: u-crowd, performer: marsh, who: {NAME}, on: 2026-10-02, verdict: not_cleared, rules: [TVT23-NOTICE-1],
          due: [{{rule: TVT23-NOTICE-1, by: 2026-09-30T06:00:00-07:00}}]}}
"""


def sample() -> World:
    """The world of `TEXT`."""
    return read_registry(TEXT, "sample.yaml")
