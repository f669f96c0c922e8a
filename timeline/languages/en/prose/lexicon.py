"""The English prose tables (events, verbs, status, people), read once and checked."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from timeline.language import load_table
from timeline.languages.en.prose.inflect import Form, Inflection
from timeline.prose import ActionClasses, ActionRow

HERE = Path(__file__).parent
Effect = Literal["planned", "negated", "hearsay", "rumoured", "transparent"]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ActionTable(_Table):
    """``events.toml``."""

    action: tuple[ActionRow, ...]


class VerbTable(_Table):
    """``verbs.toml``: inflection and the ordinary verbs."""

    irregular: tuple[tuple[str, str, str], ...]
    doubling: tuple[str, ...]
    single: tuple[str, ...]
    plain: tuple[str, ...]
    intransitive: frozenset[str]
    irregular_nouns: tuple[tuple[str, str], ...]


class Words(_Table):
    """Closed classes of words."""

    modals_future: frozenset[str]
    modals_open: frozenset[str]
    be: frozenset[str]
    have: frozenset[str]
    do: frozenset[str]
    negations: frozenset[str]
    adverbs: frozenset[str]
    determiners: frozenset[str]
    quantifiers: frozenset[str]
    not_adverbs: frozenset[str]
    prepositions: frozenset[str]
    pronouns: frozenset[str]
    person_pronouns: frozenset[str]
    relatives: frozenset[str]
    subordinators: frozenset[str]
    loose_subordinators: frozenset[str]
    coordinators: frozenset[str]
    nobody: frozenset[str]
    place_prepositions: frozenset[str]
    dangling: frozenset[str]
    habits: frozenset[str]
    empty: frozenset[str]

    @property
    def helpers(self) -> frozenset[str]:
        """Auxiliary and modal verbs."""
        return self.modals_future | self.modals_open | self.be | self.have | self.do

    @property
    def function(self) -> frozenset[str]:
        """Words that are neither names nor content."""
        joining = self.subordinators | self.loose_subordinators | self.coordinators | self.relatives
        return (
            self.helpers
            | self.determiners
            | self.prepositions
            | self.pronouns
            | self.adverbs
            | self.negations
            | joining
        )


class Phrases(_Table):
    """Fixed expressions, lower case."""

    rumour_nouns: tuple[str, ...]
    claim_nouns: tuple[str, ...]
    untrue: tuple[str, ...]
    hearsay: tuple[str, ...]
    anonymous: tuple[str, ...]
    planned_adjectives: tuple[str, ...]
    order_after: tuple[str, ...]
    order_before: tuple[str, ...]
    pairs: tuple[str, ...]
    body_pairs: tuple[str, ...]


class StatusTable(_Table):
    """``status.toml``: which verbs and words say whether a told event happened, and who says so."""

    light_verbs: frozenset[str]
    aspect_classes: frozenset[str]
    report_verbs: frozenset[str]
    bare_saying_verbs: frozenset[str]
    saying_verbs: frozenset[str]
    announcing_verbs: frozenset[str]
    schedule_verbs: frozenset[str]
    calling_verbs: frozenset[str]
    moving_verbs: frozenset[str]
    correct_verbs: frozenset[str]
    cancel_verbs: frozenset[str]
    deny_verbs: frozenset[str]
    deny_exceptions: frozenset[str]
    rumour_verbs: frozenset[str]
    naming_verbs: frozenset[str]
    state_verbs: frozenset[str]
    continuing_verbs: frozenset[str]
    after_be: dict[str, Effect]
    before_to: dict[str, Effect]
    unless: dict[str, frozenset[str]]
    words: Words
    phrases: Phrases

    @property
    def verbs(self) -> frozenset[str]:
        """Every verb the table names."""
        lists = (
            self.light_verbs, self.report_verbs, self.schedule_verbs, self.moving_verbs, self.correct_verbs,
            self.cancel_verbs, self.deny_verbs, self.rumour_verbs, self.naming_verbs, self.state_verbs,
        )  # fmt: skip
        return frozenset().union(*lists, self.before_to)


class PeopleTable(_Table):
    """``people.toml``: titles, words of bodies and of places, abbreviations."""

    titles: tuple[str, ...]
    roles: frozenset[str]
    bodies: frozenset[str]
    of_bodies: frozenset[str]
    known_bodies: frozenset[str]
    places: frozenset[str]
    regions: frozenset[str]
    common_places: frozenset[str]
    not_names: frozenset[str]
    abbreviations: frozenset[str]
    may_end: frozenset[str]
    openers: frozenset[str]


class Actions(ActionClasses):
    """Nouns are looked up in the singular and may have several words, verbs in the base form, phrases in lower case."""

    def __init__(self, rows: Iterable[ActionRow]) -> None:
        super().__init__(rows)
        self.longest = max(len(noun.split()) for noun in self.nouns)


class Lexicon:
    """All tables together, with every verb form known to them."""

    def __init__(self, events: ActionTable, verbs: VerbTable, status: StatusTable, people: PeopleTable) -> None:
        self.actions = Actions(events.action)
        self.status = status
        self.words = status.words
        self.function = status.words.function
        self.people = people
        self.intransitive = verbs.intransitive
        self.inflection = Inflection(verbs.irregular, verbs.doubling, verbs.single, dict(verbs.irregular_nouns))
        self._forms: dict[str, list[tuple[str, Form]]] = {}
        self.particles: dict[str, list[tuple[str, ...]]] = {}
        known = [*verbs.plain, *self.actions.verbs, *sorted(status.verbs), *(row[0] for row in verbs.irregular)]
        self._learn([*known, *(w for w in self.actions.weak if w in verbs.plain)])

    def _learn(self, verbs: Iterable[str]) -> None:
        bases: dict[str, None] = {}
        for verb in verbs:
            base, *rest = verb.split()
            bases.setdefault(base)
            if rest:
                self.particles.setdefault(base, []).append(tuple(rest))
        for tails in self.particles.values():
            tails.sort(key=lambda tail: (-len(tail), tail))
        for base in bases:
            for word, forms in self.inflection.forms(base).items():
                self._forms.setdefault(word, []).extend((base, form) for form in sorted(forms))

    def readings(self, word: str) -> list[tuple[str, Form]]:
        """The verbs a lower-case word may be a form of, as (base, form); also unknown words in -ed."""
        found = self._forms.get(word, [])
        if not found and len(word) > 4 and word.endswith("ed") and not word.endswith(("eed", "bred")):
            return [(_base_of_past(word), Form.PAST), (_base_of_past(word), Form.PARTICIPLE)]
        return found

    def as_form(self, word: str, *forms: Form) -> str | None:
        """The base of the verb the word is one of these forms of."""
        return next((base for base, form in self.readings(word) if form in forms), None)

    def singular(self, noun: str) -> str:
        """The singular of a lower-case noun."""
        return self.inflection.singular(noun)


def _base_of_past(word: str) -> str:
    if word.endswith("ied"):
        return word[:-3] + "y"
    stem = word[:-2]
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sl":
        return stem[:-1]
    return stem


@cache
def lexicon() -> Lexicon:
    """The tables. Raises LanguagePackError where one is malformed or a word has two classes."""
    return Lexicon(
        load_table(HERE / "events.toml", ActionTable),
        load_table(HERE / "verbs.toml", VerbTable),
        load_table(HERE / "status.toml", StatusTable),
        load_table(HERE / "people.toml", PeopleTable),
    )
