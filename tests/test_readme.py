"""The README's examples are run: bash blocks with the installed command, Python blocks as they stand, in one folder.

A ``text`` block holds what the block before it prints; ``TIMELINE_WRITE_README=1`` writes there what is printed now.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.benchmarks import cases
from timeline import cli
from timeline.normalize import normalize_text

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
TABLES: dict[str, Any] = tomllib.loads((ROOT / "timeline/languages/ko/tables.toml").read_text(encoding="utf-8"))
BLOCK = re.compile(r"^```(?P<language>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Example:
    """A fenced block: its language, its text, the line it starts on."""

    language: str
    text: str
    line: int


EXAMPLES = [
    Example(match["language"], match["text"], README.count("\n", 0, match.start()) + 1)
    for match in BLOCK.finditer(README)
]


def run(example: Example, folder: Path) -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "COLUMNS": "100",
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
    }
    program = ["bash", "-euo", "pipefail", "-c"] if example.language == "bash" else [sys.executable, "-c"]
    return subprocess.run(
        [*program, example.text],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )


def shown(text: str) -> str:
    """What a program printed, without the blanks at the ends of lines and of the whole."""
    return "\n".join(line.rstrip() for line in text.strip("\n").splitlines()).strip("\n") + "\n"


def test_the_blocks_are_seen() -> None:
    kinds = [example.language for example in EXAMPLES]
    assert set(kinds) == {"bash", "python", "console", "text"}
    assert kinds.count("bash") >= 6
    assert kinds.count("python") >= 1
    assert kinds.count("text") >= 2


def test_every_example_runs_in_order_and_prints_what_is_shown(tmp_path: Path) -> None:
    page, printed = README, ""
    for example in EXAMPLES:
        if example.language == "console":
            continue
        if example.language == "text":
            page = page.replace(example.text, printed)
            continue
        done = run(example, tmp_path)
        assert done.returncode == 0, f"README.md:{example.line}\n{done.stdout}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        printed = shown(done.stdout)
    written = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    assert {"out/timeline.html", "out/itinerary.ics", "out/itinerary.json", "timeline.html", "events.jsonl"} <= written
    if os.environ.get("TIMELINE_WRITE_README"):
        (ROOT / "README.md").write_text(page, encoding="utf-8")
    else:
        assert page == README


def test_an_example_that_fails_is_noticed(tmp_path: Path) -> None:
    assert run(Example("bash", "timeline build nowhere | cat\n", 1), tmp_path).returncode == 1
    assert run(Example("python", "raise SystemExit(3)\n", 1), tmp_path).returncode == 3


def test_the_install_commands_are_those_of_the_package() -> None:
    commands = [example.text.strip() for example in EXAMPLES if example.language == "console"]
    assert commands == ["pip install . && timeline demo", "pip install '.[test]' && pytest"]


@pytest.mark.parametrize("name", sorted(cli.build_parser()[1]))
def test_every_command_is_told(name: str) -> None:
    assert re.search(rf"`?timeline {name}\b", README)


def test_every_option_of_build_is_told() -> None:
    options = {
        option
        for action in cli.build_parser()[1]["build"]._actions
        for option in action.option_strings
        if option.startswith("--") and option not in {"--help", "--output", "--quiet"}
    }
    assert [option for option in sorted(options) if f"{option}" not in README] == []


def test_every_format_is_told() -> None:
    from reports import FORMATS

    formats = README.split("## What is written")[1].split("###")[0]
    assert [name for name in FORMATS if not re.search(rf"\b{name}\b", formats)] == []


def test_links_within_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", README, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert [link for link in re.findall(r"\]\(#([^)]+)\)", README) if link not in anchors] == []


def test_files_named_exist() -> None:
    prose = BLOCK.sub("", README)
    named = re.findall(r"`(?:python )?((?:tests|timeline|\.ci)/[\w./]+)", prose) + re.findall(r"\]\(([^)#:]+)\)", prose)
    assert len(named) >= 4
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_figures_of_the_cases_are_those_on_record() -> None:
    """``python -m tests.benchmarks.cases --record`` measures and writes both; ``--table`` writes the README alone."""
    shown = README.split(cases.BEGIN)[1].split(cases.END)[0]
    assert shown == cases.readme_table(json.loads(cases.RECORD.read_text(encoding="utf-8")))


def test_what_each_format_loses_is_told_as_the_program_tells_it() -> None:
    from reports import FORMATS

    told = {
        cells[0]: cells for cells in map(cells_of, README.split("## What is written")[1].split("###")[0].splitlines())
    }
    for name, form in FORMATS.items():
        assert told[name][1].split(", ") == list(form.files), name
        assert told[name][3] == form.loses, name


def cells_of(line: str) -> list[str]:
    """The cells of a table's row."""
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


PARTS = [
    (part, nominal, widest)
    for parts, nominals, widests in (cells_of(line) for line in README.splitlines() if " · " in line and "–" in line)
    if parts.split(" · ")[0] in TABLES["parts"]
    for part, nominal, widest in zip(parts.split(" · "), nominals.split(" · "), widests.split(" · "), strict=True)
]


def hours(text: str) -> tuple[int, int]:
    """ "21–06" as (21, 30): an end before its start is of the next day."""
    first, last = map(int, text.split("–"))
    return first, last + 24 * (last <= first)


def test_the_parts_of_the_day_are_seen() -> None:
    assert {part for part, _, _ in PARTS} == {
        "새벽",
        "아침",
        "오전",
        "낮",
        "오후",
        "저녁",
        "밤",
        "밤사이",
        "점심",
        "심야",
    }


@pytest.mark.parametrize(("part", "nominal", "widest"), PARTS, ids=[part for part, _, _ in PARTS])
def test_a_part_of_the_day_is_told_as_the_tables_hold_it(part: str, nominal: str, widest: str) -> None:
    assert [*hours(nominal), *hours(widest)] == TABLES["windows"][TABLES["parts"][part]]


CLOCKS = [
    ("오후 2시 25분", "14:25", "14:26", "14:25", "14:26"),
    ("오후 2시 25분께", "14:25", "14:26", "14:20", "14:30"),
    ("오후 2시 23분쯤", "14:23", "14:24", "14:21", "14:25"),
    ("오후 2시", "14:00", "15:00", "14:00", "14:30"),
    ("오후 2시경", "14:00", "15:00", "13:50", "14:30"),
    ("오후 2시 가까이", "13:30", "14:00", "13:30", "14:00"),
    ("오후 2시가 넘어서야", "14:00", "14:30", "14:00", "14:30"),
]


@pytest.mark.parametrize(("said", *"abcd"), CLOCKS, ids=[row[0] for row in CLOCKS])
def test_the_clock_conventions_hold(said: str, a: str, b: str, c: str, d: str) -> None:
    at = datetime.fromisoformat("2025-03-04T20:00:00+09:00")
    (mention,) = normalize_text(f"{said} 문을 열었다.", at, "Asia/Seoul", "ko")
    told = mention.interval
    assert told is not None
    moments = (told.start, told.end, told.earliest, told.latest)
    assert [f"{moment:%H:%M}" for moment in moments if moment] == [a, b, c, d]


def test_the_picture_is_small() -> None:
    assert 50_000 < (ROOT / ".github" / "timeline.png").stat().st_size <= 400_000
