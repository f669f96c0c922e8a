"""A resolved mention on another day: all its moments moved together, with the reason added."""

from __future__ import annotations

from datetime import datetime, timedelta

from timeline.interval import timex3
from timeline.model import Mention, Span


def start_of(mention: Mention) -> datetime:
    """When a mention begins that is known to have a beginning."""
    assert mention.interval is not None
    assert mention.interval.start is not None
    return mention.interval.start


def moved_by(mention: Mention, by: timedelta, why: str, seen: Span | None = None) -> Mention:
    """The mention so much later, with the reason; ``seen`` is the expression of the same document that shows it."""
    interval, anchor = mention.interval, mention.anchor
    assert interval is not None
    assert anchor is not None
    moments = {
        name: moment + by for name in ("start", "end", "earliest", "latest") if (moment := getattr(interval, name))
    }
    placed = interval.model_copy(update=moments)
    shown = anchor.model_copy(update={"why": (*anchor.why, why), "mention": seen or anchor.mention})
    return mention.model_copy(update={"interval": placed, "anchor": shown, "timex3": timex3(placed)})
