"""Nouns that name events, of one word ("verdict") or several ("power cut")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.predicates import Group
from timeline.languages.en.prose.sentences import Token


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A noun that names an event: its token range, singular form and class of action."""

    start: int
    end: int
    noun: str
    action: str


class EventNouns:
    """Finds the event nouns of one sentence; a word that is the verb of a group is none."""

    def __init__(self, tokens: Sequence[Token], groups: Sequence[Group], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self._verbs = frozenset(group.at for group in groups)
        self._verbal = frozenset(i for group in groups for i in range(group.start, group.end))

    def between(self, begin: int, end: int) -> Iterator[EventNoun]:
        """The event nouns between two tokens, in order; a noun that modifies another ("fire chief") is left out."""
        i = begin
        while i < end:
            found = self._at(i, end)
            if found is not None and not self._modifies(found.end):
                yield found
            i = found.end if found is not None else i + 1

    def _at(self, i: int, end: int) -> EventNoun | None:
        if self.tokens[i].kind not in {"word", "number"} or i in self._verbs:
            return None
        for size in range(min(self.lexicon.actions.longest, end - i), 0, -1):
            words = [t.low for t in self.tokens[i : i + size]]
            noun = " ".join([*words[:-1], self.lexicon.singular(words[-1])])
            if (action := self.lexicon.actions.nouns.get(noun)) is not None:
                return EventNoun(i, i + size, noun, action)
        return None

    def _modifies(self, i: int) -> bool:
        """Whether the word there is the noun a compound is about."""
        if i >= len(self.tokens):
            return False
        token = self.tokens[i]
        if token.kind != "word" or token.capital or token.low in self.lexicon.function or token.low == "'s":
            return False
        return i not in self._verbal
