"""The bytes of one input of a known format, read into documents; what stops the reading is a problem after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from sources import assemble, encoding, sniff
from sources.draft import Draft
from sources.sniff import Format
from timeline.errors import InputError
from timeline.model import Document, Problem


def parse(kind: Format, data: bytes, name: str, zone: tzinfo) -> Iterator[Document | Problem]:
    """The documents of some bytes, in order."""
    try:
        for draft in sniff.reader(kind)(data, name, zone):
            yield draft if isinstance(draft, Problem) else _document(draft, name, zone)
    except InputError as error:
        yield Problem(file=name, error=error.reason)
    except encoding.NotTextError as error:
        yield Problem(file=name, error=f"{error} ({sniff.describe(data)})")
    except Exception as error:  # hostile bytes may trip a library; one input must never cost the others
        yield Problem(file=name, error=f"its reader failed: {type(error).__name__}: {str(error)[:100]}")


def _document(draft: Draft, name: str, zone: tzinfo) -> Document | Problem:
    try:
        return assemble.document(draft, name, zone)
    except InputError as error:
        place = f"record {draft.record}: " if draft.record is not None else ""
        return Problem(file=name, error=f"{place}{error.reason}")
