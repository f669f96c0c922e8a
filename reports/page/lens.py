"""The lens of a row: each event on its own scale, wide enough that five minutes can be seen, one lane per origin.

All numbers are in the user units of the drawing's view box. A claim wholly outside the scale is drawn at its edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

from reports.page.origins import Origin
from reports.page.readings import Reach, best_reach, is_exact, is_point, live, nominal, points, widest
from reports.page.words import Phrase, Words, plain
from timeline.model import Claim, Event

WIDTH, LEFT, RIGHT = 400, 112, 392
_LANE, _TOP, _AXIS = 17, 9, 21
_MAX_LANES = 8
_FINE = 12  # a claim this many times wider than the finest is drawn cut off, not given the scale
_LEAST = timedelta(minutes=10)
_STEPS = tuple(
    timedelta(seconds=s)
    for s in (60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 2 * 86400, 4 * 86400, 8 * 86400)
)
_MINOR, _MAJOR = 12.0, 70.0  # least distance of ticks and of tick texts


class Mark(NamedTuple):
    """One claim: its mark, the stretch it allows (dotted if loose, solid if a range), and where it leaves the scale."""

    claim: str
    x: float
    mark: int
    hollow: bool
    aside: bool
    segment: tuple[float, float] | None
    kind: Literal["loose", "range"]
    edge: Literal["", "before", "after"]
    text: Phrase


class Lane(NamedTuple):
    """The claims of one origin."""

    y: float
    label: Phrase
    marks: tuple[Mark, ...]


class Tick(NamedTuple):
    """A tick; ``text`` is ``None`` on small ones. ``anchor`` is how its text is set."""

    x: float
    text: Phrase | None
    anchor: Literal["start", "middle", "end"]


class Lens(NamedTuple):
    """The drawing of one row. ``band``: a reported range (filled); ``box``: a discrete disagreement (dashed, empty)."""

    height: int
    axis: int
    best: float
    band: tuple[float, float] | None
    box: tuple[float, float] | None
    lanes: tuple[Lane, ...]
    ticks: tuple[Tick, ...]
    step: Phrase


class _Scale:
    """Time to drawing units, linear between the two ends."""

    def __init__(self, low: datetime, high: datetime) -> None:
        self.low, self.high = low, high

    def x(self, moment: datetime) -> float:
        return round(LEFT + (moment - self.low) / (self.high - self.low) * (RIGHT - LEFT), 1)

    def cut(self, moment: datetime) -> float:
        return min(max(self.x(moment), LEFT), RIGHT)

    def pixels(self, step: timedelta) -> float:
        return step / (self.high - self.low) * (RIGHT - LEFT)


def lens(event: Event, origins: dict[str, Origin], words: Words) -> Lens | None:
    """The lens of a dated event; ``None`` for an event without a time."""
    if event.time is None:
        return None
    scale = _scale(event)
    lanes = tuple(_lanes(event, origins, scale, words))
    axis = _TOP + len(lanes) * _LANE + 2
    step = next((s for s in _STEPS if scale.pixels(s) >= _MINOR), None)
    ticks = tuple(_ticks(scale, step, words))
    told = words.length(step) if step else words.length(_calendar_step(scale))
    box = _box(event, scale)
    band = None if box else _band(event, scale)
    spot = best_reach(event.time)
    best = scale.cut(spot.low + (spot.high - spot.low) / 2)
    return Lens(axis + _AXIS, axis, best, band, box, lanes, ticks, told)


def _scale(event: Event) -> _Scale:
    assert event.time is not None
    told = [reach for claim in live(event) if (reach := widest(claim.interval))]
    own = _closed_time(event)
    if not told:
        told = [own]
    finest = max(min(reach.width for reach in told), _LEAST)
    fine = [reach for reach in told if reach.width <= _FINE * finest]
    low = min([event.time.best, *(reach.low for reach in fine)])
    high = max([event.time.best, *(reach.high for reach in fine)])
    for reach in told:  # a coarse claim that misses the fine ones: its near end belongs on the scale
        if reach.high < low:
            low = reach.high
        elif reach.low > high:
            high = reach.low
    pad = max((high - low) * 0.08, (_LEAST - (high - low)) / 2, _LEAST / 10)
    return _Scale(low - pad, high + pad)


def _closed_time(event: Event) -> Reach:
    time = event.time
    assert time is not None
    low = time.earliest or time.start or time.best
    high = time.latest or time.end or time.best
    return Reach(low, max(high, low + timedelta(minutes=1)))


def _box(event: Event, scale: _Scale) -> tuple[float, float] | None:
    told = points(event)
    return (scale.cut(min(told)), scale.cut(max(told))) if told and min(told) < max(told) else None


def _band(event: Event, scale: _Scale) -> tuple[float, float] | None:
    reach = _closed_time(event)
    return (scale.cut(reach.low), scale.cut(reach.high)) if reach.width > timedelta(minutes=1) else None


# --- lanes


def _lanes(event: Event, origins: dict[str, Origin], scale: _Scale, words: Words) -> Iterator[Lane]:
    told: dict[str, list[Claim]] = {}
    for claim in event.claims:
        told.setdefault(claim.origin, []).append(claim)
    keys = list(told)
    alone = keys if len(keys) <= _MAX_LANES else keys[: _MAX_LANES - 1]
    rows = [(plain(origins[key].label), told[key]) for key in alone]
    if rest := keys[len(alone) :]:
        rows.append((words.say("ui.more_sources", n=len(rest)), [claim for key in rest for claim in told[key]]))
    assert event.time is not None
    best = event.time.best
    for row, (label, claims) in enumerate(rows):
        marks = tuple(_mark(claim, origins[claim.origin], scale, best, words) for claim in claims)
        yield Lane(_TOP + (row + 0.5) * _LANE, label, marks)


def _mark(claim: Claim, origin: Origin, scale: _Scale, best: datetime, words: Words) -> Mark:
    told = nominal(claim.interval)
    aside = claim.superseded is not None
    if told is None or claim.interval is None:
        return Mark(claim.id, LEFT, origin.mark, True, aside, None, "loose", "before", words.say("ui.untimed"))
    text = words.brief(claim.interval, best)
    if told.high < scale.low or told.low > scale.high:
        edge: Literal["before", "after"] = "before" if told.high < scale.low else "after"
        outside = words.say(f"ui.outside_{edge}", text=text)
        return Mark(
            claim.id, LEFT if edge == "before" else RIGHT, origin.mark, True, aside, None, "loose", edge, outside
        )
    segment, kind = _segment(claim, told, scale)
    x = scale.cut(told.low) if is_point(claim) or segment is None else round(sum(segment) / 2, 1)
    return Mark(claim.id, x, origin.mark, not is_exact(claim), aside, segment, kind, "", text)


def _segment(claim: Claim, told: Reach, scale: _Scale) -> tuple[tuple[float, float] | None, Literal["loose", "range"]]:
    if is_exact(claim):
        return None, "loose"
    reach = widest(claim.interval) if is_point(claim) else told
    assert reach is not None
    return (scale.cut(reach.low), scale.cut(reach.high)), "loose" if is_point(claim) else "range"


# --- ticks


def _ticks(scale: _Scale, step: timedelta | None, words: Words) -> Iterator[Tick]:
    if step is None:
        moments = list(_months(scale, words, _calendar_step(scale).days // 30))
        texted = set(moments)
    else:
        moments = list(_even(scale, step, words))
        texted = set(_even(scale, _major(scale, step), words))
    for moment in moments:
        x = scale.x(moment)
        yield Tick(x, _tick_text(scale, moment, words) if moment in texted else None, _anchor(x))


def _major(scale: _Scale, step: timedelta) -> timedelta:
    wide = (s for s in _STEPS if s % step == timedelta(0) and scale.pixels(s) >= _MAJOR)
    return next(wide, 4 * step)


_DAY = timedelta(days=1)


def _even(scale: _Scale, step: timedelta, words: Words) -> Iterator[datetime]:
    midnight = words.local(scale.low).replace(hour=0, minute=0, second=0, microsecond=0)
    count = -((midnight - scale.low) // step)
    while (moment := midnight + count * step) <= scale.high:
        if moment >= scale.low:
            yield moment
        count += 1


def _calendar_step(scale: _Scale) -> timedelta:
    """A step of whole months, told as days: 30 for each."""
    wanted = (scale.high - scale.low) / ((RIGHT - LEFT) / _MAJOR)
    return timedelta(
        days=30 * next((n for n in (1, 3, 6, 12, 24, 60, 120, 240) if timedelta(days=30 * n) >= wanted), 600)
    )


def _months(scale: _Scale, words: Words, step: int) -> Iterator[datetime]:
    first = words.local(scale.low)
    month = first.year * 12 + first.month - 1
    month += -month % step
    while month // 12 <= words.local(scale.high).year + 1 and month // 12 <= 9999:
        moment = first.replace(year=month // 12, month=month % 12 + 1, day=1, hour=0, minute=0, second=0, microsecond=0)
        if scale.low <= moment <= scale.high:
            yield moment
        month += step


def _tick_text(scale: _Scale, moment: datetime, words: Words) -> Phrase:
    length = scale.high - scale.low
    if length < 2 * _DAY:
        return words.clock(moment)
    if length < 200 * _DAY:
        return words.day(moment, "day_short")
    return words.day(moment, "month" if length < 1500 * _DAY else "year")


def _anchor(x: float) -> Literal["start", "middle", "end"]:
    return "start" if x < LEFT + 24 else "end" if x > RIGHT - 24 else "middle"
