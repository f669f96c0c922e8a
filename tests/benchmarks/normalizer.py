"""Time expressions: right values, detection and speed, beside korean-datetime and dateparser where they are installed.

Usage: python tests/benchmarks/normalizer.py CASES.jsonl... [--spans SPANS.jsonl] [--lines N]

CASES hold {"id", "text", "at", "times": [{"text", "start": [low, high], "end": [low, high] or null, ...}]}; SPANS hold
{"id", "text", "spans": [{"start", "end", "tag"}]} with the tags DT and TI for times and QT for quantities. Without
files the sentences of tests/corpus/ko are used. Every figure of a row is taken in the same run; speed is given as texts
per second and as a ratio to the slowest reader. ``--lines`` streams so many different lines through and prints the memory in
use on the way.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
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
    gold: dict[str, Any] = {"text": row[2], "start": None, "end": None}
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


MONTHS = ("January", "March", "May", "July", "September", "November")
TELLS = (
    "{day}일 오후 {hour}시 {minute}분께 {place}에서 불이 나 {length}분 만에 꺼졌다.",
    "{place} 회의는 지난 {day}일 시작돼 {length}일째 이어지고 있다.",
    "{year}년 {month}월 {day}일 {place}에서 열린 행사는 이튿날 새벽 {hour}시에 끝났다.",
    "오는 {month}월 {day}일부터 {length}일간 {place} 도로가 통제된다.",
    "음력 {month}월 {day}일이던 그해 추석 연휴에 {place} 주민들이 모였다.",
    "참가자는 {length}{minute}명이었고 점수는 {hour}-{day}였다.",
    "The {place} hearing on {name} {day} began at {hour}:{minute:02d} p.m. and ended {length} minutes later.",
)


def command_speed(rows: list[dict[str, Any]], at: datetime) -> float:
    """Texts per second of the command itself, which answers a backlog with all processors; its start is taken off."""
    command = [sys.executable, "-m", "timeline", "normalize", "--jsonl"]
    lines = [json.dumps({"id": row["id"], "text": row["text"], "at": at.isoformat()}).encode() + b"\n" for row in rows]
    seconds = []
    for part in (lines[:1], lines):
        begin = time.perf_counter()
        subprocess.run(command, input=b"".join(part), stdout=subprocess.PIPE, check=True)
        seconds.append(time.perf_counter() - begin)
    return len(rows) / max(1e-9, seconds[1] - seconds[0])


def told(lines: int) -> Iterator[bytes]:
    """So many different lines, the same in every run: places, days, hours and publication times of half a century."""
    draw = random.Random(7)
    for number in range(lines):
        words = {
            "day": draw.randint(1, 28),
            "hour": draw.randint(1, 12),
            "minute": draw.randint(0, 59),
            "month": draw.randint(1, 12),
            "year": draw.randint(1950, 2049),
            "length": draw.randint(2, 90),
            "name": draw.choice(MONTHS),
            "place": "".join(chr(draw.randint(0xAC00, 0xD7A3)) for _ in range(3)),
        }
        at = datetime(1990, 1, 1, tzinfo=SEOUL) + timedelta(minutes=draw.randint(0, 50 * 525_600))
        yield json.dumps({"id": number, "text": draw.choice(TELLS).format(**words), "at": at.isoformat()}).encode()


def memory(lines: int) -> None:
    """Stream lines through and print the memory in use after a hundredth, a tenth and all of them, in megabytes."""
    marks = sorted({max(1, lines // 100), max(1, lines // 10), lines})
    print("\nlines\tmemory (MB)")
    for number, _ in enumerate(normalize_lines(told(lines), "Asia/Seoul", "auto"), start=1):
        if number in marks:
            pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
            print(f"{number}\t{pages * resource.getpagesize() / 2**20:.1f}", flush=True)


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
        whole = command_speed(rows, at)
        print(f"timeline normalize --jsonl\t\t\t\t{whole:.0f}\t{whole / slowest:.1f}")
    if options.lines:
        memory(options.lines)


if __name__ == "__main__":
    main()
