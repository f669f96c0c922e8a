"""One report that tells two times of one event: set against each other, moved, called off, or said only to be denied.

Every row is the body of a report published on Tuesday 10 March 2026 at 18:00; invented for this test.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import sources
from timeline.model import Event, Status
from timeline.pipeline import reconstruct

TOLD = [
    (
        "the record against the claim",
        "시는 9일 오후 3시에 수돗물 공급을 재개했다고 밝혔지만 수돗물이 다시 나온 것은 저녁 6시 50분이었다.",
        [("09 18:50", Status.OCCURRED, True)],
    ),
    (
        "a wrong time and the right one in the next sentence",
        "문이 열린 시각을 9일 06:10으로 알려 드렸으나 이는 잘못입니다. 기록을 보니 문을 연 것은 06:40이었습니다.",
        [("09 06:40", Status.OCCURRED, False)],
    ),
    (
        "another event after a claim stays another event",
        "경찰은 9일 오후 3시 현장에 도착했다고 밝혔지만 불이 꺼진 것은 3시 20분이었다.",
        [("09 15:00", Status.OCCURRED, False), ("09 15:20", Status.OCCURRED, False)],
    ),
    (
        "a plan that its outcome replaced",
        "9일 열릴 예정이던 행진은 비 때문에 하루 밀려 10일 오후 4시에 시작됐다.",
        [("10 16:00", Status.OCCURRED, False)],
    ),
    (
        "a plan moved by so many days",
        "국회 청문회는 당초 12일로 잡혔다가 13일 오후 2시로 하루 미뤄졌다.",
        [("13 14:00", Status.PLANNED, False)],
    ),
    ("a plan called off", "노조는 12일 예정했던 파업을 철회했다.", [("12 00:00", Status.CANCELLED, False)]),
    (
        "about to leave, and did not",
        "7일 오후 6시 출발하려던 여객선은 결항됐다.",
        [("07 18:00", Status.CANCELLED, False)],
    ),
    (
        "a rumour denied in its own sentence",
        "창고가 또 폭발했다는 소문이 9일 밤 11시쯤 퍼졌지만 소방서는 사실이 아니라고 밝혔다.",
        [("09 23:00", Status.DENIED, False)],
    ),
    (
        "a rumour denied in the next sentence",
        "9일 오후 10시 두 대표가 호텔에서 만났다는 소문이 돌았다. 양측은 모두 부인했다.",
        [("09 22:00", Status.DENIED, False)],
    ),
    ("a rumour not denied", "9일 밤 은행이 문을 닫는다는 소문이 퍼졌다.", [("09 21:00", Status.RUMOURED, False)]),
]


def events_of(text: str, folder: Path) -> list[Event]:
    (folder / "report.txt").write_text(f"하루신문\n시험 기사\n입력 2026-03-10 18:00\n\n{text}\n", encoding="utf-8")
    return list(reconstruct(sources.read([folder]).documents).events)


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in TOLD], ids=[row[0] for row in TOLD])
def test_two_times_of_one_report(text: str, expected: list[tuple[str, Status, bool]], tmp_path: Path) -> None:
    told = [
        (e.time.best.strftime("%d %H:%M") if e.time else "", e.status, bool(e.conflicts))
        for e in events_of(text, tmp_path)
    ]
    assert sorted(told) == sorted(expected)
