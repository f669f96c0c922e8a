"""itinerary.json, the only lossless export: an itinerary as record, as text, and the JSON Schema of both."""

from __future__ import annotations

import json
from datetime import datetime, tzinfo

from reports.contract import (
    ClaimRecord,
    ClaimTimeRecord,
    ConfidenceRecord,
    ConflictRecord,
    DocumentRecord,
    EventRecord,
    EventTimeRecord,
    EvidenceRecord,
    GapRecord,
    ItineraryRecord,
    ProblemRecord,
    PublishedEvidenceRecord,
    ReadingRecord,
)
from timeline.calendar import zone
from timeline.interval import Interval
from timeline.model import Claim, Confidence, Conflict, Document, Event, EventTime, Itinerary, Mention


def to_record(itinerary: Itinerary) -> ItineraryRecord:
    """The itinerary as itinerary.json holds it."""
    return _Recorder(zone(itinerary.timezone)).itinerary(itinerary)


def to_json(itinerary: Itinerary) -> str:
    """itinerary.json as text: keys in the order of the schema, indented, no character escaped needlessly."""
    content = to_record(itinerary).model_dump(mode="json")
    return json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_time_record(time: EventTime, tz: tzinfo) -> EventTimeRecord:
    """One reconciled time as itinerary.json holds it, in the zone."""
    return _Recorder(tz).event_time(time)


def schema() -> str:
    """The JSON Schema (2020-12) of itinerary.json."""
    content = ItineraryRecord.model_json_schema(mode="serialization")
    return json.dumps({"$schema": "https://json-schema.org/draft/2020-12/schema", **content}, indent=2) + "\n"


class _Recorder:
    """Writes times of an itinerary in one zone."""

    def __init__(self, tz: tzinfo) -> None:
        self.tz = tz

    def moment(self, moment: datetime) -> str:
        return moment.astimezone(self.tz).isoformat()

    def maybe(self, moment: datetime | None) -> str | None:
        return None if moment is None else self.moment(moment)

    def itinerary(self, itinerary: Itinerary) -> ItineraryRecord:
        return ItineraryRecord(
            version=1,
            title=itinerary.title,
            timezone=itinerary.timezone,
            generator=itinerary.generator,
            inputs_sha256=itinerary.inputs_sha256,
            documents=tuple(self.document(document) for document in itinerary.documents),
            events=tuple(self.event(event) for event in itinerary.events),
            undated=tuple(self.event(event) for event in itinerary.undated),
            order=tuple((row.before, row.after, row.why) for row in itinerary.order),
            gaps=tuple(
                GapRecord(start=self.moment(gap.start), end=self.moment(gap.end), after=gap.after, before=gap.before)
                for gap in itinerary.gaps
            ),
            problems=tuple(ProblemRecord(file=row.file, error=row.error) for row in itinerary.problems),
        )

    def document(self, document: Document) -> DocumentRecord:
        seen = document.publication.evidence
        return DocumentRecord(
            id=document.id,
            file=document.file,
            record=document.record,
            title=document.title,
            outlet=document.outlet,
            byline=document.byline,
            url=document.url,
            language=document.language,
            published=self.published(document),
            published_basis=document.publication.basis,
            published_evidence=tuple(
                PublishedEvidenceRecord(quote=row.quote, note=row.note, kind=row.kind, used=row.used) for row in seen
            ),
            copy_of=document.copy_of,
            origin=document.origin,
            official=document.official,
        )

    def published(self, document: Document) -> str | None:
        interval = document.publication.interval
        if interval is None or interval.start is None:
            return None
        if interval.grain.is_clock():
            return self.moment(interval.start)
        return interval.start.date().isoformat()  # the day its own zone names; another zone could name another

    def event(self, event: Event) -> EventRecord:
        return EventRecord(
            id=event.id,
            title=event.title,
            actors=event.actors,
            place=event.place,
            status=event.status,
            time=None if event.time is None else self.event_time(event.time),
            confidence=_confidence(event.confidence),
            conflicts=tuple(_conflict(conflict) for conflict in event.conflicts),
            independent_origins=event.independent_origins,
            claims=tuple(self.claim(claim) for claim in event.claims),
            constraint=event.constraint,
            notes=event.notes,
        )

    def event_time(self, time: EventTime) -> EventTimeRecord:
        return EventTimeRecord(
            best=self.moment(time.best),
            start=self.maybe(time.start),
            end=self.maybe(time.end),
            earliest=self.maybe(time.earliest),
            latest=self.maybe(time.latest),
            grain=time.grain,
            approximate=time.approximate,
            text=time.text,
            timex3=time.timex3,
            resolved=time.resolved,
            readings=tuple(self.reading(interval) for interval in time.readings),
        )

    def reading(self, interval: Interval, why: str = "") -> ReadingRecord:
        return ReadingRecord(
            start=self.maybe(interval.start),
            end=self.maybe(interval.end),
            earliest=self.maybe(interval.low),
            latest=self.maybe(interval.high),
            grain=interval.grain,
            approximate=interval.approximate,
            why=why,
        )

    def claim(self, claim: Claim) -> ClaimRecord:
        return ClaimRecord(
            id=claim.id,
            document=claim.document,
            quote=claim.quote,
            span=(claim.span.start, claim.span.end),
            status=claim.status,
            attribution=claim.attribution,
            actors=claim.actors,
            place=claim.place,
            time=self.claim_time(claim.mention, claim.interval),
            superseded=claim.superseded,
            note=claim.note,
            summary=claim.summary,
            object=claim.object,
            authority=claim.authority,
            role=claim.role,
            origin=claim.origin,
        )

    def claim_time(self, mention: Mention | None, interval: Interval | None) -> ClaimTimeRecord | None:
        if mention is None and interval is None:
            return None
        anchor = None if mention is None else mention.anchor
        return ClaimTimeRecord(
            text=None if mention is None else mention.text,
            span=None if mention is None else (mention.span.start, mention.span.end),
            start=None if interval is None else self.maybe(interval.start),
            end=None if interval is None else self.maybe(interval.end),
            earliest=None if interval is None else self.maybe(interval.low),
            latest=None if interval is None else self.maybe(interval.high),
            grain=None if interval is None else interval.grain,
            approximate=interval is not None and interval.approximate,
            anchor=None if anchor is None else anchor.kind,
            rule=None if mention is None else mention.rule,
            timex3="" if mention is None else mention.timex3,
            anchor_at=None if anchor is None else self.maybe(anchor.at),
            anchor_why=() if anchor is None else anchor.why,
            alternatives=()
            if mention is None
            else tuple(self.reading(other.interval, other.why) for other in mention.alternatives),
        )


def _confidence(confidence: Confidence) -> ConfidenceRecord:
    rows = tuple(
        EvidenceRecord(reason=row.reason, weight=round(row.weight, 4), claims=row.claims) for row in confidence.evidence
    )
    return ConfidenceRecord(level=confidence.level, probability=round(confidence.probability, 4), evidence=rows)


def _conflict(conflict: Conflict) -> ConflictRecord:
    return ConflictRecord(
        kind=conflict.kind,
        severity=conflict.severity,
        note=conflict.note,
        claims=conflict.claims,
        cause=conflict.cause,
        sides=conflict.sides,
        would_change=conflict.would_change,
    )
