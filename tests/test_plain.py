"""Outside text made fit for files: what is normalised, which addresses are links, what is cut."""

from __future__ import annotations

import pytest

from reports.plain import link, one_line, plain, shorten

TEXTS = [
    ("a\r\nb\rc\nd", "a\nb\nc\nd", "a b c d"),
    ("a\u2028b\u2029c\x85d", "a\nb\nc\nd", "a b c d"),
    ("\x00a\x07b\x1b[0m\x7f\x9f", "ab[0m", "ab[0m"),
    ("a\tb", "a\tb", "a b"),
    ("\u202egnp.exe\u202c \u2066x\u2069", "gnp.exe x", "gnp.exe x"),
    ("\ufeff가\ufffe\uffff", "가", "가"),
    ("\u1112\u1161\u11ab e\u0301", "한 é", "한 é"),
    ("\u200d👩\u200d👩", "\u200d👩\u200d👩", "\u200d👩\u200d👩"),
    ("  가  나  ", "  가  나  ", "가 나"),
    ("", "", ""),
]


@pytest.mark.parametrize(("text", "cleaned", "line"), TEXTS, ids=range(len(TEXTS)))
def test_text(text: str, cleaned: str, line: str) -> None:
    assert (plain(text), one_line(text)) == (cleaned, line)


LINKS = [
    ("https://a.example/b?c=d&e=f#g", "https://a.example/b?c=d&e=f#g"),
    ("HTTP://a.example", "HTTP://a.example"),
    (" https://a.example/ ", "https://a.example/"),
    ("https://a.example/새솔?q=다리", "https://a.example/%EC%83%88%EC%86%94?q=%EB%8B%A4%EB%A6%AC"),
    ('https://a.example/"><script>', "https://a.example/%22%3E%3Cscript%3E"),
    ("https://a.example/%20", "https://a.example/%20"),
    ("https://a.example/a b", None),
    ("https://a.example/\r\nATTENDEE:x", None),
    ("https://a.example/\x00", None),
    ("https://", None),
    ("https://[::1", None),
    ("//a.example", None),
    ("a.example", None),
    ("ftp://a.example", None),
    ("javascript:alert(1)", None),
    ("data:text/html,x", None),
    ("mailto:a@a.example", None),
    ("file:///etc/passwd", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("url", "address"), LINKS, ids=[repr(url)[:30] for url, _ in LINKS])
def test_link(url: str | None, address: str | None) -> None:
    assert link(url) == address


@pytest.mark.parametrize(
    ("text", "limit", "cut"), [("가나다", 3, "가나다"), ("가나다라", 3, "가나…"), ("가 나다", 3, "가…")]
)
def test_shorten(text: str, limit: int, cut: str) -> None:
    assert shorten(text, limit) == cut
