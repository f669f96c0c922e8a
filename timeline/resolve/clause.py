"""What stands around an expression in its sentence: tense, part of the day, what its words say of days told and meant."""

from __future__ import annotations

import re

from timeline.language import ClauseCues
from timeline.timex import Part


class Clause:
    """What stands around an expression in its sentence; what it tells is worked out when asked for.

    ``bare`` is true where the text holds nothing but time expressions: a query rather than a report.
    """

    def __init__(
        self,
        before: str = "",
        after: str = "",
        cues: ClauseCues | None = None,
        bare: bool = False,
        start: int = 0,
        low: int = 0,
        paragraph: str = "",
        tense: int | None = None,
    ) -> None:
        self.before, self.after, self.cues, self.bare, self.start = before, after, cues, bare, start
        self.paragraph = paragraph
        self._low = low
        self._tense = tense
        self._near: str | None = None

    def told_as_plan(self) -> Clause:
        """The same clause read as telling a plan: the second end of a range lies ahead of the first."""
        return Clause(self.before, self.after, self.cues, False, self.start, self._low, self.paragraph, 1)

    @property
    def tense(self) -> int:
        """-1 past, 1 plan, 0 neither, from the words after the expression."""
        if self._tense is None:
            told = outside_quotes(self.before, self.after)
            self._tense = self.cues.tense(self.before, told) if self.cues is not None else 0
        return self._tense

    @property
    def part(self) -> Part | None:
        """The part of the day implied by a word of the clause, the nearest before the expression first."""
        if self.cues is None:
            return None
        return self.cues.part(self._near_before) or self.cues.part(self._near_after)

    @property
    def _near_before(self) -> str:
        if self._near is None:
            assert self.cues is not None
            cut = 0
            for match in self.cues.clause_end.finditer(self.before):
                cut = match.end()
            self._near = self.before[cut:]
        return self._near

    @property
    def _near_after(self) -> str:
        assert self.cues is not None
        match = self.cues.clause_end.search(self.after)
        return self.after[: match.start()] if match else self.after

    @property
    def speech(self) -> bool:
        """Whether the sentence is one of saying or announcing, after the expression."""
        return self.cues is not None and self.cues.speech.search(self.after) is not None

    @property
    def moved_to(self) -> bool:
        """Whether the expression is the second of "from … to …": what is moved may go past the publication."""
        return self.cues is not None and _found(self.cues.moved_to, self.before) is not None

    @property
    def formerly(self) -> bool:
        """Whether the expression tells what was meant at first and given up ("당초 어제 오전 9시에 하려던 것을")."""
        return self.cues is not None and _found(self.cues.formerly, self.before) is not None

    @property
    def day_beside(self) -> bool:
        """Whether the expression is the day before or after an event, not its day ("사고 전날인 12일")."""
        return self.cues is not None and _found(self.cues.day_beside, self.before) is not None

    @property
    def said_on(self) -> int | None:
        """The number of the day on which the sentence was said, told after the expression ("…했다고 9일 밝혔다")."""
        found = _found(self.cues.said_on, self.after) if self.cues is not None else None
        return int(found["n"]) if found is not None else None

    @property
    def attribution(self) -> bool:
        """Whether the expression dates a statement: "28일 재계에 따르면"."""
        return self.cues is not None and self.cues.attribution.match(self.after) is not None

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words of the expression's own clause."""
        return self.stems_within(NEAR)

    def stems_within(self, reach: int) -> tuple[str, ...]:
        """The stems before the expression in its clause, and of that many characters after it."""
        if self.cues is None:
            return ()
        return self.cues.events(self._near_before[-40:]) + self.cues.events(self.after[:reach])

    @property
    def zone(self) -> str | None:
        """The zone of a place named in the sentence or near it."""
        if self.cues is None:
            return None
        return self.cues.places(self.before[-60:] + " " + self.after) or self.cues.places(self.paragraph)

    @property
    def before_is_open(self) -> bool:
        """Whether the expression begins its clause."""
        stripped = self.before.rstrip()
        return not stripped or stripped[-1] in ",.·" or (self.cues is not None and not self._near_before.strip())


NEAR = 80  # characters after an expression in which its event is told
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_CLOSING = re.compile(r"[\"”]")


def _found(pattern: re.Pattern[str] | None, text: str) -> re.Match[str] | None:
    return pattern.search(text) if pattern is not None else None


def outside_quotes(before: str, after: str) -> str:
    """What follows an expression on its own level: the rest of its quotation, or the sentence without what it quotes."""
    opened = before.count("“") - before.count("”") + before.count('"') % 2
    if opened > 0:
        closing = _CLOSING.search(after)
        return after[: closing.start()] if closing else after
    return _QUOTED.sub(" ", after)
