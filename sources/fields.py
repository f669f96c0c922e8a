"""Records with named fields (JSON, CSV, front matter) as drafts, by the field names of common exports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import Any

from sources import stamps
from sources.draft import Draft, Note, Piece, Stamp
from sources.vocabulary import vocabulary
from timeline.model import Basis, BlockKind, StampKind

_KINDS = {"published": StampKind.PUBLISHED, "modified": StampKind.MODIFIED, "crawl": StampKind.CRAWL}


def draft_of(
    fields: Mapping[str, Any], zone: tzinfo, *, pieces: Sequence[Piece] = (), record: int | None = None
) -> Draft:
    """The draft of a record; ``pieces`` stand for the text where it does not come from a field."""
    known = {_plain(str(key)): value for key, value in fields.items()}
    title = _text(_get(known, "title"))
    return Draft(
        pieces=tuple(pieces) or _pieces(known, title),
        record=record,
        title=title,
        outlet=_text(_get(known, "outlet")),
        byline=_text(_get(known, "byline")),
        url=_url(_get(known, "url")),
        language=_language(_text(_get(known, "language"))),
        stamps=tuple(_stamps(fields, zone)),
    )


def has_text(fields: Mapping[str, Any]) -> bool:
    """Whether a record carries a report's text under a known name."""
    known = {_plain(str(key)): value for key, value in fields.items()}
    return any(_text(known.get(name)) for name in (*vocabulary().fields["text"], *vocabulary().fields["html"]))


def is_header(cells: Sequence[str]) -> bool:
    """Whether a row names fields of reports: a text field and at least one other known one."""
    known = {name for names in vocabulary().fields.values() for name in names}
    plain = [_plain(cell) for cell in cells]
    texts = {*vocabulary().fields["text"], *vocabulary().fields["html"]}
    return any(cell in texts for cell in plain) and (len(cells) == 1 or sum(cell in known for cell in plain) > 1)


def html_of(fields: Mapping[str, Any]) -> str | None:
    """The record's text as HTML: a field named so where no plain text stands beside it, or a text that is markup."""
    known = {_plain(str(key)): value for key, value in fields.items()}
    text, page = _text(_get(known, "text")), _text(_get(known, "html"))
    if text and len(re.findall(r"</?(?:p|div|br|figure|span|a|table)\b[^>]*>", text, re.IGNORECASE)) >= 2:
        return text
    return page if page and not text else None


def _pieces(known: Mapping[str, Any], title: str | None) -> tuple[Piece, ...]:
    found: list[Piece] = []
    text = _text(_get(known, "text")) or ""
    if title and not _plain(text[: len(title) * 2]).startswith(_plain(title)):
        found.append(Piece(title, BlockKind.HEADLINE))
    subtitle = _text(_get(known, "subtitle"))
    if subtitle:
        found.append(Piece(subtitle, BlockKind.SUBHEAD))
    found.append(Piece(text))
    captions = _get(known, "caption")
    for caption in captions if isinstance(captions, list) else [captions]:
        kept = _text(caption)
        if kept and kept not in text:
            found.append(Piece(kept, BlockKind.CAPTION))
    return tuple(found)


def _stamps(fields: Mapping[str, Any], zone: tzinfo) -> list[Stamp]:
    found: list[Stamp] = []
    for key, value in fields.items():
        text = _text(value)
        if not text:
            continue
        for field, kind in _KINDS.items():
            names = vocabulary().fields[field]
            if _plain(str(key)) in names:
                rank = names.index(_plain(str(key)))
                note = Note("field", str(key)[:40])
                found.append(Stamp(text[:120], kind, Basis.METADATA, note, stamps.parse(text, zone), rank))
    return found


def _get(known: Mapping[str, Any], field: str) -> Any:
    return next((known[name] for name in vocabulary().fields[field] if _text(known.get(name))), None)


def _text(value: Any) -> str | None:
    """A field's value as text: numbers as digits, lists joined, an object's name or title."""
    if value is None or isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return f"{value:.0f}" if isinstance(value, float) and value.is_integer() else str(value)
    if isinstance(value, Mapping):
        return next(
            (text for key in ("name", "title", "value", "#text", "rendered") if (text := _text(value.get(key)))), None
        )
    if isinstance(value, Sequence) and not isinstance(value, str):
        parts = [text for item in list(value)[:200] if (text := _text(item))]
        separator = "\n" if any(len(part) > 40 for part in parts) else ", "
        return separator.join(parts) or None
    return str(value).strip() or None


def _url(value: Any) -> str | None:
    text = _text(value)
    return text if text and re.match(r"https?://\S+$", text) else None


def _language(text: str | None) -> str | None:
    code = (text or "").lower()[:2]
    return code if code in ("ko", "en") else None


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
