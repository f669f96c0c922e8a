"""The page as written: size, policy, escaping, words, quotes, evidence. What only a browser can tell is in browser/."""

from __future__ import annotations

import base64
import gzip
import hashlib
import re
import tomllib
from datetime import timedelta
from pathlib import Path

import plotly.offline
import pytest

from reports.html import to_html
from reports.page.assets import data_block
from reports.page.palette import MARKS, PALETTE, TEXTS
from reports.page.readings import spread
from reports.page.words import LANGUAGES, Words, tables
from reports.record import to_record
from tests.hostile import HOSTILE
from tests.page_reading import Page, tidy
from tests.samples import at, hostile, sample
from tests.stretches import event, itinerary, mixed, told
from timeline.errors import UsageError
from timeline.interval import Grain
from timeline.model import Event, Itinerary

ROOT = Path(__file__).parent.parent
REPORTS = ROOT / "reports"


@pytest.fixture(scope="module")
def story() -> Page:
    return Page(sample())


@pytest.fixture(scope="module")
def attack() -> Page:
    return Page(hostile())


def everything(told: Itinerary) -> tuple[Event, ...]:
    return told.events + told.undated


# --- the file


def test_size_stays_within_bounds(story: Page) -> None:
    content = story.text.encode()
    assert len(content) <= 1_000_000
    assert len(gzip.compress(content, 9, mtime=0)) <= 450_000


def test_same_itinerary_same_bytes(story: Page) -> None:
    assert to_html(sample()) == story.text


def test_record_in_the_page_is_the_contract(story: Page) -> None:
    record = story.data("record")
    assert record == to_record(sample()).model_dump(mode="json")
    assert (record["version"], record["generator"], record["inputs_sha256"]) == (1, sample().generator, "0" * 64)


def test_policy_names_every_script_by_its_hash(story: Page) -> None:
    policy = story.root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    scripts = story.root.xpath("//script[not(@type)]/text()")
    held = gzip.decompress(base64.b64decode(story.root.get_element_by_id("packed-plotly").text))
    digests = [
        base64.b64encode(hashlib.sha256(text).digest()).decode() for text in [held, *(it.encode() for it in scripts)]
    ]
    assert len(digests) == 3
    assert re.findall(r"'sha256-([^']+)'", policy) == digests
    assert "unsafe-eval" not in policy
    for rule in ("default-src 'none'", "connect-src 'none'", "form-action 'none'", "base-uri 'none'"):
        assert rule in policy
    assert "'unsafe-inline'" not in policy.split("style-src")[0]


def test_no_script_holds_an_end_tag_or_asks_for_an_address() -> None:
    for path in [*REPORTS.glob("page/*.js"), *REPORTS.glob("vendor/*.js")]:  # what stands in the page as it is
        assert "</script" not in path.read_text(encoding="utf-8").lower(), path.name
    for path in REPORTS.glob("page/*.js"):
        assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|eval|innerHTML|import)\b\s*[(=]", path.read_text()), (
            path
        )


def test_vendored_files_are_those_recorded_and_fit_plotly() -> None:
    recorded = tomllib.loads((REPORTS / "vendor" / "vendor.toml").read_text())
    kept = {path.name.removesuffix(".gz"): path.read_bytes() for path in (REPORTS / "vendor").glob("*.js*")}
    assert set(recorded) == set(kept)
    for name, entry in recorded.items():
        content = gzip.decompress(kept[name]) if kept[name].startswith(b"\x1f\x8b") else kept[name]
        assert hashlib.sha256(content).hexdigest() == entry["sha256"], name
    assert "MIT" in (REPORTS / "vendor" / "LICENSE.plotly").read_text()
    assert recorded["plotly-basic.min.js"]["version"] == plotly.offline.get_plotlyjs_version()


def test_nothing_to_show_is_still_a_page() -> None:
    page = Page(itinerary())
    assert page.rows() == []
    assert len(page.text) < 100_000  # no plotly
    assert tables()["ko"]["ui"]["empty"] in page.root.text_content()


def test_unknown_zone_is_refused_with_its_name() -> None:
    with pytest.raises(UsageError, match="Mars/Olympus"):
        to_html(sample().model_copy(update={"timezone": "Mars/Olympus"}))


# --- hostile text


def test_hostile_text_makes_no_element(attack: Page) -> None:
    assert attack.root.xpath("//script[not(@type='application/json')]/text()")[:1] != [HOSTILE[0]]
    assert len(attack.root.xpath("//script")) == 2 + 1 + 5  # run, packed, data
    for tag in ("img", "iframe", "foreignobject", "b[text()='글']", "base", "object", "embed"):
        assert attack.root.xpath(f"//{tag}") == [], tag
    names = {name.lower() for it in attack.root.iter() if isinstance(it.tag, str) for name in it.attrib}
    assert not [name for name in names if name.startswith("on")]


def test_hostile_text_is_shown_as_it_is(attack: Page) -> None:
    shown = tidy(attack.root.text_content())
    for text in ("<script>window.__ran=1</script>", "{{ 7*7 }} {% raw %}", "&lt;b&gt; &amp; &quot;", "null"):
        assert text in shown


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028", "\u2029", "&amp;", "]]>"])
def test_data_block_holds_nothing_that_ends_it(text: str) -> None:
    block = str(data_block({"text": text}))
    assert not set(block) & set("<>&\u2028\u2029")


def test_links_are_web_addresses_only(attack: Page, story: Page) -> None:
    for page in (attack, story):
        for link in page.root.xpath("//a[@href]"):
            href = link.get("href")
            if href.startswith("#"):
                continue
            assert re.match(r"https?://[^\s<>\"']+$", href)
            assert link.get("rel") == "noopener noreferrer"
    hosts = {re.sub(r"https?://([^/?]+).*", r"\1", href) for href in attack.root.xpath("//a/@href") if href[0] != "#"}
    assert hosts == {"evil.example"}  # its own address was a web address; it stays one, escaped


# --- claims, quotes, readings


def test_every_event_and_claim_stands_once(story: Page) -> None:
    told = everything(sample())
    assert [row.get("data-event") for row in story.rows()] == [each.id for each in told]
    cards = story.root.xpath("//article[contains(@class,'card')]/@data-claim")
    assert sorted(cards) == sorted(claim.id for each in told for claim in each.claims)
    assert len(cards) == 40


def test_every_quote_is_the_document_at_its_span(story: Page) -> None:
    documents = {document.id: document.text for document in sample().documents}
    for each in everything(sample()):
        for claim in each.claims:
            card = story.root.xpath(f"//article[@data-claim='{claim.id}']")[0]
            quote = card.find_class("quote")[0].text_content()
            assert quote == documents[claim.document][claim.span.start : claim.span.end]
            shown = card.xpath(".//blockquote")[0].text_content()
            assert tidy(shown).strip("…") in tidy(documents[claim.document])


def test_a_claim_tells_all_it_rests_on(story: Page) -> None:
    documents = {document.id: document for document in sample().documents}
    for each in everything(sample()):
        for claim in each.claims:
            card = tidy(story.root.xpath(f"//article[@data-claim='{claim.id}']")[0].text_content())
            document = documents[claim.document]
            wanted = [claim.outlet or document.file, document.title or "", document.url or document.file]
            if claim.mention:
                wanted += [
                    claim.mention.text,
                    claim.mention.rule,
                    *(claim.mention.anchor.why if claim.mention.anchor else ()),
                ]
            assert [word for word in wanted if tidy(word) not in card] == []


def test_the_reasons_of_the_confidence_and_their_sum_are_shown(story: Page) -> None:
    for each in everything(sample()):
        bars = story.row(each.id).xpath(".//table[@class='waterfall']//tr")
        assert [tidy(bar.xpath("./th")[0].text_content()) for bar in bars[:-1]] == [
            row.reason for row in each.confidence.evidence
        ]
        total = sum(row.weight for row in each.confidence.evidence)
        assert f"{total:+.1f}".replace("-", "\u2212") in bars[-1].text_content()


def test_conflicts_tell_what_would_change_the_answer(story: Page) -> None:
    for each in everything(sample()):
        disputes = story.row(each.id).find_class("dispute")
        assert len(disputes) == len(each.conflicts)
        for shown, conflict in zip(disputes, each.conflicts, strict=True):
            assert conflict.note in tidy(shown.text_content())
            assert (conflict.would_change or "독립 출처") in tidy(shown.text_content())


def test_claims_set_aside_stand_apart_with_the_reason(story: Page) -> None:
    aside = {claim.id: claim for each in everything(sample()) for claim in each.claims if claim.superseded}
    assert aside
    for key, claim in aside.items():
        card = story.root.xpath(f"//article[@data-claim='{key}']")[0]
        assert "aside" in card.get("class")
        assert tables()["ko"]["superseded"][claim.superseded or ""] in card.text_content()


def test_reprints_are_folded_and_counted(story: Page) -> None:
    copies = {document.id for document in sample().documents if document.copy_of}
    folded = story.root.xpath("//details[@class='reprints']//article/@data-claim")
    wanted = [c.id for e in everything(sample()) for c in e.claims if c.document in copies and not c.superseded]
    assert sorted(folded) == sorted(wanted)
    for each in everything(sample()):
        reports = len({claim.document for claim in each.claims})
        if each.independent_origins > 1:
            assert story.said(each.id, "coverage") == f"보도 {reports}건, 독립 출처 {each.independent_origins}곳"


def test_publication_is_told_with_its_basis(story: Page) -> None:
    shown = tidy(story.root.get_element_by_id("documents").text_content())
    for document in sample().documents:
        assert tables()["ko"]["basis"][document.publication.basis.value] in shown
        for seen in document.publication.evidence:
            assert tidy(seen.quote) in shown


# --- words


def test_spread_is_told_in_words(story: Page) -> None:
    for each in sample().events:
        minutes = spread(each) // timedelta(minutes=1)
        told = story.said(each.id, "agreement")
        assert (f"{minutes}분 차" in told) == (minutes > 0)


def test_best_lies_within_the_window() -> None:
    for story in (sample(), mixed()):
        for each in story.events:
            assert each.time is not None
            assert each.time.earliest <= each.time.best <= each.time.latest  # type: ignore[operator]


TIMES = [
    ("minute", told("2026-03-11T10:37"), "10:37", ""),
    ("midnight as an end", told("2026-03-11T18:00", Grain.PART_OF_DAY), "18:00–24:00", ""),
    ("day", told("2026-03-11T00:00", Grain.DAY), "하루 중", ""),
    ("year", told("2013-01-01T00:00", Grain.YEAR), "한 해 중", ""),
    ("second", told("2026-03-11T10:37:05", Grain.SECOND), "10:37:05", "10:37:05–10:37:10 사이"),
    ("wide", told("2026-03-11T10:37", earliest=at("2026-03-11T10:30"), latest=at("2026-03-11T10:45")), "10:37",
     "10:30–10:45 사이"),
    ("told to its last second", told("2013-01-01T00:00", Grain.YEAR, latest=at("2013-12-31T23:59:59")), "한 해 중", ""),
    ("over midnight", told("2026-03-11T23:50", earliest=at("2026-03-11T23:40"), latest=at("2026-03-12T00:20")), "23:50",
     "3월 11일 23:40–3월 12일 00:20 사이"),
]  # fmt: skip


@pytest.mark.parametrize(("time", "big", "window"), [row[1:] for row in TIMES], ids=[row[0] for row in TIMES])
def test_times_in_words(time: object, big: str, window: str) -> None:
    each = event("일", [time])  # type: ignore[list-item]
    page = Page(itinerary(each))
    assert page.said(each.id, "big") == big
    assert tidy(page.row(each.id).xpath("string(.//span[@class='when']/span[@class='window'])")) == window


LENGTHS = [
    (timedelta(minutes=5), "5분", "5 min"),
    (timedelta(minutes=80), "1시간 20분", "1 h 20 min"),
    (timedelta(days=1, hours=2), "1일 2시간", "1 d 2 h"),
    (timedelta(days=365 * 12 + 3), "12년", "12 y"),
    (timedelta(0), "0분", "0 min"),
    (timedelta(seconds=-5), "5초", "5 s"),
]


@pytest.mark.parametrize(("length", "korean", "english"), LENGTHS, ids=[row[1] for row in LENGTHS])
def test_lengths_in_words(length: timedelta, korean: str, english: str) -> None:
    assert Words("ko", "Asia/Seoul").length(length) == (korean, english)
    assert Words("en", "Asia/Seoul").length(length) == (english, korean)


def test_full_times_are_written_the_korean_way(story: Page) -> None:
    shown = story.root.xpath("//table[@class='events']//time")
    assert "2026년 3월 11일(수) 오전 10:37" in [tidy(it.text_content()) for it in shown]


def test_undated_events_have_a_lane_and_no_time(story: Page) -> None:
    lane = story.root.get_element_by_id("undated")
    rows = lane.find_class("row")
    assert [row.get("data-event") for row in rows] == [each.id for each in sample().undated]
    for row, each in zip(rows, sample().undated, strict=True):
        assert row.xpath(".//summary//time") == []
        assert each.constraint in tidy(row.text_content())


def test_table_has_a_row_for_every_event(story: Page) -> None:
    table = story.root.xpath("//table[@class='events']")[0]
    assert tidy(table.xpath("./caption")[0].text_content())
    assert len(table.xpath(".//thead//th[@scope='col']")) == 9
    assert len(table.xpath(".//tbody//th[@scope='row']")) == 12


def test_page_opens_in_the_language_of_its_reports() -> None:
    assert Page(sample()).root.get("lang") == "ko"
    english = tuple(document.model_copy(update={"language": "en"}) for document in sample().documents)
    page = Page(sample().model_copy(update={"documents": english}))
    assert page.root.get("lang") == "en"
    assert "12 events" in page.root.text_content()


def test_both_languages_have_the_same_labels_and_places() -> None:
    for section, labels in tables()["ko"].items():
        for name, text in labels.items():
            other = tables()["en"][section][name]
            assert isinstance(text, str) == isinstance(other, str)
            if isinstance(text, str) and section != "time":
                assert set(re.findall(r"\{(\w+)", text)) == set(re.findall(r"\{(\w+)", other)), f"{section}.{name}"


@pytest.mark.parametrize("name", TEXTS + MARKS)
@pytest.mark.parametrize("side", range(len(LANGUAGES)), ids=["light", "dark"])
def test_colours_have_contrast(name: str, side: int) -> None:
    least = 4.5 if name in TEXTS else 3.0
    for ground in ("paper", "raised", "fold"):
        assert contrast(PALETTE[name][side], PALETTE[ground][side]) >= least, ground


def contrast(one: str, other: str) -> float:
    """WCAG 2.2 contrast ratio of two colours ``#rrggbb``."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
