"""Rules for times of day: 10시 40분, 세 시 반, 23:40, 3pm, 정오, 자정."""

from __future__ import annotations

import re
from typing import Any

from timeline.language import Rule
from timeline.languages.ko.numbers import number
from timeline.languages.ko.rules_dates import DIGIT
from timeline.languages.ko.rules_words import END, STRICT_END
from timeline.timex import Slots

_LEFT = r"(?<![\dA-Za-z])(?<!\d[.,:/])(?<![A-Za-z][-‐])"
_SINO_MINUTE = "(?:[이삼사오]?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])"
#: What may follow 시 of a clock time: a particle, a hedge, half an hour; else it is the beginning of another word.
_HOUR_END = (
    r"(?![가-힣](?<![에은는이가을를의로부까쯤경께무반전후정엔와과도만였라인다대일이삼사오육칠팔구십]))"
    r"(?!간|장|민|인권|이다이다|대별|가지|정표|도민|의원|의회|부모|전체)"
)
_MINUTES = (
    rf"(?:\s?(?P<m>\d{{1,2}}|{_SINO_MINUTE})\s?분(?!의|기|위|류|야|석|할|열|담|쟁)(?:\s?(?P<s>\d{{1,2}}"
    rf"|{_SINO_MINUTE})\s?초)?|\s?(?P<half>반)(?=[^가-힣]|$|쯤|께|경|무렵|{STRICT_END[3:-1]}))?"
)
_TO = rf"(?:\s?(?P<to>\d{{1,2}}|{_SINO_MINUTE})\s?분\s?(?P<side>전|후|뒤)(?=[^가-힣]|$|에|까지|부터|쯤))"
_NATIVE_HOUR = "(?:열한|열두|열|한|두|세|네|다섯|여섯|일곱|여덟|아홉)"


_HOUR_WORDS = {"다섯", "여섯", "일곱", "여덟", "아홉", "열한", "열두"} | {a + b for a in "열한두세네" for b in "시 "}


def _clock(match: re.Match[str]) -> Slots | None:
    hour = number(match.group("h"))
    if hour is None or hour > 30:
        return None
    slots: dict[str, Any] = {"hour": int(hour)}
    if match.group("m"):
        minute = int(number(match.group("m")) or 0)
        if minute > 59:
            return None
        slots["minute"] = minute
    if match.group("half"):
        slots["minute"] = 30
    if match.group("s"):
        slots["second"] = int(number(match.group("s")) or 0)
    shift = match.groupdict().get("to")
    if shift:
        minutes = int(number(shift) or 0)
        slots["minute_shift"] = -minutes if match.group("side") == "전" else minutes
    if hour >= 13 or hour == 0:
        slots["meridiem"] = "24"
    return slots


def _hours(match: re.Match[str]) -> Slots | None:
    low, high = int(match.group("a")), int(match.group("b"))
    if low > 24 or high > 30:
        return None
    slots: dict[str, Any] = {"hour": low, "_to": {"hour": high}}
    if match.group("m"):
        slots["_to"]["minute"] = int(match.group("m"))
    if low >= 13 or low == 0:
        slots["meridiem"] = "24"
    if high >= 13:
        slots["_to"]["meridiem"] = "24"
    return slots


def _colon(match: re.Match[str]) -> Slots | None:
    hour, minute = int(match.group("h")), int(match.group("m"))
    if hour > 30 or minute > 59:
        return None
    slots: dict[str, Any] = {"hour": hour, "minute": minute}
    if match.group("s"):
        if int(match.group("s")) > 59:
            return None
        slots["second"] = int(match.group("s"))
    marker = (match.group("ap") or match.group("pre") or "").lower()
    if marker:
        slots["meridiem"] = "am" if marker.startswith("a") else "pm"
    else:
        slots["meridiem"] = "24" if hour >= 13 or match.group("h").startswith("0") else "colon"
    return slots


def _marked_hour(match: re.Match[str]) -> Slots | None:
    hour = int(match.group("h"))
    if not 1 <= hour <= 12:
        return None
    return {"hour": hour, "meridiem": match.group("ap").lower()[0] + "m"}


def clock_rules() -> tuple[Rule, ...]:
    """Clock times, in the order they are tried."""
    return (
        Rule(
            "iso-time",
            "T",
            re.compile(r"T(?P<h>\d{2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?(?P<ap>)(?P<pre>)(?:[+-]\d\d:?\d\d|Z)?"),
            _colon,
        ),
        Rule(
            "colon-time",
            DIGIT + "AaPp",
            re.compile(
                r"(?<![\d.:A-Za-z])(?:(?P<pre>[AaPp])[Mm]\s?)?(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?(?!\d|:|\.\d)(?:\s?(?P<ap>[AaPp])\.?(?:[Mm]\b\.?|\b))?"
            ),
            _colon,
            after=frozenset(":"),
        ),
        Rule(
            "hour-with-marker",
            DIGIT,
            re.compile(r"(?<![\d.:A-Za-z])(?P<h>\d{1,2})\s?(?P<ap>[AaPp]\.?[Mm])\b\.?"),
            _marked_hour,
            after=frozenset("AaPp"),
        ),
        Rule(
            "shared-hours",
            DIGIT,
            re.compile(
                rf"(?<![\d.:A-Za-z])(?P<a>\d{{1,2}})\s?[~∼～〜\-–—]\s?(?P<b>\d{{1,2}})\s?시{_HOUR_END}(?:\s?(?P<m>\d{{1,2}})\s?분)?"
            ),
            _hours,
            after=frozenset("~∼～〜-–—"),
        ),
        Rule(
            "minutes-to-hour",
            [*DIGIT, *_HOUR_WORDS],
            re.compile(rf"(?<![\dA-Za-z])(?P<h>\d{{1,2}}|{_NATIVE_HOUR})\s?시(?P<m>)(?P<s>)(?P<half>){_TO}"),
            _clock,
            after=frozenset("시"),
        ),
        Rule(
            "clock",
            DIGIT,
            re.compile(rf"{_LEFT}(?P<h>\d{{1,2}})\s?시{_HOUR_END}{_MINUTES}"),
            _clock,
            after=frozenset("시"),
        ),
        Rule(
            "clock-in-words",
            _HOUR_WORDS,
            re.compile(
                rf"(?P<h>{_NATIVE_HOUR})\s?시{_HOUR_END}(?=\s?{_SINO_MINUTE}\s?분|\s?\d{{1,2}}\s?분|\s?반|{STRICT_END[3:-1]}){_MINUTES}"
            ),
            _native_clock,
        ),
        Rule(
            "past-midnight",
            ["자정"],
            re.compile(r"자정(?:을|이)?\s?(?:넘긴|넘겨|지난|넘어)\s(?=\d|오전|새벽|한|두|세)"),
            lambda match: {"after_midnight": True, "_weak": True},
        ),
        Rule("midnight", ["자정"], re.compile(r"자정(?:\s?(?P<n>\d{1,2})분\s?(?P<side>전|후|뒤))?" + END), _midnight),
        Rule("noon", ["정오"], re.compile(r"정오" + END), lambda match: {"hour": 12, "meridiem": "24", "_noon": True}),
    )


_DAY_BEFORE = re.compile(r"(?:오전|오후|새벽|아침|낮|저녁|밤|일|날)\s?$")
_OF_CITIES = re.compile(r"\s(?:의회|의원|당국|정부|도와|군)")  # 두 시 의회: those of two cities


def _native_clock(match: re.Match[str]) -> Slots | None:
    hour = match.group("h")
    bare = match.group("m") is None and match.group("half") is None
    if bare and _OF_CITIES.match(match.string, match.end()) and not _DAY_BEFORE.search(match.string, 0, match.start()):
        return None
    before = match.string[max(0, match.start() - 6) : match.start()]
    if bare and hour in ("한", "두", "세", "네", "열") and " " not in match.group():
        # 한시, 두시, 세시 … are also verse, places and names: a lone hour in one word needs a time word beside it.
        alone = match.string.strip() == match.group()
        if not alone and not _DAY_BEFORE.search(before) and hour == "한":
            return None
    return _clock(match)


def _midnight(match: re.Match[str]) -> Slots:
    if not match.group("n"):
        return {"midnight": True}
    minutes = int(match.group("n"))
    return {"midnight": True, "minute_shift": -minutes if match.group("side") == "전" else minutes}
