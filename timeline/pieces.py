"""Pieces of meaning, and which neighbours make one expression.

Two pieces join where one of the pack's joints lies between them and their slots go from coarse to fine without overlap:
"지난달 28일" + "밤" + "10시 40분". A day counted from the piece before it ("마지막 금요일의 다음 날") takes that as its
head.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from timeline.language import TimeGrammar
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
CLOCK_UNITS = ("hours", "minutes", "seconds")


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


def joins(text: str, left: Piece, right: Piece, grammar: TimeGrammar) -> bool:
    """Whether the right piece goes on with what the left one says."""
    if right.start - left.end > 8:
        return False
    if _counts_from(left, right) and grammar.counted_from is not None:
        between = grammar.counted_from.fullmatch(text, left.end, right.start)
        return between is not None and not grammar.until.match(text, right.end)
    if grammar.joint.fullmatch(text, left.end, right.start) is None or _parted(text, left, right, grammar):
        return False
    return _chains(left, right) or _fits(left, right, free=grammar.free_order)


def _parted(text: str, left: Piece, right: Piece, grammar: TimeGrammar) -> bool:
    """Whether the left piece's own last stop ("3 p.m.") ends a sentence; that of a dotted date ("2026. 3. 10.") does not."""
    last = left.end - 1
    return (
        text[last] == "."
        and not text[last - 1].isdigit()
        and last < right.start
        and grammar.cues.sentence_end.match(text, last) is not None
    )


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
        return clock and not dated and mine["amount"].unit not in CLOCK_UNITS
    if (
        "amount" in other
        or "amount" in mine
        or "vague" in other
        or "vague" in mine
        or ("_to" in mine and not (free and "hour" in mine))
    ):
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


def merge(left: Piece, right: Piece) -> None:
    """Let the left piece take in the right one, or become what the right one counts from."""
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


def to_timex(slots: dict[str, Any]) -> Timex:
    """The slots as a meaning; a shared-head range keeps both its ends."""
    clean = {key: value for key, value in slots.items() if not key.startswith("_")}
    if "hour" in clean and clean.pop("part_edge", None) is not None:
        clean.pop("approximate", None)  # "three hours late, at five": a clock time is not early or late in its part
    if slots.get("_within"):
        clean.setdefault("bound", "until")
    to = slots.get("_to")
    if to is None:
        return _timex(tuple(clean.items()))
    approximate = clean.get("approximate", False)
    bound = clean.pop("bound", None)
    return Timex(
        first=Timex(**clean), second_end=Timex(**to), approximate=approximate, bound=None if bound == "until" else bound
    )


@lru_cache(maxsize=4096)
def _timex(fields: tuple[tuple[str, Any], ...]) -> Timex:
    """The meaning of those fields: reports say the same few hundred over and over."""
    return Timex(**dict(fields))
