"""The exports for programs, each by its own reader or schema: CSV, TimelineJS, Timesketch, JSON-LD, annotations."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import jsonschema
import lxml.html
import pytest
from pyld import jsonld

from reports.annotations import to_annotations
from reports.edtf import stretch
from reports.jsonld import to_jsonld
from reports.record import to_record
from reports.tables import cell, to_csv
from reports.timelinejs import to_timelinejs
from reports.timesketch import to_timesketch
from tests import calendar_cases
from tests.hostile import HOSTILE
from tests.samples import at, hostile, sample
from timeline.interval import Grain
from timeline.model import Event, Itinerary

MAKERS = pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
Make = Callable[[], Itinerary]


def checked(name: str, value: Any) -> Any:
    schema = json.loads((Path(__file__).parent / "schemas" / f"{name}.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def event_count(itinerary: Itinerary) -> int:
    return len(itinerary.events) + len(itinerary.undated)


def claims_of(itinerary: Itinerary) -> list[Any]:
    return [claim for event in (*itinerary.events, *itinerary.undated) for claim in event.claims]


# --- CSV


def rows(data: bytes) -> list[dict[str, str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True))


@MAKERS
def test_csv_has_a_row_for_each_event_and_claim(make: Make) -> None:
    events, claims = map(rows, to_csv(make()))
    assert [row["id"] for row in events] == [e.id for e in (*make().events, *make().undated)]
    assert [row["id"] for row in claims] == [claim.id for claim in claims_of(make())]


@MAKERS
def test_csv_lines_end_as_rfc_4180_says(make: Make) -> None:
    for data in to_csv(make()):
        assert data.endswith(b'"\r\n')
        assert b"\n" not in data.replace(b"\r\n", b"") or make is hostile


def test_csv_values_are_those_of_the_json() -> None:
    record = to_record(sample())
    for row, event in zip(rows(to_csv(sample())[0]), [*record.events, *record.undated], strict=True):
        assert row["best"] == (event.time.best if event.time else "")
        assert row["earliest"] == ((event.time.earliest or "") if event.time else "")
        assert row["probability"] == str(event.confidence.probability)
        assert row["title"] == event.title
        assert row["place"] == (event.place or "")
        assert row["independent_origins"] == str(event.independent_origins)


@MAKERS
def test_no_cell_is_a_formula(make: Make) -> None:
    for data in to_csv(make()):
        for row in rows(data):
            for value in row.values():
                assert not value.lstrip().startswith(("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠"))
                assert not value.startswith(("\t", "\r", "\n"))


GUARDED = [
    ("=1+1", "'=1+1"),
    ("+82-2-123", "'+82-2-123"),
    ("-2", "'-2"),
    ("@cmd", "'@cmd"),
    (" =1", "' =1"),
    ("＝1", "'＝1"),
    ("\t=1", "'\t=1"),
    ("1=1", "1=1"),
    ("가나", "가나"),
    (-2, "-2"),
    (0.5, "0.5"),
    (True, "true"),
    (None, ""),
    ("가" * 40_000, "가" * 31_999 + "…"),
]


@pytest.mark.parametrize(("value", "text"), GUARDED, ids=lambda value: repr(value)[:12])
def test_cells(value: object, text: str) -> None:
    assert cell(value) == text


def test_an_itinerary_of_nothing_is_a_heading_alone() -> None:
    nothing = sample().model_copy(update={"events": (), "undated": ()})
    for empty, full in zip(to_csv(nothing), to_csv(sample()), strict=True):
        assert empty == full[: full.index(b"\r\n") + 2]


# --- TimelineJS


@MAKERS
def test_timelinejs_is_valid_and_whole(make: Make) -> None:
    content = checked("timelinejs", json.loads(to_timelinejs(make())))
    assert [slide["unique_id"] for slide in content["events"]] == [event.id for event in make().events]


@MAKERS
def test_timelinejs_html_is_paragraphs_and_web_links(make: Make) -> None:
    content = json.loads(to_timelinejs(make()))
    texts = [part for slide in (content["title"], *content["events"]) for part in slide["text"].values()]
    for text in texts:
        for element in lxml.html.fragment_fromstring(text, create_parent=True).iterdescendants():
            assert element.tag in ("p", "a")
            assert set(element.attrib) <= {"href", "rel"}
            assert element.get("href", "https://").startswith(("http://", "https://"))


DATES = [
    ("새솔교 준공", {"year": 2013}, None),
    ("새솔교 전면 통제", {"year": 2026, "month": 3, "day": 11, "hour": 10, "minute": 37}, None),
    (
        "아랫마을 주민 대피",
        {"year": 2026, "month": 3, "day": 11, "hour": 13, "minute": 0},
        {"year": 2026, "month": 3, "day": 11, "hour": 14, "minute": 59},
    ),
    ("[취소] 다리 걷기 행사", {"year": 2026, "month": 3, "day": 14}, None),
]


@pytest.mark.parametrize(("headline", "start", "end"), DATES, ids=[row[0] for row in DATES])
def test_timelinejs_dates_are_as_fine_as_known(headline: str, start: Any, end: Any) -> None:
    slides = json.loads(to_timelinejs(sample()))["events"]
    (slide,) = [slide for slide in slides if slide["text"]["headline"] == headline]
    assert (slide["start_date"], slide.get("end_date")) == (start, end)


FINER: list[tuple[str, Event, Any, Any]] = [
    (
        "part of the day",
        calendar_cases.event("2026-03-11T12:00", Grain.PART_OF_DAY, "2026-03-11T18:00"),
        {"year": 2026, "month": 3, "day": 11, "hour": 12, "minute": 0},
        {"year": 2026, "month": 3, "day": 11, "hour": 17, "minute": 59},
    ),
    (
        "open start",
        calendar_cases.event("2026-03-11T10:37", time={"start": None}),
        {"year": 2026, "month": 3, "day": 11, "hour": 10, "minute": 37},
        None,
    ),
    (
        "quarter",
        calendar_cases.event("2026-01-01T00:00", Grain.QUARTER, "2026-04-01T00:00"),
        {"year": 2026, "month": 1},
        {"year": 2026, "month": 3},
    ),
    (
        "decade",
        calendar_cases.event("1990-01-01T00:00", Grain.DECADE, "2000-01-01T00:00"),
        {"year": 1990},
        {"year": 1999},
    ),
]


@pytest.mark.parametrize(("made", "start", "end"), [row[1:] for row in FINER], ids=[row[0] for row in FINER])
def test_timelinejs_dates_of_other_grains(made: Event, start: Any, end: Any) -> None:
    content = checked("timelinejs", json.loads(to_timelinejs(calendar_cases.calendar_of(made))))
    (slide,) = content["events"]
    assert (slide["start_date"], slide.get("end_date")) == (start, end)


def test_timelinejs_tells_the_range_and_every_source() -> None:
    slides = json.loads(to_timelinejs(sample()))["events"]
    closed = next(slide for slide in slides if slide["text"]["headline"] == "새솔교 전면 통제")
    assert "오전 10:25–10:45" in closed["display_date"]
    assert closed["text"]["text"].count("“") == 6


# --- Timesketch


@MAKERS
def test_timesketch_rows_are_valid_and_one_for_each_timed_claim(make: Make) -> None:
    made = [checked("timesketch", json.loads(line)) for line in to_timesketch(make()).splitlines()]
    timed = [claim for claim in claims_of(make()) if claim.interval is not None]
    assert sorted(row["claim"] for row in made) == sorted(claim.id for claim in timed)
    assert [row["datetime"] for row in made] == sorted(row["datetime"] for row in made)


def test_timesketch_instants_are_those_of_the_claims() -> None:
    starts = {claim.id: claim.interval.start for claim in claims_of(sample()) if claim.interval is not None}
    for line in to_timesketch(sample()).splitlines():
        row = json.loads(line)
        assert datetime.fromisoformat(row["datetime"]) == starts[row["claim"]]


# --- JSON-LD


def _schema_org(url: str, _: Any) -> dict[str, Any]:
    """schema.org's context, in so far as these files use it: every bare name is in its vocabulary."""
    assert url == "https://schema.org"
    context = {"@vocab": "https://schema.org/", **{n: {"@type": "@id"} for n in ("eventStatus", "url")}}
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": context}}


def expanded(itinerary: Itinerary) -> list[Any]:
    return jsonld.expand(json.loads(to_jsonld(itinerary)), {"documentLoader": _schema_org})


SCHEMA_ORG = "https://schema.org/"


@MAKERS
def test_jsonld_expands_to_one_event_node_each(make: Make) -> None:
    nodes = expanded(make())
    assert len(nodes) == event_count(make())
    assert {node["@type"][0] for node in nodes} == {SCHEMA_ORG + "Event"}
    assert len({node["@id"] for node in nodes}) == len(nodes)
    for node, event in zip(nodes, (*make().events, *make().undated), strict=True):
        assert len(node[SCHEMA_ORG + "subjectOf"]) == len(event.claims)
        assert len(node[SCHEMA_ORG + "name"]) == 1


JSONLD = [
    ("새솔교 준공", "2013", "2013", "2013"),
    ("새솔교 전면 통제", "2026-03-11T10:37:00+09:00", None, "2026-03-11T10:37"),
    (
        "아랫마을 주민 대피",
        "2026-03-11T13:00:00+09:00",
        "2026-03-11T15:00:00+09:00",
        "2026-03-11T13:00/2026-03-11T15:00",
    ),
    ("다리 걷기 행사", "2026-03-14", "2026-03-14", "2026-03-14"),
    ("균열 보고 접수설", "2025-11", "2025-11", "2025-11"),
]


@pytest.mark.parametrize(("name", "start", "end", "edtf"), JSONLD, ids=[row[0] for row in JSONLD])
def test_jsonld_times_are_no_finer_than_known(name: str, start: str, end: str | None, edtf: str) -> None:
    (node,) = [node for node in json.loads(to_jsonld(sample()))["@graph"] if node["name"] == name]
    assert (node["startDate"], node.get("endDate"), node["edtf"]) == (start, end, edtf)


def test_jsonld_claims_scheduled_of_no_rumour() -> None:
    graph = json.loads(to_jsonld(sample()))["@graph"]
    statuses = {node["name"]: node.get("eventStatus", "").removeprefix(SCHEMA_ORG) for node in graph}
    assert statuses["다리 걷기 행사"] == "EventCancelled"
    assert statuses["합동 조사 시작"] == "EventScheduled"
    assert statuses["시공사 압수수색"] == statuses["균열 보고 접수설"] == ""


EDTF = [
    ("minute", "2026-03-11T10:37", "2026-03-11T10:38", Grain.MINUTE, False, "2026-03-11T10:37"),
    ("hours", "2026-03-11T13:00", "2026-03-11T15:00", Grain.MINUTE, False, "2026-03-11T13:00/2026-03-11T15:00"),
    ("day", "2026-03-13T00:00", "2026-03-14T00:00", Grain.DAY, False, "2026-03-13"),
    ("about a day", "2026-03-13T00:00", "2026-03-14T00:00", Grain.DAY, True, "2026-03-13~"),
    ("days", "2026-03-13T00:00", "2026-03-16T00:00", Grain.DAY, False, "2026-03-13/2026-03-15"),
    ("month", "2025-11-01T00:00", "2025-12-01T00:00", Grain.MONTH, False, "2025-11"),
    ("months", "2025-11-01T00:00", "2026-02-01T00:00", Grain.MONTH, False, "2025-11/2026-01"),
    ("year", "2013-01-01T00:00", "2014-01-01T00:00", Grain.YEAR, False, "2013"),
    (
        "afternoon",
        "2026-03-11T12:00",
        "2026-03-11T18:00",
        Grain.PART_OF_DAY,
        False,
        "2026-03-11T12:00/2026-03-11T18:00",
    ),
    ("open start", None, "2026-03-11T18:00", Grain.MINUTE, False, "../2026-03-11T18:00"),
]


@pytest.mark.parametrize(
    ("start", "end", "grain", "about", "text"), [row[1:] for row in EDTF], ids=[row[0] for row in EDTF]
)
def test_edtf_of_a_stretch(start: str | None, end: str | None, grain: Grain, about: bool, text: str) -> None:
    moments = [None if moment is None else at(moment) for moment in (start, end)]
    assert stretch(moments[0], moments[1], grain, about, ZoneInfo("Asia/Seoul")) == text


# --- W3C annotations


@MAKERS
def test_annotations_are_valid_and_one_for_each_claim(make: Make) -> None:
    content = checked("annotations", json.loads(to_annotations(make())))
    assert content["total"] == len(content["first"]["items"]) == len(claims_of(make()))
    assert len({item["id"] for item in content["first"]["items"]}) == content["total"]


@MAKERS
def test_annotations_select_the_quote_in_the_text_both_ways(make: Make) -> None:
    texts = {document.id: document.text for document in make().documents}
    items = json.loads(to_annotations(make()))["first"]["items"]
    for item, claim in zip(items, claims_of(make()), strict=True):
        by_quote, by_position = item["target"]["selector"]
        text = texts[claim.document]
        assert by_quote["exact"] == claim.quote == text[by_position["start"] : by_position["end"]]
        assert text.count(by_quote["prefix"] + by_quote["exact"] + by_quote["suffix"]) == 1
        if claim.mention is not None:
            within = by_quote["refinedBy"]
            assert claim.quote[within["start"] : within["end"]] == claim.mention.text


def test_there_are_enough_hostile_strings() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 25
