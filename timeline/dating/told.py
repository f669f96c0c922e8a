"""What documents tell of days: their expressions in their clauses, and the days and clock times dated reports name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from functools import cache
from importlib.resources import files
from pathlib import Path

from pydantic import Field

from timeline.calendar import add_days, add_months, make_date
from timeline.interval import Frozen
from timeline.language import TimeGrammar, load_table
from timeline.model import Block, Document, Mention, Span
from timeline.timex import Base, Timex


class Words(Frozen):
    """A pack's words for how a numbered day stands to the day of writing (``dating.toml``)."""

    moved: tuple[str, ...] = ()
    under_way: tuple[str, ...] = ()
    copula: tuple[str, ...] = ()
    own: tuple[str, ...] = ()
    reasons: dict[str, str] = Field(default_factory=dict)

    def reason(self, key: str, **values: object) -> str:
        """The sentence of a key with its braces filled; the bare key where the pack has none."""
        return self.reasons.get(key, key).format(**values)


_FALLBACK = "en"


@cache
def words_of(code: str) -> Words:
    """The words of a pack, English reasons where it has none of its own."""
    path = Path(str(files("timeline.languages").joinpath(code, "dating.toml")))
    if path.is_file():
        return load_table(path, Words)
    return Words(reasons=words_of(_FALLBACK).reasons) if code != _FALLBACK else Words()


@dataclass(frozen=True, slots=True)
class Case:
    """What the dated reports give: their days, the days they tell of, and their clock times by date."""

    days: tuple[date, ...]
    told: frozenset[date]
    clocks: frozenset[tuple[date, int]]
    tz: tzinfo


@dataclass(frozen=True, slots=True)
class Told:
    """A mention in its clause: its meaning, the tense of what follows (-1 past, 1 plan, 0 open), and how it is told."""

    mention: Mention
    timex: Timex
    tense: int
    quoted: bool = False
    under_way: bool = False
    alone: bool = False
    own: bool = False
    attributed: bool = False  # only says when a source spoke ("on the 28th, according to")


def told_in(document: Document, mentions: Iterable[Mention], grammar: TimeGrammar) -> tuple[Told, ...]:
    """The expressions of a document, each in its clause."""
    return tuple(_in_clause(document, mention, grammar) for mention in mentions if getattr(mention, "timex", None))


def _in_clause(document: Document, mention: Mention, grammar: TimeGrammar) -> Told:
    text, words = document.text, words_of(grammar.code)
    block = _block_of(document, mention.span)
    first, last = (block.span.start, block.span.end) if block is not None else (0, len(text))
    before, after = _sentence(text, mention.span, (first, last), grammar)
    timex = mention.timex
    assert isinstance(timex, Timex)
    return Told(
        mention,
        timex.first or timex,
        _tense(before, after, grammar, words),
        quoted=_is_quoted(text, mention, block),
        under_way=any(word in after for word in words.under_way),
        alone=block is not None and not any(map(str.isalnum, _around(text, mention.span, block.span))),
        attributed=grammar.cues.attribution.match(after) is not None,
        own=_is_edge(document, mention.span) and after.strip().startswith(words.own),
    )


def _around(text: str, span: Span, block: Span) -> str:
    return text[block.start : span.start] + text[span.end : block.end]


def _is_edge(document: Document, span: Span) -> bool:
    """Whether the expression stands in the first or last lines of a report, where it may date the report itself."""
    content = [block.span for block in document.blocks if block.kind.is_content]
    return any(edge.holds(span) for edge in (*content[:_EDGE], *content[-_EDGE:]))


_EDGE = 3


_REACH = 160  # characters of a sentence looked at on either side


def _sentence(text: str, span: Span, limits: tuple[int, int], grammar: TimeGrammar) -> tuple[str, str]:
    """What stands before and after an expression in its sentence."""
    ends = grammar.cues.sentence_end
    first = max(limits[0], span.start - _REACH)
    low = max((match.end() for match in ends.finditer(text, first, span.start)), default=first)
    stop = ends.search(text, span.end, limits[1])
    high = stop.end() if stop is not None else limits[1]
    return text[low : span.start], text[span.end : min(high, span.end + _REACH)]


def _tense(before: str, after: str, grammar: TimeGrammar, words: Words) -> int:
    """The tense of the clause; a day that only says when a source spoke is past, a moved appointment's is open."""
    if grammar.cues.attribution.match(after) is not None:
        return -1
    if any(word in after or word in before[-_NEAR:] for word in words.moved):
        return 0
    for word in words.copula:  # "is on the 11th" tells no tense of its own
        after = after.replace(word, " ")
    return grammar.cues.tense(before, after)


_NEAR = 12


def _block_of(document: Document, span: Span) -> Block | None:
    return next((block for block in document.blocks if block.span.holds(span)), None)


def _is_quoted(text: str, mention: Mention, block: Block | None) -> bool:
    """Whether the mention stands inside a quotation of its block."""
    before = text[block.span.start if block is not None else 0 : mention.span.start]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def case_of(documents: Sequence[Document], told: Mapping[str, tuple[Told, ...]], tz: tzinfo) -> Case:
    """What the dated documents of a case give for dating the others."""
    days: list[date] = []
    known: set[date] = set()
    clocks: Counter[tuple[date, int]] = Counter()
    for document in documents:
        start = document.publication.interval.start if document.publication.interval is not None else None
        if start is None:
            continue
        day = start.astimezone(tz).date()
        days.append(day)
        for item, at in _absolute(told[document.id], day):
            known.add(at)
            if item.timex.hour is not None:
                clocks[at, clock_of(item.timex)] += 1
    return Case(tuple(sorted(days)), frozenset(known), _most_told(clocks), tz)


def _most_told(clocks: Counter[tuple[date, int]]) -> frozenset[tuple[date, int]]:
    """Each clock time with the date or dates most often told for it."""
    most: dict[int, int] = {}
    for (_, minutes), count in clocks.items():
        most[minutes] = max(count, most.get(minutes, 0))
    return frozenset((at, minutes) for (at, minutes), count in clocks.items() if count == most[minutes])


def clock_of(timex: Timex) -> int:
    """Minutes on a twelve-hour dial: halves of the day are often left out."""
    return (timex.hour or 0) % 12 * 60 + (timex.minute or 0)


def _absolute(told: Iterable[Told], published: date) -> Iterable[tuple[Told, date]]:
    """The days a dated report tells of, with the narrative day carried on for bare clock times."""
    story = published
    for item in told:
        day = day_on(item, published) or _story_day(item.timex, story)
        if day is not None:
            beside = item.timex.base is Base.STORY and item.timex.shift_unit == "day" and item.timex.shift != 0
            story = story if beside else day
            yield item, day


def _story_day(timex: Timex, story: date) -> date | None:
    if timex.shift_unit == "day" and timex.base is not Base.PUBLICATION:
        return add_days(story, timex.shift)
    return story if timex.hour is not None and timex.shift_unit is None and timex.day is None else None


def day_on(item: Told, published: date) -> date | None:
    """The day an expression names in a report published on a day; ``None`` for expressions without a day."""
    timex = item.timex
    if timex.shift_unit == "day" and timex.base is Base.PUBLICATION:
        return add_days(published, timex.shift)
    if timex.day is None or timex.lunar:
        return None
    if timex.year is not None and timex.month is not None:
        return make_date(timex.year if timex.year > 99 else timex.year + 2000, timex.month, timex.day)
    if timex.month is not None:
        return _nearest(published, timex.month, timex.day)
    months = timex.shift if timex.shift_unit == "month" else 0
    return in_month(published, timex.day, months, plan=item.tense > 0 or timex.direction == 1)


def _nearest(day: date, month: int, number: int) -> date | None:
    found = [made for year in (-1, 0, 1) if (made := make_date(day.year + year, month, number)) is not None]
    return min(found, key=lambda made: abs((made - day).days), default=None)


def in_month(day: date, number: int, months: int, *, plan: bool) -> date | None:
    """The numbered day of the month so many months from ``day``'s; a plan may run into the next month."""
    base = add_months(day.replace(day=1), months)
    found = make_date(base.year, base.month, number) if base is not None else None
    if plan and months == 0 and (found is None or found < day):
        later = add_months(day.replace(day=1), 1)
        return make_date(later.year, later.month, number) if later is not None else None
    return found
