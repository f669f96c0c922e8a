"""What was read, for people who must trust it: the dates found, why one was chosen, what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from unicodedata import east_asian_width

from sources.problems import told
from sources.reading import Reading
from sources.wording import languages, retell, say
from timeline.model import BlockKind, Document, PublicationEvidence

_QUOTE = 70
_LEFT_OUT = 8
_LABEL = 10  # columns of a label


def describe(reading: Reading, language: str | None = None) -> str:
    """A plain text account of a reading, one paragraph a report, problems last.

    ``language`` is that of most reports where it is not given.
    """
    spoken = language if language in languages() else _spoken(reading)
    parts = [_report(document, spoken) for document in reading.documents]
    if reading.problems:
        rows = "\n".join(
            f"  {_safe(problem.file)}: {_safe(problem.error)}" for problem in told(reading.problems, spoken)
        )
        parts.append(f"{say(spoken, 'unread', len(reading.problems))}\n{rows}")
    parts.append(f"{say(spoken, 'reports', f'{len(reading.documents):,}')} (sha256 {reading.inputs_sha256[:12]})")
    return "\n\n".join(parts)


def _spoken(reading: Reading) -> str:
    counts = Counter(document.language for document in reading.documents)
    return counts.most_common(1)[0][0] if counts else "en"


def _report(document: Document, language: str) -> str:
    record = f" ({say(language, 'record', document.record)})" if document.record is not None else ""
    published = f"{document.publication.text() or '-'}, {say(language, f'basis_{document.publication.basis.value}')}"
    size = say(language, "characters", f"{len(document.text):,}")
    rows = [
        f"{_safe(document.file)}{record}",
        _row(language, "title", document.title or "-"),
        _row(language, "outlet", f"{document.outlet or '-'}{_credit(document, language)}"),
        _row(language, "byline", document.byline or "-"),
        *([_row(language, "address", document.url)] if document.url else []),
        _row(language, "published", published),
        *_evidence(document, language),
        _row(language, "text", f"{size}, {document.language}; {_blocks(document, language)}"),
        *_left_out(document, language),
    ]
    return "\n".join(rows)


def _row(language: str, key: str, value: str) -> str:
    label = say(language, key)
    columns = sum(2 if east_asian_width(character) in "WF" else 1 for character in label)
    return f"  {label}{' ' * max(1, _LABEL - columns)}{_safe(value)}"


def _credit(document: Document, language: str) -> str:
    notes = [say(language, "credited", document.agency)] if document.agency else []
    if document.official:
        notes.append(say(language, "official"))
    return f" ({'; '.join(notes)})" if notes else ""


def _evidence(document: Document, language: str) -> Iterator[str]:
    for row in document.publication.evidence:
        yield f"    {'+' if row.used else '-'} {_words(row, language)}"


def _words(row: PublicationEvidence, language: str) -> str:
    note = retell(row.note, language)
    return _safe(f"{_cut(row.quote)} [{row.kind.value}] {note}" if row.quote else note)


def _blocks(document: Document, language: str) -> str:
    counts = Counter(block.kind for block in document.blocks)
    return ", ".join(f"{_kind(kind, language)} {counts[kind]}" for kind in BlockKind if counts[kind])


def _kind(kind: BlockKind, language: str) -> str:
    """A kind of block in words; those that share their word with another key are told by it."""
    key = {BlockKind.CAPTION: "block_caption", BlockKind.SIDEBAR: "block_sidebar", BlockKind.BYLINE: "block_byline"}
    return say(language, key.get(kind, kind.value))


def _left_out(document: Document, language: str) -> Iterator[str]:
    """The furniture, so that a reader can see nothing of the story went with it."""
    furniture = [block for block in document.blocks if not block.kind.is_content]
    for block in furniture[:_LEFT_OUT]:
        words = f"{_kind(block.kind, language)}: {_cut(block.span.of(document.text))}"
        yield "  " + _row(language, "left_out", words)
    if len(furniture) > _LEFT_OUT:
        yield "  " + _row(language, "left_out", say(language, "more", len(furniture) - _LEFT_OUT))


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else line[: _QUOTE - 1] + "…"


def _safe(text: str) -> str:
    """Text from outside without characters that steer a terminal."""
    return "".join(character if character.isprintable() else " " for character in text)
