"""What holds of any text: spans are slices, nothing overlaps, nothing hangs; and what the JSONL contract promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from timeline.errors import LanguagePackError, UsageError
from timeline.interval import Grain, Interval
from timeline.language import Affix, Rule, TimeGrammar, get_language, guess_language, load_table
from timeline.languages.ko.grammar import grammar
from timeline.languages.ko.tables import FalseFriends, Tables
from timeline.model import Block, BlockKind, Document, Mention, Publication, Span
from timeline.normalize import as_row, normalize_lines, normalize_text, table
from timeline.resolve import resolve
from timeline.tag import tag

AT = datetime(2025, 7, 10, 18, 0, tzinfo=timezone(timedelta(hours=9)))
WORDS = [
    "27일",
    "9일",
    "오전",
    "밤",
    "10시",
    "40분",
    "경",
    "부터",
    "까지",
    "~",
    "(",
    ")",
    "지난",
    "다음 달",
    "어제",
    "이날",
    "전날",
    "만에",
    "3시간",
    "뒤",
    "전",
    "신고",
    "2024년",
    "2월",
    "월요일",
    "매주",
    "연휴",
    "추석",
    "자정",
    "25시",
    "0시",
    "새벽",
    "현지시간",
    "했다.",
    "\n",
    " ",
    ",",
    "99999999",
    "0",
    "일",
    "Oct 1",
    "10 p.m.",
    "late",
    "on Tuesday",
    "two hours later",
    "from",
    "to",
    "EST",
    "the next day",
]
soup = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)
anything = st.one_of(st.text(max_size=300), soup, st.text(alphabet="0123456789./-:~년월일시분초 ", max_size=120))


def read(text: str, language: str = "ko") -> tuple[Mention, ...]:
    return normalize_text(text, AT, "Asia/Seoul", language)


@settings(max_examples=400, deadline=None)
@given(text=anything, language=st.sampled_from(["ko", "en", "auto"]))
def test_spans_are_slices_in_order_without_overlap(text: str, language: str) -> None:
    end = 0
    for mention in read(text, language):
        assert mention.text == text[mention.span.start : mention.span.end]
        assert mention.text
        assert mention.span.start >= end
        end = mention.span.end


@settings(max_examples=300, deadline=None)
@given(text=anything, language=st.sampled_from(["ko", "en"]))
def test_every_reading_is_a_valid_value(text: str, language: str) -> None:
    for mention in read(text, language):
        Mention.model_validate(mention.model_dump(exclude={"timex"}))
        if mention.interval is not None and mention.interval.start is not None:
            assert mention.anchor is not None
            assert mention.interval.low is not None
            assert mention.interval.low <= mention.interval.start
        row = as_row(mention)
        assert orjson.loads(orjson.dumps(row)) == row
    table(read(text, language))


@settings(max_examples=100, deadline=None)
@given(text=soup)
def test_the_same_text_gives_the_same_answer(text: str) -> None:
    assert read(text) == read(text)


@settings(max_examples=100, deadline=None)
@given(head=soup, tail=soup)
def test_a_far_paragraph_does_not_move_spans(head: str, tail: str) -> None:
    alone = [mention.text for mention in read(tail)]
    after = [mention.text for mention in read(f"{head}\n\n그 밖의 소식이다.\n\n{tail}") if mention.text]
    assert alone == after[len(after) - len(alone) :]


GRAMMAR: TimeGrammar = grammar()


@pytest.mark.parametrize("rule", [rule for rule in GRAMMAR.rules if rule.after], ids=lambda rule: rule.name)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_follows_the_digits_of_a_match_is_declared(rule: Rule, data: st.DataObject) -> None:
    found = data.draw(st.from_regex(rule.pattern))
    assert GRAMMAR.number_gate is not None
    match, gate = rule.pattern.match(found), GRAMMAR.number_gate.match(found, 1)
    if match is not None and gate is not None and found[0] in "0123456789":
        assert rule in GRAMMAR.rules_at(found[:2], gate[1] or gate[2] or "")


@pytest.mark.parametrize("affix", [affix for affix in GRAMMAR.suffixes if affix.begins], ids=lambda affix: affix.name)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_what_a_suffix_begins_with_is_declared(affix: Affix, data: st.DataObject) -> None:
    found = data.draw(st.from_regex(affix.pattern))
    match = affix.pattern.match(found)
    if match is not None and match.end():
        assert affix in GRAMMAR.suffixes_at(found, 0)


def test_a_trusted_value_is_the_checked_one() -> None:
    made = Interval.trusted(start=AT, end=AT, earliest=None, latest=None, grain=Grain.MINUTE, approximate=False)
    checked = Interval(start=AT, end=AT, grain=Grain.MINUTE)
    assert made == checked
    assert hash(made) == hash(checked)
    assert made.model_dump_json() == checked.model_dump_json()
    assert made.model_copy(update={"approximate": True}) == checked.altered(approximate=True)


HOSTILE = [
    "1",
    "1,",
    "1.1",
    "27일(",
    "(27일",
    "27일 ",
    "신고 3시간 뒤 ",
    "1:2",
    " ",
    "년",
    "두",
    "오전 ",
    "((((27일))))",
    "1일부터",
    "1~",
    "이천일",
    "매",
    "지난 ",
    "당시, ",
    "1일\n",
    "가",
    "1/2/",
    "Oct 1 at 10 p.m. ",
    "about ",
    "two hours after the fire ",
    "v1.1.",
    "1-1-",
    ". ",
]


@pytest.mark.parametrize("unit", HOSTILE, ids=[repr(unit) for unit in HOSTILE])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_repeated_unit_of_any_kind_ends(unit: str, language: str) -> None:
    text = unit * (40_000 // len(unit))
    mentions = read(text, language)
    assert all(mention.text in text for mention in mentions[:50])


# --- the contract


def lines(*rows: bytes) -> list[dict[str, object]]:
    return [orjson.loads(line) for line in normalize_lines(rows, "Asia/Seoul", "auto")]


def test_a_line_gets_a_line_with_its_id() -> None:
    (answer,) = lines(orjson.dumps({"id": "a", "text": "9일 오후 3시 20분께 도착했다.", "at": AT.isoformat()}))
    assert answer["id"] == "a"
    (time,) = answer["times"]  # type: ignore[misc]
    assert time == {
        "text": "9일 오후 3시 20분께",
        "span": [0, 13],
        "type": "time",
        "grain": "minute",
        "start": "2025-07-09T15:20:00+09:00",
        "end": "2025-07-09T15:21:00+09:00",
        "earliest": "2025-07-09T15:15:00+09:00",
        "latest": "2025-07-09T15:25:00+09:00",
        "approximate": True,
        "anchor": "explicit",
        "rule": "day+part-of-day+clock+approx",
        "timex3": "2025-07-09T15:20",
        "alternatives": [],
        "why": ["told as past: looks back from the publication"],
    }


BAD = [
    (b"{", None, "not valid JSON"),
    (b"[1]", None, "a JSON object is needed, not list"),
    (b'{"id": 7, "at": "2025-07-10"}', 7, "'text' must be a string, not NoneType"),
    (b'{"id": 7, "text": "x"}', 7, "'at' must be an ISO 8601 time, not NoneType"),
    (b'{"id": 7, "text": "x", "at": "yesterday"}', 7, "'yesterday' is not an ISO 8601 time"),
    (b'{"id": 7, "text": "x", "at": "2025-07-10", "timezone": "Mars/Base"}', 7, "'Mars/Base' is not known"),
    (b'{"id": 7, "text": "x", "at": "2025-07-10", "language": "xx"}', 7, "'xx' has no pack"),
]


@pytest.mark.parametrize(("line", "identity", "message"), BAD, ids=[message for _, _, message in BAD])
def test_a_bad_line_is_answered_and_the_run_goes_on(line: bytes, identity: object, message: str) -> None:
    bad, good = lines(line, orjson.dumps({"id": "b", "text": "오늘", "at": AT.isoformat()}))
    assert bad["id"] == identity
    assert message in str(bad["error"])
    assert good["id"] == "b"
    assert "times" in good


def test_lines_are_answered_while_they_come() -> None:
    asked: list[int] = []

    def stream() -> Iterator[bytes]:
        for number in range(3):
            asked.append(number)
            yield orjson.dumps({"id": number, "text": "오늘", "at": AT.isoformat()})

    answers = normalize_lines(stream(), "Asia/Seoul", "auto")
    assert orjson.loads(next(answers))["id"] == 0
    assert asked == [0]


def test_the_table_shows_rule_and_anchor() -> None:
    shown = table(read("어제 밤 10시께 도착했다."))
    assert "relative-day+part-of-day+clock+approx" in shown
    assert "publication" in shown
    assert "2025-07-09 22:00" in shown


# --- documents


def document(text: str, *blocks: Block, published: datetime | None = AT, grain: Grain = Grain.MINUTE) -> Document:
    interval = (
        None if published is None else Interval(start=published, end=published + timedelta(minutes=1), grain=grain)
    )
    return Document(id="d", file="d.txt", text=text, blocks=blocks, publication=Publication(interval=interval))


def starts(report: Document, language: str = "ko") -> list[tuple[str, str | None]]:
    pack = get_language(language)
    found = resolve(report, tag(report, pack), pack)
    return [(m.text, m.interval.start.isoformat()[:16] if m.interval and m.interval.start else None) for m in found]


def test_furniture_is_not_read() -> None:
    text = "입력 2025-07-10 09:00\n9일 불이 났다."
    blocks = (
        Block(kind=BlockKind.STAMP, span=Span(start=0, end=19)),
        Block(kind=BlockKind.BODY, span=Span(start=20, end=29)),
    )
    assert starts(document(text, *blocks)) == [("9일", "2025-07-09T00:00")]


def test_without_a_publication_only_what_is_written_out_resolves() -> None:
    text = "어제 모였다. 2025년 3월 2일 오전 9시 출발해 이튿날 돌아왔다. 9일 쉬었다."
    assert starts(document(text, published=None)) == [
        ("어제", None),
        ("2025년 3월 2일 오전 9시", "2025-03-02T09:00"),
        ("이튿날", "2025-03-03T00:00"),
        ("9일", "2025-03-09T00:00"),
    ]


def test_a_heading_ends_the_clock_and_the_day_told_last_but_not_the_day_of_the_report() -> None:
    text = "9일 개막했다. 전날 밤 11시 리허설을 마쳤다.\n다른 소식\n오후 2시 문을 닫았다. 이날 300명이 왔다."
    heading, last = text.index("다른"), text.index("오후 2시")
    blocks = (
        Block(kind=BlockKind.BODY, span=Span(start=0, end=heading - 1)),
        Block(kind=BlockKind.HEADING, span=Span(start=heading, end=last - 1)),
        Block(kind=BlockKind.BODY, span=Span(start=last, end=len(text))),
    )
    assert starts(document(text, *blocks)) == [
        ("9일", "2025-07-09T00:00"),
        ("전날 밤 11시", "2025-07-08T23:00"),
        ("오후 2시", "2025-07-09T14:00"),
        ("이날", "2025-07-09T00:00"),
    ]


def test_a_caption_takes_its_own_stamp_and_leaves_the_story_alone() -> None:
    text = "8일 개막했다.\n시민들이 오후 2시 줄을 서 있다. 2025.7.6\n이날 문을 닫았다."
    caption, last = text.index("시민"), text.index("이날")
    blocks = (
        Block(kind=BlockKind.BODY, span=Span(start=0, end=caption - 1)),
        Block(kind=BlockKind.CAPTION, span=Span(start=caption, end=last - 1)),
        Block(kind=BlockKind.BODY, span=Span(start=last, end=len(text))),
    )
    assert starts(document(text, *blocks)) == [
        ("8일", "2025-07-08T00:00"),
        ("오후 2시", "2025-07-06T14:00"),
        ("2025.7.6", "2025-07-06T00:00"),
        ("이날", "2025-07-08T00:00"),
    ]


def test_a_publication_day_without_a_time_still_dates_days() -> None:
    midnight = AT.replace(hour=0)
    report = document("어제 오후 3시 시작했다. 두 시간 전 끝났다.", published=midnight, grain=Grain.DAY)
    assert starts(report) == [("어제 오후 3시", "2025-07-09T15:00"), ("두 시간 전", None)]


def test_a_dateline_sets_the_clock_of_a_wire_report() -> None:
    text = "TOKYO, July 10 (Agency) - The minister left late on Wednesday."
    published = datetime.fromisoformat("2025-07-10T03:00:00-04:00")
    assert starts(document(text, published=published), "en")[1] == ("late on Wednesday", "2025-07-09T21:00")


# --- packs


def test_language_is_guessed_by_script() -> None:
    assert guess_language("KBS는 9일 보도했다") == "ko"
    assert guess_language("The court ruled on Monday.") == "en"
    assert guess_language("10:30") == "ko"


def test_an_unknown_language_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="'tlh' has no pack: choose one of ko, en"):
        get_language("tlh")


def test_a_broken_table_names_file_and_entry(tmp_path: object) -> None:
    path = tmp_path / "friends.toml"  # type: ignore[operator]
    path.write_text('[[friends]]\nbegins = ["x"]\npattern = 3\nwhy = "x"\n', encoding="utf-8")
    with pytest.raises(LanguagePackError, match=r"friends\.toml: friends\.0\.pattern"):
        load_table(path, FalseFriends)
    path.write_text("windows = [", encoding="utf-8")
    with pytest.raises(LanguagePackError, match="cannot be read"):
        load_table(path, Tables)
