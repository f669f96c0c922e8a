"""Sentences and tokens: where a sentence ends (not after "Mr." or inside quotation marks), and its words in order.

A time expression is one token. A contracted helper and a possessive are tokens of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from timeline.languages.en.prose.lexicon import lexicon
from timeline.model import Span

_STOP = re.compile(r"[.!?]+[\"”’')\]]*(?=\s|$)|\n\s*\n")
_LAST_WORD = re.compile(r"(?:^|(?<=[\s(\"“‘]))[^\s(\"“‘]+$")
_INITIAL = re.compile(r"[A-Z]\.")
_NEXT_WORD = re.compile(r"[\s\"“‘'(\[]*([A-Za-z][\w’'-]*|\d|\S)")
_QUOTE = re.compile(r"“[^“”]{2,600}”|\"[^\"]{2,600}\"")
_TOKEN = re.compile(
    r"(?P<word>(?:[A-Z]\.){2,}|[ap]\.m\.|[^\W\d_][^\W_]*(?:[’'-][^\W_]+)*)|(?P<number>[$€£₩¥]?\d[\d,.:/-]*\d%?|[$€£₩¥]?\d%?)"
    r"|(?P<mark>--|\.\.\.|[^\s\w]|_)"
)
_PLACE_TIME = re.compile(r"(?:[A-Z][\w.]* ){1,3}(?:standard |daylight )?time\b")
_CLOCK_ENDS = frozenset({"a.m.", "p.m."})
_FRONTED = 30  # "At 10:40 p.m. Smith left": a time this near the start of its sentence does not end it
_CONTRACTED = re.compile(r"(?i)^(.+?)(n[’']t|[’'](?:ll|re|ve|m|d))$")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number, mark or time expression with its range in the document; ``low`` is its lower-case form."""

    text: str
    low: str
    start: int
    end: int
    kind: str  # word, number, mark, time, or length (a duration or a set)
    mention: int = -1  # the index of the time expression among those of the sentence
    quoted: int = -1  # the index of the quotation it stands in

    @property
    def capital(self) -> bool:
        """Whether it is a word that starts with a capital letter."""
        return self.kind == "word" and self.text[:1].isupper()


def quotations(text: str, span: Span) -> list[Span]:
    """The quotations (with their marks) inside a stretch of text."""
    found = _QUOTE.finditer(text, span.start, span.end)
    return [Span(start=m.start(), end=m.end()) for m in found]


def sentences(text: str, block: Span, times: Sequence[Span] = ()) -> list[Span]:
    """The sentences of a block, without the space around them; never cut inside a quotation or a time expression."""
    whole = [*quotations(text, block), *times]
    out: list[Span] = []
    begin = block.start
    for match in _STOP.finditer(text, block.start, block.end):
        held = any(w.start <= match.start() and match.end() < w.end for w in whole)
        if held or (match[0].strip() and not _ends(text, begin, match, block.end)):
            continue
        out.append(Span(start=begin, end=match.end()))
        begin = match.end()
    out.append(Span(start=begin, end=block.end))
    return [trimmed for span in out if (trimmed := _trim(text, span)) is not None]


def _ends(text: str, begin: int, stop: re.Match[str], limit: int) -> bool:
    """Whether a full stop ends the sentence: not after an abbreviation, and not before a small letter."""
    following = _NEXT_WORD.match(text, stop.end(), limit)
    if following is None:
        return True
    if following[1][0].islower():
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    word = _LAST_WORD.search(text, begin, stop.start())
    last = (word[0] if word else "") + "."
    if last in lexicon().people.abbreviations or _INITIAL.fullmatch(last):
        return False
    if last not in lexicon().people.may_end or following[1] in lexicon().people.openers:
        return True
    return last in _CLOCK_ENDS and stop.start() - begin > _FRONTED and _unlike_zone(text, following, limit)


def _unlike_zone(text: str, following: re.Match[str], limit: int) -> bool:
    """Whether the word after "p.m." neither dates it ("Tuesday") nor places it ("EST", "Perth time")."""
    place = _PLACE_TIME.match(text, following.start(1), limit)
    return place is None and following[1] not in lexicon().people.not_names and following[1][0].isupper()


def _trim(text: str, span: Span) -> Span | None:
    part = span.of(text)
    start = span.start + len(part) - len(part.lstrip())
    end = span.end - (len(part) - len(part.rstrip()))
    return Span(start=start, end=end) if start < end else None


def tokens(text: str, sentence: Span, times: Sequence[Span] = (), lengths: frozenset[int] = frozenset()) -> list[Token]:
    """The tokens of a sentence in order; ``times`` are its time expressions, ``lengths`` the indices of durations."""
    quotes = quotations(text, sentence)
    out: list[Token] = []
    at = sentence.start
    for index, time in enumerate(times):
        if time.start < at:
            continue
        out += _plain(text, at, time.start)
        out.append(
            Token(
                time.of(text),
                time.of(text).lower(),
                time.start,
                time.end,
                "length" if index in lengths else "time",
                index,
            )
        )
        at = time.end
    out += _plain(text, at, sentence.end)
    return [_quoted(token, quotes) for token in out] if quotes else out


def _quoted(token: Token, quotes: Sequence[Span]) -> Token:
    inside = next((i for i, q in enumerate(quotes) if q.start <= token.start < q.end), -1)
    return Token(token.text, token.low, token.start, token.end, token.kind, token.mention, inside)


def _plain(text: str, start: int, end: int) -> list[Token]:
    out: list[Token] = []
    if text[start : start + 2] in {"'s", "’s"} and start + 2 <= end:
        out.append(Token(text[start : start + 2], "'s", start, start + 2, "word"))  # of "Tuesday's"
        start += 2
    for match in _TOKEN.finditer(text, start, end):
        kind = match.lastgroup or "mark"
        if kind == "word":
            out += _word(match[0], match.start())
        else:
            out.append(Token(match[0], match[0], match.start(), match.end(), kind))
    return out


def _word(word: str, start: int) -> list[Token]:
    """A word, parted from a contracted helper ("didn't" is "did" and "n't") or a possessive."""
    end = start + len(word)
    split = _CONTRACTED.match(word)
    if split is not None:
        middle = start + len(split[1])
        first = Token(split[1], split[1].lower(), start, middle, "word")
        return [first, Token(split[2], _helper(split[2].lower()), middle, end, "word")]
    for tail in ("'s", "’s"):
        if word.lower().endswith(tail) and len(word) > 2:
            middle = end - 2
            first = Token(word[:-2], word[:-2].lower(), start, middle, "word")
            return [first, Token(tail, "'s", middle, end, "word")]
    return [Token(word, word.lower().replace("’", "'"), start, end, "word")]


@cache
def _helper(tail: str) -> str:
    return "not" if tail.startswith("n") else tail[1:]
