"""Intervals of time with a grain: what a time expression denotes, how widely it may be read, and how that is written.

An interval is half-open, ``[start, end)``, on aware datetimes. Besides its nominal reading it carries the widest reading a
careful reader would accept, ``[earliest, latest]`` (closed), so that "10:40경" is the minute 22:40 and also 22:35 to 22:45.
Texts follow ISO 8601 and its part 2 (EDTF, level 1) and TIMEX3 values (TimeML 1.2.1).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Self

from pydantic import AwareDatetime, BaseModel, ConfigDict, model_validator


class Frozen(BaseModel):
    """A value: immutable, comparable, hashable, refuses unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def trusted(cls, **values: Any) -> Self:
        """A value from fields that are known to be of their types, every one given: unchecked, in half the time that
        ``model_construct`` takes. For what a stage makes by the hundred thousand, never for what comes from outside.
        """
        new = cls.__new__(cls)
        for name, value in (
            ("__dict__", values),
            ("__pydantic_fields_set__", set(values)),
            ("__pydantic_extra__", None),
            ("__pydantic_private__", None),
        ):
            object.__setattr__(new, name, value)
        return new

    def altered(self, **changes: Any) -> Self:
        """The value with some fields changed, as unchecked as :meth:`trusted`."""
        return self.trusted(**{**self.__dict__, **changes})


class Grain(StrEnum):
    """How fine a time is said, from finest to coarsest (Duckling's word for precision)."""

    SECOND = "second"
    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    PART_OF_MONTH = "part_of_month"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"

    @property
    def order(self) -> int:
        """0 for the finest grain; larger is coarser."""
        return _ORDER[self]

    def is_clock(self) -> bool:
        """Whether the grain is that of a clock time (second, minute or hour)."""
        return self.order <= _ORDER[Grain.HOUR]


_ORDER = {grain: index for index, grain in enumerate(Grain)}


class Interval(Frozen):
    """A time with its nominal reading ``[start, end)`` and its widest careful reading ``[earliest, latest]``.

    ``None`` at an end means open on that side. ``approximate`` is true where the text hedges (경, 쯤, about).
    """

    start: AwareDatetime | None
    end: AwareDatetime | None
    earliest: AwareDatetime | None = None
    latest: AwareDatetime | None = None
    grain: Grain
    approximate: bool = False

    @model_validator(mode="after")
    def _ordered(self) -> Interval:
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"interval ends {self.end.isoformat()} before it starts {self.start.isoformat()}")
        return self

    @property
    def low(self) -> datetime | None:
        """The earliest moment of the widest reading; falls back to the nominal start."""
        return self.earliest if self.earliest is not None else self.start

    @property
    def high(self) -> datetime | None:
        """The latest moment of the widest reading; falls back to the nominal end."""
        return self.latest if self.latest is not None else self.end

    @property
    def width(self) -> timedelta | None:
        """Length of the nominal reading, ``None`` where an end is open."""
        return None if self.start is None or self.end is None else self.end - self.start

    def meets(self, other: Interval) -> bool:
        """Whether the two widest readings share a moment; stretches of days that only touch do not."""
        if max(self.grain.order, other.grain.order) >= Grain.PART_OF_DAY.order:
            return _before(self.low, other.high) and _before(other.low, self.high)
        return _before_or_at(self.low, other.high) and _before_or_at(other.low, self.high)

    def overlaps(self, other: Interval) -> bool:
        """Whether the two nominal readings share more than an end point."""
        return _before(self.start, other.end) and _before(other.start, self.end)

    def contains(self, other: Interval) -> bool:
        """Whether the other's nominal reading lies inside this one's."""
        low = self.start is None or (other.start is not None and self.start <= other.start)
        high = self.end is None or (other.end is not None and other.end <= self.end)
        return low and high


def _before(a: datetime | None, b: datetime | None) -> bool:
    return a is None or b is None or a < b


def _before_or_at(a: datetime | None, b: datetime | None) -> bool:
    return a is None or b is None or a <= b


def timex3(interval: Interval) -> str:
    """The TIMEX3 value of an interval in its own zone: ``2024-02-27T22:40``, ``2024-02``, ``2024-W08``, ``2024-02-27TNI``."""
    start, grain = interval.start, interval.grain
    if start is None:
        return f"../{_point(interval.end, grain)}" if interval.end is not None else "XXXX"
    if grain in _FORMATS:
        return start.strftime(_FORMATS[grain])
    if grain is Grain.WEEK:
        year, week, _ = start.isocalendar()
        return f"{year:04d}-W{week:02d}"
    if grain is Grain.WEEKEND:
        year, week, _ = start.isocalendar()
        return f"{year:04d}-W{week:02d}-WE"
    if grain is Grain.QUARTER:
        return f"{start.year:04d}-Q{(start.month + 2) // 3}"
    if grain is Grain.HALF:
        return f"{start.year:04d}-H{1 if start.month <= 6 else 2}"
    if grain is Grain.DECADE:
        return f"{start.year // 10:03d}X"
    if grain is Grain.CENTURY:
        return f"{start.year // 100:02d}XX"
    return edtf(interval)


def edtf(interval: Interval) -> str:
    """The interval as EDTF text: ``2024-02-27~``, ``2024-02-27T12:00/2024-02-27T18:00``; qualifiers for dates only."""
    if interval.start is None and interval.end is None:
        return ".."
    if interval.start is None:
        return f"../{_point(interval.end, interval.grain)}"
    if interval.grain in _FORMATS:
        hedge = "~" if interval.approximate and not interval.grain.is_clock() else ""
        return interval.start.strftime(_FORMATS[interval.grain]) + hedge
    return f"{_point(interval.start, interval.grain)}/{_point(interval.end, interval.grain)}"


_FORMATS = {
    Grain.SECOND: "%Y-%m-%dT%H:%M:%S",
    Grain.MINUTE: "%Y-%m-%dT%H:%M",
    Grain.HOUR: "%Y-%m-%dT%H",
    Grain.DAY: "%Y-%m-%d",
    Grain.MONTH: "%Y-%m",
    Grain.YEAR: "%Y",
}


def _point(moment: datetime | None, grain: Grain) -> str:
    if moment is None:
        return ".."
    return moment.strftime("%Y-%m-%dT%H:%M" if grain.order <= Grain.PART_OF_DAY.order else "%Y-%m-%d")
