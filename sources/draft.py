"""What a format reader hands over: a report as found, before structure, credits and publication are settled."""

from __future__ import annotations

from dataclasses import dataclass

from timeline.interval import Interval
from timeline.model import Basis, BlockKind, StampKind


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of a date: a key of ``tables/notes.toml`` and what fills it."""

    key: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A date found on a report: the words, what it is a date of, the time it denotes (``None`` if it cannot be read).

    ``rank`` orders stamps of one kind and basis, smallest first: the label or field nearest to "made public" wins.
    """

    quote: str
    kind: StampKind
    basis: Basis
    note: Note
    interval: Interval | None = None
    rank: int = 50


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; ``kind`` is set where the format itself says what it is (a caption element, a table row)."""

    text: str
    kind: BlockKind | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A report as found in a file: its pieces in reading order, and what the format says about it in its own fields."""

    pieces: tuple[Piece, ...]
    record: int | None = None
    title: str | None = None
    outlet: str | None = None
    byline: str | None = None
    url: str | None = None
    language: str | None = None
    official: bool = False
    mail: bool = False
    stamps: tuple[Stamp, ...] = ()
    notes: tuple[str, ...] = ()
