"""Time expressions: right values, detection and speed, beside korean-datetime and dateparser where they are installed.

Usage: python tests/benchmarks/normalizer.py CASES.jsonl... [--spans SPANS.jsonl] [--lines N]

CASES hold {"id", "text", "at", "times": [{"text", "start": [low, high], "end": [low, high] or null, ...}]}; SPANS hold
{"id", "text", "spans": [{"start", "end", "tag"}]} with the tags DT and TI for times and QT for quantities. Without
files the sentences of tests/corpus/ko are used. Every figure of a row is taken in the same run; speed is given as texts
per second and as a ratio to the slowest reader. ``--lines`` streams so many lines through and prints peak memory.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from timeline.model import TimexType
from timeline.normalize import normalize_lines, normalize_text

SEOUL = timezone(timedelta(hours=9))
CORPUS = Path(__file__).parent.parent / "corpus" / "ko"


@dataclass(frozen=True)
class Found:
    """An expression as a reader found it: where, what, and whether it claims to be a date or time at all."""

    start: int
    end: int
    begins: datetime | None
    ends: datetime | None
    timed: bool = True


Reader = Callable[[str, datetime], list[Found]]


def ours(text: str, at: datetime) -> list[Found]:
    """This program."""
    return [
        Found(
            mention.span.start,
            mention.span.end,
            mention.interval.start if mention.interval else None,
            mention.interval.end if mention.interval else None,
            mention.type is not TimexType.DURATION,
        )
        for mention in normalize_text(text, at, "Asia/Seoul", "ko")
    ]


def readers() -> dict[str, Reader]:
    """This program and the peers that can be imported."""
    found: dict[str, Reader] = {"timeline": ours}
    for name, load in (("korean-datetime", _korean_datetime), ("dateparser", _dateparser)):
        try:
            found[name] = load()
        except ImportError:
            print(f"{name} is not installed: left out", file=sys.stderr)
    return found


def _korean_datetime() -> Reader:
    import korean_datetime

    nearest = korean_datetime.ParseOptions(cycle=korean_datetime.Cycle.NEAREST)

    def read(text: str, at: datetime) -> list[Found]:
        rows = []
        for row in korean_datetime.parse_all(text, at.replace(tzinfo=None), nearest):
            begins, ends = getattr(row, "start", None), getattr(row, "end", None)
            low, high = getattr(row, "span", (0, 0))
            rows.append(Found(low, high, _aware(begins), _aware(ends)))
        return rows

    return read


def _aware(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=SEOUL)
    return datetime(value.year, value.month, value.day, tzinfo=SEOUL) if value is not None else None


def _dateparser() -> Reader:
    from dateparser.search import search_dates

    def read(text: str, at: datetime) -> list[Found]:
        settings = {"RELATIVE_BASE": at.replace(tzinfo=None)}
        rows, position = [], 0
        for words, value in search_dates(text, languages=["ko"], settings=settings) or []:
            low = text.find(words, position)
            position = low + len(words)
            rows.append(Found(low, position, _aware(value), None))
        return rows

    return read


# --- values


def cases(paths: Sequence[Path]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """The files' cases by name; the test corpus where no file is given."""
    for path in paths:
        yield path.stem, [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    if not paths:
        for path in sorted(CORPUS.glob("*.tsv")):
            rows = [
                line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line[:1] not in ("", "#")
            ]
            yield path.stem, [_case(row) for row in rows if row[2] != "-"]


def _case(row: list[str]) -> dict[str, Any]:
    gold = {"text": row[2], "start": None, "end": None}
    if len(row) > 4 and row[3]:
        gold |= {"start": [row[3], row[3]], "end": [row[4], row[4]]}
    return {"text": row[1], "at": row[0], "times": [gold]}


def value_share(read: Reader, rows: list[dict[str, Any]]) -> float:
    """The share of expressions that have a value whose value is right."""
    right = total = 0
    for row in rows:
        found = read(row["text"], datetime.fromisoformat(row["at"]))
        for gold in row["times"]:
            if gold.get("start") is None or gold.get("optional"):
                continue
            total += 1
            best = _overlapping(found, gold, row["text"])
            readings = [gold, *gold.get("alternatives", [])]
            right += best is not None and any(_inside(best, reading) for reading in readings)
    return right / max(1, total)


def _overlapping(found: list[Found], gold: dict[str, Any], text: str) -> Found | None:
    words = gold["text"] or text
    low = max(0, text.find(words))
    high = low + len(words)
    best = max(found, key=lambda row: min(row.end, high) - max(row.start, low), default=None)
    return best if best is not None and min(best.end, high) > max(best.start, low) else None


def _inside(found: Found, reading: dict[str, Any]) -> bool:
    return _within(found.begins, reading["start"]) and _within(found.ends, reading.get("end"))


def _within(value: datetime | None, window: list[str] | None) -> bool:
    if window is None:
        return True
    low, high = (_aware(datetime.fromisoformat(edge)) for edge in window)
    return value is not None and low is not None and high is not None and low <= value <= high


# --- spans and speed


def spans(read: Reader, rows: list[dict[str, Any]], at: datetime) -> tuple[float, float, float, float]:
    """Recall, precision, quiet and texts per second on tagged sentences."""
    gold = hit = told = good = silent = quiet = 0
    begin = time.perf_counter()
    answers = [read(row["text"], at) for row in rows]
    speed = len(rows) / (time.perf_counter() - begin)
    for row, found in zip(rows, answers, strict=True):
        times = [(span["start"], span["end"]) for span in row["spans"] if span["tag"] in ("DT", "TI")]
        allowed = [(span["start"], span["end"]) for span in row["spans"] if span["tag"] in ("DT", "TI", "QT")]
        timed = [answer for answer in found if answer.timed]
        gold += len(times)
        hit += sum(any(answer.start < high and low < answer.end for answer in found) for low, high in times)
        told += len(timed)
        good += sum(any(answer.start < high and low < answer.end for low, high in allowed) for answer in timed)
        silent += not allowed
        quiet += not allowed and not timed
    return hit / max(1, gold), good / max(1, told), quiet / max(1, silent), speed


def memory(lines: int) -> None:
    """Stream lines through and print the peak memory after a tenth of them and at the end, in megabytes."""
    line = json.dumps(
        {"id": 1, "text": "회의는 9일 오후 3시 20분께 끝났다.", "at": "2025-07-10T18:00:00+09:00"}
    ).encode()
    early = 0
    for number, _ in enumerate(normalize_lines((line for _ in range(lines)), "Asia/Seoul", "auto"), start=1):
        if number == max(1, lines // 10):
            early = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    late = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(f"memory after {lines // 10} lines: {early / 1024:.1f} MB, after {lines}: {late / 1024:.1f} MB")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", type=Path)
    parser.add_argument("--spans", type=Path)
    parser.add_argument("--lines", type=int, default=0)
    options = parser.parse_args()
    peers = readers()
    print("right values\t" + "\t".join(peers))
    for name, rows in cases(options.cases):
        print(f"{name}\t" + "\t".join(f"{value_share(read, rows):.3f}" for read in peers.values()))
    if options.spans is not None:
        rows = [json.loads(line) for line in options.spans.read_text(encoding="utf-8").splitlines()]
        at = datetime(2020, 6, 15, 12, 0, tzinfo=SEOUL)
        measured = {name: spans(read, rows, at) for name, read in peers.items()}
        slowest = min(row[3] for row in measured.values())
        print("\nspans\trecall\tprecision\tquiet\ttexts/s\tratio")
        for name, row in measured.items():
            print(f"{name}\t{row[0]:.3f}\t{row[1]:.3f}\t{row[2]:.3f}\t{row[3]:.0f}\t{row[3] / slowest:.1f}")
    if options.lines:
        memory(options.lines)


if __name__ == "__main__":
    main()
