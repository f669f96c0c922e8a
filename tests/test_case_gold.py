"""The invented cases agree with themselves: quotes stand in their reports, times parse, windows are closed."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from datetime import date, datetime
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import pytest

CASES = Path(__file__).parent / "cases"
EXAMPLES = Path(__file__).parents[1] / "sources" / "examples"  # the demo's reports ship with the program
EXAMPLES = Path(__file__).parent.parent / "sources" / "examples"  # the reports of the case "demo" ship with the program
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir())
STATUSES = {"occurred", "planned", "cancelled", "rumoured", "denied"}
ANCHORS = {"publication", "narrative", "explicit", "event", "local_time", "inferred"}
LEVELS = {"high", "medium", "low"}
LONGEST_QUOTE = 120  # characters, as the format asks; it says "about"

Gold = dict[str, Any]


@pytest.fixture(params=FOLDERS, ids=lambda folder: folder.name)
def case(request: pytest.FixtureRequest) -> tuple[Path, Gold]:
    folder: Path = request.param
    return folder, json.loads((folder / "gold.json").read_text(encoding="utf-8"))


def reports_of(folder: Path) -> Path:
    return EXAMPLES if folder.name == "demo" else folder / "reports"


def reports(folder: Path) -> dict[str, str]:
    """The text of every report of a case by its file name; of an e-mail its headers and decoded plain body."""
    place = EXAMPLES if folder.name == "demo" else folder / "reports"
    return {path.name: readable(path) for path in sorted(place.iterdir()) if path.is_file()}


def readable(path: Path) -> str:
    if path.suffix != ".eml":
        return path.read_text(encoding="utf-8")
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    body = message.get_body(("plain",))
    assert body is not None, f"{path.name} has no plain body"
    headers = "\n".join(f"{name}: {value}" for name, value in message.items())
    return f"{headers}\n\n{body.get_content()}"


def claims(gold: Gold) -> Iterator[tuple[Gold, Gold]]:
    for event in gold["events"]:
        for claim in event["claims"]:
            yield event, claim


def instant(text: str) -> datetime:
    time = datetime.fromisoformat(text)
    assert time.tzinfo is not None, f"{text} states no offset"
    return time


def places(text: str, part: str) -> list[tuple[int, int]]:
    found = text.find(part)
    spans = []
    while found >= 0:
        spans.append((found, found + len(part)))
        found = text.find(part, found + 1)
    return spans


def test_there_are_cases() -> None:
    assert len(FOLDERS) >= 4


def test_reports_are_the_files_of_the_folder(case: tuple[Path, Gold]) -> None:
    folder, gold = case
    listed = [report["file"] for report in gold["reports"]]
    assert gold["case"] == folder.name
    assert sorted(listed) == sorted(path.name for path in reports_of(folder).iterdir())
    for report in gold["reports"]:
        assert report["copy_of"] in {None, *listed} - {report["file"]}
        assert report["published_known"] in (True, False)
        if report["published"] is not None and len(report["published"]) == len("2025-01-14"):
            date.fromisoformat(report["published"])
        elif report["published"] is not None:
            instant(report["published"])
        else:
            assert not report["published_known"]


def test_every_quote_stands_in_its_report(case: tuple[Path, Gold]) -> None:
    folder, gold = case
    texts = {path.name: path.read_text(encoding="utf-8") for path in reports_of(folder).iterdir()}
    quoted = [claim for _, claim in claims(gold)] + gold["not_events"] + gold["neutral"]
    missing = [item["quote"] for item in quoted if item["quote"] not in texts[item["file"]]]
    assert not missing
    assert all(item["quote"] for item in quoted)
    assert {claim["file"] for _, claim in claims(gold)} == set(texts), "each report says something about an event"


def test_every_claim_is_well_formed(case: tuple[Path, Gold]) -> None:
    _, gold = case
    seen = set()
    for _, claim in claims(gold):
        where = claim["quote"]
        assert claim["time_text"] in claim["quote"], where
        assert len(claim["quote"]) <= LONGEST_QUOTE, where
        assert instant(claim["start"]) < instant(claim["end"]), where
        assert claim["status"] in STATUSES, where
        assert claim["anchor"] in ANCHORS, where
        assert isinstance(claim["approx"], bool), where
        key = (claim["file"], claim["quote"], claim["time_text"])
        assert key not in seen, where
        seen.add(key)


def test_every_event_is_well_formed(case: tuple[Path, Gold]) -> None:
    _, gold = case
    for event in gold["events"]:
        earliest, latest = (instant(time) for time in event["acceptable"])
        assert instant(event["start"]) < instant(event["end"]), event["id"]
        assert earliest <= instant(event["start"]) <= latest, event["id"]
        assert event["status"] in STATUSES, event["id"]
        assert event["confidence"] in LEVELS, event["id"]
        assert isinstance(event["conflict"], bool), event["id"]
        assert event["claims"], event["id"]
        assert event["title"], event["id"]
        assert event["why"], event["id"]


def test_a_conflict_has_two_sides(case: tuple[Path, Gold]) -> None:
    """One time alone cannot disagree: the claims of a conflicting event start at two times at the least."""
    _, gold = case
    for event in gold["events"]:
        if event["conflict"]:
            assert len({instant(claim["start"]) for claim in event["claims"]}) > 1, event["id"]


def test_references_and_order(case: tuple[Path, Gold]) -> None:
    _, gold = case
    starts = {event["id"]: instant(event["start"]) for event in gold["events"]}
    assert len(starts) == len(gold["events"]), "an id is used twice"
    assert set(gold.get("conflict_open", {})) <= set(starts)
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for before, after in gold["order"]:
        assert starts[before] <= starts[after], (before, after)
        sorter.add(after, before)
    sorter.prepare()  # raises where the order runs in a circle


def test_no_time_is_both_an_event_and_none(case: tuple[Path, Gold]) -> None:
    """The time expression of a claim never lies wholly inside a quote listed as no event."""
    folder, gold = case
    texts = {path.name: path.read_text(encoding="utf-8") for path in reports_of(folder).iterdir()}
    for listed in gold["not_events"]:
        text = texts[listed["file"]]
        for start, end in places(text, listed["quote"]):
            for _, claim in claims(gold):
                if claim["file"] != listed["file"] or not claim["time_text"]:
                    continue
                at = text.index(claim["quote"]) + claim["quote"].index(claim["time_text"])
                assert not (start <= at and at + len(claim["time_text"]) <= end), (listed["quote"], claim["quote"])
