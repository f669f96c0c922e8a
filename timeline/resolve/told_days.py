"""The day that words such as 이날, 전날, 이튿날 and 당일 count from: the report's own, the one told last, an event's."""

from __future__ import annotations

from datetime import date

from timeline import calendar
from timeline.model import AnchorKind, Span
from timeline.resolve.state import Clause, Scene, Story, Told
from timeline.timex import Base, Part, Timex


def base_day(
    timex: Timex, scene: Scene, story: Story, clause: Clause
) -> tuple[date | None, AnchorKind, Span | None, str]:
    """The day that a shift counts from, where it is from, and why: the publication's, the story's, or that told last."""
    if timex.base is Base.PUBLICATION:
        return scene.today, AnchorKind.PUBLICATION, None, ""
    told = _event_day(story, clause, scene) if timex.shift >= 0 or timex.base is Base.STORY else None
    if timex.base is Base.STORY and (told is None or timex.shift == 0):
        return _story_day(timex, scene, story, clause)
    if told is not None:
        return (
            told.reading.start.date(),
            AnchorKind.EVENT,
            told.span,
            "counted from the day of the event named before it",
        )
    if story.all_told and story.wait:
        return None, AnchorKind.NARRATIVE, None, ""
    if story.last is not None and not not_yet(story.last, scene, clause):
        return story.last, AnchorKind.NARRATIVE, story.last_span, ""
    if story.day is not None:
        return story.day, AnchorKind.NARRATIVE, story.day_span, "the day the report tells"
    if timex.shift == 0 and scene.today is not None:
        return scene.today, AnchorKind.NARRATIVE, None, "no day told before it: the day of publication"
    return None, AnchorKind.NARRATIVE, None, ""


def _event_day(story: Story, clause: Clause, scene: Scene) -> Told | None:
    """The time told of the event that stands right before the expression ("상륙 이튿날"); what the text has not
    told yet is looked for once all is told, a word of onset (사고) then meaning the earliest of all.
    """
    noun, onset = scene.grammar.event_noun, scene.grammar.onset_noun
    words = clause.before.split()[-1:]
    if noun is None or not words or noun.search(clause.before) is None:
        return None
    stems = scene.grammar.cues.events(words[0])
    found = [
        told
        for told in story.telling(stems, story.days_told)
        if not clause.start <= told.span.start and not (told.clause is not None and told.clause.day_beside)
    ]
    clocks = [told for told in found if told.reading.grain.is_clock()]
    if found:
        return clocks[-1] if clocks else found[0]
    story.wait = True
    if not story.all_told or onset is None or onset.search(clause.before) is None:
        return None
    return min(story.told, key=lambda told: told.reading.start, default=None)


def _story_day(
    timex: Timex, scene: Scene, story: Story, clause: Clause
) -> tuple[date | None, AnchorKind, Span | None, str]:
    """이날 is the day told in this paragraph, in a sentence of announcing the report's own day; 전날 the day before
    it.
    """
    said = _said_on(scene, clause) if timex.shift <= 0 else None
    if said is not None:
        return said, AnchorKind.NARRATIVE, None, "the day its sentence was said"
    here, last = (None if not_yet(day, scene, clause) else day for day in (story.here, story.last))
    if timex.shift == 0 and (here is None or clause.speech) and _still_to_come(timex, scene, story, clause):
        return scene.today, AnchorKind.PUBLICATION, None, "a plan: not before the publication"
    if timex.shift == 0:
        if here is not None and not (clause.speech and story.day is not None and here != story.day):
            return here, AnchorKind.NARRATIVE, story.here_span, ""
        clock = story.clock_day if here is None and story.moment_here and not clause.speech else None
        ahead = clock is not None and (story.day is None or clock > story.day)
        if clock is not None and ahead and not not_yet(clock, scene, clause):
            return clock, AnchorKind.NARRATIVE, story.clock_span, ""
    elif here is not None and story.day is None:
        return here, AnchorKind.NARRATIVE, story.here_span, ""
    if story.day is not None:
        return story.day, AnchorKind.NARRATIVE, story.day_span, ""
    if timex.shift == 0 and last is not None:
        return last, AnchorKind.NARRATIVE, story.last_span, ""
    return scene.today, AnchorKind.PUBLICATION, None, "no day told before it: the day of publication"


def _said_on(scene: Scene, clause: Clause) -> date | None:
    """The day "…했다고 9일 밝혔다" names: the last of that number up to the publication."""
    number = clause.said_on
    if number is None or scene.today is None:
        return None
    months = ((scene.today.year, scene.today.month), (scene.today.year, scene.today.month - 1))
    starts = (calendar.month_start(*month) for month in months)
    days = (calendar.make_date(start.year, start.month, number) for start in starts if start is not None)
    return next((day for day in days if day is not None and day <= scene.today), None)


def _still_to_come(timex: Timex, scene: Scene, story: Story, clause: Clause) -> bool:
    """Whether a plan of "this day" can only be of the day of publication: a morning report that tells the day before."""
    if clause.tense <= 0 or scene.now is None or not scene.now_is_moment or not timex.has_clock or timex.hour is None:
        return False
    day = story.day or story.last
    late = timex.part in (Part.AFTERNOON, Part.EVENING, Part.NIGHT) and timex.hour < 12
    ahead = timex.hour + (12 if late else 0) >= scene.now.hour
    return day is not None and 0 < (scene.now.date() - day).days <= 31 and ahead


def not_yet(day: date | None, scene: Scene, clause: Clause) -> bool:
    """Whether a day lies after the publication of what is told as past."""
    return day is not None and scene.today is not None and day > scene.today and clause.tense < 0
