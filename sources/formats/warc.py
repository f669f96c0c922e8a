"""Web archives (WARC, ISO 28500), plain or gzipped: every archived page a report; the archive's dates are crawl dates."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from email.message import Message
from email.parser import BytesHeaderParser

from sources import encoding, stamps
from sources.draft import Draft, Note, Stamp
from sources.formats import html
from sources.limits import ARCHIVE_BYTES, MEGABYTE, RECORDS
from timeline.errors import InputError
from timeline.model import Basis, Problem, StampKind

GZIP = b"\x1f\x8b"


def is_gzipped(data: bytes) -> bool:
    """Whether gzip data holds a WARC."""
    try:
        return data.startswith(GZIP) and zlib.decompressobj(31).decompress(data[:4096], 16).startswith(b"WARC/")
    except zlib.error:
        return False


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    """A draft for each page archived with status 200, numbered by record from 1.

    Raises :class:`InputError` for archives that are broken at the start or grow beyond the limits.
    """
    found = False
    for number, (header, block) in enumerate(_records(_unpacked(data, name)), start=1):
        if number > RECORDS:
            raise InputError(name, f"more than {RECORDS:,} records, the limit for one file")
        page = _page(block) if _field(header, "WARC-Type").lower() == "response" else None
        if page is None:
            continue
        found = True
        yield from _draft(page, header, name, zone, number)
    if not found:
        raise InputError(name, "a web archive without pages (no response record of status 200 holds HTML)")


def _draft(page: bytes, header: Message, name: str, zone: tzinfo, number: int) -> Iterator[Draft | Problem]:
    at = _field(header, "WARC-Date")
    crawl = Stamp(f"WARC-Date: {at}", StampKind.CRAWL, Basis.METADATA, Note("warc"), stamps.parse(at, zone))
    try:
        draft = next(html.read(page, name, zone))
    except (InputError, encoding.NotTextError) as error:
        yield Problem(file=name, error=f"record {number}: {getattr(error, 'reason', error)}")
        return
    url = _field(header, "WARC-Target-URI").strip("<> ")
    yield replace(draft, record=number, url=draft.url or url or None, stamps=(*draft.stamps, crawl))


def _unpacked(data: bytes, name: str) -> bytes:
    """The archive without its gzip members; what follows a broken member is lost, what stands before is kept."""
    if not data.startswith(GZIP):
        return data
    found, rest = bytearray(), data
    while rest:
        member = zlib.decompressobj(31)
        try:
            found += member.decompress(rest, ARCHIVE_BYTES - len(found) + 1)
        except zlib.error:
            break
        if len(found) > ARCHIVE_BYTES:
            raise InputError(name, f"would unpack to more than {ARCHIVE_BYTES // MEGABYTE} MB")
        rest = member.unused_data
    return bytes(found)


def _records(data: bytes) -> Iterator[tuple[Message, bytes]]:
    """Headers and block of each record; reading ends at the first that is cut off."""
    at = 0
    while data.startswith(b"WARC/", at):
        end = data.find(b"\r\n\r\n", at)
        if end < 0:
            return
        header = BytesHeaderParser().parsebytes(data[data.find(b"\r\n", at) + 2 : end + 2])
        length = _field(header, "Content-Length")
        if not length.isdecimal() or len(length) > 12:
            return
        start = end + 4
        yield header, data[start : start + int(length)]
        at = start + int(length)
        while data[at : at + 2] == b"\r\n":
            at += 2


def _field(header: Message, name: str) -> str:
    """A header's value; broken bytes in it make the parser give an object instead of text."""
    return str(header.get(name, ""))


def _page(block: bytes) -> bytes | None:
    """The body of an archived answer that is an HTML page."""
    head, gap, body = block.partition(b"\r\n\r\n")
    status, _, lines = head.partition(b"\r\n")
    header = BytesHeaderParser().parsebytes(lines + b"\r\n")
    if not gap or b" 200" not in status[:14] or "html" not in _field(header, "Content-Type").lower():
        return None
    if _field(header, "Transfer-Encoding").lower() == "chunked":
        body = _joined(body)
    return _inflated(body) if _field(header, "Content-Encoding").lower() in ("gzip", "deflate") else body


def _joined(body: bytes) -> bytes:
    """The chunks of a chunked answer (RFC 9112, 7.1) as one; as it stands where it is not really chunked."""
    found, at = bytearray(), 0
    while at < len(body):
        line, gap, _ = body[at : at + 32].partition(b"\r\n")
        try:
            size = int(line.split(b";")[0], 16)
        except ValueError:
            return body
        if not gap or size <= 0:
            break
        start = at + len(line) + 2
        found += body[start : start + size]
        at = start + size + 2
    return bytes(found)


def _inflated(body: bytes) -> bytes:
    try:
        return zlib.decompressobj(47).decompress(body, ARCHIVE_BYTES)
    except zlib.error:
        return body
