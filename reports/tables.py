"""The itinerary as two tables, events.csv and claims.csv, for spreadsheets and for diffing.

UTF-8 with a byte order mark (without it Excel reads Korean as CP949), CRLF, every cell quoted (RFC 4180). A cell that a
spreadsheet would take for a formula begins with an apostrophe (OWASP, CSV injection). Column names are the keys of
itinerary.json.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from reports.contract import ClaimRecord, DocumentRecord, EventRecord
from reports.plain import plain, shorten
from reports.record import to_record
from timeline.model import Itinerary

_CELL_LIMIT = 32_000  # code points; Excel cuts at 32,767 without a word
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "|", "%")

_EVENT = (
    "id", "title", "status", "best", "start", "end", "earliest", "latest", "grain", "approximate", "text", "timex3",
    "resolved", "level", "probability", "actors", "place", "claims", "independent_origins", "outlets", "urls",
    "conflicts", "constraint", "notes",
)  # fmt: skip
_CLAIM = (
    "event", "event_title", "id", "quote", "text", "start", "end", "earliest", "latest", "grain", "approximate",
    "anchor", "rule", "status", "attribution", "authority", "actors", "place", "superseded", "note", "span_start",
    "span_end", "document", "file", "record", "outlet", "title", "published", "published_basis", "url", "copy_of",
)  # fmt: skip

Row = Mapping[str, object]


def to_csv(itinerary: Itinerary) -> tuple[bytes, bytes]:
    """events.csv, one row for each event (undated ones last), and claims.csv, one row for each claim."""
    record = to_record(itinerary)
    documents = {document.id: document for document in record.documents}
    events = [*record.events, *record.undated]
    claims = chain.from_iterable(_claims(event, documents) for event in events)
    return _table(_EVENT, (_event(event, documents) for event in events)), _table(_CLAIM, claims)


def cell(value: object) -> str:
    """The value as a cell no spreadsheet calculates: ``null`` as nothing, texts guarded, numbers as they are."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    text = shorten(plain(str(value)), _CELL_LIMIT)
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text


def _table(columns: Sequence[str], rows: Iterable[Row]) -> bytes:
    made = io.StringIO(newline="")
    writer = csv.writer(made, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow(cell(row[name]) for name in columns)
    return made.getvalue().encode("utf-8-sig")


def _event(event: EventRecord, documents: Mapping[str, DocumentRecord]) -> Row:
    time = event.time
    told = [documents[claim.document] for claim in event.claims if claim.document in documents]
    return {
        "id": event.id,
        "title": event.title,
        "status": event.status.value,
        "best": time and time.best,
        "start": time and time.start,
        "end": time and time.end,
        "earliest": time and time.earliest,
        "latest": time and time.latest,
        "grain": time and time.grain.value,
        "approximate": time and time.approximate,
        "text": time and time.text,
        "timex3": time and time.timex3,
        "resolved": time and time.resolved,
        "level": event.confidence.level.value,
        "probability": event.confidence.probability,
        "actors": "; ".join(event.actors),
        "place": event.place,
        "claims": len(event.claims),
        "independent_origins": event.independent_origins,
        "outlets": "; ".join(dict.fromkeys(document.outlet or document.file for document in told)),
        "urls": " ".join(dict.fromkeys(document.url for document in told if document.url)),
        "conflicts": "; ".join(f"{conflict.severity}: {conflict.note}" for conflict in event.conflicts),
        "constraint": event.constraint,
        "notes": "; ".join(event.notes),
    }


def _claims(event: EventRecord, documents: Mapping[str, DocumentRecord]) -> Iterable[Row]:
    for claim in event.claims:
        yield {"event": event.id, "event_title": event.title, **_claim(claim), **_source(documents.get(claim.document))}


def _claim(claim: ClaimRecord) -> Row:
    time = claim.time
    return {
        "id": claim.id,
        "quote": claim.quote,
        "text": time and time.text,
        "start": time and time.start,
        "end": time and time.end,
        "earliest": time and time.earliest,
        "latest": time and time.latest,
        "grain": time and time.grain and time.grain.value,
        "approximate": time and time.approximate,
        "anchor": time and time.anchor and time.anchor.value,
        "rule": time and time.rule,
        "status": claim.status.value,
        "attribution": claim.attribution,
        "authority": claim.authority.value,
        "actors": "; ".join(claim.actors),
        "place": claim.place,
        "superseded": claim.superseded,
        "note": claim.note,
        "span_start": claim.span[0],
        "span_end": claim.span[1],
    }


def _source(document: DocumentRecord | None) -> Row:
    return {
        "document": document and document.id,
        "file": document and document.file,
        "record": document and document.record,
        "outlet": document and document.outlet,
        "title": document and document.title,
        "published": document and document.published,
        "published_basis": document and document.published_basis.value,
        "url": document and document.url,
        "copy_of": document and document.copy_of,
    }
