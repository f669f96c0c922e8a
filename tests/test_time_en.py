"""English times at the edges of rules: where a sentence ends, what only looks like an amount, what was moved."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from timeline.normalize import normalize_text

PUBLISHED = datetime.fromisoformat("2026-05-20T18:00-04:00")  # a Wednesday

SENTENCES = [
    (
        "The alarm was raised at 6:21 p.m. The last engine left at 9 p.m.",
        ["6:21 p.m.=05-19T18:21", "9 p.m.=05-19T21:00"],
    ),
    ("The ferry sailed at 10 p.m. Last week it was on time.", ["10 p.m.=05-19T22:00", "Last week=05-11T00:00"]),
    ("The vote is set for 3 p.m. Friday.", ["3 p.m. Friday=05-22T15:00"]),
    ("Divers pulled out a second victim on Tuesday.", ["Tuesday=05-19T00:00"]),
    ("A second-hand dealer was fined on Monday.", ["Monday=05-18T00:00"]),
    ("The pump stopped for a second.", ["a second"]),
    ("The hearing was moved from Monday to Thursday.", ["Monday=05-18T00:00", "Thursday=05-21T00:00"]),
    ("The judge moved the hearing from Monday to Thursday.", ["Monday=05-18T00:00", "Thursday=05-21T00:00"]),
    ("The club put its match back from May 22 to May 24.", ["May 22=05-22T00:00", "May 24=05-24T00:00"]),
    ("They pushed the launch from 3 p.m. to 5 p.m. on Friday.", ["3 p.m.=05-22T15:00", "5 p.m. on Friday=05-22T17:00"]),
    ("The march moved north from 2 p.m. to 4 p.m. on Monday.", ["from 2 p.m. to 4 p.m. on Monday=05-18T14:00"]),
    ("The road was closed from Monday to Tuesday.", ["from Monday to Tuesday=05-18T00:00"]),
    ("Doors opened at 7 a.m. and closed at 8 p.m. on Monday.", ["7 a.m.=05-18T07:00", "8 p.m. on Monday=05-18T20:00"]),
    (
        "On Monday she left at 7 a.m. and was back at 8 p.m. on Tuesday.",
        ["Monday=05-18T00:00", "7 a.m.=05-18T07:00", "8 p.m. on Tuesday=05-19T20:00"],
    ),
    ("The levee broke in the afternoon.", ["afternoon=05-20T12:00"]),
    ("By late morning the wind had dropped.", ["By late morning=05-20T09:00"]),
    (
        "Guards left at 2:10 p.m. Monday. A window had broken 15 minutes earlier.",
        ["2:10 p.m. Monday=05-18T14:10", "15 minutes earlier=05-18T13:55"],
    ),
    ("The call came 15 minutes ago.", ["15 minutes ago=05-20T17:45"]),
    ("The flood came at 9 p.m. Monday (0100 GMT).", ["9 p.m. Monday (0100 GMT)=05-18T21:00"]),
    ("The fair runs from May 21 to 23 in the old town.", ["from May 21 to 23=05-21T00:00"]),
    ("The wall grew from May 21 to 23 centimetres.", ["from May 21=05-21T00:00"]),
    ("He has been held since June 3.", ["since June 3=06-03T00:00"]),
    ("Rescuers came shortly after midnight on Monday.", ["shortly after midnight on Monday=05-18T00:00"]),
    ("The bar was raided in the early hours of Friday.", ["early hours of Friday=05-15T00:00"]),
    ("Crews worked early hours and late shifts.", []),
    ("She prefers morning walks and evening classes.", []),
    ("Hail is expected late Friday night.", ["late Friday night=05-22T22:30"]),
    ("The feed stopped at 10:32:05 p.m. on May 18.", ["10:32:05 p.m. on May 18=05-18T22:32"]),
    ("The strike lasted from Monday to Tuesday.", ["from Monday to Tuesday=05-18T00:00"]),
    ("The court upheld the ban on Tuesday.", ["Tuesday=05-19T00:00"]),
    ("Fire swept through the mill on Friday.", ["Friday=05-15T00:00"]),
    ("The bridge opens in March 2030. Work began on May 18.", ["March 2030=03-01T00:00", "May 18=05-18T00:00"]),
    ("Thieves broke in between 2 and 4 a.m. on May 2.", ["between 2 and 4 a.m. on May 2=05-02T02:00"]),
]


def test_a_past_told_after_a_far_plan_is_of_this_year() -> None:
    text = "The bridge opens in March 2030. Work began on May 18."
    told = normalize_text(text, PUBLISHED, "America/New_York", "en")[1].interval
    assert told is not None
    assert told.start == datetime.fromisoformat("2026-05-18T00:00-04:00")


def test_an_hour_the_clocks_skip_is_the_one_after() -> None:
    text, published = "The outage begins at 2 a.m. on March 8.", datetime.fromisoformat("2026-03-06T12:00-05:00")
    told = normalize_text(text, published, "America/New_York", "en")[0].interval
    assert told is not None
    assert told.start == datetime.fromisoformat("2026-03-08T03:00-04:00")
    assert told.end == datetime.fromisoformat("2026-03-08T04:00-04:00")
    assert told.width == timedelta(hours=1)


@pytest.mark.parametrize(("text", "wanted"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_sentences(text: str, wanted: list[str]) -> None:
    found = normalize_text(text, PUBLISHED, "America/New_York", "en")
    told = [
        f"{time.text}={time.interval.start:%m-%dT%H:%M}" if time.interval and time.interval.start else time.text
        for time in found
    ]
    assert told == wanted
