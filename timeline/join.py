"""Join pieces to whole expressions with their brackets, hedges and open ends, and expressions to ranges.

Brackets that restate ("어제(27일)"), name the weekday or the zone are folded in. Two expressions with a range mark
between them, or "from" before the second, become a range; so do a start and a length.
"""

from __future__ import annotations

import re
from typing import Any

from timeline.language import TimeGrammar
from timeline.pieces import Piece, joins, merge, to_timex
from timeline.timex import Elapsed

_DASH = re.compile(r"\s{0,2}[~∼～〜\-–—]\s{0,2}")


def cluster(text: str, pieces: list[Piece], grammar: TimeGrammar) -> list[Piece]:
    """Neighbouring pieces as whole expressions, with their affixes."""
    out: list[Piece] = []
    index, total = 0, len(pieces)
    while index < total:
        current = pieces[index]
        full = _full_clock(text, pieces[index : index + _LONGEST])
        index += 1
        while True:
            step = _bracket(text, current, pieces, index, grammar)
            if step:
                index += max(step, 0)
            elif index < total and not current.sealed and joins(text, current, pieces[index], grammar):
                merge(current, pieces[index])
                index += 1
            elif not _suffix(text, current, grammar):
                break
        if current.slots.get("_weak"):
            continue
        _prefix(text, current, out[-1].end if out else 0, grammar)
        if full is not None and full < current.end and not {"part", "meridiem", "_to"} & current.slots.keys():
            current.slots["meridiem"] = "24"
        out.append(current)
    return out


_LONGEST = 4  # pieces from the first to the hour of an expression


def _full_clock(text: str, pieces: list[Piece]) -> int | None:
    """Where an hour is written with a leading zero, which only the 24-hour clock has: "03시 27분"."""
    hour = next((piece for piece in pieces if "hour" in piece.slots), None)
    return hour.start if hour is not None and text.startswith("0", hour.start) else None


def _bracket(text: str, current: Piece, pieces: list[Piece], index: int, grammar: TimeGrammar) -> int:
    """Fold a bracketed restatement, weekday or zone into the expression; the number of pieces it took."""
    space = 1 if text[current.end : current.end + 1] == " " else 0
    mark = next((mark for mark in grammar.brackets if text.startswith(mark[0], current.end + space)), None)
    if mark is None:
        return 0
    close = text.find(mark[1], current.end, current.end + 40)
    if close < 0:
        return 0
    word = grammar.bracket_words.get(text[current.end + space + 1 : close].strip())
    if word is not None and current.high >= 3:
        _fold(current, Piece(current.end, close, "bracket", dict(word)))
        current.end = close + 1
        return _inside(pieces, index, close)
    inner: list[Piece] = []
    while index + len(inner) < len(pieces) and pieces[index + len(inner)].end <= close:
        inner.append(pieces[index + len(inner)])
    if len(inner) > 6:
        return 0
    merged = cluster(text, [_copy(piece) for piece in inner], grammar) if inner else []
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
    slots = inner.slots
    if around > (6 if "hour" in slots and "zone" in slots else 3):
        return False
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
    for affix in grammar.suffixes_at(text, current.end):
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
        if affix.slots:
            current.start = low + match.start()
        current.rules.append(affix.name)
        return


# --- pair


def pair(text: str, pieces: list[Piece], grammar: TimeGrammar) -> list[Piece]:
    """The expressions with those that are two ends of a range made one."""
    out: list[Piece] = []
    for piece in pieces:
        if out and _ranges(text, out[-1], piece, grammar):
            _make_range(out[-1], piece)
            while _suffix(text, out[-1], grammar):
                pass
        elif out and _ends_set(text, out[-1], piece):
            out[-1].end = piece.end
            out[-1].rules += piece.rules
        else:
            out.append(piece)
    return out


def _ends_set(text: str, left: Piece, right: Piece) -> bool:
    """Whether the right piece is the clock time at which what the left one says of every day ends."""
    if "every" not in left.slots or left.slots.get("bound") != "from" or right.slots.get("bound") != "until":
        return False
    return "hour" in right.slots and right.low >= 7 and not text[left.end : right.start].strip()


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
