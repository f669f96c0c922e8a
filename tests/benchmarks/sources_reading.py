"""How fast reports are read: 10,000 small files (rate and memory), and a second run over 1,000 old and one new.

Usage: python tests/benchmarks/sources_reading.py [FILES]    (default 10000)

``x per file`` is the time for one file beside that of a folder a tenth as large, 1.0 where it grows evenly. The second
run must also give what a clean run gives; that is the only thing checked.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

here, root = str(Path(__file__).parent), str(Path(__file__).parents[2])
sys.path[:] = [root, *(path for path in sys.path if path != here)]  # names of this folder would hide others

from sources import Reading, read  # noqa: E402

INPUTS = Path(__file__).parents[1] / "inputs"
SMALL = ("text", "labels", "html", "mail", "encodings")


def main(files: int = 10_000) -> None:
    """Print a line for each measurement."""
    with TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        fill(few, files // 10)
        fill(many, files)
        small, _ = timed(lambda: read([few]))
        before = peak()
        seconds, reading = timed(lambda: read([many]))
        rate = f"{seconds:.1f} s, {files / seconds:,.0f} a second, {seconds / small / 10:.2f} x per file"
        print(f"{len(reading.documents):,} files: {rate}, {peak() - before:.0f} MB more")
        print(f"{text_size(reading) / 1e6:.1f} million characters kept")
    with TemporaryDirectory() as folder:
        print(f"second run over 1,000 old and 1 new: {second_run(Path(folder)):.1f} times faster, same result")


def second_run(folder: Path) -> float:
    """How many times faster the second run over a growing folder is, with the cache."""
    reports, cache = folder / "reports", folder / "cache.jsonl"
    fill(reports, 1_000)
    first, _ = timed(lambda: read([reports], cache=cache))
    (reports / "new.txt").write_bytes((INPUTS / "text" / "wire.txt").read_bytes())
    second, again = timed(lambda: read([reports], cache=cache))
    assert again == read([reports]), "a run from the cache must give what a clean run gives"
    return first / second


def fill(folder: Path, files: int) -> None:
    """Copies of the small invented inputs, each made different by its number."""
    folder.mkdir()
    kinds = list(samples())
    for number in range(files):
        suffix, data = kinds[number % len(kinds)]
        (folder / f"{number:05}{suffix}").write_bytes(data + f"\n{number}\n".encode())


def samples() -> Iterator[tuple[str, bytes]]:
    """Suffix and bytes of every small input whose bytes can be added to."""
    for kind in SMALL:
        for path in sorted((INPUTS / kind).iterdir()):
            if "utf16" not in path.name and path.suffix != ".mbox":
                yield path.suffix, path.read_bytes()


def timed(run: Callable[[], Reading]) -> tuple[float, Reading]:
    """Seconds and the result."""
    began = perf_counter()
    reading = run()
    return perf_counter() - began, reading


def text_size(reading: Reading) -> int:
    """Characters of all texts."""
    return sum(len(document.text) for document in reading.documents)


def peak() -> float:
    """Peak resident memory so far, in megabytes."""
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used / (1024 if sys.platform == "linux" else 1024 * 1024)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
