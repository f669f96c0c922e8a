"""The pack's grammar of time expressions, put together from its tables and rules."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.language import Affix, Rule, TimeGrammar, Window
from timeline.languages.ko.cues import clause_cues
from timeline.languages.ko.rules_amounts import amount_rules
from timeline.languages.ko.rules_clock import clock_rules
from timeline.languages.ko.rules_dates import early_unit_rules, unit_rules
from timeline.languages.ko.rules_numeric import numeric_rules
from timeline.languages.ko.rules_spelled import word_date_rules
from timeline.languages.ko.rules_words import direction_rule, ordinal_rule, set_rule, simple_rules
from timeline.languages.ko.tables import false_friends, tables
from timeline.timex import Slots

_DIGITS = "0123456789"


def _friend_rules() -> tuple[Rule, ...]:
    """Each false friend as a rule that claims its characters."""
    rules = []
    for row in false_friends().friends:
        begins = [char for word in row.begins for char in (_DIGITS if word == "#" else (word,))]
        none = lambda match: {"none": True}  # noqa: E731
        rules.append(Rule("false-friend", begins, re.compile(row.pattern), none, frozenset(row.after)))
    return tuple(rules)


# Words that name what an amount of time is counted from: "경기 시작 2시간 전", "출시 이틀 뒤".
_EVENT_NOUN = re.compile(
    r"(?:신고|접수|발생|사고|화재|폭발|출발|도착|이륙|착륙|시작|개막|폐막|개회|개장|경기|킥오프|공연|행사|회의|회담|선고|재판|공판|출시|발매|공개"
    r"|발표|입국|출국|투표|선거|시험|수술|입원|사망|출산|결혼|추락|붕괴|침몰|개통|취임|퇴임|종료|마감|만기|시행|출근|퇴근|식사|범행|체포|검거|영장|예정"
    r"|기점|지진|여진|발사|상륙|개봉|방송|첫방|데뷔|은퇴|계약|체결|부임|당선|통보|지시|명령|교체|득점"
    r"|실점|종료|개시|착공|준공|완공"
    r"|탈선|추돌|충돌|전복|좌초|누출|정전|파열|참사|사건|연행|구조|구출|확진|감염|결렬|타결|파업|표결|개표|서명)"
    r"(?:한|된|한 지|된 지|하고|되고|하기|되기)?(?:\s[가-힣]{1,4})?\s?$"
    r"|[가-힣](?:이|가|을|를|에|에서)?\s[가-힣]+\s지\s?$"
)


def _suffixes() -> tuple[Affix, ...]:
    hedge = {"approximate": True}
    loose = {"approximate": True, "loose": True}
    return (
        Affix(
            "approx",
            re.compile(
                r"(?:\s?(?:쯤|경(?=[^가-힣]|$|에|부터|까지|의|으로|이|인)|께(?!서))|\s(?:전후|안팎|어름|즈음|즈음하여|가량|정도))"
            ),
            hedge,
            "쯤경께전안어즈가정",
        ),
        Affix("approx", re.compile(r"(?:을|를)\s?전후(?:해서?|하여|로)"), loose, "을를"),
        Affix("approx", re.compile(r"\s?(?:무렵|가량|즈음|안팎|전후)"), loose, "무가즈안전"),
        Affix(
            "before",
            re.compile(r"(?:이|가|에)?\s(?:거의\s)?(?:가까이|다)\s(?:돼서야|되어서야|돼서|되어|될 무렵|돼|된)"),
            {"approximate": True, "side": -1},
            "이가에거다",
        ),
        Affix(
            "before",
            re.compile(r"(?:이|가)?\s(?:조금\s|좀\s|채\s)?(?:안|못)\s?(?:돼서야|돼서|되어서|돼|된|됐을)"),
            {"approximate": True, "side": -1},
            "이가조좀채안못",
        ),
        Affix(
            "before",
            re.compile(r"(?:이|에)?\s?(?:가까이|가까운|직전|조금 전|되기 전)(?:에)?"),
            {"approximate": True, "side": -1},
            "이에가직조되",
        ),
        Affix(
            "after",
            re.compile(
                r"(?:이|가|을|를)?\s?(?:조금\s|막\s|훌쩍\s|갓\s)?(?:넘어서야|넘어서|넘어(?![가-힣])|넘긴\s?뒤"
                r"|넘긴\s?후|넘긴|넘겨서야|넘겨|지나서야|지나서|지난 뒤|지나|직후)"
            ),
            {"approximate": True, "side": 1},
            "이가을를조막훌갓넘지직",
        ),
        Affix("before", re.compile(r"(?:을|를)\s?(?:앞두고|앞둔)"), {"approximate": True, "side": -1}, "을를앞"),
        Affix("early", re.compile(r"\s?(?:일찍|이른 시각|이른 시간)"), {"part_edge": "early"}, "일이"),
        Affix("late", re.compile(r"\s?(?:늦게|늦은 시각|늦은 시간|느지막이|늦은 밤)"), {"part_edge": "late"}, "늦느"),
        Affix("some-time", re.compile(r"\s한때"), {"approximate": True}, "한"),
        Affix("exactly", re.compile(r"\s?정각"), {}, "정"),
        Affix("as-of", re.compile(r"\s(?:기준|현재)(?=[^가-힣]|$|으로)"), {}, "기현"),
        Affix("from", re.compile(r"\s?부터(?:는|\s)?(?<!\s)|에서부터|로부터|으로부터"), {"bound": "from"}, "부에로으"),
        Affix("from", re.compile(r"에서(?=\s(?:\S{1,6}\s){0,2}\S{1,6}\s?(?:사이|까지))"), {"bound": "from"}, "에"),
        Affix("until", re.compile(r"\s?까지"), {"bound": "until"}, "까"),
        Affix("after", re.compile(r"\s?(?:이후|이래)(?=[^가-힣]|$|에|로|부터|의|는|엔|였)"), {"bound": "after"}, "이"),
        Affix("before", re.compile(r"\s?이전(?=[^가-힣]|$|에|까지|의|부터|에는)"), {"bound": "before"}, "이"),
        Affix("after", re.compile(r"\s(?:뒤|후)(?=[^가-힣]|$|에|로|부터)"), {"bound": "after"}, "뒤후"),
        Affix("before", re.compile(r"\s?전(?=[^가-힣]|$|에|까지)(?!에서)"), {"bound": "before"}, "전"),
        Affix("within", re.compile(r"\s?(?:안에|안으로|내로|내에)(?=[^가-힣]|$)"), {"_within": True}, "안내"),
    )


def _prefixes() -> tuple[Affix, ...]:
    return (
        Affix("approx", re.compile(r"(?:약|대략|얼추|어림잡아|줄잡아)\s?$"), {"approximate": True}),
        Affix("before", re.compile(r"(?:을|를)\s?(?:앞두고|앞둔)"), {"approximate": True, "side": -1}),
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
        *word_date_rules(),
        *early_unit_rules(),
        *amount_rules(),
        *clock_rules(),
        *unit_rules(),
        ordinal_rule(),
        set_rule(),
        *_misc_rules(),
        *simple_rules(),
        direction_rule(),
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
        counted_from=re.compile(r"\s?(?:에서부터|에서|으로부터|로부터|부터)\s?"),
        bracket_words={word: {"weekday": day} for day, word in enumerate("월화수목금토일")},
        event_noun=_EVENT_NOUN,
        apposition=re.compile(r"[가-힣]?인\s"),
        number_gate=re.compile(
            r"(?=\d*([,.])|)[\d,.]{0,14}\s?([여년월일시분초주달개해박세학사/~∼～〜\-–—:·AaPp(]|$|(?<=\.)\s|(?<=[,.]\s)(?=\d)"
            r"|(?<=\s)(?=\d\d?:)|(?<=\d\d\d\d)\s)"
        ),
        onset_noun=re.compile(
            r"(?:발생|사고|참사|사건|화재|폭발|추락|붕괴|탈선|추돌|충돌|지진|최초|시작|신고|접수)(?:한|된|이|가)?(?:\s[가-힣]{1,4})?(?:\s지)?\s?$"
        ),
    )


_EDGES = {"직후": 1, "직전": -1, "동시": 0}


def _event_edge(match: re.Match[str]) -> Slots | None:
    """지진 직후, 마감과 동시에: what stands before must name an event."""
    word = match.group("word")
    before = match.string[max(0, match.start() - 16) : match.start()]
    if word == "동시":
        before = re.sub(r"[과와]\s$", " ", before) if re.search(r"[가-힣][과와]\s$", before) else ""
    end = match.end() + (match.string.startswith("에", match.end()) and word == "동시")
    return {"vague": "edge", "side": _EDGES[word], "_end": end} if _EVENT_NOUN.search(before) else None


def _misc_rules() -> tuple[Rule, ...]:
    return (
        Rule(
            "now",
            ["지금", "방금", "조금"],
            re.compile(r"지금(?=부터|으로부터|\s*\Z)|방금(?=[^가-힣]|$)|조금\s전"),
            lambda match: {"now": True},
        ),
        Rule("month-end", ["말일"], re.compile(r"말일"), lambda match: {"day": -1, "_month": True}),
        Rule(
            "event-edge",
            _EDGES,
            re.compile(r"(?P<word>직후|직전|동시)(?=에(?![가-힣])|[^가-힣]|$)(?!의|인\s)"),
            _event_edge,
        ),
        Rule(
            "same-moment",
            ["같은", "비슷"],
            re.compile(r"(?:같은|(?P<like>비슷한))\s(?:시각|시간대?)(?=[^가-힣]|$|에)(?!\s동안)"),
            lambda match: {"vague": "moment", "approximate": bool(match.group("like"))},
        ),
        Rule("vague", ["조만", "머지"], re.compile(r"조만간|머지않아"), lambda match: {"vague": "future"}),
        Rule("told-time", ["당시"], re.compile(r"당시(?=[^가-힣]|$|에|에는|는)"), lambda match: {"vague": "then"}),
    )
