"""The shape of the house: who imports whom, what a module may hold, how long it may be."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
import tokenize
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ROOMS = ("timeline", "sources", "reports")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
VOCABULARY = {"timeline.model", "timeline.interval", "timeline.errors", "timeline.calendar"}
STAGES = ("tag", "resolve", "dating", "origins", "claims", "reconcile", "itinerary")
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc", "manager", "engine"}

MODULE_LINES = 350
FUNCTION_LINES = 80
NESTING = 3


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = frozenset(map(name_of, MODULES))


def in_room(room: str) -> list[Path]:
    return [path for path in MODULES if path.relative_to(ROOT).parts[0] == room]


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imports(path: Path) -> frozenset[str]:
    """The modules a file imports, anywhere in it; ``from a import b`` counts as ``a.b`` where that is a module."""
    found: set[str] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                member = f"{node.module}.{alias.name}"
                found.add(member if member in NAMES else node.module)
    return frozenset(found)


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def test_the_rooms_are_seen() -> None:
    seen = {name_of(path) for path in MODULES}
    assert {"timeline.model", "timeline.cli", "sources", "reports"} <= seen


def test_import_contracts_hold() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("room", ["sources", "reports"])
def test_a_room_knows_only_the_vocabulary(room: str) -> None:
    others = {other for other in ROOMS if other not in (room, "timeline")}
    for path in in_room(room):
        foreign = {name for name in imports(path) if any(within(name, other) for other in others)}
        stages = {name for name in imports(path) if within(name, "timeline")} - VOCABULARY
        assert not foreign | stages, f"{name_of(path)} imports {sorted(foreign | stages)}"


@pytest.mark.parametrize("stage", STAGES)
def test_stages_do_not_import_one_another(stage: str) -> None:
    own = f"timeline.{stage}"
    others = [f"timeline.{other}" for other in STAGES if other != stage]
    for path in in_room("timeline"):
        if within(name_of(path), own):
            known = {name for name in imports(path) if any(within(name, other) for other in others)}
            assert not known, f"{name_of(path)} imports {sorted(known)}"


@pytest.mark.parametrize("library", ["pendulum", "plotly"])
def test_a_fenced_library_has_one_door(library: str) -> None:
    doors = {name_of(path) for path in MODULES if any(within(name, library) for name in imports(path))}
    assert doors == {{"pendulum": "timeline.calendar", "plotly": "reports.figure"}[library]}


DATA_ONLY = {"tzdata", "lxml-html-clean"}
"""Imported by others: zoneinfo reads the one; trafilatura needs the other, and older installers miss its extra of lxml."""
PLUGINS = {"pytest-cov", "import-linter"}
PEERS = {"dateparser", "korean_datetime"}  # the benchmarks measure beside them where they are installed


def declared(*lists: list[str]) -> set[str]:
    """The distributions some lists of requirements name, normalised as PEP 503 says."""
    names = (re.match(r"[\w.-]+", line) for lines in lists for line in lines)
    return {re.sub(r"[-_.]+", "-", name.group()).lower() for name in names if name}


def imported(paths: list[Path]) -> set[str]:
    """The distributions the files import from, but the standard library and this project."""
    owners = packages_distributions()
    tops = {name.partition(".")[0] for path in paths for name in imports(path)}
    tops -= {*sys.stdlib_module_names, *ROOMS, *PEERS, "tests"}
    return {re.sub(r"[-_.]+", "-", owner).lower() for top in tops for owner in owners.get(top, [f"{top} (no owner)"])}


def test_every_dependency_is_used_and_every_import_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    runtime = declared(project["dependencies"])
    assert imported(MODULES) == runtime - DATA_ONLY
    tests = declared(project["optional-dependencies"]["test"])
    needed = imported(sorted((ROOT / "tests").rglob("*.py")))
    assert needed - runtime - tests == set()
    assert tests - needed - PLUGINS == set()


def test_nobody_imports_the_composition_root() -> None:
    roots = ("timeline.cli", "timeline.commands", "timeline.__main__")
    for path in MODULES:
        if name_of(path) not in roots:
            used = {name for name in imports(path) if any(within(name, root) for root in roots)}
            assert not used, f"{name_of(path)} imports {sorted(used)}"


def is_language_bound(path: Path) -> bool:
    return within(name_of(path), "timeline.languages")


def hangul_in_code(path: Path) -> list[str]:
    """Lines whose code holds Hangul; comments and docstrings are prose and may give examples."""
    prose = docstring_lines(path)
    found = []
    with tokenize.open(path) as file:
        for token in tokenize.generate_tokens(file.readline):
            if token.type == tokenize.COMMENT or token.start[0] in prose:
                continue
            if any("\u1100" <= char <= "\u11ff" or "\u3130" <= char <= "\ud7a3" for char in token.string):
                found.append(f"{name_of(path)}:{token.start[0]}: {token.string[:40]}")
    return found


def docstring_lines(path: Path) -> set[int]:
    """Lines of strings that stand alone as a statement: docstrings of modules, classes, functions and attributes."""
    lines: set[int] = set()
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            lines.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return lines


@pytest.mark.parametrize("path", [p for p in in_room("timeline") if not is_language_bound(p)], ids=name_of)
def test_the_engine_knows_no_language(path: Path) -> None:
    assert hangul_in_code(path) == []


def test_the_search_for_hangul_finds_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[__name__], "ROOT", tmp_path)
    file = tmp_path / "a.py"
    file.write_text('"""오전 예."""\n# 오후\nx = "밤"\n', encoding="utf-8")
    assert hangul_in_code(file) == ['a:3: "밤"']


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [n for n in ast.walk(tree_of(path)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (function.end_lineno or function.lineno) - function.lineno + 1


def depth(node: ast.AST) -> int:
    """How deep blocks stand in blocks; ``elif`` and ``except`` are no deeper than their ``if`` and ``try``."""
    blocks = (ast.If, ast.For, ast.While, ast.With, ast.Try, ast.Match, ast.AsyncFor, ast.AsyncWith)
    deepest = 0
    for field, value in ast.iter_fields(node):
        for child in value if isinstance(value, list) else [value]:
            if not isinstance(child, ast.AST) or isinstance(child, ast.FunctionDef | ast.ClassDef):
                continue
            is_elif = isinstance(node, ast.If) and field == "orelse" and isinstance(child, ast.If)
            deepest = max(deepest, depth(child) + (isinstance(child, blocks) and not is_elif))
    return deepest


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_one_thing(path: Path) -> None:
    assert path.stem not in BANNED_NAMES
    assert len(path.read_text(encoding="utf-8").splitlines()) <= MODULE_LINES
    long = [f"{f.name} ({length(f)} lines)" for f in functions(path) if length(f) > FUNCTION_LINES]
    deep = [f"{f.name} ({depth(f)} deep)" for f in functions(path) if depth(f) > NESTING]
    assert (long, deep) == ([], [])


def test_functions_are_small_on_the_whole() -> None:
    lengths = sorted(length(function) for path in MODULES for function in functions(path))
    assert statistics.median(lengths) <= 16
    assert statistics.quantiles(lengths, n=20)[-1] <= 60


def test_the_package_names_belong_to_this_project() -> None:
    """Another installed distribution with a room's name would shadow it without a word."""
    owners = packages_distributions()
    for room in ROOMS:
        assert set(owners.get(room, ())) <= {"event-timeline-reconstructor"}


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_typed(room: str) -> None:
    assert (ROOT / room / "py.typed").is_file()


def test_every_table_is_valid_toml() -> None:
    tables = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.toml"))
    assert tables
    for path in tables:
        tomllib.loads(path.read_text(encoding="utf-8"))


def test_the_top_level_is_the_layout() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout")
    folders = {line.split("/")[0] for line in listed.stdout.splitlines() if "/" in line}
    assert {folder for folder in folders if not folder.startswith(".")} == {*ROOMS, "tests"}
