"""How steady the answers on disagreeing flight times are: half the flights, one source less, one undeclared copy more.

    python tests/benchmarks/reconcile_perturbed.py DIR     (DIR holds score_reconciler.py and reconciler/flights.jsonl)

Figures on one data set can be luck. Each row gives, over all perturbations of one sort, the mean and the worst share of
right minutes without known answers, the mean calibration error, and how often `high` answers were right.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from timeline.reconcile.structured import run

Claims = list[dict[str, Any]]
LEAST = 100  # claims of a source worth taking away or copying


def perturbations(claims: Claims) -> Iterator[tuple[str, str, Claims]]:
    """Sort, name and claims of each perturbation."""
    yield "as it is", "", claims
    flights = sorted({_flight(c) for c in claims})
    for seed in range(10):
        kept = set(random.Random(seed).sample(flights, len(flights) // 2))
        yield "half the flights", str(seed), [c for c in claims if _flight(c) in kept]
    sources = sorted({c["source"] for c in claims})
    for source in [s for s in sources if sum(c["source"] == s for c in claims) >= LEAST]:
        own = [c for c in claims if c["source"] == source]
        yield "one source less", source, [c for c in claims if c["source"] != source]
        yield "one copy more, undeclared", source, claims + [{**c, "source": "copier"} for c in own]
        yield "one copy more, declared", source, claims + [{**c, "source": "copier", "origin": source} for c in own]


def _flight(claim: dict[str, Any]) -> str:
    return str(claim["event"]).split("/")[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    sys.path.insert(0, str(folder))
    scorer = importlib.import_module("score_reconciler")
    claims, truth = scorer.load(folder / "reconciler" / "flights.jsonl")
    rows: dict[str, list[tuple[dict[str, float], str]]] = {}
    for sort, name, changed in perturbations(claims):
        lines = [json.dumps(c).encode() for c in changed]
        answers = {row["event"]: row for row in map(json.loads, run(lines, (), "UTC", print))}
        asked = {key: value for key, value in truth.items() if key in answers}
        rows.setdefault(sort, []).append((scorer.measure(answers, asked, set()), name))
    for sort, found in rows.items():
        mean = {k: sum(figures[k] for figures, _ in found) / len(found) for k in ("exact", "ece", "high_right")}
        worst, name = min((figures["exact"], name) for figures, name in found)
        shown = " ".join(f"{k}={v:.3f}" for k, v in mean.items())
        print(f"{sort:27}{len(found):4}  {shown}  worst={worst:.3f} {name}", flush=True)


if __name__ == "__main__":
    main()
