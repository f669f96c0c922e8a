"""JSON and JSONL: one object or many, under the names of common exports; broken lines are named and passed over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from typing import Any

from sources import encoding
from sources.draft import Draft
from sources.fields import draft_of, has_text, html_of
from sources.formats import html
from sources.limits import JSON_DEPTH, RECORDS
from sources.vocabulary import vocabulary
from timeline.errors import InputError
from timeline.model import Problem


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    """A draft for each record of a JSON file. Raises :class:`InputError` where it is no JSON or holds no records."""
    text = encoding.decode(data)
    try:
        parsed = _parse(text)
    except RecursionError as error:
        raise InputError(name, f"JSON nested deeper than {JSON_DEPTH} levels") from error
    except ValueError as error:
        raise InputError(name, f"not JSON: {error}") from error
    records = _records(parsed, 0)
    if records is None:
        raise InputError(name, "JSON without reports: no object has a text field (text, body, content, 본문, ...)")
    if len(records) > RECORDS:
        raise InputError(name, f"{len(records):,} records; the limit is {RECORDS:,}")
    single = isinstance(parsed, Mapping) and records == [parsed]
    for number, record in enumerate(records, start=1):
        yield from _draft(record, name, zone, None if single else number, f"record {number}")


def read_lines(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    """A draft for each line of a JSONL file, numbered by line from 1; a broken line is a problem that names it."""
    lines = encoding.decode(data).splitlines()
    if len(lines) > RECORDS:
        raise InputError(name, f"{len(lines):,} lines; the limit is {RECORDS:,}")
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = _parse(line)
        except (ValueError, RecursionError) as error:
            yield Problem(file=name, error=f"line {number}: not JSON ({_short(error)}): {line[:60]!r}")
            continue
        yield from _draft(record, name, zone, number, f"line {number}")


def _parse(text: str) -> Any:
    return json.loads(text.removeprefix("\ufeff"), parse_constant=lambda _: None)


def _short(error: Exception) -> str:
    return str(error).split(":", maxsplit=1)[0][:80]


def _draft(record: Any, name: str, zone: tzinfo, number: int | None, place: str) -> Iterator[Draft | Problem]:
    if not isinstance(record, Mapping) or not has_text(record):
        yield Problem(file=name, error=f"{place}: no text field (text, body, content, 본문, ...)")
        return
    draft = draft_of(record, zone, record=number)
    page = html_of(record)
    if page is None:
        yield draft
        return
    try:
        inner = next(html.read(page.encode(), name, zone))
    except InputError as error:
        yield Problem(file=name, error=f"{place}: {error.reason}")
        return
    yield replace(
        draft,
        pieces=(*draft.pieces[:-1], *inner.pieces),
        title=draft.title or inner.title,
        outlet=draft.outlet or inner.outlet,
        byline=draft.byline or inner.byline,
        url=draft.url or inner.url,
        stamps=(*draft.stamps, *inner.stamps),
    )


def _records(value: Any, depth: int) -> list[Any] | None:
    """The list of records of a JSON value: itself, or the first list of records under the names exports use."""
    if depth > 6:
        return None
    if isinstance(value, list):
        opened = [
            item["_source"] if isinstance(item, Mapping) and isinstance(item.get("_source"), Mapping) else item
            for item in value
        ]
        return opened if any(isinstance(item, Mapping) and has_text(item) for item in opened) else None
    if not isinstance(value, Mapping):
        return None
    for key in vocabulary().fields["containers"]:
        inner = value.get(key)
        if isinstance(inner, (list, Mapping)):
            found = _records(inner, depth + 1)
            if found:
                return found
    return [value] if has_text(value) else None
