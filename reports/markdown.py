"""The chronology as Markdown (CommonMark with GitHub's tables and footnotes): one table, every source a footnote.

Outside text is escaped character by character, so that it can make no heading, link, image, HTML or table cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from reports.chronology import Chronology, Note, Row, chronology
from reports.plain import one_line
from timeline.model import Itinerary

_ENTITIES = {"<": "&lt;", "&": "&amp;"}
_ANYWHERE = re.compile(r"([\\`*_\[\]<>|~&#$])")  # emphasis, code, links, HTML, entities, cells, strikes, maths
_FIRST = re.compile(r"^([-+=]|\d+(?=[.)]))")  # lists and underlined headings
_ADDRESS = re.compile(r"(?<=:)//|(?<=\bwww)\.", re.IGNORECASE)  # GitHub links bare addresses


def to_markdown(itinerary: Itinerary) -> str:
    """chronology.md."""
    told = chronology(itinerary)
    labels = told.words.words.table
    lines = [f"# {escaped(told.title)}", "", escaped(told.about), "", *_table(told.rows, told)]
    if told.undated:
        lines += ["", f"## {labels['undated']}", "", *_table(told.undated, told)]
    if told.problems:
        lines += ["", f"## {labels['problems']}", "", *(f"- {escaped(problem)}" for problem in told.problems)]
    notes = [note for row in (*told.rows, *told.undated) for note in row.notes]
    lines += ["", f"## {labels['sources']}", "", labels["notes"], "", *map(_footnote, notes)]
    return "\n".join(lines) + "\n"


def escaped(text: str) -> str:
    """The text as one line of Markdown that shows it literally (CommonMark 2.4), escaped no more than that needs."""
    shown = _ANYWHERE.sub(lambda found: _ENTITIES.get(found[1], rf"\{found[1]}"), one_line(text))
    shown = _ADDRESS.sub(lambda found: rf"\{found[0]}", shown)
    return _FIRST.sub(lambda found: f"&#{ord(found[0][0])};{found[0][1:]}", shown)


def _table(rows: Iterable[Row], told: Chronology) -> list[str]:
    labels = told.words.words.table
    head = [labels[name] for name in ("when", "event", "confidence", "sources")]
    return [_line(head), _line(["---"] * len(head)), *(_line(_cells(row, labels["window"])) for row in rows)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells(row: Row, window: str) -> list[str]:
    when = escaped(row.when) + (f"<br>{escaped(window)}: {escaped(row.window)}" if row.window else "")
    what = "<br>".join([f"**{escaped(row.title)}**" if row.title else "", *map(escaped, row.details)])
    marks = " ".join(f"[^{note.number}]" for note in row.notes)
    return [when, what, escaped(row.confidence), f"{escaped(row.sources)} {marks}"]


def _footnote(note: Note) -> str:
    return f"[^{note.number}]: {escaped(note.text)}" + (f" <{note.url}>" if note.url else "")
