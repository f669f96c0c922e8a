"""How long each command takes from a cold start, beside the bare interpreter, and what it imports on the way.

Usage: python tests/benchmarks/start_up.py [FOLDER_OF_REPORTS]

Seconds are the median of five runs after one unmeasured. The ratio to the bare interpreter compares across machines.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

HEAVY = ("kiwipiepy", "plotly", "numpy", "rich", "pendulum", "trafilatura", "icalendar", "docx", "pypdf", "httpx")
RUNS = 5
LINE = b'{"id": "1", "text": "it opened at 10:40 a.m. on Tuesday", "at": "2024-02-28T07:38:00+09:00"}\n'


def seconds(command: Sequence[str], text: bytes = b"") -> float:
    """The median wall-clock seconds of a run."""
    taken = []
    for _ in range(RUNS + 1):
        start = time.perf_counter()
        subprocess.run(command, input=text, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def imported(arguments: Sequence[str], text: bytes = b"") -> list[str]:
    """Which of the heavy libraries a run of the command loads."""
    code = (
        "import sys; from timeline.cli import main\n"
        "try: main(sys.argv[1:])\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code, *arguments], input=text, capture_output=True, check=True)
    loaded = set(run.stderr.decode().split())
    return [name for name in HEAVY if name in loaded]


def main(folder: str | None) -> None:
    """Print one row a command."""
    command = [sys.executable, "-m", "timeline"]
    bare = seconds([sys.executable, "-c", "pass"])
    with tempfile.TemporaryDirectory() as out:
        rows: list[tuple[str, list[str], bytes]] = [
            ("--version", ["--version"], b""),
            ("normalize --jsonl, one line", ["normalize", "--jsonl"], LINE),
            ("schema", ["schema"], b""),
            ("demo", ["demo", "-o", out, "-q"], b""),
        ]
        if folder is not None:
            rows.append((f"build {folder}", ["build", folder, "-o", out, "-q"], b""))
        print("| command | seconds | × bare interpreter | loads |\n|---|---|---|---|")
        print(f"| python -c pass | {bare:.3f} | 1.0 | |")
        for name, arguments, text in rows:
            taken = seconds([*command, *arguments], text)
            print(f"| {name} | {taken:.3f} | {taken / bare:.1f} | {', '.join(imported(arguments, text))} |")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
