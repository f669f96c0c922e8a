"""A sentence parted between its verb groups: at conjunctions, relative words, commas, and after verbs of saying."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from timeline.languages.en.prose.inflect import Form
from timeline.languages.en.prose.lexicon import Lexicon
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


class Parting:
    """The parts of one sentence, one a verb group, and what joins them."""

    def __init__(self, tokens: Sequence[Token], groups: Sequence[Group], lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.lexicon = lexicon
        self.words = lexicon.words
        self.parts: list[Part] = []
        for group in groups:
            self._add(group)

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
        if not any(self.nouny(i) for i in between) or part.link == "none":
            part.link, part.closes = "closing", relative

    def nouny(self, i: int) -> bool:
        """Whether a token can be or stand for a noun: a word of content, or a pronoun."""
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
        comma = self._last(start, end, self.comma_at)
        return (comma, "comma") if comma is not None else (end, "none")

    def _reports(self, group: Group) -> bool:
        """Whether a clause may follow a verb without "that"; "was declared open and …" takes none."""
        return group.verb in self.lexicon.status.report_verbs and not group.passive and not self.comma_at(group.end)

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
                if i + 1 == end or self.nouny(i + 1) or self.tokens[i + 1].kind != "mark":
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
        return before.kind == "word" and self.nouny(i - 1) and not telling and not self._is_verb(before)

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

    def comma_at(self, i: int) -> bool:
        """Whether a comma stands at a token, which may lie past the end."""
        return i < len(self.tokens) and self.tokens[i].low == "," and self.tokens[i].kind == "mark"
