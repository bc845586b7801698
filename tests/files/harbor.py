"""A registry file in which every section and every kind of record stands once, much as FORMATS.md shows it."""

# ruff: noqa: E501 (one thing a line)

HARBOR = """\
format: consent-registry/1

performers:
  - id: okafor
    legal_name: Adaeze Okafor
    professional_name: Ada Okafor
    other_names: [A. Okafor]
    born: 1991-06-02
    died: null
    domicile: US-CA
    standings:                       # dated; absent means unknown
      - {union: SAG-AFTRA, status: member, member_id: "10482213", from: 2014-03-01, to: null}
    representatives:
      - {id: okafor-counsel, capacity: attorney, name: R. Lindqvist, from: 2020-01-01}
      - {id: okafor-heir, capacity: estate, name: C. Okafor, share: 1/3, authority: "letters 22-118"}

productions:
  - id: harbor
    title: Harbor Light
    kind: theatrical
    franchise: harbor-films
    company: Harbor Light Productions LLC
    agreement: sag-aftra-tv-theatrical
    signatory: true
    platform: netflix
    photography_starts_on: 2026-09-14
    photography_ends_on: 2026-11-20
    places: [US-CA, NO]
    governing_law: US-CA
    released_in: [world]
    released_on: 2027-05-01
    original_language: en
    timezone: America/Los_Angeles
    advertiser: null
    deciders: [{name: T. Albright, capacity: business_affairs, from: 2026-08-01}]
    declares: {by: T. Albright, on: 2026-09-01, facts: {use.on_goods: no, use.fee_offered: "500.00 USD"}}

engagements:
  - id: okafor-harbor
    performer: okafor
    production: harbor
    role: Mara
    category: weekly
    engaged_at: 2026-08-03T10:00:00-07:00
    starts_on: 2026-09-14
    daily_rate: "1500.00 USD"
    covered_by_agreement: true
    loan_out: null
    cast_numbers: [{episode: null, number: 4, from: 2026-09-14}]
    union_clearance: {code: OK, on: 2026-08-05}

replicas:
  - id: okafor-scan-1
    performer: okafor
    kind: employment_based
    elements: [likeness, movement]
    made_from: scan
    made_for: harbor
    made_on: 2026-09-16
    holder: Northgate Capture
    custody: [{holder: Northgate Capture, place: US-CA, from: 2026-09-16, files: [{name: scan-01.abc, sha256: "…"}]}]
    biometric_kinds: [face_geometry]
    destroy_by: 2028-12-31

models:
  - {id: okafor-voice-1, trained_on: [okafor], made_for: harbor, consents: [c-1], co_owners: []}

tools:
  - {id: pipeline, vendor: Northgate, stores: no, reuses: unsure, enterprise: yes, as_of: 2026-08-20}

profiles:
  - {id: stage-7, by: T. Albright, on: 2026-09-01, facts: {use.days_estimated: 2}}

consents:
  - id: c-1
    performer: okafor
    grantor: {capacity: self}
    co_grantors: [{capacity: estate, representative: okafor-heir}]
    instrument: separate_writing
    separately_signed: true
    counsel: {name: R. Lindqvist, negotiated_replica_terms: true}
    signed_at: 2026-09-10T09:15:00-07:00
    basis: contract
    revocable: {by_terms: false, notice_days: null}
    from: 2026-09-10
    until: null
    grants:
      - clause: "2.1"
        acts: [create_replica]
        elements: [likeness, movement]
        productions: [harbor]
        purposes: [final]
        description: One full-body scan session for the roof fall in scenes 41 and 42.
      - clause: 2.10
        acts: [use_replica]
        elements: [likeness, movement]
        productions: [Harbor Light, harbor-films]
        purposes: [final, promotion]
        description: >-
          Mara falls from the ferry roof, scenes 41 and 42;
          about 6 seconds; no dialogue.
        scenes: ["41", 42]
        media: any
        territories: [world]
        languages: any
        from: 2026-09-14
        until: 2030-12-31
        ages: [35, 35]
        allows: []
        limits: {seconds: 10, uses: 2, days: null}
        real_time: no
        scripted_alterations: yes
        physical_changes: []
        role_use: [principal]
    excludes:
      - {territories: [CN], media: [social]}
      - {content: [endorsement]}
    declined: ["2.3"]
    document: {sha256: "…", file: c-1.pdf}
  - id: c-2
    performer: okafor
    grantor: {capacity: self}
    counsel: none
    grants: []

records:
  - {id: n-1, kind: notice, to: performer, about: okafor-scan-1, performer: okafor, production: harbor,
     given_at: 2026-09-13T09:00:00-07:00, by: casting}
  - {id: q-1, kind: request, to: netflix, use: u-41-fall, given_at: 2026-09-15T12:00:00-07:00, reference: "email"}
  - {id: a-1, kind: approval, from: netflix, use: [u-41-fall, u-60], given_at: 2026-09-20T12:00:00-07:00}
  - {id: f-1, kind: refusal, from: okafor, performer: okafor, act: train_model, given_at: 2026-09-20T12:00:00-07:00}
  - {id: z-1, kind: reason, use: u-scan, given_at: 2026-09-01T09:00:00-07:00, text: "the fall cannot be staged"}
  - {id: r-1, kind: ruling, use: u-41-fall, question: use.as_scripted, answer: yes, decided_by: T. Albright,
     capacity: business_affairs, decided_on: 2026-09-21, because: "script draft blue, p. 63"}
  - {id: p-1, kind: payment, use: u-41-fall, rule: TVT23-PAY-USE-1, amount: "3000.00 USD", paid_on: 2026-11-01}
  - {id: d-1, kind: done, use: u-41-fall, rule: TVT26-SEC-1, on: 2026-09-15, note: "access list v3"}
  - {id: b-1, kind: bargaining, with: union, use: u-teller, opened_on: 2026-08-01, concluded_on: 2026-09-01}
  - {id: h-1, kind: search, for: authorized_representative, performer: okafor, from: 2026-01-05, to: 2026-03-05}
  - {id: v-1, kind: revocation, consent: c-1, received_at: 2027-02-01T08:00:00-08:00, effective: 2027-02-01,
     grants: all}
  - {id: m-1, kind: amendment, consent: c-1, grants: ["2.10"], replaced_by: c-2, effective: 2026-10-01}
  - {id: y-1, kind: suspension, performer: okafor, agreement: sag-aftra-interactive, from: 2026-05-01, to: null}
  - {id: s-1, kind: strike, agreement: sag-aftra-tv-theatrical, from: 2030-07-10, to: null}
  - {id: k-1, kind: use_made, use: u-41-fall, made_at: 2026-10-02T00:00:00-07:00, seconds: 6}
  - {id: x-1, kind: correction, corrects: n-1, because: "wrong day typed", given_at: 2026-09-13T11:00:00-07:00}

uses:
  - id: u-41-fall
    performer: okafor
    production: harbor
    act: use_replica
    profile: stage-7
    tool: pipeline
    model: okafor-voice-1
    replica: okafor-scan-1
    engagement: okafor-harbor
    content: []
    facts: {use.on_goods: no, prompt.features: [none], use.exception_claimed: unsure}

rates:
  - {name: rate.session_scale, from: 2026-07-01, value: "1246.00 USD", grade: B, source: card of July 2026, by: T. Albright}
  - {name: rate.period_of_use_months, from: 2026-07-01, value: 21, grade: B, source: card of July 2026, by: T. Albright}

signoffs:
  - {rule: TVT23-NOTICE-1, digest: 0f1e, by: R. Lindqvist, on: 2026-11-20, note: read against the memorandum}

schedules:
  - id: harbor-call-sheet-2026-12-07
    production: harbor
    kind: call-sheet
    issued_on: 2026-12-06
    source: {file: call.csv, sha256: "0e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10"}
    days: [{on: 2026-12-07, number: "44A", of: 52, place: Long Beach}]
    scenes: [{on: 2026-12-07, scene: "007", cast: ["4", "6"]}]
    calls: [{on: 2026-12-07, number: "4", code: SW, called_at: 2026-12-07T17:15:00-08:00}]

clearances:
  - {id: clearance-1, production: harbor, made_at: 2026-10-01T18:00:00-07:00, rows: [{use: u-x, who: K. Ono}]}
imports:
  - id: i-1a2b3c
    production: harbor
    kind: call-sheet
    file: call.csv
    sha256: "0e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10e10"
    by: T. Albright
    changes: [{noun: schedule, id: harbor-call-sheet-2026-12-07, after: ab12}]

decisions:
  - use: u-41-fall
    performer: okafor
    verdict: cleared
    as_of: 2026-10-02
    known_at: 2026-11-22T02:00:00-08:00
    decided_at: 2026-11-22T10:00:00Z
    recorded_at: 2026-11-22T10:00:00Z
    answer: '{"format": "consent-verdict/1", "use": "u-41-fall", "performer": "okafor", "as_of": "2026-10-02", "known_at": "2026-11-22T10:00:00Z", "verdict": "cleared"}'
"""
