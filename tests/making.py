"""Claims, documents and statements made by hand, for the tests of the stages after reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from typing import Any

from timeline.interval import Grain, Interval
from timeline.model import (
    Anchor,
    AnchorKind,
    Basis,
    Claim,
    Document,
    Mention,
    Publication,
    Span,
    TimexType,
)

ZONE = timezone(timedelta(hours=9))
LENGTHS = {Grain.MINUTE: timedelta(minutes=1), Grain.HOUR: timedelta(hours=1), Grain.DAY: timedelta(days=1)}


def at(text: str) -> datetime:
    """A moment in +09:00: ``2031-05-06T09:40``, or a day's midnight."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def interval(text: str, *, about: int = 0, hours: int = 0) -> Interval:
    """A day (``2031-05-06``), a minute (``…T09:40``), or from it a part of the day of ``hours``; ``about`` minutes hedged."""
    start = at(text)
    grain = Grain.PART_OF_DAY if hours else Grain.MINUTE if "T" in text else Grain.DAY
    end = start + (timedelta(hours=hours) if hours else LENGTHS[grain])
    hedge = timedelta(minutes=about)
    if not about:
        return Interval(start=start, end=end, grain=grain)
    return Interval(start=start, end=end, earliest=start - hedge, latest=start + hedge, grain=grain, approximate=True)


def mention(text: str, when: Interval | None, *, document: str = "a", start: int = 0) -> Mention:
    """A time expression that stands at ``start``."""
    return Mention(
        document=document,
        span=Span(start=start, end=start + len(text)),
        text=text,
        type=TimexType.TIME,
        rule="made",
        interval=when,
        anchor=Anchor(kind=AnchorKind.EXPLICIT),
    )


def claim(name: str, when: str | Interval | None = None, **more: Any) -> Claim:
    """A claim of a report of its own (``document``: the name) that something started then; ``said`` is its expression."""
    document = str(more.pop("document", name))
    start = int(more.pop("start", 0))
    about, hours = int(more.pop("about", 0)), int(more.pop("hours", 0))
    told = interval(when, about=about, hours=hours) if isinstance(when, str) else when
    said = str(more.pop("said", when if isinstance(when, str) else "then"))
    quote = str(more.pop("quote", f"{said} {name}"))
    fields: dict[str, Any] = {
        "id": name,
        "document": document,
        "outlet": f"Daily {document}",
        "origin": document,
        "quote": quote,
        "span": Span(start=start, end=start + len(quote)),
        "summary": "a ferry sank",
        "action": "overturn",
        "words": ("ferry",),
        "mention": None if told is None else mention(said, told, document=document, start=start),
        "interval": told,
    }
    fields |= more
    fields.setdefault("actions", (fields["action"],) if fields["action"] else ())
    return Claim(**fields)


def document(name: str, text: str = "", published: str | None = "2031-05-07T18:00", **more: Any) -> Document:
    """A report that appeared then; its id and file are its name."""
    known = Publication() if published is None else Publication(interval=interval(published), basis=Basis.STATED)
    fields: dict[str, Any] = {"id": name, "file": f"{name}.txt", "outlet": f"Daily {name}", "origin": name}
    return Document(**{**fields, "text": text, "publication": known, **more})


def documents(claims: Sequence[Claim]) -> tuple[Document, ...]:
    """A report for every document the claims name, with nothing in it."""
    return tuple(document(name) for name in dict.fromkeys(c.document for c in claims))
