"""What resolution knows at a point of the text: the fixed scene (publication, zone, pack) and the story so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from timeline.interval import Grain
from timeline.language import TimeGrammar
from timeline.model import AnchorKind, Mention, Span
from timeline.resolve.clause import NEAR
from timeline.resolve.clause import Clause as Clause  # with the scene and the story, what a reading is made from
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
        if self.clause is None or not self.span.end < at < self.span.end + NEAR:
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
