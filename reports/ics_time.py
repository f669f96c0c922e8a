"""Times in a calendar file: what an event's time becomes there, in which zone, and the VTIMEZONE that explains it.

Calendar programs read VTIMEZONE with care for the present and little for the past: some take a daylight rule of 1987 as
if it still held. So the named zone is used only since its present rules hold without a break; earlier moments, those
after 2037, and wall-clock times that occur twice are written in UTC, which every program reads alike.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from timeline.interval import Grain
from timeline.model import EventTime

_FIRST, _LAST = 1970, 2037  # the years calendar programs agree on (32-bit time)
_MINUTE = timedelta(minutes=1)
_UTC = ("UTC", "Etc/UTC", "Etc/UCT", "UCT", "Zulu")


class Slot(NamedTuple):
    """Where an event stands in a calendar: two aware datetimes or two dates, the end exclusive and later."""

    start: date | datetime
    end: date | datetime


@dataclass
class Clock:
    """Stamps moments in the zone or in UTC, and remembers which moments need the zone explained."""

    zone: ZoneInfo
    utc_only: bool
    local: list[datetime] = field(default_factory=list)

    def slot(self, time: EventTime, coarse: Literal["span", "first-day", "skip"]) -> Slot | None:
        """The slot of a reconciled time; ``None`` where coarse times are skipped.

        Minute: from the best moment for one minute. A told stretch, an hour or a part of the day: from its start to its
        end. A day: that date. Coarser: all days it may be, or its first.
        """
        if time.grain.order <= Grain.PART_OF_DAY.order:
            return self.timed(*_stretch(time))
        if time.grain is not Grain.DAY and coarse == "skip":
            return None
        first, after = self._days(time)
        if time.grain is not Grain.DAY and coarse == "first-day":
            after = _next(first)
        return Slot(first, after)

    def timed(self, start: datetime, end: datetime) -> Slot:
        """The two moments in the zone, or both in UTC; the end at least a minute later."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)  # or differences would be of the wall clock
        end = max(end, start + _MINUTE)
        if self.utc_only or self.zone.key in _UTC or not (_is_plain(self.zone, start) and _is_plain(self.zone, end)):
            return Slot(start, end)
        slot = Slot(start.astimezone(self.zone), end.astimezone(self.zone))
        self.local += [start, end]
        return slot

    def _days(self, time: EventTime) -> tuple[date, date]:
        first = (time.start or time.best).astimezone(self.zone).date()
        if time.end is None:
            return first, _next(first)
        last = (time.end - timedelta(microseconds=1)).astimezone(self.zone).date()
        return first, _next(max(first, last))

    def timezone(self) -> Timezone | None:
        """The zone over the period of the moments stamped in it; ``None`` where there are none."""
        if not self.local:
            return None
        return timezone(self.zone, min(self.local), max(self.local))


def _stretch(time: EventTime) -> tuple[datetime, datetime]:
    if time.start is None or time.end is None or time.end - time.start <= _MINUTE:
        return time.best, time.best + _MINUTE
    return time.start, time.end


def _next(day: date) -> date:
    return day if day == date.max else day + timedelta(days=1)


def _is_plain(zone: ZoneInfo, moment: datetime) -> bool:
    """Whether the moment's wall-clock time names it alone, under the zone's present rules."""
    local = moment.astimezone(zone)
    if not _since(zone) <= local.year <= _LAST:
        return False
    other = local.replace(fold=1 - local.fold)
    return other.utcoffset() == local.utcoffset()


@lru_cache(maxsize=64)
def _since(zone: ZoneInfo) -> int:
    """The first year from which every year up to 2037 changes its clocks as often, to the same offsets."""
    rules = _rules(zone, _LAST)
    year = _LAST
    while year > _FIRST and _rules(zone, year - 1) == rules:
        year -= 1
    return year


def _rules(zone: ZoneInfo, year: int) -> tuple[timedelta, tuple[tuple[timedelta, timedelta], ...]]:
    changes = _changes(zone, datetime(year, 1, 1, tzinfo=UTC), datetime(year + 1, 1, 1, tzinfo=UTC))
    january = _offset(zone, datetime(year, 1, 1, tzinfo=UTC))
    return january, tuple((_offset(zone, at - timedelta(seconds=1)), _offset(zone, at)) for at in changes)


def _offset(zone: ZoneInfo, moment: datetime) -> timedelta:
    offset = moment.astimezone(zone).utcoffset()
    assert offset is not None
    return offset


def _changes(zone: ZoneInfo, low: datetime, high: datetime) -> tuple[datetime, ...]:
    """The moments in [low, high) from which the zone has another offset, to the second (UTC)."""
    found = []
    day = low
    while day < high:
        following = min(day + timedelta(days=1), high)
        if _offset(zone, day) != _offset(zone, following):
            found.append(_change(zone, day, following))
        day = following
    return tuple(found)


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second with the later offset, by halving."""
    old = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def timezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """VTIMEZONE over the years of the two moments: one block for how the first year begins, one for each change after.

    Onsets stand in the wall-clock time that was left (RFC 5545, 3.6.5).
    """
    low = datetime(first.astimezone(zone).year, 1, 1, tzinfo=zone)
    block = Timezone()
    block.add("TZID", zone.key)
    block.add_component(_observance(zone, low, low.utcoffset() or timedelta(0)))
    for change in _changes(zone, low.astimezone(UTC), last.astimezone(UTC)):
        block.add_component(_observance(zone, change, _offset(zone, change - timedelta(seconds=1))))
    return block


def _observance(zone: ZoneInfo, change: datetime, left: timedelta) -> TimezoneStandard | TimezoneDaylight:
    local = change.astimezone(zone)
    part = TimezoneDaylight() if local.dst() else TimezoneStandard()
    part.add("DTSTART", (change.astimezone(UTC) + left).replace(tzinfo=None))
    part.add("TZOFFSETFROM", left)
    part.add("TZOFFSETTO", local.utcoffset())
    name = local.tzname()
    if name and name.isalpha():
        part.add("TZNAME", name)
    return part
