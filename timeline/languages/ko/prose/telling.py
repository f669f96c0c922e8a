"""A clause of a scene to a statement: its classes of action, telling words, people, place, voice and title."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.interval import Grain
from timeline.languages.ko.prose.analysis import Item, Nominal, Verbal
from timeline.languages.ko.prose.clauses import ASPECTS, Clause
from timeline.languages.ko.prose.scene import Scene
from timeline.languages.ko.prose.titles import title_of
from timeline.languages.ko.prose.wording import object_of, phrase, place_of, subject_of
from timeline.model import AnchorKind, Authority, Mention, Role, Span
from timeline.prose import Reading, Statement

_ATTRIBUTION = re.compile(r"([가-힣A-Za-z0-9 ]{1,24}?)(?:에|에게) (?:따르면|의하면)")
_PAIR = re.compile(r"(?<![가-힣])두 ([가-힣]{2,4}?)(?:[은는이가의도]|에게|[,. ]|$)")
_NEGATING = frozenset({"비", "미", "무", "불"})  # what is 비공개 is not made public
_JUDGING = frozenset({"맞다", "옳다", "틀리다", "다르다", "이다"})
_BACK_REFERENCE = re.compile(r" ([가-힣]{2,4})(?:에서|에는|에|은|는|의|도|에서는|에서도)[ ]")


def tell(scene: Scene, clause: Clause, reading: Reading, mention: Mention | None, measured: str | None) -> Statement:
    """The statement a clause makes."""
    begin = min(clause.start, mention.span.start) if mention else clause.start
    end = max(clause.end, mention.span.end) if mention else clause.end
    if clause.head is not None:
        end = max(end, clause.head.end)
    actions = classes_of(scene, clause, begin, end)
    actors = actors_of(scene, clause, begin, end, actions)
    place = place_of(clause.items, scene.text, scene.spans, scene.people)
    if place is not None and scene.actions.of_noun(place.split()[-1]):
        place = None  # "회동에서" tells of an event, not where it was
    attribution, authority = _voice(scene, reading, clause)
    return Statement(
        document=scene.document.id,
        sentence=scene.span,
        span=Span(start=begin, end=min(_quote_end(scene, clause, end), scene.span.end)),
        mention=mention,
        predicate=clause.head.lemma if clause.head else clause.noun,
        actions=actions,
        content=content_of(scene, clause),
        actors=actors,
        place=place,
        object=object_of(clause.items, scene.text, scene.spans),
        summary=title_of(scene, clause, actors, place),
        status=reading.status,
        told_past=reading.told_past,
        attribution=attribution,
        authority=authority,
        role=_role(scene, mention, clause),
        retracted=reading.retracted,
        moved_plan=reading.moved,
        measured=measured,
        several=_several(scene, clause, mention, actions),
        refers=_refers(scene, mention),
        contested=_contested(scene, clause),
        names_time=clause.rule in {"naming", "cleft"},
        inside_quote=any(q.holds(mention.span) for q in scene.quotes) if mention else False,
    )


def _quote_end(scene: Scene, clause: Clause, end: int) -> int:
    """The end of the finite clause, so that no quote stops before its "예정이다"; never past the next time expression."""
    if clause.head is None or clause.head.ending_tag == "EF":
        return end
    limit = min((s.start for s in scene.spans if s.start >= end), default=scene.span.end)
    for item in scene.status.tail(clause):
        if item.end > limit:
            break
        end = max(end, item.end)
        if scene.finder.tells_before(scene.items.index(item)):
            break
    return end


# --- what


def classes_of(scene: Scene, clause: Clause, begin: int, end: int) -> tuple[str, ...]:
    """The head's class first, then those of the clause's other nouns and verbs; weak words only where nothing else."""
    text = scene.text[begin : min(end + 2, len(scene.text))]
    found = dict.fromkeys(scene.actions.in_text(text))
    found.update(dict.fromkeys(_head_classes(scene, clause)))
    for item in reversed(clause.items):
        found.update(dict.fromkeys(_item_classes(scene, item)))
    if (modified := _modified(scene, clause)) is not None:
        found.setdefault(modified)
    if not found and (clause.head is None or clause.head.lemma in scene.table.naming_verbs | _JUDGING):
        found.update(dict.fromkeys([scene.memory.moment] if scene.memory.moment else []))
    if not found:
        found.update(dict.fromkeys(_weak_classes(scene, clause)))
    if "다시 " in text and not set(found) - ASPECTS:
        found = {"restore": None, **found}
    if found:
        found.update(dict.fromkeys(_extent(scene, text)))
    # "만찬을 시작했다" tells a dinner; that it began comes second
    return tuple(sorted(found, key=lambda name: name in ASPECTS))


def _extent(scene: Scene, text: str) -> list[str]:
    """Whether all of it or a part: "전면 재개", "일부 복구"."""
    if any(word in text for word in scene.table.whole_words):
        return ["whole"]
    return ["part"] if any(word in text for word in scene.table.part_words) else []


def _head_classes(scene: Scene, clause: Clause) -> list[str]:
    told = [scene.actions.of_noun(clause.noun) if clause.noun else None]
    told.append(scene.actions.of_verb(clause.head.lemma) if clause.head else None)
    return [t for t in told if t]


def _item_classes(scene: Scene, item: Item) -> list[str]:
    if isinstance(item, Verbal):
        grammatical = item.lemma in scene.table.grammatical_verbs and item.ending_tag == "EC"  # "…에 이어" ties nothing
        told = None if grammatical else scene.actions.of_verb(item.lemma)
        return [told] if told else []
    common = [
        token.form
        for before, token in zip([None, *item.tokens], item.tokens, strict=False)
        if token.tag in {"NNG", "XR"}  # a name that looks like an event is none
        and not (before is not None and before.tag == "XPN" and before.form in _NEGATING)
    ]
    return [t for n in reversed(common) if (t := scene.actions.of_noun(n))]


def _modified(scene: Scene, clause: Clause) -> str | None:
    """The class of the noun an adnominal verb modifies: "센터를 덮친 불"."""
    if clause.head is None or not clause.head.adnominal or clause.head.quoting:
        return None
    following = scene.item_after(clause.head)
    if not isinstance(following, Nominal) or following.head in scene.table.moment_nouns:
        return None
    return scene.actions.of_noun(following.head)


def _weak_classes(scene: Scene, clause: Clause) -> list[str]:
    words = [clause.noun, clause.head.lemma if clause.head else ""]
    words += [n for i in clause.items if isinstance(i, Nominal) for n in i.nouns]
    return [weak for word in words if word and (weak := scene.actions.of_weak(word))]


def content_of(scene: Scene, clause: Clause) -> tuple[str, ...]:
    """The words of the clause and of the sentence's topic that tell the event apart; times and empty words left out."""
    words: dict[str, None] = {}
    topic = scene.topic()
    for item in [*clause.items, *([topic] if topic is not None else [])]:
        if isinstance(item, Verbal):
            words.setdefault(item.noun or item.lemma)
        elif not any(m.start <= item.start < m.end for m in scene.spans):
            words.update(dict.fromkeys(_words_of(scene, item)))
    return tuple(w for w in words if w not in scene.table.empty_nouns and w not in scene.table.light_verbs)


def _words_of(scene: Scene, item: Nominal) -> list[str]:
    words = []
    for token in item.tokens:
        if token.tag in {"NNG", "NNP", "SL", "XR", "SN"}:
            words += [token.form, *_stem(scene, token.form)]
    return words


def _stem(scene: Scene, name: str) -> list[str]:
    """ "두레전자" is also called "두레": the name of a body without the word for what it is."""
    if name not in scene.names.bodies:
        return []
    return [name[: -len(b)] for b in scene.people.bodies if name.endswith(b) and len(name) - len(b) >= 2][:1]


# --- who


def actors_of(scene: Scene, clause: Clause, begin: int, end: int, actions: Sequence[str]) -> tuple[str, ...]:
    """The people and bodies of a clause, its subject first; a missing or pronoun subject is the one last told of."""
    found = dict.fromkeys(scene.names.in_text(scene.text[begin:end]))
    subject = subject_of(clause.items, scene.spans)
    words = phrase(subject, scene.text) if subject is not None else ""
    told_of = _told_of(scene, clause, end)
    if _two(scene, scene.text[begin:told_of]):
        meets = {"meet", "dine"} & set(actions)
        found.update(dict.fromkeys((meets and scene.memory.met) or scene.memory.pair))
    elif subject is None or words in scene.people.pronouns:
        found = {**dict.fromkeys(_subject_before(scene, clause)), **found}
    elif not scene.names.in_text(words) and len(words) <= 20 and not _two(scene, words) and _acts(scene, subject):
        found = {words: None, **found}
    return tuple(dict.fromkeys([*scene.names.in_text(words), *found, *_companions(scene, clause)]))


def _two(scene: Scene, text: str) -> bool:
    """Whether two people told of before are meant: "두 사람", "두 장관"."""
    match = _PAIR.search(text)
    return any(pair in text for pair in scene.people.pairs) or (match is not None and match[1] in scene.people.titles)


def _told_of(scene: Scene, clause: Clause, end: int) -> int:
    """The end of the clause with the noun it describes: "…에서 만난 두 사람은"."""
    following = scene.item_after(clause.head) if clause.head is not None and clause.head.adnominal else None
    return max(end, following.end) if isinstance(following, Nominal) else end


def _subject_before(scene: Scene, clause: Clause) -> list[str]:
    """Whoever the clause leaves out: the one it describes, the topic its sentence opened with, the subject last told of.

    A row of a list leaves nobody out.
    """
    if clause.head is None:
        return []
    described = scene.item_after(clause.head) if clause.head.adnominal else None
    if isinstance(described, Nominal) and (names := _own_names(scene, described)):
        return names[:1]
    topic = scene.topic()
    if topic is None or topic.end > clause.start:
        return scene.memory.subject[:1]
    return [*_own_names(scene, topic), *scene.memory.subject][:1]


def _own_names(scene: Scene, item: Nominal) -> list[str]:
    """Who a noun phrase names: those known by name, else the phrase itself where it is somebody who acts."""
    words = phrase(item, scene.text)
    return scene.names.in_text(words) or ([words] if len(words) <= 20 and _acts(scene, item) else [])


def _companions(scene: Scene, clause: Clause) -> list[str]:
    """Whoever is met without a name: "유족들과 만났다"."""
    if not {"meet", "dine"} & set(_head_classes(scene, clause)):
        return []
    return [
        words
        for i in clause.items
        if isinstance(i, Nominal)
        and i.case in {"과", "와", "들과", "과의", "와의"}
        and not any(m.start <= i.start < m.end for m in scene.spans)
        and not scene.names.in_text(words := phrase(i, scene.text))
        and 2 <= len(words) <= 20
    ]


def _acts(scene: Scene, subject: Nominal) -> bool:
    head = subject.head
    people = scene.people
    return head in people.known_bodies or head in people.titles or any(head.endswith(b) for b in people.bodies)


def _voice(scene: Scene, reading: Reading, clause: Clause) -> tuple[str | None, Authority]:
    """Who is said to say it ("경찰에 따르면", "시는 …고 밝혔다"), and how near that stands to the fact."""
    match = _ATTRIBUTION.search(scene.sentence)
    speaker = match[1].strip() if match else _speaker(scene, clause)
    if _contested(scene, clause):
        return speaker, Authority.HEARSAY
    if any(word in scene.sentence for word in scene.table.record_words) and not reading.hearsay:
        return speaker, Authority.RECORD
    if speaker:
        return speaker, Authority.HEARSAY if reading.hearsay else Authority.ATTRIBUTED
    if scene.document.official:
        return scene.document.outlet, Authority.OFFICIAL
    return None, Authority.HEARSAY if reading.hearsay else Authority.OWN


def _contested(scene: Scene, clause: Clause) -> bool:
    """ "…고 밝혔지만": what is said only to be set against something else."""
    if clause.head is None or not clause.head.quoting:
        return False
    verbs = [i for i in scene.status.tail(clause) if isinstance(i, Verbal)]
    return any(
        v.ending in {"지만", "으나", "나", "는데", "ᆫ데"} and v.lemma in scene.table.report_verbs | {"하다"}
        for v in verbs
    )


def _speaker(scene: Scene, clause: Clause) -> str | None:
    """The topic of a verb of saying that quotes the clause."""
    head = clause.head
    if head is None or not head.quoting:
        return None
    verbs = [i for i in scene.status.tail(clause) if isinstance(i, Verbal)]
    if not any(v.lemma in scene.table.report_verbs or v.lemma == "하다" for v in verbs):
        return None
    topic = scene.topic()
    told = phrase(topic, scene.text) if topic is not None and topic.case in {"은", "는"} else ""
    return told if told and topic is not None and topic.head not in scene.table.moment_nouns else None


# --- when


def _refers(scene: Scene, mention: Mention | None) -> bool:
    """ "이날 회동에서": the time only points at an event already told, by its noun."""
    if mention is None or mention.anchor is None or mention.anchor.kind is not AnchorKind.NARRATIVE:
        return False
    match = _BACK_REFERENCE.match(scene.text[mention.span.end :][:12])
    return match is not None and scene.actions.of_noun(match[1]) is not None


def _several(scene: Scene, clause: Clause, mention: Mention | None, actions: Sequence[str]) -> bool:
    """Whether a stretch of days is told of in one: "잇달아 만난다", "오늘부터 … 등을 만난다"."""
    if mention is None or mention.interval is None or mention.interval.grain.order < Grain.DAY.order:
        return False
    if mention.bound == "from" and {"meet", "dine"} & set(actions[:1]):
        return True
    last = clause.head.end if clause.head is not None else clause.end
    return any(word in scene.text[clause.start : last] for word in scene.table.several_words)


def _role(scene: Scene, mention: Mention | None, clause: Clause) -> Role:
    if mention is None or mention.bound is None:
        return Role.INSTANT
    continuing = clause.head is not None and clause.head.lemma in scene.table.continuing_verbs
    if mention.bound == "until":
        return Role.END if continuing else Role.INSTANT
    return Role.START if mention.bound == "from" else Role.INSTANT
