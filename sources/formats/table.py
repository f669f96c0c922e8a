"""CSV and TSV tables of articles: a header row names the fields, every other row is a report."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import tzinfo
from itertools import zip_longest

from sources import encoding
from sources.draft import Draft
from sources.fields import draft_of, has_text, is_header
from sources.limits import RECORDS, TEXT_CHARACTERS
from timeline.errors import InputError
from timeline.model import Problem

DELIMITERS = "\t,;|"


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    """A draft for each row below the header, numbered from 1; a row without text is a problem of its own.

    Raises :class:`InputError` where the first row does not name a text field.
    """
    text = encoding.decode(data)
    delimiter = delimiter_of(text.split("\n", 1)[0])
    csv.field_size_limit(4 * TEXT_CHARACTERS)
    rows = csv.reader(text.splitlines(keepends=True), delimiter=delimiter)
    try:
        header = next(rows)
    except (StopIteration, csv.Error) as error:
        raise InputError(name, f"not a table: {error}") from error
    if not is_header(header):
        raise InputError(name, "a table whose first row names no text field (text, body, content, 본문, ...)")
    yield from _rows(rows, header, name, zone)


def delimiter_of(header: str) -> str:
    """The delimiter of a header row: the one that cuts it most often."""
    return max(DELIMITERS, key=header.count)


def _rows(rows: Iterator[list[str]], header: list[str], name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(file=name, error=f"row {number + 1}: {error}")
            return
        if not any(cell.strip() for cell in row):
            continue
        number += 1
        if number > RECORDS:
            raise InputError(name, f"more than {RECORDS:,} rows, the limit for one file")
        fields = {key: value for key, value in zip_longest(header, row[: len(header)], fillvalue="") if key.strip()}
        if not has_text(fields):
            yield Problem(file=name, error=f"row {number}: no text in it")
            continue
        yield draft_of(fields, zone, record=number)
