"""Rules that look a word up in a table: days, parts of the day, shifts, weekdays, holidays, seasons, zones."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from timeline.language import Rule, words
from timeline.languages.ko.numbers import NATIVE, number
from timeline.languages.ko.tables import tables
from timeline.timex import Base, Slots

_PARTICLE = (
    "에서부터|에서는|에서|에는|에도|에만|에야|에게|에|엔|의|은|는|이었|이다|이며|이고|이라|이면|이나|이던|인|이|가|을|를|과|와|도|만|까지|부터|으로|로"
    "|이후|이전|쯤|께|경|무렵|사이|중|내내|동안|늦게|일찍|마다|였|라|나|한때|들어|입니|에선|까진|부턴|보다|처럼|대|시간대|녘|때|만큼|뿐|마저|조차"
)
#: What may follow a short word that is also the beginning of others.
END = rf"(?=(?:(?:{_PARTICLE})(?:[^가-힣]|$|[가-힣]{{0,2}}(?:[^가-힣]|$)))|[^가-힣]|$|{NATIVE}\s?시)"
STRICT_END = rf"(?=(?:{_PARTICLE})?(?:[^가-힣]|$)|{NATIVE}\s?시)"


def begins(table: Iterable[str]) -> set[str]:
    """The first two characters of each word."""
    return {word[:2] for word in table}


def table_rule(name: str, table: Mapping[str, Any], slots: Callable[[str, Any], Slots | None], end: str = "") -> Rule:
    """A rule that matches any word of the table and asks ``slots`` what its entry means."""

    def meaning(match: re.Match[str]) -> Slots | None:
        key = " ".join(match.group(1).split())
        return slots(key, table[key])

    return Rule(name, begins(table), re.compile(f"({words(table)}){end}"), meaning)


def _shift(key: str, row: tuple[Any, ...]) -> Slots:
    del key
    base = Base.LAST if len(row) == 3 else Base.PUBLICATION
    return {"shift_unit": row[0], "shift": row[1], "base": base}


def _part(key: str, part: Any) -> Slots:
    slots: dict[str, Any] = {"part": part}
    if key not in tables().alone.parts:
        slots["_weak"] = True
    return slots


def _week_part(key: str, part: str) -> Slots:
    del key
    return {"week_part": part}


def _period_end(key: str, row: tuple[str, str]) -> Slots:
    unit, portion = row
    slots: dict[str, Any] = {"shift_unit": unit, "shift": 0, "portion": portion, "_open": True}
    if unit == "year" and portion == "late":
        slots["portion"] = "december"
    if unit == "year" and portion == "early":
        slots["portion"] = "january"
    if key.endswith(("내", "중")):
        slots.pop("portion")
        slots.pop("_open")
    return slots


def simple_rules() -> tuple[Rule, ...]:
    """All table rules, in the order they are tried."""
    table = tables()
    return (
        table_rule(
            "day-part-word", table.day_parts, lambda key, row: {"shift_unit": "day", "shift": row[0], "part": row[1]}
        ),
        table_rule(
            "relative-day",
            table.days,
            _relative_day,
            end=r"(?!날)(?:(?<=오늘)|(?<=어제)|(?<=내일)|(?<=금일)|" + END + ")",
        ),
        table_rule(
            "story-day",
            table.story_days,
            lambda key, shift: {"shift_unit": "day", "shift": shift, "base": Base.STORY},
            end=r"(?!치기)",
        ),
        table_rule(
            "told-day",
            table.last_days,
            lambda key, shift: {"shift_unit": "day", "shift": shift, "base": Base.LAST},
            end=r"(?![하한치]|\s배송)",
        ),
        table_rule("period-end", table.period_ends, _period_end, end=END),
        table_rule("relative-period", table.shifts, _shift, end=r"(?!말|중(?!순)|식회사)"),
        *_guarded_rules(),
        _holiday_rule(),
        _weekdays_rule(),
        table_rule("weekday", table.weekdays, lambda key, day: {"weekday": day}),
        table_rule("week-part", table.week_parts, _week_part, end=END),
        _season_rule(),
        _part_rule(),
        table_rule("portion", table.portions, lambda key, portion: {"portion": portion, "_weak": True}, end=END),
        table_rule(
            "zone", table.zones, lambda key, zone: {"zone": zone, "_weak": True}, end=r"(?:\s?기준)?(?:으로|로)?(?:는)?"
        ),
    )


def _relative_day(key: str, shift: int) -> Slots:
    slots: dict[str, Any] = {"shift_unit": "day", "shift": shift}
    if key.startswith("엊그"):
        slots["approximate"] = True
    return slots


def _part_rule() -> Rule:
    """오전, 이른 아침, 늦은 밤."""
    table = tables()

    def meaning(match: re.Match[str]) -> Slots | None:
        if match.group("edge") and _LENGTH_BEFORE.search(match.string, max(0, match.start() - 12), match.start()):
            return None  # "50분 늦은 오후 8시": so much late
        word = " ".join(match.group("part").split())
        slots = dict(_part(word, table.parts[word]))
        if match.group("edge"):
            slots |= {"part_edge": "early" if match.group("edge").startswith("이") else "late", "approximate": True}
            slots.pop("_weak", None)
        return slots

    pattern = re.compile(rf"(?:(?P<edge>이른|늦은)\s)?(?P<part>{words(table.parts)}){END}")
    return Rule("part-of-day", begins(table.parts) | {"이른", "늦은"}, pattern, meaning)


def _weekdays_rule() -> Rule:
    """화·목요일, 월, 화요일: days that follow each other are a stretch, others (or after 매주) a set."""
    days = "월화수목금토일"

    def meaning(match: re.Match[str]) -> Slots:
        first, last = days.index(match.group("a")), days.index(match.group("b"))
        before = match.string[max(0, match.start() - 12) : match.start()]
        if last == first + 1 and not match.group("more") and "매" not in before:
            return {"weekday": first, "_to": {"weekday": last}}
        return {"every": "week"}

    pattern = re.compile(rf"(?P<a>[{days}])(?:요일)?(?P<more>(?:[·,]\s?[{days}](?:요일)?)*)[·,]\s?(?P<b>[{days}])요일")
    return Rule("weekdays", {day + mark for day in days for mark in "·,요"}, pattern, meaning)


def _guarded_rules() -> tuple[Rule, ...]:
    """Shifts whose words are also others: each with its own guard."""
    return tuple(
        Rule(
            "relative-period",
            {word + " " if len(word) == 1 else word[:2]},
            re.compile(re.escape(word) + guard),
            lambda match, unit=unit, shift=shift: {"shift_unit": unit, "shift": shift},  # type: ignore[misc]
        )
        for word, (unit, shift, guard) in tables().guarded_shifts.items()
    )


def _season_rule() -> Rule:
    """봄, 여름철, 올가을. 봄 alone is also "seeing": it needs a particle or a word before it."""
    table = tables().seasons
    pattern = re.compile(
        rf"(?P<season>봄(?=에(?![가-힣])|부터|까지|이면|의\s)|(?!봄){words(table)}{STRICT_END}|(?<=지난\s)봄|(?<=오는\s)봄|(?<=올\s)봄|(?<=년\s)봄|(?<=해\s)봄)"
    )

    def meaning(match: re.Match[str]) -> Slots:
        word = match.group("season")
        slots: dict[str, Any] = {"season": table[word]}
        if word.startswith("올"):
            slots |= {"shift_unit": "year", "shift": 0}
        if word.startswith(("초", "늦")):
            slots["portion"] = "early" if word.startswith("초") else "late"
        return slots

    return Rule("season", begins(table), pattern, meaning)


def _holiday_rule() -> Rule:
    """추석, 설 연휴, 8.15 광복절."""
    table = tables()

    def meaning(match: re.Match[str]) -> Slots:
        slots: dict[str, Any] = {"holiday": table.holiday(" ".join(match.group("name").split()))}
        if match.group("period"):
            slots["holiday_period"] = True
        return slots

    names = words(table.holidays)
    # 설 is also a rumour (說): not before 이, 은, 도 or a hedge.
    pattern = re.compile(
        rf"(?P<name>(?!설(?![날\s을에까부이]|\)|$)|설이(?![가-힣])){names})(?:(?P<period>\s?(?:황금)?연휴(?:\s?기간)?)|\s?당일|{END})"
    )
    return Rule("holiday", begins(table.holidays), pattern, meaning)


def direction_rule() -> Rule:
    """지난, 오는, 이번, 다음: only before another expression."""
    table = tables().directions

    def meaning(match: re.Match[str]) -> Slots | None:
        if _LENGTH_BEFORE.search(match.string, max(0, match.start() - 12), match.start()):
            return None  # "한 시간 남짓 지난 오후 4시": so long past
        return {"direction": table[" ".join(match.group(1).split())], "_weak": True}

    return Rule("direction", begins(table), re.compile(rf"({words(table)})(?=\s|\d|[가-힣])"), meaning)


_LENGTH_BEFORE = re.compile(
    r"(?:[\d한두세네섯곱덟홉열몇반여]\s?(?:시간|분|초|개월|주)(?:\s?(?:남짓|가량|정도|쯤|반))?|[사나열]흘|이틀|하루|닷새|엿새)\s$"
)


def _nth(match: re.Match[str]) -> Slots | None:
    ordinal = match.group("nth").replace(" ", "")
    count = {
        "첫": 1,
        "첫째": 1,
        "첫번째": 1,
        "둘째": 2,
        "두번째": 2,
        "셋째": 3,
        "세번째": 3,
        "넷째": 4,
        "네번째": 4,
        "다섯째": 5,
        "다섯번째": 5,
        "마지막": -1,
    }.get(ordinal)
    if count is None:
        digits = re.match(r"\d+", ordinal)
        count = int(digits.group()) if digits else None
    if count is None or count == 0 or count > 53:
        return None
    unit = match.group("unit")
    if unit in ("주말",):
        return {"nth": count, "nth_week": True, "week_part": "weekend"}
    if unit == "날" and re.match(r"인 \d", match.string[match.end() : match.end() + 3]):
        return None  # "파업 첫날인 27일": the date says it
    if unit == "날" and count == 1 and _FIRST_OF.search(match.string[max(0, match.start() - 12) : match.start()]):
        return {"shift_unit": "day", "shift": 0, "base": Base.LAST}  # "수색 첫날": the day the search began
    if unit in ("날", "일"):
        return {"day": count, "_weak": True} if count in (1, -1) else None
    if unit == "주":
        return {"nth": count, "nth_week": True}
    return {"nth": count, "weekday": tables().weekdays[unit]}


_FIRST_OF = re.compile(
    r"(?:^|[^가-힣])(?!(?:올|새|지난|이번)?해)[가-힣]{2,4}(?<![년달해월])(?<!연휴)(?<!신년)(?<!학기)\s$"
)


def ordinal_rule() -> Rule:
    """첫째 주, 셋째 토요일, 마지막 날."""
    pattern = re.compile(
        r"(?P<nth>(?:첫|두|세|네|다섯)\s?번째|첫째|둘째|셋째|넷째|다섯째|첫|마지막|\d\s?째|\d주차)\s?"
        rf"(?P<unit>주말|주(?![가-힣]|\s?연속)|주(?=에|의|부터|까지|쯤)|{words(tables().weekdays)}|날)"
    )
    return Rule(
        "ordinal",
        [*"첫둘셋넷0123456789", "두 ", "두번", "세 ", "세번", "네 ", "네번", "다섯", "마지"],
        pattern,
        _nth,
        frozenset("주째"),
    )


def _every(match: re.Match[str]) -> Slots | None:
    unit = {
        "년": "year",
        "해": "year",
        "달": "month",
        "월": "month",
        "주": "week",
        "일": "day",
        "시간": "hour",
        "분기": "quarter",
        "번": None,
        "주말": "week",
        "날": "day",
        "시": "hour",
        "분": "minute",
    }.get(match.group("unit"))
    return {"every": unit} if unit else {"none": True}


_SETS = [
    "매년",
    "매해",
    "매달",
    "매월",
    "매주",
    "매일",
    "매시",
    "매분",
    "해마다",
    "날마다",
    "달마다",
    "주마다",
    "주말마다",
    "격주",
    "격월",
]


def set_rule() -> Rule:
    """매주, 매달, 매일, 해마다: sets of times."""
    pattern = re.compile(
        r"매(?P<unit>년|해|달(?![리린렸려았아])|월|주말|주(?!가|식|수|도|체)|일(?!유업|경제|신문)|시간|시|분기|분)(?!하|되)|(?:해|날|달|주|주말)마다|격주|격월"
    )

    def meaning(match: re.Match[str]) -> Slots | None:
        if match.group("unit"):
            return _every(match)
        text = match.group()
        return {
            "every": {
                "해마다": "year",
                "날마다": "day",
                "달마다": "month",
                "주마다": "week",
                "주말마다": "week",
                "격주": "week",
                "격월": "month",
            }[text]
        }

    return Rule("set", begins(_SETS), pattern, meaning)


def native_number(text: str) -> int | None:
    """The value of a native numeral, as a whole number."""
    value = number(text)
    return None if value is None else int(value)
