"""The overview's time axis: long empty stretches are cut out, so that a year and a day told by the minute both show.

Clock times are gathered on one line and cut where a gap would take too much of it; days join them where they do not
cover them. Coarser times (a month, a year) get panels of their own. All on the wall clock of the page's zone, naive.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from reports.page.origins import all_events
from reports.page.readings import Reach, best_reach, nominal
from reports.page.words import Phrase, Words, plain
from timeline.interval import Grain
from timeline.model import Itinerary

_MOST = 6  # panels
_SHARE = 0.125  # a gap is cut when it takes this much of what is left of the axis
_LEAST_GAP = timedelta(hours=6)
_NARROW = 0.13  # least share of the width
_DAY = timedelta(days=1)


class Panel(NamedTuple):
    """A stretch of the axis without a cut: its ends, its share [x0, x1] of the width, its title, if it is coarse."""

    low: datetime
    high: datetime
    x0: float
    x1: float
    title: Phrase
    coarse: bool
    gap: Phrase | None  # what was cut out before it
    brief: Phrase | None  # the same in few words

    def holds(self, reach: Reach) -> bool:
        """Whether the stretch begins or ends inside, or covers the panel."""
        return reach.low <= self.high and reach.high >= self.low

    def share(self, moment: datetime) -> float:
        """Where a moment stands on the whole axis, 0 at its left end and 1 at its right."""
        return self.x0 + (moment - self.low) / (self.high - self.low) * (self.x1 - self.x0)


class Placed(NamedTuple):
    """Something that has a place on the axis: its stretch in local wall-clock time and its grain."""

    reach: Reach
    grain: Grain

    @property
    def coarse(self) -> bool:
        """Whether it is drawn apart."""
        return is_coarse(self.grain)


def placed(itinerary: Itinerary, words: Words) -> list[Placed]:
    """Every event's best estimate and every claim's nominal reading."""
    found = []
    for event in all_events(itinerary):
        for claim in event.claims:
            told = nominal(claim.interval)
            if told is not None and claim.interval is not None:
                found.append(Placed(naive(told, words), claim.interval.grain))
        if event.time is not None:
            best = best_reach(event.time)
            found.append(Placed(naive(best, words), event.time.grain))
    return found


def is_coarse(grain: Grain) -> bool:
    """Whether the grain is coarser than a week, so that the time is drawn apart."""
    return grain.order > Grain.WEEK.order


def naive(reach: Reach, words: Words) -> Reach:
    """The stretch on the wall clock of the page's zone, without the zone."""
    return Reach(*(words.local(end).replace(tzinfo=None) for end in reach))


def panels(itinerary: Itinerary, words: Words) -> tuple[Panel, ...]:
    """The panels from left to right; none where nothing has a time."""
    found = placed(itinerary, words)
    fine = _cut(_fine(found))
    coarse = _cut(sorted(p.reach for p in found if p.coarse))
    runs = sorted([(run, False) for run in fine] + [(run, True) for run in coarse])
    if not runs:
        return ()
    counts = [sum(p.coarse is is_c and run.low <= p.reach.low <= run.high for p in found) for run, is_c in runs]
    shares = _shares(counts)
    return tuple(_lay(runs, shares, words))


def _fine(found: list[Placed]) -> list[Reach]:
    """Clock times, and the days and parts of days that cover none of them."""
    clocks = [p.reach for p in found if p.grain.is_clock()]
    days = [p.reach for p in found if not p.coarse and not p.grain.is_clock()]
    runs = _merge(sorted(clocks), _LEAST_GAP)
    return sorted(clocks + [day for day in days if not any(run.low < day.high and day.low < run.high for run in runs)])


def _cut(reaches: list[Reach]) -> list[Reach]:
    runs = _merge(reaches, _LEAST_GAP)
    if not runs:
        return []
    rest = runs[-1].high - runs[0].low
    gaps = sorted(((b.low - a.high, index) for index, (a, b) in enumerate(pairwise(runs))), reverse=True)
    cuts = []
    for gap, index in gaps[: _MOST // 2]:
        if gap < rest * _SHARE:
            break
        cuts.append(index)
        rest -= gap
    return list(_joined(runs, set(cuts)))


def _merge(reaches: Iterable[Reach], slack: timedelta) -> list[Reach]:
    runs: list[Reach] = []
    for reach in reaches:
        if runs and reach.low - runs[-1].high < slack:
            runs[-1] = Reach(runs[-1].low, max(runs[-1].high, reach.high))
        else:
            runs.append(reach)
    return runs


def _joined(runs: list[Reach], cuts: set[int]) -> Iterator[Reach]:
    low = runs[0].low
    for index, run in enumerate(runs):
        if index in cuts or index == len(runs) - 1:
            yield Reach(low, run.high)
            if index + 1 < len(runs):
                low = runs[index + 1].low


def _shares(counts: list[int]) -> list[float]:
    """Widths by the root of what each panel holds, none narrower than its least share."""
    weights = [max(count, 1) ** 0.5 for count in counts]
    least = min(_NARROW, 1 / len(weights))
    shares = [max(weight / sum(weights), least) for weight in weights]
    over = sum(shares) - 1
    free = [share - least for share in shares]
    return [share - over * (f / sum(free)) if sum(free) else share for share, f in zip(shares, free, strict=True)]


def _lay(runs: list[tuple[Reach, bool]], shares: list[float], words: Words) -> Iterator[Panel]:
    gutter = 0.028 if len(runs) > 1 else 0.0
    room = 1 - gutter * (len(runs) - 1)
    x = 0.0
    before: datetime | None = None
    after = [*(run.low for run, _ in runs[1:]), None]
    for (run, coarse), share, then in zip(runs, shares, after, strict=True):
        gap, brief = _told(run.low - before, words) if before is not None else (None, None)
        x1 = min(x + share * room, 1.0)
        low, high = _aired(run, coarse, before, then)
        yield Panel(low, high, x, x1, _title(run, words), coarse, gap, brief)
        x += share * room + gutter
        before = run.high


def _aired(run: Reach, coarse: bool, before: datetime | None, after: datetime | None) -> Reach:
    """The run with air at both sides, but none that reaches into what the panels beside it tell."""
    pad = max((run.high - run.low) * 0.04, timedelta(hours=1) if not coarse else 20 * _DAY)
    low, high = run.low - pad, run.high + pad
    if run.low < run.high and before is not None and before <= run.low:
        low = max(low, before)
    if run.low < run.high and after is not None and run.high <= after:
        high = min(high, after)
    return Reach(low, high)


def _told(gap: timedelta, words: Words) -> tuple[Phrase, Phrase]:
    """What lies between two panels, in full and in brief; where nothing is left out, the scale alone changes."""
    if gap <= timedelta(0):
        return words.say("ui.closer"), words.say("ui.closer")
    length = words.length(gap)
    return words.say("ui.gap", length=length), length


def _title(run: Reach, words: Words) -> Phrase:
    low, high = (end.replace(tzinfo=words.zone) for end in run)
    inside = high - timedelta(microseconds=1) if high > low else high
    if low.date() == inside.date():
        return words.day(low, "day")
    if (low.month, low.day, inside.month, inside.day) == (1, 1, 12, 31):
        first, last = words.day(low, "year"), words.day(inside, "year")
        return first if first == last else words.say("time.range", low=plain(str(low.year)), high=last)
    if (low.year, low.month) == (inside.year, inside.month) and low.day == 1 and inside.day >= 28:
        return words.day(low, "month")
    if (low.year, low.month) == (inside.year, inside.month):
        return words.say("time.days", first=words.day(low, "date"), last=words.day(inside, "date_end"))
    key = "day_short" if high - low < 300 * _DAY else "month"
    return words.say("time.range", low=words.day(low, key), high=words.day(inside, key))
