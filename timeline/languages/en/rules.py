"""The pack's rules: English dates, clock times, days told by name or by count, amounts of time."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from timeline.language import Rule, Slots, words
from timeline.languages.en.tables import tables
from timeline.timex import Amount, Base, Elapsed, amount_of

DIGITS = "0123456789"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_EITHER = _LETTERS + _LETTERS.upper()
_AP = r"(?P<ap>[ap])\.?\s?m\b\.?"
_DASH = r"\s?[-–—~]\s?"


def _rule(
    name: str, first: str, pattern: str, meaning: Callable[[re.Match[str]], Slots | None], case: bool = False
) -> Rule:
    return Rule(name, first, re.compile(pattern, 0 if case else re.IGNORECASE), meaning)


def _table(name: str, table: Mapping[str, Any], slots: Callable[[Any], Slots], end: str = r"(?!\w)") -> Rule:
    first = "".join(dict.fromkeys(char for word in table for char in (word[0].lower(), word[0].upper())))
    return _rule(name, first, f"({words(table)}){end}", lambda match: slots(table[match.group(1).lower()]))


def _shift(row: tuple[Any, ...]) -> Slots:
    return {"shift_unit": row[0], "shift": row[1], "base": Base.LAST if len(row) == 3 else Base.PUBLICATION}


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
        _rule("iso-date", DIGITS, r"(?<!\d)(?P<y>\d{4})[-/](?P<m>\d{2})[-/](?P<d>\d{2})(?!\d)", _iso),
        _rule("month-days", _EITHER, rf"{month}\s+(?P<d>\d{{1,2}}){_DASH}(?P<to>\d{{1,2}})(?!\d|:){year}", _month_day),
        _rule("month-day", _EITHER, rf"{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:|[.,]\d){year}", _month_day),
        _rule(
            "day-month",
            DIGITS,
            rf"(?<![\d.,:])(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{month}(?!\w){year}",
            _month_day,
        ),
        _rule("month", _EITHER, rf"{month}(?!\w){year}", _month),
        _rule("decade", DIGITS, r"(?<!\d)(?P<y>(?:1[5-9]|20)\d0)s\b", lambda match: {"decade": int(match.group("y"))}),
        _rule("year", DIGITS, r"(?<![\d.,$])(?P<y>(?:1[5-9]|20)\d\d)\b(?![.,]\d|\s?(?:%|percent))", _year),
        _rule("quarter", _EITHER, r"(?:the\s+)?(?P<q>first|second|third|fourth)\s+quarter\b", _quarter),
        _rule(
            "half",
            _EITHER,
            r"(?:the\s+)?(?P<h>first|second)\s+half\s+of(?=\s+(?:the\s+year|\d{4}|this|next|last))(?:\s+the\s+year)?",
            _half,
        ),
    )


_YEAR_AFTER = re.compile(
    r"\b(?:in|of|since|by|until|early|late|mid|from|to|through|year|before|after|than)[\s-]+$", re.IGNORECASE
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
        _rule(
            "hours",
            DIGITS,
            left + rf"(?P<a>\d{{1,2}})(?::(?P<am>\d\d))?(?:{_DASH}|\s+(?:to|and)\s+)"
            rf"(?P<b>\d{{1,2}})(?::(?P<bm>\d\d))?\s?{_AP}",
            _hours,
        ),
        _rule("clock", DIGITS, left + rf"(?P<h>\d{{1,2}})(?:[:.](?P<m>\d\d))?\s?{_AP}", _clock),
        _rule("clock", DIGITS, left + r"(?P<h>\d{1,2}):(?P<m>\d\d)(?!\d|:\d|\.\d)", _clock),
        _rule(
            "clock",
            DIGITS,
            left + r"(?P<h>[01]\d|2[0-3])(?P<m>[0-5]\d)(?=\s?(?:GMT|UTC|hours|hrs|local time|KST))",
            _clock,
        ),
        _rule(
            "clock",
            DIGITS,
            left + r"(?P<h>\d{1,2})(?P<m>)(?<!\d)\s?o'clock",
            lambda match: {"hour": int(match.group("h"))},
        ),
        _rule(
            "spoken-clock", _EITHER, rf"(?P<q>half|quarter)\s+(?P<side>past|to)\s+(?P<h>{hour}|\d{{1,2}})\b", _spoken
        ),
        _rule("noon", "nN", r"noon\b", lambda match: {"hour": 12, "meridiem": "24"}),
        _rule("midnight", "mM", r"midnight\b", lambda match: {"midnight": True}),
    )


# --- words


def word_rules() -> tuple[Rule, ...]:
    """Days, parts of the day, weeks and what qualifies them."""
    table = tables()
    lower_zones = table.zones
    return (
        _rule(
            "false-friend",
            "mM",
            r"May\s+(?=be\b|have\b|not\b)|March\s+(?=on\b|to\b)",
            lambda match: {"none": True},
            case=True,
        ),
        _rule("day-or-night", "dD", r"day\s+(?:and|or|to)\s+(?:night|day)", lambda match: {"none": True}),
        _table("day-part-word", table.day_parts, lambda row: {"shift_unit": "day", "shift": row[0], "part": row[1]}),
        _table(
            "told-day",
            table.last_day_parts,
            lambda row: {"shift_unit": "day", "shift": row[0], "base": Base.LAST, "part": row[1]},
        ),
        _table(
            "relative-day",
            table.days,
            lambda shift: {"shift_unit": "day", "shift": shift},
            end=r"(?!\w|'s\s(?:world|society|kids))",
        ),
        _table(
            "told-day",
            table.last_days,
            lambda shift: {"shift_unit": "day", "shift": shift, "base": Base.LAST},
            end=r"(?!\w|\s+(?:yesterday|the|his|her|of))",
        ),
        _table("relative-period", table.shifts, _shift),
        _rule(
            "holiday",
            "CNITLMH",
            f"(?P<name>{words(table.holidays)})(?!\\w)",
            lambda match: {"holiday": table.holiday(match.group("name"))},
            case=True,
        ),
        _table("weekday", table.weekdays, lambda day: {"weekday": day}, end=r"(?!\w)"),
        _rule(
            "weekend",
            "wW",
            r"weekend\b",
            lambda match: {"week_part": "weekend", **({} if _qualified(match) else {"_weak": True})},
        ),
        _table(
            "part-of-day",
            table.parts,
            lambda part: (
                {"part": part} | ({} if part in {table.parts[word] for word in table.alone.parts} else {"_weak": True})
            ),
        ),
        _rule(
            "zone",
            "".join({word[0] for word in lower_zones}),
            f"(?P<z>{words(lower_zones)})(?!\\w)",
            lambda match: {"zone": lower_zones[match.group("z")], "_weak": True},
            case=True,
        ),
        _rule(
            "edge",
            "eElL",
            r"(?P<edge>early|late)\s+(?:on\s+)?(?:in\s+the\s+)?(?=(?:mon|tues|wednes|thurs|fri|satur|sun)day|morning|afternoon|evening|at\s+night|night|yesterday)",
            _edge,
        ),
        _rule(
            "season",
            "sSfFwWaA",
            rf"(?P<s>{words(table.seasons)})\b",
            lambda match: {
                "season": table.seasons[match.group("s").lower()],
                **({} if _qualified(match) else {"_weak": True}),
            },
        ),
        _rule(
            "portion",
            _EITHER,
            r"(?P<p>early|mid|late)[ -](?:in\s+)?(?=(?:19|20)\d\d|[A-Z][a-z]+|this|last|next|the\s+\d{4}s)"
            r"|the\s+(?P<q>beginning|start|middle|end)\s+of\s+(?:the\s+)?(?=this|last|next|month|year|(?:19|20)\d\d|[A-Z])",
            _portion,
        ),
        _table(
            "direction", table.directions, lambda direction: {"direction": direction, "_weak": True}, end=r"(?=\s+\w)"
        ),
    )


def _qualified(match: re.Match[str]) -> bool:
    before = match.string[max(0, match.start() - 10) : match.start()]
    return re.search(r"\b(?:the|this|last|next|over|that|in)\s+$", before, re.IGNORECASE) is not None


def _edge(match: re.Match[str]) -> Slots:
    return {"part_edge": match.group("edge").lower(), "approximate": True, "_weak": True}


def _portion(match: re.Match[str]) -> Slots:
    word = (match.group("p") or match.group("q")).lower()
    portion = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid"}.get(
        word, "late"
    )
    return {"portion": portion, "_weak": True}


def hedge_rules() -> tuple[Rule, ...]:
    """about, around, shortly after, just before: words before a clock time."""
    ahead = r"(?=\d{1,2}(?::\d\d)?\s?[ap]\.?\s?m\b|\d{1,2}:\d\d|noon|midnight|half past|quarter|\d{4}\s?(?:GMT|UTC))"
    about = r"(?:about|around|approximately|roughly|circa|some|nearly|almost)"
    return (
        _rule(
            "shortly-after",
            _EITHER,
            rf"(?:shortly|just|soon|a\s+little|moments|minutes)\s+after\s+{ahead}",
            lambda match: {"side": 1, "approximate": True, "_weak": True},
        ),
        _rule(
            "shortly-before",
            _EITHER,
            rf"(?:shortly|just|a\s+little|moments|minutes)\s+before\s+{ahead}",
            lambda match: {"side": -1, "approximate": True, "_weak": True},
        ),
        _rule("about", "aArRcCsSnN", rf"{about}\s+{ahead}", lambda match: {"approximate": True, "_weak": True}),
        _rule(
            "set",
            "eEdDwW",
            r"every\s+(?:other\s+)?(?P<u>day|week|month|year|hour|morning|evening|night|(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?\b",
            _every,
        ),
    )


def _every(match: re.Match[str]) -> Slots:
    unit = match.group("u").lower()
    weekday = tables().weekdays.get(unit)
    if weekday is not None:
        return {"every": "week", "weekday": weekday}
    return {"every": unit if unit in ("day", "week", "month", "year", "hour") else "day"}


# --- amounts

_USE = r"(?:\s+(?P<use>ago|earlier|later|before|after|prior|from\s+now)\b(?!\s+than))?"


def _amount(match: re.Match[str]) -> Slots | None:
    use = re.sub(r"\s+", " ", match.group("use") or "").lower()
    value, few = _number(match.group("n"))
    if value is None:
        return None
    amount = amount_of(tables().units[match.group("u").lower()], value, few)
    if match.group("half"):
        amount = amount + {"hours": Amount(minutes=30), "years": Amount(months=6)}.get(amount.unit, Amount())
    if match.group("n2"):
        more, _ = _number(match.group("n2"))
        amount = amount + amount_of(tables().units[match.group("u2").lower()], more or 0)
    slots: dict[str, Any] = {"amount": amount, "elapsed": _elapsed(use, match.group("pre"))}
    if use in ("after", "before"):
        slots["event"] = "named"
    if few or match.group("about"):
        slots["approximate"] = True
    return slots


def _elapsed(use: str, prefix: str | None) -> Elapsed:
    if use in ("ago", "earlier", "before", "prior"):
        return Elapsed.AGO
    if use in ("later", "after", "from now"):
        return Elapsed.LATER
    word = (prefix or "").lower().split()
    if "within" in word:
        return Elapsed.WITHIN
    if "last" in word or "past" in word:
        return Elapsed.LAST
    return Elapsed.NEXT if "next" in word or "coming" in word else Elapsed.LENGTH


def _number(text: str) -> tuple[float | None, bool]:
    word = re.sub(r"\s+", " ", text.lower())
    if word in tables().few:
        return tables().few[word], True
    if word in tables().numbers:
        return tables().numbers[word], False
    value = float(word.replace(",", ""))
    return (value, False) if value <= 100_000 else (None, False)


def amount_rules() -> tuple[Rule, ...]:
    """two hours later, 20 minutes after, an hour and a half, within two days, the past three months."""
    number = rf"(?:\d[\d,]*(?:\.\d+)?|{words(tables().few)}|{words(tables().numbers)})"
    unit = f"(?P<u>{words(tables().units)})s?"
    return (
        _rule(
            "amount",
            _EITHER + DIGITS,
            rf"(?<![\d.,$])(?:(?P<pre>within(?:\s+the\s+next)?|(?:over\s+|for\s+|in\s+)?the\s+(?:past|last|next|coming))\s+)?"
            rf"(?:(?P<about>about|around|some|nearly|almost|roughly|more\s+than|over|less\s+than)\s+)?"
            rf"(?P<n>{number})[\s-]+{unit}\b(?!-old|\s+old)(?P<half>\s+and\s+a\s+half)?"
            rf"(?:\s+(?:and\s+)?(?P<n2>{number})\s+(?P<u2>{words(tables().units)})s?\b)?{_USE}",
            _amount,
        ),
    )
