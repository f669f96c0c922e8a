"""From a reading to a mention: its interval in the document's zone, its anchor, alternatives and TIMEX3 value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from timeline import calendar
from timeline.interval import Grain, Interval, timex3
from timeline.model import Alternative, Anchor, AnchorKind, Mention, TimexType
from timeline.resolve.days import NEARER
from timeline.resolve.hours import in_part
from timeline.resolve.state import Other, Reading, Scene
from timeline.timex import Elapsed, Timex


def finish(mention: Mention, reading: Reading | None, scene: Scene) -> Mention:
    """The mention with its interval in the document's zone, its anchor, its alternatives and its TIMEX3 value."""
    timex = mention.timex
    if reading is None or timex is None:
        value = set_value(timex) if timex is not None and timex.every is not None else mention.duration or ""
        if timex is not None and timex.amount is not None and timex.elapsed is Elapsed.WITHIN:
            length = timex.amount.iso()
            return mention.altered(type=TimexType.DURATION, duration=length, timex3=length)
        return mention.altered(timex3=value)
    zone = calendar.zone(reading.zone or scene.timezone)
    home = calendar.zone(scene.output)

    def place(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        placed = calendar.localize(moment, zone)
        return placed if reading.zone is None and scene.output == scene.timezone else placed.astimezone(home)

    start, end = place(reading.start), place(reading.end)
    if start is not None and end is not None and start == end and reading.start and reading.end:
        end = start + (reading.end - reading.start)  # the clocks skipped all of it
    interval = Interval.trusted(
        start=start,
        end=end,
        earliest=place(reading.low) if reading.low is not None else start,
        latest=place(reading.high) if reading.high is not None else end,
        grain=reading.grain,
        approximate=reading.approximate,
    )
    local = reading.zone not in (None, scene.timezone) or (
        scene.dateline is not None and reading.kind is not AnchorKind.EXPLICIT
    )
    kind = AnchorKind.LOCAL_TIME if local else reading.kind
    anchor = Anchor.trusted(
        kind=kind,
        at=calendar.localize(scene.now, home) if scene.now is not None and kind is AnchorKind.PUBLICATION else None,
        mention=reading.anchor_span,
        why=tuple(dict.fromkeys(reading.why)),
    )
    others = tuple(_alternative(row, place, reading) for row in reading.others)
    return mention.altered(
        interval=interval,
        anchor=anchor,
        alternatives=others,
        type=_type(mention, timex, reading),
        duration=reading.duration or (mention.duration if timex.first is not None else None),
        timex3=_value(timex, reading, interval),
    )


def _type(mention: Mention, timex: Timex, reading: Reading) -> TimexType:
    if timex.first is not None or mention.type is TimexType.RANGE:
        return TimexType.RANGE
    return TimexType.TIME if reading.grain.order <= Grain.PART_OF_DAY.order else TimexType.DATE


def _alternative(row: Other, place: Callable[[datetime | None], datetime | None], reading: Reading) -> Alternative:
    start, end = place(row.start), place(row.end)
    interval = Interval.trusted(
        start=start, end=end, earliest=start, latest=end, grain=row.grain, approximate=reading.approximate
    )
    return Alternative.trusted(interval=interval, why=row.why)


_PART_CODES = {
    "dawn": "EM",
    "morning": "MO",
    "forenoon": "MO",
    "midday": "MI",
    "lunch": "MI",
    "afternoon": "AF",
    "evening": "EV",
    "night": "NI",
    "late_night": "NI",
    "overnight": "NI",
    "daytime": "DT",
    "sunrise": "MO",
    "sunset": "EV",
}


def _value(timex: Timex, reading: Reading, interval: Interval) -> str:
    if timex.first is not None:
        return f"{_edge(interval.start, reading.grain)}/{_edge(interval.end, reading.grain)}"
    if reading.grain is Grain.PART_OF_DAY and timex.part is not None and interval.start is not None:
        return f"{interval.start:%Y-%m-%d}T{_PART_CODES.get(timex.part, 'NI')}"
    return timex3(interval)


def _edge(moment: datetime | None, grain: Grain) -> str:
    if moment is None:
        return ".."
    return moment.strftime("%Y-%m-%dT%H:%M" if grain.order <= Grain.PART_OF_DAY.order else "%Y-%m-%d")


def set_value(timex: Timex) -> str:
    """The TIMEX3 value of a set: ``XXXX-WXX-1T09`` for every Monday at nine."""
    clock = ""
    if timex.hour is not None:
        hour = timex.hour if timex.part is None else _hour_in(timex)
        clock = f"T{hour:02d}" + (f":{timex.minute:02d}" if timex.minute is not None else "")
    if timex.weekday is not None:
        return f"XXXX-WXX-{timex.weekday + 1}{clock}"
    if timex.every == "year":
        return f"XXXX-{timex.month:02d}-{timex.day:02d}{clock}" if timex.month and timex.day else "XXXX"
    if timex.every == "month":
        return f"XXXX-XX-{timex.day:02d}{clock}" if timex.day and timex.day > 0 else "XXXX-XX"
    return {"week": "XXXX-WXX", "day": f"XXXX-XX-XX{clock}", "hour": "XXXX-XX-XXTXX", "quarter": "XXXX-QX"}.get(
        timex.every or "", "XXXX"
    )


def _hour_in(timex: Timex) -> int:
    assert timex.hour is not None
    assert timex.part is not None
    return in_part(timex.hour, timex.part) % 24


def agree(mentions: list[Mention]) -> list[Mention]:
    """A bare day whose direction nothing told, as in a headline, is the day of that number the text is sure of."""
    sure = {
        _number(mention): mention.interval.start
        for mention in reversed(mentions)
        if mention.interval is not None
        and mention.interval.start is not None
        and _number(mention)
        and not _unsure(mention)
    }
    return [_moved(mention, sure.get(_number(mention))) if _unsure(mention) else mention for mention in mentions]


def _number(mention: Mention) -> int:
    timex = mention.timex
    return (timex.day or 0) if timex is not None and timex.first is None and timex.shift_unit != "day" else 0


def _unsure(mention: Mention) -> bool:
    bare = mention.timex is not None and mention.timex.month is None and mention.timex.shift_unit is None
    return bare and _number(mention) > 0 and mention.anchor is not None and NEARER in mention.anchor.why


def _moved(mention: Mention, sure: datetime | None) -> Mention:
    interval, anchor = mention.interval, mention.anchor
    if sure is None or interval is None or interval.start is None or anchor is None:
        return mention
    by = sure.date() - interval.start.date()
    if not by:
        return mention
    moments = {
        name: moment + by for name in ("start", "end", "earliest", "latest") if (moment := getattr(interval, name))
    }
    moved = interval.model_copy(update=moments)
    why = (*(reason for reason in anchor.why if reason != NEARER), "the day of that number told elsewhere in the text")
    return mention.altered(interval=moved, anchor=anchor.model_copy(update={"why": why}), timex3=timex3(moved))
