"""The README's examples are run: bash blocks with the installed command, Python blocks as they stand, in one folder.

A ``text`` block holds what the block before it prints; ``TIMELINE_WRITE_README=1`` writes there what is printed now.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from timeline import cli

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
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


def test_figures_are_measured() -> None:
    """A row that still waits for its figure must not be published."""
    assert "to be measured" not in README
