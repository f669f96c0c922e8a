"""One event as VEVENT: the time, and how unsure it is, in the places calendar programs show.

The uncertainty stands in SUMMARY (its range), DESCRIPTION (best, range, confidence, conflicts, every claim with its
address), CATEGORIES (level, grain, dispute) and X-TIMELINE- properties, whose values are those of itinerary.json.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from icalendar import Event as Component
from icalendar.prop import vCategory, vDDDTypes, vText, vUri

from reports.ics_time import Slot
from reports.naming import teller
from reports.plain import link, one_line, plain, shorten
from reports.record import to_time_record
from reports.words import Wording
from timeline.interval import Grain
from timeline.model import Authority, Claim, Document, Event, EventTime, Level, Status

NAMESPACE = uuid.UUID("6f0f4a52-6c0c-5d0e-9c43-5a3f5f1b7e10")  # of this program's calendars; never to be changed
# Code points; larger values make programs slow or refuse the file. A title that is cut is told whole in DESCRIPTION.
TITLE_LIMIT, LINE_LIMIT, DESCRIPTION_LIMIT = 1_000, 1_200, 20_000
_RANK = {authority: rank for rank, authority in enumerate(Authority)}


class ExactText(vText):
    """TEXT escaped as RFC 5545 3.3.11 says and nothing more: ``C:\\New`` stays a backslash and a letter."""

    def to_ical(self) -> bytes:
        """The escaped value."""
        escaped = self.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")
        return escaped.encode()


@dataclass(frozen=True)
class Scene:
    """What an event is told with: the words, and the documents by id."""

    words: Wording
    documents: Mapping[str, Document]


def text(value: str, limit: int = LINE_LIMIT) -> ExactText:
    """The value as TEXT of one paragraph or more, cut at the limit."""
    return ExactText(shorten(plain(value), limit))


def uid(event_id: str) -> str:
    """The UID of an event: a UUID made from its id (RFC 7986 wants a UUID, RFC 9562 version 5)."""
    return str(uuid.uuid5(NAMESPACE, event_id))


def component(event: Event, time: EventTime, slot: Slot, scene: Scene) -> Component:
    """The VEVENT without what tells its revision (UID, SEQUENCE, DTSTAMP, LAST-MODIFIED)."""
    made = Component()
    made["SUMMARY"] = text(summary(event, time, scene.words))
    made["DTSTART"], made["DTEND"] = vDDDTypes(slot.start), vDDDTypes(slot.end)
    made["STATUS"] = vText(status(event, time))
    made["TRANSP"] = vText("TRANSPARENT")
    made["X-MICROSOFT-CDO-BUSYSTATUS"] = vText("FREE")
    if event.place and one_line(event.place):
        made["LOCATION"] = text(one_line(event.place))
    made["DESCRIPTION"] = text(_description(event, time, scene), DESCRIPTION_LIMIT)
    made["CATEGORIES"] = vCategory([vText(label) for label in _categories(event, time, scene.words)])
    links = urls(event, scene)
    if links:
        made["URL"] = vUri(links[0])
    for name, value in _extensions(event, time, scene).items():
        made[f"X-TIMELINE-{name}"] = ExactText(value)
    return made


def status(event: Event, time: EventTime) -> str:
    """CANCELLED for what was called off or denied, CONFIRMED for what happened undisputed, TENTATIVE for the rest."""
    if event.status in (Status.CANCELLED, Status.DENIED):
        return "CANCELLED"
    sure = event.status is Status.OCCURRED and event.confidence.level is not Level.LOW and time.resolved
    told_to_the_hour = time.grain is not Grain.PART_OF_DAY
    return "CONFIRMED" if sure and told_to_the_hour and not _disputed(event) else "TENTATIVE"


def _disputed(event: Event) -> bool:
    return any(conflict.severity == "major" for conflict in event.conflicts)


def summary(event: Event, time: EventTime, words: Wording) -> str:
    """``[예정] 제목 (오전 10:25–10:45)``: what did not simply happen is marked before, how unsure the time is after."""
    title = shorten(one_line(event.title), TITLE_LIMIT) or event.id
    if event.status is not Status.OCCURRED:
        title = f"[{words.words.status[event.status]}] {title}"
    unsure = words.unsure(time)
    dispute = [words.words.says["dispute"]] if _disputed(event) or not time.resolved else []
    notes = [note for note in (unsure, *dispute) if note]
    return f"{title} ({' · '.join(notes)})" if notes else title


def _description(event: Event, time: EventTime, scene: Scene) -> str:
    words = scene.words
    window = words.window(time)
    first = [
        words.says("best", when=words.when(time)),
        words.says("window", window=window) if window else "",
        confidence(event, words),
        words.says("sources", claims=len(event.claims), origins=event.independent_origins),
    ]
    whole = one_line(event.title)
    lines = [whole] if len(whole) > TITLE_LIMIT else []
    lines += [" · ".join(part for part in first if part), words.says("status", status=words.words.status[event.status])]
    if not time.resolved and time.readings:
        stretches = [words.stretch(i.start, i.end, i.grain) for i in time.readings if i.start and i.end]
        lines.append(words.says("readings", readings=" / ".join(stretches)))
    for conflict in event.conflicts:
        severity = words.words.severity[conflict.severity]
        lines.append(words.says("conflict", severity=severity, note=one_line(conflict.note)))
        if conflict.would_change:
            lines.append(words.says("would_change", what=one_line(conflict.would_change)))
    lines += [one_line(note) for note in event.notes]
    lines += ["", *(line for claim in event.claims for line in _told(claim, scene))]
    return "\n".join(lines)


def confidence(event: Event, words: Wording) -> str:
    """The level with the probability in per cent."""
    percent = round(100 * event.confidence.probability)
    return words.says("confidence", level=words.words.level[event.confidence.level], percent=percent)


def _told(claim: Claim, scene: Scene) -> list[str]:
    document = scene.documents.get(claim.document)
    outlet = teller(claim, document)
    quote = shorten(one_line(claim.quote), 300)
    line = scene.words.says("claim", outlet=outlet, quote=quote)
    if claim.superseded is not None:
        line += f" [{scene.words.words.superseded[claim.superseded]}]"
    address = link(document.url) if document else None
    return [line, address] if address else [line]


def urls(event: Event, scene: Scene) -> list[str]:
    """The addresses of the event's sources, the strongest first: primary records, own reporting, the rest."""
    ranked = sorted(event.claims, key=lambda claim: (claim.superseded is not None, _RANK[claim.authority]))
    documents = [scene.documents[claim.document] for claim in ranked if claim.document in scene.documents]
    found = [link(document.url) for document in documents]
    return list(dict.fromkeys(address for address in found if address))


def _categories(event: Event, time: EventTime, words: Wording) -> list[str]:
    labels = words.words
    table = labels.table
    made = [
        f"{table['confidence']} {labels.level[event.confidence.level]}",
        f"{table['grain']} {labels.grain[time.grain]}",
    ]
    if event.status is not Status.OCCURRED:
        made.append(labels.status[event.status])
    severities = dict.fromkeys(conflict.severity for conflict in event.conflicts)
    return made + [labels.severity[severity] for severity in severities]


def _extensions(event: Event, time: EventTime, scene: Scene) -> dict[str, str]:
    """Values exactly as itinerary.json writes them; those that say nothing are left out."""
    row = to_time_record(time, scene.words.zone)
    given = {
        "EVENT": event.id,
        "STATUS": event.status,
        "BEST": row.best,
        "EARLIEST": row.earliest,
        "LATEST": row.latest,
        "GRAIN": row.grain,
        "APPROXIMATE": "true" if row.approximate else "",
        "TIMEX3": one_line(row.timex3),
        "PROBABILITY": str(round(event.confidence.probability, 4)),
        "INDEPENDENT-ORIGINS": str(event.independent_origins),
        "CONFLICTS": " ".join(f"{conflict.kind}/{conflict.severity}" for conflict in event.conflicts),
        "CLAIMS": " ".join(claim.id for claim in event.claims),
    }
    return {name: str(value) for name, value in given.items() if value}
