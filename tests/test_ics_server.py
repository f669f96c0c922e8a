"""The calendar on a real server: Radicale takes events by their UIDs, a later edition adds no copies."""

from __future__ import annotations

import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest

from reports.ics import to_ics
from tests.calendar_readers import programs, stamp
from tests.samples import sample
from timeline.model import Itinerary

COLLECTION = "/reporter/story/"
NO_PROXY = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def _free_port() -> int:
    with socket.socket() as opened:
        opened.bind(("127.0.0.1", 0))
        return int(opened.getsockname()[1])


def _send(method: str, url: str, body: bytes = b"", kind: str = "text/calendar; charset=utf-8") -> bytes:
    request = urllib.request.Request(url, data=body or None, method=method, headers={"Content-Type": kind})
    with NO_PROXY.open(request, timeout=30) as answer:
        return bytes(answer.read())


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    """The address of an empty calendar collection on a server of its own."""
    port = _free_port()
    options = {
        "--server-hosts": f"127.0.0.1:{port}",
        "--storage-filesystem-folder": str(tmp_path / "store"),
        "--auth-type": "none",
        "--logging-level": "error",
    }
    command = [str(programs() / "radicale"), "--config", "", *(part for option in options.items() for part in option)]
    running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        _await(port, running)
        _send("MKCOL", f"{address}/reporter/")
        _send("MKCALENDAR", address + COLLECTION)
        yield address + COLLECTION
    finally:
        running.terminate()
        running.wait(timeout=30)


def _await(port: int, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert running.poll() is None, "the server ended before it answered"
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("the server did not answer within 30 s")


def put_each(server: str, data: bytes) -> int:
    """Each event as a resource of its own, as calendar clients store them."""
    calendar = icalendar.Calendar.from_ical(data)
    count = 0
    for event in calendar.walk("VEVENT"):
        single = icalendar.Calendar()
        single.add("PRODID", calendar["PRODID"])
        single.add("VERSION", "2.0")
        for zone in calendar.walk("VTIMEZONE"):
            single.add_component(zone)
        single.add_component(event)
        _send("PUT", f"{server}{event['UID']}.ics", single.to_ical())
        count += 1
    return count


def edition(minutes: int) -> Itinerary:
    """The story; in a later edition one event stands at 10:38 and the last has vanished."""
    if minutes == 0:
        return sample()
    events = list(sample().events[:-1])
    time_ = events[3].time
    assert time_ is not None
    moved = {name: getattr(time_, name).replace(minute=37 + minutes) for name in ("best", "start")}
    moved["end"] = time_.end.replace(minute=38 + minutes) if time_.end else None
    events[3] = events[3].model_copy(update={"time": time_.model_copy(update=moved)})
    return sample().model_copy(update={"events": tuple(events)})


def test_a_later_edition_changes_events_and_adds_no_copies(server: str) -> None:
    first = to_ics(edition(0))
    second = to_ics(edition(1), older=first)
    assert put_each(server, first) == put_each(server, second) == len(sample().events)
    kept = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(_send("GET", server)).walk("VEVENT")}
    wanted = {str(e["UID"]): e for e in icalendar.Calendar.from_ical(second).walk("VEVENT")}
    assert kept.keys() == wanted.keys()
    assert sum(stamp(e.decoded("DTSTART")) == "2026-03-11T01:38:00Z" for e in kept.values()) == 1
    assert sum("X-TIMELINE-WITHDRAWN" in e for e in kept.values()) == 1
    for uid, event in wanted.items():
        assert kept[uid]["SUMMARY"] == event["SUMMARY"]
        assert kept[uid]["DESCRIPTION"] == event["DESCRIPTION"]
        for name in (name for name in event if name.startswith("X-TIMELINE-")):
            assert str(kept[uid][name]) == str(event[name])
