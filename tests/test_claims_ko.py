"""What Korean news sentences tell, as a reader takes it: ``corpus/ko_claims.tsv``, one row, one test (see its README).

A row gives a text, when it was published, and what the time expression in it tells: the class of event, whether it
happened, words of the title, actors and place; or why it tells no event at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from timeline.interval import Grain, Interval
from timeline.language import get_language
from timeline.model import Basis, Block, BlockKind, Document, Publication, Span, Status
from timeline.prose import NoEvent, Statement
from timeline.resolve import resolve
from timeline.tag import tag

CORPUS = Path(__file__).parent / "corpus" / "ko_claims.tsv"
REASONS = {reason.value for reason in NoEvent} | {"-", "any"}
STATUSES = {status.value for status in Status} | {"-"}


@dataclass(frozen=True)
class Row:
    id: str
    published: str
    text: str
    time: str
    action: str
    status: str
    no_event: str
    title: str = ""
    actors: str = ""
    place: str = ""


@dataclass(frozen=True)
class Told:
    document: Document
    statements: tuple[Statement, ...]


@cache
def rows_of() -> tuple[Row, ...]:
    lines = CORPUS.read_text(encoding="utf-8").splitlines()
    return tuple(Row(*line.split("\t")) for line in lines if line and not line.startswith("#"))


def document_of(text: str, published: str, *, file: str = "1.txt") -> Document:
    """A report of blocks parted by ``¶``; a block may begin with its kind (``list:``), else it is body."""
    blocks, parts, start = [], [], 0
    for part in text.split("¶"):
        kind, mark, rest = part.partition(":")
        known = bool(mark) and kind in set(BlockKind)
        words = rest if known else part
        span = Span(start=start, end=start + len(words))
        blocks.append(Block(kind=BlockKind(kind) if known else BlockKind.BODY, span=span))
        parts.append(words)
        start = span.end + 1
    moment = datetime.fromisoformat(published)
    known_at = Interval(start=moment, end=moment + timedelta(minutes=1), grain=Grain.MINUTE)
    return Document(
        id=file,
        file=file,
        text="\n".join(parts),
        blocks=tuple(blocks),
        outlet="나루일보",
        publication=Publication(interval=known_at, basis=Basis.STATED),
        origin=file,
    )


def read_document(document: Document) -> tuple[Statement, ...]:
    """The statements the Korean pack reads, by the real tagger and resolver."""
    pack = get_language("ko")
    mentions = resolve(document, tag(document, pack), pack, "Asia/Seoul")
    prose = pack.prose().load()
    return tuple(prose.read(document, mentions, prose.learn([document])))


@cache
def read(row: Row) -> Told:
    document = document_of(row.text, row.published)
    return Told(document, read_document(document))


def told_of(row: Row, told: Told) -> list[Statement]:
    """The statements of the row's time expression; of ``-`` those known by order alone."""
    if row.time == "-":
        return [s for s in told.statements if s.mention is None]
    start = told.document.text.index(row.time)
    span = Span(start=start, end=start + len(row.time))
    return [s for s in told.statements if s.mention is not None and s.mention.span.overlaps(span)]


def verdict(row: Row, told: Told) -> list[str]:
    """What differs from the row, in words; nothing where all is as expected."""
    found = told_of(row, told)
    if row.no_event != "-":
        wrong = [s for s in found if s.no_event is None]
        faults = [f"tells {s.actions} {s.status.value}: {s.summary!r}" for s in wrong]
        reasons = {s.no_event.value for s in found if s.no_event is not None}
        if row.no_event != "any" and reasons != {row.no_event}:
            faults.append(f"because of {sorted(reasons)}")
        return faults
    events = [s for s in found if s.no_event is None]
    if not events:
        return [f"no event: {[s.no_event for s in found]}"]
    return min((_differences(row, event) for event in events), key=len)


def _differences(row: Row, event: Statement) -> list[str]:
    out = []
    if row.action != "-" and event.actions[:1] not in [(name,) for name in row.action.split("/")]:
        out.append(f"actions {event.actions}")
    if row.status != "-" and event.status.value not in row.status.split("/"):
        out.append(f"status {event.status.value}")
    if row.title and not any(word in event.summary for word in row.title.split("/")):
        out.append(f"title {event.summary!r}")
    out += [f"no {who} in {event.actors}" for who in row.actors.split(";") if not _among(who, event.actors)]
    if row.place and row.place not in (event.place or ""):
        out.append(f"place {event.place!r}")
    return out


def _among(who: str, actors: Sequence[str]) -> bool:
    return not who or any(who in actor for actor in actors)


@pytest.mark.parametrize("row", rows_of(), ids=lambda row: row.id)
def test_a_sentence_tells_what_a_reader_takes(row: Row) -> None:
    assert not (faults := verdict(row, read(row))), faults
