"""Text no reporter would write is read to its end, and what stands beside it is told all the same."""

from __future__ import annotations

from datetime import datetime

import pytest

from timeline.calendar import zone
from timeline.interval import Grain, Interval
from timeline.model import Basis, Block, BlockKind, Document, Publication, Span
from timeline.pipeline import reconstruct

SEOUL = zone("Asia/Seoul")
KOREAN = "가온시의 다리가 12일 오전 10시 20분 다시 열렸다."
ENGLISH = "The Lowmere bridge reopened at 10:20 a.m. on Saturday."
ENDLESS = {
    "parts of the day": ("ko", KOREAN, "오후 " * 600),
    "clauses joined by and": ("ko", KOREAN, "가온시는 12일 오후 3시 문을 열고 " * 700),
    "clock times": ("ko", KOREAN, "14:05 14:06 " * 600),
    "English clock times": ("en", ENGLISH, "3 p.m. " * 600),
    "English clauses": ("en", ENGLISH, "the ferry left at 3 p.m. on Saturday and " * 700),
}


def report(language: str, story: str, more: str) -> Document:
    text = f"{story}\n{more.strip()}"
    start = datetime(2025, 4, 12, 19, 38, tzinfo=SEOUL)
    published = Interval(start=start, end=start.replace(minute=39), grain=Grain.MINUTE)
    spans = (Span(start=0, end=len(story)), Span(start=len(story) + 1, end=len(text)))
    return Document(
        id="d1",
        file="a.txt",
        language=language,
        text=text,
        blocks=tuple(Block(kind=BlockKind.BODY, span=span) for span in spans),
        publication=Publication(interval=published, basis=Basis.STATED),
        origin="d1",
    )


@pytest.mark.parametrize(("language", "story", "more"), ENDLESS.values(), ids=list(ENDLESS))
def test_an_endless_sentence_costs_only_itself(language: str, story: str, more: str) -> None:
    events = reconstruct([report(language, story, more)]).events
    told = [event for event in events if any(claim.quote in story for claim in event.claims)]
    starts = [event.time.best for event in told if event.time is not None]
    assert datetime(2025, 4, 12, 10, 20, tzinfo=SEOUL) in starts
