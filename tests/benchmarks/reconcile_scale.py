"""How `timeline reconcile` grows: ten claims an event, 10 thousand to a million claims, one process.

    python tests/benchmarks/reconcile_scale.py [--most 1000000]

Prints, per size, the seconds of the whole command (start included), the microseconds per claim and the peak memory, and
the same for five claims. A tenth of the claims is hedged, a tenth vague; sources differ in how often they are right.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

START = datetime(2031, 3, 1, tzinfo=UTC)


def write(path: Path, claims: int, seed: int = 1) -> None:
    """Claims in ten kinds by forty sources, ten an event, shuffled so that lines of one event stand apart."""
    rnd = random.Random(seed)
    with path.open("w", encoding="utf-8") as out:
        for block in range(0, max(1, claims // 10), 1000):
            lines = []
            for event in range(block, min(block + 1000, max(1, claims // 10))):
                truth = rnd.randrange(500_000)
                sources = rnd.sample(range(40), min(10, claims))
                lines += [json.dumps(line(rnd, event, source, truth)) for source in sources]
            rnd.shuffle(lines)
            out.write("\n".join(lines) + "\n")


def line(rnd: random.Random, event: int, source: int, truth: int) -> dict[str, object]:
    minute = truth if rnd.random() < 0.6 + source / 110 else truth + rnd.randint(-30, 30)
    moment = START + timedelta(minutes=minute)
    record: dict[str, object] = {"event": f"e{event}", "source": f"s{source}", "kind": f"k{event % 10}"}
    shape = rnd.random()
    if shape < 0.1:
        return {**record, "time": moment.isoformat(), "approximate": True}
    return {**record, "time": moment.date().isoformat() if shape < 0.2 else moment.isoformat()}


def measure(claims: int) -> tuple[float, float]:
    """Seconds and peak megabytes of one run over so many claims."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "claims.jsonl", Path(folder) / "out.jsonl"
        write(source, claims)
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-m", "timeline", "reconcile", str(source), "-o", str(target)], check=True)
        took = time.perf_counter() - begin
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=1_000_000)
    options = parser.parse_args()
    sizes = [s for s in (5, 10_000, 30_000, 100_000, 300_000, 1_000_000) if s <= options.most]
    for claims in sizes:
        took, peak = measure(claims)
        print(f"{claims:>9,} claims  {took:7.2f} s  {took / claims * 1e6:8.1f} us/claim  {peak:7.0f} MB", flush=True)


if __name__ == "__main__":
    main()
