"""What holds of every reading: offsets, blocks, order, and that no bytes whatever make a reader fail."""

from __future__ import annotations

import unicodedata
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sources import assemble, encoding, lines, sniff, stamps
from sources.draft import Draft, Piece
from sources.reading import read
from sources.sniff import Format
from sources.vocabulary import missed_examples, vocabulary
from sources.wrap import unwrap
from timeline.errors import InputError
from timeline.interval import Grain
from timeline.model import Document, Problem

INPUTS = Path(__file__).parent / "inputs"
SEOUL = ZoneInfo("Asia/Seoul")
DOCUMENTS = read([INPUTS]).documents
READERS = [kind for kind in Format if kind not in (Format.ARCHIVE, Format.BINARY)]
SEEDS = {
    Format.TEXT: "text/wire.txt",
    Format.HTML: "html/open_graph.html",
    Format.JSON: "records/search.json",
    Format.JSONL: "records/articles.jsonl",
    Format.TABLE: "records/export.csv",
    Format.FEED: "records/feed.xml",
    Format.MAIL: "mail/euckr.eml",
    Format.MAILBOX: "mail/box.mbox",
    Format.PDF: "documents/printed.pdf",
    Format.DOCX: "documents/report.docx",
    Format.WARC: "documents/crawl.warc",
}
calm = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: f"{document.file}:{document.record or ''}")
class TestEveryDocument:
    def test_text_is_nfc(self, document: Document) -> None:
        assert unicodedata.is_normalized("NFC", document.text)

    def test_blocks_are_in_order_apart_and_trimmed(self, document: Document) -> None:
        at = 0
        for block in document.blocks:
            assert at <= block.span.start < block.span.end <= len(document.text)
            assert block.span.of(document.text) == block.span.of(document.text).strip()
            at = block.span.end

    def test_blocks_leave_nothing_out(self, document: Document) -> None:
        left, at = "", 0
        for block in document.blocks:
            left += document.text[at : block.span.start]
            at = block.span.end
        assert not (left + document.text[at:]).strip(lines.INVISIBLE + "\n")

    def test_evidence_quotes_stand_in_text_or_metadata(self, document: Document) -> None:
        assert all(row.quote and row.note for row in document.publication.evidence)


def test_every_table_pattern_reads_its_own_example() -> None:
    assert missed_examples() == ()


def test_every_label_is_read_beside_a_date() -> None:
    missed = [
        word
        for label in vocabulary().labels
        for word in label.words
        if [hit.label for hit in stamps.find(f"{word} 2025-03-01 10:20", SEOUL)] != [label]
    ]
    assert missed == []


moments = st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2059, 12, 31))
FORMS = [
    "{0:%Y-%m-%d %H:%M}",
    "{0:%Y.%m.%d %H:%M}",
    "{0:%Y.%m.%d. %H:%M}",
    "{0:%Y/%m/%d %H:%M:%S}",
    "{0:%Y-%m-%dT%H:%M:%S}",
    "{0.year}년 {0.month}월 {0.day}일 {0.hour}시 {0.minute}분",
    "{0.year}. {0.month}. {0.day}.(월) {0:%H:%M}",
    "{0:%Y.%m.%d} ({0:%H:%M})",
    "{0:%B} {0.day}, {0.year} {0:%I:%M %p}",
    "{0.day} {0:%b} {0.year} {0:%H:%M}",
    "{0:%Y%m%d%H%M%S}",
]


@pytest.mark.parametrize("form", FORMS)
@given(moment=moments)
@calm
def test_a_date_written_is_the_date_read(form: str, moment: datetime) -> None:
    (found,) = stamps.find(f"입력 {form.format(moment)} | 민들레 기자", SEOUL)
    assert found.interval is not None
    assert found.interval.start == moment.replace(second=0, microsecond=0, tzinfo=SEOUL)
    assert found.interval.grain is Grain.MINUTE


@given(text=st.text(max_size=400))
@calm
def test_any_text_is_classified(text: str) -> None:
    try:
        document = assemble.document(Draft((Piece(text),)), "a.txt", SEOUL)
    except InputError:
        assert not assemble.clean(text).strip()
        return
    assert all(block.span.of(document.text).strip() for block in document.blocks)


WORDS = st.sampled_from(
    (
        "입력 2025.03.01 10:00",
        "[앵커]",
        "관련기사",
        "댓글 2",
        "▶제보는",
        "(사진=가온시)",
        "민들레 기자",
        "- 목록",
        "□ 제목",
        "|a|b|",
        "",
        "가온시의 다리가 12일 오전 10시 다시 열렸고 시민 4만 명이 건넜다.",
        "저작권자 © 가람일보 무단전재 및 재배포 금지",
        "22:47 신고",
    )
)


@given(chosen=st.lists(WORDS, min_size=1, max_size=25))
@calm
def test_no_line_is_lost_in_any_arrangement(chosen: list[str]) -> None:
    text = "\n".join(chosen)
    if not text.strip():
        return
    document = assemble.document(Draft((Piece(text),)), "a.txt", SEOUL)
    assert len(document.blocks) == sum(bool(line.strip()) for line in chosen)


@given(text=st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=20, max_size=200))
@pytest.mark.parametrize("name", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
@calm
def test_encodings_with_a_mark_are_read_back(name: str, text: str) -> None:
    assert encoding.decode(text.encode(name)) == text


@given(text=st.text(alphabet="가나다라마바사아자차카타파하각낙닥락 0123.\n", min_size=20, max_size=200))
@pytest.mark.parametrize("name", ["cp949", "euc-kr", "utf-16-le", "utf-16-be"])
@calm
def test_korean_encodings_without_a_mark_are_read_back(name: str, text: str) -> None:
    assert encoding.decode(text.encode(name)) == text


CHANGE = st.tuples(st.integers(0, 10**6), st.binary(max_size=6))


def results(kind: Format, data: bytes) -> list[Draft | Problem]:
    """What a reader gives for some bytes; the two errors that bytes may raise count as an answer."""
    try:
        return list(sniff.reader(kind)(data, "a", SEOUL))
    except (InputError, encoding.NotTextError):
        return []


@pytest.mark.parametrize("kind", READERS)
@given(data=st.binary(max_size=600))
@calm
def test_no_bytes_make_a_reader_fail(kind: Format, data: bytes) -> None:
    results(kind, data)


@pytest.mark.parametrize("kind", READERS)
@given(
    changes=st.lists(st.tuples(st.integers(0, 10**6), st.binary(max_size=6)), min_size=1, max_size=6),
    cut=st.floats(0, 1),
)
@calm
def test_no_damage_makes_a_reader_fail(kind: Format, changes: list[tuple[int, bytes]], cut: float) -> None:
    data = bytearray((INPUTS / SEEDS[kind]).read_bytes())
    for at, new in changes:
        place = at % len(data)
        data[place : place + len(new)] = new
    results(kind, bytes(data[: int(len(data) * max(cut, 0.2))]))


@given(data=st.binary(max_size=400))
@calm
def test_any_bytes_have_a_format(data: bytes) -> None:
    assert sniff.sniff(data, "a.txt") in Format


WRAPPED = """\
We regret to inform our passengers that the ferry ran aground at
6:14 a.m. on Tuesday, shortly after it had left the harbour of
Lowmere. All sixty-one people aboard were brought ashore before
9:40 a.m. by two boats of the coastguard, and nobody was hurt in
the course of it.

- The route reopens on Thursday.
- Tickets stay valid."""


def test_paragraphs_broken_at_one_width_are_whole_again() -> None:
    first, blank, *items = unwrap(WRAPPED).split("\n")
    assert first.endswith("in the course of it.")
    assert "aground at 6:14 a.m." in first
    assert [blank, *items] == ["", "- The route reopens on Thursday.", "- Tickets stay valid."]


@pytest.mark.parametrize("name", ["text/wire.txt", "text/release.txt", "text/site_dump.txt", "text/broadcast.txt"])
def test_text_of_one_paragraph_a_line_is_left_alone(name: str) -> None:
    text = (INPUTS / name).read_text(encoding="utf-8")
    assert unwrap(text) == text


@given(text=st.text(alphabet="가나 ab.\n-|>", max_size=600))
@calm
def test_unwrapping_keeps_the_length(text: str) -> None:
    assert len(unwrap(text)) == len(text)
    assert unwrap(text).replace("\n", " ") == text.replace("\n", " ")


REPEATED = [
    "가",
    "가 ",
    "가나 ",
    "가·",
    "A b ",
    "1.",
    "2025. ",
    "| ",
    "@a.",
    "사진=",
    "<?x?>",
    "<!---->",
    " a: b\n",
    "- \n",
]
STARTS = ["", "[가람 ", "(가온=두루)", "---\n", "<", "ⓒ "]


@pytest.mark.parametrize("start", STARTS)
@pytest.mark.parametrize("repeated", REPEATED)
def test_no_pattern_runs_away(start: str, repeated: str) -> None:
    """Repetitions that would cost a careless pattern years; being answered at all is the test."""
    text = start + repeated * 400 + "!"
    data = text.encode()
    kind = sniff.sniff(data, "a.md")
    drafts = list(sniff.reader(kind)(data, "a.md", SEOUL)) if kind is Format.TEXT else [Draft((Piece(text),))]
    assert drafts
    document = assemble.document(Draft((Piece(text),)), "a.txt", SEOUL)
    assert document.text
