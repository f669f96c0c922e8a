"""The calendar file read by other programs: the same events at the same instants, with their texts, in all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from reports.formats import Choices
from reports.ics import to_ics
from tests.calendar_cases import calendar_of, event
from tests.calendar_readers import (
    READERS,
    Seen,
    calcurse_import,
    khal_list,
    libical_verdict,
    stamp,
    with_icaljs,
    with_nodeical,
)
from tests.samples import hostile, sample
from timeline.interval import Grain
from timeline.model import Itinerary

HISTORIC = ("1950-06-25T04:00", "1961-08-09T12:00", "1987-07-01T12:00", "2013-05-06T12:00", "2026-03-11T12:00")
NEW_YORK = ("2024-01-15T09:00", "2024-07-15T09:00", "2025-03-09T03:30", "2025-11-02T12:00", "2026-07-01T12:00")
ITINERARIES: dict[str, Itinerary] = {
    "story": sample(),
    "hostile": hostile(),
    "historic": calendar_of(*(event(start, title=start) for start in HISTORIC)),
    "new york": calendar_of(
        *(event(start, title=start, zone="America/New_York") for start in NEW_YORK), zone="America/New_York"
    ),
    "empty": calendar_of(),
}


def expected(itinerary: Itinerary) -> list[tuple[str, str]]:
    """The instants of the minute events, which the tests know without the writer."""
    return [(stamp(e.time.best), e.title) for e in itinerary.events if e.time is not None]


def core(seen: list[Seen]) -> list[tuple[str, str, str]]:
    return [(row.uid, row.start, row.end) for row in seen]


@pytest.mark.parametrize("timezone", ["local", "utc"])
@pytest.mark.parametrize("name", ITINERARIES)
@pytest.mark.parametrize("reader", READERS)
def test_same_events_at_the_same_instants(reader: str, name: str, timezone: Any) -> None:
    data = to_ics(ITINERARIES[name], Choices(ics_timezone=timezone))
    seen = READERS[reader](data)
    assert core(seen) == core(READERS["icalendar"](data))
    assert len(seen) == len(ITINERARIES[name].events)
    if name in ("historic", "new york"):
        assert [(row.start, row.summary) for row in seen] == expected(ITINERARIES[name])


@pytest.mark.parametrize("name", ["story", "hostile"])
@pytest.mark.parametrize("reader", READERS)
def test_titles_come_through_whole(reader: str, name: str) -> None:
    data = to_ics(ITINERARIES[name])
    wanted = [row.summary for row in READERS["icalendar"](data)]
    if reader == "node-ical":  # takes an escaped backslash before n for a line break, against RFC 5545 3.3.11
        wanted = [text.replace("\\N", "\\\n").replace("\\n", "\\\n") for text in wanted]
    assert [row.summary for row in READERS[reader](data)] == wanted


@pytest.mark.parametrize("name", ["story", "historic", "new york"])
@pytest.mark.parametrize("reader", ["ical", "vobject", "ical.js", "node-ical"])
def test_descriptions_places_and_statuses_come_through(reader: str, name: str) -> None:
    data = to_ics(ITINERARIES[name])
    wanted = [(row.description, row.location, row.status) for row in READERS["icalendar"](data)]
    assert [(row.description, row.location, row.status) for row in READERS[reader](data)] == wanted


@pytest.mark.parametrize("timezone", ["local", "utc"])
@pytest.mark.parametrize("name", ["story", "hostile", "historic", "new york"])
def test_libical_finds_no_error(name: str, timezone: Any) -> None:
    seen, errors, valid = libical_verdict(to_ics(ITINERARIES[name], Choices(ics_timezone=timezone)))
    assert len(seen) == len(ITINERARIES[name].events)
    assert (errors, valid) == (0, True)


def test_libical_finds_an_error_where_there_is_one() -> None:
    spoilt = to_ics(sample()).replace(b"CALSCALE:GREGORIAN\r\n", b"CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n")
    _, errors, valid = libical_verdict(spoilt)
    assert errors > 0 or not valid


@pytest.mark.parametrize("name", ["story", "hostile", "historic"])
def test_calcurse_skips_nothing(name: str, tmp_path: Path) -> None:
    lines, said = calcurse_import(to_ics(ITINERARIES[name]), tmp_path)
    assert "0 skipped" in said
    assert len(lines) == len(ITINERARIES[name].events)


def test_calcurse_has_the_minutes_and_the_days(tmp_path: Path) -> None:
    lines, _ = calcurse_import(to_ics(sample()), tmp_path)
    assert any(line.startswith("03/11/2026 @ 10:37 -> 03/11/2026 @ 10:38") for line in lines)
    assert any(line.startswith("03/13/2026 [1] >") for line in lines)
    assert any(line.startswith("01/01/2013 [1] {1D -> 12/31/2013}") for line in lines)


def test_khal_shows_a_minute_as_a_minute(tmp_path: Path) -> None:
    lines = khal_list(to_ics(sample()), tmp_path, "2026-03-11", 1)
    assert "2026-03-11 10:37|2026-03-11 10:38|새솔교 전면 통제 (오전 10:25–10:45)" in lines
    assert "2026-03-11 13:00|2026-03-11 15:00|아랫마을 주민 대피 (오후 12:00–자정)" in lines


# --- a date is the same day for every reader

ELSEWHERE = ["Asia/Seoul", "America/New_York", "Pacific/Kiritimati"]
A_DAY = calendar_of(event("2026-03-13T00:00", Grain.DAY, "2026-03-14T00:00", title="하루"))


@pytest.mark.parametrize("zone", ELSEWHERE)
@pytest.mark.parametrize("reader", [with_icaljs, with_nodeical], ids=["ical.js", "node-ical"])
def test_a_date_is_the_same_day_everywhere(reader: Any, zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", zone)
    (seen,) = reader(to_ics(A_DAY))
    assert (seen.start, seen.end) == ("2026-03-13", "2026-03-14")


@pytest.mark.parametrize("zone", ELSEWHERE)
def test_a_date_is_the_same_day_in_calcurse(zone: str, tmp_path: Path) -> None:
    (line,), _ = calcurse_import(to_ics(A_DAY), tmp_path, zone)
    assert line.startswith("03/13/2026 [1] >")


@pytest.mark.parametrize("zone", ELSEWHERE)
def test_a_date_is_the_same_day_in_khal(zone: str, tmp_path: Path) -> None:
    (line,) = khal_list(to_ics(A_DAY), tmp_path, "2026-03-13", 1, zone)
    assert line.startswith("2026-03-13")


# --- the file does not depend on the machine


@pytest.mark.parametrize(
    "environment",
    [{"TZ": "America/New_York"}, {"TZ": "Pacific/Kiritimati"}, {"LC_ALL": "C", "LANG": "C"}, {"PYTHONHASHSEED": "7"}],
    ids=str,
)
def test_another_machine_gives_the_same_bytes(environment: dict[str, str]) -> None:
    program = (
        "import sys; from reports.ics import to_ics; from tests.samples import sample;"
        "sys.stdout.buffer.write(to_ics(sample()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, **environment},
        cwd=Path(__file__).parents[1],
        capture_output=True,
        check=True,
    )
    assert done.stdout == to_ics(sample())
