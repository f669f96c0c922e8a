"""People, bodies and places learned from the documents themselves: titles, appositions, brackets, short forms.

No list of names is kept: "홍길동 대표", "(회장 홍길동)", "홍길동씨" teach a name, after which "홍 대표" is known too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

from timeline.languages.ko.prose.analysis import tokens_of
from timeline.languages.ko.prose.lexicon import people_table
from timeline.model import Document, Span

_DISTRICT = re.compile(
    r"(?<![가-힣])([가-힣]{1,5}(?:특별시|광역시|시|군|구|도)) ([가-힣]{1,5}(?:구|군|읍|면|동|리))"
    r"(?=[은는이가을를과와의]|에|에서|으로|\W|$)"
)
_DOMINANT = 3  # of two people a short form may mean, one must be named this many times as often
_END = r"(?=[은는이가을를과와의도]|에게|에서|께서|에|으로|로|\W|$)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    table = people_table()
    titles = "|".join(sorted(map(re.escape, table.titles), key=len, reverse=True))
    person_titles = "|".join(sorted((re.escape(t) for t in table.titles if len(t) > 1), key=len, reverse=True))
    bodies = "|".join(sorted(map(re.escape, table.bodies), key=len, reverse=True))
    return {
        "titled": re.compile(
            rf"(?<![가-힣A-Za-z])([가-힣]{{2,5}}) (?:(?:[가-힣A-Za-z0-9&·㈜]+ ){{0,3}}?)([가-힣A-Za-z㈜]*?)({person_titles})"
            rf"(?:\([^)]{{1,20}}\))?{_END}"
        ),
        "bracketed": re.compile(rf"\((?:[가-힣A-Za-z ]*?)({person_titles}) ([가-힣]{{2,4}}(?: [가-힣]{{2,5}})?)\)"),
        "plain": re.compile(
            r"(?<![가-힣])([가-힣]{2,4})(?:\(\d{1,3}(?:[^)]{0,12})?\))? ?(?:씨|군|양)(?=[은는이가을를과와의도]|에게|께|\W|$)"
        ),
        "short": re.compile(rf"(?<![가-힣])([가-힣]{{1,2}}) ?({titles}){_END}"),
        "body": re.compile(rf"(?<![가-힣A-Za-z0-9])([가-힣A-Za-z0-9]{{1,10}}(?:{bodies})){_END}"),
        "forename": re.compile(r"(?<![가-힣])([가-힣]{2,5}) $"),
    }


class KoreanNames:
    """What one case's documents teach about its names. ``people`` maps each full name to its titles and affiliations."""

    def __init__(self, documents: Sequence[Document]) -> None:
        self.people: dict[str, Counter[str]] = {}
        self.bodies: Counter[str] = Counter()
        self.places: set[str] = set()
        self._alias: dict[str, str] = {}
        texts = [_content(d) for d in documents]
        for text in texts:
            self._learn_people(text)
            self._learn_bodies(text)
            self._learn_places(text)
        for text in texts:
            self._learn_forenames(text)
        self._known = _alternation([*self.people, *self._alias, *self.bodies, *self.places])

    def full(self, name: str) -> str:
        """The fullest known form of a name: "홍 대표" and "홍길동" are one where only one Hong is known."""
        if name in self._alias:
            return self._alias[name]
        match = _patterns()["short"].fullmatch(name)
        if match is None:
            return name
        same = [p for p in self.people if p.startswith(match[1]) and len(p) == len(match[1]) + 2]
        titled = [p for p in same if any(t.endswith(match[2]) or match[2].endswith(t) for t in self.people[p])]
        candidates = sorted(titled or same, key=lambda p: (-self.people[p].total(), p))
        if len(candidates) > 1 and self.people[candidates[0]].total() < _DOMINANT * self.people[candidates[1]].total():
            return name
        return candidates[0] if candidates else name

    def is_person(self, name: str) -> bool:
        """Whether the name is a learned person."""
        return name in self.people

    def spans(self, text: str, block: Span) -> list[Span]:
        """Where learned names of two or more syllables stand in a block, longest first, without overlaps."""
        if self._known is None:
            return []
        part = block.of(text)
        return [
            Span(start=block.start + m.start(), end=block.start + m.end())
            for m in self._known.finditer(part)
            if m.start() == 0 or not _is_hangul(part[m.start() - 1])
        ]

    def in_text(self, text: str) -> list[str]:
        """The full names standing in a text, in order of first appearance, short forms resolved."""
        found: dict[str, None] = {}
        hits: list[tuple[int, str]] = []
        if self._known is not None:
            hits += [(m.start(), m[0]) for m in self._known.finditer(text)]
        hits += [(m.start(), f"{m[1]} {m[2]}") for m in _patterns()["short"].finditer(text) if len(m[1]) == 1]
        taken: list[tuple[int, int]] = []
        for at, word in sorted(hits):
            if any(a <= at < b for a, b in taken):
                continue
            name = self.full(word)
            if name in self.people or name in self.bodies:
                found.setdefault(name)
                taken.append((at, at + len(word)))
        return list(found)

    def _learn_people(self, text: str) -> None:
        patterns, table = _patterns(), people_table()
        for match in patterns["titled"].finditer(text):
            name, title = match[1], match[2] + match[3]
            if match[3] not in table.reporter_titles and _is_name(
                name, adjacent=match[0].startswith(f"{name} {title}")
            ):
                self.people.setdefault(name, Counter())[match[3]] += 1
        for match in patterns["bracketed"].finditer(text):
            self.people.setdefault(match[2], Counter())[match[1]] += 1
        for match in patterns["plain"].finditer(text):
            if len(match[1]) == 3 and match[1][0] in table.surnames and _is_name(match[1], adjacent=True):
                self.people.setdefault(match[1], Counter())["씨"] += 1

    def _learn_bodies(self, text: str) -> None:
        for match in _patterns()["body"].finditer(text):
            self.bodies[match[1]] += 1

    def _learn_places(self, text: str) -> None:
        """ "누구시 무슨면": a district named after its city teaches both."""
        for match in _DISTRICT.finditer(text):
            self.places.update(match.groups())

    def _learn_forenames(self, text: str) -> None:
        """ "엘리아스 누구" teaches that the bare family name is the same foreign person."""
        for name in [n for n in self.people if " " in n]:
            short = name.split()[-1]
            self._alias.setdefault(short, name)
            self.people[name] += self.people.pop(short, Counter())
        for name in [n for n in self.people if " " not in n and not _korean_shaped(n) and n not in self._alias]:
            for match in re.finditer(rf"(?<![가-힣])([가-힣]{{2,5}}) {re.escape(name)}(?![가-힣]{{2}})", text):
                fore = match[1]
                if _is_foreign_word(fore) and fore not in self.bodies:
                    full = f"{fore} {name}"
                    self.people[full] = self.people.pop(name, Counter()) + self.people.get(full, Counter())
                    self._alias[name] = full
                    break


def _content(document: Document) -> str:
    if not document.blocks:
        return document.text
    return "\n".join(b.span.of(document.text) for b in document.blocks if b.kind.is_content)


def _alternation(words: Iterable[str]) -> re.Pattern[str] | None:
    usable = sorted({w for w in words if len(w) >= 2}, key=lambda w: (-len(w), w))
    return re.compile("|".join(map(re.escape, usable))) if usable else None


def _is_hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def _korean_shaped(name: str) -> bool:
    return len(name) in {2, 3} and name[0] in people_table().surnames


@cache
def _is_name(name: str, *, adjacent: bool) -> bool:
    """Whether a word before a title is a name: surname-shaped and no common word; any unknown word right before a title."""
    table = people_table()
    if name in table.not_names or any(name.endswith(b) for b in table.bodies if len(b) > 1):
        return False
    tokens = tokens_of(name)
    tags = [t.tag for t in tokens]
    unknown = len(tokens) == 1 and tokens[0].unknown
    proper = tags == ["NNP"] and not (name[-1] in "도동시군구역산강" and not unknown)
    if len(name) == 3 and name[0] in table.surnames:
        split = len(tags) > 1 and tags[-1] not in _NO_NAME_ENDS and adjacent
        return unknown or proper or split
    return adjacent and len(name) >= 3 and (proper or unknown)


_NO_NAME_ENDS = frozenset({"JKS", "JKO", "JX", "JKB", "JKG", "JC", "ETM", "EC", "EF", "ETN", "XSN"})


@cache
def _is_foreign_word(word: str) -> bool:
    tokens = tokens_of(word)
    return word not in people_table().not_names and len(tokens) == 1 and (tokens[0].tag == "NNP" or tokens[0].unknown)
