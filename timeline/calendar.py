"""Calendars and zones: month arithmetic, weeks, the Korean lunisolar calendar, solar terms and named time zones.

Dates are ``datetime.date`` and wall-clock ``datetime`` without zone inside this module's arithmetic; :func:`localize`
gives them their zone at the end, so that an hour named in Seoul stays that hour whatever the offset was that year.
"""

from __future__ import annotations

import calendar as _calendar
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING

from timeline.errors import UsageError

if TYPE_CHECKING:
    from korean_lunar_calendar import KoreanLunarCalendar
    from pendulum.tz.timezone import Timezone

FIRST_YEAR, LAST_YEAR = 1, 9998


@lru_cache(maxsize=64)
def zone(name: str) -> Timezone:
    """The named IANA zone. UsageError when there is none of that name."""
    import pendulum  # loaded with the first zone: commands that tell no time start without it

    try:
        return pendulum.timezone(name)
    except (ValueError, KeyError, OSError) as error:
        raise UsageError(f"time zone {name!r} is not known: use an IANA name such as Asia/Seoul or UTC") from error


def zone_at(moment: datetime, preferred: str) -> str:
    """The name of a zone the aware moment is written in: the preferred one if it has that offset then, else a fixed
    one.
    """
    offset = moment.utcoffset() or timedelta(0)
    if moment.astimezone(zone(preferred)).utcoffset() == offset:
        return preferred
    hours = round(offset.total_seconds() / 3600)
    return f"Etc/GMT{-hours:+d}" if hours else "UTC"


def localize(moment: datetime, tz: tzinfo) -> datetime:
    """The wall-clock moment in the zone. A time that clocks skip on going forward is as much later as they go (02:30 is
    03:30, as RFC 5545 reads it); of a time they show twice, the first. Before the zone kept a standard time (offsets
    with seconds, which ISO 8601 cannot write), its present standard offset is used.
    """
    return _localize(moment, moment.fold, tz)


@lru_cache(maxsize=4096)
def _localize(moment: datetime, fold: int, tz: tzinfo) -> datetime:
    """As :func:`localize`; two moments that differ in their fold alone are equal, so the fold is part of the key."""
    placed = moment.replace(tzinfo=tz, fold=fold)
    if moment.year >= 1970:
        later = placed.replace(fold=1)
        return _past_gap(later, placed) if placed.utcoffset() != later.utcoffset() else placed
    offset = placed.utcoffset()
    if offset is None or offset.total_seconds() % 60 == 0:
        return placed
    modern = datetime(2000, 1, 1, tzinfo=tz).utcoffset() or timedelta(0)
    return moment.replace(tzinfo=timezone(modern), fold=fold)


def _past_gap(later: datetime, placed: datetime) -> datetime:
    """A time the clocks change around: what pendulum makes of one they skip, else its first occurrence."""
    from pendulum.tz.timezone import Timezone

    tz, before, after = placed.tzinfo, placed.utcoffset(), later.utcoffset()
    assert before is not None
    assert after is not None
    return tz.convert(later.replace(tzinfo=None)) if before < after and isinstance(tz, Timezone) else placed


def midnight(day: date) -> datetime:
    """The wall-clock midnight that begins the day."""
    return datetime.combine(day, time.min)


@lru_cache(maxsize=4096)
def make_date(year: int, month: int, day: int) -> date | None:
    """The date, or ``None`` where the calendar has none; day -1 is the month's last."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12):
        return None
    last = days_in_month(year, month)
    if day == -1:
        return date(year, month, last)
    return date(year, month, day) if 1 <= day <= last else None


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    return _calendar.monthrange(year, month)[1]


def add_months(day: date, months: int) -> date | None:
    """The same day so many months on, or the month's last day where it is shorter; ``None`` outside the calendar."""
    import pendulum

    try:
        moved = pendulum.Date(day.year, day.month, day.day).add(months=months)
    except (ValueError, OverflowError):
        return None
    return make_date(moved.year, moved.month, moved.day)


def add_days(day: date, days: int) -> date | None:
    """The date so many days on; ``None`` outside the calendar."""
    if abs(days) > 4_000_000:
        return None
    try:
        moved = day + timedelta(days=days)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def add_seconds(moment: datetime, seconds: float) -> datetime | None:
    """The wall-clock moment so many seconds on; ``None`` outside the calendar."""
    if abs(seconds) > 1e11:
        return None
    try:
        moved = moment + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def month_start(year: int, month: int) -> date | None:
    """The first of the month, where months below 1 and above 12 run into other years."""
    shifted, index = divmod(month - 1, 12)
    return make_date(year + shifted, index + 1, 1)


def week_start(day: date) -> date:
    """The Monday of the week."""
    return add_days(day, -day.weekday()) or day


def nth_weekday(first: date, last: date, weekday: int, nth: int) -> date | None:
    """The nth such weekday from ``first`` to ``last`` inclusive; -1 is the last one."""
    if nth == -1:
        found = add_days(last, -((last.weekday() - weekday) % 7))
        return found if found is not None and found >= first else None
    found = add_days(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found is not None and found <= last else None


def nth_week(year: int, month: int, nth: int) -> date | None:
    """The Monday of the month's nth calendar row (the row holding the 1st is the first; -1 the row of the last day)."""
    first = make_date(year, month, 1)
    if first is None:
        return None
    if nth == -1:
        last = make_date(year, month, -1)
        return None if last is None else week_start(last)
    return add_days(week_start(first), 7 * (nth - 1))


@lru_cache(maxsize=512)
def lunar_to_solar(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """The Gregorian date of a day of the Korean lunisolar calendar (KASI tables, years 1000 to 2050); -1 is the last
    day.
    """
    table = _lunar_table()
    for candidate in (30, 29) if day == -1 else (day,):
        if table.setLunarDate(year, month, candidate, leap):
            return date(table.solarYear, table.solarMonth, table.solarDay)
    return None


@lru_cache(maxsize=1)
def _lunar_table() -> KoreanLunarCalendar:
    """The library's tables; making one converts a first date, which takes longer than what is asked of it."""
    from korean_lunar_calendar import KoreanLunarCalendar

    return KoreanLunarCalendar()


@lru_cache(maxsize=256)
def solar_term(year: int, longitude: int) -> date | None:
    """The day in Korea on which the sun reaches the ecliptic longitude (동지 is 270), to the accuracy of a day.

    Meeus, Astronomical Algorithms (1998), low-precision solar position of chapter 25, good to 0.01 degrees.
    """
    import math

    start = make_date(year, 1, 1)
    if start is None:
        return None
    before: float | None = None
    for offset in range(-1, 366):
        day = add_days(start, offset)
        if day is None:
            return None
        # Julian day of the end of the Korean day: midnight in Seoul is 15:00 UTC.
        julian = day.toordinal() + 1721424.5 + 15 / 24
        centuries = (julian - 2451545.0) / 36525
        anomaly = math.radians(357.52911 + 35999.05029 * centuries)
        sun = 280.46646 + 36000.76983 * centuries + 1.914602 * math.sin(anomaly) + 0.019993 * math.sin(2 * anomaly)
        passed = (sun - 0.00569 - longitude) % 360
        if before is not None and before > 180 > passed:
            return day
        before = passed
    return None
