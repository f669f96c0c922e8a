"""What the system forbids: inputs that may not be read, places that may not be written. Run as a user who has no rights.

Root may do everything, so the commands are run as another user; where the tests run as a plain user, as that one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from sources import read
from timeline.errors import OutputError

ROOT = Path(__file__).parents[1]
NOBODY = 65534
REPORT = "다리가 다시 열렸다\n\n승인 2025.04.12 19:38\n\n가온시의 다리가 12일 오전 10시 다시 열렸다.\n"

pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="no users and modes of POSIX on this system")


CLAIM = '{"event": "e", "source": "s", "time": "2025-04-12T10:00:00+09:00"}\n'
DROPPING = """
import os, sys, tempfile
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from timeline.cli import main

with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as nowhere:  # all is loaded while it may be
    Path(folder, "a.txt").write_text(sys.argv[1], encoding="utf-8")
    Path(folder, "a.jsonl").write_text(sys.argv[2], encoding="utf-8")
    cache = os.path.join(folder, "cache")
    with redirect_stdout(nowhere), redirect_stderr(nowhere):
        main(["build", os.path.join(folder, "a.txt"), "-o", os.path.join(folder, "out"), "--cache", cache, "--format", "json"])
        main(["reconcile", os.path.join(folder, "a.jsonl"), "-o", os.path.join(folder, "events.jsonl")])
os.setgroups([])
os.setgid(65534)
os.setuid(65534)
sys.exit(main(sys.argv[3:]))
"""


def run(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    """The command as another user: the interpreter may lie where that one may not go, so rights are dropped inside."""
    code = ["-c", DROPPING, REPORT, CLAIM] if os.geteuid() == 0 else ["-m", "timeline"]
    return subprocess.run(
        [sys.executable, *code, *arguments],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder of the other user with two reports and an older output."""
    folder = Path(mkdtemp())
    for path, text in (("in/a.txt", REPORT), ("in/b.txt", REPORT.replace("다리", "길")), ("out/itinerary.json", "old")):
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    if os.geteuid() == 0:
        for item in (folder, *folder.rglob("*")):
            os.chown(item, NOBODY, NOBODY)
    yield folder
    for item in (folder, *folder.rglob("*")):
        if not item.is_symlink():
            item.chmod(0o700)
    shutil.rmtree(folder)


def build(place: Path, *more: str, out: str = "out") -> subprocess.CompletedProcess[str]:
    return run("build", "in", "-o", out, "--ui", "en", "--format", "json", *more, at=place)


def files(place: Path) -> dict[str, bytes]:
    return {str(path.relative_to(place)): path.read_bytes() for path in place.rglob("*") if path.is_file()}


def test_a_file_that_may_not_be_read_is_named_and_the_rest_built(place: Path) -> None:
    (place / "in" / "b.txt").chmod(0)
    done = build(place)
    assert done.returncode == 0
    assert "not read: b.txt: cannot be opened: Permission denied" in done.stderr
    record = json.loads((place / "out" / "itinerary.json").read_text(encoding="utf-8"))
    assert [document["file"] for document in record["documents"]] == ["a.txt"]
    assert [problem["file"] for problem in record["problems"]] == ["b.txt"]


@pytest.mark.parametrize("mode", [0o000, 0o600], ids=["closed", "no entry"])
def test_a_folder_that_may_not_be_entered_is_named(place: Path, mode: int) -> None:
    given(place / "in" / "deep")
    (place / "in" / "deep" / "c.txt").write_text(REPORT, encoding="utf-8")
    (place / "in" / "deep").chmod(mode)
    done = build(place)
    assert done.returncode == 0
    assert "not read: deep" in done.stderr
    assert "Traceback" not in done.stderr


def test_nothing_that_may_be_read_is_exit_status_1(place: Path) -> None:
    before = files(place)
    (place / "in").chmod(0)
    done = build(place)
    assert done.returncode == 1
    assert "cannot be opened: Permission denied" in done.stderr
    (place / "in").chmod(0o700)
    assert files(place) == before


def given(*folders: Path) -> None:
    """Make folders that belong to the other user."""
    for path in folders:
        path.mkdir()
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)


def closed(path: Path) -> None:
    path.chmod(0o555)


REFUSED = {
    "a folder that may not be written": (lambda place: closed(place / "out"), "out", "no permission"),
    "a folder to be made where none may": (lambda place: closed(place), "new/deep", "no permission"),
    "a folder behind one that may not be entered": (lambda place: (place / "in").chmod(0o444), "in/x/y", "Permission"),
    "a file of the same name": (lambda place: (place / "new").write_text("x"), "new", "is a file, not a folder"),
    "a file in the way": (lambda place: (place / "new").write_text("x"), "new/deep", "is a file, not a folder"),
    "a folder where a file is to stand": (
        lambda place: given(place / "out2", place / "out2" / "itinerary.json"),
        "out2",
        "a folder stands there",
    ),
}


@pytest.mark.parametrize(("prepare", "out", "words"), REFUSED.values(), ids=list(REFUSED))
def test_an_output_that_cannot_be_written_is_exit_status_2(place: Path, prepare: object, out: str, words: str) -> None:
    prepare(place)  # type: ignore[operator]
    before = None if out.startswith("in") else files(place)
    done = build(place, out=out)
    assert done.returncode == 2
    assert words in done.stderr
    assert out.split("/")[0] in done.stderr
    assert "Traceback" not in done.stderr
    assert before is None or files(place) == before


def test_older_files_that_may_not_be_written_are_replaced_in_a_folder_that_may(place: Path) -> None:
    (place / "out" / "itinerary.json").chmod(0o400)
    done = build(place)
    assert done.returncode == 0, done.stderr
    assert (place / "out" / "itinerary.json").read_text(encoding="utf-8").startswith("{")


CACHES = {
    "a folder that may not be written": (lambda place: closed(place / "kept"), "kept/cache"),
    "a folder of that name": (lambda place: None, "kept"),
    "a file in the way": (lambda place: (place / "file").write_text("x"), "file/cache"),
}


@pytest.mark.parametrize(("prepare", "cache"), CACHES.values(), ids=list(CACHES))
def test_a_cache_that_cannot_be_written_is_said_before_anything_is_read(
    place: Path, prepare: object, cache: str
) -> None:
    given(place / "kept")
    prepare(place)  # type: ignore[operator]
    (place / "in" / "b.txt").chmod(0)
    before = {path.name for path in place.rglob("*")}
    done = build(place, "--cache", cache)
    assert done.returncode == 2
    assert f"{cache}: the cache cannot be written" in done.stderr
    assert "not read" not in done.stderr
    assert {path.name for path in place.rglob("*")} == before


def test_a_cache_that_may_not_be_read_is_written_anew(place: Path) -> None:
    (place / "cache").write_text("old", encoding="utf-8")
    (place / "cache").chmod(0)
    assert build(place, "--cache", "cache").returncode == 0
    assert (place / "cache").read_text(encoding="utf-8").startswith('{"readers"')


def test_corrections_that_may_not_be_read_are_exit_status_2(place: Path) -> None:
    (place / "fix.yaml").write_text("{}", encoding="utf-8")
    (place / "fix.yaml").chmod(0)
    done = build(place, "--corrections", "fix.yaml")
    assert done.returncode == 2
    assert "fix.yaml" in done.stderr
    assert "Permission denied" in done.stderr


def test_claims_reconciled_into_a_closed_folder_are_exit_status_2(place: Path) -> None:
    (place / "claims.jsonl").write_text(CLAIM, encoding="utf-8")
    closed(place / "out")
    done = run("reconcile", "claims.jsonl", "-o", "out/events.jsonl", at=place)
    assert done.returncode == 2
    assert "out/events.jsonl: cannot be written: Permission denied" in done.stderr
    assert sorted(path.name for path in (place / "out").iterdir()) == ["itinerary.json"]


def test_a_cache_is_tried_before_the_inputs(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    seen: list[str] = []
    with pytest.raises(OutputError, match="cannot be written"):
        read([tmp_path / "a.txt"], cache=tmp_path / "a.txt" / "cache", progress=lambda name, *_: seen.append(name))
    assert seen == []
