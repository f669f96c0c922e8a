"""How well every invented case is told: a table of the figures of :mod:`tests.scoring`, and their mean.

Usage: python -m tests.benchmarks.cases [FOLDER_OF_CASES]... [--record]    (default tests/cases)

``--record`` writes the figures to ``tests/cases/figures.json``, which ``tests/test_cases.py`` holds later runs to.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import sources
from tests.scoring import CASES, FIGURES, cases_in, means, reports_of, score
from timeline.pipeline import reconstruct

RECORD = CASES / "figures.json"


def measure(case: Path) -> dict[str, float]:
    """The figures of one case, from its files to its itinerary."""
    reading = sources.read([reports_of(case)])
    figures = score(case, reconstruct(reading.documents))
    return {name: round(figures[name], 3) for name in FIGURES}


def main() -> None:
    """Print the table; write the record where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[CASES])
    parser.add_argument("--record", action="store_true", help=f"write {RECORD.name} (of tests/cases alone)")
    arguments = parser.parse_args()
    print("| case | " + " | ".join(FIGURES) + " |\n" + "|---" * (len(FIGURES) + 1) + "|")
    for folder in arguments.folders:
        rows = {case.name: measure(case) for case in cases_in(folder)}
        mean = {name: round(value, 3) for name, value in means(rows.values()).items()}
        for name, row in [*rows.items(), ("mean", mean)]:
            print(f"| {name} | " + " | ".join(f"{row[figure]:.3f}" for figure in FIGURES) + " |")
        if arguments.record and folder.resolve() == CASES.resolve():
            RECORD.write_text(json.dumps({"cases": rows, "mean": mean}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
