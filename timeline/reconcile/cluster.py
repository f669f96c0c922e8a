"""Claims to events: which claims of which documents tell the same event.

Pairs are scored by a sum of named weights (record linkage in the manner of Fellegi and Sunter, 1969): time first, then what
happens, who, where, and the rare words both use. Clusters grow from the best pair on by average linkage, so the order of the
input never matters. Two rules stand above the score: a sentence that corrects or moves a time speaks of one event, and two
different clock times of one sentence speak of two.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from timeline.interval import Grain, Interval
from timeline.model import Claim, Role, Status

Pair = tuple[str, str]

THRESHOLD = 3.0
NEVER = -100.0

# what each agreement or disagreement is worth
WEIGHTS = {
    "time.same_minute": 3.5,
    "time.close": 2.5,
    "time.hour": 0.8,
    "time.same_part": 1.4,
    "time.within_part": 1.2,
    "time.same_day": 0.8,
    "time.within_day": 0.6,
    "time.same_period": 2.6,
    "time.within_period": 1.6,
    "time.hours_apart": -0.6,
    "time.part_apart": -0.8,
    "time.day_apart": -3.0,
    "time.period_apart": -6.0,
    "time.plan_moved": -0.4,
    "time.unknown": -0.5,
    "action.same_head": 2.2,
    "action.shared": 1.5,
    "action.near": 1.0,
    "action.other": -2.2,
    "words.most": 5.0,
    "actors.rare": 1.0,
    "actors.other": -0.8,
    "place.shared": 0.8,
    "place.other": -0.5,
}


@dataclass(frozen=True, slots=True)
class Rules:
    """What an editor has decided: pairs of claim ids that are one event, and pairs that are two."""

    must: frozenset[Pair] = frozenset()
    cannot: frozenset[Pair] = frozenset()


@dataclass(slots=True)
class _Case:
    """Word and actor rarities over the claims of a case."""

    word_idf: dict[str, float]
    actor_idf: dict[str, float]
    near: dict[str, frozenset[str]] = field(default_factory=dict)


def cluster(
    claims: Sequence[Claim], *, near: dict[str, frozenset[str]] | None = None, rules: Rules | None = None
) -> tuple[tuple[Claim, ...], ...]:
    """The claims grouped into events, each group and the groups sorted by claim id.

    ``near`` says which classes of action are told of one and the same event; ``rules`` what an editor decided.
    """
    ordered = sorted(claims, key=lambda c: c.id)
    rules = rules or Rules()
    case = _Case(_rarity([c.words for c in ordered]), _rarity([c.actors for c in ordered]), near or {})
    scores = {(a.id, b.id): _score(a, b, case, rules) for a, b in _candidates(ordered)}
    groups = _grow(ordered, scores, rules)
    return tuple(sorted((tuple(sorted(g, key=lambda c: c.id)) for g in groups), key=lambda g: g[0].id))


def _rarity(bags: Iterable[Collection[str]]) -> dict[str, float]:
    bags = [set(b) for b in bags]
    counts = Counter(w for bag in bags for w in bag)
    total = max(1, len(bags))
    return {w: math.log((total + 1) / n) / math.log(total + 1) if total > 1 else 1.0 for w, n in counts.items()}


def _candidates(claims: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pairs worth scoring: they share a class of action, an uncommon word, or an exact time."""
    if len(claims) <= 400:
        return [(a, b) for i, a in enumerate(claims) for b in claims[i + 1 :]]
    blocks: dict[str, list[int]] = defaultdict(list)
    for index, item in enumerate(claims):
        day = item.interval.start.date().isoformat() if item.interval and item.interval.start else ""
        for key in (*item.actions, *item.words[:12]):
            blocks[f"{key}|{day}"].append(index)
    pairs = {(i, j) for members in blocks.values() if len(members) <= 60 for i in members for j in members if i < j}
    return [(claims[i], claims[j]) for i, j in sorted(pairs)]


# --- scoring a pair


def _score(a: Claim, b: Claim, case: _Case, rules: Rules) -> float:
    key = (a.id, b.id)
    if key in rules.must or b.id in a.must_link or a.id in b.must_link:
        return -NEVER
    if key in rules.cannot or _cannot(a, b):
        return NEVER
    return _time(a, b) + _action(a, b, case) + _words(a, b, case) + _actors(a, b, case) + _place(a, b)


def _cannot(a: Claim, b: Claim) -> bool:
    """Two times of one sentence are two events, unless one refines or repeats the other."""
    if a.document != b.document or a.mention is None or b.mention is None or a.interval is None or b.interval is None:
        return False
    if not _same_sentence(a, b) or a.mention.span == b.mention.span:
        return a.document == b.document and a.mention.span == b.mention.span and not set(a.actions) & set(b.actions)
    return not a.interval.meets(b.interval) and a.superseded is None and b.superseded is None


def _same_sentence(a: Claim, b: Claim) -> bool:
    return a.span.overlaps(b.span) or abs(a.span.start - b.span.end) <= 3 or abs(b.span.start - a.span.end) <= 3


def _time(a: Claim, b: Claim) -> float:
    x, y = a.interval, b.interval
    if x is None or y is None or x.start is None or y.start is None:
        return WEIGHTS["time.unknown"]
    moved = _moved(a, b)
    coarse = max(x.grain, y.grain, key=lambda g: g.order)
    if x.meets(y):
        return _meeting(x, y, coarse)
    gap = _gap(x, y)
    if coarse.order >= Grain.PART_OF_MONTH.order:
        return WEIGHTS["time.plan_moved"] if moved and gap <= timedelta(days=40) else WEIGHTS["time.period_apart"]
    if moved and gap <= timedelta(days=8):
        return WEIGHTS["time.plan_moved"]
    return _apart(x, y, gap, coarse)


def _meeting(x: Interval, y: Interval, coarse: Grain) -> float:
    assert x.start is not None and y.start is not None
    if coarse.is_clock():
        gap = abs(x.start - y.start)
        return WEIGHTS["time.same_minute"] if gap <= timedelta(minutes=2) else WEIGHTS["time.close"]
    same = x.start == y.start and x.grain == y.grain
    if coarse is Grain.PART_OF_DAY:
        return WEIGHTS["time.same_part" if same else "time.within_part"]
    if coarse.order <= Grain.WEEK.order:
        return WEIGHTS["time.same_day" if same else "time.within_day"]
    return WEIGHTS["time.same_period" if same else "time.within_period"]


def _apart(x: Interval, y: Interval, gap: timedelta, coarse: Grain) -> float:
    if coarse.is_clock() and gap <= timedelta(minutes=20):
        return WEIGHTS["time.hour"]
    if coarse.is_clock() and gap <= timedelta(minutes=90):
        return WEIGHTS["time.hours_apart"]
    if coarse.order <= Grain.PART_OF_DAY.order and gap <= timedelta(hours=6):
        return WEIGHTS["time.part_apart"] - gap / timedelta(hours=3)
    if gap < timedelta(days=2):
        return WEIGHTS["time.day_apart"] - gap / timedelta(days=1)
    return WEIGHTS["time.period_apart"]


def _moved(a: Claim, b: Claim) -> bool:
    """Plan and outcome, or an old and a new plan, may lie apart and still be one event."""
    plans = (a.status is Status.PLANNED) + (b.status is Status.PLANNED)
    return plans >= 1 or a.superseded is not None or b.superseded is not None


def _gap(x: Interval, y: Interval) -> timedelta:
    lows: list[datetime] = [m for m in (x.low, y.low) if m is not None]
    highs: list[datetime] = [m for m in (x.high, y.high) if m is not None]
    if len(lows) < 2 or len(highs) < 2:
        return timedelta(0)
    return max(lows) - min(highs)


def _action(a: Claim, b: Claim, case: _Case) -> float:
    if not a.actions or not b.actions:
        return 0.0
    if a.action == b.action:
        return WEIGHTS["action.same_head"]
    if a.action in b.actions or b.action in a.actions:
        return WEIGHTS["action.shared"]
    if b.action in case.near.get(a.action, ()) or a.action in case.near.get(b.action, ()):
        return WEIGHTS["action.near"]
    if set(a.actions) & set(b.actions):
        return WEIGHTS["action.near"]
    return WEIGHTS["action.other"]


def _words(a: Claim, b: Claim, case: _Case) -> float:
    x = {w: case.word_idf[w] for w in a.words}
    y = {w: case.word_idf[w] for w in b.words}
    shared = sum(x[w] ** 2 for w in x.keys() & y.keys())
    if not shared:
        return -0.5
    norm = math.sqrt(sum(v * v for v in x.values()) * sum(v * v for v in y.values()))
    return WEIGHTS["words.most"] * min(1.0, 1.3 * shared / norm) - 0.5


def _actors(a: Claim, b: Claim, case: _Case) -> float:
    if not a.actors or not b.actors:
        return 0.0
    shared = set(a.actors) & set(b.actors)
    if shared:
        return WEIGHTS["actors.rare"] * max(case.actor_idf[s] for s in shared)
    return WEIGHTS["actors.other"]


def _place(a: Claim, b: Claim) -> float:
    if not a.place or not b.place:
        return 0.0
    x, y = a.place.replace(" ", ""), b.place.replace(" ", "")
    if x in y or y in x or set(a.place.split()) & set(b.place.split()):
        return WEIGHTS["place.shared"]
    return WEIGHTS["place.other"]


# --- growing clusters


def _grow(claims: Sequence[Claim], scores: dict[Pair, float], rules: Rules) -> list[list[Claim]]:
    """Average linkage from the best pair on; a pair that was never scored counts as disagreement."""
    groups: dict[str, list[str]] = {c.id: [c.id] for c in claims}
    home = {c.id: c.id for c in claims}
    for (a, b), score in sorted(scores.items(), key=lambda kv: (-kv[1], kv[0])):
        if score < THRESHOLD:
            break
        x, y = home[a], home[b]
        if x == y:
            continue
        if score > -NEVER / 2 or _linkage(groups[x], groups[y], scores) >= THRESHOLD:
            keep, gone = sorted((x, y))
            groups[keep] += groups.pop(gone)
            for member in groups[keep]:
                home[member] = keep
    by_id = {c.id: c for c in claims}
    return [[by_id[m] for m in members] for members in groups.values()]


def _linkage(x: Sequence[str], y: Sequence[str], scores: dict[Pair, float]) -> float:
    values = [scores.get((min(a, b), max(a, b)), -3.0) for a in x for b in y]
    if min(values) <= NEVER / 2:
        return NEVER
    capped = [min(v, 9.0) for v in values]
    return sum(capped) / len(capped)
