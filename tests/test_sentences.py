"""The program's own sentences: both languages hold every key, and Korean particles fit the sound before them."""

from __future__ import annotations

import pytest

from timeline.sentences import Sentences, _tables


def test_both_languages_hold_the_same_sentences() -> None:
    korean, english = _tables()["sentences"]["ko"], _tables()["sentences"]["en"]
    assert set(korean) == set(english)


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("물결일보", "물결일보는 있었다고"),
        ("가람신문", "가람신문은 있었다고"),
        ("‘누리 통신’", "‘누리 통신’은 있었다고"),
        ("채널 3", "채널 3은 있었다고"),
        ("채널 5", "채널 5는 있었다고"),
        ("NRB", "NRB은(는) 있었다고"),
        ("", "은(는) 있었다고"),
    ],
)
def test_a_particle_fits_the_sound_before_it(before: str, told: str) -> None:
    assert Sentences("ko")("status_conflict", a=before, b="한들일보").startswith(told)


@pytest.mark.parametrize(
    ("time", "told"), [("4일", "4일로 바"), ("오후 3시", "오후 3시로 바"), ("35분", "35분으로 바"), ("7", "7로 바")]
)
def test_after_the_liquid_the_direction_is_short(time: str, told: str) -> None:
    assert told in Sentences("ko")("plan_superseded", x="2일", y=time)


def test_a_sentence_without_particles_is_left_alone() -> None:
    assert (
        Sentences("en")("plan_superseded", x="이(가)", y="b") == "The time first announced, 이(가), was changed to b."
    )
    assert Sentences("fr").language == "en"
