"""Rules for amounts of time and what is done with them: 두 시간 동안, 사흘 전, 7분 만에, 사흘째, 지난 3개월간, 2박
3일.
"""

from __future__ import annotations

import re
from typing import Any

from timeline.language import Rule
from timeline.languages.ko.numbers import DIGITS, FEW, NATIVE, NUMERAL_FIRST, number
from timeline.languages.ko.rules_words import STRICT_END
from timeline.languages.ko.tables import tables
from timeline.timex import Amount, Elapsed, Slots, amount_of

_LONG_SINO = (
    "(?:[이삼사오육칠팔구]?십[일이삼사오육칠팔구]?|[이삼사오육칠팔구]?백|[이삼사오육칠팔구]?천|일|이|삼|사"
    "|오|육|칠|팔|구)"
)
_UNIT = "(?:시간|개월|개년|주일|주간|년|달|해|주|일(?!절|장|천)|분(?!기|의 )|초)"
_COMPONENT = re.compile(
    rf"(?P<n>{DIGITS}|{FEW}|{NATIVE}|{_LONG_SINO})(?:\s?[~∼～〜\-–—]\s?(?P<n2>{DIGITS}))?(?P<more>여)?\s?(?P<u>{_UNIT})(?P<half>\s?반(?=[^가-힣]|$|[안내]|[가-힣]))?(?P<more2>여)?"
)
#: As _COMPONENT, to see at a glance that an amount may begin here.
_COUNTED = rf"(?:{DIGITS}|{FEW}|{NATIVE}|{_LONG_SINO})(?:\s?[~∼～〜\-–—]\s?{DIGITS})?여?\s?{_UNIT}"
#: Years, and days of the month before a particle or a part of the day, are no amounts.
_NO_DATE = r"(?!\d{4}년|(?:[12]?\d|3[01])일(?:[에은는을를의로(),.]|\s(?:오[전후]|새벽|밤|아침|저녁|낮|자정)))"
_DAYS = "|".join(sorted(tables().native_days, key=len, reverse=True))
_NATIVE_DAYS = re.compile(rf"(?P<day>{_DAYS}|일주일|반나절|한나절|반년|반달|한참|며칠|몇날|몇 날)(?P<more>여)?")
_HEDGE = r"(?:\s?(?:가량|정도|쯤|남짓|안팎|가까이|이상|넘게))?"
_SUFFIX = re.compile(
    rf"(?P<hedge>{_HEDGE})\s?(?:"
    r"(?P<after>만에|만이|만의|만인|만으로|만)(?=[^가-힣]|$|다|었|였)"
    r"|(?P<nth>째)(?!로)"
    r"|(?P<within>안에|이내에|이내|내에|내로|내|안)(?=[^가-힣]|$|로)"
    r"|(?P<ago>이전|전)(?=[^가-힣]|$|에|의|까지|부터|쯤|께|만|인|이|보다|과|으로|도|은)(?!이[^가-힣다었]|력|통|문)"
    r"|(?P<later>이후|후|뒤|있다가|지나|지난 뒤|지난 후|만 있으면)(?=[^가-힣]|$|에|의|까지|부터|쯤|께|면|인|서|자"
    r"|입니다|였|이었|이다)"
    r"|(?P<length>간|동안|내내|사이)(?!격|판|호|부|식|담)"
    r")?"
)


_AFTER_NUMERAL = (
    "한두세석서네넉너다여일아열스무물마흔쉰예순른든섯곱덟홉이삼사오육칠팔구십백천시개달해주년월분초간"
    " ~∼루틀흘새레흐드름칠몇러어수닐댓닷엿나참"
)
_AMOUNT_BEGINS = set("0123456789") | {
    a + b for a in NUMERAL_FIRST + "반하이사나닷엿레보며일" if not a.isdigit() for b in _AFTER_NUMERAL
}
_NATIVE_ONLY = frozenset(word for word in tables().native_numbers if word not in tables().few)


def _component(match: re.Match[str]) -> tuple[Amount, Amount | None, bool] | None:
    value = number(match.group("n"))
    if value is None or value > 100_000:
        return None
    field = tables().units[match.group("u")]
    if field == "years" and value >= 1000 and match.group("n").isdigit():
        return None  # a year
    if match.group("u") in ("달", "해") and match.group("n")[0] in "일이삼사오육칠팔구십":
        return None  # counted with native numerals only: 이달 is "this month"
    if match.group("u") in ("일", "분", "초", "년", "개월") and match.group("n") in _NATIVE_ONLY:
        return None  # counted with digits and Sino-Korean numerals only: 한일 is Korea and Japan
    high = number(match.group("n2")) if match.group("n2") else None
    few = match.group("n") in tables().few
    total = value if high is None else high
    if high is not None and not value < high:
        return None
    amount = amount_of(field, total, few)
    if match.group("half"):
        amount = amount + {
            "hours": Amount(minutes=30),
            "years": Amount(months=6),
            "months": Amount(days=15),
            "days": Amount(hours=12),
            "minutes": Amount(seconds=30),
            "weeks": Amount(days=3),
        }.get(field, Amount())
    low = amount_of(field, value) if high is not None else None
    return amount, low, bool(match.group("more") or match.group("more2"))


def _named_amount(match: re.Match[str]) -> tuple[Amount, bool]:
    word = match.group("day")
    named = {
        "일주일": Amount(weeks=1),
        "반나절": Amount(hours=6),
        "한나절": Amount(hours=6),
        "반년": Amount(months=6),
        "반달": Amount(days=15),
        "한참": Amount(few=True),
        "며칠": Amount(days=3, few=True),
        "몇날": Amount(days=3, few=True),
        "몇 날": Amount(days=3, few=True),
    }
    rough = word in ("반나절", "한나절") or bool(match.group("more"))
    return named.get(word) or Amount(days=tables().native_days[word]), rough


def read_amount(text: str, start: int) -> tuple[Amount, Amount | None, bool, int] | None:
    """The amount written at ``start``: its value, its low end if a range, whether it is rough, and where it ends."""
    match = _NATIVE_DAYS.match(text, start)
    if match:
        amount, rough = _named_amount(match)
        return amount, None, rough, match.end()
    match = _COMPONENT.match(text, start)
    part = _component(match) if match else None
    if match is None or part is None:
        return None
    amount, low, rough = part
    end = match.end()
    previous = amount.unit
    for _ in range(4):
        space = 1 if text[end : end + 1] == " " else 0
        match = _COMPONENT.match(text, end + space)
        part = _component(match) if match else None
        if match is None or part is None or not _finer(previous, part[0].unit) or match.group("n2"):
            break
        amount, rough, end, previous = amount + part[0], rough or part[2], match.end(), part[0].unit
    return amount, low, rough, end


_ORDER = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")


def _finer(coarse: str, fine: str) -> bool:
    return _ORDER.index(fine) > _ORDER.index(coarse)


def _amount(match: re.Match[str]) -> Slots | None:
    text, start = match.string, match.start()
    read = read_amount(text, start)
    if read is None:
        return None
    amount, low, rough, end = read
    suffix = _SUFFIX.match(text, end)
    written = text[start:end]
    use = suffix.lastgroup if suffix and suffix.lastgroup != "hedge" else None
    if use is None and not _stands_alone(text, start, end, written, amount):
        return None
    if written in tables().lookalikes.words and (use is None or use == "length"):
        return None
    bounded = suffix is not None and (suffix.group("later") or suffix.group("ago")) in ("이후", "이전")
    if bounded and written.endswith("일") and written[0].isdigit():
        return None  # "31일 이후" is after the 31st
    slots: dict[str, Any] = {"amount": amount, "elapsed": Elapsed.LENGTH}
    if low is not None:
        slots["amount_low"] = low
    hedge = suffix.group("hedge") if suffix else ""
    if suffix and (use is not None or hedge):
        end = suffix.end() if use is not None else suffix.end("hedge")
    if rough or amount.few or (hedge and hedge.strip() not in ("이상", "넘게")):
        slots["approximate"] = True
    if use == "after" and suffix is not None and suffix.group("after") not in ("만에", "만인", "만으로"):
        use = "length"  # "10시간 만이다" tells how long it took, not when it was
    slots["elapsed"] = _use(use, amount)
    slots["_end"] = end
    return slots


def _use(use: str | None, amount: Amount) -> Elapsed:
    if use == "nth":
        return Elapsed.NTH_DAY if amount.unit == "days" else Elapsed.LENGTH
    return {
        None: Elapsed.LENGTH,
        "after": Elapsed.AFTER_EVENT,
        "within": Elapsed.WITHIN,
        "ago": Elapsed.AGO,
        "later": Elapsed.LATER,
        "length": Elapsed.LENGTH,
    }[use]


_AFTER_AMOUNT = re.compile(
    r"[^가-힣]|$|(?:에서|에|의|은|는|이|가|을|를|과|와|도|만|로|으로|씩|가량|정도|쯤|남짓|안팎|여|마다|짜리|이상|이하|미만|넘|걸|이나|이라|까지|당|치(?![르러른를렀릅])|차|을|생|뿐|부터|이면|면|빨|늦|앞|된|중|가까이|밖|이었|였|이다|이며|인|대|형|형을|분량|남|째|보다)"
)


_LASTS = re.compile(
    r"\s?(?:걸[리릴려렸린]|남[았은]|앞[으둔두]|넘|이상|휴가|연속|씩|치(?![르러른를렀릅])|가량|정도|남짓|안팎)"
)
#: Words before a number of days that make it a length: "잠복기는 3~7일이다", "최대 14일".
_LENGTH_BEFORE = re.compile(r"(?:평균|최대|최소|최장|무려|꼬박|통상|(?:잠복기|기간)[은는이가]?)\s$")


def _stands_alone(text: str, start: int, end: int, written: str, amount: Amount) -> bool:
    """Whether the words after an amount without a use let it stand: 두 시간을, 10분. Dates (2013년, 27일) do not."""
    if not _AFTER_AMOUNT.match(text, end):
        return False
    last = written.rstrip("여반 ")[-1:]
    if last == "일" and written[0].isdigit():
        after = text[end : end + 6]
        return (
            _LASTS.match(after) is not None
            or amount.days > 31
            or _LENGTH_BEFORE.search(text, max(0, start - 12), start) is not None
        )
    if last == "년" and written[0].isdigit():
        return amount.years < 1000 and not re.match(r"대|생|산|작|도", text[end : end + 1])
    return not (last == "초" and text[max(0, start - 2) : start].strip().endswith(("년", "월")))


def _window(match: re.Match[str]) -> Slots | None:
    text = match.string
    read = read_amount(text, match.end())
    if read is None:
        return None
    amount, _, rough, end = read
    suffix = _SUFFIX.match(text, end)
    use = suffix.lastgroup if suffix and suffix.lastgroup != "hedge" else None
    word = match.group(1)
    written = text[match.end() : end]
    if re.search(r"\d\s?일$", written) and use != "length" and word not in ("최근", "향후", "앞으로"):
        return None
    if re.search(r"^\d{4}\s?년$", written) or use in ("after", "nth", "ago", "later"):
        return None
    past = word in ("지난", "최근")
    slots: dict[str, Any] = {"amount": amount, "elapsed": Elapsed.LAST if past else Elapsed.NEXT}
    if use == "within":
        slots["elapsed"] = Elapsed.WITHIN
    if suffix and use is not None:
        end = suffix.end()
    if amount.few:
        slots["elapsed"] = Elapsed.LENGTH
    if word in ("지난", "다음") and use is None:
        slots["whole_units"] = True
    elif rough or amount.few or amount.unit in ("months", "years"):
        slots["approximate"] = True
    slots["_end"] = end
    return slots


def _nights(match: re.Match[str]) -> Slots | None:
    return {
        "amount": Amount(days=int(match.group("d") or number(match.group("w") or "") or 0)),
        "elapsed": Elapsed.LENGTH,
    }


def amount_rules() -> tuple[Rule, ...]:
    """Amounts, in the order they are tried."""
    start = rf"(?={DIGITS}|{FEW}|{NATIVE}|{_LONG_SINO}|{_DAYS}|일주일|반|한|며칠|몇)"
    digit_left = r"(?<![A-Za-z])(?<!\d)(?<!\d[.,:/])"
    counted = rf"(?={_COUNTED}|{_NATIVE_DAYS.pattern.replace('?P<day>', '?:').replace('?P<more>', '?:')})"
    return (
        Rule(
            "nights-and-days",
            "0123456789",
            re.compile(r"\d{1,2}박\s?(?P<d>\d{1,2})(?P<w>)일(?:간)?"),
            _nights,
            after=frozenset("박"),
        ),
        Rule(
            "window",
            ["지난", "최근", "향후", "앞으", "다음"],
            re.compile(rf"(지난|최근|향후|앞으로|다음)\s{start}"),
            _window,
        ),
        Rule(
            "anniversary",
            "0123456789",
            re.compile(r"(?<![\dA-Za-z,])(?P<n>\d{1,4})\s?주(?:년|기)(?=[^가-힣]|을|를|의|에|이|가|인|째|행사|$)"),
            _anniversary,
            after=frozenset("주"),
        ),
        Rule(
            "quarters",
            "0123456789",
            re.compile(r"(?<![\dA-Za-z])(?P<n>\d{1,2})\s?(?:개\s?)?분기(?=\s?(?:연속|째|동안|만에|만의|만이))"),
            lambda match: {"amount": Amount(months=3 * int(match.group("n"))), "elapsed": Elapsed.LENGTH},
            after=frozenset("분개"),
        ),
        Rule(
            "few-days-ago",
            "며몇",
            re.compile(r"(?:며칠|몇\s?(?:시간|분|주|달|개월|년|해))\s?(?P<side>전|뒤|후|만에|안|내|이후)" + STRICT_END),
            _few,
        ),
        Rule(
            "amount",
            _AMOUNT_BEGINS,
            re.compile(digit_left + _NO_DATE + counted),
            _amount,
            after=frozenset("시개주달해년일분초여~∼～〜-–—.,"),
        ),
    )


def _anniversary(match: re.Match[str]) -> Slots:
    return {"amount": Amount(years=int(match.group("n"))), "elapsed": Elapsed.LENGTH}


def _few(match: re.Match[str]) -> Slots | None:
    text = match.group()
    unit = next(
        (field for word, field in sorted(tables().units.items(), key=lambda row: -len(row[0])) if word in text), "days"
    )
    side = match.group("side")
    use = {"전": Elapsed.AGO, "만에": Elapsed.AFTER_EVENT, "안": Elapsed.WITHIN, "내": Elapsed.WITHIN}.get(
        side, Elapsed.LATER
    )
    return {"amount": amount_of(unit, 3, few=True), "elapsed": use, "approximate": True}
