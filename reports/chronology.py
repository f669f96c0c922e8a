"""A chronology for people, as rows and numbered notes: what Markdown and Word write out in their own way.

One row for each event, in order; each claim is a note with its outlet, publication time, exact quote and address. A
document told more than once has a note for each quote, since the quotes differ.
"""

from __future__ import annotations

from dataclasses import dataclass

from reports.naming import teller
from reports.plain import link, one_line, shorten
from reports.words import Wording, wording
from timeline.model import Claim, Document, Event, Itinerary, Status

_QUOTE_LIMIT = 600  # code points


@dataclass(frozen=True)
class Note:
    """A source: who, when published, the quote, what to mind (superseded, copied), where."""

    number: int
    text: str
    url: str | None


@dataclass(frozen=True)
class Row:
    """One event in words."""

    when: str
    window: str | None
    title: str
    details: tuple[str, ...]
    confidence: str
    sources: str
    notes: tuple[Note, ...]


@dataclass(frozen=True)
class Chronology:
    """The whole, in the language of the reports."""

    title: str
    about: str
    words: Wording
    rows: tuple[Row, ...]
    undated: tuple[Row, ...]
    problems: tuple[str, ...]


def chronology(itinerary: Itinerary) -> Chronology:
    """The itinerary as rows and notes; notes are numbered through, from 1."""
    words = wording(itinerary)
    teller = _Teller(words, {document.id: document for document in itinerary.documents})
    return Chronology(
        title=one_line(itinerary.title),
        about=words.says(
            "about", documents=len(itinerary.documents), events=len(itinerary.events), zone=itinerary.timezone
        ),
        words=words,
        rows=tuple(teller.row(event) for event in itinerary.events),
        undated=tuple(teller.row(event) for event in itinerary.undated),
        problems=tuple(f"{one_line(problem.file)}: {one_line(problem.error)}" for problem in itinerary.problems),
    )


class _Teller:
    def __init__(self, words: Wording, documents: dict[str, Document]) -> None:
        self.words = words
        self.documents = documents
        self.count = 0

    def row(self, event: Event) -> Row:
        words, labels = self.words, self.words.words
        percent = round(100 * event.confidence.probability)
        return Row(
            when=words.when(event.time),
            window=None if event.time is None else words.window(event.time),
            title=one_line(event.title),
            details=tuple(self._details(event)),
            confidence=f"{labels.level[event.confidence.level]} ({percent}%)",
            sources=words.says("sources", claims=len(event.claims), origins=event.independent_origins),
            notes=tuple(self._note(claim) for claim in event.claims),
        )

    def _details(self, event: Event) -> list[str]:
        words, labels = self.words, self.words.words
        said = [] if event.status is Status.OCCURRED else [words.says("status", status=labels.status[event.status])]
        if event.place:
            said.append(f"{labels.table['place']}: {one_line(event.place)}")
        if event.constraint:
            said.append(words.says("constraint", constraint=one_line(event.constraint)))
        for conflict in event.conflicts:
            severity = labels.severity[conflict.severity]
            said.append(words.says("conflict", severity=severity, note=one_line(conflict.note)))
        return said + [one_line(note) for note in event.notes]

    def _note(self, claim: Claim) -> Note:
        self.count += 1
        document = self.documents.get(claim.document)
        labels = self.words.words
        outlet = teller(claim, document)
        quote = f"“{shorten(one_line(claim.quote), _QUOTE_LIMIT)}”"
        parts = [outlet, self._published(document), quote]
        if claim.superseded is not None:
            parts.append(f"[{labels.superseded[claim.superseded]}]")
        return Note(self.count, ", ".join(parts), link(document.url) if document else None)

    def _published(self, document: Document | None) -> str:
        labels = self.words.words
        publication = None if document is None else document.publication
        if publication is None or publication.interval is None or publication.interval.start is None:
            return labels.unpublished
        said = self.words.moment(publication.interval.start, publication.interval.grain)
        return f"{said} ({labels.basis[publication.basis]})"
