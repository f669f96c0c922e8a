"""Itineraries the tests of every report share: an invented story, and the same shape with hostile text.

The story (``story.toml``) is of a bridge closed for a day: 12 events and 40 claims in seven reports, one event in 2013,
one day told by the minute, plans for the days after. It holds every status, a minor and a major conflict, a plan that
changed, a withdrawn number, a copy, a report without a date, and an event known by order alone.
"""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tests.hostile import HOSTILE
from timeline.interval import Grain, Interval, timex3
from timeline.model import (
    Anchor,
    AnchorKind,
    Block,
    BlockKind,
    Claim,
    Confidence,
    Conflict,
    Document,
    Event,
    EventTime,
    Evidence,
    Gap,
    Itinerary,
    Level,
    Mention,
    Ordering,
    Problem,
    Publication,
    PublicationEvidence,
    Relation,
    Span,
    Status,
    TimexType,
    content_id,
)

GENERATOR = "event-timeline-reconstructor 0.1.0"
_STORY = tomllib.loads(Path(__file__).with_name("story.toml").read_text(encoding="utf-8"))


def at(text: str) -> datetime:
    """A moment of the story, ``2026-03-11T10:40``, in +09:00."""
    return datetime.fromisoformat(f"{text}+09:00")


def interval(row: dict[str, Any]) -> Interval:
    """The interval of a row; its widest reading is the nominal one unless given."""
    return Interval(
        start=at(row["start"]),
        end=at(row["end"]),
        earliest=at(row.get("earliest", row["start"])),
        latest=at(row.get("latest", row["end"])),
        grain=Grain(row["grain"]),
        approximate=row.get("approximate", False),
    )


def minute(moment: datetime) -> Interval:
    """One minute, said exactly."""
    return Interval(start=moment, end=moment + timedelta(minutes=1), grain=Grain.MINUTE)


def level(probability: float) -> Level:
    """The level the probability belongs to."""
    return Level.HIGH if probability >= 0.85 else Level.MEDIUM if probability >= 0.6 else Level.LOW


# --- the story


def sample() -> Itinerary:
    """The invented story: 12 events (one undated), 40 claims, 7 reports, one unreadable file."""
    documents = {row["key"]: _document(row) for row in _STORY["report"]}
    events = {row["key"]: _event(row, documents) for row in _STORY["event"]}
    closed, room, mayor = events["closed"].id, events["room"].id, events["mayor"].id
    return Itinerary(
        title="새솔교 통제 하루",
        timezone="Asia/Seoul",
        generator=GENERATOR,
        inputs_sha256="0" * 64,
        documents=tuple(documents.values()),
        events=tuple(event for event in events.values() if event.time is not None),
        undated=tuple(event for event in events.values() if event.time is None),
        order=(
            Ordering(before=closed, after=room, why="통제 직후"),
            Ordering(before=room, after=mayor, why="상황실이 차려진 뒤 시장이 왔다"),
        ),
        gaps=(_gap("2014-01-01T00:00", "2025-11-01T00:00", events["built"], events["report"]),),
        problems=(Problem(file="photo.txt", error="글이 아닌 이진 파일"),),
    )


def _gap(start: str, end: str, after: Event, before: Event) -> Gap:
    return Gap(start=at(start), end=at(end), after=after.id, before=before.id)


def _document_id(key: str) -> str:
    return content_id("d", next(row["file"] for row in _STORY["report"] if row["key"] == key))


def _document(row: dict[str, Any]) -> Document:
    told = [c["quote"] for event in _STORY["event"] for c in event["claim"] if c["report"] == row["key"]]
    lines = [row["title"], *told]
    blocks, start = [], 0
    for index, line in enumerate(lines):
        kind = BlockKind.HEADLINE if index == 0 else BlockKind.BODY
        blocks.append(Block(kind=kind, span=Span(start=start, end=start + len(line))))
        start += len(line) + 1
    rest = {name: row[name] for name in row.keys() - {"key", "copy_of", "publication", "evidence"}}
    original = _document_id(row.get("copy_of", row["key"]))
    return Document(
        id=_document_id(row["key"]),
        text="\n".join(lines),
        blocks=tuple(blocks),
        publication=_publication(row),
        copy_of=original if "copy_of" in row else None,
        origin=original,
        **rest,
    )


def _publication(row: dict[str, Any]) -> Publication:
    if "publication" not in row:
        return Publication()
    evidence = tuple(PublicationEvidence(**seen) for seen in row["evidence"])
    known = row["publication"]
    return Publication(interval=interval(known["time"]), basis=known["basis"], evidence=evidence)


def _event(row: dict[str, Any], documents: dict[str, Document]) -> Event:
    claims = tuple(_claim(told, documents[told["report"]], row) for told in row["claim"])
    ids = tuple(claim.id for claim in claims)
    origins = len({claim.origin for claim in claims})
    evidence = (
        Evidence(reason="처음의 어림값", weight=-0.4),
        Evidence(reason=f"서로 다른 출처 {origins}곳이 말함", weight=0.9 * origins, claims=ids),
    )
    conflicts = tuple(Conflict(**c, claims=ids, sides=(ids[:1], ids[1:])) for c in row.get("conflicts", ()))
    return Event(
        id=content_id("e", row["key"]),
        title=row["title"],
        actors=tuple(row["actors"]),
        place=row.get("place"),
        action=row["key"],
        status=Status(row["status"]),
        time=_time(row, claims),
        confidence=Confidence(level=level(row["p"]), probability=row["p"], evidence=evidence),
        conflicts=conflicts,
        independent_origins=origins,
        claims=claims,
        constraint=row.get("constraint", ""),
        notes=tuple(row.get("notes", ())),
    )


def _claim(told: dict[str, Any], document: Document, event: dict[str, Any]) -> Claim:
    start = document.text.index(told["quote"])
    given = {"actors": event["actors"], "place": event.get("place"), "summary": event["title"]}
    extra = {name: told[name] for name in told.keys() - {"report", "quote", "said", "time", "relations"}}
    relations = tuple(Relation(**{**r, "other": _first_claim(r["other"])}) for r in told.get("relations", ()))
    return Claim(
        id=_claim_id(told),
        document=document.id,
        outlet=document.outlet,
        origin=document.origin,
        quote=told["quote"],
        span=Span(start=start, end=start + len(told["quote"])),
        action=event["key"],
        mention=_mention(told, document, start) if "said" in told else None,
        interval=interval(told["time"]) if "time" in told else None,
        relations=relations,
        **{**given, **extra},
    )


def _claim_id(told: dict[str, Any]) -> str:
    return content_id("c", _document_id(told["report"]), told["quote"])


def _first_claim(event: str) -> str:
    return _claim_id(next(row["claim"][0] for row in _STORY["event"] if row["key"] == event))


def _mention(told: dict[str, Any], document: Document, offset: int) -> Mention:
    start, said, time = offset + told["quote"].index(told["said"]), told["said"], interval(told["time"])
    kind = AnchorKind.EXPLICIT if "년" in said else AnchorKind.NARRATIVE
    return Mention(
        document=document.id,
        span=Span(start=start, end=start + len(said)),
        text=said,
        type=TimexType.TIME if time.grain.is_clock() else TimexType.DATE,
        rule="오전 10시 35분쯤",
        interval=time,
        anchor=Anchor(kind=kind, at=at("2026-03-11T00:00"), why=("그 문단이 말하는 날",)),
        timex3=timex3(time),
    )


def _time(row: dict[str, Any], claims: tuple[Claim, ...]) -> EventTime | None:
    if "best" not in row:
        return None
    best, resolved = at(row["best"]), row.get("resolved", True)
    live = [claim for claim in claims if claim.interval is not None and claim.superseded is None]
    told = [claim.interval for claim in live if claim.interval is not None]
    nominal = min((i for i in told if i.start and i.end and i.start <= best < i.end), key=lambda i: i.grain.order)
    words = next(claim.mention.text for claim in live if claim.mention and claim.interval == nominal)
    return EventTime(
        best=best,
        start=nominal.start,
        end=nominal.end,
        earliest=min(i.low for i in told if i.low),
        latest=max(i.high for i in told if i.high),
        grain=nominal.grain,
        approximate=any(i.approximate for i in told),
        text=words,
        timex3=timex3(nominal),
        resolved=resolved,
        readings=() if resolved else tuple(dict.fromkeys(told)),
    )


# --- the same shape, with hostile text in every field


def hostile() -> Itinerary:
    """One report and one event for every hostile string, which stands in every field that holds outside text."""
    made = [_hostile(index, unicodedata.normalize("NFC", text)) for index, text in enumerate(HOSTILE)]
    events = tuple(event for _, event in made)
    return Itinerary(
        title=HOSTILE[0],
        timezone="Asia/Seoul",
        generator=GENERATOR,
        inputs_sha256="f" * 64,
        documents=tuple(document for document, _ in made),
        events=events[:-2],
        undated=tuple(event.model_copy(update={"time": None}) for event in events[-2:]),
        order=tuple(Ordering(before=events[0].id, after=event.id, why=event.title) for event in events[-2:]),
        problems=tuple(Problem(file=text, error=text) for text in HOSTILE),
    )


def _hostile(index: int, text: str) -> tuple[Document, Event]:
    time = minute(at("2026-03-11T00:07") + timedelta(hours=index % 20))
    document = _hostile_document(index, text, time)
    mention = Mention(
        document=document.id,
        span=Span(start=0, end=len(text)),
        text=text,
        type=TimexType.TIME,
        rule=text,
        interval=time,
        anchor=Anchor(kind=AnchorKind.EXPLICIT, why=(text,)),
        timex3=text,
    )
    words = dict.fromkeys(("outlet", "summary", "action", "predicate", "place", "object", "attribution", "note"), text)
    claim = Claim(
        id=content_id("c", index),
        document=document.id,
        origin=document.id,
        quote=text,
        span=mention.span,
        actors=(text,),
        mention=mention,
        interval=time,
        **words,
    )
    return document, _hostile_event(index, text, claim, time)


def _hostile_document(index: int, text: str, time: Interval) -> Document:
    key = content_id("d", index)
    seen = (PublicationEvidence(quote=text, note=text),)
    return Document(
        id=key,
        text=f"{text} 앞뒤 글",
        origin=key,
        blocks=(Block(kind=BlockKind.BODY, span=Span(start=0, end=len(text)), credit=text),),
        publication=Publication(interval=time, basis="stated", evidence=seen),
        **dict.fromkeys(("file", "title", "outlet", "byline", "url", "agency"), text),
    )


def _hostile_event(index: int, text: str, claim: Claim, time: Interval) -> Event:
    words = dict.fromkeys(("title", "place", "action", "constraint"), text)
    conflict = Conflict(
        kind="time",
        severity="major",
        cause="contradiction",
        note=text,
        claims=(claim.id,),
        would_change=text,
    )
    evidence = (Evidence(reason=text, weight=1.0, claims=(claim.id,)),)
    assert time.start is not None
    return Event(
        id=content_id("e", index),
        actors=(text,),
        status=list(Status)[index % 5],
        time=EventTime(best=time.start, **nominal(time), text=text, timex3=text),
        independent_origins=1,
        claims=(claim,),
        conflicts=(conflict,),
        confidence=Confidence(level=Level.LOW, probability=0.4, evidence=evidence),
        notes=(text,),
        **words,
    )


def nominal(time: Interval) -> dict[str, Any]:
    """The fields an event time takes over from the one interval it rests on."""
    return {"start": time.start, "end": time.end, "earliest": time.start, "latest": time.end, "grain": time.grain}
