"""Where, with what, and a short title, read off a clause in the text's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from timeline.languages.en.prose.clauses import Clause, Clauses
from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.names import EnglishNames
from timeline.languages.en.prose.sentences import Token

TITLE_LENGTH = 60
_WEAK = frozenset({"on", "into", "to", "over", "across", "through", "from"})
_STRONG = frozenset({"at", "in", "near", "outside", "inside", "off", "aboard"})


class Wording:
    """Reads places, objects and titles off the clauses of one sentence."""

    def __init__(self, tokens: Sequence[Token], clauses: Clauses, names: EnglishNames, lexicon: Lexicon) -> None:
        self.tokens = tokens
        self.clauses = clauses
        self.lexicon = lexicon
        self.names = names
        self.runs = {run.start: run for run in names.runs(tokens)}

    def phrase(self, begin: int, end: int) -> str:
        """Tokens as written, with time expressions, brackets and the marks at either end left out."""
        words: list[str] = []
        last = -1
        timed = False
        for i, token in enumerate(self.tokens[begin:end], begin):
            if token.kind == "time":
                possessive = i + 1 < len(self.tokens) and self.tokens[i + 1].low == "'s"
                while not possessive and words and words[-1].lower() in self.lexicon.words.dangling | {","}:
                    words.pop()
                timed = True
                continue
            if timed and token.low == "'s":
                continue
            timed = False
            glued = words and token.start == last
            if glued:
                words[-1] += token.text
            else:
                words.append(token.text)
            last = token.end
        return re.sub(r"\s*\([^)]*\)?", "", " ".join(words).replace(" ,", ",")).strip(" ,.;:·'\"‘’“”-–—()")

    # --- places

    def place(self, clause: Clause) -> str | None:
        """The place a clause names: the strongest of its locative phrases, as written; ``None`` without one."""
        best: tuple[int, int, str] | None = None
        for i in range(clause.begin, clause.end - 1):
            rank, words = self._place_at(i, clause.end)
            if rank and (best is None or (rank, -i) > best[:2]):
                best = (rank, -i, words)
        return best[2] if best else None

    def _place_at(self, i: int, end: int) -> tuple[int, str]:
        """How surely a place follows the preposition at ``i``, and its words."""
        low = self.tokens[i].low
        if low not in self.lexicon.words.place_prepositions or self.tokens[i].kind != "word":
            return 0, ""
        begin = i + 1
        while begin < end and self.tokens[begin].low in self.lexicon.words.determiners | {"'s"}:
            begin += 1
        j = begin
        while j < end and j not in self.runs and self.tokens[j].low in self.lexicon.people.regions:
            j += 1
        run = self.runs.get(j)
        if run is not None:
            return self._named(low, begin, run.end, run.name)
        return self._common(i, begin, end)

    def _named(self, low: str, begin: int, end: int, name: str) -> tuple[int, str]:
        words = self.phrase(begin, end)
        shaped = name.split()[-1] in self.lexicon.people.places
        if self.names.is_person(name) or self.names.is_person(self.names.full(name)):
            return 0, ""
        if low in _STRONG:
            return (5 if shaped else 4), words
        if low == "on" or low == "for":
            return (3 if shaped else 0), words
        return (2 if shaped or self.names.is_place(name) else 0), words

    def _common(self, i: int, begin: int, end: int) -> tuple[int, str]:
        """ "in a staff dining room": a phrase in lower case that ends in a word of place."""
        j = begin
        last = -1
        while j < end and self.tokens[j].kind in {"word", "number"} and self.tokens[j].low not in self.lexicon.function:
            if self.tokens[j].low in self.lexicon.people.common_places:
                last = j
            j += 1
        if last != j - 1 or last < 0 or (begin == i + 1 and j - begin == 1):
            return 0, ""  # "in prison", "at sea" name no one place
        if j < end and self.tokens[j].low == "of" and j + 1 in self.runs:
            j = self.runs[j + 1].end
        low = self.tokens[i].low
        rank = 3 if low in _STRONG else 1 if low in _WEAK else 0
        return rank, self.phrase(begin, j)

    # --- objects

    def object(self, clause: Clause) -> str | None:
        """The object right after the verb of a clause, as written."""
        if clause.part < 0:
            return None
        group = self.clauses.parts[clause.part].group
        if group.passive:
            return None
        end = self._noun_phrase_end(group.end, clause.end)
        words = re.sub(r"\s\d+-\d+$", "", self.phrase(group.end, end))
        return words if words and words.lower() not in self.lexicon.function else None

    def _noun_phrase_end(self, begin: int, limit: int) -> int:
        words = self.lexicon.words
        j = begin
        while j < limit:
            token = self.tokens[j]
            stops = token.low in (words.prepositions - {"of"}) | words.coordinators | words.subordinators
            stops = stops and token.low not in words.determiners
            if (
                token.kind in {"mark", "time"}
                or stops
                or (token.low in words.adverbs and token.low not in words.determiners)
            ):
                break
            if any(p.group.start == j for p in self.clauses.parts):
                break
            j += 1
        return j

    # --- titles

    def title(self, clause: Clause, lead: str | None) -> str:
        """Who did what, in at most 60 characters and the text's own words; never a cut-off word."""
        dangling = self.lexicon.words.dangling
        if clause.part < 0:
            return _shortened(self.phrase(clause.begin, clause.end), dangling)
        part = self.clauses.parts[clause.part]
        verb = re.sub(r"^to ", "", self.phrase(part.group.start, part.group.end))
        rest = self.phrase(part.group.end, self._tail_end(part.group.end, clause.end))
        titles = []
        for who in self._who(part.subject, lead):
            least = len(f"{who} {verb}".split())
            titles.append(_shortened(f"{who} {verb} {rest}".strip(), dangling, least))
        return next((t for t in titles if len(t) < TITLE_LENGTH - 10), titles[-1])

    def _who(self, subject: tuple[int, int], lead: str | None) -> list[str]:
        """Ways to name the subject, fullest first."""
        begin, end = subject
        stop = self._noun_phrase_end(begin, end)
        head = self.phrase(begin, stop)
        own = _pronoun_length(head, self.lexicon)
        named = lead is not None and lead in self.names.in_text(self.phrase(begin, end) if own == 1 else head)
        if named and "'s " in head.replace("’", "'"):
            return [head]  # "Moreau's arrival"
        if lead is not None and (named or own == 0):
            return list(dict.fromkeys([lead, self.names.short(lead)]))
        if lead is not None and own == 1:
            return [f"{self.names.short(lead)}'s {head.split(' ', 1)[1]}"]  # "His jet"
        if own == 0 or not head:
            return [lead or ""]
        whole = self.phrase(begin, self._tail_end(begin, end))
        bare = [re.sub(r"^(?:The|the|A|a|An|an)\s", "", words) for words in (whole, head)]
        return [bare[0], bare[1]] if len(bare[0]) <= TITLE_LENGTH // 2 + 6 else [bare[1]]

    def _tail_end(self, begin: int, limit: int) -> int:
        """Up to the next mark or verb."""
        j = begin
        while j < limit:
            token = self.tokens[j]
            if token.kind == "mark" and token.low not in {"-", "'", "’", "$", "%"}:
                break
            if j > begin and any(p.group.start == j for p in self.clauses.parts):
                break
            j += 1
        return j


def _pronoun_length(words: str, lexicon: Lexicon) -> int:
    """0 for a pronoun alone, 1 for a possessive before a noun, -1 for other words."""
    low = words.lower()
    if low in lexicon.words.nobody:
        return -1
    if low in lexicon.words.pronouns | {"all", "both", "some"}:
        return 0
    return 1 if " " in low and low.split(" ")[0] in {"his", "her", "their", "its"} else -1


def _shortened(text: str, dangling: frozenset[str], least: int = 1) -> str:
    """At most TITLE_LENGTH characters, whole words, nothing left hanging after the first ``least`` words."""
    words = text[: TITLE_LENGTH + 1].split()
    if len(text) > TITLE_LENGTH and len(words) > 1:
        words.pop()
    while len(words) > least and words[-1].lower().strip(",;:") in dangling:
        words.pop()
    return " ".join(words)[:TITLE_LENGTH].strip(" ,;:")
