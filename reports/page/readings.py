"""What the claims of one event say about its time: points, ranges, their spread, and which of them count."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from timeline.interval import Grain, Interval
from timeline.model import Claim, Event, EventTime, Role, TimexType

_POINT = {Grain.SECOND: timedelta(minutes=1), Grain.MINUTE: timedelta(minutes=1), Grain.HOUR: timedelta(hours=1)}


class Reach(NamedTuple):
    """The stretch something covers, both ends known: open ends are closed at the known one."""

    low: datetime
    high: datetime

    @property
    def width(self) -> timedelta:
        """Its length."""
        return self.high - self.low


def nominal(interval: Interval | None) -> Reach | None:
    """The nominal reading as a stretch; ``None`` where neither end is known."""
    if interval is None:
        return None
    return _closed(interval.start, interval.end)


def widest(interval: Interval | None) -> Reach | None:
    """The widest careful reading as a stretch."""
    if interval is None:
        return None
    return _closed(interval.low, interval.high)


def _closed(low: datetime | None, high: datetime | None) -> Reach | None:
    known = [end for end in (low, high) if end is not None]
    return Reach(known[0], known[-1]) if known else None


def live(event: Event) -> list[Claim]:
    """The claims that count for the time: with an interval and not superseded."""
    return [claim for claim in event.claims if claim.interval is not None and claim.superseded is None]


def is_point(claim: Claim) -> bool:
    """Whether the claim names a clock time and not a stretch."""
    told = claim.interval
    if told is None or told.start is None or told.end is None or told.grain not in _POINT:
        return False
    ranged = claim.mention is not None and claim.mention.type is TimexType.RANGE
    return not ranged and told.end - told.start <= _POINT[told.grain]


def is_exact(claim: Claim) -> bool:
    """Whether the claim names a minute or second without a hedge."""
    told = claim.interval
    return told is not None and is_point(claim) and told.grain is not Grain.HOUR and not told.approximate


def points(event: Event) -> list[datetime]:
    """The clock times the live claims name for the event's beginning (its end where only that is told)."""
    told = [claim for claim in live(event) if is_point(claim)]
    begins = [claim for claim in told if claim.role is not Role.END] or told
    return [claim.interval.start for claim in begins if claim.interval and claim.interval.start]


def spread(event: Event) -> timedelta:
    """How far apart the clock times named for the event lie; zero where fewer than two are named."""
    told = points(event)
    return max(told) - min(told) if told else timedelta(0)


def best_reach(time: EventTime) -> Reach:
    """Where the best estimate stands: a moment where a clock time is known, else the whole day, month or year."""
    if time.grain.is_clock() or time.start is None or time.end is None:
        return Reach(time.best, time.best)
    return Reach(time.start, time.end)
