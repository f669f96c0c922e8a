"""Parts of the day, their early and late hours, and the widest careful reading of hedged clock times."""

from __future__ import annotations

from datetime import date, timedelta

from timeline import calendar
from timeline.interval import Grain
from timeline.model import AnchorKind, Span
from timeline.resolve.state import Clause, Days, Reading, Scene, Story
from timeline.timex import Part, Timex

_DAY = timedelta(days=1)
_LATE_PARTS = (Part.NIGHT, Part.LATE_NIGHT, Part.OVERNIGHT)


def taken_day(
    timex: Timex, scene: Scene, story: Story, clause: Clause
) -> tuple[date | None, AnchorKind, Span | None, str]:
    """The day of a time said without one: that of the clock time told before it, else the story's, else the
    publication's.
    """
    if _lasting(timex, scene, story, clause):
        return scene.today, AnchorKind.NARRATIVE, None, "what began and still lasts: the day of publication"
    ahead = story.clock_day is not None and scene.today is not None and story.clock_day > scene.today
    begun = story.day is not None and story.here is None and not story.moment_here
    if _today_again(timex, scene, story, clause):
        return story.day, AnchorKind.NARRATIVE, story.day_span, "after a night told before: the day the report tells"
    if story.clock_day is not None and not (ahead and (clause.tense < 0 or (begun and clause.tense == 0))):
        return story.clock_day, AnchorKind.NARRATIVE, story.clock_span, ""
    if story.day is not None:
        return story.day, AnchorKind.NARRATIVE, story.day_span, ""
    if scene.today is not None:
        return scene.today, AnchorKind.NARRATIVE, None, "no day told before it: the day of publication"
    return None, AnchorKind.NARRATIVE, None, ""


def _today_again(timex: Timex, scene: Scene, story: Story, clause: Clause) -> bool:
    """Whether a report of "today" that opened with last night goes on with today: a new paragraph tells an earlier hour."""
    told, now = story.moment, scene.now
    if told is None or now is None or timex.hour is None or story.here is not None or story.moment_here:
        return False
    if not (story.day_is_today and story.day == scene.today and scene.now_is_moment and clause.tense < 0):
        return False
    last_night = told.start.date() == calendar.add_days(now.date(), -1) and told.start.hour >= 18
    hour = timex.hour + (12 if timex.part in (Part.AFTERNOON, Part.EVENING, Part.NIGHT) and timex.hour < 12 else 0)
    return last_night and hour < told.start.hour and hour <= now.hour


def _lasting(timex: Timex, scene: Scene, story: Story, clause: Clause) -> bool:
    """Whether a new paragraph tells since when something has lasted, in a report of today that looked back before."""
    if timex.bound != "from" or clause.tense != 0 or story.here is not None or story.moment_here or clause.bare:
        return False
    looked_back = story.clock_day is not None and scene.today is not None and story.clock_day < scene.today
    return looked_back and story.day == scene.today and scene.now_is_moment


def hedge(timex: Timex, reading: Reading) -> None:
    """The widest careful reading of a clock time: ±5 minutes on multiples of five, ±2 else, half an hour on an hour."""
    low, high = reading.start, reading.end
    if timex.side:
        _one_sided(timex.side, reading)
        return
    if reading.grain is Grain.HOUR:
        low, high = reading.start, reading.start + timedelta(minutes=30)
        if timex.approximate:
            low -= timedelta(minutes=10)
    elif timex.approximate:
        margin = 5 if reading.grain is Grain.MINUTE and reading.start.minute % 5 == 0 else 2
        margin = margin * 2 if timex.loose else margin
        low, high = low - timedelta(minutes=margin), reading.start + timedelta(minutes=margin)
    reading.low, reading.high = low, high
    reading.approximate = reading.approximate or timex.approximate


def _one_sided(side: int, reading: Reading) -> None:
    """ "2시 가까이" is the half hour before, "2시가 넘어서야" the half hour after."""
    half = (
        timedelta(minutes=30)
        if reading.grain is Grain.HOUR or reading.start.minute % 30 == 0
        else timedelta(minutes=10)
    )
    named = reading.start
    if side < 0:
        reading.start, reading.end = named - half, named
    else:
        reading.start, reading.end = named, named + half
    reading.low, reading.high, reading.approximate = reading.start, reading.end, True
    reading.why.append("hedged on one side only")


def resolve_part(timex: Timex, days: Days | None, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """The hours of a part of the day, on the day said or taken from the story."""
    assert timex.part is not None
    window = scene.grammar.windows[timex.part]
    if days is not None:
        day, kind, why, span = days.first, days.kind, list(days.why), days.anchor_span
    else:
        taken, kind, span, reason = taken_day(timex, scene, story, clause)
        if taken is None:
            return None
        day, why = taken, [reason] if reason else []
    low, high = window.start, window.end
    if timex.side < 0:
        low, high = low - 60, low
    elif timex.part_edge == "early":
        high = low + (high - low) // 2
    elif timex.part_edge == "late":
        low = low + (high - low) // 2
    midnight = calendar.midnight(day)
    reading = Reading(
        midnight + timedelta(minutes=low),
        midnight + timedelta(minutes=high),
        Grain.PART_OF_DAY,
        kind,
        midnight + timedelta(minutes=low - 60 if timex.side < 0 else window.low),
        midnight + timedelta(minutes=high + 15 if timex.side < 0 else window.high),
        why=why,
        anchor_span=span,
    )
    reading.approximate = (
        timex.approximate or timex.part_edge is not None or timex.side != 0 or timex.part is Part.OVERNIGHT
    )
    if days is None:
        _place_bare_part(timex, reading, scene, story, clause)
    return reading


def _place_bare_part(timex: Timex, reading: Reading, scene: Scene, story: Story, clause: Clause) -> None:
    now = scene.now
    if clause.bare and now is not None and scene.now_is_moment:
        if timex.direction == -1:
            while reading.start >= now - _DAY / 2:
                reading.moved(-_DAY)
        elif timex.direction is None:
            while reading.end <= now:
                reading.moved(_DAY)
        return
    if timex.part is Part.OVERNIGHT and clause.tense <= 0 and reading.kind is not AnchorKind.PUBLICATION:
        over = clause.tense < 0 or not scene.now_is_moment or (now is not None and now.hour < 18)
        if now is not None and reading.start.date() == now.date() and over:
            reading.moved(-_DAY)
            reading.why.append("the night that ended on the day of publication")
        return
    told = story.moment
    if (
        timex.part is Part.DAWN
        and told is not None
        and told.start.hour >= 18
        and reading.start.date() == told.start.date()
    ):
        reading.moved(_DAY)
        reading.why.append("dawn told after a night: the next day")
    late = now is not None and scene.now_is_moment and reading.start > now and reading.start.date() == now.date()
    if late and clause.tense < 0 and timex.part in _LATE_PARTS:
        reading.moved(-_DAY)
        reading.why.append("told as past, so before the publication: the day before")


def late_in_day(days: Days, edge: str) -> Reading:
    """ "27일 늦게": the late (or early) hours of the day."""
    start = calendar.midnight(days.first)
    hours = (21, 24, 17, 24) if edge == "late" else (0, 6, 0, 9)  # "early on Saturday" of a wire: after midnight
    low = start + timedelta(hours=hours[2])
    high = start + timedelta(hours=hours[3])
    reading = Reading(
        start + timedelta(hours=hours[0]),
        start + timedelta(hours=hours[1]),
        Grain.PART_OF_DAY,
        days.kind,
        low,
        high,
        approximate=True,
        why=list(days.why),
        anchor_span=days.anchor_span,
    )
    reading.why.append(f"the {edge} hours of the day")
    return reading
