"""A part of an itinerary: the events of some days, with the orderings and gaps that still stand between them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

from timeline.calendar import zone as named_zone
from timeline.model import Event, Itinerary


def between(itinerary: Itinerary, since: date | None, until: date | None) -> Itinerary:
    """The itinerary with the events whose time touches the days ``since`` to ``until``, both included.

    Days are those of the itinerary's own time zone; ``None`` leaves that side open. An event counts where its nominal
    reading ``[start, end)`` or its best estimate falls into the days, so one told only as "in March" stays for any day
    of March. Events without a time are kept: no day rules them out. Documents and problems stay as they are.
    """
    if since is None and until is None:
        return itinerary
    zone = named_zone(itinerary.timezone)
    events = tuple(event for event in itinerary.events if _touches(event, since, until, zone))
    kept = {event.id for event in (*events, *itinerary.undated)}
    return itinerary.model_copy(
        update={
            "events": events,
            "order": tuple(row for row in itinerary.order if row.before in kept and row.after in kept),
            "gaps": tuple(gap for gap in itinerary.gaps if gap.before in kept and gap.after in kept),
        }
    )


def _touches(event: Event, since: date | None, until: date | None, zone: tzinfo) -> bool:
    if event.time is None:
        return True
    first = (event.time.start or event.time.best).astimezone(zone).date()
    last = first
    if event.time.end is not None:
        last = max(first, (event.time.end.astimezone(zone) - timedelta(microseconds=1)).date())
    best = event.time.best.astimezone(zone).date()
    first, last = min(first, best), max(last, best)
    return (since is None or last >= since) and (until is None or first <= until)


def about(events: Sequence[Event], subjects: Sequence[str]) -> tuple[Event, ...]:
    """The events that name one of the subjects, as an actor or in a quote; all of them where no subject is given."""
    if not subjects:
        return tuple(events)
    return tuple(e for e in events if any(_names(e, subject) for subject in subjects))


def _names(event: Event, subject: str) -> bool:
    return any(subject in a for a in event.actors) or any(subject in c.quote for c in event.claims)
