"""Independent readers of a calendar file: three Python libraries, two of JavaScript, one of C, and two programs.

Each reader takes the file's bytes and gives its events in one shape, with times as ``YYYY-MM-DD`` or in UTC. Readers
that need a tool outside this environment are built or installed once into a folder of the system's temporary directory.
Where the tool is missing the test is skipped and says so; with ``TIMELINE_ALL_READERS=1`` it fails instead.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import icalendar
import pytest
import vobject
from ical.calendar_stream import IcsCalendarStream

HERE = Path(__file__).with_name("readers")


class Seen(NamedTuple):
    """An event as a reader saw it; ``names`` are the properties it kept, in capitals."""

    uid: str
    start: str
    end: str
    summary: str
    description: str = ""
    location: str = ""
    status: str = ""
    names: frozenset[str] = frozenset()


def stamp(moment: date | datetime) -> str:
    """A date as it is, a moment in UTC."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return moment.isoformat()


# --- Python libraries


def with_icalendar(data: bytes) -> list[Seen]:
    return [
        Seen(
            str(made["UID"]),
            stamp(made.decoded("DTSTART")),
            stamp(made.decoded("DTEND")),
            str(made["SUMMARY"]),
            str(made.get("DESCRIPTION", "")),
            str(made.get("LOCATION", "")),
            str(made["STATUS"]),
            frozenset(made.keys()),
        )
        for made in icalendar.Calendar.from_ical(data).walk("VEVENT")
    ]


def with_ical(data: bytes) -> list[Seen]:
    events = IcsCalendarStream.calendar_from_ics(data.decode()).events
    return [
        Seen(
            event.uid,
            stamp(event.start),
            stamp(event.end),
            event.summary or "",
            event.description or "",
            event.location or "",
            event.status.value if event.status else "",
        )
        for event in events
    ]


def with_vobject(data: bytes) -> list[Seen]:
    calendar = vobject.readOne(data.decode())
    calendar.validate(raiseException=True)
    return [
        Seen(
            event.uid.value,
            stamp(event.dtstart.value),
            stamp(event.dtend.value),
            event.summary.value,
            event.description.value if "description" in event.contents else "",
            event.location.value if "location" in event.contents else "",
            event.status.value,
            frozenset(name.upper() for name in event.contents),
        )
        for event in calendar.contents.get("vevent", [])
    ]


# --- JavaScript libraries


def _missing(tool: str) -> None:
    message = f"{tool} is not installed"
    if os.environ.get("TIMELINE_ALL_READERS") == "1":
        pytest.fail(message)
    pytest.skip(message)


def _find(tool: str) -> str:
    found = shutil.which(tool)
    if found is None:
        _missing(tool)
    assert found is not None
    return found


def _folder(*sources: Path) -> Path:
    """A folder kept between runs, named after what is built in it."""
    digest = hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()[:12]
    folder = Path(tempfile.gettempdir(), f"timeline-readers-{digest}")
    folder.mkdir(exist_ok=True)
    return folder


@cache
def _node_folder() -> Path:
    lock = HERE / "package-lock.json"
    folder = _folder(lock, HERE / "package.json")
    if not (folder / "node_modules" / "node-ical").is_dir():
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder / name)
        npm = [_find("npm"), "ci", "--silent", "--no-audit", "--no-fund"]
        done = subprocess.run(npm, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode:
            _missing(f"ical.js and node-ical (npm ci: {done.stderr.strip()[-200:]})")
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, folder / script.name)
    return folder


def _with_node(script: str, data: bytes) -> list[Seen]:
    node, folder = _find("node"), _node_folder()
    done = subprocess.run([node, folder / script], input=data, capture_output=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    return [
        Seen(
            row["uid"],
            row["start"].replace(".000Z", "Z"),
            row["end"].replace(".000Z", "Z"),
            row["summary"],
            row["description"] or "",
            row["location"] or "",
            row["status"],
            frozenset(name.upper() for name in row["names"]),
        )
        for row in json.loads(done.stdout)
    ]


def with_icaljs(data: bytes) -> list[Seen]:
    return _with_node("icaljs.mjs", data)


def with_nodeical(data: bytes) -> list[Seen]:
    return _with_node("nodeical.mjs", data)


# --- C


@cache
def _libical() -> Path:
    source = HERE / "libical.c"
    program = _folder(source) / "libical"
    if not program.exists():
        build = [_find("cc"), str(source), "-o", str(program), "-lical"]
        done = subprocess.run(build, capture_output=True, text=True, check=False)
        if done.returncode:
            _missing(f"libical with its headers ({done.stderr.strip()[:200]})")
    return program


def libical_verdict(data: bytes) -> tuple[list[Seen], int, bool]:
    """The events, the number of X-LIC-ERROR properties, and whether icalrestriction_check passed."""
    done = subprocess.run([_libical()], input=data, capture_output=True, timeout=120, check=True)
    *rows, errors, valid = done.stdout.decode().rstrip("\n").split("\n")
    seen = [
        Seen(uid, start, end, text.replace("\x01", "\n")) for uid, start, end, text in (r.split("\t") for r in rows)
    ]
    return seen, int(errors.split()[1]), valid == "valid 1"


def with_libical(data: bytes) -> list[Seen]:
    return libical_verdict(data)[0]


READERS: dict[str, Callable[[bytes], list[Seen]]] = {
    "icalendar": with_icalendar,
    "ical": with_ical,
    "vobject": with_vobject,
    "ical.js": with_icaljs,
    "node-ical": with_nodeical,
    "libical": with_libical,
}


# --- programs


@cache
def programs() -> Path:
    """The folder of khal's and radicale's own environment's programs."""
    wanted = HERE / "requirements.txt"
    folder = _folder(wanted) / "env"
    bin_folder = folder / "bin"
    if not (bin_folder / "khal").exists() or not (bin_folder / "radicale").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        pip = [bin_folder / "python", "-m", "pip", "install", "-q", "-r", wanted]
        done = subprocess.run(pip, capture_output=True, text=True, timeout=600, check=False)
        if done.returncode:
            _missing(f"khal and radicale (pip: {done.stderr.strip()[-200:]})")
    return bin_folder


def calcurse_import(data: bytes, folder: Path, zone: str = "Asia/Seoul") -> tuple[list[str], str]:
    """The lines of calcurse's appointments after an import (wall clock of the zone), and what it printed."""
    file = folder / "in.ics"
    file.write_bytes(data)
    environment = {**os.environ, "TZ": zone, "LC_ALL": "C.UTF-8"}
    command = [_find("calcurse"), "-D", str(folder / "calcurse"), "-i", str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    return (folder / "calcurse" / "apts").read_text("utf-8").splitlines(), done.stdout + done.stderr


def khal_list(data: bytes, folder: Path, first: str, days: int, zone: str = "Asia/Seoul") -> list[str]:
    """khal's agenda after an import, ``start|end|title`` a line."""
    (folder / "khal").mkdir()
    config = folder / "khal.conf"
    config.write_text(
        f"[calendars]\n[[one]]\npath = {folder / 'khal'}\n[sqlite]\npath = {folder / 'khal.db'}\n[locale]\n"
        f"local_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\ndateformat = %Y-%m-%d\n"
        "longdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
    )
    file = folder / "khal.ics"
    file.write_bytes(data)
    khal = [str(programs() / "khal"), "-c", str(config)]
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "XDG_CACHE_HOME": str(folder)}
    subprocess.run([*khal, "import", "--batch", str(file)], env=environment, check=True, capture_output=True)
    show = [
        *khal,
        "list",
        "--notstarted",
        "--format",
        "{start-full}|{end-full}|{title}",
        "--day-format",
        "",
        first,
        f"{days}d",
    ]
    done = subprocess.run(show, env=environment, check=True, capture_output=True, text=True)
    return [line for line in done.stdout.splitlines() if line.strip()]
