"""Find time expressions: Document -> unresolved Mentions.

Three linear passes over a block. *Scan*: at every character a rule may begin with, the first rule that matches claims
its characters, so a false friend can claim them before a time does. *Join*: neighbouring pieces become one expression
where the pack's joints lie between them and their slots go from coarse to fine without overlap ("지난달 28일" + "밤"
+ "10시 40분"); brackets that restate ("어제(27일)") are folded in. *Pair*: two expressions with a range mark, or
"from" before the second, become a range; a start and a length become a range too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from timeline.language import Language, TimeGrammar
from timeline.model import Document, Mention, Span, TimexType
from timeline.timex import Base, Elapsed, Timex

_RANKS = {
    "direction": 0,
    "every": 0,
    "year": 1,
    "decade": 1,
    "century": 1,
    "half": 2,
    "quarter": 2,
    "season": 2,
    "term": 2,
    "holiday": 3,
    "month": 3,
    "portion": 5,
    "nth": 4,
    "week_part": 5,
    "day": 5,
    "weekday": 6,
    "part": 7,
    "after_midnight": 8,
    "hour": 9,
    "midnight": 9,
    "amount": 10,
    "elapsed": 10,
    "now": 5,
    "vague": 10,
}
_SHIFT_RANKS = {"year": 1, "half": 2, "quarter": 2, "season": 2, "month": 3, "week": 4, "day": 5}
_DASH = re.compile(r"\s{0,2}[~∼～〜\-–—]\s{0,2}")
_CLOCK_UNITS = ("hours", "minutes", "seconds")


class Piece:
    """A stretch of text with what it says so far; grows as neighbours join it."""

    __slots__ = ("end", "high", "low", "rules", "sealed", "slots", "start")

    def __init__(self, start: int, end: int, rule: str, slots: dict[str, Any]) -> None:
        self.start, self.end, self.rules, self.slots = start, end, [rule], slots
        self.sealed = False
        self.low, self.high = _rank(slots)

    def absorb(self, other: Piece) -> None:
        """Take in a neighbour's meaning and end."""
        weak = self.slots.get("_weak") and other.slots.get("_weak")
        self.slots.update(other.slots)
        self.slots["_weak"] = weak
        self.end = max(self.end, other.end)
        self.rules += other.rules
        self.high = max(self.high, other.high)
        self.low = min(self.low, other.low)


def _rank(slots: dict[str, Any]) -> tuple[int, int]:
    ranks = [_RANKS[key] for key in slots if key in _RANKS]
    if "shift_unit" in slots:
        ranks.append(_SHIFT_RANKS[slots["shift_unit"]])
    return (min(ranks), max(ranks)) if ranks else (99, -1)


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
        whole = _pair(text, _cluster(text, pieces, grammar), grammar)
        mentions.extend(_mention(document, text, piece) for piece in whole)
    return mentions


# --- scan


def scan(text: str, start: int, end: int, grammar: TimeGrammar) -> list[Piece]:
    """The pieces of meaning between ``start`` and ``end``, left to right, without what false friends claim."""
    pieces: list[Piece] = []
    position = start
    by_first = grammar.by_first
    for found in grammar.starts.finditer(text, start, end):
        at = found.start()
        if at < position:
            continue
        inside = at > start and at != position and text[at - 1].isalpha() and text[at - 1] != "T"
        for rule in by_first[text[at]]:
            if inside and rule.word and not text[at].isdigit():
                continue
            match = rule.pattern.match(text, at, end)
            slots = rule.meaning(match) if match is not None else None
            if match is None or slots is None:
                continue
            stop = slots.get("_end", match.end())
            if stop <= at or stop > end:
                continue
            position = stop
            if "none" not in slots:
                pieces.append(Piece(at, stop, rule.name, {key: value for key, value in slots.items() if key != "_end"}))
            break
    return pieces


# --- join


def _cluster(text: str, pieces: list[Piece], grammar: TimeGrammar) -> list[Piece]:
    """Neighbouring pieces as whole expressions, with their affixes."""
    out: list[Piece] = []
    index, total = 0, len(pieces)
    while index < total:
        current = pieces[index]
        index += 1
        while True:
            step = _bracket(text, current, pieces, index, grammar)
            if step:
                index += max(step, 0)
            elif index < total and not current.sealed and _joins(text, current, pieces[index], grammar):
                _merge(current, pieces[index])
                index += 1
            elif not _suffix(text, current, grammar):
                break
        if current.slots.get("_weak"):
            continue
        _prefix(text, current, out[-1].end if out else 0, grammar)
        out.append(current)
    return out


def _joins(text: str, left: Piece, right: Piece, grammar: TimeGrammar) -> bool:
    if right.start - left.end > 8:
        return False
    if _counts_from(left, right) and grammar.counted_from is not None:
        between = grammar.counted_from.fullmatch(text, left.end, right.start)
        return between is not None and not grammar.until.match(text, right.end)
    if grammar.joint.fullmatch(text, left.end, right.start) is None:
        return False
    return _chains(left, right) or _fits(left, right, free=grammar.free_order)


def _counts_from(left: Piece, right: Piece) -> bool:
    """Whether the right piece can be counted from the left one: 마지막 금요일에서 이틀 뒤."""
    mine = left.slots
    counted = right.slots.get("elapsed") in (Elapsed.LATER, Elapsed.AGO)
    return counted and "amount" not in mine and left.high >= 3 and not mine.get("_weak")


def _fits(left: Piece, right: Piece, free: bool) -> bool:
    """Whether the right piece says something finer, and nothing the left one has said."""
    mine, other = left.slots, right.slots
    if mine.get("elapsed") in (Elapsed.LATER, Elapsed.AGO):
        clock = "part" in other or "hour" in other or "midnight" in other
        dated = {"day", "month", "shift_unit", "weekday"} & other.keys()
        return clock and not dated and mine["amount"].unit not in _CLOCK_UNITS
    if "amount" in other or "amount" in mine or "vague" in other or "vague" in mine or "_to" in mine:
        return False
    if "now" in other or "now" in mine:
        return False
    if any(key in mine for key in other if not key.startswith("_") and key not in ("approximate", "base")):
        return False
    if ("zone" in other and right.high < 0) or ("zone" in mine and left.high < 0):
        return True
    if not free and right.low <= left.high:
        return False
    return _sensible(mine, other) if not free else _sensible(mine, other) or _sensible(other, mine)


def _sensible(coarse: dict[str, Any], fine: dict[str, Any]) -> bool:
    """Whether the finer slots have the coarse ones they need: a clock time a day, a day of the month a month."""
    if "day" in fine and "month" not in fine:
        above = "month" in coarse or coarse.get("shift_unit") == "month" or "every" in coarse
        if not above and not fine.get("_weak") and not coarse.keys() <= {"direction", "zone", "_weak"}:
            return False
    if fine.keys() <= {"portion", "_weak"} and coarse.keys() <= {"direction", "_weak"}:
        return False
    if "hour" in fine or "part" in fine or "midnight" in fine:
        day = any(
            key in coarse for key in ("day", "weekday", "holiday", "every", "part", "after_midnight", "restated_day")
        )
        day = day or coarse.get("shift_unit") == "day" or coarse.keys() <= {"direction", "zone", "_weak"}
        return day or "day" in fine
    return True


def _chains(left: Piece, right: Piece) -> bool:
    """Whether the right piece counts days from the left one: 마지막 금요일의 다음 날."""
    other = right.slots
    counted = other.get("shift_unit") == "day" and other.get("base") in (Base.STORY, Base.LAST)
    return counted and left.high >= 3 and left.low <= 6 and left.high <= 6 and "amount" not in left.slots


def _merge(left: Piece, right: Piece) -> None:
    if _counts_from(left, right):
        left.slots = {**right.slots, "head": to_timex(left.slots)}
        left.rules, left.end = left.rules + right.rules, right.end
        left.low, left.high = 0, 10
    elif left.slots.get("elapsed") in (Elapsed.LATER, Elapsed.AGO):
        left.slots = {**right.slots, "head": to_timex(left.slots), "shift_unit": "day", "_weak": False}
        left.rules, left.end = left.rules + right.rules, right.end
        left.low, left.high = right.low, right.high
    elif _chains(left, right):
        head = to_timex(left.slots)
        rules, start = left.rules + right.rules, left.start
        left.slots = {**right.slots, "head": head}
        left.rules, left.start, left.end = rules, start, right.end
        left.low, left.high = right.low, right.high
    else:
        left.absorb(right)


def _bracket(text: str, current: Piece, pieces: list[Piece], index: int, grammar: TimeGrammar) -> int:
    """Fold a bracketed restatement, weekday or zone into the expression; the number of pieces it took."""
    space = 1 if text[current.end : current.end + 1] == " " else 0
    pair = next((pair for pair in grammar.brackets if text.startswith(pair[0], current.end + space)), None)
    if pair is None:
        return 0
    close = text.find(pair[1], current.end, current.end + 40)
    if close < 0:
        return 0
    word = grammar.bracket_words.get(text[current.end + space + 1 : close].strip())
    if word is not None and current.high >= 3:
        _fold(current, Piece(current.end, close, "bracket", dict(word)))
        current.end = close + 1
        return _inside(pieces, index, close)
    inner = []
    while index + len(inner) < len(pieces) and pieces[index + len(inner)].end <= close:
        inner.append(pieces[index + len(inner)])
    merged = _cluster(text, [_copy(piece) for piece in inner], grammar) if inner else []
    if len(inner) == 1 and not merged:
        merged = [_copy(inner[0])]
    if len(merged) != 1 or not _restates(text, current, merged[0], current.end + space + 1, close):
        return 0
    _fold(current, merged[0])
    current.end = close + 1
    return len(inner)


def _inside(pieces: list[Piece], index: int, close: int) -> int:
    """How many of the pieces from ``index`` on lie before ``close``; -1 for none (folded without any)."""
    count = sum(1 for piece in pieces[index : index + 3] if piece.end <= close)
    return count or -1


def _copy(piece: Piece) -> Piece:
    return Piece(piece.start, piece.end, piece.rules[0], dict(piece.slots))


def _restates(text: str, current: Piece, inner: Piece, start: int, close: int) -> bool:
    around = len(text[start : inner.start].strip()) + len(text[inner.end : close].strip())
    if around > 3:
        return False
    slots = inner.slots
    return "zone" in slots or (bool({"day", "weekday"} & slots.keys()) and current.high >= 3) or "hour" in slots


def _fold(current: Piece, inner: Piece) -> None:
    mine, slots = current.slots, inner.slots
    current.rules.append("restated")
    if "hour" in slots and ("hour" in mine or "zone" in slots):
        mine["same_as"] = to_timex(slots)
        return
    if "zone" in slots:
        mine["zone"] = slots["zone"]
    if "weekday" in slots:
        mine["restated_weekday"] = slots["weekday"]
    if "day" in slots:
        mine["restated_day"] = slots["day"]
        if "month" in slots:
            mine["restated_month"] = slots["month"]
    for key in ("part", "hour", "minute", "meridiem"):
        if key in slots and key not in mine:
            mine[key] = slots[key]


def _suffix(text: str, current: Piece, grammar: TimeGrammar) -> bool:
    if current.slots.get("_weak"):
        return False
    for affix in grammar.suffixes:
        match = affix.pattern.match(text, current.end)
        if match is None or match.end() == current.end or not _takes(current, affix.slots):
            continue
        current.slots.update(affix.slots)
        current.end = match.end()
        current.rules.append(affix.name)
        current.sealed = True
        return True
    return False


def _takes(current: Piece, affix: Any) -> bool:
    """Whether the expression can be qualified so: only a clock time or a length is neared, only a day is early or
    late.
    """
    slots = current.slots
    if current.slots.get("bound") and ("bound" in affix or "side" in affix):
        return False
    if "amount" in slots and slots.get("elapsed") is not Elapsed.LENGTH and "approximate" in affix:
        return False
    if "side" in affix:
        return bool({"hour", "midnight", "part"} & slots.keys()) and not slots.get("side")
    if "part_edge" in affix:
        return "hour" not in slots and "part_edge" not in slots and current.high >= 5 and "amount" not in slots
    if "_within" in affix:
        return "amount" not in slots
    return not (affix.get("bound") in ("before", "after") and "amount" in slots)


def _prefix(text: str, current: Piece, floor: int, grammar: TimeGrammar) -> None:
    low = max(floor, current.start - grammar.prefix_reach)
    before = text[low : current.start]
    for affix in grammar.prefixes:
        match = affix.pattern.search(before)
        if match is None:
            continue
        slots = current.slots
        if "part_edge" in affix.slots and "part" not in slots:
            continue
        if "bound" in affix.slots and (slots.get("bound") or slots.get("side")):
            continue
        if "_about" in affix.slots and not (slots.get("approximate") and ("hour" in slots or "amount" in slots)):
            continue
        if "approximate" in affix.slots and not ({"hour", "amount", "day", "part"} & slots.keys()):
            continue
        slots.update(affix.slots)
        current.start = low + match.start()
        current.rules.append(affix.name)
        return


# --- pair


def _pair(text: str, pieces: list[Piece], grammar: TimeGrammar) -> list[Piece]:
    out: list[Piece] = []
    for piece in pieces:
        if out and _ranges(text, out[-1], piece, grammar):
            _make_range(out[-1], piece)
            while _suffix(text, out[-1], grammar):
                pass
        else:
            out.append(piece)
    return out


def _ranges(text: str, left: Piece, right: Piece, grammar: TimeGrammar) -> bool:
    if right.start - left.end > 9 or "_to" in left.slots or "first" in left.slots:
        return False
    between = text[left.end : right.start]
    if _DASH.fullmatch(between):
        return _alike(left, right)
    if left.slots.get("bound") != "from":
        return False
    if grammar.range_word is not None and grammar.range_word.fullmatch(between):
        return _alike(left, right)
    if between.strip(" ,") or grammar.free_order:
        return False
    if "amount" in right.slots:
        return "amount" not in left.slots
    return _alike(left, right)


def _alike(left: Piece, right: Piece) -> bool:
    if "every" in left.slots or "vague" in left.slots or "vague" in right.slots:
        return False
    if "amount" in left.slots or "amount" in right.slots:
        return False
    return (
        ("hour" in left.slots or "midnight" in left.slots or "part" in left.slots)
        == ("hour" in right.slots or "midnight" in right.slots or "part" in right.slots)
        or right.high >= left.high
        or "now" in right.slots
        or right.high >= 1
    )


def _make_range(left: Piece, right: Piece) -> None:
    first, second = dict(left.slots), dict(right.slots)
    use = second.get("elapsed")
    approximate = bool(first.get("approximate") or second.get("approximate"))
    if use in (Elapsed.LATER, Elapsed.AGO) and second.get("bound") != "until":
        first.pop("bound", None)
        left.slots = {**second, "head": to_timex(first)}
    elif use is Elapsed.LENGTH:
        first.pop("bound", None)
        left.slots = {
            "first": to_timex(first),
            "amount": second["amount"],
            "elapsed": Elapsed.LENGTH,
            "approximate": approximate,
        }
    else:
        first.pop("bound", None)
        second.pop("bound", None)
        left.slots = {"first": to_timex(first), "second_end": to_timex(second), "approximate": approximate}
    left.end = right.end
    left.rules += ["range", *right.rules]
    left.low, left.high = 0, 10


# --- mentions


def to_timex(slots: dict[str, Any]) -> Timex:
    """The slots as a meaning; a shared-head range keeps both its ends."""
    clean = {key: value for key, value in slots.items() if not key.startswith("_")}
    if slots.get("_within"):
        clean.setdefault("bound", "until")
    to = slots.get("_to")
    if to is None:
        return Timex(**clean)
    approximate = clean.get("approximate", False)
    bound = clean.pop("bound", None)
    return Timex(
        first=Timex(**clean), second_end=Timex(**to), approximate=approximate, bound=None if bound == "until" else bound
    )


def _mention(document: str, text: str, piece: Piece) -> Mention:
    timex = to_timex(piece.slots)
    span = Span.model_construct(start=piece.start, end=piece.end)
    rule = "+".join(dict.fromkeys(piece.rules))
    duration = timex.amount.iso() if timex.amount is not None and _keeps_length(timex) else None
    return Mention.model_construct(
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
    if timex.amount is not None and timex.amount.unit in _CLOCK_UNITS:
        return TimexType.TIME
    return TimexType.DATE
