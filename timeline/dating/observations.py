"""What an undated report says of its own day: one observation an expression, each a test that a day passes or fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from timeline.calendar import add_days
from timeline.dating.told import Told, Words, clock_of, day_on, in_month
from timeline.model import Span
from timeline.timex import Base, Elapsed, Timex

_FIXED, _COUNTED, _PAST, _PLAN, _STILL, _SHARED, _WEEKDAY = 10.0, 3.0, 5.0, 4.0, 3.0, 2.0, 4.0
_LOOSE = 1.0
_SAID = 3.0  # "on the 28th, according to": sources are mostly quoted on the day of writing, or the day before
_CLOCK_MINUTES = 5


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an observation bears on the day: a key of a pack's ``[reasons]`` and the numbers that fill it."""

    key: str
    day: int = 0
    nth: int = 0

    def said(self, words: Words) -> str:
        """The reason in a pack's words."""
        return words.reason(self.key, day=self.day, nth=self.nth)


@dataclass(frozen=True, slots=True)
class Observation:
    """Something the text says of its own day: a test for days, what failing costs, the words, the reason."""

    holds: Callable[[date], bool]
    weight: float
    span: Span
    reason: Reason
    exact: bool = False


def observations(told: Sequence[Told], days: frozenset[date], clocks: frozenset[tuple[date, int]]) -> list[Observation]:
    """Everything an undated document says of its own day. ``days`` and ``clocks`` are what the dated ones tell of."""
    found: list[Observation] = []
    past: list[int] = []
    begun: set[int] = set()
    offset: int | None = None
    undecided: Told | None = None
    for item in told:
        if item.quoted:
            continue
        found.extend(_of_expression(item, days))
        found.extend(_of_month(item))
        found.extend(_of_story(item, past))
        found.extend(_decided(item, undecided))
        offset = _offset(item.timex, offset, numbered=bool(begun or past))
        found.extend(_shared_clock(item, offset, clocks))
        number = _number(item.timex)
        if number is not None:
            undecided = item if _sense(item) == 0 else None
        if number is not None and item.tense < 0:
            past.append(number)
        if number is not None and _sense(item) <= 0 and not item.attributed and not _beside(item.timex):
            begun.add(number)
    return _once(found) + _counted(told, frozenset(begun))


def _decided(item: Told, undecided: Told | None) -> Iterable[Observation]:
    """A day whose own clause leaves the tense open, and that "the same day" then tells as past: it has begun."""
    timex = item.timex
    same = timex.shift_unit == "day" and timex.shift == 0 and timex.base is not Base.PUBLICATION
    if undecided is not None and same and item.tense < 0:
        yield Observation(_before_writing(undecided, strict=False), _SHARED, undecided.mention.span, Reason("begun"))


def _once(found: Sequence[Observation]) -> list[Observation]:
    """The observations, clock times told without a day counted once a date: they lean on one another."""
    seen: set[Reason] = set()
    kept: list[Observation] = []
    for item in found:
        if item.reason.key != "bare_clock" or item.reason not in seen:
            kept.append(item)
        seen.add(item.reason)
    return kept


def _beside(timex: Timex) -> bool:
    """Whether the day stands before or after the one told of: "사고 전날인 12일"."""
    return timex.shift_unit == "day" and timex.base is not Base.PUBLICATION and timex.shift != 0


def _number(timex: Timex) -> int | None:
    """The bare number of a day of the month, said or restated."""
    number = timex.day if timex.month is None and timex.shift_unit is None else timex.restated_day
    return number if number is not None and number > 0 else None


def _offset(timex: Timex, offset: int | None, *, numbered: bool) -> int | None:
    """Days from the day of writing to the day being told, where the text says; a numbered day ends that."""
    if timex.shift_unit == "day" and timex.base is Base.PUBLICATION:
        return timex.shift
    if timex.shift_unit == "day" and timex.base is Base.STORY and timex.shift and offset is None and not numbered:
        return timex.shift
    return None if timex.shift_unit == "day" or timex.day is not None else offset


def _of_expression(item: Told, days: frozenset[date]) -> Iterable[Observation]:
    timex = item.timex
    if item.own and timex.day is not None and timex.month is not None:
        yield Observation(lambda day: day_on(item, day) == day, _FIXED, item.mention.span, Reason("own"), exact=True)
    elif timex.restated_day is not None and timex.shift_unit == "day" and timex.base is Base.PUBLICATION:
        yield _restated(item)
    elif timex.day is not None and timex.day > 0 and not timex.lunar:
        yield from _of_day(item, days)
        if item.attributed:
            yield Observation(lambda day: day_on(item, day) == day, _SAID, item.mention.span, Reason("attributed"))


def _of_month(item: Told) -> Iterable[Observation]:
    """A month told as past without a year has begun by the day of writing; last year's would be called so."""
    timex = item.timex
    alone = timex.month is not None and timex.day is None and timex.year is None and timex.shift_unit is None
    if alone and item.tense < 0 and timex.direction is None:
        yield Observation(lambda day: day.month >= (timex.month or 0), _STILL, item.mention.span, Reason("past"))


def _restated(item: Told) -> Observation:
    number, shift = item.timex.restated_day, item.timex.shift

    def holds(day: date) -> bool:
        said = add_days(day, shift)
        return said is not None and said.day == number

    return Observation(holds, _FIXED, item.mention.span, Reason("restated"), exact=True)


def _of_day(item: Told, days: frozenset[date]) -> Iterable[Observation]:
    """A numbered day: told as past it lies on or before the day of writing, planned on or after it."""
    timex, span, sense = item.timex, item.mention.span, _sense(item)
    strict = timex.direction in (-1, 1) and timex.month is None
    if sense < 0:
        reason = Reason("past")
        yield Observation(_before_writing(item, strict), _PAST, span, reason)
    elif sense > 0:
        reason = Reason("plan")
        yield Observation(_after_writing(item, strict), _PLAN, span, reason)
    elif item.under_way or item.alone or (timex.hour is not None and item.tense == 0 and not item.mention.bound):
        reason = Reason("begun")
        weight = _SHARED if item.under_way or item.alone or timex.month is None else _LOOSE
        yield Observation(_before_writing(item, strict), weight, span, reason)
    if any(day.day == timex.day for day in days):
        yield Observation(_told_elsewhere(item, days), _SHARED, span, Reason("told"))
    if timex.restated_weekday is not None or timex.weekday is not None:
        yield Observation(_on_weekday(item), _WEEKDAY, span, Reason("weekday"))


def _sense(item: Told) -> int:
    """-1 past, 1 to come, 0 open: by the words of the expression ("last", "next"), else by the tense of its clause."""
    timex = item.timex
    if timex.direction is not None and timex.direction != 0:
        return -1 if timex.direction < 0 else 1
    if timex.shift_unit in ("month", "year") and timex.shift:
        return -1 if timex.shift < 0 else 1
    return 0 if item.under_way and item.tense > 0 else item.tense


def _before_writing(item: Told, strict: bool) -> Callable[[date], bool]:
    def holds(day: date) -> bool:
        said = day_on(item, day)
        return said is not None and (said < day if strict else said <= day)

    return holds


def _after_writing(item: Told, strict: bool) -> Callable[[date], bool]:
    """A bare number still to come belongs to the month of writing; the next month's days are named as such."""

    def holds(day: date) -> bool:
        timex = item.timex
        bare = timex.month is None and timex.shift_unit is None
        said = in_month(day, timex.day or 0, 0, plan=False) if bare else day_on(item, day)
        return said is not None and (said > day if strict else said >= day)

    return holds


def _told_elsewhere(item: Told, days: frozenset[date]) -> Callable[[date], bool]:
    """The day is one the dated reports tell of; where the tense leaves it open, this month's or the next one's."""
    timex = item.timex
    bare = timex.month is None and timex.shift_unit is None and _sense(item) >= 0

    def holds(day: date) -> bool:
        if bare and in_month(day, timex.day or 0, 1, plan=False) in days:
            return True
        return day_on(item, day) in days

    return holds


def _on_weekday(item: Told) -> Callable[[date], bool]:
    weekday = item.timex.restated_weekday if item.timex.restated_weekday is not None else item.timex.weekday

    def holds(day: date) -> bool:
        said = day_on(item, day)
        return said is not None and said.weekday() == weekday

    return holds


def _shared_clock(item: Told, offset: int | None, clocks: frozenset[tuple[date, int]]) -> Iterable[Observation]:
    """A clock time that dated reports tell of a date.

    Told "yesterday at 10:47" it fixes the day of writing; told without any day, that day is the date or a later one.
    """
    timex = item.timex
    if timex.hour is None or timex.day is not None:
        return
    said, reach = clock_of(timex), _CLOCK_MINUTES if timex.minute is not None else 0
    near: dict[date, int] = {}
    for at, minutes in clocks:
        if abs(said - minutes) <= reach:
            near[at] = min(near.get(at, reach), abs(said - minutes))
    if not near:
        return
    exact = min(near.values()) == 0 and timex.minute is not None
    if offset is not None:
        reason = Reason("clock" if min(near.values()) == 0 else "near_clock")
        weight = _SHARED if exact else _LOOSE
        yield Observation(lambda day: add_days(day, offset) in near, weight, item.mention.span, reason, exact=exact)
    elif exact and timex.shift_unit is None and item.tense <= 0:
        first = min(at for at, gap in near.items() if gap == 0)
        yield Observation(lambda day: day >= first, _LOOSE, item.mention.span, Reason("bare_clock", day=first.day))


def _of_story(item: Told, past: Sequence[int]) -> Iterable[Observation]:
    """A plan for "the same day" in a report that tells numbered days as past: it was written on the last of them."""
    timex = item.timex
    same = timex.shift_unit == "day" and timex.shift == 0 and timex.base is not Base.PUBLICATION
    if same and item.tense > 0 and timex.hour is not None and past:
        last = max(past)
        reason = Reason("still", day=last)
        yield Observation(lambda day: day.day == last, _STILL, item.mention.span, reason, exact=True)


def _counted(told: Sequence[Told], begun: frozenset[int]) -> list[Observation]:
    """The nth day, counted from a numbered day told as past; said again it says no more."""
    nths: dict[int, Told] = {}
    for item in told:
        amount = item.timex.amount
        if not item.quoted and item.timex.elapsed is Elapsed.NTH_DAY and amount is not None and amount.days >= 2:
            nths.setdefault(int(amount.days), item)
    return [_nth_day(item, begun, nth) for nth, item in nths.items()] if begun else []


def _nth_day(item: Told, begun: frozenset[int], nth: int) -> Observation:
    def holds(day: date) -> bool:
        began = add_days(day, 1 - nth)
        return began is not None and began.day in begun

    reason = Reason("counted", day=min(begun), nth=nth)
    return Observation(holds, _COUNTED, item.mention.span, reason, exact=True)
