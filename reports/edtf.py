"""A told stretch of time as EDTF (ISO 8601-2, level 1), with both its ends."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo

from timeline.interval import Grain, Interval, edtf

_ONE = {Grain.SECOND: timedelta(seconds=1), Grain.MINUTE: timedelta(minutes=1), Grain.HOUR: timedelta(hours=1)}


def stretch(start: datetime | None, end: datetime | None, grain: Grain, approximate: bool, tz: tzinfo) -> str:
    """The interval [start, end) on the wall clock of the zone: one unit as a point, more than one as first/last."""
    first = None if start is None else start.astimezone(tz)
    last = None if end is None else end.astimezone(tz)
    whole = _text(first, last, grain, approximate)
    if first is None or last is None or last - first <= _ONE.get(grain, timedelta(0)):
        return whole
    final = last if grain in _ONE else last - timedelta(days=1)
    if final <= first:
        return whole
    ending = _text(final, final, grain, approximate)
    return whole if "/" in whole or ending == whole else f"{whole}/{ending}"


def _text(start: datetime | None, end: datetime | None, grain: Grain, approximate: bool) -> str:
    return edtf(Interval(start=start, end=end, grain=grain, approximate=approximate))
