"""How well every invented case is told: a table of the figures of :mod:`tests.scoring`, and their mean.

Usage: python -m tests.benchmarks.cases [FOLDER_OF_CASES]... [--record]    (default tests/cases)

``--record`` writes the figures to ``tests/cases/figures.json``, which ``tests/test_cases.py`` holds later runs to, and the
README's table of them, which ``tests/test_readme.py`` compares. ``--table`` writes the README's table from the record
without measuring.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import sources
from tests.scoring import CASES, FIGURES, cases_in, means, reports_of, score
from timeline.pipeline import reconstruct

RECORD = CASES / "figures.json"
README = CASES.parents[1] / "README.md"
BEGIN, END = "<!-- cases: begin -->\n", "<!-- cases: end -->"


def measure(case: Path) -> dict[str, float]:
    """The figures of one case, from its files to its itinerary."""
    reading = sources.read([reports_of(case)])
    figures = score(case, reconstruct(reading.documents))
    return {name: round(figures[name], 3) for name in FIGURES}


def readme_table(record: Mapping[str, Any]) -> str:
    """The README's table of the figures on record."""
    heads = [name.replace("_", " ").replace("f1", "F1").replace("b3", "B³") for name in FIGURES]
    lines = ["| case | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for name, row in [*record["cases"].items(), ("**mean**", record["mean"])]:
        lines.append(f"| {name} | " + " | ".join(_shown(figure, row[figure]) for figure in FIGURES) + " |")
    return "\n".join(lines) + "\n"


def _shown(figure: str, value: float) -> str:
    return f"{value:.1f}" if figure == "noise" else f"{value:.3f}".removeprefix("0")


def write_readme() -> None:
    """Put the table of the record into the README, between its marks."""
    page = README.read_text(encoding="utf-8")
    head, rest = page.split(BEGIN)
    table = readme_table(json.loads(RECORD.read_text(encoding="utf-8")))
    README.write_text(f"{head}{BEGIN}{table}{END}{rest.split(END)[1]}", encoding="utf-8")


def main() -> None:
    """Print the table; write the record where asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, default=[CASES])
    parser.add_argument("--record", action="store_true", help=f"write {RECORD.name} (of tests/cases alone)")
    parser.add_argument(
        "--table", action="store_true", help="write the README's table from the record, measure nothing"
    )
    arguments = parser.parse_args()
    if arguments.table:
        write_readme()
        return
    print("| case | " + " | ".join(FIGURES) + " |\n" + "|---" * (len(FIGURES) + 1) + "|")
    for folder in arguments.folders:
        rows = {case.name: measure(case) for case in cases_in(folder)}
        mean = {name: round(value, 3) for name, value in means(rows.values()).items()}
        for name, row in [*rows.items(), ("mean", mean)]:
            print(f"| {name} | " + " | ".join(f"{row[figure]:.3f}" for figure in FIGURES) + " |")
        if arguments.record and folder.resolve() == CASES.resolve():
            RECORD.write_text(json.dumps({"cases": rows, "mean": mean}, indent=1) + "\n", encoding="utf-8")
            write_readme()


if __name__ == "__main__":
    main()
