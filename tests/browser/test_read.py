"""What a reader sees: drawings, pages without script, phone, dark, paper, languages, zones, greyscale."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import PICTURES, Opener, Visit
from tests.page_reading import tidy
from tests.samples import at, sample
from tests.stretches import event, itinerary, mixed, told
from timeline.interval import Grain
from timeline.model import Event, Itinerary

PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}


def everything(story: Itinerary) -> tuple[Event, ...]:
    return story.events + story.undated


def trace(here: Visit, name: str) -> list[Any]:
    """The points of all traces of a name, as plotly holds them: x, y, customdata, symbol."""
    found: list[Any] = here.ask(
        "name => document.getElementById('chart').data.filter(it => it.name === name)"
        ".flatMap(it => it.x.map((x, i) => [x, it.y[i], it.customdata && it.customdata[i], it.marker && it.marker.symbol[i]]))",
        name,
    )
    return found


def test_pictures_of_the_page(visit: Opener) -> None:
    story = sample()
    disputed = story.events[3].id
    visit().picture("desktop")
    here = visit(hash_=f"#event={disputed}")
    here.page.wait_for_timeout(1800)
    here.picture("evidence")
    visit(color_scheme="dark").picture("dark", full_page=True)
    visit(**PHONE).picture("phone", full_page=True)


def test_chart_draws_every_claim_and_event_in_view(visit: Opener) -> None:
    story = sample()
    here = visit(story)
    assert [it[2] for it in sorted(trace(here, "best"), key=lambda it: str(it[0]))] == [
        each.id for each in story.events
    ]
    timed = Counter(e.id for e in everything(story) for c in e.claims if c.interval is not None)
    assert Counter(it[2] for it in trace(here, "claims")) == timed
    marks = here.ask("document.querySelectorAll('#chart .scatterlayer .point').length")
    assert marks == len(story.events) + sum(timed.values())
    outside = here.ask(
        """() => { const box = document.querySelector('#chart .main-svg').getBoundingClientRect();
        return [...document.querySelectorAll('#chart .point')].filter(it => { const r = it.getBoundingClientRect();
          return r.width < 6 || r.left < box.left || r.right > box.right || r.top < box.top || r.bottom > box.bottom; }).length }"""
    )
    assert outside == 0


def test_still_picture_shows_what_the_chart_shows_without_script(visit: Opener) -> None:
    story = sample()
    here = visit(story, java_script_enabled=False)
    assert here.page.locator(".picture.screen").is_visible()
    assert here.page.locator(".overview noscript .note").is_visible()
    assert not here.page.locator("#scale").is_visible()
    drawn = here.ask("[...document.querySelectorAll('.picture.screen [data-of]')].map(it => it.dataset.of)")
    timed = Counter(e.id for e in everything(story) for c in e.claims if c.interval is not None)
    assert Counter(drawn) == timed + Counter(e.id for e in story.events)
    here.picture("still")


def test_chart_takes_the_place_of_the_still_picture(visit: Opener) -> None:
    here = visit()
    assert here.page.locator(".picture.screen").is_hidden()
    tall = here.ask("document.getElementById('chart').getBoundingClientRect().height")
    here.ask("document.querySelector('.overview').classList.remove('drawn')")
    assert here.ask("document.querySelector('.picture').getBoundingClientRect().height") == pytest.approx(tall, abs=2)


def test_still_picture_stays_where_nothing_can_be_inflated(visit: Opener) -> None:
    here = visit()
    here.page.add_init_script("delete window.DecompressionStream")
    here.page.reload()
    here.page.wait_for_timeout(500)
    assert here.page.locator(".picture.screen").is_visible()
    assert here.page.locator("#still").is_visible()
    assert here.ask("document.querySelectorAll('#chart .trace').length") == 0
    here.page.fill("#search", "없는 말")
    assert here.shown() == []
    assert here.said == []


ONE = itinerary(event("가", [told("2026-03-11T10:35")]))
FEW = itinerary(
    event("강 다리 통행을 모두 막음", [told("2024-11-02T00:00", Grain.DAY)]),
    event("시장이 기자회견에서 사과", [told("2026-03-11T10:35")]),
    event("다리가 다시 열림", [told("2026-03-13T09:00")]),
)


@pytest.mark.parametrize("story", [ONE, FEW, mixed()], ids=["one panel", "one row", "mixed"])
@pytest.mark.parametrize("width", [390, 834, 1280])
def test_texts_of_the_chart_do_not_run_into_each_other(visit: Opener, story: Itinerary, width: int) -> None:
    here = visit(story, viewport={"width": width, "height": 900})
    crossed = here.ask(
        """() => { const boxes = [...document.querySelectorAll('#chart .annotation-text, #chart .textpoint text')]
          .map(it => [it.textContent, it.getBoundingClientRect()]).filter(([, r]) => r.width);
        const cross = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 1 < b.bottom && b.top + 1 < a.bottom;
        return boxes.flatMap(([x, a], i) => boxes.slice(i + 1).filter(([, b]) => cross(a, b)).map(([y]) => [x, y])); }"""
    )
    assert crossed == []
    assert here.page.locator("#chart .textpoint text").count() == len(story.events)


def test_five_minutes_in_the_lens_on_the_screen(visit: Opener) -> None:
    each = event("일", [told("2026-03-11T10:35"), told("2026-03-11T10:40")])
    here = visit(itinerary(each))
    width = here.ask("document.querySelector('.row .lens .box').getBoundingClientRect().width")
    assert width >= 60
    assert width / 5 >= 12


def test_box_is_empty_and_dashed_and_band_is_filled(visit: Opener) -> None:
    here = visit(mixed())
    style = (
        "name => { const s = getComputedStyle(document.querySelector('.row .lens .' + name));"
        " return [s.fill, s.strokeDasharray]; }"
    )
    box, band = here.ask(style, "box"), here.ask(style, "band")
    assert (box[0], band[1]) == ("none", "none")
    assert box[1] != "none"
    assert band[0] != "none"


def test_marks_are_wide_enough_and_gaps_are_named_and_true_scale_is_one_click_away(visit: Opener) -> None:
    here = visit(mixed())
    widths = "[...document.querySelectorAll('#chart .point')].map(it => it.getBoundingClientRect().width)"
    assert min(here.ask(widths)) >= 6
    chart_text = here.ask("document.getElementById('chart').textContent")
    assert "12년 비어 있음" in chart_text
    assert "2013년" in chart_text
    here.page.click("#scale")
    here.page.wait_for_timeout(300)
    assert here.ask("new Set(document.getElementById('chart').data.map(it => it.xaxis)).size") == 1
    low, high = here.ask("document.getElementById('chart').layout.xaxis.range")
    assert (low[:4], high[:4]) == ("2012", "2026")
    assert min(here.ask(widths)) >= 6
    here.page.click("#scale")
    here.page.wait_for_timeout(300)
    assert "12년 비어 있음" in here.ask("document.getElementById('chart').textContent")


def test_short_events_are_seen_at_every_zoom(visit: Opener) -> None:
    here = visit(mixed())
    short = mixed().events[2].id
    size = (
        "id => { const c = document.getElementById('chart'); const all = [...c.querySelectorAll('.point')];"
        " const d = all.map(it => it.__data__ && it.__data__.data);"
        " return Math.min(...all.filter((_, i) => d[i] === id).map(it => it.getBoundingClientRect().width)); }"
    )
    for span in (["2026-03-11 10:51", "2026-03-11 10:53"], ["2026-03-11 00:00", "2026-03-12 00:00"]):
        here.ask("span => window.Plotly.relayout('chart', {'xaxis2.range': span})", span)
        here.page.wait_for_timeout(150)
        assert here.ask(size, short) >= 6


@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York", "UTC"])
def test_ticks_do_not_depend_on_the_reader(visit: Opener, zone: str) -> None:
    ticks = "[...document.querySelectorAll('#chart .xtick text, #chart .x2tick text, #chart .x3tick text')].map(t => t.textContent)"
    here = visit(timezone_id=zone).ask(ticks)
    assert here == visit(timezone_id="Pacific/Kiritimati").ask(ticks)
    assert "12:00" in here
    assert "Asia/Seoul (+09:00)" in visit(timezone_id=zone).ask("document.getElementById('chart').textContent")


def test_without_script_everything_can_be_read(visit: Opener) -> None:
    story = sample()
    here = visit(story, java_script_enabled=False)
    assert here.page.locator(".tools").is_hidden()
    for each in everything(story):
        row = here.page.locator(f"[id='event={each.id}']")
        row.locator("summary").first.click()
        for fold in row.locator(".reprints > summary").all():
            fold.click()
        seen = tidy(row.inner_text())
        assert each.title in seen
        for claim in each.claims:
            assert tidy(claim.quote) in seen
    assert here.said == []


def test_long_itineraries_without_script_too(visit: Opener) -> None:
    story = mixed()
    many = tuple(
        event(f"사건 {n}", [told(at("2026-03-11T00:00").replace(hour=n // 60, minute=n % 60))] * 5) for n in range(120)
    )
    here = visit(story.model_copy(update={"events": many}), java_script_enabled=False)
    assert here.page.locator(".row").count() == 120
    assert here.page.locator(".row .title strong").last.text_content() == "사건 119"


def test_phone_has_no_sideways_scroll_and_targets_are_large_enough(visit: Opener) -> None:
    here = visit(**PHONE)
    assert here.ask("document.documentElement.scrollWidth") <= 390
    here.ask("document.querySelectorAll('.row > details')[3].open = true")
    assert here.ask("document.documentElement.scrollWidth") <= 390
    small = here.ask(
        """() => [...document.querySelectorAll('button, summary, input, .menu label')].filter(it => it.checkVisibility())
        .filter(it => !(it.matches('input') && it.closest('label')))
        .filter(it => { const r = it.getBoundingClientRect(); return r.width && (r.width < 24 || r.height < 24); })
        .map(it => it.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_paper_holds_every_event_and_address(visit: Opener, pdftotext: str, tmp_path: Path) -> None:
    story = sample()
    here = visit(story)
    paper = tmp_path / "paper.pdf"
    here.page.pdf(path=str(paper), prefer_css_page_size=True)
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        subprocess.run(["pdftoppm", "-r", "60", "-png", str(paper), str(Path(PICTURES, "print"))], check=True)
    text = subprocess.run([pdftotext, "-layout", str(paper), "-"], capture_output=True, text=True, check=True).stdout
    whole = "".join(text.split())
    for each in everything(story):
        assert "".join(each.title.split()) in whole
        for claim in each.claims:
            assert "".join(claim.quote.split()) in whole, claim.quote
    for document in story.documents:
        if document.url:
            assert document.url in whole
    size = subprocess.run(["pdfinfo", str(paper)], capture_output=True, text=True, check=True).stdout
    assert "A4" in size


def test_overview_is_printed_and_holds_what_the_list_holds(visit: Opener) -> None:
    story = sample()
    here = visit(story, viewport={"width": 703, "height": 990})
    here.page.fill("#search", story.events[2].title)
    shown = here.shown()
    here.page.emulate_media(media="print")
    here.ask("dispatchEvent(new Event('beforeprint'))")
    assert here.page.locator(".picture.paper").is_visible()
    assert here.page.locator("#chart").is_hidden()
    assert here.page.locator(".picture.screen").is_hidden()
    plain = here.ask("[...document.querySelectorAll('.picture.paper [data-of]:not(.faded)')].map(it => it.dataset.of)")
    assert set(plain) == {each.id for each in story.events if each.id in shown}
    numbers = here.ask("[...document.querySelectorAll('.picture.paper .label')].map(it => it.firstChild.data)")
    assert numbers == [str(n) for n in range(1, len(story.events) + 1)]
    crossed = here.ask(
        """() => { const boxes = [...document.querySelectorAll('.picture.paper .label, .picture.paper .heading')]
          .map(it => it.getBoundingClientRect());
        const cross = (a, b) => a.left + 1 < b.right && b.left + 1 < a.right && a.top + 2 < b.bottom && b.top + 2 < a.bottom;
        return boxes.flatMap((a, i) => boxes.slice(i + 1).filter(b => cross(a, b))).length; }"""
    )
    assert crossed == 0


def test_nothing_is_cut_off_on_paper(visit: Opener) -> None:
    here = visit(viewport={"width": 700, "height": 990})
    here.page.emulate_media(media="print")
    here.ask("dispatchEvent(new Event('beforeprint'))")
    assert here.ask("document.documentElement.scrollWidth") <= 700
    hidden = here.ask("[...document.querySelectorAll('.row .card')].filter(it => !it.checkVisibility()).length")
    assert hidden == 0


def test_dark_follows_the_system_and_the_switch(visit: Opener) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    mark = "getComputedStyle(document.querySelector('#chart .point')).stroke"
    light, dark = visit(), visit(color_scheme="dark")
    assert light.ask(ground) != dark.ask(ground)
    assert light.ask(mark) != dark.ask(mark)
    light.page.click("#theme")
    light.page.wait_for_timeout(200)
    assert (light.ask(ground), light.ask(mark)) == (dark.ask(ground), dark.ask(mark))


def test_nothing_rests_on_colour(visit: Opener) -> None:
    here = visit()
    here.ask("document.documentElement.style.filter = 'grayscale(1)'")
    here.picture("greyscale", full_page=True)
    names = (
        "css => [...new Set([...document.querySelectorAll(css)]"
        ".map(it => it.textContent.trim() + '|' + it.querySelector('use').getAttribute('href')))]"
    )
    statuses, levels = here.ask(names, ".row .status"), here.ask(names, ".row summary .level")
    assert len(statuses) == len({it.split("|")[1] for it in statuses}) == 5
    assert len({it.split("|")[1] for it in levels}) == 3
    by_origin = (
        "[...document.querySelectorAll('.row .lens .claim')].filter(it => it.querySelector('use'))"
        ".map(it => it.className.baseVal.match(/s[0-6]/)[0] + it.querySelector('use').getAttribute('href'))"
    )
    pairs = set(here.ask(by_origin))
    assert len(pairs) == len({it.split("#")[1] for it in pairs}) == len({it.split("#")[0] for it in pairs})


def test_best_mark_hides_no_claim(visit: Opener) -> None:
    here = visit()
    covered = here.ask(
        """() => { let bad = 0; for (const lens of document.querySelectorAll('.row .lens')) {
        lens.scrollIntoView({block: 'center'});
        for (const use of lens.querySelectorAll('.claim use')) { const r = use.getBoundingClientRect();
          const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
          if (top && top.classList.contains('best')) bad += 1; } } return bad }"""
    )
    assert covered == 0


def test_language_switch_changes_every_word_and_back(visit: Opener) -> None:
    here = visit()
    before = here.page.inner_text("body")
    assert here.ask("document.documentElement.lang") == "ko"
    here.page.click("#language")
    here.page.wait_for_timeout(300)
    english = here.page.inner_text("body")
    assert here.ask("document.documentElement.lang") == "en"
    for word in ("12 events", "Confidence", "10 min apart", "occurred", "11 Mar", "one source only"):
        assert word in english
    for word in ("신뢰도", "독립 출처", "있었음", "사이", "엇갈림만", "비어 있음"):
        assert word not in english
    here.page.click("#language")
    here.page.wait_for_timeout(300)
    assert here.page.inner_text("body") == before


def test_toolbar_of_the_chart_speaks_korean(visit: Opener) -> None:
    here = visit()
    titles = "[...document.querySelectorAll('#chart .modebar-btn')].map(it => it.getAttribute('data-title'))"
    korean = here.ask(titles)
    assert len(korean) == 6
    assert all(any("가" <= letter <= "힣" for letter in title) for title in korean)
    here.page.click("#language")
    here.page.wait_for_timeout(300)
    assert all(title.isascii() for title in here.ask(titles))


def test_korean_is_drawn_with_korean_fonts(visit: Opener) -> None:
    here = visit()
    session = here.context.new_cdp_session(here.page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    for css in ("h1", ".row .title strong", "#chart text.annotation-text", ".row .lens .source"):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": css})["nodeId"]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert fonts, css
        assert all("LastResort" not in font["familyName"] for font in fonts)
        assert any("CJK" in font["familyName"] or "Noto" in font["familyName"] for font in fonts), css
