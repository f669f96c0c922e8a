"""An editor's corrections: read strictly, applied exactly, nothing ignored in silence."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from timeline.corrections import Corrections, apply_to_claims, known_times, load, prepare
from timeline.errors import CorrectionsError
from timeline.model import Authority, Claim, Confidence, Document, Event, Level, Span, Status

ZONE = timezone(timedelta(hours=9))


def claim(name: str, document: str, quote: str, outlet: str = "Daily") -> Claim:
    return Claim(
        id=name, document=document, outlet=outlet, origin=document, quote=quote, span=Span(start=0, end=len(quote))
    )


DOCUMENTS = (
    Document(id="d1", file="in/01.txt", text="x"),
    Document(id="d2", file="in/02.txt", text="x"),
)
CLAIMS = (
    claim("c1", "d1", "The ferry cast off at 09:40."),
    claim("c2", "d2", "The ferry cast off at ten to ten.", outlet="Harbour Office"),
    claim("c3", "d2", "It came back at noon.", outlet="Harbour Office"),
)


def event(name: str, *claims: Claim) -> Event:
    return Event(
        id=name,
        title=name,
        status=Status.OCCURRED,
        time=None,
        confidence=Confidence(level=Level.LOW, probability=0.5),
        independent_origins=1,
        claims=claims,
    )


YAML = """
official: [{outlet: Harbour Office}]
wrong:
  - {quote: "came back", file: 02.txt}
same:
  - [{claim: c1}, {claim: c2}]
apart:
  - [{claim: c1}, {claim: c3}]
time:
  - {event: {quote: cast off}, at: 2031-05-06T09:40+09:00, why: harbour log}
"""
TOML = """
official = [{outlet = "Harbour Office"}]
wrong = [{quote = "came back", file = "02.txt"}]
same = [[{claim = "c1"}, {claim = "c2"}]]
apart = [[{claim = "c1"}, {claim = "c3"}]]
[[time]]
event = {quote = "cast off"}
at = 2031-05-06T09:40:00+09:00
why = "harbour log"
"""


@pytest.mark.parametrize(
    ("name", "text"), [("c.yaml", YAML), ("c.yml", YAML), ("c.toml", TOML)], ids=["yaml", "yml", "toml"]
)
def test_both_formats_say_the_same(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    got = load(path)
    assert got.time[0].at == datetime(2031, 5, 6, 9, 40, tzinfo=ZONE)
    ready = prepare(got, CLAIMS, DOCUMENTS)
    assert ready.dropped == {"c3"}
    assert ready.official == {"c2", "c3"}
    assert ready.must_link == (("c1", "c2"),)
    assert ready.cannot_link == (("c1", "c3"),)
    assert ready.unmatched == ()
    kept = apply_to_claims(ready, CLAIMS)
    assert [(c.id, c.authority) for c in kept] == [("c1", Authority.OWN), ("c2", Authority.OFFICIAL)]


def test_an_empty_file_corrects_nothing(tmp_path: Path) -> None:
    path = tmp_path / "c.yaml"
    path.write_text("# nothing yet\n", encoding="utf-8")
    assert load(path) == Corrections()
    assert apply_to_claims(prepare(Corrections(), CLAIMS), CLAIMS) == CLAIMS


REFUSED = [
    ("unknown_list", "offical: []", "unknown key 'offical'"),
    (
        "unknown_selector_key",
        "wrong: [{qoute: x}]",
        "unknown key 'qoute'; known are claim, document, event, file, outlet, quote",
    ),
    (
        "unknown_time_key",
        "time: [{event: {claim: c1}, att: x}]",
        "unknown key 'att'; known are at, event, grain, until, why",
    ),
    ("place_is_told", "wrong: [{claim: c1}, {qoute: x}]", "wrong, entry 2"),
    ("empty_selector", "wrong: [{}]", "at least one of"),
    ("empty_quote", "wrong: [{quote: ''}]", "wrong, entry 1"),
    ("no_zone", "time: [{event: {claim: c1}, at: 2031-05-06T09:40}]", "with its offset"),
    ("not_a_time", "time: [{event: {claim: c1}, at: noonish}]", "noonish"),
    (
        "ends_before",
        "time: [{event: {claim: c1}, at: 2031-05-06T09:40+09:00, until: 2031-05-06T09:00+09:00}]",
        "lies before",
    ),
    ("one_alone", "same: [[{claim: c1}]]", "at least two"),
    ("not_lists", "just words", "not the lists"),
    ("broken", "wrong: [", "cannot be parsed"),
    ("twice", "wrong: []\nwrong: []", "stands twice"),
    ("alias", "wrong: &a []\nsame: *a", "aliases"),
    ("object", "wrong: !!python/object/apply:os.getcwd []", "cannot be parsed"),
]


@pytest.mark.parametrize(("text", "says"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_what_is_wrong_is_named_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "c.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionsError) as caught:
        load(path)
    assert says in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(CorrectionsError, match=r"nowhere\.yaml"):
        load(tmp_path / "nowhere.yaml")
    bad = tmp_path / "latin.yaml"
    bad.write_bytes(b"wrong: [{quote: caf\xe9}]")
    with pytest.raises(CorrectionsError, match="UTF-8"):
        load(bad)


def test_a_selector_that_finds_nothing_is_reported() -> None:
    got = Corrections.model_validate({"wrong": [{"quote": "sank"}], "same": [[{"claim": "c1"}, {"claim": "c9"}]]})
    ready = prepare(got, CLAIMS, DOCUMENTS)
    assert len(ready.unmatched) == 2
    assert "sank" in ready.unmatched[0]
    assert "c9" in ready.unmatched[1]
    assert ready.dropped == frozenset()


def test_one_and_two_at_once_is_reported_and_one_wins() -> None:
    got = Corrections.model_validate({name: [[{"claim": "c1"}, {"claim": "c2"}]] for name in ("same", "apart")})
    ready = prepare(got, CLAIMS)
    assert ready.must_link == (("c1", "c2"),)
    assert ready.cannot_link == ()
    assert "both one event and two" in ready.unmatched[0]


def test_a_known_time_finds_its_event() -> None:
    events = (event("e1", CLAIMS[0], CLAIMS[1]), event("e2", CLAIMS[2]))
    at = "2031-05-06T09:40:00+09:00"
    entries = [
        {"event": {"quote": "noon"}, "at": at},
        {"event": {"event": "e1"}, "at": at},
        {"event": {"claim": "c9"}, "at": at},
    ]
    known, problems = known_times(Corrections.model_validate({"time": entries}), events, DOCUMENTS)
    assert set(known) == {"e1", "e2"}
    assert known["e2"].end - known["e2"].at == timedelta(minutes=1)
    assert len(problems) == 1
    assert "c9" in problems[0]


def test_a_known_time_that_fits_two_events_is_not_guessed() -> None:
    events = (event("e1", CLAIMS[0]), event("e2", CLAIMS[1]))
    entry = {"event": {"quote": "cast off"}, "at": "2031-05-06T09:40:00+09:00"}
    known, problems = known_times(Corrections.model_validate({"time": [entry]}), events, DOCUMENTS)
    assert known == {}
    assert "2 events" in problems[0]
