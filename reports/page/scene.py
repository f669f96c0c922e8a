"""What the overview draws and where: events packed into rows above, claims in one lane per origin below, by panel.

Knows time, rows and texts, not how they are painted. Moments are on the wall clock of the page's zone, naive (plotly
drops offsets), so that every reader sees the same axis.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from reports.page.origins import GLYPHS, Origin, all_events, origins
from reports.page.panels import Panel, is_coarse, naive, panels
from reports.page.readings import Reach, best_reach, is_exact, is_point, nominal, points, widest
from reports.page.words import Phrase, Words, plain
from reports.plain import one_line, shorten
from timeline.model import Claim, Event, Itinerary

_LANES = 12
_NAMED = 80  # more events than this carry no text
_TITLE = 15


class Frame(NamedTuple):
    """What rows are packed for, in pixels: the width of the time axis and of one syllable; and how many rows at most."""

    width: int
    letter: float
    rows: int


SCREEN = Frame(1040, 12.0, 9)  # wider and narrower windows scale it
PAPER = Frame(590, 9.5, 28)  # A4 upright, its margins and the names of the lanes taken off


class Dot(NamedTuple):
    """An event's best estimate: its row, panel, text, and what a reader is told on pointing at it."""

    event: Event
    number: int
    panel: int
    x: datetime
    row: int
    text: str
    left: bool  # the text stands on the left
    band: Reach | None
    box: Reach | None


class Spot(NamedTuple):
    """A claim with a time: its lane, panel, mark and stretch."""

    claim: Claim
    event: Event
    origin: Origin
    panel: int
    x: datetime
    lane: int
    hollow: bool
    stretch: Reach | None


class Scene(NamedTuple):
    """The whole overview."""

    panels: tuple[Panel, ...]
    dots: tuple[Dot, ...]
    spots: tuple[Spot, ...]
    rows: int
    lanes: tuple[Phrase, ...]
    zone: Phrase
    sides: tuple[Phrase, Phrase]


def scene(itinerary: Itinerary, words: Words, frame: Frame = SCREEN) -> Scene | None:
    """The overview of an itinerary as packed for a frame; ``None`` where nothing has a time."""
    shown = panels(itinerary, words)
    if not shown:
        return None
    known = origins(itinerary)
    dots = _pack(itinerary, shown, words, frame)
    spots = tuple(_spots(itinerary, shown, known, words))
    rows = max((dot.row for dot in dots), default=0) + 1
    sides = words.say("ui.chart_events"), words.say("ui.chart_sources")
    return Scene(shown, dots, spots, rows, _lanes(known, words), zone_line(itinerary, words), sides)


def zone_line(itinerary: Itinerary, words: Words) -> Phrase:
    """The zone all times are told in, with its offset at the first event."""
    if not itinerary.events or itinerary.events[-1].time is None:
        return words.say("ui.zone_alone", zone=itinerary.timezone)
    offset = words.local(itinerary.events[-1].time.best).strftime("%z")
    return words.say("ui.zone", zone=itinerary.timezone, offset=f"{offset[:3]}:{offset[3:5]}")


def _lanes(known: dict[str, Origin], words: Words) -> tuple[Phrase, ...]:
    told = list(known.values())
    alone = told if len(told) <= _LANES else told[: _LANES - 1]
    labels = [plain(f"{GLYPHS[o.mark]} {shorten(one_line(o.short), 12)}") for o in alone]
    rest = len(told) - len(alone)
    return (*labels, words.say("ui.more_sources", n=rest)) if rest else tuple(labels)


def _home(reach: Reach, coarse: bool, shown: tuple[Panel, ...]) -> int:
    """The panel something is drawn in: the first of its kind that it begins in, or else touches."""
    kin = [index for index, panel in enumerate(shown) if panel.coarse is coarse]
    inside = [index for index in kin if shown[index].low <= reach.low <= shown[index].high]
    touching = [index for index in kin if shown[index].holds(reach)]
    return (inside or touching or kin)[0]


def _clip(reach: Reach, panel: Panel) -> Reach:
    return Reach(min(max(reach.low, panel.low), panel.high), max(min(reach.high, panel.high), panel.low))


# --- events


def _pack(itinerary: Itinerary, shown: tuple[Panel, ...], words: Words, frame: Frame) -> tuple[Dot, ...]:
    ends: list[float] = []
    dots = []
    named = len(itinerary.events) <= _NAMED
    for number, event in enumerate(itinerary.events, start=1):
        dot = _turned(_dot(event, number, shown, words, named), shown, frame)
        low, high = _footprint(dot, shown[dot.panel], frame)
        row = next((index for index, end in enumerate(ends) if end + 6 < low), None)
        if row is None and len(ends) < frame.rows:
            row = len(ends)
            ends.append(0.0)
        if row is None:
            row = min(range(len(ends)), key=ends.__getitem__)
            fits = ends[row] + 6 < frame.width * shown[dot.panel].share(dot.x) - 8
            dot = dot._replace(text=dot.text.split(" ")[0] if fits else "", left=False)
            high = _footprint(dot, shown[dot.panel], frame)[1]
        ends[row] = max(ends[row], high)
        dots.append(dot._replace(row=row))
    return tuple(dots)


def _dot(event: Event, number: int, shown: tuple[Panel, ...], words: Words, named: bool) -> Dot:
    assert event.time is not None
    time = event.time
    best = naive(best_reach(time), words)
    home = _home(best, is_coarse(time.grain), shown)
    spot = _clip(best, shown[home])
    x = spot.low + (spot.high - spot.low) / 2
    low, high = time.earliest or time.start or time.best, time.latest or time.end or time.best
    whole = naive(Reach(low, high), words) if high - low > timedelta(minutes=1) else None
    told = points(event)
    box = naive(Reach(min(told), max(told)), words) if told and min(told) < max(told) else None
    text = f"{number} {shorten(one_line(event.title), _TITLE)}" if named else ""
    panel = shown[home]
    band = None if box or whole is None else _clip(whole, panel)
    return Dot(event, number, home, x, 0, text, False, band, box and _clip(box, panel))


def _turned(dot: Dot, shown: tuple[Panel, ...], frame: Frame) -> Dot:
    """The text on the left where it would leave the frame on the right."""
    x, wide = frame.width * shown[dot.panel].share(dot.x), 18 + breadth(dot.text, frame)
    return dot._replace(left=x + wide > frame.width and x - wide > 0)


def breadth(text: str, frame: Frame) -> float:
    """Width in pixels: a syllable or other wide character is told by the frame, a narrow one takes 7 in 12 of it."""
    return sum(frame.letter if ord(letter) > 0x1100 else frame.letter * 7 / 12 for letter in text)


def _footprint(dot: Dot, panel: Panel, frame: Frame) -> tuple[float, float]:
    x, wide = frame.width * panel.share(dot.x), 18 + breadth(dot.text, frame)
    ends = [x - 8, x + 8, x - wide if dot.left else x + wide]
    for reach in (dot.band, dot.box):
        if reach is not None:
            ends += [frame.width * panel.share(end) for end in reach]
    return min(ends), max(ends)


# --- claims


def _spots(itinerary: Itinerary, shown: tuple[Panel, ...], known: dict[str, Origin], words: Words) -> list[Spot]:
    told = [(claim, event) for event in all_events(itinerary) for claim in event.claims]
    spots = (_spot(claim, event, known[claim.origin], shown, words) for claim, event in told)
    return [spot for spot in spots if spot is not None]


def _spot(claim: Claim, event: Event, origin: Origin, shown: tuple[Panel, ...], words: Words) -> Spot | None:
    told = nominal(claim.interval)
    if told is None or claim.interval is None:
        return None
    reach = naive(told, words)
    home = _home(reach, is_coarse(claim.interval.grain), shown)
    lane = min(origin.number, _LANES - 1)
    if is_point(claim):
        wide = widest(claim.interval)
        loose = None if wide is None or is_exact(claim) else _clip(naive(wide, words), shown[home])
        return Spot(claim, event, origin, home, reach.low, lane, not is_exact(claim), loose)
    cut = _clip(reach, shown[home])
    return Spot(claim, event, origin, home, cut.low + (cut.high - cut.low) / 2, lane, True, cut)
