"""Moments told by an event or by another moment: 지진 직후, 투표 마감과 동시에, 같은 시각."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from timeline.interval import Grain
from timeline.model import AnchorKind
from timeline.resolve.state import Clause, Reading, Scene, Story
from timeline.timex import Timex


def same_moment(timex: Timex, story: Story) -> Reading | None:
    """같은 시각, 비슷한 시각: the clock time told before it in the paragraph."""
    if story.moment is None or not story.moment_here or not story.moment.grain.is_clock() or story.moment_is_stale:
        return None
    reading = replace(story.moment, kind=AnchorKind.EVENT, anchor_span=story.moment_span, others=[], duration=None)
    reading.why = ["at the clock time told before it"]
    if timex.approximate and not reading.approximate:
        reading.approximate = True
        reading.low, reading.high = reading.start - timedelta(minutes=10), reading.end + timedelta(minutes=10)
    return reading


def edge_of_event(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """지진 직후, 투표 마감과 동시에: just after, just before or at the clock time that an earlier sentence tells of the
    event; ``None`` where none does.
    """
    stems = [stem for word in clause.before.split()[-2:] for stem in scene.grammar.cues.events(word)]
    found = [told for told in story.telling_before(clause.start, stems) if told.span.start < clause.start]
    if not found:
        return None
    told = max(found, key=lambda told: told.span.start)
    reading = replace(told.reading, kind=AnchorKind.EVENT, anchor_span=told.span, others=[], past_midnight=False)
    reading.why = ["at the time of the event named before it"]
    if timex.side:
        reach = timedelta(minutes=30 if reading.grain is Grain.HOUR else 10)
        start = reading.start if timex.side > 0 else reading.start - reach
        reading = replace(reading, start=start, end=start + reach, low=start, high=start + reach, approximate=True)
        after = timex.side > 0
        reading.why = ["just after the event named before it" if after else "just before the event named before it"]
    return reading
