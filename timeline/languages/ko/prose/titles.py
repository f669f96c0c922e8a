"""Short titles, "who, what", in the text's own words: never a cut-off word, never a bare verb of beginning or being."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.languages.ko.prose.analysis import Nominal, Verbal, join
from timeline.languages.ko.prose.clauses import Clause
from timeline.languages.ko.prose.scene import Scene
from timeline.languages.ko.prose.wording import phrase, subject_of
from timeline.model import Span

LENGTH = 40
LEAD = 16  # a longer subject would leave no room for what happened
_BULLET = re.compile(r"^[○△▲▷□■●◇◆ㅇo\-·*:\s]+")
_FORMERLY = re.compile(r"^(?:당초|애초|최초|그|이|이번|해당) ")
_MOMENT = re.compile(r" (?:시각|시점|시간|일시|날짜)$")
_ENDS = {
    "시작하다": "시작", "시작되다": "시작", "끝나다": "종료", "끝내다": "종료", "마치다": "종료", "마무리되다": "종료",
    "마무리하다": "종료", "종료되다": "종료", "취소하다": "취소", "취소되다": "취소", "무산되다": "무산",
    "연기하다": "연기", "연기되다": "연기", "미뤄지다": "연기", "미루다": "연기", "재개하다": "재개", "재개되다": "재개",
}  # fmt: skip


def title_of(scene: Scene, clause: Clause, actors: Sequence[str], place: str | None) -> str:
    """The title of a clause, at most 40 characters where the words allow it."""
    core = _core(scene, clause)
    if place and clause.head is not None and place not in core and len(place) + len(core) < LENGTH - 12:
        core = f"{place} {core}"
    lead = _lead(scene, clause, actors, core)
    title = f"{lead}, {core}" if lead else core
    while len(title) > LENGTH and " " in core:
        core = core.split(" ", 1)[1]
        title = f"{lead}, {core}" if lead else core
    return title if len(title) <= LENGTH else core


def _lead(scene: Scene, clause: Clause, actors: Sequence[str], core: str) -> str:
    subject = subject_of(clause.items, scene.spans)
    words = phrase(subject, scene.text) if subject is not None else ""
    known = scene.names.in_text(words)
    told = known[0] if known else words
    if subject is None or len(told) > LEAD or words in scene.people.pronouns:
        return next((a for a in actors if a not in core), "")
    says_more = told not in core and clause.noun not in subject.nouns
    return told if says_more and subject.head not in scene.table.moment_nouns else ""


def _core(scene: Scene, clause: Clause) -> str:
    nominals = [i for i in clause.items if isinstance(i, Nominal) and not _is_time(i, scene.spans) and i.nouns]
    head = clause.head
    if head is None:
        return _line(scene, nominals)
    if clause.rule in {"naming", "modified noun"} or head.lemma == "이다":
        return _noun_phrase(scene, clause, nominals)
    if head.lemma in scene.table.light_verbs and clause.noun and clause.noun != head.noun:
        words = _noun_phrase(scene, clause, nominals)
        ending = _ENDS.get(head.lemma, "")
        return f"{words} {ending}" if ending and not words.endswith(ending) else words
    before = [n for n in nominals if n.end <= head.start + len(head.noun)]
    return _noun_verb(scene, head, before) if head.noun else _verb(scene, clause, head, before)


def _line(scene: Scene, nominals: Sequence[Nominal]) -> str:
    """A list line as it stands, from its first word to its last."""
    if not nominals:
        return ""
    words = scene.text[nominals[0].start : nominals[-1].end]
    return _clean(words)


def _noun_phrase(scene: Scene, clause: Clause, nominals: Sequence[Nominal]) -> str:
    """The noun phrase that holds the event noun, wherever in the sentence it stands."""
    holder = next((n for n in reversed(nominals) if clause.noun in n.nouns), None)
    if holder is None:
        everywhere = [i for i in scene.items if isinstance(i, Nominal) and not _is_time(i, scene.spans)]
        holder = next((n for n in everywhere if clause.noun and clause.noun in n.nouns), None)
    if holder is None:
        return _clean(clause.noun or " ".join(phrase(n, scene.text) for n in nominals[-2:]))
    words = phrase(holder, scene.text)
    before = _before(scene, holder)
    if before is not None and len(holder.nouns) == 1:
        words = f"{phrase(before, scene.text)} {words}"  # "위기경보 '주의' 발령", "갑판을 공개"
    return _clean(words)


def _before(scene: Scene, holder: Nominal) -> Nominal | None:
    index = next((i for i, item in enumerate(scene.items) if item is holder), 0)
    item = scene.items[index - 1] if index else None
    if isinstance(item, Nominal) and item.case in {"의", ""} and not _is_time(item, scene.spans):
        return item
    return None


def _noun_verb(scene: Scene, head: Verbal, before: Sequence[Nominal]) -> str:
    """ "사고 현장을 방문했다" -> 사고 현장 방문; "압수수색해" -> 압수수색."""
    begin, end = head.start, head.start + len(head.noun)
    joined = [n for n in before if n.case == "" and 0 <= begin - n.end <= 1 and n.tokens[0].tag in {"NNG", "NNP"}]
    if joined:
        begin = joined[-1].start
    core = _clean(scene.text[begin:end])
    args = [n for n in before if n.end < begin and n.case.startswith(("을", "를"))] or [
        n for n in before if n.end < begin and n.case in {"이", "가"} and head.lemma.endswith("되다")
    ]
    return f"{phrase(args[-1], scene.text)} {core}".strip() if args else core


def _verb(scene: Scene, clause: Clause, head: Verbal, before: Sequence[Nominal]) -> str:
    """ "승지원에 들어섰다" -> 승지원에 들어섬."""
    inner = max((i.end for i in clause.items if isinstance(i, Verbal) and i.end < head.start), default=0)
    own = [n for n in before if n.start >= inner]  # what stands before another verb is that verb's
    cases = ("을", "를", "이", "가", "에", "로", "으로")
    near = [n for n in own if n.case.startswith(cases) and n.case != "에서"][-2:] or [n for n in own if n.case][-1:]
    words = " ".join(phrase(n, scene.text) + n.case.removesuffix("는").removesuffix("도") for n in near)
    return f"{words} {nominalised(head)}".strip()


def nominalised(head: Verbal) -> str:
    """The predicate as a noun: 들어서다 -> 들어섬."""
    stem = head.lemma.removesuffix("다")
    tag = "VA" if head.lemma.endswith(("없다", "있다")) else "VV"
    return join([(stem, tag), ("음", "ETN")])


def _clean(words: str) -> str:
    words = re.sub(r"\s+", " ", re.sub(r"\([^)]*(?:\)|$)", "", words)).strip(" ,·:'\"‘’“”")
    return _MOMENT.sub("", _FORMERLY.sub("", _BULLET.sub("", words)))


def _is_time(item: Nominal, spans: Sequence[Span]) -> bool:
    return any(s.start <= item.start and item.end <= s.end + 1 for s in spans)
