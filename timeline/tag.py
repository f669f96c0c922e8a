"""Find time expressions: Document -> unresolved Mentions.

At every character a rule of the pack may begin with, the first rule that matches claims its characters, so a false
friend can claim them before a time does. What was found is joined to whole expressions by :mod:`timeline.join`. One
pass, in time that grows with the length of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from timeline.join import cluster, pair
from timeline.language import Language, Rule, TimeGrammar
from timeline.model import Document, Mention, Span, TimexType
from timeline.pieces import CLOCK_UNITS, Piece, to_timex
from timeline.timex import Elapsed, Timex


def tag(document: Document, language: Language) -> tuple[Mention, ...]:
    """The document's time expressions, unresolved, in order and without overlap.

    Only content blocks are read; a document without blocks is one body. ``mention.timex`` holds what each one says.
    """
    grammar: TimeGrammar = language.time()
    return tuple(tag_spans(document.id, document.text, _content(document), grammar))


def _content(document: Document) -> Iterable[tuple[int, int]]:
    if not document.blocks:
        return ((0, len(document.text)),)
    return [(block.span.start, block.span.end) for block in document.blocks if block.kind.is_content]


def tag_spans(document: str, text: str, spans: Iterable[tuple[int, int]], grammar: TimeGrammar) -> list[Mention]:
    """The expressions of the given stretches of a text."""
    mentions: list[Mention] = []
    for start, end in spans:
        pieces = scan(text, start, end, grammar)
        if not pieces:
            continue
        whole = pair(text, cluster(text, pieces, grammar), grammar)
        mentions.extend(_mention(document, text, piece) for piece in whole)
    return mentions


# --- scan


def scan(text: str, start: int, end: int, grammar: TimeGrammar) -> list[Piece]:
    """The pieces of meaning between ``start`` and ``end``, left to right, without what false friends claim."""
    pieces: list[Piece] = []
    position = start
    for at, rules in _places(text, start, end, grammar):
        if at < position:
            continue
        stop = _claim(text, at, end, rules, pieces)
        while at < stop < end:  # what follows a piece directly may begin inside a word: 어제저녁
            at, stop = stop, _claim(text, stop, end, _rules_inside(text, stop, end, grammar), pieces)
        position = stop
    return pieces


def _places(text: str, start: int, end: int, grammar: TimeGrammar) -> Iterator[tuple[int, tuple[Rule, ...]]]:
    """Where a word or a number begins that a rule may begin with, and the rules."""
    if start == 0 < end and not text[0].isdigit():
        yield 0, grammar.rules_at(text[:2])
    gated = grammar.number_gate is not None
    for found in grammar.starts.finditer(text, max(0, start - 1), end):
        at = found.start()
        if not text[at].isdigit():
            yield at + 1, grammar.rules_at(text[at + 1 : at + 3])
        elif at >= start:
            yield at, grammar.rules_at(text[at : at + 2], (found[1] or found[2] or "") if gated else "")


def _rules_inside(text: str, at: int, end: int, grammar: TimeGrammar) -> tuple[Rule, ...]:
    """The rules that may match at a place where no word or number need begin."""
    beginning = text[at : at + 2]
    if grammar.number_gate is None or not beginning[0].isdigit():
        return grammar.rules_at(beginning)
    gate = grammar.number_gate.match(text, at + 1, end)
    return grammar.rules_at(beginning, gate[1] or gate[2] or "") if gate is not None else ()


def _claim(text: str, at: int, end: int, rules: tuple[Rule, ...], pieces: list[Piece]) -> int:
    """Let the first rule that matches at ``at`` claim its characters; where they end, or ``at`` where none matches."""
    for rule in rules:
        match = rule.pattern.match(text, at, end)
        if match is None:
            continue
        slots = rule.meaning(match)
        if slots is None:
            continue
        stop = slots.get("_end", match.end())
        if at < stop <= end:
            if "none" not in slots:
                slots = {key: value for key, value in slots.items() if key != "_end"}
                pieces.append(Piece(at, stop, rule.name, slots))
            return int(stop)
    return at


# --- mentions


def _mention(document: str, text: str, piece: Piece) -> Mention:
    timex = to_timex(piece.slots)
    span = Span.trusted(start=piece.start, end=piece.end)
    rule = "+".join(dict.fromkeys(piece.rules))
    duration = timex.amount.iso() if timex.amount is not None and _keeps_length(timex) else None
    return Mention.trusted(
        document=document,
        span=span,
        text=text[piece.start : piece.end],
        type=_type(timex),
        rule=rule,
        interval=None,
        anchor=None,
        alternatives=(),
        duration=duration,
        bound=timex.bound,
        timex3=duration or "",
        timex=timex,
    )


def _keeps_length(timex: Timex) -> bool:
    return timex.elapsed in (Elapsed.LENGTH, Elapsed.NTH_DAY, Elapsed.AFTER_EVENT, Elapsed.LATER)


def _type(timex: Timex) -> TimexType:
    if timex.every is not None:
        return TimexType.SET
    if timex.first is not None:
        return TimexType.RANGE
    if timex.elapsed in (Elapsed.LENGTH, Elapsed.NTH_DAY, Elapsed.AFTER_EVENT):
        return TimexType.DURATION
    if timex.elapsed in (Elapsed.LAST, Elapsed.NEXT):
        return TimexType.RANGE
    if timex.has_clock or timex.part is not None or timex.now:
        return TimexType.TIME
    if timex.amount is not None and timex.amount.few:
        return TimexType.DURATION
    if timex.amount is not None and timex.amount.unit in CLOCK_UNITS:
        return TimexType.TIME
    return TimexType.DATE
