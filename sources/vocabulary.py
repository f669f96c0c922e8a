"""The tables of ``sources/tables``, checked and compiled once: labels, date forms, line rules, credits, fields.

A table names its patterns and gives each an example; a pattern that does not read its own example is an error here, not
a silent miss later.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from timeline.errors import LanguagePackError
from timeline.model import BlockKind, StampKind

LANGUAGES = ("ko", "en")
"""The tables read, in the order their line rules are tried."""

Zone = Literal["any", "head", "body", "caption"]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(_Table):
    """Words that say what the date beside them is a date of; ``after``: they may also stand behind it.

    ``only_in``: words of the head without which the label says nothing (the hour of an event announced is not a stamp).
    """

    words: tuple[str, ...]
    kind: StampKind
    rank: int
    after: bool = False
    only_in: tuple[str, ...] = ()


class DateForm(_Table):
    """A way to write a date: named groups ``y m d`` or ``mon``; ``{month}`` stands for the month names."""

    name: str
    pattern: str
    example: str


class LineRule(_Table):
    """What a line that fits ``pattern`` is; ``ends`` the story, ``opens`` a sidebar, marks an
    ``official`` record; a ``soft`` rule gives way to a paragraph of prose, an ``early`` one stands before any date in it."""

    name: str
    kind: BlockKind
    pattern: str
    example: str
    zone: Zone = "any"
    ends: bool = False
    opens: bool = False
    official: bool = False
    speaker: bool = False
    soft: bool = False
    early: bool = False


class Clock(_Table):
    """Words of the clock beside a date."""

    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    units: str = ""
    weekdays: str = ""
    weekday_suffix: str = ""
    months: tuple[str, ...] = ()


class LanguageTable(_Table):
    """One language's table file."""

    label: tuple[Label, ...] = ()
    date: tuple[DateForm, ...] = ()
    clock: Clock = Clock()
    line: tuple[LineRule, ...] = ()
    lead: dict[str, str] = {}
    credit: dict[str, str | tuple[str, ...]] = {}
    prose: dict[str, str] = {}


class Zones(_Table):
    """Zone words: fixed offsets in minutes, and words that mean a place's clock."""

    offsets: dict[str, int]
    places: dict[str, str]


class Vocabulary:
    """The compiled tables of all languages together."""

    def __init__(self, tables: tuple[LanguageTable, ...], zones: Zones, fields: dict[str, tuple[str, ...]]) -> None:
        self.tables = tables
        self.zones = zones
        self.fields = fields
        self.months = {
            word: number
            for table in tables
            for number, words in enumerate(table.clock.months, start=1)
            for word in words.split("|")
        }
        self.month_pattern = "|".join(sorted(self.months, key=len, reverse=True))
        self.labels = tuple(label for table in tables for label in table.label)
        self.lines = tuple((rule, self.compile(rule.pattern, rule.name)) for table in tables for rule in table.line)
        self.dates = tuple(
            (form.name, self.compile(form.pattern, form.name)) for t in reversed(tables) for form in t.date
        )

    def compile(self, pattern: str, name: str) -> re.Pattern[str]:
        """A table's pattern compiled, month names filled in; a broken one is an error that names it."""
        try:
            return re.compile(pattern.replace("{month}", self.month_pattern))
        except re.error as error:
            raise LanguagePackError(f"sources/tables: pattern {name!r} does not compile: {error}") from error

    @cache  # noqa: B019 - one instance for the life of the program
    def patterns(self, section: Literal["lead", "credit", "prose"], name: str) -> tuple[re.Pattern[str], ...]:
        """Every language's pattern of that name, Korean first."""
        found = (getattr(table, section).get(name) for table in self.tables)
        return tuple(self.compile(value, name) for value in found if isinstance(value, str))

    @cache  # noqa: B019
    def words(self, name: str) -> tuple[str, ...]:
        """Every language's word list of that name in the section ``credit``."""
        found = (table.credit.get(name, ()) for table in self.tables)
        return tuple(word for value in found if not isinstance(value, str) for word in value)


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("sources.tables").joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def vocabulary() -> Vocabulary:
    """The tables, loaded on first use.

    Raises :class:`LanguagePackError` where a table is not what its form promises or a pattern misses its own example.
    """
    try:
        tables = tuple(LanguageTable.model_validate(_load(code)) for code in LANGUAGES)
        zones = Zones.model_validate(_load("zones"))
    except ValidationError as error:
        raise LanguagePackError(f"sources/tables: {error}") from error
    return Vocabulary(tables, zones, {name: tuple(words) for name, words in _load("fields")["fields"].items()})


def missed_examples() -> tuple[str, ...]:
    """Names of line rules and date forms whose pattern misses its own example; empty when the tables are sound."""
    known = vocabulary()
    lines = (rule.name for rule, pattern in known.lines if not pattern.search(rule.example))
    examples = {form.name: form.example for table in known.tables for form in table.date}
    dates = (name for name, pattern in known.dates if not pattern.search(examples[name]))
    return (*lines, *dates)
