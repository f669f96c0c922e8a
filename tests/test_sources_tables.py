"""Tables inside reports: each row a line of its own, and each row with a time an event."""

from __future__ import annotations

from datetime import datetime
from html import escape
from pathlib import Path

import docx
import pytest

from sources import read
from sources.formats import grid
from timeline.model import BlockKind, Document
from timeline.pipeline import reconstruct

TITLE = "가온시 창고 화재, 두 시간 반 만에 꺼져"
LEAD = "12일 낮 가온시 새말동의 한 물류창고에서 불이 나 소방당국이 진화에 나섰다. 다친 사람은 없는 것으로 전해졌다."
CLOSE = "경찰과 소방당국은 정확한 화재 원인을 조사하고 있다고 밝혔다."
Rows = list[list[str]]


def page(table: str, *, story: str = "article-view-content-div", behind: str = "") -> str:
    return (
        f'<html lang="ko"><head><meta charset="utf-8"><meta property="og:title" content="{TITLE}">'
        '<meta property="article:published_time" content="2025-04-12T19:38:00+09:00"></head>'
        f'<body><h1>{TITLE}</h1><div id="{story}"><p>{LEAD}</p>{table}<p>{CLOSE}</p></div>{behind}</body></html>'
    )


def html_table(rows: Rows, cell: str = "td") -> str:
    made = "".join("<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in row) + "</tr>" for row in rows)
    return f"<table>{made}</table>"


def as_html(rows: Rows, folder: Path) -> Path:
    path = folder / "report.html"
    path.write_text(page(html_table(rows)), encoding="utf-8")
    return path


def as_markdown(rows: Rows, folder: Path) -> Path:
    ruled = [rows[0], ["---"] * len(rows[0]), *rows[1:]]
    table = "\n".join(f"| {' | '.join(row)} |" for row in ruled)
    return written(folder / "report.md", table)


def as_bare_bars(rows: Rows, folder: Path) -> Path:
    ruled = [rows[0], [":--", *["--:"] * (len(rows[0]) - 1)], *rows[1:]]
    return written(folder / "report.txt", "\n".join(" | ".join(row) for row in ruled))


def written(path: Path, table: str) -> Path:
    head = "# " if path.suffix == ".md" else ""
    text = f"{head}{TITLE}\n\n입력 2025.04.12 19:38\n\n{LEAD}\n\n{table}\n\n{CLOSE}\n"
    path.write_text(text, encoding="utf-8")
    return path


def as_word(rows: Rows, folder: Path) -> Path:
    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_paragraph("입력 2025.04.12 19:38")
    made.add_paragraph(LEAD)
    table = made.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    made.add_paragraph(CLOSE)
    made.save(str(folder / "report.docx"))
    return folder / "report.docx"


WRITERS = [as_html, as_markdown, as_bare_bars, as_word]
TABLES: dict[str, tuple[Rows, list[tuple[str, str]]]] = {
    "fire": (
        [
            ["시각", "내용"],
            ["14:05", "119 신고 접수"],
            ["14:12", "소방대 현장 도착"],
            ["14:30", "대응 1단계 발령"],
            ["16:40", "완전 진화"],
        ],
        [
            ("12 14:05", "신고 접수"),
            ("12 14:12", "현장 도착"),
            ("12 14:30", "대응 1단계 발령"),
            ("12 16:40", "완전 진화"),
        ],
    ),
    "outage over two days": (
        [
            ["날짜", "시각", "상황"],
            ["4월 11일", "22:10", "접속 장애 발생"],
            ["4월 11일", "22:45", "1차 공지 게시"],
            ["4월 12일", "00:30", "서버 재기동"],
            ["4월 12일", "02:15", "전체 서비스 정상화"],
        ],
        [
            ("11 22:10", "접속 장애 발생"),
            ("11 22:45", "공지 게시"),
            ("12 00:30", "서버 재기동"),
            ("12 02:15", "정상화"),
        ],
    ),
    "numbered, with places": (
        [
            ["구분", "시간", "장소", "조치"],
            ["1", "07시 12분", "새말 나들목", "1차 추돌 발생"],
            ["2", "07시 31분", "하행선", "양방향 통제"],
            ["3", "09시 40분", "하행선", "통행 재개"],
        ],
        [("12 07:12", "추돌 발생"), ("12 07:31", "통제"), ("12 09:40", "통행 재개")],
    ),
    "afternoon in words": (
        [
            ["시간", "경과"],
            ["오후 7시 2분", "경기 시작"],
            ["오후 7시 41분", "조명탑 2기 정전"],
            ["오후 8시 55분", "경기 재개"],
        ],
        [("12 19:02", "경기 시작"), ("12 19:41", "정전"), ("12 20:55", "경기 재개")],
    ),
}


@pytest.mark.parametrize("write", WRITERS, ids=lambda write: write.__name__)
@pytest.mark.parametrize(("rows", "told"), TABLES.values(), ids=list(TABLES))
class TestTimetable:
    def test_rows_are_lines(self, write: object, rows: Rows, told: list[tuple[str, str]], tmp_path: Path) -> None:
        document = only(write(rows, tmp_path))  # type: ignore[operator]
        assert table_lines(document) == [" | ".join(row) for row in rows]

    def test_rows_are_events(self, write: object, rows: Rows, told: list[tuple[str, str]], tmp_path: Path) -> None:
        events = reconstruct([only(write(rows, tmp_path))]).events  # type: ignore[operator]
        clocks = {f"{event.time.best:%d %H:%M}": event for event in events if event.time is not None}
        for at, words in told:
            assert words in clocks[at].title
            assert any(words in claim.quote for claim in clocks[at].claims)


def only(path: Path) -> Document:
    (document,) = read(path).documents
    return document


def table_lines(document: Document) -> list[str]:
    return [block.span.of(document.text) for block in document.blocks if block.kind is BlockKind.TABLE]


SPANNED = (
    "<table><tr><td>날짜</td><td>시각</td><td>상황</td></tr>"
    "<tr><td rowspan=2>4월 11일</td><td>22:10</td><td>접속 장애 발생</td></tr><tr><td>22:45</td><td>공지 게시</td></tr>"
    "<tr><td rowspan=2>4월 12일</td><td>00:30</td><td>서버 재기동</td></tr><tr><td>02:15</td><td>정상화</td></tr></table>"
)
DAYS = (
    "<table><tr><th colspan=2>4월 11일(금)</th></tr><tr><td>오후 6시 40분</td><td>여객선 좌초</td></tr>"
    "<tr><td>오후 8시 20분</td><td>승객 전원 구조</td></tr><tr><th colspan=2>4월 12일(토)</th></tr>"
    "<tr><td>오전 9시 10분</td><td>예인 작업 시작</td></tr><tr><td>11:20</td><td>여객선 입항</td></tr></table>"
)
INNER = (
    "<table><caption>시간대별 상황</caption><thead><tr><th><p>시각</p></th><th><p>내용</p></th></tr></thead><tbody>"
    "<tr><td><p>14:05</p></td><td><p>119<br>신고 접수</p></td></tr>"
    "<tr><td> 16:40 </td><td><b>완전</b> 진화<script>x()</script></td></tr><tr><td></td><td></td></tr></tbody></table>"
)
SHAPES = [
    (
        SPANNED,
        [
            "날짜 | 시각 | 상황",
            "4월 11일 | 22:10 | 접속 장애 발생",
            "4월 11일 | 22:45 | 공지 게시",
            "4월 12일 | 00:30 | 서버 재기동",
            "4월 12일 | 02:15 | 정상화",
        ],
    ),
    (
        DAYS,
        [
            "4월 11일(금)",
            "오후 6시 40분 | 여객선 좌초",
            "오후 8시 20분 | 승객 전원 구조",
            "4월 12일(토)",
            "오전 9시 10분 | 예인 작업 시작",
            "11:20 | 여객선 입항",
        ],
    ),
    (INNER, ["시각 | 내용", "14:05 | 119 신고 접수", "16:40 | 완전 진화"]),
]


@pytest.mark.parametrize(("table", "lines"), SHAPES, ids=["rowspan", "day rows", "blocks inside"])
@pytest.mark.parametrize("story", ["article-view-content-div", "plain"])
def test_tables_of_other_shapes(table: str, lines: list[str], story: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(page(table, story=story), encoding="utf-8")
    assert table_lines(only(tmp_path / "report.html")) == lines


def test_a_row_of_its_own_dates_the_rows_below(tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(page(DAYS), encoding="utf-8")
    events = reconstruct([only(tmp_path / "report.html")]).events
    starts = [event.time.best.replace(tzinfo=None) for event in events if event.time is not None]
    days = [(11, 18, 40), (11, 20, 20), (12, 9, 10), (12, 11, 20)]
    assert {datetime(2025, 4, *day) for day in days} <= set(starts)


RELEASE = html_table(
    [["보도시점", "2025. 4. 12.(토) 11:00"], ["배포", "2025. 4. 12.(토) 08:30"], ["담당부서", "관광과"]]
)
LAYOUT = (
    f"<table><tr><td>메뉴</td><td><table><tr><td>{LEAD}</td><td>옆</td></tr></table></td></tr>"
    "<tr><td>가</td><td>나</td></tr></table>"
)
PLAIN = [
    (page(RELEASE), "a release's head"),
    (page(LAYOUT), "a table that places"),
    (page("", behind=html_table([["많이 본 기사", "11-20 18:20"], ["날씨 소식", "11-20 17:01"]])), "beside the story"),
    (page(html_table([[LEAD * 4, "14:05"], [CLOSE * 9, "15:10"]])), "long cells"),
    (page("<table role=presentation><tr><td>14:05</td><td>가</td></tr><tr><td>1</td><td>나</td></tr></table>"), "role"),
    (
        page(
            "<table>"
            + "<tr><td><a href=/1>다른 기사 하나</a></td><td><a href=/2>또 다른 기사</a></td></tr>" * 3
            + "</table>"
        ),
        "links",
    ),
]


@pytest.mark.parametrize("text", [row[0] for row in PLAIN], ids=[row[1] for row in PLAIN])
def test_no_table_of_events(text: str, tmp_path: Path) -> None:
    (tmp_path / "report.html").write_text(text, encoding="utf-8")
    assert table_lines(only(tmp_path / "report.html")) == []


def test_a_stamp_in_a_table_still_dates_the_report(tmp_path: Path) -> None:
    text = page(RELEASE).replace('<meta property="article:published_time" content="2025-04-12T19:38:00+09:00">', "")
    (tmp_path / "report.html").write_text(text, encoding="utf-8")
    assert (only(tmp_path / "report.html").publication.text() or "")[:10] == "2025-04-12"


@pytest.mark.parametrize("span", ["0", "-3", "99999999999", "²", "x", ""])
def test_a_span_that_is_none_is_one(span: str, tmp_path: Path) -> None:
    rows = "<tr><td>14:05</td><td>신고 접수</td></tr>".replace("<td>", f'<td rowspan="{span}" colspan="{span}">') * 2
    (tmp_path / "report.html").write_text(page(f"<table>{rows}</table>"), encoding="utf-8")
    assert set(table_lines(only(tmp_path / "report.html"))) == {"14:05 | 신고 접수"}


TEXTS = [
    ("a\nx | y\n--|--\n1 | 2\nb", [("a", False), ("x | y", True), ("1 | 2", True), ("b", False)]),
    ("| x |\n|---|\n| 1 |", [("x", True), ("1", True)]),
    ("x | y\n1 | 2", [("x | y\n1 | 2", False)]),
    ("하나 | 둘\n\n--------\n\n셋", [("하나 | 둘\n\n--------\n\n셋", False)]),
    ("--|--\n1 | 2", [("--|--\n1 | 2", False)]),
    ("x | y\n--|--\n--|--\n| | |", [("x | y", True), ("", True)]),
]


@pytest.mark.parametrize(("text", "parts"), TEXTS)
def test_bars_are_a_table_only_with_a_rule_under_the_first_row(text: str, parts: list[tuple[str, bool]]) -> None:
    assert list(grid.in_text(text)) == parts
