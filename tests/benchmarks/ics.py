"""How long a calendar of many events takes to write, beside reading it back with icalendar, and how large it is.

Usage: python tests/benchmarks/ics.py [EVENTS]    (default 10000)

Seconds are the median of three runs. ``x read`` is the ratio to reading the same file with icalendar and compares
across machines; ``x per event`` is the time for one event beside that of a calendar a tenth as large, 1.0 where it
grows evenly.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

import icalendar

sys.path.insert(0, str(Path(__file__).parents[2]))

from reports.formats import Choices
from reports.ics import to_ics
from tests.crowd import many

RUNS = 3


def seconds(action: Callable[[], object]) -> float:
    """The median wall-clock seconds of a run."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        action()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main(count: int) -> None:
    """Print one row a task."""
    large, small = many(count), many(count // 10)
    data, less = to_ics(large), to_ics(small)
    read = seconds(lambda: icalendar.Calendar.from_ical(data))
    tasks: list[tuple[str, Callable[[], object], Callable[[], object]]] = [
        ("write", lambda: to_ics(large), lambda: to_ics(small)),
        ("write, UTC", lambda: to_ics(large, Choices(ics_timezone="utc")), lambda: to_ics(small)),
        ("write over an older one", lambda: to_ics(large, older=data), lambda: to_ics(small, older=less)),
    ]
    print(f"{count} events, {len(data) / 1e6:.1f} MB; read with icalendar: {read:.2f} s\n")
    print("| task | seconds | x read | x per event |\n|---|---|---|---|")
    for name, action, tenth in tasks:
        taken = seconds(action)
        print(f"| {name} | {taken:.2f} | {taken / read:.2f} | {taken / 10 / seconds(tenth):.2f} |")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
