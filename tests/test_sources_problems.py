"""Every reason for which an input may be refused is told in Korean too, whatever stands in it."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from sources.problems import retell, told
from timeline.cli import main
from timeline.model import Problem

SOURCES = Path(__file__).parents[1] / "sources"
ROWS = tomllib.loads((SOURCES / "tables" / "problems.toml").read_text(encoding="utf-8"))["problem"]
HANGUL = re.compile(r"[가-힣]")


def reasons() -> set[str]:
    """The reasons written in the readers' code, what is filled in shown as 7."""
    found: set[str] = set()
    for path in sorted(SOURCES.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            found.update(_reasons(node))
    return found


def _reasons(node: ast.AST) -> list[str]:
    name = getattr(getattr(node, "func", None), "id", "")
    texts: list[ast.expr] = []
    if isinstance(node, ast.Call) and name in ("InputError", "NotTextError"):
        texts = node.args[-1:]
    elif isinstance(node, ast.Call) and name == "Problem":
        texts = [keyword.value for keyword in node.keywords if keyword.arg == "error"]
    elif isinstance(node, ast.FunctionDef) and node.name in ("_refused", "_message", "describe"):
        texts = [inner.value for inner in ast.walk(node) if isinstance(inner, ast.Return) and inner.value is not None]
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "_NAMES":
        assert isinstance(node.value, ast.Dict)
        texts = node.value.values
    options = [option for text in texts for option in _options(text)]
    return [words for words in map(_filled, options) if re.search("[a-z]{3}", words)]


def _options(text: ast.expr) -> list[ast.expr]:
    return [text.body, text.orelse] if isinstance(text, ast.IfExp) else [text]


def _filled(text: ast.expr) -> str:
    if isinstance(text, ast.Constant):
        return str(text.value or "")
    if not isinstance(text, ast.JoinedStr):
        return ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in text.values)


@pytest.mark.parametrize("reason", sorted(reasons()))
def test_every_reason_of_the_readers_has_korean_words(reason: str) -> None:
    assert HANGUL.search(retell(reason, "ko")), reason


def test_the_reasons_are_found_in_the_code() -> None:
    assert len(reasons()) > 50


@pytest.mark.parametrize("row", ROWS, ids=[row["en"][:40] for row in ROWS])
def test_both_languages_say_the_same(row: dict[str, str]) -> None:
    assert HANGUL.search(row["ko"])
    assert sorted(re.findall(r"\{\w+\}", row["ko"])) == sorted(re.findall(r"\{\w+\}", row["en"]))


TOLD = [
    ("cannot be opened: Permission denied", "열 수 없습니다: 읽을 권한이 없음"),
    ("record 3: no text in it", "레코드 3: 글이 없습니다"),
    ("not a report: looks like a PNG picture", "보도가 아닙니다: PNG 그림처럼 보입니다"),
    ("line 2: not JSON (Expecting value): '{\"a\": no text in it'", None),
    ("took longer than 60 s to read; allow more with --time-limit, or leave it out", None),
    ("event 'e1' matches nothing", "event 'e1' matches nothing"),
    ("record 1: record 2: record 3: record 4: record 5: an empty file", None),
]


@pytest.mark.parametrize(("reason", "korean"), TOLD)
def test_what_is_filled_in_stays(reason: str, korean: str | None) -> None:
    found = retell(reason, "ko")
    assert found == (korean or found)
    assert set(re.findall(r"\d+", found)) == set(re.findall(r"\d+", reason))


def test_english_and_unknown_languages_leave_reasons_alone() -> None:
    problems = (Problem(file="a.txt", error="an empty file"),)
    assert told(problems, "en") == problems == told(problems, "fr")


@pytest.mark.parametrize(("ui", "words"), [("ko", "빈 파일입니다"), ("en", "an empty file")])
@pytest.mark.parametrize("command", ["build", "inspect"])
def test_the_commands_say_it_in_the_language_chosen(
    command: str, ui: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("가온시의 다리가 12일 오전 10시 다시 열렸다.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("", encoding="utf-8")
    out = ["-o", str(tmp_path / "out"), "--format", "json", "-q"] if command == "build" else []
    assert main([command, str(tmp_path), *out, "--ui", ui]) == 0
    assert f"b.txt: {words}" in capsys.readouterr().err
