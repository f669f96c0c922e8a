"""What exports say of a time, in Korean and in English."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reports.words import Wording, labels, language, wording
from tests.samples import at, sample
from timeline.interval import Grain
from timeline.model import EventTime

SEOUL = ZoneInfo("Asia/Seoul")
KO, EN = (Wording(labels()[code], SEOUL) for code in ("ko", "en"))


def time(grain: Grain, start: str, end: str, **more: Any) -> EventTime:
    first, last = at(start), at(end)
    given = {name: at(value) if name in ("best", "earliest", "latest") else value for name, value in more.items()}
    return EventTime(
        **{"best": first, "start": first, "end": last, "earliest": first, "latest": last, **given, "grain": grain}
    )


MINUTE = (Grain.MINUTE, "2026-03-11T10:37", "2026-03-11T10:38")
DAY = (Grain.DAY, "2026-03-11T00:00", "2026-03-12T00:00")
TIMES: list[tuple[str, EventTime, str, str, str | None, str | None]] = [
    ("minute", time(*MINUTE), "2026년 3월 11일(수) 오전 10:37", "Wed 11 March 2026, 10:37 am", None, None),
    (
        "about a minute",
        time(*MINUTE, approximate=True, earliest="2026-03-11T10:35", latest="2026-03-11T10:40"),
        "2026년 3월 11일(수) 오전 10:37께",
        "about Wed 11 March 2026, 10:37 am",
        "2026년 3월 11일(수) 오전 10:35–10:40",
        "오전 10:35–10:40",
    ),
    (
        "closed end",
        time(*MINUTE, latest="2026-03-11T10:37"),
        "2026년 3월 11일(수) 오전 10:37",
        "Wed 11 March 2026, 10:37 am",
        None,
        None,
    ),
    (
        "across noon",
        time(*MINUTE, latest="2026-03-11T12:30"),
        "2026년 3월 11일(수) 오전 10:37",
        "Wed 11 March 2026, 10:37 am",
        "2026년 3월 11일(수) 오전 10:37–오후 12:30",
        "오전 10:37–오후 12:30",
    ),
    (
        "across days",
        time(*MINUTE, latest="2026-03-12T01:00"),
        "2026년 3월 11일(수) 오전 10:37",
        "Wed 11 March 2026, 10:37 am",
        "2026년 3월 11일(수) 오전 10:37–2026년 3월 12일(목) 오전 1:00",
        "2026년 3월 11일(수) 오전 10:37–2026년 3월 12일(목) 오전 1:00",
    ),
    (
        "midnight",
        time(Grain.MINUTE, "2026-03-11T00:00", "2026-03-11T00:01"),
        "2026년 3월 11일(수) 오전 0:00",
        "Wed 11 March 2026, 0:00 am",
        None,
        None,
    ),
    (
        "noon",
        time(Grain.HOUR, "2026-03-11T12:00", "2026-03-11T13:00"),
        "2026년 3월 11일(수) 오후 12시",
        "Wed 11 March 2026, 12 pm",
        None,
        None,
    ),
    (
        "second",
        time(Grain.SECOND, "2026-03-11T10:37:05", "2026-03-11T10:37:06"),
        "2026년 3월 11일(수) 오전 10:37:05",
        "Wed 11 March 2026, 10:37:05 am",
        None,
        None,
    ),
    (
        "stretch",
        time(Grain.MINUTE, "2026-03-11T13:00", "2026-03-11T15:00"),
        "2026년 3월 11일(수) 오후 1:00–3:00",
        "Wed 11 March 2026, 1:00 – 3:00 pm",
        None,
        None,
    ),
    (
        "evening",
        time(Grain.PART_OF_DAY, "2026-03-11T18:00", "2026-03-12T00:00"),
        "2026년 3월 11일(수) 오후 6:00–자정",
        "Wed 11 March 2026, 6:00 pm – midnight",
        None,
        "오후 6:00–자정",
    ),
    ("day", time(*DAY), "2026년 3월 11일(수)", "Wed 11 March 2026", None, None),
    ("day, closed", time(*DAY, latest="2026-03-11T23:59"), "2026년 3월 11일(수)", "Wed 11 March 2026", None, None),
    (
        "day, early",
        time(*DAY, latest="2026-03-11T07:38"),
        "2026년 3월 11일(수)",
        "Wed 11 March 2026",
        "2026년 3월 11일(수) 오전 0:00–7:38",
        "오전 0:00–7:38",
    ),
    (
        "day, three days wide",
        time(*DAY, earliest="2026-03-10T00:00", latest="2026-03-12T23:59"),
        "2026년 3월 11일(수)",
        "Wed 11 March 2026",
        "2026년 3월 10일(화)–2026년 3월 12일(목)",
        "2026년 3월 10일(화)–2026년 3월 12일(목)",
    ),
    (
        "morning, closed",
        time(
            Grain.PART_OF_DAY,
            "2026-03-11T06:00",
            "2026-03-11T12:00",
            earliest="2026-03-11T00:00",
            latest="2026-03-11T11:59",
        ),
        "2026년 3월 11일(수) 오전 6:00–오후 12:00",
        "Wed 11 March 2026, 6:00 am – 12:00 pm",
        "2026년 3월 11일(수) 오전 0:00–오후 12:00",
        "오전 0:00–오후 12:00",
    ),
    (
        "week",
        time(Grain.WEEK, "2026-03-09T00:00", "2026-03-16T00:00"),
        "2026년 3월 9일(월)–2026년 3월 15일(일)",
        "Mon 9 March 2026 – Sun 15 March 2026",
        None,
        "2026년 3월 9일(월)–2026년 3월 15일(일)",
    ),
    (
        "month",
        time(Grain.MONTH, "2025-11-01T00:00", "2025-12-01T00:00", latest="2025-11-30T23:59"),
        "2025년 11월",
        "November 2025",
        None,
        "2025년 11월",
    ),
    ("year", time(Grain.YEAR, "2013-01-01T00:00", "2014-01-01T00:00"), "2013년", "2013", None, "2013년"),
    ("decade", time(Grain.DECADE, "1990-01-01T00:00", "2000-01-01T00:00"), "1990년대", "1990s", None, "1990년대"),
    (
        "open end",
        time(*MINUTE).model_copy(update={"end": None, "latest": None}),
        "2026년 3월 11일(수) 오전 10:37",
        "Wed 11 March 2026, 10:37 am",
        None,
        None,
    ),
]


@pytest.mark.parametrize(
    ("told", "ko", "en", "window", "unsure"), [row[1:] for row in TIMES], ids=[row[0] for row in TIMES]
)
def test_a_time_in_words(told: EventTime, ko: str, en: str, window: str | None, unsure: str | None) -> None:
    assert (KO.when(told), EN.when(told)) == (ko, en)
    assert (KO.window(told), KO.unsure(told)) == (window, unsure)


def test_a_time_that_is_not_known() -> None:
    assert (KO.when(None), EN.when(None)) == ("시각 모름", "time unknown")


def test_the_same_moment_is_said_alike_whatever_zone_it_is_written_in() -> None:
    abroad = datetime(2026, 3, 11, 1, 37, tzinfo=ZoneInfo("UTC"))
    assert KO.moment(abroad, Grain.MINUTE) == "2026년 3월 11일(수) 오전 10:37"


def test_both_languages_have_every_key() -> None:
    ko, en = labels()["ko"], labels()["en"]
    for name in ("status", "level", "severity", "superseded", "basis", "grain", "says", "table", "left_out"):
        assert getattr(ko, name).keys() == getattr(en, name).keys()
    assert {grain.value for grain in Grain} == set(ko.grain)


@pytest.mark.parametrize(
    ("languages", "chosen"),
    [("ko ko en", "ko"), ("en en ko", "en"), ("en ko", "en"), ("fr fr ko", "en"), ("", "ko")],
)
def test_the_language_most_reports_are_in(languages: str, chosen: str) -> None:
    documents = [
        document.model_copy(update={"language": code})
        for document, code in zip(sample().documents, languages.split(), strict=False)
    ]
    assert language(sample().model_copy(update={"documents": tuple(documents)})) == chosen


def test_words_know_the_zone_of_the_itinerary() -> None:
    assert wording(sample().model_copy(update={"timezone": "UTC"})).clock(at("2026-03-11T10:37")) == "오전 1:37"
