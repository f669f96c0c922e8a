"""People, bodies and places learned from the documents themselves: titles, roles, appositions, brackets, short forms.

No list of names is kept. A run of capitalised words is a person where a title or a role stands by it ("Chairman …",
"…, a nurse,", "… told reporters"), a body or place by its last word or by the prepositions before it. A part of a name
that stands alone elsewhere is its short form, so family names that come first are found as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from timeline.languages.en.prose.lexicon import lexicon
from timeline.languages.en.prose.moments import story
from timeline.languages.en.prose.sentences import Token, sentences, tokens
from timeline.model import Document, Span

Kind = Literal["person", "body", "place", "other"]
_DOMINANT = 3  # of two names a short form may mean, one must be named this many times as often
_JOINS = frozenset({"van", "von", "de", "da", "del", "bin", "al", "der", "den", "la", "le", "&"})
_SAID = frozenset({"said", "says", "told", "added", "who", "testified", "tweeted"})
_PLACED = frozenset({"in", "at", "near", "off", "outside", "across"})
_GOING = frozenset({"arrive", "depart", "visit"})  # classes of verbs that take "to" and a place
_ROAD = re.compile(r"[A-Z]{1,3}-?\d+")
_APPOSITION = 9  # words after a name within which a role explains it


@dataclass(slots=True)
class _Seen:
    """How often a run of capitalised words stands where."""

    count: int = 0
    person: int = 0
    body: int = 0
    placed: int = 0
    owned: int = 0  # after his, her, its


@dataclass(slots=True)
class Run:
    """A run of capitalised words, tokens ``[start, end)``: the name in it, and what the words around say it is."""

    start: int
    end: int
    name: str
    titled: bool = False
    affiliation: str = ""


@dataclass(slots=True)
class _Known:
    kinds: dict[str, Kind] = field(default_factory=dict)
    alias: dict[str, str] = field(default_factory=dict)


class EnglishNames:
    """What one case's documents teach about its names."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self._seen: dict[str, _Seen] = {}
        self._short: Counter[str] = Counter()
        self._brackets: dict[str, str] = {}
        self._lower = _lower_words(documents)
        self._inside = _capitals_inside(documents)
        for document in documents:
            for sentence in _sentences(document):
                self._learn(tokens(document.text, sentence))
        self._known = _Known(kinds={name: self._kind(name, seen) for name, seen in self._seen.items()})
        self._learn_short()
        self._pattern = _alternation([*self._known.kinds, *self._known.alias])

    def full(self, name: str) -> str:
        """The fullest known form of a name: a family name alone is the person it belongs to; titles fall away."""
        bare = _untitled(name)
        return (
            self._known.alias.get(name) or self._known.alias.get(bare) or (bare if bare in self._known.kinds else name)
        )

    def is_person(self, name: str) -> bool:
        """Whether the name is a learned person."""
        return self._known.kinds.get(name) == "person"

    def is_place(self, name: str) -> bool:
        """Whether the name is a learned place."""
        return self._known.kinds.get(name) == "place"

    def short(self, name: str) -> str:
        """The form a person is named by after the first time: most often alone, else the last word."""
        if not self.is_person(name):
            return name
        forms = [word for word in name.split() if self._known.alias.get(word) == name]
        return max(forms, key=lambda w: (self._short[w], w)) if forms else name.split()[-1]

    def in_text(self, text: str) -> list[str]:
        """The full names of people and bodies in a text, in order of first appearance, short forms resolved."""
        if self._pattern is None:
            return []
        found = dict.fromkeys(self.full(m[0]) for m in self._pattern.finditer(text))
        return [name for name in found if self._known.kinds.get(name, "other") != "place"]

    def runs(self, row: Sequence[Token]) -> list[Run]:
        """The runs of capitalised words of a sentence that may be names."""
        out: list[Run] = []
        i = 0
        while i < len(row):
            end = self._run_end(row, i)
            if end > i:
                out.append(_run(row, i, end))
            i = max(end, i + 1)
        return [run for run in out if run.name]

    # --- runs

    def _run_end(self, row: Sequence[Token], i: int) -> int:
        if not self._starts(row, i):
            return i
        j = i + 1
        while j < len(row):
            if self._goes_on(row, j):
                j += 1
            elif _of_name(row, j) or (row[j].low in _JOINS and _capital(row, j + 1)):
                j += 2 if row[j + 1].capital else 3
            else:
                break
        return j

    def _starts(self, row: Sequence[Token], i: int) -> bool:
        if not _capital(row, i):
            return False
        low = row[i].low
        opens = i == 0 or row[i - 1].kind == "mark"
        if not opens:
            return low not in lexicon().words.pronouns
        if low in lexicon().function or low in lexicon().people.known_bodies:
            return False
        if _capital(row, i + 1):
            return True
        if row[i].text in lexicon().people.bodies | lexicon().people.places:
            return False
        if row[i].text in self._inside:
            return True
        return self._unlike_noun(low) and i + 1 < len(row) and _follows_subject(row[i + 1])

    def _unlike_noun(self, low: str) -> bool:
        """Whether a word that opens a sentence is neither known in lower case nor shaped like a common noun."""
        people, lex = lexicon().people, lexicon()
        if low in self._lower or lex.readings(low) or lex.singular(low) != low or low.endswith("ing"):
            return False
        return (
            low not in lex.actions.nouns
            and low not in people.roles
            and low.title() not in people.bodies | people.places
        )

    def _goes_on(self, row: Sequence[Token], j: int) -> bool:
        adjacent = row[j].start - row[j - 1].end <= 1
        if row[j].low == "." and row[j].kind == "mark":
            return row[j].start == row[j - 1].end and _dotted(row[j - 1].text) and _capital(row, j + 1)
        return adjacent and _capital(row, j) and row[j].low not in lexicon().words.pronouns

    # --- learning

    def _learn(self, row: Sequence[Token]) -> None:
        for run in self.runs(row):
            seen = self._seen.setdefault(run.name, _Seen())
            before = row[run.start - 1].low if run.start else ""
            seen.count += 1
            seen.person += run.titled or self._explained(row, run, before)
            seen.placed += _is_placed(row, run)
            seen.owned += before in {"his", "her", "its", "their", "a", "an"}
            if run.affiliation:
                self._seen.setdefault(run.affiliation, _Seen()).body += 1
            if " " not in run.name:
                self._short[run.name] += 1
            self._bracketed(row, run)

    def _explained(self, row: Sequence[Token], run: Run, before: str) -> bool:
        """Whether a role, an age or a verb of speech by a name of several words says it is a person."""
        if " " not in run.name:
            return False
        people = lexicon().people
        if before == "," and run.start > 1 and row[run.start - 2].low in people.roles:
            return True  # "his assistant, Juno Park, …"
        if before in people.roles or (run.end < len(row) and row[run.end].low in _SAID):
            return True
        if run.end + 1 >= len(row) or row[run.end].low not in {",", "("}:
            return False
        if row[run.end + 1].kind == "number" and len(row[run.end + 1].text) <= 3:
            return True
        part: list[str] = []
        for token in row[run.end + 1 : run.end + 1 + _APPOSITION]:
            if token.kind == "mark":
                break
            part.append(token.low)
        return bool(part) and part[0] not in lexicon().words.prepositions and any(word in people.roles for word in part)

    def _bracketed(self, row: Sequence[Token], run: Run) -> None:
        """ "National Rail Board (NRB)"."""
        inside = row[run.end : run.end + 3]
        if len(inside) == 3 and inside[0].low == "(" and inside[2].low == ")" and inside[1].text.isupper():
            initials = "".join(w[0] for w in run.name.split() if w[0].isupper())
            if inside[1].text == initials:
                self._brackets[inside[1].text] = run.name

    def _kind(self, name: str, seen: _Seen) -> Kind:
        people = lexicon().people
        last = name.split()[-1]
        if seen.person and last not in people.bodies:
            return "person"
        if last in people.bodies or name.split()[0] in people.of_bodies or seen.body:
            return "body"
        if name.split()[0] in people.places or _ROAD.fullmatch(name):
            return "place"
        if last in people.places or 2 * seen.placed > seen.count or seen.owned == seen.count:
            return "place" if last in people.places or seen.placed else "other"
        return "other"

    def _learn_short(self) -> None:
        kinds, alias = self._known.kinds, self._known.alias
        alias.update(self._brackets)
        for word in [w for w in self._short if kinds[w] != "place" or self._part_of_person(w)]:
            longer = [n for n in kinds if n != word and " " in n and self._may_mean(word, n)]
            longer.sort(key=lambda n: (-self._seen[n].count, n))
            if len(longer) > 1 and self._seen[longer[0]].count < _DOMINANT * self._seen[longer[1]].count:
                continue
            if longer:
                alias[word] = longer[0]
                kinds.pop(word, None)
        for name in [n for n in kinds if kinds[n] == "other" and any(alias.get(w) == n for w in n.split()[1:])]:
            kinds[name] = "person"  # a name whose last word stands for it

    def _part_of_person(self, word: str) -> bool:
        return any(word in name.split() for name, kind in self._known.kinds.items() if kind == "person")

    def _may_mean(self, word: str, name: str) -> bool:
        kind = self._known.kinds[name]
        parts = name.split()
        if kind == "person":
            return word in parts
        if kind == "other":
            return len(parts) <= 3 and word == parts[-1] and word not in lexicon().people.places
        return kind == "body" and word == parts[0] and self._seen[word].placed < self._seen[word].count


def _run(row: Sequence[Token], start: int, end: int) -> Run:
    """The name in a run: what follows a title is a person, what stands before it the body the person belongs to."""
    words = [t.text for t in row[start:end]]
    if words[-1] in lexicon().people.bodies | lexicon().people.places:
        return Run(start, end, _joined(words))  # the General of "Vell General Hospital" is no title
    titles = lexicon().people.titles
    for i in range(len(words)):
        for size in (3, 2, 1):
            title = " ".join(words[i : i + size]).replace(" .", ".")
            if size <= len(words) - i and title in titles:
                rest = _joined(words[i + size :])
                before = _joined(words[:i])
                return Run(start, end, rest or before, bool(rest), before if rest else "")
    return Run(start, end, _joined(words))


def _joined(words: Sequence[str]) -> str:
    return re.sub(r" (?=[.])", "", " ".join(words)).strip(" .") if words else ""


def _is_placed(row: Sequence[Token], run: Run) -> bool:
    """Whether the words around a run take it for a place: "in …", "the … district", "flew to …"."""
    lex = lexicon()
    i = run.start - 1
    while i >= 0 and (row[i].low in lex.words.determiners or row[i].low in lex.people.regions):
        i -= 1
    if i < 0:
        return False
    if run.end < len(row) and row[run.end].low in lex.people.common_places:
        return True
    going = (
        row[i].low == "to"
        and i > 0
        and any(
            lex.actions.verbs.get(base, lex.actions.weak.get(base)) in _GOING
            for base, _ in lex.readings(row[i - 1].low)
        )
    )
    return going or row[i].low in _PLACED


def _of_name(row: Sequence[Token], j: int) -> bool:
    """ "Ministry of Health", "Bank of the North"."""
    if row[j].low != "of" or row[j - 1].text not in lexicon().people.of_bodies:
        return False
    return _capital(row, j + 1) or (j + 1 < len(row) and row[j + 1].low == "the" and _capital(row, j + 2))


def _capital(row: Sequence[Token], i: int) -> bool:
    if i >= len(row) or not row[i].capital or row[i].text in lexicon().people.not_names:
        return False
    return not row[i].text.endswith(".")  # "U.S." before a noun is no name of its own


def _dotted(word: str) -> bool:
    return len(word) == 1 or f"{word}." in lexicon().people.titles or f"{word}." in lexicon().people.abbreviations


def _follows_subject(token: Token) -> bool:
    """Whether a verb, a helper or a possessive stands there."""
    if token.kind != "word" or token.capital:
        return False
    return token.low == "'s" or token.low in lexicon().words.helpers or bool(lexicon().readings(token.low))


def _untitled(name: str) -> str:
    words = name.split()
    for size in (3, 2, 1):
        if len(words) > size and " ".join(words[:size]) in lexicon().people.titles:
            return _untitled(" ".join(words[size:]))
    return name


def _blocks(document: Document) -> list[Span]:
    if not document.blocks:
        return [Span(start=0, end=len(document.text))]
    return [b.span for b in document.blocks if b.kind.is_content]


def _sentences(document: Document) -> list[Span]:
    return [s for block in _blocks(document) for s in sentences(document.text, story(document.text, block))]


def _lower_words(documents: Iterable[Document]) -> frozenset[str]:
    return frozenset(w for d in documents for w in re.findall(r"(?<![^\W_])[a-z][\w’'-]*", d.text))


def _capitals_inside(documents: Iterable[Document]) -> frozenset[str]:
    """Words capitalised where no sentence begins."""
    return frozenset(w for d in documents for w in re.findall(r"(?<=[a-z,] )[A-Z][\w’'-]*", d.text))


def _alternation(words: Iterable[str]) -> re.Pattern[str] | None:
    usable = sorted({w for w in words if len(w) >= 2}, key=lambda w: (-len(w), w))
    return re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, usable)) + r")(?![\w-])") if usable else None
