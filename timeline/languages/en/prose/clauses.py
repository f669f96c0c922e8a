"""Clauses of a sentence: their subjects, and which of them a time expression belongs to.

English puts a time after its verb or at the front of the clause. So a time belongs to the verb of its own part of the
sentence, unless it modifies a noun that is an event itself ("Tuesday's crash", "his arrival on Tuesday").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.nouns import EventNoun, EventNouns
from timeline.languages.en.prose.parting import Parting, Range
from timeline.languages.en.prose.predicates import Group
from timeline.languages.en.prose.sentences import Token


@dataclass(slots=True)
class Clause:
    """What a time belongs to: a part and its verb, or an event noun in it, by a named rule."""

    rule: str
    part: int  # -1 where the sentence has no verb
    noun: EventNoun | None
    begin: int
    end: int


class Clauses(Parting):
    """The parts of one sentence, their subjects, and the clause of each time."""

    def __init__(self, tokens: Sequence[Token], groups: Sequence[Group], lexicon: Lexicon) -> None:
        super().__init__(tokens, groups, lexicon)
        self.event_nouns = EventNouns(tokens, groups, lexicon)
        for index, part in enumerate(self.parts):
            part.subject = self._subject(index)

    # --- subjects and objects

    def _subject(self, index: int) -> Range:
        part = self.parts[index]
        group = part.group
        if part.link == "closing":
            return self._antecedent(part.closes)
        if part.link == "relative":
            return self._antecedent(index)
        begin = part.begin if part.begin <= group.start else group.start
        own = self._trimmed(begin, group.start)
        if any(self.nouny(i) and self.tokens[i].low not in {"who", "which"} for i in range(*own)):
            return own
        if group.verb in self.lexicon.status.report_verbs and (after := self._inverted(group)) is not None:
            return after
        if group.reduced:
            return self._antecedent(index)
        if not index or part.link == "start":
            return own
        told = self.lexicon.status.report_verbs | self.lexicon.status.correct_verbs
        if part.link == "coordinated" and self.parts[index - 1].link == "that" and group.verb in told and index > 1:
            return self.parts[index - 2].subject  # "the firm said it would and later announced"
        return self.parts[index - 1].subject

    def _antecedent(self, index: int) -> Range:
        """The noun phrase before a relative word or a participle."""
        part = self.parts[index]
        end = part.begin if part.link == "relative" else part.group.start
        begin = self.parts[index - 1].group.end if index else 0
        while end > begin and self.tokens[end - 1].low in {",", "of", "in", "at", "during", "for"}:
            end -= 1
        return self._trimmed(begin, end)

    def _trimmed(self, begin: int, end: int) -> Range:
        """A range without the conjunction, time and prepositional phrase it opens with."""
        words = self.words
        opening = words.coordinators | words.subordinators | words.loose_subordinators
        while begin < end and (self.tokens[begin].kind in {"mark", "time"} or self.tokens[begin].low in opening):
            begin += 1
        if begin < end and self.tokens[begin].low in words.prepositions:
            stop = next((i for i in range(begin, end) if self.comma_at(i)), None)
            time = next((i for i in range(begin, end) if self.tokens[i].kind == "time"), None)
            cut = stop if stop is not None else time
            begin = cut + 1 if cut is not None else begin
        while begin < end and self.tokens[begin].low in words.adverbs - words.determiners:
            begin += 1
        while end > begin and self.tokens[end - 1].low in words.adverbs | {","}:
            end -= 1
        return begin, end

    def _inverted(self, group: Group) -> Range | None:
        """ "…, said Mara Quill, the mayor.": the speaker after the verb."""
        begin = group.end
        end = begin
        while end < len(self.tokens) and self.tokens[end].kind != "mark":
            end += 1
        return (begin, end) if end > begin and self.tokens[begin].capital else None

    def nouns(self, begin: int, end: int) -> Iterator[EventNoun]:
        """The event nouns between two tokens."""
        return self.event_nouns.between(begin, end)

    def reports(self, index: int) -> bool:
        """Whether the verb of a part is followed by what it reports, as a clause or a quotation."""
        following = self.parts[index + 1] if index + 1 < len(self.parts) else None
        quoted = any(t.quoted >= 0 for t in self.tokens)
        return quoted or (following is not None and following.link == "that") or self.parts[index].link == "comma"

    # --- the clause of a time

    def of_time(self, at: int) -> Clause | None:
        """The clause the time expression at token ``at`` belongs to, ``None`` where the sentence tells nothing."""
        index = self.part_of(at)
        begin, end = (self.parts[index].begin, self.parts[index].end) if index >= 0 else (0, len(self.tokens))
        if index >= 0:
            end = self._without_source(self.parts[index].group.end, self._with_dependents(index))
            begin, end = min(begin, at), max(end, at + 1)
        noun = self._modified(at, end)
        if noun is not None:
            return Clause("modified noun", index, noun, begin, end)
        noun = self._noun_before(at, index)
        if noun is not None:
            return Clause("noun with time", index, noun, begin, end)
        if index >= 0:
            return Clause("governing", index, None, begin, end)
        nouns = list(self.nouns(0, len(self.tokens)))
        return Clause("verbless", -1, nouns[0], 0, len(self.tokens)) if nouns else None

    def _without_source(self, begin: int, end: int) -> int:
        """The end of a clause before "according to"."""
        at = next((i for i in range(begin, end) if self.tokens[i].low == "according"), end)
        return at if at > begin else end

    def _with_dependents(self, index: int) -> int:
        """The end of a part with the infinitives and participles that hang on it and have no time of their own."""
        end = self.parts[index].end
        for other in self.parts[index + 1 :]:
            told = other.group.verb in self.lexicon.status.saying_verbs
            if told or other.group.finite or any(t.kind == "time" for t in self.tokens[other.begin : other.end]):
                break
            end = other.end
        return end

    def part_of(self, at: int) -> int:
        """The part a token belongs to; a token before a relative clause belongs to the clause around it."""
        for index, part in enumerate(self.parts):
            if part.begin <= at < part.end:
                return index
        first = self.parts[0] if self.parts else None
        if first is None:
            return -1
        around = next((i for i, p in enumerate(self.parts) if p.closes == 0), None)
        if around is not None:
            return around
        return next((i for i, p in enumerate(self.parts) if i and p.group.finite and p.link in {"comma", "none"}), 0)

    def _modified(self, at: int, end: int) -> EventNoun | None:
        """ "Tuesday's crash", "the planned Friday meeting": the event noun right after the time."""
        begin = at + 1
        possessive = begin < len(self.tokens) and self.tokens[begin].low in {"'s", "’"}
        possessive = possessive or self.tokens[at].low.endswith(("'s", "’s"))
        if begin < len(self.tokens) and self.tokens[begin].low in {"'s", "’"}:
            begin += 1
        if not possessive and not self._determined(at):
            return None
        stop = begin
        while (
            stop < len(self.tokens)
            and self.tokens[stop].kind == "word"
            and self.tokens[stop].low not in self.words.function
        ):
            if any(p.group.start <= stop < p.group.end for p in self.parts):
                break
            stop += 1
        return next(iter(self.nouns(begin, stop)), None)

    def _determined(self, at: int) -> bool:
        phrases = self.lexicon.status.phrases
        for i in range(at - 1, max(-1, at - 4), -1):
            low = self.tokens[i].low
            if low in self.words.determiners or low == "'s":
                return True
            if low not in phrases.planned_adjectives and low in self.lexicon.function:
                return False
        return False

    def _noun_before(self, at: int, index: int) -> EventNoun | None:
        """ "his arrival on Tuesday was delayed": an event noun of the subject with its time."""
        if index < 0 or at == 0 or at >= self.parts[index].group.start:
            return None
        i = at - 1
        while (
            i > 0
            and self.tokens[i].kind == "word"
            and self.tokens[i].low in self.words.prepositions | {"early", "late"}
        ):
            i -= 1
        begin = self.parts[index].subject[0] if self.parts[index].subject[0] <= i else self.parts[index].begin
        if i == at - 1 and self.tokens[i].kind != "word":
            return None
        near = [n for n in self.nouns(min(begin, i), i + 1) if n.end == i + 1 or i - n.end <= 4]
        return near[0] if near and not any(self.comma_at(j) for j in range(near[0].end, at)) else None
