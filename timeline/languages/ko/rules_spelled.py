"""Rules for dates written in words and for days of the lunar calendar: 이천이십사년 삼월 삼일, 음력 정월 스무날."""

from __future__ import annotations

import re

from timeline.language import Rule
from timeline.languages.ko.numbers import SINO, sino
from timeline.languages.ko.rules_dates import DAY_END, DIGIT, LEFT, year
from timeline.languages.ko.rules_words import END
from timeline.languages.ko.tables import tables
from timeline.timex import Slots

_SINO_CHARS = "일이삼사오육칠팔구십"
_YEAR_WORDS = (
    {"이천", "일천"} | {"천" + char for char in _SINO_CHARS + "백"} | {a + b for a in "이일" for b in "공영구팔칠육"}
)
_MONTH_WORDS = {"십일", "십이"} | {char + "월" for char in _SINO_CHARS + "유시"}
_DAY_WORDS = {a + b for a in _SINO_CHARS for b in _SINO_CHARS}


def _sino_year(match: re.Match[str]) -> Slots | None:
    value = sino(match.group("y"))
    return {"year": int(value)} if value is not None and 1000 <= value <= 2999 else None


def _sino_month(match: re.Match[str]) -> Slots | None:
    text = match.group("m")
    value = {"유": 6, "시": 10}.get(text) or sino(text)
    return {"month": int(value)} if value is not None and 1 <= value <= 12 else None


def _sino_day(match: re.Match[str]) -> Slots | None:
    """Days in words: after a month, or a word too long to be anything else."""
    after_month = match.string[: match.start()].rstrip().endswith("월")
    if not after_month and (len(match.group("d")) < 3 or match.string[match.start() - 1 : match.start()].isalpha()):
        return None
    value = sino(match.group("d"))
    return {"day": int(value)} if value is not None and 1 <= value <= 31 else None


def word_date_rules() -> tuple[Rule, ...]:
    """이천이십사년 삼월 삼일, 음력 정월 스무날."""
    lunar_days = "|".join(sorted(tables().lunar_days, key=len, reverse=True))
    return (
        Rule(
            "year",
            DIGIT,
            re.compile(LEFT + r"(?P<y>(?:19|20)\d\d)(?=\s(?:1?\d|[일이삼사오유육칠팔구시십]{1,2})월)"),
            year,
            after=frozenset(" 일사시"),
        ),
        Rule("short-year", DIGIT, re.compile(r"\A\s*(?P<y>\d\d)\s?년\s*\Z"), year, after=frozenset("년'’‘")),
        Rule("year", DIGIT, re.compile(r"\A\s*(?P<y>1[5-9]\d\d|20\d\d)\s*\Z"), year, after=frozenset(" ")),
        Rule(
            "year-in-words",
            _YEAR_WORDS,
            re.compile(
                rf"(?P<y>(?:이|일)?천{SINO}{{1,8}}|[이일][공영구팔칠육][영공일이삼사오육칠팔구]{{2}})\s?년(?!간|전|만|\s?(?:만에|전))"
            ),
            _sino_year,
        ),
        Rule(
            "month-in-words",
            _MONTH_WORDS,
            re.compile(
                rf"(?P<m>십[일이]|[일이삼사오유육칠팔구시십])월(?:달)?(?=\s?(?:\d|{SINO}{{1,3}}일|초|중순|하순|말|스무|보름|그믐)|에|\s*$)"
            ),
            _sino_month,
        ),
        Rule(
            "day-in-words",
            _DAY_WORDS,
            re.compile(rf"(?P<d>(?:이|삼)?십[일이삼사오육칠팔구]?|[일이삼사오육칠팔구])일{DAY_END}" + END),
            _sino_day,
        ),
        Rule(
            "lunar-day",
            ["음력"],
            re.compile(
                rf"음력\s?(?P<leap>윤)?\s?(?:(?P<m>\d{{1,2}})월|(?P<w>정|섣|동짓|[이삼사오유육칠팔구시십])(?:월|달))\s?(?:(?P<d>\d{{1,2}})일|(?P<n>{lunar_days}))(?:날)?"
            ),
            _lunar,
        ),
    )


def _lunar(match: re.Match[str]) -> Slots | None:
    word = match.group("w")
    named = {"정": 1, "섣": 12, "동짓": 11, "유": 6, "시": 10}
    month = int(match.group("m")) if match.group("m") else named.get(word) or int(sino(word) or 0)
    day = int(match.group("d")) if match.group("d") else tables().lunar_days[match.group("n")]
    if not 1 <= month <= 12 or not (day == -1 or 1 <= day <= 30):
        return None
    return {"lunar": True, "leap": bool(match.group("leap")), "month": month, "day": day}
