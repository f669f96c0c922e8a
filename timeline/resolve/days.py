"""Which days an expression names: years, months, weeks, weekdays, holidays, and shifts from what is known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from timeline import calendar
from timeline.interval import Grain
from timeline.model import AnchorKind
from timeline.resolve.periods import named_period
from timeline.resolve.state import Clause, Days, Scene, Story
from timeline.resolve.told_days import base_day, not_yet
from timeline.resolve.weeks import one_day, period_base, week_based
from timeline.timex import Timex

_DAY = timedelta(days=1)
NEARER = "the nearer one"


def resolve_days(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    """The days the expression names, or ``None`` where the text does not tell."""
    if timex.head is not None and timex.amount is None:
        return _from_head(timex, scene, story, clause)
    if timex.shift_unit == "day":
        return _shifted_day(timex, scene, story, clause)
    if timex.lunar:
        return _lunar(timex, scene, clause)
    if timex.day is not None or (timex.month is not None and timex.day is not None):
        return _dated(timex, scene, story, clause)
    if timex.weekday is not None or timex.week_part is not None or timex.shift_unit == "week" or timex.nth is not None:
        return week_based(timex, scene, story, clause)
    return named_period(timex, scene, story, clause)


def _from_head(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    assert timex.head is not None
    if timex.head.amount is not None:
        return _counted(timex.head, scene, story, clause)
    head = resolve_days(timex.head, scene, story, clause)
    if head is None:
        return None
    return one_day(calendar.add_days(head.first, timex.shift), head.kind, *head.why, "counted from the day just named")


def _counted(head: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    from timeline.resolve.amounts import resolve_amount

    reading = resolve_amount(head, scene, story, clause)
    return (
        None if reading is None else one_day(reading.start.date(), reading.kind, *reading.why, span=reading.anchor_span)
    )


def _shifted_day(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    base, kind, span, why = base_day(timex, scene, story, clause)
    if base is None:
        return _restated_only(timex, scene, story, clause)
    day = calendar.add_days(base, timex.shift)
    result = one_day(day, kind, why, span=span)
    if result is not None:
        result.approximate = timex.approximate and timex.hour is None
        _check_restated(timex, result)
    return result


def _restated_only(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    if timex.restated_day is None:
        return None
    return _dated(Timex(day=timex.restated_day, month=timex.restated_month), scene, story, clause)


def _check_restated(timex: Timex, days: Days) -> None:
    """어제(27일): the day in brackets confirms the reading, or wins as the one written out, and that is said."""
    if timex.restated_day is not None and timex.restated_day != days.first.day:
        near = [day for day in _days_numbered(timex.restated_day, days.first) if abs((day - days.first).days) <= 3]
        if near:
            days.first, days.last = near[0], near[0] + _DAY
            days.why.append("the bracketed day differs from the word beside it: the written day is taken")
    if timex.restated_weekday is not None and days.first.weekday() != timex.restated_weekday:
        days.why.append("the weekday given does not fall on this date")


def _days_numbered(number: int, around: date) -> list[date]:
    found = []
    for months in (-1, 0, 1):
        start = calendar.month_start(around.year, around.month + months)
        day = calendar.make_date(start.year, start.month, number) if start else None
        if day is not None:
            found.append(day)
    return sorted(found, key=lambda day: abs((day - around).days))


# --- dates with a day of the month


def _dated(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    assert timex.day is not None
    result = _year_given(timex, scene, story)
    if result is None and timex.shift_unit == "month":
        base, kind, span = period_base(timex, scene, story)
        if base is None:
            return None
        start = calendar.month_start(base.year, base.month + timex.shift)
        day = calendar.make_date(start.year, start.month, timex.day) if start else None
        if day is None and start is not None:
            later = calendar.month_start(start.year, start.month + 1)
            day = calendar.make_date(later.year, later.month, timex.day) if later else None
        result = one_day(day, kind, span=span)
    elif result is None and timex.year is None and timex.shift_unit is None:
        result = _nearest_date(timex, scene, story, clause)
    if result is not None:
        _check_restated(timex, result)
        if timex.weekday is not None and result.first.weekday() != timex.weekday:
            result.why.append("the weekday given does not fall on this date")
    return result


def full_year(timex: Timex, scene: Scene) -> int | None:
    """The written year; two digits are those of the century that keeps it within twenty years ahead of the
    publication.
    """
    if timex.year is None or not timex.short_year:
        return timex.year
    now = scene.today.year if scene.today is not None else 2024
    return timex.year + (now // 100 * 100 if timex.year <= now % 100 + 20 else now // 100 * 100 - 100)


def _year_given(timex: Timex, scene: Scene, story: Story) -> Days | None:
    assert timex.day is not None
    year, kind, span = full_year(timex, scene), AnchorKind.EXPLICIT, None
    if year is None and timex.shift_unit == "year":
        base, kind, span = period_base(timex, scene, story)
        year = base.year + timex.shift if base is not None else None
    if year is None:
        return None
    month = timex.month if timex.month is not None else (12 if timex.day == -1 else 1)
    day = calendar.make_date(year, month, timex.day)
    if day is None and (month, timex.day) == (2, 29):
        # "내년 2월 29일" in a common year: the next year that has the day.
        day = next((found for later in range(year, year + 9) if (found := calendar.make_date(later, 2, 29))), None)
    return one_day(day, kind, span=span)


def _nearest_date(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    assert timex.day is not None
    number, month = timex.day, timex.month
    focus = story.year
    if focus is not None and timex.direction is None:
        told = _continued(number, month, focus, scene) if month is not None or story.year_is_day else None
        if told is not None and not not_yet(told, scene, clause):
            return one_day(told, AnchorKind.NARRATIVE, "continues the month told before it", span=story.last_span)
    today = scene.today
    if today is None:
        return None
    term = timex.bound in ("from", "until") and clause.tense >= 0 and _told_earlier(story, clause)
    alone = month is None and timex.direction is None and not term
    same_month = _same_month(number, today, story) if alone else None
    if same_month is not None:
        return one_day(same_month, AnchorKind.NARRATIVE, "continues the month told before it", span=story.here_span)
    if month is None:
        find = lambda step: _month_steps(number, today, step)  # noqa: E731
        reach = 24
    else:
        find = lambda step: _year_steps(month, number, today, step)  # noqa: E731
        reach = 300
    kind = AnchorKind.PUBLICATION if timex.direction is not None else AnchorKind.EXPLICIT
    day, why, other = choose(find, today, timex.direction, clause, reach, timex.bound)
    result = one_day(day, kind, why)
    if (
        result is not None
        and other is not None
        and other != day
        and (clause.tense == 0 or abs((other - today).days) <= 15)
    ):
        _keep(result, other, "the other direction")
    return result


def _told_earlier(story: Story, clause: Clause) -> bool:
    """Whether the day told in the paragraph stands in an earlier sentence."""
    return story.here_span is not None and story.here_span.start < clause.start


def _keep(days: Days, other: date, why: str) -> None:

    from timeline.resolve.state import Other

    start = calendar.midnight(other)
    days.others.append(Other(start, start + _DAY, Grain.DAY, why))


def _continued(number: int, month: int | None, focus: date, scene: Scene) -> date | None:
    """The date in the month (or year) of a story told far from the publication, not before the day told last."""
    if scene.today is not None and abs((scene.today - focus).days) < 45:
        return None
    if month is not None:
        return calendar.make_date(focus.year, month, number)
    day = calendar.make_date(focus.year, focus.month, number)
    if day is not None and (day - focus).days < -3:
        later = calendar.month_start(focus.year, focus.month + 1)
        day = calendar.make_date(later.year, later.month, number) if later else None
    return day


def _same_month(number: int, today: date, story: Story) -> date | None:
    """The bare day after a day of another month told in the paragraph ("7월 20일 … 26일"), unless one lies at hand."""
    here = story.here
    if here is None or (here.year, here.month) == (today.year, today.month) or number <= here.day:
        return None
    at_hand = [day for step in (-1, 1) if (day := _month_steps(number, today, step)) and abs((day - today).days) <= 3]
    return None if at_hand else calendar.make_date(here.year, here.month, number)


def _month_steps(number: int, today: date, step: int) -> date | None:
    """The nearest day with that number before or on (-1), on or after (1), or strictly after (2) today."""
    for months in range(13):
        sign = -1 if step < 0 else 1
        start = calendar.month_start(today.year, today.month + sign * months)
        day = calendar.make_date(start.year, start.month, number) if start else None
        if day is not None and _on_side(day, today, step):
            return day
    return None


def _year_steps(month: int, number: int, today: date, step: int) -> date | None:
    for years in range(9):
        sign = -1 if step < 0 else 1
        day = calendar.make_date(today.year + sign * years, month, number)
        if day is not None and _on_side(day, today, step):
            return day
    return None


def _on_side(day: date, today: date, step: int) -> bool:
    return day <= today if step == -1 else day >= today if step == 1 else day > today


Finder = Callable[[int], date | None]


def choose(
    find: Finder, today: date, direction: int | None, clause: Clause, reach: int, bound: str | None = None
) -> tuple[date | None, str, date | None]:
    """The side a careful reader takes: the word before it, the tense of its clause, else the nearer; and the other
    side.
    """
    back, ahead = find(-1), find(1)
    if direction is not None and direction != 0:
        return (back, "", None) if direction < 0 else (ahead, "", None)
    if back == ahead:
        return back, "", None
    if back is None or ahead is None:
        return back or ahead, "", None
    far_back, far_ahead = (today - back).days, (ahead - today).days
    if clause.tense < 0 and not (far_back > reach and far_ahead <= 40 and reach > 100):
        return back, "told as past: looks back from the publication", ahead
    if clause.tense > 0 and reach < 100 and far_back <= 5 and far_ahead >= 20 and not clause.bare:
        return back, "a bare day is of this month: the day just past", ahead
    if clause.tense > 0 and not (far_ahead > reach and far_back <= 40 and reach > 100):
        return ahead, "told as a plan: looks forward from the publication", back
    if clause.bare:
        return ahead, "stands alone: the coming one", back
    if bound in ("from", "until") and far_back > 2 and not (far_back <= 7 and far_ahead >= 21 and reach < 100):
        return ahead, "a term is set: looks forward from the publication", back
    nearer = back if far_back <= far_ahead else ahead
    return nearer, NEARER, ahead if nearer == back else back


def _lunar(timex: Timex, scene: Scene, clause: Clause) -> Days | None:
    assert timex.month is not None
    assert timex.day is not None
    month, number = timex.month, timex.day
    year = full_year(timex, scene)
    if year is None and timex.shift_unit == "year" and scene.today is not None:
        year = scene.today.year + timex.shift
    if year is not None:
        return one_day(calendar.lunar_to_solar(year, month, number, timex.leap), AnchorKind.EXPLICIT, "lunar calendar")
    if scene.today is None:
        return None
    today = scene.today
    dates = [calendar.lunar_to_solar(today.year + offset, month, number, timex.leap) for offset in (-2, -1, 0, 1)]
    known = sorted(day for day in dates if day is not None)
    this_year = [day for day in known if day.year == today.year]
    if timex.direction is None and this_year:
        return one_day(this_year[0], AnchorKind.EXPLICIT, "lunar calendar, this year")
    day, why, _ = choose(lambda step: _pick(known, today, step), today, timex.direction, clause, 300)
    return one_day(day, AnchorKind.EXPLICIT, "lunar calendar", why)


def _pick(days: list[date], today: date, step: int) -> date | None:
    side = [day for day in days if _on_side(day, today, step)]
    return None if not side else max(side) if step < 0 else min(side)
