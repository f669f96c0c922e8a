"""What was read, for people who must trust it: the dates found, why one was chosen, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sources.reading import Reading
from timeline.model import Basis, BlockKind, Document, PublicationEvidence

_BASES = {
    Basis.STATED: "stated on the report",
    Basis.METADATA: "from the report's metadata",
    Basis.CAPTION: "from a caption's stamp (the day only)",
    Basis.INFERRED: "inferred from the text",
    Basis.UNKNOWN: "not known",
}
_QUOTE = 70
_LEFT_OUT = 8


def describe(reading: Reading) -> str:
    """A plain text account of a reading, one paragraph a report, problems last."""
    parts = [_report(document) for document in reading.documents]
    if reading.problems:
        rows = "\n".join(f"  {_safe(problem.file)}: {_safe(problem.error)}" for problem in reading.problems)
        parts.append(f"could not be read ({len(reading.problems)}):\n{rows}")
    parts.append(f"{_count(len(reading.documents), 'report')} read; inputs sha256 {reading.inputs_sha256[:12]}")
    return "\n\n".join(parts)


def _report(document: Document) -> str:
    record = f" record {document.record}" if document.record is not None else ""
    rows = [
        f"{_safe(document.file)}{record}",
        f"  title      {_safe(document.title or '-')}",
        f"  outlet     {_safe(document.outlet or '-')}{_credit(document)}",
        f"  byline     {_safe(document.byline or '-')}",
        f"  published  {document.publication.text() or '-'}, {_BASES[document.publication.basis]}",
        *_evidence(document),
        f"  text       {len(document.text):,} characters, {document.language}; {_blocks(document)}",
        *_left_out(document),
    ]
    if document.url:
        rows.insert(3, f"  address    {_safe(document.url)}")
    return "\n".join(rows)


def _credit(document: Document) -> str:
    notes = [f"text credited to {_safe(document.agency)}"] if document.agency else []
    if document.official:
        notes.append("an official record")
    return f" ({'; '.join(notes)})" if notes else ""


def _evidence(document: Document) -> Iterator[str]:
    for row in document.publication.evidence:
        yield f"    {'+' if row.used else '-'} {_words(row)}"


def _words(row: PublicationEvidence) -> str:
    quote = f"{_cut(row.quote)!r}: " if row.quote else ""
    return _safe(f"{quote}{row.kind.value}, {row.note}")


def _blocks(document: Document) -> str:
    counts = Counter(block.kind for block in document.blocks)
    return ", ".join(_count(counts[kind], kind.value) for kind in BlockKind if counts[kind])


def _left_out(document: Document) -> Iterator[str]:
    """The furniture, so that a reader can see nothing of the story went with it."""
    furniture = [block for block in document.blocks if not block.kind.is_content]
    for block in furniture[:_LEFT_OUT]:
        yield f"    left out   {block.kind.value}: {_safe(_cut(block.span.of(document.text)))}"
    if len(furniture) > _LEFT_OUT:
        yield f"    left out   and {len(furniture) - _LEFT_OUT} more lines"


def _count(number: int, name: str) -> str:
    plural = name if number == 1 or name in ("body", "speech") else f"{name}s"
    return f"{number:,} {plural}"


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else line[: _QUOTE - 1] + "…"


def _safe(text: str) -> str:
    """Text from outside without characters that steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
