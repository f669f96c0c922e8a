"""The whole vocabulary: Document, Mention, Claim, Event, Itinerary; frozen values that embed what they came from.

Each stage of the program turns one of these into the next and never changes one. Ids are hashes of content, so the same
input gives the same ids everywhere. Offsets (:class:`Span`) are Unicode code points of ``Document.text``, which is NFC.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Literal

from pydantic import AwareDatetime, Field
from pydantic.json_schema import SkipJsonSchema

from timeline.document import (
    Basis,
    Block,
    BlockKind,
    Document,
    Problem,
    Publication,
    PublicationEvidence,
    Span,
    StampKind,
    content_id,
)
from timeline.interval import Frozen, Grain, Interval
from timeline.timex import Timex

__all__ = [
    "Alternative",
    "Anchor",
    "AnchorKind",
    "Authority",
    "Basis",
    "Block",
    "BlockKind",
    "Claim",
    "Confidence",
    "Conflict",
    "Document",
    "Event",
    "EventTime",
    "Evidence",
    "Gap",
    "Itinerary",
    "Level",
    "Mention",
    "Ordering",
    "Problem",
    "Publication",
    "PublicationEvidence",
    "Relation",
    "Role",
    "Span",
    "StampKind",
    "Status",
    "TimexType",
    "content_id",
]


# --- mentions


class TimexType(StrEnum):
    """TIMEX3's types, with ranges told apart from points."""

    TIME = "time"
    DATE = "date"
    RANGE = "range"
    DURATION = "duration"
    SET = "set"


class AnchorKind(StrEnum):
    """What a time expression was resolved against (TIMEX3 anchorTimeID)."""

    EXPLICIT = "explicit"
    PUBLICATION = "publication"
    NARRATIVE = "narrative"
    EVENT = "event"
    LOCAL_TIME = "local_time"
    INFERRED = "inferred"


class Anchor(Frozen):
    """What an expression was resolved against, where that stands in the text, and the named inferences made on the way."""

    kind: AnchorKind
    at: AwareDatetime | None = None
    mention: Span | None = None
    why: tuple[str, ...] = ()


class Alternative(Frozen):
    """Another reading of an expression, kept with its reason."""

    interval: Interval
    why: str


class Mention(Frozen):
    """A time expression in a document: ``text == document.text[span]``, its rule, and once resolved its interval.

    ``duration`` is ISO 8601 (``PT25M``) for durations and for expressions that carry one ("1시부터 두 시간").
    ``interval`` is ``None`` for durations, sets and expressions whose anchor is not in the text. ``bound`` tells an open
    side: ``from`` (부터), ``until`` (까지), ``before`` (전, 이전), ``after`` (후, 이후); the interval is then the named time.
    """

    document: str
    span: Span
    text: str
    type: TimexType
    rule: str
    interval: Interval | None = None
    anchor: Anchor | None = None
    alternatives: tuple[Alternative, ...] = ()
    duration: str | None = None
    bound: Literal["from", "until", "before", "after"] | None = None
    timex3: str = ""
    timex: SkipJsonSchema[Timex | None] = Field(
        default=None, exclude=True, repr=False
    )  # what it says, before resolution


# --- claims


class Status(StrEnum):
    """Whether a told event happened."""

    OCCURRED = "occurred"
    PLANNED = "planned"
    CANCELLED = "cancelled"
    RUMOURED = "rumoured"
    DENIED = "denied"


class Authority(StrEnum):
    """How near the teller stands to the fact (Admiralty grades read as classes)."""

    RECORD = "record"  # a log, a recording, a document that shows it
    OFFICIAL = "official"  # statement of the body whose act it is
    OWN = "own"  # the outlet's own reporting
    ATTRIBUTED = "attributed"  # a named person or body
    HEARSAY = "hearsay"  # 알려졌다, 전해졌다, anonymous


class Role(StrEnum):
    """Which moment of the event the time is of."""

    INSTANT = "instant"
    START = "start"
    END = "end"


class Relation(Frozen):
    """An order told in the text: this claim stands before, after or during the other, ``gap`` (ISO 8601) apart if said."""

    kind: Literal["after", "before", "during"]
    other: str  # claim id
    gap: str | None = None
    quote: str = ""


class Claim(Frozen):
    """One document's statement that something happened at some time; immutable, id is a content hash.

    ``quote == document.text[span]``. ``action`` is the class of event (the language pack's word, e.g. ``arrive``),
    ``predicate`` the lemma it was read from, ``summary`` who did what in the claim's own words. ``origin`` names whoever
    the statement goes back to (copies and credited captions share one).
    """

    id: str
    document: str
    outlet: str | None = None
    origin: str
    quote: str
    span: Span
    summary: str = ""
    action: str = ""
    actions: tuple[str, ...] = ()  # every class of action told in the clause, the head's (``action``) first
    words: tuple[str, ...] = ()  # the words that tell this event apart from others
    predicate: str = ""
    actors: tuple[str, ...] = ()
    place: str | None = None
    object: str | None = None
    status: Status = Status.OCCURRED
    attribution: str | None = None
    quoted: bool = False  # told inside a direct quotation
    authority: Authority = Authority.OWN
    mention: Mention | None = None
    interval: Interval | None = None
    role: Role = Role.INSTANT
    lasts: timedelta | None = None  # a duration told of the event, where its time is no clock time to add it to
    row: bool = False  # told in a row of a list or table, which tells one event
    several: bool = False  # sums up several events ("met one after another"); it is none of them by itself
    relations: tuple[Relation, ...] = ()
    superseded: Literal["plan", "correction"] | None = None
    told_past: bool = True  # told as over when the report appeared
    published: AwareDatetime | None = None  # the last moment at which the report may have appeared
    must_link: tuple[str, ...] = ()  # claims of the same event by the sentence's own wording ("X로 정정했다")
    note: str = ""


# --- events


class Evidence(Frozen):
    """One row of a confidence: its reason in words, its weight in bits (log2 odds), and the claims it rests on."""

    reason: str
    weight: float
    claims: tuple[str, ...] = ()


class Level(StrEnum):
    """high >= 0.85, medium >= 0.60, low below."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Confidence(Frozen):
    """The probability that ``time.best``, at its grain and tolerance, is right: prior plus the evidence rows, in bits."""

    level: Level
    probability: float
    evidence: tuple[Evidence, ...] = ()


class Conflict(Frozen):
    """A disagreement: what about (kind), whether both can be true (severity), its name (cause), one plain sentence.

    ``sides`` groups the claim ids that stand together; ``would_change`` says what would change the answer.
    """

    kind: Literal["time", "status", "place", "number"]
    severity: Literal["minor", "major"]
    cause: Literal["rounding", "refinement", "definition", "superseded_plan", "correction", "contradiction"]
    note: str
    claims: tuple[str, ...] = ()
    sides: tuple[tuple[str, ...], ...] = ()
    would_change: str = ""


class EventTime(Frozen):
    """The reconciled time: the best estimate, its nominal interval, and the widest window the claims allow.

    ``text`` is the strongest claim's own expression; ``resolved`` is false where two readings stand unreconciled, and
    ``readings`` then holds them.
    """

    best: AwareDatetime
    start: AwareDatetime | None
    end: AwareDatetime | None
    earliest: AwareDatetime | None
    latest: AwareDatetime | None
    grain: Grain
    approximate: bool = False
    text: str = ""
    timex3: str = ""
    resolved: bool = True
    readings: tuple[Interval, ...] = ()


class Event(Frozen):
    """What several claims tell together. ``time`` is ``None`` for an event known by order only; ``constraint`` says which."""

    id: str
    title: str
    actors: tuple[str, ...] = ()
    place: str | None = None
    action: str = ""
    status: Status
    time: EventTime | None
    confidence: Confidence
    conflicts: tuple[Conflict, ...] = ()
    independent_origins: int
    claims: tuple[Claim, ...]
    constraint: str = ""
    notes: tuple[str, ...] = ()  # superseded plans, corrections, how the answer was reached; plain sentences


class Ordering(Frozen):
    """One event certainly before another, and why."""

    before: str
    after: str
    why: str


class Gap(Frozen):
    """A stretch with no known event between two consecutive ones."""

    start: AwareDatetime
    end: AwareDatetime
    after: str
    before: str


class Itinerary(Frozen):
    """Everything the reports need: documents, dated events in order, undated ones, orderings, gaps, problems."""

    title: str
    timezone: str
    generator: str
    inputs_sha256: str
    documents: tuple[Document, ...]
    events: tuple[Event, ...]
    undated: tuple[Event, ...] = ()
    order: tuple[Ordering, ...] = ()
    gaps: tuple[Gap, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = ""
    """Of the program's own sentences; empty: that of most reports."""
