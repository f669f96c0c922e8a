"""Rules for dates written in figures: 2024-02-27, 2024. 2. 27., 24.02.27, 2. 28.(금), 2/27."""

from __future__ import annotations

import re
from typing import Any

from timeline.language import Rule
from timeline.languages.ko.rules_dates import DIGIT, LEFT
from timeline.timex import Slots


def _ymd(match: re.Match[str]) -> Slots | None:
    year, month, day = match.group("y"), int(match.group("m")), match.group("d")
    if not 1 <= month <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    slots: dict[str, Any] = {"year": int(year), "month": month}
    if len(year) == 2:
        slots["short_year"] = True
    elif not 1000 <= int(year) <= 2999:
        return None
    if day is not None:
        slots["day"] = int(day)
    return slots


def _year_month(match: re.Match[str]) -> Slots | None:
    year, month = int(match.group("y")), int(match.group("m"))
    return {"year": year, "month": month} if 1 <= month <= 12 and 1000 <= year <= 2999 else None


def _bare_slash(match: re.Match[str]) -> Slots | None:
    """2/27 beside other words; what may be a fraction or a score (2/3, 1/10) is left alone."""
    month, day = int(match.group("m")), int(match.group("d"))
    return None if day <= 10 and (month < day or month == day) else _month_day(match)


def _range_end(match: re.Match[str]) -> Slots | None:
    """7. 25. as the end of a range that began with a date written so."""
    before = match.string[max(0, match.start() - 6) : match.start()]
    return _month_day(match) if re.search(r"\d\.\s?[~∼～〜–-]\s?$", before) else None


def _month_day(match: re.Match[str]) -> Slots | None:
    month, day = int(match.group("m")), int(match.group("d"))
    return {"month": month, "day": day} if 1 <= month <= 12 and 1 <= day <= 31 else None


def numeric_rules() -> tuple[Rule, ...]:
    """2024-02-27, 2024. 2. 27., 24.02.27, '22. 3. 1., 2. 28.(금), 2/27."""
    return (*_with_year(), *_without_year())


def _with_year() -> tuple[Rule, ...]:
    """2024-02-27, 2024. 2월, 20240227, 24.02.27."""
    return (
        Rule(
            "numeric-date",
            DIGIT,
            re.compile(
                LEFT
                + r"(?P<y>\d{4})(?P<s>\s?[-./·]\s?)(?P<m>\d{1,2})\s?[-./·]\s?(?P<d>\d{1,2})(?:\.(?!\d)|(?!\d|\.\d|%))"
            ),
            _ymd,
            after=frozenset("-./· "),
        ),
        Rule(
            "dotted-month",
            DIGIT,
            re.compile(LEFT + r"(?P<y>\d{4})\.\s?(?P<m>\d{1,2})\s?월(?!드컵)"),
            _year_month,
            after=frozenset("."),
        ),
        Rule(
            "compact-date",
            DIGIT,
            re.compile(LEFT + r"(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d\-.])"),
            _ymd,
        ),
        Rule(
            "short-date",
            DIGIT + "'’‘",
            re.compile(
                LEFT + r"['’‘]?(?P<y>\d{2})(?P<s>[-./])\s?(?P<m>\d{1,2})(?P=s)\s?(?P<d>\d{1,2})\.?(?!\d|[-/.]\d|%)"
            ),
            _ymd,
            after=frozenset("-./"),
        ),
    )


def _without_year() -> tuple[Rule, ...]:
    """2. 28.(금), 2. 28. 9:30, 2/27."""
    weekday = r"\s?\(\s?[월화수목금토일]\s?\)"
    return (
        Rule(
            "press-date",
            DIGIT,
            re.compile(LEFT + rf"(?P<m>\d{{1,2}})\.\s?(?P<d>\d{{1,2}})\.?(?={weekday})"),
            _month_day,
            after=frozenset("."),
        ),
        Rule(
            "press-date",
            DIGIT,
            re.compile(LEFT + r"(?P<m>\d{1,2})\.\s?(?P<d>\d{1,2})\.(?=\s?\d{1,2}:\d\d|\s?[~∼]|[ \t]{2,}[^\W\d])"),
            _month_day,
            after=frozenset("."),
        ),
        Rule(
            "slash-date",
            DIGIT,
            re.compile(
                LEFT + r"(?<![-+*=])(?P<m>\d{1,2})/(?P<d>\d{2}|\d)(?!\d|/|%|\.\d)(?=\s|\)|$|에|부터|까지|,)"
                r"(?!\s?(?:이상|이하|수준|선|승|패|정도|가량))"
            ),
            _bare_slash,
            after=frozenset("/"),
        ),
        Rule(
            "press-date",
            DIGIT,
            re.compile(LEFT + r"(?P<m>\d{1,2})\.\s?(?P<d>\d{1,2})\.?(?!\d|\.\d)"),
            _range_end,
            after=frozenset("."),
        ),
        Rule(
            "slash-date",
            DIGIT,
            re.compile(
                LEFT + rf"(?P<m>\d{{1,2}})/(?P<d>\d{{1,2}})(?!\d|/)(?={weekday}|\s?(?:오전|오후|새벽|밤|저녁"
                rf"|아침|낮)|\s?\d{{1,2}}:\d\d|\s?\d{{1,2}}시|\s?[~∼])"
            ),
            _month_day,
            after=frozenset("/"),
        ),
        Rule(
            "slash-date",
            DIGIT,
            re.compile(r"\A\s*(?P<m>\d{1,2})[-/](?P<d>\d{1,2})\s*\Z"),
            _month_day,
            after=frozenset("-/"),
        ),
    )
