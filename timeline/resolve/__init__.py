"""Resolve time expressions: unresolved Mentions -> Mentions with interval, anchor, alternatives and TIMEX3 value.

The mentions of a document are read in order. Each is resolved against the first anchor that serves: what it says
itself, the narrative focus the text has built up (:class:`timeline.resolve.state.Story`), another event told with a
time, or the publication. What the text leaves open stays open: the interval is then ``None``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from timeline import calendar
from timeline.interval import Grain, Interval, timex3
from timeline.language import Language, TimeGrammar
from timeline.model import Alternative, Anchor, AnchorKind, BlockKind, Document, Mention, Span, TimexType
from timeline.resolve.amounts import resolve_amount
from timeline.resolve.clauses import Sentences
from timeline.resolve.days import NEARER
from timeline.resolve.hours import in_part
from timeline.resolve.ranges import resolve_point, resolve_range
from timeline.resolve.state import Clause, Other, Reading, Scene, Story, Waiting
from timeline.resolve.story import follow
from timeline.timex import Base, Timex

_RESETS = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.HEADING, BlockKind.CAPTION})


def resolve(
    document: Document, mentions: tuple[Mention, ...], language: Language, timezone: str = "Asia/Seoul"
) -> tuple[Mention, ...]:
    """The mentions with what they resolve to in ``timezone``; those that name nothing without an anchor they lack are
    kept unresolved, save words like 당시 that then say nothing at all."""
    grammar: TimeGrammar = language.time()
    scene = scene_of(document, grammar, timezone)
    out: list[Mention] = []
    stories: list[Story] = []
    for start, end, kind, story in _stretches(document):
        sentences = Sentences(document.text, start, end, grammar)
        inside = [mention for mention in mentions if start <= mention.span.start < end]
        local = _caption_scene(scene, inside) if kind is BlockKind.CAPTION else scene
        resolve_in(inside, sentences, local, story, out)
        if not any(story is other for other in stories):
            stories.append(story)
    for story in stories:
        look_back(story, out)
    return tuple(agree(out))


def scene_of(document: Document, grammar: TimeGrammar, timezone: str) -> Scene:
    """What holds for the whole document."""
    published = document.publication.interval
    if published is None or published.start is None:
        return make_scene(document.text, grammar, timezone, None, Grain.DAY)
    return make_scene(document.text, grammar, timezone, published.start, published.grain)


def make_scene(text: str, grammar: TimeGrammar, timezone: str, published: datetime | None, grain: Grain) -> Scene:
    """The scene of a text: its clock is that of its dateline, else (where the language is written in many zones)
    that of its publication time, else the user's.
    """
    dateline = _dateline(text, grammar)
    if published is None:
        return Scene(grammar, dateline or timezone, timezone, None, False, dateline=dateline)
    moment = grain.is_clock()
    home = dateline or timezone
    if dateline is None and grammar.own_zone and moment:
        home = calendar.zone_at(published, timezone)
    now = published.astimezone(calendar.zone(home)) if moment else published
    return Scene(grammar, home, timezone, now.replace(tzinfo=None), moment, grain, dateline)


def _dateline(text: str, grammar: TimeGrammar) -> str | None:
    if grammar.dateline is None:
        return None
    match = grammar.dateline.search(text[:3000])
    return grammar.cues.places(match.group("place")) if match else None


def _stretches(document: Document) -> Iterator[tuple[int, int, BlockKind, Story]]:
    """The content blocks, each with the story it continues: headlines, headings and captions have their own."""
    if not document.blocks:
        yield 0, len(document.text), BlockKind.BODY, Story()
        return
    body = Story()
    for block in document.blocks:
        if not block.kind.is_content:
            continue
        if block.kind is BlockKind.HEADING:
            body = Story(told=body.told)
        yield block.span.start, block.span.end, block.kind, Story() if block.kind in _RESETS else body


def _caption_scene(scene: Scene, mentions: list[Mention]) -> Scene:
    """A caption's own full date, where it has one, dates the words of the caption."""
    for mention in reversed(mentions):
        timex = mention.timex
        if timex is not None and timex.year is not None and timex.month is not None and timex.day is not None:
            day = calendar.make_date(timex.year + (2000 if timex.short_year else 0), timex.month, timex.day)
            if day is not None:
                return replace(scene, now=calendar.midnight(day), now_is_moment=False, now_grain=Grain.DAY)
    return scene


def resolve_in(mentions: list[Mention], sentences: Sentences, scene: Scene, story: Story, out: list[Mention]) -> None:
    """Resolve the mentions of one stretch of text in order onto ``out``, following the story as it is told."""
    sentences.occupy([(mention.span.start, mention.span.end) for mention in mentions])
    sentences.set_aside(
        [(mention.span.start, mention.span.end) for mention in mentions if mention.timex and _says_half(mention.timex)]
    )
    position = sentences.start
    for mention in mentions:
        if position == sentences.start or "\n" in sentences.text[position : mention.span.start]:
            story.new_paragraph()
        position = mention.span.end
        timex = mention.timex
        if timex is None:
            continue
        clause = sentences.clause(mention)
        story.wait = False
        reading = _read(timex, scene, story, clause)
        if reading is None and timex.vague == "then":
            continue
        if story.wait:
            story.waiting.append(Waiting(len(out), mention, clause, scene, story.moment, story.moment_span))
        out.append(finish(mention, reading, scene))
        if reading is not None:
            follow(timex, mention, reading, scene, story, clause)


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
    return _with(mention, interval=moved, anchor=anchor.model_copy(update={"why": why}), timex3=timex3(moved))


def _says_half(timex: Timex) -> bool:
    point = timex.first or timex
    return point.has_clock and (point.part is not None or point.meridiem is not None)


def look_back(story: Story, out: list[Mention]) -> None:
    """Resolve what is counted from an event told only later in the text, now that all is told."""
    story.all_told = True
    for row in story.waiting:
        story.wait, story.moment, story.moment_span = False, row.moment, row.moment_span
        reading = _read(row.mention.timex, row.scene, story, row.clause) if row.mention.timex is not None else None
        out[row.index] = finish(row.mention, reading, row.scene)


def _read(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    if timex.every is not None:
        return None
    if timex.vague is not None:
        return _vague(timex, scene, story, clause)
    if timex.now:
        return _now(scene)
    zone = _zone(timex, scene, clause)
    local = _in_zone(scene, zone)
    if timex.first is not None:
        inner = replace(timex, first=replace(timex.first, zone=None))
        zone = zone or _zone(timex.first, scene, clause)
        reading = resolve_range(inner, _in_zone(scene, zone), story, clause)
    elif timex.amount is not None:
        reading = resolve_amount(timex, local, story, clause)
    elif timex.same_as is not None:
        return _both_zones(timex, timex.same_as, scene, story, clause)
    else:
        reading = resolve_point(timex, local, story, clause)
    if reading is not None and zone is not None and zone != scene.timezone:
        reading.zone = zone
    return reading


def _both_zones(timex: Timex, other: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """A time given in two zones: the one whose zone is told settles the moment, on the other's day if it says none."""
    zone = _zone(other, scene, clause)
    same = replace(other, zone=None)
    if not same.has_date:
        same = replace(
            same, day=timex.day, month=timex.month, year=timex.year, shift_unit=timex.shift_unit, shift=timex.shift
        )
    reading = resolve_point(same, _in_zone(scene, zone), story, clause)
    if reading is not None:
        reading.why.append("the same moment is given in two zones")
        reading.zone = zone
        reading.approximate = reading.approximate or timex.approximate
    return reading


def _zone(timex: Timex, scene: Scene, clause: Clause) -> str | None:
    if timex.zone is None:
        return None
    if timex.zone == "local":
        return clause.zone
    return timex.zone


def _in_zone(scene: Scene, zone: str | None) -> Scene:
    """The scene as seen from another zone: its publication moment in that zone's clock."""
    if zone is None or zone == scene.timezone or scene.now is None or not scene.now_is_moment:
        return scene
    moment = calendar.localize(scene.now, calendar.zone(scene.timezone)).astimezone(calendar.zone(zone))
    return replace(scene, now=moment.replace(tzinfo=None))


def _now(scene: Scene) -> Reading | None:
    if scene.now is None:
        return None
    if not scene.now_is_moment:
        return resolve_point(Timex(shift_unit="day"), scene, Story(), Clause())
    start = scene.now.replace(second=0, microsecond=0)
    return Reading(start, start + timedelta(minutes=1), Grain.MINUTE, AnchorKind.PUBLICATION)


def _vague(timex: Timex, scene: Scene, story: Story, clause: Clause) -> Reading | None:
    """당시, at the start of its clause: the day told last."""
    if timex.vague != "then" or story.last is None or not clause.before_is_open:
        return None
    return resolve_point(Timex(shift_unit="day", base=Base.LAST), scene, story, clause)


# --- from a reading to a mention


def finish(mention: Mention, reading: Reading | None, scene: Scene) -> Mention:
    """The mention with its interval in the document's zone, its anchor, its alternatives and its TIMEX3 value."""
    timex = mention.timex
    if reading is None or timex is None:
        value = set_value(timex) if timex is not None and timex.every is not None else mention.duration or ""
        return _with(mention, timex3=value)
    zone = calendar.zone(reading.zone or scene.timezone)
    home = calendar.zone(scene.output)

    def place(moment: datetime | None) -> datetime | None:
        if moment is None:
            return None
        placed = calendar.localize(moment, zone)
        return placed if reading.zone is None and scene.output == scene.timezone else placed.astimezone(home)

    interval = Interval.model_construct(
        start=place(reading.start),
        end=place(reading.end),
        earliest=place(reading.low or reading.start),
        latest=place(reading.high or reading.end),
        grain=reading.grain,
        approximate=reading.approximate,
    )
    local = reading.zone not in (None, scene.timezone) or (
        scene.dateline is not None and reading.kind is not AnchorKind.EXPLICIT
    )
    kind = AnchorKind.LOCAL_TIME if local else reading.kind
    anchor = Anchor.model_construct(
        kind=kind,
        at=calendar.localize(scene.now, home) if scene.now is not None and kind is AnchorKind.PUBLICATION else None,
        mention=reading.anchor_span,
        why=tuple(dict.fromkeys(reading.why)),
    )
    others = tuple(_alternative(row, place, reading) for row in reading.others)
    return _with(
        mention,
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


def _alternative(row: Other, place: object, reading: Reading) -> Alternative:
    start, end = place(row.start), place(row.end)  # type: ignore[operator]
    interval = Interval.model_construct(
        start=start, end=end, earliest=start, latest=end, grain=row.grain, approximate=reading.approximate
    )
    return Alternative.model_construct(interval=interval, why=row.why)


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


def _with(mention: Mention, **changes: object) -> Mention:
    fields: dict[str, object] = {name: getattr(mention, name) for name in Mention.model_fields}
    fields.update(changes)
    return Mention.model_construct(**fields)  # type: ignore[arg-type]


__all__ = ["Span", "resolve"]
