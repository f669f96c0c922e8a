"""What resolution knows at a point of the text: the fixed scene (publication, zone, pack) and the story so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from timeline.interval import Grain
from timeline.language import ClauseCues, TimeGrammar
from timeline.model import AnchorKind, Mention, Span
from timeline.timex import Part


@dataclass(slots=True)
class Reading:
    """A resolved time in wall-clock terms of ``zone`` (``None``: the document's): half-open nominal and widest.

    ``past_midnight`` is true where the hour of a night lies on the date after the day it is told of (27일 밤 12시).
    """

    start: datetime
    end: datetime
    grain: Grain
    kind: AnchorKind
    low: datetime | None = None
    high: datetime | None = None
    approximate: bool = False
    why: list[str] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    zone: str | None = None
    anchor_span: Span | None = None
    duration: str | None = None
    past_midnight: bool = False

    def moved(self, by: timedelta) -> None:
        """Shift the whole reading."""
        self.start, self.end = self.start + by, self.end + by
        self.low = self.low + by if self.low else None
        self.high = self.high + by if self.high else None


@dataclass(slots=True)
class Other:
    """Another reading, and why it is kept."""

    start: datetime
    end: datetime
    grain: Grain
    why: str


@dataclass(slots=True)
class Days:
    """A stretch of whole days ``[first, last)`` with its grain, anchor and reasons."""

    first: date
    last: date
    grain: Grain
    kind: AnchorKind
    why: list[str] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)
    approximate: bool = False
    low: date | None = None
    high: date | None = None
    anchor_span: Span | None = None

    @property
    def is_day(self) -> bool:
        """Whether it is a single day."""
        return (self.last - self.first).days == 1


@dataclass(frozen=True, slots=True)
class Scene:
    """What holds for the whole document: its pack, the zone its clock is in (``timezone``), the zone to answer in
    (``output``), and its publication on that clock: a day, perhaps a moment. ``marked``: the minutes of the day of the
    clock times that say their half of the day.
    """

    grammar: TimeGrammar
    timezone: str
    output: str
    now: datetime | None
    now_is_moment: bool
    now_grain: Grain = Grain.MINUTE
    dateline: str | None = None
    marked: tuple[int, ...] = ()

    @property
    def today(self) -> date | None:
        """The day of publication, if known."""
        return self.now.date() if self.now is not None else None


@dataclass(slots=True)
class Told:
    """A time already told: where, what it resolved to, and the clause it stands in."""

    span: Span
    reading: Reading
    clause: Clause | None = None
    _stems: tuple[str, ...] | None = None

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words of its clause, found when first asked for."""
        if self._stems is None:
            self._stems = self.clause.stems if self.clause is not None else ()
        return self._stems

    def stems_before(self, at: int) -> tuple[str, ...]:
        """The stems that stand before ``at``: the words another time is counted from are not of this one's event."""
        if self.clause is None or not self.span.end < at < self.span.end + _NEAR:
            return self.stems
        return self.clause.stems_within(at - self.span.end)


@dataclass(slots=True)
class Waiting:
    """A mention counted from an event that the text may tell later, with the clock time told before it, ``near`` if in
    the same paragraph.
    """

    index: int
    mention: Mention
    clause: Clause
    scene: Scene
    moment: Reading | None
    moment_span: Span | None
    near: Span | None = None


@dataclass(slots=True)
class Story:
    """The narrative focus. ``day`` is the day the report tells, ``last`` the day told last, ``clock_day`` that of
    clock times.

    ``here`` is the last day told in this paragraph that was not a look back. ``moment`` is the last clock time told, ``period``
    the last day or longer period, which "the same month" goes back to.
    """

    day: date | None = None
    day_span: Span | None = None
    day_is_today: bool = False
    last: date | None = None
    last_span: Span | None = None
    here: date | None = None
    here_span: Span | None = None
    clock_day: date | None = None
    clock_span: Span | None = None
    moment: Reading | None = None
    moment_span: Span | None = None
    moment_here: bool = False
    part: Part | None = None
    period: date | None = None
    period_span: Span | None = None
    period_grain: Grain = Grain.DAY
    year: date | None = None
    year_is_day: bool = False
    first_told: Told | None = None
    told: list[Told] = field(default_factory=list)
    days_told: list[Told] = field(default_factory=list)
    current: Span | None = None
    all_told: bool = False
    wait: bool = False
    waiting: list[Waiting] = field(default_factory=list)

    def tell(self, told: Told, announced: bool = False) -> None:
        """Keep a time under the words of its clause, by which what is counted from it finds it: a clock time, or a day.

        The day something was ``announced`` is not the day of the event announced.
        """
        if told.reading.grain.order <= Grain.DAY.order and not announced:
            self.days_told.append(told)
        if not told.reading.grain.is_clock():
            return
        self.first_told = self.first_told or told
        self.told.append(told)

    @property
    def moment_is_stale(self) -> bool:
        """Whether a later day was told after the last clock time: what is counted on is not counted from that time."""
        if self.moment is None or self.moment_span is None or self.last is None or self.last_span is None:
            return False
        return self.last_span.start > self.moment_span.start and self.last > self.moment.start.date()

    def telling(self, stems: Sequence[str], among: list[Told]) -> list[Told]:
        """Those of the times told in whose clause one of the words stands, save the one being read."""
        return [told for told in among if told.span != self.current and any(stem in told.stems for stem in stems)]

    def telling_before(self, at: int, stems: Sequence[str]) -> list[Told]:
        """Those of the times told in whose clause, before ``at``, one of the words stands, save the one being read."""
        others = [told for told in self.told if told.span != self.current]
        return [told for told in others if not set(stems).isdisjoint(told.stems_before(at))]

    def told_in(self, clause: Clause) -> bool:
        """Whether the sentence has told a day before."""
        return self.here_span is not None and self.here_span.start >= clause.start

    def after_heading(self) -> Story:
        """What a heading leaves: the day the report tells and what was told; no clock, no day told last."""
        return Story(
            day=self.day,
            day_span=self.day_span,
            day_is_today=self.day_is_today,
            first_told=self.first_told,
            told=self.told,
            days_told=self.days_told,
        )

    def new_paragraph(self) -> None:
        """What a paragraph's end closes."""
        self.here = self.here_span = None
        self.moment_here = False
        self.year = None


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
        return self.cues is not None and self.cues.moved_to is not None and bool(self.cues.moved_to.search(self.before))

    @property
    def formerly(self) -> bool:
        """Whether the expression tells what was meant at first and given up ("당초 어제 오전 9시에 하려던 것을")."""
        return self.cues is not None and self.cues.formerly is not None and bool(self.cues.formerly.search(self.before))

    @property
    def day_beside(self) -> bool:
        """Whether the expression is the day before or after an event, not its day ("사고 전날인 12일")."""
        return (
            self.cues is not None
            and self.cues.day_beside is not None
            and bool(self.cues.day_beside.search(self.before))
        )

    @property
    def said_on(self) -> int | None:
        """The number of the day on which the sentence was said, told after the expression ("…했다고 9일 밝혔다")."""
        found = (
            self.cues.said_on.search(self.after) if self.cues is not None and self.cues.said_on is not None else None
        )
        return int(found["n"]) if found is not None else None

    @property
    def attribution(self) -> bool:
        """Whether the expression dates a statement: "28일 재계에 따르면"."""
        return self.cues is not None and self.cues.attribution.match(self.after) is not None

    @property
    def stems(self) -> tuple[str, ...]:
        """The stems of the words of the expression's own clause."""
        return self.stems_within(_NEAR)

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


_NEAR = 80  # characters after an expression in which its event is told
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_CLOSING = re.compile(r"[\"”]")


def outside_quotes(before: str, after: str) -> str:
    """What follows an expression on its own level: the rest of its quotation, or the sentence without what it quotes."""
    opened = before.count("“") - before.count("”") + before.count('"') % 2
    if opened > 0:
        closing = _CLOSING.search(after)
        return after[: closing.start()] if closing else after
    return _QUOTED.sub(" ", after)
