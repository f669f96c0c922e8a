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
from tests.wire_sentences import OCCURRED, PLANNED, ROWS
from timeline.errors import LanguagePackError
from timeline.interval import Grain, Interval
from timeline.languages.en.prose import load
from timeline.languages.en.prose.inflect import Form
from timeline.languages.en.prose.lexicon import Actions, lexicon
from timeline.languages.en.prose.sentences import sentences, tokens
from timeline.model import (
    Authority,
    Basis,
    Block,
    BlockKind,
    Document,
    Mention,
    Publication,
    Span,
    TimexType,
)
from timeline.prose import ActionRow, NoEvent, Statement

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
