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

PLOT = 1040  # the width in pixels that rows are packed for; wider and narrower pages scale it
_ROWS = 9
_LANES = 12
_NAMED = 80  # more events than this carry no text
_TITLE = 15


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


def scene(itinerary: Itinerary, words: Words) -> Scene | None:
    """The overview of an itinerary; ``None`` where nothing has a time."""
    shown = panels(itinerary, words)
    if not shown:
        return None
    known = origins(itinerary)
    dots = _pack(itinerary, shown, words)
    spots = tuple(_spots(itinerary, shown, known, words))
    rows = max((dot.row for dot in dots), default=0) + 1
    sides = words.say("ui.chart_events"), words.say("ui.chart_sources")
    return Scene(shown, dots, spots, rows, _lanes(known, words), zone_line(itinerary, words), sides)


def zone_line(itinerary: Itinerary, words: Words) -> Phrase:
    """The zone all times are told in, with its offset at the first event."""
    if not itinerary.events or itinerary.events[-1].time is None:
        return words.say("ui.zone", zone=itinerary.timezone, offset="")
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


def _pack(itinerary: Itinerary, shown: tuple[Panel, ...], words: Words) -> tuple[Dot, ...]:
    ends: list[float] = []
    dots = []
    named = len(itinerary.events) <= _NAMED
    for number, event in enumerate(itinerary.events, start=1):
        dot = _dot(event, number, shown, words, named)
        low, high = _footprint(dot, shown[dot.panel])
        row = next((index for index, end in enumerate(ends) if end + 6 < low), None)
        if row is None and len(ends) < _ROWS:
            row = len(ends)
            ends.append(0.0)
        if row is None:
            row, dot = min(range(len(ends)), key=ends.__getitem__), dot._replace(text="")
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
    dot = Dot(event, number, home, x, 0, text, False, band, box and _clip(box, panel))
    right = _pixel(x, panel) + 18 + _wide(text)
    return dot._replace(left=right > PLOT and _pixel(x, panel) - 18 - _wide(text) > 0)


def _pixel(moment: datetime, panel: Panel) -> float:
    part = (moment - panel.low) / (panel.high - panel.low)
    return PLOT * (panel.x0 + part * (panel.x1 - panel.x0))


def _wide(text: str) -> float:
    """Width in pixels at 12 px: a syllable or other wide character 12, a narrow one 7."""
    return sum(12.0 if ord(letter) > 0x1100 else 7.0 for letter in text)


def _footprint(dot: Dot, panel: Panel) -> tuple[float, float]:
    x = _pixel(dot.x, panel)
    ends = [x - 8, x + 8, x - 18 - _wide(dot.text) if dot.left else x + 18 + _wide(dot.text)]
    for reach in (dot.band, dot.box):
        if reach is not None:
            ends += [_pixel(reach.low, panel), _pixel(reach.high, panel)]
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
