"""Counts in templates: the plural where the language has one, any other format as ever."""

from __future__ import annotations

import pytest

from reports.counting import Count, counted


@pytest.mark.parametrize(("n", "told"), [(0, "0 claims"), (1, "1 claim"), (2, "2 claims"), (1000, "1000 claims")])
def test_the_word_follows_the_number(n: int, told: str) -> None:
    assert "{n} claim{n:s}".format(n=Count(n)) == told


def test_other_formats_are_those_of_numbers() -> None:
    assert f"{Count(1234):,}|{Count(7):02}|{Count(3)}" == "1,234|07|3"


def test_only_whole_numbers_are_counts() -> None:
    assert (counted("a"), counted(1.5), counted(True)) == ("a", 1.5, True)
    assert type(counted(True)) is bool
    assert type(counted(2)) is Count
