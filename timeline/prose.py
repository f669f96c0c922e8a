"""What a language pack reads out of prose: statements, each a clause that tells an event (or why it tells none).

A statement is still of one document and in the language's own words; :mod:`timeline.claims` makes claims of them. The engine
compares statements by their classes of action (language-neutral words such as ``arrive``) and their content words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, Protocol

from timeline.errors import LanguagePackError
from timeline.interval import Frozen
from timeline.model import Authority, Document, Mention, Role, Span, Status

TIMES_OF_A_SENTENCE = 40
"""Time expressions read in one sentence, the first ones; a sentence with more is no prose, and its reading would grow
with the third power of them."""


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
    several: bool = False  # sums up several events of a stretch ("met one after another")
    refers: bool = False  # points back at an event already told ("at that day's meeting")
    no_event: NoEvent | None = None


@dataclass(slots=True)
class Reading:
    """What the verbs say: the status, whether it is told as over, who vouches, and whether it is taken back, moved or replaces."""

    status: Status
    told_past: bool
    hearsay: bool = False
    retracted: bool = False
    replaces: bool = False
    moved: bool = False
    present: bool = False
    state: bool = False  # a continuing state rather than an event


class ActionRow(Frozen):
    """One class of action: its nouns, verbs (base form), weak words, phrases, and classes told of the same event."""

    name: str
    nouns: tuple[str, ...] = ()
    verbs: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


class ActionClasses:
    """The classes of action of a pack, to look words up in; one noun or verb belongs to one class only.

    ``shared`` are words two classes honestly share: the first class keeps them. Raises LanguagePackError for a word in two
    classes and for a class ``near`` one that does not exist.
    """

    def __init__(self, rows: Iterable[ActionRow], shared: Set[str] = frozenset()) -> None:
        self.nouns: dict[str, str] = {}
        self.verbs: dict[str, str] = {}
        self.weak: dict[str, str] = {}
        self.near: dict[str, frozenset[str]] = {}
        self.phrases: list[tuple[str, str]] = []
        rows = tuple(rows)
        names = {row.name for row in rows}
        for row in rows:
            _add(self.nouns, row.nouns, row.name, shared)
            _add(self.verbs, row.verbs, row.name, shared)
            for word in row.weak:
                self.weak.setdefault(word, row.name)
            self.phrases += [(phrase, row.name) for phrase in row.phrases]
            if unknown := set(row.near) - names:
                raise LanguagePackError(f"events.toml, action {row.name!r}: near names unknown {sorted(unknown)!r}")
            self.near[row.name] = frozenset(row.near)

    def in_text(self, text: str) -> tuple[str, ...]:
        """Classes told by a fixed phrase of the text, each once."""
        return tuple(dict.fromkeys(name for phrase, name in self.phrases if phrase in text))


def _add(table: dict[str, str], words: Iterable[str], name: str, shared: Set[str]) -> None:
    for word in words:
        if table.setdefault(word, name) != name and word not in shared:
            raise LanguagePackError(f"events.toml: {word!r} is in both {table[word]!r} and {name!r}: keep it in one")


def is_ahead(document: Document, mention: Mention) -> bool | None:
    """True where the time lies after publication, False where before, None on the same stretch or unknown."""
    published, interval = document.publication.interval, mention.interval
    if published is None or interval is None or interval.start is None or published.start is None:
        return None
    limit = published.end or published.start
    if interval.start >= limit or (published.grain.is_clock() and interval.start > published.start):
        return True
    if interval.end is not None and interval.end <= published.start:
        return False
    if interval.grain.is_clock() and published.grain.is_clock():
        return interval.start > published.start
    return None


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
