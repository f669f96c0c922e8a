"""Disagreements by name: rounding explains itself, contradictions cannot both be true, changed plans are none at all."""

from __future__ import annotations

from typing import Any

import pytest

from tests.making import claim, documents, interval
from timeline.model import Authority, Claim, Conflict, Event, Status
from timeline.reconcile.events import assemble
from timeline.sentences import Sentences

MORNING = "2031-05-06T09:40"


def event_of(*claims: Claim, language: str = "en") -> Event:
    (event,) = assemble([claims], documents(claims), Sentences(language))
    return event


def named(event: Event) -> list[tuple[str, str, str]]:
    return [(c.kind, c.severity, c.cause) for c in event.conflicts]


ROUNDING = ("time", "minor", "rounding")
CONTRADICTION = ("time", "major", "contradiction")

# id, how two reports tell it, what that is called
TWO = [
    ("the_same", {"when": MORNING}, {"when": MORNING}, []),
    ("part_of_day", {"when": MORNING}, {"when": "2031-05-06T06:00", "hours": 6}, []),
    ("day", {"when": MORNING}, {"when": "2031-05-06"}, []),
    ("within_hedges", {"when": MORNING, "about": 5}, {"when": "2031-05-06T09:45", "about": 5}, [ROUNDING]),
    ("one_hedged", {"when": MORNING, "about": 5}, {"when": "2031-05-06T09:43"}, [ROUNDING]),
    ("hours_apart", {"when": MORNING}, {"when": "2031-05-06T14:00"}, [CONTRADICTION]),
    ("hedged_hours_apart", {"when": MORNING, "about": 5}, {"when": "2031-05-06T11:00", "about": 5}, [CONTRADICTION]),
    ("other_part_of_day", {"when": MORNING}, {"when": "2031-05-06T18:00", "hours": 3}, [CONTRADICTION]),
    ("other_day", {"when": "2031-05-05"}, {"when": "2031-05-06"}, [CONTRADICTION]),
    ("plan_changed", {"when": MORNING}, {"when": "2031-05-06T14:00", "status": Status.PLANNED}, []),
    ("withdrawn", {"when": MORNING}, {"when": "2031-05-06T14:00", "superseded": "correction"}, []),
    ("one_undated", {"when": MORNING}, {"when": None}, []),
]


@pytest.mark.parametrize(("one", "other", "expected"), [r[1:] for r in TWO], ids=[r[0] for r in TWO])
def test_what_two_reports_disagree_about(
    one: dict[str, Any], other: dict[str, Any], expected: list[tuple[str, str, str]]
) -> None:
    for first, second in ((one, other), (other, one)):
        assert named(event_of(claim("a", **first), claim("b", **second))) == expected


def test_a_report_does_not_disagree_with_itself() -> None:
    assert event_of(claim("a", MORNING)).conflicts == ()


def test_both_sides_are_named_and_quoted() -> None:
    event = event_of(
        claim("a", MORNING, said="at 09:40"),
        claim("b", MORNING, said="at 09:40"),
        claim("c", "2031-05-06T14:00", said="at two"),
    )
    (conflict,) = event.conflicts
    assert set(conflict.claims) == {"a", "b", "c"}
    assert sorted(map(sorted, conflict.sides)) == [["a", "b"], ["c"]]
    for word in ("at 09:40", "at two", "Daily a", "Daily c"):
        assert word in conflict.note
    assert conflict.would_change


def test_sides_hold_the_claims_of_the_conflict_once() -> None:
    event = event_of(claim("a", MORNING, about=5), claim("b", "2031-05-06T09:42", about=2), claim("c", MORNING))
    for conflict in event.conflicts:
        _check_sides(event, conflict)
    assert named(event) == [ROUNDING]


def _check_sides(event: Event, conflict: Conflict) -> None:
    members = [name for side in conflict.sides for name in side]
    assert sorted(members) == sorted(conflict.claims)
    assert len(set(members)) == len(members)
    assert set(members) <= {c.id for c in event.claims}
    assert len(conflict.sides) >= 2


def test_the_chosen_side_stands_first() -> None:
    record = claim("b", "2031-05-06T14:00", authority=Authority.OFFICIAL)
    (conflict,) = event_of(claim("a", MORNING), record).conflicts
    assert conflict.sides[0] == ("b",)


def test_told_and_denied_disagree_whether_it_happened() -> None:
    event = event_of(claim("a", MORNING), claim("b", MORNING, status=Status.DENIED))
    assert ("status", "major", "contradiction") in named(event)


def test_two_readings_that_nothing_decides_between_are_both_given() -> None:
    event = event_of(claim("a", MORNING), claim("b", "2031-05-06T14:00"))
    assert event.time is not None
    assert not event.time.resolved
    starts = {reading.start for reading in event.time.readings}
    assert starts == {interval(MORNING).start, interval("2031-05-06T14:00").start}
    assert event.time.best in starts


def test_a_conflict_is_told_in_the_language_of_the_interface() -> None:
    claims = (claim("a", MORNING), claim("b", "2031-05-06T14:00"))
    korean, english = event_of(*claims, language="ko").conflicts[0], event_of(*claims).conflicts[0]
    assert korean.note != english.note
    assert korean.sides == english.sides
