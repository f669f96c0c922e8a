"""Itineraries of a few events at given times, for the tests of the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.samples import sample
from timeline.interval import Grain
from timeline.model import Event, EventTime, Itinerary, Status, content_id

SEOUL = "Asia/Seoul"


def event(
    start: str,
    grain: Grain = Grain.MINUTE,
    end: str | None = None,
    *,
    zone: str = SEOUL,
    title: str = "사건",
    fold: int = 0,
    **more: Any,
) -> Event:
    """An occurred, sure, undisputed event on the wall clock of the zone; its end is a minute later unless given."""
    tz = ZoneInfo(zone)
    first = datetime.fromisoformat(start).replace(tzinfo=tz, fold=fold)
    last = first + timedelta(minutes=1) if end is None else datetime.fromisoformat(end).replace(tzinfo=tz)
    given = {"best": first, "start": first, "end": last, "earliest": first, "latest": last, "grain": grain}
    time = EventTime(**{**given, **more.pop("time", {})})
    base = next(e for e in sample().events if e.title == "통행 재개")
    told = {"id": content_id("e", title, start), "title": title, "status": Status.OCCURRED, "time": time, "notes": ()}
    return base.model_copy(update={**told, **more})


def calendar_of(*events: Event, zone: str = SEOUL, undated: Sequence[Event] = ()) -> Itinerary:
    """An itinerary of these events, with the documents of the story."""
    changed = {"events": tuple(events), "undated": tuple(undated), "order": (), "gaps": (), "timezone": zone}
    return sample().model_copy(update=changed)
