"""How far each source may be trusted, learned from all that is said and from known answers.

Without answers, a source's trust is how far the others, weighted by their own trust, stand behind what it says (truth
discovery by mutual reinforcement: Pasternack and Roth, COLING 2010). Two things keep it from locking on to a habit that
many share: a source is judged for one kind of event mostly by the *other* kinds, and the weighting grows steep slowly.
With answers, counts of right and wrong are shrunk towards what is known without them (Beta prior). Sources that never
differ where others do are one feed. All of it is arrays, sums by group and fixed sort orders: nothing is random.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from timeline.model import Authority

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints: TypeAlias = NDArray[np.int64]
    Floats: TypeAlias = NDArray[np.float64]
    Bools: TypeAlias = NDArray[np.bool_]

PRIOR = {Authority.OFFICIAL: 0.95, Authority.OWN: 0.8, Authority.ATTRIBUTED: 0.8, Authority.HEARSAY: 0.6}
"""How often a claim of each class is right before anything is learned (Admiralty grades A, C, C, D)."""

ROUNDS = 20
STEEP = 3.0  # weight of a source grows with this power of its trust at the end of learning, with the first at its start
SHARE_STEEP = 2.0  # and a reading's belief with this power of its weight, as in investment with growth
SHRINK = 10.0  # events' worth of doubt about a source's trust
LABEL_SHRINK = 4.0  # known answers' worth of what was believed without them
LEAST, MOST = 0.01, 0.99

FEED_SAMPLE = 20_000  # contested events looked at to find feeds
FEED_WIDTH = 64  # sources compared within one event
FEED_SOURCES = 1_000  # sources compared at all: those with the most contested claims
FEED_SHARED = 8  # contested events two sources must share before they can be called one feed
FEED_AGREE = 0.9  # agreement that makes a feed; agreeing on what everybody says counts little


@dataclass(frozen=True)
class Votes:
    """Who supports which reading: one row per claim and reading.

    ``reading`` numbers readings from 0, grouped by event in order; ``event_of`` gives a reading's event; ``weight``
    is in [0, 1].
    """

    event: Ints
    kind: Ints
    speaker: Ints
    reading: Ints
    weight: Floats
    event_of: Ints
    events: int
    kinds: int
    speakers: int


@dataclass(frozen=True)
class Trust:
    """Trust of each (speaker, kind) pair met: ``pair`` per vote row, ``value`` per pair; and each reading's belief.

    ``history`` counts the contested events a pair's speaker took part in, ``labels`` the known answers behind a pair.
    """

    pair: Ints
    value: Floats
    belief: Floats
    history: Floats
    labels: Floats
    anchored: bool


def learn(votes: Votes) -> Trust:
    """Trust without any known answer."""
    import numpy as np

    pair, pair_speaker, pair_kind = _pairs(votes)
    contested = (np.bincount(votes.event_of, minlength=votes.events) > 1)[votes.event]
    seen: Floats = np.bincount(pair[contested], votes.weight[contested], minlength=len(pair_speaker)).astype(float)
    history: Floats = np.bincount(pair_speaker, seen, minlength=votes.speakers).astype(float)[pair_speaker]
    own = 1.0 / max(1, len(np.unique(pair_kind)))
    value = np.ones(len(pair_speaker))
    for step in range(ROUNDS):
        ramp = min(1.0, step / (ROUNDS // 2 - 1))
        heavy = votes.weight * (value ** (1 + (STEEP - 1) * ramp))[pair]
        support = _support(votes, heavy, 1.0 if step < ROUNDS // 2 else SHARE_STEEP)
        got = np.bincount(pair[contested], (support * votes.weight)[contested], minlength=len(pair_speaker))
        mean = got.sum() / max(seen.sum(), 1.0)
        others_got = np.bincount(pair_speaker, got, minlength=votes.speakers)[pair_speaker] - (1 - own) * got
        others_seen = history - (1 - own) * seen
        value = (others_got + SHRINK * mean / 2) / (others_seen + SHRINK)
    belief = shares(votes, votes.weight * (value**STEEP)[pair], SHARE_STEEP)
    return Trust(pair, value, belief, np.asarray(history), np.zeros(len(value)), anchored=False)


def _pairs(votes: Votes) -> tuple[Ints, Ints, Ints]:
    import numpy as np

    code, pair = np.unique(votes.speaker * votes.kinds + votes.kind, return_inverse=True)
    return pair.astype(np.int64), code // votes.kinds, code % votes.kinds


def shares(votes: Votes, heavy: Floats, power: float) -> Floats:
    """Each reading's share of its event's belief, from the weights of its votes raised to ``power``."""
    import numpy as np

    mass = np.bincount(votes.reading, heavy, minlength=len(votes.event_of)) ** power
    total = np.bincount(votes.event_of, mass, minlength=votes.events)
    return np.asarray(mass / np.maximum(total[votes.event_of], 1e-300))


def _support(votes: Votes, heavy: Floats, power: float) -> Floats:
    """For each vote, the belief in its reading by everybody else: nobody confirms himself."""
    import numpy as np

    mass = np.bincount(votes.reading, heavy, minlength=len(votes.event_of))
    grown = mass**power
    total = np.bincount(votes.event_of, grown, minlength=votes.events)
    without = np.maximum(mass[votes.reading] - heavy, 0.0) ** power
    return np.asarray(without / np.maximum(total[votes.event] - grown[votes.reading] + without, 1e-300))


def anchor(votes: Votes, trust: Trust, known: Bools, right: Bools) -> Trust:
    """Trust with known answers: ``known`` marks rows of answered events, ``right`` those with the answer.

    r(s) = (right elsewhere + 4 t) / (answers elsewhere + 4), r(s, k) = (right + 4 r(s)) / (answers + 4) with t the trust
    learned without answers.
    """
    import numpy as np

    pair, pair_speaker, _ = _pairs(votes)
    asked: Floats = np.bincount(pair[known], votes.weight[known], minlength=len(pair_speaker)).astype(float)
    hit = np.bincount(pair[known & right], votes.weight[known & right], minlength=len(pair_speaker))
    all_asked = np.bincount(pair_speaker, asked, minlength=votes.speakers)[pair_speaker]
    all_hit = np.bincount(pair_speaker, hit, minlength=votes.speakers)[pair_speaker]
    source = (all_hit - hit + LABEL_SHRINK * trust.value) / (all_asked - asked + LABEL_SHRINK)
    value = np.clip((hit + LABEL_SHRINK * source) / (asked + LABEL_SHRINK), LEAST, MOST)
    return Trust(pair, value, trust.belief, trust.history, asked, anchored=True)


# --- feeds


def feeds(votes: Votes) -> Ints:
    """A feed number for every speaker: those that never differ where others do share one (lowest speaker's number).

    Agreement is counted over contested events, weighted by how unusual the shared reading is there; groups grow by
    average linkage from the most alike pair on, and need :data:`FEED_SHARED` shared events.
    """
    import numpy as np

    feed = np.arange(votes.speakers, dtype=np.int64)
    rows = _sampled(votes)
    if not len(rows):
        return feed
    agree, met, count, speakers = _agreement(votes, rows)
    likeness = np.where(count >= FEED_SHARED, agree / np.maximum(met, 1e-9), 0.0)
    group = {i: [i] for i in range(len(speakers))}
    home = list(range(len(speakers)))
    left, right = np.nonzero(np.triu(likeness >= FEED_AGREE, 1))
    order = np.lexsort((right, left, -np.round(likeness[left, right], 9)))
    for i, j in zip(left[order].tolist(), right[order].tolist(), strict=True):
        a, b = home[i], home[j]
        if a != b and _linked(likeness, count, group[a], group[b]):
            keep, gone = min(a, b), max(a, b)
            group[keep] += group.pop(gone)
            for member in group[keep]:
                home[member] = keep
    for i, leader in enumerate(home):
        feed[speakers[i]] = speakers[min(group[leader])]
    return feed


def _linked(likeness: Floats, count: Floats, one: list[int], other: list[int]) -> bool:
    import numpy as np

    known = count[np.ix_(one, other)] >= FEED_SHARED
    if known.sum() * 2 < known.size:
        return False
    return bool(likeness[np.ix_(one, other)][known].mean() >= FEED_AGREE)


def _sampled(votes: Votes) -> Ints:
    """Rows of whole votes (weight 1) in evenly spaced contested events; the most active speakers only."""
    import numpy as np

    contested = np.bincount(votes.event_of, minlength=votes.events) > 1
    rows = np.nonzero(contested[votes.event] & (votes.weight > 0.99))[0]
    events = np.unique(votes.event[rows])
    if len(events) > FEED_SAMPLE:
        events = events[np.linspace(0, len(events) - 1, FEED_SAMPLE).astype(np.int64)]
        rows = rows[np.isin(votes.event[rows], events)]
    active = np.bincount(votes.speaker[rows], minlength=votes.speakers)
    if votes.speakers > FEED_SOURCES:
        chosen = np.argsort(-active, kind="stable")[:FEED_SOURCES]
        rows = rows[np.isin(votes.speaker[rows], chosen)]
    return rows


def _agreement(votes: Votes, rows: Ints) -> tuple[Floats, Floats, Floats, Ints]:
    """Weighted agreement, weighted meetings and plain count for each pair of speakers met in the rows; the speakers."""
    import numpy as np

    rows = rows[np.argsort(votes.event[rows], kind="stable")]
    speakers, who = np.unique(votes.speaker[rows], return_inverse=True)
    size = np.bincount(votes.reading, minlength=len(votes.event_of))
    whole = np.bincount(votes.event, minlength=votes.events)
    rare = 1 - size[votes.reading[rows]] / np.maximum(whole[votes.event[rows]], 1)
    one, two = pairs_within(votes.event[rows], FEED_WIDTH)
    same = votes.reading[rows][one] == votes.reading[rows][two]
    weight = np.where(same, rare[one], 1.0)
    code = who[one] * len(speakers) + who[two]
    n = len(speakers) ** 2
    shape = (len(speakers), len(speakers))
    met: Floats = np.bincount(code, weight, minlength=n).reshape(shape).astype(np.float64)
    agree: Floats = np.bincount(code, weight * same, minlength=n).reshape(shape).astype(np.float64)
    count = np.bincount(code, minlength=n).reshape(shape).astype(np.float64)
    return agree + agree.T, met + met.T, count + count.T, speakers


def pairs_within(group: Ints, width: int) -> tuple[Ints, Ints]:
    """All pairs (i < j) of positions within a group, for sorted group numbers; the first ``width`` of a group only."""
    import numpy as np

    starts = np.nonzero(np.r_[True, group[1:] != group[:-1]])[0]
    ends = np.r_[starts[1:], len(group)]
    position = np.arange(len(group))
    begin = np.repeat(starts, ends - starts)
    rank = position - begin
    last = np.minimum(np.repeat(ends, ends - starts), begin + width)
    ahead = np.where(rank < width, last - position - 1, 0)
    one = np.repeat(position, ahead)
    offset = np.arange(len(one)) - np.repeat(np.cumsum(ahead) - ahead, ahead)
    return one, one + 1 + offset
