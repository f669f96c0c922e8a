"""The Korean prose tables (events.toml, people.toml, status.toml), read once and checked."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from timeline.errors import LanguagePackError
from timeline.prose import ActionClasses, ActionRow

HERE = Path(__file__).parent


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class StatusTable(_Table):
    """Closed lists of endings, nouns and verbs that say whether a told event happened, and who says so."""

    light_verbs: frozenset[str]
    support_verbs: frozenset[str]
    grammatical_verbs: frozenset[str]
    report_verbs: frozenset[str]
    report_nouns: frozenset[str]
    report_events: frozenset[str]
    plan_nouns: frozenset[str]
    plan_verbs: frozenset[str]
    schedule_verbs: frozenset[str]
    naming_verbs: frozenset[str]
    moving_verbs: frozenset[str]
    postponing_verbs: frozenset[str]
    record_words: tuple[str, ...]
    rumour_denials: tuple[str, ...]
    spreading_verbs: frozenset[str]
    insisting_verbs: frozenset[str]
    whole_words: tuple[str, ...]
    part_words: tuple[str, ...]
    retract_verbs: frozenset[str]
    rumour_nouns: frozenset[str]
    hearsay_verbs: frozenset[str]
    guess_verbs: frozenset[str]
    cancel_words: frozenset[str]
    deny_phrases: tuple[str, ...]
    formerly: frozenset[str]
    moment_nouns: frozenset[str]
    state_verbs: frozenset[str]
    continuing_verbs: frozenset[str]
    after_words: frozenset[str]
    before_words: frozenset[str]
    order_after: tuple[str, ...]
    order_before: tuple[str, ...]
    several_words: frozenset[str]
    affirming_verbs: frozenset[str]
    holding_verbs: frozenset[str]
    conferring_verbs: frozenset[str]
    empty_nouns: frozenset[str]
    habit_words: frozenset[str]
    measures: frozenset[str]
    intention_verbs: frozenset[str]


class PeopleTable(_Table):
    """Surnames, titles, words of bodies and of places."""

    surnames: frozenset[str]
    titles: tuple[str, ...]
    reporter_titles: frozenset[str]
    bodies: tuple[str, ...]
    known_bodies: frozenset[str]
    places: tuple[str, ...]
    regions: frozenset[str]
    goal_verbs: frozenset[str]
    not_names: frozenset[str]
    pairs: frozenset[str]
    pronouns: frozenset[str]


def _load(name: str) -> dict[str, Any]:
    with (HERE / name).open("rb") as file:
        return tomllib.load(file)


@cache
def status_table() -> StatusTable:
    """The table of endings and verbs. Raises LanguagePackError where it is malformed."""
    try:
        return StatusTable.model_validate(_load("status.toml"))
    except ValidationError as error:
        raise LanguagePackError(f"status.toml: {error}") from error


@cache
def people_table() -> PeopleTable:
    """The table of names and titles. Raises LanguagePackError where it is malformed."""
    try:
        return PeopleTable.model_validate(_load("people.toml"))
    except ValidationError as error:
        raise LanguagePackError(f"people.toml: {error}") from error


class Actions(ActionClasses):
    """Nouns are looked up with what is compounded before them, verbs in the dictionary form."""

    def of_noun(self, noun: str) -> str | None:
        """The class a noun tells, trying its last two, three and four syllables for compounds (합동감식 -> 감식)."""
        if noun in self.nouns:
            return self.nouns[noun]
        for size in (4, 3, 2):
            if len(noun) > size and noun[-size:] in self.nouns:
                return self.nouns[noun[-size:]]
        return None

    def of_verb(self, lemma: str) -> str | None:
        """The class a verb tells, by itself or by the noun before 하다, 되다, 받다, 시키다, 당하다."""
        if lemma in self.verbs:
            return self.verbs[lemma]
        match = _NOUN_VERB.fullmatch(lemma)
        return self.of_noun(match[1]) if match else None

    def of_weak(self, word: str) -> str | None:
        """The class of a word that counts only where nothing stronger is told."""
        match = _NOUN_VERB.fullmatch(word)
        return self.weak.get(word) or (self.weak.get(match[1]) if match else None)


_NOUN_VERB = re.compile(r"(.{2,})(?:하|되|받|시키|당하|드리)다")


# words two classes honestly share; the first class in the table keeps them
_SHARED = frozenset({"터지다", "접수"})


@cache
def actions() -> Actions:
    """The classes of action. Raises LanguagePackError where a word has two classes or the table is malformed."""
    try:
        rows = tuple(ActionRow.model_validate(row) for row in _load("events.toml")["action"])
    except ValidationError as error:
        raise LanguagePackError(f"events.toml: {error}") from error
    return Actions(rows, _SHARED)
