"""The pack's rules for written dates and clock times, and how its rules are made."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from timeline.language import Rule, words
from timeline.languages.en.tables import tables
from timeline.timex import Slots

DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
EITHER = _LETTERS + _LETTERS.upper()
_AP = r"(?P<ap>[ap])\.?\s?m\b\.?"
_DASH = r"\s?[-–—~]\s?"


def make_rule(
    name: str, first: str, pattern: str, meaning: Callable[[re.Match[str]], Slots | None], case: bool = False
) -> Rule:
    """A rule whose pattern ignores case unless told otherwise."""
    return Rule(name, first, re.compile(pattern, 0 if case else re.IGNORECASE), meaning)


def table_rule(name: str, table: Mapping[str, Any], slots: Callable[[Any], Slots], end: str = r"(?!\w)") -> Rule:
    """A rule that matches any word of the table and asks ``slots`` what its entry means."""
    first = "".join(dict.fromkeys(char for word in table for char in (word[0].lower(), word[0].upper())))
    return make_rule(
        name, first, f"({words(table)}){end}", lambda match: slots(table[" ".join(match.group(1).lower().split())])
    )


# --- dates


def _month_day(match: re.Match[str]) -> Slots | None:
    day = int(match.group("d"))
    if not 1 <= day <= 31:
        return None
    slots: dict[str, Any] = {"month": tables().months[match.group("m").lower()], "day": day}
    if match.group("y"):
        slots["year"] = int(match.group("y"))
    until = match.groupdict().get("to")
    if until:
        slots["_to"] = {"day": int(until)}
    return slots


def _from_month_day(match: re.Match[str]) -> Slots | None:
    """from July 21 to 23, between July 21 and 23."""
    day, last = int(match.group("d") or match.group("d2")), int(match.group("to"))
    if not 1 <= day < last <= 31:
        return None
    slots: dict[str, Any] = {"month": tables().months[(match.group("m") or match.group("m2")).lower()], "day": day}
    if match.group("y"):
        slots["year"] = int(match.group("y"))
    return {**slots, "_to": {"day": last}}


def _month(match: re.Match[str]) -> Slots | None:
    word = match.group("m")
    slots: dict[str, Any] = {"month": tables().months[word.lower()]}
    if match.group("y"):
        slots["year"] = int(match.group("y"))
    elif word in ("may", "march", "mar") or (word.lower() in ("may", "march") and not _after_in(match)):
        return None
    return slots


def _after_in(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 9) : match.start()]
    return re.search(r"\b(?:in|since|until|by|last|next|early|late|mid|of)[ -]$", before, re.IGNORECASE) is not None


def _iso(match: re.Match[str]) -> Slots | None:
    month, day = int(match.group("m")), int(match.group("d"))
    return {"year": int(match.group("y")), "month": month, "day": day} if 1 <= month <= 12 and 1 <= day <= 31 else None


def date_rules() -> tuple[Rule, ...]:
    """Oct. 1, 2025; 1 October; October 2016; in 2016; 2025-10-01; the 1990s."""
    full = {
        word: number for word, number in tables().months.items() if len(word) > 4 or word in ("may", "june", "july")
    }
    short = {word: number for word, number in tables().months.items() if word not in full}
    month = rf"(?P<m>{words(full)}|{words(short)}(?=\.|\b))(?:(?<!may)\.(?=\s+\d)|)"
    year = r"(?:,?\s+(?P<y>(?:19|20)\d\d)\b)?"
    return (
        make_rule("iso-date", DIGITS, r"(?<!\d)(?P<y>\d{4})[-/](?P<m>\d{2})[-/](?P<d>\d{2})(?!\d)", _iso),
        make_rule(
            "month-days", EITHER, rf"{month}\s+(?P<d>\d{{1,2}}){_DASH}(?P<to>\d{{1,2}})(?!\d|:){year}", _month_day
        ),
        make_rule(
            "month-days",
            "fFbB",
            rf"(?:from\s+{month}\s+(?P<d>\d{{1,2}})\s+(?:to|through|until)|between\s+{month.replace('?P<m>', '?P<m2>')}"
            rf"\s+(?P<d2>\d{{1,2}})\s+and)\s+(?P<to>\d{{1,2}})(?=\s+(?:in|at|and|with|for|on|over)\b|[.,;]|\s*$){year}",
            _from_month_day,
        ),
        make_rule("month-day", EITHER, rf"{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|[.,]\d){year}", _month_day),
        make_rule(
            "day-month",
            DIGITS,
            rf"(?<![\d.,:])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{month}(?!\w){year}",
            _month_day,
        ),
        make_rule("month", EITHER, rf"{month}(?!\w){year}", _month),
        make_rule(
            "decade", DIGITS, r"(?<!\d)(?P<y>(?:1[5-9]|20)\d0)s\b", lambda match: {"decade": int(match.group("y"))}
        ),
        make_rule("year", DIGITS, r"(?<![\d.,$])(?P<y>(?:1[5-9]|20)\d\d)\b(?![.,]\d|\s?(?:%|percent))", _year),
        make_rule("quarter", EITHER, r"(?:the\s+)?(?P<q>first|second|third|fourth)\s+quarter\b", _quarter),
        make_rule(
            "half",
            EITHER,
            r"(?:the\s+)?(?P<h>first|second)\s+half\s+of(?=\s+(?:the\s+year|\d{4}|this|next|last))(?:\s+the\s+year)?",
            _half,
        ),
    )


_YEAR_AFTER = re.compile(
    r"\b(?:in|of|since|by|until|early|late|mid|from|to|through|year|before|after|than|spring|summer|fall|autumn|winter)[\s-]+$",
    re.IGNORECASE,
)


def _year(match: re.Match[str]) -> Slots | None:
    """A year in digits, where a word before it says that it is one."""
    before = match.string[max(0, match.start() - 12) : match.start()]
    return (
        {"year": int(match.group("y"))} if _YEAR_AFTER.search(before) or match.string.strip() == match.group() else None
    )


def _quarter(match: re.Match[str]) -> Slots:
    return {"quarter": ("first", "second", "third", "fourth").index(match.group("q").lower()) + 1}


def _half(match: re.Match[str]) -> Slots:
    return {"half": 1 if match.group("h").lower() == "first" else 2}


# --- clock


def _clock(match: re.Match[str]) -> Slots | None:
    hour, minute = int(match.group("h")), match.group("m")
    if hour > 24 or (minute is not None and int(minute) > 59):
        return None
    slots: dict[str, Any] = {"hour": hour}
    if minute is not None:
        slots["minute"] = int(minute)
    second = match.groupdict().get("s")
    if second:
        slots["second"] = int(second)
    marker = match.groupdict().get("ap")
    if marker:
        if hour > 12:
            return None
        slots["meridiem"] = f"{marker.lower()}m"
    elif hour >= 13 or match.group("h").startswith("0"):
        slots["meridiem"] = "24"
    return slots


def _hours(match: re.Match[str]) -> Slots | None:
    low, high = int(match.group("a")), int(match.group("b"))
    if not (1 <= low <= 12 and 1 <= high <= 12):
        return None
    half = 12 if match.group("ap").lower() == "p" else 0
    end = high % 12 + half
    start = low % 12 + half if low % 12 <= high % 12 else low % 12 + (12 - half)
    slots: dict[str, Any] = {"hour": start, "meridiem": "24", "_to": {"hour": end, "meridiem": "24"}}
    if match.group("am"):
        slots["minute"] = int(match.group("am"))
    if match.group("bm"):
        slots["_to"]["minute"] = int(match.group("bm"))
    return slots


_SPOKEN_HOURS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "eleven": 11,
    "twelve": 12,
}


def _spoken(match: re.Match[str]) -> Slots:
    word = match.group("h").lower()
    hour = int(word) if word.isdigit() else _SPOKEN_HOURS[word]
    amount = match.group("q").lower()
    if amount == "half":
        return {"hour": hour, "minute": 30}
    return (
        {"hour": hour, "minute": 15} if match.group("side").lower() == "past" else {"hour": hour, "minute_shift": -15}
    )


def clock_rules() -> tuple[Rule, ...]:
    """10:40 p.m.; 10 p.m.; 22:40; 0930 GMT; 9-10 a.m.; noon; half past ten."""
    hour = "|".join(_SPOKEN_HOURS)
    left = r"(?<![\d:.$])"
    return (
        make_rule(
            "hours",
            DIGITS,
            left + rf"(?P<a>\d{{1,2}})(?::(?P<am>\d\d))?(?:{_DASH}|\s+(?:to|and)\s+)"
            rf"(?P<b>\d{{1,2}})(?::(?P<bm>\d\d))?\s?{_AP}",
            _hours,
        ),
        make_rule("clock", DIGITS, left + rf"(?P<h>\d{{1,2}})(?:[:.](?P<m>\d\d)(?::(?P<s>[0-5]\d))?)?\s?{_AP}", _clock),
        make_rule("clock", DIGITS, left + r"(?P<h>\d{1,2}):(?P<m>\d\d)(?::(?P<s>[0-5]\d))?(?!\d|:\d|\.\d)", _clock),
        make_rule(
            "clock",
            DIGITS,
            left + r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:GMT|UTC|hours|hrs|local time|KST))",
            _clock,
        ),
        make_rule(
            "clock",
            DIGITS,
            left + r"(?P<h>\d{1,2})(?P<m>)(?<!\d)\s?o'clock",
            lambda match: {"hour": int(match.group("h"))},
        ),
        make_rule(
            "spoken-clock", EITHER, rf"(?P<q>half|quarter)\s+(?P<side>past|to)\s+(?P<h>{hour}|\d{{1,2}})\b", _spoken
        ),
        make_rule("noon", "nN", r"noon\b", lambda match: {"hour": 12, "meridiem": "24"}),
        make_rule("midnight", "mM", r"midnight\b", lambda match: {"midnight": True}),
    )
