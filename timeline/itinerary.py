"""Events to an itinerary: in order, with what is known by order alone, the stretches nothing is known of, and a title."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from timeline.interval import Grain
from timeline.model import Document, Event, Gap, Itinerary, Ordering, Problem
from timeline.sentences import Sentences

GAP_AT_LEAST = timedelta(hours=6)
GAP_AT_MOST = timedelta(days=4)  # longer silences part two stories rather than interrupt one


def arrange(
    events: Sequence[Event],
    order: Sequence[Ordering],
    documents: Sequence[Document],
    *,
    title: str | None,
    timezone: str,
    generator: str,
    inputs_sha256: str,
    problems: Sequence[Problem],
    say: Sentences,
) -> Itinerary:
    """The itinerary: dated events by time, undated ones by id."""
    dated = sorted((e for e in events if e.time is not None), key=sort_key)
    undated = sorted((e for e in events if e.time is None), key=lambda e: e.id)
    return Itinerary(
        title=title or _title(documents, say),
        timezone=timezone,
        generator=generator,
        inputs_sha256=inputs_sha256,
        documents=tuple(sorted(documents, key=lambda d: (d.file, d.record or 0, d.id))),
        events=tuple(dated),
        undated=tuple(undated),
        order=tuple(sorted(order, key=lambda o: (o.before, o.after))),
        gaps=_gaps(dated),
        problems=tuple(sorted(problems, key=lambda p: (p.file, p.error))),
        language=say.language,
    )


def sort_key(event: Event) -> tuple[datetime, int, str]:
    """Best estimate, coarser grains first at the same moment, then id."""
    assert event.time is not None
    return (event.time.best, -event.time.grain.order, event.id)


def _title(documents: Sequence[Document], say: Sentences) -> str:
    titled = [d.title for d in documents if d.title]
    if not titled:
        return say("empty_title")
    return titled[0] if len(documents) == 1 else say("default_title", first=titled[0], n=len(documents) - 1)


def _gaps(events: Sequence[Event]) -> tuple[Gap, ...]:
    """Stretches between clock-time events with nothing known inside."""
    clocked = [e for e in events if e.time is not None and e.time.grain.order <= Grain.PART_OF_DAY.order]
    out: list[Gap] = []
    until: datetime | None = None
    last: Event | None = None
    for event in clocked:
        assert event.time is not None
        start = event.time.best
        if last is not None and until is not None and GAP_AT_LEAST <= start - until <= GAP_AT_MOST:
            out.append(Gap(start=until, end=start, after=last.id, before=event.id))
        end = event.time.end or start
        if until is None or end > until:
            until, last = end, event
    return tuple(out)
