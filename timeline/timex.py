"""What a time expression says, before anything it depends on is known: language-neutral, unresolved meaning.

A language pack turns words into *slots* (a mapping of the fields below); neighbouring slots are merged coarse to fine
and become one :class:`Timex`. Resolution (:mod:`timeline.resolve`) reads nothing but these fields. The model follows
TIMEX3 (TimeML 1.2.1): a calendar point, an amount of time, or a set, plus what the text says of its edges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any, Literal

Slots = Mapping[str, Any]


class Base(StrEnum):
    """What a shift ("the day before", "last month") is counted from."""

    PUBLICATION = "publication"  # 어제, 지난달, yesterday
    STORY = "story"  # 이날, 전날: the day the report is telling
    LAST = "last"  # 같은 날, 이튿날, the next day: the day told last


class Part(StrEnum):
    """Parts of the day. Their hours belong to the language pack; noon and midnight are clock times, not parts."""

    DAWN = "dawn"
    MORNING = "morning"
    FORENOON = "forenoon"
    MIDDAY = "midday"
    LUNCH = "lunch"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"
    LATE_NIGHT = "late_night"
    OVERNIGHT = "overnight"
    DAYTIME = "daytime"
    ALL_DAY = "all_day"
    SUNRISE = "sunrise"
    SUNSET = "sunset"


class Elapsed(StrEnum):
    """How an amount of time is used."""

    LENGTH = "length"  # 두 시간 동안: a duration and no more
    AGO = "ago"  # 사흘 전
    LATER = "later"  # 두 시간 뒤
    AFTER_EVENT = "after_event"  # 신고 7분 만에
    WITHIN = "within"  # 한 시간 안에: the deadline
    NTH_DAY = "nth_day"  # 사흘째
    LAST = "last"  # 지난 3개월간: the stretch that ends now
    NEXT = "next"  # 향후 3년: the stretch that begins now


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of time in calendar units, exact as said: ``Amount(hours=2, minutes=30)``; ``few`` for 몇 and
    several.
    """

    years: float = 0
    months: float = 0
    weeks: float = 0
    days: float = 0
    hours: float = 0
    minutes: float = 0
    seconds: float = 0
    few: bool = False

    def iso(self) -> str:
        """ISO 8601: ``P1Y2M``, ``PT2H30M``; weeks stand alone or are given in days."""
        if self.weeks and not (self.years or self.months or self.days or self.hours or self.minutes or self.seconds):
            return f"P{_number(self.weeks)}W"
        days = self.days + 7 * self.weeks
        date = _fields((self.years, "Y"), (self.months, "M"), (days, "D"))
        time = _fields((self.hours, "H"), (self.minutes, "M"), (self.seconds, "S"))
        if not date and not time:
            return "PT0S"
        return f"P{date}T{time}" if time else f"P{date}"

    def __add__(self, other: Amount) -> Amount:
        """Unit by unit; "several" stays several."""
        values: dict[str, Any] = {unit: getattr(self, unit) + getattr(other, unit) for unit in UNITS}
        return Amount(few=self.few or other.few, **values)

    @property
    def seconds_in_all(self) -> float:
        """The clock part and days and weeks in seconds; years and months, which have no fixed length, are not
        counted.
        """
        return self.seconds + 60 * self.minutes + 3600 * self.hours + 86400 * self.days + 604800 * self.weeks

    @property
    def unit(self) -> str:
        """The finest unit with a value, ``"days"`` for an empty amount."""
        return next((unit for unit in reversed(UNITS) if getattr(self, unit)), "days")


UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")


@lru_cache(maxsize=4096)
def amount_of(unit: str, value: float, few: bool = False) -> Amount:
    """So many of one unit of :data:`UNITS`."""
    values: dict[str, Any] = {unit: value}
    return Amount(few=few, **values)


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else str(value)


def _fields(*pairs: tuple[float, str]) -> str:
    return "".join(f"{_number(value)}{letter}" for value, letter in pairs if value)


@dataclass(frozen=True, slots=True)
class Holiday:
    """A named day: a fixed date, a date of the lunisolar calendar, or the nth weekday of a month.

    ``before`` and ``after`` are the days a holiday period adds around it. A solar term is named by the sun's
    longitude in degrees instead. ``last`` is true for the last weekday of the month.
    """

    name: str
    month: int = 0
    day: int = 0
    lunar: bool = False
    weekday: int | None = None
    nth: int = 0
    before: int = 0
    after: int = 0
    longitude: int | None = None
    substitute: bool = False


@dataclass(frozen=True, slots=True)
class Timex:
    """One time expression's meaning. Every field is optional: what the text does not say stays unset.

    ``year`` with ``short_year`` has two digits only; ``day`` -1 is the last day of the month; ``weekday`` 0 is Monday;
    ``nth`` counts weeks (``nth_week``) or weekdays of a month or year, -1 the last. ``shift`` counts ``shift_unit``
    from ``base``. ``direction`` is -1 for 지난, 0 for 이번, 1 for 오는, 2 for 다음. ``portion`` is early, mid or
    late. ``hour`` may exceed 23 (25시); ``meridiem`` is am, pm, 24 (no marker needed) or colon (written 9:30: the
    24-hour clock, save in a text that is nothing else). ``minute_shift`` is "five to three", in minutes. ``side`` is
    -1 for "just before", 1 for "just after". ``head`` is what a chained shift ("the day before the last Friday") or a
    started duration is counted from; ``same_as`` the same moment in
    another zone. Of a range, ``first`` and ``second`` are the ends.
    """

    year: int | None = None
    short_year: bool = False
    shift_unit: str | None = None
    shift: int = 0
    base: Base = Base.PUBLICATION
    direction: int | None = None
    decade: int | None = None
    century: int | None = None
    half: int | None = None
    quarter: int | None = None
    season: int | None = None
    term: int | None = None
    month: int | None = None
    day: int | None = None
    nth: int | None = None
    nth_week: bool = False
    weekday: int | None = None
    week_part: str | None = None
    lunar: bool = False
    leap: bool = False
    holiday: Holiday | None = None
    holiday_period: bool = False
    portion: str | None = None
    part: Part | None = None
    part_edge: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    meridiem: str | None = None
    midnight: bool = False
    minute_shift: int = 0
    after_midnight: bool = False
    now: bool = False
    restated_day: int | None = None
    restated_month: int | None = None
    restated_weekday: int | None = None
    zone: str | None = None
    amount: Amount | None = None
    amount_low: Amount | None = None
    elapsed: Elapsed | None = None
    event: str | None = None
    head: Timex | None = None
    same_as: Timex | None = None
    every: str | None = None
    first: Timex | None = None
    second_end: Timex | None = None
    vague: str | None = None
    approximate: bool = False
    loose: bool = False
    side: int = 0
    bound: Literal["from", "until", "before", "after"] | None = None
    whole_units: bool = False

    @property
    def has_clock(self) -> bool:
        """Whether a clock time is said."""
        return self.hour is not None or self.midnight

    @property
    def has_date(self) -> bool:
        """Whether anything of the calendar, from century to day, is said."""
        return (
            self.names_day
            or any(
                value is not None
                for value in (
                    self.year,
                    self.decade,
                    self.century,
                    self.half,
                    self.quarter,
                    self.season,
                    self.month,
                    self.portion,
                    self.term,
                )
            )
            or self.shift_unit is not None
        )

    @property
    def names_day(self) -> bool:
        """Whether a single day (or a holiday, week part or weekend) is said."""
        return (
            self.day is not None
            or self.weekday is not None
            or self.holiday is not None
            or self.shift_unit == "day"
            or self.restated_day is not None
            or self.now
        )
