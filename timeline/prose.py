"""What a language pack reads out of prose: statements, each a clause that tells an event (or why it tells none).

A statement is still of one document and in the language's own words; :mod:`timeline.claims` makes claims of them. The engine
compares statements by their classes of action (language-neutral words such as ``arrive``) and their content words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from timeline.model import Authority, Document, Mention, Role, Span, Status


class NoEvent(StrEnum):
    """Why a time expression tells no event."""

    ATTRIBUTION = "attribution"  # "on the 1st the agency said that"
    DURATION = "duration"
    RECURRENCE = "recurrence"
    STATE = "state"  # a continuing state or the moment of writing
    REPEATED = "repeated"  # the headline says it again
    NO_PREDICATE = "no predicate"
    GENERAL = "general"  # a rule or a habit, not something that happened


@dataclass(frozen=True, slots=True)
class Statement:
    """One clause about one event. ``actions`` are classes of action, the head's first; ``content`` the words that tell it apart.

    ``cue`` says how it stands to the statement told before it, or to the event ``cue_word`` names. ``told_past`` is true
    where the text tells it as over (the event precedes publication), whatever its status.
    """

    document: str
    sentence: Span
    span: Span
    mention: Mention | None
    predicate: str
    actions: tuple[str, ...]
    content: tuple[str, ...]
    actors: tuple[str, ...] = ()
    place: str | None = None
    object: str | None = None
    summary: str = ""
    status: Status = Status.OCCURRED
    told_past: bool = True
    attribution: str | None = None
    authority: Authority = Authority.OWN
    role: Role = Role.INSTANT
    cue: Literal["after", "before", "during"] | None = None
    cue_word: str = ""
    retracted: bool = False
    replaces: bool = False
    moved_plan: bool = False
    measured: str | None = None  # a duration told of the event, ISO 8601
    inside_quote: bool = False
    continues: bool = False  # goes on about the event of the statement before it
    contested: bool = False  # said by someone, only to be set against what follows ("claimed …, but")
    names_time: bool = False  # its point is the time itself ("the time of … was …")
    refers: bool = False  # points back at an event already told ("at that day's meeting")
    no_event: NoEvent | None = None


class Names(Protocol):
    """People, bodies and places learned from the documents of one case, with their short forms."""

    def full(self, name: str) -> str:
        """The fullest known form of a name (its own form where nothing more is known)."""
        ...


class Prose(Protocol):
    """Reads the statements of one document; ``learn`` looks at all documents of a case first."""

    def learn(self, documents: Sequence[Document]) -> Names:
        """People, bodies and places of the case."""
        ...

    def read(self, document: Document, mentions: Sequence[Mention], names: Names) -> tuple[Statement, ...]:
        """The statements of a document in text order; ``mentions`` are resolved and in text order."""
        ...
