"""The itinerary as iCalendar (RFC 5545, with RFC 7986's calendar properties), so that uncertainty survives into it.

No METHOD, ORGANIZER, ATTENDEE or VALARM: the file is a publication, not an invitation. All events are transparent and
free. DTSTAMP and LAST-MODIFIED are the revision of the data (its latest publication time), never the clock, so
unchanged data gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from icalendar import Calendar
from icalendar import Event as Component
from icalendar.prop import vCategory, vDDDTypes, vInt, vText, vUri

from reports.formats import Choices
from reports.ics_event import DESCRIPTION_LIMIT, Scene, component, text, uid
from reports.ics_revision import EPOCH, PRODID, Known, Older, digest, match, read
from reports.ics_time import Clock, timezone
from reports.plain import link, one_line, shorten
from reports.words import wording
from timeline.calendar import zone
from timeline.model import Document, Event, Itinerary

FILE = "itinerary.ics"


def calendars(itinerary: Itinerary, choices: Choices) -> dict[str, bytes]:
    """File name to calendar: the whole, and on request one for each subject with the events it takes part in."""
    made = {FILE: to_ics(itinerary, choices, choices.older(FILE))}
    if not choices.ics_per_subject:
        return made
    subjects = tuple(dict.fromkeys(choices.subjects)) or _actors(itinerary)
    for subject, name in zip(subjects, _names(subjects), strict=True):
        part = _only(itinerary, subject)
        made[name] = to_ics(part, choices, choices.older(name))
    return made


def to_ics(itinerary: Itinerary, choices: Choices | None = None, older: bytes | None = None) -> bytes:
    """One calendar of all dated events. ``older`` is the calendar it replaces: its UIDs stay and its SEQUENCEs rise."""
    choices = choices or Choices()
    content: bytes = _Writer(itinerary, choices, read(older)).calendar().to_ical()
    return content


@dataclass(frozen=True)
class _Revision:
    """Which revision of an event is written."""

    uid: str
    sequence: int
    modified: datetime


class _Writer:
    def __init__(self, itinerary: Itinerary, choices: Choices, older: Older) -> None:
        self.itinerary = itinerary
        self.coarse: Literal["span", "first-day", "skip"] = choices.ics_coarse
        self.clock = Clock(zone(itinerary.timezone), choices.ics_timezone == "utc")
        self.scene = Scene(wording(itinerary), {document.id: document for document in itinerary.documents})
        self.matched = match((*itinerary.events, *itinerary.undated), older)
        self.older = older if self.matched else Older()
        self.taken = {known.uid for known in self.older.events}
        self.skipped: list[Event] = []

    def calendar(self) -> Calendar:
        events = [made for event in self.itinerary.events for made in self._event(event)]
        written = {str(made["UID"]) for made in events}
        events += [self._withdrawn(known) for known in self.older.events if known.uid not in written]
        calendar = Calendar()
        self._head(calendar)
        explained = self.clock.timezone()
        if explained is None and not events:  # RFC 5545 3.6 wants a component in every calendar
            explained = timezone(self.clock.zone, EPOCH, EPOCH)
        if explained is not None:
            calendar.add_component(explained)
        for made in events:
            calendar.add_component(made)
        return calendar

    def _head(self, calendar: Calendar) -> None:
        title = text(one_line(self.itinerary.title) or "itinerary")
        about = text("\n".join(self._about()), DESCRIPTION_LIMIT)
        calendar["PRODID"], calendar["VERSION"], calendar["CALSCALE"] = vText(PRODID), vText("2.0"), vText("GREGORIAN")
        calendar["UID"] = vText(self.older.uid or uid(f"calendar {title}"))
        calendar["NAME"] = calendar["X-WR-CALNAME"] = title
        calendar["DESCRIPTION"] = calendar["X-WR-CALDESC"] = about
        calendar["LAST-MODIFIED"] = vDDDTypes(self._modified(self.itinerary.documents))
        calendar["X-TIMELINE-GENERATOR"] = text(self.itinerary.generator)
        calendar["X-TIMELINE-INPUTS-SHA256"] = text(self.itinerary.inputs_sha256)

    def _about(self) -> list[str]:
        words = self.scene.words
        dated, documents = len(self.itinerary.events), len(self.itinerary.documents)
        lines = [words.says("about", documents=documents, events=dated, zone=self.itinerary.timezone)]
        revision = self._modified(self.itinerary.documents)
        if revision != EPOCH:
            lines.append(words.says("revision", when=words.to_the_minute(revision)))
        for key, events in (("undated", self.itinerary.undated), ("left_out_year", self.skipped)):
            if events:
                lines.append(words.says(key, count=len(events), titles="; ".join(map(_named, events))))
        return lines

    def _modified(self, documents: Sequence[Document]) -> datetime:
        return max((_published(document) for document in documents), default=EPOCH)

    def _event(self, event: Event) -> list[Component]:
        slot = None if event.time is None else self.clock.slot(event.time, self.coarse)
        if event.time is None or slot is None:
            self.skipped.append(event)
            return []
        made = component(event, event.time, slot, self.scene)
        now = digest(slot, *(str(made.get(name, "")) for name in ("STATUS", "LOCATION", "SUMMARY")))
        made["X-TIMELINE-DIGEST"] = vText(now)
        _stamp(made, self._revision(event, now))
        return [made]

    def _revision(self, event: Event, now: str) -> _Revision:
        told = {claim.document: self.scene.documents.get(claim.document) for claim in event.claims}
        modified = self._modified([document for document in told.values() if document is not None])
        known = self.matched.get(event.id)
        if known is None:
            return _Revision(self._new_uid(event.id), 0, modified)
        same = known.digest == now and not known.withdrawn
        return _Revision(known.uid, known.sequence + (not same), max(modified, known.modified))

    def _new_uid(self, event_id: str) -> str:
        """The UID of the event's id, or the next one where another event has come to carry that."""
        made, salt = uid(event_id), 0
        while made in self.taken:
            salt += 1
            made = uid(f"{event_id} {salt}")
        self.taken.add(made)
        return made

    def _withdrawn(self, known: Known) -> Component:
        """The event cancelled: it was in the older calendar and is no more. Written once, then kept as it is."""
        made = Component()
        slot = known.slot
        if isinstance(slot.start, datetime) and isinstance(slot.end, datetime):
            slot = self.clock.timed(slot.start, slot.end)
        made["DTSTART"], made["DTEND"] = vDDDTypes(slot.start), vDDDTypes(slot.end)
        for name in ("SUMMARY", "LOCATION"):
            if name in known.words:
                made[name] = text(known.words[name])
        notice = self.scene.words.words.says["withdrawn"]
        described = known.words.get("DESCRIPTION", "")
        if not described.startswith(notice):
            described = f"{notice}\n{described}"
        made["DESCRIPTION"] = text(described, DESCRIPTION_LIMIT)
        address = link(known.words.get("URL"))
        if address:
            made["URL"] = vUri(address)
        made["STATUS"], made["TRANSP"] = vText("CANCELLED"), vText("TRANSPARENT")
        made["X-MICROSOFT-CDO-BUSYSTATUS"] = vText("FREE")
        made["CATEGORIES"] = vCategory([vText(self.scene.words.words.status["cancelled"])])
        made["X-TIMELINE-EVENT"], made["X-TIMELINE-WITHDRAWN"] = text(known.event), vText("true")
        made["X-TIMELINE-CLAIMS"], made["X-TIMELINE-DIGEST"] = text(" ".join(sorted(known.claims))), text(known.digest)
        modified = known.modified if known.withdrawn else max(known.modified, self._modified(self.itinerary.documents))
        _stamp(made, _Revision(known.uid, known.sequence + (not known.withdrawn), modified))
        return made


def _stamp(made: Component, revision: _Revision) -> None:
    made["UID"], made["SEQUENCE"] = vText(revision.uid), vInt(revision.sequence)
    made["DTSTAMP"] = made["LAST-MODIFIED"] = vDDDTypes(revision.modified)


def _published(document: Document) -> datetime:
    interval = document.publication.interval
    start = None if interval is None else interval.start
    return EPOCH if start is None else max(start.astimezone(UTC).replace(microsecond=0), EPOCH)


def _named(event: Event) -> str:
    title = shorten(one_line(event.title), 120)
    return f"{title} ({shorten(one_line(event.constraint), 120)})" if event.constraint else title


# --- one calendar per subject


def _actors(itinerary: Itinerary) -> tuple[str, ...]:
    named = (actor for event in itinerary.events for actor in event.actors)
    return tuple(dict.fromkeys(actor for actor in named if actor.strip()))


def _only(itinerary: Itinerary, subject: str) -> Itinerary:
    """The itinerary of the events in which the subject acts."""
    wanted = _folded(subject)

    def of(events: tuple[Event, ...]) -> tuple[Event, ...]:
        return tuple(event for event in events if any(wanted in _folded(actor) for actor in event.actors))

    events, undated = of(itinerary.events), of(itinerary.undated)
    title = f"{itinerary.title} · {subject}"
    return itinerary.model_copy(update={"title": title, "events": events, "undated": undated})


def _folded(name: str) -> str:
    return one_line(name).casefold()


_UNSAFE = re.compile(r"[^\w-]+")


def _names(subjects: Sequence[str]) -> list[str]:
    """A file name for each subject: its letters and digits, and a digest where they would not tell it apart."""
    plain = [_UNSAFE.sub("-", unicodedata.normalize("NFC", subject)).strip("-_")[:40] for subject in subjects]
    folded = [name.casefold() for name in plain]
    names = []
    for subject, name in zip(subjects, plain, strict=True):
        told_apart = name and name == subject and folded.count(name.casefold()) == 1
        mark = "" if told_apart else hashlib.sha256(subject.encode()).hexdigest()[:8]
        names.append(f"itinerary-{'-'.join(part for part in (name, mark) if part)}.ics")
    return names
