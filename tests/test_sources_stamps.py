"""Dates as pages print them: form, label, half of the day, zone; one row a form."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sources import stamps
from sources.structure import is_dated_line, is_stamp_line

SEOUL = ZoneInfo("Asia/Seoul")

FORMS = [
    (
        "등록 2025.03.01 12:04:33 수정 2025.03.01 12:10:22",
        "published 2025-03-01T12:04+09:00",
        "modified 2025-03-01T12:10+09:00",
    ),
    ("송고2025년03월01일 07시40분", "published 2025-03-01T07:40+09:00"),
    ("등록일 : 2025.03.01", "published 2025-03-01"),
    (
        "입력 2025.03.01. 17:25업데이트 2025.03.01. 18:00",
        "published 2025-03-01T17:25+09:00",
        "modified 2025-03-01T18:00+09:00",
    ),
    (
        "등록 2025-03-01 07:00수정 2025-03-01 09:22",
        "published 2025-03-01T07:00+09:00",
        "modified 2025-03-01T09:22+09:00",
    ),
    (
        "입력2025.03.01. 오후 1:02 수정2025.03.01. 오후 2:00",
        "published 2025-03-01T13:02+09:00",
        "modified 2025-03-01T14:00+09:00",
    ),
    ("2025.03.01 오전 11:12 입력", "published 2025-03-01T11:12+09:00"),
    ("2025/03/01 11:52 송고", "published 2025-03-01T11:52+09:00"),
    ("승인 : 2025. 03. 01. 11:12", "published 2025-03-01T11:12+09:00"),
    ("보도일시 : 2025. 3. 1.(토) 14:00", "published 2025-03-01T14:00+09:00"),
    ("입력 : 2025.03.01 오전 12:30", "published 2025-03-01T00:30+09:00"),
    ("입력 2025.03.01 24:00", "published 2025-03-02T00:00+09:00"),
    ("입력 '25.3.1.(토) 14:00", "published 2025-03-01T14:00+09:00"),
    ("수집일시 2025-12-01 10:00", "crawl 2025-12-01T10:00+09:00"),
    ("[2025-03-01 11:12]", "- 2025-03-01T11:12+09:00"),
    ("2025년 3월 1일 토요일 오후 2시 30분", "- 2025-03-01T14:30+09:00"),
    ("Published October 1, 2025 6:05 AM EDT", "published 2025-10-01T06:05-04:00"),
    ("Updated Oct. 1, 2025, 7:41 a.m. ET", "modified 2025-10-01T07:41-04:00"),
    ("PUBLISHED : October 1, 2025 - 14:05:33", "published 2025-10-01T14:05+09:00"),
    ("First published on Wed 1 Oct 2025 06.05 BST", "published 2025-10-01T06:05+01:00"),
    ("Published: 11:12 GMT, 1 March 2025", "published 2025-03-01T11:12+00:00"),
    ("1 Mar 2025, 11:12 PM (GMT+9)", "- 2025-03-01T23:12+09:00"),
    ("2025-03-01T02:12:00.000Z", "- 2025-03-01T02:12+00:00"),
]


@pytest.mark.parametrize(
    "line", ["발생일시  2025. 3. 1. 09:12", "사고 일시: 2025. 3. 1. 09:12", "통제기간 2025. 3. 1."]
)
def test_when_something_happened_is_no_stamp(line: str) -> None:
    assert not is_stamp_line(line)
    assert not is_dated_line(line)
    assert [hit.label for hit in stamps.find(line, SEOUL)] == [None]


def told(found: stamps.Found) -> str:
    assert found.interval is not None
    assert found.interval.start is not None
    clock = found.interval.grain.is_clock()
    when = found.interval.start.isoformat(timespec="minutes") if clock else str(found.interval.start.date())
    return f"{found.label.kind.value if found.label is not None else '-'} {when}"


@pytest.mark.parametrize("row", FORMS, ids=[row[0] for row in FORMS])
def test_form(row: tuple[str, ...]) -> None:
    text, *expected = row
    assert [told(found) for found in stamps.find(text, SEOUL)] == expected
    assert is_stamp_line(text)


NO_STAMPS = [
    "02-2024-1234",
    "1.2.3.4",
    "12.19 (목)",
    "3월 1일",
    "2025년 13월 1일",
    "2025-02-30 10:00",
    "가격 2,025.03원",
    "",
]


@pytest.mark.parametrize("text", NO_STAMPS)
def test_no_full_date(text: str) -> None:
    assert [found for found in stamps.find(text, SEOUL) if found.interval is not None] == []
