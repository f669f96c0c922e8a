"""The shape of the pack's tables, checked on load."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from timeline.language import load_table
from timeline.timex import Holiday, Part


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class HolidayRow(_Table):
    """One named day, as in :class:`timeline.timex.Holiday`."""

    month: int
    day: int = 0
    weekday: int | None = None
    nth: int = 0


class Alone(_Table):
    """Which parts of the day stand for a time by themselves."""

    parts: tuple[str, ...]


class Tables(_Table):
    """tables.toml: words of time and what each says; words are in lower case where case does not matter."""

    pasts: tuple[str, ...]
    windows: dict[Part, tuple[int, int, int, int]]
    parts: dict[str, Part]
    alone: Alone
    days: dict[str, int]
    day_parts: dict[str, tuple[int, Part]]
    story_days: dict[str, int]
    last_days: dict[str, int]
    last_day_parts: dict[str, tuple[int, Part]]
    shifts: dict[str, tuple[str, int] | tuple[str, int, Literal["last"]]]
    directions: dict[str, int]
    weekdays: dict[str, int]
    months: dict[str, int]
    numbers: dict[str, float]
    few: dict[str, float]
    units: dict[str, Literal["years", "months", "weeks", "days", "hours", "minutes", "seconds"]]
    seasons: dict[str, int]
    holidays: dict[str, HolidayRow]
    zones: dict[str, str]
    places: dict[str, str]
    meals: dict[str, Part]

    def holiday(self, name: str) -> Holiday:
        """The named day's rule."""
        return Holiday(name=name, **self.holidays[name].model_dump())


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The pack's words."""
    return load_table(Path(__file__).with_name("tables.toml"), Tables)
