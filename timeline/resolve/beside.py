"""Bare clock times of a report that looks back: on the day that puts them beside a clock time told with its day.

A follow-up corrects one time by another ("실제로는 오전 5시 25분이었다", days later) and leaves out the day both know. The
text tells the day elsewhere, with a clock time hard by. Only times in a paragraph that names no day are placed so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from timeline.interval import Grain
from timeline.model import AnchorKind, Mention, Span
from timeline.resolve.moving import moved_by, start_of

_HARD_BY = timedelta(minutes=60)
_FAR = timedelta(hours=12)
_SHORTLY = 200  # characters
_SENTENCE = 80  # characters
_ENDS = re.compile(r"[.!?。](?:\s|$)|\n")


def beside(mentions: list[Mention], text: str, now: datetime | None, settled: frozenset[Span]) -> list[Mention]:
    """The mentions with bare clock times placed on the day of a clock time hard by, where their own day has none.

    ``settled`` are those whose day was known only when all was told; what follows on from them follows them there.
    """
    dated = [mention for mention in mentions if dated_clock(mention)]
    if not dated:
        return mentions
    out: list[Mention] = []
    moved: dict[Span, Mention] = {mention.span: mention for mention in mentions if mention.span in settled}
    for mention in mentions:
        new = _placed(mention, mentions, dated, moved, text, now)
        if new is not mention:
            moved[mention.span] = new
        out.append(new)
    return out


def clock_only(mention: Mention) -> bool:
    """Whether it is a clock time whose day the narrative gave."""
    timex, anchor = mention.timex, mention.anchor
    return (
        timex is not None
        and anchor is not None
        and anchor.kind is AnchorKind.NARRATIVE
        and mention.interval is not None
        and timex.has_clock
        and not (timex.has_date or timex.midnight)
        and timex.head is None
        and timex.amount is None
        and timex.first is None
    )


def dated_clock(mention: Mention) -> bool:
    """Whether it is a clock time told with its day."""
    timex = mention.timex
    return (
        timex is not None
        and mention.interval is not None
        and timex.has_clock
        and timex.names_day
        and timex.first is None
        and mention.interval.grain.is_clock()
    )


def _placed(
    mention: Mention,
    mentions: Sequence[Mention],
    dated: Sequence[Mention],
    moved: dict[Span, Mention],
    text: str,
    now: datetime | None,
) -> Mention:
    if not clock_only(mention):
        return mention
    assert mention.anchor is not None
    led = moved.get(mention.anchor.mention) if mention.anchor.mention is not None else None
    if led is not None:
        return _on_day_of(mention, led, "continues the day of the clock time told before it")
    if (rival := _set_against(mention, dated, text)) is not None:
        return _on_day_of(mention, rival, "on the day of the clock time told beside it")
    if _day_in_paragraph(mention, mentions, text):
        return mention
    other = _hard_by(mention, dated, now)
    return mention if other is None else _on_day_of(mention, other, "on the day of the clock time told beside it")


def _set_against(mention: Mention, dated: Sequence[Mention], text: str) -> Mention | None:
    """The dated clock time its own sentence goes on to, within the hour on the dial: "8시 50분이라고 했으나 9일 8시 42분이었다"."""
    after = [other for other in dated if 0 < other.span.start - mention.span.end <= _SENTENCE]
    for other in after:
        between = text[mention.span.end : other.span.start]
        day = start_of(other).date() - start_of(mention).date()
        if day and abs(start_of(mention) + day - start_of(other)) <= _HARD_BY and not _ENDS.search(between):
            return other
    return None


def _day_in_paragraph(mention: Mention, mentions: Sequence[Mention], text: str) -> bool:
    """Whether the paragraph names a day before the mention."""
    start = text.rfind("\n", 0, mention.span.start) + 1
    return any(
        (start <= other.span.start < mention.span.start and _says_day(other)) or _sets_day(other, mention)
        for other in mentions
    )


def _says_day(mention: Mention) -> bool:
    timex = mention.timex
    said = timex is not None and (timex.has_date or timex.head is not None or timex.first is not None)
    return said and mention.interval is not None


def _sets_day(other: Mention, mention: Mention) -> bool:
    """Whether ``other`` is the mention's day as a whole, named shortly before it: "오늘 일정은 …" and its clock times."""
    close = 0 < mention.span.start - other.span.start <= _SHORTLY
    whole = close and _says_day(other) and other.interval is not None and other.interval.grain is Grain.DAY
    return whole and start_of(other).date() == start_of(mention).date()


def _hard_by(mention: Mention, dated: Sequence[Mention], now: datetime | None) -> Mention | None:
    """The dated clock time within the hour of the mention's clock on its own day, if the day it has now holds none."""
    at = start_of(mention)
    gaps = [(abs(start_of(other) - at), other) for other in dated]
    if min(gap for gap, _ in gaps) < _FAR:
        return None
    near = []
    for other in dated:
        placed = at + (start_of(other).date() - at.date())
        gap = abs(placed - start_of(other))
        if gap <= _HARD_BY and not (now is not None and placed.replace(tzinfo=None) > now):
            near.append((gap, other.span.start, other))
    return min(near, key=lambda row: row[:2])[2] if near else None


def _on_day_of(mention: Mention, other: Mention, why: str) -> Mention:
    """The mention on the day of another, of the same document, with the reason."""
    by = start_of(other).date() - start_of(mention).date()
    return moved_by(mention, by, why, other.span) if by else mention
