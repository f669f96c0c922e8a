"""What the terminal shows: columns that line up, words in two languages, and no text of a document in command."""

from __future__ import annotations

import io
import sys
import tomllib
import unicodedata
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.samples import hostile, sample
from timeline import terminal
from timeline.interval import Grain, Interval
from timeline.model import EventTime, Itinerary, Level, Status
from timeline.selection import between

SEOUL = ZoneInfo("Asia/Seoul")
KOREAN = terminal.messages("ko")
ENGLISH = terminal.messages("en")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SEOUL)


def told(grain: str, best: str, start: str, end: str, low: str | None, high: str | None) -> EventTime:
    return EventTime(
        best=at(best),
        start=at(start),
        end=at(end),
        earliest=None if low is None else at(low),
        latest=None if high is None else at(high),
        grain=Grain(grain),
    )


# id: grain, best, [start, end), earliest, latest -> day, time of day, window
TIMES = {
    "second": ("second", "03-11T10:40:05", "03-11T10:40:05", "03-11T10:40:06", None, None, "03-11", "10:40:05", ""),
    "minute": (
        "minute",
        "03-11T10:38",
        "03-11T10:38",
        "03-11T10:39",
        "03-11T10:35",
        "03-11T10:45",
        "03-11",
        "10:38",
        "10:35–10:45",
    ),
    "past midnight": (
        *("minute", "03-11T23:58", "03-11T23:58", "03-11T23:59", "03-11T23:50", "03-12T00:05"),
        *("03-11", "23:58", "03-11 23:50 – 03-12 00:05"),
    ),
    "hour": (
        "hour",
        "03-11T14:00",
        "03-11T14:00",
        "03-11T15:00",
        "03-11T14:00",
        "03-11T14:30",
        "03-11",
        "14시",
        "14:00–14:30",
    ),
    "night": (
        *("part_of_day", "03-11T22:00", "03-11T21:00", "03-12T00:00", "03-11T18:00", "03-12T06:00"),
        *("03-11", "21:00–24:00", "03-11 18:00 – 03-12 06:00"),
    ),
    "day": ("day", "03-11T12:00", "03-11", "03-12", "03-11", "03-12", "03-11", "", ""),
    "wider day": ("day", "03-11T12:00", "03-11", "03-12", "03-10", "03-13", "03-11", "", "03-10 – 03-12"),
    "days": ("day", "03-11T12:00", "03-10", "03-13", None, None, "03-10", "– 03-12", ""),
    "exact minute": (
        *("minute", "03-11T10:38", "03-11T10:38", "03-11T10:39", "03-11T10:38", "03-11T10:38:59"),
        *("03-11", "10:38", ""),
    ),
    "month": ("month", "03-15", "03-01", "04-01", None, None, "03", "", ""),
    "year": ("year", "06-15", "01-01", "12-31", None, None, "", "", ""),
    "week": ("week", "03-11", "03-09", "03-16", None, None, "03-09", "– 03-15", ""),
    "from": (
        "minute",
        "03-11T10:38",
        "03-11T10:38",
        "03-11T10:39",
        "03-11T10:35",
        None,
        "03-11",
        "10:38",
        "03-11 10:35 –",
    ),
    "until": (
        "minute",
        "03-11T10:38",
        "03-11T10:38",
        "03-11T10:39",
        None,
        "03-11T10:45",
        "03-11",
        "10:38",
        "– 03-11 10:45",
    ),
}


@pytest.mark.parametrize("row", TIMES.values(), ids=TIMES)
def test_a_time_is_shown_no_finer_than_it_is_known(row: tuple[str, ...]) -> None:
    grain, best, start, end, low, high, day, clock, window = row
    time = told(grain, best, start, end, low, high)
    assert terminal.when(time, SEOUL, KOREAN) == (f"2026-{day}".rstrip("-"), clock)
    assert terminal.window(time, SEOUL) == window


def test_two_readings_are_both_shown() -> None:
    readings = tuple(
        Interval(start=at(f"03-11T{hour}:00"), end=at(f"03-11T{hour}:01"), grain=Grain.MINUTE) for hour in ("09", "16")
    )
    time = told("minute", "03-11T09:00", "03-11T09:00", "03-11T09:01", None, None)
    open_time = time.model_copy(update={"resolved": False, "readings": readings})
    assert terminal.when(open_time, SEOUL, ENGLISH) == ("2026-03-11", "09:00 | 16:00")


def test_the_zone_of_the_itinerary_counts() -> None:
    time = told("minute", "03-11T08:00", "03-11T08:00", "03-11T08:01", None, None)
    assert terminal.when(time, ZoneInfo("UTC"), KOREAN) == ("2026-03-10", "23:00")


def columns(text: str) -> int:
    """How many terminal columns a line takes (UAX #11: wide and fullwidth characters take two)."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else not unicodedata.combining(char) for char in text)


def summary(itinerary: Itinerary, words: terminal.Messages, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    out = io.StringIO()
    terminal.summarize(itinerary, [Path("out/timeline.html")], ["one event left\x1bout"], words, out)
    return out.getvalue()


@pytest.mark.parametrize("width", [80, 120, 200])
@pytest.mark.parametrize("words", [KOREAN, ENGLISH], ids=["ko", "en"])
def test_columns_line_up(width: int, words: terminal.Messages, monkeypatch: pytest.MonkeyPatch) -> None:
    lines = summary(sample(), words, width, monkeypatch).splitlines()
    rule = next(line for line in lines if set(line) <= {"─", " "} and "─" in line)
    assert columns(rule) <= width
    head = lines[lines.index(rule) - 1]
    place = columns(head[: head.index(words.columns[4])])  # the status, right of the titles
    rows = [line for line in lines[lines.index(rule) + 1 :] if any(line[:-1].count(s) for s in words.status.values())]
    assert len(rows) == len((*sample().events, *sample().undated))
    for row in rows:
        assert columns(row) <= width
        cut = next(i for i in range(len(row) + 1) if columns(row[:i]) >= place)
        assert columns(row[:cut]) == place, "a wide character straddles the column"
        assert row[cut - 1] == " "
        assert row[cut:].startswith(tuple(words.status.values()))


def test_every_event_has_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    story = sample()
    shown = summary(story, KOREAN, 240, monkeypatch)
    for event in (*story.events, *story.undated):
        assert event.title in shown
        assert f"{event.confidence.probability:.2f}" in shown
    assert shown.count(KOREAN.undated) >= len(story.undated)
    assert "out/timeline.html" in shown
    assert "one event left\ufffdout" in shown
    assert KOREAN.conflict["major"] in shown


def test_a_long_itinerary_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    story = sample()
    event = story.events[0]
    many = tuple(event.model_copy(update={"id": f"e{n}", "title": f"일 {n:03}"}) for n in range(terminal.ROWS + 7))
    shown = summary(story.model_copy(update={"events": many, "undated": ()}), ENGLISH, 160, monkeypatch)
    assert f"일 {terminal.ROWS - 1:03}" in shown
    assert f"일 {terminal.ROWS:03}" not in shown
    assert "… and 7 more" in shown


def test_no_event_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    empty = sample().model_copy(update={"events": (), "undated": ()})
    assert "No event found: the 7 reports" in summary(empty, ENGLISH, 120, monkeypatch)
    out = io.StringIO()
    terminal.summarize(empty, [], [], ENGLISH, out, chosen=True)
    assert "No event matches the days or names asked for (7 reports read)" in out.getvalue()


def test_hostile_text_commands_nothing(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    story = hostile()
    shown = summary(story, KOREAN, 160, monkeypatch)
    terminal.list_problems(story.problems, KOREAN)
    for text in (shown, capsys.readouterr().err):
        assert {char for char in text if unicodedata.category(char) == "Cc"} <= {"\n"}
        assert not {char for char in text if char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"}


@given(st.text())
def test_plain_text_is_one_line_without_controls(text: str) -> None:
    shown = terminal.plain(text)
    assert len(shown) == len(text)
    assert not any(unicodedata.category(char) == "Cc" for char in shown)
    assert terminal.plain(shown) == shown


def test_both_languages_have_every_word() -> None:
    table = tomllib.loads((Path(terminal.__file__).parent / "messages.toml").read_text(encoding="utf-8"))
    assert set(table) == {"ko", "en"}
    for words in (KOREAN, ENGLISH):
        assert set(words.status) == {status.value for status in Status}
        assert set(words.level) == {level.value for level in Level}
        assert set(words.conflict) == {"major", "minor"}
        assert len(words.columns) == 7
    assert set(KOREAN.stages) == set(ENGLISH.stages)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm")
    with terminal.progress(KOREAN, quiet=False) as report:
        assert report is not None
        report("read", 1, 3)
        report("[bold]odd\x1b", 2, 3)
    assert "읽기" in screen.getvalue()
    assert "[bold]odd\ufffd" in screen.getvalue()


@pytest.mark.parametrize(("stream", "quiet"), [(Terminal(), True), (io.StringIO(), False)], ids=["quiet", "a file"])
def test_progress_is_silent(stream: io.StringIO, quiet: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    with terminal.progress(KOREAN, quiet=quiet) as report:
        assert report is None
    assert stream.getvalue() == ""


# --- a part of an itinerary


def days(story: Itinerary) -> list[date]:
    return [event.time.best.astimezone(SEOUL).date() for event in story.events if event.time]


def test_the_days_asked_for_stay() -> None:
    story = sample()
    day = date(2026, 3, 11)
    part = between(story, day, day)
    assert 0 < len(part.events) < len(story.events)
    assert set(days(part)) == {day}
    assert set(story.events) - set(part.events) == {
        e for e, d in zip(story.events, days(story), strict=True) if d != day
    }
    assert part.undated == story.undated
    assert part.documents == story.documents


def test_a_month_stays_for_any_of_its_days() -> None:
    story = sample()
    month = told("month", "06-15", "06-01", "07-01", None, None)
    event = story.events[0].model_copy(update={"time": month})
    one = story.model_copy(update={"events": (event,), "order": (), "gaps": ()})
    for since, until, kept in [
        (date(2026, 6, 30), None, 1),
        (date(2026, 7, 1), None, 0),
        (None, date(2026, 6, 1), 1),
        (None, date(2026, 5, 31), 0),
    ]:
        assert len(between(one, since, until).events) == kept


@given(
    since=st.none() | st.dates(date(2012, 1, 1), date(2027, 1, 1)),
    until=st.none() | st.dates(date(2012, 1, 1), date(2027, 1, 1)),
)
def test_nothing_left_refers_to_what_is_gone(since: date | None, until: date | None) -> None:
    story = sample()
    part = between(story, since, until)
    ids = {event.id for event in (*part.events, *part.undated)}
    assert all({row.before, row.after} <= ids for row in part.order)
    assert all({gap.before, gap.after} <= ids for gap in part.gaps)
    assert [event for event in story.events if event in part.events] == list(part.events)
    assert between(part, since, until) == part
    assert (between(story, None, None)) == story
