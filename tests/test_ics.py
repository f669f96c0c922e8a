"""The calendar file: its shape, its times, its statuses, and where the uncertainty stands."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest

from reports.formats import Choices
from reports.ics import to_ics
from tests.calendar_cases import calendar_of, event
from tests.calendar_readers import stamp
from tests.samples import hostile, sample
from timeline.interval import Grain
from timeline.model import Confidence, Conflict, Event, Itinerary, Level, Status

SEOUL = ZoneInfo("Asia/Seoul")


def parsed(itinerary: Itinerary, **choices: Any) -> icalendar.Calendar:
    return icalendar.Calendar.from_ical(to_ics(itinerary, Choices(**choices)))


def only(made: Event, **choices: Any) -> Any:
    (found,) = parsed(calendar_of(made), **choices).walk("VEVENT")
    return found


# --- lines


@pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
def test_lines_are_crlf_at_most_75_octets_and_each_valid_utf8(make: Any) -> None:
    data = to_ics(make())
    assert not data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"END:VCALENDAR\r\n")
    lines = data.split(b"\r\n")
    assert all(b"\n" not in line and b"\r" not in line for line in lines)
    assert max(len(line) for line in lines) <= 75
    for line in lines:
        line.decode("utf-8")
    text = data.replace(b"\r\n ", b"").decode()
    assert unicodedata.normalize("NFC", text) == text


@pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
@pytest.mark.parametrize("name", ["METHOD", "ORGANIZER", "ATTENDEE", "VALARM", "ATTACH"])
def test_nothing_that_invites_or_rings(make: Any, name: str) -> None:
    calendar = parsed(make())
    for part in calendar.walk():
        assert name not in part
        assert part.name != name


# Each property stands as often as this program writes it: hostile text has added none.
def test_hostile_text_injects_no_property() -> None:
    calendar = parsed(hostile())
    assert len(calendar.walk("VEVENT")) == len(hostile().events)
    quiet = {name for part in parsed(sample()).walk() for name in part} | {"LOCATION", "URL"}
    for part in calendar.walk():
        assert set(part) <= quiet
        for name, value in part.items():
            assert not isinstance(value, list), name


def test_hostile_addresses_are_links_only_where_they_are_http() -> None:
    links = [str(e["URL"]) for e in parsed(hostile()).walk("VEVENT") if "URL" in e]
    assert len(links) <= 1
    assert all(link.startswith("https://evil.example/?q=%22%3E%3Cscript") for link in links)


# --- times


TIMES = [
    ("minute", event("2026-03-11T10:37"), "2026-03-11T01:37:00Z", "2026-03-11T01:38:00Z"),
    ("second", event("2026-03-11T10:37:20", Grain.SECOND), "2026-03-11T01:37:20Z", "2026-03-11T01:38:20Z"),
    (
        "best inside a minute's window",
        event("2026-03-11T10:37", time={"best": datetime(2026, 3, 11, 10, 37, 30, tzinfo=SEOUL)}),
        "2026-03-11T01:37:30Z",
        "2026-03-11T01:38:30Z",
    ),
    ("range", event("2026-03-11T13:00", end="2026-03-11T15:00"), "2026-03-11T04:00:00Z", "2026-03-11T06:00:00Z"),
    (
        "over midnight",
        event("2026-03-11T23:30", end="2026-03-12T00:30"),
        "2026-03-11T14:30:00Z",
        "2026-03-11T15:30:00Z",
    ),
    ("hour", event("2026-03-11T14:00", Grain.HOUR, "2026-03-11T15:00"), "2026-03-11T05:00:00Z", "2026-03-11T06:00:00Z"),
    (
        "part of the day",
        event("2026-03-11T12:00", Grain.PART_OF_DAY, "2026-03-11T18:00"),
        "2026-03-11T03:00:00Z",
        "2026-03-11T09:00:00Z",
    ),
    ("open end", event("2026-03-11T10:37", time={"end": None}), "2026-03-11T01:37:00Z", "2026-03-11T01:38:00Z"),
    ("open start", event("2026-03-11T10:37", time={"start": None}), "2026-03-11T01:37:00Z", "2026-03-11T01:38:00Z"),
    (
        "no length",
        event("2026-03-11T10:37", end="2026-03-11T10:37"),
        "2026-03-11T01:37:00Z",
        "2026-03-11T01:38:00Z",
    ),
    ("day", event("2026-03-13T00:00", Grain.DAY, "2026-03-14T00:00"), "2026-03-13", "2026-03-14"),
    ("days", event("2026-03-13T00:00", Grain.DAY, "2026-03-16T00:00"), "2026-03-13", "2026-03-16"),
    ("day, open end", event("2026-03-13T00:00", Grain.DAY, time={"end": None}), "2026-03-13", "2026-03-14"),
    ("week", event("2026-03-09T00:00", Grain.WEEK, "2026-03-16T00:00"), "2026-03-09", "2026-03-16"),
    ("month", event("2025-11-01T00:00", Grain.MONTH, "2025-12-01T00:00"), "2025-11-01", "2025-12-01"),
    ("year", event("2013-01-01T00:00", Grain.YEAR, "2014-01-01T00:00"), "2013-01-01", "2014-01-01"),
    ("leap day", event("2024-02-29T00:00", Grain.DAY, "2024-03-01T00:00"), "2024-02-29", "2024-03-01"),
    ("last day of all", event("9999-12-31T00:00", Grain.DAY, time={"end": None}), "9999-12-31", "9999-12-31"),
]


@pytest.mark.parametrize("timezone", ["local", "utc"])
@pytest.mark.parametrize(("made", "start", "end"), [row[1:] for row in TIMES], ids=[row[0] for row in TIMES])
def test_the_slot_of_a_time(made: Event, start: str, end: str, timezone: str) -> None:
    found = only(made, ics_timezone=timezone)
    assert (stamp(found.decoded("DTSTART")), stamp(found.decoded("DTEND"))) == (start, end)
    if start != end:
        assert found.decoded("DTEND") > found.decoded("DTSTART")


COARSE = [
    ("span", Grain.MONTH, "2025-11-01", "2025-12-01"),
    ("first-day", Grain.MONTH, "2025-11-01", "2025-11-02"),
    ("skip", Grain.MONTH, None, None),
    ("skip", Grain.DAY, "2025-11-01", "2025-12-01"),
    ("first-day", Grain.DAY, "2025-11-01", "2025-12-01"),
]


@pytest.mark.parametrize(("choice", "grain", "start", "end"), COARSE)
def test_coarse_times_follow_the_choice(choice: Any, grain: Grain, start: str | None, end: str | None) -> None:
    made = event("2025-11-01T00:00", grain, "2025-12-01T00:00", title="거친 사건")
    calendar = parsed(calendar_of(made), ics_coarse=choice)
    found = calendar.walk("VEVENT")
    assert [(stamp(e.decoded("DTSTART")), stamp(e.decoded("DTEND"))) for e in found] == (
        [(start, end)] if start else []
    )
    assert ("거친 사건" in calendar["DESCRIPTION"]) == (start is None)


def test_undated_events_are_counted_and_listed_and_have_no_slot() -> None:
    calendar = parsed(sample())
    (undated,) = sample().undated
    assert "사건 1건" in calendar["DESCRIPTION"]
    assert undated.title in calendar["DESCRIPTION"]
    assert undated.constraint in calendar["DESCRIPTION"]
    assert len(calendar.walk("VEVENT")) == len(sample().events)
    assert not any(undated.title in e["SUMMARY"] for e in calendar.walk("VEVENT"))


# --- zones


def test_one_standard_block_for_seoul_and_no_comment() -> None:
    early = event("2013-05-01T09:00", title="앞선 사건")
    (zone,) = parsed(calendar_of(early, *sample().events)).walk("VTIMEZONE")
    assert [part.name for part in zone.subcomponents] == ["STANDARD"]
    assert "COMMENT" not in zone
    assert zone.subcomponents[0].decoded("DTSTART") <= datetime(2013, 5, 1, 9)
    assert zone.subcomponents[0].decoded("TZOFFSETTO") == zone.subcomponents[0].decoded("TZOFFSETFROM")


def test_a_calendar_of_days_alone_explains_no_zone() -> None:
    made = event("2026-03-13T00:00", Grain.DAY, "2026-03-14T00:00")
    assert b"VTIMEZONE" not in to_ics(calendar_of(made))


@pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
def test_utc_writes_no_zone_and_no_floating_time(make: Any) -> None:
    data = to_ics(make(), Choices(ics_timezone="utc")).replace(b"\r\n ", b"").decode()
    assert "TZID" not in data
    times = [line for line in data.split("\r\n") if line.startswith(("DTSTART", "DTEND"))]
    assert times
    assert all(line.endswith("Z") or "VALUE=DATE:" in line for line in times)


@pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
def test_local_times_name_a_zone_the_file_explains(make: Any) -> None:
    calendar = parsed(make())
    explained = {str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")}
    used = {
        e[name].params["TZID"]
        for e in calendar.walk("VEVENT")
        for name in ("DTSTART", "DTEND")
        if "TZID" in e[name].params
    }
    assert used == explained == {"Asia/Seoul"}


HISTORIC = ["1950-06-25T04:00", "1961-08-09T12:00", "1961-08-11T12:00", "1987-07-01T12:00", "1988-12-01T12:00"]


@pytest.mark.parametrize("start", HISTORIC)
def test_times_under_older_rules_are_written_in_utc(start: str) -> None:
    found = only(event(start))
    assert "TZID" not in found["DTSTART"].params
    assert found.decoded("DTSTART") == datetime.fromisoformat(start).replace(tzinfo=SEOUL)


ZONES = [
    ("America/New_York", ["2024-01-15T09:00", "2024-07-15T09:00", "2025-03-09T03:30", "2026-11-02T12:00"]),
    ("Europe/London", ["2023-12-31T23:59", "2024-06-01T00:00"]),
    ("Asia/Pyongyang", ["2016-01-01T12:00", "2026-01-01T12:00"]),
    ("Australia/Lord_Howe", ["2024-01-01T12:00", "2024-07-01T12:00"]),
    ("UTC", ["2024-01-15T09:00"]),
    ("Africa/Casablanca", ["2024-01-15T09:00", "2024-03-20T09:00"]),
]


@pytest.mark.parametrize(("zone", "starts"), ZONES, ids=[zone for zone, _ in ZONES])
def test_the_written_zone_gives_the_instant_by_its_own_rules(zone: str, starts: list[str]) -> None:
    """Resolved by the file's VTIMEZONE alone, not by the reader's own table of that name."""
    data = to_ics(calendar_of(*(event(start, zone=zone, title=start) for start in starts), zone=zone))
    nameless = data.replace(f"TZID:{zone}".encode(), f"TZID:X {zone}".encode())
    nameless = nameless.replace(f"TZID={zone}".encode(), f"TZID=X {zone}".encode())
    got = {
        str(e["SUMMARY"]): stamp(e.decoded("DTSTART")) for e in icalendar.Calendar.from_ical(nameless).walk("VEVENT")
    }
    assert got == {s: stamp(datetime.fromisoformat(s).replace(tzinfo=ZoneInfo(zone))) for s in starts}


def test_a_wall_clock_time_that_occurs_twice_is_written_in_utc() -> None:
    made = [event("2025-11-02T01:30", zone="America/New_York", fold=fold, title=f"{fold}") for fold in (0, 1)]
    found = parsed(calendar_of(*made, zone="America/New_York")).walk("VEVENT")
    assert [stamp(e.decoded("DTSTART")) for e in found] == ["2025-11-02T05:30:00Z", "2025-11-02T06:30:00Z"]


# --- status


def sure(level: Level, p: float) -> Confidence:
    return Confidence(level=level, probability=p)


MAJOR = Conflict(kind="place", severity="major", cause="contradiction", note="두 곳")
MINOR = Conflict(kind="time", severity="minor", cause="rounding", note="어림")
STATUSES: list[tuple[str, dict[str, Any], str]] = [
    ("occurred", {}, "CONFIRMED"),
    ("minor conflict", {"conflicts": (MINOR,)}, "CONFIRMED"),
    ("medium", {"confidence": sure(Level.MEDIUM, 0.7)}, "CONFIRMED"),
    ("low", {"confidence": sure(Level.LOW, 0.5)}, "TENTATIVE"),
    ("major conflict", {"conflicts": (MAJOR,)}, "TENTATIVE"),
    ("unresolved", {"time": {"resolved": False}}, "TENTATIVE"),
    ("part of the day", {"grain": Grain.PART_OF_DAY, "end": "2026-03-11T18:00"}, "TENTATIVE"),
    ("planned", {"status": Status.PLANNED}, "TENTATIVE"),
    ("rumoured", {"status": Status.RUMOURED}, "TENTATIVE"),
    ("cancelled", {"status": Status.CANCELLED}, "CANCELLED"),
    ("denied", {"status": Status.DENIED}, "CANCELLED"),
]


@pytest.mark.parametrize(("given", "status"), [row[1:] for row in STATUSES], ids=[row[0] for row in STATUSES])
def test_status_by_rule(given: dict[str, Any], status: str) -> None:
    assert only(event("2026-03-11T12:00", **given))["STATUS"] == status


def test_all_are_transparent_and_free() -> None:
    for found in parsed(sample()).walk("VEVENT"):
        assert found["TRANSP"] == "TRANSPARENT"
        assert found["X-MICROSOFT-CDO-BUSYSTATUS"] == "FREE"


# --- the calendar itself


def test_the_calendar_says_what_it_is() -> None:
    calendar = parsed(sample())
    assert calendar["NAME"] == calendar["X-WR-CALNAME"] == "새솔교 통제 하루"
    assert calendar["VERSION"] == "2.0"
    assert "기준 시간대 Asia/Seoul" in calendar["DESCRIPTION"]
    assert stamp(calendar.decoded("LAST-MODIFIED")) == "2026-03-12T01:00:00Z"


def test_an_english_itinerary_is_told_in_english() -> None:
    documents = tuple(d.model_copy(update={"language": "en"}) for d in sample().documents)
    calendar = parsed(sample().model_copy(update={"documents": documents}))
    found = [str(e["SUMMARY"]) for e in calendar.walk("VEVENT")]
    assert "새솔교 전면 통제 (10:25 – 10:45 am)" in found
    assert "[cancelled] 다리 걷기 행사" in found


def test_an_empty_itinerary_is_a_valid_calendar() -> None:
    calendar = parsed(calendar_of())
    assert calendar.walk("VEVENT") == []
    assert calendar["PRODID"]
