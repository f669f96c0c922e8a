"""The pack's grammar of time expressions, put together from its tables and rules."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.language import Affix, Rule, TimeGrammar, Window
from timeline.languages.ko.cues import clause_cues
from timeline.languages.ko.rules_amounts import amount_rules
from timeline.languages.ko.rules_clock import clock_rules
from timeline.languages.ko.rules_dates import numeric_rules, unit_rules, word_date_rules
from timeline.languages.ko.rules_words import direction_rule, ordinal_rule, set_rule, simple_rules
from timeline.languages.ko.tables import false_friends, tables

_DIGITS = "0123456789"


def _friend_rules() -> tuple[Rule, ...]:
    """Each false friend as a rule that claims its characters."""
    rules = []
    for row in false_friends().friends:
        pattern = re.compile(row.pattern)
        rules.append(Rule("false-friend", _first_chars(row.pattern), pattern, lambda match: {"none": True}))
    return tuple(rules)


def _first_chars(pattern: str) -> str:
    """The characters a false friend may begin with: digits, or the first characters of its alternatives."""
    if re.match(r"\(\?:[^)]*?\\s\?\)?", pattern) and pattern.startswith("(?:제"):
        return "제"
    if pattern.startswith("[v"):
        return "vV"
    body = re.sub(r"^\(\?:", "", pattern)
    first = set(re.findall(r"(?:^|\|)([가-힣\d])", body))
    if re.match(r"\\d|\(\?:연", pattern) or re.match(r"\d", body) or "|\\d" in body:
        first.update(_DIGITS)
    if pattern.startswith("[가-힣]"):
        first.update("이김박최정강조윤장임한오신서권황안송류전홍고문양손배백허유남심노하곽성차주우구민나진지")
    return "".join(sorted(first))


_BOUNDARY = r"(?=[^가-힣]|$|에|의|은|는|이|가|도|만|까지|부터|로|으로|[가-힣])"


def _suffixes() -> tuple[Affix, ...]:
    hedge = {"approximate": True}
    loose = {"approximate": True, "loose": True}
    return (
        Affix("approx", re.compile(r"(?:\s?(?:쯤|경|께(?!서))|\s(?:전후|안팎|어름|즈음|즈음하여|가량|정도))"), hedge),
        Affix("approx", re.compile(r"\s?(?:무렵|가량|즈음|안팎|전후)"), loose),
        Affix(
            "before",
            re.compile(r"(?:이|에)?\s(?:가까이|거의 다|다)\s?(?:돼서야|되어서야|돼서|되어|될 무렵|돼|된)?"),
            {"approximate": True, "side": -1},
        ),
        Affix(
            "before",
            re.compile(r"(?:이|에)?\s?(?:가까이|가까운|직전|조금 전|되기 전)(?:에)?"),
            {"approximate": True, "side": -1},
        ),
        Affix(
            "after",
            re.compile(
                r"(?:이|가|을|를)?\s?(?:조금\s|막\s|훌쩍\s|갓\s)?(?:넘어서야|넘어서|넘어|넘긴\s?뒤|넘긴\s?후|넘긴|넘겨서야|넘겨|지나서야|지나서|지난 뒤|지나|직후)"
            ),
            {"approximate": True, "side": 1},
        ),
        Affix("early", re.compile(r"\s?(?:일찍|이른 시각|이른 시간)"), {"part_edge": "early"}),
        Affix("late", re.compile(r"\s?(?:늦게|늦은 시각|늦은 시간|느지막이|늦은 밤)"), {"part_edge": "late"}),
        Affix("some-time", re.compile(r"\s한때"), {"approximate": True}),
        Affix("exactly", re.compile(r"\s?정각"), {}),
        Affix("from", re.compile(r"\s?부터(?:는|\s)?(?<!\s)|에서부터|로부터|으로부터"), {"bound": "from"}),
        Affix("until", re.compile(r"\s?까지"), {"bound": "until"}),
        Affix("after", re.compile(r"\s?(?:이후|이래)(?=[^가-힣]|$|에|로|부터|의|는|엔|였)"), {"bound": "after"}),
        Affix("before", re.compile(r"\s?이전(?=[^가-힣]|$|에|까지|의|부터|에는)"), {"bound": "before"}),
        Affix("after", re.compile(r"\s(?:뒤|후)(?=[^가-힣]|$|에|로|부터)"), {"bound": "after"}),
        Affix("before", re.compile(r"\s?전(?=[^가-힣]|$|에|까지)(?!에서)"), {"bound": "before"}),
        Affix("within", re.compile(r"\s?(?:안에|안으로|내로|내에)(?=[^가-힣]|$)"), {"_within": True}),
    )


def _prefixes() -> tuple[Affix, ...]:
    return (
        Affix("approx", re.compile(r"(?:약|대략|얼추|어림잡아|줄잡아)\s?$"), {"approximate": True}),
        Affix("early", re.compile(r"(?:이른)\s$"), {"part_edge": "early", "approximate": True}),
        Affix("late", re.compile(r"(?:늦은)\s$"), {"part_edge": "late", "approximate": True}),
        Affix("about", re.compile(r"(?<![가-힣])한\s$"), {"_about": True}),
    )


@lru_cache(maxsize=1)
def grammar() -> TimeGrammar:
    """The Korean grammar of time expressions, built on first use."""
    table = tables()
    windows = {part: Window(*(60 * hour for hour in hours)) for part, hours in table.windows.items()}
    rules = (
        *_friend_rules(),
        *numeric_rules(),
        *amount_rules(),
        *clock_rules(),
        *unit_rules(),
        *word_date_rules(),
        ordinal_rule(),
        set_rule(),
        *simple_rules(),
        direction_rule(),
        *_misc_rules(),
    )
    return TimeGrammar(
        code="ko",
        rules=rules,
        joint=re.compile(r"\s{0,3}|의\s?|에\s|,\s?|\s?-\s?|\s?중\s"),
        suffixes=_suffixes(),
        prefixes=_prefixes(),
        until=re.compile(r"\s?까지"),
        windows=windows,
        cues=clause_cues(),
        zones=table.zones,
    )


def _misc_rules() -> tuple[Rule, ...]:
    return (
        Rule(
            "now",
            "지방현",
            re.compile(r"지금(?=[^가-힣]|$|부터|까지|은|도|이|에서)|방금(?=[^가-힣]|$)|조금\s전"),
            lambda match: {"now": True},
        ),
        Rule("month-end", "말", re.compile(r"말일"), lambda match: {"day": -1, "_month": True}),
        Rule("vague", "조머", re.compile(r"조만간|머지않아"), lambda match: {"vague": "future"}),
        Rule("told-time", "당", re.compile(r"당시(?=[^가-힣]|$|에|에는|는)"), lambda match: {"vague": "then"}),
    )
