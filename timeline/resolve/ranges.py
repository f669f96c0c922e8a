"""Ranges: two ends that share what only one of them says, and a start with a length."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from timeline import calendar
from timeline.interval import Grain
from timeline.resolve.days import resolve_days
from timeline.resolve.hours import in_part, resolve_moment
from timeline.resolve.parts import late_in_day
from timeline.resolve.state import Clause, Days, Reading, Scene, Story
from timeline.resolve.windows import shift_moment
from timeline.timex import Part, Timex

_DAY = timedelta(days=1)


def days_reading(timex: Timex, days: Days) -> Reading:
    """Whole days as a reading; "27일 늦게" narrows to the late hours."""
    if timex.part_edge is not None and days.is_day:
        return late_in_day(days, timex.part_edge)
    start, end = calendar.midnight(days.first), calendar.midnight(days.last)
    reading = Reading(
        start, end, days.grain, days.kind, why=list(days.why), others=list(days.others), anchor_span=days.anchor_span
    )
    reading.approximate = days.approximate or timex.approximate
    if days.low is not None and days.high is not None:
        reading.low, reading.high = calendar.midnight(days.low), calendar.midnight(days.high)
    elif timex.approximate and days.is_day:
        reading.low, reading.high = start - _DAY, end + _DAY
    return reading


def resolve_point(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """The reading of one point: a clock time, a part of a day, or whole days."""
    if timex.has_clock or (timex.part is not None and timex.part is not Part.ALL_DAY):
        return resolve_moment(timex, scene, story, clause)
    days = resolve_days(timex, scene, story, clause)
    return None if days is None else days_reading(timex, days)


def resolve_range(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """The whole stretch from the first end's start to the second end's end (a clock time ends it where it is named)."""
    assert timex.first is not None
    head = timex.first
    if timex.second_end is not None:
        head = _share_back(head, timex.second_end)
    first = resolve_point(head, scene, story, clause)
    if first is None:
        return None
    if timex.amount is not None:
        return _with_length(timex, first)
    assert timex.second_end is not None
    end = _second_end(head, timex.second_end, first, scene, story, clause)
    if end is None:
        return None
    return _joined(timex, first, end)


_DATE_FIELDS = (
    "year",
    "short_year",
    "month",
    "day",
    "weekday",
    "shift_unit",
    "shift",
    "base",
    "direction",
    "holiday",
    "zone",
)


def _share_back(first: Timex, second: Timex) -> Timex:
    """A first end that says less takes it from the second: the part of day of "3시~오후 5시", the day of "3 to 5 on
    Monday".
    """
    if not (first.has_clock and second.has_clock):
        return first
    if second.has_date and not first.has_date and first.head is None and second.day is None and first.part is None:
        first = replace(first, **{name: getattr(second, name) for name in _DATE_FIELDS})
    unmarked = first.part is None and first.meridiem is None and first.hour is not None
    if (
        unmarked
        and second.part is not None
        and second.hour is not None
        and (first.hour or 0) < (second.hour % 12 or 12)
    ):
        return replace(first, part=second.part)
    return first


def day_of_next(timex: Timex, following: Timex | None) -> Timex:
    """The clock time with the day said once after the two of them: "opened at 7 a.m. and closed at 8 p.m. on Tuesday"."""
    if following is None or not following.has_clock or not following.names_day or following.first is not None:
        return timex
    bare = timex.has_clock and not timex.has_date and timex.head is None and timex.first is None and timex.part is None
    if not bare:
        return timex
    return replace(timex, **{name: getattr(following, name) for name in _DATE_FIELDS})


def _with_length(timex: Timex, first: Reading) -> Reading | None:
    assert timex.amount is not None
    end = shift_moment(first.start, timex.amount, 1)
    if end is None:
        return None
    reading = Reading(
        first.start,
        end,
        first.grain,
        first.kind,
        first.low,
        None,
        timex.approximate or first.approximate,
        list(first.why),
        list(first.others),
        first.zone,
        first.anchor_span,
        timex.amount.iso(),
    )
    slack = (first.high - first.end) if first.high is not None and first.approximate else timedelta(0)
    if timex.approximate:
        slack += timedelta(seconds=min(timex.amount.seconds_in_all, 86400 * 30) / 10)
    reading.high = end + max(slack, timedelta(0))
    reading.why.append("the end is the start and the length said")
    return reading


def _second_end(
    head: Timex, second: Timex, first: Reading, scene: Scene, story: Story, clause: Clause
) -> Reading | None:
    if second.amount is not None:
        moved = shift_moment(first.start, second.amount, 1)
        return None if moved is None else Reading(moved, moved, first.grain, first.kind)
    dated = second.has_date or second.head is not None
    if (second.has_clock or second.part is not None) and not dated:
        return _later_clock(head, second, first, scene, clause)
    if not (second.has_clock or second.part is not None) and _only_finer(second):
        return _shared_head(head, second, first)
    inherited = _inherit(head, second)
    ahead = clause.told_as_plan()
    shifted = replace(scene, now=first.start) if inherited is second and _floating(second) else scene
    reading = resolve_point(inherited, shifted, Story(last=first.start.date(), day=first.start.date()), ahead)
    if reading is not None and reading.end <= first.start and _floating(second):
        return _next_year(reading)
    return reading


def _floating(timex: Timex) -> bool:
    return timex.year is None and timex.shift_unit is None and timex.direction != -1


def _next_year(reading: Reading) -> Reading | None:
    start, end = calendar.add_months(reading.start.date(), 12), calendar.add_months(reading.end.date(), 12)
    if start is None or end is None:
        return None
    reading.start = datetime.combine(start, reading.start.time())
    reading.end = datetime.combine(end, reading.end.time())
    return reading


def _only_finer(second: Timex) -> bool:
    """Whether the second end is a bare day, month, weekday or year number."""
    return (
        second.shift_unit is None
        and second.direction is None
        and second.year is None
        and second.head is None
        and (
            (second.day is not None and second.month is None)
            or (second.month is not None and second.day is None)
            or (second.weekday is not None and second.nth is None and second.day is None)
        )
        and second.portion is None
        and second.quarter is None
        and second.holiday is None
        and not second.lunar
    )


def _shared_head(head: Timex, second: Timex, first: Reading) -> Reading | None:
    base = first.start.date()
    if second.day is not None:
        day = calendar.make_date(base.year, base.month, second.day)
        if day is None or day < base:
            after = calendar.month_start(base.year, base.month + 1)
            day = calendar.make_date(after.year, after.month, second.day) if after else None
        grain = Grain.DAY
        end = day + _DAY if day is not None else None
    elif second.month is not None:
        year = base.year + (1 if second.month < base.month else 0)
        day, end, grain = (
            calendar.month_start(year, second.month),
            calendar.month_start(year, second.month + 1),
            Grain.MONTH,
        )
    else:
        assert second.weekday is not None
        day = calendar.add_days(base, (second.weekday - base.weekday()) % 7)
        end, grain = (day + _DAY if day is not None else None), Grain.DAY
    if day is None or end is None:
        return None
    return Reading(calendar.midnight(day), calendar.midnight(end), grain, first.kind)


def _inherit(head: Timex, second: Timex) -> Timex:
    """The second end with the year or month the first one says, where it says none."""
    if second.year is None and second.shift_unit is None and second.direction is None and head.year is not None:
        if second.month is not None and (head.month is None or second.month >= head.month):
            return replace(second, year=head.year, short_year=head.short_year)
        if second.month is not None:
            return replace(second, year=head.year + 1, short_year=head.short_year)
    if second.day is not None and second.month is None and head.month is not None and second.shift_unit is None:
        return replace(second, month=head.month, year=head.year, short_year=head.short_year)
    return second


def _later_clock(head: Timex, second: Timex, first: Reading, scene: Scene, clause: Clause) -> Reading | None:
    """The first such clock time after the first end; am or pm is shared where that keeps the order."""
    day = calendar.midnight(first.start)
    if second.part is not None and not second.has_clock:
        window = scene.grammar.windows[second.part]
        end = day + timedelta(minutes=window.end)
        return Reading(
            day + timedelta(minutes=window.start),
            end if end > first.start else end + _DAY,
            Grain.PART_OF_DAY,
            first.kind,
        )
    if second.midnight:
        moment = day + _DAY + timedelta(minutes=second.minute_shift)
        return Reading(moment, moment, Grain.MINUTE, first.kind)
    assert second.hour is not None
    rest = timedelta(minutes=second.minute or 0, seconds=second.second or 0)
    if second.part is not None:
        hours = [in_part(second.hour, second.part)]
    elif second.meridiem in ("am", "pm"):
        hours = [second.hour % 12 + (12 if second.meridiem == "pm" else 0)]
    elif second.meridiem == "24" or second.hour > 12:
        hours = [second.hour]
    else:
        hours = [second.hour % 12, second.hour % 12 + 12, second.hour % 12 + 24]
    same = (second.hour, second.minute or 0) == (head.hour, head.minute or 0)
    moments = [day + timedelta(hours=hour) + rest for hour in hours]
    after = [moment for moment in moments if moment > first.start or (same and moment == first.start)]
    moment = min(after) if after else max(moments) + _DAY
    grain = Grain.MINUTE if second.minute is not None else Grain.HOUR
    return Reading(moment, moment, grain, first.kind)


def _joined(timex: Timex, first: Reading, end: Reading) -> Reading:
    last = end.start if end.grain.is_clock() else end.end
    if last < first.start:
        last = first.end
    grain = first.grain if first.grain.order <= end.grain.order else end.grain
    reading = Reading(
        first.start,
        last,
        grain,
        first.kind,
        first.low,
        None,
        timex.approximate or first.approximate,
        list(first.why),
        list(first.others),
        first.zone,
        first.anchor_span,
    )
    reading.high = max(last, end.high) if end.high is not None and end.approximate else last
    return reading
