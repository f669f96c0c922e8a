"""How large the page is, how soon its overview stands and how fast it zooms, beside plotly's own page and vis-timeline.

Run: ``python -m tests.benchmarks.page [--runs 5]``. Needs chromium; npm for vis-timeline (skipped where it is absent).
Prints milliseconds of this machine and, to be compared across machines, ratios. Pages that are compared are opened in
turns, so that other work on the machine falls on all alike.

Two moments are timed, both from navigation to the end of the frame that shows them: ``seen``, when every mark of the
overview is painted (here the still picture; vis-timeline has no other), and ``plot``, when plotly's drawing that can be
zoomed has taken its place.
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
from contextlib import contextmanager
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
_BESIDE = {"1,000 claims": 1_000, "10,000 claims": 10_000}
# Looked for at the start of every frame; the task after that frame comes when it is painted. The element after the
# picture is there: so is all of the picture.
_WATCH = """(() => { const told = window.told = {};
  const marks = {seen: '#chart', plot: '#chart .scatterlayer .point'};
  const look = () => { for (const name of Object.keys(marks)) if (document.querySelector(marks[name])) {
      delete marks[name]; setTimeout(() => { told[name] = performance.now(); }); }
    if (Object.keys(marks).length) requestAnimationFrame(look); };
  requestAnimationFrame(look); })()"""
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


@contextmanager
def opened(browser: Browser, path: Path, ready: str) -> Iterator[Page]:
    """A fresh page, watched from its start, once the expression ``ready`` holds in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.add_init_script(_WATCH)
    page.goto(f"file://{path}", wait_until="commit", timeout=120_000)
    # Asked by the browser's own protocol: the page's policy lets no text be evaluated inside it.
    page.evaluate(f"new Promise(done => {{ const look = () => ({ready}) ? done() : setTimeout(look, 20); look(); }})")
    yield page
    context.close()


def own(browser: Browser, path: Path) -> dict[str, float]:
    """Milliseconds: all marks seen, plot, zoom in, zoom out, the slowest of four searches."""
    with opened(browser, path, "window.told.plot") as page:
        page.wait_for_load_state()
        page.wait_for_timeout(300)
        told = page.evaluate("window.told")
        into, out = page.evaluate(_ZOOM % (0, 3)), page.evaluate(_ZOOM % (0, -3))
        return {**told, "zoom in": into, "zoom out": out, "search": page.evaluate(_SEARCH)}


def medians(rows: list[dict[str, float]]) -> dict[str, float]:
    """The median of each column."""
    return {name: statistics.median(row[name] for row in rows) for name in ("seen", "plot", *rows[0])}


_VIS = """<!DOCTYPE html><meta charset=utf-8><style>{style}</style><div id=v></div><script>{script}</script><script>
const items = new vis.DataSet([...Array({count}).keys()].map(n => (
  {{id: n, content: '사건 ' + n, start: 1773198000000 + n * 60000}})));
const line = new vis.Timeline(document.getElementById('v'), items, {{}});
line.on('changed', () => requestAnimationFrame(() => setTimeout(() => {{
  window.stands = performance.now(); }})));</script>"""


def vis_page(folder: Path, count: int) -> Path | None:
    """A page of vis-timeline with as many items, all visible; ``None`` without npm."""
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
    return path


def vis(browser: Browser, path: Path) -> float:
    """Milliseconds until vis-timeline has drawn all its items."""
    with opened(browser, path, "window.stands") as page:
        page.wait_for_timeout(4000)  # it draws in several rounds: the last one counts
        return float(page.evaluate("window.stands"))


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


def compared(browser: Browser, folder: Path, case: str, file: Path, runs: int) -> None:
    """Measures a case in turns with vis-timeline and prints both."""
    other = vis_page(folder, _BESIDE[case]) if case in _BESIDE else None
    rows, others = [], []
    for _ in range(runs):
        rows.append(own(browser, file))
        others += [vis(browser, other)] if other else []
    seen = medians(rows)
    print(f"{case}: " + ", ".join(f"{name} {value:.0f}" for name, value in seen.items()), flush=True)
    if others:
        stands = statistics.median(others)
        told = f"seen {stands / seen['seen']:.1f} times as fast, plot {stands / seen['plot']:.1f} times as fast"
        print(f"  vis-timeline with as many marks visible: {stands:.0f}; {told}", flush=True)


def main() -> None:
    """Measures all and prints it."""
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
        for case, story in cases.items():
            started = time.perf_counter()
            text = to_html(story).encode()
            took = time.perf_counter() - started
            file = folder / "page.html"
            file.write_bytes(text)
            packed = len(gzip.compress(text, 9, mtime=0))
            print(f"{case}: written in {took:.2f} s, {len(text):,} bytes, {packed:,} gzip", flush=True)
            compared(browser, folder, case, file, asked.runs if case not in LARGE else 1)
        file.write_bytes(to_html(sample()).encode())
        whole = plain_plotly(folder)
        rows, others = [], []
        for _ in range(asked.runs):
            rows.append(own(browser, file))
            with opened(browser, whole, "window.told.plot") as page:
                others.append(float(page.evaluate("window.told.plot")))
        alone, seen = statistics.median(others), medians(rows)
        told = f"seen {alone / seen['seen']:.1f} times as fast, plot {alone / seen['plot']:.1f} times as fast"
        print(f"plotly.py's own page of the first case: {whole.stat().st_size:,} bytes, {alone:.0f}; {told}")
        browser.close()


if __name__ == "__main__":
    main()
