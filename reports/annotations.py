"""The claims as W3C Web Annotations: portable pointers from each reading of a time to the words it was read from.

Each annotation targets the report with two selectors (Web Annotation Data Model, 4.2.4 and 4.2.5): TextQuoteSelector,
the exact quote with 32 characters on each side, and TextPositionSelector, in code points of the text as read (NFC,
without mark-up), so that the quote is found again even where the positions of a web page differ. The time expression
refines the quote.
"""

from __future__ import annotations

import json
import uuid
from datetime import tzinfo
from urllib.parse import quote

from reports.edtf import stretch
from reports.plain import link, one_line
from timeline.calendar import zone
from timeline.model import Claim, Document, Event, Itinerary

_NAMESPACE = uuid.UUID("1b9a7f0e-7d1f-5c53-8a5e-0d2c6c1b6f44")
_CONTEXT = 32  # characters either side of a quote


def to_annotations(itinerary: Itinerary) -> str:
    """annotations.jsonld: an AnnotationCollection whose one page holds an annotation for each claim."""
    documents = {document.id: document for document in itinerary.documents}
    tz = zone(itinerary.timezone)
    items = [
        _annotation(claim, event, documents[claim.document], tz)
        for event in (*itinerary.events, *itinerary.undated)
        for claim in event.claims
        if claim.document in documents
    ]
    collection = _urn(f"collection {itinerary.title} {itinerary.inputs_sha256}")
    content = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": collection,
        "type": "AnnotationCollection",
        "label": one_line(itinerary.title),
        "total": len(items),
        "first": {
            "id": _urn(f"page {collection}"),
            "type": "AnnotationPage",
            "partOf": collection,
            "startIndex": 0,
            "items": items,
        },
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _urn(name: str) -> str:
    return uuid.uuid5(_NAMESPACE, name).urn


def _annotation(claim: Claim, event: Event, document: Document, tz: tzinfo) -> dict[str, object]:
    said = [_body(one_line(event.title), "describing")]
    if claim.interval is not None:
        told = claim.interval
        said.append(_body(stretch(told.start, told.end, told.grain, told.approximate, tz), "tagging"))
    said.append(_body(claim.status.value, "classifying"))
    return {
        "id": _urn(f"claim {claim.id}"),
        "type": "Annotation",
        "motivation": "identifying",
        "body": said,
        "target": {"source": _source(document), "selector": _selectors(claim, document.text)},
    }


def _body(value: str, purpose: str) -> dict[str, str]:
    return {"type": "TextualBody", "value": value, "format": "text/plain", "purpose": purpose}


def _source(document: Document) -> str:
    """The report's address, or a URN of its file where it has none."""
    record = "" if document.record is None else f"#{document.record}"
    return link(document.url) or f"urn:timeline:file:{quote(document.file, safe='/!')}{record}"


def _selectors(claim: Claim, text: str) -> list[dict[str, object]]:
    span = claim.span
    quoted: dict[str, object] = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start - _CONTEXT) : span.start],
        "suffix": text[span.end : span.end + _CONTEXT],
    }
    if claim.mention is not None and span.holds(claim.mention.span):  # the time expression within the quote
        start = claim.mention.span.start - span.start
        end = claim.mention.span.end - span.start
        quoted["refinedBy"] = {"type": "TextPositionSelector", "start": start, "end": end}
    return [quoted, {"type": "TextPositionSelector", "start": span.start, "end": span.end}]
