"""Mail: a single message (.eml) or a box of them (.mbox). The Date header is a statement; Received lines are not."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import tzinfo
from email import policy
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from sources import credits, encoding, stamps
from sources.draft import Draft, Note, Piece, Stamp
from sources.formats import forwarded, html
from sources.formats.forwarded import Forwarded
from sources.limits import RECORDS
from sources.vocabulary import vocabulary
from sources.wrap import unwrap
from timeline.errors import InputError
from timeline.interval import Grain
from timeline.model import Basis, BlockKind, Problem, StampKind

_FROM_LINE = re.compile(rb"(?m)^From \S+.{0,80}\d{4}\s*$")


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft]:
    """The one draft of a message."""
    yield _draft(data, name, zone, None)


def read_box(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    """A draft for each message of a box, numbered from 1; a message that cannot be read is a problem of its own."""
    starts = [match.start() for match in _FROM_LINE.finditer(data)]
    if not starts or len(starts) > RECORDS:
        raise InputError(name, f"{len(starts):,} messages; a box holds 1 to {RECORDS:,}")
    for record, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True), start=1):
        message = data[start:end].split(b"\n", 1)[-1]
        try:
            yield _draft(re.sub(rb"(?m)^>(>*From )", rb"\1", message), name, zone, record)
        except InputError as error:
            yield Problem(file=name, error=f"message {record}: {error.reason}")


def _draft(data: bytes, name: str, zone: tzinfo, record: int | None) -> Draft:
    message = BytesParser(policy=policy.default).parsebytes(data)
    assert isinstance(message, EmailMessage)
    subject = _header(message, "Subject")
    pieces = tuple(_body(message, name, zone))
    inner = _inner(message, subject, pieces, zone)
    if inner is not None:
        return _passed_on(message, inner, pieces[0].text, record)
    if not any(piece.text.strip() for piece in pieces):
        raise InputError(name, "the mail has no text part")
    sender, address = parseaddr(_header(message, "From") or "")
    outlet = credits.sender_outlet(sender) if sender else address.partition("@")[2] or None
    return Draft(
        pieces=(Piece(subject, BlockKind.HEADLINE), *pieces) if subject else pieces,
        record=record,
        title=subject,
        outlet=outlet,
        official=_is_release(subject, sender),
        mail=True,
        stamps=tuple(_stamps(message)),
    )


def _inner(message: EmailMessage, subject: str | None, pieces: Sequence[Piece], zone: tzinfo) -> Forwarded | None:
    """The mail inside one passed on; the program that passes it on prints its day in the zone of the one who does."""
    if len(pieces) != 1 or not forwarded.is_passed_on(subject or ""):
        return None
    own = next((stamp.interval for stamp in _stamps(message) if stamp.interval is not None), None)
    here = own.start.tzinfo if own is not None and own.start is not None else None
    return forwarded.find(pieces[0].text, here or zone)


def _passed_on(message: EmailMessage, inner: Forwarded, text: str, record: int | None) -> Draft:
    """The mail inside a mail; what stands above its text is furniture, and the day it was passed on dates nothing."""
    subject = inner.subject or _header(message, "Subject") or ""
    passed = (replace(stamp, kind=StampKind.CRAWL, note=Note("mail_forwarding")) for stamp in _stamps(message))
    return Draft(
        pieces=(
            Piece(subject, BlockKind.HEADLINE),
            Piece(text[: inner.start], BlockKind.BOILERPLATE),
            Piece(text[inner.start :]),
        ),
        record=record,
        title=subject,
        outlet=credits.sender_outlet(inner.sender),
        official=_is_release(subject, inner.sender),
        mail=True,
        stamps=(inner.stamp, *passed) if inner.stamp is not None else tuple(_stamps(message)),
    )


def _header(message: EmailMessage, name: str) -> str | None:
    try:
        value = message.get(name)
        text = str(value) if value is not None else ""
    except (HeaderParseError, ValueError, IndexError, TypeError, AttributeError, UnicodeError):
        return None
    return re.sub(r"\s+", " ", text).strip() or None


def _stamps(message: EmailMessage) -> Iterator[Stamp]:
    text = _header(message, "Date")
    if text is None:
        return
    try:
        at = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        yield Stamp(f"Date: {text}", StampKind.PUBLISHED, Basis.STATED, Note("mail_unreadable"), None, 10)
        return
    interval = stamps.moment(at, Grain.MINUTE) if at.tzinfo is not None else None
    yield Stamp(f"Date: {text}", StampKind.PUBLISHED, Basis.STATED, Note("mail"), interval, 10)


def _is_release(subject: str | None, sender: str) -> bool:
    known = vocabulary()
    released = any(word.casefold() in (subject or "").casefold() for word in known.words("release_words"))
    return released or sender.strip("\"' ").endswith(known.words("departments"))


def _body(message: EmailMessage, name: str, zone: tzinfo) -> Iterator[Piece]:
    """The plain part of a mail, or its HTML part read as a page."""
    try:
        part = message.get_body(preferencelist=("plain", "html"))
    except (AttributeError, KeyError, ValueError, TypeError):
        part = None
    if part is None:
        return
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return
    if part.get_content_type() == "text/html":
        for draft in html.read(payload, name, zone, charset=part.get_content_charset()):
            yield from draft.pieces
        return
    try:
        text = encoding.decode(payload, part.get_content_charset()).replace("\r\n", "\n").strip("\n")
        yield Piece(unwrap(text))
    except encoding.NotTextError as error:
        raise InputError(name, f"the mail's text part: {error}") from error
