"""Structured claims: one JSON object a line -> columns of numbers; bad lines are named and skipped.

A time keeps the grain it is written to: ``2031-05``, ``2031-05-06``, ``2031-05-06T09``, ``...T09:40``, ``...T09:40:12``
say a month, a day, an hour, a minute, a second (a minute may be written ``:00``). Times without an offset are in
the run's zone. No report tells as past what lies after its publication: such a claim is cut there and has no say.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from timeline.calendar import zone
from timeline.interval import Grain, Interval
from timeline.reconcile.kernel import DAY, HOUR, MINUTE, careful, window_of

GRAINS = tuple(Grain)
PLANNED = frozenset({"planned", "cancelled"})
UNSAID = frozenset({"denied"})
STATUSES = frozenset({"occurred", "rumoured"}) | PLANNED | UNSAID
COLUMNS = (
    "event",  # numbers of names, in order of first meeting
    "kind",
    "source",
    "speaker",  # the origin where one is named, else the source
    "start",  # seconds since 1970
    "end",
    "low",  # the closed window
    "high",
    "grain",
    "hedged",
    "say",  # 2 in full, 1 only where nobody has more (a plan, a denial), 0 none
    "published",  # or UNKNOWN
    "rumour",
)
UNKNOWN = -(2**62)
REMEMBERED = 200_000  # times read, kept for the claims that repeat them
FIRST_YEAR, LAST_YEAR = 2, 9997  # so that hedges and zones stay within what a date can say
_MINUTE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:00)?(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", re.ASCII)
_HOUR = re.compile(r"(\d{4}-\d\d-\d\d[T ]\d\d)(Z|[+-]\d\d:?\d\d)?", re.ASCII)
_WIDTHS = ((MINUTE, Grain.MINUTE), (HOUR, Grain.HOUR), (DAY - HOUR - 1, Grain.PART_OF_DAY), (DAY + HOUR, Grain.DAY))

Key = str | int


class _Names(dict[Any, int]):
    """Numbers for names, in order of first meeting."""

    def __missing__(self, name: Any) -> int:
        number = self[name] = len(self)
        return number


@dataclass
class Columns:
    """Claims as rows of numbers, one number for each of :data:`COLUMNS`, and what the numbers of names stand for."""

    events: _Names = field(default_factory=_Names)
    kinds: _Names = field(default_factory=_Names)
    sources: _Names = field(default_factory=_Names)
    numbers: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.numbers) // len(COLUMNS)


@dataclass(frozen=True)
class Said:
    """A time as read: nominal ``[start, end)``, closed window ``[low, high]`` in seconds, grain, whether hedged."""

    start: int
    end: int
    low: int
    high: int
    grain: Grain
    hedged: bool


class BadLineError(ValueError):
    """A line that is no claim; the text says why."""


def read_claims(lines: Iterable[bytes], timezone: str, warn: Callable[[str], None]) -> Columns:
    """All claims of the lines; a bad line is named with its number through ``warn`` and skipped."""
    columns = Columns()
    reader = TimeReader(timezone)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            _add(columns, orjson.loads(line), reader)
        except orjson.JSONDecodeError as problem:
            warn(f"claims, line {number}: not JSON ({problem}); skipped")
        except BadLineError as problem:
            warn(f"claims, line {number}: {problem}; skipped")
    return columns


def read_anchors(
    lines: Iterable[bytes], timezone: str, known: Iterable[Key], warn: Callable[[str], None]
) -> dict[Key, Said]:
    """Known answers by event; bad lines, unknown events and second answers are named through ``warn``."""
    answers: dict[Key, Said] = {}
    events = set(known)
    reader = TimeReader(timezone)
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            record = orjson.loads(line)
            if not isinstance(record, dict):
                raise BadLineError("not a JSON object")
            key = _key(record)
            said = reader.said(record)
        except ValueError as problem:  # orjson's error is one too
            warn(f"anchors, line {number}: {problem}; skipped")
            continue
        if key not in events:
            warn(f"anchors, line {number}: no claim is about event {key!r}; skipped")
        elif key in answers and answers[key] != said:
            warn(f"anchors, line {number}: event {key!r} has another answer already; skipped")
        else:
            answers[key] = said
    return answers


def _key(record: dict[str, Any]) -> Key:
    key = record.get("event")
    if not isinstance(key, (str, int)) or isinstance(key, bool) or key == "":
        raise BadLineError(f'"event" must be a text or a whole number, is {key!r}')
    return key


def _name(record: dict[str, Any], field_name: str) -> str | None:
    value = record.get(field_name)
    if value is None or value == "":
        return None
    if isinstance(value, str):
        return value
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    raise BadLineError(f'"{field_name}" must be a text, is {value!r}')


def _add(columns: Columns, record: Any, reader: TimeReader) -> None:
    if not isinstance(record, dict):
        raise BadLineError("not a JSON object")
    key = _key(record)
    source = _name(record, "source")
    if source is None:
        raise BadLineError('"source" is missing')
    kind = _name(record, "kind") or ""
    origin = _name(record, "origin") or source
    status = record.get("status") or "occurred"
    if not isinstance(status, str) or status not in STATUSES:
        raise BadLineError(f'"status" {status!r} is none of {", ".join(sorted(STATUSES))}')
    said = reader.said(record)
    low, high, start, say = said.low, said.high, said.start, 2
    published = record.get("published")
    bound = None if published is None else reader.last_moment(published)
    if status in PLANNED or status in UNSAID:
        say = 1
    elif bound is not None and bound < low:
        low = high = start = bound
        say = 0
    elif bound is not None and bound < high and high - low >= MINUTE:
        high = bound
    sources = columns.sources
    columns.numbers.extend(
        (
            columns.events[key],
            columns.kinds[kind],
            sources[source],
            sources[origin],
            min(max(start, low), high),
            said.end,
            low,
            high,
            said.grain.order,
            said.hedged,
            say,
            UNKNOWN if bound is None else bound,
            status == "rumoured",
        )
    )


class TimeReader:
    """Reads the time of a claim: ISO text, ``{"start", "end"}``, or words with the moment they were written at."""

    def __init__(self, timezone: str) -> None:
        self.zone = zone(timezone)
        self._read: dict[tuple[str, bool], Said] = {}

    def said(self, record: dict[str, Any]) -> Said:
        """The time a record tells. Raises :class:`BadLineError` where it tells none."""
        told = record.get("time")
        hedged = record.get("approximate", False)
        if not isinstance(hedged, bool):
            raise BadLineError(f'"approximate" must be true or false, is {hedged!r}')
        if isinstance(told, str):
            said = self._read.get((told, hedged))
            if said is None:
                said = self._careful(*self.moment(told), hedged)
                if len(self._read) < REMEMBERED:
                    self._read[told, hedged] = said
            return said
        if isinstance(told, dict):
            return self._range(told, hedged)
        if told is None and record.get("text"):
            return self._words(record)
        raise BadLineError('no "time" (ISO 8601, or {"start", "end"}) and no "text" with "at"')

    def moment(self, text: str) -> tuple[int, int, Grain]:
        """Start, end and grain of an ISO 8601 text, as fine as it is written."""
        if _MINUTE.fullmatch(text):
            start = self._clock(text)
            return start, start + MINUTE, Grain.MINUTE
        if found := _DATE.fullmatch(text):
            return self._date(text, *found.groups())
        if _HOUR.fullmatch(text):
            hour = text[:13] + ":00" + text[13:]
            start = self._clock(hour)
            return start, start + HOUR, Grain.HOUR
        start = self._clock(text)
        return start, start + 1, Grain.SECOND

    def last_moment(self, text: Any) -> int:
        """The last second at which a report dated so may have appeared."""
        if not isinstance(text, str):
            raise BadLineError(f'"published" must be ISO 8601, is {text!r}')
        start, end, grain = self.moment(text)
        return end - 1 if grain.order > Grain.MINUTE.order else start

    def _clock(self, text: str) -> int:
        try:
            moment = datetime.fromisoformat(text)
            if moment.tzinfo is None:
                moment = moment.replace(tzinfo=self.zone)
        except (ValueError, OverflowError) as problem:
            raise BadLineError(f"time {text[:60]!r} is not ISO 8601, as in 2031-05-06T09:40+09:00") from problem
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise BadLineError(f"time {text[:60]!r} is outside the years {FIRST_YEAR} to {LAST_YEAR}")
        return int((moment - _EPOCH) // _SECOND)

    def _date(self, text: str, year: str, month: str | None, day: str | None) -> tuple[int, int, Grain]:
        try:
            if not FIRST_YEAR <= int(year) <= LAST_YEAR:
                raise ValueError(year)
            first = date(int(year), int(month or 1), int(day or 1))
            if day:
                after, grain = first + timedelta(days=1), Grain.DAY
            elif month:
                after, grain = date(first.year + first.month // 12, first.month % 12 + 1, 1), Grain.MONTH
            else:
                after, grain = date(first.year + 1, 1, 1), Grain.YEAR
            return self._midnight(first), self._midnight(after), grain
        except (ValueError, OverflowError) as problem:
            raise BadLineError(f"date {text!r} is in no calendar") from problem

    def _midnight(self, day: date) -> int:
        return int((datetime(day.year, day.month, day.day, tzinfo=self.zone) - _EPOCH) // _SECOND)

    def _careful(self, start: int, end: int, grain: Grain, hedged: bool) -> Said:
        low, high = careful(start, end, grain, hedged, start % HOUR)
        return Said(start, end, low, high, grain, hedged)

    def _range(self, told: dict[str, Any], hedged: bool) -> Said:
        start, end = told.get("start"), told.get("end")
        if not isinstance(start, str):
            raise BadLineError(f'"time" needs a "start" in ISO 8601, has {start!r}')
        first, nominal_end, grain = self.moment(start)
        if end is None:
            return self._careful(first, nominal_end, grain, hedged)
        if not isinstance(end, str):
            raise BadLineError(f'"end" must be ISO 8601, is {end!r}')
        last = self.moment(end)[0]
        if last < first:
            raise BadLineError(f"time ends {end!r} before it starts {start!r}")
        width = last - first
        grain = next((g for most, g in _WIDTHS if width <= most), Grain.WEEK if width <= 7 * DAY else Grain.MONTH)
        if hedged or grain is Grain.MINUTE:
            return self._careful(first, max(last, first + 1), grain, hedged)
        return Said(first, last, first, max(first, last - 1), grain, hedged)

    def _words(self, record: dict[str, Any]) -> Said:
        at = record.get("at")
        if not isinstance(at, str):
            raise BadLineError(f'"text" needs "at", the moment it was written, in ISO 8601; has {at!r}')
        moment = datetime.fromtimestamp(self.moment(at)[0], tz=UTC).astimezone(self.zone)
        interval = self._first_interval(str(record["text"]), moment)
        window = window_of(interval)
        if window is None:
            raise BadLineError(f"no time found in {str(record['text'])[:60]!r}")
        hedged = interval.approximate or record.get("approximate") is True
        if hedged and not interval.approximate and interval.start is not None and interval.end is not None:
            return self._careful(window.start, window.end, interval.grain, True)
        return Said(window.start, window.end, window.low, window.high, interval.grain, hedged)

    def _first_interval(self, text: str, at: datetime) -> Interval:
        from timeline.normalize import normalize_text

        for mention in normalize_text(text, at, str(self.zone)):
            if mention.interval is not None and mention.interval.start is not None:
                return mention.interval
        raise BadLineError(f"no time found in {text[:60]!r}")


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
