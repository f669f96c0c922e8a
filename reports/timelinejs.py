"""The itinerary as TimelineJS 3 JSON (Knight Lab): one slide for each dated event.

TimelineJS knows no zone, no range and no disagreement: wall-clock times of the itinerary's zone are written, the range
and every source stand in the slide's text. Its headline and text are HTML, so outside text is escaped.
"""

from __future__ import annotations

import html
import json
from datetime import datetime, timedelta

from reports.naming import teller
from reports.plain import link, one_line, shorten
from reports.words import Wording, wording
from timeline.interval import Grain
from timeline.model import Claim, Document, Event, EventTime, Itinerary, Status

_PARTS = {
    Grain.YEAR: 1,
    Grain.DECADE: 1,
    Grain.CENTURY: 1,
    Grain.MONTH: 2,
    Grain.SEASON: 2,
    Grain.QUARTER: 2,
    Grain.HALF: 2,
}


def to_timelinejs(itinerary: Itinerary) -> str:
    """timelinejs.json: a title slide, then events by time; undated events are counted in the title slide's text."""
    words = wording(itinerary)
    documents = {document.id: document for document in itinerary.documents}
    about = [
        words.says("about", documents=len(documents), events=len(itinerary.events), zone=itinerary.timezone),
    ]
    if itinerary.undated:
        titles = "; ".join(one_line(event.title) for event in itinerary.undated)
        about.append(words.says("undated", count=len(itinerary.undated), titles=titles))
    content = {
        "title": {"text": {"headline": _escaped(itinerary.title), "text": _paragraphs(about)}},
        "events": [_slide(event, event.time, words, documents) for event in itinerary.events if event.time is not None],
        "scale": "human",
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _slide(event: Event, time: EventTime, words: Wording, documents: dict[str, Document]) -> dict[str, object]:
    labels = words.words
    headline = _escaped(event.title) or event.id
    if event.status is not Status.OCCURRED:
        headline = f"[{labels.status[event.status]}] {headline}"
    unsure = words.window(time)
    made: dict[str, object] = {
        "unique_id": event.id,
        "start_date": _date(time.start or time.best if _is_stretch(time) else time.best, time.grain, words),
        "display_date": words.when(time) + (f" ({unsure})" if unsure else ""),
        "text": {"headline": headline, "text": _text(event, words, documents)},
        "group": labels.status[event.status],
    }
    if _is_stretch(time) and time.end is not None:
        made["end_date"] = _date(time.end - timedelta(seconds=1), time.grain, words)
    return made


def _is_stretch(time: EventTime) -> bool:
    """Whether the event lasts longer than one unit of its grain could show."""
    if time.start is None or time.end is None:
        return False
    return time.end - time.start > timedelta(minutes=1) and time.grain not in (Grain.DAY, Grain.MONTH, Grain.YEAR)


def _date(moment: datetime, grain: Grain, words: Wording) -> dict[str, int]:
    local = moment.astimezone(words.zone)
    fields = ["year", "month", "day", "hour", "minute", "second"]
    count = 5 if grain is Grain.MINUTE else 6 if grain is Grain.SECOND else _PARTS.get(grain, 3)
    if grain in (Grain.HOUR, Grain.PART_OF_DAY):
        count = 5
    return {name: getattr(local, name) for name in fields[:count]}


def _text(event: Event, words: Wording, documents: dict[str, Document]) -> str:
    percent = round(100 * event.confidence.probability)
    level = words.words.level[event.confidence.level]
    lines = [
        words.says("confidence", level=level, percent=percent),
        words.says("sources", claims=len(event.claims), origins=event.independent_origins),
    ]
    severities = words.words.severity
    lines += [words.says("conflict", severity=severities[row.severity], note=row.note) for row in event.conflicts]
    lines += event.notes
    return _paragraphs(lines) + "".join(_source(claim, documents.get(claim.document), words) for claim in event.claims)


def _source(claim: Claim, document: Document | None, words: Wording) -> str:
    outlet = teller(claim, document)
    told = _escaped(words.says("claim", outlet=outlet, quote=shorten(one_line(claim.quote), 300)))
    address = link(document.url) if document else None
    if address:
        told += f' <a href="{html.escape(address)}" rel="noopener noreferrer">{html.escape(address)}</a>'
    return f"<p>{told}</p>"


def _paragraphs(lines: list[str]) -> str:
    return "".join(f"<p>{_escaped(line)}</p>" for line in lines)


def _escaped(text: str) -> str:
    return html.escape(one_line(text))
