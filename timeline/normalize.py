"""`timeline normalize`: texts with a reference time to resolved expressions, as JSON lines or as a table for people.

The JSONL contract: one object a line in (``id``, ``text``, ``at``), one a line out in the same order, while reading;
a line that cannot be read gets ``{"id", "error"}`` and the run goes on. Memory does not grow with the stream.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

import orjson

from timeline import calendar
from timeline.errors import TimelineError
from timeline.interval import Grain, Interval
from timeline.language import get_language, guess_language
from timeline.model import Mention
from timeline.resolve import look_back, make_scene, resolve_in
from timeline.resolve.clauses import Sentences
from timeline.resolve.finish import agree
from timeline.resolve.state import Story
from timeline.tag import tag_spans

MAX_TEXT = 8_000_000  # characters of one text; a longer line is refused with a message


def normalize_text(
    text: str, at: datetime, timezone: str = "Asia/Seoul", language: str = "auto"
) -> tuple[Mention, ...]:
    """The time expressions of a text published at ``at`` (naive: wall-clock time of ``timezone``), resolved.

    ``language`` is a pack's code or ``auto``, which goes by the script.
    """
    zone = calendar.zone(timezone)
    code = guess_language(text) if language == "auto" else language
    grammar = get_language(code).time()
    mentions = tag_spans("", text, ((0, len(text)),), grammar)
    if not mentions:
        return ()
    moment = at if at.tzinfo is not None else at.replace(tzinfo=zone)
    scene = make_scene(text, grammar, timezone, moment, Grain.SECOND)
    story, out = Story(), list[Mention]()
    resolve_in(mentions, Sentences(text, 0, len(text), grammar), scene, story, out)
    look_back(story, out)
    return tuple(agree(out))


def normalize_lines(lines: Iterable[bytes], timezone: str = "Asia/Seoul", language: str = "auto") -> Iterator[bytes]:
    """One JSON line out for each line in, ending in a newline; blank lines are passed over."""
    for line in lines:
        if not line.strip():
            continue
        yield _one_line(line, timezone, language) + b"\n"


def _one_line(line: bytes, timezone: str, language: str) -> bytes:
    identity: Any = None
    try:
        row = orjson.loads(line)
        if not isinstance(row, dict):
            return orjson.dumps({"id": None, "error": f"a JSON object is needed, not {type(row).__name__}"})
        identity = row.get("id")
        text, at = row.get("text"), row.get("at")
        if not isinstance(text, str):
            return orjson.dumps({"id": identity, "error": f"'text' must be a string, not {type(text).__name__}"})
        if len(text) > MAX_TEXT:
            return orjson.dumps(
                {"id": identity, "error": f"'text' has {len(text)} characters, more than {MAX_TEXT}: split it"}
            )
        if not isinstance(at, str):
            return orjson.dumps({"id": identity, "error": f"'at' must be an ISO 8601 time, not {type(at).__name__}"})
        mentions = normalize_text(text, read_time(at), row.get("timezone") or timezone, row.get("language") or language)
        return orjson.dumps({"id": identity, "times": [as_row(mention) for mention in mentions]})
    except orjson.JSONDecodeError as error:
        return orjson.dumps({"id": None, "error": f"not valid JSON: {error}"})
    except (ValueError, TypeError, TimelineError) as error:
        return orjson.dumps({"id": identity, "error": str(error)})


def read_time(text: str) -> datetime:
    """An ISO 8601 time; a day alone is its midnight. ValueError quotes what is not one."""
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text!r} is not an ISO 8601 time such as 2024-02-28T07:38:00+09:00") from error


def as_row(mention: Mention) -> dict[str, Any]:
    """A mention as the contract's object."""
    row: dict[str, Any] = {
        "text": mention.text,
        "span": [mention.span.start, mention.span.end],
        "type": mention.type.value,
        "grain": None,
        "start": None,
        "end": None,
        "earliest": None,
        "latest": None,
        "approximate": bool(mention.timex and mention.timex.approximate),
        "anchor": None,
        "rule": mention.rule,
        "timex3": mention.timex3,
        "alternatives": [],
    }
    if mention.duration is not None:
        row["duration"] = mention.duration
    if mention.bound is not None:
        row["bound"] = mention.bound
    interval = mention.interval
    if interval is None:
        return row
    start, end = _iso(interval.start), _iso(interval.end)
    row |= {
        "grain": interval.grain.value,
        "start": start,
        "end": end,
        "earliest": start if interval.earliest is interval.start else _iso(interval.earliest),
        "latest": end if interval.latest is interval.end else _iso(interval.latest),
        "approximate": interval.approximate,
    }
    if mention.anchor is not None:
        row["anchor"] = mention.anchor.kind.value
        if mention.anchor.why:
            row["why"] = list(mention.anchor.why)
    row["alternatives"] = [
        {
            "start": _iso(other.interval.start),
            "end": _iso(other.interval.end),
            "grain": other.interval.grain.value,
            "why": other.why,
        }
        for other in mention.alternatives
    ]
    return row


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


TABLE_HEADER = ("text", "time", "grain", "rule", "anchor", "why")


def table_rows(mentions: Sequence[Mention]) -> list[tuple[str, ...]]:
    """The rows of the table for people, under :data:`TABLE_HEADER`: what was said, what it means, by which rule and
    anchor.
    """
    rows: list[tuple[str, ...]] = []
    for mention in mentions:
        interval, anchor = mention.interval, mention.anchor
        why = "; ".join(anchor.why) if anchor is not None else ""
        others = "; ".join(f"or {_span_text(other.interval)} ({other.why})" for other in mention.alternatives)
        rows.append(
            (
                mention.text,
                _span_text(interval) if interval is not None else mention.duration or mention.timex3 or "-",
                interval.grain.value if interval is not None else mention.type.value,
                mention.rule,
                anchor.kind.value if anchor is not None else "-",
                "; ".join(filter(None, (why, others))),
            )
        )
    return rows


def _span_text(interval: Interval) -> str:
    clock = interval.grain.order <= Grain.PART_OF_DAY.order
    style = "%Y-%m-%d %H:%M" if clock else "%Y-%m-%d"
    start = interval.start.strftime(style) if interval.start is not None else ".."
    point = interval.grain.is_clock() and interval.width is not None and interval.width.total_seconds() <= 3600
    end = interval.end.strftime(style) if interval.end is not None else ".."
    about = "~" if interval.approximate else ""
    return about + (start if point else f"{start} – {end}")


def table(mentions: Sequence[Mention]) -> str:
    """The table as plain text, columns aligned by what a terminal shows (wide characters count two)."""
    rows = [TABLE_HEADER, *table_rows(mentions)]
    widths = [max(_width(row[column]) for row in rows) for column in range(len(TABLE_HEADER) - 1)]
    lines = [
        "  ".join(_pad(cell, widths[i]) if i < len(widths) else cell for i, cell in enumerate(row)).rstrip()
        for row in rows
    ]
    return "\n".join(lines)


def _width(text: str) -> int:
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
