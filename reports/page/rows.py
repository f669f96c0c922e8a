"""The itinerary as a person reads it: days, and in each day rows with time, title, status, confidence and lens."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from reports.page.evidence import EvidenceView, Library, evidence
from reports.page.lens import Lens, lens
from reports.page.panels import is_coarse
from reports.page.readings import is_point, live, points, spread
from reports.page.words import Phrase, Words, closed_end
from reports.plain import one_line
from timeline.interval import Grain, Interval
from timeline.model import Event, EventTime

_MINUTE = timedelta(minutes=1)


class When(NamedTuple):
    """A time as its row tells it: large, its window below, the source's own words, in full, and as ISO 8601."""

    big: Phrase
    about: bool
    window: Phrase | None
    said: str
    full: Phrase
    iso: str


class Row(NamedTuple):
    """One event of the list. ``agreement`` says how the clock times compare; ``disputed``: something disagrees."""

    id: str
    number: int
    title: str
    when: When | None
    agreement: Phrase | None
    disputed: bool
    status: str
    level: str
    percent: int
    actors: tuple[str, ...]
    place: str
    coverage: Phrase
    origins: int
    conflict: str
    severity: str
    constraint: str
    lens: Lens | None
    lens_words: Phrase
    evidence: EvidenceView
    claims: int


class Day(NamedTuple):
    """A heading with its rows, and how long after the heading before it stands."""

    heading: Phrase
    later: Phrase | None
    rows: tuple[Row, ...]


def days(events: tuple[Event, ...], library: Library, limit: int) -> Iterator[Day]:
    """The dated events under their days (or month or year, where no day is known), at most ``limit`` rows a heading."""
    words, before = library.words, None
    numbered = [(event, event.time, number) for number, event in enumerate(events, start=1) if event.time is not None]
    for _, run in groupby(numbered, key=lambda item: _heading(item[1], words)):
        told = list(run)
        time = told[0][1]
        first = words.local(time.best).replace(hour=0, minute=0, second=0, microsecond=0)
        later = _later(before, first, words)
        for start in range(0, len(told), limit):
            part = told[start : start + limit]
            rows = tuple(row(event, number, library) for event, _, number in part)
            yield Day(_heading(time, words), later if start == 0 else None, rows)
        before = first


def _heading(time: EventTime, words: Words) -> Phrase:
    if is_coarse(time.grain):
        return words.day(time.best, "year" if time.grain.order >= Grain.HALF.order else "month")
    return words.day(time.best, "day_year")


def _later(before: datetime | None, now: datetime, words: Words) -> Phrase | None:
    if before is None or now - before <= timedelta(days=1):
        return None
    return words.say("ui.later", length=words.length(timedelta(days=(now.date() - before.date()).days)))


def row(event: Event, number: int, library: Library) -> Row:
    """One event as a row of the list."""
    words = library.words
    reports = len({claim.document for claim in event.claims})
    worst = next((c for c in event.conflicts if c.severity == "major"), next(iter(event.conflicts), None))
    return Row(
        id=event.id,
        number=number,
        title=one_line(event.title),
        when=when(event.time, words) if event.time else None,
        agreement=_agreement(event, words) if event.time else None,
        disputed=disputed(event),
        status=event.status.value,
        level=event.confidence.level.value,
        percent=round(event.confidence.probability * 100),
        actors=tuple(one_line(actor) for actor in event.actors),
        place=one_line(event.place or ""),
        coverage=_coverage(reports, event.independent_origins, words),
        origins=event.independent_origins,
        conflict=worst.note if worst else "",
        severity=worst.severity if worst else "",
        constraint=one_line(event.constraint),
        lens=lens(event, library.origins, words),
        lens_words=_lens_words(event, library),
        evidence=evidence(event, library),
        claims=len(event.claims),
    )


def disputed(event: Event) -> bool:
    """Whether the sources disagree about anything: a named conflict, or different clock times."""
    return bool(event.conflicts) or spread(event) > timedelta(0)


def _coverage(reports: int, independent: int, words: Words) -> Phrase:
    key = "ui.coverage" if independent > 1 else "ui.coverage_one"
    return words.say(key, reports=reports, origins=independent)


def _agreement(event: Event, words: Words) -> Phrase | None:
    apart = spread(event)
    if apart:
        return words.say("time.spread", length=words.length(apart))
    if any(conflict.kind == "time" for conflict in event.conflicts):
        return None
    if event.independent_origins < 2:
        return words.say("time.single")
    agreeing = {claim.origin for claim in live(event) if is_point(claim)}
    if len(agreeing) > 1 and len(points(event)) > 1:
        return words.say("time.agree", n=len(agreeing))
    return None


def _lens_words(event: Event, library: Library) -> Phrase:
    words = library.words
    if event.time is None:
        return words.say("ui.untimed")
    best, untimed = event.time.best, words.say("ui.untimed")
    told = [
        (library.origins[claim.origin].label, words.brief(claim.interval, best) if claim.interval else untimed)
        for claim in event.claims
    ]
    lines = dict.fromkeys((f"{label}: {value.main}", f"{label}: {value.alt}") for label, value in told)
    text = Phrase("; ".join(main for main, _ in lines), "; ".join(alt for _, alt in lines))
    return words.say("ui.lens_name", text=text)


# --- times


def when(time: EventTime, words: Words) -> When:
    """A reconciled time in the page's words."""
    big = _big(time, words)
    said = one_line(time.text)
    return When(
        big=big,
        about=time.approximate and time.grain.is_clock() and time.resolved,
        window=_window(time, words),
        said=said,
        full=words.moment(time.best, time.grain),
        iso=time.best.isoformat(),
    )


def _big(time: EventTime, words: Words) -> Phrase:
    if not time.resolved and len(time.readings) > 1:
        told = list(dict.fromkeys(_short(reading, words) for reading in time.readings))
        if len(told) == 2:
            return words.say("time.either", left=told[0], right=told[1])
    if time.grain.is_clock():
        return words.clock(time.best, seconds=time.grain is Grain.SECOND)
    if time.grain is Grain.DAY:
        return words.say("time.within_day")
    if time.grain is Grain.MONTH:
        return words.say("time.within_month")
    if time.grain is Grain.YEAR:
        return words.say("time.within_year")
    low, high = time.start or time.best, time.end or time.best
    return words.stretch(low, high, beside=time.best)


def _short(reading: Interval, words: Words) -> Phrase:
    if reading.start is None or reading.end is None:
        return words.value(reading)
    if reading.grain.is_clock() and reading.end - reading.start <= timedelta(hours=1):
        return words.clock(reading.start)
    return words.stretch(reading.start, reading.end, beside=reading.start)


def _window(time: EventTime, words: Words) -> Phrase | None:
    low, high = time.earliest or time.start, time.latest or time.end
    high = high and closed_end(high)
    if low is None and high is None:
        return None
    if low is None or high is None:
        known = low or high
        assert known is not None
        key = "time.not_before" if low else "time.not_after"
        return words.say(key, low=words.clock(known), high=words.clock(known))
    unit = {Grain.SECOND: timedelta(seconds=1), Grain.DAY: timedelta(days=1, hours=1)}.get(time.grain, _MINUTE)
    if high - low <= unit or (is_coarse(time.grain) and (low, high) == (time.start, time.end)):
        return None
    text = words.stretch(low, high, beside=time.best)
    return None if text == _big(time, words) else words.say("time.within", text=text)
