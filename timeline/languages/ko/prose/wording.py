"""Who, where and with what, read off a clause in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.languages.ko.prose.analysis import Item, Nominal, Verbal
from timeline.languages.ko.prose.lexicon import PeopleTable
from timeline.model import Span

_LOCATIVE = ("에서", "에", "로", "으로", "을", "를")
_NOT_A_PLACE = frozenset(
    {
        "가운데",
        "과정",
        "상황",
        "자리",
        "뒤",
        "후",
        "전",
        "중",
        "때",
        "상태",
        "일각",
        "측면",
        "관련",
        "이유",
        "등",
        "것",
        "만",
        "기준",
        "가량",
        "동안",
        "현장",
    }
)


def place_of(items: Sequence[Item], text: str, mentions: Sequence[Span], people: PeopleTable) -> str | None:
    """The place a clause names: the strongest locative noun phrase, as written; ``None`` without one."""
    best: tuple[int, str] | None = None
    for index, item in enumerate(items):
        if not isinstance(item, Nominal) or _in(item, mentions):
            continue
        rank = max(_place_rank(item, people), _goal_rank(items, index, people))
        if rank and (best is None or rank > best[0]):
            best = (rank, phrase(item, text))
    return best[1] if best else None


def _goal_rank(items: Sequence[Item], index: int, people: PeopleTable) -> int:
    """ "…로 이동해": whereto somebody goes, right before the verb of going."""
    item, verb = items[index], items[index + 1] if index + 1 < len(items) else None
    if not (isinstance(item, Nominal) and isinstance(verb, Verbal) and verb.lemma in people.goal_verbs):
        return 0
    return 3 if item.case in {"로", "으로"} and item.nouns and item.head not in _NOT_A_PLACE else 0


def _place_rank(item: Nominal, people: PeopleTable) -> int:
    case = next((c for c in _LOCATIVE if item.case.startswith(c)), "")
    if not case or item.head in _NOT_A_PLACE or not item.nouns:
        return 0
    shaped = (
        item.head in people.regions
        or any(item.head.endswith(p) for p in people.places)
        or item.nouns[0] in people.regions
    )
    proper = any(t.tag == "NNP" for t in item.tokens)
    if case == "에서":
        return 4 if shaped else 3 if proper else 0
    if case == "에":
        return 2 if shaped else 0
    return 1 if shaped and any(item.head.endswith(p) and len(p) > 1 for p in people.places) else 0


def object_of(items: Sequence[Item], text: str, mentions: Sequence[Span]) -> str | None:
    """The last object (을/를) of a clause, as written."""
    found = [i for i in items if isinstance(i, Nominal) and i.case.startswith(("을", "를")) and not _in(i, mentions)]
    return phrase(found[-1], text) if found else None


def subject_of(items: Sequence[Item], mentions: Sequence[Span]) -> Nominal | None:
    """The subject of a clause: the last 이/가, else the last 은/는/께서, that is no time expression."""
    for cases in (("이", "가", "께서"), ("은", "는", "에서는", "도")):
        for item in reversed(items):
            if isinstance(item, Nominal) and item.case in cases and not _in(item, mentions) and item.nouns:
                return item
    return None


def phrase(item: Nominal, text: str) -> str:
    """A nominal as written, brackets and outer punctuation removed."""
    words = text[item.start : item.end]
    words = re.sub(r"\([^)]*\)?", "", words)
    return re.sub(r"\s+", " ", words).strip(" ,·'\"‘’“”")


def _in(item: Nominal, mentions: Sequence[Span]) -> bool:
    return any(m.start <= item.start and item.end <= m.end + 1 for m in mentions)
