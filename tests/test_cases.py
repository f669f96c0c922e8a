"""The whole program on every invented case: no figure may fall behind what is on record; and the scorer itself.

``python -m tests.benchmarks.cases --record`` writes the record, ``tests/cases/figures.json``.
"""

from __future__ import annotations

import json
import sys
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import sources
from reports.record import to_json
from tests.scoring import CASES, FIGURES, Text, cases_in, gold_of, means, reports_of, score
from timeline.model import Itinerary
from timeline.pipeline import reconstruct

RECORD: dict[str, Any] = json.loads((CASES / "figures.json").read_text(encoding="utf-8"))
FOLDERS = cases_in(CASES)
MEAN_SLACK, CASE_SLACK = 0.03, 0.12
NOISE_SLACK = 2  # claims of one case
SHARED_AT_LEAST = {"claim_recall": 0.90, "event_precision": 0.80, "event_f1": 0.85, "right_f1": 0.75}


@cache
def told(case: Path) -> Itinerary:
    return reconstruct(sources.read([reports_of(case)]).documents)


@cache
def figures(case: Path) -> dict[str, float]:
    return score(case, told(case))


def test_every_case_is_on_record() -> None:
    assert set(RECORD["cases"]) == {case.name for case in FOLDERS}
    for name, row in RECORD["cases"].items():
        assert set(row) == set(FIGURES), name
    for figure, value in means(RECORD["cases"].values()).items():
        assert RECORD["mean"][figure] == pytest.approx(value, abs=0.001), figure


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_no_case_falls_behind(case: Path) -> None:
    recorded, now = RECORD["cases"][case.name], figures(case)
    fallen = {f: (recorded[f], now[f]) for f in FIGURES if f != "noise" and now[f] < recorded[f] - CASE_SLACK}
    assert not fallen
    assert now["noise"] <= recorded["noise"] + NOISE_SLACK


@pytest.mark.parametrize("figure", [figure for figure in FIGURES if figure != "noise"])
def test_no_mean_falls_behind(figure: str) -> None:
    assert means(figures(case) for case in FOLDERS)[figure] >= RECORD["mean"][figure] - MEAN_SLACK


def test_the_cases_beside_the_repository(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not (shared / "bench" / "score_itinerary.py").is_file():
        pytest.skip(f"no scorer at {shared}/bench")
    monkeypatch.syspath_prepend(str(shared / "bench"))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    scorer = import_module("score_itinerary")
    rows = []
    for case in cases_in(shared / "cases"):
        out = tmp_path / f"{case.name}.json"
        out.write_text(to_json(told(case)), encoding="utf-8")
        rows.append(scorer.score(case, out))
    mean = {figure: sum(row[figure] for row in rows) / len(rows) for figure in SHARED_AT_LEAST}
    assert not {f: (mean[f], least) for f, least in SHARED_AT_LEAST.items() if mean[f] < least}


# --- the scorer


def test_the_scorer_gives_nothing_for_nothing() -> None:
    case = FOLDERS[0]
    empty = told(case).model_copy(update={"events": ()})
    assert set(score(case, empty).values()) == {0.0}


@pytest.mark.parametrize("case", FOLDERS[:4], ids=lambda case: case.name)
def test_the_scorer_sees_what_is_spoilt(case: Path) -> None:
    """Late best estimates, lumped events and dropped claims each cost the figure they should, and no other."""
    whole, good = told(case), figures(case)
    late = [
        e.model_copy(update={"time": e.time.model_copy(update={"best": e.time.best.replace(year=1900)})})
        for e in whole.events
        if e.time is not None
    ]
    spoilt = score(case, whole.model_copy(update={"events": tuple(late)}))
    assert spoilt["right_f1"] == 0.0
    assert {f: spoilt[f] for f in FIGURES if f != "right_f1"} == {f: good[f] for f in FIGURES if f != "right_f1"}

    one = whole.events[0].model_copy(update={"claims": tuple(c for e in whole.events for c in e.claims)})
    lumped = score(case, whole.model_copy(update={"events": (one,)}))
    assert lumped["claim_recall"] == good["claim_recall"]
    assert lumped["b3"] < 0.5 < good["b3"]
    assert lumped["event_recall"] == pytest.approx(1 / len(gold_of(case)["events"]))

    half = score(case, whole.model_copy(update={"events": whole.events[::2]}))
    assert half["claim_recall"] < good["claim_recall"]
    assert half["event_recall"] < good["event_recall"]


def test_the_scorer_finds_quotes_across_line_breaks() -> None:
    text = Text("하나 둘\n셋 “넷” 셋")
    assert text.squeezed == "하나둘셋넷셋"
    assert text.places("둘 셋") == [(2, 4)]
    assert text.places("셋") == [(3, 4), (5, 6)]
    assert text.places("") == []
    assert text.place(3, 6) == (2, 4)
