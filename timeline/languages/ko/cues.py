"""How Korean tells past from plan, which words imply a part of the day, where sentences and clauses end."""

from __future__ import annotations

import re
from functools import lru_cache

from timeline.language import ClauseCues, words
from timeline.languages.ko.tables import tables
from timeline.timex import Part

_PLAN = re.compile(
    r"(?:열릴|치를|치러질|맞붙을|(?:시작|개막|개최|개통|진행|공개|발표|선고|방문|실시)(?:할|될))(?=\s(?!때|만큼|수\s|뻔|정도|무렵|즈음))"
    r"|예정|계획|방침|전망이|전망된|전망했|예고|일정|앞두|앞둔|기로\s?(?:했|하|한|결정|합의)|(?:할|될|갈|올|날|릴|질|칠|설|를|일|울|을|줄|볼|열|뵐|킬|길|낼|될)\s?(?:것|듯|전망|예정|계획|방침|지\s|수\s있)"
    r"|(?:한|된|간|온|린|난|진|친|른|는|선|연|본|든|낸|킨|긴|인|쓴|뜬)다(?:[.\s\"”'’,)]|고\s|며\s|는\s|$)|하자|합시다|겠|해야|(?<!설명)(?<!반박)(?<!주장)(?<!해명)(?<!기억)(?<!정정)합니다|(?:됩|갑|옵|립|납|(?<!고)칩|섭|(?<=보)입|엽)니다|열리는|개막하는|시작하는|이르면|늦어도|예상|목표|추진|앞으로|만나자|할까|로\s(?:[가-힣]{1,3}\s)?(?:잡혔|잡혀|잡힌|잡았|정해졌|정해|미뤄|미뤘|미룬|연기|늦춰|늦췄|늦춘|앞당|옮겨(?!진|져|졌|\s(?:열|치러|진행|개최|시작)[가-힣]{0,2}[렸졌됐했었])|옮겼|옮긴)"
)
_PAST_WORD = re.compile(
    r"(?:열린|발생한|시작된|숨진|도착한|일어난|치러진|출시된|발표된|체결된|발견된|구속된|체포된|공개된|밝혀진|입국한|출국한|시작한|발표한|개최한|개막한|취임한|사망한|공개한|방문한|방한한|접견한|만난|벌어진|실종된|출시한|개봉한|떠난|던|지난|내린|맺은|받은|끝난|터진|선고된|기소된|붙잡힌|태어난|잡혔던|찍은|마감한)(?:[\s.,\"”]|$)"
    r"|(?:했|됐|갔|왔|났|렸|졌|쳤|섰|였|았|었|뒀|냈|켰|꼈|셨|폈|봤|샀|잤|탔|팠|컸|떴|썼|껐|줬|눴|뤘|웠|췄|꿨|녔|겼|몄|볐|렀|랐|뒀|맸|뗐|뺐|챘|렜|렛)(?=[가-힣\s.,\"”'’)]|$)"
)
#: A plan that was not kept, or whose term was changed: it may lie on either side of the report.
_UNMET = re.compile(
    r"려던|려다(?:가)?\s|(?:[가-힣]{1,6}\s)?(?:예정|계획)(?:이던|됐던|했던|이었|이었던)|까지(?:이던|였던)|^(?:이던|였던)\s"
    r"|(?:취소|연기|보류|철회)(?:했|됐)|미뤘"
    r"|기로\s?(?:했던|한)(?=[^.]{0,40}(?:취소|연기|무산|철회|미루|미뤘|늦췄))"
)
_PLAN_BEFORE = re.compile(r"(?:이르면|늦어도|빠르면|이를 경우)(?:\s[가-힣]{1,10})?\s?$")


def tense(before: str, after: str) -> int:
    """As :func:`_tense` of what follows; 이르면 and 늦어도 before the expression tell a plan."""
    return 1 if _PLAN_BEFORE.search(before) else _tense(after)


@lru_cache(maxsize=4096)
def _tense(text: str) -> int:
    """-1 where the text after an expression tells the past, 1 where it tells a plan, 0 where neither shows.

    The first sign decides: in "29일 연다고 밝혔다" that is the plan, in "29일 열린 회의에서" the past. A plan told as
    not kept ("29일 열려던 회의를 취소했다") is neither: its day may have passed or not.
    """
    plan, past = _PLAN.search(text), _PAST_WORD.search(text)
    if plan is None and past is None:
        return 0
    unmet = _UNMET.search(text)
    if unmet is not None and all(sign is None or unmet.start() <= sign.start() for sign in (plan, past)):
        return 0
    if past is None:
        return 1
    if plan is None:
        return -1
    return 1 if plan.start() <= past.start() else -1


_MEALS = re.compile(words(tables().meals))


def part_of(text: str) -> Part | None:
    """The part of day the last such word of the text implies: 만찬 is the evening."""
    found = None
    for match in _MEALS.finditer(text):
        found = match.group()
    return tables().meals[found] if found else None


_PLACES = re.compile(rf"(?:^|(?<=[^가-힣])){words(tables().places)}")


def place_of(text: str) -> str | None:
    """The zone of the first place the text names; a city comes before a land of several zones."""
    wide: str | None = None
    for match in _PLACES.finditer(text):
        zone = tables().places[match.group()]
        if match.group() not in tables().wide_places.names:
            return zone
        wide = wide or zone
    return wide


_EVENT_WORD = re.compile(r"[가-힣]{2,}")


def events(text: str) -> tuple[str, ...]:
    """The words of the text by their first two syllables, which endings and particles leave alone.

    What is told in other words than it is counted from has both: a call for help is a 신고.
    """
    stems = tuple(word[:2] for word in _EVENT_WORD.findall(text))
    return (*stems, *(name for phrase, name in tables().also_called.items() if phrase in text))


def clause_cues() -> ClauseCues:
    """The pack's reading of clauses."""
    return ClauseCues(
        sentence_end=re.compile(r"[.!?。](?=[\s\"”’')\]]|$)|\n|[다요까죠][.!?]"),
        clause_end=re.compile(r"(?:고|며|지만|는데|은데|ㄴ데|으나|자|면서|아서|어서|해|돼|니)(?:,\s?|\s)|,\s"),
        tense=tense,
        part=part_of,
        speech=re.compile(
            r"밝혔|말했|전했|발표했|설명했|강조했|덧붙였|주장했|철회|지적했|회견|브리핑|당부했|확인했|인정했|반박했|비판했|공식화"
        ),
        attribution=re.compile(r"[^.,]{0,25}(?:에 따르면|에 의하면|은 밝혔|따르면)"),
        events=events,
        places=place_of,
        moved_to=re.compile(r"에서\s?$"),
        day_beside=re.compile(r"(?:전날|이튿날|다음\s?날|하루 전|하루 뒤)(?:인|이던|의)?\s?$"),
        formerly=re.compile(r"(?:당초|애초|원래|본래)(?:에|는)?\s?$"),
        said_on=re.compile(r"(?:다|라)고\s(?P<n>\d{1,2})일\s?(?:밝혔|전했|말했|발표했|알렸|설명했|덧붙였|주장했)"),
    )
