"""RSS and Atom: every entry a report. feedparser finds the fields; dates are read by us from the strings as printed.

feedparser's own dates are passed over: it takes a stamp without a zone for UTC and some Korean ones for other days.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo
from io import BytesIO
from typing import Any

import feedparser

from sources import credits, stamps
from sources.draft import Draft, Note, Piece, Stamp
from sources.formats import html
from sources.limits import RECORDS
from timeline.errors import InputError
from timeline.model import Basis, BlockKind, Problem, StampKind

_DATES = (
    ("published", StampKind.PUBLISHED, 1),
    ("created", StampKind.PUBLISHED, 3),
    ("updated", StampKind.MODIFIED, 1),
)
_MARKUP = re.compile(r"<[a-zA-Z!/][^>]*>")


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    """A draft for each entry, numbered from 1. Raises :class:`InputError` for XML that is no feed or has entities."""
    if re.search(rb"<!ENTITY", data[:65_536], re.IGNORECASE):
        raise InputError(name, "XML that declares entities of its own; not read (they can be made to grow without end)")
    parsed = feedparser.parse(BytesIO(data))
    entries = parsed.get("entries") or []
    if not entries:
        raise InputError(name, "XML, but no RSS or Atom feed with entries")
    if len(entries) > RECORDS:
        raise InputError(name, f"{len(entries):,} entries; the limit is {RECORDS:,}")
    for record, entry in enumerate(entries, start=1):
        yield _draft(entry, parsed.get("feed") or {}, record, name, zone)


def _draft(entry: Any, feed: Any, record: int, name: str, zone: tzinfo) -> Draft | Problem:
    title = _plain(entry.get("title"))
    pieces = tuple(_pieces(entry, name, zone))
    if not pieces and not title:
        return Problem(file=name, error=f"entry {record}: no text in it")
    headline = (Piece(title, BlockKind.HEADLINE),) if title else ()
    source, named = entry.get("source") or {}, _plain(feed.get("title")) or ""
    return Draft(
        pieces=(*headline, *pieces),
        record=record,
        title=title,
        outlet=_plain(source.get("title")) or _plain(entry.get("publisher")) or credits.feed_outlet(named) or None,
        byline=_plain(entry.get("author")),
        url=_url(entry.get("link")),
        stamps=tuple(_stamps(entry, zone)),
    )


def _pieces(entry: Any, name: str, zone: tzinfo) -> Iterator[Piece]:
    """The entry's full content, or its summary."""
    values = [part.get("value") or "" for part in entry.get("content") or []]
    text = max([*values, entry.get("summary") or ""], key=len)
    if not _MARKUP.search(text):
        yield from [Piece(text)] if text.strip() else []
        return
    try:
        for draft in html.read(f"<html><body>{text}</body></html>".encode(), name, zone):
            yield from draft.pieces
    except InputError:
        return


def _stamps(entry: Any, zone: tzinfo) -> Iterator[Stamp]:
    """The entry's dates; one that gives only ``updated`` was published then at the latest, so it stays undated."""
    for key, kind, rank in _DATES:
        text = _raw(entry, key)
        if text:
            note = Note("feed", key)
            yield Stamp(f"{key}: {text}"[:120], kind, Basis.METADATA, note, stamps.parse(text, zone), rank)


def _raw(entry: Any, key: str) -> str | None:
    if key not in entry.keys():  # noqa: SIM118 - the dictionary answers "updated" with "published" otherwise
        return None
    return _plain(entry.get(key))


def _plain(value: Any) -> str | None:
    return re.sub(r"\s+", " ", _MARKUP.sub("", str(value))).strip() or None if value else None


def _url(value: Any) -> str | None:
    return value if isinstance(value, str) and re.match(r"https?://\S+$", value) else None
