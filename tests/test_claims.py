"""Statements become claims: what tells no event is left out, who vouches is kept, one sentence's correction is linked."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.making import at, document, interval, mention
from timeline.claims import claim
from timeline.interval import Grain, Interval
from timeline.model import Authority, Block, BlockKind, Claim, Document, Role, Span, Status
from timeline.prose import NoEvent, Statement

TEXT = "At 09:40 the ferry sank, and at 10:10 all were saved."
REPORT = document("a", TEXT)
SENTENCE = Span(start=0, end=len(TEXT))


def statement(said: str, when: str | Interval | None, words: str, **more: Any) -> Statement:
    """A statement of :data:`TEXT` that reads ``words`` and the time ``said`` in it."""
    begin = TEXT.index(words)
    fields: dict[str, Any] = {
        "document": "a",
        "sentence": SENTENCE,
        "span": Span(start=begin, end=begin + len(words)),
        "mention": None,
        "predicate": "sink",
        "actions": ("overturn",),
        "content": ("ferry",),
    }
    if said:
        told = interval(when) if isinstance(when, str) else when
        fields["mention"] = mention(said, told, start=TEXT.index(said))
    return Statement(**{**fields, **more})


SANK = statement("09:40", "2031-05-06T09:40", "At 09:40 the ferry sank")
SAVED = statement("10:10", "2031-05-06T10:10", "at 10:10 all were saved", actions=("rescue",))


def claims_of(*statements: Statement, report: Document = REPORT) -> tuple[Claim, ...]:
    return claim([report], {"a": statements})


def test_a_claim_keeps_what_was_said() -> None:
    (first, second) = claims_of(SANK, SAVED)
    assert [c.quote for c in (first, second)] == ["At 09:40 the ferry sank", "at 10:10 all were saved"]
    assert all(c.quote == c.span.of(TEXT) for c in (first, second))
    assert first.interval == interval("2031-05-06T09:40")
    assert (first.action, second.action) == ("overturn", "rescue")
    assert first.outlet == "Daily a"
    assert first.published == at("2031-05-07T18:00")
    assert first.id != second.id


def test_the_same_statements_give_the_same_ids() -> None:
    assert claims_of(SANK, SAVED) == claims_of(SANK, SAVED)
    assert claims_of(SANK, SAVED)[0] == claims_of(SANK)[0]


@pytest.mark.parametrize("reason", list(NoEvent), ids=lambda reason: reason.value)
def test_what_tells_no_event_is_no_claim(reason: NoEvent) -> None:
    nothing = statement("10:10", "2031-05-06T10:10", "at 10:10 all were saved", no_event=reason)
    assert [c.action for c in claims_of(SANK, nothing)] == ["overturn"]


def test_a_report_without_statements_gives_no_claims() -> None:
    assert claim([REPORT], {}) == ()


@pytest.mark.parametrize(
    ("official", "told", "expected"),
    [
        (True, Authority.OWN, Authority.OFFICIAL),
        (True, Authority.ATTRIBUTED, Authority.OFFICIAL),
        (True, Authority.HEARSAY, Authority.HEARSAY),
        (False, Authority.OWN, Authority.OWN),
        (False, Authority.ATTRIBUTED, Authority.ATTRIBUTED),
    ],
)
def test_a_record_speaks_with_its_own_authority(official: bool, told: Authority, expected: Authority) -> None:
    report = document("a", TEXT, official=official)
    (only,) = claims_of(statement("09:40", "2031-05-06T09:40", "the ferry sank", authority=told), report=report)
    assert only.authority is expected


def test_a_copy_goes_back_to_its_original() -> None:
    (only,) = claims_of(SANK, report=document("a", TEXT, copy_of="z", origin="z"))
    assert only.origin == "z"


def test_a_credited_caption_goes_back_to_the_agency() -> None:
    caption = Block(kind=BlockKind.CAPTION, span=SENTENCE, credit="Daily z")
    report = document("a", TEXT, blocks=(caption,))
    agency = document("z", "x")
    told = claim([report, agency], {"a": [SANK]})
    elsewhere = claim([report], {"a": [SANK]})
    assert told[0].origin == "z"
    assert elsewhere[0].origin not in {"a", "z"}


# id, what the clock time says, the duration told with it, the end that makes
LENGTHS = [
    ("hour_and_a_half", "2031-05-06T09:40", "PT1H30M", timedelta(minutes=90)),
    ("two_days", "2031-05-06T09:40", "P2D", timedelta(days=2)),
    ("too_long", "2031-05-06T09:40", "P40D", timedelta(minutes=1)),
    ("no_length", "2031-05-06T09:40", "PT0M", timedelta(minutes=1)),
    ("not_a_duration", "2031-05-06T09:40", "P1Y", timedelta(minutes=1)),
    ("a_day_is_no_start", "2031-05-06", "PT1H", timedelta(days=1)),
]


@pytest.mark.parametrize(("when", "measured", "length"), [r[1:] for r in LENGTHS], ids=[r[0] for r in LENGTHS])
def test_a_told_duration_gives_the_end(when: str, measured: str, length: timedelta) -> None:
    (only,) = claims_of(statement("09:40", when, "the ferry sank", measured=measured))
    assert only.interval is not None
    assert only.interval.start is not None
    assert only.interval.end is not None
    assert only.interval.end - only.interval.start == length


def test_a_duration_never_moves_an_end() -> None:
    (only,) = claims_of(statement("09:40", "2031-05-06T09:40", "the ferry sank", measured="PT2H", role=Role.END))
    assert only.interval == interval("2031-05-06T09:40")


def test_a_cue_orders_a_claim_against_the_one_before() -> None:
    later = statement("", None, "all were saved", cue="after", cue_word="then")
    first, second = claims_of(SANK, later)
    assert first.relations == ()
    assert [(r.kind, r.other, r.quote) for r in second.relations] == [("after", first.id, "then")]


def test_a_cue_with_nothing_before_orders_nothing() -> None:
    (only,) = claims_of(statement("", None, "all were saved", cue="after", cue_word="then"))
    assert only.relations == ()


def test_a_cue_is_told_of_the_event_before_not_of_what_told_none() -> None:
    nothing = statement("10:10", "2031-05-06T10:10", "at 10:10 all", no_event=NoEvent.STATE)
    first, second = claims_of(SANK, nothing, statement("", None, "all were saved", cue="before", cue_word="earlier"))
    assert second.relations[0].other == first.id
    assert second.relations[0].kind == "before"


def test_a_number_and_its_correction_are_one_event() -> None:
    old = statement("09:40", "2031-05-06T09:40", "At 09:40 the ferry sank", retracted=True, status=Status.DENIED)
    new = statement("10:10", "2031-05-06T10:10", "at 10:10 all were saved", replaces=True)
    first, second = claims_of(old, new)
    assert first.superseded == "correction"
    assert second.superseded is None
    assert second.id in first.must_link or first.id in second.must_link


def test_a_moved_plan_and_its_new_time_are_one_event() -> None:
    old = statement("09:40", "2031-05-06T09:40", "At 09:40 the ferry sank", moved_plan=True, status=Status.PLANNED)
    new = statement("10:10", "2031-05-06T10:10", "at 10:10 all were saved", status=Status.PLANNED)
    first, second = claims_of(old, new)
    assert first.superseded == "plan"
    assert second.id in first.must_link or first.id in second.must_link


def test_two_plain_statements_of_a_sentence_are_not_linked() -> None:
    assert [c.must_link for c in claims_of(SANK, SAVED)] == [(), ()]


def test_publication_known_to_the_day_counts_to_its_end() -> None:
    (only,) = claims_of(SANK, report=document("a", TEXT, published="2031-05-07"))
    assert only.published == at("2031-05-08")
    (unknown,) = claims_of(SANK, report=document("a", TEXT, published=None))
    assert unknown.published is None


def test_an_expression_without_a_time_gives_an_undated_claim() -> None:
    (only,) = claims_of(statement("09:40", None, "At 09:40 the ferry sank"))
    assert only.interval is None
    hour = Interval(start=at("2031-05-06T09:00"), end=at("2031-05-06T10:00"), grain=Grain.HOUR)
    (dated,) = claims_of(statement("09:40", hour, "At 09:40 the ferry sank"))
    assert dated.interval == hour
