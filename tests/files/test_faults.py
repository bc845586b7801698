"""Every fault of a file at once: line, path, value, and what to write instead."""

# ruff: noqa: E501 (a fault is quoted on one line, as it is printed)

from __future__ import annotations

import time

import pytest

from registry.domain.words import Agreement
from registry.errors import FileError
from registry.files.registry_file import read_registry
from tests.files.harbor import HARBOR
from tests.files.pieces import DICTIONARY


def faults(text: str) -> list[str]:
    """What is said about a file, without the headline."""
    try:
        read_registry(text, "world.yaml", DICTIONARY)
    except FileError as error:
        return error.lines()[1:]
    return []


def line_of(text: str) -> int:
    """The line of the harbor on which a text stands."""
    assert HARBOR.count(text) >= 1, text
    return HARBOR[: HARBOR.index(text)].count("\n") + 1


def test_the_harbor_has_none() -> None:
    assert faults(HARBOR) == []


# old text, new text, what is said (after the line)
BROKEN = [
    # keys
    ("        acts: [create", "        act: [create", "consents[0].grants[0].act  unknown key; did you mean acts?"),
    ("    legal_name: Ad", "    Legal Name: Ad", "performers[0].Legal Name  unknown key; did you mean legal_name?"),
    ("    domicile: US-CA", "    zzz: US-CA", "performers[0].zzz  unknown key; the keys here are id, legal_name, "
     "professional_name, other_names, born, died, domicile, standings, representatives, recorded_at"),
    ("models:", "modles:", "modles  unknown key; did you mean models?"),
    ("    role: Mara", "    production: harbor", "engagements[0].production  written twice; first on line 41: keep one"),
    ("amount: \"3000.00 USD\", ", "amount: \"3000.00 USD\", use_made: x, ",
     "records[6].use_made  unknown key; did you mean use?"),
    ("to: netflix, use", "paid_on: 2026-01-01, to: netflix, use",
     "records[1].paid_on  a request takes no `paid_on`; it takes to, use, given_at, by, reference, conditions, until, "
     "document, note"),
    # ids and references
    ("    performer: okafor\n    production: harbor\n    role", "    performer: okfor\n    production: harbor\n    role",
     "engagements[0].performer: okfor  no such performer; nearest: okafor"),
    ("    made_for: harbor\n", "    made_for: harbour\n", "replicas[0].made_for: harbour  no such production; nearest: harbor"),
    ("[Harbor Light, harbor-films]", "[Harbor Lights]",
     "consents[0].grants[1].productions: Harbor Lights  no production, franchise or title of that name; "
     "nearest: Harbor Light"),
    ("representative: okafor-heir", "representative: okafor-her",
     "consents[0].co_grantors[0].representative: okafor-her  okafor has no such representative; nearest: okafor-heir"),
    ("consents: [c-1]", "consents: [c-9]", "models[0].consents: c-9  no such consent; nearest: c-1"),
    ("replaced_by: c-2", "replaced_by: d-7", "records[11].replaced_by: d-7  no such consent"),
    ('grants: ["2.10"], replaced', 'grants: ["2.1", "2.11"], replaced',
     "records[11].grants: 2.11  c-1 has no such clause; nearest: 2.10"),
    ("corrects: n-1", "corrects: n-2", "records[15].corrects: n-2  no such record; nearest: n-1"),
    ("corrects: n-1", "corrects: x-1",
     "records[15].corrects: x-1  a correction of itself; name the record it corrects"),
    ("    tool: pipeline", "    tool: pipelin", "uses[0].tool: pipelin  no such tool; nearest: pipeline"),
    ("    profile: stage-7", "    profile: stage7", "uses[0].profile: stage7  no such profile; nearest: stage-7"),
    ("  - id: c-2\n", "  - id: c-1\n", "consents[1].id: c-1  used before, on line 75", "records[11].replaced_by: c-2  no such consent; nearest: c-1"),
    ("{id: q-1,", "{id: n-1,", "records[1].id: n-1  used before, on line 127"),
    ("{id: b-1,", "{id: b 1,", "records[8].id: b 1  not an id; it is written with letters, digits, `-`, `_` and `.`"),
    ("{id: b-1,", f"{{id: {'p' * 65},", f"records[8].id: {'p' * 40}… (65 characters)  65 characters; an id has at most 64"),
    # words
    ("    kind: theatrical", "    kind: theatre", "productions[0].kind: theatre  unknown word; did you mean theatrical?"),
    ("kind: payment", "kind: pay", "records[6].kind: pay  unknown word; did you mean payment?"),
    ("kind: payment, ", "", "records[6].kind  missing; it has to be written"),
    ("agreement: sag-aftra-interactive", "agreement: sag-aftra", "records[12].agreement: sag-aftra  unknown word; "
     f"it is one of {', '.join(Agreement)}"),
    ("purposes: [final, promotion]", "purposes: [final, marketing]",
     "consents[0].grants[1].purposes: marketing  unknown word; it is one of final, temporary, ideation, pitch, "
     "promotion, advertising, merchandise"),
    ("role_use: [principal]", "role_use: [principle]",
     "consents[0].grants[1].role_use: principle  no such use of a role; did you mean principal?"),
    ("to: performer,", "to: performers,", "records[0].to: performers  nobody a notice goes to; did you mean performer?"),
    ("act: train_model", "act: train", "records[3].act: train  no such act; did you mean train_model?"),
    # territories, languages, media, zones
    ("    released_in: [world]", "    released_in: [world, NOR]", "productions[0].released_in: NOR  not a territory; Norway is NO"),
    ("    places: [US-CA, NO]", "    places: [US-CA, false]",
     "productions[0].places: false  not a territory; write an ISO 3166 code, a UN M49 number, EU or world"),
    ("        territories: [world]", "        territories: any",
     "consents[0].grants[1].territories: any  not a list; write [world]"),
    ("    original_language: en", "    original_language: english", "productions[0].original_language: english  not a language; did you mean en?"),
    ("media: [social]", "media: [socials]", "consents[0].excludes[0].media: socials  no such medium; did you mean social?"),
    ("    timezone: America/Los_Angeles", "    timezone: America/Los_Angles",
     "productions[0].timezone: America/Los_Angles  not a time zone; did you mean America/Los_Angeles?"),
    ("    timezone: America/Los_Angeles", "    timezone: ../../etc/passwd",
     "productions[0].timezone: ../../etc/passwd  not a time zone; write one such as Europe/London"),
    # yes and no
    ("    signatory: true", "    signatory: unsure",
     "productions[0].signatory: unsure  neither yes nor no; leave it out where nobody knows"),
    ("    signatory: true", "    signatory: 1", "productions[0].signatory: 1  neither yes nor no; leave it out where nobody knows"),
    ("stores: no", "stores: maybe", "tools[0].stores: maybe  not yes, no or unsure"),
    # dates and moments
    ("    born: 1991-06-02", "    born: 1991-02-29", "performers[0].born: 1991-02-29  no such day; February 1991 has 28 days"),
    ("    born: 1991-06-02", "    born: 2 June 1991", "performers[0].born: 2 June 1991  not a date; write 1957-03-12, 1957-03 or 1957"),
    ("    released_on: 2027-05-01", "    released_on: 01/05/2027", "productions[0].released_on: 01/05/2027  not a date; write it as 2026-09-14"),
    ("    released_on: 2027-05-01", "    released_on: 2027-13-01", "productions[0].released_on: 2027-13-01  no such month; write it as 2026-09-14 (year, month, day)"),
    ("    released_on: 2027-05-01", "    released_on: 2027-05-01T09:00:00Z", "productions[0].released_on: 2027-05-01T09:00:00Z  a moment where a day belongs; write 2027-05-01"),
    ("engaged_at: 2026-08-03T10:00:00-07:00", "engaged_at: 2026-08-03T10:00:00", "engagements[0].engaged_at: 2026-08-03T10:00:00  no offset from UTC; write it as 2026-09-14T09:00:00-07:00"),
    ("engaged_at: 2026-08-03T10:00:00-07:00", "engaged_at: 2026-08-03", "engagements[0].engaged_at: 2026-08-03  a day without a time; write it as 2026-08-03T09:00:00-07:00"),
    ("engaged_at: 2026-08-03T10:00:00-07:00", "engaged_at: 2026-08-32T10:00:00-07:00", "engagements[0].engaged_at: 2026-08-32T10:00:00-07:00  no such day; August 2026 has 31 days"),
    ("engaged_at: 2026-08-03T10:00:00-07:00", "engaged_at: 2026-08-03T25:00:00-07:00", "engagements[0].engaged_at: 2026-08-03T25:00:00-07:00  no such time; write it as 2026-09-14T09:00:00-07:00"),
    ("engaged_at: 2026-08-03T10:00:00-07:00", "engaged_at: 0001-01-01T00:00:00+14:00", "engagements[0].engaged_at: 0001-01-01T00:00:00+14:00  no such time; write it as 2026-09-14T09:00:00-07:00"),
    ("    photography_ends_on: 2026-11-20", "    photography_ends_on: 2025-11-20", "productions[0].photography_ends_on: 2025-11-20  before it begins on 2026-09-14"),
    ("to: 2026-03-05}", "to: 2025-03-05}", "records[9].to: 2025-03-05  before it begins on 2026-01-05"),
    ("    died: null", "    died: \"1957\"", "performers[0].died: 1957  before the birth, 1991-06-02"),
    # amounts, shares, numbers
    ("daily_rate: \"1500.00 USD\"", "daily_rate: 1500", 'engagements[0].daily_rate: 1500  an amount without a currency; write it as "1500 USD"'),
    ("daily_rate: \"1500.00 USD\"", "daily_rate: 1500.005 USD", "engagements[0].daily_rate: 1500.005 USD  more than 2 decimals of USD"),
    ("daily_rate: \"1500.00 USD\"", "daily_rate: -1.00 USD", "engagements[0].daily_rate: -1.00 USD  less than nothing"),
    ("daily_rate: \"1500.00 USD\"", "daily_rate: $1500", 'engagements[0].daily_rate: $1500  not an amount; write it as "1246.00 USD"'),
    ("share: 1/3", "share: 33%", "performers[0].representatives[1].share: 33%  not a share; write it as 1/3 or 0.5"),
    ("share: 1/3", "share: 4/3", "performers[0].representatives[1].share: 4/3  not a share; it is more than 0 and at most 1"),
    ("share: 1/3", "share: 1/0", "performers[0].representatives[1].share: 1/0  not a share; write it as 1/3 or 0.5"),
    ("name: R. Lindqvist, from", "name: R. Lindqvist, share: 0.5, from", "performers[0].representatives[0].share: 0.5  only an estate holds a share, and this is attorney"),
    ("limits: {seconds: 10", "limits: {seconds: '10'", "consents[0].grants[1].limits.seconds: 10  not a whole number; take the quotes off"),
    ("limits: {seconds: 10", "limits: {seconds: 1.5", "consents[0].grants[1].limits.seconds: 1.5  not a whole number"),
    ("limits: {seconds: 10", "limits: {seconds: -1", "consents[0].grants[1].limits.seconds: -1  less than nothing"),
    ("limits: {seconds: 10", f"limits: {{seconds: {'9' * 30}", f"consents[0].grants[1].limits.seconds: {'9' * 30}  too large a number"),
    ("ages: [35, 35]", "ages: [40, 25]", "consents[0].grants[1].ages: […]  the wrong way round; write [25, 40]"),
    ("ages: [35, 35]", "ages: [35]", "consents[0].grants[1].ages: […]  a first and a last age belong here; write [25, 40]"),
    ("ages: [35, 35]", "ages: 35", "consents[0].grants[1].ages: 35  not a list; write [35]"),
    # lists and mappings
    ("    elements: [likeness, movement]\n    made_from", "    elements: likeness\n    made_from", "replicas[0].elements: likeness  not a list; write [likeness]"),
    ("        elements: [likeness, movement]\n        productions: [harbor]", "        elements: []\n        productions: [harbor]", "consents[0].grants[0].elements: []  an empty list says nothing; name something, or leave the key out"),
    ("        description: One full-body scan session for the roof fall in scenes 41 and 42.\n", "", "consents[0].grants[0].description  missing; it has to be written"),
    ("        purposes: [final]\n", "        purposes: null\n", "consents[0].grants[0].purposes  missing; it has to be written"),
    ("    grantor: {capacity: self}\n    co", "    grantor: self\n    co", "consents[0].grantor: self  not a mapping of `key: value`"),
    ("tools:\n  - {id", "tools:\n    {id", "tools: {…}  not a list; begin each entry with `- `"),
    ("    role: Mara", "    role: [Mara]", "engagements[0].role: […]  a list or mapping where one value belongs"),
    ("      - {content: [endorsement]}", "      - {}", "consents[0].excludes[1]  an exclusion that names nothing excludes everything; name what it carves out"),
    ("declined: [\"2.3\"]", "declined: [\"2.1\"]", "consents[0].declined: […]  clause 2.1 is granted and declined; take it out of one of them"),
    ("clause: 2.10", "clause: \"2.1\"", "consents[0].grants: […]  clause 2.1 is there 2 times; give each its own",
     "records[11].grants: 2.10  c-1 has no such clause; nearest: 2.1"),
    ("{capacity: estate, representative: okafor-heir}", "{capacity: self, representative: okafor-heir}", "consents[0].co_grantors[0].representative: okafor-heir  whoever signs for themselves names no representative; leave it out"),
    ("    kind: employment_based", "    kind: synthetic", "replicas[0].performer: okafor  a synthetic replica stands for nobody; leave the performer out, or change the kind"),
    # what a kind of record needs
    ("kind: reason, use: u-scan", "kind: reason", "records[4]  a reason needs use"),
    ("by: casting}", "by: casting, consent: c-1}", "records[0].consent  a notice takes no `consent`; it takes to, about, performer, production, given_at, by, reference, note"),
    ("about: okafor-scan-1, performer: okafor, production: harbor,", "", "records[0]  a notice needs production or about"),
    ("about: okafor-scan-1, performer: okafor, ", "", "records[0]  a notice to a performer needs performer, or what it is about"),
    ("performer: okafor, act: train_model", "performer: okafor", "records[3]  a refusal of a performer needs the act that was refused"),
    ("use: [u-41-fall, u-60]", "use: []", "records[2].use: []  an empty list says nothing; name something, or leave the key out"),
    ("question: use.as_scripted", "question: use.as_script", "records[5].question: use.as_script  no such judgement; did you mean use.as_scripted?"),
    ("question: use.as_scripted", "question: use.on_goods", "records[5].question: use.on_goods  a fact, not a judgement; state it in the use"),
    ("question: use.as_scripted", "question: rule", "records[5].question: rule  a ruling on a rule names it; add `rule: ID`",
     "records[5].answer: yes  the answer is one of applies, does_not_apply, met"),
    ("answer: yes", "answer: perhaps", "records[5].answer: perhaps  the answer is yes or no"),
    # facts
    ("use.on_goods: no, prompt", "use.on_good: no, prompt", "uses[0].facts.use.on_good  unknown fact; did you mean use.on_goods?"),
    ("use.on_goods: no, prompt", "use.on_goods: 'maybe', prompt", "uses[0].facts.use.on_goods: maybe  not yes, no or unsure"),
    ("use.on_goods: no, prompt", "performer.minor: no, prompt", "uses[0].facts.performer.minor  computed from the registry; record what it rests on there"),
    ("prompt.features: [none]", "prompt.features: [eye]", "uses[0].facts.prompt.features: […]  not an answer to prompt.features; did you mean eyes?"),
    ("prompt.features: [none]", "prompt.features: eyes", "uses[0].facts.prompt.features: eyes  not a list; write [eyes]"),
    ("prompt.features: [none]", "prompt.features: []", "uses[0].facts.prompt.features: []  an empty list says nothing; write [none], or leave it out"),
    ("facts: {use.days_estimated: 2}", "facts: {use.days_estimated: 2.5}", "profiles[0].facts.use.days_estimated: 2.5  not a whole number"),
    ("facts: {use.days_estimated: 2}", "facts: {use.as_scripted: yes}", "profiles[0].facts.use.as_scripted  a judgement, which nobody can settle once for many uses; record a ruling"),
    ("facts: {use.days_estimated: 2}", "facts: {performer.age_depicted: 9}", "profiles[0].facts.performer.age_depicted  a fact of one person or one use; state it in the use"),
    ("    content: []", "    media: []", "uses[0].media: []  an empty list says nothing; name something, or leave the key out"),
    # rates
    ("name: rate.session_scale", "name: rate.session_scal", "rates[0].name: rate.session_scal  no figure of that name; did you mean rate.session_scale?"),
    ("value: 21", "value: 21.5", "rates[1].value: 21.5  not a whole number"),
    # texts
    ("    role: Mara", "    role: \"\"", 'engagements[0].role: ""  empty; write something, or leave the key out'),
    ("    role: Mara", "    role: \"Ma\\u202era\"", "engagements[0].role: Ma\\u202era  holds the character U+202E; take it out"),
    ("    role: Mara", "    role: \"Ma\\u001b[31mra\"", "engagements[0].role: Ma\\u001b[31mra  holds the character U+001B; take it out"),
    ("    role: Mara", "    role: \"Ma\\nra\"", "engagements[0].role: Ma\\u000ara  holds a line break; take it out"),
    ("    role: Mara", "    role: \"Ma\\ud800ra\"", "engagements[0].role: Ma\\ud800ra  holds the character U+D800; take it out"),
    ("    role: Mara", f"    role: {'M' * 1001}", f"engagements[0].role: {'M' * 40}… (1,001 characters)  1,001 characters; at most 1,000 go here"),
    ("sha256: \"…\", file", "sha256: abc, file", "consents[0].document.sha256: abc  not a SHA-256; it has 64 digits 0-9 and a-f"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), [(old, new, said) for old, new, *said in BROKEN], ids=str)
def test_a_fault(old: str, new: str, said: list[str]) -> None:
    found = faults(HARBOR.replace(old, new, 1))
    assert sorted(fault.partition("  ")[2] for fault in found) == sorted(said)
    assert any(abs(int(fault.split()[1]) - line_of(old)) <= 7 for fault in found), found


def test_all_of_them_at_once() -> None:
    text = HARBOR
    wanted = (
        "        acts: [create",
        "    signatory: true",
        "share: 1/3",
        "kind: pay",
        "to: performer,",
        "    released_on: ",
    )
    chosen = [next(entry for entry in BROKEN if entry[0].startswith(old)) for old in wanted]
    for old, new, _ in chosen:
        text = text.replace(old, new, 1)
    found = faults(text)
    assert sorted(fault.partition("  ")[2] for fault in found) == sorted(
        said for _, _, *told in chosen for said in told
    )
    numbers = [int(fault.split()[1]) for fault in found]
    assert numbers == sorted(numbers)


def test_the_page_of_the_voice() -> None:
    """VOICE.md, "A fault in a file"."""
    text = """\
format: consent-registry/1
performers:
  - {id: okafor, legal_name: A}
productions:
  - {id: p, title: P, released_in: [NOR]}
consents:
  - id: c
    performer: okfor
    grantor: {capacity: self}
    grants:
      - {clause: 1, act: [dub], acts: [dub], elements: [voice], productions: [p], purposes: [final], description: d}
"""
    with pytest.raises(FileError) as caught:
        read_registry(text, "world.yaml")
    assert caught.value.lines() == [
        "world.yaml: 3 faults, nothing imported.",
        " line 5  productions[0].released_in: NOR  not a territory; Norway is NO",
        " line 8  consents[0].performer: okfor  no such performer; nearest: okafor",
        " line 11  consents[0].grants[0].act  unknown key; did you mean acts?",
    ]
    assert caught.value.status == 2


def test_ten_thousand_faults_are_told_in_a_breath() -> None:
    people = "\n".join(f"  - {{id: performer-{n}, legal_name: P}}" for n in range(10_000))
    works = "\n".join(f"  - {{id: e-{n}, performer: performr-{n}, production: w}}" for n in range(10_000))
    began = time.process_time()
    found = faults(f"format: consent-registry/1\nperformers:\n{people}\nengagements:\n{works}\n")
    assert time.process_time() - began < 30
    assert len(found) == 20_000
    assert found[0] == " line 10004  engagements[0].performer: performr-0  no such performer; nearest: performer-0"


def test_a_faulty_entry_does_not_make_others_faulty() -> None:
    text = HARBOR.replace("    born: 1991-06-02", "    born: x", 1)
    assert len(faults(text)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ["nothing in it; write a `format:` line first"]),
        ("# nothing\n", ["nothing in it; write a `format:` line first"]),
        ("- a\n", ["line 1  not a mapping; begin with `format: consent-registry/1`"]),
        ("performers: []\n", ["line 1  format  missing; write `format: consent-registry/1` as the first line"]),
        ("format: consent-registry/2\n", ["line 1  format: consent-registry/2  a format this program does not read; "
                                          "it reads consent-registry/1"]),
        ("format: consent-uses/1\nuses: 4\n", ["line 1  format: consent-uses/1  this is a uses file; check it with "
                                               "`registry check --file`"]),
        ("format: [1]\n", ["line 1  format: […]  unknown format; write consent-registry/1"]),
        ("format: consent-registry/1\nperformers: {}\n", ["line 2  performers: {}  not a list; begin each entry with `- `"]),
        ("format: consent-registry/1\nperformers: [3, null, [x]]\n", [
            "line 2  performers[0]: 3  not a mapping of `key: value`",
            "line 2  performers[1]: null  not a mapping of `key: value`",
            "line 2  performers[2]: […]  not a mapping of `key: value`",
        ]),
    ],
)  # fmt: skip
def test_files_that_are_something_else(text: str, said: list[str]) -> None:
    assert [fault.strip() for fault in faults(text)] == said


def test_a_name_of_ten_megabytes_is_refused_and_not_repeated() -> None:
    found = faults(HARBOR.replace("Ada Okafor", "A" * 10_000_000, 1))
    assert found == [
        f" line 6  performers[0].professional_name: {'A' * 40}… (10,000,000 characters)  "
        "10,000,000 characters; at most 1,000 go here"
    ]


def test_a_key_of_ten_megabytes_is_not_repeated_either() -> None:
    found = faults(HARBOR.replace("professional_name", "A" * 100_000, 1))
    assert len(found[0]) < 400


def test_html_and_formulas_in_a_name_are_text() -> None:
    name = "<script>alert(1)</script> =cmd() {{7*7}}"
    text = HARBOR.replace("Ada Okafor", f'"{name}"', 1)
    assert read_registry(text, "x", DICTIONARY).performers[0].professional_name == name
