"""What an older calendar of the same story knew: so that UIDs stay, SEQUENCE rises and vanished events are cancelled.

A calendar file is its own memory. Each event carries the ids of its claims and a digest of what matters to a reader
(time, status, place, title). The next run reads them back: the event that shares most claims is the same, whatever
its time has become; it keeps its UID, and its SEQUENCE rises by one where the digest changed. A calendar of another
story (no event in common) is not continued.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from icalendar import Calendar
from icalendar import Event as Component

from reports.ics_time import Slot
from timeline.model import Event

PRODID = "-//event-timeline-reconstructor//itinerary//EN"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # the revision of data that tells no publication time
_SEQUENCE_LIMIT = 2**31 - 2
# A calendar spoilt by hand is no reason to refuse a new one; the parser raises all of these.
_SPOILT = (ValueError, KeyError, TypeError, AttributeError, IndexError, OverflowError)


@dataclass(frozen=True)
class Known:
    """An event as an older calendar had it."""

    uid: str
    event: str
    claims: frozenset[str]
    digest: str
    sequence: int
    modified: datetime
    withdrawn: bool
    slot: Slot
    words: Mapping[str, str]


@dataclass(frozen=True)
class Older:
    """An older calendar: its UID and its events."""

    uid: str | None = None
    events: tuple[Known, ...] = ()


def digest(slot: Slot, *words: str) -> str:
    """16 hex digits that change with what a reader must be told of: the time and the words (title, place, status)."""
    return hashlib.sha256("\x1f".join((*map(_instant, slot), *words)).encode()).hexdigest()[:16]


def _instant(moment: date | datetime) -> str:
    return moment.astimezone(UTC).isoformat() if isinstance(moment, datetime) else moment.isoformat()


def read(data: bytes | None) -> Older:
    """The older calendar; empty where there is none, it is not this program's, or it cannot be read."""
    if not data:
        return Older()
    try:
        calendar = Calendar.from_ical(data)
        if calendar.get("PRODID") != PRODID:
            return Older()
        found = [_known(made) for made in calendar.walk("VEVENT") if isinstance(made, Component)]
    except _SPOILT:
        return Older()
    return Older(_uuid(str(calendar.get("UID", ""))), tuple(known for known in found if known is not None))


def _known(made: Component) -> Known | None:
    """The event, ``None`` where it is not one this program wrote."""
    uid = _uuid(str(made.get("UID", "")))
    if uid is None or "X-TIMELINE-DIGEST" not in made:
        return None
    modified = _moment(made, "LAST-MODIFIED")
    if not isinstance(modified, datetime):
        raise ValueError(f"LAST-MODIFIED {modified} of {uid} is not a moment")
    return Known(
        uid=uid,
        event=str(made["X-TIMELINE-EVENT"]),
        claims=frozenset(str(made.get("X-TIMELINE-CLAIMS", "")).split()),
        digest=str(made["X-TIMELINE-DIGEST"]),
        sequence=min(max(int(made.get("SEQUENCE", 0)), 0), _SEQUENCE_LIMIT),
        modified=modified.astimezone(UTC),
        withdrawn="X-TIMELINE-WITHDRAWN" in made,
        slot=Slot(_moment(made, "DTSTART"), _moment(made, "DTEND")),
        words={name: str(made[name]) for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "URL") if name in made},
    )


def _moment(made: Component, name: str) -> date | datetime:
    moment = made.decoded(name)
    if not isinstance(moment, date) or (isinstance(moment, datetime) and moment.tzinfo is None):
        raise ValueError(f"{name} {moment!r} is neither a date nor a moment with a zone")
    return moment


def _uuid(value: str) -> str | None:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        return None


def match(events: Sequence[Event], older: Older) -> dict[str, Known]:
    """Event id to the older event it continues: the one of that id, else the one that shares most of its claims.

    Sharing counts from half of the smaller set of claims on. Each older event is continued by one event at most.
    """
    by_id = {known.event: known for known in older.events}
    matched = {event.id: by_id[event.id] for event in events if event.id in by_id}
    taken = {known.uid for known in matched.values()}
    by_claim: dict[str, list[Known]] = {}
    for known in older.events:
        for claim in known.claims if known.uid not in taken else ():
            by_claim.setdefault(claim, []).append(known)
    shared = [
        (share, event.id, known)
        for event in events
        if event.id not in matched
        for share, known in _sharing(event, by_claim)
    ]
    for _, event_id, known in sorted(shared, key=lambda row: (-row[0], row[1], row[2].uid)):
        if event_id not in matched and known.uid not in taken:
            matched[event_id] = known
            taken.add(known.uid)
    return matched


def _sharing(event: Event, by_claim: Mapping[str, Sequence[Known]]) -> list[tuple[int, Known]]:
    """The older events that hold at least half of the claims of the smaller of the two, with the number shared."""
    claims = {claim.id for claim in event.claims}
    near = {known.uid: known for claim in claims for known in by_claim.get(claim, ())}
    counted = [(len(claims & known.claims), known) for known in near.values()]
    return [(shared, known) for shared, known in counted if 2 * shared >= min(len(claims), len(known.claims))]
