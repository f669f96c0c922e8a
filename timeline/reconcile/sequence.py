"""Order told in the text, applied to events: undated events get their bounds, vague ones are narrowed, nothing is widened.

"이후" after a told event bounds the next one from below; the next clock time of the same people on that day bounds it from
above. Contradictions come back as the smallest set of statements that cannot all hold.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from timeline.interval import Grain, Interval, timex3
from timeline.model import Confidence, Event, EventTime, Evidence, Level, Ordering
from timeline.reconcile.order import DAYS_COURSE, Bounds, Edge, tighten
from timeline.sentences import Sentences

BY_ORDER_PROBABILITY = 0.55


def sequence(events: Sequence[Event], say: Sentences) -> tuple[tuple[Event, ...], tuple[Ordering, ...]]:
    """The events with windows narrowed by the order told, and those orders."""
    home = {c.id: e.id for e in events for c in e.claims}
    by_id = {e.id: e for e in events}
    edges, order = _told(events, home, by_id, say)
    if not edges:
        return tuple(events), ()
    windows = {e.id: _bounds(e) for e in events}
    narrowed, contradictions = tighten(windows, edges)
    dropped = {(c.dropped.before, c.dropped.after) for c in contradictions}
    kept = tuple(o for o in order if (o.before, o.after) not in dropped)
    return tuple(_apply(e, narrowed[e.id], events, say) for e in events), kept


def _told(
    events: Sequence[Event], home: Mapping[str, str], by_id: Mapping[str, Event], say: Sentences
) -> tuple[list[Edge], list[Ordering]]:
    """The orders told between events, each with the words it was told in."""
    edges: list[Edge] = []
    order: dict[tuple[str, str], Ordering] = {}
    told = ((e, c, r) for e in events for c in e.claims for r in c.relations)
    for event, item, relation in told:
        other = home.get(relation.other)
        if other is None or other == event.id:
            continue
        before, after = (other, event.id) if relation.kind == "after" else (event.id, other)
        why = say("ordered", cue=relation.quote, who=item.outlet or say("outlet_unknown"))
        if _follows(before, after, order):
            continue  # told the other way round before: an order in a circle orders nothing
        low = _length(by_id[before])
        edges.append(Edge(before=before, after=after, low=low, why=why, quote=relation.quote, claim=item.id))
        order.setdefault((before, after), Ordering(before=before, after=after, why=why))
    return edges, list(order.values())


def _follows(event: str, other: str, order: Mapping[tuple[str, str], Ordering]) -> bool:
    """Whether ``event`` is already told to come after ``other``, if only by way of events between."""
    reached, todo = {other}, [other]
    while todo:
        at = todo.pop()
        new = {after for before, after in order if before == at} - reached
        reached |= new
        todo += new
    return event in reached


def _length(event: Event) -> timedelta:
    """How long the event is told to last; an event told after it begins at its end."""
    time = event.time
    if time is None or time.end is None or time.start is None or not time.grain.is_clock():
        return timedelta(0)
    length = time.end - time.start
    return (
        length if timedelta(minutes=10) < length <= timedelta(hours=12) and time.grain is Grain.MINUTE else timedelta(0)
    )


def _bounds(event: Event) -> Bounds:
    if event.time is None:
        published = [c.published for c in event.claims if c.published is not None and c.told_past]
        return Bounds(latest=min(published) if published else None)
    earliest, latest = event.time.earliest or event.time.start, event.time.latest or event.time.end
    if earliest is not None and latest is not None and latest < earliest:
        return Bounds()
    return Bounds(earliest=earliest, latest=latest)


def _apply(event: Event, bounds: Bounds, events: Sequence[Event], say: Sentences) -> Event:
    if not bounds.because or not any(c.relations for c in event.claims):
        return event
    time = event.time
    if time is None:
        return _placed(event, bounds, events, say)
    if time.grain.order < Grain.PART_OF_DAY.order or time.grain.order > Grain.DAY.order or bounds.earliest is None:
        return event
    floor = time.earliest or time.start
    if floor is not None and bounds.earliest <= floor:
        return event
    latest = _ceiling(event, bounds, events)
    narrowed = time.model_copy(
        update={
            "best": bounds.earliest,
            "start": bounds.earliest,
            "end": latest,
            "earliest": bounds.earliest,
            "latest": latest,
            "grain": Grain.PART_OF_DAY,
            "approximate": True,
        }
    )
    note = say("order_window", x=say("list").join(dict.fromkeys(e.why for e in bounds.because)))
    rows = (*event.confidence.evidence,)
    return event.model_copy(
        update={"time": narrowed, "notes": (*event.notes, note), "confidence": _by_order(event.confidence, rows, say)}
    )


def _by_order(confidence: Confidence, rows: Sequence[Evidence], say: Sentences) -> Confidence:
    """An hour known by order alone is no better than even, however sure the day is."""
    import math

    now = math.log2(confidence.probability / (1 - confidence.probability))
    then = math.log2(BY_ORDER_PROBABILITY / (1 - BY_ORDER_PROBABILITY))
    if then >= now:
        return confidence
    row = Evidence(reason=say("by_order"), weight=then - now)
    return Confidence(level=Level.LOW, probability=BY_ORDER_PROBABILITY, evidence=(*rows, row))


def _ceiling(event: Event, bounds: Bounds, events: Sequence[Event]) -> datetime | None:
    """The next clock time of the same people that day, else the bound the order gives."""
    assert bounds.earliest is not None
    actors = set(event.actors)
    passed = {edge.before for edge in bounds.because}
    later = [
        e.time.best
        for e in events
        if e.time is not None
        and e.id not in {event.id, *passed}
        and e.time.grain.is_clock()
        and actors & set(e.actors)
        and bounds.earliest < e.time.best <= bounds.earliest + DAYS_COURSE
    ]
    limits = [*later, *([bounds.latest] if bounds.latest is not None else [])]
    return min(limits) if limits else None


def _placed(event: Event, bounds: Bounds, events: Sequence[Event], say: Sentences) -> Event:
    """An undated event between two told times of one day gets the hours between; else its order is all that is known."""
    latest = _ceiling(event, bounds, events) if bounds.earliest is not None else None
    if bounds.earliest is None or latest is None or latest - bounds.earliest > DAYS_COURSE:
        return _constrained(event, bounds, say)
    hours = Interval(
        start=bounds.earliest,
        end=latest,
        earliest=bounds.earliest,
        latest=latest,
        grain=Grain.PART_OF_DAY,
        approximate=True,
    )
    time = EventTime(**dict(hours), best=bounds.earliest, text="", timex3=timex3(hours), resolved=True, readings=())
    known = _constrained(event, bounds, say)
    return known.model_copy(
        update={"time": time, "confidence": _by_order(event.confidence, event.confidence.evidence, say)}
    )


def _constrained(event: Event, bounds: Bounds, say: Sentences) -> Event:
    titles = say("list").join(dict.fromkeys(e.why for e in bounds.because))
    return event.model_copy(update={"constraint": titles, "notes": (*event.notes, say("only_order"))})
