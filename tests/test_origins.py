"""Copies and light rewrites are found; reports that only share quotes, facts or a template are not called copies."""

from __future__ import annotations

from itertools import permutations
from zoneinfo import ZoneInfo

import pytest

from sources import assemble
from sources.draft import Draft, Piece
from timeline.model import Document
from timeline.origins import trace

SEOUL = ZoneInfo("Asia/Seoul")
WIRE = [
    "한누리도 앞바다에서 12일 밤 고깃배 새솔호가 암초에 걸려 선원 7명이 구조됐다.",
    "해경은 이날 오후 9시 42분께 배가 기울고 있다는 신고를 받고 경비함 3척과 헬기를 보냈다고 밝혔다.",
    "선원들은 구명조끼를 입고 뱃머리에 모여 있다가 오후 11시 15분께 모두 경비함에 옮겨 탔다.",
    "배에는 기름 4천500L가 실려 있었지만 바다로 새어 나오지는 않은 것으로 확인됐다.",
    "해경은 날이 밝는 대로 잠수사를 보내 뱃바닥을 살피고 선장을 불러 사고 경위를 조사할 계획이다.",
    "이 바다에서는 지난해 8월에도 낚싯배가 같은 암초에 걸려 승객 19명이 구조된 일이 있었다.",
]
REWRITE = [
    WIRE[0],
    "해경은 이날 오후 9시 42분께 배가 기울고 있다는 신고를 접수하고 경비함 3척과 헬기를 현장에 급파했다.",
    "선원들은 구명조끼를 입고 뱃머리에 모여 있다가 오후 11시 15분께 전원 경비함으로 옮겨 탔다.",
    WIRE[3],
]
OTHER = [
    "암초에 걸린 고깃배에서 선원 7명이 한 시간 반 만에 뭍을 밟았다. 다친 사람은 없었다.",
    '새솔호 선장은 "물살이 너무 세서 키가 듣지 않았다. 선원들을 뱃머리로 모은 뒤 구조만 기다렸다"고 말했다.',
    "구조에 나선 해경 대원은 파도가 3m까지 일어 배를 붙이기가 쉽지 않았다고 전했다.",
    "마을 어촌계는 암초에 등을 달아 달라고 여러 해 전부터 요구해 왔다. 군은 내년 예산에 넣겠다고 했다.",
]
QUOTE = '"물살이 너무 세서 키가 듣지 않았다. 선원들을 뱃머리로 모은 뒤 구조만 기다렸다. 모두 무사해서 다행이다"'
THIRD = [
    "새솔호 사고는 예고된 것이었다는 말이 항구에서 나온다. 암초를 알리는 등이 하나도 없기 때문이다.",
    f"선장은 {QUOTE}고 했다. 그러나 배의 위치 장치가 꺼져 있었다는 의혹도 나온다.",
    "해양안전심판원은 다음 주 조사관을 보내 기록 장치를 거둘 예정이다. 결과는 석 달쯤 뒤에 나온다.",
]
TEMPLATE = (
    "{day}일 오후 {hour}시 {minute}분께 {place}에서 불이 났다. 불은 {took}분 만에 꺼졌고 {hurt}명이 연기를 마셔 "
    "병원으로 옮겨졌다. 소방당국은 인력 {men}명과 장비 {cars}대를 보냈다. 소방당국은 정확한 화재 원인을 조사하고 있다."
)


def report(file: str, paragraphs: list[str], *, head: str = "", tail: str = "") -> Document:
    text = "\n\n".join(part for part in ("제목 한 줄", head, *paragraphs, tail) if part)
    return assemble.document(Draft((Piece(text),)), file, SEOUL)


def copies(*documents: Document) -> dict[str, str | None]:
    """Which file copies which."""
    traced = trace(documents)
    files = {document.id: document.file for document in traced}
    return {document.file: files.get(document.copy_of or "") for document in traced}


WIRE_REPORT = report(
    "wire", WIRE, head="송고시간 2025-06-12 23:50", tail="<저작권자(c) 두루통신, 무단 전재-재배포 금지>"
)


def test_a_rewrite_that_drops_and_rephrases_is_a_copy_of_the_earlier() -> None:
    rewrite = report("paper", REWRITE, head="승인 2025.06.13 08:10", tail="저작권자 © 서녘타임즈 무단전재 금지")
    assert copies(rewrite, WIRE_REPORT) == {"paper": "wire", "wire": None}


def test_the_credited_one_is_the_original_even_where_its_stamp_is_later() -> None:
    early = report(
        "paper", REWRITE, head="승인 2025.06.12 22:10", tail="/두루통신\n\n저작권자 © 서녘타임즈 무단전재 금지"
    )
    assert copies(early, WIRE_REPORT) == {"paper": "wire", "wire": None}


def test_an_official_record_is_the_original() -> None:
    release = report("release", WIRE, head="보도자료\n한누리해양경찰서\n배포 : 2025. 6. 13.(금) 09:00")
    assert copies(report("paper", REWRITE), release) == {"paper": "release", "release": None}


def test_the_same_text_twice_is_a_copy() -> None:
    assert copies(report("a", WIRE), report("b", WIRE)) == {"a": None, "b": "a"}


INDEPENDENT = [("facts shared", WIRE, OTHER), ("quotation shared", OTHER, THIRD), ("nothing shared", WIRE, THIRD)]


@pytest.mark.parametrize(("left", "right"), [row[1:] for row in INDEPENDENT], ids=[row[0] for row in INDEPENDENT])
def test_independent_reports_are_not_copies(left: list[str], right: list[str]) -> None:
    assert copies(report("a", left), report("b", right)) == {"a": None, "b": None}


def test_a_template_filled_twice_is_no_copy() -> None:
    one = TEMPLATE.format(day=3, hour=2, minute=14, place="가온시 공장", took=52, hurt=12, men=61, cars=24)
    two = TEMPLATE.format(day=9, hour=7, minute=38, place="다온군 창고", took=95, hurt=13, men=48, cars=17)
    assert copies(report("a", [one]), report("b", [two])) == {"a": None, "b": None}


def test_a_chain_has_one_origin() -> None:
    second = report("second", WIRE[:5], head="승인 2025.06.13 08:10")
    third = report("third", WIRE[:4], head="승인 2025.06.13 09:30")
    traced = trace((third, second, WIRE_REPORT))
    assert {document.origin for document in traced} == {WIRE_REPORT.id}


def test_order_does_not_matter() -> None:
    documents = (report("a", WIRE), report("b", REWRITE), report("c", OTHER), report("d", THIRD))
    answers = {tuple(sorted(trace(order), key=lambda document: document.file)) for order in permutations(documents)}
    assert len(answers) == 1


def test_each_report_is_its_own_origin_where_nothing_is_copied() -> None:
    traced = trace((report("a", OTHER), report("b", THIRD)))
    assert all(document.origin == document.id for document in traced)
