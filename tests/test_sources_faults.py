"""Bad input is named and passed over; everything else is read all the same."""

from __future__ import annotations

import io
import json
import os
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from sources import Reading, describe, read
from sources.limits import FOLDER_DEPTH, NESTING, TEXT_CHARACTERS
from sources.wording import languages, retell
from timeline.errors import UsageError

INPUTS = Path(__file__).parent / "inputs"
GOOD = (
    "다리가 다시 열렸다\n\n승인 2025.04.12 07:38\n\n가온시의 다리가 12일 오전 10시 다시 열렸고 시민 4만 명이 건넜다.\n"
)
STORY = "가온시의 다리가 12일 오전 10시 다시 열렸고 시민 4만 명이 건넜다. " * 3


def with_good(folder: Path, name: str, data: bytes) -> Reading:
    """A folder with one good report and one bad file, read."""
    (folder / "good.txt").write_text(GOOD, encoding="utf-8")
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return read([folder])


def zipped(*members: tuple[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return held.getvalue()


def encrypted_pdf() -> bytes:
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_page(PdfReader(INPUTS / "documents" / "printed.pdf").pages[0])
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(held)
    return held.getvalue()


def empty_pdf() -> bytes:
    writer, held = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=200, height=200)
    writer.write(held)
    return held.getvalue()


def encrypted_zip() -> bytes:
    data = bytearray(zipped(("a.txt", GOOD.encode())))
    for magic, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(magic) + offset] |= 1
    return bytes(data)


def nested(depth: int) -> bytes:
    data = zipped(("a.txt", GOOD.encode()))
    for _ in range(depth):
        data = zipped(("inner.zip", data))
    return data


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9))
    + b"]><rss><channel><item><title>&j;</title></item></channel></rss>"
)
PDF = (INPUTS / "documents" / "printed.pdf").read_bytes()
DOCX = (INPUTS / "documents" / "report.docx").read_bytes()
PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8

REFUSED = [
    ("empty.txt", b"", "an empty file"),
    ("blank.txt", b" \n\t\n", "an empty file"),
    ("picture.txt", PNG, "looks like a PNG picture"),
    ("noise.txt", bytes(range(1, 256)) * 40, "binary data"),
    ("nuls.txt", b"abc\x00\x00def" * 100, "binary data"),
    ("long.txt", ("가" * 21_000_000).encode()[: 20 * 1024 * 1024], "characters"),
    ("line.txt", "가나다라 ".encode() * 40_000, "a line of"),
    ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office"),
    (
        "scripts.html",
        b"<html><head><script>draw()</script></head><body><div id=app></div></body></html>",
        "without text",
    ),
    ("tags.html", b"<html><body></body></html>", "without text"),
    ("bad.json", b'{"title": "x", ', "not JSON"),
    ("other.json", b'{"a": [1, 2, 3]}', "no object has a text field"),
    ("deep.json", b"[" * 100_000 + b"]" * 100_000, "nested deeper"),
    ("no_text.csv", "제목,일자\n다리,20250412\n".encode(), "names no text field"),
    ("laughs.xml", LAUGHS, "declares entities"),
    ("plain.xml", b'<?xml version="1.0"?><catalog><book>x</book></catalog>', "no RSS or Atom"),
    ("cut.pdf", PDF[: len(PDF) // 3], "PDF"),
    ("secret.pdf", encrypted_pdf(), "encrypted PDF"),
    ("scan.pdf", empty_pdf(), "without a text layer"),
    ("cut.docx", DOCX[: len(DOCX) // 2], "broken"),
    ("cut.zip", zipped(("a.txt", GOOD.encode()))[:60], "broken or truncated"),
    ("bomb.zip", zipped(("zeros.txt", bytes(80 * 1024 * 1024))), "would grow"),
    ("empty.eml", b"From: a@x.example\nSubject: x\nDate: Sat, 12 Apr 2025 18:05:11 +0900\n\n", "no text part"),
]


@pytest.mark.parametrize(("name", "data", "words"), REFUSED, ids=[row[0] for row in REFUSED])
def test_refused_by_name_and_the_rest_read(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    reading = with_good(tmp_path, name, data)
    assert [document.file for document in reading.documents] == ["good.txt"]
    assert [problem.file for problem in reading.problems] == [name]
    assert words in reading.problems[0].error


MEMBERS = [
    ("secret.zip", encrypted_zip(), "secret.zip!a.txt", "encrypted"),
    ("escape.zip", zipped(("../../a.txt", GOOD.encode())), "escape.zip!../../a.txt", "leaves the archive"),
    ("root.zip", zipped(("/etc/a.txt", GOOD.encode())), "root.zip!/etc/a.txt", "leaves the archive"),
    ("nested.zip", nested(NESTING), "nested.zip" + "!inner.zip" * NESTING, "nested deeper"),
]


@pytest.mark.parametrize(("name", "data", "member", "words"), MEMBERS, ids=[row[0] for row in MEMBERS])
def test_members_refused_by_name(tmp_path: Path, name: str, data: bytes, member: str, words: str) -> None:
    reading = with_good(tmp_path, name, data)
    assert len(reading.documents) == 1
    assert [(problem.file, words in problem.error) for problem in reading.problems] == [(member, True)]


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.txt", GOOD)
        archive.writestr("b.txt", GOOD.replace("다리", "길"))
    data = held.getvalue().replace(GOOD.encode(), GOOD.encode().replace(b"2025", b"2O25"), 1)
    reading = with_good(tmp_path, "hurt.zip", data)
    assert [document.file for document in reading.documents] == ["good.txt", "hurt.zip!b.txt"]
    assert [problem.file for problem in reading.problems] == ["hurt.zip!a.txt"]


RENAMED = [
    ("page.txt", f"<html><body><article><p>{STORY}</p></article></body></html>".encode()),
    ("report.html", GOOD.encode()),
    ("report.pdf", GOOD.encode()),
    ("report.json", GOOD.encode()),
    ("document.zip", DOCX),
    ("printed.txt", PDF),
    ("archive.pdf", zipped(("a.txt", GOOD.encode()))),
    ("lines.txt", (json.dumps({"text": STORY}) + "\n" + json.dumps({"text": GOOD}) + "\n").encode()),
    ("no_ending", GOOD.encode("cp949")),
]


@pytest.mark.parametrize(("name", "data"), RENAMED, ids=[row[0] for row in RENAMED])
def test_read_by_content_whatever_the_name(tmp_path: Path, name: str, data: bytes) -> None:
    (tmp_path / name).write_bytes(data)
    reading = read([tmp_path])
    assert reading.documents
    assert not reading.problems
    assert all("<p>" not in document.text for document in reading.documents)


def test_an_empty_folder_is_said(tmp_path: Path) -> None:
    reading = read([tmp_path])
    assert not reading.documents
    assert "empty folder" in reading.problems[0].error


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    assert "cannot be opened" in read([tmp_path / "none.txt"]).problems[0].error


def test_links_out_of_the_folder_are_refused_links_inside_are_read(tmp_path: Path) -> None:
    outside, inside = tmp_path / "secret.txt", tmp_path / "case"
    outside.write_text(GOOD, encoding="utf-8")
    inside.mkdir()
    (inside / "a.txt").write_text(GOOD, encoding="utf-8")
    (inside / "out.txt").symlink_to(outside)
    (inside / "in.txt").symlink_to(inside / "a.txt")
    (inside / "broken.txt").symlink_to(inside / "none")
    reading = read([inside])
    assert [document.file for document in reading.documents] == ["a.txt", "in.txt"]
    assert {problem.file for problem in reading.problems} == {"out.txt", "broken.txt"}


def test_a_folder_that_holds_itself_by_a_link_ends(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    reading = read([tmp_path])
    assert [document.file for document in reading.documents] == ["good.txt"]


def test_folders_nested_too_deep_are_said(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["d"] * (FOLDER_DEPTH + 2))
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text(GOOD, encoding="utf-8")
    assert "nested deeper" in read([tmp_path]).problems[0].error


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "neither a file nor a folder" in read([tmp_path]).problems[0].error


def test_a_long_report_is_read_up_to_the_limit(tmp_path: Path) -> None:
    paragraph = STORY + "\n"
    (tmp_path / "long.txt").write_text(paragraph * (TEXT_CHARACTERS // len(paragraph)), encoding="utf-8")
    assert len(read([tmp_path]).documents) == 1


def test_an_unknown_zone_is_wrong_use() -> None:
    with pytest.raises(UsageError, match="Asia/Nowhere"):
        read([], timezone="Asia/Nowhere")


def test_order_of_naming_does_not_matter(tmp_path: Path) -> None:
    paths = [INPUTS / "text", INPUTS / "mail", INPUTS / "records", tmp_path / "none"]
    assert read(paths) == read(paths[::-1])


def test_a_file_given_twice_stands_once() -> None:
    path = INPUTS / "text" / "wire.txt"
    assert len(read([path, path]).documents) == 1


def test_a_single_path_is_one_path() -> None:
    path = INPUTS / "records" / "articles.jsonl"
    assert read(path) == read(str(path)) == read([path])
    assert read(path).documents


def test_standard_input_is_read_by_content() -> None:
    reading = read(["-"], stdin=io.BytesIO((INPUTS / "records" / "articles.jsonl").read_bytes()))
    assert [(document.file, document.record) for document in reading.documents] == [("-", 1), ("-", 3), ("-", 6)]


def test_progress_names_every_input() -> None:
    seen: list[tuple[str, int, int]] = []
    read([INPUTS / "mail"], progress=lambda *step: seen.append(step))
    assert [(done, total) for _, done, total in seen] == [(n, 6) for n in range(6)]


def test_the_description_says_why() -> None:
    reading = read([INPUTS / "html" / "open_graph.html", INPUTS / "records" / "articles.jsonl"])
    text = describe(reading, "en")
    assert "+ 입력 2025.04.12 19:40 [published] labelled '입력'" in text
    assert "- 수정 2025.04.12 20:12 [modified]" in text
    assert "line 2: not JSON" in text
    assert "left out" in text
    assert "뺀 줄" in describe(reading)


def test_the_words_of_both_languages_are_complete() -> None:
    korean, english = languages()["ko"], languages()["en"]
    assert korean == english


@pytest.mark.parametrize(
    ("told", "language", "again"),
    [
        ("‘입력’ 표시가 붙은 시각", "en", "labelled '입력'"),
        ("labelled '입력'", "ko", "‘입력’ 표시가 붙은 시각"),
        ("메일의 Date 머리글", "ko", "메일의 Date 머리글"),
        (
            "다른 기사나 댓글 옆의 시각; 쓰지 않음: 이 기사의 시각이 아님",
            "en",
            "beside another article or a comment; not used: not a time of this report",
        ),
        ("a note of: another hand", "ko", "a note of: another hand"),
    ],
)
def test_a_note_is_told_again_in_another_language(told: str, language: str, again: str) -> None:
    assert retell(told, language) == again


def test_the_description_steers_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        f"\x1b[2J제목입니다\n\n{STORY}\n\n입력 2025.01.01 10:00\x1b]0;x\x07", encoding="utf-8"
    )
    assert "\x1b" not in describe(read([tmp_path]))


def test_second_reading_from_the_cache_is_the_same(tmp_path: Path) -> None:
    cache = tmp_path / "cache.jsonl"
    first = read([INPUTS / "text", INPUTS / "records"], cache=cache)
    kept = cache.read_bytes()
    assert (
        read([INPUTS / "text", INPUTS / "records"], cache=cache) == first == read([INPUTS / "text", INPUTS / "records"])
    )
    assert cache.read_bytes() == kept


def test_the_cache_is_used_and_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    report, cache = tmp_path / "a.txt", tmp_path / "cache"
    report.write_text(GOOD, encoding="utf-8")
    read([report], cache=cache)
    cache.write_text(cache.read_text(encoding="utf-8").replace("07:38", "06:38"), encoding="utf-8")
    assert "06:38" in read([report], cache=cache).documents[0].text
    report.write_text(GOOD.replace("07:38", "08:38"), encoding="utf-8")
    assert "08:38" in read([report], cache=cache).documents[0].text


@pytest.mark.parametrize("text", ["", "not a cache", '{"readers": "0", "zone": "Asia/Seoul"}\n"x"\t{}', "\x00\xff"])
def test_a_cache_of_another_kind_is_written_anew(tmp_path: Path, text: str) -> None:
    cache = tmp_path / "cache"
    cache.write_text(text, encoding="latin-1")
    assert read([INPUTS / "mail"], cache=cache) == read([INPUTS / "mail"])


def test_a_cache_of_another_zone_is_not_used(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    seoul = read([INPUTS / "text" / "wire.txt"], cache=cache).documents[0]
    paris = read([INPUTS / "text" / "wire.txt"], cache=cache, timezone="Europe/Paris").documents[0]
    assert (seoul.publication.text(), paris.publication.text()) == (
        "2025-04-12T18:05:00+09:00",
        "2025-04-12T18:05:00+02:00",
    )
