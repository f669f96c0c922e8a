"""An itinerary of any size, for measuring sizes and ratios."""

from __future__ import annotations

from datetime import timedelta

from tests.samples import at, minute, nominal, sample
from timeline.model import Claim, Confidence, Document, Event, EventTime, Itinerary, Level, Span, Status, content_id


def many(events: int, claims: int = 1) -> Itinerary:
    """``events`` events of ``claims`` claims each, a minute apart from noon of the story's day, one report a claim."""
    ids = [content_id("d", n) for n in range(claims)]
    documents = tuple(
        Document(id=key, file=f"{n}.txt", outlet=f"신문 {n}", text="사건이 일어났다.", origin=key)
        for n, key in enumerate(ids)
    )
    rows = tuple(_one_of_many(n, documents) for n in range(events))
    changed = {"documents": documents, "events": rows, "undated": (), "order": (), "gaps": ()}
    return sample().model_copy(update=changed)


def _one_of_many(n: int, documents: tuple[Document, ...]) -> Event:
    moment = at("2026-03-11T12:00") + timedelta(minutes=n)
    claims = tuple(
        Claim(
            id=content_id("c", n, document.id),
            document=document.id,
            outlet=document.outlet,
            origin=document.id,
            quote="사건이 일어났다.",
            span=Span(start=0, end=9),
            summary=f"사건 {n}",
            interval=minute(moment),
        )
        for document in documents
    )
    return Event(
        id=content_id("e", n),
        title=f"사건 {n}",
        place="새솔교",
        status=Status.OCCURRED,
        time=EventTime(best=moment, **nominal(minute(moment))),
        claims=claims,
        confidence=Confidence(level=Level.HIGH, probability=0.9),
        independent_origins=len(claims),
    )
