"""Two thousand texts through the calendar file and back: nothing lost, nothing injected, every line within bounds.

The texts are made from a fixed seed of what breaks careless writers: separators, backslashes, newlines of every kind,
control characters, property names, Hangul whole and in pieces, emoji, long runs.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.formats import Choices
from reports.ics import to_ics
from reports.ics_event import LINE_LIMIT, TITLE_LIMIT, ExactText
from reports.plain import one_line, plain
from tests.calendar_cases import calendar_of, event
from tests.calendar_readers import (
    Seen,
    with_ical,
    with_icalendar,
    with_icaljs,
    with_libical,
    with_nodeical,
    with_vobject,
)
from timeline.model import Itinerary

COUNT = 2_000
PIECES = [
    *",;:\\\"'=\n\r\t\x00\x07\x1b\x7f\x85\xa0",
    "\r\n",
    "\r\n ",
    "\\n",
    "\\N",
    "\\\\",
    "\\,",
    "\\;",
    "C:\\New\\note",
    "\r\nATTENDEE:mailto:x@example.test",
    "\nEND:VEVENT\nBEGIN:VEVENT",
    "BEGIN:VALARM",
    "\u2028",
    "\u2029",
    "\u202e",
    "\ufeff",
    "\ufffe",
    "가나다",
    "\u1112\u1161\u11ab",
    "e\u0301",
    "👩‍👩‍👧‍👦",
    "긴글" * 40,
    "plain words ",
    "🏳️‍🌈" * 9,
]


def texts() -> list[str]:
    chance = random.Random(20260311)
    return ["".join(chance.choices(PIECES, k=chance.randint(3, 12))) for _ in range(COUNT)]


TEXTS = texts()


def fuzzed() -> Itinerary:
    """Every text as title, place and note of an event of its own."""
    made = (
        event("2026-03-11T10:37", title=text, place=text, notes=(text,)).model_copy(update={"id": f"e{index:012x}"})
        for index, text in enumerate(TEXTS)
    )
    return calendar_of(*made)


DATA = to_ics(fuzzed(), Choices())
WANTED = [one_line(text) for text in TEXTS]


def test_the_texts_are_many_and_differ() -> None:
    assert len(TEXTS) == COUNT
    assert len(set(TEXTS)) > COUNT * 0.95
    assert max(map(len, WANTED)) < TITLE_LIMIT < LINE_LIMIT


Reader = Callable[[bytes], list[Seen]]


@pytest.mark.parametrize(
    "reader", [with_icalendar, with_ical, with_icaljs, with_libical, with_vobject], ids=lambda f: f.__name__[5:]
)
def test_no_text_is_lost(reader: Reader) -> None:
    seen = reader(DATA)
    assert len(seen) == COUNT
    for row, text in zip(seen, WANTED, strict=True):
        assert row.summary == (text or row.summary)


@pytest.mark.parametrize("reader", [with_icalendar, with_ical, with_icaljs], ids=lambda f: f.__name__[5:])
def test_no_place_or_note_is_lost(reader: Reader) -> None:
    for row, text in zip(reader(DATA), WANTED, strict=True):
        assert row.location == text
        assert text in row.description.split("\n")


def test_node_ical_loses_nothing_else_than_it_loses_of_any_calendar() -> None:
    """It takes an escaped backslash before n for a line break and drops quotes around a text, against RFC 5545."""
    fair = [not re.search(r"\\[nN]", text) and not (text[:1] == text[-1:] == '"') for text in WANTED]
    assert sum(fair) > COUNT // 2
    for row, text, same in zip(with_nodeical(DATA), WANTED, fair, strict=True):
        assert not same or row.summary == (text or row.summary)


def test_no_property_is_injected() -> None:
    calendar = icalendar.Calendar.from_ical(DATA)
    assert len(calendar.walk("VEVENT")) == COUNT
    allowed = set(icalendar.Calendar.from_ical(to_ics(calendar_of(event("2026-03-11T10:37")))).walk("VEVENT")[0])
    for found in calendar.walk("VEVENT"):
        assert set(found) <= allowed
        assert not any(isinstance(value, list) for value in found.values())
        assert found.subcomponents == []


def test_every_line_is_within_75_octets_and_valid_utf8() -> None:
    for line in DATA.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
        assert not any(octet < 0x20 and octet != 0x09 for octet in line)


@given(st.text())
def test_exact_text_is_undone_by_the_rules_of_rfc_5545(text: str) -> None:
    cleaned = plain(text)
    escaped = ExactText(cleaned).to_ical().decode()
    assert "\n" not in escaped
    undone, rest = [], iter(escaped)
    for letter in rest:
        if letter == "\\":
            following = next(rest)
            undone.append("\n" if following == "n" else following)
        else:
            assert letter not in ",;"
            undone.append(letter)
    assert "".join(undone) == cleaned


@given(st.text())
def test_plain_text_is_stable_and_holds_no_control_character(text: str) -> None:
    cleaned = plain(text)
    assert plain(cleaned) == cleaned
    assert not any(ord(letter) < 0x20 and letter not in "\t\n" for letter in cleaned)
