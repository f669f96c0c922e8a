"""The lines of a stream are answered in order, whoever answers them, and before more is waited for."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import orjson
import pytest

from timeline import crew
from timeline.normalize import normalize_lines

ROWS = [
    {
        "id": number,
        "text": f"{number % 28 + 1}일 오후 {number % 12 + 1}시 {number % 60}분께 회의가 끝났다.",
        "at": "2025-07-10T18:00",
    }
    for number in range(3_000)
]
LINES = [orjson.dumps(row) + b"\n" for row in ROWS]
COMMAND = [sys.executable, "-m", "timeline", "normalize", "--jsonl"]

linux = pytest.mark.skipif(sys.platform != "linux", reason="several processes answer on Linux only")


def test_a_long_stream_is_answered_in_order_as_a_short_one_is() -> None:
    done = subprocess.run(COMMAND, input=b"".join(LINES), capture_output=True, check=True)
    assert done.stderr == b""
    assert done.stdout.splitlines(keepends=True) == list(normalize_lines(LINES))


def test_a_last_line_without_its_end_is_answered() -> None:
    text = b"".join(LINES[:3]).rstrip()
    done = subprocess.run(COMMAND, input=text, capture_output=True, check=True)
    assert done.stdout.splitlines(keepends=True) == list(normalize_lines(LINES[:3]))


@pytest.mark.parametrize("before", [0, 3_000], ids=["at once", "after a backlog"])
def test_a_partner_who_waits_gets_the_answer(before: int) -> None:
    with subprocess.Popen(COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for start in range(0, before, 500):
            process.stdin.write(b"".join(LINES[start : start + 500]))
            process.stdin.flush()
            for line in LINES[start : start + 500]:
                assert orjson.loads(process.stdout.readline())["id"] == orjson.loads(line)["id"]
        for line in LINES[:3]:
            process.stdin.write(line)
            process.stdin.flush()
            assert orjson.loads(process.stdout.readline())["id"] == orjson.loads(line)["id"]
        process.stdin.close()
    assert process.returncode == 0


SCRIPT = """
import os, sys
from timeline import crew
crew.BACKLOG, crew.PIECE, crew.MOST = 100, 512, 3
os.sched_getaffinity = lambda process: {0, 1, 2}
first = os.getpid()

def work(piece):
    if os.getpid() != first and b"fatal" in piece:
        os._exit(9)
    return b"".join(line[::-1].strip() + b"\\n" for line in piece.splitlines())

def write(answers):
    sys.stdout.buffer.write(answers)
    sys.stdout.buffer.flush()

crew.answer(sys.stdin.buffer, work, write)
"""


@linux
@pytest.mark.parametrize("fatal", [(), (100,), (60, 200, 300, 400, 500)], ids=["none", "one", "all and more"])
def test_what_a_process_dies_of_is_answered_all_the_same(fatal: tuple[int, ...]) -> None:
    lines = [f"{number} {'fatal' if number in fatal else 'well'} {'.' * (number % 97)}" for number in range(600)]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], input="\n".join(lines), capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.splitlines() == [line[::-1].strip() for line in lines]


@linux
def test_lines_longer_than_what_is_read_at_once() -> None:
    lines = [str(number) * (5_000 * number) for number in range(1, 9)]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        input="\n".join(lines) + "\n",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [line[::-1] for line in lines]


def test_a_stream_that_cannot_be_waited_for_is_answered_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "BACKLOG", 10)
    out: list[bytes] = []
    here: set[int] = set()

    def work(piece: bytes) -> bytes:
        here.add(os.getpid())
        return piece.upper()

    crew.answer(io.BytesIO(b"one\ntwo\n" * 20_000), work, out.append)
    assert b"".join(out) == b"ONE\nTWO\n" * 20_000
    assert here == {os.getpid()}


@linux
def test_no_process_outlives_a_command_that_is_killed(tmp_path: Path) -> None:
    script = SCRIPT.replace(
        "def work(piece):", "def work(piece):\n    open(f'{sys.argv[1]}/{os.getpid()}', 'w').close()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"line\n" * 2_000)
    process.stdin.flush()
    process.stdout.read(8_000)
    process.kill()
    process.wait()
    rest = process.stdout.read()  # ends when the last process that could write has ended
    assert rest is not None
    process.stdin.close()
    process.stdout.close()
    assert len(list(tmp_path.iterdir())) > 1
