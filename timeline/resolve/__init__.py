"""Resolve time expressions: unresolved Mentions -> Mentions with interval, anchor, alternatives and TIMEX3 value.

The mentions of a document are read in order. Each is resolved against the first anchor that serves: what it says
itself, the narrative focus the text has built up (:class:`timeline.resolve.state.Story`), another event told with a
time, or the publication. What the text leaves open stays open: the interval is then ``None``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo

from timeline import calendar
from timeline.interval import Grain
from timeline.language import Language, TimeGrammar
from timeline.model import AnchorKind, Block, BlockKind, Document, Mention, Span
from timeline.resolve.amounts import resolve_amount
from timeline.resolve.beside import beside
from timeline.resolve.clauses import Sentences
from timeline.resolve.finish import agree, finish
from timeline.resolve.hours import marked_clocks
from timeline.resolve.ranges import day_of_next, resolve_point, resolve_range
from timeline.resolve.state import Clause, Reading, Scene, Story, Waiting
from timeline.resolve.story import follow
from timeline.resolve.told_moments import edge_of_event, same_moment
from timeline.timex import Base, Elapsed, Timex

_RESETS = frozenset({BlockKind.HEADLINE, BlockKind.SUBHEAD, BlockKind.HEADING, BlockKind.CAPTION})


def resolve(
    document: Document, mentions: tuple[Mention, ...], language: Language, timezone: str = "Asia/Seoul"
) -> tuple[Mention, ...]:
    """The mentions with what they resolve to in ``timezone``; those that name nothing without an anchor they lack are
    kept unresolved, save words like 당시 that then say nothing at all."""
    grammar: TimeGrammar = language.time()
    scene = replace(scene_of(document, grammar, timezone), marked=marked_clocks(mentions))
    out: list[Mention] = []
    stories: list[Story] = []
    blocks = sum(block.kind.is_content for block in document.blocks)
    for start, end, kind, story in _stretches(document, mentions):
        sentences = Sentences(document.text, start, end, grammar, alone=blocks <= 1)
        inside = [mention for mention in mentions if start <= mention.span.start < end]
        local = _caption_scene(scene, inside) if kind is BlockKind.CAPTION else scene
        resolve_in(inside, sentences, local, story, out)
        if not any(story is other for other in stories):
            stories.append(story)
    settled = frozenset(span for story in stories for span in look_back(story, out))
    return tuple(beside(agree(out), document.text, scene.now, settled))


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


def _stretches(document: Document, mentions: tuple[Mention, ...]) -> Iterator[tuple[int, int, BlockKind, Story]]:
    """The content blocks, each with the story it continues: headlines, headings and captions have their own, save a
    heading that is a date and no more, which dates what stands under it.
    """
    if not document.blocks:
        yield 0, len(document.text), BlockKind.BODY, Story()
        return
    body = Story()
    for block in document.blocks:
        if not block.kind.is_content:
            continue
        if block.kind is BlockKind.HEADING:
            body = body.after_heading()
        own = block.kind in _RESETS and not (
            _dates_section(block, document.text, mentions) or _is_lead(block, document.text)
        )
        yield block.span.start, block.span.end, block.kind, Story() if own else body


def _is_lead(block: Block, text: str) -> bool:
    """Whether a subhead is a whole sentence with its full stop: the lead, which the body goes on from."""
    return block.kind is BlockKind.SUBHEAD and block.span.of(text).rstrip().endswith(".")


def _dates_section(block: Block, text: str, mentions: tuple[Mention, ...]) -> bool:
    """Whether the block is a heading of a time expression and no other word: "[26일]"."""
    if block.kind is not BlockKind.HEADING or block.span.end - block.span.start > 40:
        return False
    inside = [m.span for m in mentions if block.span.start <= m.span.start and m.span.end <= block.span.end]
    if not inside:
        return False
    rest = text[block.span.start : inside[0].start] + text[inside[-1].end : block.span.end]
    return len(inside) == 1 and not any(char.isalnum() for char in rest)


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
    for index, mention in enumerate(mentions):
        if position == sentences.start or "\n" in sentences.text[position : mention.span.start]:
            story.new_paragraph()
        position = mention.span.end
        timex = mention.timex
        if timex is None:
            continue
        if _is_length(timex):
            out.append(finish(mention, None, scene))
            continue
        clause = sentences.clause(mention)
        story.wait, story.current = False, mention.span
        if scene.grammar.shares_day is not None and not story.told_in(clause):
            shared = _with_day(
                timex, mention, mentions[index + 1 : index + 2], sentences.text, scene.grammar.shares_day
            )
            clause = clause if shared is timex else sentences.clause(mentions[index + 1])
            timex = shared
        reading = _read(timex, scene, story, clause)
        if _told_outright(mention, mentions[index + 1 : index + 2], sentences.text, scene):
            if reading is not None:  # the day counted to is that of the clock time written after it
                story.clock_day, story.clock_span = reading.start.date(), mention.span
            reading, story.wait = None, False
        if reading is None and timex.vague in ("then", "edge", "moment"):
            continue
        if story.wait:
            near = story.moment_span if story.moment_here else None
            story.waiting.append(Waiting(len(out), mention, clause, scene, story.moment, story.moment_span, near))
        out.append(finish(mention, reading, scene))
        if reading is not None:
            follow(timex, mention, reading, scene, story, clause)


def _with_day(timex: Timex, mention: Mention, following: list[Mention], text: str, shares: re.Pattern[str]) -> Timex:
    """The clock time on the day that the next one says for both of them."""
    if not following or not shares.fullmatch(text, mention.span.end, following[0].span.start):
        return timex
    return day_of_next(timex, following[0].timex)


def _is_length(timex: Timex) -> bool:
    """Whether the expression is a length of time and no more, which nothing in the text can place."""
    alone = timex.amount is not None and timex.head is None and timex.first is None
    return alone and timex.elapsed is Elapsed.LENGTH and timex.vague is None and not timex.now


def _told_outright(mention: Mention, following: list[Mention], text: str, scene: Scene) -> bool:
    """Whether an amount leads to a time written right after it, which then needs no counting: "사흘 뒤인 5일"."""
    pattern, timex = scene.grammar.apposition, mention.timex
    if pattern is None or not following or timex is None or timex.amount is None or timex.first is not None:
        return False
    return pattern.fullmatch(text, mention.span.end - 1, following[0].span.start) is not None


def _says_half(timex: Timex) -> bool:
    point = timex.first or timex
    return point.has_clock and (point.part is not None or point.meridiem is not None)


def look_back(story: Story, out: list[Mention]) -> list[Span]:
    """Resolve what is counted from an event told only later in the text, now that all is told; where those stand that
    found it. What had a reading and finds no event keeps it.
    """
    story.all_told = True
    settled = []
    for row in story.waiting:
        story.wait, story.moment, story.moment_span = False, row.moment, row.moment_span
        story.moment_here, story.current = row.near is not None, row.mention.span
        reading = _read(row.mention.timex, row.scene, story, row.clause) if row.mention.timex is not None else None
        if reading is not None or out[row.index].interval is None:
            out[row.index] = finish(row.mention, reading, row.scene)
        if reading is not None:
            settled.append(row.mention.span)
    return settled


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
    if zone is None and other.zone is not None and timex.zone is None:
        return resolve_point(replace(timex, same_as=None), scene, story, clause)  # the local one is of no known zone
    same, told = replace(other, zone=None), None
    if not same.has_date:
        told = resolve_point(replace(timex, same_as=None, zone=None), scene, story, clause)
        if told is not None:
            same = replace(same, year=told.start.year, month=told.start.month, day=told.start.day)
    reading = resolve_point(same, _in_zone(scene, zone), story, clause)
    if reading is not None:
        _same_day_there(reading, told, calendar.zone(zone or scene.timezone))
        reading.why.append("the same moment is given in two zones")
        reading.zone = zone
        reading.approximate = reading.approximate or timex.approximate
    return reading


def _same_day_there(reading: Reading, told: Reading | None, zone: tzinfo) -> None:
    """Move a clock time of a zone, given without its day, to the day on which the other clock can show what it shows:
    no clock is more than 14 hours ahead of UTC or 12 behind it.
    """
    if told is None:
        return
    ahead = told.start - calendar.localize(reading.start, zone).astimezone(UTC).replace(tzinfo=None)
    day = timedelta(days=1)
    if ahead > timedelta(hours=14):
        reading.moved(day)
    elif ahead < timedelta(hours=-12):
        reading.moved(-day)


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
    """당시, at the start of its clause: the day told last; 직후 after an event: just after its time."""
    if timex.vague == "edge":
        return edge_of_event(timex, scene, story, clause)
    if timex.vague == "moment":
        return same_moment(timex, story)
    if timex.vague != "then" or story.last is None or not clause.before_is_open:
        return None
    return resolve_point(Timex(shift_unit="day", base=Base.LAST), scene, story, clause)


__all__ = ["look_back", "make_scene", "resolve", "resolve_in", "scene_of"]
