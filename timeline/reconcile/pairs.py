"""How alike two claims are: named features of a pair, for deciding whether both tell one event.

The score of a pair is a sum of feature times weight (log odds, as in record linkage: Fellegi and Sunter, 1969). The weights
stand in ``weights.toml``; ``tests/benchmarks/cluster_weights.py`` fits them on cases with known answers and keeps them
near what a careful reader would guess (its ``PRIOR``). Those it names in ``HELD`` stand at their guesses.
"""

from __future__ import annotations

import math
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib import resources

from timeline.interval import Grain, Interval
from timeline.model import Claim, Status

COUNTERPART = 0.2  # rarity from which an actor tells events of a case apart: named in under half of its claims
PERIODS = frozenset({"time.same_period", "time.within_period", "time.same_year", "time.within_year"})
ENOUGH_WORDS = 0.3  # cosine; much is announced in a month, and only its words tell whether two tell of one thing
MOVES = frozenset({"arrive", "visit", "depart"})  # events that are what they are by their place
MEETINGS = frozenset({"meet", "dine", "talk"})  # events that are what they are by who is met
ASPECTS = frozenset({"begin", "finish", "postpone", "cancel", "whole", "part"})


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare words and actors are in a case, 1 for unique ones, near 0 for those every claim has."""

    words: Mapping[str, float]
    actors: Mapping[str, float]
    near: Mapping[str, frozenset[str]]
    beside: Mapping[str, frozenset[str]]  # actor -> those some claim names beside it


def rarity(claims: Sequence[Claim], near: Mapping[str, frozenset[str]]) -> Rarity:
    """The rarity of words and actors over the claims of a case."""
    beside: dict[str, set[str]] = {}
    for item in claims:
        for name in () if item.several else item.actors:
            beside.setdefault(name, set()).update(item.actors)
    return Rarity(
        words=_inverse([c.words for c in claims]),
        actors=_inverse([c.actors for c in claims]),
        near=near,
        beside={name: frozenset(others) for name, others in beside.items()},
    )


def _inverse(bags: Iterable[Collection[str]]) -> dict[str, float]:
    sets = [set(bag) for bag in bags]
    counts = Counter(word for bag in sets for word in bag)
    scale = math.log(len(sets) + 1) or 1.0
    return {word: math.log((len(sets) + 1) / n) / scale for word, n in counts.items()}


@cache
def weights() -> dict[str, float]:
    """The weight of each feature, in log odds (natural)."""
    text = resources.files("timeline.reconcile").joinpath("weights.toml").read_text(encoding="utf-8")
    return {name: float(value) for name, value in tomllib.loads(text)["pair"].items()}


def score(a: Claim, b: Claim, case: Rarity) -> float:
    """Log odds that two claims tell one event."""
    table = weights()
    return table["bias"] + sum(table[name] * value for name, value in features(a, b, case).items())


def features(a: Claim, b: Claim, case: Rarity) -> dict[str, float]:
    """The named features of a pair; absent ones are 0."""
    out: dict[str, float] = {_time(a, b): 1.0, _action(a, b, case): 1.0}
    out |= _words(a, b, case)
    out |= _actors(a, b, case)
    if not PERIODS.isdisjoint(out):
        out["period.few_words"] = 1.0 - min(1.0, out.get("words.cosine", 0.0) / ENOUGH_WORDS)
    out |= _places(a, b)
    if a.document == b.document:
        out["same_document"] = 1.0
        if (
            _clock(a)
            and _clock(b)
            and not _standing_aside(a, b)
            and _time(a, b) not in {"time.same_minute", "time.close"}
        ):
            out["same_document.other_clock" if _other_voice(a, b) else "same_document.own_clocks"] = 1.0
    if _aspect(a) and _aspect(b) and _aspect(a) != _aspect(b):
        out["aspect.other"] = 1.0
    if {"whole", "part"} <= {*a.actions, *b.actions} and not {"whole", "part"} <= set(a.actions) & set(b.actions):
        out["extent.other"] = 1.0
    if _numbers(a) and _numbers(b) and not _numbers(a) & _numbers(b):
        out["numbers.other"] = 1.0
    if (a.status is Status.RUMOURED) != (b.status is Status.RUMOURED) and Status.DENIED not in {a.status, b.status}:
        out["status.rumour"] = 1.0
    if Status.CANCELLED in {a.status, b.status} and Status.OCCURRED in {a.status, b.status}:
        out["status.other"] = 1.0
    return out


# --- time


def _time(a: Claim, b: Claim) -> str:
    x, y = a.interval, b.interval
    if x is None or y is None or x.start is None or y.start is None:
        return "time.unknown"
    coarse = max(x.grain, y.grain, key=lambda g: g.order)
    if x.meets(y):
        return _meeting(x, y, coarse)
    gap, moved = apart(x, y), _standing_aside(a, b)
    mixed = coarse is Grain.PART_OF_DAY and x.grain is not y.grain
    if mixed and gap <= timedelta(minutes=60) and not moved:
        return "time.apart.edge"  # "오전" and 12:23: the edge of a part of the day is soft
    if coarse.order <= Grain.PART_OF_DAY.order and a.document != b.document and _a_day_off(x, y):
        return "time.moved.day" if moved else "time.apart.slip"
    return _apart(gap, coarse, moved)


def _a_day_off(x: Interval, y: Interval) -> bool:
    """Whether the two would meet if one of them were a day earlier or later: a slip of the day."""
    steps = (timedelta(days=1), timedelta(days=-1))
    return any(apart(_shifted(x, step), y) <= timedelta(0) for step in steps)


def _shifted(x: Interval, step: timedelta) -> Interval:
    names = ("start", "end", "earliest", "latest")
    return x.model_copy(update={name: moment + step for name in names if (moment := getattr(x, name)) is not None})


def _meeting(x: Interval, y: Interval, coarse: Grain) -> str:
    assert x.start is not None
    assert y.start is not None
    same = x.start == y.start and x.grain == y.grain
    if coarse.is_clock():
        gap = abs(x.start - y.start)
        if gap > timedelta(minutes=12):
            return "time.overlapping"
        return "time.same_minute" if gap <= timedelta(minutes=2) else "time.close"
    if coarse is Grain.PART_OF_DAY:
        return "time.same_part" if same else "time.within_part"
    if coarse.order <= Grain.WEEK.order:
        return "time.same_day" if same else "time.within_day"
    if coarse.order >= Grain.YEAR.order:
        return "time.same_year" if same else "time.within_year"
    return "time.same_period" if same else "time.within_period"


def _apart(gap: timedelta, coarse: Grain, moved: bool) -> str:
    """Buckets of the distance, none finer than what the coarser of the two can tell."""
    side = "moved." if moved else "apart."
    for name, minutes, finest in _BUCKETS:
        if gap <= timedelta(minutes=minutes) and coarse.order <= finest.order:
            return f"time.{side}{name}"
    if moved and coarse.order >= Grain.PART_OF_MONTH.order and gap <= timedelta(days=60):
        return "time.moved.week"
    return "time.far"


_BUCKETS = (
    ("minutes", 20, Grain.HOUR),
    ("hour", 90, Grain.HOUR),
    ("hours", 360, Grain.HOUR),
    ("part", 360, Grain.PART_OF_DAY),
    ("halfday", 840, Grain.PART_OF_DAY),
    ("day", 2 * 1440, Grain.WEEKEND),
    ("week", 9 * 1440, Grain.WEEK),
)


def _standing_aside(a: Claim, b: Claim) -> bool:
    """Plan and outcome, or a number and its correction, may lie apart and still be one event."""
    plans = (a.status is Status.PLANNED) + (b.status is Status.PLANNED)
    later = plans == 2 and a.document != b.document
    return (
        plans == 1
        or later
        or a.superseded is not None
        or b.superseded is not None
        or Status.DENIED in {a.status, b.status}
    )


def apart(x: Interval, y: Interval) -> timedelta:
    """How long lies between two intervals at their widest; zero or less where they meet or an end is open."""
    lows: list[datetime] = [m for m in (x.low, y.low) if m is not None]
    highs: list[datetime] = [m for m in (x.high, y.high) if m is not None]
    if len(lows) < 2 or len(highs) < 2:
        return timedelta(0)
    return max(lows) - min(highs)


def _other_voice(a: Claim, b: Claim) -> bool:
    """Whether the report lets two voices speak: then even it may tell one event at two times."""
    return a.quoted or b.quoted or a.attribution != b.attribution


def _clock(item: Claim) -> bool:
    return item.interval is not None and item.interval.grain.is_clock()


# --- what, who, where


def _action(a: Claim, b: Claim, case: Rarity) -> str:
    x, y = _classes(a), _classes(b)
    if not x or not y:
        return "action.unknown"
    if x[0] == y[0]:
        return "action.same"
    if x[0] in y or y[0] in x:
        return "action.shared"
    if y[0] in case.near.get(x[0], ()) or x[0] in case.near.get(y[0], ()):
        return "action.near"
    return "action.overlap" if set(x) & set(y) else "action.other"


def _classes(item: Claim) -> list[str]:
    return [c for c in item.actions if c not in ASPECTS]


def _first(item: Claim) -> str:
    return next(iter(_classes(item)), "")


def _aspect(item: Claim) -> str:
    return next((c for c in item.actions if c in {"begin", "finish"}), "")


def _words(a: Claim, b: Claim, case: Rarity) -> dict[str, float]:
    x = {w: case.words[w] for w in a.words}
    y = {w: case.words[w] for w in b.words}
    common = x.keys() & y.keys()
    norm = math.sqrt(sum(v * v for v in x.values()) * sum(v * v for v in y.values()))
    out: dict[str, float] = {}
    if common and norm:
        shared = sum(x[w] ** 2 for w in common)
        out["words.cosine"] = shared / norm
        out["words.rare"] = min(3.0, sum(x[w] for w in common if x[w] >= 0.45))
    else:
        out["words.none"] = 1.0
    return out


def _numbers(item: Claim) -> set[str]:
    return {w for w in item.words if w.isdigit()}


def _actors(a: Claim, b: Claim, case: Rarity) -> dict[str, float]:
    """The people everyone tells of say little; it is the others that tell two meetings of one day apart."""
    x, y = _counterparts(a, case), _counterparts(b, case)
    if not x or not y:
        return {}
    shared = x & y
    if shared:
        return {"actors.shared": len(shared) / min(len(x), len(y))}
    if _spoken_of(x, b) or _spoken_of(y, a):
        return {}
    if _first(a) not in MEETINGS or _first(b) not in MEETINGS:
        return {"actors.other": 1.0}
    return {"actors.other": 1.0, "actors.other_met": 1.0}


def met_others(a: Claim, b: Claim, case: Rarity) -> bool:
    """Whether both tell a meeting, each with people whom no claim names beside those of the other.

    Names in two scripts cannot be compared, and tell nothing.
    """
    if "actors.other_met" not in _actors(a, b, case):
        return False
    x, y = _counterparts(a, case), _counterparts(b, case)
    beside = any(y & case.beside.get(name, frozenset()) for name in x)
    return not beside and _latin(x) == _latin(y)


def _counterparts(item: Claim, case: Rarity) -> set[str]:
    return {n for n in item.actors if case.actors[n] >= COUNTERPART}


def _latin(names: Iterable[str]) -> bool:
    return any(name.isascii() for name in names)


def _spoken_of(actors: Collection[str], other: Claim) -> bool:
    """Whether the other claim tells of one of them without naming it: "young firms" where this has "five young firms"."""
    return any(part.startswith(word) for a in actors for part in a.split() for word in other.words if len(word) > 2)


def _gone_elsewhere(a: Claim, b: Claim) -> bool:
    """Two of the same way of going somewhere, or somebody goes somewhere and is met at another place."""
    x, y = _first(a), _first(b)
    return (x in MOVES and y == x) or (x in MOVES and y in MEETINGS) or (y in MOVES and x in MEETINGS)


def _places(a: Claim, b: Claim) -> dict[str, float]:
    place = _place(a, b)
    names = [place, "place.other_goal"] if place == "place.other" and _gone_elsewhere(a, b) else [place]
    return {name: 1.0 for name in names if name}


def _place(a: Claim, b: Claim) -> str:
    """Compares the most specific words, those last: two halls of one city are two places."""
    if not a.place or not b.place:
        return ""
    x, y = a.place.replace(" ", ""), b.place.replace(" ", "")
    if x in y or y in x or a.place.split()[-1] in y or b.place.split()[-1] in x or _shortened(x, y) or _shortened(y, x):
        return "place.shared"
    return "place.other"


def _shortened(short: str, long: str) -> bool:
    """Whether one name leaves letters of the other out within: a shorter name of the same airport."""
    if len(short) < 3 or short[0] != long[0] or short[-2:] != long[-2:]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short)
