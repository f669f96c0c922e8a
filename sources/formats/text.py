"""Plain text and Markdown: one report a file; a front matter block of a Markdown file gives its fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import tzinfo

from sources import encoding
from sources.draft import Draft, Piece
from sources.fields import draft_of
from sources.formats import grid
from sources.wrap import unwrap
from timeline.model import BlockKind

_FRONT = re.compile(r"\A---[ \t]*\n(?P<fields>(?:\w[\w -]{0,29}:.*\n|[ \t-].*\n|\n){1,60})---[ \t]*\n")
_HEADING = re.compile(r"(?m)^#{1,6}[ \t]+(?=\S)")


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft]:
    """The one draft of a text file."""
    text = unwrap(encoding.decode(data).replace("\r\n", "\n").replace("\r", "\n"))
    front = _FRONT.match(text)
    if front is None:
        yield Draft(tuple(_pieces(text, name)))
        return
    fields = dict(
        _pair(line) for line in front["fields"].splitlines() if ":" in line and not line.startswith((" ", "\t", "-"))
    )
    body = tuple(_pieces(text[front.end() :], name))
    yield draft_of(fields, zone, pieces=(Piece(front.group().rstrip("\n"), BlockKind.BOILERPLATE), *body))


def _pair(line: str) -> tuple[str, str]:
    key, _, value = line.partition(":")
    value = value.strip()
    quoted = len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]
    return key.strip(), value[1:-1] if quoted else value


def _pieces(text: str, name: str) -> Iterator[Piece]:
    if not name.lower().endswith((".md", ".markdown")) or not _HEADING.search(text):
        yield from _with_tables(text)
        return
    first = True
    for part in re.split(r"(?m)^(#{1,6}[ \t]+\S.*)$", text):
        if _HEADING.match(part):
            yield Piece(part, BlockKind.HEADLINE if first else BlockKind.HEADING)
            first = False
        elif part.strip():
            yield from _with_tables(part.strip("\n"))


def _with_tables(text: str) -> Iterator[Piece]:
    """The text, its tables of bars row by row; whole where it has none."""
    if "|" not in text or "--" not in text:
        yield Piece(text)
        return
    for part, row in grid.in_text(text):
        if part.strip():
            yield Piece(part, BlockKind.TABLE if row else None)
