"""A real Chromium for the page, watched: every request, console line, script error and policy violation is kept."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from reports.html import to_html
from tests.samples import sample
from timeline.model import Itinerary

AXE = "axe-core@4.14.1"
QUIET = [
    f"--{name}"
    for name in (
        "headless",
        "no-sandbox",
        "disable-gpu",
        "disable-quic",
        "no-first-run",
        "disable-background-networking",
        "disable-component-update",
        "disable-sync",
    )
]
_VIOLATIONS = "addEventListener('securitypolicyviolation', (it) => console.error('policy: ' + it.violatedDirective))"
PICTURES = os.environ.get("TIMELINE_PICTURES")  # a folder: the pictures the tests take are kept there


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


def _program(name: str, package: str) -> str:
    found = shutil.which(name)
    if found is None and os.environ.get("TIMELINE_ALL_READERS"):
        pytest.fail(f"{name} is not installed although it should be: apt-get install {package}")
    if found is None:
        pytest.skip(f"{name} is not installed: apt-get install {package}")
    return found


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = _program("chromium", "chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def pdftotext() -> str:
    return _program("pdftotext", "poppler-utils")


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core, from npm; it stays out of the package."""
    npm = _program("npm", "npm")
    folder = tmp_path_factory.mktemp("axe")
    asked = [npm, "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", str(folder), AXE]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    if done.returncode and not os.environ.get("TIMELINE_ALL_READERS"):
        pytest.skip(f"{AXE} could not be installed: {done.stderr.strip()[:200]}")
    assert done.returncode == 0, done.stderr
    return (folder / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


class Visit:
    """An opened page and all it did: ``said`` holds console lines and errors, ``asked`` the addresses it requested."""

    def __init__(self, context: BrowserContext, path: Path) -> None:
        self.context = context
        self.path = path
        self.page: Page = context.new_page()
        self.said: list[str] = []
        self.asked: list[str] = []
        self.page.on("console", lambda line: self.said.append(line.text))
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        self.page.on("request", lambda request: self.asked.append(request.url))
        self.page.add_init_script(_VIOLATIONS)

    def go(self, hash_: str = "") -> Visit:
        self.page.goto(f"file://{self.path}{hash_}")
        if self.page.evaluate("Boolean(document.getElementById('data-figure'))"):
            self.page.wait_for_selector("#chart .plot-container .trace", state="attached")
        return self

    def ask(self, script: str, *given: Any) -> Any:
        return self.page.evaluate(script, *given)

    def shown(self) -> list[str]:
        """The ids of the rows a reader sees."""
        return list(self.ask("[...document.querySelectorAll('.row')].filter(r => !r.hidden).map(r => r.dataset.event)"))

    def picture(self, name: str, **options: Any) -> bytes:
        content: bytes = self.page.screenshot(**options)
        if PICTURES:
            Path(PICTURES).mkdir(parents=True, exist_ok=True)
            Path(PICTURES, f"{name}.png").write_bytes(content)
        return content


Opener = Callable[..., Visit]


@pytest.fixture
def visit(chromium: Browser, tmp_path: Path) -> Iterator[Opener]:
    """Opens an itinerary's page; keywords are those of a browser context (viewport, color_scheme, timezone_id …)."""
    contexts: list[BrowserContext] = []

    def opened(story: Itinerary | None = None, hash_: str = "", **options: Any) -> Visit:
        path = tmp_path / f"timeline-{len(contexts)}.html"
        path.write_text(to_html(story or sample()), encoding="utf-8")
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 900}, "locale": "ko-KR", **options})
        contexts.append(context)
        made = Visit(context, path)
        if options.get("java_script_enabled") is False:
            made.page.goto(f"file://{path}{hash_}")
            return made
        return made.go(hash_)

    yield opened
    for context in contexts:
        context.close()
