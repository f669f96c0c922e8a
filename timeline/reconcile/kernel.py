"""What a told time allows: the window a claim leaves open, how wide it is, and how two claims may be told apart.

Everything here is in whole seconds since 1970 (UTC), so the same rules serve a handful of claims and a million of them.
A window is closed, ``[low, high]``: the moments at which the event may have begun if the claim is right.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from timeline.interval import Grain, Interval

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
OPEN = 10_000 * 366 * DAY  # further than any date: stands for an open side

ROUND_HEDGE = 5 * MINUTE  # "about 10:40": people round to five minutes
FINE_HEDGE = 2 * MINUTE  # "about 10:37": nobody rounds to 37
HOUR_BEFORE = 10 * MINUTE  # "about two o'clock" may be ten to two
HOUR_AFTER = 30 * MINUTE  # "two o'clock", hedged or not, is said until half past

SLIPS = ((12 * HOUR, "half a day"), (DAY, "a day"))
SLIP_SLACK = 5 * MINUTE  # a slipped time may be rounded as well


@dataclass(frozen=True)
class Window:
    """The moments a claim allows: nominal start and end, and the closed window ``[low, high]``; seconds since 1970.

    ``exact``: the claim names one minute or second and leaves no room around it.
    """

    start: int
    end: int
    low: int
    high: int
    exact: bool

    @property
    def spread(self) -> int:
        """Length of the window in seconds, at least one."""
        return max(1, self.high - self.low + 1)

    def meets(self, other: Window) -> bool:
        """Whether both claims can be true."""
        return self.low <= other.high and other.low <= self.high


def seconds(moment: datetime) -> int:
    """An aware datetime as whole seconds since 1970."""
    return int(moment.timestamp())


def window_of(interval: Interval, not_after: datetime | None = None) -> Window | None:
    """The window of an interval, cut at ``not_after`` (the publication of what is told as past).

    ``None`` where nothing is left: the whole window lies after ``not_after``, or the interval is open on both sides.
    """
    if interval.start is None and interval.end is None:
        return None
    low = seconds(interval.low) if interval.low is not None else -OPEN
    high = seconds(interval.high) if interval.high is not None else OPEN
    if interval.high is not None and interval.high == interval.end and high > low:
        high -= 1  # a nominal end is not part of the interval
    start = seconds(interval.start) if interval.start is not None else low
    end = seconds(interval.end) if interval.end is not None else high
    low, high = min(low, start), max(high, start)
    if not_after is not None:
        high = min(high, seconds(not_after))
        if high < low:
            return None
    exact = not interval.approximate and interval.grain.order <= Grain.MINUTE.order and high - low < 2 * MINUTE
    if interval.start is None:
        start = low if low > -OPEN else high
    return Window(start=min(max(start, low), high), end=end, low=low, high=high, exact=exact)


def careful(start: int, end: int, grain: Grain, approximate: bool, of_hour: int = 0) -> tuple[int, int]:
    """The widest careful reading ``(earliest, latest)`` of a clock time or date, in seconds since 1970.

    ``of_hour`` is the local second within the hour, by which a rounded minute is known. The rules are the ones printed
    in the README: an unhedged minute stands alone, a hedged one spreads by five minutes on multiples of five, else by
    two; a bare hour lasts to half past; a hedged date spreads by a third of its own length on either side.
    """
    if grain.order <= Grain.MINUTE.order:
        if not approximate:
            return start, max(start, end - 1)
        hedge = ROUND_HEDGE if of_hour % (5 * MINUTE) == 0 else FINE_HEDGE
        return start - hedge, start + hedge
    if grain is Grain.HOUR:
        return (start - HOUR_BEFORE if approximate else start), start + HOUR_AFTER
    pad = (end - start) // 3 if approximate else 0
    return start - pad, end - 1 + pad


def slip_between(a: int, b: int) -> str | None:
    """The name of the slip that explains the distance of two times ("half a day", "a day"), or ``None``."""
    for size, name in SLIPS:
        if abs(abs(a - b) - size) <= SLIP_SLACK:
            return name
    return None
