"""Where the ticks of a stretch of time stand and what they say: even steps of the clock, else whole days, months, years.

Moments are naive, on the wall clock of the page's zone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from reports.page.words import Phrase, Words

_HOURS = (1, 2, 3, 6, 12)
_CLOCK = tuple(timedelta(minutes=m) for m in (1, 2, 5, 10, 15, 30)) + tuple(timedelta(hours=h) for h in _HOURS)
_DAYS = tuple(timedelta(days=d) for d in (1, 2, 4, 7, 14))
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200)
_MONTH = timedelta(days=30)
_DAY = timedelta(days=1)


def ticks(low: datetime, high: datetime, most: int, words: Words) -> list[tuple[datetime, Phrase]]:
    """At most about ``most`` moments from ``low`` to ``high`` with their texts, evenly apart as a reader would count."""
    wanted = (high - low) / max(most, 1)
    step = next((step for step in (*_CLOCK, *_DAYS) if step >= wanted), None)
    if step is not None:
        key = "day_short" if step >= _DAY else "" if high - low <= timedelta(hours=36) else "tick_half"
        return [(moment, _text(moment, key, words)) for moment in _even(low, high, step)]
    months = next((months for months in _MONTHS if months * _MONTH >= wanted), _MONTHS[-1])
    key = "year" if months >= 12 else "month"
    return [(moment, _text(moment, key, words)) for moment in _monthly(low, high, months)]


def _text(moment: datetime, key: str, words: Words) -> Phrase:
    at = moment.replace(tzinfo=words.zone)
    if key == "tick_half":
        return words.day(at, "day_short") if moment.hour == 0 else words.clock(at)
    return words.day(at, key) if key else words.clock(at)


def _even(low: datetime, high: datetime, step: timedelta) -> Iterator[datetime]:
    first = low.replace(hour=0, minute=0, second=0, microsecond=0)
    moment = first + step * -((first - low) // step)
    while moment <= high:
        yield moment
        moment += step


def _monthly(low: datetime, high: datetime, step: int) -> Iterator[datetime]:
    first = low.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    month = low.year * 12 + low.month - 1
    month += -month % step
    while 12 <= month < 12 * 10_000:
        moment = first.replace(year=month // 12, month=month % 12 + 1)
        if moment > high:
            return
        if moment >= low:
            yield moment
        month += step
