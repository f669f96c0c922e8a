"""How well an itinerary agrees with a case's gold: claims found, events told apart, times and statuses right.

A told and a gold claim are one where they read the same time expression at the same place of the same report; white space
does not count. Another expression of the same sentence with the same interval counts as well, and so does the sentence
alone where the gold names no expression. An event is matched to the gold event it shares most claims with, one to one.

- ``claim_recall``: gold claims found; ``claim_time``: of these, those with the gold's interval (of a second, minute or
  hour only the start counts, for the end of "오후 2시" is a convention).
- ``event_precision``, ``event_recall``, ``event_f1``: matched events. Events of neutral quotes alone count neither way.
- ``right_f1``: as ``event_f1``, but a match counts only with its best estimate in the gold's window and the gold's status.
- ``status``: matched events with the gold's status. ``b3``: B-cubed F1 of how the found claims are grouped.
- ``noise``: dated claims that quote what the gold lists as no event (a count; the others lie between 0 and 1).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from timeline.model import Claim, Itinerary

Gold = dict[str, Any]
Place = tuple[int, int]  # within the squeezed text of a report

CASES = Path(__file__).parent / "cases"
EXAMPLES = Path(__file__).parents[1] / "sources" / "examples"
FIGURES = (
    "claim_recall",
    "claim_time",
    "event_precision",
    "event_recall",
    "event_f1",
    "right_f1",
    "status",
    "b3",
    "noise",
)
_DROPPED = re.compile(r"[\s\"'“”‘’\u200b\u2060\ufeff]")


def cases_in(folder: Path) -> tuple[Path, ...]:
    """The folders of cases below a folder, by name."""
    return tuple(sorted(path.parent for path in folder.glob("*/gold.json")))


def gold_of(case: Path) -> Gold:
    """A case's gold."""
    gold: Gold = json.loads((case / "gold.json").read_text(encoding="utf-8"))
    return gold


def reports_of(case: Path) -> Path:
    """Where a case's reports lie; those of the demo ship with the program."""
    return case / "reports" if (case / "reports").is_dir() else EXAMPLES


@dataclass(frozen=True)
class Text:
    """A report without its white space and quotation marks, with the way back to its own offsets."""

    text: str

    @cached_property
    def kept(self) -> list[int]:
        return [i for i, letter in enumerate(self.text) if not _DROPPED.match(letter)]

    @cached_property
    def squeezed(self) -> str:
        return squeeze(self.text)

    def places(self, part: str) -> list[Place]:
        """Every place where the part stands."""
        small = squeeze(part)
        if not small:
            return []
        return [(m.start(), m.start() + len(small)) for m in re.finditer(f"(?={re.escape(small)})", self.squeezed)]

    def place(self, start: int, end: int) -> Place:
        """The squeezed place of a range of the report."""
        inside = [n for n, i in enumerate(self.kept) if start <= i < end]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)


def squeeze(text: str) -> str:
    """The text without what does not count."""
    return _DROPPED.sub("", unicodedata.normalize("NFC", text))


@dataclass(frozen=True)
class Said:
    """A claim, told or gold: of which event, where it stands, where its time stands, and when that is."""

    event: int
    file: str
    at: tuple[Place, ...]
    time_at: tuple[Place, ...]
    start: datetime | None
    end: datetime | None
    grain: str = ""


class Scorer:
    """Compares one itinerary with one gold."""

    def __init__(self, gold: Gold, itinerary: Itinerary) -> None:
        self.gold = gold
        self.events = itinerary.events
        self._documents = {d.id: Path(d.file).name for d in itinerary.documents}
        self._texts = {Path(d.file).name: Text(d.text) for d in itinerary.documents}
        self.wanted = [self._gold(g, c) for g, e in enumerate(gold["events"]) for c in e["claims"]]
        self.told = [self._told(p, c) for p, e in enumerate(self.events) for c in e.claims]
        self.found = self._found()
        self.match = self._match()

    def figures(self) -> dict[str, float]:
        """Every figure of :data:`FIGURES`."""
        pairs = [(self.wanted[i], self.told[j]) for i, j in self.found.items()]
        timed = [(g, p) for g, p in pairs if g.start is not None and p.start is not None]
        events = [e for p, e in enumerate(self.events) if p in self.match or not self._neutral(p)]
        gold, hits = len(self.gold["events"]), len(self.match)
        status = [self.events[p].status == self.gold["events"][g]["status"] for p, g in self.match.items()]
        right = sum(self._in_window(p, g) and ok for (p, g), ok in zip(self.match.items(), status, strict=True))
        return {
            "claim_recall": len(pairs) / max(1, len(self.wanted)),
            "claim_time": sum(map(_same_time, *zip(*timed, strict=True))) / len(timed) if timed else 0.0,
            "event_precision": hits / max(1, len(events)),
            "event_recall": hits / max(1, gold),
            "event_f1": 2 * hits / max(1, len(events) + gold),
            "right_f1": 2 * right / max(1, len(events) + gold),
            "status": sum(status) / max(1, hits),
            "b3": self._b_cubed(pairs),
            "noise": float(sum(self._noisy(item) for item in self.gold.get("not_events", ()))),
        }

    def _gold(self, event: int, claim: Gold) -> Said:
        text = self._texts.get(claim["file"], Text(""))
        at = text.places(claim["quote"])
        inside = squeeze(claim["quote"]).find(squeeze(claim["time_text"])) if claim["time_text"] else -1
        length = len(squeeze(claim["time_text"]))
        time_at = [(a + inside, a + inside + length) for a, _ in at] if inside >= 0 else []
        start, end = (datetime.fromisoformat(claim[k]) for k in ("start", "end"))
        return Said(event, claim["file"], tuple(at), tuple(time_at), start, end, claim["grain"])

    def _told(self, event: int, claim: Claim) -> Said:
        file = self._documents[claim.document]
        text = self._texts[file]
        time_at = [text.place(claim.mention.span.start, claim.mention.span.end)] if claim.mention else []
        when = claim.mention.interval if claim.mention else None
        at = text.place(claim.span.start, claim.span.end)
        return Said(event, file, (at,), tuple(time_at), when.start if when else None, when.end if when else None)

    def _found(self) -> dict[int, int]:
        """Gold claim to told claim, the surest first; of equals those whose events share more."""
        pairs = [(_likeness(g, p), i, j) for i, g in enumerate(self.wanted) for j, p in enumerate(self.told)]
        pairs = [pair for pair in pairs if pair[0] > 0]
        shared = Counter((self.wanted[i].event, self.told[j].event) for _, i, j in pairs)
        return _one_to_one([(round(v, 1), shared[self.wanted[i].event, self.told[j].event], i, j) for v, i, j in pairs])

    def _match(self) -> dict[int, int]:
        """Told event to gold event."""
        votes: Counter[tuple[int, int]] = Counter()
        likeness: dict[tuple[int, int], float] = defaultdict(float)
        for i, j in self.found.items():
            pair = self.told[j].event, self.wanted[i].event
            votes[pair] += 1
            likeness[pair] += _likeness(self.wanted[i], self.told[j])
        surer = {p: self.events[p].confidence.probability / 1000 for p, _ in votes}
        return _one_to_one([(n, round(likeness[p, g], 2) + surer[p], p, g) for (p, g), n in votes.items()])

    def _in_window(self, told: int, gold: int) -> bool:
        time = self.events[told].time
        low, high = map(datetime.fromisoformat, self.gold["events"][gold]["acceptable"])
        return time is not None and low <= time.best <= high

    def _neutral(self, event: int) -> bool:
        told = [said for said in self.told if said.event == event]
        listed = self.gold.get("neutral", [])
        return all(
            not said.time_at or any(self._quotes(item, said) or self._holds(item, said) for item in listed)
            for said in told
        )

    def _noisy(self, item: Gold) -> bool:
        return any(said.time_at and said.start is not None and self._quotes(item, said) for said in self.told)

    def _quotes(self, item: Gold, said: Said) -> bool:
        text = self._texts.get(item["file"], Text(""))
        return item["file"] == said.file and _overlap(text.places(item["quote"]), said.time_at) >= 0.5

    def _holds(self, item: Gold, said: Said) -> bool:
        """Whether the claim's own words stand in the listed quote, wherever its time was read."""
        text = self._texts.get(item["file"], Text(""))
        return item["file"] == said.file and _overlap(text.places(item["quote"]), said.at) >= 0.8

    def _b_cubed(self, pairs: Sequence[tuple[Said, Said]]) -> float:
        by_gold: dict[int, set[int]] = defaultdict(set)
        by_told: dict[int, set[int]] = defaultdict(set)
        for n, (g, p) in enumerate(pairs):
            by_gold[g.event].add(n)
            by_told[p.event].add(n)
        both = [len(by_gold[g.event] & by_told[p.event]) for g, p in pairs]
        precision = sum(n / len(by_told[p.event]) for n, (_, p) in zip(both, pairs, strict=True))
        recall = sum(n / len(by_gold[g.event]) for n, (g, _) in zip(both, pairs, strict=True))
        return 2 * precision * recall / (precision + recall) / len(pairs) if pairs else 0.0


def score(case: Path, itinerary: Itinerary) -> dict[str, float]:
    """The figures of an itinerary made of a case's reports."""
    return Scorer(gold_of(case), itinerary).figures()


def means(rows: Iterable[dict[str, float]]) -> dict[str, float]:
    """The mean of each figure."""
    listed = list(rows)
    return {name: sum(row[name] for row in listed) / len(listed) for name in FIGURES}


def _likeness(gold: Said, told: Said) -> float:
    if gold.file != told.file or (gold.time_at and not told.time_at):
        return 0.0
    if gold.time_at and (there := _overlap(gold.time_at, told.time_at)) >= 0.5:
        return 1.0 + there
    near = _overlap(gold.at, told.at) >= 0.5
    if not gold.time_at:
        return 1.0 if near or _overlap(gold.at, told.time_at) >= 0.5 else 0.0
    return 0.5 if near and gold.start is not None and (gold.start, gold.end) == (told.start, told.end) else 0.0


def _same_time(gold: Said, told: Said) -> bool:
    return gold.start == told.start and (gold.grain in {"second", "minute", "hour"} or gold.end == told.end)


def _overlap(some: Iterable[Place], others: Sequence[Place]) -> float:
    """The largest share of the shorter of two places that both cover."""
    shares = [(min(b, d) - max(a, c)) / max(1, min(b - a, d - c)) for a, b in some for c, d in others]
    return max([0.0, *shares])


def _one_to_one(pairs: Iterable[tuple[float, float, int, int]]) -> dict[int, int]:
    taken: dict[int, int] = {}
    for _, _, a, b in sorted(pairs, key=lambda pair: (-pair[0], -pair[1], pair[2], pair[3])):
        if a not in taken and b not in taken.values():
            taken[a] = b
    return taken
