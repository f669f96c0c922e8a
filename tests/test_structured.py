"""`timeline reconcile`: the contract of its lines, and what must hold whatever the claims."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable
from math import log2
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from timeline.reconcile.structured import run

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
DAY = "2031-05-06"
MORNING = {"start": f"{DAY}T10:00+09:00", "end": f"{DAY}T12:00+09:00"}


BEFORE = {"event": "e", "source": "a", "time": "1961-05-06T11:00Z", "published": "1961-05-06T12:00Z"}
LATER = BEFORE | {"time": "1961-05-06T11:20Z", "published": "1961-05-06T13:00Z"}
WORDS = {"event": "e", "source": "a", "text": "오후 3시 20분", "at": f"{DAY}T18:00:00+09:00"}


def reconcile(
    claims: Iterable[dict[str, Any] | str], anchors: Iterable[dict[str, Any]] = (), zone: str = "Asia/Seoul"
) -> tuple[dict[Any, dict[str, Any]], list[str]]:
    said: list[str] = []
    lines = [c.encode() if isinstance(c, str) else json.dumps(c).encode() for c in claims]
    rows = [json.loads(line) for line in run(lines, [json.dumps(a).encode() for a in anchors], zone, said.append)]
    return {row["event"]: row for row in rows}, said


def claim(source: str, time: Any, event: str = "e", **more: Any) -> dict[str, Any]:
    if isinstance(time, str) and len(time) == 5:
        time = f"{DAY}T{time}:00+09:00"
    return {"event": event, "source": source, "time": time, **more}


def about(source: str, time: str) -> dict[str, Any]:
    return claim(source, time, approximate=True)


def printed(source: str, time: str, at: str) -> dict[str, Any]:
    return claim(source, time, published=f"{DAY}T{at}+09:00")


def clock(text: str) -> str:
    return text[11:16]


def test_the_line_holds_what_the_contract_names() -> None:
    got, said = reconcile([claim("a", "10:35"), claim("b", "10:35"), claim("c", "10:40")])
    row = got["e"]
    assert said == []
    contract = {
        "event", "best", "start", "end", "earliest", "latest", "grain", "confidence", "conflicts", "claims", "sources",
        "independent_origins",
    }  # fmt: skip
    assert contract <= set(row)
    assert row["best"] == row["start"] == f"{DAY}T10:35:00+09:00"
    assert row["end"] == f"{DAY}T10:36:00+09:00"
    assert (row["claims"], row["sources"], row["independent_origins"]) == (3, 3, 3)
    assert row["conflicts"][0]["severity"] == "major"
    assert row["conflicts"][0]["cause"] == "contradiction"
    assert row["conflicts"][0]["sides"] == [["a", "b"], ["c"]]


TOLD = [
    # id, claims, best (clock or date), grain, conflicts
    ("one", [claim("a", "10:35")], "10:35", "minute", 0),
    ("day_only", [claim("a", DAY)], "00:00", "day", 0),
    ("month_only", [claim("a", "2031-05")], "00:00", "month", 0),
    ("hour", [claim("a", f"{DAY}T14")], "14:00", "hour", 0),
    ("day_is_refined", [claim("a", DAY), claim("b", "10:35")], "10:35", "minute", 0),
    ("hour_is_refined", [claim("a", f"{DAY}T14+09:00"), claim("b", "14:20")], "14:20", "minute", 0),
    ("hour_is_not_stretched", [claim("a", f"{DAY}T14+09:00"), claim("b", "15:20")], "14:00", "hour", 1),
    ("hedged_meet_between", [about("a", "10:30"), about("b", "10:40")], "10:35", "minute", 1),
    ("hedged_is_refined", [about("a", "10:40"), claim("b", "10:43")], "10:43", "minute", 1),
    ("hedged_too_far", [about("a", "10:40"), claim("b", "10:46"), claim("c", "10:46")], "10:46", "minute", 1),
    ("two_against_one", [claim("a", "10:35"), claim("b", "11:10"), claim("c", "11:10")], "11:10", "minute", 1),
    ("range", [claim("a", MORNING), claim("b", "11:10")], "11:10", "minute", 0),
    ("seconds_refine_minutes", [claim("a", f"{DAY}T10:35:20+09:00"), claim("b", "10:35")], "10:35", "second", 0),
    ("held_beats_planned", [claim("a", "16:30", status="planned"), claim("b", "09:30")], "09:30", "minute", 0),
    ("planned_only", [claim("a", "16:30", status="planned")], "16:30", "minute", 0),
    ("denied_has_no_say", [claim("a", "16:30", status="denied"), claim("b", "09:30")], "09:30", "minute", 0),
    ("rumour_weighs_less", [claim("a", "16:30", status="rumoured"), claim("b", "19:30")], "19:30", "minute", 1),
    ("later_word_replaces", [printed("a", "10:35", "12:00"), printed("a", "10:50", "13:00")], "10:50", "minute", 0),
    ("before_1970", [BEFORE, LATER], "19:50", "minute", 0),
    ("not_after_publication", [printed("a", "15:00", "12:00"), claim("b", "11:00")], "11:00", "minute", 0),
    ("other_zone", [claim("a", f"{DAY}T01:35Z"), claim("b", "10:35")], "10:35", "minute", 0),
    ("words", [WORDS], "15:20", "minute", 0),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "best", "grain", "conflicts"), [t[1:] for t in TOLD], ids=[t[0] for t in TOLD])
def test_what_is_told(claims: list[dict[str, Any]], best: str, grain: str, conflicts: int) -> None:
    got, said = reconcile(claims)
    row = got["e"]
    assert said == []
    assert clock(row["best"]) == best
    assert row["grain"] == grain
    assert len(row["conflicts"]) == conflicts
    assert row["earliest"] <= row["best"] <= row["latest"]


BAD = [
    ("not_json", "{", "line 2: not JSON"),
    ("not_an_object", "[1]", "line 2: not a JSON object"),
    ("no_event", '{"source": "a", "time": "2031-05-06"}', '"event"'),
    ("event_true", '{"event": true, "source": "a", "time": "2031-05-06"}', "True"),
    ("no_source", '{"event": "e", "time": "2031-05-06"}', '"source" is missing'),
    ("no_time", '{"event": "e", "source": "a"}', 'no "time"'),
    ("bad_time", '{"event": "e", "source": "a", "time": "noonish"}', "'noonish'"),
    ("bad_date", '{"event": "e", "source": "a", "time": "2031-02-30"}', "'2031-02-30'"),
    ("bad_status", '{"event": "e", "source": "a", "time": "2031-05-06", "status": "maybe"}', "'maybe'"),
    ("status_is_a_list", '{"event": "e", "source": "a", "time": "2031-05-06", "status": ["planned"]}', "['planned']"),
    ("ends_first", '{"event": "e", "source": "a", "time": {"start": "2031-05-06", "end": "2030"}}', "before it starts"),
    ("no_start", '{"event": "e", "source": "a", "time": {"end": "2031-05-06T09:00Z"}}', '"start"'),
    ("text_without_at", '{"event": "e", "source": "a", "text": "noon"}', '"at"'),
    ("year_too_far", '{"event": "e", "source": "a", "time": "9999-12-31T23:59+00:00"}', "outside the years"),
    ("hedge_is_a_word", '{"event": "e", "source": "a", "time": "2031-05-06", "approximate": "yes"}', "'yes'"),
    ("year_out", '{"event": "e", "source": "a", "time": "0000-05-06"}', "'0000-05-06'"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "says"), [b[1:] for b in BAD], ids=[b[0] for b in BAD])
def test_a_bad_line_is_named_and_the_rest_goes_on(line: str, says: str) -> None:
    got, said = reconcile([claim("x", "10:35", event="good"), line, claim("y", "10:35", event="good")])
    assert list(got) == ["good"]
    assert got["good"]["claims"] == 2
    assert len(said) == 1
    assert says in said[0]
    assert "line 2" in said[0]


def test_the_far_ends_of_the_calendar_can_be_told() -> None:
    got, said = reconcile([claim("a", "9997-12-31T23:59+00:00", approximate=True), claim("b", "0002-01-01", event="f")])
    assert said == []
    assert got["e"]["latest"].startswith("9998-01-01")
    assert got["f"]["best"].startswith("0002-01-01")


def test_an_event_told_by_thousands_is_read_in_one_go() -> None:
    claims = [
        claim(f"s{n}", f"{DAY}T{n // 60 % 24:02}:{n % 60:02}+09:00", approximate=n % 2 == 0) for n in range(20_000)
    ]
    got, _ = reconcile([*claims, claim("day", DAY)])
    assert got["e"]["claims"] == 20_001


def test_nothing_in_nothing_out() -> None:
    assert reconcile([]) == ({}, [])
    assert reconcile(["", "  "]) == ({}, [])


def test_events_keep_their_order_and_their_kind_of_key() -> None:
    got, _ = reconcile(
        [claim("a", "10:35", event="z"), claim("a", "10:36", event="1") | {"event": 1}, claim("a", "10:37", event="1")]
    )
    assert list(got) == ["z", 1, "1"]


def test_an_answer_is_taken_and_bad_answers_are_named() -> None:
    claims = [claim("a", "10:35"), claim("b", "10:40")]
    answers = [
        {"event": "e", "time": f"{DAY}T10:40+09:00"},
        {"event": "other", "time": DAY},
        {"event": "e", "time": "x"},
    ]
    got, said = reconcile(claims, answers)
    assert clock(got["e"]["best"]) == "10:40"
    assert got["e"]["confidence"]["level"] == "high"
    assert ["line 2" in said[0], "line 3" in said[1]] == [True, True]


def many(seed: int, events: int = 60, sources: int = 6, kinds: str = "pq") -> list[dict[str, Any]]:
    """Sources that are right the more often the higher their number; wrong ones miss by minutes."""
    rnd = random.Random(seed)
    out = []
    for number in range(events):
        truth = rnd.randrange(60, 1300)
        for source in range(sources):
            if rnd.random() < 0.8:
                minute = truth if rnd.random() < 0.45 + 0.1 * source else truth + rnd.randint(-40, 40)
                out.append(
                    claim(
                        f"s{source}",
                        f"{minute // 60:02}:{minute % 60:02}",
                        event=f"e{number}",
                        kind=kinds[number % len(kinds)],
                    )
                    | ({"approximate": True} if rnd.random() < 0.1 else {})
                )
    return out


def truths(seed: int, events: int = 60) -> dict[str, str]:
    """The truths of :func:`many`, drawn again with the same seed."""
    rnd = random.Random(seed)
    out = {}
    for number in range(events):
        truth = rnd.randrange(60, 1300)
        out[f"e{number}"] = f"{DAY}T{truth // 60:02}:{truth % 60:02}:00+09:00"
        for source in range(6):
            if rnd.random() < 0.8:
                if rnd.random() >= 0.45 + 0.1 * source:
                    rnd.randint(-40, 40)
                rnd.random()
    return out


def test_good_sources_are_found_without_answers_and_better_with() -> None:
    blind = sum(_right(seed, 0) for seed in range(4)) / 4
    known = sum(_right(seed, 20) for seed in range(4)) / 4
    assert blind >= 0.85
    assert known >= 0.85


def _right(seed: int, labels: int) -> float:
    truth = truths(seed)
    chosen = sorted(truth)[:labels]
    got, _ = reconcile(many(seed), [{"event": k, "time": truth[k]} for k in chosen])
    rest = [k for k in truth if k not in chosen and k in got]
    return sum(got[k]["best"] == truth[k] for k in rest) / len(rest)


def test_rows_add_up_and_levels_follow_the_probability() -> None:
    for answers in ([], [{"event": k, "time": t} for k, t in list(truths(3).items())[:8]]):
        got, _ = reconcile(many(3), answers)
        for row in got.values():
            confidence = row["confidence"]
            p = confidence["probability"]
            assert sum(r["weight"] for r in confidence["evidence"]) == pytest.approx(log2(p / (1 - p)), abs=2e-3)
            assert confidence["level"] == ("high" if p >= 0.85 else "medium" if p >= 0.6 else "low")
            assert 0 < p <= 0.985


@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_order_of_lines_never_matters(seed: int, rnd: random.Random) -> None:
    claims = many(seed, events=12)
    shuffled = list(claims)
    rnd.shuffle(shuffled)
    assert reconcile(shuffled)[0] == reconcile(claims)[0]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_copies_that_name_their_origin_change_nothing(seed: int, index: int) -> None:
    claims = many(seed, events=12)
    copied = claims[index % len(claims)]
    before, _ = reconcile(claims)
    for more in ({}, {"source": "copier", "origin": copied["source"]}):
        after, _ = reconcile([*claims, copied | more])
        for event, row in after.items():
            assert abs(row["confidence"]["probability"] - before[event]["confidence"]["probability"]) <= 0.01
            assert row["best"] == before[event]["best"]


@given(st.integers(0, 10_000), st.integers(0, 10_000))
@settings(max_examples=20, deadline=None)
def test_a_source_copied_whole_changes_nothing_though_no_one_says_so(seed: int, index: int) -> None:
    claims = many(seed, events=40)
    sources = sorted({c["source"] for c in claims})
    source = sources[index % len(sources)]
    copies = [c | {"source": "zz copier"} for c in claims if c["source"] == source]
    before, _ = reconcile(claims)
    after, _ = reconcile([*claims, *copies])
    for event, row in after.items():
        assert abs(row["confidence"]["probability"] - before[event]["confidence"]["probability"]) <= 0.01
        assert row["best"] == before[event]["best"]


def test_two_sources_that_agree_where_nobody_doubts_are_two() -> None:
    claims = [claim(name, f"10:{n:02}", event=f"e{n}") for n in range(12) for name in ("a", "b")]
    got, _ = reconcile(claims)
    assert {row["independent_origins"] for row in got.values()} == {2}


@given(st.integers(0, 10_000), st.integers(0, 11))
@settings(max_examples=20, deadline=None)
def test_a_day_that_fits_every_claim_moves_nothing(seed: int, number: int) -> None:
    claims = many(seed, events=12)
    before, _ = reconcile(claims)
    key = f"e{number}"
    if key not in before:
        return
    after, _ = reconcile([*claims, claim("calendar", DAY, event=key)])
    assert after[key]["best"] == before[key]["best"]
    assert len(after[key]["conflicts"]) == len(before[key]["conflicts"])


def test_undeclared_echoes_are_found_and_do_not_win() -> None:
    rnd = random.Random(7)
    claims, truth = [], {}
    for number in range(200):
        minute = rnd.randrange(100, 1300)
        key = f"e{number}"
        truth[key] = f"{DAY}T{minute // 60:02}:{minute % 60:02}:00+09:00"
        loud = minute if rnd.random() < 0.5 else minute + rnd.randint(1, 60)
        claims += [claim(f"echo{echo}", f"{loud // 60:02}:{loud % 60:02}", event=key) for echo in range(5)]
        for careful in range(3):
            said = minute if rnd.random() < 0.9 else minute - rnd.randint(1, 60)
            claims.append(claim(f"careful{careful}", f"{said // 60:02}:{said % 60:02}", event=key))
    got, _ = reconcile(claims)
    assert {row["independent_origins"] for row in got.values()} == {4}
    assert sum(got[k]["best"] == truth[k] for k in truth) / len(truth) >= 0.9


def test_good_sources_that_often_agree_are_no_feed() -> None:
    rnd = random.Random(11)
    claims = []
    for number in range(150):
        minute = rnd.randrange(100, 1200)
        for source, right in (("a", 0.93), ("b", 0.93), ("c", 0.93), ("bad", 0.4), ("worse", 0.3)):
            said = minute if rnd.random() < right else minute + rnd.randint(1, 50)
            claims.append(claim(source, f"{said // 60:02}:{said % 60:02}", event=f"e{number}"))
    got, _ = reconcile(claims)
    assert {row["independent_origins"] for row in got.values()} == {5}


def test_two_meanings_are_not_settled_by_counting() -> None:
    rnd = random.Random(5)
    claims = []
    for number in range(60):
        minute = rnd.randrange(100, 1200)
        for source in range(6):
            said = minute + (12 if source < 3 else 0) + (rnd.randint(1, 3) if rnd.random() < 0.1 else 0)
            claims.append(claim(f"s{source}", f"{said // 60:02}:{said % 60:02}", event=f"e{number}"))
    got, _ = reconcile(claims)
    causes = [row["conflicts"][0]["cause"] for row in got.values()]
    assert causes.count("definition") >= 0.9 * len(causes)
    assert all(
        row["confidence"]["level"] != "high" for row in got.values() if row["conflicts"][0]["cause"] == "definition"
    )


def test_a_contradiction_of_two_is_unresolved_and_names_the_slip() -> None:
    got, _ = reconcile([claim("a", "03:10"), claim("b", "15:10")])
    row = got["e"]
    assert row["resolved"] is False
    assert row["best"] in (f"{DAY}T03:10:00+09:00", f"{DAY}T15:10:00+09:00")
    assert "half a day apart" in row["conflicts"][0]["note"]
    assert row["confidence"]["level"] == "low"


def test_rounding_is_told_as_minor_and_contradiction_as_major() -> None:
    got, _ = reconcile([about("a", "10:40"), claim("b", "10:43"), claim("c", "10:43"), claim("d", "11:43")])
    conflicts = got["e"]["conflicts"]
    assert [(c["severity"], c["cause"], c["claims"]) for c in conflicts] == [
        ("major", "contradiction", ["a", "b", "c", "d"]),
        ("minor", "rounding", ["a"]),
    ]


def test_all_claims_after_their_publication_are_cut_there() -> None:
    got, _ = reconcile([printed("a", "15:00", "12:00")])
    assert got["e"]["best"] <= f"{DAY}T12:00:00+09:00"
    assert got["e"]["confidence"]["level"] == "low"


@pytest.mark.skipif(
    not (BENCH / "score_reconciler.py").exists(), reason="the measuring material is not beside the repository"
)
def test_flights_keep_the_published_figures() -> None:
    command = f"{sys.executable} -m timeline reconcile"
    args = [
        sys.executable,
        str(BENCH / "score_reconciler.py"),
        str(BENCH / "reconciler" / "flights.jsonl"),
        "--json",
        "--command",
        command,
    ]
    out = subprocess.run(args, check=True, capture_output=True, cwd=Path(__file__).resolve().parents[1]).stdout
    blind, known = json.loads(out).values()
    assert blind["exact"] >= 0.87
    assert blind["ece"] <= 0.05
    assert blind["high_right"] >= 0.97
    assert known["exact"] >= 0.96
    assert known["ece"] <= 0.025
