"""Stretches that end or begin with the publication (지난 3개월간, the next two years) and terms within which to act."""

from __future__ import annotations

from datetime import date, datetime

from timeline import calendar
from timeline.interval import Grain
from timeline.model import AnchorKind
from timeline.resolve.state import Clause, Reading, Scene
from timeline.timex import Amount, Elapsed, Timex, amount_of

_CLOCK_UNITS = ("hours", "minutes", "seconds")


def shift_moment(moment: datetime, amount: Amount, sign: int) -> datetime | None:
    """The wall-clock moment moved by the amount; months and years keep the day where they can."""
    months = round(sign * (12 * amount.years + amount.months))
    day = calendar.add_months(moment.date(), months) if months else moment.date()
    if day is None:
        return None
    return calendar.add_seconds(datetime.combine(day, moment.time()), sign * amount.seconds_in_all)


def window(timex: Timex, amount: Amount, scene: Scene, clause: Clause) -> Reading | None:
    """The stretch of the amount that ends or begins with the publication; whole calendar units where that is meant."""
    if scene.now is None:
        return None
    back = timex.elapsed is Elapsed.LAST
    if timex.whole_units and clause.bare:
        bounds = _whole(amount, scene.now, back)
    elif amount.unit in _CLOCK_UNITS:
        moved = shift_moment(scene.now, amount, -1 if back else 1)
        bounds = None if moved is None else (moved, scene.now) if back else (scene.now, moved)
    else:
        today = calendar.midnight(scene.now.date())
        moved = shift_moment(today, amount, -1 if back else 1)
        bounds = None if moved is None else (moved, today) if back else (today, moved)
    if bounds is None:
        return None
    reading = Reading(
        bounds[0], bounds[1], _GRAINS.get(amount.unit, Grain.DAY), AnchorKind.PUBLICATION, duration=amount.iso()
    )
    reading.approximate = timex.approximate
    return reading


_GRAINS = {
    "years": Grain.YEAR,
    "months": Grain.MONTH,
    "weeks": Grain.WEEK,
    "days": Grain.DAY,
    "hours": Grain.HOUR,
    "minutes": Grain.MINUTE,
    "seconds": Grain.SECOND,
}


def _floor(now: datetime, unit: str) -> datetime:
    if unit == "seconds":
        return now.replace(microsecond=0)
    if unit == "minutes":
        return now.replace(second=0, microsecond=0)
    if unit == "hours":
        return now.replace(minute=0, second=0, microsecond=0)
    day: date = now.date()
    if unit == "weeks":
        day = calendar.week_start(day)
    elif unit == "months":
        day = day.replace(day=1)
    elif unit == "years":
        day = day.replace(month=1, day=1)
    return calendar.midnight(day)


def _whole(amount: Amount, now: datetime, back: bool) -> tuple[datetime, datetime] | None:
    """Whole calendar units next to the current one: "지난 두 달" is the two months before this."""
    unit = amount.unit
    edge = _floor(now, unit)
    if not back:
        moved_edge = shift_moment(edge, amount_of(unit, 1), 1)
        end = shift_moment(moved_edge, amount, 1) if moved_edge else None
        return (moved_edge, end) if moved_edge is not None and end is not None else None
    start = shift_moment(edge, amount, -1)
    return (start, edge) if start is not None else None


_FINER = {
    "years": "months",
    "months": "days",
    "weeks": "days",
    "days": "hours",
    "hours": "minutes",
    "minutes": "seconds",
    "seconds": "seconds",
}


def deadline(amount: Amount, scene: Scene) -> Reading | None:
    """ "한 시간 안에": the moment the amount runs out, one grain finer than it was said in."""
    if scene.now is None or (amount.unit in _CLOCK_UNITS and not scene.now_is_moment):
        return None
    moved = shift_moment(scene.now, amount, 1)
    if moved is None:
        return None
    unit = _FINER[amount.unit]
    start = _floor(moved, unit)
    end = shift_moment(start, amount_of(unit, 1), 1)
    return (
        None
        if end is None
        else Reading(start, end, _GRAINS[unit], AnchorKind.PUBLICATION, why=["the end of the time allowed"])
    )
