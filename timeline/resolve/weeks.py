"""Weeks and what is counted in them: weekdays, weekends, parts of a week, the nth week of a month or year."""

from __future__ import annotations

from datetime import date, timedelta

from timeline import calendar
from timeline.interval import Grain
from timeline.model import AnchorKind, Span
from timeline.resolve.periods import named_period
from timeline.resolve.state import Clause, Days, Scene, Story
from timeline.timex import Base, Timex

_DAY = timedelta(days=1)


def one_day(day: date | None, kind: AnchorKind, *why: str, span: Span | None = None) -> Days | None:
    """A single day with its anchor and reasons, ``None`` where the calendar has none."""
    after = calendar.add_days(day, 1) if day is not None else None
    if day is None or after is None:
        return None
    return Days(day, after, Grain.DAY, kind, [reason for reason in why if reason], anchor_span=span)


def period_base(timex: Timex, scene: Scene, story: Story) -> tuple[date | None, AnchorKind, Span | None]:
    """The day a shift by months or weeks is counted from."""
    if timex.base is Base.PUBLICATION:
        return scene.today, AnchorKind.PUBLICATION, None
    return story.period, AnchorKind.NARRATIVE, story.period_span


def week_based(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    """The days of an expression of weeks and weekdays."""
    if timex.nth is not None:
        return _nth(timex, scene, story, clause)
    if timex.month is not None or timex.shift_unit in ("month", "year") or timex.year is not None:
        return _first_weekday(timex, scene, story, clause)
    if timex.shift_unit == "week":
        base, kind, span = period_base(timex, scene, story)
        if base is None:
            return None
        monday = calendar.add_days(calendar.week_start(base), 7 * timex.shift)
        return _in_week(timex, monday, kind, span)
    if scene.today is None:
        return None
    if timex.week_part is not None:
        return _bare_week_part(timex, scene, clause)
    return _weekday(timex, scene, clause)


_PARTS_OF_WEEK = {
    "weekend": (5, 7, Grain.WEEKEND),
    "midweek": (0, 5, Grain.WEEK),
    "early": (0, 2, Grain.WEEK),
    "middle": (2, 4, Grain.WEEK),
    "late": (3, 5, Grain.WEEK),
}


def _in_week(timex: Timex, monday: date | None, kind: AnchorKind, span: Span | None = None) -> Days | None:
    if monday is None:
        return None
    if timex.weekday is not None:
        return one_day(calendar.add_days(monday, timex.weekday), kind, span=span)
    part = timex.week_part or {"early": "early", "mid": "middle", "late": "late"}.get(timex.portion or "")
    low, high, grain = _PARTS_OF_WEEK.get(part or "", (0, 7, Grain.WEEK))
    first, last = calendar.add_days(monday, low), calendar.add_days(monday, high)
    if first is None or last is None:
        return None
    return Days(first, last, grain, kind, approximate=bool(part) and part != "weekend", anchor_span=span)


def _bare_week_part(timex: Timex, scene: Scene, clause: Clause) -> Days | None:
    assert scene.today is not None
    monday = calendar.week_start(scene.today)
    shift = {-1: -1, 0: 0, 1: 0, 2: 1, 3: 1, None: 0}[timex.direction]
    why = ""
    if timex.direction is None and clause.tense < 0 and scene.today.weekday() < 5:
        shift, why = -1, "told as past: the week before"
    return_days = _in_week(timex, calendar.add_days(monday, 7 * shift), AnchorKind.PUBLICATION)
    if return_days is not None and why:
        return_days.why.append(why)
    return return_days


def _weekday(timex: Timex, scene: Scene, clause: Clause) -> Days | None:
    assert scene.today is not None
    assert timex.weekday is not None
    today, weekday = scene.today, timex.weekday
    before = calendar.add_days(today, -((today.weekday() - weekday - 1) % 7) - 1)
    after = calendar.add_days(today, (weekday - today.weekday() - 1) % 7 + 1)
    if timex.direction == 0:
        return _in_week(timex, calendar.week_start(today), AnchorKind.PUBLICATION)
    if timex.direction is not None:
        return one_day(before if timex.direction < 0 else after, AnchorKind.PUBLICATION)
    if today.weekday() == weekday and (clause.tense < 0 or not clause.bare):
        return one_day(today, AnchorKind.PUBLICATION, "the day of publication itself")
    if clause.tense < 0:
        return one_day(before, AnchorKind.PUBLICATION, "told as past: looks back from the publication")
    return one_day(after, AnchorKind.PUBLICATION, "the coming one")


def _bounds(timex: Timex, scene: Scene, story: Story, clause: Clause) -> tuple[date, date, AnchorKind] | None:
    """The first and last day of the month or year in which weeks or weekdays are counted."""
    bare = Timex(
        year=timex.year,
        short_year=timex.short_year,
        month=timex.month,
        shift_unit=timex.shift_unit,
        shift=timex.shift,
        base=timex.base,
        direction=timex.direction,
    )
    period = named_period(bare, scene, story, clause)
    if period is None:
        return None
    return period.first, period.last - _DAY, period.kind


def _nth(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    if timex.month is None and timex.shift_unit not in ("month", "year") and timex.year is None:
        if scene.today is None:
            return None
        for months in (0, 1, 2):
            start = calendar.month_start(scene.today.year, scene.today.month + months)
            if start is None:
                return None
            end = calendar.make_date(start.year, start.month, -1) or start
            found = _count(timex, start, end, AnchorKind.PUBLICATION)
            if found is not None and (clause.tense < 0 or found.last > scene.today):
                return found
        return None
    bounds = _bounds(timex, scene, story, clause)
    return None if bounds is None else _count(timex, *bounds)


def _count(timex: Timex, first: date, last: date, kind: AnchorKind) -> Days | None:
    assert timex.nth is not None
    if not timex.nth_week:
        assert timex.weekday is not None
        return one_day(calendar.nth_weekday(first, last, timex.weekday, timex.nth), kind)
    monday = (
        calendar.nth_week(first.year, first.month, timex.nth)
        if last.month == first.month
        else (
            calendar.add_days(calendar.week_start(first), 7 * (timex.nth - 1))
            if timex.nth > 0
            else calendar.week_start(last)
        )
    )
    result = _in_week(timex, monday, kind)
    if result is not None:
        result.why.append("weeks of a month are counted by calendar rows: the row that holds the 1st is the first")
    return result


def _first_weekday(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    bounds = _bounds(timex, scene, story, clause)
    if bounds is None or timex.weekday is None:
        return None
    return one_day(calendar.nth_weekday(bounds[0], bounds[1], timex.weekday, 1), bounds[2], "the first such weekday")
