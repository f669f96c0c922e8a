"""A mail passed on: the mail inside it is the report; its sender, day and subject stand in lines above its text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import tzinfo
from email.utils import parseaddr

from sources import stamps
from sources.draft import Note, Stamp
from sources.vocabulary import vocabulary
from timeline.model import Basis, StampKind

_LINES = 8
_LEAST = 3
_NOTE_CHARACTERS = 400


@dataclass(frozen=True, slots=True)
class Forwarded:
    """The mail inside: where its text begins, who sent it, under which subject, and when."""

    start: int
    sender: str
    subject: str | None
    stamp: Stamp | None


def is_passed_on(subject: str) -> bool:
    """Whether a mail's subject says that it passes another mail on."""
    return subject.casefold().startswith(tuple(word.casefold() for word in vocabulary().words("forward_subject")))


def find(text: str, zone: tzinfo) -> Forwarded | None:
    """The first mail inside a text, where no more than a short note stands above it."""
    rows = text.split("\n")
    at = 0
    for index, row in enumerate(rows):
        if at > _NOTE_CHARACTERS:
            return None
        if _field(row) == "forward_from":
            return _read(rows, index, at, zone)
        at += len(row) + 1
    return None


def _read(rows: list[str], first: int, at: int, zone: tzinfo) -> Forwarded | None:
    fields: dict[str, str] = {}
    for row in rows[first : first + _LINES]:
        name = _field(row)
        if name is None:
            break
        fields.setdefault(name, row)
        at += len(row) + 1
    if len(fields) < _LEAST:
        return None
    subject = _value(fields.get("forward_title", "")) or None
    return Forwarded(at, parseaddr(_value(fields["forward_from"]))[0], subject, _stamp(fields, zone))


def _stamp(fields: dict[str, str], zone: tzinfo) -> Stamp | None:
    row = fields.get("forward_date")
    interval = stamps.parse(_value(row), zone) if row is not None else None
    if row is None or interval is None:
        return None
    return Stamp(row.strip("> *")[:120], StampKind.PUBLISHED, Basis.STATED, Note("mail_forwarded"), interval, 5)


def _field(row: str) -> str | None:
    label = re.match(r"[>*\s]*([^:：]{2,16}?)[*\s]*[:：]", row)
    if label is None:
        return None
    names = ("forward_from", "forward_date", "forward_title", "forward_other")
    return next((name for name in names if label[1] in vocabulary().words(name)), None)


def _value(row: str) -> str:
    return re.sub(r"^[^:：]*[:：]", "", row, count=1).strip(" *")
