"""Order told in the text: it bounds what has no time, narrows what is vague, widens nothing, and breaks nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import at, claim, documents
from timeline.model import Claim, Event, Relation
from timeline.reconcile.events import assemble
from timeline.reconcile.sequence import sequence
from timeline.sentences import Sentences

SAY = Sentences("en")
MORNING = "2031-05-06T09:40"


def after(other: str, word: str = "then") -> tuple[Relation, ...]:
    return (Relation(kind="after", other=other, quote=word),)


def before(other: str) -> tuple[Relation, ...]:
    return (Relation(kind="before", other=other, quote="earlier"),)


def events_of(*claims: Claim) -> tuple[Event, ...]:
    """One event a claim, in the order given."""
    told = [c.model_copy(update={"published": at("2031-05-07T18:00")}) for c in claims]
    return assemble([[c] for c in told], documents(told), SAY)


def test_without_any_order_nothing_changes() -> None:
    events = events_of(claim("a", MORNING), claim("b", None))
    assert sequence(events, SAY) == (events, ())


def test_an_undated_event_gets_its_place_and_no_time() -> None:
    events = events_of(claim("a", MORNING), claim("b", None, document="a", relations=after("a")))
    (first, second), order = sequence(events, SAY)
    assert first == events[0]
    assert second.time is None
    assert second.constraint
    assert [(o.before, o.after) for o in order] == [(first.id, second.id)]
    assert "then" in order[0].why


def test_an_undated_event_lies_between_the_end_before_it_and_the_next_hour_of_those_people() -> None:
    who = ("Arno Velt",)
    meeting = claim("a", MORNING, actors=who)
    length = claim("d", "2031-05-06", actors=who, lasts=timedelta(hours=2))
    tour = claim("b", None, document="a", relations=after("a"), actors=who)
    dinner = claim("c", "2031-05-06T18:20", actors=who)
    told = [c.model_copy(update={"published": at("2031-05-07T18:00")}) for c in (meeting, length, tour, dinner)]
    events = assemble([told[:2], [told[2]], [told[3]]], documents(told), SAY)
    assert events[0].time is not None
    assert events[0].time.end == at("2031-05-06T11:40")
    (_, placed, _), _ = sequence(events, SAY)
    assert placed.time is not None
    assert (placed.time.earliest, placed.time.latest) == (at("2031-05-06T11:40"), at("2031-05-06T18:20"))
    assert placed.time.approximate


def test_the_event_told_before_is_no_ceiling() -> None:
    who = ("Arno Velt",)
    first = claim("a", MORNING, about=5, actors=who)
    tour = claim("b", None, document="a", relations=after("a"), actors=who)
    events = events_of(first, tour)
    (_, second), _ = sequence(events, SAY)
    assert second.time is None
    assert second.constraint


def test_before_is_told_the_other_way_round() -> None:
    events = events_of(claim("a", MORNING), claim("b", None, document="a", relations=before("a")))
    (first, second), order = sequence(events, SAY)
    assert [(o.before, o.after) for o in order] == [(second.id, first.id)]


def test_a_vague_time_is_narrowed_from_below() -> None:
    afternoon = claim("b", "2031-05-06T12:00", hours=6, document="a", relations=after("a"))
    events = events_of(claim("a", "2031-05-06T14:30"), afternoon)
    (_, second), _ = sequence(events, SAY)
    assert second.time is not None
    assert events[1].time is not None
    assert second.time.best >= at("2031-05-06T14:30")
    assert second.time.earliest == at("2031-05-06T14:30")
    assert second.time.latest is not None
    assert events[1].time.latest is not None
    assert second.time.latest <= events[1].time.latest
    assert second.notes


def test_the_next_clock_time_of_the_same_people_bounds_it_from_above() -> None:
    vague = claim("b", "2031-05-06T12:00", hours=6, document="a", relations=after("a"), actors=("Kim",))
    last = claim("c", "2031-05-06T16:00", actors=("Kim",))
    events = events_of(claim("a", "2031-05-06T14:30", actors=("Kim",)), vague, last)
    (_, second, _), _ = sequence(events, SAY)
    assert second.time is not None
    assert second.time.latest == at("2031-05-06T16:00")


def test_a_clock_time_is_not_moved_by_order() -> None:
    events = events_of(claim("a", MORNING), claim("b", "2031-05-06T10:10", document="a", relations=after("a")))
    assert sequence(events, SAY)[0] == events


def test_an_order_the_times_contradict_is_dropped_and_moves_nothing() -> None:
    events = events_of(claim("a", MORNING), claim("b", "2031-05-05T10:10", document="a", relations=after("a")))
    told, order = sequence(events, SAY)
    assert told == events
    assert order == ()


def test_an_order_within_one_event_is_none() -> None:
    a = claim("a", MORNING, published=at("2031-05-07T18:00"))
    b = claim("b", None, document="a", relations=after("a"), published=at("2031-05-07T18:00"))
    events = assemble([[a, b]], documents([a]), SAY)
    assert sequence(events, SAY) == (events, ())


def test_an_order_against_a_claim_that_is_gone_is_none() -> None:
    events = events_of(claim("b", None, relations=after("gone")))
    assert sequence(events, SAY) == (events, ())


ROWS: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        kind=st.sampled_from(["minute", "part", "day", "none"]),
        day=st.integers(1, 3),
        hour=st.integers(0, 23),
        relation=st.sampled_from(["after", "before", None]),
        other=st.integers(0, 5),
    ),
    min_size=2,
    max_size=6,
)


def made(rows: list[dict[str, Any]]) -> list[Claim]:
    out = []
    for n, row in enumerate(rows):
        day, hour = f"2031-05-{row['day']:02}", row["hour"]
        when: str | None = f"{day}T{hour:02}:00" if row["kind"] == "minute" else day
        when = f"{day}T{hour // 6 * 6:02}:00" if row["kind"] == "part" else when
        when = None if row["kind"] == "none" else when
        told: tuple[Relation, ...] = ()
        if row["relation"] is not None and row["other"] % len(rows) != n:
            told = (Relation(kind=row["relation"], other=f"c{row['other'] % len(rows)}", quote="then"),)
        out.append(claim(f"c{n}", when, hours=6 * (row["kind"] == "part"), document="d", start=50 * n, relations=told))
    return out


@settings(max_examples=150)
@given(ROWS)
def test_order_only_narrows(rows: list[dict[str, Any]]) -> None:
    events = events_of(*made(rows))
    told, order = sequence(events, SAY)
    assert [e.id for e in told] == [e.id for e in events]
    for old, new in zip(events, told, strict=True):
        assert (new.status, new.claims, new.title) == (old.status, old.claims, old.title)
        assert (new.time is None) == (old.time is None)
        assert new.confidence.probability <= old.confidence.probability
        if old.time is None or new.time is None:
            continue
        assert _at_least(new.time.earliest, old.time.earliest)
        assert _at_least(old.time.latest, new.time.latest)
    known = {e.id for e in told}
    assert all({o.before, o.after} <= known and o.before != o.after for o in order)


def _at_least(a: object, b: object) -> bool:
    return a is None or b is None or bool(a >= b)  # type: ignore[operator]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_order_is_told_in_the_language_of_the_interface(language: str) -> None:
    say = Sentences(language)
    events = events_of(claim("a", MORNING), claim("b", None, document="a", relations=after("a")))
    (_, second), _ = sequence(events, say)
    assert say("only_order") in second.notes
