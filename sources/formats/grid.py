"""Tables inside reports: rows of cells as lines, whatever the format they come from.

A row becomes its cells with a bar between them, a cell that spans several rows standing in each: so every row can be
read by itself. Which tables of a page hold data, and are not there to place things, is told by their shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import TypeAlias

import lxml.html

BAR = " | "
_CELL_CHARACTERS = 300
_COLUMNS, _SPAN = 50, 500
_PLACING = (".//table", ".//h1", ".//article", ".//figure", ".//form", ".//iframe")

Cell: TypeAlias = lxml.html.HtmlElement


def joined(cells: Iterable[str]) -> str:
    """One row as a line; empty cells are left out, so is a cell that repeats the one before it."""
    kept: list[str] = []
    for cell in cells:
        text = " ".join(cell.split())
        if text and kept[-1:] != [text]:
            kept.append(text)
    return BAR.join(kept)


def is_data(table: lxml.html.HtmlElement) -> bool:
    """Whether a table of a page holds data: several rows of several short cells, and nothing a page is built of."""
    if table.get("role") in ("presentation", "none") or any(table.find(path) is not None for path in _PLACING):
        return False
    rows = [[cell for cell in row if _is_cell(cell)] for row in table.iter("tr")]
    told = [row for row in rows if sum(bool(cell.text_content().strip()) for cell in row) > 1]
    if len(told) < 2 or 2 * len(told) < len(rows):
        return False
    return all(len(cell.text_content()) <= _CELL_CHARACTERS for cell in chain.from_iterable(rows))


def rows(table: lxml.html.HtmlElement) -> Iterator[list[Cell]]:
    """The cells of each row in order, those that span it from above among them."""
    held: dict[int, tuple[Cell, int]] = {}
    for row in table.iter("tr"):
        found: list[Cell] = []
        column = 0
        for cell in (cell for cell in row if _is_cell(cell)):
            column = _from_above(held, found, column)
            width, height = _number(cell, "colspan", _COLUMNS), _number(cell, "rowspan", _SPAN)
            found.append(cell)
            held.update({place: (cell, height - 1) for place in range(column, column + width) if height > 1})
            column += width
        _from_above(held, found, column)
        yield found


def _from_above(held: dict[int, tuple[Cell, int]], found: list[Cell], column: int) -> int:
    """Puts the cells that span a row from above where they stand; the column after them."""
    while column in held:
        cell, left = held.pop(column)
        if found[-1:] != [cell]:
            found.append(cell)
        if left > 1:
            held[column] = (cell, left - 1)
        column += 1
    return column


def _is_cell(node: lxml.html.HtmlElement) -> bool:
    return node.tag in ("td", "th")


def _number(cell: Cell, name: str, most: int) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, min(int(value), most)) if value.isascii() and value.isdecimal() and len(value) < 6 else 1


# --- tables written with bars (Markdown and plain text)

_RULE = re.compile(r"[ \t]*\|?(?:[ \t]*:?-{2,}:?[ \t]*\|)+(?:[ \t]*:?-{2,}:?[ \t]*)?[ \t]*")


def in_text(text: str) -> Iterator[tuple[str, bool]]:
    """A text cut at its tables of bars: (stretch, whether it is one row), the lines that only rule them left out."""
    lines = text.split("\n")
    inside = _marked(lines)
    run: list[str] = []
    for line, within in zip(lines, inside, strict=True):
        if not within:
            run.append(line)
            continue
        if run:
            yield "\n".join(run), False
            run = []
        if not _RULE.fullmatch(line):
            yield joined(line.strip().strip("|").split("|")), True
    if run:
        yield "\n".join(run), False


def _marked(lines: Sequence[str]) -> list[bool]:
    """Which lines belong to a table: a rule of dashes and bars, the row above it and the rows below it."""
    inside = [False] * len(lines)
    for index, line in enumerate(lines):
        if index and "|" in lines[index - 1] and not inside[index] and _RULE.fullmatch(line):
            at = index - 1
            while at < len(lines) and "|" in lines[at]:
                inside[at] = True
                at += 1
    return inside
