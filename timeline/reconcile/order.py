"""Order and duration as constraints: a simple temporal network tightens windows and names what cannot all hold.

Each statement bounds the distance of two events, ``low <= t_after - t_before <= high``; each window bounds one event
against a common origin. The tightest bounds are shortest paths, and a negative cycle is a set of statements that cannot
all be true (Dechter, Meiri and Pearl, Artificial Intelligence 49, 1991). The cycle with the fewest statements is what a
reader is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from timeline.interval import Frozen

DAYS_COURSE = timedelta(hours=14)  # an order told within one day's course reaches no further
ORIGIN = ""  # stands for the zero of time; no event may be called so
MAX_WALK = (
    24  # statements and windows in the longest cycle for which the smallest is searched; beyond, any cycle is shown
)


class Edge(Frozen):
    """A statement that ``after`` lies between ``low`` and ``high`` after ``before`` (``None``: open on that side).

    ``quote`` and ``claim`` say where it stands, ``why`` what it says. A smaller ``reliability`` gives way first.
    """

    before: str
    after: str
    low: timedelta | None = timedelta(0)
    high: timedelta | None = None
    why: str = ""
    quote: str = ""
    claim: str = ""
    reliability: float = 0.8


class Bounds(Frozen):
    """When an event may have happened: ``[earliest, latest]``, ``None`` for an open side, and the statements used."""

    earliest: datetime | None = None
    latest: datetime | None = None
    because: tuple[Edge, ...] = ()


class Contradiction(Frozen):
    """The fewest statements that cannot all hold, the events they touch, and the one left out to go on."""

    edges: tuple[Edge, ...]
    events: tuple[str, ...]
    dropped: Edge


@dataclass(frozen=True)
class _Arc:
    """``t_head - t_tail <= length`` in seconds; ``edge`` is the statement it comes from, ``None`` for a window."""

    tail: str
    head: str
    length: float
    edge: Edge | None


def tighten(
    windows: Mapping[str, Bounds], edges: Iterable[Edge]
) -> tuple[dict[str, Bounds], tuple[Contradiction, ...]]:
    """Narrow the windows by the statements.

    ``windows`` maps each event to its bounds (both sides open for an undated event); the result has the same keys, each
    window within the one given. Statements that contradict windows or one another are reported with the smallest set
    that cannot hold, the least reliable statement of it is left out, and the rest is used. Edges about unknown events
    raise ``KeyError``, a window that ends before it begins ``ValueError``.
    """
    kept = sorted(set(edges), key=_edge_key)
    for event, bounds in windows.items():
        if bounds.earliest is not None and bounds.latest is not None and bounds.latest < bounds.earliest:
            raise ValueError(f"window of {event!r} ends {bounds.latest} before it begins {bounds.earliest}")
    for edge in kept:
        for event in (edge.before, edge.after):
            if event not in windows:
                raise KeyError(f"statement {edge.why or edge.quote!r} is about an unknown event {event!r}")
    found: list[Contradiction] = []
    for part in _components(windows, kept):
        inside = [edge for edge in kept if edge.before in part]
        while cycle := _smallest_cycle(part, windows, inside):
            dropped = min(cycle, key=lambda e: (e.reliability, _edge_key(e)))
            events = tuple(sorted({e for edge in cycle for e in (edge.before, edge.after)}))
            found.append(Contradiction(edges=cycle, events=events, dropped=dropped))
            inside.remove(dropped)
            kept.remove(dropped)
    narrowed = {}
    for part in _components(windows, kept):
        narrowed.update(_narrow(part, windows, [edge for edge in kept if edge.before in part]))
    return {event: narrowed[event] for event in windows}, tuple(found)


def _edge_key(edge: Edge) -> tuple[object, ...]:
    low = edge.low.total_seconds() if edge.low is not None else float("-inf")
    high = edge.high.total_seconds() if edge.high is not None else float("inf")
    return (edge.before, edge.after, low, high, edge.claim, edge.quote, edge.why, edge.reliability)


def _components(windows: Mapping[str, Bounds], edges: Sequence[Edge]) -> list[list[str]]:
    """Events that statements tie together, each group sorted; groups in order of their first event."""
    leader = {event: event for event in windows}

    def find(event: str) -> str:
        while leader[event] != event:
            leader[event] = leader[leader[event]]
            event = leader[event]
        return event

    for edge in edges:
        a, b = sorted((find(edge.before), find(edge.after)))
        leader[b] = a
    groups: dict[str, list[str]] = {}
    for event in sorted(windows):
        groups.setdefault(find(event), []).append(event)
    return list(groups.values())


def _arcs(part: Sequence[str], windows: Mapping[str, Bounds], edges: Sequence[Edge]) -> list[_Arc]:
    arcs = []
    for event in part:
        window = windows[event]
        if window.latest is not None:
            arcs.append(_Arc(ORIGIN, event, window.latest.timestamp(), None))
        if window.earliest is not None:
            arcs.append(_Arc(event, ORIGIN, -window.earliest.timestamp(), None))
    for edge in edges:
        if edge.high is not None:
            arcs.append(_Arc(edge.before, edge.after, edge.high.total_seconds(), edge))
        if edge.low is not None:
            arcs.append(_Arc(edge.after, edge.before, -edge.low.total_seconds(), edge))
    return arcs


def _shortest(start: str, nodes: Sequence[str], arcs: Sequence[_Arc]) -> tuple[dict[str, float], dict[str, _Arc]]:
    """Bellman-Ford from one node: distances and the last arc on each shortest path. No negative cycle may be left."""
    distance = {start: 0.0}
    last: dict[str, _Arc] = {}
    for _ in range(len(nodes) + 1):
        changed = False
        for arc in arcs:
            base = distance.get(arc.tail)
            if base is not None and base + arc.length < distance.get(arc.head, float("inf")) - 1e-6:
                distance[arc.head] = base + arc.length
                last[arc.head] = arc
                changed = True
        if not changed:
            break
    return distance, last


def _smallest_cycle(part: Sequence[str], windows: Mapping[str, Bounds], edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """The statements of a negative cycle, as few as may be; empty where all statements can hold.

    From every node, the shortest walk of exactly k arcs, k growing: the first k at which a walk comes home with a
    negative length gives a cycle of the fewest arcs.
    """
    arcs = _arcs(part, windows, edges)
    nodes = [ORIGIN, *part]
    any_cycle = _negative_cycle(nodes, arcs) if edges else []
    if not any_cycle:
        return ()
    best = tuple(dict.fromkeys(arc.edge for arc in any_cycle if arc.edge is not None))
    for start in nodes:
        walk = _first_negative_walk(start, nodes, arcs, limit=min(2 * len(best) + 2, MAX_WALK, len(nodes)))
        told = tuple(dict.fromkeys(arc.edge for arc in walk if arc.edge is not None))
        if told and (not best or len(told) < len(best)):
            best = told
    return best


def _negative_cycle(nodes: Sequence[str], arcs: Sequence[_Arc]) -> list[_Arc]:
    """The arcs of some negative cycle, by Bellman-Ford from all nodes at once; empty where there is none."""
    distance = dict.fromkeys(nodes, 0.0)
    last: dict[str, _Arc] = {}
    moved = ""
    for _ in range(len(nodes) + 1):
        moved = ""
        for arc in arcs:
            if distance[arc.tail] + arc.length < distance[arc.head] - 1e-6:
                distance[arc.head] = distance[arc.tail] + arc.length
                last[arc.head] = arc
                moved = moved or f"at {arc.head}"
        if not moved:
            return []
    at = moved.removeprefix("at ")
    for _ in nodes:  # walk back until surely on the cycle
        at = last[at].tail
    cycle = [last[at]]
    while cycle[-1].tail != at:
        cycle.append(last[cycle[-1].tail])
    return cycle


def _first_negative_walk(start: str, nodes: Sequence[str], arcs: Sequence[_Arc], limit: int) -> list[_Arc]:
    layer: dict[str, float] = {start: 0.0}
    came: list[dict[str, _Arc]] = []
    for _ in range(limit):
        ahead: dict[str, float] = {}
        by: dict[str, _Arc] = {}
        for arc in arcs:
            base = layer.get(arc.tail)
            if base is not None and base + arc.length < ahead.get(arc.head, float("inf")):
                ahead[arc.head] = base + arc.length
                by[arc.head] = arc
        came.append(by)
        layer = ahead
        if layer.get(start, 0.0) < -1e-6:
            return _walk_back(start, came)
    return []


def _walk_back(start: str, came: Sequence[Mapping[str, _Arc]]) -> list[_Arc]:
    walk: list[_Arc] = []
    at = start
    for by in reversed(came):
        walk.append(by[at])
        at = by[at].tail
    return walk[::-1]


def _narrow(part: Sequence[str], windows: Mapping[str, Bounds], edges: Sequence[Edge]) -> dict[str, Bounds]:
    if not edges:
        return {event: windows[event] for event in part}
    arcs = _arcs(part, windows, edges)
    nodes = [ORIGIN, *part]
    back = [_Arc(a.head, a.tail, a.length, a.edge) for a in arcs]
    high, high_by = _shortest(ORIGIN, nodes, arcs)
    low, low_by = _shortest(ORIGIN, nodes, back)
    out = {}
    for event in part:
        was = windows[event]
        because = dict.fromkeys([*_told_on(event, low_by), *_told_on(event, high_by)])
        earliest = _moment(-low[event], was.earliest, windows, part) if event in low else None
        latest = _moment(high[event], was.latest, windows, part) if event in high else None
        out[event] = Bounds(earliest=earliest, latest=latest, because=tuple(because))
    return out


def _told_on(event: str, last: Mapping[str, _Arc]) -> list[Edge]:
    told = []
    while event != ORIGIN and event in last:
        arc = last[event]
        if arc.edge is not None:
            told.append(arc.edge)
        event = arc.tail
    return told


def _moment(at: float, was: datetime | None, windows: Mapping[str, Bounds], part: Sequence[str]) -> datetime:
    """A moment in the zone of the event's own bound, else of the first bound of its group."""
    if was is not None and abs(was.timestamp() - at) < 1:
        return was
    zone = was.tzinfo if was is not None else None
    if zone is None:
        zone = next(b.tzinfo for e in part for b in (windows[e].earliest, windows[e].latest) if b is not None)
    return datetime.fromtimestamp(at, tz=zone)
