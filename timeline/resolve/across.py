"""Bare clock times of a follow-up on the day that the other reports tell for them.

Days later everybody knows the day, and a report says only "부딪친 것은 오후 6시 46분으로 확인됐다". Read alone, that is the day of
publication. Where no report tells anything of the kind near that hour of that day, and others tell the same act within
minutes of the same hour of an earlier day, it is that day. Round hours and half hours are left alone: they come again daily.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from timeline.interval import Grain
from timeline.language import TimeGrammar
from timeline.model import Document, Mention
from timeline.resolve.beside import clock_only, dated_clock
from timeline.resolve.moving import moved_by, start_of
from timeline.timex import Base

_NEAR = timedelta(minutes=10)
_SUPPORT = timedelta(minutes=30)
_REACH = timedelta(days=30)
_COMMON = 0.3  # stems in more of the sentences than this tell nothing apart
_WORDS = 2  # stems two sentences must share to tell the same act


@dataclass(frozen=True, slots=True)
class _Told:
    document: str
    start: datetime
    stems: frozenset[str]


def across(
    documents: Sequence[Document],
    mentions: Mapping[str, tuple[Mention, ...]],
    grammar_of: Callable[[Document], TimeGrammar],
) -> dict[str, tuple[Mention, ...]]:
    """The resolved mentions of all documents by id, some bare clock times moved to the day other documents tell."""
    if len(documents) < 2 or not any(_open(m) for d in documents for m in mentions[d.id]):
        return dict(mentions)
    told = [
        _Told(d.id, start_of(m), _stems(d, m, grammar_of(d)))
        for d in documents
        for m in mentions[d.id]
        if (dated_clock(m) and m.timex is not None and m.timex.base is not Base.LAST) or _at_once(d, m)
    ]
    common = _common(told)
    return {d.id: _of_document(d, mentions[d.id], told, common, grammar_of(d)) for d in documents}


def _of_document(
    document: Document,
    mentions: Sequence[Mention],
    told: Sequence[_Told],
    common: frozenset[str],
    grammar: TimeGrammar,
) -> tuple[Mention, ...]:
    """A document's mentions; the other bare clock times a paragraph puts on a day that was none go along."""
    others = [item for item in told if item.document != document.id]
    moved: dict[tuple[int, date], datetime] = {}
    for mention in mentions:
        new = _moved(mention, document, others, common, grammar) if _open(mention) else mention
        if new is not mention:
            moved.setdefault((_line(document, mention), start_of(mention).date()), start_of(new))
    if not moved:
        return tuple(mentions)
    keys = [(_line(document, m), start_of(m).date()) if clock_only(m) else None for m in mentions]
    days = [moved.get(key) if key is not None else None for key in keys]
    return tuple(m if day is None else _on_day(m, day) for m, day in zip(mentions, days, strict=True))


def _at_once(document: Document, mention: Mention) -> bool:
    """Whether it is a clock time that a report of that day or the next tells, whatever gave it its day."""
    interval, published = mention.interval, document.publication.interval
    if interval is None or interval.start is None or not interval.grain.is_clock():
        return False
    if published is None or published.start is None:
        return False
    return timedelta(0) <= published.start.date() - interval.start.date() <= timedelta(days=1)


def _open(mention: Mention) -> bool:
    interval = mention.interval
    exact = clock_only(mention) and interval is not None and interval.grain is Grain.MINUTE
    return exact and start_of(mention).minute % 30 != 0


def _common(told: Sequence[_Told]) -> frozenset[str]:
    counts = Counter(stem for item in told for stem in item.stems)
    return frozenset(stem for stem, count in counts.items() if count > max(3, _COMMON * len(told)))


def _moved(
    mention: Mention, document: Document, others: Sequence[_Told], common: frozenset[str], grammar: TimeGrammar
) -> Mention:
    at, stems = start_of(mention), _stems(document, mention, grammar) - common
    if any(abs(t.start - at) <= _SUPPORT and t.stems & stems for t in others):
        return mention
    near = [(gap, t.start) for t in others if len(t.stems & stems) >= _WORDS and (gap := _gap(at, t.start)) is not None]
    days = {start.date() for _, start in near}
    return _on_day(mention, min(near)[1]) if len(days) == 1 else mention


def _gap(at: datetime, told: datetime) -> timedelta | None:
    """How far apart two clock times stand on the dial, where the told one is of another day and near enough."""
    days = (at.date() - told.astimezone(at.tzinfo).date()).days
    gap = abs(at - timedelta(days=days) - told)
    return gap if days and abs(at - told) <= _REACH and gap <= _NEAR else None


def _stems(document: Document, mention: Mention, grammar: TimeGrammar) -> frozenset[str]:
    """The stems of the sentence the mention stands in."""
    text, (low, high) = document.text, _sentence(document, mention, grammar)
    return frozenset(grammar.cues.events(text[low : mention.span.start] + " " + text[mention.span.end : high]))


def _sentence(document: Document, mention: Mention, grammar: TimeGrammar) -> tuple[int, int]:
    text, ends = document.text, grammar.cues.sentence_end
    line = _line(document, mention)
    low = max((m.end() for m in ends.finditer(text, line, mention.span.start)), default=line)
    stop = ends.search(text, mention.span.end)
    return low, stop.start() if stop is not None else len(text)


def _line(document: Document, mention: Mention) -> int:
    """Where the mention's paragraph begins."""
    return document.text.rfind("\n", 0, mention.span.start) + 1


def _on_day(mention: Mention, told: datetime) -> Mention:
    at = start_of(mention)
    by = told.astimezone(at.tzinfo).date() - at.date()
    return moved_by(mention, by, "on the day other reports tell for that hour")
