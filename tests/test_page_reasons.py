"""Why an expression was read as it was is told on the page in Korean and English."""

from __future__ import annotations

import ast
from datetime import datetime
from pathlib import Path

from reports.page.words import Words, reasons
from timeline.normalize import normalize_text

ROOT = Path(__file__).parent.parent
MADE = {f"the {edge} hours of the day" for edge in ("early", "late")} | {
    f"just {side} the event named before it" for side in ("after", "before")
}  # put together by the resolver
NOT_A_REASON = 20  # characters; shorter ones without a known word are names and formats


def given() -> set[str]:
    """Every reason the sentences of both corpora are read with."""
    found: set[str] = set()
    for table in sorted((ROOT / "tests" / "corpus").glob("*/*.tsv")):
        for line in table.read_text(encoding="utf-8").splitlines():
            if line.startswith("#") or line.count("\t") < 2:
                continue
            at, text, *_ = line.split("\t")
            for mention in normalize_text(text, datetime.fromisoformat(at), "Asia/Seoul", table.parent.name):
                found.update(mention.anchor.why if mention.anchor else ())
                found.update(other.why for other in mention.alternatives)
    return found


def literals() -> set[str]:
    """The texts of several words in the resolver's code, its docstrings left out."""
    found: set[str] = set()
    for module in sorted((ROOT / "timeline" / "resolve").glob("*.py")):
        tree = ast.parse(module.read_text(encoding="utf-8"))
        alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        found.update(
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in alone
        )
    return found


def test_every_reason_given_has_its_korean() -> None:
    seen = given()
    assert len(seen) >= 25
    assert sorted(seen - set(reasons())) == []


def test_every_sentence_of_the_resolver_has_its_korean_and_none_is_left_over() -> None:
    written = literals() | MADE
    sentences = {text for text in written if len(text) >= NOT_A_REASON and text[0].isalpha() and text.count(" ") >= 3}
    assert sorted(sentences - set(reasons())) == []
    assert sorted(set(reasons()) - written) == []


def test_a_reason_is_told_in_the_page_s_first_language_with_the_other_beside() -> None:
    korean, english = Words("ko", "Asia/Seoul"), Words("en", "Asia/Seoul")
    assert tuple(korean.reason("lunar calendar")) == ("음력", "lunar calendar")
    assert tuple(english.reason("lunar calendar")) == ("lunar calendar", "음력")
    assert tuple(korean.reason("<b>new</b>")) == ("<b>new</b>", "<b>new</b>")
