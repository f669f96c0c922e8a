"""itinerary.json: the contract's keys, in the zone's time, valid by its own schema, nothing lost."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

import jsonschema
import pytest

from reports.contract import ItineraryRecord
from reports.record import schema, to_json, to_record
from tests.samples import hostile, sample
from timeline.model import Itinerary

# The stable keys, in order; further keys may follow them.
CONTRACT = {
    "": "version title timezone generator inputs_sha256 documents events undated order gaps problems",
    "documents": "id file record title outlet byline url language published published_basis published_evidence copy_of"
    " origin",
    "documents.published_evidence": "quote note",
    "events": "id title actors place status time confidence conflicts independent_origins claims",
    "events.time": "best start end earliest latest grain approximate text timex3",
    "events.confidence": "level probability evidence",
    "events.confidence.evidence": "reason weight claims",
    "events.conflicts": "kind severity note claims",
    "events.claims": "id document quote span status attribution actors place time superseded note",
    "events.claims.time": "text span start end earliest latest grain approximate anchor rule",
    "undated": "id title actors place status time confidence conflicts independent_origins claims",
    "gaps": "start end after before",
    "problems": "file error",
}


def content(itinerary: Itinerary) -> dict[str, Any]:
    return json.loads(to_json(itinerary))


def first(value: Any, path: str) -> dict[str, Any]:
    """The first object at the path that is not null."""
    found = [value]
    for name in filter(None, path.split(".")):
        found = [item[name] for item in found if item[name]]
        found = [item for value in found for item in (value if isinstance(value, list) else [value])]
    return found[0]


@pytest.mark.parametrize(("path", "keys"), CONTRACT.items())
def test_the_keys_of_the_contract(path: str, keys: str) -> None:
    assert list(first(content(sample()), path))[: len(keys.split())] == keys.split()


@pytest.mark.parametrize("make", [sample, hostile])
def test_valid_by_its_own_schema(make: Any) -> None:
    jsonschema.Draft202012Validator(json.loads(schema())).validate(content(make()))


def test_the_schema_is_one_and_describes_itself() -> None:
    checked = json.loads(schema())
    jsonschema.Draft202012Validator.check_schema(checked)
    assert checked["$defs"]["ClaimRecord"]["properties"]["span"]["description"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: c.pop("events"),
        lambda c: c["events"][0].pop("time"),
        lambda c: c["events"][0].update(status="maybe"),
        lambda c: c["documents"][0].update(published_basis="guessed"),
        lambda c: c.update(version=2),
    ],
    ids=["no events", "no time", "unknown status", "unknown basis", "other version"],
)
def test_the_schema_refuses(spoil: Any) -> None:
    broken = content(sample())
    spoil(broken)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json.loads(schema())).validate(broken)


@pytest.mark.parametrize("make", [sample, hostile])
def test_reads_back_as_the_same_record(make: Any) -> None:
    assert ItineraryRecord.model_validate_json(to_json(make())) == to_record(make())


def test_every_claim_is_told_and_quotes_its_document() -> None:
    itinerary = sample()
    texts = {document.id: document.text for document in itinerary.documents}
    record = content(itinerary)
    claims = [claim for event in record["events"] + record["undated"] for claim in event["claims"]]
    assert len(claims) == 40
    for claim in claims:
        assert texts[claim["document"]][slice(*claim["span"])] == claim["quote"]
        if claim["time"]:
            assert texts[claim["document"]][slice(*claim["time"]["span"])] == claim["time"]["text"]


def test_nulls_mean_not_known() -> None:
    record = content(sample())
    by_file = {document["file"]: document for document in record["documents"]}
    assert by_file["g.txt"]["published"] is None
    assert by_file["g.txt"]["url"] is None
    assert by_file["a.txt"]["record"] is None
    assert by_file["a.txt"]["copy_of"] is None
    assert record["undated"][0]["time"] is None
    assert [claim["time"] for event in record["events"] for claim in event["claims"]].count(None) == 2


PUBLISHED = {
    "a.txt": "2026-03-11T15:12:00+09:00",
    "d.txt": "2026-03-11",
    "f.txt": "2026-03-12",
    "g.txt": None,
}


@pytest.mark.parametrize(("file", "text"), PUBLISHED.items())
def test_published_to_the_minute_or_the_bare_day(file: str, text: str | None) -> None:
    assert next(d["published"] for d in content(sample())["documents"] if d["file"] == file) == text


@pytest.mark.parametrize(
    ("zone", "best"),
    [
        ("Asia/Seoul", "2026-03-11T10:37:00+09:00"),
        ("UTC", "2026-03-11T01:37:00+00:00"),
        ("America/New_York", "2026-03-10T21:37:00-04:00"),
    ],
)
def test_times_stand_in_the_zone_of_the_itinerary(zone: str, best: str) -> None:
    record = content(sample().model_copy(update={"timezone": zone}))
    event = next(event for event in record["events"] if event["title"] == "새솔교 전면 통제")
    assert event["time"]["best"] == best
    claims = [claim["time"]["start"] for claim in event["claims"]]
    assert {datetime.fromisoformat(start).utcoffset() for start in claims} == {datetime.fromisoformat(best).utcoffset()}


def test_the_same_itinerary_gives_the_same_bytes() -> None:
    assert to_json(sample()) == to_json(sample())


def test_korean_stands_as_itself() -> None:
    assert "새솔교 통제 하루" in to_json(sample())
    assert "\\u" not in to_json(sample())
