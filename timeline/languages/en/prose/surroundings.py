"""What stands around a word: does a past form modify a noun, has a present form a subject, is a gerund an act."""

from __future__ import annotations

from collections.abc import Sequence

from timeline.languages.en.prose.inflect import Form
from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.sentences import Token

_SKIP = 4  # tokens an adverbial may put between a helper and its verb


class Surroundings:
    """Looks around the tokens of one sentence."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.words = lexicon.words

    def modifies(self, i: int) -> bool:
        """Whether a past form stands before the noun it modifies: "the injured men", "of planned talks"."""
        before = self.before(i)
        following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
        if before is None:
            return following is not None and self.noun_like(i + 1) and not following.capital
        determined = before.low in self.words.determiners or before.low == "'s" or before.kind == "number"
        if before.low in self.words.determiners and before.low not in self.words.quantifiers:
            return following is None or following.low not in self.words.prepositions or before.low in {"a", "an", "the"}
        if determined or before.low in self.words.prepositions - {"out", "up", "down", "off"}:
            return self.noun_like(i + 1)
        return False

    def ends_noun(self, i: int) -> bool:
        """Whether the word ends a noun of several words that names an event ("power cut")."""
        for size in range(2, self.lexicon.actions.longest + 1):
            words = [t.low for t in self.tokens[max(0, i - size + 1) : i + 1]]
            if (
                " ".join([*words[:-1], self.lexicon.singular(words[-1])]) in self.lexicon.actions.nouns
                and len(words) > 1
            ):
                return True
        return False

    def noun_like(self, i: int) -> bool:
        """Whether a word there may be a noun: no function word."""
        if i >= len(self.tokens):
            return False
        token = self.tokens[i]
        return token.kind == "word" and token.low not in self.lexicon.function

    def present_context(self, i: int, *, plural: bool) -> bool:
        """Whether a present form stands after a subject and before what a verb takes."""
        if i == 0:
            return False
        before = self.before(i)
        if before is None or before.kind not in {"word"} or not self.subject_like(before, plural=plural):
            return False
        says = self.lexicon.as_form(self.tokens[i].low, Form.BASE, Form.PRESENT) in self.lexicon.status.saying_verbs
        if i + 1 >= len(self.tokens):
            return says
        following = self.tokens[i + 1]
        words = self.words
        if says and following.low in {".", ","}:
            return True
        takes = words.determiners | words.prepositions | words.adverbs | words.pronouns | {"that"}
        return following.kind in {"number", "time", "length"} or following.capital or following.low in takes

    def subject_like(self, token: Token, *, plural: bool) -> bool:
        """Whether a word may end a subject of that number."""
        low = token.low
        if low in {"he", "she", "it", "they", "we", "i", "you", "who", "which"}:
            return True
        if low in self.lexicon.function or low == "'s":
            return False
        if token.capital:
            return True
        ends_plural = self.lexicon.singular(low) != low or low in {"people", "police", "men", "women"}
        return ends_plural if plural else not ends_plural

    def singular_subject(self, i: int) -> bool:
        """Whether the word before is a subject in the singular."""
        before = self.before(i)
        return before is not None and before.kind == "word" and before.low not in {"they", "we", "you", "i"} and (
            before.capital or before.low in {"he", "she", "it"} or self.lexicon.singular(before.low) == before.low
        )  # fmt: skip

    def gerund_context(self, i: int) -> bool:
        """Whether a form in -ing tells an act of the subject rather than names one."""
        before = self.tokens[i - 1] if i else None
        if before is None:
            return False
        if before.kind == "mark":
            return before.low in {",", "-", "—", "–"}
        opens = before.low in self.words.loose_subordinators | self.words.subordinators | {"by", "without"}
        verb = self.lexicon.as_form(self.tokens[i].low, Form.GERUND)
        opens = opens or (verb in self.lexicon.status.saying_verbs and before.low not in self.words.determiners)
        opens = opens or (before.low == "of" and self.object_like(i + 1))
        verb_before = self.lexicon.as_form(before.low, *Form) in self.lexicon.status.deny_verbs
        takes = i + 1 < len(self.tokens) and not self.is_mark(i + 1)
        noun = self.tokens[i].low in self.lexicon.actions.nouns and not self.object_like(i + 1)
        return (opens or verb_before) and takes and not noun

    def object_like(self, i: int) -> bool:
        """Whether a name, article or pronoun stands there."""
        if i >= len(self.tokens):
            return False
        token = self.tokens[i]
        return token.capital or token.low in self.words.determiners | self.words.pronouns

    def takes_object(self, j: int) -> bool:
        """Whether an object begins there."""
        if j >= len(self.tokens):
            return False
        token = self.tokens[j]
        if token.kind == "number":
            return True
        nouny = token.kind == "word" and token.low not in self.lexicon.function
        return token.kind == "word" and (
            nouny or token.low in self.words.determiners or token.low in self.words.pronouns
        )

    # --- small looks around

    def before(self, i: int) -> Token | None:
        """The token before, adverbs left out."""
        j = i - 1
        while j >= 0 and self.tokens[j].kind == "word" and self.is_adverb(j) and not self.tokens[j].capital:
            j -= 1
        return self.tokens[j] if j >= 0 else None

    def determined(self, i: int) -> bool:
        """Whether an article or possessive stands before."""
        return i > 0 and (self.tokens[i - 1].low in self.words.determiners or self.tokens[i - 1].low == "'s")

    def is_adverb(self, j: int) -> bool:
        """Whether an adverb or negation stands there."""
        low = self.tokens[j].low
        if low in self.words.adverbs or low in self.words.negations:
            return True
        return low.endswith("ly") and len(low) > 4 and low not in self.words.not_adverbs

    def is_mark(self, j: int) -> bool:
        """Whether a punctuation mark stands there."""
        return self.tokens[j].kind == "mark"

    def over_adverbs(self, j: int, passed: list[str] | None = None, particles: set[str] | None = None) -> int:
        """Past adverbs, negations and time expressions set between a helper and its verb."""
        begin = j
        while j < len(self.tokens) and j - begin < _SKIP:
            token = self.tokens[j]
            if token.kind == "word" and self.is_adverb(j) and not (particles and token.low in particles):
                if passed is not None:
                    passed.append(token.low)
                j += 1
            elif inserted := self.inserted_time(j):
                j = inserted
            else:
                break
        return j

    def inserted_time(self, j: int) -> int:
        """The index past an inserted time ("will on Friday visit", "was, on Monday, arrested"), or 0."""
        tokens = self.tokens
        k = j + 1 if tokens[j].low == "," else j
        if k < len(tokens) and tokens[k].low in {"on", "in", "at", "by"}:
            k += 1
        if k >= len(tokens) or tokens[k].kind != "time":
            return 0
        k += 1
        if tokens[j].low == ",":
            return k + 1 if k < len(tokens) and tokens[k].low == "," else 0
        verb = k < len(tokens) and tokens[k].kind == "word" and bool(self.lexicon.readings(tokens[k].low))
        return k if verb and not tokens[k].capital else 0

    def base_follows(self, i: int) -> bool:
        """Whether a verb in its base form follows the word there."""
        j = self.over_adverbs(i + 1)
        if j >= len(self.tokens) or self.tokens[j].capital:
            return False
        low = self.tokens[j].low
        return low in {"be", "have"} or self.lexicon.as_form(low, Form.BASE) is not None

    def to_at(self, j: int) -> bool:
        """Whether "to" stands there."""
        return j < len(self.tokens) and self.tokens[j].low == "to"

    def to_follows(self, j: int) -> bool:
        """Whether an infinitive follows the word there."""
        k = self.over_adverbs(j + 1)
        return self.to_at(k) and self.base_follows(k)

    def participle_follows(self, j: int) -> bool:
        """Whether a participle follows the word there."""
        k = self.over_adverbs(j + 1)
        if k >= len(self.tokens):
            return False
        low = self.tokens[k].low
        return low == "been" or self.lexicon.as_form(low, Form.PARTICIPLE) is not None
