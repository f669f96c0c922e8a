"""``timeline reconcile``: structured claims in, one reconciled time an event out, events in their first order.

Reads everything once, learns how far each source can be trusted for each kind of event, decides every event and writes
it. One answer is a line of JSON; its evidence rows add up to the log2 odds of its probability.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any

import orjson

from timeline.calendar import zone
from timeline.interval import Grain
from timeline.reconcile.kernel import slip_between
from timeline.reconcile.structured_read import GRAINS, Key, Said, read_anchors, read_claims

if TYPE_CHECKING:
    from timeline.reconcile.judge import Judgement
    from timeline.reconcile.readings import Readings

HIGH, MEDIUM = 0.85, 0.60
KNOWN_ANSWER = 0.985
SIDES = 4  # readings told in a conflict
NAMES = 6  # sources named in a row

REASONS = {
    "first": "{lead} says so",
    "more": "{origins} independent origins agree",
    "rivals": "{rivals} other reading(s) are told",
    "history": "how far {lead} and its rivals have been borne out for other events",
    "known": "{lead} against the known answers",
    "apart": "two families of sources keep apart in one direction: they mean two different moments",
    "limit": "limit: reports alone never make a time surer or unlikelier",
}


def run(
    claims: Iterable[bytes], anchors: Iterable[bytes] | None, timezone: str, warn: Callable[[str], None]
) -> Iterator[bytes]:
    """Reconcile claims (JSON lines) to answers (JSON lines, each with its line end).

    ``anchors`` are known answers; ``timezone`` is that of times without an offset and of the answers. Lines that cannot
    be used are named with their number through ``warn`` and skipped.
    """
    columns = read_claims(claims, timezone, warn)
    if not len(columns):
        return
    answers = read_anchors(anchors or (), timezone, columns.events, warn)
    from timeline.reconcile.readings import read

    readings = read(columns)
    keys: list[Key] = list(columns.events)
    yield from _answers(keys, readings, answers, zone(timezone))


def _answers(keys: list[Key], readings: Readings, answers: dict[Key, Said], local: tzinfo) -> Iterator[bytes]:
    from timeline.reconcile.judge import judge
    from timeline.reconcile.reliability import anchor, feeds, learn

    votes = readings.votes
    feed = feeds(votes)
    trust = learn(votes, feed)
    if answers:
        known, right = _known(keys, readings, answers)
        trust = anchor(votes, feed, trust, known, right)
    writer = _Writer(readings, judge(readings, trust, feed), local)
    for number, key in zip(readings.number.tolist(), keys, strict=True):
        answer = writer.known(number, answers[key]) if key in answers else writer.judged(number)
        yield orjson.dumps({"event": key, **answer}, option=orjson.OPT_APPEND_NEWLINE)


def _known(keys: list[Key], readings: Readings, answers: dict[Key, Said]) -> tuple[Any, Any]:
    """The vote rows of answered events, and those whose reading holds the answer."""
    import numpy as np

    votes = readings.votes
    known = np.zeros(votes.events, dtype=bool)
    low = np.zeros(votes.events, dtype=np.int64)
    high = np.zeros(votes.events, dtype=np.int64)
    for number, key in zip(readings.number.tolist(), keys, strict=True):
        if said := answers.get(key):
            known[number], low[number], high[number] = True, said.low, said.high
    meets = (readings.low[votes.reading] <= high[votes.event]) & (readings.high[votes.reading] >= low[votes.event])
    return known[votes.event], meets


@dataclass(frozen=True)
class _Side:
    """One reading of an event: its start, the names behind it in alphabetical order, how many independent origins."""

    start: int
    names: list[str]
    origins: float


class _Writer:
    """Turns what was judged into answers. Arrays become lists once: reading single numbers from arrays is slow."""

    def __init__(self, readings: Readings, judgement: Judgement, local: tzinfo) -> None:
        self.local = local
        self.names = readings.names
        self.first = readings.first.tolist()
        self.times = list(
            zip(
                *(getattr(readings, n).tolist() for n in ("start", "end", "low", "high", "grain", "hedged")),
                strict=True,
            )
        )
        self.claims, self.sources = readings.claims.tolist(), readings.sources.tolist()
        self.speaker = readings.votes.speaker.tolist()
        self.bounds = _bounds(readings)
        self.said, self.rounded = readings.said.tolist(), readings.rounded.tolist()
        self.winner, self.probability = judgement.winner.tolist(), judgement.probability.tolist()
        self.origins = judgement.origins.tolist()
        self.independent = judgement.independent.tolist()
        self.split, self.even = judgement.split.tolist(), judgement.even.tolist()
        self.lead = judgement.lead.tolist()
        self.steps = {name: values.tolist() for name, values in judgement.steps.items() if values.any()}

    def judged(self, number: int) -> dict[str, Any]:
        """The answer of an event nobody knows the answer of."""
        winner = self.winner[number]
        start, end, low, high, grain, hedged = self.times[winner]
        sides = self._sides(number, winner)
        return self._answer(
            number,
            (start, end, low, high, GRAINS[grain], bool(hedged)),
            self.probability[number],
            self._evidence(number, sides),
            self._conflicts(number, sides),
            self.even[number],
        )

    def known(self, number: int, said: Said) -> dict[str, Any]:
        """The answer of an event whose answer was given."""
        row = {"reason": "known answer", "weight": _odds(KNOWN_ANSWER), "claims": []}
        times = (said.start, said.end, said.low, said.high, said.grain, said.hedged)
        sides = self._sides(number, self.winner[number])
        return self._answer(number, times, KNOWN_ANSWER, [row], self._conflicts(number, sides), False)

    def _answer(
        self,
        number: int,
        times: tuple[int, int, int, int, Grain, bool],
        probability: float,
        evidence: list[dict[str, Any]],
        conflicts: list[dict[str, Any]],
        even: bool,
    ) -> dict[str, Any]:
        start, end, low, high, grain, hedged = times
        level = "high" if probability >= HIGH else "medium" if probability >= MEDIUM else "low"
        return {
            "best": self._iso(start),
            "start": self._iso(start),
            "end": self._iso(end),
            "earliest": self._iso(low),
            "latest": self._iso(end if grain.order <= Grain.MINUTE.order and high == end - 1 else high),
            "grain": grain.value,
            "approximate": hedged,
            "resolved": not even,
            "confidence": {"level": level, "probability": round(probability, 6), "evidence": evidence},
            "conflicts": conflicts,
            "claims": self.claims[number],
            "sources": self.sources[number],
            "independent_origins": self.independent[number],
        }

    def _iso(self, at: int) -> str:
        return datetime.fromtimestamp(at, tz=UTC).astimezone(self.local).isoformat()

    def _sides(self, number: int, winner: int) -> list[_Side]:
        """The winner, then its rivals, the strongest first."""
        order = range(self.first[number], self.first[number + 1])
        ranked = sorted(order, key=lambda r: (r != winner, -self.origins[r], self.times[r][0]))
        return [self._side(r) for r in ranked]

    def _side(self, reading: int) -> _Side:
        rows = range(self.bounds[reading], self.bounds[reading + 1])
        names = [self.names[self.speaker[row]] for row in rows]
        return _Side(self.times[reading][0], sorted(set(names)) if len(names) > 1 else names, self.origins[reading])

    def _evidence(self, number: int, sides: list[_Side]) -> list[dict[str, Any]]:
        lead = self.names[self.speaker[self.lead[number]]]
        origins = f"{sides[0].origins:.3g}"
        rows: list[dict[str, Any]] = [{"reason": "prior: as likely as not", "weight": 0.0, "claims": []}]
        for name, values in self.steps.items():
            weight = values[number]
            if abs(weight) < 5e-5:
                continue
            reason = REASONS[name].format(lead=lead, origins=origins, rivals=len(sides) - 1)
            of = [lead] if name in ("first", "known", "history") else sides[0].names if name == "more" else []
            if name in ("rivals", "apart"):
                of = sorted({n for side in sides[1:] for n in side.names})
            rows.append({"reason": reason, "weight": round(weight, 4), "claims": of})
        return rows

    def _conflicts(self, number: int, sides: list[_Side]) -> list[dict[str, Any]]:
        return [*self._contradiction(number, sides), *self._rounding(self.winner[number])]

    def _rounding(self, reading: int) -> list[dict[str, Any]]:
        """The hedged times that differ from the reading they stand behind, by no more than their hedges explain."""
        rows = [r for r in range(self.bounds[reading], self.bounds[reading + 1]) if self.rounded[r]]
        if not rows:
            return []
        told = sorted((self.said[row], self.names[self.speaker[row]]) for row in rows)
        names = sorted({name for _, name in told})
        best = self._iso(self.times[reading][0])
        note = "; ".join(f"{name}: about {self._iso(said)}" for said, name in told[:NAMES])
        return [
            {
                "kind": "time",
                "severity": "minor",
                "cause": "rounding",
                "note": f"{note}: within what the hedges allow of {best}",
                "claims": names,
                "sides": [[name] for name in names[:NAMES]],
            }
        ]

    def _contradiction(self, number: int, sides: list[_Side]) -> list[dict[str, Any]]:
        if len(sides) < 2:
            return []
        told = "; ".join(f"{_listed(s.names)}: {self._iso(s.start)}" for s in sides[:SIDES])
        more = f"; and {len(sides) - SIDES} more" if len(sides) > SIDES else ""
        slip = slip_between(sides[0].start, sides[1].start)
        why = f" ({slip} apart, as by a slip)" if slip else ""
        split = self.split[number]
        return [
            {
                "kind": "time",
                "severity": "major",
                "cause": "definition" if split else "contradiction",
                "note": told + more + why,
                "claims": sorted({name for side in sides for name in side.names}),
                "sides": [side.names for side in sides[:SIDES]],
            }
        ]


def _bounds(readings: Readings) -> list[int]:
    """Where each reading's votes begin; votes are sorted by reading."""
    import numpy as np

    bounds: list[int] = np.searchsorted(readings.votes.reading, np.arange(len(readings.start) + 1)).tolist()
    return bounds


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:NAMES])
    return shown if len(names) <= NAMES else f"{shown} and {len(names) - NAMES} more"


def _odds(probability: float) -> float:
    from math import log2

    return round(log2(probability / (1 - probability)), 4)
