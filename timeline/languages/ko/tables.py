"""The shape of the pack's tables, checked on load."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from timeline.language import load_table
from timeline.timex import Holiday, Part

_Unit = Literal["years", "months", "weeks", "days", "hours", "minutes", "seconds"]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HolidayRow(_Table):
    """One named day, as in :class:`timeline.timex.Holiday`."""

    month: int = 0
    day: int = 0
    lunar: bool = False
    before: int = 0
    after: int = 0
    longitude: int | None = None
    substitute: bool = False


class Alone(_Table):
    """Which parts of the day stand for a time by themselves."""

    parts: tuple[str, ...]


class Lookalikes(_Table):
    """Words that begin like an amount and are something else."""

    words: frozenset[str]


class WidePlaces(_Table):
    """Lands whose own zone a city named beside them overrides."""

    names: tuple[str, ...]


class Tables(_Table):
    """tables.toml: words of time and what each says."""

    windows: dict[Part, tuple[int, int, int, int]]
    parts: dict[str, Part]
    alone: Alone
    days: dict[str, int]
    day_parts: dict[str, tuple[int, Part]]
    story_days: dict[str, int]
    last_days: dict[str, int]
    shifts: dict[str, tuple[str, int] | tuple[str, int, Literal["last"]]]
    guarded_shifts: dict[str, tuple[str, int, str]]
    directions: dict[str, int]
    weekdays: dict[str, int]
    week_parts: dict[str, str]
    portions: dict[str, Literal["early", "mid", "late"]]
    period_ends: dict[str, tuple[Literal["month", "quarter", "year"], Literal["early", "late", "whole", "end"]]]
    seasons: dict[str, int]
    native_days: dict[str, int]
    lunar_days: dict[str, int]
    native_numbers: dict[str, int]
    few: dict[str, float]
    units: dict[str, _Unit]
    holidays: dict[str, HolidayRow]
    zones: dict[str, str]
    places: dict[str, str]
    wide_places: WidePlaces
    lookalikes: Lookalikes
    meals: dict[str, Part]
    also_called: dict[str, str]

    def holiday(self, name: str) -> Holiday:
        """The named day's rule."""
        return Holiday(name=name, **self.holidays[name].model_dump())


class FalseFriend(_Table):
    """A pattern that is not a time, the reason, and examples of what must and must not be claimed."""

    begins: tuple[str, ...]
    after: str = ""
    pattern: str
    why: str


class FalseFriends(_Table):
    """false_friends.toml."""

    friends: tuple[FalseFriend, ...]


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The pack's words."""
    return load_table(Path(__file__).with_name("tables.toml"), Tables)


@lru_cache(maxsize=1)
def false_friends() -> FalseFriends:
    """What looks like a time and is none."""
    return load_table(Path(__file__).with_name("false_friends.toml"), FalseFriends)
