"""Claims to events: which claims of which documents tell the same event.

Pairs are scored by :mod:`timeline.reconcile.pairs`. Clusters grow from the best pair on by average linkage, so the order of
the input never matters. Three rules stand above the score: a sentence that corrects or moves a time speaks of one event,
two different times of one sentence speak of two, and so do meetings with people nobody names together. A claim that sums
up several events joins one of them only after they have come together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta

from timeline.interval import Grain, Interval
from timeline.model import Claim, Status
from timeline.reconcile.order import DAYS_COURSE
from timeline.reconcile.pairs import apart, met_others, rarity, score

Pair = tuple[str, str]

ALWAYS, NEVER = 100.0, -100.0
FORBIDDEN = -1000.0  # an editor's word, which nothing outweighs
JOIN_ABOVE = -2.2  # mean log odds; below even, for one wrong pair in a group is worth several right ones (own cases)
UNSCORED = -4.8  # a pair that shares nothing worth scoring
VETO = -3.0  # two clock times less likely than this to be of one event keep their groups apart
CAP = 5.0  # one overwhelming pair does not carry a group
FARTHEST_CLOCK = timedelta(hours=10)  # two clock times told of one event; further apart nobody confuses them
FARTHEST_DAY = timedelta(days=4)
BLOCK_FROM = 400  # claims; below, every pair is scored
BLOCK_SIZE = 60  # a word shared by more claims than this pairs nobody


@dataclass(frozen=True, slots=True)
class Rules:
    """What an editor has decided: pairs of claim ids that are one event, and pairs that are two."""

    must: frozenset[Pair] = frozenset()
    cannot: frozenset[Pair] = frozenset()

    def holds(self, pairs: frozenset[Pair], a: Claim, b: Claim) -> bool:
        """Whether the pair, either way round, is among them."""
        return (a.id, b.id) in pairs or (b.id, a.id) in pairs


def cluster(
    claims: Sequence[Claim], *, near: Mapping[str, frozenset[str]] | None = None, rules: Rules | None = None
) -> tuple[tuple[Claim, ...], ...]:
    """The claims grouped into events, each group and the groups sorted by claim id.

    ``near`` says which classes of action are told of one and the same event; ``rules`` what an editor decided.
    """
    ordered = sorted(claims, key=lambda c: c.id)
    copies = _copies(ordered)
    told = [c for c in ordered if c.id not in copies]
    decided = rules or Rules()
    timed = _timed_by_order(told)
    case = rarity(told, near or {})
    scores: dict[Pair, float] = {}
    for a, b in _candidates(told, decided):
        rule = _rule(a, b, decided)
        if rule is None and (_elsewhen(a, b, timed) or _elsewhen(b, a, timed) or met_others(a, b, case)):
            rule = NEVER
        value = rule if rule is not None else score(timed.get(a.id, a), timed.get(b.id, b), case)
        scores[a.id, b.id] = NEVER if value < VETO and _both_outcomes_by_the_clock(a, b) else value
    going_along: dict[str, list[Claim]] = defaultdict(list)
    for item in ordered:
        if item.id in copies:
            going_along[copies[item.id]].append(item)
    linked = {one for pair, value in scores.items() if value >= ALWAYS / 2 for one in pair}
    summaries = [c for c in told if c.several and c.id not in linked]
    grown = _with_summaries(_grow([c for c in told if c not in summaries], scores), summaries, scores)
    groups = [[c for m in g for c in (m, *going_along[m.id])] for g in grown]
    return tuple(sorted((tuple(sorted(g, key=lambda c: c.id)) for g in groups), key=lambda g: g[0].id))


def _copies(claims: Sequence[Claim]) -> dict[str, str]:
    """Claims that say word for word what another of the same origin says, and which: they decide nothing, they go along."""
    first: dict[tuple[object, ...], Claim] = {}
    out: dict[str, str] = {}
    for item in sorted(claims, key=lambda c: (c.document != c.origin, c.document, c.id)):
        key = (item.origin, " ".join(item.quote.split()), item.interval, item.status, item.superseded)
        original = first.setdefault(key, item)
        if original.document != item.document:
            out[item.id] = original.id
    return out


def _timed_by_order(claims: Sequence[Claim]) -> dict[str, Claim]:
    """Undated claims with the hours the order told leaves them: those after, before or during another's time."""
    known = {c.id: c.interval for c in claims if c.interval is not None and c.interval.start is not None}
    out = {}
    for item in claims:
        if item.interval is not None or not item.relations or item.relations[0].other not in known:
            continue
        beside = known[item.relations[0].other]
        assert beside.start is not None
        before = item.relations[0].kind == "before"
        start = beside.start - DAYS_COURSE if before else beside.start
        hours = Interval(
            start=start, end=start + DAYS_COURSE, grain=max(beside.grain, Grain.DAY, key=lambda grain: grain.order)
        )
        out[item.id] = item.model_copy(update={"interval": hours})
    return out


def _elsewhen(undated: Claim, other: Claim, timed: Mapping[str, Claim]) -> bool:
    """An undated claim goes with events near what it is told to follow, never with those of another year."""
    if undated.interval is not None or other.interval is None or other.interval.start is None:
        return False
    return undated.id not in timed or apart(timed[undated.id].interval, other.interval) > timedelta(0)  # type: ignore[arg-type]


def _rule(a: Claim, b: Claim, rules: Rules) -> float | None:
    if rules.holds(rules.cannot, a, b):
        return FORBIDDEN
    if rules.holds(rules.must, a, b) or b.id in a.must_link or a.id in b.must_link:
        return ALWAYS
    return NEVER if _cannot(a, b) else None


def _cannot(a: Claim, b: Claim) -> bool:
    """Two times of one sentence, or of two rows of a list, are two events, unless one refines, repeats or replaces the
    other; so are two outcomes told to lie further apart than any confusion explains."""
    if _too_far(a, b):
        return True
    if a.document != b.document or a.mention is None or b.mention is None or a.interval is None or b.interval is None:
        return False
    if a.mention.span == b.mention.span:
        return not set(a.actions) & set(b.actions) or not a.span.overlaps(b.span)
    if a.superseded is not None or b.superseded is not None or not ((a.row and b.row) or _same_sentence(a, b)):
        return False
    return not a.interval.meets(b.interval)


def _too_far(a: Claim, b: Claim) -> bool:
    if a.interval is None or b.interval is None or not (a.status is b.status is Status.OCCURRED):
        return False
    if a.superseded is not None or b.superseded is not None:
        return False
    x, y = a.interval, b.interval
    both_clock = x.grain.is_clock() and y.grain.is_clock()
    return apart(x, y) > (FARTHEST_CLOCK if both_clock else FARTHEST_DAY)


def _both_outcomes_by_the_clock(a: Claim, b: Claim) -> bool:
    """Whether both tell, to the minute or hour, what happened: then the pair itself must be likely, not only its group."""
    return all(
        c.interval is not None and c.interval.grain.is_clock() and c.status is Status.OCCURRED and c.superseded is None
        for c in (a, b)
    )


def _same_sentence(a: Claim, b: Claim) -> bool:
    return a.span.overlaps(b.span) or abs(a.span.start - b.span.end) <= 3 or abs(b.span.start - a.span.end) <= 3


def _candidates(claims: Sequence[Claim], rules: Rules) -> list[tuple[Claim, Claim]]:
    """Pairs worth scoring: all of a small case; else those that share a day and a word or class of action."""
    if len(claims) <= BLOCK_FROM:
        return [(a, b) for i, a in enumerate(claims) for b in claims[i + 1 :]]
    blocks: dict[str, list[int]] = defaultdict(list)
    place = {c.id: i for i, c in enumerate(claims)}
    for index, item in enumerate(claims):
        start = item.interval.start if item.interval else None
        day = start.date().isoformat() if start else ""
        for key in (*item.actions, *item.words[:12]):
            blocks[f"{key}|{day}"].append(index)
    pairs = {
        (i, j) for members in blocks.values() if len(members) <= BLOCK_SIZE for i in members for j in members if i < j
    }
    linked = [(c.id, other) for c in claims for other in c.must_link]
    for a, b in (*linked, *rules.must, *rules.cannot):
        if a in place and b in place:
            pairs.add((min(place[a], place[b]), max(place[a], place[b])))
    return [(claims[i], claims[j]) for i, j in sorted(pairs)]


def _grow(claims: Sequence[Claim], scores: dict[Pair, float]) -> list[list[Claim]]:
    """Average linkage: the best two groups are joined again and again, while that is likely enough."""
    groups: dict[str, list[str]] = {c.id: [c.id] for c in claims}
    home = {c.id: c.id for c in claims}
    fine = {c.id for c in claims if c.interval is not None and c.interval.grain.order <= Grain.PART_OF_DAY.order}
    while (best := _best(groups, home, scores, fine)) is not None:
        keep, gone = best
        groups[keep] += groups.pop(gone)
        for member in groups[keep]:
            home[member] = keep
    by_id = {c.id: c for c in claims}
    return [[by_id[m] for m in members] for members in groups.values()]


def _with_summaries(
    groups: Sequence[Sequence[Claim]], summaries: Sequence[Claim], scores: Mapping[Pair, float]
) -> list[list[Claim]]:
    """Claims that sum up several events bring none of them together: each goes with the one it fits best, or stands alone."""
    out = [list(group) for group in groups]
    alone: list[list[Claim]] = []
    for item in summaries:
        fits = [_linkage(_between(item, group, scores), len(group)) for group in groups]
        best = max(range(len(fits)), key=lambda i: (fits[i], -i), default=None)
        if best is not None and fits[best] > JOIN_ABOVE:
            out[best].append(item)
        else:
            alone.append([item])
    return out + alone


def _between(item: Claim, group: Sequence[Claim], scores: Mapping[Pair, float]) -> list[float]:
    pairs = ((min(item.id, other.id), max(item.id, other.id)) for other in group)
    return [scores[pair] for pair in pairs if pair in scores] or [UNSCORED]


def _best(groups: dict[str, list[str]], home: dict[str, str], scores: dict[Pair, float], fine: Set[str]) -> Pair | None:
    """The two groups likeliest to be one, the smaller id first; ``None`` where none are likely enough.

    Groups that both hold times finer than a day must fit by these: claims that name only the day fit many events of it
    and must not bring two together.
    """
    sums: dict[Pair, list[float]] = defaultdict(list)
    finer: dict[Pair, list[float]] = defaultdict(list)
    for (a, b), value in scores.items():
        if a not in home or b not in home:
            continue
        x, y = home[a], home[b]
        if x != y:
            pair = (min(x, y), max(x, y))
            sums[pair].append(value)
            if a in fine and b in fine:
                finer[pair].append(value)
    ranked = [
        (min(_linkage(v, len(groups[p[0]]) * len(groups[p[1]])), _mean(finer.get(p))), *p) for p, v in sums.items()
    ]
    value, x, y = min(ranked, key=lambda row: (-row[0], row[1], row[2]), default=(NEVER, "", ""))
    return (x, y) if value > JOIN_ABOVE else None


def _mean(values: Sequence[float] | None) -> float:
    if not values:
        return ALWAYS
    return ALWAYS if max(values) >= ALWAYS / 2 else sum(min(v, CAP) for v in values) / len(values)


def _linkage(values: Sequence[float], size: int) -> float:
    if min(values) <= FORBIDDEN / 2:
        return NEVER
    if max(values) >= ALWAYS / 2:
        return ALWAYS
    if min(values) <= NEVER / 2:
        return NEVER
    return (sum(min(v, CAP) for v in values) + UNSCORED * (size - len(values))) / size
