"""Undated reports are dated from what they tell and from the dated ones; what cannot be known stays unknown."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from sources import assemble
from sources.draft import Draft, Piece
from timeline.dating import date_documents
from timeline.dating.told import words_of
from timeline.language import get_language
from timeline.languages import SCRIPTS
from timeline.model import Basis, Document, StampKind
from timeline.tag import tag

SEOUL = ZoneInfo("Asia/Seoul")
KOREAN = get_language("ko")
DATED = (
    "새솔호 좌초\n\n입력 2025.06.13 08:10\n\n"
    "한누리도 앞바다에서 12일 밤 9시 42분 고깃배가 암초에 걸렸다. 선원은 모두 구조됐다.\n\n"
    "배는 14일 오전 10시 항구로 끌려온다."
)


def report(file: str, text: str) -> Document:
    return assemble.document(Draft((Piece(text),)), file, SEOUL)


def dated(*texts: str) -> Document:
    """The last text, dated with the help of the others."""
    documents = tuple(report(f"{number}.txt", text) for number, text in enumerate(texts))
    mentions = {document.id: tag(document, KOREAN) for document in documents}
    return date_documents(documents, mentions, lambda _: KOREAN)[-1]


def body(text: str) -> str:
    return f"제목 한 줄입니다\n\n{text}"


FIXED = [
    (
        "today restated",
        "선장은 오늘(13일) 해경에 나와 조사를 받았습니다. 배는 아직 암초에 걸려 있습니다.",
        "2025-06-13",
    ),
    (
        "yesterday restated",
        "고깃배가 어제(12일) 밤 암초에 걸렸다. 선원 7명은 모두 구조됐고 다친 사람은 없다.",
        "2025-06-13",
    ),
    (
        "the third day",
        "12일 밤 암초에 걸린 고깃배가 사흘째 기울어 있다. 해경은 바다에 기름막이를 둘러쳤다.",
        "2025-06-14",
    ),
    (
        "past and still to come",
        "고깃배는 14일 오전 항구에 닿았다. 선장은 이날 오후 5시 기자들 앞에 선다.",
        "2025-06-14",
    ),
    ("past day only", "고깃배는 14일 오전 10시 20분 항구로 끌려왔다. 선원 가족들이 부두에 나와 맞았다.", "2025-06-14"),
    (
        "last and plain day",
        "고깃배는 지난 12일 암초에 걸렸다. 해경은 13일 선장을 불러 조사했다고 밝혔다.",
        "2025-06-13",
    ),
    (
        "before what is planned",
        "12일 밤 암초에 걸린 배가 아직 그대로다. 해경은 13일 오전 잠수사를 보낼 예정이다.",
        "2025-06-12",
    ),
    ("a clock time of yesterday", "어젯밤 9시 42분 고깃배가 암초에 걸렸습니다. 선원은 모두 무사합니다.", "2025-06-13"),
    ("last month's day", "지난달 12일 암초에 걸렸던 고깃배가 1일 다시 바다로 나갔다. 선원들은 그대로다.", "2025-07-01"),
]


@pytest.mark.parametrize(("text", "day"), [row[1:] for row in FIXED], ids=[row[0] for row in FIXED])
def test_dated_by_what_it_tells(text: str, day: str) -> None:
    publication = dated(DATED, body(text)).publication
    assert (publication.text(), publication.basis) == (day, Basis.INFERRED)


def test_the_evidence_quotes_the_report() -> None:
    document = dated(DATED, body(FIXED[3][1]))
    rows = [row for row in document.publication.evidence if row.used and row.quote]
    assert rows
    assert all(row.quote in document.text and row.note and row.kind is StampKind.INFERRED for row in rows)


def test_what_is_open_is_kept_open() -> None:
    """Told past on the 12th, planned for the 16th: any day between is possible, and the reading says so."""
    text = "고깃배는 12일 밤 암초에 걸렸다. 선장은 16일 오전 심판원에 나온다."
    interval = dated(DATED, body(text)).publication.interval
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    assert (interval.low.date().day, interval.high.date().day) == (12, 17)
    assert interval.approximate


UNKNOWN = [
    ("no dated report", (body(FIXED[1][1]),)),
    (
        "no expression",
        (DATED, body("고깃배가 암초에 걸렸다는 소식에 항구가 술렁였다. 선원 가족들은 밤새 잠을 이루지 못했다.")),
    ),
]


@pytest.mark.parametrize("texts", [row[1] for row in UNKNOWN], ids=[row[0] for row in UNKNOWN])
def test_unknown_stays_unknown(texts: tuple[str, ...]) -> None:
    publication = dated(*texts).publication
    assert (publication.interval, publication.basis) == (None, Basis.UNKNOWN)


def test_a_full_date_in_the_text_is_enough() -> None:
    text = "2025년 6월 12일 밤 고깃배가 암초에 걸렸다. 선장은 14일 조사를 받았다."
    assert dated(body(text)).publication.text() == "2025-06-14"


def test_a_dated_report_is_left_alone() -> None:
    document = dated(
        "둘째 소식\n\n입력 2025.06.20 09:00\n\n고깃배는 오늘(13일) 항구로 끌려왔고 선원들은 집으로 돌아갔다."
    )
    assert document.publication.basis is Basis.STATED


def test_quotations_do_not_date_the_report() -> None:
    text = '고깃배는 13일 항구로 끌려왔다. 선장은 "20일 밤 끝내겠다고 했다. 25일 다시 나갔다"고 말했다.'
    assert dated(DATED, body(text)).publication.text() == "2025-06-13"


def test_refused_stamps_are_kept_as_evidence() -> None:
    text = body(FIXED[0][1]) + "\n\nⓒ 가람일보, 무단 전재 금지\n많이 본 뉴스\n첫눈 2025.11.20 18:20"
    evidence = dated(DATED, text).publication.evidence
    assert [row.kind for row in evidence if not row.used] == [StampKind.SIDEBAR]


def test_a_month_boundary_is_crossed() -> None:
    first = "소식\n\n입력 2025.02.28 23:10\n\n28일 밤 9시 42분께 물류창고에서 불이 났다. 소방당국이 불을 끄고 있다."
    text = "어젯밤 9시 42분 물류창고에서 난 불이 아침까지 이어지고 있습니다. 오늘(1일) 오전 감식이 시작됩니다."
    assert dated(first, body(text)).publication.text() == "2025-03-01"


def test_every_pack_words_every_reason() -> None:
    keys = {code: frozenset(words_of(code).reasons) for code in SCRIPTS}
    assert len(set(keys.values())) == 1
    assert "restated" in next(iter(keys.values()))
