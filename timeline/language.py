"""What a language pack is, how its tables are checked, and how a pack is found.

A pack is a folder ``timeline/languages/<code>/``: tables (TOML, validated on load) and small named rules. It offers two
things, each loaded on first use: ``time``, the grammar of time expressions, and ``prose``, the reader of clauses. The
engine (tag, resolve, claims) works with any pack and knows none.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from timeline.errors import LanguagePackError, UsageError
from timeline.languages import SCRIPTS
from timeline.timex import Part, Slots

Shape = TypeVar("Shape", bound=BaseModel)


@dataclass(frozen=True)
class Language:
    """A language pack: its ISO 639-1 code, its own name, and loaders of its two parts."""

    code: str
    name: str
    time: Callable[[], Any]
    prose: Callable[[], Any]


@dataclass(frozen=True)
class Rule:
    """A named rule of a time grammar: where it may start, what it matches, what the match means.

    ``begins`` holds what a match can begin with, one or two characters each; after the digits that stand first, one of
    ``after`` follows, perhaps after a space (empty: anything may). ``meaning`` turns the match into slots, or ``None``
    to pass; slots ``{"none": True}`` claim the characters for something that is not a time.
    """

    name: str
    begins: Iterable[str]
    pattern: re.Pattern[str]
    meaning: Callable[[re.Match[str]], Slots | None]
    after: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Affix:
    """Words before or after an expression that qualify it (hedges, open ends), as slots to add.

    ``begins`` holds the characters one of which a match begins with, perhaps after a space (empty: anything may).
    """

    name: str
    pattern: re.Pattern[str]
    slots: Mapping[str, Any]
    begins: str = ""


@dataclass(frozen=True)
class Window:
    """The hours of a part of the day, nominal and widest, in minutes from midnight (beyond 1440 is the next day)."""

    start: int
    end: int
    low: int
    high: int


@dataclass(frozen=True)
class ClauseCues:
    """How the grammar reads the clause around an expression.

    ``tense`` gives -1 (told as past), 1 (told as planned) or 0 for the text before and after an expression; ``part``
    the part of day that words such as dinner imply; ``speech`` finds saying or announcing; ``attribution`` matches what
    follows the day of a statement; ``events`` gives the stems of the words of a text; ``places`` the zone of a place.
    ``moved_to`` matches before the second time of "from six to nine"; ``said_on`` finds after an expression the day its
    sentence was said on ("said on the 9th"), the number of the day its group ``n``; ``formerly`` matches before a time
    that was meant at first and given up; ``day_beside`` before a day that is the one before or after an event.
    """

    sentence_end: re.Pattern[str]
    clause_end: re.Pattern[str]
    tense: Callable[[str, str], int]
    part: Callable[[str], Part | None]
    speech: re.Pattern[str]
    attribution: re.Pattern[str]
    events: Callable[[str], tuple[str, ...]]
    places: Callable[[str], str | None] = lambda text: None
    moved_to: re.Pattern[str] | None = None
    said_on: re.Pattern[str] | None = None
    formerly: re.Pattern[str] | None = None
    day_beside: re.Pattern[str] | None = None


@dataclass(frozen=True)
class TimeGrammar:
    """Everything the engine needs to read a language's time expressions.

    ``joint`` matches what may stand between two pieces of one expression; ``free_order`` lets them stand in any order
    (else coarse to fine). ``range_word`` joins the ends of a range begun with a word for "from". ``counted_from``
    matches what stands between a day and an amount counted from it; ``event_noun`` the event an amount is counted from,
    before it or, with ``event_follows``, after it; ``onset_noun`` one that means the first event of the story;
    ``shares_day`` matches what stands between a clock time and a later one that says the day of both;
    ``apposition`` what joins an amount to the time it leads to ("사흘 뒤인 5일"). ``own_zone``: a report without a
    dateline is written in the zone of its publication time. ``after_midnight_begins``: what is just after the midnight
    of a day is in its first hour, not in that of the next. ``number_gate`` matches, from its second
    character, every number a rule could read and as its groups the first stop or comma inside it and the character
    after it; other numbers are passed over.
    """

    code: str
    rules: tuple[Rule, ...]
    joint: re.Pattern[str]
    suffixes: tuple[Affix, ...]
    prefixes: tuple[Affix, ...]
    until: re.Pattern[str]
    windows: Mapping[Part, Window]
    cues: ClauseCues
    zones: Mapping[str, str]
    free_order: bool = False
    brackets: tuple[tuple[str, str], ...] = (("(", ")"), ("（", "）"), ("[", "]"))
    prefix_reach: int = 12
    range_word: re.Pattern[str] | None = None
    event_follows: bool = False
    own_zone: bool = False
    after_midnight_begins: bool = False
    number_gate: re.Pattern[str] | None = None
    dateline: re.Pattern[str] | None = None
    event_noun: re.Pattern[str] | None = None
    onset_noun: re.Pattern[str] | None = None
    apposition: re.Pattern[str] | None = None
    counted_from: re.Pattern[str] | None = None
    shares_day: re.Pattern[str] | None = None
    bracket_words: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    starts: re.Pattern[str] = field(init=False)
    _beginnings: dict[str, tuple[int, ...]] = field(init=False, repr=False)
    _suffixes: dict[str, tuple[Affix, ...]] = field(init=False, repr=False)
    _any_suffix: tuple[Affix, ...] = field(init=False, repr=False)
    _known: dict[str, tuple[Rule, ...]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        table: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            for beginning in dict.fromkeys(rule.begins):
                table.setdefault(beginning, []).append(place)
        object.__setattr__(self, "_beginnings", {beginning: tuple(places) for beginning, places in table.items()})
        object.__setattr__(self, "starts", _starts(table, self.number_gate))

        letters = {char for affix in self.suffixes for char in affix.begins}
        table_of_suffixes = {
            char: tuple(affix for affix in self.suffixes if not affix.begins or char in affix.begins)
            for char in letters
        }
        object.__setattr__(self, "_suffixes", table_of_suffixes)
        object.__setattr__(self, "_any_suffix", tuple(affix for affix in self.suffixes if not affix.begins))

    def suffixes_at(self, text: str, at: int) -> tuple[Affix, ...]:
        """The suffixes that may match there, in order."""
        char = text[at : at + 1]
        return self._suffixes.get(text[at + 1 : at + 2] if char.isspace() else char, self._any_suffix)

    def rules_at(self, beginning: str, after: str = "") -> tuple[Rule, ...]:
        """The rules that may match where these two characters stand, in order; for a number, with what follows it."""
        key = beginning + after
        known = self._known.get(key)
        if known is None:
            places = {*self._beginnings.get(beginning[:1], ()), *self._beginnings.get(beginning, ())}
            rules = [self.rules[place] for place in sorted(places)]
            after = " " if after.isspace() else after
            known = tuple(rule for rule in rules if not after or not rule.after or after in rule.after)
            if len(self._known) < _PAIRS:
                self._known[key] = known
        return known


def _starts(beginnings: Iterable[str], number_gate: re.Pattern[str] | None) -> re.Pattern[str]:
    """What stands where a rule may begin: the character before a beginning that does not continue a word, or the first
    digit of a number (with the groups of the gate, where there is one). One class of characters comes first, which is
    what makes the search fast.
    """
    single = {beginning for beginning in beginnings if len(beginning) == 1}
    digits = "".join(sorted(char for char in single if char.isdigit()))
    followers: dict[str, set[str]] = {}
    for beginning in beginnings:
        if len(beginning) == 2 and beginning[0] not in single:
            followers.setdefault(beginning[0], set()).add(beginning[1])
    letters = sorted(char for char in single if not char.isdigit())
    words = ["".join(("[", *map(re.escape, letters), "]"))]
    words += [
        f"{re.escape(first)}[{''.join(map(re.escape, sorted(rest)))}]" for first, rest in sorted(followers.items())
    ]
    firsts = "".join(map(re.escape, sorted({*letters, *followers})))
    number = f"(?={number_gate.pattern})" if number_gate is not None else ""
    word = rf"(?<=\W)(?=[{firsts}])(?={'|'.join(words)})"
    return re.compile(rf"[\W{digits}](?:{word}|(?<=[{digits}])(?<!\d[{digits}]){number})")


_PAIRS = 20_000  # pairs of characters whose rules are kept ready


def load_table(path: Path, shape: type[Shape]) -> Shape:
    """A TOML table checked against its shape. LanguagePackError names the file and every wrong entry."""
    try:
        with path.open("rb") as stream:
            data = tomllib.load(stream)
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise LanguagePackError(f"{path.name}: cannot be read: {error}") from error
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        rows = "; ".join(f"{'.'.join(map(str, row['loc']))}: {row['msg']}" for row in error.errors())
        raise LanguagePackError(f"{path.parent.name}/{path.name}: {rows}") from error


def words(table: Mapping[str, Any]) -> str:
    """A regular expression for any word of the table, longest first; a space in a word may be up to three."""
    longest_first = sorted(table, key=lambda word: (-len(word), word))
    return "(?:" + "|".join(re.escape(word).replace("\\ ", "\\s{1,3}") for word in longest_first) + ")"


@lru_cache(maxsize=8)
def get_language(code: str) -> Language:
    """The pack of that code. UsageError names the packs there are."""
    if code not in SCRIPTS:
        raise UsageError(f"language {code!r} has no pack: choose one of {', '.join(SCRIPTS)}")
    module = import_module(f"timeline.languages.{code}")
    language: Language = module.LANGUAGE
    return language


def guess_language(text: str) -> str:
    """The code of the pack whose script a good share of the letters is in; packs earlier in the registry win."""
    sample = text[:4_000]
    first, script = next(iter(SCRIPTS.items()))
    if 4 * sum(map(len, script.findall(sample))) >= len(sample):
        return first  # a good share of all characters is one of the letters among them
    letters = sum(map(len, _LETTERS.findall(sample)))
    if letters < 4:
        return next(iter(SCRIPTS))
    for code, script in SCRIPTS.items():
        if 4 * sum(map(len, script.findall(sample))) >= letters:
            return code
    return next(iter(SCRIPTS))


_LETTERS = re.compile(r"[^\W\d_]+")
