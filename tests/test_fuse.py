"""Fusion of a few told times: examples in tables, and the properties that must hold whatever is told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.interval import Grain, Interval
from timeline.model import Authority
from timeline.reconcile.fuse import Fusion, Vote, fuse

ZONE = timezone(timedelta(hours=9))
DAY = datetime(2031, 5, 6, tzinfo=ZONE)
GRAINS = {"exact": Grain.MINUTE, "about": Grain.MINUTE, "hour": Grain.HOUR, "part": Grain.PART_OF_DAY, "day": Grain.DAY}
WIDTH = {"hour": 60, "part": 360, "day": 1440}  # a part of the day is read as widely as the half day it begins


def at(minute: int) -> datetime:
    return DAY + timedelta(minutes=minute)


def told(how: str, minute: int) -> Interval:
    """An interval as the program reads it; ``minute`` counts from the midnight that begins DAY."""
    if how == "exact":
        return Interval(start=at(minute), end=at(minute + 1), grain=Grain.MINUTE)
    if how == "about":
        hedge = 5 if minute % 5 == 0 else 2
        return Interval(
            start=at(minute),
            end=at(minute + 1),
            earliest=at(minute - hedge),
            latest=at(minute + hedge),
            grain=Grain.MINUTE,
            approximate=True,
        )
    width = WIDTH[how]
    start = minute // width * width
    latest = {"hour": at(start + 30), "part": at(start + 2 * width)}.get(how)
    return Interval(start=at(start), end=at(start + width), latest=latest, grain=GRAINS[how])


def vote(name: str, how: str, minute: int, **more: object) -> Vote:
    fields: dict[str, object] = {"source": name, "origin": name, "interval": told(how, minute), **more}
    return Vote.model_validate({"claim": f"c-{name}", **fields})


OFFICIAL = {"authority": Authority.OFFICIAL, "reliability": 0.95}
HEARSAY = {"authority": Authority.HEARSAY, "reliability": 0.6}

EXAMPLES = [
    # id, votes, best (minute of day), earliest, latest, resolved, modes, probability between
    ("one_exact", [vote("a", "exact", 635)], 635, 635, 635, True, 1, (0.75, 0.85)),
    (
        "two_hedged_five_apart",
        [vote("a", "about", 635), vote("b", "about", 640)],
        (636, 639),
        635,
        640,
        True,
        1,
        (0.85, 1),
    ),
    ("hedged_and_exact", [vote("a", "about", 640), vote("b", "exact", 642)], 642, 642, 642, True, 1, (0.85, 1)),
    ("refinement", [vote("a", "part", 720), vote("b", "exact", 1097)], 1097, 1097, 1097, True, 1, (0.8, 0.92)),
    ("vague_only", [vote("a", "part", 720)], 720, 720, 1440, True, 1, (0.8, 0.9)),
    ("contradiction", [vote("a", "exact", 635), vote("b", "exact", 735)], 635, 635, 635, False, 2, (0.3, 0.5)),
    (
        "two_against_one",
        [vote(n, "exact", m) for n, m in (("a", 735), ("b", 735), ("c", 635))],
        735,
        735,
        735,
        True,
        2,
        (0.6, 0.85),
    ),
    (
        "official_beats_hearsay",
        [vote("o", "exact", 735, **OFFICIAL), vote("h", "exact", 635, **HEARSAY)],
        735,
        735,
        735,
        True,
        2,
        (0.85, 1),
    ),
    (
        "official_beats_a_crowd",
        [vote("o", "exact", 735, **OFFICIAL), *(vote(n, "exact", 635) for n in "abcd")],
        735,
        735,
        735,
        True,
        2,
        (0.1, 0.85),
    ),
    (
        "superseded",
        [vote("a", "exact", 635, superseded=True), vote("b", "exact", 735)],
        735,
        735,
        735,
        True,
        1,
        (0.75, 0.85),
    ),
    ("part_against_exact", [vote("a", "part", 20), vote("b", "exact", 743)], 743, 743, 743, False, 2, (0.3, 0.5)),
    ("cut_at_publication", [vote("a", "part", 720, published=at(800))], 720, 720, 800, True, 1, (0.8, 0.9)),
]


@pytest.mark.parametrize(
    ("votes", "best", "low", "high", "resolved", "modes", "p"), [e[1:] for e in EXAMPLES], ids=[e[0] for e in EXAMPLES]
)
def test_examples(
    votes: list[Vote],
    best: int | tuple[int, int],
    low: int,
    high: int,
    resolved: bool,
    modes: int,
    p: tuple[float, float],
) -> None:
    got = fuse(votes)
    span = best if isinstance(best, tuple) else (best, best)
    assert at(span[0]) <= got.best <= at(span[1])
    assert (_minute(got.earliest), _minute(got.latest)) == (low, high)
    assert got.resolved is resolved
    assert len(got.modes) == modes
    assert p[0] <= got.probability <= p[1]


def _minute(moment: datetime | None) -> int:
    assert moment is not None
    return int((moment - DAY) / timedelta(minutes=1))


def test_a_contradiction_keeps_both_readings_and_names_the_slip() -> None:
    got = fuse([vote("a", "exact", 200), vote("b", "exact", 200 + 720)])
    assert {m.best for m in got.modes} == {at(200), at(920)}
    assert any("half a day" in row.reason for row in got.evidence)
    assert got.probability > fuse([vote("a", "exact", 200), vote("b", "exact", 500)]).probability


def test_a_later_edition_replaces_what_its_source_said_before() -> None:
    first = vote("a", "exact", 635, published=at(700))
    later = vote("a", "exact", 645, published=at(800), claim="c-later")
    got = fuse([first, later])
    assert got.best == at(645)
    assert got.unused == ("c-a",)
    assert got.resolved


def test_what_lies_after_its_own_publication_has_no_say() -> None:
    got = fuse([vote("a", "exact", 900, published=at(800)), vote("b", "exact", 700)])
    assert got.best == at(700)
    assert got.unused == ("c-a",)
    alone = fuse([vote("a", "exact", 900, published=at(800))])
    assert alone.best == at(800)
    assert not alone.resolved
    assert alone.probability < 0.3


def test_a_plan_may_lie_after_its_publication() -> None:
    assert fuse([vote("a", "exact", 900, published=at(800), told_as_past=False)]).best == at(900)


def test_no_time_is_made_up() -> None:
    open_both = Interval(start=None, end=None, grain=Grain.DAY)
    with pytest.raises(ValueError, match="without a dated claim"):
        fuse([Vote(claim="x", interval=open_both)])
    with pytest.raises(ValueError, match="without a dated claim"):
        fuse([])


# --- properties

HOWS = st.sampled_from(["exact", "about", "hour", "part", "day"])


@st.composite
def votes(draw: st.DrawFn, least: int = 1) -> list[Vote]:
    count = draw(st.integers(least, 7))
    out = []
    for i in range(count):
        minute = draw(st.integers(0, 1439))
        past = draw(st.booleans())
        published = draw(st.none() | st.integers(-60, 2880).map(at))
        out.append(
            Vote(
                claim=f"c{i}",
                interval=told(draw(HOWS), minute),
                reliability=draw(st.sampled_from([0.5, 0.6, 0.8, 0.95])),
                source=f"s{draw(st.integers(0, 4))}",
                origin=f"o{draw(st.integers(0, 4))}",
                published=published,
                told_as_past=past,
                authority=draw(st.sampled_from(list(Authority))),
                superseded=draw(st.integers(0, 5)) == 0,
            )
        )
    return out


@given(votes(), st.randoms(use_true_random=False))
@settings(max_examples=150, deadline=None)
def test_order_never_matters(told_votes: list[Vote], random: object) -> None:
    shuffled = list(told_votes)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fuse(shuffled) == fuse(told_votes)


@given(votes())
@settings(max_examples=150, deadline=None)
def test_rows_add_up_and_bounds_hold(told_votes: list[Vote]) -> None:
    got = fuse(told_votes)
    assert sum(row.weight for row in got.evidence) == pytest.approx(log2(got.probability / (1 - got.probability)))
    assert got.earliest is not None
    assert got.latest is not None
    assert got.earliest <= got.best <= got.latest
    assert sum(m.mass for m in got.modes) < 1
    for one in told_votes:
        past_of_the_answer = one.told_as_past and one.published and one.claim in got.modes[0].claims
        assert not past_of_the_answer or got.best <= one.published


@given(votes(), st.integers(0, 6))
@settings(max_examples=150, deadline=None)
def test_a_verbatim_copy_changes_nothing(told_votes: list[Vote], index: int) -> None:
    original = told_votes[index % len(told_votes)]
    copy = original.model_copy(update={"claim": "zz-copy", "source": "zz-copier", "origin": _origin(original)})
    before, after = fuse(told_votes), fuse([*told_votes, copy])
    if original.claim in before.unused:
        return  # the copier did not take back what the copied source itself replaced
    assert abs(after.probability - before.probability) <= 0.01
    assert after.best == before.best


def _origin(one: Vote) -> str:
    return one.origin or one.source or one.claim


@given(votes(), st.sampled_from(["hour", "part", "day"]))
@settings(max_examples=200, deadline=None)
def test_a_compatible_vaguer_claim_moves_the_best_by_less_than_its_quantum(told_votes: list[Vote], how: str) -> None:
    before = fuse(told_votes)
    if len(before.modes) > 1 or before.unused:
        return  # with rivals a vague claim may decide between them
    minute = int((before.best - DAY) / timedelta(minutes=1))
    if not 0 <= minute < 1440:
        return
    extra = vote("zz-new", how, minute)
    after = fuse([*told_votes, extra])
    if len(after.modes) > 1:
        return  # not compatible with every claim
    assert abs(after.best - before.best) <= timedelta(minutes=2 * WIDTH[how])


def test_utc_and_local_give_one_answer() -> None:
    local = fuse([vote("a", "exact", 635), vote("b", "exact", 635)])
    moved = [
        v.model_copy(update={"interval": _utc(v.interval)}) for v in (vote("a", "exact", 635), vote("b", "exact", 635))
    ]
    assert fuse(moved).best == local.best
    assert isinstance(local, Fusion)


def _utc(interval: Interval) -> Interval:
    assert interval.start is not None
    assert interval.end is not None
    return interval.model_copy(update={"start": interval.start.astimezone(UTC), "end": interval.end.astimezone(UTC)})
