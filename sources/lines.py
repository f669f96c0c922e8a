"""The lines of a text and what each could be by itself: rules of the tables, and whether it reads as a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sources.vocabulary import LineRule, vocabulary
from timeline.model import BlockKind

PARAGRAPH_CHARACTERS = 40
"""A line shorter than this does not begin a story by itself; leads are longer, headlines may be."""

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000\t"), " ")
INVISIBLE = " \t\u00a0\u200b\u200c\u200d\u2060\ufeff\u2002\u2003\u2009\u202f\u3000"
"""White space that may stand at the ends of a line, zero-width characters included."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its outer white space cut: its place in the text, its folded text, and a kind set by the format."""

    start: int
    end: int
    text: str  # no-break spaces folded to spaces, same length as the stretch it stands for
    preset: BlockKind | None = None
    after_blank: bool = False


def split(text: str, start: int, end: int, preset: BlockKind | None = None) -> Iterator[Line]:
    """The non-empty lines of ``text[start:end]``."""
    blank = True
    for match in re.finditer(r"[^\n]+|\n(?=\n)", text[start:end]):
        raw = match.group()
        left = len(raw) - len(raw.lstrip(INVISIBLE + "\n\r"))
        kept = raw.strip(INVISIBLE + "\n\r")
        if not kept:
            blank = True
            continue
        begin = start + match.start() + left
        yield Line(begin, begin + len(kept), kept.translate(_BLANKS), preset, blank)
        blank = False


def is_sentence(text: str) -> bool:
    """Whether a line ends as a sentence of a story does."""
    return any(pattern.search(text) for pattern in vocabulary().patterns("prose", "sentence_end"))


def is_paragraph(text: str) -> bool:
    """Whether a line is a paragraph of a story: long enough and sentence-like, or too long to be anything else."""
    if len(text) < PARAGRAPH_CHARACTERS:
        return False
    if is_sentence(text):
        return True
    inner = any(pattern.search(text) for pattern in vocabulary().patterns("prose", "inner_end"))
    return len(text) >= 3 * PARAGRAPH_CHARACTERS or (inner and len(text) >= 2 * PARAGRAPH_CHARACTERS)


def is_lead(text: str) -> bool:
    """Whether a line begins a story: a dateline, or the writer in brackets before the first sentence."""
    known = vocabulary()
    patterns = (*known.patterns("lead", "dateline"), *known.patterns("lead", "bracket"))
    return any(pattern.search(text) for pattern in patterns)


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list."""
    return any(pattern.search(text) for pattern in vocabulary().patterns("prose", "bullet"))


def starts_with_time(text: str) -> bool:
    """Whether a line begins with a date or a clock time, as the rows of a box of events do."""
    return any(pattern.search(text) for pattern in vocabulary().patterns("prose", "clock_start"))


@cache
def _zoned() -> tuple[tuple[LineRule, re.Pattern[str]], ...]:
    return vocabulary().lines


def rule_of(text: str, zone: str) -> LineRule | None:
    """The first rule of the tables that a line fits in a zone (``head`` or ``body``)."""
    if len(text) > _RULE_CHARACTERS:
        text = text[: _RULE_CHARACTERS // 2] + text[-_RULE_CHARACTERS // 2 :]
    for rule, pattern in _zoned():
        if rule.zone in ("any", "caption", zone) and pattern.search(text):
            return rule
    return None


_RULE_CHARACTERS = 2_000
