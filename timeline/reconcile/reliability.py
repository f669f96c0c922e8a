"""How far each source may be trusted, learned from all that is said and from known answers.

Without answers, a source's trust is how far the others, weighted by their own trust, stand behind what it says (truth
discovery by mutual reinforcement: Pasternack and Roth, COLING 2010). Two things keep it from locking on to a habit that
many share: nobody is borne out by his own copies, and the weighting grows steep slowly.
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

PRIOR = {
    Authority.RECORD: 0.95,
    Authority.OFFICIAL: 0.95,
    Authority.OWN: 0.8,
    Authority.ATTRIBUTED: 0.8,
    Authority.HEARSAY: 0.6,
}
"""How often a claim of each class is right before anything is learned (Admiralty grades A, C, C, D)."""

ROUNDS = 20
STEEP = 4.0  # weight of a source grows with this power of its trust at the end of learning, with the first at its start
SHARE_STEEP = 2.0  # and a reading's belief with this power of its weight, as in investment with growth
OTHER_KINDS = 0.3  # of its own kind of event a source's record counts this much less than that of the other kinds
SHRINK = 20.0  # informative events' worth of doubt about a source's trust
LABEL_SHRINK = 4.0  # known answers' worth of what was believed without them
SYNDICATED = 0.5  # a feed's voice grows with this power of its members: being taken up is a sign, not a proof
LEAST, MOST = 0.01, 0.99
TEMPER = 0.7  # of that evidence is kept: nobody is wholly independent
ALTERNATIVES = 10.0  # wrong times to choose from, where votes are weighed as independent evidence

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

    ``history`` counts the contested events a pair's speaker took part in, ``labels`` the known answers behind a pair;
    ``weighed`` tells that the answers favoured weighing all votes over following the best source.
    """

    pair: Ints
    value: Floats
    belief: Floats
    history: Floats
    labels: Floats
    anchored: bool = False
    weighed: bool = False


def learn(votes: Votes, feed: Ints) -> Trust:
    """Trust without any known answer.

    A vote is borne out by the share of belief that other feeds put into its reading; an event teaches the more, the
    more divided its feeds are (one minus the summed squares of the readings' shares of feeds).
    """
    import numpy as np

    pair, pair_speaker, _ = _pairs(votes)
    group = _grouped(votes.reading, votes.speakers, feed[votes.speaker])
    weight = votes.weight * _divided(votes, feed)[votes.event]
    seen: Floats = np.bincount(pair, weight, minlength=len(pair_speaker)).astype(np.float64)
    history: Floats = np.bincount(pair_speaker, seen, minlength=votes.speakers).astype(np.float64)[pair_speaker]
    value = np.ones(len(pair_speaker))
    for step in range(ROUNDS):
        ramp = min(1.0, step / (ROUNDS // 2 - 1))
        heavy = votes.weight * (value ** (1 + (STEEP - 1) * ramp))[pair]
        support = _support(votes, heavy, group, 1.0 if step < ROUNDS // 2 else SHARE_STEEP)
        got = np.bincount(pair, support * weight, minlength=len(pair_speaker))
        mean = got.sum() / max(seen.sum(), 1.0)
        all_got = np.bincount(pair_speaker, got, minlength=votes.speakers)[pair_speaker] - OTHER_KINDS * got
        value = (all_got + SHRINK * mean / 2) / (history - OTHER_KINDS * seen + SHRINK)
    belief = shares(votes, voice(votes, feed) * (value**STEEP)[pair], SHARE_STEEP)
    return Trust(pair, value, belief, history, np.zeros(len(value)))


def _grouped(first: Ints, size: int, second: Ints) -> Ints:
    """A group number for every row, one per pair of numbers."""
    import numpy as np

    group: Ints = np.unique(first * size + second, return_inverse=True)[1].astype(np.int64)
    return group


def _divided(votes: Votes, feed: Ints) -> Floats:
    """For each event, how divided its feeds are: 0 where all say the same."""
    import numpy as np

    met = np.unique(votes.reading * votes.speakers + feed[votes.speaker]) // votes.speakers
    size = np.bincount(met, minlength=len(votes.event_of)).astype(np.float64)
    total = np.bincount(votes.event_of, size, minlength=votes.events)
    squares = np.bincount(votes.event_of, size**2, minlength=votes.events)
    return np.asarray(1 - squares / np.maximum(total, 1.0) ** 2)


def voice(votes: Votes, feed: Ints) -> Floats:
    """Each vote's weight in choosing: a feed speaks once, somewhat louder the more take it up.

    Where members of a feed differ, those count less that tell fewer events than its fullest member, as late copies do.
    """
    import numpy as np

    of = feed[votes.speaker]
    same = _grouped(votes.reading, votes.speakers, of)
    whole = _grouped(votes.event, votes.speakers, of)
    alike = np.bincount(same)[same]
    members = np.bincount(whole)[whole]
    told = np.bincount(votes.speaker, minlength=votes.speakers)[votes.speaker].astype(np.float64)
    fullest_here, fullest = np.zeros(same.max() + 1), np.zeros(whole.max() + 1)
    np.maximum.at(fullest_here, same, told)
    np.maximum.at(fullest, whole, told)
    return np.asarray(votes.weight * members**SYNDICATED / alike * fullest_here[same] / fullest[whole])


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


def _support(votes: Votes, heavy: Floats, group: Ints, power: float) -> Floats:
    """For each vote, the belief in its reading by other feeds: nobody is borne out by himself or his copies."""
    import numpy as np

    mass = np.bincount(votes.reading, heavy, minlength=len(votes.event_of))
    grown = mass**power
    total = np.bincount(votes.event_of, grown, minlength=votes.events)
    without = np.maximum(mass[votes.reading] - np.bincount(group, heavy)[group], 0.0) ** power
    return np.asarray(without / np.maximum(total[votes.event] - grown[votes.reading] + without, 1e-300))


def anchor(votes: Votes, feed: Ints, trust: Trust, known: Bools, right: Bools) -> Trust:
    """Trust with known answers: ``known`` marks rows of answered events, ``right`` those of them that are right.

    r(s) = (right elsewhere + 4 t) / (answers elsewhere + 4), r(s, k) = (right + 4 r(s)) / (answers + 4), with t the
    trust learned without answers. Whether to follow the best source (odds) or to weigh votes as independent evidence
    (log odds) is chosen by the answers as well, each judged without itself.
    """
    import numpy as np

    pair, pair_speaker, _ = _pairs(votes)
    pairs = len(pair_speaker)
    said, hit = votes.weight * known, votes.weight * (known & right)
    asked_of: Floats = np.bincount(pair, said, minlength=pairs).astype(np.float64)
    right_of: Floats = np.bincount(pair, hit, minlength=pairs).astype(np.float64)
    all_asked = np.bincount(pair_speaker, asked_of, minlength=votes.speakers)[pair_speaker]
    all_right = np.bincount(pair_speaker, right_of, minlength=votes.speakers)[pair_speaker]
    value = _shrunk(asked_of, right_of, all_asked - asked_of, all_right - right_of, trust.value)
    others = (all_asked - asked_of)[pair], (all_right - right_of)[pair]
    left_out = _shrunk(asked_of[pair] - said, right_of[pair] - hit, *others, trust.value[pair])
    rules = (_follow, _weigh)
    answered = np.unique(votes.event[known & right])
    score = [_answered(votes, rule(votes, feed, left_out), known & right, answered) for rule in rules]
    weighed = score[1] > score[0]
    belief = rules[int(weighed)](votes, feed, value[pair])
    return Trust(pair, value, belief, trust.history, asked_of, anchored=True, weighed=weighed)


def _shrunk(asked: Floats, right: Floats, other_asked: Floats, other_right: Floats, prior: Floats) -> Floats:
    import numpy as np

    source = (other_right + LABEL_SHRINK * prior) / (other_asked + LABEL_SHRINK)
    return np.clip((right + LABEL_SHRINK * source) / (asked + LABEL_SHRINK), LEAST, MOST)


def _follow(votes: Votes, feed: Ints, value: Floats) -> Floats:
    return shares(votes, voice(votes, feed) * value / (1 - value), 1.0)


def _weigh(votes: Votes, feed: Ints, value: Floats) -> Floats:
    """Posterior of each reading from one tempered vote a feed, with wrong times to choose from (Dong et al. 2009)."""
    import numpy as np

    group = _grouped(votes.reading, votes.speakers, feed[votes.speaker])
    heavy = votes.weight * np.log(np.maximum(ALTERNATIVES * value / (1 - value), 1.05)) / np.bincount(group)[group]
    mass = TEMPER * np.bincount(votes.reading, heavy, minlength=len(votes.event_of))
    most = np.zeros(votes.events)
    np.maximum.at(most, votes.event_of, mass)
    grown = np.exp(mass - most[votes.event_of])
    return np.asarray(grown / np.bincount(votes.event_of, grown, minlength=votes.events)[votes.event_of])


def _answered(votes: Votes, belief: Floats, right: Bools, answered: Ints) -> int:
    """How many answered events have their answer as the most believed reading."""
    import numpy as np

    most = np.zeros(votes.events)
    np.maximum.at(most, votes.event_of, belief)
    hit = np.zeros(votes.events, dtype=bool)
    hit[votes.event[right & (belief[votes.reading] >= most[votes.event] - 1e-12)]] = True
    return int(hit[answered].sum())


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
