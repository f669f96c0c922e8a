"""The exports for people, read back by their readers: the chronology as Markdown and as a Word document."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import docx
import mammoth
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree
from markdown_it import MarkdownIt

from reports.markdown import escaped, to_markdown
from reports.naming import teller
from reports.plain import link, one_line
from reports.word import to_docx
from tests.hostile import HOSTILE
from tests.samples import hostile, sample
from timeline.model import Itinerary

MAKERS = pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
Make = Callable[[], Itinerary]
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def every_event(itinerary: Itinerary) -> list[Any]:
    return [*itinerary.events, *itinerary.undated]


def claim_count(itinerary: Itinerary) -> int:
    return sum(len(event.claims) for event in every_event(itinerary))


# --- Markdown


def tokens(text: str) -> list[Any]:
    parsed = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    return [part for token in parsed for part in (token, *(token.children or ()))]


@MAKERS
def test_markdown_tables_have_a_row_for_each_event(make: Make) -> None:
    shown = tokens(to_markdown(make()))
    tables = sum(token.type == "table_open" for token in shown)
    assert tables == 2
    assert sum(token.type == "tr_open" for token in shown) == len(every_event(make())) + tables
    assert sum(token.type == "td_open" for token in shown) == 4 * len(every_event(make()))


@MAKERS
def test_markdown_links_only_to_the_sources(make: Make) -> None:
    shown = tokens(to_markdown(make()))
    addresses = {link(document.url) for document in make().documents} - {None}
    assert {token.attrs["href"] for token in shown if token.type == "link_open"} == addresses
    html = {token.content for token in shown if token.type in ("html_inline", "html_block")}
    assert html <= {"<br>"}
    assert not any(token.type in ("image", "code_inline", "fence", "code_block") for token in shown)


@MAKERS
def test_markdown_notes_and_references_match(make: Make) -> None:
    text = to_markdown(make())
    body, _, notes = text.rpartition("\n## ")
    references = re.findall(r" \[\^(\d+)\](?= )", body)
    definitions = re.findall(r"^\[\^(\d+)\]: ", notes, re.MULTILINE)
    assert references == definitions == [str(number + 1) for number in range(claim_count(make()))]


def test_markdown_tells_ranges_conflicts_and_quotes() -> None:
    text = to_markdown(sample())
    assert "오전 10:25–10:45" in text
    assert "둘 다 맞을 수는 없다." in text
    assert all(claim.quote in text for event in every_event(sample()) for claim in event.claims)
    assert "photo.txt" in text


def shown_literally(text: str) -> str:
    return "".join(token.content for token in tokens(f"- {escaped(text)}\n") if token.type in ("text", "text_special"))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_shows_hostile_text_as_it_is(text: str) -> None:
    assert shown_literally(text) == one_line(text)


@example(r"\<")
@example(r"\\&lt;")
@given(st.text(alphabet=st.sampled_from("가a1 .-+=*_`[]()<>|~&#!:/\\\"'$@w\n\t")))
def test_markdown_shows_any_text_as_it_is(text: str) -> None:
    assert shown_literally(text) == one_line(text)


@pytest.mark.parametrize("text", ["https://evil.example", "http://a.b/c", "www.evil.example", "WWW.evil.example"])
def test_markdown_makes_no_link_of_a_bare_address(text: str) -> None:
    assert not re.search(r"https?://|www\.", escaped(text), re.IGNORECASE)


def test_a_source_without_outlet_is_named_by_its_file() -> None:
    document = sample().documents[0].model_copy(update={"outlet": None})
    claim = next(e for e in sample().events if e.claims[0].document == document.id).claims[0]
    assert teller(claim, document) == "물빛일보"
    assert teller(claim.model_copy(update={"outlet": " "}), document) == "a.txt"
    assert teller(claim.model_copy(update={"outlet": None}), None) == document.id


# --- Word


def part(data: bytes, name: str) -> Any:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


@MAKERS
def test_word_tables_have_a_row_for_each_event(make: Make) -> None:
    document = docx.Document(io.BytesIO(to_docx(make())))
    first, second = document.tables
    titles = [row.cells[1].paragraphs[0].text for table in (first, second) for row in table.rows[1:]]
    assert titles == [one_line(event.title) for event in every_event(make())]
    assert all(table.rows[0]._tr.trPr.find(f"{WORD}tblHeader") is not None for table in (first, second))


@MAKERS
def test_word_has_a_footnote_for_each_claim_referred_to_once(make: Make) -> None:
    data = to_docx(make())
    references = [node.get(f"{WORD}id") for node in part(data, "word/document.xml").iter(f"{WORD}footnoteReference")]
    notes = part(data, "word/footnotes.xml").findall(f"{WORD}footnote")
    told = {note.get(f"{WORD}id"): "".join(note.itertext()) for note in notes if note.get(f"{WORD}type") is None}
    assert references == list(told)
    assert len(references) == claim_count(make())
    claims = [claim for event in every_event(make()) for claim in event.claims]
    for text, claim in zip(told.values(), claims, strict=True):
        assert one_line(claim.quote)[:500] in text


@MAKERS
def test_another_reader_finds_every_footnote_and_nothing_wrong(make: Make) -> None:
    read = mammoth.convert_to_html(io.BytesIO(to_docx(make())))
    assert read.messages == []
    assert read.value.count('id="footnote-ref-') == claim_count(make())
    assert len(re.findall(r'<li id="footnote-\d+">', read.value)) == claim_count(make())
    assert "<script" not in read.value


def test_word_declares_its_footnotes() -> None:
    data = to_docx(sample())
    types = part(data, "[Content_Types].xml")
    assert any(node.get("PartName") == "/word/footnotes.xml" for node in types)
    links = part(data, "word/_rels/document.xml.rels")
    assert sum(node.get("Type", "").endswith("/footnotes") for node in links) == 1
    kinds = [node.get(f"{WORD}type") for node in part(data, "word/footnotes.xml")]
    assert kinds[:2] == ["separator", "continuationSeparator"]


def test_word_fields_and_links_come_from_no_outside_text() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(hostile()))) as package:
        relations = [package.read(name) for name in package.namelist() if name.endswith(".rels")]
        body = package.read("word/document.xml")
    assert not any(b'TargetMode="External"' in text for text in relations)
    assert b"fldChar" not in body
    assert b"instrText" not in body


def test_word_entries_are_dated_alike() -> None:
    with zipfile.ZipFile(io.BytesIO(to_docx(sample()))) as package:
        assert package.testzip() is None
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
