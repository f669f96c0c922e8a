"""Which moment of the day: clock times with am and pm, parts of the day, noon and midnight, hedged windows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from timeline import calendar
from timeline.interval import Grain
from timeline.model import AnchorKind, Mention
from timeline.resolve.days import resolve_days
from timeline.resolve.parts import hedge, resolve_part, taken_day
from timeline.resolve.state import Clause, Days, Other, Reading, Scene, Story
from timeline.timex import Part, Timex

_DAY = timedelta(days=1)
_HALF = timedelta(hours=12)


def resolve_moment(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """The reading of an expression with a clock time or a part of the day."""
    days = _day_said(timex, scene, story, clause)
    if days is None and _says_day(timex):
        return None
    if timex.has_clock:
        return _clock(timex, days, scene, story, clause)
    return resolve_part(timex, days, scene, story, clause)


def _says_day(timex: Timex) -> bool:
    return timex.has_date or timex.head is not None


def _day_said(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Days | None:
    return resolve_days(timex, scene, story, clause) if _says_day(timex) else None


# --- clock times


def _clock(timex: Timex, days: Days | None, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    if days is not None:
        day, kind, why, span = days.first, days.kind, list(days.why), days.anchor_span
    else:
        taken, kind, span, reason = taken_day(timex, scene, story, clause)
        if taken is None:
            return None
        day, why = taken, [reason] if reason else []
    offset, others = _offset(timex, day, days is not None, scene, story, clause, why)
    start = calendar.add_seconds(calendar.midnight(day), offset + 60 * timex.minute_shift)
    if start is None:
        return None
    grain, length = _clock_grain(timex)
    reading = Reading(start, start + length, grain, kind, why=why, anchor_span=span)
    reading.past_midnight = offset >= 86400 and not timex.after_midnight
    reading.others += [Other(start + by, start + by + length, grain, reason) for by, reason in others]
    if days is not None:
        _carry_others(reading, days, start - calendar.midnight(day))
    else:
        _place_bare_clock(timex, reading, scene, story, clause)
    hedge(timex, reading)
    return reading


def _carry_others(reading: Reading, days: Days, offset: timedelta) -> None:
    length = reading.end - reading.start
    reading.others += [
        Other(row.start + offset, row.start + offset + length, reading.grain, row.why) for row in days.others
    ]


def _clock_grain(timex: Timex) -> tuple[Grain, timedelta]:
    if timex.second is not None:
        return Grain.SECOND, timedelta(seconds=1)
    if timex.minute is not None or timex.minute_shift or timex.midnight:
        return Grain.MINUTE, timedelta(minutes=1)
    return Grain.HOUR, timedelta(hours=1)


def _offset(
    timex: Timex, day: date, dated: bool, scene: Scene, story: Story, clause: Clause, why: list[str]
) -> tuple[int, list[tuple[timedelta, str]]]:
    """Seconds from the day's midnight, and the other readings as shifts of it."""
    if timex.midnight:
        return _midnight(timex, dated, scene, clause, why)
    assert timex.hour is not None
    rest = 60 * (timex.minute or 0) + (timex.second or 0)
    hour = timex.hour
    if timex.after_midnight:
        why.append("past midnight")
        return 3600 * (hour % 12) + (0 if dated else 86400) + rest, []
    if (
        timex.meridiem == "24"
        or hour > 12
        or (timex.meridiem == "colon" and timex.part is None and (dated or not clause.bare))
    ):
        return 3600 * hour + rest, []
    if timex.meridiem in ("am", "pm"):
        return 3600 * (hour % 12 + (12 if timex.meridiem == "pm" else 0)) + rest, []
    if timex.part is not None:
        shifted = in_part(hour, timex.part)
        others = [(_HALF, "12 in the morning read as noon")] if timex.part is Part.FORENOON and hour == 12 else []
        return 3600 * shifted + rest, others
    return _unmarked(timex, hour, rest, day, dated, scene, story, clause, why)


def _midnight(
    timex: Timex, dated: bool, scene: Scene, clause: Clause, why: list[str]
) -> tuple[int, list[tuple[timedelta, str]]]:
    """The midnight that ends the day named; as the start of a rule ("28일 자정부터") the one that begins it, and in
    some languages with a word for after ("just after midnight on Wednesday").
    """
    if timex.side > 0 and dated and scene.grammar.after_midnight_begins:
        why.append("after the midnight that begins the day")
        return 0, []
    if timex.bound == "from" and dated:
        why.append("midnight as a start: the one that begins the day")
        return 0, [(_DAY, "the midnight that ends the day")]
    why.append("midnight told of a day: the one that ends it")
    return 86400, [(-_DAY, "the midnight that begins the day")]


def in_part(hour: int, part: Part) -> int:
    """The hour of the 24-hour clock, 24 and more on the next day, that a 12-hour hour means in a part of the day."""
    if part in (Part.DAWN, Part.MORNING, Part.FORENOON):
        return 0 if hour == 12 else hour
    if part in (Part.MIDDAY, Part.LUNCH, Part.DAYTIME):
        return hour if hour >= (7 if part is Part.DAYTIME else 10) else hour + 12
    if part is Part.AFTERNOON:
        return 12 if hour == 12 else hour + 12
    if part is Part.EVENING:
        return 24 if hour == 12 else hour + 12
    return hour + 12 if 6 <= hour <= 12 else hour + 24


def _fits_part(hour: int, minute: int, part: Part, scene: Scene) -> int | None:
    """The hour read in the part, if it then lies in the part's widest hours."""
    shifted = in_part(hour, part)
    window = scene.grammar.windows[part]
    return shifted if window.low <= 60 * shifted + minute <= window.high else None


def _unmarked(
    timex: Timex,
    hour: int,
    rest: int,
    day: date,
    dated: bool,
    scene: Scene,
    story: Story,
    clause: Clause,
    why: list[str],
) -> tuple[int, list[tuple[timedelta, str]]]:
    """am or pm for an hour without either: clause, sequence, context, publication, office hours; the other is kept."""
    minute = rest // 60
    chosen, reason = _chosen_hour(hour, minute, day, dated, scene, story, clause)
    why.append(reason)
    other = timedelta(hours=-12 if chosen >= 12 else 12)
    sure = reason == _BY_CLAUSE
    return 3600 * chosen + rest, [] if sure else [(other, "the other half of the day")]


_BY_CLAUSE = "am or pm from the words of its clause"
_HARD_BY = "am or pm from a time told before it hard by"


def _chosen_hour(
    hour: int, minute: int, day: date, dated: bool, scene: Scene, story: Story, clause: Clause
) -> tuple[int, str]:
    steps: list[tuple[str, Callable[[], int | None]]] = [
        (_BY_CLAUSE, lambda: _by_part(hour, minute, clause.part, scene)),
        ("am or pm from the times told before it", lambda: _by_sequence(hour, minute, day, dated, story)),
        (_HARD_BY, lambda: _by_rival(hour, minute, day, story) if story.moment_here else None),
        (
            "am or pm from the clock times of the text that say theirs",
            lambda: None if dated else _by_marked(hour, minute, scene),
        ),
        ("am or pm from the part of the day told before it", lambda: _by_part(hour, minute, story.part, scene)),
        (_HARD_BY, lambda: _by_rival(hour, minute, day, story)),
        ("am or pm from the publication time", lambda: _by_publication(hour, minute, day, scene, clause)),
    ]
    for reason, step in steps:
        chosen = step()
        if chosen is not None:
            return chosen, reason
    if hour == 12:
        return 12, "am or pm not said: noon"
    return (hour, "am or pm not said: office hours") if hour >= 7 else (hour + 12, "am or pm not said: office hours")


def _by_part(hour: int, minute: int, part: Part | None, scene: Scene) -> int | None:
    return None if part is None else _fits_part(hour, minute, part, scene)


def _by_sequence(hour: int, minute: int, day: date, dated: bool, story: Story) -> int | None:
    """The first such time after the one told before it in the paragraph, if that lies within nine hours."""
    told = story.moment
    if told is None or not story.moment_here or told.start.date() != day or not told.grain.is_clock():
        return None
    for candidate in (hour % 12, hour % 12 + 12):
        gap = calendar.midnight(day) + timedelta(hours=candidate, minutes=minute) - told.start
        if timedelta(0) <= gap <= timedelta(hours=9):
            return candidate
    return None


def _by_rival(hour: int, minute: int, day: date, story: Story) -> int | None:
    """The half of the last clock time told of that day within half an hour: two sources differ over one time."""
    for told in reversed(story.told):
        start = told.reading.start
        if start.date() != day:
            continue
        for half in (hour % 12, hour % 12 + 12):
            if _apart(60 * half + minute, 60 * start.hour + start.minute) <= _RIVAL:
                return half
    return None


_RIVAL, _CLOSE, _DISTANT = 30, 60, 180  # minutes


def marked_clocks(mentions: Iterable[Mention]) -> tuple[int, ...]:
    """The minutes of the day of the clock times that say their half of it, by a part of the day or the 24-hour clock."""
    out = set()
    for mention in mentions:
        timex = mention.timex
        if timex is None or timex.hour is None or (timex.meridiem in (None, "colon") and timex.part is None):
            continue
        hour = timex.hour if timex.part is None else in_part(timex.hour, timex.part)
        hour = hour % 12 + (12 if timex.meridiem == "pm" else 0) if timex.meridiem in ("am", "pm") else hour
        out.add(60 * hour % 1440 + (timex.minute or 0))
    return tuple(sorted(out))


def _by_marked(hour: int, minute: int, scene: Scene) -> int | None:
    """The half of the day in which the text tells another clock time hard by, of a day not said."""
    if not scene.marked:
        return None
    gaps = {
        half: min(_apart(60 * half + minute, other) for other in scene.marked) for half in (hour % 12, hour % 12 + 12)
    }
    near, far = sorted(gaps, key=lambda half: gaps[half])
    return near if gaps[near] <= _CLOSE and gaps[far] >= _DISTANT else None


def _apart(one: int, other: int) -> int:
    """Minutes between two clock times on the face of a day."""
    gap = abs(one - other)
    return min(gap, 1440 - gap)


def _by_publication(hour: int, minute: int, day: date, scene: Scene, clause: Clause) -> int | None:
    """Told as past on the day of publication, it lies before the publication time; a plan lies after it."""
    if scene.now is None or not scene.now_is_moment or day != scene.now.date() or clause.bare or clause.tense == 0:
        return None
    early = calendar.midnight(day) + timedelta(hours=hour % 12, minutes=minute)
    late = early + _HALF
    if clause.tense < 0 and early <= scene.now < late:
        return hour % 12
    if clause.tense > 0 and early < scene.now <= late:
        return hour % 12 + 12
    return None


def _place_bare_clock(timex: Timex, reading: Reading, scene: Scene, story: Story, clause: Clause) -> None:
    """Put a clock time said without a day on the day the context asks for."""
    if clause.bare and scene.now is not None:
        _next_occurrence(timex, reading, scene)
        return
    told = story.moment
    follows = story.moment_here or timex.part is Part.DAWN
    after_night = (
        told is not None
        and follows
        and told.start.hour >= 18
        and reading.start.hour < 7
        and reading.start < told.start
        and not (clause.tense < 0 and scene.now is not None and reading.start + _DAY > _end_of_now(scene))
    )
    if after_night and told is not None and not timex.after_midnight and reading.start.date() == told.start.date():
        reading.moved(_DAY)
        reading.why.append("an early hour told after a night: the next day")
        return
    late = scene.now is not None and scene.now_is_moment and reading.start > scene.now
    far = reading.start.hour >= 18 or (scene.now is not None and scene.now.hour < 9)
    if (
        late
        and far
        and clause.tense < 0
        and not clause.moved_to
        and reading.kind is AnchorKind.NARRATIVE
        and scene.today == reading.start.date()
    ):
        reading.moved(-_DAY)
        reading.why.append("told as past, so before the publication: the day before")
    elif timex.midnight and late and clause.tense < 0 and scene.now is not None and reading.start - scene.now <= _DAY:
        reading.moved(-_DAY)
        reading.why.append("told as past, so before the publication: the midnight before")


def _end_of_now(scene: Scene) -> datetime:
    """The end of what can have happened by the publication."""
    assert scene.now is not None
    return scene.now if scene.now_is_moment else scene.now + _DAY


def _next_occurrence(timex: Timex, reading: Reading, scene: Scene) -> None:
    """A clock time that is the whole text is the coming one; without am or pm the next of either."""
    assert scene.now is not None
    if not scene.now_is_moment:
        return
    marked = timex.meridiem not in (None, "colon") or timex.part is not None or timex.midnight
    step = _DAY if marked else _HALF
    start = reading.start
    while start - step >= scene.now:
        start -= step
    while start < scene.now - timedelta(seconds=59):
        start += step
    by = start - reading.start
    if by:
        reading.moved(by)
    reading.others.clear()
    reading.why.append("stands alone: the coming one")
