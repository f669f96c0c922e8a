"""Small itineraries for the drawings: chosen times, one claim a source, and the stretches that break naive axes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from tests.samples import at, level, minute, nominal, sample
from timeline.interval import Grain, Interval
from timeline.model import Claim, Confidence, Document, Event, EventTime, Itinerary, Span, Status, content_id

GRAINS = {
    Grain.SECOND: timedelta(seconds=5),
    Grain.MINUTE: timedelta(minutes=1),
    Grain.HOUR: timedelta(hours=1),
    Grain.PART_OF_DAY: timedelta(hours=6),
    Grain.DAY: timedelta(days=1),
    Grain.MONTH: timedelta(days=31),
    Grain.YEAR: timedelta(days=365),
}


def told(start: str | datetime, grain: Grain = Grain.MINUTE, **more: Any) -> Interval:
    """A time said at a grain, beginning at ``start`` (+09:00 where given as text)."""
    moment = at(start) if isinstance(start, str) else start
    return Interval(start=moment, end=moment + GRAINS[grain], grain=grain, **more)


def roughly(start: str, minutes: int = 5) -> Interval:
    """A minute said with a hedge."""
    moment, slack = at(start), timedelta(minutes=minutes)
    return told(start, earliest=moment - slack, latest=moment + slack, approximate=True)


def span(start: str, end: str) -> Interval:
    """A reported stretch told by the minute."""
    return Interval(start=at(start), end=at(end), grain=Grain.MINUTE)


def event(title: str, times: Sequence[Interval], best: datetime | None = None, **more: Any) -> Event:
    """An event told once by each of as many sources as there are times."""
    claims = tuple(_claim(title, place, time) for place, time in enumerate(times))
    lows = [time.low for time in times if time.low]
    highs = [time.high for time in times if time.high]
    finest = min(times, key=lambda time: time.grain.order)
    best = best or finest.start
    assert best is not None
    time = EventTime(
        best=best, start=finest.start, end=finest.end, earliest=min(lows), latest=max(highs), grain=finest.grain
    )
    given = {
        "id": content_id("e", title),
        "title": title,
        "status": Status.OCCURRED,
        "time": time,
        "confidence": Confidence(level=level(0.9), probability=0.9),
        "independent_origins": len(times),
        "claims": claims,
    }
    return Event(**{**given, **more})


def _claim(title: str, place: int, time: Interval) -> Claim:
    source = content_id("d", place)
    quote = f"{title} 이야기 {place}"
    return Claim(
        id=content_id("c", title, place),
        document=source,
        outlet=f"매체 {place}",
        origin=source,
        quote=quote,
        span=Span(start=0, end=len(quote)),
        interval=time,
    )


def itinerary(*events: Event, **more: Any) -> Itinerary:
    """An itinerary of these events; their sources are its documents."""
    sources = {claim.document: claim for each in events for claim in each.claims}
    documents = tuple(
        Document(id=key, file=f"{key}.txt", outlet=claim.outlet, text=claim.quote, origin=key)
        for key, claim in sources.items()
    )
    bare = {"documents": documents, "events": events, "undated": (), "order": (), "gaps": (), "problems": ()}
    return sample().model_copy(update={**bare, **more})


def mixed() -> Itinerary:
    """2013 by the year, one day by the minute (seconds too), and a plan for the next day."""
    return itinerary(
        event("다리 준공", [told("2013-01-01T00:00", Grain.YEAR)]),
        event("신고", [told("2026-03-11T10:35"), told("2026-03-11T10:40")]),
        event("정전 5초", [told("2026-03-11T10:52", Grain.SECOND)]),
        event("대피", [span("2026-03-11T11:00", "2026-03-11T11:30")]),
        event("통제", [told("2026-03-11T17:05"), roughly("2026-03-11T17:05")]),
        event("조사 시작", [told("2026-03-12T09:30")], status=Status.PLANNED),
    )


def same_instant() -> Itinerary:
    """One instant, told with two offsets by two events."""
    seoul, utc = at("2026-03-11T10:35"), datetime.fromisoformat("2026-03-11T01:35+00:00")
    return itinerary(event("서울 시각", [minute(seoul)]), event("세계 시각", [minute(utc)]))


__all__ = ["event", "itinerary", "mixed", "nominal", "roughly", "same_instant", "span", "told"]
