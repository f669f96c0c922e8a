"""How a resolved mention moves the narrative focus."""

from __future__ import annotations

from datetime import timedelta

from timeline.interval import Grain
from timeline.model import AnchorKind, Mention
from timeline.resolve.state import Clause, Reading, Scene, Story, Told
from timeline.timex import Base, Elapsed, Timex


def follow(timex: Timex, mention: Mention, reading: Reading, scene: Scene, story: Story, clause: Clause) -> None:
    """Let the story go on from this mention."""
    point = timex.first or timex
    if _passed_over(timex, point, clause):
        return
    story.period, story.period_span, story.period_grain = reading.start.date(), mention.span, reading.grain
    if reading.grain.order > Grain.DAY.order:
        if point.year is not None and reading.start.year != (scene.today.year if scene.today else 0):
            story.year, story.year_is_day = reading.start.date(), False
        return
    if timex.bound in ("until", "after", "before") and timex.first is None and not point.has_clock:
        return
    day = reading.start.date()
    if timex.first is not None and reading.grain is Grain.DAY:
        day = (reading.end - timedelta(days=1)).date()
    if reading.past_midnight:
        day -= timedelta(days=1)
    said = point.has_date or point.head is not None or point.amount is not None
    look_back = point.base is Base.STORY and point.shift < 0
    story.last, story.last_span = day, mention.span
    if not said and point.part is None and not point.has_clock:
        return
    _clock(point, mention, reading, story, clause)
    if not look_back:
        if said:
            story.here, story.here_span = day, mention.span
        _tell_day(point, mention, reading, scene, story, clause)
    if point.year is not None:
        story.year, story.year_is_day = day, True
    elif scene.today is not None and abs((scene.today - day).days) < 45:
        story.year = None


def _passed_over(timex: Timex, point: Timex, clause: Clause) -> bool:
    """A stretch up to now, and the day of what did not come about, are no day being told."""
    stretch = timex.amount is not None and timex.first is None
    return (stretch and timex.elapsed in (Elapsed.LAST, Elapsed.NEXT, Elapsed.WITHIN)) or (
        clause.formerly and point.has_date
    )


def _clock(point: Timex, mention: Mention, reading: Reading, story: Story, clause: Clause) -> None:
    story.clock_day, story.clock_span = reading.start.date(), mention.span
    if point.has_clock or (reading.kind is AnchorKind.EVENT and reading.grain.is_clock()):
        story.moment, story.moment_span, story.moment_here = reading, mention.span, True
    story.tell(Told(mention.span, reading, clause), announced=not point.has_clock and clause.speech)
    part = point.part or clause.part
    if part is not None:
        story.part = part


def _tell_day(point: Timex, mention: Mention, reading: Reading, scene: Scene, story: Story, clause: Clause) -> None:
    """The day the report tells: one it names without looking back or ahead, first of all the day of an attribution."""
    day = reading.start.date()
    background = point.direction is not None or point.shift_unit == "month" or point.year is not None
    ahead = scene.today is not None and day > scene.today
    beyond = scene.today is not None and (scene.today - day).days > 2 and story.day is not None
    named = point.day is not None or (point.shift_unit == "day" and point.base is not Base.LAST)
    settled = story.day is not None and story.day == scene.today
    planned = clause.tense > 0 and story.day is not None
    fits = named and not (background or ahead or beyond or settled or planned)
    if (clause.attribution and named) or (story.day is None and not ahead) or fits:
        story.day, story.day_span = day, mention.span
        story.day_is_today = point.shift_unit == "day" and point.base is Base.PUBLICATION and point.shift == 0
