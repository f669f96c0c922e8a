"""The statements of one sentence: one per time expression that tells an event, else one for an order cue."""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from dataclasses import replace

from timeline.interval import Grain
from timeline.languages.ko.prose.analysis import Nominal, Verbal
from timeline.languages.ko.prose.clauses import Clause
from timeline.languages.ko.prose.corrections import corrected, given_up, moved
from timeline.languages.ko.prose.scene import Scene
from timeline.languages.ko.prose.telling import tell
from timeline.languages.ko.prose.wording import phrase, subject_of
from timeline.model import BlockKind, Mention, Span, Status, TimexType
from timeline.prose import NoEvent, Reading, Statement, is_ahead

_ATTRIBUTED = re.compile(r"^\s*[^,.\"“]{0,30}?(?:에|에게) (?:따르면|의하면)")
_SAYS = re.compile(
    r"(?:다고|라고|다며|라며|다면서|냐고) (?:[가-힣]{1,6} )?(?:밝혔|말했|전했|설명했|주장했|강조했|덧붙였|해명했|발표했|알렸)"
)
_SAID = re.compile(
    r"^\s?(?:밝혔|전했|말했|발표했|알렸|설명했|덧붙였|주장했|강조했|전해 왔|밝힌)"
)  # "…했다고 9일 밝혔다"
_QUOTING = re.compile(r"(?:다|라|냐|자)(?:고|며|면서) (?:\S{1,8} )?$")
_ISSUE = re.compile(r"^ ?자(?: |,|\))")  # "본지 19일 자 기사"
_PICTURE = re.compile(r"^ ?/ ?[^\s/]{1,12} ?(?:ⓒ|©|제공|기자)")  # the day a picture was taken
_MEASURED = re.compile(
    r"^[^,.]{0,12}?(?:최고|최저|체감|영하|영상) ?-?\d|^ ?-?\d+(?:\.\d+)?도(?![가-힣])|^ ?기준(?:으로)?(?![가-힣])"
)
_REQUEST = re.compile(r"바랍니다|주십시오|주세요|하십시오|마십시오|부탁드립니다")
_WITHIN = re.compile(r"(?:안|이내|내)에?$")
_MOMENT = re.compile(r"([가-힣]{2,4}) (?:시각|시점|시간)")
_MEETINGS = frozenset({"meet", "dine"})
_NO_TIME = frozenset({TimexType.DURATION, TimexType.SET})
_CUE_WITHIN = 25  # characters from the start of the sentence in which an order cue orders the whole sentence


def statements(scene: Scene) -> list[Statement]:
    """The statements of a sentence, in the order of its time expressions."""
    measured = next((m.duration for m in scene.mentions if m.type is TimexType.DURATION and m.duration), None)
    out = [_of_mention(scene, m, measured) for m in scene.mentions if m.type not in _NO_TIME]
    out = [given_up(scene, told) for told in moved(scene, out)]
    out += _sequels(scene, out)
    if not out and (cued := _cued(scene)) is not None:
        out = [cued]
    _remember(scene, out)
    return out


def _of_mention(scene: Scene, mention: Mention, measured: str | None) -> Statement:
    clause = scene.finder.of(mention.span)
    reason = _no_event(scene, mention, clause)
    if clause is None or reason is not None:
        return _empty(scene, mention, reason or NoEvent.NO_PREDICATE)
    reading = _reading(scene, clause, mention)
    return corrected(scene, tell(scene, clause, reading, mention, mention.duration or measured), mention)


def _empty(scene: Scene, mention: Mention, reason: NoEvent) -> Statement:
    return Statement(scene.document.id, scene.span, mention.span, mention, "", (), (), no_event=reason)


# --- what tells no event


def _no_event(scene: Scene, mention: Mention, clause: Clause | None) -> NoEvent | None:
    tail = scene.text[mention.span.end : mention.span.end + 45]
    if _ATTRIBUTED.match(tail) or _announces(scene, mention):
        return NoEvent.ATTRIBUTION
    if _SAID.match(tail) and _QUOTING.search(scene.text, scene.span.start, mention.span.start):
        return NoEvent.ATTRIBUTION
    if _ISSUE.match(tail) or _PICTURE.match(tail):
        return NoEvent.ATTRIBUTION
    if mention.interval is None or mention.interval.grain in {Grain.DECADE, Grain.CENTURY}:
        return NoEvent.STATE
    if _MEASURED.match(tail) or mention.text.endswith("기준") or _measures(scene, mention):
        return NoEvent.STATE
    return _general(scene, clause, mention) if clause is not None else None


def _measures(scene: Scene, mention: Mention) -> bool:
    """Whether the first subject after the time is an instrument's or a market's ("이날 기온이 …")."""
    for item in scene.items:
        if isinstance(item, Nominal) and item.start >= mention.span.end and item.case in {"이", "가", "은", "는"}:
            return item.head in scene.table.measures
        if isinstance(item, Verbal) and item.start >= mention.span.end:
            return False
    return False


def _general(scene: Scene, clause: Clause, mention: Mention) -> NoEvent | None:
    """Conditions, questions, requests, what always takes so long, what goes on not happening."""
    head = clause.head
    if head is None:
        return None
    if head.negated and head.progressive:
        return NoEvent.STATE
    conditional = {"면", "으면"} if mention.bound != "from" else set()
    if not head.past and head.ending in {*conditional, "냐", "느냐", "ᆫ가", "은가", "ᆯ까", "을까"}:
        return NoEvent.GENERAL
    asks = scene.sentence.rstrip().endswith("?") or _REQUEST.search(scene.sentence[-16:])
    if asks and not head.past:
        return NoEvent.GENERAL
    before = scene.text[max(scene.span.start, mention.span.start - 12) : mention.span.start]
    if not head.past and not head.future and _habit(before, scene.table.habit_words):
        return NoEvent.GENERAL
    if _WITHIN.search(mention.text) and not head.past and not head.future and head.ending_tag == "EF":
        return NoEvent.GENERAL
    return None


def _habit(text: str, words: Set[str]) -> bool:
    """Whether one of the words stands in the text, as a word of its own: 주로, not 활주로."""
    return any(re.search(rf"(?<![가-힣]){re.escape(word)}", text) for word in words)


def _announces(scene: Scene, mention: Mention) -> bool:
    """ "경찰은 5일 …라고 밝혔다": the day of saying, where it is the day of publication."""
    published, interval = scene.document.publication.interval, mention.interval
    if published is None or interval is None or interval.start is None or published.start is None:
        return False
    if interval.grain != "day" or interval.start.date() != published.start.date():
        return False
    index = next((i for i, item in enumerate(scene.items) if item.start == mention.span.start), 0)
    before = scene.items[index - 1] if index else None
    topic = isinstance(before, Nominal) and before.case in {"은", "는", "이", "가"}
    return topic and index <= 4 and _SAYS.search(scene.text[mention.span.end : scene.span.end]) is not None


# --- whether it happened


def _reading(scene: Scene, clause: Clause, mention: Mention) -> Reading:
    ahead = is_ahead(scene.document, mention)
    reading = scene.status.read(clause, ahead=ahead, polite=scene.memory.polite)
    if ahead and reading.status is Status.OCCURRED and not reading.retracted:
        # a morning report telling the afternoon in the past
        reading.status, reading.told_past = Status.PLANNED, False
    if scene.block.kind is BlockKind.CAPTION and reading.present and reading.status is Status.PLANNED and not ahead:
        reading.status = Status.OCCURRED
    return reading


# --- known by order only


def _sequels(scene: Scene, told: Sequence[Statement]) -> list[Statement]:
    """ "28일 A를 만난 데 이어 B와도 회동했다": what followed on that day; of a clock time only that it came after."""
    last = next((t for t in reversed(told) if t.no_event is None and t.mention is not None), None)
    clause = scene.finder.sequel(last.mention.span) if last is not None and last.mention is not None else None
    if last is None or last.mention is None or clause is None or clause.head is None:
        return []
    reading = _reading(scene, clause, last.mention)
    interval = last.mention.interval
    shared = last.mention if interval is not None and interval.grain.order >= Grain.DAY.order else None
    found = tell(scene, clause, reading, None, None)
    return [replace(found, mention=shared, cue="after", cue_word="이어")] if found.actions else []


def _cued(scene: Scene) -> Statement | None:
    """ "그는 이후 …로 이동해": an event known by order only."""
    after = next((c for c in scene.table.order_after if c in scene.sentence), None)
    cue = after or next((c for c in scene.table.order_before if c in scene.sentence), None)
    if cue is None or scene.quotes or scene.block.kind is not BlockKind.BODY:
        return None
    offset = scene.sentence.index(cue)
    if offset > _CUE_WITHIN:
        return None
    at = scene.span.start + offset
    clause = scene.finder.of(Span(start=at, end=at + len(cue)))
    if clause is None or clause.head is None:
        return None
    reading = scene.status.read(clause, ahead=None, polite=True)
    if reading.status is not Status.OCCURRED or not reading.told_past:
        return None
    told = tell(scene, clause, reading, None, None)
    return replace(told, cue="after" if after else "before", cue_word=cue.strip()) if told.actions else None


def _remember(scene: Scene, told: Sequence[Statement]) -> None:
    subject = subject_of(scene.items, scene.spans)
    if subject is not None and (lead := scene.names.in_text(phrase(subject, scene.text))):
        scene.memory.subject = lead
    for match in _MOMENT.finditer(scene.sentence):
        if name := scene.actions.of_noun(match[1]):
            scene.memory.moment = name
    together = [n for n in scene.names.in_text(scene.sentence) if scene.names.is_person(n)]
    if len(together) >= 2:
        scene.memory.pair = together[:2]
        if any(_MEETINGS & set(t.actions) for t in told):
            scene.memory.met = together[:2]
