"""The page's words in its two languages at once: labels from ``labels.toml``, and times and lengths put into words.

A :class:`Phrase` holds one text in the language the page opens in and in the other, so that the switch needs no server.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from reports.counting import counted
from timeline.calendar import zone as named_zone
from timeline.errors import UsageError
from timeline.interval import Grain, Interval

LANGUAGES = ("ko", "en")

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
_UNITS = (
    ("year", timedelta(days=365)),
    ("month", timedelta(days=30)),
    ("day", _DAY),
    ("hour", _HOUR),
    ("minute", _MINUTE),
    ("second", timedelta(seconds=1)),
)
_LOOKED_UP = ("ui", "status", "level", "anchor", "basis", "cause", "kind", "severity", "superseded", "authority")
_TICKS = ("tick_hour", "tick_half", "tick_day", "tick_month", "tick_year")


class Phrase(NamedTuple):
    """One text in the page's first language and in its other language."""

    main: str
    alt: str


@cache
def tables() -> dict[str, dict[str, dict[str, Any]]]:
    """The label tables by language, checked once: both languages must have the same sections and keys."""
    loaded = tomllib.loads(files("reports.page").joinpath("labels.toml").read_text(encoding="utf-8"))
    shapes = {code: _shape(loaded[code]) for code in LANGUAGES}
    lacking = shapes["ko"] ^ shapes["en"]
    if lacking:
        raise UsageError(f"labels.toml: not in both languages: {', '.join(sorted(lacking))}; add the missing keys")
    return loaded


@cache
def reasons() -> dict[str, str]:
    """Why an expression was read as it was: the resolver's English, and the same in Korean."""
    loaded = tomllib.loads(files("reports.page").joinpath("reasons.toml").read_text(encoding="utf-8"))
    return {str(english): str(korean) for english, korean in loaded["ko"].items()}


def _shape(table: dict[str, Any]) -> set[str]:
    sections = {name: section for name, section in table.items() if isinstance(section, dict)}
    return {f"{name}.{key}" for name, section in sections.items() for key in section}


def plain(text: str) -> Phrase:
    """A text that is the same in both languages: outside text, numbers."""
    return Phrase(text, text)


def closed_end(moment: datetime) -> datetime:
    """The end of a stretch told to its last second (23:59:59) as the moment it ends (24:00)."""
    return moment + timedelta(seconds=1) if moment.second == 59 else moment


class Words:
    """The two tables with a first language and the zone every time is told in."""

    def __init__(self, first: str, zone: str) -> None:
        second = next(code for code in LANGUAGES if code != first)
        self.languages = (first, second)
        self._tables = (tables()[first], tables()[second])
        self.zone = named_zone(zone)

    def say(self, key: str, **parts: Phrase | str | int) -> Phrase:
        """The label ``section.key`` with its places filled; phrases fill each language with its own text."""
        section, name = key.split(".")
        return Phrase(*(self._fill(side, section, name, parts) for side in (0, 1)))

    def _fill(self, side: int, section: str, name: str, parts: dict[str, Phrase | str | int]) -> str:
        pattern: str = self._tables[side][section][name]
        own = {key: value[side] if isinstance(value, Phrase) else counted(value) for key, value in parts.items()}
        return pattern.format(**own)

    def reason(self, english: str) -> Phrase:
        """A reason of the resolver in both languages; one the table lacks is shown as it is."""
        told = {"en": english, "ko": reasons().get(english, english)}
        return Phrase(*(told[code] for code in self.languages))

    def fixed(self) -> dict[str, str]:
        """The labels without places that pair one to one, first language to second: the switch looks these up."""
        pairs = [
            (text, self._tables[1][section][name])
            for section, labels in self._tables[0].items()
            for name, text in labels.items()
            if section in _LOOKED_UP and isinstance(text, str) and "{" not in text
        ]
        mains, alts = Counter(main for main, _ in set(pairs)), Counter(alt for _, alt in set(pairs))
        return {main: alt for main, alt in pairs if mains[main] == alts[alt] == 1 and main != alt}

    def other(self) -> Phrase:
        """What the language switch offers: the other language, named in itself."""
        return Phrase(*(table["ui"]["other"] for table in self._tables))

    # --- moments

    def local(self, moment: datetime) -> datetime:
        """The moment on the wall clock of the page's zone."""
        return moment.astimezone(self.zone)

    def clock(self, moment: datetime, *, seconds: bool = False, as_end: bool = False) -> Phrase:
        """``22:37``; a midnight that ends something is ``24:00``."""
        at = self.local(moment)
        hour = 24 if as_end and (at.hour, at.minute, at.second) == (0, 0, 0) else at.hour
        key = "time.clock_second" if seconds else "time.clock"
        return self.say(key, hour=hour, minute=at.minute, second=at.second)

    def clock_long(self, moment: datetime) -> Phrase:
        """The clock time with its half of the day written out."""
        at = self.local(moment)
        half = self._pick("halves", at.hour // 12)
        return self.say("time.clock_long", half=half, hour12=(at.hour - 1) % 12 + 1, minute=at.minute)

    def day(self, moment: datetime, key: str = "day", *, as_end: bool = False) -> Phrase:
        """A date by one of the patterns ``day``, ``day_short``, ``day_year``, ``month``, ``month_short``, ``year``."""
        at = self.local(moment)
        if as_end and (at.hour, at.minute, at.second) == (0, 0, 0):
            at -= _MINUTE
        weekday, month = self._pick("weekdays", at.weekday()), self._pick("months", at.month - 1)
        return self.say(f"time.{key}", year=at.year, month=at.month, day=at.day, weekday=weekday, month_name=month)

    def moment(self, moment: datetime, grain: Grain = Grain.MINUTE) -> Phrase:
        """A moment in full at its grain: date with year, and the clock time where the grain has one."""
        if grain.order > Grain.DAY.order:
            return self.day(moment, "year" if grain.order >= Grain.YEAR.order else "month")
        date = self.day(moment, "day_year")
        if not grain.is_clock():
            return date
        clock = self.clock(moment, seconds=True) if grain is Grain.SECOND else self.clock_long(moment)
        return self.say("time.joined", day=date, clock=clock)

    def _pick(self, name: str, index: int) -> Phrase:
        return Phrase(*(table["time"][name][index] for table in self._tables))

    # --- stretches

    def stretch(self, low: datetime, high: datetime, *, beside: datetime | None = None) -> Phrase:
        """``22:35–22:40``; with dates where the ends lie on other days than ``beside`` (else than each other)."""
        high = closed_end(high)
        days = self._days(low, high)
        if days is not None:
            return days
        fine = bool(low.second or high.second)
        first = self.clock(low, seconds=fine)
        last = self.clock(high, seconds=fine, as_end=high > low)
        if not self._same_day(low, high, beside):
            first = self.say("time.joined", day=self.day(low, "day_short"), clock=first)
            last = self.say("time.joined", day=self.day(high, "day_short", as_end=high > low), clock=last)
        return self.say("time.range", low=first, high=last)

    def _days(self, low: datetime, high: datetime) -> Phrase | None:
        a, b = self.local(low), self.local(high)
        midnight = all((at.hour, at.minute, at.second) == (0, 0, 0) for at in (a, b))
        if not midnight or high - low < _DAY:
            return None
        if high - low <= _DAY + _HOUR:
            return self.day(low, "day_short")
        key = "day_short" if a.year == (b - _MINUTE).year else "day_year"
        return self.say("time.range", low=self.day(low, key), high=self.day(high, key, as_end=True))

    def _same_day(self, low: datetime, high: datetime, beside: datetime | None) -> bool:
        last = self.local(high - timedelta(microseconds=1) if high > low else high).date()
        dates = {self.local(low).date(), last}
        if beside is not None:
            dates.add(self.local(beside).date())
        return len(dates) == 1

    def length(self, delta: timedelta) -> Phrase:
        """A length of time in its two largest units, the second only where it matters: ``1시간 20분``, ``12년``."""
        rest, told = abs(delta), list[Phrase]()
        for unit, size in _UNITS:
            count, rest = divmod(rest, size)
            if count:
                told.append(self.say(f"length.{unit}", n=count))
            if told and (len(told) == 2 or count >= 10 or not count):
                break
        if len(told) == 2:
            return self.say("length.join", left=told[0], right=told[1])
        return told[0] if told else self.say("length.minute", n=0)

    def value(self, interval: Interval) -> Phrase:
        """What a claim's time was read as: the nominal reading in full, at its grain."""
        if interval.start is None or interval.end is None:
            return self._open(interval)
        if interval.grain in (Grain.SECOND, Grain.MINUTE) and interval.end - interval.start <= _MINUTE:
            return self.moment(interval.start, interval.grain)
        if interval.grain in (Grain.DAY, Grain.MONTH, Grain.YEAR) and not self._long_for(interval):
            return self.moment(interval.start, interval.grain)
        if interval.end - interval.start < _DAY:
            return self.say(
                "time.joined",
                day=self.day(interval.start, "day_year"),
                clock=self.stretch(interval.start, interval.end, beside=interval.start),
            )
        return self.stretch(interval.start, interval.end)

    def brief(self, interval: Interval, beside: datetime) -> Phrase:
        """The same in few words, for a place where the day of ``beside`` is understood."""
        if interval.start is None or interval.end is None or interval.grain.order >= Grain.DAY.order:
            return self.value(interval)
        if interval.end - interval.start > _MINUTE and interval.grain is not Grain.HOUR:
            return self.stretch(interval.start, interval.end, beside=beside)
        clock = self.clock(interval.start, seconds=interval.grain is Grain.SECOND)
        if self.local(interval.start).date() == self.local(beside).date():
            return clock
        return self.say("time.joined", day=self.day(interval.start, "day_short"), clock=clock)

    def _long_for(self, interval: Interval) -> bool:
        nominal = {Grain.DAY: 1, Grain.MONTH: 31, Grain.YEAR: 366}[interval.grain]
        assert interval.start is not None
        assert interval.end is not None
        return interval.end - interval.start > timedelta(days=nominal, hours=1)

    def _open(self, interval: Interval) -> Phrase:
        if interval.start is not None:
            return self.say("time.not_before", low=self.moment(interval.start, interval.grain))
        if interval.end is not None:
            return self.say("time.not_after", high=self.moment(interval.end, interval.grain))
        return self.say("ui.untimed")

    def script(self) -> dict[str, dict[str, Any]]:
        """The words the page's script needs, by language."""
        return {code: self._script(table) for code, table in zip(self.languages, self._tables, strict=True)}

    @staticmethod
    def _script(table: dict[str, Any]) -> dict[str, Any]:
        ticks = {name: table["time"][name] for name in _TICKS}
        toggles = {name: table["ui"][name] for name in ("true_scale", "split_scale", "chart_name")}
        return {**table["script"], **ticks, **toggles}
