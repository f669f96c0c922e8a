"""Who tells it: the speaker of a sentence, as written, and how near he stands to the fact."""

from __future__ import annotations

import re

from timeline.languages.en.prose.clauses import Clauses
from timeline.languages.en.prose.lexicon import Lexicon
from timeline.languages.en.prose.parting import Part
from timeline.languages.en.prose.wording import Wording
from timeline.model import Authority

_PIECE = r"(?:[A-Z][a-z]{0,3}\.|[^\s,.;]+)"
_ACCORDING = re.compile(rf"(?i:\baccording to) ({_PIECE}(?: {_PIECE}){{0,9}})")


class Voice:
    """Finds the speaker of the statements of one sentence."""

    def __init__(self, sentence: str, clauses: Clauses, wording: Wording, lexicon: Lexicon) -> None:
        self.sentence = sentence
        self.clauses = clauses
        self.wording = wording
        self.table = lexicon.status
        self.words = lexicon.words

    def of(self, part: int) -> tuple[str | None, Authority]:
        """The speaker of a part and his authority; no speaker means the outlet's own report."""
        speaker = self._speaker(part)
        if speaker is None and (match := _ACCORDING.search(self.sentence)) is not None:
            speaker = match[1].strip()
        if speaker is None:
            return None, Authority.OWN
        return speaker, Authority.HEARSAY if self._anonymous(speaker) else Authority.ATTRIBUTED

    def _anonymous(self, speaker: str) -> bool:
        near = f" {self.sentence.lower()} "
        named = f" {speaker.lower()} "
        for phrase in self.table.phrases.anonymous:
            within = named if phrase in {"source", "sources", "the people", "one of the people"} else near
            if f" {phrase} " in within.replace(",", " ").replace(".", " "):
                return True
        return False

    def _speaker(self, part: int) -> str | None:
        for index, other in enumerate(self.clauses.parts):
            if index == part or other.group.verb not in self.table.report_verbs or not other.group.finite:
                continue
            if other.group.negated or other.group.passive or not self._covers(index, part):
                continue
            return self._words(other)
        return None

    def _covers(self, index: int, part: int) -> bool:
        """Whether what a verb of saying reports takes in another part."""
        if index < part:
            following = self.clauses.parts[index + 1]
            return following.link == "that" and all(
                p.link in {"that", "coordinated", "adverbial", "relative", "closing", "none", "comma"}
                for p in self.clauses.parts[index + 1 : part + 1]
            )
        return self.clauses.parts[index].link in {"comma", "none", "start"}

    def _words(self, part: Part) -> str | None:
        begin, end = part.subject
        words = self.wording.phrase(begin, end)
        words = re.sub(r"^(?:The|An?) (?=[a-z])", lambda m: m[0].lower(), words)
        return words if words and words.lower() not in self.words.pronouns - {"some", "others"} else None
