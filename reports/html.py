"""The timeline as one HTML file that needs nothing else: it opens from disk, asks no network, reads unscripted.

All outside text goes through the template's escaping or, in data blocks, through ``reports.page.assets.data_block``.
The same itinerary gives the same bytes.
"""

from __future__ import annotations

from typing import Any

from reports.figure import overview
from reports.ics import to_ics
from reports.page.assets import data_block, packed, policy, scripts, style
from reports.page.evidence import Library, document_view
from reports.page.index import facets, index
from reports.page.origins import origins
from reports.page.palette import PALETTE
from reports.page.picture import Picture, picture
from reports.page.rows import Day, Row, days, row
from reports.page.scene import PAPER, Scene, scene, zone_line
from reports.page.template import template
from reports.page.words import Phrase, Words
from reports.plain import one_line
from reports.record import to_record
from reports.tables import to_csv
from reports.words import language
from timeline.model import Itinerary, Status

_LAZY = 400  # claims; above this the rows are kept as text until they come near the screen
_CHUNK = 40  # rows of one heading and of one lazy piece


def to_html(itinerary: Itinerary) -> str:
    """The page. It opens in the language asked for, or that of most reports, and holds both."""
    words = Words(language(itinerary), itinerary.timezone)
    library = Library(itinerary, origins(itinerary), words)
    drawn = scene(itinerary, words)
    blocks = _blocks(itinerary, library, drawn)
    allowed = scripts(drawn is not None)
    content = {
        **_head(itinerary, words),
        **_list(itinerary, library),
        "blocks": {name: data_block(value) for name, value in blocks.items()},
        "first": ("words", "figure"),  # read by the scripts before the list is
        "later": ("record", "exports"),  # read on demand, so they stand at the end of the file
        "facets": facets(blocks["index"]),
        "scripts": allowed,
        "packed": packed().text if drawn else "",
        "policy": policy((packed(), *allowed) if drawn else allowed),
        "pictures": _pictures(itinerary, drawn, words) if drawn else (),
    }
    return template(words).render(content)


def _head(itinerary: Itinerary, words: Words) -> dict[str, Any]:
    first, second = words.languages
    return {
        "itinerary": itinerary,
        "title": one_line(itinerary.title),
        "language": first,
        "other_language": second,
        "other_name": words.other(),
        "zone": zone_line(itinerary, words),
        "statuses": [status.value for status in Status],
        "style": style(),
        "palette": PALETTE,
    }


def _list(itinerary: Itinerary, library: Library) -> dict[str, Any]:
    dated = tuple(days(itinerary.events, library, _CHUNK))
    untimed = enumerate(itinerary.undated, len(itinerary.events) + 1)
    undated = tuple(row(event, number, library) for number, event in untimed)
    rows = tuple(told for day in dated for told in day.rows) + undated
    return {
        "chunks": _chunks(dated),
        "undated": undated,
        "rows": rows,
        "summary": _summary(itinerary, rows, library.words),
        "documents": [document_view(document, library) for document in itinerary.documents],
        "lazy": sum(told.claims for told in rows) > _LAZY,
    }


def _summary(itinerary: Itinerary, rows: tuple[Row, ...], words: Words) -> list[Phrase]:
    counts = {
        "events": len(rows),
        "claims": sum(told.claims for told in rows),
        "reports": len(itinerary.documents),
        "origins": len({document.origin or document.id for document in itinerary.documents}),
        "conflicts": sum(told.disputed for told in rows),
        "undated": len(itinerary.undated),
    }
    always = ("events", "claims", "reports", "origins")
    return [words.say(f"ui.summary_{name}", n=n) for name, n in counts.items() if n or name in always]


def _chunks(dated: tuple[Day, ...]) -> list[list[Day]]:
    """Headings gathered into pieces of about :data:`_CHUNK` rows."""
    pieces: list[list[Day]] = [[]]
    for day in dated:
        if sum(len(held.rows) for held in pieces[-1]) >= _CHUNK:
            pieces.append([])
        pieces[-1].append(day)
    return [piece for piece in pieces if piece]


def _pictures(itinerary: Itinerary, drawn: Scene, words: Words) -> tuple[Picture, ...]:
    """The overview for the screen and, where its events carry texts, packed anew for paper."""
    screen = picture(drawn, words)
    if not screen.labels:
        return (screen._replace(kind="both"),)
    packed_anew = scene(itinerary, words, PAPER)
    assert packed_anew is not None
    return screen, picture(packed_anew, words, PAPER)


def _blocks(itinerary: Itinerary, library: Library, drawn: Scene | None) -> dict[str, Any]:
    """What the scripts read: the record, the filters' index, the words, the other exports and the figure if any."""
    words = library.words
    events, claims = to_csv(itinerary)
    blocks: dict[str, Any] = {
        "record": to_record(itinerary).model_dump(mode="json"),
        "index": index(itinerary, library),
        "words": {"order": words.languages, "fixed": words.fixed(), **words.script()},
        "exports": {"events": events.decode(), "claims": claims.decode(), "ics": to_ics(itinerary).decode()},
    }
    return {**blocks, "figure": overview(drawn, words)} if drawn else blocks
