"""The publication day of reports nobody dated, inferred from what they tell and from the other reports of the case.

Every expression that ties the telling to the day of writing is an observation: "today (the 1st)" fixes the day, a bare
day told as past lies on or before it, one still planned on or after it, "the third day" counts from the first day told,
a clock time told of "yesterday" that a dated report tells of a date fixes it too. Each candidate day near the dated
reports is weighed by the observations it contradicts; the days with the least contradiction remain. Of those the
earliest near the case is taken, and the rest is kept as the widest reading. Without dated reports, or without any such
expression, the day stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from timeline.calendar import zone
from timeline.dating.observations import Observation, observations
from timeline.dating.told import Case, Told, Words, case_of, day_on, told_in, words_of
from timeline.interval import Grain, Interval
from timeline.language import Language
from timeline.model import Basis, Document, Mention, Publication, PublicationEvidence, Span, StampKind

REACH = 45
"""Days before the first and after the last dated report among which the day is looked for."""

_EVIDENCE = 6
_QUOTE_CHARACTERS = 60
_DISTANCE, _DISTANT = 0.1, 4.0
_LATELY = timedelta(days=2)


def date_documents(
    documents: tuple[Document, ...],
    mentions: Mapping[str, tuple[Mention, ...]],
    language_of: Callable[[Document], Language],
    timezone: str = "Asia/Seoul",
) -> tuple[Document, ...]:
    """The documents, those without a publication time dated by inference where that is possible; order kept.

    ``mentions`` are the unresolved expressions of each document by id.
    """
    told = {
        document.id: told_in(document, mentions.get(document.id, ()), language_of(document).time())
        for document in documents
    }
    case = case_of(documents, told, zone(timezone))
    return tuple(
        document if document.publication.interval is not None else _dated(document, told[document.id], case)
        for document in documents
    )


def _dated(document: Document, told: Sequence[Told], case: Case) -> Document:
    seen = observations(told, case.told, case.clocks)
    days = _candidates(told, case)
    if not seen or not days:
        return document
    costs = {day: sum(item.weight for item in seen if not item.holds(day)) for day in days}
    ends = _story(case) if case.days else (days[0], days[0])
    chosen = min(days, key=lambda day: (costs[day] + _far(day, *ends), day))
    if costs[chosen] >= sum(item.weight for item in seen):
        return document
    run = _run(chosen, frozenset(day for day in days if costs[day] <= costs[chosen]))
    return document.model_copy(update={"publication": _publication(document, chosen, run, seen, case)})


def _story(case: Case) -> tuple[date, date]:
    """The days of the case: from the day before which nothing lately told happened to the last dated report."""
    told = [day for day in case.told if timedelta(0) < case.days[0] - day <= _LATELY]
    return min([*told, case.days[0]]), case.days[-1]


def _far(day: date, first: date, last: date) -> float:
    """What it costs a day to lie outside the days of the dated reports: reports of one case lie near one another."""
    return min(_DISTANT, _DISTANCE * max((first - day).days, (day - last).days, 0))


def _candidates(told: Sequence[Told], case: Case) -> list[date]:
    """Days near the dated reports; without any, days near the last full date the text itself tells as past."""
    ends = (case.days[0], case.days[-1]) if case.days else None
    if ends is None:
        full = [
            day
            for item in told
            if item.timex.year is not None and item.tense <= 0 and (day := day_on(item, date(2000, 1, 1)))
        ]
        if not full:
            return []
        ends = (max(full), max(full))
    first, last = ends[0] - timedelta(days=REACH if case.days else 0), ends[1] + timedelta(days=REACH)
    return [first + timedelta(days=offset) for offset in range((last - first).days + 1)]


def _run(chosen: date, best: frozenset[date]) -> tuple[date, date]:
    """The unbroken run of equally good days around the chosen one."""
    first = last = chosen
    while (earlier := first - timedelta(days=1)) in best:
        first = earlier
    while (later := last + timedelta(days=1)) in best:
        last = later
    return first, last


def _publication(
    document: Document, day: date, run: tuple[date, date], seen: Sequence[Observation], case: Case
) -> Publication:
    def midnight(at: date) -> datetime:
        return datetime.combine(at, time(), case.tz)

    interval = Interval(
        start=midnight(day),
        end=midnight(day + timedelta(days=1)),
        earliest=midnight(run[0]),
        latest=midnight(run[1] + timedelta(days=1)),
        grain=Grain.DAY,
        approximate=run[0] != run[1],
    )
    evidence = (*_reasons(document, day, run, seen, case), *document.publication.evidence)
    return Publication(interval=interval, basis=Basis.INFERRED, evidence=evidence)


def _reasons(
    document: Document, day: date, run: tuple[date, date], seen: Sequence[Observation], case: Case
) -> Iterable[PublicationEvidence]:
    """The observations that hold, the telling ones first; what contradicts the day is kept as refused."""
    words = words_of(document.language)
    ranked = sorted(seen, key=lambda item: (not item.exact, -item.weight, item.span.start))
    yield from _rows(document, [item for item in ranked if item.holds(day)], words)[:_EVIDENCE]
    if case.days:
        yield _row("", words.reason("case", first=case.days[0], last=case.days[-1]))
    if run[0] != run[1]:
        yield _row("", words.reason("open", first=run[0], last=run[1]))
    for item in ranked:
        if not item.holds(day):
            note = words.reason("against", day=day, reason=item.reason.said(words))
            yield _row(_quote(document, item.span), note, used=False)


def _rows(document: Document, held: Sequence[Observation], words: Words) -> list[PublicationEvidence]:
    """One row an expression, all it says together."""
    notes: dict[str, list[str]] = {}
    for item in held:
        notes.setdefault(_quote(document, item.span), []).append(item.reason.said(words))
    return [_row(quote, "; ".join(dict.fromkeys(reasons))) for quote, reasons in notes.items()]


def _row(quote: str, note: str, *, used: bool = True) -> PublicationEvidence:
    return PublicationEvidence(quote=quote, note=note, kind=StampKind.INFERRED, used=used)


def _quote(document: Document, span: Span) -> str:
    """The expression with the words after it, cut at the end of its line."""
    tail = re.match(r"[^\n]*", document.text[span.start : span.start + _QUOTE_CHARACTERS])
    return tail.group().strip() if tail is not None else span.of(document.text)
