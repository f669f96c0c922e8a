"""Order and duration: windows only narrow, contradictions are the smallest sets that cannot hold."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.reconcile.order import Bounds, Edge, tighten

ZONE = timezone(timedelta(hours=9))
DAY = datetime(2031, 5, 6, tzinfo=ZONE)


def at(minute: int) -> datetime:
    return DAY + timedelta(minutes=minute)


def window(low: int | None, high: int | None) -> Bounds:
    return Bounds(earliest=None if low is None else at(low), latest=None if high is None else at(high))


def edge(before: str, after: str, low: int | None = 0, high: int | None = None, **more: object) -> Edge:
    bounds = {
        "low": None if low is None else timedelta(minutes=low),
        "high": None if high is None else timedelta(minutes=high),
    }
    return Edge.model_validate({"before": before, "after": after, "why": f"{before}<{after}", **bounds, **more})


def shown(bounds: Bounds) -> tuple[int | None, int | None]:
    return tuple(None if b is None else int((b - DAY) / timedelta(minutes=1)) for b in (bounds.earliest, bounds.latest))  # type: ignore[return-value]


EXAMPLES = [
    (
        "after_gives_an_undated_event_its_start",
        {"a": (600, 610), "b": (None, None)},
        [edge("a", "b")],
        {"b": (600, None)},
    ),
    (
        "before_and_after",
        {"a": (600, 610), "b": (None, None), "c": (700, 700)},
        [edge("a", "b"), edge("b", "c")],
        {"b": (600, 700)},
    ),
    ("thirty_minutes_later", {"a": (600, 600), "b": (None, None)}, [edge("a", "b", 25, 35)], {"b": (625, 635)}),
    (
        "a_chain_of_durations",
        {"a": (600, 600), "b": (None, None), "c": (None, None)},
        [edge("a", "b", 10, 20), edge("b", "c", 5, 5)],
        {"c": (615, 625)},
    ),
    ("later_tells_about_earlier", {"a": (None, None), "b": (900, 960)}, [edge("a", "b", 30, 30)], {"a": (870, 930)}),
    ("vague_narrows", {"a": (720, 1440), "b": (0, 800)}, [edge("a", "b")], {"a": (720, 800), "b": (720, 800)}),
    ("nothing_said", {"a": (720, 1440), "b": (None, None)}, [], {"a": (720, 1440), "b": (None, None)}),
]


@pytest.mark.parametrize(("windows", "edges", "expected"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES])
def test_examples(
    windows: dict[str, tuple[int | None, int | None]],
    edges: list[Edge],
    expected: dict[str, tuple[int | None, int | None]],
) -> None:
    narrowed, contradictions = tighten({k: window(*v) for k, v in windows.items()}, edges)
    assert not contradictions
    assert {k: shown(narrowed[k]) for k in expected} == expected


def test_the_smallest_contradiction_is_reported_and_the_rest_is_used() -> None:
    windows = {"a": window(600, 610), "b": window(500, 510), "c": window(None, None), "d": window(700, 710)}
    long_way = [edge("a", "c"), edge("c", "b", reliability=0.9)]
    direct = edge("a", "b", reliability=0.5, quote="straight after")
    narrowed, contradictions = tighten(windows, [*long_way, direct, edge("b", "d")])
    assert contradictions[0].edges == (direct,)
    assert contradictions[0].events == ("a", "b")
    assert contradictions[0].dropped == direct
    assert set(contradictions[1].edges) == set(long_way)
    assert contradictions[1].dropped == long_way[0]
    assert shown(narrowed["c"]) == (None, 510)
    assert shown(narrowed["b"]) == (500, 510)


def test_a_cycle_of_statements_without_any_window() -> None:
    windows = {"a": window(None, None), "b": window(None, None), "c": window(None, None)}
    edges = [edge("a", "b", 5), edge("b", "c", 5), edge("c", "a", 5)]
    narrowed, contradictions = tighten(windows, edges)
    assert len(contradictions) == 1
    assert len(contradictions[0].edges) == 3
    assert narrowed == windows


def test_the_statements_that_narrow_are_named() -> None:
    first = edge("a", "b", 30, 30, quote="half an hour later", claim="c1")
    narrowed, _ = tighten({"a": window(600, 600), "b": window(None, None)}, [first])
    assert narrowed["b"].because == (first,)
    assert narrowed["a"].because == ()


def test_a_window_that_ends_before_it_begins_is_refused() -> None:
    with pytest.raises(ValueError, match="'a' ends"):
        tighten({"a": window(600, 500)}, [])


def test_a_long_chain_with_one_contradiction() -> None:
    names = [f"e{i:03d}" for i in range(60)]
    windows = {name: window(None, None) for name in names} | {"e000": window(600, 600), "e059": window(610, 610)}
    chain = [edge(a, b, 1, 1) for a, b in pairwise(names)]
    narrowed, contradictions = tighten(windows, chain)
    assert len(contradictions) == 1
    assert len(contradictions[0].edges) == 59
    assert shown(narrowed["e001"]) == (552, 552)  # the first step is left out; the rest counts back from the end


def test_unknown_event_is_named() -> None:
    with pytest.raises(KeyError, match="nobody"):
        tighten({"a": window(1, 2)}, [edge("a", "nobody")])


@st.composite
def networks(draw: st.DrawFn) -> tuple[dict[str, Bounds], list[Edge]]:
    names = "abcdef"[: draw(st.integers(2, 6))]
    windows = {}
    for name in names:
        low = draw(st.none() | st.integers(0, 1000))
        high = draw(st.none() | st.integers(0, 400))
        windows[name] = window(low, None if high is None else (low or 600) + high)
    edges = []
    for _ in range(draw(st.integers(0, 7))):
        before, after = draw(st.sampled_from(list(combinations(names, 2))))
        if draw(st.booleans()):
            before, after = after, before
        low = draw(st.integers(-30, 120))
        high = draw(st.none() | st.integers(0, 60))
        edges.append(
            edge(
                before,
                after,
                low,
                None if high is None else low + high,
                reliability=draw(st.sampled_from([0.4, 0.6, 0.8])),
            )
        )
    return windows, edges


@given(networks())
@settings(max_examples=150, deadline=None)
def test_windows_only_narrow_and_every_kept_statement_can_hold(net: tuple[dict[str, Bounds], list[Edge]]) -> None:
    windows, edges = net
    narrowed, contradictions = tighten(windows, edges)
    dropped = {c.dropped for c in contradictions}
    for name, was in windows.items():
        now = narrowed[name]
        assert was.earliest is None or (now.earliest is not None and now.earliest >= was.earliest)
        assert was.latest is None or (now.latest is not None and now.latest <= was.latest)
        assert now.earliest is None or now.latest is None or now.earliest <= now.latest
    again, more = tighten(narrowed, [e for e in edges if e not in dropped])
    assert not more
    assert {k: shown(v) for k, v in again.items()} == {k: shown(v) for k, v in narrowed.items()}


@given(networks())
@settings(max_examples=80, deadline=None)
def test_a_contradiction_is_minimal(net: tuple[dict[str, Bounds], list[Edge]]) -> None:
    windows, edges = net
    _, contradictions = tighten(windows, edges)
    for found in contradictions[:1]:
        assert tighten(windows, found.edges)[1]
        for left_out in found.edges:
            assert not tighten(windows, [e for e in found.edges if e != left_out])[1]


@given(networks(), st.randoms(use_true_random=False))
@settings(max_examples=80, deadline=None)
def test_order_of_statements_never_matters(net: tuple[dict[str, Bounds], list[Edge]], random: object) -> None:
    windows, edges = net
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert tighten(windows, shuffled) == tighten(windows, edges)
