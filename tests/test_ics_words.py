"""How unsure a time is, as the calendar file tells it: in summary, description, categories and X- values."""

from __future__ import annotations

from typing import Any

import icalendar
import pytest

from reports.ics import to_ics
from reports.record import to_record
from tests.calendar_cases import calendar_of, event
from tests.samples import sample


def told(title: str) -> Any:
    """The story's event whose summary begins so."""
    return next(e for e in events() if e["SUMMARY"].startswith(title))


def events() -> list[Any]:
    return list(icalendar.Calendar.from_ical(to_ics(sample())).walk("VEVENT"))


SUMMARIES = [
    ("새솔교 준공", "새솔교 준공 (2013년)"),
    ("새솔교 전면", "새솔교 전면 통제 (오전 10:25–10:45)"),
    ("이수안", "이수안 시장 현장 도착 (오전 0:00–오후 12:25 · 엇갈림)"),
    ("통행", "통행 재개"),
    ("[예정]", "[예정] 합동 조사 시작"),
    ("[소문]", "[소문] 시공사 압수수색"),
    ("[취소]", "[취소] 다리 걷기 행사"),
]


@pytest.mark.parametrize(("start", "summary"), SUMMARIES)
def test_the_range_and_the_status_stand_in_the_summary(start: str, summary: str) -> None:
    assert told(start)["SUMMARY"] == summary


def test_the_description_tells_best_range_confidence_sources_and_every_claim() -> None:
    text = str(told("새솔교 전면")["DESCRIPTION"])
    first = text.split("\n")[0]
    for part in ("오전 10:37께", "오전 10:25–10:45", "신뢰도 높음 (88%)", "주장 6건, 독립 출처 5곳"):
        assert part in first
    closed = next(e for e in sample().events if e.title == "새솔교 전면 통제")
    assert all(claim.quote in text for claim in closed.claims)
    assert closed.conflicts[0].note in text


def test_categories() -> None:
    def of(title: str) -> list[str]:
        return [str(label) for label in told(title)["CATEGORIES"].cats]

    assert of("새솔교 전면") == ["신뢰도 높음", "정밀도 분", "작은 차이"]
    assert of("이수안") == ["신뢰도 중간", "정밀도 분", "양립 불가"]
    assert of("새솔교 준공") == ["신뢰도 높음", "정밀도 해"]


def test_x_values_equal_the_json() -> None:
    rows = {row.id: row for row in to_record(sample()).events}
    for found in events():
        row = rows[str(found["X-TIMELINE-EVENT"])]
        assert row.time is not None
        for name in ("best", "earliest", "latest", "grain", "timex3"):
            assert found[f"X-TIMELINE-{name.upper()}"] == getattr(row.time, name)
        assert found["X-TIMELINE-STATUS"] == row.status
        assert found["X-TIMELINE-PROBABILITY"] == str(row.confidence.probability)
        assert found["X-TIMELINE-INDEPENDENT-ORIGINS"] == str(row.independent_origins)
        assert found["X-TIMELINE-CLAIMS"].split() == [claim.id for claim in row.claims]
        conflicts = " ".join(f"{conflict.kind}/{conflict.severity}" for conflict in row.conflicts)
        assert found.get("X-TIMELINE-CONFLICTS", "") == conflicts


def test_every_source_address_is_told_and_the_strongest_is_the_url() -> None:
    documents = {document.id: document for document in sample().documents}
    for made, found in zip(sample().events, events(), strict=True):
        addresses = {documents[claim.document].url for claim in made.claims} - {None}
        assert all(str(address) in found["DESCRIPTION"] for address in addresses)
        if addresses:
            assert str(found["URL"]) in addresses
        if any(claim.authority == "official" for claim in made.claims):
            assert str(found["URL"]) == "https://city.example/press/312"


def test_a_title_that_is_cut_is_told_whole_in_the_description() -> None:
    title = "가" * 3_000
    (found,) = icalendar.Calendar.from_ical(to_ics(calendar_of(event("2026-03-11T10:37", title=title)))).walk("VEVENT")
    assert found["SUMMARY"] == "가" * 999 + "…"
    assert found["DESCRIPTION"].startswith(title)
