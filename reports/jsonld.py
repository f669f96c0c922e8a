"""The events as JSON-LD in schema.org's vocabulary, for archives and search engines.

schema.org knows scheduled and cancelled events, no rumoured or denied ones, and no uncertain time: startDate and
endDate are written only as exactly as the event is known, the whole reading stands as EDTF (ISO 8601-2), and status and
confidence stand as named property values.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta, tzinfo

from reports.edtf import stretch
from reports.plain import link, one_line
from timeline.calendar import zone
from timeline.interval import Grain
from timeline.model import Claim, Document, Event, EventTime, Itinerary, Status

CONTEXT = [
    "https://schema.org",
    {
        "edtf": {"@id": "http://id.loc.gov/datatypes/edtf", "@type": "http://id.loc.gov/datatypes/edtf"},
        "evidence": {"@id": "https://schema.org/additionalProperty", "@container": "@set"},
    },
]
_LENGTH = {Grain.YEAR: 4, Grain.MONTH: 7}  # characters of an ISO date


def to_jsonld(itinerary: Itinerary) -> str:
    """events.jsonld: a graph of Event nodes, each with the reports that tell it under subjectOf."""
    tz = zone(itinerary.timezone)
    documents = {document.id: document for document in itinerary.documents}
    graph = [_event(event, documents, tz) for event in (*itinerary.events, *itinerary.undated)]
    return json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=2) + "\n"


def _event(event: Event, documents: dict[str, Document], tz: tzinfo) -> dict[str, object]:
    made: dict[str, object] = {
        "@type": "Event",
        "@id": f"urn:timeline:event:{event.id}",
        "identifier": event.id,
        "name": one_line(event.title),
        **_status(event.status),
        **({} if event.time is None else _times(event.time, tz)),
    }
    if event.actors:
        made["actor"] = [{"@type": "Thing", "name": one_line(actor)} for actor in event.actors]
    if event.place:
        made["location"] = {"@type": "Place", "name": one_line(event.place)}
    if event.constraint or event.notes:
        made["description"] = one_line(" ".join((event.constraint, *event.notes)))
    made["evidence"] = _properties(event)
    made["subjectOf"] = [_claim(claim, documents.get(claim.document)) for claim in event.claims]
    return made


def _status(status: Status) -> dict[str, str]:
    """schema.org's eventStatus where it has one; nothing for a rumoured or denied event."""
    if status is Status.CANCELLED:
        return {"eventStatus": "https://schema.org/EventCancelled"}
    if status in (Status.PLANNED, Status.OCCURRED):
        return {"eventStatus": "https://schema.org/EventScheduled"}
    return {}


def _times(time: EventTime, tz: tzinfo) -> dict[str, str]:
    start, end = time.start or time.best, time.end
    point = end is not None and end - start <= timedelta(minutes=1)
    made = {"startDate": _iso(time.best if point else start, time.grain, tz)}
    if end is not None and not point and time.grain.order <= Grain.PART_OF_DAY.order:
        made["endDate"] = _iso(end, time.grain, tz)
    elif end is not None and not point:
        made["endDate"] = _iso(end - timedelta(seconds=1), time.grain, tz)
    return made | {"edtf": stretch(time.start, time.end, time.grain, time.approximate, tz)}


def _iso(moment: datetime, grain: Grain, tz: tzinfo) -> str:
    """ISO 8601 no finer than the grain: a year, a month, a day, or a moment with its offset."""
    local = moment.astimezone(tz)
    if grain.order <= Grain.PART_OF_DAY.order:
        return local.isoformat()
    return local.date().isoformat()[: _LENGTH.get(grain, 10)]


def _properties(event: Event) -> list[dict[str, object]]:
    given: dict[str, object] = {
        "status": event.status.value,
        "confidence": event.confidence.level.value,
        "probability": round(event.confidence.probability, 4),
        "independentOrigins": event.independent_origins,
    }
    rows = [{"@type": "PropertyValue", "name": name, "value": value} for name, value in given.items()]
    for conflict in event.conflicts:
        value = one_line(conflict.note)
        rows.append({"@type": "PropertyValue", "name": f"conflict/{conflict.kind}/{conflict.severity}", "value": value})
    return rows


def _claim(claim: Claim, document: Document | None) -> dict[str, object]:
    """The claim as a quotation from its report."""
    made: dict[str, object] = {
        "@type": "Quotation",
        "@id": f"urn:timeline:claim:{claim.id}",
        "text": one_line(claim.quote),
    }
    if claim.attribution:
        made["spokenByCharacter"] = {"@type": "Thing", "name": one_line(claim.attribution)}
    if document is not None:
        made["isPartOf"] = _article(document)
    return made


def _article(document: Document) -> dict[str, object]:
    given = {
        "@type": "Report" if document.official else "NewsArticle",
        "@id": f"urn:timeline:document:{document.id}",
        "headline": None if document.title is None else one_line(document.title),
        "publisher": document.outlet and {"@type": "Organization", "name": one_line(document.outlet)},
        "datePublished": document.publication.text(),
        "url": link(document.url),
        "inLanguage": document.language,
        "isBasedOn": document.copy_of and {"@id": f"urn:timeline:document:{document.copy_of}"},
    }
    return {name: value for name, value in given.items() if value}
