"""Word documents (DOCX): paragraphs and tables in order; styles say what is a title or a heading."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo
from io import BytesIO
from zipfile import BadZipFile

import docx
from docx.document import Document as Word
from docx.table import Table

from sources import stamps
from sources.draft import Draft, Note, Piece, Stamp
from sources.formats import archive, grid
from timeline.errors import InputError
from timeline.interval import Grain
from timeline.model import Basis, BlockKind, StampKind

_CELLS = 50


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft]:
    """The one draft of a document. Raises :class:`InputError` for broken files and for archives that grow too much."""
    archive.check(data, name)
    try:
        document: Word = docx.Document(BytesIO(data))
        pieces = tuple(_pieces(document))
    except InputError:
        raise
    except (BadZipFile, KeyError, ValueError, SyntaxError, OSError, AttributeError, RecursionError, TypeError) as error:
        raise InputError(name, f"a broken DOCX: {str(error)[:100] or type(error).__name__}") from error
    yield Draft(pieces, stamps=tuple(_stamps(document, zone)))


def _pieces(document: Word) -> Iterator[Piece]:
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows(item)
            continue
        style = (item.style.name or "") if item.style is not None else ""
        yield Piece(item.text, _kind(style))


def _kind(style: str) -> BlockKind | None:
    if style == "Title":
        return BlockKind.HEADLINE
    if style == "Subtitle":
        return BlockKind.SUBHEAD
    if style == "Caption":
        return BlockKind.CAPTION
    return BlockKind.HEADING if style.startswith("Heading") else None


def _rows(table: Table) -> Iterator[Piece]:
    for row in table.rows:
        yield Piece(grid.joined(cell.text for cell in row.cells[:_CELLS]), BlockKind.TABLE)


def _stamps(document: Word, zone: tzinfo) -> Iterator[Stamp]:
    """The file's own dates. They date the file (a template's are years old), never the report."""
    for key in ("created", "modified"):
        at = getattr(document.core_properties, key)
        if at is not None:
            kind = StampKind.CRAWL if key == "created" else StampKind.MODIFIED
            moment = stamps.moment(at if at.tzinfo else at.replace(tzinfo=zone), Grain.MINUTE)
            yield Stamp(f"{key}: {at.isoformat()}", kind, Basis.METADATA, Note("docx"), moment)
