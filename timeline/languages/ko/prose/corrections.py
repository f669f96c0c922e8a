"""Sentences that give one time up for another: withdrawn numbers, moved plans, rumours called untrue in the next breath."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import timedelta

from timeline.interval import Grain
from timeline.languages.ko.prose.analysis import Verbal
from timeline.languages.ko.prose.scene import Scene
from timeline.model import Authority, Mention, Status
from timeline.prose import Statement

SAME_DAY = timedelta(hours=10)  # what is claimed and what a record says of one event
NEAR_TIMES = timedelta(hours=3)  # a wrong time and the right one told next to it
_CORRECTED = re.compile(
    r"(?:당초|애초|처음)[^.]*?(?:밝혔|발표했|알렸|파악했|알려졌|전했)[^.]*?(?:정정|수정|바로잡|고쳤|변경)"
)
_DROPPED = re.compile(
    r"(?:이라고|라고|으로|로)[^,.]{0,12}?(?:했|알렸|밝혔|발표했|설명했|잡았|잡혔|정했|적었|썼|표기했|안내했)다가"
)
_MISTAKEN = re.compile(
    r"(?:이라고|라고|으로|로)[^,.]{0,16}?(?:으나|지만|는데)[, ][^.]{0,12}?(?:잘못|착오|오류|오기|사실이 아니|사실과 다)"
)
_NOT_BUT = re.compile(r"(?:이|가)? ?아니(?:라|고|며|었고|었으며)")
_WAS_PLANNED = re.compile(
    r"(?:으?로 ?)?예정|[^,.]{0,25}?(?:예정이던|예정이었던|예정했던|예정됐던|려던|려고 했던|기로 했던|기로 돼 있던|기로 되어 있던)"
)
_NAMED = re.compile(r"(?:으로|로|이라고|라고|이라던|으로만)\b|(?:으로|로) ?(?:알|밝|발표|전|파악|잡)")


def corrected(scene: Scene, told: Statement, mention: Mention) -> Statement:
    """ "당초 1시 25분이라고 밝혔으나 … 1시 52분으로 정정했다": the first is taken back, the last stands."""
    clocks = [m for m in scene.mentions if m.interval is not None]
    if len(clocks) < 2 or not _CORRECTED.search(scene.sentence):
        return told
    if mention == clocks[0]:
        return replace(told, status=Status.DENIED, retracted=True)
    if mention != clocks[-1]:
        return told
    first = scene.finder.of(clocks[0].span)
    noun = first.noun if first else ""
    known = scene.actions.of_noun(noun) if noun else None
    return replace(
        told,
        status=Status.OCCURRED,
        told_past=True,
        retracted=False,
        replaces=True,
        actions=(known,) if known else told.actions,
        content=(*told.content, *((noun,) if noun else ())),
    )


def moved(scene: Scene, told: Sequence[Statement]) -> list[Statement]:
    """ "3시로 잡혔던 …는 5시로 미뤄졌다", "3시에서 5시로 늦췄다": the first time is given up for the second."""
    out = list(told)
    for i in range(len(out) - 1):
        if out[i].no_event is None and out[i + 1].no_event is None:
            out[i], out[i + 1] = _pair(scene, out[i], out[i + 1])
    return out


def _pair(scene: Scene, first: Statement, second: Statement) -> tuple[Statement, Statement]:
    if first.mention is None or second.mention is None:
        return first, second
    table = scene.table
    between = scene.text[first.mention.span.end : second.mention.span.start]
    shifts = second.predicate in table.moving_verbs or second.predicate in table.retract_verbs
    if between.strip() in {"에서", "을", "를"} and shifts:
        corrects = second.predicate in table.retract_verbs - table.moving_verbs
        return _shifted(first, second, over=corrects or _told_over(scene, first.mention.span.start))
    if _NOT_BUT.match(between):
        return _shifted(first, second, over=True)
    if _NAMED.match(between) and second.predicate in table.retract_verbs:
        return (
            replace(
                first, status=Status.DENIED, retracted=True, told_past=True, actions=second.actions or first.actions
            ),
            replace(second, status=Status.OCCURRED, replaces=True, retracted=False, told_past=True),
        )
    announced = first.predicate in table.schedule_verbs or _WAS_PLANNED.match(between) is not None
    acts = second.predicate in table.cancel_words or second.predicate in table.report_verbs
    scheduled = announced and second.told_past and not acts
    if first.status is Status.PLANNED and (second.predicate in table.moving_verbs or scheduled):
        return replace(first, moved_plan=True), second
    return first, second


def given_up(scene: Scene, told: Statement) -> Statement:
    """A time taken back with no other beside it: "처음에 12시 15분이라고 했다가", "당초 20일로 알렸다가 … 미룬 자리다"."""
    mention = told.mention
    if mention is None or told.no_event is not None or len(scene.mentions) > 1:
        return told
    before = scene.text[scene.span.start : mention.span.start]
    after = scene.text[mention.span.end : scene.span.end]
    if _MISTAKEN.match(after):
        return replace(told, status=Status.DENIED, retracted=True, told_past=True)
    formerly = any(word in before for word in scene.table.formerly)
    if not formerly or not _DROPPED.match(after):
        return told
    moves = any(isinstance(i, Verbal) and i.lemma in scene.table.moving_verbs for i in scene.items)
    if moves or told.status is Status.PLANNED:
        return replace(told, status=Status.PLANNED, moved_plan=True, told_past=False, continues=True)
    return replace(told, status=Status.DENIED, retracted=True, told_past=True, continues=True)


def _shifted(first: Statement, second: Statement, *, over: bool) -> tuple[Statement, Statement]:
    """ "A에서 B로": of something over it corrects a number, of something to come it moves a plan."""
    status = Status.DENIED if over else Status.PLANNED
    given_up = replace(
        first, status=status, retracted=over, moved_plan=not over, told_past=over,
        actions=second.actions, content=second.content,
    )  # fmt: skip
    return given_up, replace(second, status=Status.OCCURRED if over else second.status, replaces=over)


def _told_over(scene: Scene, at: int) -> bool:
    before = [i for i in scene.items if isinstance(i, Verbal) and i.end <= at]
    return bool(before) and before[-1].past_event


def set_against(
    told: Sequence[Statement], found: Sequence[Statement], near: Mapping[str, frozenset[str]], insisting: Set[str]
) -> list[Statement]:
    """ "시는 3시에 재개했다고 했지만 물이 나온 것은 6시였다": the second time is of the event the first was told of."""
    out: list[Statement] = []
    for second in found:
        first = out[-1] if out else told[-1] if told else None
        if first is not None and _answers(first, second, near, insisting):
            second = replace(second, continues=True)
        out.append(second)
    return out


def _answers(first: Statement, second: Statement, near: Mapping[str, frozenset[str]], insisting: Set[str]) -> bool:
    if not _clock(first) or not _clock(second) or second.replaces or second.retracted:
        return False
    if first.sentence == second.sentence and first.predicate == second.predicate:
        return first.predicate in insisting
    if first.retracted and second.names_time and _soon(first, second):
        return True  # "…은 잘못입니다. …한 것은 06:40이었습니다": the right time, whatever the words
    if not second.names_time or not _alike(first, second, near):
        return False
    shared = bool(set(first.actions) & set(second.actions)) and _soon(first, second, SAME_DAY)
    return first.contested or first.retracted or (second.authority is Authority.RECORD and shared)


def _soon(first: Statement, second: Statement, within: timedelta = NEAR_TIMES) -> bool:
    a, b = (s.mention.interval.start if s.mention and s.mention.interval else None for s in (first, second))
    return a is not None and b is not None and abs(a - b) <= within


def _clock(told: Statement) -> bool:
    interval = told.mention.interval if told.mention is not None else None
    return told.no_event is None and interval is not None and interval.grain.order <= Grain.PART_OF_DAY.order


def _alike(first: Statement, second: Statement, near: Mapping[str, frozenset[str]]) -> bool:
    """Whether the two may be of one event by their classes of action."""
    if not first.actions or not second.actions or set(first.actions) & set(second.actions):
        return True
    return any(b in near.get(a, ()) or a in near.get(b, ()) for a in first.actions for b in second.actions)


def judged(told: list[Statement], sentence: str, found: Sequence[Statement], phrases: Sequence[str]) -> list[Statement]:
    """A rumour told in one sentence and called untrue in the next, which tells no event of its own, is denied."""
    if not told or found or told[-1].status is not Status.RUMOURED or not any(p in sentence for p in phrases):
        return told
    return [*told[:-1], replace(told[-1], status=Status.DENIED)]
