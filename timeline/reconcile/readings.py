"""Columns of claims -> readings: the times an event may have had, and which claim stands behind which.

Claims as fine as the finest of their event stand each for their own time; hedged or vaguer ones stand behind every
finer reading they allow, and make a reading of their own only where they allow none. Of one source's claims on one
event the last published counts; repeated ones count once; several at once share its vote.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np

from timeline.interval import Grain
from timeline.reconcile.fuse import VAGUE_SHARE
from timeline.reconcile.kernel import MINUTE
from timeline.reconcile.reliability import Votes
from timeline.reconcile.structured_read import COLUMNS, GRAINS, UNKNOWN, Columns
from timeline.reconcile.twins import twins

if TYPE_CHECKING:
    from timeline.reconcile.reliability import Bools, Floats, Ints


RUMOUR = 0.5  # of a vote is what a rumour has
REPLACED = frozenset({"event", "kind", "speaker", "source", "rumour"})
CHOICES = 64  # a claim that allows more readings than this tells nothing about which


@dataclass(frozen=True)
class Readings:
    """Readings grouped by event, ``first[e] : first[e + 1]``; times in seconds since 1970; and the votes on them.

    ``number`` gives an event's number here by that of its name in order of first meeting. ``said`` is the nominal start
    of each vote's claim, ``rounded`` marks the hedged minutes among them that are not the reading's own. ``claims`` and
    ``sources`` count per event; ``impossible`` marks events of which every claim lies after its own publication;
    ``names`` are the speakers' names by number.
    """

    votes: Votes
    number: Ints
    said: Ints
    rounded: Bools
    first: Ints
    start: Ints
    end: Ints
    low: Ints
    high: Ints
    grain: Ints
    hedged: Ints
    names: tuple[str, ...]
    claims: Ints
    sources: Ints
    impossible: Bools


@dataclass
class _Table:
    """The claims that have a say, as arrays in a fixed order; ``low`` and ``high`` are the closed window."""

    event: Ints
    kind: Ints
    speaker: Ints
    start: Ints
    end: Ints
    low: Ints
    high: Ints
    grain: Ints
    hedged: Ints
    say: Ints
    published: Ints
    weight: Floats

    def take(self, rows: Ints | Bools) -> _Table:
        return _Table(**{name: values[rows] for name, values in vars(self).items()})


def read(columns: Columns) -> Readings:
    """All readings of all events; the order of claims does not matter."""
    events = len(columns.events)
    rows = np.frombuffer(columns.numbers, dtype=np.int64).reshape(-1, len(COLUMNS))
    column = dict(zip(COLUMNS, rows.T, strict=True))
    source_number, names = _sorted_numbers(list(columns.sources))
    kind_number, _ = _sorted_numbers(list(columns.kinds))
    event_number, _ = _sorted_numbers([(isinstance(key, int), key) for key in columns.events])
    table = _Table(
        event=event_number[column["event"]],
        kind=kind_number[column["kind"]],
        speaker=source_number[column["speaker"]],
        weight=np.where(column["rumour"] == 1, RUMOUR, 1.0),
        **{name: column[name] for name in COLUMNS if name not in REPLACED},
    )
    claims = np.bincount(table.event, minlength=events)
    told_by = np.unique(table.event * len(names) + column["source"])
    sources = np.bincount(told_by // max(1, len(names)), minlength=events)
    most = np.zeros(events, dtype=np.int64)
    np.maximum.at(most, table.event, table.say)
    table = table.take(table.say == most[table.event])
    table = _once(_last_edition(table, len(names)), len(names))
    table = _without_twins(table, len(names))
    parts = _assign(table, events)
    return _number(table, parts, event_number, max(1, len(columns.kinds)), names, claims, sources, most == 0)


def _sorted_numbers(names: list[Any]) -> tuple[Ints, tuple[Any, ...]]:
    """New numbers by the order of the names themselves, so that nothing depends on which came first."""
    order = sorted(range(len(names)), key=names.__getitem__)
    numbers = np.empty(len(names), dtype=np.int64)
    numbers[order] = np.arange(len(names))
    return numbers, tuple(names[i] for i in order)


def _last_edition(table: _Table, speakers: int) -> _Table:
    """Without the claims that their speaker replaced by a later one on the same event that cannot also be true."""
    order = np.lexsort((table.start, table.published, table.speaker, table.event))
    table = table.take(order)
    group = table.event * speakers + table.speaker
    last = np.r_[np.nonzero(group[1:] != group[:-1])[0], len(group) - 1]
    latest = np.repeat(last, np.diff(np.r_[-1, last]))
    older = (table.published != UNKNOWN) & (table.published < table.published[latest])
    apart = (table.low > table.high[latest]) | (table.high < table.low[latest])
    return table.take(~(older & apart))


def _once(table: _Table, speakers: int) -> _Table:
    """Each speaker's say on an event once; where it says several things, they share its vote."""
    order = np.lexsort((-table.weight, table.grain, table.high, table.low, table.start, table.speaker, table.event))
    table = table.take(order)
    same = np.ones(len(order), dtype=bool)
    for values in (table.event, table.speaker, table.start, table.low, table.high):
        same[1:] &= values[1:] == values[:-1]
    same[:1] = False
    table = table.take(~same)
    group = table.event * speakers + table.speaker
    _, place, count = np.unique(group, return_inverse=True, return_counts=True)
    table.weight = table.weight / count[place]
    return table


def _without_twins(table: _Table, speakers: int) -> _Table:
    said = (table.start, table.low, table.high, table.grain, table.hedged)
    table.speaker = twins(table.speaker, table.event, said, speakers)[table.speaker]
    return _once(table, speakers)


@dataclass
class _Parts:
    """Votes before numbering: row, key of the reading within the event, weight; and the times of readings."""

    row: list[Ints]
    key: list[Ints]
    weight: list[Floats]
    times: dict[tuple[int, int], tuple[int, int, int, int, int, int]]


def _assign(table: _Table, events: int) -> _Parts:
    spread = table.high - table.low
    finest = np.full(events, np.iinfo(np.int64).max)
    np.minimum.at(finest, table.event, spread)
    exact = (table.hedged == 0) & (spread == finest[table.event])
    mixed = np.zeros(events, dtype=bool)
    mixed[table.event[~exact]] = True
    plain = np.nonzero(~mixed[table.event])[0]
    parts = _Parts([plain], [table.start[plain]], [table.weight[plain]], {})
    rows = np.nonzero(mixed[table.event])[0]
    if len(rows):
        _assign_mixed(table, rows, exact, parts)
    return parts


def _assign_mixed(table: _Table, rows: Ints, exact: Bools, parts: _Parts) -> None:
    """Events with hedged or vaguer claims, one by one."""
    row_of, key_of, weight_of = array("q"), array("q"), array("d")
    names = ("start", "end", "low", "high", "grain", "hedged", "weight")
    values = (rows, *(getattr(table, name)[rows] for name in names), exact[rows])
    claims = map(_Claim, *(column.tolist() for column in values))
    for event, group in groupby(zip(table.event[rows].tolist(), claims, strict=True), key=itemgetter(0)):
        for key, times, votes in _readings_of([claim for _, claim in group]):
            parts.times[event, key] = times
            for row, weight in votes:
                row_of.append(row)
                key_of.append(key)
                weight_of.append(weight)
    parts.row.append(np.asarray(row_of, dtype=np.int64))
    parts.key.append(np.asarray(key_of, dtype=np.int64))
    parts.weight.append(np.asarray(weight_of, dtype=np.float64))


@dataclass(slots=True)
class _Claim:
    row: int
    start: int
    end: int
    low: int
    high: int
    grain: int
    hedged: int
    weight: float
    exact: bool


_Reading = tuple[int, tuple[int, int, int, int, int, int], list[tuple[int, float]]]


def _readings_of(claims: Sequence[_Claim]) -> list[_Reading]:
    """Readings of one event: its exact times and what stands behind them, then groups of the rest that fit together."""
    groups: dict[int, list[_Claim]] = {}
    votes: dict[int, list[tuple[int, float]]] = {}
    for one in claims:
        if one.exact:
            groups.setdefault(one.start, []).append(one)
            votes.setdefault(one.start, []).append((one.row, one.weight))
    starts = sorted(groups)
    width = max((group[0].high - group[0].start for group in groups.values()), default=0)
    rest = []
    for one in claims:
        if one.exact:
            continue
        allowed = starts[bisect_left(starts, one.low - width) : bisect_right(starts, one.high)]
        if not allowed:
            rest.append(one)
        elif len(allowed) <= CHOICES:
            for start in allowed:
                votes[start].append((one.row, one.weight * _share(one, groups[start][0]) / len(allowed)))
    out = [(start, _times(group), votes[start]) for start, group in groups.items()]
    taken = set(groups)
    for group in _together(rest):
        lead = min(group, key=_fineness)
        times = _times(group)
        behind = [(one.row, one.weight * (_share(one, lead) if one is not lead else 1.0)) for one in group]
        key = times[0]
        while key in taken:  # a key only tells readings of one event apart
            key += 1
        taken.add(key)
        out.append((key, times, behind))
    return out


def _fineness(one: _Claim) -> tuple[int, int, int, int]:
    return (one.high - one.low, one.start, one.low, one.row)


def _begin(one: _Claim) -> tuple[int, int, int, int]:
    return (one.low, one.high, one.start, one.row)


def _share(vague: _Claim, fine: _Claim) -> float:
    """What a claim adds to a finer reading: all of its vote if comparable, else a share, as in fusing told times."""
    if vague.high - vague.low <= 2 * (fine.high - fine.low + 1):
        return 1.0
    return VAGUE_SHARE[GRAINS[vague.grain].is_clock()]


def _together(claims: Sequence[_Claim]) -> list[list[_Claim]]:
    """Groups that can all be true, the finest claims first; each claim joins the first group that leaves it room."""
    groups: list[tuple[int, int, list[_Claim]]] = []
    order = _fineness if len(claims) <= CHOICES else _begin
    for one in sorted(claims, key=order):
        for index in range(max(0, len(groups) - CHOICES), len(groups)):
            low, high, members = groups[index]
            if one.low <= high and low <= one.high:
                members.append(one)
                groups[index] = (max(low, one.low), min(high, one.high), members)
                break
        else:
            groups.append((one.low, one.high, [one]))
    return [members for _, _, members in groups]


def _times(group: Sequence[_Claim]) -> tuple[int, int, int, int, int, int]:
    """Start, end, low, high, grain, hedged of claims that can all be true: hedged minutes meet between each other."""
    lead = min(group, key=_fineness)
    if lead.exact:
        return lead.start, lead.end, lead.low, lead.high, lead.grain, lead.hedged
    near = [one for one in group if one.high - one.low <= 2 * (lead.high - lead.low)]
    low, high = max(one.low for one in group), min(one.high for one in group)
    start, end = min(max(lead.start, low), high), lead.end
    if lead.grain <= Grain.MINUTE.order and len(near) > 1:
        mean = sum(one.start for one in near) / len(near)
        start = min(max(round(mean / MINUTE) * MINUTE, low), high)
        end = start + MINUTE
    starts = [one.start for one in near]
    return start, end, min([low, *starts]), max([high, *starts]), lead.grain, lead.hedged


def _number(
    table: _Table,
    parts: _Parts,
    number: Ints,
    kinds: int,
    names: tuple[str, ...],
    claims: Ints,
    sources: Ints,
    impossible: Bools,
) -> Readings:
    row, key = np.concatenate(parts.row), np.concatenate(parts.key)
    weight: Floats = np.concatenate(parts.weight)
    order = np.lexsort((row, key, table.event[row]))
    row, key, weight = row[order], key[order], weight[order]
    event = table.event[row]
    new = np.r_[True, (event[1:] != event[:-1]) | (key[1:] != key[:-1])]
    reading = np.cumsum(new) - 1
    event_of, at = event[new], row[new]
    times = [getattr(table, name)[at] for name in ("start", "end", "low", "high", "grain", "hedged")]
    if parts.times:
        where = np.fromiter(chain.from_iterable(parts.times), dtype=np.int64).reshape(-1, 2)
        values = np.fromiter(chain.from_iterable(parts.times.values()), dtype=np.int64).reshape(-1, 6)
        values = values[np.lexsort((where[:, 1], where[:, 0]))]
        mixed = np.isin(event_of, where[:, 0])
        for place, column in enumerate(times):
            column[mixed] = values[:, place]
    votes = Votes(event, table.kind[row], table.speaker[row], reading, weight, event_of, len(number), kinds, len(names))
    first = np.searchsorted(event_of, np.arange(len(number) + 1))
    start, end, low, high, grain, hedged = times
    said = table.start[row]
    return Readings(
        votes=votes,
        number=number,
        said=said,
        rounded=(table.hedged[row] == 1) & (table.grain[row] <= Grain.MINUTE.order) & (said != start[reading]),
        first=first,
        start=start,
        end=end,
        low=low,
        high=high,
        grain=grain,
        hedged=hedged,
        names=names,
        claims=claims,
        sources=sources,
        impossible=impossible,
    )
