"""Periods longer than a day: months, years, quarters, halves, seasons, decades, holidays and their early and late
parts.
"""

from __future__ import annotations

from datetime import date, timedelta

from timeline import calendar
from timeline.interval import Grain
from timeline.model import AnchorKind, Span
from timeline.resolve.state import Clause, Days, Scene, Story
from timeline.timex import Base, Holiday, Timex

_DAY = timedelta(days=1)


def named_period(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    """The month, year or other period the expression names, or ``None`` where the text does not tell."""
    if timex.decade is not None:
        return _decade(timex)
    if timex.century is not None:
        start, end = (
            calendar.make_date(timex.century * 100 - 99, 1, 1),
            calendar.make_date(timex.century * 100 + 1, 1, 1),
        )
        return _span(start, end, Grain.CENTURY, AnchorKind.EXPLICIT, timex)
    if timex.holiday is not None:
        return _holiday(timex, timex.holiday, scene, story, clause)
    for value, unit, months, offset, grain in (
        (timex.half, "half", 6, 0, Grain.HALF),
        (timex.quarter, "quarter", 3, 0, Grain.QUARTER),
        (timex.season, "season", 3, 2, Grain.SEASON),
        (timex.term, "term", 6, 2, Grain.HALF),
    ):
        if value is not None:
            index = value if unit == "season" else value - 1
            return _part_of_year(timex, index * months + offset + 1, months, grain, scene, story, clause)
    if timex.month is not None or timex.shift_unit == "month":
        return _month(timex, scene, story, clause)
    if timex.shift_unit == "quarter":
        return _shifted_quarter(timex, scene)
    return _year(timex, scene, story)


def _span(
    start: date | None,
    end: date | None,
    grain: Grain,
    kind: AnchorKind,
    timex: Timex,
    why: str = "",
    span: Span | None = None,
) -> Days | None:
    if start is None or end is None:
        return None
    days = Days(start, end, grain, kind, [why] if why else [], anchor_span=span)
    by_its_end = timex.bound == "until" and grain is Grain.YEAR and timex.portion in ("late", "december", "end")
    if timex.portion is not None and not by_its_end:  # "by the end of the year" leaves the whole year open
        _portion(days, timex.portion, grain)
    return days


def _portion(days: Days, portion: str, grain: Grain) -> None:
    """Narrow a period to its early, middle or late part; parts of a month are 1-10, 11-20 and 21 to its end."""
    first, last = days.first, days.last
    days.approximate = True
    if grain is Grain.MONTH:
        tenth, twentieth = first + timedelta(days=10), first + timedelta(days=20)
        low, high = {"early": (first, tenth), "mid": (tenth, twentieth), "late": (twentieth, last)}[portion]
        days.first, days.last, days.grain = low, high, Grain.PART_OF_MONTH
        days.low, days.high = low - timedelta(days=3), high + timedelta(days=3)
        return
    if grain is Grain.YEAR:
        _portion_of_year(days, portion)
        return
    third = (last - first).days // 3
    low, high = {
        "early": (first, first + timedelta(days=third)),
        "mid": (first + timedelta(days=third), last - timedelta(days=third)),
        "late": (last - timedelta(days=third), last),
    }[portion]
    days.low, days.high = first, last
    days.first, days.last = low, high


def _portion_of_year(days: Days, portion: str) -> None:
    year = days.first.year
    months = {
        "early": (1, 4),
        "mid": (5, 9),
        "late": (12, 13),
        "december": (12, 13),
        "january": (1, 2),
        "end": (12, 13),
    }[portion]
    wide = {
        "early": (1, 5),
        "mid": (4, 10),
        "late": (10, 13),
        "december": (11, 13),
        "january": (1, 4),
        "end": (12, 13),
    }[portion]
    first, last = calendar.month_start(year, months[0]), calendar.month_start(year, months[1])
    if first is None or last is None:
        return
    days.first, days.last = first, last
    days.low, days.high = calendar.month_start(year, wide[0]), calendar.month_start(year, wide[1])
    days.grain = Grain.MONTH if months[1] - months[0] == 1 else Grain.QUARTER


def _decade(timex: Timex) -> Days | None:
    assert timex.decade is not None
    start, end = calendar.make_date(timex.decade, 1, 1), calendar.make_date(timex.decade + 10, 1, 1)
    return _span(start, end, Grain.DECADE, AnchorKind.EXPLICIT, timex)


def _base_of(timex: Timex, scene: Scene, story: Story) -> tuple[date | None, AnchorKind, Span | None]:
    if timex.base is Base.PUBLICATION:
        return scene.today, AnchorKind.PUBLICATION, None
    return story.period, AnchorKind.NARRATIVE, story.period_span


def year_of(timex: Timex, scene: Scene, story: Story) -> tuple[int | None, AnchorKind, Span | None]:
    """The year said, written out or counted from a base, and its anchor."""
    if timex.year is not None:
        year = timex.year
        if timex.short_year:
            now = scene.today.year if scene.today is not None else 2024
            year += now // 100 * 100 if year <= now % 100 + 20 else now // 100 * 100 - 100
        return year, AnchorKind.EXPLICIT, None
    if timex.shift_unit == "year":
        base, kind, span = _base_of(timex, scene, story)
        return (base.year + timex.shift if base is not None else None), kind, span
    return None, AnchorKind.PUBLICATION, None


def _year(timex: Timex, scene: Scene, story: Story) -> Days | None:
    year, kind, span = year_of(timex, scene, story)
    if year is None:
        return None
    year += _turned(timex, scene)
    start, end = calendar.make_date(year, 1, 1), calendar.make_date(year + 1, 1, 1)
    return _span(start, end, Grain.YEAR, kind, timex, span=span)


def _turned(timex: Timex, scene: Scene) -> int:
    """지난 연말 is the last one: of this year once that has passed, else of the year before."""
    if timex.direction is None or timex.portion is None or timex.shift_unit != "year" or scene.today is None:
        return 0
    month = scene.today.month
    if timex.direction < 0:
        return -1 if timex.portion in ("december", "late", "end") or month == 1 else 0
    return 1 if timex.direction > 0 and timex.portion == "january" else 0


def _month(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    year, kind, span = year_of(timex, scene, story)
    if timex.shift_unit == "month":
        base, kind, span = _base_of(timex, scene, story)
        if base is None:
            return None
        start = calendar.month_start(base.year, base.month + timex.shift)
        return _months(start, 1, Grain.MONTH, kind, timex, span=span)
    assert timex.month is not None
    if year is not None:
        return _months(calendar.month_start(year, timex.month), 1, Grain.MONTH, kind, timex, span=span)
    if timex.shift_unit == "year":
        return None
    if (
        story.year is not None
        and timex.direction is None
        and (scene.today is None or abs((scene.today - story.year).days) > 200)
    ):
        return _months(
            calendar.month_start(story.year.year, timex.month),
            1,
            Grain.MONTH,
            AnchorKind.NARRATIVE,
            timex,
            "continues the year told before it",
            story.last_span,
        )
    return _nearest(timex, timex.month, 1, Grain.MONTH, scene, clause)


def _months(
    start: date | None,
    count: int,
    grain: Grain,
    kind: AnchorKind,
    timex: Timex,
    why: str = "",
    span: Span | None = None,
) -> Days | None:
    if start is None:
        return None
    return _span(start, calendar.month_start(start.year, start.month + count), grain, kind, timex, why, span)


def _nearest(timex: Timex, month: int, count: int, grain: Grain, scene: Scene, clause: Clause) -> Days | None:
    """The period beginning in that month whose year is not said: by direction, tense, else the current or nearer
    one.
    """
    today = scene.today
    if today is None:
        return None
    starts = [start for year in (-2, -1, 0, 1, 2) if (start := calendar.month_start(today.year + year, month))]
    current = [
        start for start in starts if start <= today < (calendar.month_start(start.year, start.month + count) or start)
    ]
    back = [start for start in starts if start <= today and start not in current]
    ahead = [start for start in starts if start > today]
    kind = AnchorKind.PUBLICATION if timex.direction is not None else AnchorKind.EXPLICIT
    this_year = next((start for start in starts if start.year == today.year), None)
    if grain in (Grain.HALF, Grain.QUARTER) and timex.direction is None and clause.tense > 0 and this_year:
        return _months(this_year, count, grain, kind, timex, "of this year: that of the next would be called so")
    start, why = _side(timex.direction, clause, today, current, back, ahead)
    return _months(start, count, grain, kind, timex, why)


def _side(
    direction: int | None, clause: Clause, today: date, current: list[date], back: list[date], ahead: list[date]
) -> tuple[date, str]:
    if direction is not None and direction < 0:
        return back[-1], ""
    if direction is not None and direction >= 2:
        return ahead[0], ""
    if direction == 0 and not current:
        this_year = [start for start in (*back, *ahead) if start.year == today.year]
        return (this_year or ahead)[0], ""
    if current:
        return current[0], ""
    if direction == 1:
        return ahead[0], ""
    if clause.tense < 0:
        return back[-1], "told as past: looks back from the publication"
    if clause.tense > 0 or clause.bare:
        return ahead[0], "told as a plan: looks forward from the publication"
    nearer = back[-1] if (today - back[-1]).days <= (ahead[0] - today).days else ahead[0]
    return nearer, "the nearer one"


def _part_of_year(
    timex: Timex, month: int, count: int, grain: Grain, scene: Scene, story: Story, clause: Clause
) -> Days | None:
    year, kind, span = year_of(timex, scene, story)
    if year is not None:
        return _months(calendar.month_start(year, month), count, grain, kind, timex, span=span)
    if timex.year is not None or timex.shift_unit == "year":
        return None
    return _nearest(timex, month if month <= 12 else month - 12, count, grain, scene, clause)


def _shifted_quarter(timex: Timex, scene: Scene) -> Days | None:
    if scene.today is None:
        return None
    month = (scene.today.month - 1) // 3 * 3 + 1 + 3 * timex.shift
    return _months(calendar.month_start(scene.today.year, month), 3, Grain.QUARTER, AnchorKind.PUBLICATION, timex)


# --- holidays


def holiday_date(rule: Holiday, year: int) -> date | None:
    """The named day in that year."""
    if rule.longitude is not None:
        return calendar.solar_term(year, rule.longitude)
    if rule.lunar:
        return calendar.lunar_to_solar(year, rule.month, rule.day)
    if rule.weekday is not None:
        first, last = calendar.make_date(year, rule.month, 1), calendar.make_date(year, rule.month, -1)
        return calendar.nth_weekday(first, last, rule.weekday, rule.nth) if first and last else None
    return calendar.make_date(year, rule.month, rule.day)


def _holiday(timex: Timex, rule: Holiday, scene: Scene, story: Story, clause: Clause) -> Days | None:
    year, kind, span = year_of(timex, scene, story)
    if year is not None:
        return _named_day(timex, rule, holiday_date(rule, year), kind, "", span)
    today = scene.today
    if today is None or timex.shift_unit is not None:
        return None
    dates = [day for offset in (-1, 0, 1) if (day := holiday_date(rule, today.year + offset))]
    back, ahead = [day for day in dates if day < today], [day for day in dates if day >= today]
    if timex.direction is not None and timex.direction < 0:
        return _named_day(timex, rule, back[-1] if back else None, AnchorKind.PUBLICATION, "")
    if timex.direction is not None and timex.direction > 0:
        return _named_day(timex, rule, ahead[0] if ahead else None, AnchorKind.PUBLICATION, "")
    if not back or not ahead:
        return _named_day(timex, rule, next(iter(back or ahead), None), AnchorKind.EXPLICIT, "")
    near_back, near_ahead = (today - back[-1]).days, (ahead[0] - today).days
    if clause.tense < 0 and near_ahead > 15:
        return _named_day(timex, rule, back[-1], AnchorKind.EXPLICIT, "told as past: looks back from the publication")
    if clause.tense > 0 or clause.bare or near_ahead <= near_back:
        return _named_day(timex, rule, ahead[0], AnchorKind.EXPLICIT, "the coming one")
    return _named_day(timex, rule, back[-1], AnchorKind.EXPLICIT, "the nearer one")


def _named_day(
    timex: Timex, rule: Holiday, day: date | None, kind: AnchorKind, why: str, span: Span | None = None
) -> Days | None:
    if day is None:
        return None
    if not timex.holiday_period:
        return Days(day, day + _DAY, Grain.DAY, kind, [why] if why else [], anchor_span=span)
    first, last = day - timedelta(days=rule.before), day + timedelta(days=rule.after)
    off = {first + timedelta(days=step) for step in range((last - first).days + 1)}
    if rule.substitute:
        off |= _substitutes(off, fixed=rule.before == 0)
    while first - _DAY in off or ((first - _DAY).weekday() >= 5 and rule.before == 0):
        first -= _DAY
    while last + _DAY in off or ((last + _DAY).weekday() >= 5 and rule.before == 0):
        last += _DAY
    return Days(
        first,
        last + _DAY,
        Grain.DAY,
        kind,
        [*([why] if why else []), "holiday with the days joined to it"],
        anchor_span=span,
    )


def _substitutes(off: set[date], fixed: bool) -> set[date]:
    """The weekday given for a holiday that falls on a weekend (for the long holidays: on a Sunday)."""
    lost = [day for day in off if day.weekday() == 6 or (fixed and day.weekday() == 5)]
    day = max(off)
    found: set[date] = set()
    for _ in lost[:1]:
        day += _DAY
        while day.weekday() >= 5:
            found.add(day)
            day += _DAY
        found.add(day)
    return found
