"""What takes too long is ended and named, wherever it hangs and whoever calls; the rest is read all the same."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, tzinfo
from pathlib import Path

import pytest

from sources import Reading, alarm, limited, read, sniff, worker
from sources.draft import Draft, Piece
from sources.limits import SMALL_BYTES
from timeline.cli import TIME_LIMIT, main
from timeline.errors import UsageError

INPUTS = Path(__file__).parent / "inputs"
PDF = (INPUTS / "documents" / "printed.pdf").read_bytes()
STORY = "가온시의 다리가 12일 오전 10시 다시 열렸고 시민 4만 명이 건넜다."
needs_timer = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timers on this system")

ATTRIBUTES = 150_000
"""An element's attributes are compared with one another inside the parser's C code: this many take a minute."""


def hanging_page(attributes: int = ATTRIBUTES) -> bytes:
    listed = " ".join(f"a{number}=1" for number in range(attributes))
    return f"<html><body><p {listed}>{STORY}</p></body></html>".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(STORY, encoding="utf-8")
    (tmp_path / "z.txt").write_text(STORY.replace("다리", "길"), encoding="utf-8")
    return tmp_path


def slow(records: int, wait: Callable[[], object]) -> Callable[[bytes, str, tzinfo], Iterator[Draft]]:
    """A reader that finds some reports at once and then waits; other texts it reads at once."""

    def read_slowly(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft]:
        if name != "slow.txt":
            yield Draft((Piece(data.decode()),))
            return
        for number in range(1, records + 1):
            yield Draft((Piece(f"{STORY} {number}"),), record=number)
        wait()

    return read_slowly


def backtrack() -> object:
    return re.match(r"(?:a|aa)+$", "a" * 60 + "b")


def swallowing_wait() -> None:
    try:
        time.sleep(60)
    except BaseException:  # as careless libraries do
        time.sleep(60)


def names(reading: Reading) -> list[str]:
    return [document.file for document in reading.documents]


@needs_timer
@pytest.mark.parametrize(
    "wait", [lambda: time.sleep(60), backtrack, swallowing_wait], ids=["sleep", "regex", "swallow"]
)
def test_a_reader_that_hangs_here_is_interrupted(
    wait: Callable[[], object], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "slow.txt").write_text(STORY, encoding="utf-8")
    monkeypatch.setattr(sniff, "reader", lambda kind: slow(0, wait))
    reading = read([folder], time_limit=0.2)
    assert names(reading) == ["good.txt", "z.txt"]
    assert [problem.file for problem in reading.problems] == ["slow.txt"]
    assert "took longer than 0.2 s" in reading.problems[0].error
    assert "--time-limit" in reading.problems[0].error


@needs_timer
def test_the_reports_before_the_slow_one_are_kept(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "slow.txt").write_text(STORY, encoding="utf-8")
    monkeypatch.setattr(sniff, "reader", lambda kind: slow(2, lambda: time.sleep(60)))
    reading = read([folder / "slow.txt"], time_limit=0.2)
    assert [document.record for document in reading.documents] == [1, 2]
    assert "only the 2 before it were read" in reading.problems[0].error


@needs_timer
def test_many_reports_may_take_longer_than_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def steadily(data: bytes, name: str, zone: tzinfo) -> Iterator[Draft]:
        for number in range(1, 6):
            time.sleep(0.15)
            yield Draft((Piece(f"{STORY} {number}"),), record=number)

    monkeypatch.setattr(sniff, "reader", lambda kind: steadily)
    reading = read([folder / "good.txt"], time_limit=0.5)
    assert len(reading.documents) == 5
    assert not reading.problems


@needs_timer
def test_timers_and_handlers_are_left_as_they_were(folder: Path) -> None:
    before = signal.getsignal(signal.SIGALRM)
    read([folder], time_limit=5)
    assert signal.getsignal(signal.SIGALRM) == before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)


@needs_timer
def test_a_timer_of_the_caller_keeps_running(folder: Path) -> None:
    signal.setitimer(signal.ITIMER_REAL, 600)
    try:
        assert not alarm.is_at_hand()
        assert names(read([folder], time_limit=30)) == ["good.txt", "z.txt"]
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 500
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def test_code_that_hangs_outside_python_is_ended(folder: Path) -> None:
    (folder / "hang.html").write_bytes(hanging_page())
    (folder / "printed.pdf").write_bytes(PDF)
    (folder / "more.txt").write_text(f"{STORY}\n\n" * (SMALL_BYTES // len(STORY.encode())) + STORY, encoding="utf-8")
    reading = read([folder], time_limit=3)
    assert [problem.file for problem in reading.problems] == ["hang.html"]
    assert "took longer than 3 s" in reading.problems[0].error
    assert names(reading) == ["good.txt", "more.txt", "printed.pdf", "z.txt"]


def test_in_another_thread_too(folder: Path) -> None:
    (folder / "hang.html").write_bytes(hanging_page())
    with ThreadPoolExecutor(2) as pool:
        readings = list(pool.map(lambda _: read([folder], time_limit=2), range(2)))
    for reading in readings:
        assert names(reading) == ["good.txt", "z.txt"]
        assert [problem.file for problem in reading.problems] == ["hang.html"]


def test_what_was_ended_is_not_kept(folder: Path) -> None:
    (folder / "page.html").write_bytes(hanging_page(attributes=15_000))
    cache = folder.parent / "cache"
    assert names(read([folder], time_limit=0.05, cache=cache)) == ["good.txt", "z.txt"]
    again = read([folder], time_limit=0, cache=cache)
    assert names(again) == ["good.txt", "page.html", "z.txt"]
    assert not again.problems


@pytest.mark.parametrize("thread", [False, True], ids=["main", "thread"])
def test_the_same_is_read_in_every_way(thread: bool) -> None:
    paths = [INPUTS / part for part in ("text", "html", "records", "mail", "documents", "encodings")]
    found: list[Reading] = []
    if thread:
        other = threading.Thread(target=lambda: found.append(read(paths)))
        other.start()
        other.join()
    else:
        found.append(read(paths))
    assert found[0] == read(paths, time_limit=0)


def test_no_process_is_left_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = worker._start
    monkeypatch.setattr(worker, "_start", lambda: started.append(start()) or started[-1])
    (folder / "hang.html").write_bytes(hanging_page())
    (folder / "printed.pdf").write_bytes(PDF)
    read([folder], time_limit=3)
    assert len(started) == 2
    assert all(process.poll() is not None for process in started)


def test_small_files_start_no_process(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not alarm.is_at_hand():
        pytest.skip("no interval timers on this system")
    monkeypatch.setattr(limited.Reader, "_elsewhere", None)
    assert names(read([folder])) == ["good.txt", "z.txt"]


@pytest.mark.parametrize("executable", ["", "/nowhere/python"])
def test_where_no_process_can_be_started_all_is_read_here(
    executable: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "printed.pdf").write_bytes(PDF)
    monkeypatch.setattr(sys, "executable", executable)
    assert names(read([tmp_path])) == ["printed.pdf"]


def test_a_process_that_does_not_come_up_is_done_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "printed.pdf").write_bytes(PDF)
    monkeypatch.setattr(worker, "START_SECONDS", 0.01)
    assert names(read([tmp_path])) == ["printed.pdf"]


def test_a_crash_costs_only_the_file_it_happens_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "import sys; sys.stdout.write('ready\\n'); sys.stdout.flush(); sys.stdin.readline(); sys.stdin.read(9)"
    (folder / "printed.pdf").write_bytes(PDF)
    crashing = [sys.executable, "-c", code]
    monkeypatch.setattr(
        worker, "_start", lambda: subprocess.Popen(crashing, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    )
    reading = read([folder])
    assert names(reading) == ["good.txt", "z.txt"]
    assert [(problem.file, "crashed" in problem.error) for problem in reading.problems] == [("printed.pdf", True)]


@pytest.mark.parametrize("seconds", [-1.0, float("nan"), float("inf")])
def test_a_time_that_is_none_is_wrong_use(seconds: float) -> None:
    with pytest.raises(UsageError, match="time limit"):
        read([], time_limit=seconds)


@pytest.mark.parametrize("text", ["-1", "nan", "inf", "soon"])
def test_a_time_that_is_none_is_wrong_on_the_command_line(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["build", "x.txt", f"--time-limit={text}"])
    assert f"{text!r} is no number of seconds" in capsys.readouterr().err


def test_the_command_goes_on_without_the_slow_file(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "hang.html").write_bytes(hanging_page())
    out = folder.parent / "out"
    assert main(["build", str(folder), "-o", str(out), "--time-limit", "2", "--ui", "en", "-q"]) == 0
    assert "not read: hang.html: took longer than 2 s" in capsys.readouterr().err
    assert (out / "itinerary.json").exists()


def test_the_limit_in_the_help_is_that_of_the_reader() -> None:
    from sources.limits import REPORT_SECONDS

    assert TIME_LIMIT == REPORT_SECONDS


def test_a_process_answers_what_it_is_asked() -> None:
    serving = worker.Worker()
    try:
        ask = worker.Ask(kind=sniff.Format.TEXT, name="a.txt", zone="UTC", seconds=30, size=len(STORY.encode()))
        for _ in range(2):
            (document,) = serving.results(ask, STORY.encode())
            assert document == next(limited.parse(sniff.Format.TEXT, STORY.encode(), "a.txt", UTC))
    finally:
        serving.close()
