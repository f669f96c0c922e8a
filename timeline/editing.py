"""An editor's corrections at work: on the claims before they are grouped, on the events after."""

from __future__ import annotations

import math
from collections.abc import Sequence

from timeline.corrections import CERTAIN, Corrections, KnownTime, apply_to_claims, known_times, prepare
from timeline.interval import Interval, timex3
from timeline.model import Claim, Confidence, Document, Event, EventTime, Evidence, Level
from timeline.reconcile.cluster import Rules
from timeline.sentences import Sentences


def correct_claims(
    corrections: Corrections | None, claims: tuple[Claim, ...], documents: Sequence[Document]
) -> tuple[tuple[Claim, ...], Rules, tuple[str, ...]]:
    """The claims to use, the pairs that are decided, and sentences on corrections that found nothing."""
    if corrections is None:
        return claims, Rules(), ()
    ready = prepare(corrections, claims, documents)
    rules = Rules(must=frozenset(ready.must_link), cannot=frozenset(ready.cannot_link))
    return apply_to_claims(ready, claims), rules, ready.unmatched


def correct_events(
    corrections: Corrections | None, events: tuple[Event, ...], documents: Sequence[Document], say: Sentences
) -> tuple[tuple[Event, ...], tuple[str, ...]]:
    """The events with the times an editor vouches for, and sentences on those that matched none or several."""
    if corrections is None:
        return events, ()
    known, problems = known_times(corrections, events, documents)
    return tuple(_known(e, known[e.id], say) if e.id in known else e for e in events), problems


def _known(event: Event, entry: KnownTime, say: Sentences) -> Event:
    interval = Interval(start=entry.at, end=entry.end, grain=entry.grain)
    time = EventTime(
        best=entry.at,
        start=entry.at,
        end=entry.end,
        earliest=entry.at,
        latest=entry.end,
        grain=entry.grain,
        text=event.time.text if event.time else "",
        timex3=timex3(interval),
    )
    reason = say("editor", why=f": {entry.why}" if entry.why else "")
    weight = math.log2(CERTAIN / (1 - CERTAIN))
    confidence = Confidence(level=Level.HIGH, probability=CERTAIN, evidence=(Evidence(reason=reason, weight=weight),))
    return event.model_copy(update={"time": time, "confidence": confidence})
