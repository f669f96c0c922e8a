"""The contract of itinerary.json, as models: what each key holds, which may be null.

Every time is ISO 8601 in the itinerary's zone with its offset; ``null`` means not known, an empty text means nothing to
say. Later versions may add keys; a key never changes its meaning while ``version`` stays 1.
"""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from timeline.interval import Grain
from timeline.model import AnchorKind, Authority, Basis, Level, Role, StampKind, Status


class Record(BaseModel):
    """A part of the record: immutable, refuses unknown keys; the text under a field becomes its schema description."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class PublishedEvidenceRecord(Record):
    """A date found for a document."""

    quote: str
    """The words it was read from."""
    note: str
    """Why it was used or refused."""
    kind: StampKind
    used: bool


class DocumentRecord(Record):
    """One report as it was read."""

    id: str
    file: str
    """The path below the given input; an archive's member as archive.zip!member/path."""
    record: int | None
    """The number within a file of many records, from 1."""
    title: str | None
    outlet: str | None
    byline: str | None
    url: str | None
    language: str
    """ISO 639-1."""
    published: str | None
    """ISO 8601 with offset, or the bare day where only the day is known."""
    published_basis: Basis
    published_evidence: tuple[PublishedEvidenceRecord, ...]
    copy_of: str | None
    """The document whose text this one repeats."""
    origin: str
    """The document this writing goes back to."""
    official: bool
    """Whether it is a primary record: a press release, a statement of the body whose act it is."""


class ReadingRecord(Record):
    """One reading of a time: nominal [start, end) and widest [earliest, latest]."""

    start: str | None
    end: str | None
    earliest: str | None
    latest: str | None
    grain: Grain
    approximate: bool
    why: str
    """Why it may be read so."""


class EventTimeRecord(Record):
    """The reconciled time."""

    best: str
    """The best single moment."""
    start: str | None
    end: str | None
    """The nominal reading is [start, end); null is open on that side."""
    earliest: str | None
    latest: str | None
    """The widest window the claims allow."""
    grain: Grain
    approximate: bool
    text: str
    """The strongest claim's own expression."""
    timex3: str
    """TIMEX3 value."""
    resolved: bool
    """False where two readings stand unreconciled; both are then in readings."""
    readings: tuple[ReadingRecord, ...]


class EvidenceRecord(Record):
    """One row of the sum that makes the probability."""

    reason: str
    weight: float
    """In bits (log2 odds)."""
    claims: tuple[str, ...]


class ConfidenceRecord(Record):
    """How sure: the probability that time.best is right at its grain and tolerance."""

    level: Level
    probability: float
    evidence: tuple[EvidenceRecord, ...]


class ConflictRecord(Record):
    """A disagreement between claims."""

    kind: Literal["time", "status", "place", "number"]
    severity: Literal["minor", "major"]
    """major: cannot both be true; minor: rounding explains it."""
    note: str
    claims: tuple[str, ...]
    cause: str
    sides: tuple[tuple[str, ...], ...]
    """The claims that stand together, side by side."""
    would_change: str
    """What would change the answer."""


class ClaimTimeRecord(Record):
    """What one claim says of the time, as said and as understood."""

    text: str | None
    span: tuple[int, int] | None
    """Code points of the document's text."""
    start: str | None
    end: str | None
    earliest: str | None
    latest: str | None
    grain: Grain | None
    approximate: bool
    anchor: AnchorKind | None
    """What it was resolved against."""
    rule: str | None
    """The named rule that read it."""
    timex3: str
    anchor_at: str | None
    anchor_why: tuple[str, ...]
    """The named inferences made on the way."""
    alternatives: tuple[ReadingRecord, ...]


class ClaimRecord(Record):
    """One document's statement; quote is the document's text at span."""

    id: str
    document: str
    quote: str
    span: tuple[int, int]
    """Code points of the document's text (NFC)."""
    status: Status
    attribution: str | None
    """The person or body quoted."""
    actors: tuple[str, ...]
    place: str | None
    time: ClaimTimeRecord | None
    superseded: Literal["plan", "correction"] | None
    note: str
    summary: str
    object: str | None
    authority: Authority
    role: Role
    origin: str
    """Whoever the statement goes back to; copies share one."""


class EventRecord(Record):
    """What several claims tell together."""

    id: str
    title: str
    actors: tuple[str, ...]
    place: str | None
    status: Status
    time: EventTimeRecord | None
    confidence: ConfidenceRecord
    conflicts: tuple[ConflictRecord, ...]
    independent_origins: int
    claims: tuple[ClaimRecord, ...]
    constraint: str
    """For an event without a time: the order that is known."""
    notes: tuple[str, ...]
    """Superseded plans, corrections, how the answer was reached."""


class GapRecord(Record):
    """A stretch with no known event between two consecutive ones."""

    start: str
    end: str
    after: str
    before: str


class ProblemRecord(Record):
    """An input that could not be read."""

    file: str
    error: str


class ItineraryRecord(Record):
    """An itinerary: several reports reconciled into events, with every claim, its quote and its reading."""

    version: Literal[1]
    title: str
    timezone: str
    """IANA name; all times are in this zone."""
    generator: str
    inputs_sha256: str
    documents: tuple[DocumentRecord, ...]
    events: tuple[EventRecord, ...]
    """In order of time.best."""
    undated: tuple[EventRecord, ...]
    """Events whose time the documents do not tell."""
    order: tuple[tuple[str, str, str], ...]
    """[earlier event, later event, why]."""
    gaps: tuple[GapRecord, ...]
    problems: tuple[ProblemRecord, ...]
