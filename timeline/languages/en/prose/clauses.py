"""Clauses of a sentence, and which of them a time expression belongs to.

English puts a time after its verb or at the front of the clause. So the sentence is parted between its verb groups (at
conjunctions, relative words, commas, and after verbs of saying); a time belongs to the verb of its own part, unless it
modifies a noun that is an event itself ("Tuesday's crash", "his arrival on Tuesday").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from timeline.languages.en.prose.inflect import Form
from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.nouns import EventNoun, EventNouns
from timeline.languages.en.prose.predicates import Group
from timeline.languages.en.prose.sentences import Token

Range = tuple[int, int]


@dataclass(slots=True)
class Part:
    """A stretch ``[begin, end)`` of tokens around one verb group. ``link`` says what joins it to the part before.

    start, relative ("who"), that (a reported clause, with or without the word), adverbial ("when"), coordinated, comma,
    closing (goes on after a relative clause), none.
    """

    group: Group
    begin: int
    end: int
    link: str
    subject: Range = (0, 0)
    closes: int = -1  # the relative part this one stands around


@dataclass(slots=True)
class Clause:
    """What a time belongs to: a part and its verb, or an event noun in it, by a named rule."""

    rule: str
    part: int  # -1 where the sentence has no verb
    noun: EventNoun | None
    begin: int
    end: int


class Clauses:
    """The parts of one sentence."""

    def __init__(self, tokens: Sequence[Token], groups: Sequence[Group], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.words = lexicon.words
        self.event_nouns = EventNouns(tokens, groups, lexicon)
        self.parts: list[Part] = []
        for group in groups:
            self._add(group)
        for index, part in enumerate(self.parts):
            part.subject = self._subject(index)

    # --- parting

    def _add(self, group: Group) -> None:
        before = self.parts[-1].group if self.parts else None
        start = before.end if before else 0
        cut, link = self._cut(before, start, group)
        if self.parts:
            self.parts[-1].end = cut
        self.parts.append(Part(group, cut, len(self.tokens), link))
        self._close(len(self.parts) - 1)

    def _close(self, index: int) -> None:
        """A verb without subject right after a relative clause goes on with the clause around it."""
        part = self.parts[index]
        if part.link not in {"comma", "none"} or not part.group.finite:
            return
        relative = next((j for j in range(index - 1, -1, -1) if self.parts[j].link == "relative"), -1)
        if relative < 0 or any(self.parts[j].group.finite for j in range(relative + 1, index)):
            return
        between = range(max(part.begin, self.parts[index - 1].group.end), part.group.start)
        if not any(self._nouny(i) for i in between) or part.link == "none":
            part.link, part.closes = "closing", relative

    def _nouny(self, i: int) -> bool:
        token = self.tokens[i]
        return token.kind == "word" and (token.low not in self.lexicon.function or token.low in self.words.pronouns)

    def _cut(self, before: Group | None, start: int, group: Group) -> tuple[int, str]:
        """Where the part of a group begins, between the group before and it, and by what link."""
        end = group.start
        if (edge := self._edge(start, end)) is not None:
            return edge, "comma" if before else "start"
        if not group.finite:
            led = group.gerund and end > start and self.tokens[end - 1].low in self.words.prepositions
            return (end - led, "none") if before else (0, "start")
        if (found := self._subordinator(start, end)) is not None:
            at, link = found
            return (at, link) if before or at > 0 else (0, link)
        if before is None:
            return 0, "start"
        if self._reports(before):
            return self._after_times(before.end), "that"
        conjunction = self._last(start, end, lambda i: self.tokens[i].low in self.words.coordinators)
        if conjunction is not None:
            double = conjunction > start and self.tokens[conjunction - 1].low in self.words.coordinators  # "and then"
            return conjunction - double, "coordinated"
        comma = self._last(start, end, self._comma_at)
        return (comma, "comma") if comma is not None else (end, "none")

    def _reports(self, group: Group) -> bool:
        """Whether a clause may follow a verb without "that"; "was declared open and …" takes none."""
        return group.verb in self.lexicon.status.report_verbs and not group.passive and not self._comma_at(group.end)

    def _edge(self, start: int, end: int) -> int | None:
        """A colon, semicolon, dash or the edge of a quotation."""
        for i in range(end - 1, start - 1, -1):
            token = self.tokens[i]
            if token.kind == "mark" and token.low in {";", ":", "—", "–", "--"}:
                return i + 1
            following = self.tokens[i + 1] if i + 1 < len(self.tokens) else None
            if following is not None and following.quoted != token.quoted:
                return i + 1
        return None

    def _subordinator(self, start: int, end: int) -> tuple[int, str] | None:
        for i in range(start, end):
            low = self.tokens[i].low
            if self.tokens[i].kind != "word":
                continue
            if low in self.words.relatives:
                return i, "relative"
            if low == "that":
                if self._that_relative(i, end):
                    return i, "relative"
                if i + 1 == end or self._nouny(i + 1) or self.tokens[i + 1].kind != "mark":
                    return i, "that"
            if low in self.words.subordinators:
                return i, "that" if low in {"that", "whether", "if", "how", "why"} else "adverbial"
            if low in self.words.loose_subordinators and self._begins_clause(i, end):
                return i, "adverbial"
        return None

    def _that_relative(self, i: int, end: int) -> bool:
        # "the fire that destroyed" against "said that police"; nouns of telling take a clause
        if i == 0 or i + 1 != end:
            return False
        before = self.tokens[i - 1]
        phrases = self.lexicon.status.phrases
        telling = before.low in phrases.rumour_nouns or before.low in phrases.claim_nouns
        return before.kind == "word" and self._nouny(i - 1) and not telling and not self._is_verb(before)

    def _is_verb(self, token: Token) -> bool:
        return bool(self.lexicon.as_form(token.low, Form.PAST, Form.PRESENT))

    def _begins_clause(self, i: int, end: int) -> bool:
        if i + 1 >= end or self.tokens[i + 1].kind in {"time", "mark"}:
            return False
        between = self.tokens[i + 1 : end]
        return not any(t.low in self.words.coordinators or t.low == "," for t in between)

    def _after_times(self, i: int) -> int:
        """Past the time a verb of saying took ("said on Tuesday the …") and whom it spoke to ("told reporters")."""
        j = i
        while j < len(self.tokens) and j - i < 5:
            token = self.tokens[j]
            led = (
                j + 1 < len(self.tokens) and self.tokens[j + 1].kind == "time" and token.low in self.words.prepositions
            )
            if token.kind != "time" and not led:
                break
            j += 1
        return j

    def _last(self, start: int, end: int, test: Callable[[int], bool]) -> int | None:
        return next((i for i in range(end - 1, start - 1, -1) if test(i)), None)

    def _comma_at(self, i: int) -> bool:
        return i < len(self.tokens) and self.tokens[i].low == "," and self.tokens[i].kind == "mark"

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
        if any(self._nouny(i) and self.tokens[i].low not in {"who", "which"} for i in range(*own)):
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
            stop = next((i for i in range(begin, end) if self._comma_at(i)), None)
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
        return near[0] if near and not any(self._comma_at(j) for j in range(near[0].end, at)) else None
