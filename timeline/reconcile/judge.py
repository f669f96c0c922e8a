"""Readings and trust -> which reading of each event holds, and how surely; the steps of the probability kept in bits.

The winner is decided by trust, the confidence by independence: copies and feeds make a reading no surer (what
syndication does to votes: Li, Dong, Lyons, Meng and Srivastava, PVLDB 2013). "No rival" is what high confidence means;
where two families of sources keep apart in one direction, they mean two moments, and no count of sources settles which.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from timeline.model import Authority
from timeline.reconcile.fuse import CEILING, FLOOR, SHARE_OF_DOUBT
from timeline.reconcile.readings import Readings
from timeline.reconcile.reliability import PRIOR, Trust, Votes, pairs_within

if TYPE_CHECKING:
    from timeline.reconcile.reliability import Bools, Floats, Ints

STEPS = ("prior", "first", "more", "rivals", "history", "apart", "known", "limit")
LEAVES = 1 - SHARE_OF_DOUBT * PRIOR[Authority.OWN]  # of the doubt, by each further independent origin
HISTORY = 8.0  # contested events after which what was learned weighs as much as what is assumed
KNOWN = 1.0  # known answers about a source and kind after which they weigh as much as everything else
NO_RIVAL = 0.2  # doubt about a reading without rival, told by one origin, where something was learned ...
BORNE_OUT = 0.25  # ... and what each further origin leaves of it
KEPT = 0.985  # of the learned belief in a reading with rivals
APART = 0.84  # most that can be said where two families of sources mean two moments
SPLIT_EVENTS = 8  # events in which two feeds must differ ...
SPLIT_SIGN = 0.85  # ... and the share of them with the same sign, to call it two definitions
SPLIT_SAMPLE = 2_000_000  # vote rows looked at for that


@dataclass(frozen=True)
class Judgement:
    """Per event the winning reading, its probability and the steps to it in bits; per reading the origins behind it.

    ``contested`` marks events with a rival reading, ``split`` those where rival families mean two moments, ``even``
    those where the second reading is about as strong; ``feed`` numbers each speaker's feed; ``lead`` is the vote row of
    the most trusted speaker behind the winner; ``independent`` counts the origins that speak on an event.
    """

    winner: Ints
    probability: Floats
    steps: dict[str, Floats]
    origins: Floats
    contested: Bools
    split: Bools
    even: Bools
    feed: Ints
    lead: Ints
    independent: Ints


@dataclass(frozen=True)
class _Crowd:
    """Votes by independent origin: for each (reading, feed) met, the weight and trust of its strongest member."""

    reading: Ints
    feed: Ints
    weight: Floats
    trust: Floats


def judge(readings: Readings, trust: Trust, feed: Ints) -> Judgement:
    """The winner of every event and its probability."""
    votes = readings.votes
    crowd = _crowd(votes, trust, feed)
    origins: Floats = np.bincount(crowd.reading, crowd.weight, minlength=len(votes.event_of)).astype(np.float64)
    order = np.lexsort((-readings.start, np.round(origins, 9), np.round(trust.belief, 9), votes.event_of))
    winner = order[readings.first[1:] - 1]
    contested = np.diff(readings.first) > 1
    lead = _lead(votes, trust, winner)
    rivals, strongest = _rivals(votes, origins, winner)
    split = _split(readings, crowd, winner, origins, contested)
    bits = _Bits(len(winner))
    bits.add("first", _bits(np.minimum(origins[winner], 1.0)))
    bits.reach("more", _bits(origins[winner]))
    bits.add("rivals", -np.log2(1 + rivals))
    even = contested & (bits.total + np.log2(1 + rivals) - strongest < 1.0)
    belief = _one_question(votes, trust.belief[winner], lead, split)
    learned = np.where(contested, belief * KEPT, 1 - NO_RIVAL * BORNE_OUT ** (origins[winner] - 1))
    past = trust.history[trust.pair[lead]]
    bits.reach("history", _log_odds(learned), np.where(split, 1.0, past / (past + HISTORY)))
    bits.lower("apart", np.where(split, _log_odds(np.array(APART)), np.inf))
    if trust.anchored:
        labels = trust.labels[trust.pair[lead]]
        others = np.bincount(votes.event_of, origins, minlength=votes.events) - origins[winner]
        bits.reach(
            "known", _log_odds(_known(trust, winner, lead, contested, origins, others)), labels / (labels + KNOWN)
        )
    bits.lower("limit", np.where(readings.impossible, _log_odds(np.array(0.2)), _log_odds(np.array(CEILING))))
    bits.reach("limit", np.maximum(bits.total, _log_odds(np.array(FLOOR))))
    return Judgement(
        winner=winner,
        probability=1 / (1 + 2**-bits.total),
        steps=bits.steps,
        origins=origins,
        contested=contested,
        split=split,
        even=even & (bits.total <= _log_odds(np.array(APART))),
        feed=feed,
        lead=lead,
        independent=_independent(votes, feed),
    )


def _one_question(votes: Votes, belief: Floats, lead: Ints, split: Bools) -> Floats:
    """The belief in each winner; where families mean two moments, which is meant is one question for a kind of event.

    Its events then share one answer, the mean of their log odds.
    """
    kind = votes.kind[lead][split]
    total = np.bincount(kind, _log_odds(belief[split]), minlength=votes.kinds)
    count = np.bincount(kind, minlength=votes.kinds)
    out = belief.copy()
    out[split] = 1 / (1 + 2 ** -(total / np.maximum(count, 1))[kind])
    return out


def _known(trust: Trust, winner: Ints, lead: Ints, contested: Bools, origins: Floats, others: Floats) -> Floats:
    """What the known answers say: the leading source's record, or all votes weighed where that served better."""
    doubt = 1 - trust.value[trust.pair[lead]]
    lead_over = np.maximum(origins[winner] - 1 - others, 0.0)
    if trust.weighed:
        return np.where(contested, trust.belief[winner] * KEPT, 1 - doubt * LEAVES**lead_over)
    return 1 - doubt * LEAVES**lead_over


class _Bits:
    """Log2 odds of every event, grown step by step, each step kept under its name."""

    def __init__(self, events: int) -> None:
        self.total = np.zeros(events)
        self.steps = {name: np.zeros(events) for name in STEPS}

    def add(self, name: str, weight: Floats) -> None:
        self.steps[name] = self.steps[name] + weight
        self.total = self.total + weight

    def reach(self, name: str, goal: Floats, share: Floats | float = 1.0) -> None:
        """Go ``share`` of the way to the goal."""
        self.add(name, share * (goal - self.total))

    def lower(self, name: str, most: Floats) -> None:
        """Come down to ``most`` where the total is above it."""
        self.add(name, np.minimum(self.total, most) - self.total)


def _log_odds(p: Floats) -> Floats:
    p = np.clip(p, 1e-6, 1 - 1e-6)
    return np.asarray(np.log2(p / (1 - p)))


def _bits(origins: Floats) -> Floats:
    """Log2 odds that so many agreeing independent origins of ordinary reliability are right."""
    return _log_odds(1 - (1 - PRIOR[Authority.OWN]) * LEAVES ** (origins - 1))


def _crowd(votes: Votes, trust: Trust, feed: Ints) -> _Crowd:
    code = votes.reading * votes.speakers + feed[votes.speaker]
    order = np.argsort(code, kind="stable")
    code = code[order]
    begins = np.nonzero(np.r_[True, code[1:] != code[:-1]])[0]
    weight = np.maximum.reduceat(votes.weight[order], begins)
    value = np.maximum.reduceat(trust.value[trust.pair][order], begins)
    return _Crowd(code[begins] // votes.speakers, code[begins] % votes.speakers, weight, value)


def _share(votes: Votes, reading: Ints, mass: Floats) -> Floats:
    sums = np.bincount(reading, mass, minlength=len(votes.event_of))
    total = np.bincount(votes.event_of, sums, minlength=votes.events)
    return np.asarray(sums / np.maximum(total[votes.event_of], 1e-300))


def _lead(votes: Votes, trust: Trust, winner: Ints) -> Ints:
    """The vote row of the most trusted speaker behind each winner; the first by name where several are."""
    value = np.where(votes.weight > 0.5, 1.0, 0.5) * trust.value[trust.pair]
    order = np.lexsort((-votes.speaker, np.round(value, 9), votes.reading))
    last = np.searchsorted(votes.reading[order], winner, side="right") - 1
    return np.asarray(order[last])


def _rivals(votes: Votes, origins: Floats, winner: Ints) -> tuple[Floats, Floats]:
    """The summed odds of each event's other readings, and the bits of the strongest (minus infinity for none)."""
    bits = _bits(origins)
    others = np.ones(len(bits), dtype=bool)
    others[winner] = False
    odds: Floats = np.bincount(votes.event_of[others], 2 ** bits[others], minlength=votes.events).astype(np.float64)
    strongest = np.full(votes.events, -np.inf)
    np.maximum.at(strongest, votes.event_of[others], bits[others])
    return odds, strongest


def _independent(votes: Votes, feed: Ints) -> Ints:
    met = np.unique(votes.event * votes.speakers + feed[votes.speaker])
    return np.bincount(met // votes.speakers, minlength=votes.events).astype(np.int64)


def _split(readings: Readings, crowd: _Crowd, winner: Ints, origins: Floats, contested: Bools) -> Bools:
    """Events whose winner and a rival of two or more origins are told by feeds that keep apart in one direction."""
    votes = readings.votes
    marked = np.zeros(votes.events, dtype=bool)
    event = votes.event_of[crowd.reading]
    rows = np.nonzero(contested[event] & (crowd.weight > 0.99))[0]
    if not len(rows):
        return marked
    kind = np.zeros(len(votes.event_of), dtype=np.int64)
    kind[votes.reading] = votes.kind
    one, two = (rows[side] for side in pairs_within(event[rows], 16 if len(rows) > SPLIT_SAMPLE else 64))
    swap = crowd.feed[one] > crowd.feed[two]
    one, two = np.where(swap, two, one), np.where(swap, one, two)
    code = (kind[crowd.reading[one]] * votes.speakers + crowd.feed[one]) * votes.speakers + crowd.feed[two]
    sign = np.sign(readings.start[crowd.reading[two]] - readings.start[crowd.reading[one]])
    _, place, met = np.unique(code, return_inverse=True, return_counts=True)
    apart = np.bincount(place, np.abs(sign))
    tilt = np.abs(np.bincount(place, sign))
    steady = (apart >= SPLIT_EVENTS) & (apart * 2 >= met) & ((apart + tilt) / 2 >= SPLIT_SIGN * apart)
    wins = np.zeros(len(votes.event_of), dtype=bool)
    wins[winner] = True
    first, second = crowd.reading[one], crowd.reading[two]
    rival = np.where(wins[first], second, first)
    hit = steady[place] & (wins[first] != wins[second]) & (origins[rival] > 1.9)
    marked[votes.event_of[rival[hit]]] = True
    return marked
