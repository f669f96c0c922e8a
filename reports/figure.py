"""The overview as a plotly figure: the only module that imports plotly, and only when a page is made.

What plotly gets wrong is stepped around: date axes are told their type, ranges are lines (error bars are not drawn on
date axes), moments are naive texts in one stated zone, texts are escaped because plotly reads markup in them, and
nothing is built into templates. Traces are grouped by panel and kind, never one for each event.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reports.page.origins import MARKS
from reports.page.palette import light, roles
from reports.page.picture import HEAD, LANE, LEFT, RIGHT, ROW, foot, height
from reports.page.scene import Dot, Scene, Spot
from reports.page.words import Phrase, Words
from reports.plain import one_line, shorten
from timeline.model import Level, Status

_LEVEL = {level: light(level.value) for level in Level}
STATUS_SYMBOL = {
    Status.OCCURRED: "circle",
    Status.PLANNED: "circle-open",
    Status.CANCELLED: "circle-x-open",
    Status.RUMOURED: "diamond-open-dot",
    Status.DENIED: "square-x-open",
}


def overview(scene: Scene, words: Words) -> dict[str, Any]:
    """The figure as plain data: ``data`` and ``layout`` for plotly.js, and by language the annotations' texts.

    ``texts`` are in full, ``brief`` for narrow windows.
    """
    import plotly.graph_objects as go

    figure = go.Figure(layout=_layout(scene))
    for index in range(len(scene.panels)):
        axis = f"x{index + 1}" if index else "x"
        dots = [dot for dot in scene.dots if dot.panel == index]
        spots = [spot for spot in scene.spots if spot.panel == index]
        figure.add_traces([go.Scatter(**{**trace, "xaxis": axis}) for trace in _traces(dots, spots, words)])
    figure.update_layout(annotations=[row[0] for row in _annotations(scene)])
    drawn: dict[str, Any] = json.loads(figure.to_json(engine="json"))
    texts, briefs = ([row[1] for row in _annotations(scene)], [row[2] for row in _annotations(scene)])
    sides, brief = (
        {code: [text[side] for text in told] for side, code in enumerate(words.languages)} for told in (texts, briefs)
    )
    lanes = {code: [_safe(lane[side]) for lane in scene.lanes] for side, code in enumerate(words.languages)}
    whole = [_text(min(p.low for p in scene.panels)), _text(max(p.high for p in scene.panels))]
    return {**drawn, "texts": sides, "brief": brief, "lanes": lanes, "whole": whole, "colours": roles()}


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S") if moment.year > 999 else moment.isoformat(" ")


def _safe(text: str) -> str:
    """Outside text for plotly, which reads a little HTML: escaped, one line; quotes stay, their entities would show."""
    return html.escape(one_line(text), quote=False)


# --- traces


def _traces(dots: list[Dot], spots: list[Spot], words: Words) -> list[dict[str, Any]]:
    return [
        trace
        for trace in (_bands(dots), _boxes(dots), _ranges(spots), _claims(spots, words), _best(dots, words))
        if trace["x"]
    ]


def _broken(strokes: Iterable[list[tuple[datetime, float]]]) -> dict[str, Any]:
    """Many strokes as one line, broken between them."""
    xs: list[str | None] = []
    ys: list[float | None] = []
    for stroke in strokes:
        xs += [*(_text(x) for x, _ in stroke), None]
        ys += [*(y for _, y in stroke), None]
    return {"x": xs, "y": ys, "mode": "lines", "connectgaps": False, "hoverinfo": "skip", "showlegend": False}


def _bands(dots: list[Dot]) -> dict[str, Any]:
    strokes = _broken([(d.band.low, d.row), (d.band.high, d.row)] for d in dots if d.band)
    return {
        **strokes,
        "name": "band",
        "yaxis": "y2",
        "line": {"width": 14, "color": light("accent")},
        "opacity": 0.16,
    }


def _boxes(dots: list[Dot]) -> dict[str, Any]:
    line = {"width": 1.3, "dash": "3px,2px", "color": light("ink")}
    strokes = _broken(_outline(d) for d in dots if d.box)
    return {**strokes, "name": "box", "yaxis": "y2", "line": line}


def _outline(dot: Dot) -> list[tuple[datetime, float]]:
    assert dot.box is not None
    (low, high), top, bottom = dot.box, dot.row - 0.3, dot.row + 0.3
    return [(low, top), (high, top), (high, bottom), (low, bottom), (low, top)]


def _ranges(spots: list[Spot]) -> dict[str, Any]:
    strokes = _broken([(s.stretch.low, s.lane), (s.stretch.high, s.lane)] for s in spots if s.stretch)
    return {**strokes, "name": "range", "yaxis": "y", "line": {"width": 6, "color": light("soft")}, "opacity": 0.22}


def _claims(spots: list[Spot], words: Words) -> dict[str, Any]:
    symbols = [MARKS[s.origin.mark] + ("-open" if s.hollow else "") for s in spots]
    return {
        "name": "claims",
        "x": [_text(s.x) for s in spots],
        "y": [s.lane for s in spots],
        "yaxis": "y",
        "mode": "markers",
        "cliponaxis": False,
        "marker": {
            "symbol": symbols,
            "size": 9,
            "color": [light(f"s{s.origin.mark}") for s in spots],
            "line": {"width": 1.4, "color": [light(f"s{s.origin.mark}") for s in spots]},
        },
        "customdata": [s.event.id for s in spots],
        "hovertext": [_claim_text(s, words) for s in spots],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _best(dots: list[Dot], words: Words) -> dict[str, Any]:
    colours = [_LEVEL[d.event.confidence.level] for d in dots]
    return {
        "name": "best",
        "x": [_text(d.x) for d in dots],
        "y": [d.row for d in dots],
        "yaxis": "y2",
        "mode": "markers+text" if any(d.text for d in dots) else "markers",
        "text": [_spaced(d) for d in dots],
        "textposition": ["middle left" if d.left else "middle right" for d in dots],
        "textfont": {"size": 12.5, "color": light("ink")},
        "cliponaxis": False,
        "marker": {
            "symbol": [STATUS_SYMBOL[d.event.status] for d in dots],
            "size": 11,
            "color": colours,
            "line": {"width": 1.6, "color": colours},
        },
        "customdata": [d.event.id for d in dots],
        "hovertext": [_event_text(d, words) for d in dots],
        "hoverinfo": "text",
        "showlegend": False,
    }


def _spaced(dot: Dot) -> str:
    """The text a little apart from its mark, which plotly cannot be told."""
    text = _safe(dot.text)
    return f"{text}\u2002" if dot.left else f"\u2002{text}"


def _claim_text(spot: Spot, words: Words) -> str:
    interval = spot.claim.interval
    assert interval is not None
    said = spot.claim.mention.text if spot.claim.mention else ""
    lines = (spot.origin.short, words.value(interval).main, said, shorten(one_line(spot.event.title), 40))
    return "<br>".join(_safe(line) for line in lines if line)


def _event_text(dot: Dot, words: Words) -> str:
    assert dot.event.time is not None
    title = _safe(shorten(one_line(dot.event.title), 40))
    when = words.moment(dot.event.time.best, dot.event.time.grain).main
    return f"<b>{title}</b><br>{_safe(when)}"


# --- layout


def _layout(scene: Scene) -> dict[str, Any]:
    events, lanes, inner = scene.rows * ROW, len(scene.lanes) * LANE, height(scene)
    layout: dict[str, Any] = {
        "template": "none",
        "height": inner + HEAD + foot(scene),
        "margin": {"l": LEFT, "r": RIGHT, "t": HEAD, "b": foot(scene)},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 12, "color": light("soft")},
        "showlegend": False,
        "hovermode": "closest",
        "dragmode": "zoom",
        "modebar": {"bgcolor": light("raised"), "color": light("soft"), "activecolor": light("ink")},
        "hoverlabel": {"align": "left", "bgcolor": light("paper"), "bordercolor": light("soft")},
        "yaxis": _lane_axis(scene, [0, lanes / inner]),
        "yaxis2": _row_axis(scene, [1 - events / inner, 1]),
        "shapes": list(_folds(scene)),
    }
    for index, panel in enumerate(scene.panels):
        layout[f"xaxis{index + 1}" if index else "xaxis"] = {
            "type": "date",
            "domain": [panel.x0, panel.x1],
            "range": [_text(panel.low), _text(panel.high)],
            "anchor": "y",
            "gridcolor": light("rule"),
            "linecolor": light("soft"),
            "ticks": "outside",
            "tickcolor": light("soft"),
            "ticklen": 4,
            "nticks": max(2, round((panel.x1 - panel.x0) * 12)),
            "zeroline": False,
            "tickangle": 0,
            "ticklabeloverflow": "hide past domain",
            "showline": True,
        }
    return layout


def _lane_axis(scene: Scene, domain: list[float]) -> dict[str, Any]:
    count = len(scene.lanes)
    return {
        "domain": domain,
        "range": [count - 0.4, -0.6],
        "tickvals": list(range(count)),
        "ticktext": [_safe(lane.main) for lane in scene.lanes],
        "tickfont": {"size": 12, "color": light("ink")},
        "fixedrange": True,
        "gridcolor": light("rule"),
        "zeroline": False,
        "ticklabelstandoff": 6,
    }


def _row_axis(scene: Scene, domain: list[float]) -> dict[str, Any]:
    return {
        "domain": domain,
        "range": [scene.rows - 0.5, -0.5],
        "fixedrange": True,
        "showticklabels": False,
        "showgrid": False,
        "zeroline": False,
        "anchor": "x",
    }


def _folds(scene: Scene) -> Iterable[dict[str, Any]]:
    for left, right in zip(scene.panels, scene.panels[1:], strict=False):
        yield {
            "type": "rect",
            "xref": "paper",
            "yref": "paper",
            "x0": left.x1 + 0.004,
            "x1": right.x0 - 0.004,
            "y0": 0,
            "y1": 1,
            "fillcolor": light("fold"),
            "line": {"width": 0},
            "layer": "below",
        }


def _sides(scene: Scene) -> Iterable[tuple[dict[str, Any], Phrase, int, str]]:
    """What the upper and the lower part show, told at the left."""
    lanes = len(scene.lanes) * LANE / height(scene)
    place = {"name": "side", "x": 0, "xanchor": "right", "xshift": -8}
    for text, y, anchor in ((scene.sides[0], 1, "top"), (scene.sides[1], lanes, "bottom")):
        yield {**place, "y": y, "yanchor": anchor}, text, 11, "soft"


def _annotations(scene: Scene) -> list[tuple[dict[str, Any], Phrase, Phrase]]:
    """Panel titles, gap lengths and the zone, each with its text in both languages, in full and in brief."""
    drawn: list[tuple[dict[str, Any], Phrase, int, str]] = []
    briefs: dict[Phrase, Phrase] = {}
    for index, panel in enumerate(scene.panels):
        head = {"name": "title", "x": panel.x0, "y": 1, "xanchor": "left", "yanchor": "bottom", "yshift": 8}
        drawn.append((head, Phrase(f"<b>{panel.title.main}</b>", f"<b>{panel.title.alt}</b>"), 13, "ink"))
        if index and panel.gap:
            middle = (scene.panels[index - 1].x1 + panel.x0) / 2
            # Under the ticks and level: beside the rows it would cross the texts of the events.
            fold = {"name": "fold", "x": middle, "y": 0, "xanchor": "center", "yanchor": "top", "yshift": -26}
            drawn.append((fold, panel.gap, 11, "soft"))
            briefs[panel.gap] = panel.brief or panel.gap
    drawn += _sides(scene)
    zone = {"name": "zone", "x": 0, "y": 0, "xanchor": "left", "yanchor": "top", "yshift": 26 - foot(scene)}
    drawn.append((zone, scene.zone, 11, "soft"))
    paper = {"xref": "paper", "yref": "paper", "showarrow": False}
    return [
        (
            {**place, **paper, "text": text[0], "font": {"size": size, "color": light(name)}},
            text,
            briefs.get(text, text),
        )
        for place, text, size, name in drawn
    ]
