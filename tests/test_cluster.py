"""Claims of one event come together, others stay apart; the input's order never matters; an editor's word stands."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.making import at, claim, interval
from timeline.model import Claim, Status
from timeline.reconcile import cluster as module
from timeline.reconcile.cluster import Rules, cluster
from timeline.reconcile.pairs import features, rarity, score, weights

MORNING = "2031-05-06T09:40"


def groups_of(*claims: Claim, rules: Rules | None = None, near: dict[str, frozenset[str]] | None = None) -> list[str]:
    return ["".join(c.id for c in group) for group in cluster(claims, near=near, rules=rules)]


def background() -> list[Claim]:
    """What else a case tells, so that the words of one event are rare."""
    kinds = ["fire", "sign", "arrest", "vote"]
    return [
        claim(f"z{n}", f"2031-05-{12 + 3 * n}T15:00", action=kind, words=(f"thing{n}", f"other{n}"), document=f"z{n}")
        for n, kind in enumerate(kinds)
    ]


def together(a: Claim, b: Claim, **rules: Any) -> bool:
    found = cluster([a, b, *background()], **rules)
    return any({a.id, b.id} <= {c.id for c in group} for group in found)


def out(name: str, when: str, day: str, **more: Any) -> Claim:
    """A claim of a report that appeared at noon of that day of May."""
    return claim(name, when, published=at(f"2031-05-{day}T12:00"), **more)


SAME = [
    ("same_minute", claim("a", MORNING), claim("b", MORNING)),
    ("rounded", claim("a", MORNING, about=5), claim("b", "2031-05-06T09:43", about=2)),
    ("minute_in_part", claim("a", MORNING), claim("b", "2031-05-06T06:00", hours=6)),
    ("minute_in_day", claim("a", MORNING), claim("b", "2031-05-06")),
    ("near_classes", claim("a", MORNING), claim("b", MORNING, action="collide")),
    ("plan_and_outcome_moved", claim("a", "2031-05-06", status=Status.PLANNED), claim("b", "2031-05-07")),
]
SAME += [
    ("a_day_off", claim("a", MORNING), claim("b", "2031-05-05T06:00", hours=6)),
    ("a_plan_moved_up", done := out("a", "2031-05-06", "06"), out("b", "2031-05-07", "05", status=Status.PLANNED)),
]
OTHER = [
    ("other_week", claim("a", MORNING), claim("b", "2031-05-14T09:40")),
    ("other_act", claim("a", MORNING), claim("b", "2031-05-06T18:40", action="arrest", words=("pilot",))),
    ("other_act_of_the_day", claim("a", "2031-05-06"), claim("b", "2031-05-06", action="vote", words=("budget",))),
    ("too_far_for_confusion", claim("a", MORNING), claim("b", "2031-05-07T20:00")),
    ("done_and_a_later_plan", done, out("b", "2031-05-08", "07", status=Status.PLANNED)),
]


@pytest.mark.parametrize(("a", "b"), [r[1:] for r in SAME], ids=[r[0] for r in SAME])
def test_one_event(a: Claim, b: Claim) -> None:
    assert together(a, b, near={"overturn": frozenset({"collide"})})


@pytest.mark.parametrize(("a", "b"), [r[1:] for r in OTHER], ids=[r[0] for r in OTHER])
def test_two_events(a: Claim, b: Claim) -> None:
    assert not together(a, b)


def meets(name: str, *who: str, **more: Any) -> Claim:
    """A meeting that day of somebody everybody tells of with others."""
    return claim(name, "2031-05-06", action="meet", words=("talks",), actors=("Minister", *who), **more)


def tour() -> list[Claim]:
    """What else the day's guest did, so that naming the guest tells nothing apart."""
    return [c.model_copy(update={"actors": ("Minister",)}) for c in background()]


HOST = [meets("h1", "Arno Velt"), meets("h2", "Arno Velt", "Velt Motors"), meets("h3", "Velt Motors")]


def test_two_rounds_of_other_people_are_two_meetings() -> None:
    miners = [meets("m1", "young miners"), meets("m2", "young miners")]
    groups = cluster([*HOST, *miners, *tour()])
    assert {"h1", "h2", "h3"} in [{c.id for c in g} for g in groups]
    assert {"m1", "m2"} in [{c.id for c in g} for g in groups]


def test_names_in_two_scripts_part_no_meeting() -> None:
    groups = cluster([meets("a", "Arno Velt"), meets("b", "아르노"), *tour()])
    assert {"a", "b"} in [{c.id for c in g} for g in groups]


def test_those_named_side_by_side_may_be_one_round() -> None:
    found = cluster([*HOST, *tour()])
    assert {"h1", "h2", "h3"} in [{c.id for c in g} for g in found]


def test_a_claim_that_sums_up_brings_no_two_events_together() -> None:
    summary = meets("s", "Arno Velt", "young miners", several=True)
    groups = [{c.id for c in g} for g in cluster([*HOST, meets("m1", "young miners"), summary, *tour()])]
    assert not any({"h1", "m1"} <= group for group in groups)
    assert sum("s" in group for group in groups) == 1


def test_an_editor_joins_a_claim_that_sums_up() -> None:
    one, two = meets("s", several=True), meets("t", several=True)
    assert together(one, two, rules=Rules(must=frozenset({("s", "t")})))


def test_somebody_who_goes_somewhere_is_not_met_elsewhere() -> None:
    arrives = claim("a", "2031-05-06", action="arrive", words=("car",), actors=("Minister",), place="Velt Tower")
    meeting = meets("b", "Arno Velt", place="Hall of Mines")
    scored = features(arrives, meeting, rarity([arrives, meeting, *tour()], {}))
    assert scored["place.other_goal"] == 1.0


def test_two_clock_times_of_one_sentence_are_two_events() -> None:
    a = claim("a", MORNING, document="d", quote="sank at 09:40")
    b = claim("b", "2031-05-06T10:10", document="d", start=15, quote="and again at 10:10")
    assert not together(a, b)


def test_two_rows_of_a_list_are_two_events() -> None:
    first = claim("a", MORNING, document="log", row=True)
    second = claim("b", "2031-05-06T09:48", document="log", row=True, start=400)
    assert not together(first, second)
    assert together(first, second.model_copy(update={"row": False, "document": "other"}))


def test_a_correction_is_one_event_though_its_times_lie_apart() -> None:
    a = claim("a", MORNING, document="d", superseded="correction", must_link=("b",))
    b = claim("b", "2031-05-06T21:40", document="d", start=30)
    assert together(a, b)


def test_a_sentence_links_what_no_score_would() -> None:
    a = claim("a", MORNING, action="overturn", must_link=("b",))
    b = claim("b", "2031-06-30T21:40", action="sign", words=("treaty",))
    assert together(a, b)
    assert not together(a.model_copy(update={"must_link": ()}), b)


# --- an editor's word


def test_an_editor_joins_what_no_score_would() -> None:
    a, b = OTHER[0][1:]
    assert together(a, b, rules=Rules(must=frozenset({("a", "b")})))
    assert together(a, b, rules=Rules(must=frozenset({("b", "a")})))


def test_an_editor_parts_what_looks_the_same() -> None:
    a, b = SAME[0][1:]
    assert not together(a, b, rules=Rules(cannot=frozenset({("a", "b")})))
    assert not together(a, b, rules=Rules(cannot=frozenset({("b", "a")})))


def test_an_editor_parts_what_the_sentence_links() -> None:
    a, b = claim("a", MORNING, must_link=("b",)), claim("b", MORNING)
    assert not together(a, b, rules=Rules(cannot=frozenset({("a", "b")})))


def test_parted_claims_do_not_meet_through_a_third() -> None:
    claims = [claim(name, MORNING) for name in "abcde"]
    found = cluster([*claims, *background()], rules=Rules(cannot=frozenset({("a", "e")})))
    assert not any({"a", "e"} <= {c.id for c in group} for group in found)


# --- properties

KINDS = ("overturn", "rescue", "sign", "visit", "")
WORDS = ("ferry", "harbour", "mayor", "bridge", "crew", "storm")
claims_strategy: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        day=st.integers(1, 6),
        minute=st.one_of(st.none(), st.integers(0, 1439)),
        kind=st.sampled_from(KINDS),
        words=st.lists(st.sampled_from(WORDS), max_size=3, unique=True),
        document=st.sampled_from("abcd"),
        status=st.sampled_from(list(Status)),
        dated=st.booleans(),
    ),
    max_size=12,
)


def made(rows: Sequence[dict[str, Any]]) -> list[Claim]:
    out = []
    for n, row in enumerate(rows):
        minute = row["minute"]
        day = f"2031-05-{row['day']:02}"
        when = day if minute is None else f"{day}T{minute // 60:02}:{minute % 60:02}"
        out.append(
            claim(
                f"c{n:02}",
                when if row["dated"] else None,
                document=row["document"],
                start=100 * n,
                action=row["kind"],
                words=tuple(row["words"]),
                status=row["status"],
            )
        )
    return out


@settings(max_examples=60)
@given(claims_strategy, st.randoms(use_true_random=False))
def test_a_clustering_is_a_partition_whatever_the_order(rows: list[dict[str, Any]], chance: random.Random) -> None:
    claims = made(rows)
    found = cluster(claims)
    assert sorted(c.id for group in found for c in group) == sorted(c.id for c in claims)
    assert all(found)
    shuffled = list(claims)
    chance.shuffle(shuffled)
    assert cluster(shuffled) == found


@settings(max_examples=60)
@given(claims_strategy, st.data())
def test_an_editors_word_always_stands(rows: list[dict[str, Any]], data: st.DataObject) -> None:
    claims = made([{**row, "dated": True} for row in rows])
    if len(claims) < 3:
        return
    ids = [c.id for c in claims]
    a, b, c = data.draw(st.permutations(ids).map(lambda p: p[:3]))
    rules = Rules(must=frozenset({(a, b)}), cannot=frozenset({(a, c)}))
    home = {item.id: n for n, group in enumerate(cluster(claims, rules=rules)) for item in group}
    assert home[a] == home[b]
    assert home[a] != home[c]


@settings(max_examples=40)
@given(claims_strategy)
def test_a_pair_scores_the_same_either_way(rows: list[dict[str, Any]]) -> None:
    claims = made(rows)
    case = rarity(claims, {})
    known = set(weights())
    for a in claims:
        for b in claims:
            assert features(a, b, case) == features(b, a, case)
            assert set(features(a, b, case)) < known
            assert score(a, b, case) == pytest.approx(score(b, a, case))


def test_rarity_is_of_words_not_of_how_often_they_are_said() -> None:
    claims = [claim("a", MORNING, words=("ferry", "ferry", "crew")), claim("b", MORNING, words=("ferry",))]
    case = rarity(claims, {})
    assert 0 < case.words["ferry"] < case.words["crew"] <= 1


# --- large cases


def test_a_large_case_comes_apart_as_its_days_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """Above the limit only pairs that share a day and a word are looked at: the answer stays the same."""
    claims = [
        claim(f"{name}{day:02}", f"2031-05-{day:02}T09:40", words=(f"ferry{day}",), document=f"{name}{day}")
        for day in range(1, 28)
        for name in "ab"
    ]
    small = cluster(claims)
    monkeypatch.setattr(module, "BLOCK_FROM", 10)
    assert cluster(claims) == small
    assert {len(group) for group in small} == {2}


def test_a_link_is_kept_in_a_large_case(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK_FROM", 2)
    a = claim("a", MORNING, must_link=("b",))
    b = claim("b", "2031-06-30T21:40", action="sign", words=("treaty",))
    assert together(a, b)
    far = OTHER[0]
    assert together(far[1], far[2], rules=Rules(must=frozenset({("a", "b")})))


def test_nothing_and_one() -> None:
    assert cluster([]) == ()
    assert groups_of(claim("a")) == ["a"]
    assert groups_of(claim("a", interval(MORNING))) == ["a"]
