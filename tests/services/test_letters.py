"""Letters ready to send: the facts they need, in the sender's name, and what is not on file said as such."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from registry.cli.letter_text import letter_lines
from registry.cli.output import columns
from registry.domain.clearance import Planned, ToDo, ToDoKind
from registry.domain.letter import Letter, LetterKind
from registry.domain.performer import Representative
from registry.domain.words import Act, Capacity
from registry.domain.world import World
from registry.services.reports.letters import letters_of
from registry.services.reports.platform_note import Writer
from tests.services.clearances import clearance, harbor, uses

WRITER = Writer(name="T. Albright", company="Harbor Light Productions LLC", on=dt.date(2026, 11, 22))


def letters(world: World | None = None, *more: ToDo, planned: tuple[Planned, ...] = ()) -> tuple[Letter, ...]:
    of = clearance(world or harbor())
    of = replace(of, todos=(*of.todos, *more), planned=(*of.planned, *planned))
    return letters_of(of, world or harbor(), writer=WRITER)


def text_of(letter: Letter) -> str:
    lines = letter_lines(letter)
    assert all(columns(line) <= 80 for line in lines)
    return " ".join(" ".join(lines).split())


def without(*records: str) -> World:
    return replace(harbor(), records=tuple(r for r in harbor().records if r.id not in records))


def test_a_notice_says_what_when_where_and_by_which_rule() -> None:
    (notice,) = letters()
    assert (notice.kind, notice.name, notice.to) == (LetterKind.NOTICE, "notice-bell-u-70-scan", ("Mina Bell",))
    said = text_of(notice)
    for expected in (
        "From T. Albright for Harbor Light Productions LLC, 22 Nov 2026",
        "gives you notice of a digital replica session for Harbor Light",
        "When Mon 30 Nov 2026, 14:00 PST",
        "Where Long Beach, Pier 9, California, United States",
        "What is captured likeness and movement; from scan; biometric data: body scan",
        "Why it is needed The boarding in scenes 70 to 72",
        "It is to be given by Sat 28 Nov 2026, 14:00 PST.",
        "TVT23-NOTICE-1 Forty-eight hours' notice before a replica session (MOA XX.A.2.a)",
        "It is not a consent, asks for none",
    ):
        assert expected in said
    assert notice.unsaid == ("For which scenes", "By whom")
    assert notice.commands == (
        "registry record notice performer --about bell-scan-1 --performer bell --production harbor --at …",
    )


def test_a_notice_goes_through_whoever_acts_that_day_the_guardian_first() -> None:
    people = (
        Representative(id="a", capacity=Capacity.AGENT, name="Palisade Talent"),
        Representative(id="g", capacity=Capacity.GUARDIAN, name="R. Bell"),
        Representative(id="o", capacity=Capacity.ATTORNEY, name="Gone", to=dt.date(2026, 1, 1)),
    )
    world = harbor()
    performers = tuple(replace(p, representatives=people) if p.id == "bell" else p for p in world.performers)
    (notice,) = letters(replace(world, performers=performers))
    assert notice.to == ("Mina Bell", "R. Bell, guardian", "Palisade Talent, agent")


def test_what_a_platform_is_told_and_asked_about_a_use_is_one_note() -> None:
    notes = [one for one in letters(without("a-harbor", "n-harbor")) if one.kind is LetterKind.PLATFORM]
    assert len(notes) == len({note.uses for note in notes})
    about_the_fall = next(note for note in notes if "u-41-fall" in note.uses)
    said = text_of(about_the_fall)
    for expected in ("To the Netflix contact", "From T. Albright", "2 the tool trains on them no",
                     "Ada Okafor", "c-okafor-1 §2.2", "northgate-pipeline, Northgate", "Release 5 Nov 2027",
                     "We ask for written approval", "NFX-032", "Prominence not answered"):  # fmt: skip
        assert expected in said
    assert [command.split()[2] for command in about_the_fall.commands] == ["notice", "request"]


def test_what_is_asked_about_fewer_uses_is_part_of_the_note_about_more() -> None:
    notice = ToDo(kind=ToDoKind.NOTICE, text="tell", uses=("u-60-duet",), to="platform", on=dt.date(2026, 12, 7))
    asked = replace(notice, kind=ToDoKind.APPROVAL, uses=("u-41-fall", "u-60-duet"), to="netflix")
    again = replace(notice, uses=("u-60-duet", "u-41-fall"), late=True)
    (note,) = letters_of(replace(clearance(), todos=(notice, asked, again)), harbor(), writer=WRITER)
    assert (note.uses, note.when, note.late) == (("u-41-fall", "u-60-duet"), "before Mon 7 Dec 2026", True)
    assert note.commands == (
        "registry record notice platform --about u-60-duet --about u-41-fall --production harbor --at …",
        "registry record request u-41-fall u-60-duet --to netflix --at …",
    )


def test_a_note_names_the_clause_of_each_person_of_a_crowd() -> None:
    notes = letters(without("a-harbor"))
    crowd = next(note for note in notes if note.uses == ("u-7-crowd",))
    assert "Consent Rui Sousa: c-sousa-1 §1; Mai Tran: c-tran-1 §1" in text_of(crowd)


def test_a_note_about_several_uses_has_a_part_for_each() -> None:
    todo = ToDo(kind=ToDoKind.APPROVAL, text="ask", uses=("u-41-fall", "u-60-duet"), to="platform")
    (note,) = [one for one in letters(None, todo) if one.kind is LetterKind.PLATFORM]
    assert [block.heading for block in note.blocks if block.heading] == ["u-41-fall", "u-60-duet"]
    assert "sc. 41, 60 (harbor), u-41-fall, u-60-duet" in note.subject


def test_a_notice_to_the_union_names_it_and_the_agreement() -> None:
    first = clearance().planned[0]
    use = replace(first.use, id="u-synth", act=Act.USE_SYNTHETIC, performers=(), replica=None, at=None)
    planned = replace(first, use=use, performer=None, who="–", verdict=None)
    todo = ToDo(kind=ToDoKind.NOTICE, text="tell the union", uses=("u-synth",), to="union", late=True)
    (letter,) = [one for one in letters(None, todo, planned=(planned,)) if one.kind is LetterKind.UNION]
    assert (letter.to, letter.late) == (("SAG-AFTRA",), True)
    said = text_of(letter)
    for expected in ("Notice to the union: synthetic performer, Harbor Light", "Agreement sag-aftra-tv-theatrical",
                     "Performer nobody identifiable", "We are ready to meet about this."):  # fmt: skip
        assert expected in said
    assert letter.commands == ("registry record notice union --about u-synth --production harbor --at …",)


def test_the_union_is_asked_about_a_transfer_with_what_the_rule_turns_on() -> None:
    use = replace(uses()[1], id="u-give", act=Act.TRANSFER_REPLICA)
    of = clearance(proposed=(use,))
    (letter,) = [one for one in letters_of(of, harbor(), writer=WRITER) if one.kind is LetterKind.UNION]
    said = text_of(letter)
    for expected in ("asks the union for its approval of the following", "transfer of replica",
                     "This request is made on 22 Nov 2026.",
                     "Has the transferee undertaken in writing to comply? not answered", "TVT26-XFER-1"):  # fmt: skip
        assert expected in said
    assert letter.commands == ("registry record request u-give --to union --at …",)


def test_two_letters_of_one_name_are_told_apart() -> None:
    again = replace(clearance().todos[0], text="another")
    assert [letter.name for letter in letters(None, again)] == ["notice-bell-u-70-scan", "notice-bell-u-70-scan-2"]


def test_nothing_to_tell_is_no_letter() -> None:
    assert letters_of(replace(clearance(), todos=()), harbor(), writer=WRITER) == ()
