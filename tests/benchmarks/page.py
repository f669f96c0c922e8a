"""How large the page is, how soon its overview stands and how fast it zooms, beside plotly's own page and vis-timeline.

Run: ``python -m tests.benchmarks.page [--runs 5]``. Needs chromium; npm for vis-timeline (skipped where it is absent).
Prints milliseconds of this machine and, to be compared across machines, ratios.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from reports.html import to_html
from tests.browser.conftest import QUIET
from tests.crowd import many
from tests.samples import sample
from timeline.model import Itinerary

CASES: dict[str, Itinerary] = {
    "12 events, 40 claims": sample(),
    "1,000 claims": many(1000, 1),
    "10,000 claims": many(3334, 3),
}
LARGE = {"100,000 claims": (10_000, 10)}
_FIRST = "document.querySelector('#chart .scatterlayer .point') !== null"
_WAIT = f"""new Promise(done => {{ const look = () => {_FIRST} ? requestAnimationFrame(() => done(performance.now()))
  : setTimeout(look, 4); look(); }})"""
_ZOOM = """async () => { const c = document.getElementById('chart');
  const axis = Object.keys(c.layout).filter(n => /^xaxis/.test(n))[%s];
  const at = it => new Date(it.replace(' ', 'T') + 'Z').getTime();
  const [a, b] = c.layout[axis].range.map(at); const m = (b - a) / %s;
  const text = it => new Date(it).toISOString().slice(0, 19).replace('T', ' ');
  const t = performance.now(); await window.Plotly.relayout(c, {[axis + '.range']: [text(a + m), text(b - m)]});
  await new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r))); return performance.now() - t; }"""
_SEARCH = """() => { const it = document.getElementById('search'); const took = [];
  for (const q of ['사건', '사건 33', '새솔교', '없음']) { it.value = q; const t = performance.now();
    it.dispatchEvent(new Event('input', {bubbles: true})); took.push(performance.now() - t); }
  it.value = ''; it.dispatchEvent(new Event('input', {bubbles: true})); return Math.max(...took); }"""


def opened(browser: Browser, path: Path) -> Iterator[tuple[Page, float]]:
    """A fresh page, and the milliseconds from navigation to the first frame with the overview's points."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"file://{path}", wait_until="commit")
    yield page, float(page.evaluate(_WAIT))
    context.close()


def measured(browser: Browser, path: Path, runs: int) -> dict[str, float]:
    """Medians in milliseconds: first plot, zoom in, zoom out, the slowest of four searches."""
    rows: list[tuple[float, float, float, float]] = []
    for _ in range(runs):
        for page, first in opened(browser, path):
            page.wait_for_timeout(300)
            into = page.evaluate(_ZOOM % (0, 3))
            out = page.evaluate(_ZOOM % (0, -3))
            rows.append((first, into, out, page.evaluate(_SEARCH)))
    names = ("first", "zoom in", "zoom out", "search")
    return {name: statistics.median(column) for name, column in zip(names, zip(*rows, strict=True), strict=True)}


_VIS = """<!DOCTYPE html><meta charset=utf-8><style>{style}</style><div id=v></div><script>{script}</script><script>
const items = new vis.DataSet([...Array({count}).keys()].map(n => (
  {{id: n, content: '사건 ' + n, start: 1773198000000 + n * 60000}})));
const line = new vis.Timeline(document.getElementById('v'), items, {{}});
line.on('changed', () => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {{
  window.stands = performance.now(); }}))));</script>"""


def vis(browser: Browser, folder: Path, count: int) -> float | None:
    """Milliseconds until vis-timeline has drawn as many items, all visible; ``None`` without npm."""
    npm = shutil.which("npm")
    if npm is None:
        return None
    asked = [npm, "install", "--silent", "--no-save", "--ignore-scripts", "--prefix", str(folder), "vis-timeline@8.5.4"]
    subprocess.run(asked, check=True, capture_output=True)
    home = folder / "node_modules/vis-timeline"
    script = (home / "standalone/umd/vis-timeline-graph2d.min.js").read_text(encoding="utf-8")
    style = (home / "styles/vis-timeline-graph2d.min.css").read_text(encoding="utf-8")
    path = folder / f"vis-{count}.html"
    path.write_text(_VIS.format(script=script, style=style, count=count), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"file://{path}", wait_until="commit", timeout=120_000)
    page.wait_for_function("window.stands", timeout=120_000)
    page.wait_for_timeout(4000)  # it draws in several rounds: the last one counts
    stands = float(page.evaluate("window.stands"))
    context.close()
    return stands


def plain_plotly(folder: Path) -> Path:
    """The same figure as plotly.py writes it by itself, the whole library inlined."""
    import plotly.graph_objects as go

    from reports.figure import overview
    from reports.page.scene import scene
    from reports.page.words import Words

    words = Words("ko", "Asia/Seoul")
    drawn = scene(sample(), words)
    assert drawn is not None
    made = overview(drawn, words)
    path = folder / "plotly.html"
    go.Figure(made["data"], made["layout"]).write_html(path, include_plotlyjs=True, div_id="chart")
    return path


def main() -> None:
    """Measures all and prints one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--large", action="store_true", help="100,000 claims too (minutes)")
    asked = parser.parse_args()
    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("chromium is not installed: apt-get install chromium")
    cases = {**CASES, **({name: many(*size) for name, size in LARGE.items()} if asked.large else {})}
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        print("case | written s | bytes | gzip | first ms | zoom in | zoom out | search")
        firsts = {}
        for case, story in cases.items():
            started = time.perf_counter()
            text = to_html(story).encode()
            took = time.perf_counter() - started
            file = folder / "page.html"
            file.write_bytes(text)
            seen = measured(browser, file, asked.runs if case not in LARGE else 1)
            firsts[case] = seen["first"]
            packed = len(gzip.compress(text, 9, mtime=0))
            told = " | ".join(f"{value:.0f}" for value in seen.values())
            print(f"{case} | {took:.2f} | {len(text):,} | {packed:,} | {told}", flush=True)
        whole = plain_plotly(folder)
        alone = statistics.median(first for _ in range(asked.runs) for _, first in opened(browser, whole))
        print(f"plotly.py's own page: {whole.stat().st_size:,} bytes, {alone:.0f} ms;", end=" ")
        print(f"first plot here is {alone / firsts['12 events, 40 claims']:.1f} times as fast")
        for count, case in ((1_000, "1,000 claims"), (10_000, "10,000 claims")):
            if (stands := vis(browser, folder, count)) is not None:
                print(
                    f"vis-timeline, {count:,} visible: {stands:.0f} ms; here {stands / firsts[case]:.1f} times as fast"
                )
        browser.close()


if __name__ == "__main__":
    main()
