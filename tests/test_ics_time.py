"""Properties of times in the calendar: whatever the zone and the year, the instant is kept and the file explains it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.ics_time import Clock, Slot
from timeline.interval import Grain
from timeline.model import EventTime

ZONES = [
    "Asia/Seoul",
    "America/New_York",
    "Europe/London",
    "Australia/Lord_Howe",
    "Africa/Casablanca",
    "Asia/Pyongyang",
    "Asia/Kathmandu",
    "Antarctica/Troll",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "UTC",
]
zones = st.sampled_from(ZONES).map(ZoneInfo)
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)).map(
    lambda moment: moment.replace(microsecond=0)
)
lengths = st.timedeltas(timedelta(0), timedelta(days=900)).map(
    lambda length: timedelta(seconds=int(length.total_seconds()))
)


def told(start: datetime, length: timedelta, grain: Grain) -> EventTime:
    end = start + length
    return EventTime(best=start, start=start, end=end, earliest=start, latest=end, grain=grain)


def offset_by_the_block(block: Any, local: datetime) -> timedelta:
    """The offset a reader of the VTIMEZONE alone takes for a wall-clock time: that of the latest onset before it."""
    onsets = [(part.decoded("DTSTART"), part.decoded("TZOFFSETTO")) for part in block.subcomponents]
    return max(onset for onset in onsets if onset[0] <= local)[1]


@given(zones, st.lists(moments, min_size=1, max_size=6), lengths, st.booleans())
def test_instants_are_kept_and_explained(zone: ZoneInfo, starts: list[datetime], length: timedelta, utc: bool) -> None:
    clock = Clock(zone, utc)
    slots = [clock.slot(told(start, length, Grain.MINUTE), "span") for start in starts]
    block = clock.timezone()
    for start, slot in zip(starts, slots, strict=True):
        assert isinstance(slot, Slot)
        assert slot.start == start
        assert isinstance(slot.end, datetime)
        assert slot.end == start + max(length, timedelta(minutes=1))
        for moment in slot:
            assert isinstance(moment, datetime)
            if moment.tzinfo is UTC:
                continue
            assert not utc
            assert block is not None
            assert offset_by_the_block(block, moment.replace(tzinfo=None)) == moment.utcoffset()


@given(zones, moments, lengths, st.sampled_from([grain for grain in Grain if grain.order >= Grain.DAY.order]))
def test_days_hold_the_whole_told_time_and_end_after_they_begin(
    zone: ZoneInfo, start: datetime, length: timedelta, grain: Grain
) -> None:
    slot = Clock(zone, False).slot(told(start, length, grain), "span")
    assert slot is not None
    assert not isinstance(slot.start, datetime)
    assert slot.start < slot.end
    assert slot.start == start.astimezone(zone).date()
    last = (start + length - timedelta(microseconds=1)).astimezone(zone).date()
    assert slot.end == max(last, slot.start) + timedelta(days=1)


REGIMES = [
    ("Asia/Seoul", "1988-12-31T23:00", False),
    ("Asia/Seoul", "1989-01-01T01:00", True),
    ("Asia/Seoul", "2037-12-31T12:00", True),
    ("Asia/Seoul", "2038-01-02T12:00", False),
    ("Asia/Pyongyang", "2018-12-01T12:00", False),
    ("Asia/Pyongyang", "2019-01-01T12:00", True),
    ("America/New_York", "1969-07-01T12:00", False),
    ("America/New_York", "2024-07-01T12:00", True),
    ("UTC", "2024-07-01T12:00", False),
]


@pytest.mark.parametrize(("name", "wall", "local"), REGIMES)
def test_the_zone_is_named_since_its_present_rules_hold(name: str, wall: str, local: bool) -> None:
    zone = ZoneInfo(name)
    start = datetime.fromisoformat(wall).replace(tzinfo=zone)
    slot = Clock(zone, False).timed(start, start)
    assert isinstance(slot.start, datetime)
    assert (slot.start.tzinfo is zone) == local


def test_a_stretch_that_begins_under_old_rules_is_wholly_utc() -> None:
    zone = ZoneInfo("Asia/Seoul")
    slot = Clock(zone, False).timed(datetime(1988, 7, 1, tzinfo=zone), datetime(1990, 1, 1, tzinfo=zone))
    assert [moment.tzinfo for moment in slot if isinstance(moment, datetime)] == [UTC, UTC]


def test_the_last_day_of_the_calendar_does_not_overflow() -> None:
    last = datetime(9999, 12, 31, 12, tzinfo=UTC)
    time = EventTime(best=last, start=last, end=None, earliest=last, latest=None, grain=Grain.DAY)
    assert Clock(ZoneInfo("UTC"), False).slot(time, "span") == (date.max, date.max)
