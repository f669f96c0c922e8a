"""Nothing leaves the page and nothing slips in."""

from __future__ import annotations

import base64
import gzip
import re

import pytest

from tests.browser.conftest import Opener
from tests.hostile import HOSTILE
from tests.samples import hostile, sample
from tests.stretches import itinerary, mixed
from timeline.model import Itinerary

STORIES = {"story": sample(), "hostile": hostile(), "mixed": mixed(), "empty": itinerary()}


@pytest.mark.parametrize("name", STORIES)
def test_no_request_no_console_line_no_violation(visit: Opener, name: str) -> None:
    story: Itinerary = STORIES[name]
    here = visit(story)
    for row in story.events[:3]:
        here.ask("id => document.getElementById('event=' + id).querySelector('details').open = true", row.id)
    here.page.click("#language")
    here.page.click("#theme")
    if story.events:
        here.page.click("#scale")
        here.page.click("#scale")
        here.page.click("#unzoom")
    here.page.fill("#search", "다리")
    here.page.wait_for_timeout(200)
    assert here.said == []
    assert [url for url in here.asked if url != f"file://{here.path}"] == []


def test_what_is_inflated_runs_only_if_the_policy_holds_its_hash(visit: Opener) -> None:
    here = visit()
    other = base64.b64encode(gzip.compress(b"window.__ran=1;window.Plotly={}")).decode()
    text = here.path.read_text(encoding="utf-8")
    here.path.write_text(re.sub(r'(id="packed-plotly">)[^<]+', lambda it: it[1] + other, text), encoding="utf-8")
    here.page.reload()
    here.page.wait_for_timeout(800)
    assert here.ask("window.__ran") is None
    assert any("script-src" in line for line in here.said)
    assert here.page.locator(".picture.screen").is_visible()
    assert here.page.locator("#still").is_visible()


def test_nothing_hostile_runs_or_links(visit: Opener) -> None:
    assert len(HOSTILE) >= 25
    here = visit(hostile())
    here.ask("for (const it of document.querySelectorAll('details')) it.open = true")
    here.page.wait_for_timeout(300)
    assert here.ask("window.__ran") is None
    assert here.ask("document.querySelectorAll('#chart a, .row a[href^=javascript], iframe, img').length") == 0
    assert here.said == []
    seen = here.page.inner_text("body")
    assert "&quot;" not in re.sub(r"&lt;b&gt; &amp; &quot; &#x27; 그대로", "", seen)
    for text in ("<script>window.__ran=1</script>", "<img src=x onerror=window.__ran=1>", "{{ 7*7 }}"):
        assert text in seen


def test_hostile_text_in_the_chart_is_text(visit: Opener) -> None:
    here = visit(hostile())
    texts = here.ask("[...document.querySelectorAll('#chart text')].map(it => it.textContent)")
    assert any("<script>" in text for text in texts)
    assert not any("&lt;" in text and "그대로" not in text and "&lt;b&gt;" not in text for text in texts)
    assert here.ask("document.querySelectorAll('#chart svg a, #chart svg b').length") == 0


def test_nothing_offers_to_share_or_upload(visit: Opener) -> None:
    here = visit()
    here.page.hover("#chart")
    names = here.ask(
        "[...document.querySelectorAll('*')].flatMap(it => [it.getAttribute('data-title'), it.getAttribute('title'),"
        " it.getAttribute('aria-label'), it.id, it.getAttribute('data-attr')]).filter(Boolean)"
    )
    assert [name for name in names if re.search(r"share|cloud|upload|공유", name, re.IGNORECASE)] == []
    assert here.ask("document.getElementById('chart')._context.showSendToCloud") is False
    assert here.ask("document.getElementById('chart')._context.plotlyServerURL") == ""


def test_hostile_page_stays_usable(visit: Opener) -> None:
    here = visit(hostile())
    assert len(here.shown()) == len(HOSTILE)
    here.page.fill("#search", "외문서없음")
    assert here.shown() == []
    here.page.click("#reset")
    assert len(here.shown()) == len(HOSTILE)
