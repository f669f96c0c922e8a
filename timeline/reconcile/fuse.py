"""Several tellings of one time -> the best estimate, its window, its rivals, its probability and why.

Each independent origin gives its mode weight in bits: the first log2(r / (1 - r)) for reliability r, each further one
what it takes away of the remaining doubt. The probability of the best mode is its weight against the rivals' and
against "none of them"; every step is a row, and the rows add up to log2(p / (1 - p)). Copies share an origin and count
once (the lesson of copy-aware truth discovery: Dong, Berti-Equille and Srivastava, PVLDB 2009). Times that contradict
each other are never averaged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from math import log2

from timeline.interval import Grain, Interval
from timeline.model import Authority, Evidence
from timeline.reconcile.kernel import MINUTE, OPEN, slip_between
from timeline.reconcile.vote import Fusion, Mode, Told, Vote, admit, modes
from timeline.sentences import Sentences

__all__ = ["Fusion", "Mode", "Vote", "fuse"]

SHARE_OF_DOUBT = 0.75  # a further origin of reliability r leaves 1 - 0.75 r of the doubt: nobody is wholly independent
RIVAL_FACTOR = 1.0  # bits by which the first mode must lead the second to be called resolved (a factor of two)
CEILING = 0.985  # nothing told by people is surer than this
FLOOR = 0.02
NEITHER = 1.0  # weight of "none of the readings", against 2**bits of each
NEITHER_AFTER_SLIP = 0.5  # where a slip of am/pm or day explains the rival, one of the two is likely right
VAGUE_SHARE = {True: 0.5, False: 0.2}  # what a clock time / a date vaguer than the best adds to the best's minute
# A vaguer answer is easier to hit, in bits; said of the answer only, never weighed between readings.
EASE = {Grain.SECOND: 0.0, Grain.MINUTE: 0.0, Grain.HOUR: 0.25, Grain.PART_OF_DAY: 0.5}
EASE_OF_DATES = 1.0
_REST = 2
_SAID_OF = {Authority.RECORD, Authority.OFFICIAL, Authority.HEARSAY}
_ORDER = dict.fromkeys(Authority, _REST) | {Authority.RECORD: 0, Authority.OFFICIAL: 1}


@dataclass(frozen=True)
class _Reading:
    told: tuple[Told, ...]
    low: int
    high: int
    best: int
    lead: Told  # the finest, most reliable claim: gives grain and nominal reading
    rows: tuple[Evidence, ...]
    authority: int
    origins: int

    @property
    def official(self) -> bool:
        return self.authority < _REST

    @property
    def bits(self) -> float:
        return sum(row.weight for row in self.rows)


def fuse(votes: Sequence[Vote], say: Sentences | None = None) -> Fusion:
    """Fuse the votes on one time; their order does not matter. ``say`` words the evidence rows, in English by default.

    Raises ``ValueError`` for no votes at all, or none with a time: an undated event gets no time here.
    """
    told, unused = admit(votes)
    if not told:
        raise ValueError("no vote with a time: an event without a dated claim has no time to fuse")
    words = say or Sentences("en")
    readings = [_read(group, words) for group in modes(told)]
    order = sorted(readings, key=lambda reading: _rank(reading, _telling(reading, readings, words)))
    chosen, rivals = order[0], order[1:]
    impossible = all(t.vote.claim in unused for t in told)
    rows, probability = _weigh(chosen, rivals, impossible, words)
    alone = chosen.official and not any(r.official for r in rivals)
    near = bool(rivals) and chosen.bits - max(r.bits for r in rivals) < RIVAL_FACTOR
    total = sum(2**r.bits for r in order) + NEITHER
    zone = _zone(chosen.lead)
    interval = _interval(chosen, zone)
    return Fusion(
        best=_moment(chosen.best, zone),
        start=interval.start,
        end=interval.end,
        earliest=interval.earliest,
        latest=interval.latest,
        grain=interval.grain,
        approximate=interval.approximate,
        modes=tuple(_mode(r, 2**r.bits / total) for r in order),
        probability=probability,
        resolved=not impossible and (alone or not near),
        evidence=rows,
        unused=tuple(sorted(unused)),
    )


def _read(told: tuple[Told, ...], say: Sentences) -> _Reading:
    low = max(t.window.low for t in told)
    high = min(t.window.high for t in told)
    finest = min(t.window.spread for t in told)
    near = [t for t in told if t.window.spread <= 2 * finest]
    lead = min(near, key=lambda t: (t.window.spread, -t.vote.reliability, t.window.start, t.key))
    best = _between(near, lead, low, high)
    rows = _support(told, finest, say)
    authority = min((_ORDER[t.vote.authority] for t in told), default=_REST)
    return _Reading(told, low, high, best, lead, rows, authority, len({_origin(t) for t in told}))


def _between(near: Sequence[Told], lead: Told, low: int, high: int) -> int:
    """An exact claim's own time; else the mean of comparable hedged ones, one per origin, within what all allow."""
    if lead.window.exact or lead.vote.interval.grain.order > Grain.MINUTE.order:
        return min(max(lead.window.start, low), high)
    one_each: dict[str, Told] = {}
    for told in near:
        one_each.setdefault(_origin(told), told)
    weights = [
        (log2(1 + t.vote.reliability / (1 - t.vote.reliability)) / t.window.spread, t) for t in one_each.values()
    ]
    mean = sum(w * t.window.start for w, t in weights) / sum(w for w, _ in weights)
    return min(max(round(mean / MINUTE) * MINUTE, low), high)


def _origin(told: Told) -> str:
    return told.vote.origin or told.vote.source or told.vote.claim


def _support(told: Sequence[Told], finest: int, say: Sentences) -> tuple[Evidence, ...]:
    """One row for each independent origin, strongest first; a claim vaguer than the answer adds only a share."""
    groups: dict[str, list[Told]] = {}
    for one in told:
        groups.setdefault(_origin(one), []).append(one)
    speakers = []
    for members in groups.values():
        first = min(members, key=lambda t: (t.window.spread > 2 * finest, t.key))
        speakers.append((_share(first, finest), first, tuple(t.vote.claim for t in members)))
    speakers.sort(key=lambda s: (-s[0], -s[1].vote.reliability, s[1].key))
    rows = []
    for rank, (share, first, claims) in enumerate(speakers):
        r = first.vote.reliability
        bits = log2(r / (1 - r)) if rank == 0 else -log2(1 - SHARE_OF_DOUBT * r) * share
        rows.append(Evidence(reason=_reason(first, rank, share, len(claims), say), weight=bits, claims=claims))
    return tuple(rows)


def _share(told: Told, finest: int) -> float:
    if told.window.spread <= 2 * finest:
        return 1.0
    return VAGUE_SHARE[told.vote.interval.grain.is_clock()]


def _reason(told: Told, rank: int, share: float, claims: int, say: Sentences) -> str:
    who = told.vote.source or _origin(told)
    if told.vote.authority in _SAID_OF:
        who = say(str(told.vote.authority), who=who)
    how = "first" if rank == 0 else "agrees" if share == 1.0 else "vaguer"
    return say(how, who=who) + (say("copies", n=claims) if claims > 1 else "")


def _telling(reading: _Reading, readings: Sequence[_Reading], say: Sentences) -> float:
    """The weight of the claims that tell this reading from another: what fits every reading decides nothing."""
    common = set.intersection(*({t.vote.claim for t in r.told} for r in readings)) if len(readings) > 1 else set()
    own = [t for t in reading.told if t.vote.claim not in common]
    if not own:
        return 0.0
    return sum(row.weight for row in _support(own, min(t.window.spread for t in own), say))


def _rank(reading: _Reading, telling: float) -> tuple[object, ...]:
    """Authority first, then the weight that tells readings apart; ties by fineness and time, so that the order is fixed."""
    return (
        reading.authority,
        -round(telling, 9),
        reading.lead.window.spread,
        -reading.origins,
        reading.best,
        reading.lead.key,
    )


def _weigh(
    chosen: _Reading, rivals: Sequence[_Reading], impossible: bool, say: Sentences
) -> tuple[tuple[Evidence, ...], float]:
    rows = [Evidence(reason=say("prior"), weight=0.0), *chosen.rows]
    if rivals:
        rows += _against(chosen, rivals, say)
    grain = chosen.lead.vote.interval.grain
    if ease := EASE.get(grain, EASE_OF_DATES):
        rows.append(Evidence(reason=say("ease", grain=say(f"grain_{grain.value}")), weight=ease))
    if impossible:
        rows.append(Evidence(reason=say("impossible"), weight=-4.0))
    odds = sum(row.weight for row in rows)
    top, bottom = log2(CEILING / (1 - CEILING)), log2(FLOOR / (1 - FLOOR))
    bounded = min(max(odds, bottom), top)
    if bounded != odds:
        rows.append(Evidence(reason=say("limit"), weight=bounded - odds))
    return tuple(rows), 1 / (1 + 2**-bounded)


def _against(chosen: _Reading, rivals: Sequence[_Reading], say: Sentences) -> list[Evidence]:
    """What the rivals take away, row by row; a slip of half a day or a day is named and makes "neither" less likely."""
    shared = {t.vote.claim for t in chosen.told}
    rows, weight = [], NEITHER
    for rival in rivals:
        grown = weight + 2**rival.bits
        own = tuple(t.vote.claim for t in rival.told if t.vote.claim not in shared)
        text = _moment(rival.best, _zone(rival.lead)).isoformat(timespec="minutes")
        loss = -log2(grown / weight)
        rows.append(Evidence(reason=say("rival", x=text, n=rival.origins), weight=loss, claims=own))
        weight = grown
    slips = [slip_between(chosen.best, rival.best) for rival in rivals]
    if all(slips):
        gain = log2(weight / (weight - NEITHER + NEITHER_AFTER_SLIP))
        rows.append(Evidence(reason=say("slip", slip=slips[0]), weight=gain))
    return rows


def _zone(told: Told) -> tzinfo:
    interval = told.vote.interval
    moment = interval.start or interval.end
    return (moment.tzinfo if moment is not None else None) or UTC


def _moment(at: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(at, tz=UTC).astimezone(zone)


def _interval(reading: _Reading, zone: tzinfo) -> Interval:
    """The joint reading: the lead's nominal interval, or the minute between hedged claims."""
    lead = reading.lead
    told = lead.vote.interval
    moved = reading.best != lead.window.start or told.start is None
    start = _moment(reading.best, zone) if moved else told.start
    end = told.end
    if moved:
        length = lead.window.end - lead.window.start if told.grain.order <= Grain.MINUTE.order else 0
        end = max(
            _moment(reading.best + max(length, 0), zone),
            told.end if told.end and length == 0 else _moment(reading.best, zone),
        )
    nominal = [t.window.start for t in reading.told if t.window.spread <= 2 * lead.window.spread and not t.window.exact]
    low, high = reading.low, reading.high
    if not lead.window.exact:
        low, high = min([low, *nominal]), max([high, *nominal])
    return Interval(
        start=start,
        end=end,
        earliest=None if low <= -OPEN else _moment(low, zone),
        latest=None if high >= OPEN else _moment(high, zone),
        grain=told.grain,
        approximate=told.approximate or (moved and not lead.window.exact),
    )


def _mode(reading: _Reading, mass: float) -> Mode:
    zone = _zone(reading.lead)
    return Mode(
        interval=_interval(reading, zone),
        best=_moment(reading.best, zone),
        mass=mass,
        origins=reading.origins,
        claims=tuple(sorted({t.vote.claim for t in reading.told})),
        official=reading.official,
    )
