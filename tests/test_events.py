"""A group of claims becomes an event: what became of it, when it was, how sure that is, and what is kept beside it."""

from __future__ import annotations

from math import log2
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import at, claim, document, documents, interval
from timeline.interval import Grain
from timeline.model import Authority, Claim, Event, Level, Status
from timeline.reconcile.events import assemble, level_of
from timeline.sentences import Sentences

SAY = Sentences("en")
MORNING, LATER = "2031-05-06T09:40", "2031-05-06T10:10"
O, P, C, R, D = Status.OCCURRED, Status.PLANNED, Status.CANCELLED, Status.RUMOURED, Status.DENIED  # noqa: E741


def event_of(*claims: Claim, published: str = "2031-05-07T18:00") -> Event:
    reports = tuple(document(d.id, published=published) for d in documents(claims))
    told = tuple(c if c.published else c.model_copy(update={"published": at(published)}) for c in claims)
    (event,) = assemble([told], reports, SAY)
    return event


# --- what became of it

STATUSES = [
    ("told", [O], O),
    ("planned", [P], P),
    ("planned_and_told", [P, O], O),
    ("called_off", [P, C], C),
    ("rumoured", [R], R),
    ("rumour_and_plan", [R, P], P),
    ("rumour_come_true", [R, O], O),
    ("rumour_denied", [R, D], D),
    ("denied", [D], D),
    ("called_off_alone", [C], C),
]


@pytest.mark.parametrize(("told", "expected"), [r[1:] for r in STATUSES], ids=[r[0] for r in STATUSES])
def test_what_became_of_it(told: list[Status], expected: Status) -> None:
    claims = [claim(f"{'abc'[n]}", MORNING, status=status) for n, status in enumerate(told)]
    assert event_of(*claims).status is expected
    assert event_of(*reversed(claims)).status is expected


def test_what_happened_decides_the_time_and_the_plan_is_told() -> None:
    plan = claim("a", "2031-05-06T08:00", status=P, said="at eight")
    event = event_of(plan, claim("b", MORNING), claim("c", MORNING))
    assert event.time is not None
    assert event.time.best == at(MORNING)
    assert any("at eight" in note for note in event.notes)
    assert event.conflicts == ()


def test_a_number_taken_back_is_kept_but_not_used() -> None:
    wrong = claim("a", "2031-05-06T08:00", superseded="correction", said="at eight", status=D)
    event = event_of(wrong, claim("b", MORNING))
    assert event.time is not None
    assert event.time.best == at(MORNING)
    assert event.status is O
    assert "a" in {c.id for c in event.claims}
    assert any("at eight" in note for note in event.notes)
    assert event.conflicts == ()


def test_a_moved_plan_is_told_at_its_new_time() -> None:
    old = claim("a", "2031-05-09", superseded="plan", status=P, said="on the ninth", document="d")
    new = claim("b", "2031-05-12", status=P, said="on the twelfth", document="d", start=40)
    event = event_of(old, new)
    assert event.status is P
    assert event.time is not None
    assert event.time.best.date() == at("2031-05-12").date()
    assert any("on the ninth" in note and "on the twelfth" in note for note in event.notes)


# --- when it was


def test_agreeing_reports_give_their_minute() -> None:
    event = event_of(claim("a", MORNING), claim("b", MORNING))
    assert event.time is not None
    assert (event.time.best, event.time.grain) == (at(MORNING), Grain.MINUTE)
    assert event.time.resolved
    assert event.independent_origins == 2


def test_the_finer_time_answers_the_vaguer_one_stays_true() -> None:
    event = event_of(claim("a", "2031-05-06", said="on Tuesday"), claim("b", MORNING, said="at 09:40"))
    assert event.time is not None
    assert event.time.best == at(MORNING)
    assert event.time.text == "at 09:40"
    assert event.conflicts == ()


def test_an_event_told_without_a_time_gets_none() -> None:
    event = event_of(claim("a", None), claim("b", None))
    assert event.time is None
    assert event.confidence.level is Level.LOW


def test_an_official_record_outweighs_hearsay() -> None:
    record = claim("a", MORNING, authority=Authority.OFFICIAL)
    event = event_of(record, claim("b", "2031-05-06T14:00", authority=Authority.HEARSAY))
    assert event.time is not None
    assert event.time.best == at(MORNING)


# --- how sure that is

LEVELS = [(0.985, "high"), (0.85, "high"), (0.849, "medium"), (0.60, "medium"), (0.599, "low"), (0.02, "low")]


@pytest.mark.parametrize(("probability", "level"), LEVELS)
def test_levels(probability: float, level: str) -> None:
    assert level_of(probability) == level


def test_a_second_independent_report_makes_surer_and_a_copy_does_not() -> None:
    alone = event_of(claim("a", MORNING)).confidence.probability
    other = event_of(claim("a", MORNING), claim("b", MORNING)).confidence.probability
    copied = event_of(claim("a", MORNING), claim("b", MORNING, origin="a"))
    assert other > alone
    assert copied.confidence.probability == pytest.approx(alone, abs=0.01)
    assert copied.independent_origins == 1


def test_one_source_alone_is_never_called_sure() -> None:
    assert event_of(claim("a", MORNING)).confidence.level is not Level.HIGH
    many_of_one = [claim(name, MORNING, origin="x") for name in "abcdef"]
    assert event_of(*many_of_one).confidence.level is not Level.HIGH


def test_a_rumour_is_never_called_sure() -> None:
    rumours = [claim(name, MORNING, status=R, authority=Authority.HEARSAY) for name in "abc"]
    assert event_of(*rumours).confidence.level is not Level.HIGH


def test_disagreement_makes_less_sure() -> None:
    agreed = event_of(claim("a", MORNING), claim("b", MORNING), claim("c", MORNING))
    split = event_of(claim("a", MORNING), claim("b", MORNING), claim("c", "2031-05-06T13:00"))
    assert split.confidence.probability < agreed.confidence.probability


def test_evidence_names_the_claims_it_rests_on() -> None:
    event = event_of(claim("a", MORNING), claim("b", MORNING))
    named = {name for row in event.confidence.evidence for name in row.claims}
    assert named == {"a", "b"}
    assert all(row.reason for row in event.confidence.evidence)


rows: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        minute=st.one_of(st.none(), st.integers(0, 1439)),
        about=st.sampled_from([0, 5]),
        origin=st.sampled_from("abcd"),
        status=st.sampled_from(list(Status)),
        authority=st.sampled_from(list(Authority)),
        superseded=st.sampled_from([None, None, None, "plan", "correction"]),
        dated=st.sampled_from([True, True, False]),
    ),
    min_size=1,
    max_size=6,
)


def made(listed: list[dict[str, Any]]) -> list[Claim]:
    out = []
    for n, row in enumerate(listed):
        minute = row["minute"]
        when = "2031-05-06" if minute is None else f"2031-05-06T{minute // 60:02}:{minute % 60:02}"
        about = row["about"] if minute is not None else 0
        told = interval(when, about=about) if row["dated"] else None
        rest = {name: row[name] for name in ("origin", "status", "authority", "superseded")}
        out.append(claim(f"c{n}", told, said=when, told_past=row["status"] is O, **rest))
    return out


@settings(max_examples=150)
@given(rows)
def test_what_holds_of_every_event(listed: list[dict[str, Any]]) -> None:
    claims = made(listed)
    event = event_of(*claims)
    assert event == event_of(*reversed(claims))
    assert {c.id for c in event.claims} == {c.id for c in claims}
    _check_confidence(event)
    _check_time(event)
    if not any(c.interval for c in claims):
        assert event.time is None
    assert 1 <= event.independent_origins <= len({c.origin for c in claims})


def _check_confidence(event: Event) -> None:
    p = event.confidence.probability
    assert 0 < p < 1
    assert event.confidence.level is level_of(p)
    assert sum(row.weight for row in event.confidence.evidence) == pytest.approx(log2(p / (1 - p)), abs=0.02)


def _check_time(event: Event) -> None:
    time = event.time
    if time is None:
        return
    assert time.earliest is None or time.earliest <= time.best
    assert time.latest is None or time.best <= time.latest
    assert time.timex3
    if event.status is O and not any(c.superseded for c in event.claims):
        assert time.best <= at("2031-05-07T18:00")
