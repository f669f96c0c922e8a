"""An editor's corrections at work in the whole program: what they say holds, and what they cannot find is told."""

from __future__ import annotations

from typing import Any

import pytest

from tests.test_claims_ko import document_of
from timeline.corrections import Corrections
from timeline.model import Authority, Document, Event, Itinerary, Level
from timeline.pipeline import reconstruct

AT = "2026-05-11T20:00+09:00"
TEXTS = (
    "나룻배는 11일 오전 9시 40분께 솔미 선착장에서 침몰했다. 시는 11일 오후 3시 기자회견을 열었다.",
    "11일 오전 9시 40분쯤 솔미 선착장에서 나룻배가 침몰했다.",
    "나룻배는 11일 오후 1시 20분 솔미 선착장에서 침몰했다.",
)


def reports() -> list[Document]:
    out = []
    for number, text in enumerate(TEXTS):
        document = document_of(text, AT, file=f"{number}.txt")
        out.append(document.model_copy(update={"outlet": f"매체{number}"}))
    return out


def built(**corrections: Any) -> Itinerary:
    return reconstruct(reports(), corrections=Corrections.model_validate(corrections))


def sinkings(itinerary: Itinerary) -> list[Event]:
    return [event for event in itinerary.events if event.action == "overturn"]


def of(itinerary: Itinerary, document: str) -> Event:
    """The event of the sinking that a report tells."""
    return next(e for e in sinkings(itinerary) if any(c.document == document for c in e.claims))


def test_nothing_to_correct_changes_nothing() -> None:
    assert built() == reconstruct(reports())


def test_before_any_correction() -> None:
    """What the rest of this file starts from: two reports agree, and the sinking has a time."""
    itinerary = reconstruct(reports())
    assert of(itinerary, "0.txt") == of(itinerary, "1.txt")


def test_same_brings_together() -> None:
    itinerary = built(same=[[{"quote": "오전 9시 40분께"}, {"quote": "오후 1시 20분"}]])
    assert of(itinerary, "0.txt").id == of(itinerary, "2.txt").id
    assert itinerary.problems == ()


def test_apart_parts() -> None:
    itinerary = built(apart=[[{"quote": "오전 9시 40분께"}, {"quote": "오전 9시 40분쯤"}]])
    assert of(itinerary, "0.txt").id != of(itinerary, "1.txt").id
    assert itinerary.problems == ()


def test_apart_outweighs_likeness_for_every_pair() -> None:
    first, second, third = ({"file": f"{n}.txt", "quote": "침몰"} for n in range(3))
    itinerary = built(apart=[[first, second, third]])
    assert len({of(itinerary, f"{n}.txt").id for n in range(3)}) == 3


def test_wrong_is_left_out() -> None:
    itinerary = built(wrong=[{"file": "2.txt"}])
    assert not any(c.document == "2.txt" for e in (*itinerary.events, *itinerary.undated) for c in e.claims)
    assert of(itinerary, "0.txt").id == of(itinerary, "1.txt").id
    assert all(conflict.severity != "major" for conflict in of(itinerary, "0.txt").conflicts)


def test_official_speaks_with_authority() -> None:
    together = [[{"quote": "오전 9시 40분께"}, {"quote": "오후 1시 20분"}]]
    itinerary = built(official=[{"outlet": "매체2"}], same=together)
    event = of(itinerary, "2.txt")
    assert {c.authority for c in event.claims if c.document == "2.txt"} == {Authority.OFFICIAL}
    assert event.time is not None
    assert event.time.best.isoformat() == "2026-05-11T13:20:00+09:00"


def test_a_known_time_is_taken_as_it_is() -> None:
    entry = {"event": {"quote": "기자회견"}, "at": "2026-05-11T15:05+09:00", "why": "회의록"}
    itinerary = built(time=[entry])
    event = next(e for e in itinerary.events if "기자회견" in e.claims[0].quote)
    assert event.time is not None
    assert event.time.best.isoformat() == "2026-05-11T15:05:00+09:00"
    assert event.confidence.level is Level.HIGH
    assert "회의록" in event.confidence.evidence[0].reason
    assert itinerary.problems == ()


def test_a_known_time_sets_the_order() -> None:
    entry = {"event": {"quote": "기자회견"}, "at": "2026-05-11T06:00+09:00"}
    itinerary = built(time=[entry])
    assert "기자회견" in itinerary.events[0].claims[0].quote
    bests = [e.time.best for e in itinerary.events if e.time is not None]
    assert bests == sorted(bests)


NOT_FOUND = [
    ("wrong", {"wrong": [{"quote": "비행기"}]}, "비행기"),
    ("same", {"same": [[{"quote": "침몰"}, {"claim": "c000000000000"}]]}, "c000000000000"),
    ("time", {"time": [{"event": {"quote": "비행기"}, "at": "2026-05-11T06:00+09:00"}]}, "비행기"),
    ("official", {"official": [{"outlet": "없는매체"}]}, "없는매체"),
]


@pytest.mark.parametrize(("corrections", "named"), [r[1:] for r in NOT_FOUND], ids=[r[0] for r in NOT_FOUND])
def test_what_finds_nothing_is_told(corrections: dict[str, Any], named: str) -> None:
    itinerary = built(**corrections)
    assert any(named in problem.error for problem in itinerary.problems)
    assert {p.file for p in itinerary.problems} == {"corrections"}
