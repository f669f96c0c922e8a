"""The geometry of the drawings: lenses in which five minutes show, panels cut at gaps, one axis for every reader."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.figure import STATUS_SYMBOL, overview
from reports.page.lens import LEFT, RIGHT, Lens, lens
from reports.page.origins import MARKS, all_events, origins
from reports.page.panels import Panel, panels
from reports.page.picture import HEAD, picture
from reports.page.scene import PAPER, SCREEN, Frame, Scene, scene
from reports.page.ticks import ticks
from reports.page.words import Words
from tests.crowd import many
from tests.page_reading import Page
from tests.samples import at, hostile, sample
from tests.stretches import event, itinerary, mixed, roughly, same_instant, span, told
from timeline.interval import Grain, Interval
from timeline.model import Event, Itinerary

WORDS = Words("ko", "Asia/Seoul")
STORIES = {"story": sample(), "mixed": mixed(), "hostile": hostile(), "crowd": many(300, 4)}


def drawn(story: Itinerary) -> Scene:
    made = scene(story, WORDS)
    assert made is not None
    return made


def lens_of(each: Event, story: Itinerary | None = None) -> Lens:
    made = lens(each, origins(story or itinerary(each)), WORDS)
    assert made is not None
    return made


# --- lens


@pytest.mark.parametrize(
    "times",
    [
        [told("2026-03-11T10:35"), told("2026-03-11T10:40")],
        [roughly("2026-03-11T10:35"), roughly("2026-03-11T10:40")],
        [told("2026-03-11T10:35"), told("2026-03-11T10:40"), told("2026-03-11T06:00", Grain.PART_OF_DAY)],
        [told("2026-03-11T10:35"), told("2026-03-11T10:40"), told("2026-03-01T00:00", Grain.MONTH)],
    ],
    ids=["exact", "both rough", "beside a part of the day", "beside a month"],
)
def test_five_minutes_can_be_seen(times: list[Interval]) -> None:
    made = lens_of(event("일", times))
    assert made.box is not None
    low, high = made.box
    assert high - low >= 60
    assert (high - low) / 5 >= 12


def test_discrete_disagreement_is_not_drawn_like_a_range() -> None:
    apart = lens_of(event("일", [told("2026-03-11T10:35"), told("2026-03-11T10:40")]))
    ranged = lens_of(event("일", [span("2026-03-11T10:35", "2026-03-11T10:40")]))
    assert (apart.box is None, apart.band is None) == (False, True)
    assert (ranged.box is None, ranged.band is None) == (True, False)
    assert [mark.kind for lane in ranged.lanes for mark in lane.marks if mark.segment] == ["range"]


def test_exact_is_filled_and_rough_is_hollow_with_its_slack() -> None:
    made = lens_of(event("일", [told("2026-03-11T10:35"), roughly("2026-03-11T10:40")]))
    exact, rough = (lane.marks[0] for lane in made.lanes)
    assert (exact.hollow, exact.segment) == (False, None)
    assert rough.hollow
    assert rough.segment is not None
    assert rough.segment[0] < rough.x < rough.segment[1]


@pytest.mark.parametrize("name", STORIES)
def test_every_claim_has_a_mark_in_its_lens_and_stays_inside(name: str) -> None:
    story = STORIES[name]
    for each in story.events:
        made = lens_of(each, story)
        marks = [mark for lane in made.lanes for mark in lane.marks]
        assert sorted(mark.claim for mark in marks) == sorted(claim.id for claim in each.claims)
        assert all(LEFT <= mark.x <= RIGHT for mark in marks)
        assert LEFT <= made.best <= RIGHT


def test_best_is_drawn_under_the_marks() -> None:
    page = Page(sample())
    for row in page.rows():
        for drawing in row.xpath(".//*[local-name()='svg'][contains(@class,'lens')]"):
            kinds = [it.get("class") for it in drawing.iter() if it.get("class")]
            best = kinds.index("best")
            assert all(best < place for place, kind in enumerate(kinds) if kind.startswith("claim"))


def test_claim_far_away_is_told_at_the_edge() -> None:
    made = lens_of(event("일", [told("2026-03-11T10:35")] * 3 + [told("2026-03-12T09:30")]))
    assert [mark.edge for lane in made.lanes for mark in lane.marks] == ["", "", "", ""]  # it contradicts: on the scale
    times = [told("2026-03-12T09:30"), told("2026-03-11T16:30")]
    each = event("일", times)
    later, plan = each.claims
    changed = each.model_copy(update={"claims": (later, plan.model_copy(update={"superseded": "plan"}))})
    marks = [mark for lane in lens_of(changed).lanes for mark in lane.marks]
    assert [(mark.edge, mark.aside) for mark in marks] == [("", False), ("before", True)]
    assert marks[1].text.main == "◂ 3월 11일 16:30"


MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2090, 1, 1))
GRAIN = st.sampled_from([Grain.SECOND, Grain.MINUTE, Grain.HOUR, Grain.PART_OF_DAY, Grain.DAY, Grain.MONTH, Grain.YEAR])


@given(st.lists(st.tuples(MOMENTS, GRAIN), min_size=1, max_size=12))
def test_any_times_can_be_drawn(rows: list[tuple[datetime, Grain]]) -> None:
    seoul = at("2026-03-11T00:00").tzinfo
    each = event("일", [told(moment.replace(tzinfo=seoul, microsecond=0), grain) for moment, grain in rows])
    story = itinerary(each)
    made = lens_of(each, story)
    marks = [mark for lane in made.lanes for mark in lane.marks]
    assert len(marks) == len(rows)
    assert all(LEFT <= mark.x <= RIGHT for mark in marks)
    assert len(made.ticks) <= 60
    figure = drawn(story)
    assert len(figure.spots) == len(rows)
    assert all(figure.panels[spot.panel].low <= spot.x <= figure.panels[spot.panel].high for spot in figure.spots)


# --- panels


def test_a_year_a_day_and_the_next_day_get_panels() -> None:
    made = panels(mixed(), WORDS)
    assert [panel.title.main for panel in made] == ["2013년", "3월 11일(수)", "3월 12일(목)"]
    assert [panel.gap.main if panel.gap else "" for panel in made] == [
        "",
        "12년 비어 있음",
        "16시간 비어 있음",
    ]
    assert made[0].x0 == 0
    assert made[-1].x1 == pytest.approx(1)
    assert all(panel.x1 - panel.x0 >= 0.1 for panel in made)
    assert all(left.x1 < right.x0 for left, right in pairwise(made))


SPREADS = [
    ("one minute", [event("일", [told("2026-03-11T10:35")])], 1),
    ("nights of a week are not cut", [
        event(f"일 {n}", [told(at("2026-03-08T08:00") + timedelta(hours=24 * (n // 3) + n % 3 * 6))]) for n in range(21)
    ], 1),
    ("two days", [event("가", [told("2026-03-11T10:35")]), event("나", [told("2026-03-12T10:35")])], 2),
    ("a day told by its date beside its clock times", [
        event("가", [told("2026-03-11T22:35")]), event("나", [told("2026-03-11T00:00", Grain.DAY)]),
        event("다", [told("2026-03-05T10:00")])
    ], 2),
    ("a month that covers the day", [
        event("가", [told("2026-03-11T10:35")]), event("나", [told("2026-03-01T00:00", Grain.MONTH)])
    ], 2),
    ("a trial over two years", [
        event(f"공판 {n}", [told(at("2024-01-10T14:00") + timedelta(days=30 * n))]) for n in range(24)
    ], 1),
]  # fmt: skip


@pytest.mark.parametrize(("events", "count"), [row[1:] for row in SPREADS], ids=[row[0] for row in SPREADS])
def test_how_many_panels(events: list[Event], count: int) -> None:
    assert len(panels(itinerary(*events), WORDS)) == count


def test_the_air_around_a_month_does_not_reach_into_the_panel_before() -> None:
    day, month = event("가", [told("2026-03-20T10:35")]), event("나", [told("2026-04-01T00:00", Grain.MONTH)])
    left, right = panels(itinerary(day, month), WORDS)
    assert (left.coarse, right.coarse) == (False, True)
    assert right.low >= at("2026-03-20T10:35").replace(tzinfo=None)
    assert right.high > at("2026-05-02T00:00").replace(tzinfo=None)


@pytest.mark.parametrize("name", STORIES)
def test_everything_with_a_time_is_drawn_once_in_view(name: str) -> None:
    story = STORIES[name]
    made = drawn(story)
    assert [dot.event.id for dot in made.dots] == [each.id for each in story.events]
    timed = [claim.id for each in all_events(story) for claim in each.claims if claim.interval is not None]
    assert sorted(spot.claim.id for spot in made.spots) == sorted(timed)
    places = [(dot.panel, dot.x) for dot in made.dots] + [(spot.panel, spot.x) for spot in made.spots]
    assert all(made.panels[panel].low <= x <= made.panels[panel].high for panel, x in places)


def test_texts_of_events_do_not_run_into_each_other() -> None:
    ends: dict[int, float] = {}
    for dot in drawn(sample()).dots:
        panel = drawn(sample()).panels[dot.panel]
        x = 1040 * (panel.x0 + (dot.x - panel.low) / (panel.high - panel.low) * (panel.x1 - panel.x0))
        assert x - 8 > ends.get(dot.row, -1)
        ends[dot.row] = x if dot.left else x + 7 * len(dot.text)


# --- the still picture


@pytest.mark.parametrize("frame", [SCREEN, PAPER], ids=["screen", "paper"])
@pytest.mark.parametrize("name", STORIES)
def test_picture_holds_every_mark_on_its_axis(name: str, frame: Frame) -> None:
    packed = scene(STORIES[name], WORDS, frame)
    assert packed is not None
    made = picture(packed, WORDS, frame)
    assert sum(mark.held for mark in made.events) == len(packed.dots)
    assert sum(mark.held for mark in made.claims) == len(packed.spots)
    assert all(0 <= mark.x <= 100 and 0 < mark.y < made.height for mark in made.events + made.claims)
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.01 for bar in made.bands + made.boxes + made.ranges)
    assert len(made.ticks) >= 1
    assert len({mark.y for mark in made.claims}) <= len(made.lanes)


def test_a_crowd_is_gathered_into_bins_that_tell_their_counts() -> None:
    packed = scene(many(1000, 3), WORDS)
    assert packed is not None
    made = picture(packed, WORDS)
    assert len(made.events) + len(made.claims) < 1500
    assert sum(mark.held for mark in made.events) == 1000
    assert sum(mark.held for mark in made.claims) == 3000


def test_picture_and_figure_have_one_height() -> None:
    for story in STORIES.values():
        made, still = figure(story), picture(drawn(story), WORDS)
        assert made["layout"]["height"] == still.height + HEAD + still.foot


TICKS = [
    ("a minute apart", "2026-03-11T10:30", "2026-03-11T10:40", 6, ["10:30", "10:32", "10:34", "10:36", "10:38", "10:40"]),
    ("hours of a day", "2026-03-11T07:10", "2026-03-11T19:00", 4, ["09:00", "12:00", "15:00", "18:00"]),
    ("over midnight", "2026-03-11T00:00", "2026-03-12T18:00", 4, ["3월 11일", "12:00", "3월 12일", "12:00"]),
    ("days", "2026-03-11T12:00", "2026-03-15T00:00", 4, ["3월 12일", "3월 13일", "3월 14일", "3월 15일"]),
    ("months", "2026-01-20T00:00", "2026-06-01T00:00", 3, ["2026년 3월", "2026년 5월"]),
    ("years", "2013-05-01T00:00", "2026-02-01T00:00", 7, ["2014년", "2016년", "2018년", "2020년", "2022년", "2024년", "2026년"]),
    ("none fits", "2026-03-11T10:31", "2026-03-11T10:39", 1, []),
]  # fmt: skip


@pytest.mark.parametrize(("low", "high", "most", "texts"), [row[1:] for row in TICKS], ids=[row[0] for row in TICKS])
def test_ticks(low: str, high: str, most: int, texts: list[str]) -> None:
    made = ticks(datetime.fromisoformat(low), datetime.fromisoformat(high), most, WORDS)
    assert [text.main for _, text in made] == texts


@given(MOMENTS, st.integers(60, 3 * 10**9), st.integers(1, 12))
def test_ticks_are_few_and_lie_inside(low: datetime, seconds: int, most: int) -> None:
    high = min(low + timedelta(seconds=seconds), datetime(2190, 1, 1))
    made = [moment for moment, _ in ticks(low, high, most, WORDS)]
    assert made == sorted(made)
    assert all(low <= moment <= high for moment in made)
    assert len(made) <= most + 2


# --- figure


def figure(story: Itinerary) -> dict[str, Any]:
    return overview(drawn(story), WORDS)


def test_every_axis_is_a_date_axis_and_error_bars_are_not_used() -> None:
    made = figure(mixed())
    axes = [axis for name, axis in made["layout"].items() if name.startswith("xaxis")]
    assert len(axes) == 3
    assert all(axis["type"] == "date" for axis in axes)
    assert "error_x" not in str(made)
    assert "hovertemplate" not in str(made)
    assert "texttemplate" not in str(made)


@pytest.mark.parametrize("name", STORIES)
def test_traces_are_grouped(name: str) -> None:
    assert len(figure(STORIES[name])["data"]) <= 50


def test_one_instant_has_one_place_whatever_its_offset() -> None:
    made = figure(same_instant())
    for name in ("best", "claims"):
        (trace,) = [trace for trace in made["data"] if trace["name"] == name]
        assert set(trace["x"]) == {"2026-03-11 10:35:00"}
    assert any("Asia/Seoul (+09:00)" in text for text in made["texts"]["ko"])


def test_box_and_band_are_drawn_apart() -> None:
    made = figure(mixed())
    boxes = [trace for trace in made["data"] if trace["name"] == "box"]
    bands = [trace for trace in made["data"] if trace["name"] == "band"]
    assert all(trace["line"]["dash"] for trace in boxes)
    assert all("dash" not in trace["line"] and trace["opacity"] < 0.3 for trace in bands)
    assert boxes
    assert bands


def test_status_and_origin_differ_by_shape() -> None:
    assert len(set(STATUS_SYMBOL.values())) == len(STATUS_SYMBOL)
    assert len(set(MARKS)) == len(MARKS) == 7


def test_texts_in_the_figure_are_escaped() -> None:
    made = figure(hostile())
    for trace in made["data"]:
        for text in trace.get("text") or ():
            assert "<" not in text
        for text in trace.get("hovertext") or ():
            assert not set(text.replace("<br>", "").replace("<b>", "").replace("</b>", "")) & {"<", ">"}
    assert all("<" not in lane for lane in made["lanes"]["ko"])


def test_no_time_no_figure() -> None:
    bare = sample().events[0].model_copy(update={"time": None, "claims": ()})
    assert scene(itinerary(undated=(bare,)), WORDS) is None


def test_a_panel_knows_what_it_touches() -> None:
    panel: Panel = panels(mixed(), WORDS)[1]
    assert panel.low < datetime(2026, 3, 11, 10, 35) < panel.high
