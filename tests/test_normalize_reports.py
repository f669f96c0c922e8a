"""Whole reports with the reading a careful reader takes: days left out, moved, called off, and counted from events.

Each row: its name, when the report appeared, its paragraphs, and the expressions with their start (``+`` and a number
where it occurs again).
"""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from sources import assemble
from sources.draft import Draft, Piece
from timeline.dating import date_documents
from timeline.language import get_language
from timeline.model import Document, Mention
from timeline.resolve import resolve
from timeline.tag import tag

KOREAN = get_language("ko")
ZONE = timezone(timedelta(hours=9))

ROWS = [
    (
        "called-off-ahead",
        "2025.04.17 10:20",
        "보름달시는 18일 열려던 벚꽃마라톤을 취소했다.",
        {"18일": "2025-04-18"},
    ),
    (
        "called-off-behind",
        "2025.04.17 10:20",
        "재판부는 14일 열려던 선고 공판을 두 차례 미룬 까닭을 밝혔다.",
        {"14일": "2025-04-14"},
    ),
    (
        "agreed-then-called-off",
        "2025.04.17 10:20",
        "여야는 21일 하기로 한 원내대표 회동을 취소했다.",
        {"21일": "2025-04-21"},
    ),
    (
        "planned-but-not-held",
        "2025.04.17 10:20",
        "여객 노선은 15일 다시 열릴 예정이었으나 신호 고장으로 16일 열렸다.",
        {"15일": "2025-04-15", "16일": "2025-04-16"},
    ),
    (
        "moved-to-tomorrow",
        "2025.04.17 21:20",
        "구단은 시구 행사를 18일 오후 5시로 미뤘다.",
        {"18일 오후 5시": "2025-04-18T17:00"},
    ),
    (
        "term-that-was",
        "2025.04.17 10:20",
        "당초 20일까지이던 등산로 폐쇄는 한 주 늘었다.",
        {"20일까지": "2025-04-20"},
    ),
    (
        "term-past-not-kept",
        "2025.04.17 10:20",
        "선로 교체는 당초 14일까지 끝날 예정이었으나 아직 절반도 못 마쳤다.",
        {"14일까지": "2025-04-14"},
    ),
    (
        "copula-is-no-plan",
        "2025.04.17 00:00",
        "9일 나래역 탈선은 올해 들어 세 번째입니다.",
        {"9일": "2025-04-09"},
    ),
    (
        "correcting-is-no-plan",
        "2025.04.17 10:20",
        "첫 공판 날짜를 기록대로 8일로 고칩니다.",
        {"8일": "2025-04-08"},
    ),
    (
        "a-plan-stays-a-plan",
        "2025.04.17 10:20",
        "상고심은 29일 시작합니다. 새 감독은 22일 첫선을 보입니다.",
        {"29일": "2025-04-29", "22일": "2025-04-22"},
    ),
    (
        "follow-up-time-told-later",
        "2025.04.17 18:10",
        "나래역 탈선 경위가 바로잡혔다.\n\n17일 철도청에 따르면 운행 재개는 지난 12일 오전 5시 10분이었다.\n\n"
        "탈선 시각도 정리됐다. 철도청은 관제 기록인 오후 9시 32분이 맞다고 인정했다.\n\n"
        "기관사는 지난 11일 오후 9시 28분 비상 제동을 걸었다.",
        {"오후 9시 32분": "2025-04-11T21:32"},
    ),
    (
        "follow-up-time-told-before",
        "2025.04.17 18:10",
        "경찰은 지난 11일 오후 2시 15분 법원 앞 폭행의 영상을 찾았다.\n\n"
        "경찰은 늦은 출동을 사과했다.\n\n"
        "출동 일지에는 도착 시각이 오후 2시 40분으로 적혀 있었다. 오후 2시 50분에는 구급차가 왔다.",
        {"오후 2시 40분": "2025-04-11T14:40", "오후 2시 50분": "2025-04-11T14:50"},
    ),
    (
        "times-of-a-day-named-stay",
        "2025.04.17 08:00",
        "대표팀은 어제 오후 2시 훈련했다.\n\n오늘 일정은 그대로다.\n\n출국은 오후 2시에서 오후 4시로 늦췄다.",
        {"오후 2시": "2025-04-17T14:00", "오후 4시": "2025-04-17T16:00"},
    ),
    (
        "morning-after-a-night-in-another-paragraph",
        "2025.04.17 21:30",
        "개표소 문은 오늘 저녁 7시 10분 닫혔다.\n\n선관위는 문자를 아침 6시 20분에 보냈다고 반박했다.",
        {"아침 6시 20분": "2025-04-17T06:20"},
    ),
    (
        "dawn-after-a-night-is-the-next-day",
        "2025.04.17 10:20",
        "협상은 15일 오후 10시 시작됐다.\n\n새벽 2시 20분 양측은 악수했다.",
        {"새벽 2시 20분": "2025-04-16T02:20"},
    ),
    (
        "morning-report-tells-its-plan",
        "2025.04.17 06:40",
        "하늬국 총리가 전날 밤 9시 20분께 공항에 내렸다.\n\n총리는 이날 오전 11시 국회를 방문할 예정이다.",
        {"이날 오전 11시": "2025-04-17T11:00"},
    ),
    (
        "morning-report-tells-the-day-before",
        "2025.04.17 06:40",
        "하늬국 총리가 전날 오후 1시께 공항에 내렸다.\n\n총리는 이날 오후 3시 국회를 방문했다.",
        {"이날 오후 3시": "2025-04-16T15:00"},
    ),
    (
        "the-arrest-of-those-named",
        "2025.04.17 18:10",
        "경찰은 17일 오전 6시 10분 조합원 두 명을 체포했다. 오전 8시 5분 기사 한 명을 체포했다.\n\n"
        "조합원 두 명은 체포 2시간 만에 풀려났다.",
        {"2시간 만에": "2025-04-17T08:10"},
    ),
    (
        "an-end-told-in-other-words",
        "2025.04.17 22:10",
        "결승은 17일 오후 7시 42분 막을 내렸다. 시상식은 종료 15분 뒤 열렸다.",
        {"15분 뒤": "2025-04-17T19:57"},
    ),
    (
        "half-of-the-day-from-the-times-that-say-it",
        "2025.04.17 05:50",
        "16일 밤 10시 20분 마지막 승객이 역을 나왔다.\n\n"
        '"철도청은 2시 25분이라지만 전기는 2시 5분쯤 나갔다"고 역무원은 말했다.\n\n'
        "방송은 오후 3시 10분 나왔다.",
        {"2시 25분": "2025-04-16T14:25", "2시 5분쯤": "2025-04-16T14:05", "오후 3시 10분": "2025-04-16T15:10"},
    ),
    (
        "the-day-after-an-event-told-with-its-time",
        "2025.04.17 18:10",
        "발사 시각은 지난 12일 오후 9시 40분이다. 발사 준비는 8시에 끝났다.\n\n"
        "15일 오후 4시 국회가 보고를 받았다.\n\n위성은 발사 이튿날 오전 4시 10분께 궤도에 올랐다.",
        {"이튿날 오전 4시 10분께": "2025-04-13T04:10"},
    ),
    (
        "the-day-of-an-accident-told-only-later",
        "2025.04.17 18:10",
        "철도청은 17일 사고 당일 오전 6시 5분 선로를 살폈다는 발표가 틀렸다고 인정했다. 6시 5분은 지시한 시각이고 "
        "실제 점검은 오전 7시 20분에 끝났다.\n\n영상에는 지난 11일 오전 6시 48분 바퀴가 빠지는 장면이 나온다.",
        {
            "당일 오전 6시 5분": "2025-04-11T06:05",
            "6시 5분": "2025-04-11T06:05",
            "오전 7시 20분": "2025-04-11T07:20",
        },
    ),
    (
        "no-event-before-the-day-after",
        "2025.04.17 18:10",
        "개막식은 12일 오후 7시 열렸다. 선수들은 이튿날 오전 9시 몸을 풀었다.",
        {"이튿날 오전 9시": "2025-04-13T09:00"},
    ),
    (
        "what-still-lasts-is-of-today",
        "2025.04.17 23:20",
        "협상은 오늘 오후 3시 10분 시작됐습니다.\n\n양측은 어제 밤 9시 따로 만났습니다.\n\n"
        "협상은 10시 40분부터 멈춘 상태입니다.",
        {"10시 40분부터": "2025-04-17T22:40"},
    ),
    (
        "what-was-told-of-yesterday-goes-on",
        "2025.04.17 23:20",
        "공판은 오늘 다시 열립니다.\n\n검찰은 어제 오후 2시 법정에 나왔습니다.\n\n변론은 4시 40분에 끝났습니다.",
        {"4시 40분": "2025-04-16T16:40"},
    ),
    (
        "a-leading-zero-is-the-24-hour-clock",
        "2025.04.17 00:00",
        "투표는 15일 오후 8시 끝났다. 개표는 이튿날 03시 41분에 끝났다.",
        {"이튿날 03시 41분": "2025-04-16T03:41"},
    ),
    (
        "counted-on-from-what-was-counted",
        "2025.04.17 10:20",
        "열차는 오전 8시 12분 나래역을 떠났다. 출발 9분 뒤 바퀴에서 연기가 났다. 그로부터 3분 뒤 기관사가 멈췄다.",
        {"9분 뒤": "2025-04-17T08:21", "3분 뒤": "2025-04-17T08:24"},
    ),
    (
        "the-day-of-an-event-told-by-its-day",
        "2025.04.17 18:20",
        "11일 탈선한 열차는 이튿날 오전 치워졌다. 탈선 당일 밤 9시에는 비가 왔다.",
        {"당일 밤 9시": "2025-04-11T21:00"},
    ),
    (
        "still-to-be-held",
        "2025.04.28 18:20",
        "2일 열릴 개막전 표가 다 팔렸다. 26일 도착할 때 선수들은 지쳐 있었다.",
        {"2일": "2025-05-02", "26일": "2025-04-26"},
    ),
    (
        "two-sources-differ-over-one-time",
        "2025.09.10 08:30",
        "준결승이 어젯밤 별빛경기장에서 열렸다. 경기는 7시 30분 시작됐다. 정전으로 8시 5분 멈췄다.\n\n"
        "구단은 정전이 8시 2분에 났다고 했다. 전력 회사는 7시 58분이라고 했다.",
        {"8시 2분": "2025-09-09T20:02", "7시 58분": "2025-09-09T19:58"},
    ),
    (
        "a-term-is-of-the-report-not-of-the-month-told",
        "2025.09.15 14:20",
        "1심 선고는 15일 오전에 있었다.\n\n검찰은 앞서 8월 20일 징역 7년을 구형했다. 항소 기한은 22일까지다.",
        {"22일까지": "2025-09-22"},
    ),
    (
        "a-morning-report-tells-no-afternoon-of-its-own",
        "2025.09.04 06:30",
        "협상은 오후 4시 시작됐다. 대표들은 저녁 8시에 나왔다.",
        {"오후 4시": "2025-09-03T16:00", "저녁 8시": "2025-09-03T20:00"},
    ),
    (
        "announcing-an-accident-is-not-its-day",
        "2025.11.19 09:00",
        "공사는 18일 변전소 화재 시각을 고쳐 발표했다. 불은 12일 오전 5시 17분에 났다는 것이다.\n\n"
        "화재 당일 저녁 8시 전기가 끊겼던 병원은 이튿날 오전 정상화됐다.",
        {"당일 저녁 8시": "2025-11-12T20:00"},
    ),
    (
        "a-past-day-is-not-counted-from-a-day-to-come",
        "2025.11.13 00:00",
        "환자가 지난 3일 처음 나왔다. 학교는 17일 다시 연다.\n\n보건소는 첫 환자 확진 이튿날 접종을 시작했다.",
        {"이튿날": "2025-11-04"},
    ),
    (
        "moved-in-place-is-no-plan",
        "2025.11.13 02:40",
        "대표가 12일 밤 11시 20분 단식을 끝냈다. 그는 오전 10시 병원으로 옮겨진 뒤에도 뜻을 굽히지 않았다.",
        {"오전 10시": "2025-11-12T10:00"},
    ),
    (
        "what-is-called-off-may-lie-ahead",
        "2025.11.12 18:10",
        "여객선 좌초로 12일 41명이 구조됐다.\n\n선사는 13일과 14일 운항을 취소했다. 16일 열 예정이던 취항식도 미뤘다.",
        {"13일": "2025-11-13", "14일": "2025-11-14", "16일": "2025-11-16"},
    ),
    (
        "a-plan-of-this-day-long-after-the-day-told",
        "2025.11.12 07:10",
        "경찰은 지난달 30일 오후 11시 15분 도박장을 덮쳤다.\n\n재판은 다음 달 3일 시작된다. 경찰은 이날 오후 2시 브리핑한다.",
        {"이날 오후 2시": "2025-11-12T14:00"},
    ),
    (
        "a-time-on-record-is-not-of-a-day-to-come",
        "2025.11.12 10:00",
        "연구원은 어제 오후 3시 20분 실험로를 세웠다. 실험로는 13일 오전 9시 다시 돈다.\n\n기록에는 3시 12분으로 남아 있다.",
        {"3시 12분": "2025-11-11T15:12"},
    ),
    (
        "a-lead-of-one-paragraph-goes-on-in-the-body",
        "2025.11.12 18:10",
        "교육청은 11일 새벽 2시 휴교를 결정했다. 문자는 7시에 나갔다.\n\n학부모들은 8시가 넘어 알았다고 한다.",
        {"8시가 넘어": "2025-11-11T08:00"},
    ),
]


def read(published: str, text: str) -> tuple[Document, tuple[Mention, ...]]:
    whole = f"제목 한 줄입니다\n\n입력 {published}\n\n{text}"
    document = assemble.document(Draft((Piece(whole),)), "report.txt", ZoneInfo("Asia/Seoul"))
    found = tag(document, KOREAN)
    dated = date_documents((document,), {document.id: found}, lambda _: KOREAN)[0]
    return dated, resolve(dated, found, KOREAN)


@pytest.mark.parametrize(("published", "text", "wanted"), [pytest.param(*row[1:], id=row[0]) for row in ROWS])
def test_a_report_is_read_as_a_careful_reader_reads_it(published: str, text: str, wanted: dict[str, str]) -> None:
    _, mentions = read(published, text)
    for expression, start in wanted.items():
        words, _, again = expression.partition("+")
        named = [mention for mention in mentions if mention.text == words]
        assert len(named) > int(again or 0), [mention.text for mention in mentions]
        mention = named[int(again or 0)]
        assert mention.interval is not None
        assert mention.interval.start == datetime.fromisoformat(start).replace(tzinfo=ZONE), mention.anchor


def test_a_heading_of_a_date_alone_dates_what_stands_under_it() -> None:
    text = (
        "우리는 이렇게 달렸습니다.\n\n[16일]\n15:05  선수단 소집\n20:30  작전 회의\n[17일]\n06:10  출발\n\n"
        "모두 고생했습니다."
    )
    _, mentions = read("2025.04.17", text)
    clocks = {mention.text: mention.interval.start for mention in mentions if mention.interval and ":" in mention.text}
    days = {text: start.day for text, start in clocks.items() if start is not None}
    assert days == {"15:05": 16, "20:30": 16, "06:10": 17}


def test_nothing_is_counted_from_a_clock_time_of_an_earlier_day() -> None:
    _, mentions = read(
        "2025.11.12 07:10", "경찰은 7일 오후 11시 15분 도박장을 덮쳤다. 9일 한 명이 달아났다가 9시간 만에 잡혔다."
    )
    assert next(mention for mention in mentions if mention.text == "9시간 만에").interval is None


def test_a_time_placed_beside_another_says_so_and_points_at_it() -> None:
    row = next(row for row in ROWS if row[0] == "follow-up-time-told-later")
    document, mentions = read(row[1], row[2])
    mention = next(mention for mention in mentions if mention.text == "오후 9시 32분")
    assert mention.anchor is not None
    assert mention.anchor.mention is not None
    assert mention.anchor.mention.of(document.text) == "지난 11일 오후 9시 28분"
    assert "on the day of the clock time told beside it" in mention.anchor.why
