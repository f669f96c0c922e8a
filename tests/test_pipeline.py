"""From documents to the itinerary: what holds of any reports, on invented stories put together of corpus sentences."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from math import log2
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sources
from reports.record import to_json
from tests.scoring import CASES, cases_in, reports_of
from tests.test_claims_ko import document_of, rows_of
from timeline.model import Document, Event, Itinerary, Level, Problem, Status
from timeline.pipeline import reconstruct

TEXTS = sorted({row.text for row in rows_of() if "¶" not in row.text})
DAY = datetime.fromisoformat("2026-05-11T08:00+09:00")

stories: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        hours=st.integers(0, 72),
        texts=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=6, unique=True),
    ),
    min_size=2,
    max_size=4,
)
FOLDERS = cases_in(CASES)[:5]


def made(story: Sequence[dict[str, Any]]) -> list[Document]:
    out = []
    for number, row in enumerate(story):
        published = (DAY + timedelta(hours=row["hours"])).isoformat()
        document = document_of("¶".join(row["texts"]), published, file=f"{number}.txt")
        out.append(document.model_copy(update={"outlet": f"매체{number}"}))
    return out


@cache
def documents_of(case: Path) -> tuple[Document, ...]:
    return sources.read([reports_of(case)]).documents


@cache
def told(case: Path) -> Itinerary:
    return reconstruct(documents_of(case))


def everything(itinerary: Itinerary) -> tuple[Event, ...]:
    return (*itinerary.events, *itinerary.undated)


# --- what holds of every itinerary


def check(itinerary: Itinerary) -> None:
    texts = {d.id: d.text for d in itinerary.documents}
    ids = [claim.id for event in everything(itinerary) for claim in event.claims]
    assert len(set(ids)) == len(ids), "a claim stands in two events"
    for event in everything(itinerary):
        for claim in event.claims:
            assert claim.quote == claim.span.of(texts[claim.document])
            if claim.mention is not None:
                assert claim.mention.text == claim.mention.span.of(texts[claim.document])
        check_confidence(event)
        check_conflicts(event)
    assert all(event.time is None for event in itinerary.undated)
    assert all(event.time is not None for event in itinerary.events)
    for event in itinerary.events:
        check_time(event)
    check_order(itinerary)


def check_confidence(event: Event) -> None:
    p = event.confidence.probability
    assert 0 < p < 1
    expected = Level.HIGH if p >= 0.85 else Level.MEDIUM if p >= 0.6 else Level.LOW
    assert event.confidence.level is expected
    assert sum(row.weight for row in event.confidence.evidence) == pytest.approx(log2(p / (1 - p)), abs=0.02)
    known = {claim.id for claim in event.claims}
    assert {name for row in event.confidence.evidence for name in row.claims} <= known


def check_conflicts(event: Event) -> None:
    known = {claim.id for claim in event.claims}
    for conflict in event.conflicts:
        assert set(conflict.claims) <= known
        assert conflict.note
    assert 1 <= event.independent_origins <= len({claim.origin for claim in event.claims})


def check_time(event: Event) -> None:
    time = event.time
    assert time is not None
    assert time.earliest is None or time.earliest <= time.best
    assert time.latest is None or time.best <= time.latest
    past = [c.published for c in event.claims if c.told_past and c.published and c.status is Status.OCCURRED]
    if event.status is Status.OCCURRED and past:
        assert time.best <= max(past), "told as past, yet after its publication"


def check_order(itinerary: Itinerary) -> None:
    bests = [event.time.best for event in itinerary.events if event.time is not None]
    assert bests == sorted(bests)
    known = {event.id for event in everything(itinerary)}
    assert len(known) == len(everything(itinerary))
    assert all({row.before, row.after} <= known for row in itinerary.order)
    assert all(gap.start < gap.end and {gap.after, gap.before} <= known for gap in itinerary.gaps)


@pytest.mark.parametrize("case", cases_in(CASES), ids=lambda case: case.name)
def test_what_holds_of_a_case(case: Path) -> None:
    itinerary = told(case)
    check(itinerary)
    assert len(itinerary.events) >= 5


@settings(max_examples=40)
@given(stories)
def test_what_holds_of_any_story(story: list[dict[str, Any]]) -> None:
    check(reconstruct(made(story)))


# --- same input, same bytes


@settings(max_examples=25)
@given(stories, st.randoms(use_true_random=False))
def test_the_order_of_reports_never_matters(story: list[dict[str, Any]], chance: random.Random) -> None:
    documents = made(story)
    expected = to_json(reconstruct(documents))
    chance.shuffle(documents)
    assert to_json(reconstruct(documents)) == expected


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_a_case_gives_the_same_bytes_in_any_order(case: Path) -> None:
    documents = documents_of(case)
    expected = to_json(told(case))
    assert to_json(reconstruct(tuple(reversed(documents)))) == expected
    assert to_json(reconstruct(documents)) == expected


# --- a copy is no second witness


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_a_verbatim_copy_is_no_second_witness(case: Path) -> None:
    """An event of the same claims keeps its time, probability and origins; nearly every event is of the same claims."""
    documents, before = documents_of(case), told(case)
    originals = {d.id for d in before.documents if d.copy_of is None}
    for original in documents:
        if original.id in originals:
            after = reconstruct((*documents, copy_of(original)))
            (copied,) = (d for d in after.documents if d.id == "dcopy")
            assert copied.copy_of == original.id
            kept = sum(unchanged(event, after) for event in everything(before))
            assert kept == len(everything(before))


def copy_of(document: Document) -> Document:
    return document.model_copy(update={"id": "dcopy", "file": "zz-copy.txt", "outlet": "베껴쓴신문", "origin": ""})


def unchanged(event: Event, after: Itinerary) -> bool:
    """Whether the event is made of the same claims, the copy's left aside; then nothing else may have changed."""
    home = {claim.id: other for other in everything(after) for claim in other.claims}
    now = home[event.claims[0].id]
    if {c.id for c in event.claims} != {c.id for c in now.claims if c.document != "dcopy"}:
        return False
    assert now.independent_origins == event.independent_origins, event.title
    assert now.status is event.status, event.title
    assert now.confidence.probability == pytest.approx(event.confidence.probability, abs=0.01), event.title
    assert (now.time and now.time.best) == (event.time and event.time.best), event.title
    return True


def test_a_verbatim_copy_changes_no_small_story() -> None:
    documents = made(STORY)
    before = reconstruct(documents)
    for original in documents:
        after = reconstruct((*documents, copy_of(original)))
        assert len(everything(after)) == len(everything(before))
        assert all(unchanged(event, after) for event in everything(before))


# --- arguments

STORY = [
    {
        "hours": 0,
        "texts": ["길노을 회장은 10일 오후 3시 새솔공항에 도착했다.", "한서진 시장은 11일 오전 7시 사의를 밝혔다."],
    },
    {"hours": 2, "texts": ["길노을 회장이 10일 오후 3시께 새솔공항에 도착했다."]},
]


def test_two_reports_of_one_arrival_are_one_event() -> None:
    itinerary = reconstruct(made(STORY))
    arrival = next(e for e in itinerary.events if e.action == "arrive")
    assert {c.document for c in arrival.claims} == {"0.txt", "1.txt"}
    assert arrival.independent_origins == 2
    assert arrival.time is not None
    assert arrival.time.best == datetime.fromisoformat("2026-05-10T15:00+09:00")
    assert arrival.status is Status.OCCURRED
    assert "길노을" in arrival.actors
    assert len(itinerary.events) == 2


def test_subjects_keep_the_events_about_them() -> None:
    itinerary = reconstruct(made(STORY), subjects=["한서진"])
    assert [e.action for e in itinerary.events] == ["resign"]
    assert len(itinerary.documents) == 2
    assert reconstruct(made(STORY), subjects=["아무도"]).events == ()


def test_title_zone_hash_and_problems_are_handed_on() -> None:
    problem = Problem(file="bad.pdf", error="broken")
    itinerary = reconstruct(
        made(STORY), title="내 제목", timezone="Europe/London", problems=[problem], inputs_sha256="f" * 64
    )
    assert (itinerary.title, itinerary.timezone) == ("내 제목", "Europe/London")
    assert itinerary.problems == (problem,)
    assert itinerary.inputs_sha256 == "f" * 64
    assert itinerary.generator.startswith("event-timeline-reconstructor")


def test_progress_tells_every_stage() -> None:
    steps: list[tuple[str, int, int]] = []
    reconstruct(made(STORY), progress=lambda *step: steps.append(step))
    assert [name for name, _, _ in steps if name in {"tag", "resolve", "claims"}] == ["tag"] * 2 + ["resolve"] * 2 + [
        "claims"
    ] * 2
    assert steps[-1] == ("reconcile", 1, 1)
    assert all(0 <= done <= total for _, done, total in steps)


def test_no_documents_give_an_empty_itinerary() -> None:
    itinerary = reconstruct([])
    assert (itinerary.events, itinerary.undated, itinerary.documents) == ((), (), ())
    assert itinerary.title


@pytest.mark.parametrize("text", ["", " ", "\n\n", "다리", "!!!", "12:34", "오늘", "𝟙일 오전", "가" * 5000], ids=repr)
def test_a_report_that_tells_nothing_harms_nothing(text: str) -> None:
    empty = document_of(text, "2026-05-11T08:00+09:00", file="9.txt")
    itinerary = reconstruct([*made(STORY), empty])
    check(itinerary)
    assert {e.action for e in itinerary.events} >= {"arrive", "resign"}


@settings(max_examples=40)
@given(st.text(alphabet=st.sampled_from("가나다0123456789년월일시분 .,\"'“”()·:~-오전후어제이날께경\n"), max_size=120))
def test_any_text_can_be_read(text: str) -> None:
    check(reconstruct([document_of(text, "2026-05-11T08:00+09:00")]))
