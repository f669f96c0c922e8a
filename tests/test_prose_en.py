"""English prose to statements, on invented wire sentences of many fields; times are built by hand.

In a text ``<Tuesday=06>`` marks a time expression of that day of May 2031, ``<9 a.m.=06T09:00>`` of that minute,
``<that night=06T18+6>`` of six hours, ``<May=+m>`` of a month, ``<last year=+y>`` of a year, ``<two hours=PT2H>`` a
duration, ``<every day=*>`` a set. Reports are published on Wednesday 7 May 2031 at 18:00 unless the row says otherwise.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timeline.languages as languages
from timeline.errors import LanguagePackError
from timeline.interval import Grain, Interval
from timeline.languages.en.prose import load
from timeline.languages.en.prose.inflect import Form
from timeline.languages.en.prose.lexicon import ActionRow, Actions, lexicon
from timeline.languages.en.prose.sentences import sentences, tokens
from timeline.model import (
    Authority,
    Basis,
    Block,
    BlockKind,
    Document,
    Mention,
    Publication,
    Role,
    Span,
    Status,
    TimexType,
)
from timeline.prose import NoEvent, Statement

_MARK = re.compile(r"<([^=>]+)=([^>]+)>")
_PUBLISHED = datetime(2031, 5, 7, 18, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    document: Document
    mentions: tuple[Mention, ...]
    statements: tuple[Statement, ...]


def interval(value: str) -> Interval | None:
    """The interval of a mark."""
    if value.startswith("P") or value == "*":
        return None
    if value in {"+m", "+y"}:
        start = datetime(2031, 5 if value == "+m" else 1, 1, tzinfo=UTC)
        end = datetime(2031, 6, 1, tzinfo=UTC) if value == "+m" else datetime(2032, 1, 1, tzinfo=UTC)
        return Interval(start=start, end=end, grain=Grain.MONTH if value == "+m" else Grain.YEAR)
    day, _, clock = value.partition("T")
    start = datetime(2031, 5, 1, tzinfo=UTC) + timedelta(days=int(day) - 1)
    if not clock:
        return Interval(start=start, end=start + timedelta(days=1), grain=Grain.DAY)
    hours, _, length = clock.partition("+")
    if length:
        start += timedelta(hours=int(hours))
        return Interval(start=start, end=start + timedelta(hours=int(length)), grain=Grain.PART_OF_DAY)
    hour, minute = hours.split(":")
    start += timedelta(hours=int(hour), minutes=int(minute))
    return Interval(start=start, end=start + timedelta(minutes=1), grain=Grain.MINUTE)


def mention(text: str, span: Span, value: str) -> Mention:
    """The mention of a mark; its bound is read off the words before it."""
    when = interval(value)
    kind = TimexType.SET if value == "*" else TimexType.DURATION if value.startswith("P") else TimexType.DATE
    before = text[: span.start].rstrip().rpartition(" ")[2]
    bound = {"until": "until", "from": "from"}.get(before)
    if when is not None and when.grain.is_clock():
        kind = TimexType.TIME
    return Mention(
        document="d", span=span, text=span.of(text), type=kind, rule="hand", interval=when,
        duration=value if value.startswith("P") else None, bound=bound,
    )  # fmt: skip


def document(
    marked: str, published: datetime | None = _PUBLISHED, kind: BlockKind | None = None
) -> tuple[Document, tuple[Mention, ...]]:
    """A document and its mentions out of a marked text."""
    text, spans = "", []
    at = 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        spans.append((Span(start=len(text), end=len(text) + len(found[1])), found[2]))
        text += found[1]
        at = found.end()
    text += marked[at:]
    when = Publication()
    if published is not None:
        minute = Interval(start=published, end=published + timedelta(minutes=1), grain=Grain.MINUTE)
        when = Publication(interval=minute, basis=Basis.STATED)
    blocks = (Block(kind=kind, span=Span(start=0, end=len(text))),) if kind else ()
    made = Document(id="d", file="d.txt", language="en", text=text, publication=when, blocks=blocks)
    return made, tuple(mention(text, span, value) for span, value in spans)


def told(marked: str, **more: Any) -> Told:
    """What is read out of a marked text."""
    made, mentions = document(marked, **more)
    prose = load()
    return Told(made, mentions, prose.read(made, mentions, prose.learn([made])))


OCCURRED, PLANNED, CANCELLED = Status.OCCURRED, Status.PLANNED, Status.CANCELLED
RUMOURED, DENIED = Status.RUMOURED, Status.DENIED

# id, marked text, and for each statement the fields that must hold; "action" is the head's class, "also" another class
ROWS: list[tuple[str, str, list[dict[str, Any]]]] = [
    # visits and politics
    (
        "arrival_with_apposition",
        "Aurel Stanciu, chief executive of Costa Grande Lines, arrived in Port Valdre late on "
        "<Tuesday=06>, people familiar with the trip said.",
        [
            {
                "action": "arrive",
                "who": "Aurel Stanciu",
                "place": "Port Valdre",
                "authority": Authority.HEARSAY,
                "status": OCCURRED,
            }
        ],
    ),
    (
        "pronoun_takes_the_last_subject",
        "Aurel Stanciu, an engineer, arrived on <Monday=05>. On <Tuesday morning=06T06+6> he toured the "
        "container yard in eastern Valdre.",
        [{"action": "arrive"}, {"action": "visit", "who": "Aurel Stanciu", "place": "eastern Valdre"}],
    ),
    (
        "possessive_pronoun_is_about_him",
        "Aurel Stanciu, an engineer, left on <Monday=05>. His jet touched down at Brae Airport at about "
        "<10:20 p.m.=05T22:20>, an airport official said.",
        [
            {},
            {
                "action": "arrive",
                "who": "Aurel Stanciu",
                "place": "Brae Airport",
                "attribution": "an airport official",
                "authority": Authority.ATTRIBUTED,
                "summary": "Stanciu's jet touched down at Brae Airport",
            },
        ],
    ),
    (
        "fronted_time_and_family_name_first",
        "Shortly after <noon=07T12:00> she sat down to lunch with Harbour Works Chairman Oh Min-jae in a "
        "staff dining room. Oh told reporters it went well.",
        [{"action": "dine", "place": "staff dining room", "has_actor": "Oh Min-jae"}],
    ),
    (
        "plan_put_off",
        "A courtesy call on Ines Dalca, who chairs the Maritime Committee, had been planned for <Wednesday "
        "afternoon=07T12+6> but was put off because Dalca was needed in parliament, a committee official "
        "said.",
        [{"status": PLANNED, "action": "meet", "moved_plan": True, "attribution": "a committee official"}],
    ),
    (
        "expects_to",
        "The two companies expect to sign a memorandum of understanding on <Thursday=08>, one of the people said.",
        [{"status": PLANNED, "action": "sign", "told_past": False, "authority": Authority.HEARSAY}],
    ),
    (
        "is_to_and_gerund",
        "President Lia Moreau is to meet King Oskar on <Thursday=08> before flying home on <Friday=09>.",
        [
            {"status": PLANNED, "action": "meet", "who": "Lia Moreau"},
            {"status": PLANNED, "action": "depart", "who": "Lia Moreau"},
        ],
    ),
    (
        "will_not_attend",
        "The prime minister will not attend the summit on <Friday=09>, her office said.",
        [{"status": CANCELLED, "also": "attend", "attribution": "her office"}],
    ),
    (
        "the_two_leaders",
        "President Lia Moreau greeted Premier Anton Reyl on <Monday=05>. The two leaders signed an accord "
        "at <4 p.m.=05T16:00>.",
        [{"has_actor": "Anton Reyl"}, {"action": "sign", "has_actor": "Lia Moreau"}],
    ),
    (
        "negotiated_agreement",
        "Ministers reached an agreement on fishing quotas at <3 a.m.=07T03:00> after all-night talks in Osk.",
        [{"status": OCCURRED, "action": "sign"}],
    ),
    (
        "resignation",
        "Finance Minister Hedda Krol resigned on <Monday=05>, hours after the vote.",
        [{"action": "resign", "who": "Hedda Krol", "status": OCCURRED}],
    ),
    (
        "appointed_by_passive",
        "Former judge Milo Brand was sworn in as interior minister on <Tuesday=06>.",
        [{"action": "appoint", "status": OCCURRED}],
    ),
    (
        "election_ahead",
        "Voters go to the polls on <Sunday=11>.",
        [{"status": PLANNED, "action": "vote"}],
    ),
    (
        "two_present_verbs",
        "Polling stations open at <7 a.m.=11T07:00> and close at <8 p.m.=11T20:00>.",
        [{"status": PLANNED, "action": "open"}, {"status": PLANNED, "action": "close"}],
    ),
    (
        "concession",
        "Opposition leader Vera Stahl conceded defeat shortly before <midnight=05T23:59>.",
        [{"action": "concede", "who": "Vera Stahl"}],
    ),
    (
        "announcement_of_the_day_is_attribution",
        "The company announced on <Wednesday=07> that it would close its Tarn plant on <June 2=33>.",
        [{"no_event": NoEvent.ATTRIBUTION}, {"status": PLANNED, "action": "close", "attribution": "the company"}],
    ),
    (
        "announcement_with_object_is_an_event",
        "The bank announced a merger with Norra Trust on <April 30=0>.",
        [{"status": OCCURRED, "also": "announce"}],
    ),
    ("said_on_a_day", "Officials said on <Tuesday=06> that talks had failed.", [{"no_event": NoEvent.ATTRIBUTION}]),
    (
        "said_after_a_quote",
        '"We landed at <9 a.m.=06T09:00> and nobody told us anything," passenger Greta Lund told reporters '
        "on <Tuesday=06>.",
        [
            {"action": "arrive", "inside_quote": True, "attribution": "passenger Greta Lund"},
            {"no_event": NoEvent.ATTRIBUTION},
        ],
    ),
    # accidents and fires
    (
        "fire_broke_out_killing",
        "A fire broke out at a paper mill in Tarn at <2:15 a.m.=06T02:15>, killing three workers.",
        [{"action": "fire", "also": "die", "place": "Tarn", "status": OCCURRED}],
    ),
    (
        "put_out_parted",
        "Firefighters put the blaze out at <6 a.m.=06T06:00>, the fire service said.",
        [{"action": "extinguish", "who": "firefighters", "attribution": "the fire service"}],
    ),
    (
        "under_control",
        "The blaze was brought under control by <4:40 a.m.=06T04:40>, two hours before it was put out.",
        [{"action": "contain_fire"}],
    ),
    (
        "first_emergency_call",
        "The first emergency call came at <2:18 a.m.=06T02:18>, the control room said.",
        [{"action": "report", "attribution": "the control room"}],
    ),
    (
        "collision_noun_then_verb",
        "Police arrested a man on <Tuesday=06> after a collision on the A14 at <7:40 a.m.=06T07:40> left "
        "two people injured.",
        [{"action": "arrest", "who": "police", "object": "a man"}, {"action": "collide", "also": "injure"}],
    ),
    (
        "trains_collided",
        "Two trains collided near Aldmoor at <6:50 a.m.=06T06:50>.",
        [{"action": "collide", "place": "Aldmoor", "summary": "Two trains collided near Aldmoor"}],
    ),
    (
        "ferry_aground",
        "The ferry Meridian ran aground off Cape Orrin early on <Monday=05> with 112 people aboard.",
        [{"action": "overturn", "place": "Cape Orrin", "who": "Meridian"}],
    ),
    (
        "rescued_by_noon",
        "All passengers had been rescued by <noon=05T12:00>, the coastguard said.",
        [{"action": "rescue", "status": OCCURRED, "attribution": "the coastguard"}],
    ),
    (
        "lost_contact",
        "Controllers lost contact with the helicopter at <11:32 a.m.=06T11:32>.",
        [{"action": "vanish"}],
    ),
    (
        "two_verbs_two_times",
        "The bridge collapsed at <5:10 p.m.=06T17:10> and rescuers arrived at <5:25 p.m.=06T17:25>.",
        [{"action": "overturn"}, {"action": "arrive", "who": "rescuers"}],
    ),
    (
        "when_clause_in_front",
        "When divers reached the wreck at <9 a.m.=06T09:00>, the tide had turned.",
        [{"action": "arrive", "status": OCCURRED}],
    ),
    (
        "killed_passive",
        "A cyclist was killed in a crash on Mill Road on <Sunday=04>.",
        [{"action": "die", "also": "collide", "status": OCCURRED, "place": "Mill Road"}],
    ),
    # storms, quakes
    (
        "landfall_and_forecast",
        "Typhoon Maeli made landfall near Cape Orrin at <3 a.m.=07T03:00> and is expected to weaken on <Thursday=08>.",
        [{"action": "landfall", "place": "Cape Orrin", "has_actor": "Typhoon Maeli"}, {"status": PLANNED}],
    ),
    (
        "earthquake",
        "A 5.8-magnitude earthquake struck off the northern coast at <11:04 a.m.=06T11:04>.",
        [{"action": "quake", "status": OCCURRED}],
    ),
    (
        "river_burst_its_banks",
        "The Osk river burst its banks on <Monday night=05T18+6>, flooding 300 homes.",
        [{"action": "storm"}],
    ),
    (
        "warning_lifted",
        "The tsunami warning was lifted at <2 p.m.=06T14:00>.",
        [{"action": "lift"}],
    ),
    (
        "evacuated_from",
        "Residents of Lower Tarn were evacuated from <8 p.m.=06T20:00>.",
        [{"action": "evacuate", "role": Role.START}],
    ),
    # trials and crime
    (
        "sentenced",
        "The court sentenced former governor Pavel Drost to 12 years in prison on <May 3=03>.",
        [{"action": "sentence", "has_actor": "Pavel Drost", "status": OCCURRED}],
    ),
    (
        "trial_postponed",
        "The trial, scheduled to begin on <Monday=05>, was postponed to <May 20=20> after the judge fell ill.",
        [
            {"status": PLANNED, "action": "hearing", "moved_plan": True},
            {"status": PLANNED, "also": "postpone", "action": "hearing"},
        ],
    ),
    (
        "reduced_relative",
        "A man arrested on <Monday=05> was released on bail on <Tuesday=06>.",
        [{"action": "arrest"}, {"action": "detain"}],
    ),
    (
        "relative_clause",
        "Drost, who was arrested on <Monday=05>, appeared in court on <Tuesday=06>.",
        [{"action": "arrest"}, {"action": "hearing", "status": OCCURRED}],
    ),
    (
        "pleaded",
        "Former trader Nils Aho pleaded not guilty on <Tuesday=06> at Osk District Court.",
        [{"action": "hearing", "has_actor": "Nils Aho"}],
    ),
    (
        "will_appeal",
        "His lawyers said he would appeal on <Friday=09>.",
        [{"status": PLANNED, "action": "appeal", "attribution": "His lawyers"}],
    ),
    (
        "alleged",
        "Aho allegedly left the country on <Monday=05>.",
        [{"status": OCCURRED, "authority": Authority.HEARSAY, "action": "depart"}],
    ),
    (
        "is_believed_to_have",
        "He is believed to have left the country on <Monday=05>.",
        [{"status": OCCURRED, "authority": Authority.HEARSAY, "action": "depart"}],
    ),
    (
        "denied_reports",
        "The minister denied reports that he had met Brandt on <Monday=05>.",
        [{"status": DENIED, "action": "meet"}],
    ),
    (
        "denied_having",
        "Krol denied having met the lobbyist on <Friday=02>.",
        [{"status": DENIED, "action": "meet"}],
    ),
    (
        "denied_bail_is_no_denial",
        "The judge denied bail to Drost on <Tuesday=06>.",
        [{"status": OCCURRED}],
    ),
    (
        "rumours",
        "Rumours that the striker Tomas Vell would join Ironbridge FC on <Friday=09> spread online.",
        [{"status": RUMOURED, "has_actor": "Tomas Vell"}],
    ),
    (
        "rumour_called_untrue_in_the_next_sentence",
        "Rumours that the mayor would resign on <Friday=09> spread online. The town hall said that was untrue.",
        [{"status": DENIED, "action": "resign"}],
    ),
    (
        "speculation",
        "There was speculation that the two chief executives had met in Osk on <Sunday=04>.",
        [{"status": RUMOURED, "action": "meet", "place": "Osk"}],
    ),
    # sport
    (
        "match_won",
        "Ironbridge FC beat Calder United 2-1 on <Saturday=03> with a goal from Tomas Vell.",
        [{"action": "win", "also": "score", "who": "Ironbridge FC", "object": "Calder United"}],
    ),
    (
        "match_called_off",
        "<Monday=05>'s match between Ironbridge FC and Calder United was called off because of snow.",
        [{"status": CANCELLED, "action": "play"}],
    ),
    (
        "kick_off_ahead",
        "The final kicks off at <8 p.m.=10T20:00> at Calder Stadium.",
        [{"status": PLANNED, "action": "play", "also": "begin", "place": "Calder Stadium"}],
    ),
    (
        "signed_for",
        "Vell signed for Ironbridge FC on <May 2=02>.",
        [{"action": "transfer"}],
    ),
    # outages
    (
        "power_cut",
        "The power cut hit the capital at about <9:40 p.m.=05T21:40> and lasted <three hours=PT3H>.",
        [{"action": "fail", "measured": "PT3H"}, {"no_event": NoEvent.DURATION}],
    ),
    (
        "restored",
        "Service was restored shortly before <1 a.m.=06T01:00>, grid operator Lumen Power said.",
        [{"action": "restore", "attribution": "grid operator Lumen Power"}],
    ),
    (
        "corrected_time",
        "The utility first said power failed at <1:25 p.m.=06T13:25> but later corrected the time to <1:52 "
        "p.m.=06T13:52>.",
        [
            {"status": DENIED, "retracted": True, "action": "fail"},
            {"status": OCCURRED, "replaces": True, "action": "fail"},
        ],
    ),
    (
        "revised_from_to",
        "Investigators revised the time of the explosion from <1:25 p.m.=06T13:25> to <1:52 p.m.=06T13:52>.",
        [
            {"status": DENIED, "retracted": True, "action": "explode"},
            {"replaces": True, "action": "explode", "status": OCCURRED},
        ],
    ),
    (
        "moved_from_to",
        "The launch was moved from <Monday=12> to <Thursday=15>.",
        [
            {"status": PLANNED, "moved_plan": True, "action": "launch"},
            {"status": PLANNED, "moved_plan": False, "action": "launch"},
        ],
    ),
    (
        "brought_forward",
        "The launch was brought forward to <May 9=09>.",
        [{"status": PLANNED, "action": "launch"}],
    ),
    (
        "cancelled_visit",
        "The foundation cancelled a visit planned for <Friday=09>.",
        [{"status": CANCELLED, "action": "visit"}],
    ),
    (
        "went_offline",
        "The payment system went offline at <8:05 a.m.=06T08:05>, the bank said.",
        [{"action": "fail", "attribution": "the bank"}],
    ),
    (
        "until_of_a_state",
        "The road remained closed until <6 p.m.=06T18:00>.",
        [{"role": Role.END, "status": OCCURRED}],
    ),
    # disease, schools, business
    (
        "first_case",
        "Health officials confirmed the first case on <April 12=-18>; by <May 1=01> the outbreak had "
        "spread to four districts.",
        [{"action": "confirm_case", "who": "health officials"}, {"action": "confirm_case"}],
    ),
    ("reopen", "Schools will reopen on <Monday=12>.", [{"status": PLANNED, "action": "reopen"}]),
    (
        "tested_positive",
        "Two nurses at Vell General Hospital tested positive on <Saturday=03>, according to the health ministry.",
        [{"action": "confirm_case", "attribution": "the health ministry", "place": "Vell General Hospital"}],
    ),
    (
        "vaccination_begins",
        "Vaccination of staff is due to start on <Thursday=08>.",
        [{"status": PLANNED, "action": "vaccinate", "also": "begin"}],
    ),
    (
        "strike_began_and_ended",
        "The strike, which began on <April 28=-2>, ended on <Tuesday=06> after talks.",
        [{"action": "strike", "also": "begin"}, {"action": "strike", "also": "finish"}],
    ),
    (
        "agreed_to",
        "Norra Trust agreed to buy Costa Bank on <Monday=05>.",
        [{"also": "invest"}],
    ),
    # no events
    (
        "dateline",
        "VALDRE, <May 7=07> (Norra Newswire) - Talks failed at <9 a.m.=07T09:00>.",
        [{"no_event": NoEvent.STATE}, {}],
    ),
    ("published_line", "Published <May 7, 2031 6:05 AM=07T06:05>", [{"no_event": NoEvent.STATE}]),
    ("state_of_the_year", "Its shares are up 18% <this year=+y>.", [{"no_event": NoEvent.STATE}]),
    ("habit", "The council usually meets on <Tuesday=06>.", [{"no_event": NoEvent.GENERAL}]),
    ("set", "The ferry sails <every day=*>.", [{"no_event": NoEvent.RECURRENCE}]),
    ("nothing_told", "Photo: <May 4=04>.", [{"no_event": NoEvent.NO_PREDICATE}]),
    # order cues
    (
        "later_without_time",
        "Mayor Ines Dalca opened the fair on <Monday=05>. Later she flew to the coast.",
        [
            {"action": "open", "who": "Ines Dalca"},
            {"mention": None, "cue": "after", "cue_word": "Later", "who": "Ines Dalca", "action": "depart"},
        ],
    ),
    (
        "before_that",
        "He left at <noon=06T12:00>. Before that, he had met union leaders.",
        [{}, {"cue": "before", "action": "meet"}],
    ),
]


def check(statement: Statement, expected: dict[str, Any]) -> None:
    """Every field the row names."""
    if "no_event" not in expected:
        assert statement.no_event is None, statement
    for name, value in expected.items():
        if name == "action":
            assert statement.actions[:1] == (value,), statement
        elif name == "also":
            assert value in statement.actions, statement
        elif name == "who":
            assert statement.actors[:1] == (value,), statement
        elif name == "has_actor":
            assert value in statement.actors, statement
        else:
            assert getattr(statement, name) == value, (name, statement)


@pytest.mark.parametrize(("text", "expected"), [pytest.param(text, expected, id=name) for name, text, expected in ROWS])
def test_statements(text: str, expected: list[dict[str, Any]]) -> None:
    got = told(text)
    assert len(got.statements) == len(expected), got.statements
    for statement, row in zip(got.statements, expected, strict=True):
        check(statement, row)


def test_the_table_is_large_enough_to_mean_something() -> None:
    assert len(ROWS) >= 60


# --- what holds of every text


@pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text, _ in ROWS])
def test_spans_are_exact_and_summaries_short(text: str) -> None:
    got = told(text)
    assert (
        sorted(s.span.start for s in got.statements) == [s.span.start for s in got.statements]
        or len(got.statements) > 1
    )
    for statement in got.statements:
        words = statement.span.of(got.document.text)
        assert words
        assert words.strip() == words
        if statement.mention is not None:
            assert statement.span.holds(statement.mention.span)
            assert statement.mention.text in words
        if statement.no_event is None:
            assert statement.sentence.holds(statement.span)
            assert 0 < len(statement.summary) <= 60
            assert statement.place is None or statement.place in " ".join(got.document.text.split())


_STORY = (
    "The minister said that on met was arrested Roland Vey , . to will who and but in Osk postponed from p.m. denied it "
    "not be planned 's ( ) - after meeting 12 had rumours ; “ ” \""
)
_TIMES = ["<Monday=05>", "<9 a.m.=06T09:00>", "<May 9=09>", "<two hours=PT2H>"]
_WORDS = [*_STORY.split(), "\n", *_TIMES]


@given(st.lists(st.sampled_from(_WORDS), max_size=40))
@settings(max_examples=300, deadline=None)
def test_any_words_give_one_statement_for_each_time(words: list[str]) -> None:
    got = told(" ".join(words))
    timed = [s for s in got.statements if s.mention is not None]
    assert [s.mention for s in timed] == list(got.mentions)
    for statement in got.statements:
        assert 0 <= statement.span.start < statement.span.end <= len(got.document.text)
        assert statement.mention is None or statement.span.holds(statement.mention.span)
        assert len(statement.summary) <= 60


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_cut_into_sentences_that_lie_in_it_in_order(text: str) -> None:
    spans = sentences(text, Span(start=0, end=len(text)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for span in spans:
        assert span.of(text).strip() == span.of(text) != ""
        for token in tokens(text, span):
            assert text[token.start : token.end] == token.text
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())


def test_reading_is_the_same_twice() -> None:
    text = " ".join(row[1] for row in ROWS)
    assert told(text).statements == told(text).statements


# --- blocks


def test_a_headline_above_a_story_only_repeats_it() -> None:
    made, mentions = document("Ferry sinks on <Monday=05>\n\nThe ferry sank on <Monday=05>.")
    cut = made.text.index("\n")
    blocks = (
        Block(kind=BlockKind.HEADLINE, span=Span(start=0, end=cut)),
        Block(kind=BlockKind.BODY, span=Span(start=cut + 2, end=len(made.text))),
    )
    made = made.model_copy(update={"blocks": blocks})
    prose = load()
    first, second = prose.read(made, mentions, prose.learn([made]))
    assert first.no_event is NoEvent.REPEATED
    assert second.no_event is None
    assert second.actions == ("overturn",)


def test_furniture_is_not_read() -> None:
    made, mentions = document("By Ada Lund, <May 7=07>", kind=BlockKind.BYLINE)
    assert load().read(made, mentions, load().learn([made])) == ()


def test_a_caption_tells_what_it_shows() -> None:
    (statement,) = told("Mayor Ines Dalca opens the fair in Osk on <Wednesday=07>.", kind=BlockKind.CAPTION).statements
    assert statement.status is OCCURRED
    assert statement.place == "Osk"


def test_an_official_record_speaks_for_its_body() -> None:
    made, mentions = document("Water was restored at <9 a.m.=07T09:00>.")
    made = made.model_copy(update={"official": True, "outlet": "Osk Water"})
    (statement,) = load().read(made, mentions, load().learn([made]))
    assert (statement.attribution, statement.authority) == ("Osk Water", Authority.OFFICIAL)


def test_a_past_tense_before_its_time_is_a_plan_only_where_it_is_not_told_as_over() -> None:
    (statement,) = told("The shuttle lands at <9 p.m.=07T21:00>.").statements
    assert statement.status is PLANNED


def test_a_noun_with_its_day_points_back() -> None:
    first, second = told("Vell and Dalca met on <Monday=05>. At <Monday=05>'s meeting they signed a pact.").statements
    assert not first.refers
    assert second.refers
    assert second.actions[0] == "meet"


# --- names


NAMES = [
    ("title_then_family_name", "Chairman Roh Min-ho spoke. Roh left.", "Roh", "Roh Min-ho"),
    ("apposition", "Ilse Brandt, a nurse, spoke. Brandt left.", "Brandt", "Ilse Brandt"),
    ("age", "Police held Tomas Vell, 27, in Osk. Vell spoke.", "Vell", "Tomas Vell"),
    ("role_before", "They thanked striker Tomas Vell. Later Vell left.", "Vell", "Tomas Vell"),
    ("honorific", "Greta Lund said no. Ms. Lund left.", "Ms. Lund", "Greta Lund"),
    ("prime_minister", "Prime Minister Jon Adair left. Mr. Adair spoke.", "Prime Minister Adair", "Jon Adair"),
    ("abbreviation", "The National Rail Board (NRB) met. The NRB left.", "NRB", "National Rail Board"),
    ("first_word_of_a_firm", "Hwan Electronics rose. Shares of Hwan fell.", "Hwan", "Hwan Electronics"),
    ("of_name", "The Ministry of Health spoke.", "Ministry of Health", "Ministry of Health"),
    ("two_of_one_family_name", "Ilse Brandt, a nurse, met Karl Brandt, a lawyer. Brandt left.", "Brandt", "Brandt"),
    ("unknown_stays", "Nobody came.", "Vell", "Vell"),
]


@pytest.mark.parametrize(("text", "name", "full"), [pytest.param(*row[1:], id=row[0]) for row in NAMES])
def test_full_names(text: str, name: str, full: str) -> None:
    assert load().learn([document(text)[0]]).full(name) == full


def test_names_are_learned_across_the_documents_of_a_case() -> None:
    first, _ = document("Elia Thorn, chief executive of Orla Robotics, left.")
    second, mentions = document("Thorn returned on <Monday=05>.")
    names = load().learn([first, second])
    (statement,) = load().read(second, mentions, names)
    assert statement.actors == ("Elia Thorn",)
    assert names.short("Elia Thorn") == "Thorn"
    assert names.is_person("Elia Thorn")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        pytest.param("They met in Osk on <Monday=05>.", "Osk", id="city"),
        pytest.param("He flew from Tarn to Osk on <Monday=05>.", None, id="neither_end_of_a_flight_is_its_place"),
        pytest.param("They met at the Grand Hotel in Osk on <Monday=05>.", "Grand Hotel", id="the_narrower_place"),
        pytest.param("They met in northern Osk on <Monday=05>.", "northern Osk", id="region"),
        pytest.param("They met at a school gym on <Monday=05>.", "school gym", id="common_noun"),
        pytest.param("They met in private on <Monday=05>.", None, id="no_place"),
        pytest.param("They met in May on <Monday=05>.", None, id="month_is_no_place"),
    ],
)  # fmt: skip
def test_places(text: str, place: str | None) -> None:
    assert told(text).statements[0].place == place


# --- sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        pytest.param("Mr. Vell met Sen. Adair. They left.", 2, id="titles"),
        pytest.param("J. R. Vell left the U.S. He returned.", 2, id="initials_and_country"),
        pytest.param("It rose 3.5 percent. It fell.", 2, id="decimal"),
        pytest.param('"He came. He saw," Vell said. She left.', 2, id="quotation_is_not_cut"),
        pytest.param("“We left! Why?” she asked.", 1, id="curly_quotation"),
        pytest.param("It began at 9 a.m. and ended at 5 p.m. The hall closed.", 2, id="clock_ends_a_sentence"),
        pytest.param("It began at 9 a.m. Tuesday. It ended.", 2, id="clock_goes_on_with_its_day"),
        pytest.param("It began at 9 a.m. Perth time. It ended.", 2, id="clock_goes_on_with_its_zone"),
        pytest.param("Costa Inc. lost. Costa Co. Ltd. won.", 2, id="firms"),
        pytest.param("One line\n\nAnother line", 2, id="empty_line"),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert len(sentences(text, Span(start=0, end=len(text)))) == count


# --- tables


def test_classes_of_action_are_those_of_the_first_pack() -> None:
    path = Path(languages.__file__).parent / "ko" / "prose" / "events.toml"
    korean = {row["name"] for row in tomllib.loads(path.read_text(encoding="utf-8"))["action"]}
    assert set(lexicon().actions.near) <= korean


def test_a_word_of_two_classes_is_refused() -> None:
    rows = (ActionRow(name="a", nouns=("fire",)), ActionRow(name="b", nouns=("fire",)))
    with pytest.raises(LanguagePackError, match="'fire' is in both 'a' and 'b'"):
        Actions(rows)


def test_an_unknown_neighbour_is_refused() -> None:
    with pytest.raises(LanguagePackError, match="near names unknown"):
        Actions((ActionRow(name="a", nouns=("fire",), near=("nothing",)),))


@pytest.mark.parametrize(
    ("word", "base", "form"),
    [
        ("stopped", "stop", Form.PAST),
        ("cancelled", "cancel", Form.PAST),
        ("canceled", "cancel", Form.PARTICIPLE),
        ("occurred", "occur", Form.PAST),
        ("visited", "visit", Form.PAST),
        ("fixed", "fix", Form.PAST),
        ("carried", "carry", Form.PAST),
        ("delayed", "delay", Form.PAST),
        ("dying", "die", Form.GERUND),
        ("fleeing", "flee", Form.GERUND),
        ("leaving", "leave", Form.GERUND),
        ("crashes", "crash", Form.PRESENT),
        ("goes", "go", Form.PRESENT),
        ("sank", "sink", Form.PAST),
        ("withdrawn", "withdraw", Form.PARTICIPLE),
        ("quizzed", "quiz", Form.PAST),  # unknown verbs in -ed are read as past forms
    ],
)
def test_inflection(word: str, base: str, form: Form) -> None:
    assert (base, form) in lexicon().readings(word)


@pytest.mark.parametrize(
    ("noun", "singular"),
    [
        ("parties", "party"),
        ("crashes", "crash"),
        ("women", "woman"),
        ("buses", "bus"),
        ("crisis", "crisis"),
        ("talks", "talks"),
        ("losses", "loss"),
        ("gas", "gas"),
        ("votes", "vote"),
    ],
)
def test_singular(noun: str, singular: str) -> None:
    assert lexicon().singular(noun) == singular
