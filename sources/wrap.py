"""Text whose paragraphs were broken into lines of one width (mails, old text files): the breaks made spaces again.

A break becomes one space, so the text keeps its length and every offset its meaning. Text of one paragraph a line,
lists and tables are left as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

from sources import lines

_LEAST, _MOST = 40, 110  # columns of a line that a program breaks text at
_FULL = 0.75
_SHARE = 0.7
_PAIRS = 4


def unwrap(text: str) -> str:
    """The text with the line breaks inside its paragraphs made spaces; same length."""
    rows = text.split("\n")
    widths = [columns(row) for row in rows]
    limit = max(widths, default=0)
    if not _LEAST <= limit <= _MOST or not _is_wrapped(rows, widths, limit):
        return text
    parts: list[str] = []
    for index, row in enumerate(rows):
        parts.append(row)
        if index + 1 < len(rows):
            joined = widths[index] >= _FULL * limit and _runs_on(row, rows[index + 1])
            parts.append(" " if joined else "\n")
    return "".join(parts)


def columns(row: str) -> int:
    """Printed width in columns: Hangul and other wide letters take two."""
    return sum(2 if character >= "\u1100" else 1 for character in row.rstrip())


def _is_wrapped(rows: Sequence[str], widths: Sequence[int], limit: int) -> bool:
    """Whether most lines that another one follows are as wide as the widest."""
    followed = [widths[index] for index in range(len(rows) - 1) if rows[index].strip() and rows[index + 1].strip()]
    full = sum(width >= _FULL * limit for width in followed)
    return len(followed) >= _PAIRS and full >= _SHARE * len(followed)


def _runs_on(row: str, below: str) -> bool:
    """Whether a line goes on in the one below it."""
    if not row.strip() or not below.strip() or below[:1].isspace() or row.lstrip()[:1] in ">|" or below[:1] in ">|":
        return False
    return not lines.is_bullet(below) and lines.rule_of(below.strip(), "body") is None
