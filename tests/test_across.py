"""Bare clock times of a follow-up take the day that other reports tell for them, and only then."""

from __future__ import annotations

import pytest

from tests.making import document
from timeline.language import get_language
from timeline.model import Document, Mention
from timeline.resolve import resolve
from timeline.resolve.across import across
from timeline.tag import tag

FIRST = "8일 오후 6시 47분께 나루섬 앞바다에서 여객선과 운반선이 부딪쳤다. 여객선은 8일 오후 5시 32분 항구를 떠났다."


def days_of(*texts: tuple[str, str]) -> list[tuple[str, str]]:
    """The expressions of the last report and where they fall, all reports read together."""
    pack = get_language("ko")
    reports = [document(f"r{n}", text, published) for n, (text, published) in enumerate(texts)]
    mentions = {r.id: resolve(r, tag(r, pack), pack, "Asia/Seoul") for r in reports}
    found = across(reports, mentions, lambda _: pack.time())
    return [(m.text, _start(m)) for m in found[reports[-1].id]]


def _start(mention: Mention) -> str:
    assert mention.interval is not None
    assert mention.interval.start is not None
    return mention.interval.start.isoformat()[:16]


def reading(text: str) -> dict[str, str]:
    return dict(days_of((FIRST, "2031-05-08T22:00"), (text, "2031-05-13T19:00")))


MOVED = [
    ("두 여객선과 운반선이 부딪친 것은 오후 6시 46분으로 확인됐다.", "오후 6시 46분", "2031-05-08T18:46"),
    ("여객선이 항구를 떠난 것은 오후 5시 40분이었다.", "오후 5시 40분", "2031-05-08T17:40"),
]
KEPT = [
    ("해경은 오후 6시 46분 유족에게 결과를 알렸다.", "오후 6시 46분", "2031-05-13T18:46"),
    ("여객선이 항구를 떠난 것은 오후 5시 30분이었다.", "오후 5시 30분", "2031-05-13T17:30"),
    ("여객선이 항구를 떠난 것은 오후 3시 12분이었다.", "오후 3시 12분", "2031-05-13T15:12"),
    ("10일 오후 5시 40분 여객선이 항구를 떠났다.", "10일 오후 5시 40분", "2031-05-10T17:40"),
]


@pytest.mark.parametrize(("text", "said", "start"), MOVED, ids=[r[1] for r in MOVED])
def test_a_clock_time_everybody_knows_the_day_of(text: str, said: str, start: str) -> None:
    assert reading(text)[said] == start


@pytest.mark.parametrize(("text", "said", "start"), KEPT, ids=[r[0][:12] for r in KEPT])
def test_what_others_do_not_tell_stays(text: str, said: str, start: str) -> None:
    assert reading(text)[said] == start


def test_a_day_told_before_for_something_else_yields_too() -> None:
    text = "배는 지난 2일 오후 11시 10분 수리를 마쳤다. 여객선이 항구를 떠난 것은 오후 5시 40분이었다."
    assert reading(text)["오후 5시 40분"] == "2031-05-08T17:40"


def test_what_stands_in_one_paragraph_goes_along() -> None:
    text = "여객선이 항구를 떠난 것은 오후 5시 40분이었다. 승객은 오후 6시 30분까지 모두 잠들어 있었다."
    assert reading(text)["오후 6시 30분까지"] == "2031-05-08T18:30"


def test_a_report_alone_is_left_alone() -> None:
    assert days_of((MOVED[0][0], "2031-05-13T19:00")) == [("오후 6시 46분", "2031-05-13T18:46")]


def test_a_time_set_against_a_dated_one_is_of_its_day() -> None:
    text = (
        "해커는 지난달 29일 새벽 2시 10분께 들어왔다. "
        "은행은 오전 8시 50분이라고 발표했으나 기록에는 지난 9일 오전 8시 42분으로 남아 있다."
    )
    assert dict(days_of((text, "2031-06-16T09:00")))["오전 8시 50분"] == "2031-06-09T08:50"


def test_it_is_a_function_of_all_documents_whatever_their_order() -> None:
    pack = get_language("ko")
    reports: list[Document] = [document("a", FIRST, "2031-05-08T22:00"), document("b", MOVED[0][0], "2031-05-13T19:00")]
    mentions = {r.id: resolve(r, tag(r, pack), pack, "Asia/Seoul") for r in reports}
    one, other = (
        across(reports, mentions, lambda _: pack.time()),
        across(reports[::-1], mentions, lambda _: pack.time()),
    )
    assert one == other
