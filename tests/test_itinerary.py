"""Events in order, silences between them, a title, and what is kept of some days or some people."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.making import at, claim, document, documents
from timeline.interval import Grain
from timeline.itinerary import arrange
from timeline.model import Claim, Document, Event, Itinerary, Ordering, Problem
from timeline.reconcile.events import assemble
from timeline.selection import about, between
from timeline.sentences import Sentences

SAY = Sentences("en")


def events_of(*claims: Claim) -> tuple[Event, ...]:
    return assemble([[c] for c in claims], documents(claims), SAY)


def arranged(events: tuple[Event, ...], **more: Any) -> Itinerary:
    fields: dict[str, Any] = {
        "order": (),
        "documents": (),
        "title": None,
        "timezone": "Asia/Seoul",
        "generator": "made",
        "inputs_sha256": "0" * 64,
        "problems": (),
        "say": SAY,
    }
    fields |= more
    return arrange(events, fields.pop("order"), fields.pop("documents"), **fields)


def test_events_stand_in_time_and_undated_ones_apart() -> None:
    events = events_of(claim("a", "2031-05-06T18:00"), claim("b", None), claim("c", "2031-05-05"), claim("d", None))
    told = arranged(events)
    assert [e.claims[0].id for e in told.events] == ["c", "a"]
    assert {e.claims[0].id for e in told.undated} == {"b", "d"}
    assert arranged(tuple(reversed(events))) == told


def test_a_day_stands_before_its_first_minute() -> None:
    told = arranged(events_of(claim("a", "2031-05-06T00:00"), claim("b", "2031-05-06")))
    assert [e.claims[0].id for e in told.events] == ["b", "a"]
    assert told.events[0].time is not None
    assert told.events[0].time.grain is Grain.DAY


# id, the clock times of a story, how many hours each silence lasts
GAPS = [
    ("close_together", ["2031-05-06T09:00", "2031-05-06T11:00"], []),
    ("a_night", ["2031-05-06T21:00", "2031-05-07T07:00"], [10]),
    ("just_short", ["2031-05-06T09:00", "2031-05-06T14:59"], []),
    ("two_stories", ["2031-05-06T09:00", "2031-05-26T09:00"], []),
    ("two_silences", ["2031-05-06T09:00", "2031-05-06T17:00", "2031-05-07T05:00"], [8, 12]),
    ("days_make_none", ["2031-05-06", "2031-05-08"], []),
    ("a_day_between_is_no_clock_time", ["2031-05-06T09:00", "2031-05-06", "2031-05-06T21:00"], [12]),
]


@pytest.mark.parametrize(("times", "hours"), [r[1:] for r in GAPS], ids=[r[0] for r in GAPS])
def test_silences(times: list[str], hours: list[int]) -> None:
    told = arranged(events_of(*(claim(f"c{n}", when) for n, when in enumerate(times))))
    assert [round((gap.end - gap.start).total_seconds() / 3600) for gap in told.gaps] == hours
    known = {e.id: e for e in told.events}
    for gap in told.gaps:
        assert known[gap.after].time is not None
        assert known[gap.before].time is not None
        assert not [e for e in told.events if e.time and e.time.grain.is_clock() and gap.start < e.time.best < gap.end]


def test_a_long_event_is_no_silence() -> None:
    long = claim("a", "2031-05-06T09:00", hours=9)
    told = arranged(events_of(long, claim("b", "2031-05-06T19:00")))
    assert told.gaps == ()


# --- the title

REPORTS: tuple[Document, ...] = (document("a", title="The ferry sank"), document("b", title="All saved"))


def test_the_title_is_the_users_own() -> None:
    assert arranged((), documents=REPORTS, title="Mine").title == "Mine"


def test_the_title_is_the_first_reports_and_how_many_more() -> None:
    assert arranged((), documents=REPORTS).title == SAY("default_title", first="The ferry sank", n=1)
    assert arranged((), documents=REPORTS[:1]).title == "The ferry sank"
    assert arranged((), documents=(document("a"),)).title == SAY("empty_title")
    assert arranged(()).title == SAY("empty_title")


def test_documents_orders_and_problems_are_sorted() -> None:
    problems = (Problem(file="z", error="1"), Problem(file="a", error="2"))
    orders = (Ordering(before="y", after="z", why="w"), Ordering(before="x", after="z", why="w"))
    told = arranged((), documents=tuple(reversed(REPORTS)), problems=problems, order=orders)
    assert [d.file for d in told.documents] == ["a.txt", "b.txt"]
    assert [p.file for p in told.problems] == ["a", "z"]
    assert [o.before for o in told.order] == ["x", "y"]


# --- a part of it


def whole() -> Itinerary:
    events = events_of(
        claim("a", "2031-05-05T23:50"), claim("b", "2031-05-06T09:00"), claim("c", "2031-05-08"), claim("d", None)
    )
    orders = [Ordering(before=events[0].id, after=events[1].id, why="w")]
    return arranged(events, order=orders)


DAYS = [
    ("all", None, None, "abc"),
    ("since", date(2031, 5, 6), None, "bc"),
    ("until", None, date(2031, 5, 6), "ab"),
    ("one_day", date(2031, 5, 6), date(2031, 5, 6), "b"),
    ("last_minutes", date(2031, 5, 5), date(2031, 5, 5), "a"),
    ("none", date(2031, 6, 1), None, ""),
]


@pytest.mark.parametrize(("since", "until", "kept"), [r[1:] for r in DAYS], ids=[r[0] for r in DAYS])
def test_the_events_of_some_days(since: date | None, until: date | None, kept: str) -> None:
    part = between(whole(), since, until)
    assert "".join(e.claims[0].id for e in part.events) == kept
    assert [e.claims[0].id for e in part.undated] == ["d"]
    ids = {e.id for e in (*part.events, *part.undated)}
    assert all({o.before, o.after} <= ids for o in part.order)
    assert all({g.before, g.after} <= ids for g in part.gaps)


def test_a_month_stays_for_any_of_its_days() -> None:
    month = claim("a", "2031-05-01", said="in May")
    assert month.interval is not None
    may = month.interval.model_copy(update={"end": at("2031-06-01"), "grain": Grain.MONTH})
    told = arranged(events_of(month.model_copy(update={"interval": may})))
    assert between(told, date(2031, 5, 20), date(2031, 5, 20)).events == told.events
    assert between(told, date(2031, 6, 1), None).events == ()


SUBJECTS = [
    ("nobody_asked", [], "abc"),
    ("actor", ["Kim"], "a"),
    ("part_of_the_name", ["Kim Ha"], "a"),
    ("in_the_quote", ["bridge"], "b"),
    ("either", ["Kim", "bridge"], "ab"),
    ("nobody", ["Lee"], ""),
]


@pytest.mark.parametrize(("subjects", "kept"), [r[1:] for r in SUBJECTS], ids=[r[0] for r in SUBJECTS])
def test_the_events_about_someone(subjects: list[str], kept: str) -> None:
    events = events_of(
        claim("a", "2031-05-05", actors=("Kim Haru",)),
        claim("b", "2031-05-06", quote="the bridge fell"),
        claim("c", None),
    )
    assert "".join(e.claims[0].id for e in about(events, subjects)) == kept
