"""The overview as a still picture: what is painted first, printed, and read where plotly cannot run.

It shows what ``reports.figure`` shows, from the same scene. Places along the time axis are shares of its width in per
cent, so that one picture fits every window; heights are in pixels from the top of the first row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from reports.page.panels import Panel
from reports.page.readings import Reach
from reports.page.scene import PAPER, SCREEN, Dot, Frame, Scene, Spot, breadth
from reports.page.ticks import ticks
from reports.page.words import Phrase, Words

ROW, LANE, HEAD, BETWEEN = 34, 24, 34, 18  # pixels
LEFT, RIGHT = 132, 12
_MOST = 2200  # marks; above it they are gathered into bins that tell their counts
_BINS = 64  # across the axis, so that a bin is as wide as its mark
_THIN = 20  # height of a row on paper


class Bar(NamedTuple):
    """A stretch along a row or lane: left end and width in per cent, its middle's height."""

    x: float
    width: float
    y: float


class Mark(NamedTuple):
    """An event or a claim; ``held`` is more than one where several stand in one place."""

    x: float
    y: float
    of: str  # the event
    shape: str
    tone: str
    hollow: bool
    held: int


class Label(NamedTuple):
    """A text beside an event's mark: its number and its short title."""

    x: float
    y: float
    number: str
    title: str
    left: bool


class Note(NamedTuple):
    """A text at a place along the axis; ``aside`` is one that the text before it leaves no room on its line."""

    x: float
    text: Phrase
    anchor: str
    aside: bool = False


class Picture(NamedTuple):
    """All that is drawn. ``kind`` is ``screen`` or ``paper``."""

    kind: str
    height: int
    foot: int
    rows_end: float
    titles: tuple[Note, ...]
    folds: tuple[Bar, ...]
    gaps: tuple[Note, ...]
    grid: tuple[float, ...]
    spans: tuple[Bar, ...]  # the panels, as stretches of the axis
    ticks: tuple[Note, ...]
    lanes: tuple[tuple[float, Phrase], ...]
    bands: tuple[Bar, ...]
    boxes: tuple[Bar, ...]
    ranges: tuple[Bar, ...]
    events: tuple[Mark, ...]
    claims: tuple[Mark, ...]
    labels: tuple[Label, ...]
    zone: Phrase
    sides: tuple[Phrase, Phrase]


def height(scene: Scene, row: int = ROW) -> int:
    """Pixels from the first row's top to the axis."""
    return scene.rows * row + BETWEEN + len(scene.lanes) * LANE


def foot(scene: Scene) -> int:
    """Pixels under the axis: the ticks, the lengths of the gaps where there are any, the zone."""
    return 76 if len(scene.panels) > 1 else 56


def picture(scene: Scene, words: Words, frame: Frame = SCREEN) -> Picture:
    """The picture of a scene that was packed for the frame."""
    paper = frame is PAPER
    row = _THIN if paper else ROW
    shown = scene.panels
    dots = [(dot, _events_y(dot.row, row)) for dot in scene.dots]
    spots = [(spot, _lanes_y(spot.lane, scene, row)) for spot in scene.spots]
    marked = [note for panel in shown for note in _ticks(panel, words, frame)]
    crowded = len(dots) + len(spots) > _MOST
    return Picture(
        kind="paper" if paper else "screen",
        height=height(scene, row),
        foot=foot(scene),
        rows_end=scene.rows * row,
        titles=tuple(_apart([Note(_per(panel.x0), panel.title, "start") for panel in shown], frame)),
        folds=tuple(_fold(*pair) for pair in pairwise(shown)),
        gaps=tuple(
            _apart([Note(_per((a.x1 + b.x0) / 2), b.gap, "middle") for a, b in pairwise(shown) if b.gap], frame)
        ),
        grid=tuple(note.x for note in marked),
        spans=tuple(Bar(_per(panel.x0), _per(panel.x1 - panel.x0), 0) for panel in shown),
        ticks=tuple(note for note in _apart(marked, frame) if not note.aside),
        lanes=tuple((_lanes_y(lane, scene, row), text) for lane, text in enumerate(scene.lanes)),
        bands=_bars(((d.band, shown[d.panel], y) for d, y in dots), crowded),
        boxes=_bars(((d.box, shown[d.panel], y) for d, y in dots), crowded),
        ranges=_bars(((s.stretch, shown[s.panel], y) for s, y in spots), crowded),
        events=_gathered((_event(d, shown, y) for d, y in dots), crowded),
        claims=_gathered((_claim(s, shown, y) for s, y in spots), crowded),
        labels=tuple(_label(d, shown, y) for d, y in dots if d.text),
        zone=scene.zone,
        sides=scene.sides,
    )


def _per(share: float) -> float:
    return round(share * 100, 2)


def _events_y(row: int, tall: int) -> float:
    return (row + 0.5) * tall


def _lanes_y(lane: int, scene: Scene, tall: int) -> float:
    count = len(scene.lanes)
    return round(scene.rows * tall + BETWEEN + (lane + 0.6) / (count + 0.2) * count * LANE, 1)


def _fold(left: Panel, right: Panel) -> Bar:
    return Bar(_per(left.x1 + 0.004), _per(right.x0 - left.x1 - 0.008), 0)


def _ticks(panel: Panel, words: Words, frame: Frame) -> Iterator[Note]:
    wide = frame.width * (panel.x1 - panel.x0)
    for moment, text in ticks(panel.low, panel.high, max(2, int(wide / (7 * frame.letter))), words):
        x = panel.share(moment)
        edge = 2 * frame.letter / frame.width  # a text there would run into the next panel's
        anchor = "start" if x < panel.x0 + edge else "end" if x > panel.x1 - edge else "middle"
        yield Note(_per(x), text, anchor)


def _apart(notes: list[Note], frame: Frame) -> Iterator[Note]:
    """The notes, each that would run into one before it set aside."""
    end = -100.0
    for note in notes:
        wide = max(breadth(text, frame) for text in note.text) * 100 / frame.width
        low = note.x - wide * {"start": 0.0, "middle": 0.5, "end": 1.0}[note.anchor]
        aside = low < end
        end = end if aside else low + wide + 0.8
        yield note._replace(aside=aside)


def _place(moment: datetime, panel: Panel) -> float:
    return _per(panel.share(moment))


def _bars(stretches: Iterable[tuple[Reach | None, Panel, float]], crowded: bool) -> tuple[Bar, ...]:
    """Stretches as bars; in a crowd only the first that begins in each bin."""
    kept: dict[tuple[float, float], Bar] = {}
    for reach, panel, y in stretches:
        if reach is not None:
            x = _place(reach.low, panel)
            kept.setdefault((y, _bin(x) if crowded else len(kept)), Bar(x, round(_place(reach.high, panel) - x, 2), y))
    return tuple(kept.values())


def _bin(x: float) -> float:
    return x * _BINS // 100


def _gathered(marks: Iterator[Mark], crowded: bool) -> tuple[Mark, ...]:
    """The marks; in a crowd the first of each bin, with the number that stands there."""
    if not crowded:
        return tuple(marks)
    kept: dict[tuple[float, float], Mark] = {}
    counts: Counter[tuple[float, float]] = Counter()
    for mark in marks:
        key = (mark.y, _bin(mark.x))
        kept.setdefault(key, mark)
        counts[key] += 1
    return tuple(mark._replace(held=counts[key]) for key, mark in kept.items())


def _event(dot: Dot, shown: tuple[Panel, ...], y: float) -> Mark:
    event = dot.event
    tone = f"lv-{event.confidence.level.value}"
    return Mark(_place(dot.x, shown[dot.panel]), y, event.id, f"st-{event.status.value}", tone, False, 1)


def _claim(spot: Spot, shown: tuple[Panel, ...], y: float) -> Mark:
    mark = spot.origin.mark
    return Mark(_place(spot.x, shown[spot.panel]), y, spot.event.id, f"m{mark}", f"s{mark}", spot.hollow, 1)


def _label(dot: Dot, shown: tuple[Panel, ...], y: float) -> Label:
    number, _, title = dot.text.partition(" ")
    return Label(_place(dot.x, shown[dot.panel]), y, number, title, dot.left)
