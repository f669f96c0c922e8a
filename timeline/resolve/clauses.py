"""The clause a time expression stands in: what is before and after it in its sentence, its tense, its part of day."""

from __future__ import annotations

from bisect import bisect_right

from timeline.language import TimeGrammar
from timeline.model import Mention
from timeline.resolve.state import Clause

_REACH = 160  # characters of a sentence looked at on either side


class Sentences:
    """The sentences of a stretch of text, found once; clauses are cut from them on request.

    ``alone`` is false where the stretch is one of several of a document, which is then no query whatever it holds.
    """

    def __init__(self, text: str, start: int, end: int, grammar: TimeGrammar, alone: bool = True) -> None:
        self.text, self.start, self.end = text, start, end
        self.grammar = grammar
        self._ends = [match.end() for match in grammar.cues.sentence_end.finditer(text, start, end)]
        self._spans: list[tuple[int, int]] = []
        self._own: list[tuple[int, int]] = []
        self._letters: bool | None = None if alone else True

    def occupy(self, spans: list[tuple[int, int]]) -> None:
        """Tell which characters are time expressions, so that a text of nothing else can be known."""
        self._spans = spans

    def set_aside(self, spans: list[tuple[int, int]]) -> None:
        """Tell which expressions say their own am or pm: their words say nothing of the times beside them."""
        self._own = spans

    def _without_own(self, start: int, end: int) -> str:
        """The text from ``start`` to ``end`` with those expressions blanked."""
        if not self._own:
            return self.text[start:end]
        out, position = [], start
        first = max(0, bisect_right(self._own, (start, 0)) - 1)
        for low, high in self._own[first:]:
            if low >= end:
                break
            if high > position:
                out += [self.text[position : max(low, position)], " " * (min(high, end) - max(low, position))]
                position = min(high, end)
        out.append(self.text[position:end])
        return "".join(out)

    def _all_times(self) -> bool:
        """Whether the stretch holds no letters beside its time expressions and a particle: a query, not a report."""
        if self._letters is None:
            self._letters = self.end - self.start > 80 or self._other_letters()
        return not self._letters

    def _other_letters(self) -> bool:
        """Whether more than one letter or digit stands outside the time expressions."""
        letters, position = 0, self.start
        for start, end in (*self._spans, (self.end, self.end)):
            for char in self.text[position:start]:
                letters += char.isalnum()
                if letters > 1:
                    return True
            position = end
        return False

    def clause(self, mention: Mention) -> Clause:
        """What stands around the mention."""
        start, end = mention.span.start, mention.span.end
        index = bisect_right(self._ends, start)
        low = max(self.start, self._ends[index - 1] if index else self.start)
        index = bisect_right(self._ends, end)
        high = min(self.end, self._ends[index] if index < len(self._ends) else self.end)
        before = self._without_own(max(low, start - _REACH), start)
        after = self._without_own(end, min(high, end + _REACH))
        return Clause(
            before=before,
            after=after,
            cues=self.grammar.cues,
            bare=self._all_times(),
            start=low,
            low=max(low, start - _REACH),
            paragraph=self.text[max(self.start, start - 400) : min(self.end, end + 200)],
        )
