"""A calendar written again: UIDs stay, SEQUENCE rises with a change, what vanished is cancelled."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import icalendar
import pytest

from reports.formats import Choices
from reports.ics import to_ics
from tests.calendar_cases import calendar_of, event
from tests.calendar_readers import stamp
from tests.crowd import many
from tests.samples import hostile, sample
from timeline.model import Event, Itinerary, Status


def read(data: bytes) -> dict[str, Any]:
    """UID to VEVENT."""
    return {str(e["UID"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def by_title(data: bytes) -> dict[str, Any]:
    return {str(e["SUMMARY"]): e for e in icalendar.Calendar.from_ical(data).walk("VEVENT")}


def changed(itinerary: Itinerary, index: int, **update: Any) -> Itinerary:
    events = list(itinerary.events)
    events[index] = events[index].model_copy(update=update)
    return itinerary.model_copy(update={"events": tuple(events)})


def without(itinerary: Itinerary, index: int) -> Itinerary:
    events = itinerary.events[:index] + itinerary.events[index + 1 :]
    return itinerary.model_copy(update={"events": events})


def later(event: Event, minutes: int = 1) -> Any:
    assert event.time is not None
    shift = timedelta(minutes=minutes)
    moved = {name: getattr(event.time, name) + shift for name in ("best", "start", "end")}
    return event.time.model_copy(update=moved)


@pytest.mark.parametrize("make", [sample, hostile], ids=["story", "hostile"])
@pytest.mark.parametrize("timezone", ["local", "utc"])
def test_unchanged_data_gives_the_same_bytes(make: Any, timezone: Any) -> None:
    choices = Choices(ics_timezone=timezone)
    first = to_ics(make(), choices)
    assert to_ics(make(), choices) == first
    assert to_ics(make(), choices, first) == first


CLOSED = 3  # 새솔교 전면 통제
CHANGES: list[tuple[str, dict[str, Any], int]] = [
    ("time", {"time": later(sample().events[CLOSED])}, 1),
    ("status", {"status": Status.DENIED}, 1),
    ("place", {"place": "새솔교 북단"}, 1),
    ("title", {"title": "새솔교 양방향 통제"}, 1),
    ("nothing", {}, 0),
    ("notes alone", {"notes": ("덧붙임",)}, 0),
]


@pytest.mark.parametrize(("update", "sequence"), [row[1:] for row in CHANGES], ids=[row[0] for row in CHANGES])
def test_sequence_rises_with_what_a_reader_must_be_told_of(update: dict[str, Any], sequence: int) -> None:
    first = to_ics(sample())
    second = read(to_ics(changed(sample(), CLOSED, **update), older=first))
    before = read(first)
    assert list(second) == list(before)
    rises = {uid: int(second[uid]["SEQUENCE"]) - int(before[uid]["SEQUENCE"]) for uid in before}
    assert sorted(rises.values()) == [0] * (len(rises) - 1) + [sequence]
    third = to_ics(changed(sample(), CLOSED, **update), older=to_ics(changed(sample(), CLOSED, **update), older=first))
    assert [int(e["SEQUENCE"]) for e in read(third).values()] == [int(e["SEQUENCE"]) for e in second.values()]


def test_the_zone_a_time_is_written_in_is_no_change() -> None:
    second = to_ics(sample(), Choices(ics_timezone="utc"), to_ics(sample()))
    assert {int(e["SEQUENCE"]) for e in read(second).values()} == {0}


def test_sequence_keeps_rising() -> None:
    data, sequences = None, []
    for minutes in range(4):
        moved = changed(sample(), CLOSED, time=later(sample().events[CLOSED], minutes))
        data = to_ics(moved, older=data)
        sequences.append(max(int(e["SEQUENCE"]) for e in read(data).values()))
    assert sequences == [0, 1, 2, 3]


def test_a_vanished_event_is_cancelled_under_its_uid_and_stays_so() -> None:
    first = to_ics(sample())
    gone = next(e for e in read(first).values() if e["SUMMARY"].startswith("새솔교 전면"))
    second = to_ics(without(sample(), CLOSED), older=first)
    kept = read(second)[str(gone["UID"])]
    assert kept["STATUS"] == "CANCELLED"
    assert int(kept["SEQUENCE"]) == int(gone["SEQUENCE"]) + 1
    assert kept["SUMMARY"] == gone["SUMMARY"]
    assert kept.decoded("DTSTART") == gone.decoded("DTSTART")
    assert kept["TRANSP"] == "TRANSPARENT"
    assert to_ics(without(sample(), CLOSED), older=second) == second


def test_an_event_that_returns_is_confirmed_again() -> None:
    first = to_ics(sample())
    away = to_ics(without(sample(), CLOSED), older=first)
    back = to_ics(sample(), older=away)
    (found,) = [e for e in read(back).values() if e["SUMMARY"].startswith("새솔교 전면")]
    assert found["STATUS"] == "CONFIRMED"
    assert int(found["SEQUENCE"]) == 2
    assert len(read(back)) == len(read(first))


def test_an_event_whose_time_becomes_unknown_is_cancelled() -> None:
    closed = sample().events[CLOSED].model_copy(update={"time": None})
    moved = without(sample(), CLOSED).model_copy(update={"undated": (closed,)})
    second = to_ics(moved, older=to_ics(sample()))
    assert by_title(second)["새솔교 전면 통제 (오전 10:25–10:45)"]["STATUS"] == "CANCELLED"


def test_the_same_claims_under_another_id_are_the_same_event() -> None:
    first = to_ics(sample())
    renamed = changed(sample(), CLOSED, id="enewidnewid", time=later(sample().events[CLOSED]))
    second = read(to_ics(renamed, older=first))
    assert list(second) == list(read(first))
    assert [int(e["SEQUENCE"]) for e in second.values()].count(1) == 1


def test_an_event_that_gains_claims_keeps_its_uid() -> None:
    closed = sample().events[CLOSED]
    fewer = changed(sample(), CLOSED, id="efewer", claims=closed.claims[:2])
    first = to_ics(fewer)
    second = to_ics(sample(), older=first)
    assert set(read(second)) == set(read(first))


def test_a_split_event_leaves_its_uid_to_one_of_the_two() -> None:
    closed = sample().events[CLOSED]
    halves = [
        closed.model_copy(update={"id": "eone", "claims": closed.claims[:3]}),
        closed.model_copy(update={"id": "etwo", "claims": closed.claims[3:]}),
    ]
    events = (*sample().events[:CLOSED], *halves, *sample().events[CLOSED + 1 :])
    second = read(to_ics(sample().model_copy(update={"events": events}), older=to_ics(sample())))
    assert len(second) == len(events)
    assert len(set(read(to_ics(sample()))) - set(second)) == 0


def test_an_event_that_comes_back_beside_the_one_that_took_its_uid_gets_another() -> None:
    first = to_ics(sample())
    heir = changed(sample(), CLOSED, id="eheir")
    second = to_ics(heir, older=first)
    old = sample().events[CLOSED].model_copy(update={"claims": ()})
    both = heir.model_copy(update={"events": (*heir.events, old)})
    third = read(to_ics(both, older=second))
    assert len(third) == len(both.events)
    assert to_ics(both, older=to_ics(both, older=second)) == to_ics(both, older=second)


def test_another_story_is_not_continued() -> None:
    first = to_ics(sample())
    assert to_ics(many(3), older=first) == to_ics(many(3))


def test_uids_do_not_depend_on_order_or_estimate() -> None:
    turned = sample().model_copy(update={"events": sample().events[::-1]})
    assert set(read(to_ics(turned))) == set(read(to_ics(sample())))
    moved = changed(sample(), CLOSED, time=later(sample().events[CLOSED]))
    assert set(read(to_ics(moved))) == set(read(to_ics(sample())))


def test_no_two_events_share_a_uid() -> None:
    assert len(read(to_ics(many(2_000)))) == 2_000


def test_last_modified_is_the_latest_publication_among_the_claims() -> None:
    documents = {document.id: document for document in sample().documents}
    for made, found in zip(sample().events, read(to_ics(sample())).values(), strict=True):
        told = [documents[claim.document].publication.interval for claim in made.claims]
        latest = max(interval.start for interval in told if interval is not None and interval.start is not None)
        assert stamp(found.decoded("LAST-MODIFIED")) == stamp(latest) == stamp(found.decoded("DTSTAMP"))


def test_data_without_publication_times_is_of_the_epoch() -> None:
    documents = tuple(d.model_copy(update={"publication": type(d.publication)()}) for d in sample().documents)
    found = read(to_ics(sample().model_copy(update={"documents": documents})))
    assert {stamp(e.decoded("DTSTAMP")) for e in found.values()} == {"1970-01-01T00:00:00Z"}


def test_last_modified_never_falls() -> None:
    first = to_ics(sample())
    documents = tuple(d.model_copy(update={"publication": type(d.publication)()}) for d in sample().documents)
    second = to_ics(sample().model_copy(update={"documents": documents}), older=first)
    before, after = read(first), read(second)
    assert all(after[uid].decoded("LAST-MODIFIED") >= before[uid].decoded("LAST-MODIFIED") for uid in before)


SPOILT = {
    "nothing": b"",
    "not a calendar": b"<html></html>",
    "cut short": to_ics(sample())[:3_000],
    "binary": bytes(range(256)),
    "another program's": to_ics(sample()).replace(b"-//event-timeline-reconstructor", b"-//another"),
    "bad sequence": to_ics(sample()).replace(b"SEQUENCE:0", b"SEQUENCE:many"),
    "bad date": to_ics(sample()).replace(b"LAST-MODIFIED:2026", b"LAST-MODIFIED:99"),
    "floating": to_ics(sample()).replace(b"DTSTART;TZID=Asia/Seoul:", b"DTSTART:"),
    "bad uid": to_ics(sample()).replace(b"UID:", b"UID:../"),
}


@pytest.mark.parametrize("older", SPOILT.values(), ids=SPOILT)
def test_a_calendar_that_cannot_be_continued_is_replaced(older: bytes) -> None:
    assert to_ics(sample(), older=older) == to_ics(sample())


def test_hostile_words_of_an_older_calendar_inject_nothing() -> None:
    first = to_ics(hostile())
    second = to_ics(hostile().model_copy(update={"events": hostile().events[:1]}), older=first)
    found = icalendar.Calendar.from_ical(second)
    assert len(found.walk("VEVENT")) == len(hostile().events)
    assert not found.walk("VALARM")
    assert all("ATTENDEE" not in e and "METHOD" not in e for e in found.walk("VEVENT"))
    assert all(len(line) <= 75 for line in second.split(b"\r\n"))


def test_a_date_event_is_cancelled_on_its_dates() -> None:
    first = to_ics(sample())
    second = by_title(to_ics(without(sample(), len(sample().events) - 1), older=first))
    gone = second["[취소] 다리 걷기 행사"]
    assert (stamp(gone.decoded("DTSTART")), stamp(gone.decoded("DTEND"))) == ("2026-03-14", "2026-03-15")
    assert not isinstance(gone.decoded("DTSTART"), datetime)


def test_one_event_of_a_calendar_may_be_all_that_is_left() -> None:
    both = calendar_of(event("2026-03-11T10:00", title="하나"), event("2026-03-11T11:00", title="둘"))
    second = by_title(to_ics(both.model_copy(update={"events": both.events[:1]}), older=to_ics(both)))
    assert {title: str(e["STATUS"]) for title, e in second.items()} == {"하나": "CONFIRMED", "둘": "CANCELLED"}
