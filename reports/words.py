"""How exports say things: statuses, levels, dates and sentences, in Korean and English, from ``labels.toml``.

A :class:`Wording` is bound to the language most of the reports are in and to the itinerary's zone, so that every writer
says the same moment in the same words.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import cache
from importlib.resources import files

from reports.counting import counted
from timeline.calendar import zone
from timeline.interval import Frozen, Grain
from timeline.model import EventTime, Itinerary

_CLOSED = timedelta(minutes=1)  # how far a closed end (the last minute) lies before an exclusive one
_UNIT = {Grain.MONTH: "month", Grain.YEAR: "year", Grain.DECADE: "decade"}


class Labels(Frozen):
    """One language's table of ``labels.toml``; an unknown or missing key is refused when it is read."""

    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    halves: tuple[str, str]
    day: str
    month: str
    year: str
    decade: str
    clock: str
    hour: str
    midnight: str
    joined: str
    between: str
    about: str
    unknown: str
    unpublished: str
    status: dict[str, str]
    level: dict[str, str]
    severity: dict[str, str]
    superseded: dict[str, str]
    basis: dict[str, str]
    grain: dict[str, str]
    says: dict[str, str]
    table: dict[str, str]
    left_out: dict[str, str]


@cache
def labels() -> dict[str, Labels]:
    """The tables of every language, by ISO 639-1 code."""
    text = files("reports").joinpath("labels.toml").read_text(encoding="utf-8")
    return {code: Labels.model_validate(table) for code, table in tomllib.loads(text).items()}


@dataclass(frozen=True)
class Wording:
    """Words of one language for moments in one zone."""

    words: Labels
    zone: tzinfo

    def says(self, key: str, **given: object) -> str:
        """The sentence of that key, filled in."""
        return self.words.says[key].format(**{name: counted(value) for name, value in given.items()})

    def moment(self, moment: datetime, grain: Grain) -> str:
        """A moment at a grain: ``2026년 3월 11일(수) 오전 10:37``, ``2013년``."""
        local = moment.astimezone(self.zone)
        if grain in _UNIT:
            template: str = getattr(self.words, _UNIT[grain])
            return template.format(year=local.year, month=self.words.months[local.month - 1])
        if not grain.is_clock():
            return self.day(local)
        return self.words.joined.format(day=self.day(local), clock=self.clock(local, grain))

    def to_the_minute(self, moment: datetime) -> str:
        """The day and the minute; the day alone at midnight, where no more than the day is likely to be known."""
        grain = Grain.DAY if _midnight(moment.astimezone(self.zone)) else Grain.MINUTE
        return self.moment(moment, grain)

    def day(self, moment: datetime) -> str:
        """The day with its weekday."""
        local = moment.astimezone(self.zone)
        return self.words.day.format(
            year=local.year,
            month=self.words.months[local.month - 1],
            day=local.day,
            weekday=self.words.weekdays[local.weekday()],
        )

    def clock(self, moment: datetime, grain: Grain = Grain.MINUTE) -> str:
        """The time of day: ``오전 10:37``, ``오후 2시``."""
        local = moment.astimezone(self.zone)
        half = self.words.halves[local.hour // 12]
        if grain is Grain.HOUR:
            return self.words.hour.format(half=half, hour=_hour(local))
        return self.words.clock.format(half=half, bare=_bare(local, grain))

    def stretch(self, low: datetime, high: datetime, grain: Grain = Grain.MINUTE) -> str:
        """From one moment to another, the shared day said once; whole days where both ends are midnights."""
        first, last = low.astimezone(self.zone), high.astimezone(self.zone)
        if _midnight(first) and _midnight(last) and last > first:
            final = last - timedelta(days=1)
            return self.day(first) if final == first else self._joined(self.day(first), self.day(final))
        fine = grain if grain is Grain.SECOND else Grain.MINUTE
        if first.date() == (last - timedelta(microseconds=1)).date():
            return self.words.joined.format(day=self.day(first), clock=self._clocks(first, last, fine))
        return self._joined(self.moment(first, fine), self.moment(last, fine))

    def unsure(self, time: EventTime) -> str | None:
        """In few words, beside a calendar's own time: the widest stretch, or a coarse time itself; else ``None``."""
        if time.grain.order > Grain.DAY.order:
            return self.when(time)
        bounds = self._bounds(time)
        if bounds is None and time.grain is Grain.PART_OF_DAY and time.start and time.end:
            bounds = time.start.astimezone(self.zone), time.end.astimezone(self.zone)
        if bounds is None:
            return None
        first, last = bounds
        today = time.best.astimezone(self.zone).date()
        if first.date() == today == (last - timedelta(microseconds=1)).date() and not _is_whole_day(first, last):
            return self._clocks(first, last, Grain.SECOND if time.grain is Grain.SECOND else Grain.MINUTE)
        return self.stretch(first, last, time.grain)

    def _clocks(self, first: datetime, last: datetime, grain: Grain) -> str:
        """Two clock times of one day: ``오전 10:00–10:10``, ``오전 11:00–오후 1:00``, ``오후 6:00–자정``."""
        if _midnight(last):
            return self._joined(self.clock(first, grain), self.words.midnight)
        if first.hour // 12 == last.hour // 12:
            bare = self._joined(_bare(first, grain), _bare(last, grain))
            return self.words.clock.format(half=self.words.halves[first.hour // 12], bare=bare)
        return self._joined(self.clock(first, grain), self.clock(last, grain))

    def _joined(self, low: str, high: str) -> str:
        return self.words.between.format(low=low, high=high)

    def when(self, time: EventTime | None) -> str:
        """The reconciled time in words: the best estimate at its grain, or the whole stretch where it is one."""
        if time is None:
            return self.words.unknown
        said = self._nominal(time)
        return self.words.about.format(when=said) if time.approximate and time.grain.is_clock() else said

    def _nominal(self, time: EventTime) -> str:
        if time.start is None or time.end is None or time.grain in _UNIT or _is_one_unit(time):
            return self.moment(time.best, time.grain)
        return self.stretch(time.start, time.end, time.grain)

    def window(self, time: EventTime) -> str | None:
        """The widest stretch the claims allow; ``None`` where it is no other than the nominal reading."""
        bounds = self._bounds(time)
        return None if bounds is None else self.stretch(*bounds, time.grain)

    def _bounds(self, time: EventTime) -> tuple[datetime, datetime] | None:
        """The widest reading, a last minute (11:59) read as the end; ``None`` where the nominal one is as wide."""
        low, high = time.earliest or time.start, time.latest or time.end
        if low is None or high is None:
            return None
        last = high.astimezone(self.zone)
        if last.minute == 59 and (last.hour == 23 or time.grain.order > Grain.MINUTE.order):
            last = last.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        same = low == time.start and time.end is not None and timedelta(0) <= time.end - last <= _CLOSED
        return None if same else (low.astimezone(self.zone), last)


def _hour(moment: datetime) -> int:
    """The hour on the twelve-hour clock, midnight as 0 and noon as 12, so that neither can be taken for the other."""
    return moment.hour if moment.hour <= 12 else moment.hour - 12


def _bare(moment: datetime, grain: Grain) -> str:
    seconds = f":{moment.second:02}" if grain is Grain.SECOND else ""
    return f"{_hour(moment)}:{moment.minute:02}{seconds}"


def _is_whole_day(first: datetime, last: datetime) -> bool:
    return _midnight(first) and _midnight(last)


def _midnight(moment: datetime) -> bool:
    return (moment.hour, moment.minute, moment.second, moment.microsecond) == (0, 0, 0, 0)


_ONE = {
    Grain.SECOND: timedelta(seconds=1),
    Grain.MINUTE: timedelta(minutes=1),
    Grain.HOUR: timedelta(hours=1),
}


def _is_one_unit(time: EventTime) -> bool:
    """Whether the nominal reading is one second, minute or hour, which is said as a point."""
    assert time.start is not None
    assert time.end is not None
    return time.grain in _ONE and time.end - time.start <= _ONE[time.grain]


def language(itinerary: Itinerary) -> str:
    """The language asked for, or that of most reports, if there are words for it; else English; Korean where none are."""
    if itinerary.language in labels():
        return itinerary.language
    counts = Counter(document.language for document in itinerary.documents)
    if not counts:
        return "ko"
    code = min(counts, key=lambda name: (-counts[name], name))
    return code if code in labels() else "en"


def wording(itinerary: Itinerary) -> Wording:
    """The words for an itinerary: the language of its reports, its zone."""
    return Wording(labels()[language(itinerary)], zone(itinerary.timezone))
