"""Who says it: the independent origins of an itinerary, each with one name, one mark and the outlets that carry it."""

from __future__ import annotations

from typing import NamedTuple

from timeline.model import Claim, Document, Event, Itinerary

MARKS = ("circle", "square", "diamond", "triangle-up", "triangle-down", "star", "cross")
GLYPHS = "●■◆▲▼★✚"  # the same shapes as characters


class Origin(NamedTuple):
    """One independent origin: ``number`` counts from 0 in order of the documents, ``label`` names its writer.

    ``outlets`` are all that carry the text, the writer first; more than one means it was reprinted.
    """

    key: str
    number: int
    label: str
    outlets: tuple[str, ...]

    @property
    def mark(self) -> int:
        """Which of the eight shapes and colours it is drawn with."""
        return self.number % len(MARKS)

    @property
    def short(self) -> str:
        """The label with the number of further outlets, ``새벽통신 +2``."""
        return f"{self.label} +{len(self.outlets) - 1}" if len(self.outlets) > 1 else self.label


def outlet(claim: Claim, documents: dict[str, Document]) -> str:
    """The publisher of a claim, or the file where no publisher is known."""
    document = documents.get(claim.document)
    return claim.outlet or (outlet_of(document) if document else claim.document)


def outlet_of(document: Document) -> str:
    """The publisher of a document, or its file where none is known."""
    return document.outlet or document.file


def origins(itinerary: Itinerary) -> dict[str, Origin]:
    """Every origin a document or claim goes back to, by key, in order of the documents."""
    documents = {document.id: document for document in itinerary.documents}
    carriers: dict[str, list[str]] = {}
    for document in itinerary.documents:
        carriers.setdefault(document.origin or document.id, []).append(outlet_of(document))
    for claim in _claims(itinerary):
        carriers.setdefault(claim.origin, []).append(outlet(claim, documents))
    return {key: _origin(key, index, told, documents) for index, (key, told) in enumerate(carriers.items())}


def _origin(key: str, index: int, told: list[str], documents: dict[str, Document]) -> Origin:
    writer = documents.get(key)
    label = outlet_of(writer) if writer else _named(key, told)
    return Origin(key, index, label, tuple(dict.fromkeys((label, *told))))


def _named(key: str, told: list[str]) -> str:
    """An origin that is no document: its one outlet if it has one, else the key's own words."""
    return told[0] if len(set(told)) == 1 else key.removeprefix("agency:")


def _claims(itinerary: Itinerary) -> list[Claim]:
    return [claim for event in all_events(itinerary) for claim in event.claims]


def all_events(itinerary: Itinerary) -> tuple[Event, ...]:
    """Dated and undated events."""
    return itinerary.events + itinerary.undated
