"""Calendar arithmetic: months, weeks, the lunisolar calendar, solar terms, zones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline import calendar
from timeline.errors import UsageError

ZONES = ["Asia/Seoul", "America/New_York", "Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "UTC"]
days = st.dates(min_value=date(1, 1, 2), max_value=date(9998, 12, 30))


@given(day=days, months=st.integers(-200_000, 200_000))
def test_months_keep_the_day_or_end_the_month(day: date, months: int) -> None:
    moved = calendar.add_months(day, months)
    if moved is None:
        return
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == min(day.day, calendar.days_in_month(moved.year, moved.month))


@given(day=days, count=st.integers(-10_000_000, 10_000_000))
def test_days_move_or_leave_the_calendar(day: date, count: int) -> None:
    moved = calendar.add_days(day, count)
    assert moved is None or (moved - day).days == count


@given(day=days, weekday=st.integers(0, 6), nth=st.integers(1, 5))
def test_the_nth_weekday_lies_in_its_week_of_the_month(day: date, weekday: int, nth: int) -> None:
    first, last = calendar.make_date(day.year, day.month, 1), calendar.make_date(day.year, day.month, -1)
    assert first is not None
    assert last is not None
    found = calendar.nth_weekday(first, last, weekday, nth)
    if found is None:
        assert nth == 5
        return
    assert found.weekday() == weekday
    assert (found.day - 1) // 7 == nth - 1


DATES = [
    ((2024, 2, 29), date(2024, 2, 29)),
    ((2023, 2, 29), None),
    ((2023, 2, -1), date(2023, 2, 28)),
    ((2023, 13, 1), None),
    ((0, 1, 1), None),
    ((9999, 1, 1), None),
]


@pytest.mark.parametrize(("parts", "wanted"), DATES, ids=[str(parts) for parts, _ in DATES])
def test_a_date_or_nothing(parts: tuple[int, int, int], wanted: date | None) -> None:
    assert calendar.make_date(*parts) == wanted


LUNAR = [
    ((2024, 1, 1), date(2024, 2, 10)),  # 설날
    ((2024, 8, 15), date(2024, 9, 17)),  # 추석
    ((2025, 8, 15), date(2025, 10, 6)),
    ((2026, 1, 1), date(2026, 2, 17)),
    ((2025, 4, 8), date(2025, 5, 5)),  # 부처님오신날
    ((2025, 12, -1), date(2026, 2, 16)),  # 섣달그믐
    ((1, 1, 1), None),
]


@pytest.mark.parametrize(("parts", "wanted"), LUNAR, ids=[str(parts) for parts, _ in LUNAR])
def test_the_lunar_calendar(parts: tuple[int, int, int], wanted: date | None) -> None:
    assert calendar.lunar_to_solar(*parts) == wanted


TERMS = [
    (2024, 315, date(2024, 2, 4)),  # 입춘
    (2025, 315, date(2025, 2, 3)),
    (2025, 0, date(2025, 3, 20)),  # 춘분
    (2025, 180, date(2025, 9, 23)),  # 추분
    (2024, 270, date(2024, 12, 21)),  # 동지
    (2025, 270, date(2025, 12, 22)),
]


@pytest.mark.parametrize(("year", "longitude", "wanted"), TERMS, ids=[f"{year}-{angle}" for year, angle, _ in TERMS])
def test_solar_terms(year: int, longitude: int, wanted: date) -> None:
    assert calendar.solar_term(year, longitude) == wanted


WEEKS = [((2024, 3, 1), date(2024, 2, 26)), ((2024, 3, 2), date(2024, 3, 4)), ((2024, 3, -1), date(2024, 3, 25))]


@pytest.mark.parametrize(("parts", "monday"), WEEKS, ids=[str(parts) for parts, _ in WEEKS])
def test_weeks_of_a_month_are_calendar_rows(parts: tuple[int, int, int], monday: date) -> None:
    assert calendar.nth_week(*parts) == monday


OFFSETS = [
    (datetime(2025, 7, 1, 12), timedelta(hours=9)),
    (datetime(1988, 7, 1, 12), timedelta(hours=10)),  # daylight saving time in Korea
    (datetime(1958, 1, 1, 12), timedelta(hours=8, minutes=30)),
    (datetime(1850, 1, 1, 12), timedelta(hours=9)),  # before standard time: its present offset
]


@pytest.mark.parametrize(("moment", "offset"), OFFSETS, ids=[moment.isoformat() for moment, _ in OFFSETS])
def test_the_offset_is_that_of_the_day(moment: datetime, offset: timedelta) -> None:
    assert calendar.localize(moment, calendar.zone("Asia/Seoul")).utcoffset() == offset


AROUND_A_CHANGE = [
    ("2026-03-08T01:59", "2026-03-08T01:59:00-05:00"),
    ("2026-03-08T02:30", "2026-03-08T03:30:00-04:00"),  # skipped: clocks went from 02:00 to 03:00
    ("2026-03-08T03:00", "2026-03-08T03:00:00-04:00"),
    ("2026-11-01T01:30", "2026-11-01T01:30:00-04:00"),  # shown twice: the first
    ("2026-11-01T02:00", "2026-11-01T02:00:00-05:00"),
]


@pytest.mark.parametrize(("wall", "told"), AROUND_A_CHANGE, ids=[wall for wall, _ in AROUND_A_CHANGE])
def test_a_time_the_clocks_skip_is_read_past_the_gap(wall: str, told: str) -> None:
    assert calendar.localize(datetime.fromisoformat(wall), calendar.zone("America/New_York")).isoformat() == told


@given(moment=st.datetimes(datetime(1970, 1, 2), datetime(2037, 12, 30)), name=st.sampled_from(ZONES))
def test_a_placed_moment_comes_back_from_utc(moment: datetime, name: str) -> None:
    placed = calendar.localize(moment, calendar.zone(name))
    assert placed.astimezone(UTC).astimezone(placed.tzinfo).replace(fold=0) == placed
    assert placed.replace(tzinfo=None) >= moment


@pytest.mark.parametrize("name", ["Mars/Base", "", "../etc/passwd", "Asia/Seoul\n"])
def test_an_unknown_zone_is_refused_by_name(name: str) -> None:
    with pytest.raises(UsageError, match="is not known: use an IANA name"):
        calendar.zone(name)


def test_a_moment_tells_its_zone() -> None:
    assert calendar.zone_at(datetime.fromisoformat("2025-07-01T12:00+09:00"), "Asia/Seoul") == "Asia/Seoul"
    assert calendar.zone_at(datetime.fromisoformat("2025-07-01T12:00-04:00"), "Asia/Seoul") == "Etc/GMT+4"
    assert calendar.zone_at(datetime.fromisoformat("2025-07-01T12:00+00:00"), "Asia/Seoul") == "UTC"
