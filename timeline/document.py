"""Documents: a report as read, its structure, and what is known of where and when it was published.

Offsets (:class:`Span`) are Unicode code points of ``Document.text``, which is NFC. Ids are hashes of content.
"""

from __future__ import annotations

import hashlib
from enum import StrEnum

from timeline.interval import Frozen, Interval


def content_id(prefix: str, *parts: object) -> str:
    """A short stable id: the prefix and the first 12 hex digits of the SHA-256 of the parts."""
    digest = hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()
    return f"{prefix}{digest[:12]}"


class Span(Frozen):
    """A half-open range of code points, ``text[start:end]``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters the span covers."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: Span) -> bool:
        """Whether the other lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


class Basis(StrEnum):
    """How a publication time is known, strongest first."""

    STATED = "stated"
    METADATA = "metadata"
    CAPTION = "caption"
    INFERRED = "inferred"
    UNKNOWN = "unknown"


class StampKind(StrEnum):
    """What a date found on or around a report is a date of. Only PUBLISHED and CAPTION may date the report."""

    PUBLISHED = "published"
    MODIFIED = "modified"
    CAPTION = "caption"
    CRAWL = "crawl"
    PORTAL = "portal"
    SIDEBAR = "sidebar"
    INFERRED = "inferred"


class PublicationEvidence(Frozen):
    """One date found for a report: the words it was read from, what it is, and why it was used or refused."""

    quote: str
    note: str
    kind: StampKind = StampKind.PUBLISHED
    used: bool = True


class Publication(Frozen):
    """The document creation time (DCT): an interval at its grain (minute or day), how it is known, and the evidence."""

    interval: Interval | None = None
    basis: Basis = Basis.UNKNOWN
    evidence: tuple[PublicationEvidence, ...] = ()

    def text(self) -> str | None:
        """ISO 8601 with offset to the minute, or the bare day where only the day is known."""
        if self.interval is None or self.interval.start is None:
            return None
        if self.interval.grain.is_clock():
            return self.interval.start.isoformat()
        return self.interval.start.date().isoformat()


class BlockKind(StrEnum):
    """What a stretch of a document is. Furniture (BYLINE, STAMP, BOILERPLATE, SIDEBAR) tells no events."""

    HEADLINE = "headline"
    SUBHEAD = "subhead"  # 부제, deck
    HEADING = "heading"  # a heading inside the body; ends the narrative focus
    BODY = "body"  # a paragraph
    CAPTION = "caption"
    SPEECH = "speech"  # a quoted interview line of a broadcast script
    LIST = "list"  # one item of a list or timeline box
    TABLE = "table"
    BYLINE = "byline"
    STAMP = "stamp"  # publication and modification lines
    BOILERPLATE = "boilerplate"
    SIDEBAR = "sidebar"  # other articles, comments, adverts

    @property
    def is_content(self) -> bool:
        """Whether events may be told here."""
        return self not in _FURNITURE


_FURNITURE = frozenset({BlockKind.BYLINE, BlockKind.STAMP, BlockKind.BOILERPLATE, BlockKind.SIDEBAR})


class Block(Frozen):
    """A stretch of a document of one kind; ``credit`` names the agency a caption or paragraph is credited to."""

    kind: BlockKind
    span: Span
    credit: str | None = None


class Document(Frozen):
    """One report as read: its text (NFC), its structure, and what is known of where and when it was published.

    ``file`` is the path below the given input, ``record`` the number within a multi-record file (from 1) or ``None``.
    ``origin`` names the writing this one goes back to (its own id, or the original's); ``copy_of`` the id it repeats.
    """

    id: str
    file: str
    record: int | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str = "ko"
    text: str
    blocks: tuple[Block, ...] = ()
    publication: Publication = Publication()
    agency: str | None = None  # the wire service the text is credited to, if not the outlet itself
    official: bool = False  # a primary record: press release, agency statement
    copy_of: str | None = None
    origin: str = ""


class Problem(Frozen):
    """An input that could not be read, and why."""

    file: str
    error: str
