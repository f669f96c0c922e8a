"""Amounts of time that an anchor turns into a time: three days ago, two hours later, seven minutes after the report."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from timeline import calendar
from timeline.interval import Grain
from timeline.model import AnchorKind, Span
from timeline.resolve.days import resolve_days
from timeline.resolve.state import Clause, Reading, Scene, Story, Told
from timeline.resolve.windows import deadline, shift_moment, window
from timeline.timex import Amount, Base, Elapsed, Timex

_DAY = timedelta(days=1)
_CLOCK_UNITS = ("hours", "minutes", "seconds")


def resolve_amount(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """The time the amount leads to, or ``None`` where it is a length and no more."""
    assert timex.amount is not None
    if timex.head is not None:
        return _from_head(timex, timex.amount, scene, story, clause)
    if timex.elapsed in (Elapsed.LAST, Elapsed.NEXT):
        return window(timex, timex.amount, scene, clause)
    if timex.elapsed is Elapsed.WITHIN:
        return None if clause.tense < 0 else deadline(timex.amount, scene)
    if timex.elapsed is Elapsed.AGO:
        return _ago(timex, timex.amount, scene, story, clause)
    if timex.elapsed is Elapsed.LATER:
        return _later(timex, timex.amount, scene, story, clause)
    if timex.elapsed is Elapsed.AFTER_EVENT:
        return _after_event(timex, timex.amount, scene, story, clause)
    if timex.elapsed is Elapsed.NTH_DAY:
        return _nth_day(timex.amount, story, clause)
    return None


def _reading(
    moment: datetime | None, amount: Amount, kind: AnchorKind, timex: Timex, clock: bool | None = None
) -> Reading | None:
    """A reading at the grain the amount was said in: counted in days it is a day, in hours a minute."""
    if moment is None:
        return None
    if (amount.unit in _CLOCK_UNITS) if clock is None else clock:
        seconds = amount.unit == "seconds"
        start = moment.replace(microsecond=0) if seconds else moment.replace(second=0, microsecond=0)
        length, grain = (timedelta(seconds=1), Grain.SECOND) if seconds else (timedelta(minutes=1), Grain.MINUTE)
        reading = Reading(start, start + length, grain, kind)
        _widen(reading, amount, timex)
        return reading
    start = calendar.midnight(moment.date())
    reading = Reading(start, start + _DAY, Grain.DAY, kind)
    rough = {"weeks": 3, "months": 10, "years": 120}.get(amount.unit, 2 if amount.few else 0)
    if rough or timex.approximate:
        reading.approximate = amount.unit == "weeks" or timex.approximate or amount.few
        reading.low, reading.high = start - timedelta(days=rough or 1), reading.end + timedelta(days=rough or 1)
    return reading


def _widen(reading: Reading, amount: Amount, timex: Timex) -> None:
    if timex.approximate or amount.few:
        share = timedelta(
            seconds=max(120.0, amount.seconds_in_all / 10 if not amount.few else amount.seconds_in_all / 2)
        )
        reading.low, reading.high, reading.approximate = reading.start - share, reading.end + share, True


def _from_head(timex: Timex, amount: Amount, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    from timeline.resolve.hours import resolve_moment

    assert timex.head is not None
    sign = -1 if timex.elapsed is Elapsed.AGO else 1
    if timex.head.has_clock:
        base = resolve_moment(timex.head, scene, story, clause)
        if base is None:
            return None
        reading = _reading(shift_moment(base.start, amount, sign), amount, base.kind, timex)
        if reading is not None:
            reading.why = [*base.why, "counted from the time just named"]
        return reading
    days = resolve_days(timex.head, scene, story, clause)
    if days is None:
        return None
    start = calendar.midnight(days.first)
    reading = _reading(shift_moment(start, amount, sign), amount, days.kind, timex)
    if reading is not None:
        reading.why = [*days.why, "counted from the day just named"]
    return reading


def _ago(timex: Timex, amount: Amount, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    event = _event(timex, story, clause, scene)
    if event is not None:
        return _from_event(event, amount, -1, timex)
    if _names_event(timex, clause, scene):
        return None
    if timex.base is Base.LAST and amount.unit in _CLOCK_UNITS and story.moment_here and story.moment is not None:
        return _moved_from(story.moment, story.moment_span, amount, -1, timex, AnchorKind.EVENT)
    if scene.now is None:
        return None
    if amount.few and amount.unit not in _CLOCK_UNITS:
        return None
    if amount.unit in _CLOCK_UNITS and not scene.now_is_moment:
        return None
    if amount.unit == "years" and not clause.bare:
        return _year_away(amount, -1, scene)
    if amount.unit == "months" and amount.months > 1 and not clause.bare:
        return _month_away(amount, scene)
    return _reading(shift_moment(scene.now, amount, -1), amount, AnchorKind.PUBLICATION, timex)


def _month_away(amount: Amount, scene: Scene) -> Reading | None:
    """ "넉 달 전": that month, not the same day of it."""
    day = scene.now.date() if scene.now is not None else None
    first = calendar.month_start(day.year, day.month - int(amount.months)) if day is not None else None
    last = calendar.month_start(first.year, first.month + 1) if first is not None else None
    if first is None or last is None or amount.months != int(amount.months):
        return None
    start, end = calendar.midnight(first), calendar.midnight(last)
    reading = Reading(start, end, Grain.MONTH, AnchorKind.PUBLICATION, approximate=True)
    reading.why.append("counted in months: known to the month")
    return reading


def _year_away(amount: Amount, sign: int, scene: Scene) -> Reading | None:
    assert scene.now is not None
    moved = shift_moment(scene.now, amount, sign)
    if moved is None:
        return None
    year, after = calendar.make_date(moved.year, 1, 1), calendar.make_date(moved.year + 1, 1, 1)
    if year is None or after is None:
        return None
    reading = Reading(
        calendar.midnight(year), calendar.midnight(after), Grain.YEAR, AnchorKind.PUBLICATION, approximate=True
    )
    reading.why.append("counted in years: known to the year")
    return reading


def _later(timex: Timex, amount: Amount, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    event = _event(timex, story, clause, scene)
    if event is not None:
        return _from_event(event, amount, 1, timex)
    clock = amount.unit in _CLOCK_UNITS
    if clock and _names_event(timex, clause, scene):
        return None
    if not clause.bare and clause.tense <= 0:
        return _from_focus(timex, amount, story, clock)
    if scene.now is None or (clock and not scene.now_is_moment):
        return _from_focus(timex, amount, story, clock)
    if amount.unit == "years" and not clause.bare:
        return _year_away(amount, 1, scene)
    return _reading(shift_moment(scene.now, amount, 1), amount, AnchorKind.PUBLICATION, timex)


def _from_focus(timex: Timex, amount: Amount, story: Story, clock: bool) -> Reading | None:
    if clock:
        if story.moment is None:
            return None
        return _moved_from(story.moment, story.moment_span, amount, 1, timex, AnchorKind.EVENT)
    if amount.few:
        return None
    if (
        amount.unit in ("months", "years")
        and story.period is not None
        and story.period_grain.order >= Grain.MONTH.order
    ):
        return _months_on(amount, story.period, story)
    if story.last is None:
        return None
    start = calendar.midnight(story.last)
    reading = _reading(shift_moment(start, amount, 1), amount, AnchorKind.NARRATIVE, timex)
    if reading is not None:
        reading.anchor_span = story.last_span
    return reading


def _months_on(amount: Amount, period: date, story: Story) -> Reading | None:
    """So many months or years after a month or year: a month or year again."""
    moved = shift_moment(calendar.midnight(period), amount, 1)
    month = amount.unit == "months" and story.period_grain is Grain.MONTH
    if moved is None:
        return None
    first = calendar.month_start(moved.year, moved.month if month else 1)
    last = calendar.month_start(moved.year, moved.month + 1) if month else calendar.month_start(moved.year + 1, 1)
    if first is None or last is None:
        return None
    grain = Grain.MONTH if month else Grain.YEAR
    start, end = calendar.midnight(first), calendar.midnight(last)
    return Reading(start, end, grain, AnchorKind.NARRATIVE, approximate=True, anchor_span=story.period_span)


def _moved_from(
    base: Reading, span: Span | None, amount: Amount, sign: int, timex: Timex, kind: AnchorKind
) -> Reading | None:
    start = shift_moment(base.start, amount, sign)
    reading = _reading(start, amount, kind, timex)
    if reading is None:
        return None
    reading.anchor_span, reading.zone = span, base.zone
    if reading.grain is not Grain.MINUTE:
        return reading
    if base.grain is Grain.HOUR:
        reading.approximate = True
        step = start - base.start if start is not None else timedelta(0)
        reading.low, reading.high = (base.low or base.start) + step, (base.high or base.end) + step
    slack = (base.start - base.low) if base.low is not None else timedelta(0)
    lead = (base.high - base.end) if base.high is not None else timedelta(0)
    if base.approximate:
        reading.approximate = True
        reading.low = (reading.low or reading.start) - max(slack, timedelta(0))
        reading.high = (reading.high or reading.end) + max(lead, timedelta(0))
    return reading


# --- counted from an event


def _event(timex: Timex, story: Story, clause: Clause, scene: Scene) -> Told | None:
    """The time told in whose clause the word just before the amount stands ("신고" in "신고 접수 12분 만에").

    An event the text has not told yet is looked for once all is told; a word of onset (발생) then means the first of
    all.
    """
    words = clause.after.split()[:5] if scene.grammar.event_follows else clause.before.split()[-4:]
    if not words:
        return None
    found = _match_event(words, scene, story)
    if timex.amount is not None and timex.amount.unit not in _CLOCK_UNITS:
        return None
    if found is not None or not _names_event(timex, clause, scene):
        return found
    if not story.all_told:
        story.wait = True
        return _told_just_before(timex, story)
    onset = scene.grammar.onset_noun
    if onset is not None and onset.search(clause.before):
        return story.first_told
    return _told_just_before(timex, story)


def _told_just_before(timex: Timex, story: Story) -> Told | None:
    """An event the text tells under no such word ("종료 20분 뒤" after "6시 48분 끝났다") is the one told with a
    clock time just before, in the same paragraph; only what is counted onward is counted so.
    """
    onward = timex.elapsed in (Elapsed.LATER, Elapsed.AFTER_EVENT)
    if not onward or not story.moment_here or story.moment is None or story.moment_span is None:
        return None
    return Told(story.moment_span, story.moment) if story.moment.grain.is_clock() else None


def _match_event(words: list[str], scene: Scene, story: Story) -> Told | None:
    """Nearest before the amount while the text is read, first in the text once all is told."""
    stems = [stem for word in words for stem in scene.grammar.cues.events(word)]
    follows = scene.grammar.event_follows or story.current is None
    at = 0 if story.current is None or follows else story.current.start - len(words[-1])
    found = story.telling_before(at, stems)
    if not found:
        return None
    if story.all_told:
        return min(found, key=_place)
    nearest = scene.grammar.cues.events(words[0] if scene.grammar.event_follows else words[-1])
    return max(
        found,
        key=lambda told: (
            not set(nearest).isdisjoint(told.stems_before(at)),
            _shared(words, told, scene),
            _place(told),
        ),
    )


def _shared(words: list[str], told: Told, scene: Scene) -> int:
    """How many of the words stand in the clause of the time told: of two arrests, that of the persons named."""
    return len({stem for word in words for stem in scene.grammar.cues.events(word)} & set(told.stems))


def _place(told: Told) -> int:
    return told.span.start


def _names_event(timex: Timex, clause: Clause, scene: Scene) -> bool:
    """Whether the words just before the amount name an event that it is counted from."""
    if timex.event is not None:
        return True
    return bool(scene.grammar.event_noun.search(clause.before)) if scene.grammar.event_noun is not None else False


def _from_event(event: Told, amount: Amount, sign: int, timex: Timex) -> Reading | None:
    if amount.unit not in _CLOCK_UNITS:
        return None
    reading = _moved_from(event.reading, event.span, amount, sign, timex, AnchorKind.EVENT)
    if reading is not None:
        reading.why.append(
            "counted from the event named before it" if event.stems else "counted from the clock time told just before"
        )
    return reading


def _after_event(timex: Timex, amount: Amount, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    if amount.unit not in _CLOCK_UNITS:
        return None
    event = _event(timex, story, clause, scene)
    if event is not None:
        return _from_event(event, amount, 1, timex)
    if story.wait or story.moment is None or not story.moment.grain.is_clock() or story.moment_is_stale:
        return None
    reading = _moved_from(story.moment, story.moment_span, amount, 1, timex, AnchorKind.EVENT)
    if reading is not None:
        reading.why.append("counted from the clock time told before it")
    late = reading is not None and scene.now is not None and scene.now_is_moment and reading.start > scene.now
    return None if late and clause.tense < 0 else reading


def _nth_day(amount: Amount, story: Story, clause: Clause) -> Reading | None:
    """사흘째: the nth day, the start day told in the same sentence being the first."""
    if story.here is None or story.here_span is None or clause.bare:
        return None
    if story.here_span.start < clause.start:
        return None
    day = calendar.add_days(story.here, int(amount.days) - 1)
    if day is None:
        return None
    start = calendar.midnight(day)
    return Reading(
        start,
        start + _DAY,
        Grain.DAY,
        AnchorKind.EVENT,
        why=["counted from the start day as the first"],
        anchor_span=story.here_span,
    )
