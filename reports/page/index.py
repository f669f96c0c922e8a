"""What the page filters by: for every event the outlets, people, place, status, level, days and disagreement."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any, NamedTuple

from reports.page.evidence import Library
from reports.page.origins import all_events, outlet
from reports.page.rows import disputed
from reports.plain import one_line
from timeline.model import Event, Itinerary


class Facet(NamedTuple):
    """One way to filter: its name and the values it offers, most frequent first, with their counts."""

    name: str
    values: tuple[tuple[str, int], ...]


def index(itinerary: Itinerary, library: Library) -> list[dict[str, Any]]:
    """One entry an event, dated ones first, in the order of the page."""
    return [_entry(event, library) for event in all_events(itinerary)]


def _entry(event: Event, library: Library) -> dict[str, Any]:
    return {
        "id": event.id,
        "source": sorted({one_line(outlet(claim, library.documents)) for claim in event.claims}),
        "actor": [one_line(actor) for actor in event.actors],
        "place": [one_line(event.place)] if event.place else [],
        "status": [event.status.value],
        "level": [event.confidence.level.value],
        "days": _days(event, library),
        "disputed": disputed(event),
    }


def _days(event: Event, library: Library) -> list[str]:
    """The first and last local day the event may fall on; empty for an undated one."""
    time = event.time
    if time is None:
        return []
    low, high = time.earliest or time.start or time.best, time.latest or time.end or time.best
    last = high - timedelta(microseconds=1) if high > low else high
    return [library.words.local(end).date().isoformat() for end in (low, last)]


def facets(entries: list[dict[str, Any]]) -> tuple[Facet, ...]:
    """The choices of each filter, by count and then by name."""
    found = []
    for name in ("source", "actor", "place", "status", "level"):
        counts = Counter(value for entry in entries for value in entry[name])
        found.append(Facet(name, tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))))
    return tuple(found)
