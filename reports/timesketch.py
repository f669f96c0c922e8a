"""The claims as Timesketch JSONL: one row for each claim with a time, as an analyst sorts and tags them.

Timesketch needs ``message``, ``datetime`` (ISO 8601) and ``timestamp_desc``; the rest are further columns. ``datetime``
is in UTC, since Timesketch shows no other zone; the widest reading stands in ``earliest`` and ``latest``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from reports.plain import link, one_line
from timeline.model import Claim, Document, Event, Itinerary


def to_timesketch(itinerary: Itinerary) -> str:
    """timesketch.jsonl, in order of time; claims without a time are left out (Timesketch would place them in 1601)."""
    documents = {document.id: document for document in itinerary.documents}
    rows = [row for event in (*itinerary.events, *itinerary.undated) for row in _rows(event, documents)]
    rows.sort(key=lambda row: (str(row["datetime"]), str(row["claim"])))
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def _rows(event: Event, documents: dict[str, Document]) -> Iterator[dict[str, object]]:
    for claim in event.claims:
        interval = claim.interval
        moment = None if interval is None else interval.start or interval.end
        if interval is None or moment is None:
            continue
        document = documents.get(claim.document)
        yield {
            "message": one_line(f"{event.title}: {claim.quote}"),
            "datetime": _utc(moment),
            "timestamp_desc": "Told start" if interval.start is not None else "Told end",
            "earliest": _utc(interval.low),
            "latest": _utc(interval.high),
            "grain": interval.grain.value,
            "approximate": interval.approximate,
            "event": event.id,
            "event_status": event.status.value,
            "claim": claim.id,
            "claim_status": claim.status.value,
            "superseded": claim.superseded,
            "confidence": event.confidence.level.value,
            "disputed": any(conflict.severity == "major" for conflict in event.conflicts),
            **_origin(claim, document),
        }


def _origin(claim: Claim, document: Document | None) -> dict[str, object]:
    return {
        "outlet": None if claim.outlet is None else one_line(claim.outlet),
        "file": None if document is None else one_line(document.file),
        "url": None if document is None else link(document.url),
        "actors": [one_line(actor) for actor in claim.actors],
        "place": None if claim.place is None else one_line(claim.place),
    }


def _utc(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(UTC).isoformat()
