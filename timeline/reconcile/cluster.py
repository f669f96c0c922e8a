"""Claims to events: which claims of which documents tell the same event.

Pairs are scored by :mod:`timeline.reconcile.pairs`. Clusters grow from the best pair on by average linkage, so the order of
the input never matters. Four rules stand above the score: a sentence that corrects or moves a time speaks of one event, two
different times of one sentence speak of two, and so do meetings with people nobody names together, and what was done and
what a later report plans. A claim that sums up several events joins one of them only after they have come together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from heapq import heapify, heappop, heappush

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
    summaries = {c.id: c for c in told if c.several and c.id not in linked}
    grown = _with_summaries(_grow([c for c in told if c.id not in summaries], scores), [*summaries.values()], scores)
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
    other; so are two outcomes told to lie further apart than any confusion explains, and what was done and a later plan."""
    if _too_far(a, b) or _done_before_planned(a, b) or _done_before_planned(b, a):
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


def _done_before_planned(done: Claim, plan: Claim) -> bool:
    """What a report tells as over is not what a later report still awaits, of a day after the first was out."""
    if done.published is None or plan.published is None or plan.interval is None or plan.interval.start is None:
        return False
    told = done.status is Status.OCCURRED and done.told_past and plan.status is Status.PLANNED
    return told and done.published <= plan.published and plan.interval.start - done.published >= timedelta(days=1)


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


def _grow(claims: Sequence[Claim], scores: Mapping[Pair, float]) -> list[list[Claim]]:
    """Average linkage: the best two groups are joined again and again, while that is likely enough.

    Of equals the smaller ids come first. Joining two groups touches only the links of the two.
    """
    groups: dict[str, list[Claim]] = {c.id: [c] for c in claims}
    links = _links(claims, scores)
    heap = [(-link.value(1), *pair) for pair, link in _each(links)]
    heapify(heap)
    while heap:
        value, keep, gone = heappop(heap)
        link = links.get(keep, {}).get(gone)
        if link is None or -link.value(len(groups[keep]) * len(groups[gone])) != value:
            continue  # one of the two has grown since, and stands in the heap anew
        if -value <= JOIN_ABOVE:
            break
        groups[keep] += groups.pop(gone)
        for other, joined in _joined(links, keep, gone):
            size = len(groups[keep]) * len(groups[other])
            heappush(heap, (-joined.value(size), min(keep, other), max(keep, other)))
    return list(groups.values())


@dataclass(slots=True)
class _Link:
    """What is known of the pairs between two groups: their scores summed up, and those of finer times apart.

    Groups that both hold times finer than a day must fit by these: claims that name only the day fit many events of it
    and must not bring two together.
    """

    total: float = 0.0
    count: int = 0
    low: float = ALWAYS
    high: float = FORBIDDEN
    fine: float = 0.0
    fine_count: int = 0
    fine_high: float = FORBIDDEN

    def add(self, value: float, *, fine: bool) -> None:
        """One pair more."""
        self.total += min(value, CAP)
        self.count += 1
        self.low, self.high = min(self.low, value), max(self.high, value)
        if fine:
            self.fine += min(value, CAP)
            self.fine_count += 1
            self.fine_high = max(self.fine_high, value)

    def join(self, other: _Link) -> None:
        """The pairs of another link more."""
        self.total, self.count = self.total + other.total, self.count + other.count
        self.low, self.high = min(self.low, other.low), max(self.high, other.high)
        self.fine, self.fine_count = self.fine + other.fine, self.fine_count + other.fine_count
        self.fine_high = max(self.fine_high, other.fine_high)

    def value(self, size: int) -> float:
        """The mean log odds of the ``size`` pairs, and no more than that of the finer ones among them."""
        return min(self._linkage(size), self._finer())

    def _linkage(self, size: int) -> float:
        if self.low <= FORBIDDEN / 2:
            return NEVER
        if self.high >= ALWAYS / 2:
            return ALWAYS
        if self.low <= NEVER / 2:
            return NEVER
        return (self.total + UNSCORED * (size - self.count)) / size

    def _finer(self) -> float:
        if not self.fine_count or self.fine_high >= ALWAYS / 2:
            return ALWAYS
        return self.fine / self.fine_count


_Links = dict[str, dict[str, _Link]]


def _links(claims: Sequence[Claim], scores: Mapping[Pair, float]) -> _Links:
    """The links of groups of one claim each, by either name."""
    fine = {c.id for c in claims if c.interval is not None and c.interval.grain.order <= Grain.PART_OF_DAY.order}
    links: _Links = {c.id: {} for c in claims}
    for (a, b), value in scores.items():
        if a in links and b in links:
            link = links[a][b] = links[b][a] = _Link()
            link.add(value, fine=a in fine and b in fine)
    return links


def _each(links: _Links) -> Iterator[tuple[Pair, _Link]]:
    return (((a, b), link) for a, beside in links.items() for b, link in beside.items() if a < b)


def _joined(links: _Links, keep: str, gone: str) -> Iterator[tuple[str, _Link]]:
    """Gives the links of one group to another; yields every link of the group joined, new or old."""
    del links[keep][gone]
    for other, link in links.pop(gone).items():
        if other == keep:
            continue
        del links[other][gone]
        if other in links[keep]:
            links[keep][other].join(link)
        else:
            links[keep][other] = links[other][keep] = link
    yield from links[keep].items()


def _with_summaries(
    groups: Sequence[Sequence[Claim]], summaries: Sequence[Claim], scores: Mapping[Pair, float]
) -> list[list[Claim]]:
    """Claims that sum up several events bring none of them together: each goes with the one it fits best, or stands alone."""
    out = [list(group) for group in groups]
    alone: list[list[Claim]] = []
    for item in summaries:
        fits = [_fit(item, group, scores) for group in groups]
        best = max(range(len(fits)), key=lambda i: (fits[i], -i), default=None)
        if best is not None and fits[best] > JOIN_ABOVE:
            out[best].append(item)
        else:
            alone.append([item])
    return out + alone


def _fit(item: Claim, group: Sequence[Claim], scores: Mapping[Pair, float]) -> float:
    link = _Link()
    for other in group:
        if (value := scores.get((min(item.id, other.id), max(item.id, other.id)))) is not None:
            link.add(value, fine=False)
    return link.value(len(group)) if link.count else UNSCORED
