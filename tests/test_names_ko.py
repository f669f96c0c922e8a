"""Names are learned from the reports themselves: titles, brackets, short forms; nothing that only looks like a name."""

from __future__ import annotations

import pytest

from tests.test_claims_ko import document_of
from timeline.languages.ko.prose.names import KoreanNames

AT = "2026-03-11T18:00+09:00"


def names_of(*texts: str) -> KoreanNames:
    return KoreanNames([document_of(text, AT, file=f"{n}.txt") for n, text in enumerate(texts)])


# id, the text that teaches, the text that is read, whom it names
NAMED = [
    ("title", "한서진 시장이 말했다.", "한서진 시장은 떠났다.", ["한서진"]),
    ("affiliated", "오태민 미르전자 대표가 왔다.", "오태민 대표는 떠났다.", ["오태민"]),
    ("short", "한서진 시장이 말했다.", "한 시장은 오후에 떠났다.", ["한서진"]),
    ("bare_after_title", "길노을 회장이 왔다.", "이어 길노을이 마이크를 잡았다.", ["길노을"]),
    ("mister", "서다은 씨가 신고했다.", "서다은 씨는 병원으로 갔다.", ["서다은"]),
    ("age", "서다은(34) 씨가 신고했다.", "서다은 씨는 병원으로 갔다.", ["서다은"]),
    ("bracketed", "미르전자(대표 오태민)는 사과했다.", "오태민 대표는 고개를 숙였다.", ["오태민"]),
    ("body", "바른건설은 사과했다.", "이날 바른건설이 다시 사과했다.", ["바른건설"]),
    ("two", "한서진 시장과 길노을 회장이 만났다.", "한 시장은 길 회장을 배웅했다.", ["한서진", "길노을"]),
    ("not_a_word", "한서진 시장이 말했다.", "한 시간 뒤 시장에서 불이 났다.", []),
    ("not_a_reporter", "서다은 기자 = 다리가 막혔다.", "서다은 기자가 전했다.", []),
    ("not_today", "이날 시장이 말했다.", "이날 다리가 막혔다.", []),
    ("unknown", "다리가 막혔다.", "누군가 신고했다.", []),
]


@pytest.mark.parametrize(("taught", "text", "expected"), [r[1:] for r in NAMED], ids=[r[0] for r in NAMED])
def test_who_is_named(taught: str, text: str, expected: list[str]) -> None:
    names = names_of(taught)
    people_and_bodies = [name for name in names.in_text(text) if name not in {"미르전자"}]
    assert people_and_bodies == expected


def test_a_short_form_two_people_share_stays_open() -> None:
    names = names_of("한서진 시장이 말했다. 한마루 시장도 말했다.")
    assert names.full("한 시장") == "한 시장"


def test_a_short_form_goes_by_the_title() -> None:
    names = names_of("한서진 시장이 말했다. 한마루 감독도 말했다.")
    assert names.full("한 시장") == "한서진"
    assert names.full("한 감독") == "한마루"


def test_a_name_is_known_in_every_report_of_the_case() -> None:
    names = names_of("길노을 회장이 왔다.", "길 회장은 시청으로 갔다.")
    assert names.in_text("길 회장은 시청으로 갔다.") == ["길노을"]
    assert names.is_person("길노을")
    assert not names.is_person("시청")


def test_a_full_name_is_its_own_fullest_form() -> None:
    names = names_of("길노을 회장이 왔다.")
    assert names.full("길노을") == "길노을"
    assert names.full("모르는 이름") == "모르는 이름"


def test_the_order_of_the_reports_does_not_matter() -> None:
    texts = ("길노을 회장이 왔다.", "한서진 시장과 바른건설이 맞았다.", "오태민 미르전자 대표는 없었다.")
    some, other = names_of(*texts), names_of(*reversed(texts))
    for text in (*texts, "길 회장, 한 시장, 오 대표, 바른건설"):
        assert some.in_text(text) == other.in_text(text)
    assert set(some.people) == set(other.people)


def test_names_stand_where_they_are_found() -> None:
    text = "길노을 회장이 왔다. 뒤이어 길노을이 웃었다."
    document = document_of(text, AT)
    names = KoreanNames([document])
    spans = names.spans(text, document.blocks[0].span)
    assert [span.of(text) for span in spans] == ["길노을", "길노을"]
