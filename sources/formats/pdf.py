"""PDF with a text layer: pages in order, lines re-joined into paragraphs; scanned pages are reported, not guessed.

Korean lines wrap inside words. Whether a space belongs at a break is asked of the Kiwi analyser (``glue``), loaded only
for Korean text that wraps.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import cache
from io import BytesIO
from itertools import pairwise
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from sources import lines, stamps
from sources.draft import Draft, Note, Piece, Stamp
from sources.limits import PDF_PAGES, TEXT_CHARACTERS
from sources.wrap import columns
from timeline.errors import InputError
from timeline.model import Basis, Problem, StampKind

_FULL = 0.75  # a line at least this share of the longest one wraps into the next
_PAGE_NUMBER = re.compile(r"\s*-?\s*\d{0,3}\s*-?\s*")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def read(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft | Problem]:
    """The one draft of a PDF. Raises :class:`InputError` for encrypted, broken and scanned files."""
    reader = _open(data, name)
    pages, scanned = _pages(reader, name)
    if not any(pages):
        raise InputError(name, "a PDF without a text layer (scanned pages); run text recognition on it first")
    if scanned:
        listed = ", ".join(map(str, scanned[:10]))
        yield Problem(file=name, error=f"page {listed}: no text layer (a scan or a picture); the other pages were read")
    if len(reader.pages) > PDF_PAGES:
        yield Problem(file=name, error=f"{len(reader.pages):,} pages; only the first {PDF_PAGES} were read")
    yield Draft(tuple(Piece(text) for text in _paragraphs(pages)), stamps=tuple(_stamps(reader, zone)))


def _open(data: bytes, name: str) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError(name, "an encrypted PDF; save it without its password")
        len(reader.pages)
    except InputError:
        raise
    except Exception as error:  # the parser meets hostile bytes; whatever it trips over, the file cannot be read
        raise InputError(name, f"a broken PDF ({_short(error)}); fetch it again") from error
    return reader


def _short(error: Exception) -> str:
    return re.sub(r"\s+", " ", str(error))[:100] or type(error).__name__


@dataclass(frozen=True, slots=True)
class _Printed:
    """A printed line; ``apart`` says whether more space than usual stands above it (``None``: not to be seen)."""

    text: str
    apart: bool | None = None


def _pages(reader: PdfReader, name: str) -> tuple[list[list[_Printed]], list[int]]:
    """The lines of each page, and the numbers of the pages without any."""
    found: list[list[_Printed]] = []
    size = 0
    for number in range(min(len(reader.pages), PDF_PAGES)):
        try:
            lines = _page(reader.pages[number])
        except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, IndexError, OverflowError):
            lines = []
        found.append(lines)
        size += sum(len(line.text) for line in lines)
        if size > 2 * TEXT_CHARACTERS:
            raise InputError(name, f"more than {TEXT_CHARACTERS:,} characters of text; split the file")
    return found, [number for number, lines in enumerate(found, start=1) if not lines]


def _page(page: PageObject) -> list[_Printed]:
    """The lines of one page with the space above them, where the heights found fit the lines found."""
    heights: list[float] = []
    fresh = True

    def visit(text: str, matrix: list[float], place: list[float], font: Any, size: float) -> None:
        nonlocal fresh
        if text.strip() and fresh:
            heights.append(matrix[3] * place[5] + matrix[5])
        fresh = text.endswith("\n") or (fresh and not text.strip())

    texts = [line for line in page.extract_text(visitor_text=visit).split("\n") if line.strip()]
    apart = _apart(heights) if len(heights) == len(texts) else [None] * len(texts)
    return [_Printed(text, gap) for text, gap in zip(texts, apart, strict=True) if not _PAGE_NUMBER.fullmatch(text)]


def _apart(heights: Sequence[float]) -> list[bool | None]:
    """For each line whether the step from the line above is larger than the usual one."""
    steps = [above - below for above, below in pairwise(heights)]
    usual = sorted(step for step in steps if step > 0)
    if not usual or usual[-1] < _GAP * usual[0]:
        return [None] * len(heights)
    leading = usual[len(usual) // 4]
    return [None, *(step > _GAP * leading if step > 0 else None for step in steps)]


_GAP = 1.25


def _paragraphs(pages: Sequence[Sequence[_Printed]]) -> Iterator[str]:
    """Printed lines joined where one runs on into the next, over the ends of pages too."""
    printed = [line for page in pages for line in page]
    widths = sorted(columns(line.text) for line in printed)
    full = _FULL * widths[int(0.95 * (len(widths) - 1))]
    run: list[str] = []
    for index, line in enumerate(printed):
        run.append(line.text)
        below = printed[index + 1].apart if index + 1 < len(printed) else None
        ends = lines.is_sentence(line.text.strip()) if below is None else below
        if ends or columns(line.text) < full:
            yield _joined(run)
            run = []
    if run:
        yield _joined(run)


def _joined(run: Sequence[str]) -> str:
    text = run[0].strip()
    for index, line in enumerate(run[1:]):
        left, right = run[index], line
        given = left.endswith((" ", "\u00a0")) or right.startswith((" ", "\u00a0"))
        text += (" " if given or _spaced(text, right.strip()) else "") + right.strip()
    return text


def _spaced(left: str, right: str) -> bool:
    """Whether a space belongs between two lines."""
    if not left or not right:
        return False
    if not (_HANGUL.match(left[-1]) and _HANGUL.match(right[0])):
        return not (left[-1] in "([{“‘\"'-" or right[0] in ")]},.!?”’%·")
    _, spaces = _kiwi().glue([_tail(left), _head(right)], return_space_insertions=True)
    return bool(spaces[0])


def _tail(text: str) -> str:
    return text[-30:].lstrip()


def _head(text: str) -> str:
    return text[:30].rstrip()


@cache
def _kiwi() -> Any:
    from kiwipiepy import Kiwi

    return Kiwi(load_multi_dict=False, load_typo_dict=False)


def _stamps(reader: PdfReader, zone: tzinfo) -> Iterator[Stamp]:
    """The file's own dates: when it was made, not when its text was published."""
    try:
        about = reader.metadata
        values = {key: str(about[key]) for key in ("/CreationDate", "/ModDate") if about and key in about}
    except Exception:  # a broken information record costs nothing but itself
        return
    for key, value in values.items():
        interval = stamps.parse(value.removeprefix("D:")[:12], zone)
        yield Stamp(f"{key}: {value}"[:120], StampKind.CRAWL, Basis.METADATA, Note("pdf"), interval)
