"""Rules for written dates: years, months and days with their units, shared-head ranges, decades."""

from __future__ import annotations

import re
from typing import Any

from timeline.language import Rule
from timeline.timex import Slots

LEFT = r"(?<![\dA-Za-z])(?<!\d[.,:/])(?<![A-Za-z][-‐])"
_TILDE = r"\s?[~∼～〜\-–—]\s?"
DIGIT = "0123456789"
# Things counted in days, months or years rather than dated, when they follow the number directly.
_COUNTED = (
    r"(?!\s?(?:간|동안|째|만에|만이|만의|만인|정도|가량|남짓|이내|안에|내에|연속|차(?![가-힣])"
    r"|치(?![르러른를렀릅])|분량|씩))"
)
DAY_END = (
    rf"{_COUNTED}(?!\s?(?:전|뒤|후)(?:[^가-힣]|에|의|까지|부터|$))(?!\s?걸[리릴려렸린]|\s?남[았은]|\s?앞[으둔두]"
    rf"|\s?넘게|\s?이상|\s?휴가|\s?오전만)"
)


def year(match: re.Match[str]) -> Slots | None:
    """A year in digits; two are a year of a century to be found."""
    digits = match.group("y")
    year = int(digits)
    if len(digits) == 4:
        return {"year": year} if 1000 <= year <= 2999 else None
    return {"year": year, "short_year": True}


def _decade(match: re.Match[str]) -> Slots | None:
    digits = match.group("y")
    value = int(digits)
    if len(digits) == 2:
        value += 2000 if value < 30 else 1900
    return {"decade": value - value % 10}


def _shared(unit: str) -> Any:
    limit = {"day": 31, "month": 12, "hour": 24, "year": 2999}[unit]
    floor = 0 if unit == "hour" else 1000 if unit == "year" else 1

    def meaning(match: re.Match[str]) -> Slots | None:
        low, high = int(match.group("a")), int(match.group("b"))
        if not (floor <= low <= limit and floor <= high <= limit):
            return None
        return {unit: low, "_to": {unit: high}}

    return meaning


def _listed(match: re.Match[str]) -> Slots | None:
    low, high = int(match.group("a")), int(match.group("b"))
    return {"day": low, "_to": {"day": high}} if 1 <= low <= 31 and 1 <= high <= 31 and high == low + 1 else None


def _plain(unit: str, limit: int) -> Any:
    def meaning(match: re.Match[str]) -> Slots | None:
        value = int(match.group("n"))
        return {unit: value} if 1 <= value <= limit else None

    return meaning


def unit_rules() -> tuple[Rule, ...]:
    """28~29일, 25, 26일, 2013년, '22년, 90년대, 18세기, 3월, 27일자."""
    return (*_shared_units(), *_single_units(), *_part_years())


def _shared_units() -> tuple[Rule, ...]:
    """Two numbers with one unit: 28~29일, 3~5월, 25, 26일."""
    return (
        Rule(
            "shared-days",
            DIGIT,
            re.compile(LEFT + rf"(?P<a>\d{{1,2}})\s?일?{_TILDE}(?P<b>\d{{1,2}})\s?일(?:자)?{DAY_END}"),
            _shared("day"),
            after=frozenset("~∼～〜-–—일"),
        ),
        Rule(
            "shared-months",
            DIGIT,
            re.compile(LEFT + rf"(?P<a>\d{{1,2}}){_TILDE}(?P<b>\d{{1,2}})\s?월(?!\s?\d{{1,2}}\s?일)"),
            _shared("month"),
            after=frozenset("~∼～〜-–—"),
        ),
        Rule(
            "shared-years",
            DIGIT,
            re.compile(LEFT + rf"(?P<a>\d{{4}})\s?년?{_TILDE}(?P<b>\d{{4}})\s?년(?!대)"),
            _shared("year"),
            after=frozenset("~∼～〜-–—년"),
        ),
        Rule(
            "listed-days",
            DIGIT,
            re.compile(LEFT + rf"(?P<a>\d{{1,2}})\s?일?(?:,\s?|·)(?P<b>\d{{1,2}})\s?일{DAY_END}"),
            _listed,
            after=frozenset(",일·,"),
        ),
    )


def _single_units() -> tuple[Rule, ...]:
    """A number with its unit: 18세기, 2013년, 3월, 27일자."""
    return (
        Rule(
            "century",
            DIGIT,
            re.compile(LEFT + r"(?P<n>\d{1,2})\s?세기"),
            lambda match: {"century": int(match.group("n"))} if match.group("n") != "0" else None,
            after=frozenset("세"),
        ),
        Rule(
            "year",
            DIGIT + "'’‘",
            re.compile(
                LEFT + r"['’‘]?(?P<y>\d{4})\s?년(?:도)?(?!\s?(?:간|동안|째|만에|전|뒤|후)(?:[^가-힣]|에|의"
                r"|$))(?!대|산|형|식|물)"
            ),
            year,
            after=frozenset("년"),
        ),
        Rule(
            "late-century-year",
            DIGIT,
            re.compile(
                LEFT + r"(?P<y>[5-9]\d)\s?년(?=[^가-힣]|에|의|은|부터|까지|이후|작|생|$)(?!\s?(?:동안|만|전|뒤"
                r"|후|간|넘|이상|가까이|징역|전통|역사|넘게|세월|가량|정도))"
            ),
            year,
            after=frozenset("년"),
        ),
        Rule(
            "month",
            DIGIT,
            re.compile(LEFT + r"(?P<n>\d{1,2})\s?월(?:달)?(?!드컵|등|급|세|령|권)"),
            _plain("month", 12),
            after=frozenset("월"),
        ),
        Rule(
            "day",
            DIGIT,
            re.compile(
                LEFT
                + rf"(?P<n>\d{{1,2}})\s?일(?:자|\s자(?=로\s)|날)?(?:\s?(?:현재|기준)(?=[^가-힣]|$|으로))?{DAY_END}"
                + r"(?![가-힣]*(?:대사|문일답))"
            ),
            _plain("day", 31),
            after=frozenset("일"),
        ),
    )


def _part_years() -> tuple[Rule, ...]:
    """Parts of a year: 3분기, 상반기, 2학기."""
    return (
        Rule(
            "quarter",
            [*DIGIT, *(a + b for a in "일이삼사" for b in "분사 ")],
            re.compile(
                r"(?<![\dA-Za-z])(?P<n>[1-4]|[일이삼사])\s?(?:[/사]\s?(?:4)?)?\s?분기(?!점|\s?(?:연속|째|만에|만의|만이))"
            ),
            _quarter,
            after=frozenset("분/사"),
        ),
        Rule(
            "half",
            ["상반", "하반"],
            re.compile(r"(?P<n>[상하])반기"),
            lambda match: {"half": 1 if match.group("n") == "상" else 2},
        ),
        Rule(
            "school-term",
            DIGIT,
            re.compile(r"(?P<n>[12])학기"),
            lambda match: {"term": int(match.group("n"))},
            after=frozenset("학"),
        ),
    )


def early_unit_rules() -> tuple[Rule, ...]:
    """Years of two digits, decades and days after their month, tried before amounts."""
    return (
        Rule(
            "short-year",
            DIGIT + "'’‘",
            re.compile(
                LEFT
                + r"(?:['’‘](?P<y>\d{2})\s?년(?:도)?|(?<!\d)(?P<y2>\d{2})\s?년도|(?P<y3>\d{2})\s?년(?=\s?\d{1,2}\s?월))"
            ),
            _short_year,
            after=frozenset("년'’‘"),
        ),
        Rule(
            "day",
            DIGIT,
            re.compile(r"(?:(?<=\d월)|(?<=\d월\s))(?P<n>\d{1,2})\s?일(?=\s?(?:전|뒤|후|사이)(?:[^가-힣]|에|까지|$))"),
            _plain("day", 31),
            after=frozenset("일"),
        ),
        Rule("decade", DIGIT, re.compile(LEFT + r"(?P<y>\d{4}|\d{2}|\d{3})\s?년대"), _decade, after=frozenset("년")),
    )


def _short_year(match: re.Match[str]) -> Slots | None:
    digits = match.group("y") or match.group("y2") or match.group("y3")
    return {"year": int(digits), "short_year": True}


def _quarter(match: re.Match[str]) -> Slots | None:
    value = match.group("n")
    return {"quarter": int(value) if value.isdigit() else "일이삼사".index(value) + 1}
