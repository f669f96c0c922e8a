"""Dates printed on a report, found and read: in the orders, labels, clocks and zones that pages use.

A stamp is read as it stands: no reference day is ever added, so "3월 1일" without a year is found but has no interval.
A stamp without a zone is of the zone handed in; one with a zone word keeps that zone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache

from sources.vocabulary import Label, vocabulary
from timeline.calendar import zone as named_zone
from timeline.interval import Grain, Interval


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: where it stands, what it denotes (``None`` where year or sense is missing), and its label."""

    start: int
    end: int
    interval: Interval | None
    label: Label | None = None
    label_start: int = -1
    word: str = ""

    def quote(self, text: str) -> str:
        """The words of the stamp with its label."""
        words = text[self.first : self.end].strip()
        for opening, closing in ("()", "[]"):
            if words.count(opening) < words.count(closing):
                words = words.rstrip(closing).strip()
        return words

    @property
    def first(self) -> int:
        """Where the stamp begins, its label counted."""
        return self.start if self.label_start < 0 else min(self.start, self.label_start)


def find(text: str, zone: tzinfo) -> tuple[Found, ...]:
    """Every date in one line of text, left to right, each with the label that stands before or behind it."""
    spans: list[Found] = []
    for match in _dates(text):
        if spans and match.start() < spans[-1].end:
            continue
        spans.append(_read(text, match, zone))
    return tuple(_labelled(text, spans))


def parse(text: str, zone: tzinfo) -> Interval | None:
    """The time one date text denotes (a field, an attribute, a mail header); ``None`` if it is no full date."""
    stripped = text.strip()
    return _epoch(stripped) or next((hit.interval for hit in find(stripped, zone) if hit.interval is not None), None)


def moment(at: datetime, grain: Grain) -> Interval:
    """The interval of one unit of ``grain`` (minute or day) that begins at ``at``."""
    if grain is Grain.DAY:
        start = at.replace(hour=0, minute=0, second=0, microsecond=0)
        return Interval(start=start, end=start + timedelta(days=1), grain=Grain.DAY)
    start = at.replace(second=0, microsecond=0)
    return Interval(start=start, end=start + timedelta(minutes=1), grain=Grain.MINUTE)


def _epoch(text: str) -> Interval | None:
    if not re.fullmatch(r"1\d{9}(?:\d{3}|\.\d+)?", text):
        return None
    seconds = float(text) / (1000 if len(text) == 13 and "." not in text else 1)
    return moment(datetime.fromtimestamp(int(seconds), tz=UTC), Grain.MINUTE)


def _dates(text: str) -> Iterator[re.Match[str]]:
    if not any(character.isdigit() for character in text):
        return iter(())
    hits = [match for _, pattern in vocabulary().dates for match in pattern.finditer(text)]
    return iter(sorted(hits, key=lambda match: (match.start(), match.start() - match.end())))


@dataclass(frozen=True, slots=True)
class _Clock:
    """How a clock time is written behind a date (with its weekday) and before it."""

    behind: re.Pattern[str]
    before: re.Pattern[str]


@cache
def _clock() -> _Clock:
    clocks = [table.clock for table in vocabulary().tables]
    halves = "|".join(
        re.escape(word) for word in sorted((w for c in clocks for w in (*c.am, *c.pm)), key=len, reverse=True)
    )
    units = "|".join(
        re.sub(r"\?P<(\w+)>", rf"?P<u\g<1>{index}>", clock.units) for index, clock in enumerate(clocks) if clock.units
    )
    digits = r"(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2})(?:[.,]\d{1,9})?)?"
    compact = r"(?P<ch>\d{2})(?P<cmi>\d{2})(?P<cs>\d{2})?(?!\d|[./-]\d|[^\W\d_a-z])"
    zones = "|".join((*vocabulary().zones.offsets, *vocabulary().zones.places))
    dotted = rf"(?P<dh>\d{{1,2}})\.(?P<dmi>\d{{2}})(?=\s?(?:{halves}|{zones})\b)"
    meridiem = rf"(?:(?P<ap>{halves})\s?)?"
    second_half = rf"(?:\s?(?P<ap2>{halves})(?![a-z]))?"
    offset = r"(?:(?:GMT|UTC)\s?(?P<off2>[+-]\d{1,2}(?::?\d{2})?)|(?P<off>[+-]\d{2}:?\d{2}))"
    zoned = rf"(?:\s?\(?(?:{offset}|(?P<zone>{zones})(?![A-Za-z]))\)?)?"
    gap = r"(?:[ T,|·]{0,3}|\s[-–]\s)(?:\bat )?[(\[]?\s?"
    behind = rf"{_weekday()}(?:{gap}{meridiem}(?:{digits}|{units}|{dotted}|{compact}){second_half}{zoned}\s?[)\]]?)?"
    before = rf"(?<!\d){digits}{second_half}{zoned},?\s(?:on )?$"
    return _Clock(re.compile(behind, re.IGNORECASE), re.compile(before, re.IGNORECASE))


def _weekday() -> str:
    clocks = [table.clock for table in vocabulary().tables]
    days = "".join(clock.weekdays for clock in clocks)
    suffix = "|".join(clock.weekday_suffix for clock in clocks if clock.weekday_suffix)
    names = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*"
    return rf"(?:\s?[(\[]\s?(?:[{days}](?:{suffix})?|{names})\s?[)\]]|\s?[{days}]{suffix}|,? {names})?"


def _read(text: str, date: re.Match[str], zone: tzinfo) -> Found:
    start, end = date.span()
    clock = _clock().behind.match(text, end)
    groups = {name: value for name, value in (clock.groupdict() if clock else {}).items() if value}
    if clock is not None:
        end += len(text[end : clock.end()].rstrip(" ,|·-–"))
    if not groups and (ahead := _clock().before.search(text, max(0, start - _CLOCK_AHEAD), start)) is not None:
        start = ahead.start()
        groups = {name: value for name, value in ahead.groupdict().items() if value}
    return Found(start, end, _interval(date.groupdict(), groups, zone))


_CLOCK_AHEAD = 24


def _interval(date: dict[str, str | None], clock: dict[str, str], zone: tzinfo) -> Interval | None:
    year = date.get("y")
    if year is None:
        return None
    month = date.get("m") or str(vocabulary().months[str(date["mon"]).lower()])
    hour = _group(clock, "h")
    try:
        day = datetime(_year(year), int(month), int(str(date["d"])), tzinfo=zone)
        if hour is None:
            return moment(day, Grain.DAY)
        return _minute(day, hour, clock, zone)
    except (ValueError, OverflowError):
        return None


def _minute(day: datetime, hour: str, clock: dict[str, str], zone: tzinfo) -> Interval:
    turned = _hour(int(hour), (clock.get("ap") or clock.get("ap2") or "").lower())
    minute = int(_group(clock, "mi") or 0)
    at = day.replace(hour=turned % 24, minute=minute, tzinfo=_zone(clock, zone)) + timedelta(days=turned // 24)
    return moment(at, Grain.MINUTE)


def _group(clock: dict[str, str], unit: str) -> str | None:
    names = (unit, f"c{unit}", f"d{unit}", *(f"u{unit}{index}" for index in range(len(vocabulary().tables))))
    return next((clock[name] for name in names if clock.get(name)), None)


def _hour(hour: int, half: str) -> int:
    if hour > 24:
        raise ValueError(f"no such hour: {hour}")
    if half in _halves("pm") and hour < 12:
        return hour + 12
    if half in _halves("am") and hour == 12:
        return 0
    return hour


@cache
def _halves(half: str) -> frozenset[str]:
    return frozenset(word.lower() for table in vocabulary().tables for word in getattr(table.clock, half))


def _year(text: str) -> int:
    number = int(text)
    return number + 2000 if len(text) == 2 and number < 70 else number + 1900 if len(text) == 2 else number


def _zone(clock: dict[str, str], zone: tzinfo) -> tzinfo:
    offset = clock.get("off") or clock.get("off2")
    if offset:
        hours, minutes = re.fullmatch(r"(\d{1,2})(?::?(\d{2}))?", offset[1:]).groups(default="0")  # type: ignore[union-attr]
        east = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-east if offset[0] == "-" else east)
    word = (clock.get("zone") or "").upper()
    zones = vocabulary().zones
    if word in zones.places:
        return named_zone(zones.places[word])
    if word in zones.offsets:
        return timezone(timedelta(minutes=zones.offsets[word]))
    return zone


@cache
def _labels() -> tuple[re.Pattern[str], dict[str, Label]]:
    by_word = {word.lower(): label for label in vocabulary().labels for word in label.words}
    words = "|".join(re.escape(word) for word in sorted(by_word, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", re.IGNORECASE), by_word


def _labelled(text: str, spans: list[Found]) -> Iterator[Found]:
    pattern, by_word = _labels()
    left = 0
    for index, found in enumerate(spans):
        before = [
            m for m in pattern.finditer(text, left, found.start) if _whole(text, m.start(), by_word[m[0].lower()])
        ]
        limit = spans[index + 1].start if index + 1 < len(spans) else len(text)
        near = before[-1] if before and found.start - before[-1].end() <= _LABEL_GAP else None
        label = by_word[near.group().lower()] if near is not None else None
        start, end, word = (
            (near.start() if near is not None else -1),
            found.end,
            near.group() if near is not None else "",
        )
        if label is None:
            behind = pattern.match(
                text, found.end + len(text[found.end :]) - len(text[found.end :].lstrip(" ()]")), limit
            )
            if behind is not None and by_word[behind.group().lower()].after:
                label, end, word = by_word[behind.group().lower()], behind.end(), behind.group()
        left = end
        yield Found(found.start, end, found.interval, label, start, word)


def _whole(text: str, start: int, label: Label) -> bool:
    """Whether a label of some kinds of document only stands alone: 일시, not 발생일시 nor 사고 일시."""
    return not label.only_in or not text[:start].rstrip()[-1:].isalpha()


_LABEL_GAP = 6  # characters that may stand between a label and its date: " : ", " | ", "("
