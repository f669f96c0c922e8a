"""Which reader reads some bytes: by what they hold first, by the file's name only where the content leaves it open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import tzinfo
from enum import StrEnum
from importlib import import_module

from sources import encoding
from sources.draft import Draft
from sources.fields import is_header
from timeline.model import Problem

Reader = Callable[[bytes, str, tzinfo], Iterator[Draft | Problem]]


class Format(StrEnum):
    """An input format; the value is the module and function that read it."""

    TEXT = "text.read"
    HTML = "html.read"
    JSON = "records.read"
    JSONL = "records.read_lines"
    TABLE = "table.read"
    FEED = "feed.read"
    MAIL = "mail.read"
    MAILBOX = "mail.read_box"
    PDF = "pdf.read"
    DOCX = "docx.read"
    WARC = "warc.read"
    ARCHIVE = "archive"
    BINARY = "binary"


def reader(kind: Format) -> Reader:
    """The function that reads a format, its module loaded on first use."""
    module, _, function = kind.value.partition(".")
    return getattr(import_module(f"sources.formats.{module}"), function)  # type: ignore[no-any-return]


_MAGIC = (
    (b"%PDF-", Format.PDF),
    (b"WARC/", Format.WARC),
    (b"PK\x03\x04", Format.ARCHIVE),
    (b"PK\x05\x06", Format.ARCHIVE),
)
_NAMES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"RIFF": "a picture, sound or film file",
    b"\x1f\x8b": "gzip data",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"\xd0\xcf\x11\xe0": "an old Office (.doc, .xls) or HWP file",
    b"\x7fELF": "a program",
    b"MZ": "a program",
    b"SQLite format 3": "an SQLite database",
    b"HWP Document": "an HWP file",
}
_MAIL = re.compile(rb"\A(?:[\w-]{2,40}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}", re.MULTILINE)
_MAIL_NAMES = re.compile(rb"(?mi)^(?:from|subject|date|received|message-id|mime-version|return-path|to):")


def sniff(data: bytes, name: str) -> Format:
    """The format of some bytes; ``name`` decides between text, tables and lines of JSON that look alike."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return _zip_kind(data) if kind is Format.ARCHIVE else kind
    if data.startswith(b"\x1f\x8b") and reads_warc(data):
        return Format.WARC
    if any(data.startswith(magic) for magic in _NAMES):
        return Format.BINARY
    head = _head(data)
    return _marked_up(head) or _structured(head, data, name.lower()) or Format.TEXT


def reads_warc(data: bytes) -> bool:
    """Whether gzip data holds a web archive."""
    from sources.formats.warc import is_gzipped

    return is_gzipped(data)


def describe(data: bytes) -> str:
    """What refused bytes look like, in words."""
    found = next((words for magic, words in _NAMES.items() if data.startswith(magic)), None)
    return f"looks like {found}" if found else "binary data"


def _head(data: bytes) -> bytes:
    """The first kilobytes as plain bytes, UTF-16 narrowed so that markup in it is seen."""
    head = data[:8192].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or (head[1:2] == b"\x00" and head[3:4] == b"\x00"):
        head = head.replace(b"\x00", b"").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return head.lstrip()


def _zip_kind(data: bytes) -> Format:
    return Format.DOCX if b"word/" in data[:4096] or b"word/document.xml" in data[-65_536:] else Format.ARCHIVE


_PROLOG = rb"(?:<!--(?:(?!-->).)*-->\s*|<!doctype[^>\[]*(?:\[[^\]]*\])?\s*>\s*|<\?[^>]*\?>\s*)*"
_FEED = re.compile(_PROLOG + rb"<(?:rss|feed|rdf:rdf)\b", re.DOTALL)
_PAGE = re.compile(rb"<(?:!doctype html|html|head|body|meta|title|article|div|p|table|script|h1|section|main|span)\b")


def _marked_up(head: bytes) -> Format | None:
    low = head[:4096].lower()
    if not low.startswith(b"<"):
        return None
    if _FEED.match(low):
        return Format.FEED
    if _PAGE.search(low):
        return Format.HTML
    return Format.FEED if low.startswith(b"<?xml") else None


def _structured(head: bytes, data: bytes, name: str) -> Format | None:
    if head.startswith(b"From ") and re.match(rb"From \S+[^\n]*\d{4}\s*\n[\w-]+:", head):
        return Format.MAILBOX
    if _MAIL.match(head) and len(set(_MAIL_NAMES.findall(head))) >= 2:
        return Format.MAIL
    if head[:1] in (b"{", b"["):
        return _json_kind(head, data, name)
    if name.endswith((".jsonl", ".ndjson")):
        return Format.JSONL
    if name.endswith((".csv", ".tsv")) or _is_table(head):
        return Format.TABLE
    return None


def _is_table(head: bytes) -> bool:
    """Whether the first line names fields of reports, cut by a delimiter."""
    first = head.split(b"\n", 1)[0].strip()
    if len(first) > 500 or not any(mark in first for mark in (b",", b"\t", b";")):
        return False
    try:
        text = encoding.decode(first)
    except encoding.NotTextError:
        return False
    delimiter = max("\t,;|", key=text.count)
    return is_header([cell.strip(' "') for cell in text.split(delimiter)])


def _json_kind(head: bytes, data: bytes, name: str) -> Format | None:
    if name.endswith((".jsonl", ".ndjson")):
        return Format.JSONL
    first = data.split(b"\n", 1)[0].strip()
    if name.endswith(".json"):
        return Format.JSONL if head[:1] == b"{" and first.endswith(b"}") and b"\n{" in data else Format.JSON
    if re.match(rb"\{\s*\"|\[\s*\{\s*\"|\[\s*\]", head):
        return Format.JSONL if head[:1] == b"{" and first.endswith(b"}") and b"\n{" in data else Format.JSON
    return None
