"""A draft made a document: one NFC text, its blocks, credits and publication."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import tzinfo

from sources import credits, lines, publication, structure
from sources.draft import Draft, Stamp
from sources.limits import LINE_CHARACTERS, TEXT_CHARACTERS
from sources.lines import Line
from sources.structure import Labelled
from sources.vocabulary import vocabulary
from timeline.errors import InputError
from timeline.model import Block, BlockKind, Document, Span, content_id


def document(draft: Draft, file: str, zone: tzinfo) -> Document:
    """The document of a draft found in ``file``; dates without a zone are of ``zone``.

    Raises :class:`InputError` where the draft has no text or more than the limits allow.
    """
    text, found = _text(draft)
    _check(text, file)
    labelled = structure.classify(found, draft.title)
    names = credits.read(labelled, draft.outlet, draft.byline, draft.official)
    stamped = (*draft.stamps, *_in_order(publication.printed(labelled, zone)))
    identity = content_id("d", file, draft.record or "", text)
    spoken = draft.language or language(text)
    return Document(
        id=identity,
        file=file,
        record=draft.record,
        title=_titled(labelled) or draft.title or _title(text, labelled),
        outlet=names.outlet,
        byline=names.byline,
        url=draft.url,
        language=spoken,
        text=text,
        blocks=tuple(_blocks(labelled, draft)),
        publication=publication.choose(stamped, spoken),
        agency=names.agency,
        official=names.official,
        origin=identity,
    )


def _in_order(found: Sequence[Stamp]) -> tuple[Stamp, ...]:
    return tuple(dict.fromkeys(found))


def _text(draft: Draft) -> tuple[str, list[Line]]:
    """The pieces in one NFC text, and its lines with the kinds their pieces have."""
    parts: list[str] = []
    found: list[Line] = []
    at = 0
    for piece in draft.pieces:
        kept = clean(piece.text)
        if not kept.strip():
            continue
        found.extend(lines.split(kept, 0, len(kept), piece.kind) if at == 0 else _shifted(kept, at, piece.kind))
        parts.append(kept)
        at += len(kept) + 1
    return "\n".join(parts), found


def _shifted(text: str, at: int, kind: BlockKind | None) -> list[Line]:
    return [
        Line(line.start + at, line.end + at, line.text, line.preset, line.after_blank)
        for line in lines.split(text, 0, len(text), kind)
    ]


def clean(text: str) -> str:
    """NFC, one kind of line end, no control characters; everything else as it was written."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    return _CONTROL.sub(" ", text).removeprefix("\ufeff")


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\ud800-\udfff]")


def _check(text: str, file: str) -> None:
    if not text.strip():
        raise InputError(file, "no text in it")
    if len(text) > TEXT_CHARACTERS:
        raise InputError(
            file, f"{len(text):,} characters in one report; the limit is {TEXT_CHARACTERS:,}: split the file"
        )
    longest = max(map(len, text.split("\n")))
    if longest > LINE_CHARACTERS:
        raise InputError(
            file, f"a line of {longest:,} characters; the limit is {LINE_CHARACTERS:,}: this is data, not prose"
        )


def _title(text: str, labelled: Sequence[Labelled]) -> str | None:
    for item in labelled:
        if item.kind is BlockKind.HEADLINE:
            return _bare(text[item.line.start : item.line.end])
    return None


def _titled(labelled: Sequence[Labelled]) -> str | None:
    """The title on a line of the report that says it is one."""
    return next((_bare(item.line.text) for item in labelled if item.why == structure.TITLED), None)


def _bare(line: str) -> str | None:
    for pattern in vocabulary().patterns("credit", "title_label"):
        line = pattern.sub("", line)
    return line.lstrip("# ").strip() or None


def _blocks(labelled: Sequence[Labelled], draft: Draft) -> list[Block]:
    return [
        Block(
            kind=item.kind,
            span=Span(start=item.line.start, end=item.line.end),
            credit=credits.caption_credit(item.line.text) if item.kind is BlockKind.CAPTION else None,
        )
        for item in labelled
    ]


def language(text: str) -> str:
    """``ko`` or ``en`` by the share of Hangul among the letters; one in ten is enough."""
    letters = sum(map(str.isalpha, text))
    hangul = sum("\uac00" <= character <= "\ud7a3" for character in text)
    return "ko" if hangul * 10 >= letters and hangul else "en"
