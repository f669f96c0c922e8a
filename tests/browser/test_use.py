"""What a reader does: filters, search, deep links, keyboard, screen reader, saving."""

from __future__ import annotations

import json
import random
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from ical.calendar_stream import IcsCalendarStream
from icalendar import Calendar

from reports.page.rows import disputed
from tests.browser.conftest import Opener, Visit
from tests.crowd import many
from tests.samples import hostile, sample
from tests.stretches import mixed
from timeline.calendar import zone
from timeline.model import Event, Itinerary

SEOUL = zone("Asia/Seoul")


def everything(story: Itinerary) -> tuple[Event, ...]:
    return story.events + story.undated


# --- filters and search


def passes(each: Event, story: Itinerary, wanted: dict[str, Any]) -> bool:
    """The same filter written once more, from the model."""
    names = {document.id: document.outlet or document.file for document in story.documents}
    has: dict[str, set[Any]] = {
        "source": {names[claim.document] for claim in each.claims},
        "actor": set(each.actors),
        "place": {each.place},
        "status": {each.status.value},
        "level": {each.confidence.level.value},
    }
    if any(wanted.get(key) and not set(wanted[key]) & values for key, values in has.items()):
        return False
    if wanted.get("disputed") and not disputed(each):
        return False
    if not (wanted.get("from") or wanted.get("until")):
        return True
    if each.time is None or each.time.earliest is None or each.time.latest is None:
        return False
    first = each.time.earliest.astimezone(SEOUL).date().isoformat()
    last = (each.time.latest - timedelta(microseconds=1)).astimezone(SEOUL).date().isoformat()
    return last >= wanted.get("from", "") and first <= (wanted.get("until") or "9999")


def random_filters(story: Itinerary) -> list[dict[str, Any]]:
    drawn = random.Random(20260311)
    names = sorted({document.outlet or document.file for document in story.documents})
    choices: dict[str, list[str]] = {
        "source": names,
        "actor": sorted({actor for each in story.events for actor in each.actors}),
        "place": sorted({each.place for each in story.events if each.place}),
        "status": ["occurred", "planned", "cancelled", "rumoured", "denied"],
        "level": ["high", "medium", "low"],
    }
    made = []
    for _ in range(20):
        wanted: dict[str, Any] = {}
        for key in drawn.sample(sorted(choices), drawn.randint(0, 2)):
            wanted[key] = drawn.sample(choices[key], min(drawn.randint(1, 3), len(choices[key])))
        if drawn.random() < 0.3:
            wanted["disputed"] = "1"
        if drawn.random() < 0.4:
            wanted["from"] = drawn.choice(["2013-06-01", "2026-03-11", "2026-03-12"])
        if drawn.random() < 0.4:
            wanted["until"] = drawn.choice(["2026-03-11", "2026-03-12", "2026-03-13"])
        made.append(wanted)
    return made


def test_twenty_random_filters_agree_with_the_model(visit: Opener) -> None:
    story = sample()
    here = visit(story)
    answers = set()
    for wanted in random_filters(story):
        here.ask("hash => { location.hash = hash }", urlencode(wanted, doseq=True))
        here.page.wait_for_timeout(60)
        expected = [each.id for each in everything(story) if passes(each, story, wanted)]
        assert here.shown() == expected, wanted
        assert here.page.inner_text("#count") == f"{len(expected)} / 12"
        answers.add(len(expected))
    assert len(answers) > 4


def test_a_filter_is_chosen_with_the_form_and_announced(visit: Opener) -> None:
    here = visit()
    output = here.page.locator("#count")
    assert (output.get_attribute("role"), output.get_attribute("aria-live")) == ("status", "polite")
    here.page.click("[data-facet=status] > summary")
    here.page.check("input[name=status][value=planned]")
    assert output.inner_text() == "1 / 12"
    assert output.get_attribute("aria-label") == "12건 가운데 1건"
    assert here.ask("location.hash") == "#status=planned"
    here.page.keyboard.press("Escape")
    assert here.ask("document.activeElement.closest('.menu').dataset.facet") == "status"
    here.page.click("#reset")
    assert output.inner_text() == "12 / 12"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("text", ["압수수색", "새솔교 전면", "전면통제", "10시 40분께"])
def test_search_finds_hangul_of_either_form(visit: Opener, form: str, text: str) -> None:
    here = visit()
    here.page.fill("#search", unicodedata.normalize(form, text))  # type: ignore[arg-type]
    wanted = "".join(text.split())
    story = sample()
    titles = {document.id: document.title or "" for document in story.documents}
    expected = [
        each.id
        for each in everything(story)
        if any(wanted in "".join(words.split()) for words in (
            each.title, each.constraint, *(claim.quote for claim in each.claims), *(titles[claim.document] for claim in each.claims)
        ))
    ]  # fmt: skip
    assert expected
    assert here.shown() == expected


def test_search_without_result_says_so(visit: Opener) -> None:
    here = visit()
    here.page.fill("#search", "없는 낱말")
    assert here.shown() == []
    assert here.page.inner_text("#said") == "맞는 사건이 없습니다."


# --- deep links


def test_links_survive_a_reload(visit: Opener) -> None:
    story = sample()
    wanted = story.events[3]
    here = visit(story, f"#event={wanted.id}&level=high&q=%EC%83%88%EC%86%94%EA%B5%90")
    here.page.reload()
    here.page.wait_for_selector("#chart .trace", state="attached")
    assert here.ask("id => document.getElementById('event=' + id).querySelector('details').open", wanted.id)
    assert here.page.input_value("#search") == "새솔교"
    assert here.page.is_checked("input[name=level][value=high]")
    assert 0 < len(here.shown()) < 12
    assert here.ask("document.activeElement.closest('.row').dataset.event") == wanted.id


def test_opening_an_event_is_remembered_in_the_address(visit: Opener) -> None:
    here = visit()
    here.page.locator(".row > details > summary").nth(2).click()
    here.page.wait_for_timeout(100)
    assert here.ask("location.hash") == f"#event={sample().events[2].id}"
    here.page.locator(".row > details > summary").nth(2).click()
    here.page.wait_for_timeout(100)
    assert here.ask("location.hash") == ""


def test_a_point_of_the_chart_opens_its_event(visit: Opener) -> None:
    here = visit()
    box = here.page.locator("#chart .xy2 .point").first.bounding_box()
    assert box is not None
    here.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    here.page.wait_for_timeout(300)
    assert here.ask("document.querySelectorAll('.row > details[open]').length") == 1


def test_links_between_events_lead_there_even_when_filtered_out(visit: Opener) -> None:
    here = visit(hash_="#status=planned")
    here.ask("document.querySelector('#table').open = true")
    here.page.click("#reset")
    here.page.locator("#table [data-go]").first.click()
    assert here.ask("document.activeElement.closest('.row').dataset.event") == sample().events[0].id


# --- keyboard and screen reader


@pytest.mark.parametrize("name", ["story", "long"])
def test_keyboard_reaches_every_event_once(visit: Opener, name: str) -> None:
    story = sample() if name == "story" else many(130, 4)
    here = visit(story)
    here.page.focus("#reset")
    for _ in range(30):
        here.page.keyboard.press("Tab")
        if here.ask("document.activeElement.matches('.row > details > summary')"):
            break
    reached = [here.ask("document.activeElement.closest('.row').dataset.event")]
    for _ in range(len(everything(story)) - 1):
        here.page.keyboard.press("ArrowDown")
        reached.append(here.ask("document.activeElement.closest('.row').dataset.event"))
    assert reached == [each.id for each in everything(story)]
    here.page.keyboard.press("ArrowDown")
    assert here.ask("document.activeElement.closest('.row').dataset.event") == reached[-1]
    here.page.keyboard.press("Home")
    assert here.ask("document.activeElement.closest('.row').dataset.event") == reached[0]


def test_enter_opens_escape_returns_and_nothing_traps(visit: Opener) -> None:
    here = visit()
    here.ask("document.querySelectorAll('.row > details > summary')[3].focus()")
    outline = here.ask("getComputedStyle(document.activeElement).outlineStyle")
    here.page.keyboard.press("Enter")
    assert here.ask("document.activeElement.parentElement.open")
    here.page.keyboard.press("Tab")
    assert here.ask("document.activeElement.closest('.evidence') !== null")
    assert here.ask("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    here.page.keyboard.press("Escape")
    assert here.ask("document.activeElement.matches('.row > details > summary')")
    assert not here.ask("document.activeElement.parentElement.open")
    assert outline in ("solid", "none")
    stops = set()
    for _ in range(40):
        here.page.keyboard.press("Tab")
        stops.add(
            here.ask(
                "document.activeElement.tagName + (document.activeElement.id || document.activeElement.textContent.slice(0, 20))"
            )
        )
    assert any("BODY" in stop for stop in stops)  # the walk leaves the page at its end


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", ["closed", "open", "phone"])
def test_axe_finds_nothing(visit: Opener, axe: str, scheme: str, state: str) -> None:
    size = {"width": 390, "height": 844} if state == "phone" else {"width": 1280, "height": 900}
    here = visit(color_scheme=scheme, viewport=size, bypass_csp=True)
    if state == "open":
        here.ask("for (const it of document.querySelectorAll('main details:not(.menu)')) it.open = true")
        here.ask("document.querySelector('.menu').open = true")
    here.page.add_script_tag(content=axe)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = here.ask("tags => axe.run(document, { runOnly: tags })", tags)
    told = [
        f"{it['id']}: {node['html'][:160]} {node['failureSummary'][:300]}"
        for it in found["violations"]
        for node in it["nodes"][:3]
    ]
    assert told == []
    assert len(found["passes"]) > 20


def test_chart_has_a_name_and_its_inside_is_silent(visit: Opener) -> None:
    here = visit()
    chart = here.page.locator("#chart")
    assert chart.get_attribute("role") == "figure"
    assert "목록" in (chart.get_attribute("aria-label") or "")
    assert here.ask("[...document.querySelectorAll('#chart svg')].every(it => it.closest('[aria-hidden=true]'))")


# --- saving


def saved(here: Visit, kind: str) -> str:
    here.page.locator(".menu.right > summary").click()
    with here.page.expect_download() as waiting:
        here.page.click(f"[data-export={kind}]")
    path = waiting.value.path()
    return Path(path).read_bytes().decode()


def test_saving_all_gives_the_other_exports(visit: Opener) -> None:
    from reports.record import to_json
    from reports.tables import to_csv

    story = sample()
    here = visit(story, accept_downloads=True)
    assert json.loads(saved(here, "json")) == json.loads(to_json(story))
    events, claims = to_csv(story)
    assert saved(here, "events") == events.decode()
    assert saved(here, "claims") == claims.decode()
    assert here.said == []


def test_saving_honours_the_filters_and_tells_what_is_left_out(visit: Opener) -> None:
    story = sample()
    here = visit(story, "#disputed=1", accept_downloads=True)
    wanted = here.shown()
    assert 0 < len(wanted) < 12
    record = json.loads(saved(here, "json"))
    assert [each["id"] for each in record["events"] + record["undated"]] == wanted
    assert str(12 - len(wanted)) in record["left_out"]
    assert len(saved(here, "events").strip().split("\r\n")) >= len(wanted) + 1
    text = saved(here, "ics")
    kept = [str(it["X-TIMELINE-EVENT"]) for it in Calendar.from_ical(text).walk("VEVENT")]
    assert kept == wanted
    assert "COMMENT:" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert len(IcsCalendarStream.calendar_from_ics(text).events) == len(wanted)
    assert f"제외 {12 - len(wanted)}건" in here.page.inner_text("#said")


def test_saving_hostile_text_keeps_records_whole(visit: Opener) -> None:
    import csv
    import io

    story = hostile()
    here = visit(story, f"#{urlencode({'status': 'planned'})}", accept_downloads=True)
    rows = list(csv.DictReader(io.StringIO(saved(here, "events").lstrip("\ufeff"), newline="")))
    assert [row["id"] for row in rows] == here.shown()
    assert len(Calendar.from_ical(saved(here, "ics")).walk("VEVENT")) == len(rows) - sum(
        each.id in here.shown() for each in story.undated
    )


def test_long_itineraries_filter_and_open_like_short_ones(visit: Opener) -> None:
    story = many(200, 4)
    here = visit(story)
    assert here.page.inner_text("#count") == "200 / 200"
    assert here.ask("document.querySelectorAll('.row').length") < 200
    here.ask("hash => { location.hash = hash }", f"event={story.events[170].id}")
    here.page.wait_for_timeout(300)
    assert here.ask("document.activeElement.closest('.row').dataset.event") == story.events[170].id
    here.page.fill("#search", "사건 199")
    here.page.wait_for_timeout(400)
    assert here.shown() == [story.events[199].id]


def test_mixed_scales_keep_working_after_a_zoom(visit: Opener) -> None:
    here = visit(mixed())
    before = here.ask("document.getElementById('chart').layout.xaxis2.range")
    here.ask("window.Plotly.relayout('chart', {'xaxis2.range': ['2026-03-11 10:30', '2026-03-11 10:45']})")
    here.page.wait_for_timeout(200)
    here.page.click("#unzoom")
    here.page.wait_for_timeout(200)
    assert here.ask("document.getElementById('chart').layout.xaxis2.range") == before
